//! Points and rectangles on a page, in lengths from the trim's top left corner, y downwards.

pub mod outline;
pub mod path;
pub mod polygon;

use crate::unit::Len;

/// A place on the page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Hash)]
pub struct Point {
    /// From the trim's left edge.
    pub x: Len,
    /// From the trim's top edge, downwards.
    pub y: Len,
}

impl Point {
    /// This place moved by an offset.
    #[must_use]
    pub fn moved(self, by: Self) -> Self {
        Self { x: self.x + by.x, y: self.y + by.y }
    }
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

/// Which way lines run (排式).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Default)]
pub enum Axis {
    /// From left to right, lines from top to bottom (横排).
    #[default]
    Horizontal,
    /// From top to bottom, lines from right to left (竖排).
    Vertical,
}

impl Axis {
    /// Where a stretch of line lies on the page: `length` along the line from `inline` on, `depth`
    /// across it from `block` on. Across lines one counts from the trim's top edge downwards, or,
    /// where lines are vertical, from the trim's left edge leftwards: on the page that is negative.
    pub fn place(self, inline: Len, block: Len, length: Len, depth: Len) -> Rect {
        match self {
            Self::Horizontal => Rect::new(inline, block, length, depth),
            Self::Vertical => Rect::new(-block - depth, inline, depth, length),
        }
    }

    /// Where a point of the page lies along lines and across them: what [`Self::place`] takes.
    pub fn logical(self, point: Point) -> (Len, Len) {
        match self {
            Self::Horizontal => (point.x, point.y),
            Self::Vertical => (point.y, -point.x),
        }
    }

    /// The other way.
    #[must_use]
    pub fn crossed(self) -> Self {
        match self {
            Self::Horizontal => Self::Vertical,
            Self::Vertical => Self::Horizontal,
        }
    }

    /// A distance along the line and one across it, rightwards and downwards on the page.
    pub fn offset(self, along: Len, across: Len) -> Point {
        match self {
            Self::Horizontal => Point { x: along, y: across },
            Self::Vertical => Point { x: -across, y: along },
        }
    }
}

/// How a glyph is turned.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Default)]
pub enum Turn {
    /// As the face draws it.
    #[default]
    Upright,
    /// A quarter clockwise: Western type in vertical lines.
    Clockwise,
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
