//! A row of a column and what stands in it in, the rooms that are left of that row out (文绕图).

use crate::geom::polygon::{Polygon, Stretch, united};
use crate::geom::{Axis, Rect};
use crate::model::inset::InsetPlace;
use crate::model::layout::Grid;
use crate::model::plan::{Block, PicturePlace};
use crate::model::wrap::{Around, Wrap};
use crate::room::LineRoom;
use crate::unit::{Em, Len};

use super::rooms::inner;

/// Narrowest room, in ems: in a narrower one kinsoku is often impossible.
const LEAST: i64 = 5;

/// What stands in the way of text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Obstacle {
    shape: Polygon,
    around: Around,
    /// No line outside is touched.
    reach: Rect,
}

impl Obstacle {
    /// An obstacle of a shape.
    pub fn new(shape: Polygon, around: Around) -> Self {
        let reach = shape.bounds().grown(around.along.max(around.across));
        Self { shape, around, reach }
    }

    /// The stretches that it takes of a rule which runs along an axis and through it: at the rule's ends
    /// there is as much white as it has beside text. A rule that runs past it stays whole.
    pub fn on_rule(&self, along: Axis, rule: Rect) -> Vec<Stretch> {
        let band = match along {
            Axis::Horizontal => (rule.y, rule.bottom()),
            Axis::Vertical => (-rule.right(), -rule.x),
        };
        self.shape.taken(along, band, (self.around.along, Len::ZERO))
    }
}

/// What stands in the text of a block: its pictures with the words under them, its insets.
pub fn obstacles(block: &Block, grid: &Grid) -> Vec<Obstacle> {
    let pictures = block.pictures.iter().flat_map(|place| {
        let words =
            rect(block, grid, (place.left, place.width), (place.row + place.rows, place.caption_rows));
        let room = super::rooms::picture_room(place, block, grid);
        let shapes = match shown(place, block, grid) {
            None => vec![Polygon::of(room)],
            Some(shape) if place.caption_rows == 0 => vec![shape],
            Some(shape) => vec![shape, Polygon::of(words)],
        };
        shapes.into_iter().map(|shape| Obstacle::new(shape, place.around))
    });
    let insets = block.insets.iter();
    let insets = insets.map(|place| Obstacle::new(Polygon::of(inset_room(place, block, grid)), place.around));
    pictures.chain(insets).collect()
}

/// The part that is shown of a picture with a shape of its own. Such a one takes all its rows: its shape
/// keeps off the words under it.
pub fn shown(place: &PicturePlace, block: &Block, grid: &Grid) -> Option<Polygon> {
    let whole = rect(block, grid, (place.left, place.width), (place.row, place.rows));
    (!place.shape.is_empty()).then(|| Polygon::within(whole, &place.shape))
}

/// Where an inset stands.
pub fn inset_room(place: &InsetPlace, block: &Block, grid: &Grid) -> Rect {
    rect(block, grid, (place.left, place.width), (place.row, place.rows))
}

/// A rectangle of whole rows inside a block.
fn rect(block: &Block, grid: &Grid, (left, width): (Len, Len), (row, rows): (u16, u16)) -> Rect {
    let y = grid.y(i32::from(block.cells.row) + i32::from(row));
    Rect::new(inner(block, grid).0 + left, y, width, grid.row.times(i64::from(rows)))
}

/// The rooms that obstacles leave of one, in reading order: all of it where there are none. Edges
/// that an obstacle cuts are moved inwards to half an em, counted from the edge of the column that
/// the room keeps; rooms under 5 em are dropped; of several the widest stays, the first of equals, but
/// where an obstacle asks for both sides.
pub fn cut(room: &LineRoom, axis: Axis, grid: &Grid, obstacles: &[Obstacle]) -> Vec<LineRoom> {
    let (start, end) = (room.inline, room.inline + room.measure);
    let band = (room.block, room.block + grid.row);
    let place = room.rect(axis, grid.row);
    let (mut taken, mut both) = (Vec::new(), false);
    for obstacle in obstacles.iter().filter(|obstacle| obstacle.reach.overlaps(place)) {
        let around = obstacle.around;
        let all = obstacle.shape.taken(axis, band, (around.along, around.across));
        let inside: Vec<Stretch> = all.into_iter().filter(|(from, to)| *from < end && start < *to).collect();
        if !inside.is_empty() && around.wrap == Wrap::None {
            return Vec::new();
        }
        both |= !inside.is_empty() && around.wrap == Wrap::Both;
        taken.extend(inside);
    }
    if taken.is_empty() {
        return vec![*room];
    }
    let taken = united(taken);
    let starts = std::iter::once(start).chain(taken.iter().map(|(_, to)| *to));
    let ends = taken.iter().map(|(from, _)| *from).chain([end]);
    let half = Em::HALF.at(grid.em);
    let snapped = starts.zip(ends).map(|(from, to)| match (from == start, to == end) {
        (true, true) => (from, to),
        (true, false) => (from, start + half.times((to - start).rows(half).0)),
        (false, true) => (end - half.times((end - from).rows(half).0), to),
        (false, false) => {
            (start + half.times((from - start).rows(half).1), start + half.times((to - start).rows(half).0))
        }
    });
    let wide = snapped.filter(|(from, to)| *to - *from >= grid.em.times(LEAST));
    let rooms: Vec<LineRoom> =
        wide.map(|(from, to)| LineRoom { inline: from, measure: to - from, ..*room }).collect();
    if both {
        return rooms;
    }
    let widest = rooms.iter().map(|room| room.measure).max();
    rooms.into_iter().find(|room| Some(room.measure) == widest).into_iter().collect()
}

#[cfg(test)]
mod tests;
