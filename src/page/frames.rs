//! What is drawn round and between a block's columns: its frame, its tint, its column rules.

use super::rules;
use super::set::{ComposedBlock, Stroke};
use crate::color::{Ink, Tint};
use crate::flow::rooms::BlockRooms;
use crate::flow::wrap::obstacles;
use crate::geom::outline::{merged, outline};
use crate::geom::{Axis, Rect};
use crate::model::edges::framed;
use crate::model::layout::Layout;
use crate::model::plan::Block;
use crate::unit::Len;

/// Frame, tint, and the rules between columns.
pub(super) fn place_frame(composed: &mut ComposedBlock, block: &Block, rooms: &BlockRooms, layout: &Layout) {
    if let Some(boxed) = &block.boxed {
        let covered = framed(&block.areas, boxed.reach, &layout.grid);
        if boxed.tint > 0 {
            let ink = Ink::Black(Tint(boxed.tint));
            composed.grounds.extend(merged(&covered).into_iter().map(|rect| Stroke { rect, ink }));
        }
        composed.rules.extend(rules::round(&layout.rules[boxed.rule], &outline(&covered)));
    }
    let Some(rule) = block.columns.rule else { return };
    let rule = &layout.rules[rule];
    let obstacles = obstacles(block, &layout.grid);
    let taken = |line: Rect| {
        obstacles.iter().flat_map(|obstacle| obstacle.on_rule(block.axis.crossed(), line)).collect()
    };
    let areas: Vec<usize> = block
        .areas
        .iter()
        .enumerate()
        .flat_map(|(idx, area)| std::iter::repeat_n(idx, usize::from(area.columns)))
        .collect();
    for (pair, areas) in rooms.columns.windows(2).zip(areas.windows(2)) {
        let beside = areas[0] == areas[1];
        composed.rules.extend(match block.axis {
            Axis::Horizontal => {
                let x = middle(pair[0].right(), pair[1].x, rule.thickness());
                let Some((top, foot)) =
                    stretch((pair[0].y, pair[0].bottom()), (pair[1].y, pair[1].bottom()), beside)
                        // No rule runs down the fold of a spread.
                        .filter(|_| pair[0].right() <= pair[1].x && !layout.grid.on_fold(x))
                else {
                    continue;
                };
                let taken = taken(Rect::new(x, top, rule.thickness(), foot - top));
                let run = |(from, to)| rules::down(rule, Rect::new(x, from, rule.thickness(), to - from));
                free(taken, top, foot).into_iter().flat_map(run).collect::<Vec<_>>()
            }
            Axis::Vertical => {
                let y = middle(pair[0].bottom(), pair[1].y, rule.thickness());
                let Some((left, right)) =
                    stretch((pair[0].x, pair[0].right()), (pair[1].x, pair[1].right()), beside)
                        .filter(|_| pair[0].bottom() <= pair[1].y)
                else {
                    continue;
                };
                let taken = taken(Rect::new(left, y, right - left, rule.thickness()));
                let run = |(from, to)| rules::across(rule, Rect::new(from, y, to - from, rule.thickness()));
                free(taken, left, right).into_iter().flat_map(run).collect()
            }
        });
    }
}

/// How far a rule between two columns runs: as far as either of them in one rectangle of a block,
/// where two rectangles meet only as far as both.
fn stretch(one: (Len, Len), other: (Len, Len), same_area: bool) -> Option<(Len, Len)> {
    let run = match same_area {
        true => (one.0.min(other.0), one.1.max(other.1)),
        false => (one.0.max(other.0), one.1.min(other.1)),
    };
    (run.0 < run.1).then_some(run)
}

/// Where something so thick starts that stands in the middle between two edges.
fn middle(from: Len, to: Len, thickness: Len) -> Len {
    from + (to - from - thickness).half()
}

/// What is left of the stretch between `from` and `to` without those that are taken.
fn free(mut taken: Vec<(Len, Len)>, from: Len, to: Len) -> Vec<(Len, Len)> {
    taken.sort_unstable();
    let mut free = Vec::new();
    let mut next = from;
    for (first, last) in taken {
        free.push((next, first.min(to)));
        next = next.max(last);
    }
    free.push((next, to));
    free.retain(|(first, last)| first < last);
    free
}
