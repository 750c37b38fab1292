//! Converted pictures as bytes and back, to be kept between builds.

use super::crop::{Crop, Shapes};
use super::{Coding, Converted, Note, Peaks, Picture, Plates};
use crate::fingerprint::Known;

/// Counted up whenever the same file would be converted to other bytes, or is written down otherwise.
pub const VERSION: u32 = 3;

/// A converted picture as bytes.
pub fn write(converted: &Converted) -> Vec<u8> {
    let picture = &converted.picture;
    let mut out = Writer(Vec::with_capacity(picture.data.len() + 128));
    out.number(u64::from(picture.width));
    out.number(u64::from(picture.height));
    out.number(match (picture.plates, picture.coding) {
        (Plates::Black, Coding::Bits) => 0,
        (Plates::Black, Coding::Jpeg) => 1,
        (Plates::Cmyk, _) => 2,
    });
    out.number(u64::from(picture.inverted));
    out.crop(picture.shown);
    out.number(u64::from(picture.peak_ink));
    out.peaks(&picture.peaks);
    out.crop(converted.crop);
    out.number(u64::from(converted.needs.is_some()));
    let Shapes { least, most } = converted.needs.unwrap_or(Shapes { least: 0, most: 0 });
    out.number(least);
    out.number(most);
    out.number(u64::from(converted.ppi));
    out.number(converted.notes.len() as u64);
    for note in &converted.notes {
        let (kind, amount) = match note {
            Note::Flattened => (0, 0),
            Note::ProfileIgnored => (1, 0),
            Note::Colourless => (2, 0),
            Note::InkAsItIs => (3, 0),
            Note::InkSaved(amount) => (4, *amount),
            Note::Doubtful => (5, 0),
        };
        out.number(kind);
        out.number(u64::from(amount));
    }
    out.0.extend_from_slice(picture.data.digest());
    out.0.extend_from_slice(&picture.data);
    out.0
}

/// What [`write()`] wrote; none if these bytes are something else.
pub fn read(bytes: &[u8]) -> Option<Converted> {
    let mut from = Reader(bytes);
    let (width, height) = (from.number()?, from.number()?);
    let (plates, coding) = match from.number::<u64>()? {
        0 => (Plates::Black, Coding::Bits),
        1 => (Plates::Black, Coding::Jpeg),
        2 => (Plates::Cmyk, Coding::Jpeg),
        _ => return None,
    };
    let inverted = from.number::<u64>()? == 1;
    let (shown, peak_ink, peaks, crop) = (from.crop()?, from.number()?, from.peaks()?, from.crop()?);
    let short = from.number::<u64>()? == 1;
    let shapes = Shapes { least: from.number()?, most: from.number()? };
    let ppi = from.number()?;
    let mut notes = Vec::new();
    for _ in 0..from.number::<u8>()? {
        let (kind, amount) = (from.number::<u64>()?, from.number()?);
        notes.push(match kind {
            0 => Note::Flattened,
            1 => Note::ProfileIgnored,
            2 => Note::Colourless,
            3 => Note::InkAsItIs,
            4 => Note::InkSaved(amount),
            5 => Note::Doubtful,
            _ => return None,
        });
    }
    let (digest, data) = from.0.split_first_chunk()?;
    let data = Known::before(data, *digest);
    let picture = Picture { width, height, plates, coding, data, inverted, shown, peak_ink, peaks };
    Some(Converted { picture, crop, needs: short.then_some(shapes), ppi, notes })
}

struct Writer(Vec<u8>);

impl Writer {
    fn number(&mut self, number: u64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    fn crop(&mut self, crop: Crop) {
        for side in [crop.x, crop.y, crop.width, crop.height] {
            self.number(u64::from(side));
        }
    }

    fn peaks(&mut self, peaks: &Peaks) {
        let (columns, cells) = peaks.cells();
        self.number(u64::from(columns));
        self.number(cells.len() as u64);
        self.0.extend(cells.iter().flat_map(|cell| cell.to_le_bytes()));
    }
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn number<T: TryFrom<u64>>(&mut self) -> Option<T> {
        let (number, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        T::try_from(u64::from_le_bytes(*number)).ok()
    }

    fn crop(&mut self) -> Option<Crop> {
        Some(Crop { x: self.number()?, y: self.number()?, width: self.number()?, height: self.number()? })
    }

    fn peaks(&mut self) -> Option<Peaks> {
        let (columns, count) = (self.number()?, self.number::<u16>()?);
        let (cells, rest) = self.0.split_at_checked(usize::from(count) * 2)?;
        self.0 = rest;
        let cells = cells.as_chunks().0.iter().map(|cell| u16::from_le_bytes(*cell));
        Peaks::from_cells(columns, cells.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let crop = Crop { x: 1, y: 2, width: 3, height: 4 };
        let picture = Picture {
            width: 30,
            height: 40,
            plates: Plates::Cmyk,
            coding: Coding::Jpeg,
            data: vec![7; 99].into(),
            inverted: true,
            shown: crop,
            peak_ink: 2211,
            peaks: Peaks::from_cells(2, vec![1, 200, 3, 65_535]).expect("two rows of two"),
        };
        let notes = vec![Note::Flattened, Note::ProfileIgnored, Note::Colourless, Note::InkAsItIs];
        let notes = [notes, vec![Note::InkSaved(3001), Note::Doubtful]].concat();
        let needs = Some(Shapes { least: 800, most: 1500 });
        let colour = Converted { picture: picture.clone(), crop, needs, ppi: 212, notes };
        let bits =
            Picture { plates: Plates::Black, coding: Coding::Bits, inverted: false, ..picture.clone() };
        let line = Converted { picture: bits, crop, needs: None, ppi: 1200, notes: Vec::new() };
        let gray = Picture { plates: Plates::Black, inverted: false, ..picture };
        let gray = Converted { picture: gray, ..line.clone() };
        for converted in [colour, line, gray] {
            let bytes = write(&converted);
            assert_eq!(read(&bytes), Some(converted));
            for length in 0..bytes.len() - 99 {
                assert_eq!(read(&bytes[..length]), None, "{length}");
            }
        }
    }
}
