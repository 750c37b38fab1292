//! Carries out the plans of an edition: each story composed over all its blocks, pages put together
//! from what stands on them.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::ads::ads;
use super::copyfit::fit_story;
use super::fit::{PageFit, StepTaken};
use super::furniture;
use super::offers::parts;
use super::set::{ComposedBlock, ComposedPage};
use super::story::{Part, SetStory};
use crate::diag::{Checked, Diagnostic};
use crate::model::copyfit::Step;
use crate::model::edition::Edition;
use crate::model::plan::{Jump, PagePlan, RuleRun};
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
    let stories: Vec<Checked<SetStory>> =
        threads.par_iter().map(|thread| thread_story(edition, thread, shapers)).collect();
    let mut pages: Vec<Checked<Composed>> =
        edition.pages.iter().map(|plan| bare_page(edition, plan, shapers)).collect();
    let mut blocks: Vec<BTreeMap<usize, ComposedBlock>> = vec![BTreeMap::new(); pages.len()];
    let mut noted: Vec<BTreeMap<usize, Vec<Diagnostic>>> = vec![BTreeMap::new(); pages.len()];
    for (thread, checked) in threads.iter().zip(stories) {
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

/// A story over the blocks of its thread.
fn thread_story(edition: &Edition, thread: &Thread, shapers: &Shapers<'_>) -> Checked<SetStory> {
    let parts = parts(edition, thread);
    let mut set = fit_story(&parts, &edition.stories[thread.story.0 as usize], shapers);
    let fit = &mut set.value.fit;
    if let Some(jump) = fit.jump.as_ref().filter(|_| jumps_by_itself(&parts)) {
        let amount = format!("from {} to {}", jump.from, jump.to);
        let rows = i64::from(jump.rows_after);
        fit.steps.push(StepTaken { step: Step::Jump, amount, rows, chars: 0 });
    }
    set
}

/// Whether the engine chose where a story goes on.
fn jumps_by_itself(parts: &[Part<'_>]) -> bool {
    let ladder = parts[0].block.ladder.map(|ladder| &parts[0].layout.ladders[ladder]);
    parts.iter().any(|part| part.block.jump == Jump::Auto)
        || ladder.is_some_and(|ladder| ladder.steps.contains(&Step::Jump))
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
