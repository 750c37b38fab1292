//! What the pages of a file call the things they use, and which of them a page needs.

use std::collections::BTreeSet;

use crate::color::{Overlay, SpotIdx};

/// What a page's resources must hold.
#[derive(Clone, Default, Debug)]
pub(super) struct Needs {
    /// Subsets, by their place in the list: `F1` is the first.
    pub(super) fonts: BTreeSet<usize>,
    /// Pictures, by their place in the document's order of first use.
    pub(super) pictures: BTreeSet<usize>,
    /// Advertisements, likewise.
    pub(super) ads: BTreeSet<usize>,
    /// Overprint states.
    pub(super) overlays: BTreeSet<Overlay>,
    /// Whether it paints with every plate at once.
    pub(super) registration: bool,
    /// Spot inks.
    pub(super) spots: BTreeSet<SpotIdx>,
}

/// The resource name of a subset.
pub(super) fn font_name(index: usize) -> String {
    format!("F{}", index + 1)
}

/// The resource name of a picture.
pub(super) fn picture_name(index: usize) -> String {
    format!("X{}", index + 1)
}

/// The resource name of an advertisement.
pub(super) fn ad_name(index: usize) -> String {
    format!("A{}", index + 1)
}

/// A text string in UTF-16, big end first, with its mark (PDF Reference 1.4, 3.8.1).
pub(super) fn utf16(text: &str) -> Vec<u8> {
    [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
}
