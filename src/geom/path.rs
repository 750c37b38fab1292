//! Lines that are not upright rectangles: straight and curved segments.

use super::Point;
use crate::unit::Len;

/// A step of a path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Segment {
    /// Begins a line here.
    Move(Point),
    /// Goes on straight to here.
    Line(Point),
    /// Goes on as a cubic Bézier curve: its two handles, then where it ends.
    Curve(Point, Point, Point),
    /// Goes straight back to where the line began.
    Close,
}

/// How a path is inked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Paint {
    /// All that it surrounds.
    Fill,
    /// A line of this thickness along it, its ends cut off square, its corners mitred.
    Stroke(Len),
}
