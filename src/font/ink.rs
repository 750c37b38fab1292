//! How far the ink of a glyph reaches. Of a font of ten megabytes only the outlines that are asked
//! for are read: a page asks for its marks, a dozen a face.

use ttf_parser::{GlyphId, OutlineBuilder, cff};

use super::Extent;
use super::compact::{Charstrings, big_endian, charstrings};
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

/// A table with everything but its charstrings.
fn read_compact(blob: &Blob, place: Extent) -> Option<Outlines> {
    let Charstrings { starts, offsets_end, end, .. } = charstrings(blob, place)?;
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
