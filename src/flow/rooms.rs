//! Makes the rooms of a block: its columns on the row grid, minus what stands in them.

use crate::geom::Rect;
use crate::model::layout::Grid;
use crate::model::plan::Block;
use crate::room::{LegIdx, LineRoom, Rooms};
use crate::unit::Len;

/// A block measured out on the page, its heading's rows known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BlockRooms {
    /// All of the block.
    pub rect: Rect,
    /// Left edge and width inside the frame's white.
    pub inner: (Len, Len),
    /// Room for its body text, leg after leg.
    pub rooms: Rooms,
    /// Its text columns: left edge, first row and rows, before obstacles and the byline.
    pub columns: Vec<ColumnRoom>,
    /// First row of the heading on the page.
    pub head_row: i32,
    /// Where the byline's rows start, if it has any.
    pub byline_row: i32,
}

/// One text column of a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ColumnRoom {
    /// Its left edge.
    pub x: Len,
    /// Its first row on the page.
    pub row: i32,
    /// How many rows it has.
    pub rows: u16,
}

/// Left edge and width of a block inside its frame's white.
pub fn inner(block: &Block, grid: &Grid) -> (Len, Len) {
    let inset = block.boxed.as_ref().map_or(Len::ZERO, |boxed| boxed.inset);
    (grid.x(block.cells.col) + inset, grid.span(block.cells.cols) - inset.times(2))
}

/// Left edges of a block's text columns: the gutters share what the columns leave, to the last unit.
pub fn column_edges(block: &Block, grid: &Grid) -> Vec<Len> {
    let (left, width) = inner(block, grid);
    let count = i64::from(block.columns.count);
    if count == 1 {
        return vec![left + (width - block.columns.measure).half()];
    }
    let spare = width - block.columns.measure.times(count);
    (0..count).map(|idx| left + block.columns.measure.times(idx) + spare.scale(idx, count - 1)).collect()
}

/// Width that a heading over the first `over` columns has.
pub fn head_width(block: &Block, grid: &Grid, over: u16) -> Len {
    let edges = column_edges(block, grid);
    let (left, width) = inner(block, grid);
    match edges.get(usize::from(over).wrapping_sub(1)) {
        Some(edge) if over < block.columns.count => *edge + block.columns.measure - left,
        _ => width,
    }
}

/// Measures a block out. `head_rows` is what its heading takes.
pub fn block_rooms(block: &Block, grid: &Grid, head_rows: u16) -> BlockRooms {
    let cells = block.cells;
    let rect = Rect::new(
        grid.x(cells.col),
        grid.y(i32::from(cells.row)),
        grid.span(cells.cols),
        grid.row.times(i64::from(cells.rows)),
    );
    // Rows are counted in i32 from here on: what a page file asks for may be beyond any page.
    let frame = i32::from(block.boxed.as_ref().map_or(0, |boxed| boxed.rows));
    let head_row = i32::from(cells.row) + frame + i32::from(block.column_head_rows);
    let foot = i32::from(cells.row + cells.rows) - frame;
    let over = block.head.as_ref().and_then(|head| head.over).unwrap_or(block.columns.count);
    let mut measured = BlockRooms {
        rect,
        inner: inner(block, grid),
        rooms: Rooms::default(),
        columns: Vec::new(),
        head_row,
        byline_row: 0,
    };
    let at = |list: &[u16], idx: usize| list.get(idx).copied().unwrap_or(0);
    for (idx, x) in column_edges(block, grid).into_iter().enumerate() {
        let under_head = if idx < usize::from(over) { i32::from(head_rows) } else { 0 };
        let top = match block.columns.row {
            Some(row) => i32::from(cells.row) + i32::from(row),
            None => head_row + under_head,
        };
        let bottom = block.columns.rows.map_or(foot, |rows| foot.min(top + i32::from(rows)));
        let first = top + i32::from(at(&block.columns.start_lower, idx));
        let byline = if idx == 0 { block.byline_rows } else { 0 };
        if idx == 0 {
            measured.byline_row = first;
        }
        let higher = at(&block.columns.end_higher, idx);
        let rows = (bottom - first - i32::from(byline) - i32::from(higher)).max(0);
        let column = ColumnRoom { x, row: first + i32::from(byline), rows: rows as u16 };
        measured.columns.push(column);
        push_leg(&mut measured.rooms, block, grid, column, u32::from(higher));
    }
    measured
}

/// Adds a column as a leg; rows on which a picture or its caption stands are left out.
fn push_leg(rooms: &mut Rooms, block: &Block, grid: &Grid, column: ColumnRoom, spare: u32) {
    let measure = block.columns.measure;
    let left = inner(block, grid).0;
    let taken = |row: i32| {
        block.pictures.iter().any(|picture| {
            let first = i32::from(block.cells.row + picture.row);
            let last = first + i32::from(picture.rows + picture.caption_rows);
            let x = left + picture.left;
            (first..last).contains(&row) && x < column.x + measure && column.x < x + picture.width
        })
    };
    let first =
        LineRoom { leg: LegIdx(0), row: column.row, inline: column.x, block: grid.y(column.row), measure };
    rooms.push_leg(first, u32::from(column.rows), spare, grid.row);
    rooms.retain_rows_of_last_leg(|row| !taken(row));
}
