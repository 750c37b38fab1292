//! Insets on the page: quotes and boxes, their tints, frames and bars, and their type.

use super::rules;
use super::set::{
    ComposedBlock, LinePlace, LineRole, SetInset, Stroke, TextLine, centred_baseline, text_line,
};
use crate::color::{Ink, Tint};
use crate::diag::Diagnostic;
use crate::flow::caption::balanced;
use crate::flow::wrap::inset_room;
use crate::geom::{Axis, Rect};
use crate::model::inset::{InsetKind, InsetPlace, InsetStyle};
use crate::model::layout::{Grid, Layout};
use crate::model::plan::Block;
use crate::model::story::{Story, count_chars};
use crate::model::style::RuleStyle;
use crate::text::linebreak::LineCut;
use crate::text::para::PreparedPara;
use crate::text::prepare::prepare;
use crate::text::setting::Setting;
use crate::text::shape::Shapers;
use crate::unit::Len;

/// A line of an inset before it has a place.
struct Cut {
    role: LineRole,
    para: usize,
    line: LineCut,
    /// From the top of its room to that of the next.
    pitch: Len,
}

/// Puts a block's insets at their places.
pub(super) fn place_insets(
    composed: &mut ComposedBlock,
    block: &Block,
    story: &Story,
    layout: &Layout,
    shapers: &Shapers<'_>,
    notes: &mut Vec<Diagnostic>,
) {
    for place in &block.insets {
        let inset = &story.insets[place.inset];
        let style = layout.inset(inset.kind);
        let axis = place.axis;
        // A quarter of a row before and after it keeps frames and bars off the lines there.
        let room = inset_room(place, block, &layout.grid);
        let white = layout.grid.row.scale(1, 4);
        let rect = match axis {
            Axis::Horizontal => Rect { y: room.y + white, height: room.height - white.times(2), ..room },
            Axis::Vertical => Rect { x: room.x + white, width: room.width - white.times(2), ..room },
        };
        let inner = draw(composed, style, rect, axis, layout);
        let measure = match axis {
            Axis::Horizontal => inner.width,
            Axis::Vertical => inner.height,
        };
        let mut paras = Vec::new();
        let mut cuts = Vec::new();
        let title = inset.title.iter().map(|para| (LineRole::InsetTitle, para, &style.title));
        let text = inset.paras.iter().map(|para| (LineRole::Inset, para, &style.text));
        for (role, para, own) in title.chain(text).filter(|(_, para, _)| !para.text.is_empty()) {
            let setting = Setting { axis, ..Setting::of(story, layout) };
            let prepared = prepare(para, own, &setting, shapers).take(notes);
            let row = style.leading.map_or(layout.grid.row, |leading| leading.at(own.body.size));
            let pitch = row.times(i64::from(prepared.rows));
            let lines = balanced(&prepared, measure, &layout.composition);
            let para = paras.len();
            cuts.extend(lines.into_iter().map(|line| Cut { role, para, line, pitch }));
            paras.push(prepared);
        }
        let (lines, over) = set(&cuts, &paras, (inner, axis), style, layout);
        if !over.is_empty() {
            notes.push(overset(place, story, &over));
        }
        composed.insets.push(SetInset { inset: place.inset, rect, lines });
        composed.overset.extend(over);
    }
}

/// Draws what stands round an inset, and returns the room for its type.
fn draw(composed: &mut ComposedBlock, style: &InsetStyle, rect: Rect, axis: Axis, layout: &Layout) -> Rect {
    if style.tint > 0 {
        composed.grounds.push(Stroke { rect, ink: Ink::Black(Tint(style.tint)) });
    }
    let rule = |idx: Option<usize>| idx.and_then(|idx| layout.rules.get(idx));
    let thick = |rule: Option<&RuleStyle>| rule.map_or(Len::ZERO, RuleStyle::thickness);
    let (frame, bars) = (rule(style.frame), rule(style.bars));
    if let Some(frame) = frame {
        composed.rules.extend(rules::frame(frame, rect));
    }
    if let Some(bars) = bars {
        composed.rules.extend(rules::bars(bars, rect, axis));
    }
    // However much white a style asks for, half of a small inset is left for its type.
    let padding = style.padding.min(rect.width.min(rect.height).scale(1, 4));
    let inner = rect.grown(-(padding + thick(frame)));
    let bars = thick(bars);
    let (across, down) = match axis {
        Axis::Horizontal => (Len::ZERO, bars),
        Axis::Vertical => (bars, Len::ZERO),
    };
    let (width, height) = (inner.width - across.times(2), inner.height - down.times(2));
    Rect::new(inner.x + across, inner.y + down, width.max(Len::ZERO), height.max(Len::ZERO))
}

/// Sets the lines of an inset one after the other, in the middle of its room, and those that find none
/// there beyond. The white that a line's room has before and after its type need not lie inside.
fn set(
    cuts: &[Cut],
    paras: &[PreparedPara],
    (inner, axis): (Rect, Axis),
    style: &InsetStyle,
    layout: &Layout,
) -> (Vec<TextLine>, Vec<TextLine>) {
    let Some(first) = cuts.first() else { return (Vec::new(), Vec::new()) };
    let white = |cut: &Cut| (cut.pitch - paras[cut.para].size).max(Len::ZERO).half();
    let deep: Len = cuts.iter().map(|cut| cut.pitch).sum();
    // Along the lines and across them, as `Axis::place` counts.
    let (inline, length, from, to) = match axis {
        Axis::Horizontal => (inner.x, inner.width, inner.y, inner.bottom()),
        Axis::Vertical => (inner.y, inner.height, -inner.right(), -inner.x),
    };
    let (head, foot) = (from - white(first), to + cuts.last().map_or(Len::ZERO, white));
    let mut place = match (style.leading, axis) {
        (None, Axis::Horizontal) => on_rows(head, foot, deep, &layout.grid),
        // Vertical lines stand on no rows of the page.
        (Some(_), _) | (None, Axis::Vertical) => head + (foot - head - deep).max(Len::ZERO).half(),
    };
    let (mut lines, mut over) = (Vec::new(), Vec::new());
    for cut in cuts {
        let rect = axis.place(inline, place, length, cut.pitch);
        let para = &paras[cut.para];
        let baseline = match axis {
            Axis::Horizontal => centred_baseline(rect, para.size),
            Axis::Vertical => rect.x + rect.width.half(),
        };
        let line = text_line(cut.role, para, &cut.line, LinePlace { rect, baseline }, layout);
        place += cut.pitch;
        if place <= foot && over.is_empty() { lines.push(line) } else { over.push(line) }
    }
    (lines, over)
}

/// Where lines so deep start between two heights, on rows of the grid: whole rows of white are
/// shared between head and foot.
fn on_rows(head: Len, foot: Len, deep: Len, grid: &Grid) -> Len {
    let first = (head - grid.origin.y).rows(grid.row).1;
    let top = grid.origin.y + grid.row.times(first);
    let spare = (foot - top - deep).rows(grid.row).0.max(0);
    top + grid.row.times(spare / 2)
}

/// The finding about an inset that has more text than room.
fn overset(place: &InsetPlace, story: &Story, over: &[TextLine]) -> Diagnostic {
    let inset = &story.insets[place.inset];
    let what = match inset.kind {
        InsetKind::Quote => "quote",
        InsetKind::Box => "box",
    };
    let chars: u32 = over.iter().map(|line| count_chars(&line.text)).sum();
    let lines = over.len();
    Diagnostic::unfit(
        "inset-overset",
        format!("the {what} `{}` has more text than room: 超 {lines} 行 ({chars} 字)", inset.id),
    )
    .at(inset.typed.clone())
    .help("give its `[[block.inset]]` more `rows` or `width`, or shorten it")
}
