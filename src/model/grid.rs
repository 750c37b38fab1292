//! The integer grid of a page: its columns and rows as lengths, rectangles of its cells, and how the
//! width of several basic columns is divided into text columns of another measure (破栏).

use crate::geom::{Point, Rect};
use crate::unit::Len;

/// The integer grid: columns across, rows down.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Grid {
    /// The em of the grid: the body's type size.
    pub em: Len,
    /// Basic columns (基本栏).
    pub columns: u16,
    /// Width of one.
    pub measure: Len,
    /// Space between two (栏距).
    pub gutter: Len,
    /// What measures of text columns are rounded down to where they are no basic columns (破栏).
    pub column_step: Len,
    /// Height of a row: line to line (行距).
    pub row: Len,
    /// Rows of the type area, the folio's included.
    pub rows: u16,
    /// Rows at the head of the type area that the folio line takes.
    pub folio_rows: u16,
    /// Top left corner of the type area (版心).
    pub origin: Point,
    /// From the top of a row to its baseline.
    pub baseline: Len,
    /// The fold of a spread (跨版), if the grid is one's.
    pub fold: Option<Fold>,
}

/// The fold in the middle of a spread: a gutter (中缝) wider than the others.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fold {
    /// How many basic columns stand left of it.
    pub after: u16,
    /// What it is wide.
    pub gutter: Len,
}

/// How a width is divided into text columns. Desks know the four ways from Founder's FIT and 飞腾;
/// the fourth, 自动, takes the page's basic columns and divides nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Division {
    /// 绝对: columns alike, of whole ems; the gutters take the rest.
    Absolute,
    /// 相对: the gutters are the page's, the columns whole ems and unlike: the first are the
    /// narrower by an em.
    Relative,
    /// 自由: the gutters are the page's, the columns alike, whatever their width.
    Free,
}

impl Grid {
    /// Least measure of a text column, in ems: two characters.
    pub const LEAST_MEASURE: i64 = 2;

    /// Width of the type area.
    pub fn width(&self) -> Len {
        self.across(0, self.columns)
    }

    /// Width of `columns` basic columns and the gutters between them (长栏), on one side of a fold.
    pub fn span(&self, columns: u16) -> Len {
        self.measure.times(i64::from(columns)) + self.gutter.times(i64::from(columns) - 1)
    }

    /// Rows below the folio line.
    pub fn body_rows(&self) -> u16 {
        self.rows - self.folio_rows
    }

    /// Left edge of a basic column, counted from 0.
    pub fn x(&self, column: u16) -> Len {
        self.origin.x + self.left_of(column)
    }

    /// Width of `columns` basic columns from one on, counted from 0, with the gutters between them and
    /// the fold that lies among them.
    pub fn across(&self, first: u16, columns: u16) -> Len {
        let last = (first + columns).saturating_sub(1);
        self.left_of(last) + self.measure - self.left_of(first)
    }

    /// What lies between the type area's left edge and a basic column.
    fn left_of(&self, column: u16) -> Len {
        let fold = self.fold.filter(|fold| fold.after <= column);
        let wider = fold.map_or(Len::ZERO, |fold| fold.gutter - self.gutter);
        (self.measure + self.gutter).times(i64::from(column)) + wider
    }

    /// The pages of the grid: of a spread the left one and the right one, otherwise the type area.
    pub fn page_areas(&self) -> Vec<Rect> {
        let area = self.type_area();
        let Some(fold) = self.fold else { return vec![area] };
        let halves = [(0, fold.after), (fold.after, self.columns - fold.after)];
        halves
            .map(|(first, count)| Rect { x: self.x(first), width: self.across(first, count), ..area })
            .to_vec()
    }

    /// What a stretch across the page has on each side of a fold that lies in it; all of it without
    /// one.
    pub fn sides(&self, (left, width): (Len, Len)) -> Vec<(Len, Len)> {
        let right = left + width;
        let Some(fold) = self.fold else { return vec![(left, width)] };
        let (from, to) = (self.x(fold.after) - fold.gutter, self.x(fold.after));
        if left >= from || right <= to {
            return vec![(left, width)];
        }
        vec![(left, from - left), (to, right - to)]
    }

    /// Whether a place across the page lies in the fold's gutter.
    pub fn on_fold(&self, x: Len) -> bool {
        self.fold.is_some_and(|fold| self.x(fold.after) - fold.gutter <= x && x < self.x(fold.after))
    }

    /// Text columns of a rectangle on each side of the fold, by its basic columns there; all of them
    /// where no fold lies in it. Nothing if a text column would lie on the fold.
    pub fn shared(&self, first: u16, basic: u16, columns: u16) -> Option<Vec<u16>> {
        let fold = self.fold.map(|fold| fold.after).filter(|after| first < *after && *after < first + basic);
        let Some(after) = fold else { return Some(vec![columns]) };
        let left = u32::from(columns) * u32::from(after - first);
        if !left.is_multiple_of(basic.into()) {
            return None;
        }
        let left = (left / u32::from(basic)) as u16;
        Some(vec![left, columns - left])
    }

    /// The same grid twice, side by side, a fold between (跨版). Its origin is still to be found.
    #[must_use]
    pub fn doubled(&self, gutter: Len) -> Self {
        let fold = Some(Fold { after: self.columns, gutter });
        Self { columns: self.columns * 2, fold, ..self.clone() }
    }

    /// Top of a body row, counted from 0.
    pub fn y(&self, row: i32) -> Len {
        self.origin.y + self.row.times(i64::from(row) + i64::from(self.folio_rows))
    }

    /// Where a rectangle of cells lies on the page.
    pub fn rect(&self, cells: Cells) -> Rect {
        Rect::new(
            self.x(cells.col),
            self.y(i32::from(cells.row)),
            self.across(cells.col, cells.cols),
            self.row.times(i64::from(cells.rows)),
        )
    }

    /// The type area.
    pub fn type_area(&self) -> Rect {
        Rect::new(self.origin.x, self.origin.y, self.width(), self.row.times(i64::from(self.rows)))
    }

    /// The measures of `count` text columns in a width, the page's gutter between them at least.
    /// What they leave is the gutters'. Nothing if they would be too narrow for type.
    pub fn divide(&self, width: Len, count: u16, how: Division) -> Option<Vec<Len>> {
        let columns = i64::from(count);
        let room = width - self.gutter.times(columns - 1);
        let measures = match how {
            Division::Absolute => {
                let whole = room.rows(self.column_step.times(columns)).0;
                vec![self.column_step.times(whole); usize::from(count)]
            }
            Division::Relative => {
                let ems = room.rows(self.em).0;
                let (least, wider) = (ems.div_euclid(columns), ems.rem_euclid(columns));
                let ems = |idx: i64| least + i64::from(idx >= columns - wider);
                (0..columns).map(|idx| self.em.times(ems(idx))).collect()
            }
            Division::Free => {
                let unit = Len::from_units(1);
                vec![unit.times(room.rows(unit.times(columns)).0); usize::from(count)]
            }
        };
        measures.iter().all(|measure| *measure >= self.em.times(Self::LEAST_MEASURE)).then_some(measures)
    }
}

/// A rectangle of grid cells. Columns and body rows count from 0 here, from 1 in page files.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct Cells {
    /// First basic column.
    pub col: u16,
    /// First body row.
    pub row: u16,
    /// How many basic columns.
    pub cols: u16,
    /// How many rows.
    pub rows: u16,
}

impl Cells {
    /// How many cells it has.
    pub fn count(self) -> u32 {
        u32::from(self.cols) * u32::from(self.rows)
    }

    /// The smallest rectangle that holds both.
    #[must_use]
    pub fn joined(self, other: Self) -> Self {
        let (col, row) = (self.col.min(other.col), self.row.min(other.row));
        Self {
            col,
            row,
            cols: (self.col + self.cols).max(other.col + other.cols) - col,
            rows: (self.row + self.rows).max(other.row + other.rows) - row,
        }
    }

    /// Whether two rectangles have a stretch of edge in common.
    pub fn adjoins(self, other: Self) -> bool {
        let meets = |a: u16, a_len: u16, b: u16, b_len: u16| a + a_len == b || b + b_len == a;
        let shares = |a: u16, a_len: u16, b: u16, b_len: u16| a < b + b_len && b < a + a_len;
        meets(self.col, self.cols, other.col, other.cols)
            && shares(self.row, self.rows, other.row, other.rows)
            || meets(self.row, self.rows, other.row, other.rows)
                && shares(self.col, self.cols, other.col, other.cols)
    }

    /// Whether two rectangles share a cell.
    pub fn overlaps(self, other: Self) -> bool {
        self.col < other.col + other.cols
            && other.col < self.col + self.cols
            && self.row < other.row + other.rows
            && other.row < self.row + self.rows
    }
}

#[cfg(test)]
impl Grid {
    /// 6 columns of so many em, an em apart, on rows of 12 pt; an em is 10 pt.
    pub(crate) fn of_six(ems: i64) -> Self {
        let em = Len::pt(10);
        Self {
            em,
            columns: 6,
            measure: em.times(ems),
            gutter: em,
            column_step: em,
            row: Len::pt(12),
            rows: 100,
            folio_rows: 0,
            origin: crate::geom::Point::default(),
            baseline: em,
            fold: None,
        }
    }
}

#[cfg(test)]
mod tests;
