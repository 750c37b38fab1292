//! A scan of a JPEG as its header has it, with what was defined for it before.

use super::entropy::Codes;

/// One component of a scan: its place in the frame, its tables' numbers, its blocks in one unit.
pub(super) struct Scanned {
    /// Index into the frame's components.
    pub(super) part: usize,
    /// Table of first coefficients.
    pub(super) dc: usize,
    /// Table of the others.
    pub(super) ac: usize,
    /// Blocks in one unit of the scan.
    pub(super) blocks: u64,
}

/// A scan of a progressive picture, looked up.
pub(super) struct Pass<'a> {
    /// Its components.
    pub(super) scanned: &'a [Scanned],
    /// The table of first coefficients of each of them, where it is defined.
    pub(super) dc: Vec<Option<&'a Codes>>,
    /// The table of the others, where it is defined.
    pub(super) ac: Option<&'a Codes>,
    /// First quantization step of each.
    pub(super) steps: Vec<u16>,
    /// First and last coefficient.
    pub(super) band: (u32, u32),
    /// Low bits that came before (0 in a first pass) and that come later.
    pub(super) bits: (u8, u8),
    /// Units of it.
    pub(super) units: u64,
    /// Units in a row.
    pub(super) across: usize,
    /// Units between restart markers, or 0.
    pub(super) restart: u64,
}
