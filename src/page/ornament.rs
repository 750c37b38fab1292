//! Ornaments of rules and frames (花边): whole figures one after another, drawn as paths.
//!
//! A side is as many whole figures as it holds best, what is left over shared among them, and a
//! frame has a figure in each corner, so that its sides meet there.

use super::set::{Drawn, Rule};
use crate::geom::outline::{Way, inset, strip};
use crate::geom::path::{Paint, Segment};
use crate::geom::{Axis, Point, Rect};
use crate::model::style::{Motif, Ornament, RuleStyle};
use crate::unit::Len;

/// Most figures that one run is drawn with.
const MOST_FIGURES: i64 = 10_000;

/// A rule's ornament along the near side of a rectangle.
pub(super) fn line(rule: &RuleStyle, rect: Rect, axis: Axis) -> Option<Rule> {
    let ornament = rule.ornament?;
    let (length, area) = match axis {
        Axis::Horizontal => {
            (rect.width, Rect { y: rect.y + ornament.offset, height: ornament.height, ..rect })
        }
        Axis::Vertical => (rect.height, Rect { x: rect.x + ornament.offset, width: ornament.height, ..rect }),
    };
    let band = Band { start: Point { x: area.x, y: area.y }, axis, mirrored: Mirrored::No };
    let segments = match ornament.motif {
        Motif::Wave => {
            let count = figures(&ornament, length, Len::ZERO) * 2;
            let half = &wave_half(&ornament, length, count);
            let start = band.at(Len::ZERO, ornament.height.half());
            let waves = (0..count).map(|idx| half.curve(&band, idx, if idx % 2 == 0 { -1 } else { 1 }));
            std::iter::once(Segment::Move(start)).chain(waves).collect()
        }
        Motif::Lozenge | Motif::Fret => separate(&ornament, &band, length, Len::ZERO),
    };
    drawn(rule, &ornament, segments, vec![area])
}

/// A rule's ornament round the inside of an outline.
pub(super) fn frame(rule: &RuleStyle, corners: &[Point]) -> Option<Rule> {
    let ornament = rule.ornament?;
    let high = ornament.height;
    let bands = bands(&inset(corners, ornament.offset), high)?;
    let segments = match ornament.motif {
        Motif::Wave => closed_wave(&ornament, &bands),
        Motif::Lozenge | Motif::Fret => bands
            .iter()
            .flat_map(|side| {
                // The corner before each side is the side's own.
                let corner = figure(&ornament, &side.band, -high, high, 0);
                corner.into_iter().chain(separate(&ornament, &side.band, side.length, high))
            })
            .collect(),
    };
    let areas = (0..corners.len()).map(|idx| strip(corners, idx, ornament.offset, high));
    drawn(rule, &ornament, segments, areas.collect())
}

/// A side of a frame between the figures in its corners.
struct BandSide {
    band: Band,
    length: Len,
    /// Whether the corner after it points out of the frame.
    outwards: bool,
}

/// The sides of a frame, clockwise: where each starts, which way it runs, how long it is. Nothing of a
/// frame that has no room for them.
fn bands(corners: &[Point], high: Len) -> Option<Vec<BandSide>> {
    let count = corners.len();
    let at = |idx: usize| corners[idx % count];
    let way = |idx: usize| Way::of(at(idx), at(idx + 1));
    let side = |idx: usize| {
        let (own, next) = (way(idx), way(idx + 1));
        let (axis, mirrored) = match own {
            Way::Right => (Axis::Horizontal, Mirrored::No),
            Way::Down => (Axis::Vertical, Mirrored::Across),
            Way::Left => (Axis::Horizontal, Mirrored::Both),
            Way::Up => (Axis::Vertical, Mirrored::Along),
        };
        // A corner that points out takes a figure's room off both sides, one that points in off neither.
        let taken = |turn: bool| if turn { high } else { Len::ZERO };
        let lead = taken(way(idx + count - 1).turns_right(own));
        let outwards = own.turns_right(next);
        let (from, to) = (at(idx), at(idx + 1));
        let along = (to.x - from.x).max(from.x - to.x) + (to.y - from.y).max(from.y - to.y);
        let start = Band { start: from, axis, mirrored }.at(lead, Len::ZERO);
        let length = along - lead - taken(outwards);
        (length > Len::ZERO).then_some(BandSide { band: Band { start, axis, mirrored }, length, outwards })
    };
    (0..count).map(side).collect()
}

fn drawn(rule: &RuleStyle, ornament: &Ornament, segments: Vec<Segment>, areas: Vec<Rect>) -> Option<Rule> {
    let paint = ornament.weight.map_or(Paint::Fill, Paint::Stroke);
    let finest = ornament.weight.unwrap_or(ornament.height);
    (!segments.is_empty()).then_some(Rule::Drawn(Drawn { segments, paint, ink: rule.ink, areas, finest }))
}

/// Which way a band's figures look: inside a frame they all look outwards.
#[derive(Clone, Copy)]
enum Mirrored {
    No,
    Along,
    Across,
    Both,
}

/// A strip of the page that figures stand in, one after another.
struct Band {
    start: Point,
    axis: Axis,
    mirrored: Mirrored,
}

impl Band {
    /// A place so far along the band and so far across it.
    fn at(&self, along: Len, across: Len) -> Point {
        let (along, across) = match self.mirrored {
            Mirrored::No => (along, across),
            Mirrored::Along => (-along, across),
            Mirrored::Across => (along, -across),
            Mirrored::Both => (-along, -across),
        };
        match self.axis {
            Axis::Horizontal => Point { x: self.start.x + along, y: self.start.y + across },
            Axis::Vertical => Point { x: self.start.x + across, y: self.start.y + along },
        }
    }
}

/// How many whole figures come nearest to their length in a run. `joint` is what a run between
/// corners has more than its figures: white at both of its ends.
fn figures(ornament: &Ornament, length: Len, joint: Len) -> i64 {
    let room = (length - joint).max(Len::ZERO);
    (room + ornament.length.half()).rows(ornament.length).0.clamp(1, MOST_FIGURES)
}

/// Lozenges and frets along a band. A chain of lozenges fills it tip to tip; frets keep their shape,
/// white between them. `corner` is the size of the figures that stand before and after it.
fn separate(ornament: &Ornament, band: &Band, length: Len, corner: Len) -> Vec<Segment> {
    let high = ornament.height;
    match ornament.motif {
        Motif::Lozenge => {
            let count = figures(ornament, length, Len::ZERO);
            let edge = |idx: i64| length.scale(idx, count);
            (0..count)
                .flat_map(|idx| figure(ornament, band, edge(idx), edge(idx + 1) - edge(idx), idx))
                .collect()
        }
        Motif::Wave | Motif::Fret => {
            let white = ornament.length - high;
            // Between corners there is white at both ends, else at neither.
            let (count, lead) = if corner > Len::ZERO {
                let count = (length - white + ornament.length.half()).rows(ornament.length).0;
                let most = (length - white).rows(high + white.min(Len::pt(1))).0;
                (count.min(most).clamp(0, MOST_FIGURES), 1)
            } else {
                ((length + white).rows(ornament.length).0.clamp(1, MOST_FIGURES), 0)
            };
            let spare = length - high.times(count);
            let gaps = (count - 1 + lead * 2).max(1);
            (0..count)
                .flat_map(|idx| {
                    let along = high.times(idx) + spare.scale(idx + lead, gaps);
                    figure(ornament, band, along, high, idx + lead)
                })
                .collect()
        }
    }
}

/// One lozenge or fret, so long, from a place along the band on.
fn figure(ornament: &Ornament, band: &Band, along: Len, length: Len, idx: i64) -> Vec<Segment> {
    let high = ornament.height;
    let weight = ornament.weight.unwrap_or(Len::ZERO);
    let line = |points: &[(Len, Len)]| -> Vec<Segment> {
        let mut points = points.iter().map(|(u, v)| band.at(along + *u, *v));
        let first = points.next().map(Segment::Move);
        first.into_iter().chain(points.map(Segment::Line)).collect()
    };
    match ornament.motif {
        Motif::Lozenge => {
            // A mitre reaches beyond its corner by half the line over the sine of half the angle:
            // the lozenge is that much smaller, so that tips touch and do not cross.
            let (a, b) = (length.half(), high.half());
            let side = root(a.units() * a.units() + b.units() * b.units());
            let tip = |own: Len, other: Len| own - weight.half().scale(side, other.units().max(1));
            let (tip_a, tip_b) = (tip(a, b), tip(b, a));
            let mut path = line(&[(a - tip_a, b), (a, b - tip_b), (a + tip_a, b), (a, b + tip_b)]);
            path.push(Segment::Close);
            path
        }
        Motif::Wave | Motif::Fret => {
            // Three nested strokes and the whites between them; the line ends in the middle.
            let edge = weight.half();
            let step = |quarters: i64| edge + (high - weight).scale(quarters, 4);
            let turned = |u: i64, v: i64| {
                let (u, v) = (step(u), step(v));
                if idx % 2 == 0 { (u, v) } else { (length - u, v) }
            };
            let mut points =
                vec![turned(0, 0), turned(4, 0), turned(4, 4), turned(0, 4), turned(0, 2), turned(2, 2)];
            // The line's square end reaches half of its thickness less than a corner would.
            let (u, v) = points[0];
            points[0] = if idx % 2 == 0 { (u - edge, v) } else { (u + edge, v) };
            line(&points)
        }
    }
}

/// Half a wave as a curve: its length and how far its handles reach.
struct Half {
    /// Where each half starts, by a share of the band.
    length: Len,
    count: i64,
    middle: Len,
    /// How far the handles lie along it, and across it.
    handle: (Len, Len),
}

/// Half a wave of so many along a band.
fn wave_half(ornament: &Ornament, length: Len, count: i64) -> Half {
    // The curve of a sine: its handles at 0.3642 of its length, and a third higher than its crest.
    let crest = (ornament.height - ornament.weight.unwrap_or(Len::ZERO)).half();
    let half = length.scale(1, count);
    Half {
        length,
        count,
        middle: ornament.height.half(),
        handle: (half.scale(3642, 10_000), crest.scale(4, 3)),
    }
}

impl Half {
    /// The `idx`th half, its crest on one side or the other.
    fn curve(&self, band: &Band, idx: i64, sense: i64) -> Segment {
        let (start, end) = (self.length.scale(idx, self.count), self.length.scale(idx + 1, self.count));
        let (along, across) = self.handle;
        let crest = self.middle + across.times(sense);
        Segment::Curve(band.at(start + along, crest), band.at(end - along, crest), band.at(end, self.middle))
    }
}

/// A wave round a frame: each corner one half, outwards where it points out and inwards where it points
/// in, each side as many halves between them that inwards and outwards alternate all the way round.
fn closed_wave(ornament: &Ornament, sides: &[BandSide]) -> Vec<Segment> {
    let middle = ornament.height.half();
    let mut path = Vec::new();
    for (place, side) in sides.iter().enumerate() {
        let BandSide { band, length, outwards } = side;
        let after_corner = sides[(place + sides.len() - 1) % sides.len()].outwards;
        let halves = (length.times(2) + ornament.length.half()).rows(ornament.length).0;
        // Between two corners that point alike an odd number, else an even one.
        let odd = after_corner == *outwards;
        let count = if odd { halves - 1 + halves % 2 } else { halves - halves % 2 };
        let least = if odd { 1 } else { 2 };
        let count = count.clamp(least, MOST_FIGURES * 2 - least);
        let half = wave_half(ornament, *length, count);
        if place == 0 {
            path.push(Segment::Move(band.at(Len::ZERO, middle)));
        }
        let first = if after_corner { 1 } else { -1 };
        path.extend((0..count).map(|idx| half.curve(band, idx, if idx % 2 == 0 { first } else { -first })));
        // Round the corner into the next side, leaving this one and entering that one as a crest does.
        let next = &sides[(place + 1) % sides.len()];
        let (along, across) = half.handle;
        let (next_along, _) = wave_half(ornament, next.length, count).handle;
        let reach = along.min(ornament.height.half());
        let next_reach = next_along.min(ornament.height.half()).max(reach);
        let crest = if *outwards { middle - across } else { middle + across };
        path.push(Segment::Curve(
            band.at(*length + reach, crest),
            next.band.at(-next_reach, crest),
            next.band.at(Len::ZERO, middle),
        ));
    }
    path.push(Segment::Close);
    path
}

/// The whole part of a square root.
fn root(square: i64) -> i64 {
    square.max(0).isqrt()
}

#[cfg(test)]
mod tests;
