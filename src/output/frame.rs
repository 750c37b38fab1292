//! Places on a page in, places in a PDF out: from the trim's top left corner with y downwards to
//! the sheet's bottom left corner with y upwards, in thousandths of a point, and those as numbers.

use lopdf::Object;

use crate::geom::polygon::Polygon;
use crate::geom::{Point, Rect};

/// A sheet as PDF coordinates see it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    media: Rect,
}

/// A rectangle in thousandths of a point: left, bottom, right, top.
pub(super) type Corners = [i64; 4];

impl Frame {
    /// The frame of a sheet whose media box is `media`: that box starts at 0 0.
    pub(super) fn new(media: Rect) -> Self {
        Self { media }
    }

    /// x and y of a point.
    pub(super) fn point(self, point: Point) -> (i64, i64) {
        ((point.x - self.media.x).millipoints(), (self.media.bottom() - point.y).millipoints())
    }

    /// The corners of a polygon, in its order.
    pub(super) fn outline(self, shape: &Polygon) -> Vec<(i64, i64)> {
        shape.corners().iter().map(|corner| self.point(*corner)).collect()
    }

    /// The corners of a rectangle. Edges are rounded, not sizes, so that what touches on the
    /// page touches in the file.
    pub(super) fn corners(self, rect: Rect) -> Corners {
        let (left, top) = self.point(Point { x: rect.x, y: rect.y });
        let (right, bottom) = self.point(Point { x: rect.right(), y: rect.bottom() });
        [left, bottom, right, top]
    }
}

/// A PDF number from thousandths. Exact to three decimals up to 16 384: neighbouring f32 are
/// closer together there than thousandths, and are written in their shortest form.
#[expect(clippy::float_arithmetic, reason = "printpdf and lopdf take lengths as f32")]
pub(super) fn number(thousandths: i64) -> f32 {
    thousandths as f32 / 1000.0
}

/// A rectangle of thousandths of a point.
pub(super) fn rectangle(corners: Corners) -> Object {
    Object::Array(corners.map(|corner| Object::Real(number(corner))).into())
}
