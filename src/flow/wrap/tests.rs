//! What is left of rows beside obstacles: nothing on them, nothing outside the column, nothing too
//! narrow, edges on half ems.

use super::*;
use crate::geom::Point;
use crate::room::{LegIdx, Rooms};

const EM: Len = Len::pt(10);
const ROW: Len = Len::pt(12);

fn grid() -> Grid {
    Grid::of_six(13)
}

fn around(wrap: Wrap, along: Len, across: Len) -> Around {
    Around { wrap, along, across }
}

/// A row of a column that starts at `inline`, so many points wide.
fn room(inline: i64, row: i32, measure: i64) -> LineRoom {
    let block = ROW.times(i64::from(row));
    LineRoom { leg: LegIdx(0), row, inline: Len::pt(inline), block, measure: Len::pt(measure) }
}

/// A rectangle in points.
fn rect([x, y, width, height]: [i64; 4]) -> Rect {
    Rect::new(Len::pt(x), Len::pt(y), Len::pt(width), Len::pt(height))
}

/// Starts and measures that are left of a row of a column of 200 pt, in points.
fn left(wrap: Wrap, obstacles: &[[i64; 4]]) -> Vec<(i64, i64)> {
    let obstacle = |place: &[i64; 4]| Obstacle::new(Polygon::of(rect(*place)), around(wrap, EM, Len::ZERO));
    let obstacles: Vec<Obstacle> = obstacles.iter().map(obstacle).collect();
    let whole = |length: Len| length.units() / Len::pt(1).units();
    let rooms = cut(&room(100, 0, 200), Axis::Horizontal, &grid(), &obstacles);
    rooms.iter().map(|room| (whole(room.inline), whole(room.measure))).collect()
}

#[test]
fn the_wider_side_stays_and_its_edge_moves_to_half_an_em() {
    // From 100 to 300; the picture and its white take 180 to 238 of it.
    let picture = [190, 0, 38, 12];
    assert_eq!(left(Wrap::Beside, &[picture]), [(100, 80)]);
    assert_eq!(left(Wrap::Both, &[picture]), [(100, 80), (240, 60)]);
    assert_eq!(left(Wrap::None, &[picture]), []);
    // 183 is cut back to 180; after 231 a line that ends at 300 has 65.
    assert_eq!(left(Wrap::Both, &[[193, 0, 28, 12]]), [(100, 80), (235, 65)]);
}

#[test]
fn a_side_under_five_ems_is_dropped() {
    assert_eq!(left(Wrap::Both, &[[150, 0, 50, 12]]), [(210, 90)]);
    assert_eq!(left(Wrap::Both, &[[150, 0, 100, 12]]), []);
}

#[test]
fn of_equal_sides_the_first_is_read() {
    assert_eq!(left(Wrap::Beside, &[[180, 0, 40, 12]]), [(100, 70)]);
}

#[test]
fn an_obstacle_in_another_row_or_column_leaves_all() {
    assert_eq!(left(Wrap::None, &[[100, 12, 200, 12], [320, 0, 50, 12]]), [(100, 200)]);
    // White beside it that reaches into the column counts.
    assert_eq!(left(Wrap::Beside, &[[304, 0, 50, 12]]), [(100, 190)]);
}

#[test]
fn a_line_of_two_rows_stands_on_one_side() {
    let mut rooms = Rooms::default();
    rooms.push_leg(room(0, 0, 200), 6, 0, ROW);
    let picture = Obstacle::new(Polygon::of(rect([90, 24, 20, 24])), around(Wrap::Both, EM, Len::ZERO));
    rooms.cut_rooms_of_last_leg(|room| cut(room, Axis::Horizontal, &grid(), std::slice::from_ref(&picture)));
    let rows: Vec<i32> = rooms.rooms.iter().map(|room| room.row).collect();
    assert_eq!(rows, [0, 1, 2, 2, 3, 3, 4, 5]);
    assert_eq!(rooms.find(0, 2), Some(0));
    // Neither a left and a right side nor half of a row over a whole one are one room.
    assert_eq!(rooms.find(1, 2), Some(6));
}

#[test]
fn beside_a_slope_a_line_of_two_rows_is_as_narrow_as_the_narrower() {
    let mut rooms = Rooms::default();
    rooms.push_leg(room(0, 0, 200), 6, 0, ROW);
    let corners = [(0, 0), (0, 72), (100, 72)].map(|(x, y)| Point { x: Len::pt(x), y: Len::pt(y) });
    let slope = Polygon::new(corners.to_vec()).expect("a triangle");
    let slope = Obstacle::new(slope, around(Wrap::Beside, Len::ZERO, Len::ZERO));
    rooms.cut_rooms_of_last_leg(|room| cut(room, Axis::Horizontal, &grid(), std::slice::from_ref(&slope)));
    let second = rooms.rooms[1];
    assert_eq!(rooms.together(0, 2), Some(LineRoom { row: 0, block: Len::ZERO, ..second }));
    assert_eq!(rooms.find_flush(0, 2, Len::ZERO), None, "no two rows start alike");
}

/// A polygon with 24 corners on a circle: the sines of every 15°, in thousandths.
fn circle(x: i64, y: i64, radius: i64) -> Polygon {
    const SINES: [i64; 7] = [0, 259, 500, 707, 866, 966, 1000];
    let sine = |step: i64| match step.rem_euclid(24) {
        step @ 0..=6 => SINES[step as usize],
        step @ 7..=12 => SINES[(12 - step) as usize],
        step @ 13..=18 => -SINES[(step - 12) as usize],
        step => -SINES[(24 - step) as usize],
    };
    let at = |middle: i64, sine: i64| Len::pt(middle) + Len::pt(radius).scale(sine, 1000);
    let corner = |step: i64| Point { x: at(x, sine(step + 6)), y: at(y, sine(step)) };
    Polygon::new((0..24).map(corner).collect()).expect("a circle does not cross itself")
}

/// A circle, a triangle, or two pictures that make an L.
fn shapes(kind: u8, (x, y): (i64, i64), size: i64) -> Vec<Polygon> {
    let corners = |corners: [(i64, i64); 3]| corners.map(|(x, y)| Point { x: Len::pt(x), y: Len::pt(y) });
    match kind {
        0 => vec![circle(x + size / 2, y + size / 2, size / 2)],
        1 => {
            let triangle = corners([(x, y), (x + size, y + size / 3), (x + size / 4, y + size)]);
            vec![Polygon::new(triangle.to_vec()).expect("a triangle does not cross itself")]
        }
        _ => {
            let upright = rect([x, y, size / 3, size]);
            let foot = rect([x + size / 3, y + size / 2, size - size / 3, size - size / 2]);
            vec![Polygon::of(upright), Polygon::of(foot)]
        }
    }
}

#[test]
fn no_room_is_on_an_obstacle_outside_its_column_or_too_narrow() {
    arbtest::arbtest(|u| {
        let axis = *u.choose(&[Axis::Horizontal, Axis::Vertical])?;
        let wrap = *u.choose(&[Wrap::None, Wrap::Beside, Wrap::Both])?;
        let (along, across) = (Len::pt(u.int_in_range(0..=15)?), Len::pt(u.int_in_range(0..=15)?));
        let kind = u.int_in_range(0..=2)?;
        let place = (u.int_in_range(-40..=160)?, u.int_in_range(-40..=160)?);
        let shapes = shapes(kind, place, u.int_in_range(30..=200)?);
        let shape = |shape: &Polygon| Obstacle::new(shape.clone(), around(wrap, along, across));
        let obstacles: Vec<Obstacle> = shapes.iter().map(shape).collect();
        let measure = Len::pt(200) + EM.scale(u.int_in_range(0..=9)?, 10);
        // Vertical lines stand at x 0 to 240, too: those at the right come first.
        let first = if axis == Axis::Horizontal { Len::ZERO } else { -ROW.times(20) };
        let mut rooms = Rooms::default();
        let start = LineRoom { block: first, measure, ..room(0, 0, 0) };
        rooms.push_leg(start, 20, 0, ROW);
        let column = rooms.rooms.clone();
        rooms.cut_rooms_of_last_leg(|room| cut(room, axis, &grid(), &obstacles));
        for room in &rooms.rooms {
            let whole = column.iter().find(|whole| whole.row == room.row).expect("rows stay");
            assert!(whole.holds(room), "{room:?} leaves its column");
            assert!(room.measure >= EM.times(5) || room.measure == measure, "{room:?} is narrow");
            let kept = room.inline == whole.inline || room.inline + room.measure == whole.inline + measure;
            let cut = room.measure != measure;
            assert!(!cut || !kept || room.measure.units() % EM.half().units() == 0, "{room:?}");
            let (x, y) = (room.inline - along, room.block - across);
            let grown = axis.place(x, y, room.measure + along.times(2), ROW + across.times(2));
            assert!(shapes.iter().all(|shape| !shape.overlaps(grown)), "{room:?} lies on the obstacle");
        }
        for pair in rooms.rooms.windows(2) {
            let apart = pair[0].row < pair[1].row || pair[0].inline + pair[0].measure <= pair[1].inline;
            assert!(apart, "{pair:?}");
            assert!(wrap == Wrap::Both || pair[0].row < pair[1].row, "{pair:?} share a row");
        }
        // A row that nothing touches stays whole.
        for whole in &column {
            let grown = axis.place(
                whole.inline - along,
                whole.block - across,
                measure + along.times(2),
                ROW + across.times(2),
            );
            if shapes.iter().all(|shape| !shape.overlaps(grown)) {
                assert!(rooms.rooms.contains(whole), "{whole:?} was cut");
            }
        }
        Ok(())
    });
}
