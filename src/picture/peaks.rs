//! Where a picture is heavy: the most colour in each part of it, on a coarse grid.
//!
//! Black that is printed on a picture adds a solid to what is under it there, not to the darkest
//! pixel of all. A grid of some thousand cells says what is under a line of type well enough, and
//! is kept where the pixels are not.

use std::sync::Arc;

use super::ink::tenths;
use crate::geom::Rect;
use crate::unit::Len;

/// Most cells across and down.
const MOST: u32 = 64;

/// Fewest pixels along the side of a cell: one block of a JPEG, inside which a pixel may come back
/// as its neighbour.
const FEWEST_PIXELS: u32 = 8;

/// The most ink but black in each cell of a grid over a picture. The default is a picture without
/// colour.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Peaks {
    columns: u32,
    /// Tenths of a percent, row by row from the top left.
    colour: Arc<[u16]>,
}

impl Peaks {
    /// As much colour everywhere, in tenths of a percent.
    pub fn even(colour: u16) -> Self {
        Self { columns: 1, colour: [colour].into() }
    }

    /// From a number of columns and cells row by row from the top left; none if the rows are not
    /// whole or there are too many cells.
    pub fn from_cells(columns: u32, colour: Vec<u16>) -> Option<Self> {
        let cells = u32::try_from(colour.len()).ok()?;
        let whole = if columns == 0 { cells == 0 } else { cells % columns == 0 && cells > 0 };
        let few = columns <= MOST && cells <= columns * MOST;
        (whole && few).then(|| Self { columns, colour: colour.into() })
    }

    /// How many columns there are, and the cells row by row from the top left.
    pub fn cells(&self) -> (u32, &[u16]) {
        (self.columns, &self.colour)
    }

    /// Of rows of four plates, 0 no ink, that are all `width` pixels wide and `height` in number.
    /// `more` (tenths of a percent) is what each may have beyond what it says.
    pub(super) fn of<R: AsRef<[u8]>>(
        (width, height): (u32, u32),
        rows: impl Iterator<Item = R>,
        more: u16,
    ) -> Self {
        let cells = |pixels: u32| (pixels / FEWEST_PIXELS).clamp(1, MOST);
        let (columns, lines) = (cells(width), cells(height));
        let column_of: Vec<usize> = (0..width).map(|x| cell(x, columns, width)).collect();
        let mut most = vec![0_u32; columns as usize * lines as usize];
        for (y, row) in (0..height).zip(rows) {
            let line = &mut most[cell(y, lines, height) * columns as usize..][..columns as usize];
            for (pixel, column) in row.as_ref().as_chunks::<4>().0.iter().zip(&column_of) {
                let colour = pixel[..3].iter().map(|plate| u32::from(*plate)).sum();
                line[*column] = line[*column].max(colour);
            }
        }
        let colour = most.into_iter().map(|colour| match colour {
            0 => 0,
            some => tenths(some).saturating_add(more),
        });
        Self { columns, colour: colour.collect() }
    }

    /// The most colour under `over`, in tenths of a percent, of a picture that is printed at
    /// `place`: that of the cells under it and of those round them, for the screen and the JPEG
    /// carry ink a little further. Nothing if the two share no area.
    pub fn under(&self, place: Rect, over: Rect) -> u16 {
        if self.columns == 0 || !place.overlaps(over) {
            return 0;
        }
        let rows = self.colour.len() / self.columns as usize;
        let columns = span(place.x, place.width, (over.x, over.right()), self.columns as usize);
        let lines = span(place.y, place.height, (over.y, over.bottom()), rows);
        let lines = self.colour.chunks_exact(self.columns as usize).take(lines.1).skip(lines.0);
        lines.flat_map(|line| &line[columns.0..columns.1]).copied().max().unwrap_or(0)
    }
}

/// The cell of a pixel, of `cells` along `pixels`.
fn cell(at: u32, cells: u32, pixels: u32) -> usize {
    (u64::from(at) * u64::from(cells) / u64::from(pixels)) as usize
}

/// The first of `cells` cells along a side that reach from `from` to `to`, widened by one, and the
/// one behind the last.
fn span(start: Len, length: Len, (from, to): (Len, Len), cells: usize) -> (usize, usize) {
    let count = i64::try_from(cells).unwrap_or(i64::MAX);
    let length = i128::from(length.units().max(1));
    let at = |edge: Len| i128::from((edge - start).units()) * i128::from(count) / length;
    let inside = |cell: i128| usize::try_from(cell.clamp(0, i128::from(count))).unwrap_or(cells);
    (inside(at(from) - 1), inside(at(to) + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A hundred pixels by fifty in twelve cells by six: heavy in the right half of the upper half.
    fn grid() -> Peaks {
        let row = |y: u32| {
            let pixel = move |x: u32| if x >= 50 && y < 25 { [200, 100, 50, 9] } else { [0, 0, 51, 255] };
            (0..100).flat_map(pixel).collect::<Vec<u8>>()
        };
        Peaks::of((100, 50), (0..50).map(row), 100)
    }

    #[test]
    fn a_cell_has_the_most_of_its_pixels_without_black() {
        let (columns, cells) = (grid().columns, grid().colour);
        assert_eq!((columns, cells.len()), (12, 72));
        // 350 of 255 is 137.3 %, 51 of 255 is 20 %; and 10 % that the JPEG may add.
        assert_eq!((cells[0], cells[5], cells[6], cells[11]), (300, 300, 1473, 1473));
        assert_eq!((cells[36], cells[47]), (300, 300), "the lower half");
        let white = Peaks::of((3, 3), std::iter::repeat_n([0_u8; 12], 3), 100);
        assert_eq!(white.cells(), (1, &[0][..]));
    }

    #[test]
    fn what_is_under_is_asked_with_a_cell_of_margin() {
        let mm = |x: i64, y: i64, w: i64, h: i64| Rect::new(Len::mm(x), Len::mm(y), Len::mm(w), Len::mm(h));
        // A cell is ten millimetres each way.
        let place = mm(100, 100, 120, 60);
        let under = |over| grid().under(place, over);
        assert_eq!(under(mm(100, 100, 49, 5)), 300, "two cells off");
        assert_eq!(under(mm(100, 100, 51, 5)), 1473, "the next cell is heavy");
        assert_eq!(under(mm(170, 100, 10, 5)), 1473);
        assert_eq!((under(mm(170, 141, 10, 5)), under(mm(170, 131, 10, 5))), (300, 1473));
        assert_eq!(under(mm(0, 0, 400, 400)), 1473);
        assert_eq!((under(mm(170, 90, 10, 10)), under(mm(220, 100, 10, 10))), (0, 0), "beside it");
        assert_eq!(Peaks::even(900).under(place, mm(219, 159, 5, 5)), 900);
        assert_eq!(Peaks::default().under(place, place), 0);
    }

    #[test]
    fn cells_are_rows_or_nothing() {
        let read = |columns, cells: usize| Peaks::from_cells(columns, vec![7; cells]).is_some();
        assert_eq!([read(0, 0), read(3, 6), read(64, 4096)], [true; 3]);
        assert_eq!([read(0, 1), read(3, 0), read(3, 7), read(65, 65), read(1, 65)], [false; 5]);
    }
}
