//! Rules and frames: strokes, dots and ornaments at their places.

use super::ornament;
use super::set::{Rule, Stroke};
use crate::geom::outline::{Way, outline, strip};
use crate::geom::{Axis, Point, Rect};
use crate::model::layout::Layout;
use crate::model::plan::{PagePlan, RuleRun};
use crate::model::style::{Ornament, RuleStyle};
use crate::unit::Len;

/// Most dots that one dotted rule is drawn with.
const MOST_DOTS: i64 = 10_000;

/// A rule along the top of `rect`, its strokes one under the other.
pub(super) fn across(rule: &RuleStyle, rect: Rect) -> Vec<Rule> {
    let strokes = rule.strokes.iter().flat_map(|(offset, weight)| {
        let line = Rect { y: rect.y + *offset, height: *weight, ..rect };
        stroke(rule, line, Axis::Horizontal)
    });
    strokes.chain(ornament::line(rule, rect, Axis::Horizontal)).collect()
}

/// A rule along the left of `rect`, its strokes one beside the other.
pub(super) fn down(rule: &RuleStyle, rect: Rect) -> Vec<Rule> {
    let strokes = rule.strokes.iter().flat_map(|(offset, weight)| {
        let line = Rect { x: rect.x + *offset, width: *weight, ..rect };
        stroke(rule, line, Axis::Vertical)
    });
    strokes.chain(ornament::line(rule, rect, Axis::Vertical)).collect()
}

/// One stroke of a rule, whole or dot by dot.
fn stroke(rule: &RuleStyle, line: Rect, axis: Axis) -> impl Iterator<Item = Rule> {
    let length = match axis {
        Axis::Horizontal => line.width,
        Axis::Vertical => line.height,
    };
    let ink = rule.ink;
    dashes(rule, length).into_iter().map(move |(start, length)| {
        let rect = match axis {
            Axis::Horizontal => Rect { x: line.x + start, width: length, ..line },
            Axis::Vertical => Rect { y: line.y + start, height: length, ..line },
        };
        Rule::Solid(Stroke { rect, ink })
    })
}

/// Where a rule has ink along its length.
fn dashes(rule: &RuleStyle, length: Len) -> Vec<(Len, Len)> {
    let Some((dot, gap)) = rule.dots else { return vec![(Len::ZERO, length)] };
    let count = (length + gap).rows(dot + gap).0.clamp(1, MOST_DOTS);
    // The first dot stands at the start and the last at the end: the gaps share what is left.
    (0..count).map(|idx| ((length - dot).scale(idx, (count - 1).max(1)), dot)).collect()
}

/// A rule where the lines of a rectangle begin and one where they end, just inside it, seen from its other
/// side: at its head and foot, or at its right and left where lines are vertical.
pub(super) fn bars(rule: &RuleStyle, rect: Rect, axis: Axis) -> Vec<Rule> {
    let thickness = rule.thickness();
    let strokes = rule.strokes.iter().map(|(offset, weight)| (thickness - *offset - *weight, *weight));
    let ornament = rule.ornament.map(|own| Ornament { offset: thickness - own.offset - own.height, ..own });
    let mirrored = RuleStyle { strokes: strokes.collect(), ornament, ..rule.clone() };
    match axis {
        Axis::Horizontal => {
            let bottom = Rect { y: rect.bottom() - thickness, ..rect };
            [across(rule, rect), across(&mirrored, bottom)].concat()
        }
        Axis::Vertical => {
            let right = Rect { x: rect.right() - thickness, ..rect };
            [down(&mirrored, right), down(rule, rect)].concat()
        }
    }
}

/// A frame just inside a rectangle.
pub(super) fn frame(rule: &RuleStyle, rect: Rect) -> Vec<Rule> {
    round(rule, &outline(&[rect]))
}

/// A frame just inside an outline: its strokes one inside the other, its ornament with a figure in
/// each corner.
pub(super) fn round(rule: &RuleStyle, corners: &[Point]) -> Vec<Rule> {
    let mut sides: Vec<(Way, usize)> = (0..corners.len())
        .map(|idx| (Way::of(corners[idx], corners[(idx + 1) % corners.len()]), idx))
        .collect();
    sides.sort_unstable();
    let mut rules = Vec::new();
    for (way, idx) in sides {
        for (offset, weight) in &rule.strokes {
            let axis = match way {
                Way::Right | Way::Left => Axis::Horizontal,
                Way::Up | Way::Down => Axis::Vertical,
            };
            rules.extend(stroke(rule, strip(corners, idx, *offset, *weight), axis));
        }
    }
    rules.extend(ornament::frame(rule, corners));
    rules
}

/// The rules between a page's blocks.
pub(super) fn rules(plan: &PagePlan, layout: &Layout) -> Vec<Rule> {
    let grid = &layout.grid;
    plan.rules
        .iter()
        .flat_map(|place| {
            let rule = &layout.rules[place.rule];
            match place.run {
                RuleRun::Across { row, col, cols } => {
                    let y = grid.y(i32::from(row)) + (grid.row - rule.thickness()).half();
                    across(rule, Rect::new(grid.x(col), y, grid.across(col, cols), rule.thickness()))
                }
                RuleRun::Down { after, row, rows } => {
                    let from = grid.x(after) + grid.measure;
                    let x = from + (grid.x(after + 1) - from - rule.thickness()).half();
                    let height = grid.row.times(i64::from(rows));
                    down(rule, Rect::new(x, grid.y(i32::from(row)), rule.thickness(), height))
                }
            }
        })
        .collect()
}
