//! Carries out the plans of an edition: each story composed over all its blocks, pages put together
//! from what stands on them.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::ads::ads;
use super::copyfit::{Member, Reach, fit_stories};
use super::fit::{PageFit, StepTaken};
use super::furniture;
use super::offers::parts;
use super::set::{ComposedBlock, ComposedPage};
use super::story::{Part, SetStory};
use crate::diag::{Checked, Diagnostic};
use crate::model::copyfit::Step;
use crate::model::edition::Edition;
use crate::model::plan::{PagePlan, RuleRun};
use crate::model::thread::Thread;
use crate::text::shape::Shapers;

/// A composed page and how its stories fit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Composed {
    /// The page.
    pub page: ComposedPage,
    /// The fit.
    pub fit: PageFit,
}

/// Composes an edition's pages, in their order. What there is to say of a story stands with the
/// page where it starts.
pub fn compose(edition: &Edition, shapers: &Shapers<'_>) -> Vec<Checked<Composed>> {
    let threads = edition.threads();
    let groups = groups(edition, &threads);
    let fitted: Vec<Vec<Checked<SetStory>>> = groups
        .par_iter()
        .map(|group| {
            let threads: Vec<&Thread> = group.iter().map(|nth| &threads[*nth]).collect();
            thread_stories(edition, &threads, shapers)
        })
        .collect();
    let stories: BTreeMap<usize, Checked<SetStory>> =
        groups.into_iter().flatten().zip(fitted.into_iter().flatten()).collect();
    let mut pages: Vec<Checked<Composed>> =
        edition.pages.par_iter().map(|plan| bare_page(edition, plan, shapers)).collect();
    let mut blocks: Vec<BTreeMap<usize, ComposedBlock>> = vec![BTreeMap::new(); pages.len()];
    let mut noted: Vec<BTreeMap<usize, Vec<Diagnostic>>> = vec![BTreeMap::new(); pages.len()];
    for (thread, checked) in threads.iter().zip(stories.into_values()) {
        let id = &edition.stories[thread.story.0 as usize].id;
        let SetStory { parts, fit } = checked.value;
        let first = thread.blocks[0];
        let mut told = vec![first.page];
        for (at, part) in thread.blocks.iter().zip(parts) {
            blocks[at.page].insert(at.block, part);
            if !told.contains(&at.page) {
                told.push(at.page);
                pages[at.page].value.fit.continued.push((id.clone(), fit.fits()));
            }
        }
        let notes = checked.notes.into_iter().map(|note| note.about(id));
        noted[first.page].insert(first.block, notes.collect());
        pages[first.page].value.fit.stories.push(fit);
    }
    for ((page, blocks), noted) in pages.iter_mut().zip(blocks).zip(noted) {
        page.value.page.blocks = blocks.into_values().collect();
        let of_page = std::mem::take(&mut page.notes);
        page.notes = noted.into_values().flatten().chain(of_page).collect();
    }
    pages
}

/// The threads that are fitted together, by place: those of a page's group that have one ladder, and
/// each other one by itself.
fn groups(edition: &Edition, threads: &[Thread]) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<(usize, usize, Option<usize>), Vec<usize>> = BTreeMap::new();
    let mut alone = Vec::new();
    for (nth, thread) in threads.iter().enumerate() {
        let first = thread.blocks[0];
        let block = edition.block(first);
        match block.group {
            Some(group) => groups.entry((first.page, group, block.ladder)).or_default().push(nth),
            None => alone.push(vec![nth]),
        }
    }
    alone.extend(groups.into_values());
    alone
}

/// Stories that are fitted together, each over the blocks of its thread.
fn thread_stories(edition: &Edition, threads: &[&Thread], shapers: &Shapers<'_>) -> Vec<Checked<SetStory>> {
    let parts: Vec<Vec<Part<'_>>> = threads.iter().map(|thread| parts(edition, thread)).collect();
    let members: Vec<Member<'_>> = parts
        .iter()
        .zip(threads)
        .map(|(parts, thread)| (parts.as_slice(), &edition.stories[thread.story.0 as usize]))
        .collect();
    let mut stories = fit_stories(&members, Reach::Whole, shapers);
    for (set, parts) in stories.iter_mut().zip(&parts) {
        let fit = &mut set.value.fit;
        // Where a desk said where a story goes on, no step was taken.
        let chosen = parts.iter().any(|part| part.block.offered);
        if let Some(jump) = fit.jump.as_ref().filter(|_| chosen) {
            let amount = format!("from {} to {}", jump.from, jump.to);
            let rows = i64::from(jump.rows_after);
            fit.steps.push(StepTaken { step: Step::Jump, amount, rows, chars: 0 });
        }
    }
    stories
}

/// A page without its stories: furniture, rules, the rooms of advertisements.
fn bare_page(edition: &Edition, plan: &PagePlan, shapers: &Shapers<'_>) -> Checked<Composed> {
    let mut notes = Vec::new();
    let layout = edition.layout_of(plan);
    let cells = u32::from(layout.grid.columns) * u32::from(layout.grid.body_rows());
    let fit = PageFit { cells, white_cells: white_cells(plan, cells), ..PageFit::default() };
    let furniture = furniture::furniture(edition, plan, shapers, &mut notes);
    let ads = ads(plan, layout, shapers, &mut notes);
    let blocks = Vec::new();
    let page = ComposedPage {
        id: plan.id.clone(),
        boxes: layout.boxes(),
        blocks,
        ads,
        grounds: furniture.grounds,
        rules: furniture.rules,
        furniture: furniture.lines,
        art: furniture.art,
    };
    Checked { value: Composed { page, fit }, notes }
}

/// Cells that no block, advertisement, furniture or cutoff rule holds. They do not overlap.
fn white_cells(plan: &PagePlan, cells: u32) -> u32 {
    let blocks = plan.blocks.iter().flat_map(|block| &block.areas).map(|area| area.cells.count());
    let ads = plan.ads.iter().map(|ad| ad.cells.count());
    let furniture = plan.furniture.taken.iter().map(|cells| cells.count());
    let rules = plan.rules.iter().map(|rule| match rule.run {
        RuleRun::Across { cols, .. } => u32::from(cols),
        RuleRun::Down { .. } => 0,
    });
    cells.saturating_sub(blocks.chain(ads).chain(furniture).chain(rules).sum())
}
