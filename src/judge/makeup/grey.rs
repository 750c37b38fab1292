//! Grey areas: text so deep and so wide that nothing on it catches the eye.

use super::scene::{Scene, StoryArea};
use crate::diag::Diagnostic;
use crate::geom::{Axis, Rect};
use crate::page::set::TextLine;
use crate::unit::Len;

/// A stretch of text, columns side by side, deeper than the layout's limit without a head, a
/// subhead, a picture or a frame, and as wide as it says. Of a story the deepest is told.
pub(super) fn grey_areas(scene: &Scene<'_>) -> Vec<Diagnostic> {
    let limits = &scene.layout.checks.limits;
    let mut notes = Vec::new();
    for area in scene.stories.iter().filter(|area| area.block.axis == Axis::Horizontal) {
        let columns = stretches(scene, area);
        let wide = |idx: usize| widest(&columns[idx..], limits.grey_depth);
        let grey = (0..columns.len()).filter_map(wide).filter(|grey| grey.width >= limits.grey_width);
        if let Some(grey) = grey.max_by_key(|grey| (grey.height, -grey.x)) {
            let message = format!(
                "`{}` has a grey area {} mm deep and {} mm wide: {}",
                area.story.id,
                grey.height.micrometres() / 1000,
                grey.width.micrometres() / 1000,
                scene.place(grey),
            );
            let remedy = "break it with a subhead, a picture, a pull quote or a box";
            notes.push(area.note("makeup-grey", message, remedy));
        }
    }
    notes
}

/// The deepest unbroken stretch of each text column.
fn stretches(scene: &Scene<'_>, area: &StoryArea<'_>) -> Vec<Rect> {
    let body = &scene.layout.styles[area.block.style].1.body;
    // What looks like body text breaks nothing, whatever it is.
    let plain = |line: &TextLine| {
        line.runs.iter().any(|run| run.size == body.size && body.faces.first() == Some(&run.face))
    };
    let mut deepest = Vec::new();
    for column in &area.set.columns {
        let mut best = Rect::default();
        let mut open: Option<Rect> = None;
        for line in &column.lines {
            let goes_on = open.filter(|open| line.rect.y - open.bottom() < scene.layout.grid.row);
            open = match (plain(line), goes_on) {
                (false, _) => None,
                (true, Some(open)) => Some(Rect { height: line.rect.bottom() - open.y, ..open }),
                (true, None) => Some(line.rect),
            };
            best = open.filter(|open| open.height > best.height).unwrap_or(best);
        }
        deepest.push(best);
    }
    deepest
}

/// From the first column on, the widest rectangle over columns side by side that is still so deep.
fn widest(columns: &[Rect], depth: Len) -> Option<Rect> {
    let mut grey = columns.first().copied().filter(|first| first.height >= depth)?;
    for next in &columns[1..] {
        let (top, foot) = (grey.y.max(next.y), grey.bottom().min(next.bottom()));
        if foot - top < depth {
            break;
        }
        grey = Rect::new(grey.x, top, next.right() - grey.x, foot - top);
    }
    Some(grey)
}
