//! A JPEG's markers into what the file claims, and whether its data can be all there.
//!
//! Decoders fill what is missing with gray and say nothing, so the walk here is what tells a
//! whole file from half of one (ISO/IEC 10918-1, annex B).

use super::entropy::{self, Codes, Part};
use super::error::PictureError;

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
    /// How many 8 x 8 blocks the frame has, over all components.
    blocks: u64,
    /// For each component its identifier and its sampling factors across and down.
    sampling: [(u8, u64, u64); 4],
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
                let frame = frame.filter(|_| coded > 0);
                return frame.map(|frame| (Frame { adobe, ..frame }, coded)).ok_or(PictureError::Truncated);
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
                if !seen.progressive {
                    tables.count_blocks(&seen, payload, &bytes[at..at + length])?;
                }
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
    let mut sampling = [(0, 0, 0); 4];
    for (to, from) in sampling.iter_mut().zip(rest.chunks_exact(3)).take(count) {
        *to = (from[0], u64::from(from[1] >> 4), u64::from(from[1] & 15));
        if !(1..=4).contains(&to.1) || !(1..=4).contains(&to.2) {
            return Err(PictureError::Damaged("impossible JPEG sampling factors".to_owned()));
        }
    }
    let mut frame =
        Frame { width, height, components: *components, progressive, adobe: None, blocks: 0, sampling };
    frame.blocks = sampling[..count].iter().map(|(_, h, v)| frame.blocks_of(*h, *v)).sum();
    Ok(frame)
}

impl Frame {
    /// The largest sampling factors across and down.
    fn largest(&self) -> (u64, u64) {
        let across = self.sampling.iter().map(|component| component.1).max().unwrap_or(1);
        (across, self.sampling.iter().map(|component| component.2).max().unwrap_or(1))
    }

    /// Blocks of a component alone: those that hold any of its samples.
    fn blocks_of(&self, h: u64, v: u64) -> u64 {
        let (across, down) = self.largest();
        (u64::from(self.width) * h).div_ceil(8 * across) * (u64::from(self.height) * v).div_ceil(8 * down)
    }
}

/// What has been defined for the scans to come.
#[derive(Default)]
struct Tables {
    dc: [Option<Codes>; 4],
    ac: [Option<Codes>; 4],
    restart: u64,
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

    /// Whether a sequential scan's data holds all its blocks.
    fn count_blocks(&self, frame: &Frame, header: &[u8], data: &[u8]) -> Result<(), PictureError> {
        let damaged = || PictureError::Damaged("a JPEG scan names what there is not".to_owned());
        let [count, rest @ ..] = header else { return Err(damaged()) };
        let count = usize::from(*count);
        if !(1..=4).contains(&count) || rest.len() < count * 2 {
            return Err(damaged());
        }
        let mut parts = Vec::with_capacity(count);
        let mut alone = 0;
        for pair in rest.chunks_exact(2).take(count) {
            let known = &frame.sampling[..usize::from(frame.components)];
            let (_, h, v) = *known.iter().find(|known| known.0 == pair[0]).ok_or_else(damaged)?;
            let dc = self.dc.get(usize::from(pair[1] >> 4)).and_then(Option::as_ref).ok_or_else(damaged)?;
            let ac = self.ac.get(usize::from(pair[1] & 15)).and_then(Option::as_ref).ok_or_else(damaged)?;
            parts.push(Part { blocks: if count == 1 { 1 } else { h * v }, dc, ac });
            alone = frame.blocks_of(h, v);
        }
        let (across, down) = frame.largest();
        let units = u64::from(frame.width).div_ceil(8 * across) * u64::from(frame.height).div_ceil(8 * down);
        entropy::walk(data, &parts, if count == 1 { alone } else { units }, self.restart)
    }
}
