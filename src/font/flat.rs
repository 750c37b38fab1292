//! Glyphs of a `CFF ` font whose outlines call no subroutines, each resolved once for a whole job.
//!
//! The library that cuts subsets resolves every glyph of every page anew, and that is most of its work.
//! Here it resolves the glyphs that are new, and their charstrings are kept. For a page it cuts the
//! frame, which is the font with charstrings that only end, and the kept ones are put into that.

use std::ops::Range;
use std::sync::Arc;

use subsetter::GlyphRemapper;

use super::compact::{Charstrings, charstrings, forget_subroutines};
use super::{CutError, Extent, directory};
use crate::files::Blob;

/// The charstring of a glyph without an outline: `endchar` (Adobe Technical Note 5177, 4.1).
const END: u8 = 14;

/// Outlines without subroutines, and what else there is to a font.
#[derive(Debug)]
pub(super) struct Flat {
    /// The font with charstrings that only end.
    frame: Vec<u8>,
    /// By glyph, once it was asked for.
    charstrings: Vec<Option<Box<[u8]>>>,
}

impl Flat {
    /// Makes the frame of a font: `kept` is what is read of its file, which has its `CFF ` table at
    /// `start`. None if its charstrings leave no room for it.
    pub(super) fn new(blob: &Blob, kept: &[Range<usize>], start: usize, found: &Charstrings) -> Option<Self> {
        let glyphs = found.starts.len().checked_sub(1)?;
        let size = (found.offsets_end - found.start - 3) / found.starts.len();
        if found.end - found.offsets_end < glyphs || !(1..=4).contains(&size) || glyphs + 1 >= 1 << (8 * size)
        {
            return None;
        }
        let mut frame = vec![0; usize::try_from(blob.len()).ok()?];
        blob.fill(&mut frame, kept).ok()?;
        let offsets = frame.get_mut(start + found.start + 3..start + found.offsets_end)?;
        for (offset, value) in offsets.chunks_exact_mut(size).zip(1_u32..) {
            offset.copy_from_slice(&value.to_be_bytes()[4 - size..]);
        }
        frame.get_mut(start + found.offsets_end..)?.get_mut(..glyphs)?.fill(END);
        // They would be listed for every page. Where they are not found they do no harm.
        let _ = forget_subroutines(frame.get_mut(start..)?);
        Some(Self { frame, charstrings: vec![None; glyphs] })
    }

    /// Whether glyphs are resolved, or cannot be.
    pub(super) fn has(&self, glyphs: &[u16]) -> bool {
        glyphs.iter().all(|glyph| self.charstrings.get(usize::from(*glyph)).is_none_or(Option::is_some))
    }

    /// Resolves glyphs that are not yet; `image` is the font with their outlines.
    pub(super) fn resolve(&mut self, image: &[u8], glyphs: &[u16]) -> Result<(), CutError> {
        let mut new: Vec<u16> =
            glyphs.iter().copied().filter(|glyph| !self.has(std::slice::from_ref(glyph))).collect();
        new.sort_unstable();
        new.dedup();
        if new.is_empty() {
            return Ok(());
        }
        let remapper = GlyphRemapper::new_from_glyphs_sorted(&new);
        let (table, found) = cut_table(image, &remapper)?;
        for (glyph, place) in remapper.remapped_gids().zip(found.starts.windows(2)) {
            let charstring = table.get(place[0] as usize..place[1] as usize).ok_or_else(damaged)?;
            if let Some(kept) = self.charstrings.get_mut(usize::from(glyph)) {
                *kept = Some(charstring.into());
            }
        }
        Ok(())
    }

    /// A font of some glyphs, all of them resolved before.
    pub(super) fn cut(&self, remapper: &GlyphRemapper) -> Result<Vec<u8>, CutError> {
        let (mut table, found) = cut_table(&self.frame, remapper)?;
        if found.end != table.len() {
            return Err(damaged());
        }
        table.truncate(found.start);
        let kept = |glyph: u16| self.charstrings.get(usize::from(glyph))?.as_deref();
        let charstrings = remapper.remapped_gids().map(kept).collect::<Option<Vec<&[u8]>>>();
        put_index(&charstrings.ok_or_else(damaged)?, &mut table).ok_or_else(damaged)?;
        Ok(wrapped(&table))
    }
}

/// Cuts a font to some glyphs: its `CFF ` table and where the charstrings are in it.
fn cut_table(font: &[u8], remapper: &GlyphRemapper) -> Result<(Vec<u8>, Charstrings), CutError> {
    let cut = subsetter::subset(font, 0, remapper).map_err(|error| CutError::Cut(error.to_string()))?;
    let blob = Blob::Memory(Arc::from(cut));
    let records = directory(&blob).map_err(|error| CutError::Cut(error.to_string()))?;
    let record = records.iter().find(|record| record.tag == *b"CFF ").ok_or_else(damaged)?;
    let Extent { offset, len } = record.extent;
    let table = blob.read_at(offset, len).map_err(CutError::Read)?;
    let found = charstrings(&blob, record.extent).ok_or_else(damaged)?;
    Ok((table, found))
}

fn damaged() -> CutError {
    CutError::Cut("its CFF table is damaged".to_owned())
}

/// Appends an INDEX (Adobe Technical Note 5176, section 5). Its offsets are as short as they can be. None if
/// there is more than they can reach.
fn put_index(objects: &[&[u8]], table: &mut Vec<u8>) -> Option<()> {
    let len: usize = objects.iter().map(|object| object.len()).sum();
    u32::try_from(len + 1).ok()?;
    let size = (1..4).find(|size| len + 1 < 1 << (8 * size)).unwrap_or(4);
    table.reserve(3 + (objects.len() + 1) * size + len);
    table.extend(u16::try_from(objects.len()).ok()?.to_be_bytes());
    table.push(size as u8);
    let mut offset = 1_u32;
    let ends = objects.iter().map(|object| object.len() as u32);
    for len in [0].into_iter().chain(ends) {
        offset += len;
        table.extend(&offset.to_be_bytes()[4 - size..]);
    }
    objects.iter().for_each(|object| table.extend(*object));
    Some(())
}

/// A font file of a `CFF ` table and nothing else, which is all that a PDF takes of it.
fn wrapped(table: &[u8]) -> Vec<u8> {
    const HEADER: usize = 12 + 16;
    let mut font = Vec::with_capacity(HEADER + table.len());
    font.extend(b"OTTO");
    font.extend([0, 1, 0, 16, 0, 0, 0, 0]);
    font.extend(b"CFF ");
    font.extend([0; 4]);
    font.extend((HEADER as u32).to_be_bytes());
    font.extend((table.len() as u32).to_be_bytes());
    font.extend(table);
    font
}
