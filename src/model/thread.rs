//! Threads (续排): the blocks that a story fills, in order, on whatever pages they stand.

use std::collections::BTreeSet;

use super::edition::Edition;
use super::plan::{Block, Jump, PagePlan};
use super::story::StoryIdx;
use crate::geom::Axis;

/// A block of an edition: the page it is on and its place there, both counted from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct BlockAt {
    /// The page.
    pub page: usize,
    /// The block.
    pub block: usize,
}

/// A story's blocks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Thread {
    /// The story.
    pub story: StoryIdx,
    /// Its blocks, by their parts. At least one.
    pub blocks: Vec<BlockAt>,
}

impl Edition {
    /// The thread of each story that stands somewhere, by the place of its first block.
    pub fn threads(&self) -> Vec<Thread> {
        let mut threads: Vec<Thread> = Vec::new();
        for (page, plan) in self.pages.iter().enumerate() {
            for (block, place) in plan.blocks.iter().enumerate() {
                let at = BlockAt { page, block };
                match threads.iter_mut().find(|thread| thread.story == place.story) {
                    Some(thread) => thread.blocks.push(at),
                    None => threads.push(Thread { story: place.story, blocks: vec![at] }),
                }
            }
        }
        for thread in &mut threads {
            thread.blocks.sort_by_key(|at| self.block(*at).part);
        }
        threads.sort_by_key(|thread| thread.blocks[0]);
        threads
    }

    /// A block by its place.
    pub fn block(&self, at: BlockAt) -> &Block {
        &self.pages[at.page].blocks[at.block]
    }

    /// The number of the page that the text of a block of a plan starts on: on a spread that of its
    /// half. Vertical lines run from right to left, so a block of them starts at its right edge.
    pub fn number_of(&self, plan: &PagePlan, block: &Block) -> u16 {
        let fold = self.layout_of(plan).grid.fold;
        let cells = block.areas[0].cells;
        let start = match block.axis {
            Axis::Horizontal => cells.col,
            Axis::Vertical => cells.col + cells.cols - 1,
        };
        let right = fold.is_some_and(|fold| start >= fold.after);
        plan.number + u16::from(right)
    }

    /// A page, and all pages whose files name stories that it names, directly or by others: what has to
    /// be composed together, and what one page's bytes follow from. A block that is offered to a story
    /// joins the pages, too.
    pub fn joined(&self, page: usize) -> BTreeSet<usize> {
        let mut joined = BTreeSet::from([page]);
        loop {
            let stories: BTreeSet<StoryIdx> =
                joined.iter().flat_map(|page| &self.pages[*page].stories).copied().collect();
            let shares = |page: &usize| self.pages[*page].stories.iter().any(|own| stories.contains(own));
            let next: BTreeSet<usize> = (0..self.pages.len()).filter(shares).chain([page]).collect();
            if next == joined {
                return joined;
            }
            joined = next;
        }
    }
}

impl Thread {
    /// Whether the text of a block goes on on another page with a line that says so; `nth` is the
    /// block's place in the thread.
    pub fn jumps_after(&self, nth: usize, edition: &Edition) -> Option<BlockAt> {
        let (own, next) = (self.blocks[nth], *self.blocks.get(nth + 1)?);
        (own.page != next.page && edition.block(own).jump != Jump::Silent).then_some(next)
    }

    /// The block that a block's text comes from, if it stands on another page and a line says so.
    pub fn jumps_before(&self, nth: usize, edition: &Edition) -> Option<BlockAt> {
        let before = nth.checked_sub(1)?;
        self.jumps_after(before, edition).map(|_| self.blocks[before])
    }
}
