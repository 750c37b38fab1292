//! Insets on the page: quotes and boxes, their tints, frames and bars, and their type.

use super::rules;
use super::set::{
    ComposedBlock, LinePlace, LineRole, SetInset, Stroke, TextLine, centred_baseline, text_line,
};
use crate::color::{Ink, Tint};
use crate::diag::Diagnostic;
use crate::flow::caption::balanced;
use crate::flow::wrap::inset_room;
use crate::geom::Rect;
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

/// Puts a block's insets at their places. Their lines run across, whichever way the block's do.
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
        // A quarter of a row at head and foot keeps frames and bars off the text over and under them.
        let room = inset_room(place, block, &layout.grid);
        let white = layout.grid.row.scale(1, 4);
        let rect = Rect::new(room.x, room.y + white, room.width, room.height - white.times(2));
        let inner = draw(composed, style, rect, layout);
        let mut paras = Vec::new();
        let mut cuts = Vec::new();
        let title = inset.title.iter().map(|para| (LineRole::InsetTitle, para, &style.title));
        let text = inset.paras.iter().map(|para| (LineRole::Inset, para, &style.text));
        for (role, para, own) in title.chain(text).filter(|(_, para, _)| !para.text.is_empty()) {
            let prepared = prepare(para, own, &Setting::of(story, layout), shapers).take(notes);
            let row = style.leading.map_or(layout.grid.row, |leading| leading.at(own.body.size));
            let pitch = row.times(i64::from(prepared.rows));
            let lines = balanced(&prepared, inner.width, &layout.composition);
            let para = paras.len();
            cuts.extend(lines.into_iter().map(|line| Cut { role, para, line, pitch }));
            paras.push(prepared);
        }
        let (lines, over) = set(&cuts, &paras, inner, style, layout);
        if !over.is_empty() {
            notes.push(overset(place, story, &over));
        }
        composed.insets.push(SetInset { inset: place.inset, rect, lines });
        composed.overset.extend(over);
    }
}

/// Draws what stands round an inset, and returns the room for its type.
fn draw(composed: &mut ComposedBlock, style: &InsetStyle, rect: Rect, layout: &Layout) -> Rect {
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
        composed.rules.extend(rules::bars(bars, rect));
    }
    // However much white a style asks for, half of a small inset is left for its type.
    let padding = style.padding.min(rect.width.min(rect.height).scale(1, 4));
    let inner = rect.grown(-(padding + thick(frame)));
    let bars = thick(bars);
    let (width, height) = (inner.width.max(Len::ZERO), (inner.height - bars.times(2)).max(Len::ZERO));
    Rect::new(inner.x, inner.y + bars, width, height)
}

/// Sets the lines of an inset one under the other, in the middle of its room, and those that find none
/// there below. The white that a line's room has over and under its type need not lie inside.
fn set(
    cuts: &[Cut],
    paras: &[PreparedPara],
    inner: Rect,
    style: &InsetStyle,
    layout: &Layout,
) -> (Vec<TextLine>, Vec<TextLine>) {
    let Some(first) = cuts.first() else { return (Vec::new(), Vec::new()) };
    let white = |cut: &Cut| (cut.pitch - paras[cut.para].size).max(Len::ZERO).half();
    let deep: Len = cuts.iter().map(|cut| cut.pitch).sum();
    let (head, foot) = (inner.y - white(first), inner.bottom() + cuts.last().map_or(Len::ZERO, white));
    let mut y = match style.leading {
        Some(_) => head + (foot - head - deep).max(Len::ZERO).half(),
        None => on_rows(head, foot, deep, &layout.grid),
    };
    let (mut lines, mut over) = (Vec::new(), Vec::new());
    for cut in cuts {
        let rect = Rect::new(inner.x, y, inner.width, cut.pitch);
        let para = &paras[cut.para];
        let place = LinePlace { rect, baseline: centred_baseline(rect, para.size) };
        let line = text_line(cut.role, para, &cut.line, place, layout);
        y += cut.pitch;
        if y <= foot && over.is_empty() { lines.push(line) } else { over.push(line) }
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
