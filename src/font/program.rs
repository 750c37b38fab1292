//! The outlines of a face for cutting subsets: an image of its file in which only what was asked
//! for is filled in, each stretch once for a whole job. Of a font of ten megabytes a page prints a
//! thousand glyphs, and the next page nearly the same ones.

use std::io;
use std::ops::Range;

use subsetter::GlyphRemapper;
use ttf_parser::head::IndexToLocationFormat;

use super::compact::charstrings;
use super::flat::Flat;
use super::ink::loca_entries;
use super::{CutError, Extent, LARGEST_PROGRAM, Record, directory};
use crate::files::Blob;

/// What a subset is made of besides outlines (PDF Reference 1.4, 5.8; OpenType 1.9).
const SMALL_TABLES: [&[u8; 4]; 10] =
    [b"cvt ", b"fpgm", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"name", b"post", b"prep"];

/// A font program, filled in as far as it was asked for.
#[derive(Debug)]
pub(super) struct Program {
    /// As long as the file; zeros where nothing was filled in.
    image: Vec<u8>,
    /// By glyph: its outline's place in the file. None if all of the file is there.
    glyphs: Option<Vec<Range<usize>>>,
    /// By glyph: whether it is filled in.
    filled: Vec<bool>,
    /// Whether outlines may be made of others.
    composite: bool,
    /// The glyphs that are filled in, once more without subroutines. None of a font that has none.
    flat: Option<Flat>,
}

impl Program {
    /// A program with everything but outlines; with everything if its outlines cannot be told apart.
    ///
    /// # Errors
    /// What the disk says, or that the file is too large.
    pub(super) fn open(blob: &Blob, loca: IndexToLocationFormat) -> io::Result<Self> {
        if blob.len() > LARGEST_PROGRAM {
            return blob.read_all(LARGEST_PROGRAM).map(Self::whole);
        }
        match Self::sparse(blob, loca == IndexToLocationFormat::Long) {
            Some(program) => Ok(program),
            None => blob.read_all(LARGEST_PROGRAM).map(Self::whole),
        }
    }

    fn whole(image: Vec<u8>) -> Self {
        Self { image, glyphs: None, filled: Vec::new(), composite: false, flat: None }
    }

    fn sparse(blob: &Blob, long: bool) -> Option<Self> {
        let records = directory(blob).ok()?;
        let extent =
            |tag: &[u8; 4]| records.iter().find(|record| record.tag == *tag).map(|found| found.extent);
        let small = records.iter().filter(|record| SMALL_TABLES.contains(&&record.tag));
        let header = 0..12 + 16 * records.len();
        let mut wanted: Vec<Range<usize>> = small.map(place_of).chain([header]).collect();
        let (glyphs, flat) = match (extent(b"CFF "), extent(b"glyf"), extent(b"loca")) {
            (Some(table), ..) => {
                let found = charstrings(blob, table)?;
                let start = usize::try_from(table.offset).ok()?;
                wanted.push(start..start + found.offsets_end);
                wanted.push(start + found.end..start + table.len);
                let ends = found.starts.windows(2);
                let glyphs = ends.map(|pair| start + pair[0] as usize..start + pair[1] as usize).collect();
                (glyphs, Some(Flat::new(blob, &wanted, start, &found)?))
            }
            (None, Some(glyf), Some(loca)) => {
                let entries = loca_entries(&blob.read_at(loca.offset, loca.len).ok()?, long);
                let start = usize::try_from(glyf.offset).ok()?;
                let inside = |pair: &[u32]| {
                    let (from, to) = (pair[0] as usize, pair[1] as usize);
                    (from <= to && to <= glyf.len).then_some(start + from..start + to)
                };
                (entries.windows(2).map(inside).collect::<Option<Vec<_>>>()?, None)
            }
            _ => return None,
        };
        let mut image = vec![0; usize::try_from(blob.len()).ok()?];
        blob.fill(&mut image, &wanted).ok()?;
        let filled = vec![false; glyphs.len()];
        Some(Self { image, glyphs: Some(glyphs), filled, composite: flat.is_none(), flat })
    }

    /// Whether the outlines of glyphs are there, or cannot be.
    pub(super) fn has(&self, glyphs: &[u16]) -> bool {
        let filled = |glyph: &u16| self.filled.get(usize::from(*glyph)).copied().unwrap_or(true);
        glyphs.iter().all(filled) && self.flat.as_ref().is_none_or(|flat| flat.has(glyphs))
    }

    /// A font of some glyphs, whose outlines are there.
    pub(super) fn cut(&self, remapper: &GlyphRemapper) -> Result<Vec<u8>, CutError> {
        match &self.flat {
            Some(flat) => flat.cut(remapper),
            None => {
                subsetter::subset(&self.image, 0, remapper).map_err(|error| CutError::Cut(error.to_string()))
            }
        }
    }

    /// Fills in the outlines of glyphs and of what those are made of.
    ///
    /// # Errors
    /// What the disk says, or that an outline is damaged.
    pub(super) fn fill(&mut self, blob: &Blob, glyphs: &[u16]) -> Result<(), CutError> {
        let Some(places) = &self.glyphs else { return Ok(()) };
        // .notdef is in every subset.
        let mut wanted: Vec<usize> = [0].into_iter().chain(glyphs.iter().copied().map(usize::from)).collect();
        while !wanted.is_empty() {
            wanted.sort_unstable();
            wanted.dedup();
            wanted.retain(|glyph| self.filled.get(*glyph).is_some_and(|filled| !filled));
            let stretches: Vec<Range<usize>> = wanted.iter().map(|glyph| places[*glyph].clone()).collect();
            blob.fill(&mut self.image, &stretches).map_err(CutError::Read)?;
            wanted.iter().for_each(|glyph| self.filled[*glyph] = true);
            let parts = stretches.into_iter().filter(|_| self.composite);
            wanted = parts.flat_map(|stretch| components(&self.image[stretch])).collect();
        }
        match &mut self.flat {
            Some(flat) => flat.resolve(&self.image, glyphs),
            None => Ok(()),
        }
    }
}

fn place_of(record: &Record) -> Range<usize> {
    let Extent { offset, len } = record.extent;
    let start = usize::try_from(offset).unwrap_or(usize::MAX);
    start..start.saturating_add(len)
}

/// The glyphs that a composite outline is made of (OpenType 1.9, `glyf`, composite glyph description).
fn components(outline: &[u8]) -> Vec<usize> {
    const WORDS: u16 = 0x0001;
    const SCALE: u16 = 0x0008;
    const MORE: u16 = 0x0020;
    const TWO_SCALES: u16 = 0x0040;
    const MATRIX: u16 = 0x0080;
    let word = |at: usize| Some(u16::from_be_bytes([*outline.get(at)?, *outline.get(at + 1)?]));
    let mut found = Vec::new();
    if word(0).is_none_or(|contours| contours < 0x8000) {
        return found;
    }
    let mut at = 10;
    while let (Some(flags), Some(glyph)) = (word(at), word(at + 2)) {
        found.push(usize::from(glyph));
        at += if flags & WORDS == 0 { 6 } else { 8 };
        at += match flags {
            _ if flags & SCALE != 0 => 2,
            _ if flags & TWO_SCALES != 0 => 4,
            _ if flags & MATRIX != 0 => 8,
            _ => 0,
        };
        if flags & MORE == 0 {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn composite(flags: u16, rest: &[u8]) -> Vec<u8> {
        [&[0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0][..], &flags.to_be_bytes(), &[0, 7], rest].concat()
    }

    #[test]
    fn the_parts_of_a_composite_outline() {
        assert_eq!(components(&composite(0x0001, &[0; 4])), [7]);
        let two = composite(0x0020 | 0x0008, &[0, 0, 0x40, 0, 0, 0, 0, 9, 0, 0]);
        assert_eq!(components(&two), [7, 9]);
        assert_eq!(components(&two[..two.len() - 4]), [7], "cut short");
        assert_eq!(
            components(&[0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0]),
            [0; 0],
            "an outline of its own"
        );
        assert_eq!(components(&[]), [0; 0]);
    }
}
