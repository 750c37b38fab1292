//! What the blocks of a story have to be to each other, on whatever pages they stand.

use std::collections::{BTreeMap, BTreeSet};

use super::Reader;
use crate::diag::{Diagnostic, Span, any_error};
use crate::model::copyfit::Step;
use crate::model::layout::Layout;
use crate::model::plan::{Block, Jump, PagePlan};
use crate::model::story::{Story, StoryIdx};

/// Sees to it that the parts of every story that the pages name are there, each once, and agree; that
/// what jumps by itself is offered a place; and that every picture and every inset is placed once. In a
/// `torn` edition something was wrong before: what seems not to be there may be in what could not be read,
/// so that nothing is said to be missing.
pub(super) fn check_parts(
    reader: &mut Reader<'_>,
    layout: &Layout,
    pages: &[PagePlan],
    stories: &[Story],
    torn: bool,
) {
    let mut threads: BTreeMap<StoryIdx, Vec<(usize, &Block)>> = BTreeMap::new();
    for (page, plan) in pages.iter().enumerate() {
        for block in &plan.blocks {
            threads.entry(block.story).or_default().push((page, block));
        }
    }
    let offered: BTreeSet<StoryIdx> =
        pages.iter().flat_map(|page| &page.offers).flat_map(|offer| offer.stories.iter().copied()).collect();
    let named = |story: StoryIdx| pages.iter().any(|page| page.stories.contains(&story));
    for (idx, story) in (0..).map(StoryIdx).zip(stories).filter(|(idx, _)| named(*idx)) {
        let Some(thread) = threads.get_mut(&idx) else {
            // A block that is wrong in itself has been told already.
            if any_error(&reader.notes) {
                continue;
            }
            reader.note(
                Diagnostic::error("story-unplaced", format!("the story `{}` begins nowhere", story.id))
                    .at(story.typed.clone())
                    .help("a block that is `offered_to` it holds only its rest: give it a `[[block]]` with `story` first"),
            );
            continue;
        };
        thread.sort_by_key(|(_, block)| block.part);
        if !in_order(reader, thread, story, torn) {
            continue;
        }
        let ladder = thread[0].1.ladder.map(|ladder| &layout.ladders[ladder]);
        let may = ladder.is_some_and(|ladder| ladder.steps.contains(&Step::Jump));
        check_jumps(reader, thread, pages, story, (offered.contains(&idx), may, torn));
        check_pictures(reader, thread, story, torn);
        check_insets(reader, thread, story, torn);
    }
}

/// Whether parts are counted from 1, without a gap, each once. That they run the same way is seen to
/// as well.
fn in_order(reader: &mut Reader<'_>, thread: &[(usize, &Block)], story: &Story, torn: bool) -> bool {
    let id = &story.id;
    for (wanted, (_, block)) in (1_u16..).zip(thread) {
        if block.part == wanted {
            continue;
        }
        let note = if block.part < wanted && block.part > 1 {
            Diagnostic::error("part-twice", format!("two blocks are part {} of `{id}`", block.part))
                .help("give each block of a story its own `part`, in the order of its text")
        } else if block.part < wanted {
            Diagnostic::error("story-twice", format!("the story `{id}` stands in two blocks"))
                .help("remove one of the two, or, where its text goes on in it, add `part = 2`")
        } else if torn {
            return false;
        } else {
            Diagnostic::error(
                "part-missing",
                format!("`{id}` has a part {} and no part {wanted}", block.part),
            )
            .help("its text would not know where to go on: count its parts from 1 without a gap")
        };
        reader.note(note.at(block.typed.clone()));
        return false;
    }
    let (_, first) = thread[0];
    for (_, block) in &thread[1..] {
        let unlike = match (block.axis == first.axis, block.style == first.style) {
            (true, true) => continue,
            (false, _) => "`axis`",
            (_, false) => "`style`",
        };
        reader.note(
            Diagnostic::error(
                "part-unlike",
                format!("part {} of `{id}` has another {unlike} than part 1", block.part),
            )
            .at(block.typed.clone())
            .help("the text of a story is set one way: give all its blocks the same"),
        );
    }
    true
}

/// A story jumps at most once, and one that is to find its place by itself is offered one.
fn check_jumps(
    reader: &mut Reader<'_>,
    thread: &[(usize, &Block)],
    pages: &[PagePlan],
    story: &Story,
    (offered, may, torn): (bool, bool, bool),
) {
    let id = &story.id;
    let told = |pair: &&[(usize, &Block)]| pair[0].0 != pair[1].0 && pair[0].1.jump != Jump::Silent;
    let jumps: Vec<&[(usize, &Block)]> = thread.windows(2).filter(told).collect();
    if let Some(again) = jumps.get(1) {
        let (page, block) = again[1];
        reader.note(
            Diagnostic::error("jump-again", format!("`{id}` jumps once more, to page {}", pages[page].id))
                .at(block.typed.clone())
                .help("a reader follows a story once: set the rest on the page it jumped to, or say `jump = \"silent\"` on a spread"),
        );
    }
    let heads = thread.iter().filter(|(_, block)| block.part > 1 && block.head.is_some()).count();
    let auto = thread.iter().any(|(_, block)| block.jump == Jump::Auto);
    // The block that has the place for it may be wrong in itself, and told already.
    if !story.jump_head.text.is_empty() && heads != 1 && !auto && !any_error(&reader.notes) {
        let mut note = Diagnostic::error(
            "jump-head",
            format!("the jump head of `{id}` would stand {heads} times"),
        )
        .help("give one block with a `part` after the first a `head`, or take `jump_head` out of the story");
        note.at = story.jump_head.text.typed(0..story.jump_head.text.text.len() as u32);
        reader.note(note);
    }
    if torn {
        return;
    }
    let (_, last) = thread[thread.len() - 1];
    let note = |at: &Span, message: String, help: &str| {
        Diagnostic::error("jump-target", message).at(at.clone()).help(help)
    };
    if auto && !offered {
        reader.note(note(
            &last.typed,
            format!("`{id}` is to jump, and no page offers it a place"),
            "add a block with `offered_to = [\"…\"]` that names it to another page",
        ));
    } else if auto && (last.jump != Jump::Auto || !jumps.is_empty()) {
        reader.note(note(
            &last.typed,
            format!("`{id}` is to choose its own place, and has a next part already"),
            "say `jump = \"auto\"` in its last block alone, or take it out",
        ));
    } else if !auto && !may && offered {
        reader.note(note(
            &last.typed,
            format!("a page offers `{id}` a place, and it does not jump"),
            "say `jump = \"auto\"` in its block, give it a ladder with the step `jump`, or take it out of `offered_to`",
        ));
    }
}

/// Every picture is placed once, in whichever part.
fn check_pictures(reader: &mut Reader<'_>, thread: &[(usize, &Block)], story: &Story, torn: bool) {
    for (idx, picture) in story.pictures.iter().enumerate() {
        let holds = |block: &Block| block.pictures.iter().any(|place| place.picture == idx);
        let mut places = thread.iter().filter(|(_, block)| holds(block));
        let note = match (places.next(), places.next()) {
            (None, _) if torn => continue,
            (None, _) => Diagnostic::error(
                "picture-unplaced",
                format!("the picture `{}` of `{}` stands nowhere", picture.id, story.id),
            )
            .at(thread[0].1.typed.clone())
            .help("give it a `[[block.picture]]` in the page file, or take it out of the story"),
            (Some(_), Some((_, again))) => Diagnostic::error(
                "picture-twice",
                format!("the picture `{}` is placed in two parts of `{}`", picture.id, story.id),
            )
            .at(again.typed.clone())
            .help("place each picture of a story once"),
            (Some(_), None) => continue,
        };
        reader.note(note);
    }
}

/// Every quote and every box is placed once, in whichever part.
fn check_insets(reader: &mut Reader<'_>, thread: &[(usize, &Block)], story: &Story, torn: bool) {
    for (idx, inset) in story.insets.iter().enumerate() {
        let holds = |block: &Block| block.insets.iter().any(|place| place.inset == idx);
        let mut places = thread.iter().filter(|(_, block)| holds(block));
        let note = match (places.next(), places.next()) {
            (None, _) if torn => continue,
            (None, _) => Diagnostic::error(
                "inset-unplaced",
                format!("the inset `{}` of `{}` stands nowhere", inset.id, story.id),
            )
            .at(thread[0].1.typed.clone())
            .help("give it a `[[block.inset]]` in the page file, or take it out of the story"),
            (Some(_), Some((_, again))) => Diagnostic::error(
                "inset-twice",
                format!("the inset `{}` is placed in two parts of `{}`", inset.id, story.id),
            )
            .at(again.typed.clone())
            .help("place each inset of a story once"),
            (Some(_), None) => continue,
        };
        reader.note(note);
    }
}
