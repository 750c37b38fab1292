//! Which edges of a block's rectangles lie on its outline, and what a frame round all of them covers.
//!
//! White inside a frame belongs to an edge that the frame runs along: where two rectangles of a block
//! adjoin there is neither.

use std::ops::Range;

use crate::geom::Rect;
use crate::geom::outline::{encloses, outline};
use crate::model::grid::Grid;
use crate::model::plan::{Area, Cells};
use crate::unit::Len;

/// Whether any of a rectangle's left edge lies on the outline of its block, and any of its right edge.
pub fn open_sides(areas: &[Area], own: usize) -> (bool, bool) {
    let cells = areas[own].cells;
    let rows = cells.row..cells.row + cells.rows;
    let open = |beside: &dyn Fn(Cells) -> bool| {
        let others = || areas.iter().map(|area| area.cells).filter(|other| beside(*other));
        rows.clone().any(|row| !others().any(|other| (other.row..other.row + other.rows).contains(&row)))
    };
    (open(&|other| other.col + other.cols == cells.col), open(&|other| other.col == cells.col + cells.cols))
}

/// The head or the foot of a rectangle.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Edge {
    /// Its upper edge.
    Head,
    /// Its lower edge.
    Foot,
}

/// The stretches of a rectangle's upper or lower edge that lie on the outline of its block, from left
/// to right: as far as the rectangles that adjoin it there.
pub fn open_stretches(areas: &[Area], own: usize, edge: Edge, grid: &Grid) -> Vec<Range<Len>> {
    let cells = areas[own].cells;
    let adjoins = |other: Cells| match edge {
        Edge::Head => other.row + other.rows == cells.row,
        Edge::Foot => other.row == cells.row + cells.rows,
    };
    let columns = |cells: Cells| cells.col..cells.col + cells.cols;
    let covered =
        |column: u16| areas.iter().any(|area| adjoins(area.cells) && columns(area.cells).contains(&column));
    let right = |column: u16| grid.x(column) + grid.measure;
    let mut open: Vec<Range<Len>> = Vec::new();
    for column in columns(cells).filter(|column| !covered(*column)) {
        // A gutter beside what adjoins is outside of the block, and the frame runs through it.
        let from = if column == cells.col { grid.x(column) } else { right(column - 1) };
        let to = if column + 1 == cells.col + cells.cols { right(column) } else { grid.x(column + 1) };
        match open.last_mut().filter(|last| last.end >= from) {
            Some(last) => last.end = to,
            None => open.push(from..to),
        }
    }
    open
}

/// What a frame round rectangles covers: each of them, beyond its cells at head and foot by `reach`,
/// and the gutters between those that stand side by side.
pub fn framed(areas: &[Area], reach: Len, grid: &Grid) -> Vec<Rect> {
    let high = |rect: Rect| Rect { y: rect.y - reach, height: rect.height + reach.times(2), ..rect };
    let own = areas.iter().map(|area| grid.rect(area.cells));
    let gutters = areas.iter().flat_map(|left| {
        let cells = left.cells;
        areas.iter().filter_map(move |right| {
            let (top, foot) = (
                cells.row.max(right.cells.row),
                (cells.row + cells.rows).min(right.cells.row + right.cells.rows),
            );
            let beside = right.cells.col == cells.col + cells.cols && top < foot;
            let from = grid.x(cells.col) + grid.across(cells.col, cells.cols);
            let both = Cells { row: top, rows: foot.saturating_sub(top), ..right.cells };
            beside.then(|| {
                let rect = grid.rect(both);
                Rect { x: from, width: rect.x - from, ..rect }
            })
        })
    });
    own.chain(gutters).map(high).collect()
}

/// Whether one line goes round rectangles that adjoin: they leave no hole, and a frame that reaches so
/// far beyond them closes no gap.
pub fn has_one_outline(areas: &[Area], reach: Len, grid: &Grid) -> bool {
    // Gutters aside, which part what touches at a corner.
    let cell = |cells: Cells| {
        let len = |count: u16| Len::pt(i64::from(count));
        Rect::new(len(cells.col), len(cells.row), len(cells.cols), len(cells.rows))
    };
    let cells: Vec<Rect> = areas.iter().map(|area| cell(area.cells)).collect();
    let corners = |reach: Len| outline(&framed(areas, reach, grid)).len();
    !encloses(&cells) && corners(reach) == corners(Len::ZERO)
}

#[cfg(test)]
mod tests;
