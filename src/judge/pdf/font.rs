//! A font as a PDF describes it: its codes, their advances, its program.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::bounds::{Refusal, Work};
use super::cmap::{CMap, Code, Stretches};
use super::encoding::Encoding;
use super::object::Dict;
use super::program::Form;

/// What kind of font a dictionary describes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Type 0: codes of any length, through a CMap.
    Composite,
    /// Glyphs that are content streams.
    Type3,
    /// Codes of one byte.
    Simple,
}

/// A font that text was set in.
#[derive(Debug)]
pub(super) struct Font<'a> {
    pub(super) dict: &'a Dict,
    pub(super) kind: Kind,
    /// Its name for messages.
    pub(super) name: String,
    pub(super) descriptor: Option<&'a Dict>,
    /// The CIDFont of a composite one.
    pub(super) descendant: Option<&'a Dict>,
    /// Nothing if codes cannot be told apart: then they are taken for pairs of bytes.
    pub(super) cmap: Option<CMap>,
    pub(super) to_unicode: Option<CMap>,
    pub(super) encoding: Encoding,
    /// Whether lines run from top to bottom.
    pub(super) vertical: bool,
    pub(super) program: Option<(Form, Cow<'a, [u8]>)>,
    pub(super) gid_map: Option<Cow<'a, [u8]>>,
    /// The advances of codes, of CIDs in a composite font, in its units; and that of all others.
    pub(super) widths: Stretches<f64>,
    pub(super) default_width: f64,
    /// Thousandths of an em to a unit of width: other than 1 in Type 3 alone.
    pub(super) unit: f64,
    /// The codes that were shown, with their CIDs.
    pub(super) used: BTreeMap<u32, Option<u32>>,
}

impl Font<'_> {
    /// The codes of a string.
    ///
    /// # Errors
    /// When the file has had its share of work.
    pub(super) fn codes(&self, text: &[u8], work: &mut Work) -> Result<Vec<Code>, Refusal> {
        match (&self.cmap, self.kind) {
            (Some(cmap), _) => cmap.codes(text, work),
            (None, Kind::Composite) => {
                let mut codes = CMap::identity().codes(text, work)?;
                codes.iter_mut().for_each(|code| code.cid = None);
                Ok(codes)
            }
            _ => {
                work.spend(1 + text.len() as u64)?;
                Ok(text.iter().map(|byte| Code { value: (*byte).into(), wide: 1, cid: None }).collect())
            }
        }
    }

    /// The advance of a code in the PDF's own table, in its units.
    pub(super) fn width(&self, code: u32, cid: Option<u32>) -> f64 {
        let key = if self.kind == Kind::Composite { cid } else { Some(code) };
        key.and_then(|key| self.widths.get(0, key)).map_or(self.default_width, |(_, width)| *width)
    }
}
