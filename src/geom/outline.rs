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
}
