//! Outlines against rows, and points that enclose nothing.

use super::*;

fn points(corners: &[(i64, i64)]) -> Vec<Point> {
    corners.iter().map(|(x, y)| Point { x: Len::pt(*x), y: Len::pt(*y) }).collect()
}

fn polygon(corners: &[(i64, i64)]) -> Polygon {
    Polygon::new(points(corners)).expect("its sides do not cross")
}

/// What a polygon takes of a band across the page, in points.
fn taken(polygon: &Polygon, band: (i64, i64), clear: i64) -> Vec<(i64, i64)> {
    let clear = (Len::pt(clear), Len::pt(clear));
    let whole = |length: Len| length.units() / Len::pt(1).units();
    let stretches = polygon.taken(Axis::Horizontal, (Len::pt(band.0), Len::pt(band.1)), clear);
    stretches.into_iter().map(|(from, to)| (whole(from), whole(to))).collect()
}

#[test]
fn a_slanting_side_takes_the_most_it_covers_of_a_row() {
    let triangle = polygon(&[(50, 0), (100, 100), (0, 100)]);
    assert_eq!(taken(&triangle, (0, 10), 0), [(45, 55)]);
    assert_eq!(taken(&triangle, (90, 100), 0), [(0, 100)]);
    assert_eq!(taken(&triangle, (100, 110), 0), []);
    assert_eq!(taken(&triangle, (-10, 0), 0), []);
}

#[test]
fn a_clearance_reaches_both_ways() {
    let square = polygon(&[(20, 20), (40, 20), (40, 40), (20, 40)]);
    assert_eq!(taken(&square, (0, 10), 5), []);
    assert_eq!(taken(&square, (10, 16), 5), [(15, 45)]);
    assert_eq!(taken(&square, (44, 50), 5), [(15, 45)]);
    assert_eq!(taken(&square, (45, 50), 5), []);
}

#[test]
fn a_row_goes_between_the_arms_of_a_horseshoe() {
    let shoe = polygon(&[(0, 0), (10, 0), (10, 30), (50, 30), (50, 0), (60, 0), (60, 40), (0, 40)]);
    assert_eq!(taken(&shoe, (5, 15), 0), [(0, 10), (50, 60)]);
    assert_eq!(taken(&shoe, (25, 35), 0), [(0, 60)]);
    assert_eq!(taken(&shoe, (-5, 45), 0), [(0, 60)]);
}

#[test]
fn vertical_lines_see_it_from_their_side() {
    // From the right edge leftwards, a line at x 80 to 90 meets the triangle near its base only.
    let triangle = polygon(&[(50, 0), (100, 100), (0, 100)]);
    let band = (Len::pt(-90), Len::pt(-80));
    let taken = triangle.taken(Axis::Vertical, band, (Len::ZERO, Len::ZERO));
    assert_eq!(taken, [(Len::pt(60), Len::pt(100))]);
}

#[test]
fn sides_that_cross_or_touch_are_refused() {
    for (corners, fault) in [
        (&[(0, 0), (10, 10)][..], Fault::Few),
        (&[(0, 0), (10, 10), (10, 0), (0, 10)], Fault::Crossing(0, 2)),
        (&[(0, 0), (10, 0), (10, 0), (0, 10)], Fault::Crossing(0, 1)),
        (&[(0, 0), (20, 0), (10, 0), (10, 10)], Fault::Crossing(0, 1)),
        (&[(0, 0), (20, 0), (20, 20), (10, 0), (0, 20)], Fault::Crossing(0, 2)),
        (&[(0, 0), (10, 0), (20, 0)], Fault::Crossing(0, 2)),
    ] {
        assert_eq!(Polygon::new(points(corners)), Err(fault), "{corners:?}");
    }
    let many = vec![Point::default(); Polygon::MOST + 1];
    assert_eq!(Polygon::new(many), Err(Fault::Many));
    assert!(Polygon::new(points(&[(0, 0), (10, 0), (20, 0), (10, 10)])).is_ok(), "a corner on a side");
}

#[test]
fn what_is_taken_of_a_row_is_what_overlaps_it() {
    // A row is cut into cells; those that overlap the polygon are those inside what it takes.
    arbtest::arbtest(|u| {
        let mut corners = [(0, 0); 5];
        for corner in &mut corners {
            *corner = (u.int_in_range(0..=60)?, u.int_in_range(0..=60)?);
        }
        let Ok(polygon) = Polygon::new(points(&corners)) else { return Ok(()) };
        let row = i64::from(u.int_in_range(0_u8..=11)?) * 5;
        let stretches =
            polygon.taken(Axis::Horizontal, (Len::pt(row), Len::pt(row + 5)), (Len::ZERO, Len::ZERO));
        assert!(stretches.windows(2).all(|pair| pair[0].1 < pair[1].0), "{stretches:?}");
        let samples = (0..=60).flat_map(|x| (1..50).map(move |part| (x, part)));
        for (x, part) in samples {
            let point = Point { x: Len::pt(x), y: Len::pt(row) + Len::pt(5).scale(part, 50) };
            if inside(&polygon, point) {
                let found = stretches.iter().any(|(from, to)| *from <= point.x && point.x <= *to);
                assert!(found, "{corners:?} holds {point:?}, row {row} of {stretches:?}");
            }
        }
        Ok(())
    });
}

/// Whether a point lies inside, by the sides that a ray to the left meets.
fn inside(polygon: &Polygon, point: Point) -> bool {
    let met = polygon.sides().filter(|(from, to)| {
        let (low, high) = if from.y < to.y { (*from, *to) } else { (*to, *from) };
        low.y <= point.y && point.y < high.y && turn((low, high), point) < 0
    });
    met.count() % 2 == 1
}
