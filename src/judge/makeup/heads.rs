//! Headlines against each other: side by side, one under the other, and the lead before all.

use super::scene::{Head, Scene, StoryArea};
use crate::diag::Diagnostic;
use crate::geom::Rect;
use crate::unit::Len;

/// Headings whose widths differ by less than this share of the wider are of like width.
const LIKE_WIDTH: i64 = 10;

/// 碰题: two headlines side by side, on the same rows of adjoining columns, and so alike in size
/// that they read as one. Those of two languages do not.
pub(super) fn tombstones(scene: &Scene<'_>) -> Vec<Diagnostic> {
    let step = i64::from(scene.layout.checks.limits.head_step);
    let heads: Vec<_> = scene.heads().collect();
    let mut notes = Vec::new();
    for (idx, (area, head)) in heads.iter().enumerate() {
        for (other, beside) in &heads[idx + 1..] {
            let (least, most) = (head.size.min(beside.size), head.size.max(beside.size));
            let alike = most.times(100) < least.times(step) && area.story.language == other.story.language;
            if alike && adjoining(scene, head, beside) {
                let message = format!(
                    "碰题: the headlines of `{}` and `{}` stand side by side in {} and {}: {} and {}",
                    area.story.id,
                    other.story.id,
                    head.size,
                    beside.size,
                    scene.place(head.headline),
                    scene.place(beside.headline),
                );
                let remedy = "move one of them some rows, put a picture between them, or let one be larger by the layout's `head_step`";
                notes.push(other.note("makeup-tombstone", message, remedy));
            }
        }
    }
    notes
}

/// Whether two headlines share rows and stand in columns next to each other on one page.
fn adjoining(scene: &Scene<'_>, one: &Head, other: &Head) -> bool {
    let rows = one.headline.y < other.headline.bottom() && other.headline.y < one.headline.bottom();
    let columns = scene.columns(one.headline).zip(scene.columns(other.headline));
    let fold = scene.layout.grid.fold.map(|fold| fold.after);
    let meet = |last: u16, first: u16| last + 1 == first && Some(first) != fold;
    rows && columns.is_some_and(|(one, other)| meet(one.1, other.0) || meet(other.1, one.0))
}

/// Headlines that are larger than one of like width above them. A photograph's is part of its
/// picture and not compared.
pub(super) fn rising(scene: &Scene<'_>) -> Vec<Diagnostic> {
    let heads: Vec<_> = scene.heads().filter(|(area, _)| area.story.genre != "photo").collect();
    let mut notes = Vec::new();
    for (area, head) in &heads {
        let over = heads.iter().find(|(_, above)| {
            above.headline.bottom() <= head.headline.y
                && share_columns(above.headline, head.headline)
                && alike(above.headline.width, head.headline.width)
                && above.size < head.size
        });
        if let Some((other, above)) = over {
            let message = format!(
                "the headline of `{}` is larger than that of `{}` above it: {} under {} ({})",
                area.story.id,
                other.story.id,
                head.size,
                above.size,
                scene.place(head.headline),
            );
            let remedy = "give it a smaller `size`, or the one above a larger: what is worth less stands lower and smaller";
            notes.push(area.note("makeup-head-order", message, remedy));
        }
    }
    notes
}

fn share_columns(one: Rect, other: Rect) -> bool {
    one.x < other.right() && other.x < one.right()
}

fn alike(one: Len, other: Len) -> bool {
    (one - other).abs().times(100) < one.max(other).times(LIKE_WIDTH)
}

/// The lead, which is the first story of the page file: nothing is set larger, and nothing stands
/// higher or further left of it (区序: upper left before upper right).
pub(super) fn lead(scene: &Scene<'_>) -> Vec<Diagnostic> {
    let Some(lead) = scene.stories.first() else { return Vec::new() };
    let Some(head) = lead.head else { return Vec::new() };
    let mut notes = Vec::new();
    let larger = scene.stories[1..].iter().filter_map(|area| Some((area, area.head?)));
    let larger = larger.filter(|(_, other)| other.size > head.size).max_by_key(|(_, other)| other.size);
    if let Some((other, largest)) = larger {
        let message = format!(
            "the lead `{}` is set in {} and `{}` in {} ({})",
            lead.story.id,
            head.size,
            other.story.id,
            largest.size,
            scene.place(largest.headline),
        );
        let remedy =
            "give the lead the largest headline, or make the other story the first block of the page file";
        notes.push(lead.note("makeup-lead", message, remedy));
    }
    // A lead across the fold of a spread stands where both pages meet.
    let cells = lead.block.cells;
    let fold = scene.layout.grid.fold.filter(|_| cells.row == 0);
    let across = fold.is_some_and(|fold| cells.col < fold.after && fold.after < cells.col + cells.cols);
    if let Some(other) = scene.stories[1..].iter().find(|other| !across && before(other, lead)) {
        let message = format!(
            "the lead `{}` does not stand at the upper left: `{}` does ({})",
            lead.story.id,
            other.story.id,
            scene.place(other.set.rect),
        );
        let remedy = "move the lead there, or make the other story the first block of the page file";
        notes.push(lead.note("makeup-lead", message, remedy));
    }
    notes
}

/// Whether a story stands over the lead in the columns where it starts, or left of it beside it.
fn before(other: &StoryArea<'_>, lead: &StoryArea<'_>) -> bool {
    let (other, lead) = (other.block.cells, lead.block.cells);
    other.col <= lead.col && other.row < lead.row || other.row <= lead.row && other.col < lead.col
}
