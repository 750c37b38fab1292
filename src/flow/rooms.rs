//! Makes the rooms of a block: its columns on the row grid, minus what stands in them.
//!
//! Lines across stand on the rows of the page. Lines of vertical text are as far apart as the rows
//! are, from the right edge of the block leftwards, and its columns are tiers (段) one under the
//! other.

use std::ops::Range;

use crate::geom::{Axis, Rect};
use crate::model::edges::{Edge, open_sides, open_stretches};
use crate::model::layout::Grid;
use crate::model::plan::{Block, Cells, HeadSide, PicturePlace};
use crate::room::{LegIdx, LineRoom, Rooms};
use crate::unit::{Em, Len};

use super::wrap::{cut, obstacles};

/// A block measured out on the page, its heading's rows known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BlockRooms {
    /// The block's bounds.
    pub rect: Rect,
    /// Its rectangles.
    pub areas: Vec<Rect>,
    /// Left edge and width inside the frame's white.
    pub inner: (Len, Len),
    /// Room for its body text, leg after leg.
    pub rooms: Rooms,
    /// Its text columns, before obstacles and the byline.
    pub columns: Vec<Rect>,
    /// First row of the heading on the page.
    pub head_row: i32,
    /// Room for its byline.
    pub byline: Vec<LineRoom>,
}

/// Left edge and width of a block's bounds inside its frame's white.
pub fn inner(block: &Block, grid: &Grid) -> (Len, Len) {
    let Cells { col, cols, .. } = block.cells;
    let inset = inset(block);
    (grid.x(col) + inset, grid.across(col, cols) - inset.times(2))
}

/// White between a block's frame and its text, left and right.
fn inset(block: &Block) -> Len {
    block.boxed.as_ref().map_or(Len::ZERO, |boxed| boxed.inset)
}

/// Left edge and width of some of a block's rectangles that stand side by side, inside its frame's
/// white: where the frame runs along a part of an edge, it keeps off all of it.
fn span_inside(block: &Block, grid: &Grid, first: usize, last: usize) -> (Len, Len) {
    let white = |open: bool| if open { inset(block) } else { Len::ZERO };
    let (left, right) = (grid.rect(block.areas[first].cells), grid.rect(block.areas[last].cells));
    let start = left.x + white(open_sides(&block.areas, first).0);
    (start, right.right() - white(open_sides(&block.areas, last).1) - start)
}

/// Left edge and width of what a vertical heading, or a part of one aside, leaves of one of a
/// block's rectangles. It stands beside the text of the first alone.
pub(super) fn beside_head(block: &Block, area: usize, grid: &Grid) -> (Len, Len) {
    let (left, width) = span_inside(block, grid, area, area);
    let head = block.head.as_ref().filter(|_| area == 0);
    let strip = head.and_then(|head| match (head.side, head.aside) {
        (Some(side), _) => Some((side, head.width)),
        (None, aside) => aside.map(|aside| (aside.side, aside.width)),
    });
    match strip {
        Some((HeadSide::Left, strip)) => (left + strip, width - strip),
        Some((HeadSide::Right, strip)) => (left, width - strip),
        None => (left, width),
    }
}

/// Left edges of a block's text columns, rectangle after rectangle: the gutters share what the
/// columns leave, to the last unit.
pub fn column_edges(block: &Block, grid: &Grid) -> Vec<Len> {
    let edges = |idx: usize| {
        // Each side of a fold has its own columns.
        let (cells, columns) = (block.areas[idx].cells, block.areas[idx].columns);
        let counts = grid.shared(cells.col, cells.cols, columns).unwrap_or_else(|| vec![columns]);
        let mut rest = block.measures(idx);
        let mut side = |((left, width), count): ((Len, Len), u16)| {
            let (own, others) = rest.split_at(usize::from(count).min(rest.len()));
            rest = others;
            spread(left, width, own)
        };
        let sides = grid.sides(beside_head(block, idx, grid)).into_iter().zip(counts);
        sides.flat_map(&mut side).collect::<Vec<_>>()
    };
    (0..block.areas.len()).flat_map(edges).collect()
}

/// Where columns start in a room: what they leave of it is shared by the gutters between them; a
/// single one stands in its middle.
fn spread(start: Len, room: Len, measures: &[Len]) -> Vec<Len> {
    let spare = room - measures.iter().copied().sum();
    if measures.is_empty() {
        return Vec::new();
    }
    if measures.len() == 1 {
        return vec![start + spare.half()];
    }
    let gutters = measures.len() as i64 - 1;
    let edge = |idx: usize| {
        let before: Len = measures[..idx].iter().copied().sum();
        start + before + spare.scale(idx as i64, gutters)
    };
    (0..measures.len()).map(edge).collect()
}

/// The text columns that a heading stands over, from 0.
pub fn head_columns(block: &Block) -> Range<u16> {
    let count = block.headed_columns();
    let from = block.head.as_ref().map_or(0, |head| head.from).min(count);
    let over = block.head.as_ref().and_then(|head| head.over).unwrap_or(count - from);
    from..from.saturating_add(over)
}

/// Left edge and width of the room that a block has for a heading over its text: over all columns of
/// the rectangles at its head all of their width, over some of them theirs.
pub fn head_span(block: &Block, grid: &Grid) -> (Len, Len) {
    let (left, width) = span_inside(block, grid, 0, block.headed().len() - 1);
    if block.axis == Axis::Vertical {
        return (left, width);
    }
    let columns = head_columns(block);
    let edges = column_edges(block, grid);
    let edge = |column: u16| edges.get(usize::from(column)).copied();
    let start = edge(columns.start).filter(|_| columns.start > 0).unwrap_or(left);
    let last = usize::from(columns.end.wrapping_sub(1));
    let foot = edge(columns.end.wrapping_sub(1)).filter(|_| columns.end < block.headed_columns());
    let end = foot.map_or(left + width, |edge| edge + block.columns.measures[last]);
    (start, end - start)
}

/// The strip that a part of the heading stands in, beside the text of the first rectangle and under
/// the rest of the heading.
pub fn aside_strip(block: &Block, grid: &Grid, head_rows: u16) -> Option<Rect> {
    let aside = block.head.as_ref()?.aside?;
    let cells = block.areas[0].cells;
    let (left, width) = span_inside(block, grid, 0, 0);
    let x = match aside.side {
        HeadSide::Left => left,
        HeadSide::Right => left + width - aside.width,
    };
    let (top, foot) = (head_row(block) + i32::from(head_rows), foot_row(cells, frame_rows(block)));
    Some(Rect::new(x, grid.y(top), aside.width, grid.row.times(i64::from((foot - top).max(0)))))
}

/// The strip that a vertical heading stands in: all of the first rectangle's height inside the frame
/// and under the column head. Nothing if the heading stands over the text.
pub fn head_strip(block: &Block, grid: &Grid) -> Option<Rect> {
    let head = block.head.as_ref()?;
    let cells = block.areas[0].cells;
    let (left, width) = span_inside(block, grid, 0, 0);
    let x = match head.side? {
        HeadSide::Left => left,
        HeadSide::Right => left + width - head.width,
    };
    let (top, foot) = (head_row(block), foot_row(cells, frame_rows(block)));
    Some(Rect::new(x, grid.y(top), head.width, grid.row.times(i64::from((foot - top).max(0)))))
}

/// The first row of a block's heading. Rows are counted in i32 here: what a page file asks for may
/// be beyond any page.
fn head_row(block: &Block) -> i32 {
    i32::from(block.areas[0].cells.row) + frame_rows(block) + i32::from(block.column_head_rows)
}

/// The row after the last of a rectangle, over so many rows of white.
fn foot_row(cells: Cells, white: i32) -> i32 {
    i32::from(cells.row + cells.rows) - white
}

fn frame_rows(block: &Block) -> i32 {
    i32::from(block.boxed.as_ref().map_or(0, |boxed| boxed.rows))
}

/// Rows of white that a frame takes at the head and at the foot of a stretch of one of a block's
/// rectangles, such as a column: where it runs over it or under it, or turns nearer to it than its white.
fn white_rows(block: &Block, area: usize, (left, width): (Len, Len), grid: &Grid) -> (i32, i32) {
    let clear = inset(block);
    let open = |edge: Edge| {
        let stretches = open_stretches(&block.areas, area, edge, grid);
        stretches.iter().any(|open| open.start < left + width + clear && left - clear < open.end)
    };
    let rows = |edge: Edge| if open(edge) { frame_rows(block) } else { 0 };
    (rows(Edge::Head), rows(Edge::Foot))
}

/// Measures a block out. `head_rows` is what its heading takes over the text.
pub fn block_rooms(block: &Block, grid: &Grid, head_rows: u16) -> BlockRooms {
    let mut measured = BlockRooms {
        rect: grid.rect(block.cells),
        areas: block.areas.iter().map(|area| grid.rect(area.cells)).collect(),
        inner: inner(block, grid),
        rooms: Rooms::default(),
        columns: Vec::new(),
        head_row: head_row(block),
        byline: Vec::new(),
    };
    let starts = match block.axis {
        Axis::Horizontal => columns(block, grid, head_rows),
        Axis::Vertical => {
            (0..block.areas.len()).flat_map(|area| tiers(block, area, grid, head_rows)).collect()
        }
    };
    for (idx, (first, count)) in starts.into_iter().enumerate() {
        let byline = if idx == 0 { u32::from(block.byline_rows) } else { 0 };
        push_column(&mut measured, block, grid, first, (byline, count), idx);
    }
    measured.rooms.drop_strays(&measured.byline);
    measured
}

/// Of each column of lines across: its first room, and how many there are.
fn columns(block: &Block, grid: &Grid, head_rows: u16) -> Vec<(LineRoom, u32)> {
    let over = head_columns(block);
    let areas = block.areas.iter().enumerate();
    let areas = areas.flat_map(|(idx, area)| (0..area.columns).map(move |_| idx));
    let column = |(idx, (x, area)): (usize, (Len, usize))| {
        let headed = over.contains(&(idx as u16));
        let under_head = if headed { head_row(block) + i32::from(head_rows) } else { 0 };
        let white = white_rows(block, area, (x, block.columns.measures[idx]), grid);
        let (row, foot) = text_rows(block, area, under_head, white);
        let lower = i32::from(at(&block.columns.start_lower, idx));
        let first = LineRoom {
            leg: LegIdx(0),
            row: row + lower,
            inline: x,
            block: grid.y(row + lower),
            measure: block.columns.measures[idx],
        };
        (first, (foot - row - lower).max(0) as u32)
    };
    column_edges(block, grid).into_iter().zip(areas).enumerate().map(column).collect()
}

/// Of each tier of vertical lines in one of a block's rectangles: its first room, at the right, and
/// how many there are.
fn tiers(block: &Block, area: usize, grid: &Grid, head_rows: u16) -> Vec<(LineRoom, u32)> {
    let own = block.areas[area];
    let headed = area < block.headed().len();
    let under_head = if headed { head_row(block) + i32::from(head_rows) } else { 0 };
    let (left, width) = beside_head(block, area, grid);
    let (row, foot) = text_rows(block, area, under_head, white_rows(block, area, (left, width), grid));
    let deep = grid.row.times(i64::from((foot - row).max(0)));
    let count = i64::from(own.columns);
    let before: u16 = block.areas[..area].iter().map(|area| area.columns).sum();
    let quarter = Em(250).at(grid.em);
    // Tiers keep at least a basic gutter between them.
    let most = (deep - grid.gutter.times(count - 1)).scale(1, count);
    let most = quarter.times(most.rows(quarter).0.max(0));
    let measures: Vec<Len> = block.measures(area).iter().map(|measure| Len::min(*measure, most)).collect();
    // Where a heading leaves less than the least measure there is, nothing stands.
    if measures.iter().any(|measure| *measure < grid.em.times(2)) {
        let (inline, block) = (grid.y(row), -(left + width));
        let none = |measure: &Len| LineRoom { leg: LegIdx(0), row: 0, inline, block, measure: *measure };
        return measures.iter().map(|measure| (none(measure), 0)).collect();
    }
    // A single tier begins at the head of its room, where vertical text is read from.
    let starts = match count {
        1 => vec![grid.y(row)],
        _ => spread(grid.y(row), deep, &measures),
    };
    let tier = |(idx, inline): (usize, Len)| {
        let later = i32::from(at(&block.columns.start_lower, usize::from(before) + idx));
        let block = grid.row.times(i64::from(later)) - (left + width);
        let first = LineRoom { leg: LegIdx(0), row: later, inline, block, measure: measures[idx] };
        (first, (width.rows(grid.row).0 - i64::from(later)).max(0) as u32)
    };
    starts.into_iter().enumerate().map(tier).collect()
}

/// First row of the text in one of a block's rectangles, and the row after its last, inside so many rows
/// of white. A column that the heading does not stand over starts where the heading does, one at the
/// head of its rectangle.
fn text_rows(block: &Block, area: usize, under_head: i32, (over, under): (i32, i32)) -> (i32, i32) {
    let cells = block.areas[area].cells;
    let top = i32::from(cells.row) + over;
    let top =
        if cells.row == block.areas[0].cells.row { top + i32::from(block.column_head_rows) } else { top };
    let row = match block.columns.row {
        Some(row) => i32::from(cells.row).max(i32::from(block.cells.row) + i32::from(row)),
        None => under_head.max(top),
    };
    let foot = foot_row(cells, under);
    (row, block.columns.rows.map_or(foot, |rows| foot.min(row + i32::from(rows))))
}

fn at(list: &[u16], idx: usize) -> u16 {
    list.get(idx).copied().unwrap_or(0)
}

/// Adds a column: its first rooms are the byline's, its last as many as the block declares short.
/// Pictures and insets are cut out of its rooms.
fn push_column(
    measured: &mut BlockRooms,
    block: &Block,
    grid: &Grid,
    first: LineRoom,
    (byline, count): (u32, u32),
    idx: usize,
) {
    let higher = u32::from(at(&block.columns.end_higher, idx));
    let byline = byline.min(count);
    let lines = (count - byline).saturating_sub(higher);
    let later = |lines: u32| LineRoom {
        row: first.row + lines as i32,
        block: first.block + grid.row.times(i64::from(lines)),
        ..first
    };
    measured.byline.extend((0..byline).map(later));
    let start = later(byline);
    measured.columns.push(start.rect(block.axis, grid.row.times(i64::from(lines))));
    measured.rooms.push_leg(start, lines, higher, grid.row);
    let obstacles = obstacles(block, grid);
    measured.rooms.cut_rooms_of_last_leg(|room| cut(room, block.axis, grid, &obstacles));
}

/// Where a picture and the words under it stand.
pub fn picture_room(place: &PicturePlace, block: &Block, grid: &Grid) -> Rect {
    let row = i32::from(block.cells.row + place.row);
    let rows = i64::from(place.rows + place.caption_rows);
    Rect::new(inner(block, grid).0 + place.left, grid.y(row), place.width, grid.row.times(rows))
}

#[cfg(test)]
mod tests;
