//! Samples of a picture → ink on the page, in cells of about 1/72 inch: what a rendered page shows.

use super::colour::{Inks, Space};
use super::picture::Picture;

/// Cells along the side of a square of 15 mm² (GWG2015, total ink area coverage): the root of 15
/// in inches, times 72, rounded.
const SQUARE: usize = 11;

/// Most cells: beyond, a page is larger than any press.
const MOST_CELLS: usize = 1 << 26;

/// Mean ink of each cell.
#[derive(Debug)]
pub(super) struct Cells {
    columns: usize,
    /// Percent.
    totals: Vec<f64>,
    /// Shares of the whole picture.
    mean: [f64; 4],
}

/// Nothing if the ink of the space is not known, or the samples are not as many as they must be.
pub(super) fn cells(
    samples: &[u8],
    picture: &Picture,
    space: &Space,
    decode: Option<&[f64]>,
    ppi: f64,
) -> Option<Cells> {
    let (width, height) = (usize::try_from(picture.width).ok()?, usize::try_from(picture.height).ok()?);
    let count = space.count;
    if count == 0 || samples.len() < width.checked_mul(height)?.checked_mul(count)? {
        return None;
    }
    let step = side(ppi);
    let (columns, rows) = (width.div_ceil(step), height.div_ceil(step));
    if columns.checked_mul(rows)? > MOST_CELLS {
        return None;
    }
    let tables = Tables::of(space, decode)?;
    let mut sums = vec![0.0_f64; columns * rows];
    let mut mean = [0.0_f64; 4];
    for (y, row) in samples.chunks_exact(width * count).take(height).enumerate() {
        let line = &mut sums[y / step * columns..][..columns];
        for (x, pixel) in row.chunks_exact(count).enumerate() {
            let (total, plates) = tables.ink(pixel);
            line[x / step] += total;
            for (sum, plate) in mean.iter_mut().zip(plates) {
                *sum += plate;
            }
        }
    }
    let pixels = whole(width * height);
    for (at, sum) in sums.iter_mut().enumerate() {
        let wide = step.min(width - at % columns * step);
        let high = step.min(height - at / columns * step);
        *sum = *sum * 100.0 / whole(wide * high);
    }
    Some(Cells { columns, totals: sums, mean: mean.map(|sum| sum / pixels) })
}

/// Pixels along the side of a cell.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it was brought into range")]
fn side(ppi: f64) -> usize {
    (ppi / 72.0).clamp(1.0, 1_000.0).round() as usize
}

#[expect(clippy::cast_precision_loss, reason = "counts of pixels stay far below 2^53")]
fn whole(count: usize) -> f64 {
    count as f64
}

/// Ink of each value of each component.
struct Tables {
    /// Share of ink, by component and value.
    shares: Vec<[f64; 256]>,
    /// Which plate a component is; those of spot inks count in sums only.
    plates: Vec<Option<usize>>,
    /// For spaces of one component that is no ink by itself: all inks of each value.
    looked_up: Option<Vec<Inks>>,
}

impl Tables {
    fn of(space: &Space, decode: Option<&[f64]>) -> Option<Self> {
        use super::colour::Family::{Cmyk, DeviceN, Indexed, Separation};
        let indexed = space.family == Indexed;
        let range =
            |component: usize| match decode.and_then(|decode| decode.get(component * 2..component * 2 + 2)) {
                Some(pair) => (pair[0], pair[1]),
                None if indexed => (0.0, 255.0),
                None => (0.0, 1.0),
            };
        let value = |component: usize, sample: u8| {
            let (low, high) = range(component);
            low + f64::from(sample) / 255.0 * (high - low)
        };
        if space.count == 1 {
            let each = (0..=255).map(|sample| space.inks(&[value(0, sample)]).unwrap_or_default());
            // A space whose ink is never known asks for none here.
            space.inks(&[value(0, 0)])?;
            return Some(Self { shares: Vec::new(), plates: Vec::new(), looked_up: Some(each.collect()) });
        }
        if !matches!(space.family, Cmyk | DeviceN | Separation) {
            return None;
        }
        let mut shares = Vec::new();
        let mut plates = Vec::new();
        for component in 0..space.count {
            let mut alone = vec![0.0; space.count];
            alone[component] = 1.0;
            let inks = space.inks(&alone)?;
            let plate = inks.plates.iter().position(|share| *share > 0.0);
            let counts = plate.is_some() || !inks.spots.iter().all(|share| *share <= 0.0);
            shares.push(std::array::from_fn(|sample| {
                let sample = u8::try_from(sample).unwrap_or(u8::MAX);
                if counts { value(component, sample).clamp(0.0, 1.0) } else { 0.0 }
            }));
            plates.push(plate);
        }
        Some(Self { shares, plates, looked_up: None })
    }

    fn ink(&self, pixel: &[u8]) -> (f64, [f64; 4]) {
        if let Some(table) = &self.looked_up {
            let inks = &table[usize::from(pixel[0])];
            return (inks.total() / 100.0, inks.plates);
        }
        let mut total = 0.0;
        let mut plates = [0.0; 4];
        for ((share, plate), sample) in self.shares.iter().zip(&self.plates).zip(pixel) {
            let ink = share[usize::from(*sample)];
            total += ink;
            if let Some(plate) = plate {
                plates[*plate] += ink;
            }
        }
        (total, plates)
    }
}

impl Cells {
    /// The mean ink of the whole picture.
    pub(super) fn mean(&self) -> Inks {
        Inks { plates: self.mean, spots: Vec::new() }
    }

    /// The densest cell, in percent.
    pub(super) fn peak(&self) -> f64 {
        self.totals.iter().copied().fold(0.0, f64::max)
    }

    /// The mean of the densest square of 15 mm², in percent; of the whole if it is smaller.
    pub(super) fn densest_square(&self) -> f64 {
        let rows = self.totals.len() / self.columns;
        let (wide, high) = (SQUARE.min(self.columns), SQUARE.min(rows));
        let mut columns = vec![0.0_f64; self.columns];
        let mut densest = 0.0_f64;
        for (y, row) in self.totals.chunks_exact(self.columns).enumerate() {
            for (sum, cell) in columns.iter_mut().zip(row) {
                *sum += cell;
            }
            if y >= high {
                let gone = &self.totals[(y - high) * self.columns..][..self.columns];
                for (sum, cell) in columns.iter_mut().zip(gone) {
                    *sum -= cell;
                }
            }
            if y + 1 >= high {
                let mut sum: f64 = columns[..wide].iter().sum();
                densest = densest.max(sum);
                for x in wide..self.columns {
                    sum += columns[x] - columns[x - wide];
                    densest = densest.max(sum);
                }
            }
        }
        densest / whole(wide * high)
    }
}
