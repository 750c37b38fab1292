//! A JPEG's markers into what the file claims, and whether its data can be all there.
//!
//! Decoders fill what is missing with gray and say nothing, so the walk here is what tells a
//! whole file from half of one (ISO/IEC 10918-1, annex B).

use super::entropy::{self, Codes, Mean, Part};
use super::progressive::Passes;
use super::scan::{Pass, Scanned};
use super::seam::Trail;
use crate::picture::error::PictureError;

/// What the markers of a JPEG say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Frame {
    /// Pixels across, as stored.
    pub(super) width: u32,
    /// Pixels down, as stored.
    pub(super) height: u32,
    /// Components: 1 gray, 3 colour, 4 ink.
    pub(super) components: u8,
    /// Whether the picture comes in several passes.
    pub(super) progressive: bool,
    /// The transform byte of Adobe's APP14 marker, if there is one: 0 none, 1 `YCbCr`, 2 `YCCK`.
    pub(super) adobe: Option<u8>,
    /// Whether the picture jumps in the middle of a row and stays so: some bit may be flipped.
    pub(super) seam: bool,
    /// How many 8 x 8 blocks the frame has, over all components.
    blocks: u64,
    /// Its components, `components` of them.
    parts: [Component; 4],
}

/// What the frame says of one component.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Component {
    /// Its name in scans.
    id: u8,
    /// Sampling factors across and down.
    across: u64,
    down: u64,
    /// Which quantization table it has.
    table: usize,
}

/// Reads up to the first scan.
///
/// # Errors
/// A damaged, cut or unsupported header.
pub(super) fn header(bytes: &[u8]) -> Result<Frame, PictureError> {
    walk(bytes, false).map(|(frame, _)| frame)
}

/// Reads to the end marker and weighs the entropy-coded data against the blocks it must hold.
///
/// # Errors
/// As [`header`], and [`PictureError::Truncated`] without an end, or with too little before it.
pub(super) fn whole(bytes: &[u8]) -> Result<Frame, PictureError> {
    let (frame, coded) = walk(bytes, true)?;
    // The shortest code of a block is one bit for its DC difference, and in a sequential scan one
    // more for "no further coefficients". A file that claims 65 500 x 65 500 has to pay for them.
    let bits_a_block = if frame.progressive { 1 } else { 2 };
    if coded * 8 < frame.blocks * bits_a_block { Err(PictureError::Truncated) } else { Ok(frame) }
}

fn walk(bytes: &[u8], to_the_end: bool) -> Result<(Frame, u64), PictureError> {
    let mut frame: Option<Frame> = None;
    let mut adobe = None;
    let mut coded = 0_u64;
    let mut at = 2;
    let mut tables = Tables::default();
    loop {
        if *bytes.get(at).ok_or(PictureError::Truncated)? != 0xFF {
            return Err(PictureError::Damaged("a JPEG marker is not where it should be".to_owned()));
        }
        let marker = *bytes.get(at + 1).ok_or(PictureError::Truncated)?;
        match marker {
            // Fill bytes may precede a marker.
            0xFF => {
                at += 1;
                continue;
            }
            0x01 | 0xD0..=0xD8 => {
                at += 2;
                continue;
            }
            0xD9 => {
                let frame = frame.filter(|frame| coded > 0 && tables.complete(frame));
                let seam = tables.seam || tables.passes.seam;
                return frame
                    .map(|frame| (Frame { adobe, seam, ..frame }, coded))
                    .ok_or(PictureError::Truncated);
            }
            _ => {}
        }
        let payload = segment(bytes, at)?;
        at += 4 + payload.len();
        match marker {
            0xC0..=0xC2 => frame = Some(start_of_frame(payload, marker == 0xC2)?),
            0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                let what = "this kind of JPEG (lossless, hierarchical or arithmetic) is not read";
                return Err(PictureError::Unsupported(what.to_owned()));
            }
            0xC4 if to_the_end => tables.define(payload)?,
            0xDB if to_the_end => tables.quantize(payload)?,
            0xDD if payload.len() >= 2 => {
                tables.restart = u64::from(u16::from_be_bytes([payload[0], payload[1]]));
            }
            0xEE if payload.starts_with(b"Adobe") => adobe = payload.get(11).copied(),
            0xDA => {
                let seen =
                    frame.ok_or_else(|| PictureError::Damaged("a scan before its frame".to_owned()))?;
                if !to_the_end {
                    return Ok((Frame { adobe, ..seen }, 0));
                }
                let length = scan_length(&bytes[at..]).ok_or(PictureError::Truncated)?;
                coded += length as u64;
                tables.count_blocks(&seen, payload, &bytes[at..at + length])?;
                at += length;
            }
            _ => {}
        }
    }
}

/// The bytes of the segment whose marker is at `at`, without marker and length.
fn segment(bytes: &[u8], at: usize) -> Result<&[u8], PictureError> {
    let length = bytes.get(at + 2..at + 4).ok_or(PictureError::Truncated)?;
    let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
    if length < 2 {
        return Err(PictureError::Damaged("a JPEG segment without length".to_owned()));
    }
    bytes.get(at + 4..at + 2 + length).ok_or(PictureError::Truncated)
}

/// How many bytes of entropy-coded data lead up to the next marker that is no restart.
fn scan_length(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xFF)?;
        match *bytes.get(at + 1)? {
            0x00 | 0xD0..=0xD7 => at += 2,
            0xFF => at += 1,
            _ => return Some(at),
        }
    }
}

fn start_of_frame(payload: &[u8], progressive: bool) -> Result<Frame, PictureError> {
    let [precision, h1, h2, w1, w2, components, rest @ ..] = payload else {
        return Err(PictureError::Damaged("a short JPEG frame header".to_owned()));
    };
    let (width, height) =
        (u32::from(u16::from_be_bytes([*w1, *w2])), u32::from(u16::from_be_bytes([*h1, *h2])));
    let count = usize::from(*components);
    if *precision != 8 {
        return Err(PictureError::Unsupported(format!("a JPEG of {precision} bits is not read")));
    }
    if !matches!(count, 1 | 3 | 4) {
        return Err(PictureError::Unsupported(format!("a JPEG of {count} components is not read")));
    }
    if width == 0 || height == 0 || rest.len() < count * 3 {
        return Err(PictureError::Damaged("a JPEG frame without size".to_owned()));
    }
    let mut parts = [Component::default(); 4];
    for (to, from) in parts.iter_mut().zip(rest.chunks_exact(3)).take(count) {
        let (across, down) = (u64::from(from[1] >> 4), u64::from(from[1] & 15));
        *to = Component { id: from[0], across, down, table: usize::from(from[2] & 3) };
        if !(1..=4).contains(&across) || !(1..=4).contains(&down) {
            return Err(PictureError::Damaged("impossible JPEG sampling factors".to_owned()));
        }
    }
    let mut frame = Frame {
        width,
        height,
        components: *components,
        progressive,
        adobe: None,
        seam: false,
        blocks: 0,
        parts,
    };
    let blocks = |(across, down): (u64, u64)| across * down;
    frame.blocks = parts[..count].iter().map(|part| blocks(frame.grid_of(part))).sum();
    Ok(frame)
}

impl Frame {
    /// The largest sampling factors across and down.
    fn largest(&self) -> (u64, u64) {
        let across = self.parts.iter().map(|part| part.across).max().unwrap_or(1);
        (across, self.parts.iter().map(|part| part.down).max().unwrap_or(1))
    }

    /// Blocks of a component alone across and down: those that hold any of its samples.
    fn grid_of(&self, part: &Component) -> (u64, u64) {
        let (across, down) = self.largest();
        let blocks = |side: u32, own: u64, largest: u64| (u64::from(side) * own).div_ceil(8 * largest);
        (blocks(self.width, part.across, across), blocks(self.height, part.down, down))
    }

    /// Units across and down of a scan of several components.
    fn grid(&self) -> (u64, u64) {
        let (across, down) = self.largest();
        (u64::from(self.width).div_ceil(8 * across), u64::from(self.height).div_ceil(8 * down))
    }
}

/// What has been defined for the scans to come.
#[derive(Default)]
struct Tables {
    dc: [Option<Codes>; 4],
    ac: [Option<Codes>; 4],
    /// First step of each quantization table.
    steps: [u16; 4],
    restart: u64,
    /// Which components of a sequential picture have been scanned.
    scanned: [bool; 4],
    /// Whether the means of a component of it have a seam.
    seam: bool,
    passes: Passes,
}

fn misnamed() -> PictureError {
    PictureError::Damaged("a JPEG scan names what there is not".to_owned())
}

impl Tables {
    fn define(&mut self, mut payload: &[u8]) -> Result<(), PictureError> {
        let damaged = || PictureError::Damaged("an impossible JPEG code table".to_owned());
        while let [which, rest @ ..] = payload {
            let (codes, length) = Codes::read(rest).ok_or_else(damaged)?;
            let class = if which >> 4 == 0 { &mut self.dc } else { &mut self.ac };
            *class.get_mut(usize::from(which & 15)).ok_or_else(damaged)? = Some(codes);
            payload = &rest[length..];
        }
        Ok(())
    }

    /// Quantization tables, of which the first step is kept.
    fn quantize(&mut self, mut payload: &[u8]) -> Result<(), PictureError> {
        let damaged = || PictureError::Damaged("an impossible JPEG quantization table".to_owned());
        while let [which, rest @ ..] = payload {
            let length = if which >> 4 == 0 { 64 } else { 128 };
            let table = rest.get(..length).ok_or_else(damaged)?;
            let step =
                if length == 64 { u16::from(table[0]) } else { u16::from_be_bytes([table[0], table[1]]) };
            *self.steps.get_mut(usize::from(which & 15)).ok_or_else(damaged)? = step;
            payload = &rest[length..];
        }
        Ok(())
    }

    /// Whether every component has come, with all its bits.
    fn complete(&self, frame: &Frame) -> bool {
        if frame.progressive {
            self.passes.complete(frame.components)
        } else {
            self.scanned[..usize::from(frame.components)].iter().all(|scanned| *scanned)
        }
    }

    /// Whether a scan's data holds all its blocks.
    fn count_blocks(&mut self, frame: &Frame, header: &[u8], data: &[u8]) -> Result<(), PictureError> {
        let [count, rest @ ..] = header else { return Err(misnamed()) };
        let count = usize::from(*count);
        if !(1..=4).contains(&count) || rest.len() < count * 2 + 3 {
            return Err(misnamed());
        }
        let known = &frame.parts[..usize::from(frame.components)];
        let mut scanned = Vec::with_capacity(count);
        for pair in rest.chunks_exact(2).take(count) {
            let part = known.iter().position(|known| known.id == pair[0]).ok_or_else(misnamed)?;
            let blocks = if count == 1 { 1 } else { known[part].across * known[part].down };
            scanned.push(Scanned {
                part,
                dc: usize::from(pair[1] >> 4),
                ac: usize::from(pair[1] & 15),
                blocks,
            });
        }
        let (across, down) = if count == 1 { frame.grid_of(&known[scanned[0].part]) } else { frame.grid() };
        let units = across * down;
        let across = usize::try_from(across).map_err(|_| misnamed())?;
        let step = |one: &Scanned| self.steps[known[one.part].table];
        let codes = |tables: &'_ [Option<Codes>; 4], at: usize| tables.get(at).is_some_and(Option::is_some);
        if frame.progressive {
            let [first, last, bits, ..] = rest[count * 2..] else { return Err(misnamed()) };
            let pass = Pass {
                dc: scanned.iter().map(|one| self.dc.get(one.dc).and_then(Option::as_ref)).collect(),
                ac: self.ac.get(scanned[0].ac).and_then(Option::as_ref),
                steps: scanned.iter().map(step).collect(),
                scanned: &scanned,
                band: (u32::from(first), u32::from(last)),
                bits: (bits >> 4, bits & 15),
                units,
                across,
                restart: self.restart,
            };
            return self.passes.walk(data, &pass);
        }
        if !scanned.iter().all(|one| codes(&self.dc, one.dc) && codes(&self.ac, one.ac)) {
            return Err(misnamed());
        }
        let mut parts: Vec<Part<'_>> = scanned
            .iter()
            .filter_map(|one| {
                let (dc, ac) = (self.dc[one.dc].as_ref()?, self.ac[one.ac].as_ref()?);
                let mean = Mean::new(step(one));
                Some(Part { blocks: one.blocks, dc, ac, mean, trail: Trail::default() })
            })
            .collect();
        entropy::walk(data, &mut parts, units, self.restart)?;
        // Behind a restart everything is right again, and there would be two seams.
        let seam = self.restart == 0 && parts.iter().any(|part| part.trail.has_seam(across));
        self.seam |= seam;
        scanned.iter().for_each(|one| self.scanned[one.part] = true);
        Ok(())
    }
}
