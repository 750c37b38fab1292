//! A block's summary on the page (提要题): in rows of its own under the heading, or in the heading's beside
//! it.

use super::set::{ComposedBlock, LinePlace, LineRole, TextLine, centred_baseline, text_line};
use crate::diag::Diagnostic;
use crate::flow::rooms::BlockRooms;
use crate::flow::summary::{SetSummary, SummaryLine, set_summary};
use crate::geom::Rect;
use crate::model::copyfit::Fitting;
use crate::model::layout::Layout;
use crate::model::plan::Block;
use crate::model::story::Story;
use crate::text::shape::Shapers;
use crate::unit::Len;

/// Fits a story's summary: in its first block, if that has a heading and copyfitting leaves it in.
pub(super) fn fit(
    block: &Block,
    story: &Story,
    fitting: &Fitting,
    layout: &Layout,
    shapers: &Shapers<'_>,
    notes: &mut Vec<Diagnostic>,
) -> Option<SetSummary> {
    let place = block.head.as_ref().filter(|_| block.part == 1 && !fitting.no_summary)?;
    set_summary(story, block, place, layout, shapers).take(notes)
}

/// Puts a fitted summary at its place, in the middle of its rows: under a heading of so many, or of all
/// those that both of them take.
pub(super) fn place_summary(
    composed: &mut ComposedBlock,
    summary: &SetSummary,
    head_rows: u16,
    rooms: &BlockRooms,
    layout: &Layout,
) {
    let grid = &layout.grid;
    let (first, rows) = match summary.side {
        Some(_) => (0, summary.rows_with(head_rows)),
        None => (head_rows, summary.rows),
    };
    let room = grid.row.times(i64::from(rows));
    let deep: Len = summary.lines.iter().map(|line| line.pitch).sum();
    let mut y = grid.y(rooms.head_row + i32::from(first)) + (room - deep).half();
    let mut set = |line: &SummaryLine| -> TextLine {
        let para = &summary.paras[line.para];
        let (left, width) = summary.span;
        // The line's room is its type alone: the white round it may lie outside the rows.
        let white = (line.pitch - para.size).half();
        let rect = Rect::new(left, y + white, width, para.size);
        y += line.pitch;
        let place = LinePlace { rect, baseline: centred_baseline(rect, para.size) };
        text_line(LineRole::Summary, para, &line.cut, place, layout)
    };
    composed.heads.extend(summary.lines.iter().map(&mut set));
    composed.overset.extend(summary.over.iter().map(&mut set));
}
