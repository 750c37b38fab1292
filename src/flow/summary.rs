//! Fits a summary (提要题): its points into lines, and those into whole rows under the heading or beside
//! it. Its lines run across, whichever way those of the heading and the text do.

use super::caption::balanced;
use super::rooms::{beside_head, column_edges, head_columns, head_span};
use crate::diag::{Checked, Diagnostic};
use crate::geom::Axis;
use crate::model::layout::{Grid, Layout, SummaryStyle};
use crate::model::plan::{Block, HeadPlace, HeadSide, SummaryPlace};
use crate::model::story::{Story, count_chars};
use crate::model::style::Align;
use crate::text::linebreak::LineCut;
use crate::text::para::PreparedPara;
use crate::text::prepare::prepare;
use crate::text::setting::Setting;
use crate::text::shape::Shapers;
use crate::unit::Len;

/// A line of a summary.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SummaryLine {
    /// Its prepared point: an index into the summary's.
    pub para: usize,
    /// The piece of it that this line sets.
    pub cut: LineCut,
    /// From the top of its room to that of the next.
    pub pitch: Len,
}

/// A summary, set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SetSummary {
    /// Its points.
    pub paras: Vec<PreparedPara>,
    /// Its lines, top to bottom.
    pub lines: Vec<SummaryLine>,
    /// Those that its rows, or its style, have no room for.
    pub over: Vec<SummaryLine>,
    /// Rows it takes.
    pub rows: u16,
    /// Left edge and width of its lines.
    pub span: (Len, Len),
    /// The side of the heading at which it stands; under it if none is given.
    pub side: Option<HeadSide>,
    /// What it takes of the heading's width, the gutter between them included.
    pub taken: Len,
}

impl SetSummary {
    /// Rows that it and a heading take over the text together, `head` being the heading's.
    pub fn rows_with(&self, head: u16) -> u16 {
        if self.side.is_some() { head.max(self.rows) } else { head.saturating_add(self.rows) }
    }
}

/// Sets a story's summary in a block that has its heading at a place. Nothing without a summary.
pub fn set_summary(
    story: &Story,
    block: &Block,
    place: &HeadPlace,
    layout: &Layout,
    shapers: &Shapers<'_>,
) -> Checked<Option<SetSummary>> {
    let mut notes = Vec::new();
    if story.summary.is_empty() {
        return Checked { value: None, notes };
    }
    let head = &layout.heads[place.style];
    let (span, taken) = measured(block, place, head.align, &layout.grid, story, &mut notes);
    let mut paras = Vec::new();
    let mut lines = Vec::new();
    for point in story.summary.iter().filter(|point| !point.text.is_empty()) {
        let para = prepare(point, &head.summary.text, &Setting::of(story, layout), shapers).take(&mut notes);
        let pitch = head.summary.leading.at(para.size).times(i64::from(para.rows));
        let cuts = balanced(&para, span.1, &layout.composition).into_iter();
        lines.extend(cuts.map(|cut| SummaryLine { para: paras.len(), cut, pitch }));
        paras.push(para);
    }
    let row = layout.grid.row;
    let given = place.summary.rows.or(place.rows.filter(|_| place.summary.side.is_some()));
    let room = given.map(|rows| row.times(i64::from(rows)));
    let fit = held(&lines, &paras, room, &head.summary);
    let over = lines.split_off(fit);
    let deep: Len = lines.iter().map(|line| line.pitch).sum();
    let needed = match place.summary.side {
        // Its heading's white is beside it, and its own.
        Some(_) => deep,
        None => deep + row.times(i64::from(head.summary.white_rows)),
    };
    let needed = u16::try_from(needed.rows(row).1).unwrap_or(u16::MAX);
    let rows = place.summary.rows.unwrap_or(needed);
    if !over.is_empty() {
        notes.push(overset(story, &paras, &over, (lines.len(), given)));
    }
    let side = place.summary.side;
    Checked { value: Some(SetSummary { paras, lines, over, rows, span, side, taken }), notes }
}

/// How many lines a room holds, or without one the style. White that a line has over and under its type
/// need not lie inside.
fn held(lines: &[SummaryLine], paras: &[PreparedPara], room: Option<Len>, style: &SummaryStyle) -> usize {
    let Some(room) = room else { return lines.len().min(usize::from(style.lines)) };
    let white = |line: &SummaryLine| (line.pitch - paras[line.para].size).max(Len::ZERO).half();
    let head = lines.first().map_or(Len::ZERO, white);
    let feet = lines.iter().scan(-head, |foot, line| {
        *foot += line.pitch;
        Some(*foot - white(line))
    });
    feet.take_while(|foot| *foot <= room).count()
}

/// Left edge and width of a block's summary, and what it takes of its heading's width.
fn measured(
    block: &Block,
    place: &HeadPlace,
    align: Align,
    grid: &Grid,
    story: &Story,
    notes: &mut Vec<Diagnostic>,
) -> ((Len, Len), Len) {
    let (left, whole) = if place.side.is_some() { over_text(block, grid) } else { head_span(block, grid) };
    // Beside a heading, at least a half of the width is the heading's.
    let most = match place.summary.side {
        Some(_) => (whole.half() - grid.gutter).max(Len::ZERO),
        None => whole,
    };
    let wanted = place.summary.width.unwrap_or(most);
    if wanted > most {
        // No `width` that may be written is so small.
        let narrow = place.summary.side.is_some() && most < grid.em.times(SummaryPlace::LEAST_EMS);
        let (message, remedy) = if narrow {
            (
                format!("the block is too narrow for the summary of `{}` beside its heading", story.id),
                "take `side` out of `summary` of the block's `head`, so that it stands under the heading, or give the block more columns",
            )
        } else {
            (
                format!("the summary of `{}` is to be {wanted} wide, and there is {most}", story.id),
                "write a smaller `width` in `summary` of the block's `head`: beside a heading at most half of it less a gutter",
            )
        };
        notes.push(Diagnostic::unfit("summary-wide", message).at(block.typed.clone()).help(remedy));
    }
    let width = wanted.min(most).max(Len::ZERO);
    let spare = whole - width;
    match (place.summary.side, align) {
        (Some(HeadSide::Left), _) => ((left, width), width + grid.gutter),
        (Some(HeadSide::Right), _) => ((left + spare, width), width + grid.gutter),
        (None, Align::Justify | Align::Left) => ((left, width), Len::ZERO),
        (None, Align::Centre) => ((left + spare.half(), width), Len::ZERO),
        (None, Align::Right) => ((left + spare, width), Len::ZERO),
    }
}

/// Left edge and width of the text beside a vertical heading: of the columns that stand side by side from
/// its head on, without crossing the heading where it stands right of the first of several rectangles.
fn over_text(block: &Block, grid: &Grid) -> (Len, Len) {
    let right = block.head.as_ref().is_some_and(|head| head.side == Some(HeadSide::Right));
    if block.axis == Axis::Vertical || right && block.headed().len() > 1 {
        return beside_head(block, 0, grid);
    }
    let (columns, edges) = (head_columns(block), column_edges(block, grid));
    let last = usize::from(columns.end).min(edges.len()).saturating_sub(1);
    let start = edges.get(usize::from(columns.start)).copied();
    let end = edges.get(last).zip(block.columns.measures.get(last)).map(|(edge, measure)| *edge + *measure);
    start.zip(end).map_or_else(|| beside_head(block, 0, grid), |(start, end)| (start, end - start))
}

/// The finding about a summary that has more text than room.
fn overset(
    story: &Story,
    paras: &[PreparedPara],
    over: &[SummaryLine],
    (held, rows): (usize, Option<u16>),
) -> Diagnostic {
    let text = |line: &SummaryLine| count_chars(paras[line.para].text_of(line.cut.items.clone()));
    let (lines, chars): (usize, u32) = (over.len(), over.iter().map(text).sum());
    let (room, remedy) = match rows {
        Some(rows) => {
            (format!("text than its rows hold ({rows})"), "or more `rows` for it in the block's `head`")
        }
        None => {
            (format!("lines than its style allows ({held})"), "or more `lines` for it in the heading style")
        }
    };
    let mut note = Diagnostic::unfit(
        "summary-overset",
        format!("the summary of `{}` has more {room}: 超 {lines} 行 ({chars} 字)", story.id),
    )
    .help(format!("删 {chars} 字, {remedy}, or a wider place"));
    let first = over.first().map_or(0, |line| line.para);
    let point = story.summary.iter().filter(|point| !point.text.is_empty()).nth(first);
    note.at = point.and_then(|point| point.text.typed(0..point.text.text.len() as u32));
    note
}
