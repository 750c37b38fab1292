//! Preflight of a page before anything is written, where a finding can name its story. Rules of the
//! press go by the ids that the checker of PDFs has for them too (`NP-…`).

use rayon::prelude::*;

use super::conservation::conservation;
use super::edges::bleed_rule;
use super::form::form;
use super::licences::licence_rules;
use super::makeup::makeup;
use super::places::places;
use super::strokes::stroke_rules;
use super::type_rules::{Ground, type_rules};
use crate::color::Ink;
use crate::diag::{Diagnostic, any_error};
use crate::font::Face;
use crate::geom::Rect;
use crate::model::edition::Edition;
use crate::model::plan::PagePlan;
use crate::model::thread::Thread;
use crate::page::compose::Composed;
use crate::page::set::{ComposedBlock, ComposedPage, Rule};
use crate::paint::display::{Item, Sheet};

/// What there is to say about a composed page. `noted` is what was said while it was composed.
pub fn page_rules(
    page: &ComposedPage,
    plan: &PagePlan,
    edition: &Edition,
    faces: &[Face],
    noted: &[Diagnostic],
) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    // A heading or column head that has no place is an error already and would be missed again.
    let sensible = !any_error(noted);
    for (block, place) in page.blocks.iter().zip(&plan.blocks) {
        let story = &edition.stories[block.story.0 as usize];
        let about = |note: Diagnostic| note.about(&story.id);
        if sensible {
            notes.extend(places(block, story).into_iter().map(|note| about(note.at(place.typed.clone()))));
        }
        let found = block_rules(block, &story.id, page, edition, faces);
        notes.extend(found.into_iter().map(|note| about(note.at(place.typed.clone()))));
    }
    let found = page_matter(page, edition, faces);
    notes.extend(found.into_iter().map(|note| note.at(plan.typed.clone())));
    if sensible {
        notes.extend(makeup(page, plan, edition, edition.layout_of(plan)));
        notes.extend(form(page, plan, edition, edition.layout_of(plan)));
    }
    notes
}

/// Proves for each story that all of it stands on the pages. What there is to say goes to the page where
/// it starts; `noted` is what was said of each page before. A story of which something is wrong
/// in itself is left out: it would be missed again.
pub fn story_rules(
    edition: &Edition,
    pages: &[Composed],
    noted: &[Vec<Diagnostic>],
) -> Vec<(usize, Diagnostic)> {
    let of = |thread: Thread| {
        let first = thread.blocks[0].page;
        if thread.blocks.iter().any(|at| any_error(&noted[at.page])) {
            return Vec::new();
        }
        let story = &edition.stories[thread.story.0 as usize];
        let parts: Vec<&ComposedBlock> =
            thread.blocks.iter().map(|at| &pages[at.page].page.blocks[at.block]).collect();
        let fits = pages[first].fit.stories.iter().find(|fit| fit.id == story.id);
        let dropped = fits.map_or(&[][..], |fit| &fit.dropped);
        let notes = conservation(&parts, story, dropped);
        notes.into_iter().map(|note| (first, note.about(&story.id))).collect()
    };
    let found: Vec<Vec<(usize, Diagnostic)>> = edition.threads().into_par_iter().map(of).collect();
    found.into_iter().flatten().collect()
}

/// A block and the rules of the press.
fn block_rules(
    block: &ComposedBlock,
    story: &str,
    page: &ComposedPage,
    edition: &Edition,
    faces: &[Face],
) -> Vec<Diagnostic> {
    let condition = &edition.condition;
    let trim = page.boxes.trim;
    let on = Ground { strokes: &block.grounds, faces, condition, trim };
    let mut notes = type_rules(block.printed(), &on);
    notes.extend(stroke_rules(block.grounds.iter(), block.rules.iter(), &format!("`{story}`"), condition));
    let bars = block.grounds.iter().map(|ground| ground.rect).chain(areas(&block.rules));
    let bars = bars.map(|rect| (format!("a bar or rule of `{story}`"), rect));
    let pictures = block.pictures.iter().map(|set| {
        let picture = &edition.stories[block.story.0 as usize].pictures[set.picture];
        (format!("the picture `{}`", picture.id), set.rect)
    });
    notes.extend(pictures.chain(bars).filter_map(|(what, rect)| bleed_rule(&what, rect, &page.boxes)));
    notes.dedup();
    notes
}

/// The strips of the page that some rules run in.
fn areas(rules: &[Rule]) -> impl Iterator<Item = Rect> {
    rules.iter().flat_map(Rule::areas).copied()
}

/// What belongs to no story: the folio line, the rules between blocks, the marks and frames of
/// advertisements, the faces, and whether there is anything at all.
fn page_matter(page: &ComposedPage, edition: &Edition, faces: &[Face]) -> Vec<Diagnostic> {
    let condition = &edition.condition;
    let on = Ground { strokes: &page.grounds, faces, condition, trim: page.boxes.trim };
    let mut notes = type_rules(page.furniture.iter(), &on);
    notes.extend(stroke_rules(page.grounds.iter(), page.rules.iter(), "the page", condition));
    let bars = page.grounds.iter().map(|ground| ground.rect).chain(areas(&page.rules));
    let bars = bars.filter_map(|rect| bleed_rule("a rule of the page", rect, &page.boxes));
    notes.extend(bars);
    let marks = page.ads.iter().map(|ad| &ad.mark);
    notes.extend(type_rules(marks.clone(), &on));
    let frames = page.ads.iter().flat_map(|ad| &ad.rules);
    notes.extend(stroke_rules([].iter(), frames, "an advertisement", condition));
    let lines = page.blocks.iter().flat_map(ComposedBlock::printed).chain(&page.furniture).chain(marks);
    notes.extend(licence_rules(lines, faces));
    if page.blocks.is_empty() && page.ads.is_empty() {
        let message = format!("nothing stands on page {}", page.id);
        notes.push(
            Diagnostic::warning("NP-EMPTY", message)
                .help("give it a `[[block]]` or an `[[ad]]`, or take it out of `pages`"),
        );
    }
    notes.dedup();
    notes
}

/// What there is to say about a sheet that was painted: marks for every plate stand outside the trim,
/// and black overprints.
pub fn sheet_rules(sheet: &Sheet) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    let marks = sheet.items.iter().filter_map(|item| match item {
        Item::Fill { rect, ink: Ink::Registration } => Some(*rect),
        _ => None,
    });
    let inside = marks.filter(|rect| rect.overlaps(sheet.boxes.trim)).count();
    if inside > 0 {
        let message =
            format!("{inside} marks in the ink of every plate lie on the trimmed page {}", sheet.page);
        notes.push(
            Diagnostic::unfit("NP-ALL", message)
                .help("set `crop_marks` of the layout's sheet off the trim by their `offset`"),
        );
    }
    let mut cleared = sheet.items.iter().filter_map(|item| match item {
        Item::Glyphs(run) if run.ink == Ink::CLEARED_BLACK => Some(run.text.as_str()),
        _ => None,
    });
    if let Some(first) = cleared.next() {
        let message = format!("`{first}`: black clears the heavy colour under it instead of overprinting");
        notes.push(
            Diagnostic::warning("NP-OVP-K", message)
                .help("give the bar or tint under it a lighter ink, or print it in `paper`"),
        );
    }
    notes
}
