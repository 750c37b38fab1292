//! Points and rectangles on a page, in lengths from the trim's top left corner, y downwards.

use crate::unit::Len;

/// A place on the page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Hash)]
pub struct Point {
    /// From the trim's left edge.
    pub x: Len,
    /// From the trim's top edge, downwards.
    pub y: Len,
}

/// An upright rectangle.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Hash)]
pub struct Rect {
    /// Left edge.
    pub x: Len,
    /// Top edge.
    pub y: Len,
    /// Width, not negative.
    pub width: Len,
    /// Height, not negative.
    pub height: Len,
}

impl Rect {
    /// A rectangle from its top left corner and its size.
    pub const fn new(x: Len, y: Len, width: Len, height: Len) -> Self {
        Self { x, y, width, height }
    }

    /// Right edge.
    pub fn right(self) -> Len {
        self.x + self.width
    }

    /// Bottom edge.
    pub fn bottom(self) -> Len {
        self.y + self.height
    }

    /// The rectangle with each edge moved outwards by `by` (inwards when negative).
    #[must_use]
    pub fn grown(self, by: Len) -> Self {
        Self {
            x: self.x - by,
            y: self.y - by,
            width: self.width + by.times(2),
            height: self.height + by.times(2),
        }
    }

    /// Whether the two share area; touching edges share none.
    pub fn overlaps(self, other: Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// Whether `inner` lies wholly in this rectangle; shared edges are inside.
    pub fn holds(self, inner: Self) -> bool {
        self.x <= inner.x
            && self.y <= inner.y
            && inner.right() <= self.right()
            && inner.bottom() <= self.bottom()
    }
}

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
