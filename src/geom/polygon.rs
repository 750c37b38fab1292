//! Polygons: the outline of a cut-out picture, and what of a row of text it takes.
//!
//! Corners are points of the page, so all of it is exact: a crossing between two units is rounded
//! outwards, away from the polygon.

use super::{Axis, Point, Rect};
use crate::unit::Len;

/// A stretch of a line, its start and its end.
pub type Stretch = (Len, Len);

/// An area with straight sides that do not cross one another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Polygon {
    corners: Vec<Point>,
}

/// Why some points are no polygon.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// Fewer than three corners.
    Few,
    /// More than [`Polygon::MOST`].
    Many,
    /// Two sides, counted from 0 by their first corner, that meet elsewhere than at a corner they
    /// share. A side without length meets its neighbours.
    Crossing(usize, usize),
}

impl Polygon {
    /// Most corners. Every side is compared with every other one, and with every row.
    pub const MOST: usize = 200;

    /// The polygon round some corners, in either sense.
    ///
    /// # Errors
    /// Too few or too many corners, or sides that cross or touch.
    pub fn new(corners: Vec<Point>) -> Result<Self, Fault> {
        match corners.len() {
            0..3 => return Err(Fault::Few),
            count if count > Self::MOST => return Err(Fault::Many),
            _ => {}
        }
        let polygon = Self { corners };
        let sides: Vec<(Point, Point)> = polygon.sides().collect();
        for (first, side) in sides.iter().enumerate() {
            for (second, other) in sides.iter().enumerate().skip(first + 1) {
                let next = second == first + 1 || first == 0 && second + 1 == sides.len();
                let meet = if next { fold_back(*side, *other) } else { cross(*side, *other) };
                if meet {
                    return Err(Fault::Crossing(first, second));
                }
            }
        }
        Ok(polygon)
    }

    /// The polygon of a rectangle.
    pub fn of(rect: Rect) -> Self {
        let corners = [
            (rect.x, rect.y),
            (rect.right(), rect.y),
            (rect.right(), rect.bottom()),
            (rect.x, rect.bottom()),
        ];
        Self { corners: corners.map(|(x, y)| Point { x, y }).to_vec() }
    }

    /// The polygon within a rectangle whose corners are these shares of its width and height, in
    /// thousandths. The sides are those of the shares, which were found not to cross.
    pub fn within(rect: Rect, shares: &[(u16, u16)]) -> Self {
        let corner = |(x, y): &(u16, u16)| Point {
            x: rect.x + rect.width.scale(i64::from(*x), 1000),
            y: rect.y + rect.height.scale(i64::from(*y), 1000),
        };
        Self { corners: shares.iter().map(corner).collect() }
    }

    /// Its corners, in the order in which they were given.
    pub fn corners(&self) -> &[Point] {
        &self.corners
    }

    /// The upright rectangle round it.
    pub fn bounds(&self) -> Rect {
        let range = |along: fn(&Point) -> Len| {
            let ends = self.corners.iter().map(along);
            (ends.clone().min().unwrap_or(Len::ZERO), ends.max().unwrap_or(Len::ZERO))
        };
        let ((left, right), (top, bottom)) = (range(|corner| corner.x), range(|corner| corner.y));
        Rect::new(left, top, right - left, bottom - top)
    }

    /// The stretches along lines that it takes of a band across them, from `near` to `far`, widened
    /// by `clear.0` along the lines and by `clear.1` across them. They ascend and do not touch. What
    /// only touches the band takes nothing of it.
    pub fn taken(&self, axis: Axis, (near, far): (Len, Len), clear: (Len, Len)) -> Vec<Stretch> {
        let band = (near - clear.1, far + clear.1);
        let sides: Vec<Side> = self.sides().filter_map(|ends| Side::new(axis, ends)).collect();
        let level = self.sides().filter_map(|ends| level(axis, ends, band));
        let mut taken: Vec<Stretch> =
            sides.iter().filter_map(|side| side.inside(band)).chain(level).collect();
        // What lies between two sides at an edge of the band lies inside, by the even-odd rule.
        for edge in [Edge::Near(band.0), Edge::Far(band.1)] {
            let mut crossings: Vec<Stretch> = sides.iter().filter_map(|side| side.crossing(edge)).collect();
            crossings.sort_unstable();
            taken.extend(crossings.chunks_exact(2).map(|pair| (pair[0].0, pair[1].1)));
        }
        let widened = taken.into_iter().map(|(from, to)| (from - clear.0, to + clear.0));
        united(widened.collect())
    }

    /// Whether it shares area with a rectangle; what only touches it shares none.
    pub fn overlaps(&self, rect: Rect) -> bool {
        let taken = self.taken(Axis::Horizontal, (rect.y, rect.bottom()), (Len::ZERO, Len::ZERO));
        taken.iter().any(|(from, to)| *from < rect.right() && rect.x < *to)
    }

    fn sides(&self) -> impl Iterator<Item = (Point, Point)> {
        let next = self.corners.iter().cycle().skip(1);
        self.corners.iter().copied().zip(next.copied())
    }
}

/// An edge of a band; the band lies after its near edge and before its far one.
#[derive(Clone, Copy)]
enum Edge {
    Near(Len),
    Far(Len),
}

/// A side that runs across lines, as (along, across), its near end first.
#[derive(Clone, Copy)]
struct Side {
    near: (Len, Len),
    far: (Len, Len),
}

impl Side {
    fn new(axis: Axis, (from, to): (Point, Point)) -> Option<Self> {
        let (from, to) = (axis.logical(from), axis.logical(to));
        match from.1.cmp(&to.1) {
            std::cmp::Ordering::Less => Some(Self { near: from, far: to }),
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Greater => Some(Self { near: to, far: from }),
        }
    }

    /// The units between which it passes at a distance across the lines.
    fn at(&self, across: Len) -> Stretch {
        let run = i128::from((self.far.0 - self.near.0).units());
        let rise = i128::from((self.far.1 - self.near.1).units());
        let way = run * i128::from((across - self.near.1).units());
        // Between its own ends it cannot leave them.
        let along = |units: i128| self.near.0 + Len::from_units(i64::try_from(units).unwrap_or(i64::MAX));
        (along(way.div_euclid(rise)), along(-(-way).div_euclid(rise)))
    }

    /// What it covers of a band.
    fn inside(&self, (near, far): (Len, Len)) -> Option<Stretch> {
        let (first, last) = (self.near.1.max(near), self.far.1.min(far));
        if first >= last {
            return None;
        }
        let (one, other) = (self.at(first), self.at(last));
        Some((one.0.min(other.0), one.1.max(other.1)))
    }

    /// Where it crosses a line just inside an edge of a band.
    fn crossing(&self, edge: Edge) -> Option<Stretch> {
        match edge {
            Edge::Near(at) if self.near.1 <= at && at < self.far.1 => Some(self.at(at)),
            Edge::Far(at) if self.near.1 < at && at <= self.far.1 => Some(self.at(at)),
            Edge::Near(_) | Edge::Far(_) => None,
        }
    }
}

/// A side along the lines, inside a band.
fn level(axis: Axis, (from, to): (Point, Point), (near, far): (Len, Len)) -> Option<Stretch> {
    let (from, to) = (axis.logical(from), axis.logical(to));
    let inside = from.1 == to.1 && near < from.1 && from.1 < far;
    inside.then(|| (from.0.min(to.0), from.0.max(to.0)))
}

/// Stretches in order, those that touch or overlap made one.
pub fn united(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_unstable();
    let mut united: Vec<Stretch> = Vec::new();
    for (from, to) in stretches {
        match united.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => united.push((from, to)),
        }
    }
    united
}

/// On which side of a line a point lies: 0 on it.
fn turn((from, to): (Point, Point), point: Point) -> i128 {
    let wide = |length: Len| i128::from(length.units());
    let product = |one: Len, other: Len| wide(one) * wide(other);
    (product(to.x - from.x, point.y - from.y) - product(to.y - from.y, point.x - from.x)).signum()
}

/// Whether two sides share a point.
fn cross(one: (Point, Point), other: (Point, Point)) -> bool {
    let (a, b) = (turn(one, other.0), turn(one, other.1));
    let (c, d) = (turn(other, one.0), turn(other, one.1));
    if a == 0 && b == 0 && c == 0 && d == 0 {
        let apart = |a: (Len, Len), b: (Len, Len)| a.0.max(a.1) < b.0.min(b.1) || b.0.max(b.1) < a.0.min(a.1);
        let across = |side: (Point, Point)| (side.0.x, side.1.x);
        let down = |side: (Point, Point)| (side.0.y, side.1.y);
        return !apart(across(one), across(other)) && !apart(down(one), down(other));
    }
    a * b <= 0 && c * d <= 0
}

/// Whether two sides that share a corner share more, or one of them has no length.
fn fold_back(one: (Point, Point), other: (Point, Point)) -> bool {
    if one.0 == one.1 || other.0 == other.1 {
        return true;
    }
    let (shared, first, second) =
        if one.1 == other.0 { (one.1, one.0, other.1) } else { (one.0, one.1, other.0) };
    let wide = |length: Len| i128::from(length.units());
    let dot = wide(first.x - shared.x) * wide(second.x - shared.x)
        + wide(first.y - shared.y) * wide(second.y - shared.y);
    turn(one, first) == 0 && turn((shared, first), second) == 0 && dot > 0
}

#[cfg(test)]
mod tests;
