//! The display list: all that an output format may know of how a page looks.

use std::ops::Range;

use crate::color::Ink;
use crate::font::FaceIdx;
use crate::geom::{Point, Rect};
use crate::unit::Len;

/// A picture of the edition, converted to ink.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct PictureIdx(pub u32);

/// The boxes of a page. The trim's top left corner is the origin of every coordinate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PageBoxes {
    /// Size of the trimmed page: x and y are zero.
    pub trim: Rect,
    /// Trim and bleed.
    pub bleed: Rect,
    /// Everything, marks included.
    pub media: Rect,
}

/// One glyph of a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlacedGlyph {
    /// Glyph index in the whole face.
    pub glyph: u16,
    /// From the run's origin to this glyph's origin; x to the right, y downwards.
    pub offset: Point,
    /// The characters it stands for, in the run's text; empty when an earlier glyph has them.
    pub text: Range<u32>,
}

/// Glyphs of one face, size and ink on one line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GlyphRun {
    /// The face.
    pub face: FaceIdx,
    /// The type size.
    pub size: Len,
    /// What it is printed with.
    pub ink: Ink,
    /// Where its first pen stands: on the baseline.
    pub origin: Point,
    /// Its characters.
    pub text: String,
    /// Its glyphs, in text order.
    pub glyphs: Vec<PlacedGlyph>,
}

/// One thing to put on the sheet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Item {
    /// Type.
    Glyphs(GlyphRun),
    /// A filled rectangle: rules, bars, tints, marks.
    Fill {
        /// Where.
        rect: Rect,
        /// With what.
        ink: Ink,
    },
    /// A picture, all of it, in a rectangle.
    Picture {
        /// Which.
        picture: PictureIdx,
        /// Where.
        rect: Rect,
    },
}

/// One page, ready for any output format: items in z-order, text in reading order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    /// Page id, such as `A02`.
    pub page: String,
    /// Its boxes.
    pub boxes: PageBoxes,
    /// What stands on it, back to front.
    pub items: Vec<Item>,
}
