//! Ornaments: whole figures, inside their strips, that meet in the corners.

use super::*;
use crate::color::Ink;
use crate::geom::outline::outline;

fn rule(motif: Motif, length: i64, height: i64, weight: Option<i64>) -> RuleStyle {
    let (length, height) = (Len::centipoints(length), Len::centipoints(height));
    let weight = weight.map(Len::centipoints);
    RuleStyle {
        name: String::new(),
        strokes: Vec::new(),
        dots: None,
        ornament: Some(Ornament { motif, offset: Len::pt(1), length, height, weight }),
        ink: Ink::BLACK,
    }
}

fn looks() -> [RuleStyle; 4] {
    [
        rule(Motif::Wave, 800, 300, Some(50)),
        rule(Motif::Lozenge, 600, 400, Some(40)),
        rule(Motif::Lozenge, 600, 400, None),
        rule(Motif::Fret, 700, 600, Some(60)),
    ]
}

fn drawn_of(rule: Option<Rule>) -> Drawn {
    match rule {
        Some(Rule::Drawn(drawn)) => drawn,
        other => panic!("an ornament: {other:?}"),
    }
}

/// Where the path goes through, handles left out.
fn knots(drawn: &Drawn) -> Vec<Point> {
    let knot = |segment: &Segment| match segment {
        Segment::Move(to) | Segment::Line(to) | Segment::Curve(_, _, to) => Some(*to),
        Segment::Close => None,
    };
    drawn.segments.iter().filter_map(knot).collect()
}

fn begun(drawn: &Drawn) -> usize {
    drawn.segments.iter().filter(|segment| matches!(segment, Segment::Move(_))).count()
}

#[test]
fn an_ornament_stays_inside_its_strips() {
    let inside = |drawn: &Drawn| {
        let half = match drawn.paint {
            Paint::Fill => Len::ZERO,
            Paint::Stroke(weight) => weight.half(),
        };
        // A tip is pointed: its line reaches less far across than its thickness.
        let slack = Len::from_units(2);
        knots(drawn).iter().all(|at| {
            drawn.areas.iter().any(|area| {
                let area = area.grown(slack);
                area.holds(Rect::new(at.x, at.y, Len::ZERO, Len::ZERO))
                    && (half == Len::ZERO || area.width.min(area.height) >= half.times(2))
            })
        })
    };
    for rule in looks() {
        let rect = Rect::new(Len::pt(40), Len::pt(60), Len::pt(333), Len::pt(217));
        for axis in [Axis::Horizontal, Axis::Vertical] {
            assert!(inside(&drawn_of(line(&rule, rect, axis))), "{rule:?} {axis:?}");
        }
        let round = drawn_of(frame(&rule, &outline(&[rect])));
        assert!(round.areas.iter().all(|area| rect.grown(-Len::pt(1)).holds(*area)));
        for corners in shapes() {
            assert!(inside(&drawn_of(frame(&rule, &corners))), "{rule:?} {corners:?}");
        }
    }
}

#[test]
fn a_run_is_whole_figures_from_end_to_end() {
    let rect = Rect::new(Len::ZERO, Len::ZERO, Len::pt(100), Len::pt(10));
    let [wave, outlined, solid, fret] = looks().map(|rule| drawn_of(line(&rule, rect, Axis::Horizontal)));
    // 100 pt hold 12.5 waves of 8 pt: 13 whole ones.
    assert_eq!(wave.segments.len(), 1 + 13 * 2);
    let ends = (knots(&wave)[0], *knots(&wave).last().expect("it has knots"));
    assert_eq!((ends.0.x, ends.1.x, ends.0.y), (Len::ZERO, Len::pt(100), ends.1.y));
    assert_eq!((begun(&outlined), begun(&solid)), (17, 17), "16.7 lozenges of 6 pt");
    assert_eq!(knots(&solid)[0].x, Len::ZERO);
    assert_eq!(knots(&solid).iter().map(|at| at.x).max(), Some(Len::pt(100)));
    assert_eq!((solid.paint, solid.finest), (Paint::Fill, Len::pt(4)));
    assert_eq!(begun(&fret), 14, "14 squares of 6 pt, white of 1 pt and more between them");
    assert!(knots(&outlined)[0].x > Len::ZERO, "the mitre of its tip needs room");
}

#[test]
fn a_wave_runs_round_a_frame_without_an_end() {
    for corners in shapes() {
        check_wave(corners);
    }
}

/// The corners of a rectangle, an L, a T, a U and stairs.
fn shapes() -> [Vec<Point>; 5] {
    let rect = |x: i64, y: i64, width: i64, height: i64| {
        Rect::new(Len::pt(x), Len::pt(y), Len::pt(width), Len::pt(height))
    };
    [
        outline(&[rect(0, 0, 122, 97)]),
        outline(&[rect(0, 0, 122, 97), rect(122, 50, 100, 47)]),
        outline(&[rect(0, 0, 350, 60), rect(122, 60, 100, 97)]),
        outline(&[rect(0, 0, 100, 97), rect(100, 57, 63, 40), rect(163, 0, 111, 97)]),
        outline(&[rect(0, 0, 111, 80), rect(111, 31, 105, 102), rect(216, 63, 100, 122)]),
    ]
}

#[track_caller]
fn check_wave(corners: Vec<Point>) {
    let round = drawn_of(frame(&looks()[0], &corners));
    assert_eq!(begun(&round), 1);
    assert_eq!(round.segments.last(), Some(&Segment::Close));
    let knots = knots(&round);
    assert_eq!(knots.first(), knots.last(), "it ends where it begins");
    // Wherever it passes through a knot it goes straight on: both handles lie on one line with it.
    let curves: Vec<(Point, Point, Point)> = round
        .segments
        .iter()
        .filter_map(|segment| match segment {
            Segment::Curve(a, b, to) => Some((*a, *b, *to)),
            _ => None,
        })
        .collect();
    for (one, next) in curves.iter().zip(curves.iter().cycle().skip(1)) {
        let (into, out) = ((one.2.x - one.1.x, one.2.y - one.1.y), (next.0.x - one.2.x, next.0.y - one.2.y));
        let sign = |len: Len| len.units().signum();
        assert_eq!((sign(into.0), sign(into.1)), (sign(out.0), sign(out.1)), "{one:?} {next:?}");
    }
}

#[test]
fn a_frame_has_a_figure_in_each_corner() {
    let rect = Rect::new(Len::ZERO, Len::ZERO, Len::pt(122), Len::pt(97));
    for rule in [&looks()[2], &looks()[3]] {
        let round = drawn_of(frame(rule, &outline(&[rect])));
        let knots = knots(&round);
        let outer = rect.grown(-Len::pt(1));
        let high = rule.ornament.expect("it has one").height;
        let corners = [(outer.x, outer.y), (outer.right() - high, outer.y)]
            .into_iter()
            .chain([(outer.x, outer.bottom() - high), (outer.right() - high, outer.bottom() - high)]);
        for (x, y) in corners {
            let corner = Rect::new(x, y, high, high).grown(Len::from_units(1));
            let held = knots.iter().filter(|at| corner.holds(Rect::new(at.x, at.y, Len::ZERO, Len::ZERO)));
            assert!(held.count() >= 4, "{rule:?} {corner:?}");
        }
    }
}

#[test]
fn a_frame_without_room_for_its_corners_has_no_ornament() {
    let rect = Rect::new(Len::ZERO, Len::ZERO, Len::pt(8), Len::pt(97));
    assert_eq!(frame(&looks()[1], &outline(&[rect])), None);
}
