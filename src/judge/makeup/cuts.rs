//! Straight lines that part a page in two: across it (断版) and down it (通缝).

use super::scene::{Scene, page_note, span};
use crate::diag::Diagnostic;
use crate::model::plan::Cells;

/// 断版: a boundary between rows that no block crosses in any column, stories on both sides of it.
/// What parts stories from a strip of advertisements is no cut, and neither is the edge of the
/// folio line, for furniture is no block.
pub(super) fn cuts(scene: &Scene<'_>) -> Vec<Diagnostic> {
    let taken: Vec<Cells> = scene.taken().collect();
    let stories: Vec<Cells> = scene.stories.iter().map(|area| area.block.cells).collect();
    let mut notes = Vec::new();
    let mut above = 0;
    for row in 1..scene.layout.grid.body_rows() {
        let over = stories.iter().filter(|cells| cells.row + cells.rows <= row).count();
        let crossed = taken.iter().any(|cells| cells.row < row && row < cells.row + cells.rows);
        // The rows of a rule or of white have several boundaries, and are one cut.
        // What stands beside a nameplate ends with it.
        let plate = scene.plan.furniture.taken.iter().any(|cells| cells.row + cells.rows == row);
        if crossed || plate || over == above || over == stories.len() {
            continue;
        }
        if stories.iter().any(|cells| cells.row >= row) {
            above = over;
            let message = format!("断版: no block crosses the line under row {row}, from edge to edge");
            let remedy = "let a block or a picture in one of the columns reach over it";
            notes.push(page_note(&scene.plan.typed, "makeup-cut", message, remedy));
        }
    }
    notes
}

/// A gutter that no block crosses from top to bottom, blocks on both sides of it.
pub(super) fn corridors(scene: &Scene<'_>) -> Vec<Diagnostic> {
    let taken: Vec<Cells> = scene.taken().collect();
    let mut notes = Vec::new();
    for after in 1..scene.layout.grid.columns {
        let crossed = taken.iter().any(|cells| cells.col < after && after < cells.col + cells.cols);
        let sides = [
            taken.iter().any(|cells| cells.col + cells.cols <= after),
            taken.iter().any(|cells| cells.col >= after),
        ];
        if !crossed && sides == [true, true] {
            let beside = span("column", after.into(), i64::from(after) + 1);
            let message =
                format!("通缝: the gutter between {beside} is open from top to bottom: no block crosses it");
            let remedy = "let a block, a picture or an advertisement lie across it";
            notes.push(page_note(&scene.plan.typed, "makeup-corridor", message, remedy));
        }
    }
    notes
}
