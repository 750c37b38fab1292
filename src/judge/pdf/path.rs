//! The path that a content stream is making: where it lies, and whether it is rectangles alone.

use super::geometry::Frame;

/// Rectangles of one path that are remembered.
pub(super) const MOST_RECTANGLES: usize = 1_024;

/// A rectangle of a path, as it lies on the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rectangle {
    pub(super) frame: Frame,
    /// Its shorter side, in points.
    pub(super) thin: f64,
    pub(super) long: f64,
    /// Whether its sides are upright.
    pub(super) upright: bool,
}

/// The path being made.
#[derive(Clone, Debug, Default)]
pub(super) struct Path {
    pub(super) frame: Option<Frame>,
    points: usize,
    pub(super) rectangles: Vec<Rectangle>,
}

impl Path {
    /// Goes on to a point.
    pub(super) fn add(&mut self, point: (f64, f64)) {
        self.points += 1;
        self.frame = Some(match self.frame {
            Some(frame) => frame.with(point),
            None => Frame { left: point.0, bottom: point.1, right: point.0, top: point.1 },
        });
    }

    /// Its rectangles, if it is made of nothing else.
    pub(super) fn plain(&self) -> &[Rectangle] {
        if self.rectangles.len() * 4 == self.points { &self.rectangles } else { &[] }
    }
}
