//! The display list: all that an output format may know of how a page looks.

pub use crate::ad::AdIdx;
use crate::color::Ink;
pub use crate::geom::path::{Paint, Segment};
use crate::geom::polygon::Polygon;
use crate::geom::{PageBoxes, Point, Rect};
pub use crate::picture::PictureIdx;
pub use crate::text::run::{GlyphRun, PlacedGlyph};
use crate::unit::Len;

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
    /// A path: ornaments.
    Path {
        /// Its steps, the first of them a `Move`.
        segments: Vec<Segment>,
        /// How it is inked.
        paint: Paint,
        /// With what.
        ink: Ink,
    },
    /// A ring, of register targets.
    Ring {
        /// Its middle.
        middle: Point,
        /// From there to the middle of its line.
        radius: Len,
        /// Thickness of its line.
        weight: Len,
        /// With what.
        ink: Ink,
    },
    /// An advertisement, its trimmed page in a rectangle of the same shape. It starts from the
    /// graphics state of a fresh page, so it stands before everything else.
    Form {
        /// Which.
        ad: AdIdx,
        /// Where.
        rect: Rect,
    },
    /// A picture, all of it, in a rectangle.
    Picture {
        /// Which.
        picture: PictureIdx,
        /// Where.
        rect: Rect,
        /// What is shown of it: the rest is cut off. All of it if nothing is said.
        shape: Option<Polygon>,
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
