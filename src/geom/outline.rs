//! Upright rectangles taken together: what they cover, and their outline.

use std::collections::BTreeSet;

use super::{Point, Rect};
use crate::unit::Len;

impl Rect {
    /// What is left of this rectangle without another: up to four rectangles, which share no area.
    pub fn without(self, hole: Self) -> Vec<Self> {
        if !self.overlaps(hole) {
            return vec![self];
        }
        let (top, foot) = (hole.y.max(self.y), hole.bottom().min(self.bottom()));
        let (left, right) = (hole.x.max(self.x), hole.right().min(self.right()));
        let pieces = [
            Self::new(self.x, self.y, self.width, top - self.y),
            Self::new(self.x, top, left - self.x, foot - top),
            Self::new(right, top, self.right() - right, foot - top),
            Self::new(self.x, foot, self.width, self.bottom() - foot),
        ];
        pieces.into_iter().filter(|piece| piece.width > Len::ZERO && piece.height > Len::ZERO).collect()
    }
}

/// Whether rectangles together cover another wholly.
pub fn covers(rects: &[Rect], rect: Rect) -> bool {
    let mut left = vec![rect];
    for own in rects {
        left = left.into_iter().flat_map(|piece| piece.without(*own)).collect();
    }
    left.is_empty()
}

/// The corners of rectangles that adjoin one another, taken together: clockwise, from the leftmost
/// of the highest on. Holes among them are left out, and so is what touches the rest at a corner or
/// not at all. Nothing of nothing.
pub fn outline(rects: &[Rect]) -> Vec<Point> {
    let xs: BTreeSet<Len> = rects.iter().flat_map(|rect| [rect.x, rect.right()]).collect();
    let ys: BTreeSet<Len> = rects.iter().flat_map(|rect| [rect.y, rect.bottom()]).collect();
    let (xs, ys): (Vec<Len>, Vec<Len>) = (xs.into_iter().collect(), ys.into_iter().collect());
    // Whether the cell at a place of the mesh that all edges make belongs to a rectangle.
    let held = |col: i64, row: i64| {
        let (Ok(col), Ok(row)) = (usize::try_from(col), usize::try_from(row)) else { return false };
        let (Some(right), Some(foot)) = (xs.get(col + 1), ys.get(row + 1)) else { return false };
        let cell = Rect::new(xs[col], ys[row], *right - xs[col], *foot - ys[row]);
        rects.iter().any(|rect| rect.holds(cell))
    };
    let Some(start) = (0..xs.len() as i64).find(|col| held(*col, 0)) else { return Vec::new() };
    // Walks along the edges with the inside at the right hand. At a corner: right if there is
    // nothing inside ahead to the right, straight on, or left.
    let (mut at, mut way) = ((start, 0), (1, 0));
    let mut corners = Vec::new();
    loop {
        let (x, y): (i64, i64) = at;
        let ahead = |(dx, dy): (i64, i64), side: i64| {
            // The cell ahead of a corner, to the left (-1) or right (1) of the way.
            let (across_x, across_y) = (-dy * side, dx * side);
            let col = x + (dx + across_x - 1) / 2;
            let row = y + (dy + across_y - 1) / 2;
            held(col, row)
        };
        let turned = match (ahead(way, -1), ahead(way, 1)) {
            (_, false) => (-way.1, way.0),
            (true, true) => (way.1, -way.0),
            (false, true) => way,
        };
        if turned != way || corners.is_empty() {
            let corner = Point { x: xs[x as usize], y: ys[y as usize] };
            if corners.first() == Some(&corner) && corners.len() > 1 {
                return corners;
            }
            corners.push(corner);
        }
        // The first corner is where the walk begins, on its first edge already.
        way = if corners.len() == 1 { way } else { turned };
        at = (x + way.0, y + way.1);
    }
}

/// Whether rectangles that adjoin, and share no area, leave a hole among them.
pub fn encloses(rects: &[Rect]) -> bool {
    let corners = outline(rects);
    let next = corners.iter().cycle().skip(1);
    // Twice what the outline holds, by the shoelace rule; lengths of a page do not fill an i128.
    let doubled: i128 = corners
        .iter()
        .zip(next)
        .map(|(one, other)| {
            let product = |x: Len, y: Len| i128::from(x.units()) * i128::from(y.units());
            product(one.x, other.y) - product(other.x, one.y)
        })
        .sum();
    let area = |rect: &Rect| i128::from(rect.width.units()) * i128::from(rect.height.units());
    doubled != rects.iter().map(area).sum::<i128>() * 2
}

/// An outline as [`outline`] gives it, each edge moved inwards by `by`: the corners in the same order.
/// Nothing of nothing; points that are no such outline's are moved somewhere or other.
pub fn inset(corners: &[Point], by: Len) -> Vec<Point> {
    let count = corners.len();
    let moved = |idx: usize| {
        let (before, at, after) =
            (corners[(idx + count - 1) % count], corners[idx], corners[(idx + 1) % count]);
        let (x, y) = match (Way::of(before, at), Way::of(at, after)) {
            (Way::Right, Way::Down) => (-by, by),
            (Way::Right, _) => (by, by),
            (Way::Down, Way::Left) => (-by, -by),
            (Way::Down, _) => (-by, by),
            (Way::Left, Way::Up) => (by, -by),
            (Way::Left, _) => (-by, -by),
            (Way::Up, Way::Right) => (by, by),
            (Way::Up, _) => (by, -by),
        };
        at.moved(Point { x, y })
    };
    (0..count).map(moved).collect()
}

/// A strip along one side of an outline as [`outline`] gives it, so far inside it and so high, with the
/// corners at its ends. Sides are counted from 0 and by the corner that they begin at; along one that the
/// outline does not have lies a strip without extent.
pub fn strip(corners: &[Point], idx: usize, offset: Len, high: Len) -> Rect {
    if idx >= corners.len() {
        return Rect::default();
    }
    let next = (idx + 1) % corners.len();
    let edges = [inset(corners, offset), inset(corners, offset + high)];
    let ends = || edges.iter().flat_map(|edge| [edge[idx], edge[next]]);
    let (xs, ys) = (ends().map(|point| point.x), ends().map(|point| point.y));
    let (left, top) = (xs.clone().min().unwrap_or_default(), ys.clone().min().unwrap_or_default());
    let (right, foot) = (xs.max().unwrap_or_default(), ys.max().unwrap_or_default());
    Rect::new(left, top, right - left, foot - top)
}

/// Which way an edge of an outline runs, its inside at the right hand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Way {
    /// An upper edge.
    Right,
    /// A lower edge.
    Left,
    /// A left edge.
    Up,
    /// A right edge.
    Down,
}

impl Way {
    /// From one corner to the next.
    pub fn of(from: Point, to: Point) -> Self {
        match (from.x < to.x, from.x > to.x, from.y > to.y) {
            (true, _, _) => Self::Right,
            (_, true, _) => Self::Left,
            (_, _, true) => Self::Up,
            _ => Self::Down,
        }
    }

    /// Whether an edge that runs this way turns inwards into one that runs that way: a corner that points out.
    pub fn turns_right(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Right, Self::Down)
                | (Self::Down, Self::Left)
                | (Self::Left, Self::Up)
                | (Self::Up, Self::Right)
        )
    }
}

/// Rectangles that cover what these do, each as wide or as high as it can be: no seam between them is
/// a seam of all.
pub fn merged(rects: &[Rect]) -> Vec<Rect> {
    let flipped = |rect: Rect| Rect::new(rect.y, rect.x, rect.height, rect.width);
    let turned: Vec<Rect> = rects.iter().copied().map(flipped).collect();
    let both: BTreeSet<Rect> = strips(rects).chain(strips(&turned).map(flipped)).collect();
    let alone = |rect: &&Rect| !both.iter().any(|other| other != *rect && other.holds(**rect));
    both.iter().filter(alone).copied().collect()
}

/// What rectangles cover, in strips across: between each two heights at which one begins or ends.
fn strips(rects: &[Rect]) -> impl Iterator<Item = Rect> {
    let ys: BTreeSet<Len> = rects.iter().flat_map(|rect| [rect.y, rect.bottom()]).collect();
    let ys: Vec<Len> = ys.into_iter().collect();
    let mut strips = Vec::new();
    for pair in ys.windows(2) {
        let mut held: Vec<(Len, Len)> = rects
            .iter()
            .filter(|rect| rect.y <= pair[0] && pair[1] <= rect.bottom())
            .map(|rect| (rect.x, rect.right()))
            .collect();
        held.sort_unstable();
        let mut runs: Vec<(Len, Len)> = Vec::new();
        for (from, to) in held {
            match runs.last_mut().filter(|last| from <= last.1) {
                Some(last) => last.1 = last.1.max(to),
                None => runs.push((from, to)),
            }
        }
        strips.extend(
            runs.into_iter().map(|(from, to)| Rect::new(from, pair[0], to - from, pair[1] - pair[0])),
        );
    }
    strips.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: i64, y: i64, width: i64, height: i64) -> Rect {
        Rect::new(Len::pt(x), Len::pt(y), Len::pt(width), Len::pt(height))
    }

    fn points(rects: &[Rect]) -> Vec<(i64, i64)> {
        let whole = |length: Len| length.units() / Len::pt(1).units();
        outline(rects).iter().map(|point| (whole(point.x), whole(point.y))).collect()
    }

    #[test]
    fn an_outline_has_the_corners_of_the_whole() {
        assert_eq!(points(&[]), []);
        assert_eq!(points(&[rect(1, 2, 3, 4)]), [(1, 2), (4, 2), (4, 6), (1, 6)]);
        // Two that lie side by side are one.
        assert_eq!(points(&[rect(0, 0, 2, 3), rect(2, 0, 2, 3)]), [(0, 0), (4, 0), (4, 3), (0, 3)]);
        let l = [rect(0, 0, 2, 6), rect(2, 4, 4, 2)];
        assert_eq!(points(&l), [(0, 0), (2, 0), (2, 4), (6, 4), (6, 6), (0, 6)]);
        let t = [rect(0, 0, 6, 2), rect(2, 2, 2, 4)];
        assert_eq!(points(&t), [(0, 0), (6, 0), (6, 2), (4, 2), (4, 6), (2, 6), (2, 2), (0, 2)]);
        let u = [rect(0, 0, 2, 6), rect(2, 4, 2, 2), rect(4, 0, 2, 6)];
        assert_eq!(points(&u), [(0, 0), (2, 0), (2, 4), (4, 4), (4, 0), (6, 0), (6, 6), (0, 6)]);
        let stairs = [rect(0, 0, 2, 2), rect(2, 1, 2, 3), rect(4, 3, 2, 3)];
        assert_eq!(points(&stairs).len(), 12);
    }

    #[test]
    fn together_they_cover_what_none_covers_alone() {
        let two = [rect(0, 0, 2, 4), rect(2, 0, 2, 2)];
        assert!(covers(&two, rect(1, 0, 3, 2)));
        assert!(!covers(&two, rect(1, 0, 3, 3)));
        assert!(!covers(&[], rect(0, 0, 1, 1)));
        assert_eq!(rect(0, 0, 4, 4).without(rect(1, 1, 1, 1)).len(), 4);
        assert_eq!(rect(0, 0, 4, 4).without(rect(0, 0, 9, 9)), []);
    }

    #[test]
    fn a_ring_encloses_what_is_not_its_own() {
        let u = [rect(0, 0, 2, 6), rect(2, 4, 2, 2), rect(4, 0, 2, 6)];
        assert!(!encloses(&u));
        let ring = [rect(0, 0, 2, 6), rect(2, 4, 2, 2), rect(4, 0, 2, 6), rect(2, 0, 2, 2)];
        assert!(encloses(&ring));
    }

    #[test]
    fn an_outline_is_inset_at_corners_that_point_out_and_in() {
        let l = outline(&[rect(0, 0, 4, 12), rect(4, 6, 6, 6)]);
        let whole =
            |point: &Point| (point.x.units() / Len::pt(1).units(), point.y.units() / Len::pt(1).units());
        let inner: Vec<(i64, i64)> = inset(&l, Len::pt(1)).iter().map(whole).collect();
        assert_eq!(inner, [(1, 1), (3, 1), (3, 7), (9, 7), (9, 11), (1, 11)]);
    }

    #[test]
    fn a_side_that_an_outline_does_not_have_has_no_strip() {
        let corners = outline(&[rect(0, 0, 4, 12)]);
        assert_eq!(strip(&corners, 3, Len::pt(1), Len::pt(1)), rect(1, 1, 1, 10));
        assert_eq!(strip(&corners, 4, Len::pt(1), Len::pt(1)), Rect::default());
        assert_eq!(strip(&[], 0, Len::pt(1), Len::pt(1)), Rect::default());
        assert_eq!(inset(&[], Len::pt(1)), []);
    }

    #[test]
    fn merged_rectangles_overlap_where_two_met() {
        assert_eq!(merged(&[rect(1, 2, 3, 4)]), [rect(1, 2, 3, 4)]);
        assert_eq!(merged(&[rect(0, 0, 2, 3), rect(2, 0, 2, 3)]), [rect(0, 0, 4, 3)]);
        let stairs = [rect(0, 0, 4, 2), rect(2, 2, 4, 2)];
        assert_eq!(merged(&stairs), [rect(0, 0, 4, 2), rect(2, 0, 2, 4), rect(2, 2, 4, 2)]);
    }
}
