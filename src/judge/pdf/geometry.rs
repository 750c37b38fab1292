//! Matrices and boxes of a PDF, in points with y upwards.

use super::file::Pdf;
use super::object::Object;
use crate::geom::Rect;
use crate::unit::Len;

/// Points to a millimetre.
pub(super) const MM: f64 = 72.0 / 25.4;

/// How near two edges are to be taken for one.
const NEAR: f64 = 0.01;

/// `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    pub(super) const ONE: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(super) fn moved(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// From six numbers.
    pub(super) fn of(numbers: &[f64]) -> Option<Self> {
        Some(Self(numbers.try_into().ok()?))
    }

    /// First this, then `outer`.
    pub(super) fn then(self, outer: Self) -> Self {
        let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (self.0, outer.0);
        Self([
            a * p + b * r,
            a * q + b * s,
            c * p + d * r,
            c * q + d * s,
            e * p + f * r + t,
            e * q + f * s + u,
        ])
    }

    pub(super) fn apply(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// How long the unit steps along x and along y become.
    pub(super) fn scales(self) -> (f64, f64) {
        let [a, b, c, d, ..] = self.0;
        (length(a, b), length(c, d))
    }

    /// How much an area grows, as a length: what a line's width is multiplied by.
    pub(super) fn scale(self) -> f64 {
        let [a, b, c, d, ..] = self.0;
        (a * d - b * c).abs().sqrt()
    }
}

/// Length of a vector.
pub(super) fn length(x: f64, y: f64) -> f64 {
    (x * x + y * y).sqrt()
}

/// An upright box: left, bottom, right, top.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Frame {
    pub(super) left: f64,
    pub(super) bottom: f64,
    pub(super) right: f64,
    pub(super) top: f64,
}

impl Frame {
    /// From a PDF rectangle, its corners in any order.
    pub(super) fn read(pdf: &Pdf<'_>, object: &Object) -> Option<Self> {
        let numbers = pdf.all_numbers(object.array()?)?;
        let [a, b, c, d] = numbers[..].try_into().ok()?;
        Some(Self {
            left: f64::min(a, c),
            bottom: f64::min(b, d),
            right: f64::max(a, c),
            top: f64::max(b, d),
        })
    }

    /// The smallest that holds these points.
    pub(super) fn round(points: &[(f64, f64)]) -> Option<Self> {
        let first = points.first()?;
        let start = Self { left: first.0, bottom: first.1, right: first.0, top: first.1 };
        Some(points.iter().fold(start, |frame, point| frame.with(*point)))
    }

    /// The smallest that holds it and a point.
    #[must_use]
    pub(super) fn with(self, (x, y): (f64, f64)) -> Self {
        Self {
            left: self.left.min(x),
            bottom: self.bottom.min(y),
            right: self.right.max(x),
            top: self.top.max(y),
        }
    }

    pub(super) fn width(self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(self) -> f64 {
        self.top - self.bottom
    }

    /// Each edge moved outwards.
    #[must_use]
    pub(super) fn grown(self, by: f64) -> Self {
        Self { left: self.left - by, bottom: self.bottom - by, right: self.right + by, top: self.top + by }
    }

    /// Whether `inner` lies in it, edges as near as `tolerance` counted as inside.
    pub(super) fn holds_nearly(self, inner: Self, tolerance: f64) -> bool {
        inner.left >= self.left - tolerance
            && inner.bottom >= self.bottom - tolerance
            && inner.right <= self.right + tolerance
            && inner.top <= self.top + tolerance
    }

    pub(super) fn holds(self, inner: Self) -> bool {
        self.holds_nearly(inner, NEAR)
    }

    /// Whether the two share area.
    pub(super) fn overlaps(self, other: Self) -> bool {
        self.left < other.right - NEAR
            && self.right > other.left + NEAR
            && self.bottom < other.top - NEAR
            && self.top > other.bottom + NEAR
    }

    /// What the two share.
    pub(super) fn shared(self, other: Self) -> Option<Self> {
        let shared = Self {
            left: self.left.max(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.min(other.right),
            top: self.top.min(other.top),
        };
        (shared.left < shared.right && shared.bottom < shared.top).then_some(shared)
    }

    /// The same in lengths from the top left corner of `trim`, y downwards.
    pub(super) fn place_on(self, trim: Self) -> Rect {
        Rect::new(len(self.left - trim.left), len(trim.top - self.top), len(self.width()), len(self.height()))
    }
}

/// A length from points, rounded.
#[expect(clippy::cast_possible_truncation, reason = "a cast saturates")]
pub(super) fn len(points: f64) -> Len {
    Len::from_units((points * 12_700.0).round() as i64)
}

/// Points of a length.
#[expect(clippy::cast_precision_loss, reason = "lengths stay far below 2^53 units")]
pub(super) fn points(len: Len) -> f64 {
    len.units() as f64 / 12_700.0
}
