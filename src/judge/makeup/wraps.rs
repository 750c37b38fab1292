//! Text that its own heading does not stand over: columns beside it, lines above it.

use super::scene::{Head, Scene, StoryArea};
use crate::diag::Diagnostic;
use crate::geom::Rect;
use crate::model::plan::RuleRun;
use crate::page::set::LineRole;

/// 裸文: a column of text that runs out from under its own headline, and stands beside it or, in another
/// rectangle of its block (咬合), under what is not of its story. A frame, a column head across the block,
/// or a rule over the column holds it to its story.
pub(super) fn raw_wraps(scene: &Scene<'_>) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    for (area, head) in scene.heads() {
        let barred = area.set.heads.iter().any(|line| line.role == LineRole::ColumnHead);
        if barred || area.block.boxed.is_some() {
            continue;
        }
        let bare = |top: &Rect| !under(*top, &head) && (top.y < head.group.bottom() || leg(area, *top));
        let raw = tops(area).find(|top| bare(top) && !ruled(scene, area, *top));
        if let Some(top) = raw {
            let message = format!(
                "裸文: text of `{}` runs out from under its headline: {}",
                area.story.id,
                scene.place(top)
            );
            let remedy =
                "let the heading stand over all columns (`over`), frame the story, or put a rule over it";
            notes.push(area.note("makeup-raw-wrap", message, remedy));
        }
    }
    notes
}

/// Lines of a story that stand above its heading, in the columns under it.
pub(super) fn text_above_heads(scene: &Scene<'_>) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    for (area, head) in scene.heads() {
        let above = |top: &Rect| under(*top, &head) && top.bottom() <= head.group.y;
        if let Some(top) = tops(area).find(above) {
            let message =
                format!("text of `{}` stands above its heading: {}", area.story.id, scene.place(top));
            let remedy = "move the heading up, or the text's `row` below it";
            notes.push(area.note("makeup-above-head", message, remedy));
        }
    }
    notes
}

/// The first line of each text column.
fn tops<'s>(area: &'s StoryArea<'_>) -> impl Iterator<Item = Rect> + 's {
    area.set.columns.iter().filter_map(|column| column.lines.first()).map(|line| line.rect)
}

/// Whether a line stands in columns that the heading stands over.
fn under(line: Rect, head: &Head) -> bool {
    line.x < head.group.right() && head.group.x < line.right()
}

/// Whether a line opens a rectangle of its block that has the heading neither over it nor over what
/// adjoins it above: what stands there is of another story. A picture of its own over the line holds it.
fn leg(area: &StoryArea<'_>, line: Rect) -> bool {
    let over = |other: Rect| other.x < line.right() && line.x < other.right();
    let Some(own) = area.set.areas.iter().find(|own| own.overlaps(line)) else { return false };
    let headed = area.set.areas[..area.block.headed().len()].contains(own);
    let goes_on = area.set.areas.iter().any(|other| other.bottom() == own.y && over(*other));
    let pictured = |rect: Rect| own.overlaps(rect) && rect.bottom() <= line.y && over(rect);
    !headed && !goes_on && !area.set.pictures.iter().any(|picture| pictured(picture.rect))
}

/// Whether a rule lies right over the rectangle of the block that a line stands in, over its columns.
fn ruled(scene: &Scene<'_>, area: &StoryArea<'_>, line: Rect) -> bool {
    let Some((first, last)) = scene.columns(line) else { return false };
    let mut areas = area.block.areas.iter().zip(&area.set.areas);
    let Some((own, _)) = areas.find(|(_, rect)| rect.overlaps(line)) else { return false };
    let over = |row: u16| own.cells.row == row + 1;
    scene.plan.rules.iter().any(|rule| match rule.run {
        RuleRun::Across { row, col, cols } => over(row) && col <= first && last < col + cols,
        RuleRun::Down { .. } => false,
    })
}
