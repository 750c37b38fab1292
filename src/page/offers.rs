//! Jumps that are left to the engine: which of the blocks that pages offer a story goes on in.

use super::copyfit::{Reach, fit_story};
use super::story::{Part, SetStory};
use crate::diag::{Checked, Diagnostic, any_error, any_unfit};
use crate::model::copyfit::Step;
use crate::model::edition::Edition;
use crate::model::plan::{Block, Jump, PagePlan};
use crate::model::thread::{BlockAt, Thread};
use crate::text::shape::Shapers;

/// An offer of an edition: its page and its place there.
type OfferAt = (usize, usize);

/// Gives each story that may jump, in the order of pages, the block in which its rest fits best of
/// those that other pages offer it; of two that are as good, the one on the earlier page. A story
/// with no text over is left where it is: more room would help it to nothing. What is left of the
/// offers is told, each with the place of its page.
pub fn settle_jumps(edition: &mut Edition, shapers: &Shapers<'_>) -> Vec<(usize, Diagnostic)> {
    let mut taken: Vec<OfferAt> = Vec::new();
    for thread in edition.threads() {
        let last = thread.blocks[thread.blocks.len() - 1];
        let offered_to = |at: &OfferAt| edition.pages[at.0].offers[at.1].stories.contains(&thread.story);
        let free: Vec<OfferAt> = (0..edition.pages.len())
            .filter(|page| *page != last.page)
            .flat_map(|page| (0..edition.pages[page].offers.len()).map(move |nth| (page, nth)))
            .filter(|at| offered_to(at) && !taken.contains(at))
            .collect();
        if free.is_empty() || !may_jump(&thread, edition) {
            continue;
        }
        let alone = composed(edition, &thread, None, shapers);
        if alone.value.fit.lines.overset == 0 {
            continue;
        }
        let ranked = free.into_iter().filter_map(|at| {
            let block = offered(edition, &thread, at)?;
            let came = distance(&composed(edition, &thread, Some((at.0, &block)), shapers));
            Some((came, at, block))
        });
        let Some((_, at, block)) = ranked.min_by_key(|(came, at, _)| (*came, *at)) else { continue };
        taken.push(at);
        edition.pages[at.0].blocks.push(block);
    }
    let mut notes = Vec::new();
    for (page, plan) in edition.pages.iter_mut().enumerate() {
        for (nth, offer) in plan.offers.drain(..).enumerate() {
            if !taken.contains(&(page, nth)) {
                let message = format!("a block of page {} is offered, and no story goes on in it", plan.id);
                let note = Diagnostic::warning("offer-free", message)
                    .at(offer.block.typed)
                    .help("put something else there: it stays white");
                notes.push((page, note));
            }
        }
    }
    notes
}

fn may_jump(thread: &Thread, edition: &Edition) -> bool {
    let (first, last) =
        (edition.block(thread.blocks[0]), edition.block(thread.blocks[thread.blocks.len() - 1]));
    let ladder = first.ladder.map(|ladder| &edition.layout.ladders[ladder]);
    last.jump == Jump::Auto || ladder.is_some_and(|ladder| ladder.steps.contains(&Step::Jump))
}

/// An offered block as the next part of a story, if its lines run the same way.
fn offered(edition: &Edition, thread: &Thread, (page, nth): OfferAt) -> Option<Block> {
    let first = edition.block(thread.blocks[0]);
    let block = &edition.pages[page].offers[nth].block;
    let part = u16::try_from(thread.blocks.len()).ok()? + 1;
    let story = thread.story;
    (block.axis == first.axis).then(|| Block {
        story,
        part,
        style: first.style,
        jump: Jump::Told,
        ..block.clone()
    })
}

/// A story over its blocks, and one more on a page, if there is one. Without one it takes the steps that
/// come before a jump.
fn composed(
    edition: &Edition,
    thread: &Thread,
    more: Option<(usize, &Block)>,
    shapers: &Shapers<'_>,
) -> Checked<SetStory> {
    let numbered = |at: BlockAt| numbered(edition, at);
    let mut parts: Vec<Part<'_>> = parts(edition, thread);
    if let (Some((to, block)), Some(last)) = (more, thread.blocks.last()) {
        let to = &edition.pages[to];
        if let Some(before) = parts.last_mut() {
            before.to = Some((to, edition.number_of(to, block)));
        }
        parts.push(Part {
            page: to,
            layout: edition.layout_of(to),
            block,
            to: None,
            from: Some(numbered(*last)),
        });
    }
    let reach = if more.is_some() { Reach::Whole } else { Reach::BeforeJump };
    fit_story((&parts, &edition.stories[thread.story.0 as usize]), reach, shapers)
}

/// The parts of a thread, with the pages that they lead to and come from.
pub(super) fn parts<'e>(edition: &'e Edition, thread: &Thread) -> Vec<Part<'e>> {
    let page = |at: BlockAt| &edition.pages[at.page];
    let numbered = |at: BlockAt| numbered(edition, at);
    (0..)
        .zip(&thread.blocks)
        .map(|(nth, at)| Part {
            page: page(*at),
            layout: edition.layout_of(page(*at)),
            block: edition.block(*at),
            to: thread.jumps_after(nth, edition).map(numbered),
            from: thread.jumps_before(nth, edition).map(numbered),
        })
        .collect()
}

/// The page of a block, and its number there.
fn numbered(edition: &Edition, at: BlockAt) -> (&PagePlan, u16) {
    let page = &edition.pages[at.page];
    (page, edition.number_of(page, edition.block(at)))
}

/// How far a story is from printing: whether it does, whether something else than its length is in the
/// way, how many characters are left out for it, and by how many rows.
fn distance(set: &Checked<SetStory>) -> (u8, u32, u32) {
    let fit = &set.value.fit;
    let rows = fit.lines.overset + fit.lines.underset;
    match (any_error(&set.notes) || any_unfit(&set.notes), fit.fits()) {
        (false, true) => (0, fit.chars_dropped(), rows),
        _ => (1, rows, 0),
    }
}
