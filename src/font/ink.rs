//! How far the ink of a glyph reaches. Of a font of ten megabytes only the outlines that are asked
//! for are read: a page asks for its marks, a dozen a face.

use ttf_parser::{GlyphId, OutlineBuilder, cff};

use crate::files::Blob;

/// The box of a glyph's ink, in font units from its origin; y upwards. Curves count with their
/// control points, which lie outside of them by a few units at most.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InkBox {
    /// Left edge.
    pub left: i32,
    /// Right edge.
    pub right: i32,
    /// Lower edge.
    pub bottom: i32,
    /// Upper edge.
    pub top: i32,
}

/// Where a table lies in its file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    pub(super) offset: u64,
    pub(super) len: usize,
}

/// The outlines of a face, as far as they were read.
#[derive(Debug)]
pub(super) enum Outlines {
    /// A `CFF ` table in which only some charstrings are filled in.
    Compact {
        table: Vec<u8>,
        place: Extent,
        /// Of each glyph and of the end: where its charstring starts in the table.
        charstrings: Vec<u32>,
    },
    /// A `glyf` table: each glyph says its own box.
    Quadratic { loca: Vec<u8>, long: bool, place: Extent },
    /// None that is understood.
    Unknown,
}

impl Outlines {
    /// Of a `CFF ` table.
    pub(super) fn compact(blob: &Blob, place: Extent) -> Self {
        read_compact(blob, place).unwrap_or(Self::Unknown)
    }

    /// Of `glyf` and `loca` tables; `long` if the latter counts in bytes (head, indexToLocFormat).
    pub(super) fn quadratic(blob: &Blob, place: Extent, loca: Extent, long: bool) -> Self {
        match blob.read_at(loca.offset, loca.len) {
            Ok(loca) => Self::Quadratic { loca, long, place },
            Err(_) => Self::Unknown,
        }
    }

    /// The ink of a glyph. Nothing for one without ink or that cannot be read.
    pub(super) fn ink(&mut self, blob: &Blob, glyph: u16) -> Option<InkBox> {
        match self {
            Self::Compact { table, place, charstrings } => {
                let [from, to] = [0, 1].map(|next| charstrings.get(usize::from(glyph) + next).copied());
                let (from, to) = (from? as usize, to? as usize);
                let room = table.get_mut(from..to)?;
                room.copy_from_slice(&blob.read_at(place.offset + from as u64, to - from).ok()?);
                let outline = cff::Table::parse(table)?.outline(GlyphId(glyph), &mut Unseen).ok()?;
                Some(InkBox {
                    left: outline.x_min.into(),
                    right: outline.x_max.into(),
                    bottom: outline.y_min.into(),
                    top: outline.y_max.into(),
                })
            }
            Self::Quadratic { loca, long, place } => {
                let at = |idx: usize| {
                    if *long {
                        big_endian(loca.get(idx * 4..idx * 4 + 4)?)
                    } else {
                        Some(big_endian(loca.get(idx * 2..idx * 2 + 2)?)? * 2)
                    }
                };
                let (from, to) = (at(usize::from(glyph))?, at(usize::from(glyph) + 1)?);
                if to < from.checked_add(10)? || to as usize > place.len {
                    return None;
                }
                let header = blob.read_at(place.offset + u64::from(from), 10).ok()?;
                let side = |idx: usize| i32::from(i16::from_be_bytes([header[idx], header[idx + 1]]));
                Some(InkBox { left: side(2), bottom: side(4), right: side(6), top: side(8) })
            }
            Self::Unknown => None,
        }
    }
}

/// Takes outlines that nobody draws: only their box is wanted.
struct Unseen;

impl OutlineBuilder for Unseen {
    fn move_to(&mut self, _: f32, _: f32) {}
    fn line_to(&mut self, _: f32, _: f32) {}
    fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {}
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {}
    fn close(&mut self) {}
}

/// Largest `CFF ` table that is laid out in memory; what is not read of it takes none.
const LARGEST_TABLE: usize = 128 << 20;
/// How much of a table's head is read to find its charstrings: names and the top DICT.
const HEAD: usize = 4096;

/// Where the charstrings of a `CFF ` table are, in bytes from its start.
pub(super) struct Charstrings {
    /// Of each glyph and of the end.
    pub(super) starts: Vec<u32>,
    /// The end of the list of their offsets.
    pub(super) offsets_end: usize,
    /// The end of the last.
    pub(super) end: usize,
}

/// Finds the charstrings of a `CFF ` table (Adobe Technical Note 5176, sections 5 to 9). None if
/// they are not where they should be.
pub(super) fn charstrings(blob: &Blob, place: Extent) -> Option<Charstrings> {
    if place.len > LARGEST_TABLE {
        return None;
    }
    let read = |from: usize, to: usize| {
        let len = to.checked_sub(from).filter(|_| to <= place.len)?;
        blob.read_at(place.offset + from as u64, len).ok()
    };
    let head = read(0, place.len.min(HEAD))?;
    let names = index(&head, usize::from(*head.get(2)?))?;
    let tops = index(&head, names.end)?;
    let top = head.get(*tops.starts.first()?..*tops.starts.get(1)?)?;
    let start = charstrings_of(top)?;
    let header = read(start, start + 3)?;
    let count = usize::from(u16::from_be_bytes([header[0], header[1]]));
    let offsets_end = start + 3 + (count + 1) * usize::from(header[2]);
    let found = index(&read(start, offsets_end)?, 0)?;
    let starts: Vec<u32> = found.starts.iter().map(|at| (start + at) as u32).collect();
    let end = start + found.end;
    let inside = starts.is_sorted() && starts.first().is_none_or(|first| offsets_end <= *first as usize);
    (inside && end <= place.len).then_some(Charstrings { starts, offsets_end, end })
}

/// A table with everything but its charstrings.
fn read_compact(blob: &Blob, place: Extent) -> Option<Outlines> {
    let Charstrings { starts, offsets_end, end } = charstrings(blob, place)?;
    let read = |from: usize, to: usize| blob.read_at(place.offset + from as u64, to - from).ok();
    let mut table = vec![0; place.len];
    table[..offsets_end].copy_from_slice(&read(0, offsets_end)?);
    table[end..].copy_from_slice(&read(end, place.len)?);
    Some(Outlines::Compact { table, place, charstrings: starts })
}

/// The entries of a `loca` table; `long` if it counts in bytes (head, indexToLocFormat).
pub(super) fn loca_entries(loca: &[u8], long: bool) -> Vec<u32> {
    if long {
        loca.chunks_exact(4).filter_map(big_endian).collect()
    } else {
        loca.chunks_exact(2).filter_map(big_endian).map(|half| half * 2).collect()
    }
}

/// An INDEX: where each of its objects starts, the end of the last included.
struct Index {
    starts: Vec<usize>,
    end: usize,
}

/// Reads the INDEX at a place; its data need not be there.
fn index(bytes: &[u8], at: usize) -> Option<Index> {
    let count = big_endian(bytes.get(at..at + 2)?)? as usize;
    if count == 0 {
        return Some(Index { starts: Vec::new(), end: at + 2 });
    }
    let size = usize::from(*bytes.get(at + 2)?);
    let offsets = bytes.get(at + 3..at + 3 + (count + 1) * size)?;
    // Offsets count from the byte before the data.
    let base = at + 2 + (count + 1) * size;
    let starts: Option<Vec<usize>> = offsets
        .chunks_exact(size.clamp(1, 4))
        .map(|offset| Some(base + big_endian(offset)? as usize))
        .collect();
    let starts = starts?;
    let end = *starts.last()?;
    Some(Index { starts, end })
}

/// The offset of the CharStrings INDEX that a top DICT gives (operator 17).
fn charstrings_of(top: &[u8]) -> Option<usize> {
    let (mut at, mut operand) = (0, 0_i64);
    while let Some(&byte) = top.get(at) {
        at += 1;
        let next = |offset: usize| top.get(at + offset).copied().map(i64::from);
        match byte {
            17 => return usize::try_from(operand).ok(),
            12 => at += 1,
            28 => (operand, at) = (next(0)? << 8 | next(1)?, at + 2),
            29 => (operand, at) = (i64::from(big_endian(top.get(at..at + 4)?)?), at + 4),
            30 => {
                while let Some(pair) = top.get(at) {
                    at += 1;
                    if pair & 0x0F == 0x0F || pair >> 4 == 0x0F {
                        break;
                    }
                }
            }
            32..=246 => operand = i64::from(byte) - 139,
            247..=250 => (operand, at) = ((i64::from(byte) - 247) * 256 + next(0)? + 108, at + 1),
            251..=254 => (operand, at) = (-(i64::from(byte) - 251) * 256 - next(0)? - 108, at + 1),
            _ => {}
        }
    }
    None
}

fn big_endian(bytes: &[u8]) -> Option<u32> {
    (bytes.len() <= 4).then(|| bytes.iter().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}
