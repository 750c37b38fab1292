//! What stands inside a story's text and is part of it, pull quotes (引语) and boxes (文中框): the kinds,
//! how each is set, and where one stands in a block.

use super::style::ParaStyle;
use super::wrap::Around;
use crate::geom::Axis;
use crate::unit::{Em, Len};

/// What an inset is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum InsetKind {
    /// Words lifted out of the text, or said about it, in large type (引语).
    Quote,
    /// Matter of its own beside the text: figures, a person, what happened before (文中框).
    Box,
}

/// Where an inset stands in a block.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InsetPlace {
    /// Index into the story's insets.
    pub inset: usize,
    /// From the block's inner left edge.
    pub left: Len,
    /// Its width.
    pub width: Len,
    /// Its first row within the block, from 0.
    pub row: u16,
    /// Its rows.
    pub rows: u16,
    /// Which way its text runs.
    pub axis: Axis,
    /// How text goes round it.
    pub around: Around,
}

/// How insets of a kind are set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InsetStyle {
    /// How its text is set.
    pub text: ParaStyle,
    /// How its title is set.
    pub title: ParaStyle,
    /// From baseline to baseline, in ems of the type's size; as far as the grid's rows are, and on
    /// them, if not given.
    pub leading: Option<Em>,
    /// White between its edges, or its frame, and its type.
    pub padding: Len,
    /// What is drawn round it: an index into the layout's rules.
    pub frame: Option<usize>,
    /// What is drawn over and under it: an index into the layout's rules.
    pub bars: Option<usize>,
    /// Tint behind it, in tenths of a percent of black.
    pub tint: u16,
}
