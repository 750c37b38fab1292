//! A story over all its blocks: poured once through their rooms, then put into each of them.

use std::ops::Range;

use super::fit::{self, StoryFit, SummaryFit, story_fit};
use super::frames::place_frame;
use super::heading;
use super::inset::place_insets;
use super::jump_line;
use super::pictures::{pictures_on_heads, set_picture};
use super::rules;
use super::set::{ComposedBlock, LineRole, SetColumn, TextLine, line_place, text_line};
use super::summary::{self, place_summary};
use super::told::fit_notes;
use crate::diag::{Checked, Diagnostic};
use crate::flow::balance::pour_level;
use crate::flow::headline::SetHead;
use crate::flow::rooms::{BlockRooms, block_rooms};
use crate::flow::summary::SetSummary;
use crate::flow::thread::{Fill, SetLine, fill};
use crate::geom::{Axis, Rect};
use crate::model::copyfit::Fitting;
use crate::model::edges::framed;
use crate::model::layout::Layout;
use crate::model::plan::{Balance, Block, PagePlan};
use crate::model::story::{Paragraph, Role, Story};
use crate::model::style::ParaStyle;
use crate::room::{LegIdx, LineRoom, Rooms};
use crate::text::para::{PreparedPara, PreparedStory};
use crate::text::prepare::prepare;
use crate::text::setting::Setting;
use crate::text::shape::Shapers;
use crate::unit::Len;

/// A block of a story and what it has to do with other pages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'a> {
    /// The page it stands on.
    pub page: &'a PagePlan,
    /// That page's layout.
    pub layout: &'a Layout,
    /// The block.
    pub block: &'a Block,
    /// The page that its text goes on on, and its number there, if a line says so.
    pub to: Option<(&'a PagePlan, u16)>,
    /// The page that its text comes from, and its number there, if a line says so.
    pub from: Option<(&'a PagePlan, u16)>,
}

/// A story, composed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct SetStory {
    /// Its blocks, by their parts.
    pub parts: Vec<ComposedBlock>,
    /// How it fits.
    pub fit: StoryFit,
}

/// A part measured out.
struct Measured<'a> {
    part: Part<'a>,
    head: Option<SetHead>,
    summary: Option<SetSummary>,
    /// Rows that both take over the text.
    head_rows: u16,
    rooms: BlockRooms,
    /// Its legs in the thread.
    legs: Range<usize>,
    /// The lines that lead to other pages, in the rooms taken for them.
    jumps: Vec<TextLine>,
}

/// Composes a story over its parts, of which there is at least one, as the steps of copyfitting have it.
pub(super) fn compose_story(
    parts: &[Part<'_>],
    story: &Story,
    fitting: &Fitting,
    shapers: &Shapers<'_>,
) -> Checked<SetStory> {
    let mut notes = Vec::new();
    let mut thread = Rooms::default();
    let measured: Vec<Measured<'_>> = parts
        .iter()
        .map(|part| measure_out(*part, story, fitting, &mut thread, shapers, &mut notes))
        .collect();
    let (layout, block) = (parts[0].layout, parts[0].block);
    let prepared = prepare_story(block, story, fitting, layout, shapers, &mut notes);
    notes.extend(cap_note(block, &thread, &prepared));
    let breaks: Vec<usize> = measured
        .iter()
        .filter(|own| own.part.to.is_some() && !own.legs.is_empty())
        .map(|own| own.legs.end - 1)
        .collect();
    let last = measured.last().filter(|own| own.part.block.columns.balance == Balance::Level);
    let level = last.map_or(0..0, |own| own.legs.clone());
    let poured = pour_level(&prepared, &thread, (&breaks, level), &layout.composition, fitting.lines);
    let lines = fit::columns(&poured.fill, &poured.rooms);
    let mut composed: Vec<ComposedBlock> = measured
        .iter()
        .map(|own| put(own, story, &poured.fill, &prepared, &lines, shapers, &mut notes))
        .collect();
    place_overset(&mut composed, &poured.fill, &prepared, &measured);
    let pages: Vec<&str> =
        measured.iter().flat_map(|own| own.legs.clone().map(|_| own.part.page.id.as_str())).collect();
    let mut fit =
        story_fit(story, &composed, &poured, &prepared, (&pages, measured[0].head.as_ref()), layout);
    fit.summary = measured[0].summary.as_ref().map(|summary| SummaryFit {
        lines: summary.lines.len() as u32,
        overset: summary.over.len() as u32,
        rows: summary.rows,
    });
    fit.jump = jump_line::jump_fit(parts, &fit.columns, poured.worst);
    fit.dropped.extend(jump_line::spare_head(parts, story));
    notes.extend(fit_notes(parts, &fit));
    Checked { value: SetStory { parts: composed, fit }, notes }
}

/// Fits a part's heading and adds its rooms to the thread, those taken out that jump lines stand in.
fn measure_out<'a>(
    part: Part<'a>,
    story: &Story,
    fitting: &Fitting,
    thread: &mut Rooms,
    shapers: &Shapers<'_>,
    notes: &mut Vec<Diagnostic>,
) -> Measured<'a> {
    let Part { layout, block, .. } = part;
    let summary = summary::fit(block, story, fitting, layout, shapers, notes);
    let head = heading::fit(block, story, (fitting, summary.as_ref()), layout, shapers, notes);
    let head_rows = heading::rows(head.as_ref());
    let head_rows = summary.as_ref().map_or(head_rows, |summary| summary.rows_with(head_rows));
    let mut rooms = block_rooms(block, &layout.grid, head_rows);
    let jumps = jump_line::reserve(&part, &mut rooms.rooms, story, shapers, notes);
    let first = thread.legs.len();
    thread.append(rooms.rooms.clone());
    Measured { part, head, summary, head_rows, rooms, legs: first..thread.legs.len(), jumps }
}

/// Puts what stands in a part at its place.
fn put(
    own: &Measured<'_>,
    story: &Story,
    filled: &Fill,
    prepared: &PreparedStory,
    legs: &[fit::ColumnRows],
    shapers: &Shapers<'_>,
    notes: &mut Vec<Diagnostic>,
) -> ComposedBlock {
    let Measured { part: Part { block, layout, .. }, head, summary, rooms, .. } = own;
    let bounds = match &block.boxed {
        Some(boxed) => framed(&block.areas, boxed.reach, &layout.grid),
        None => rooms.areas.iter().map(|area| to_gutters(*area, rooms.rect, layout)).collect(),
    };
    let mut composed = ComposedBlock {
        story: block.story,
        part: block.part,
        rect: rooms.rect,
        areas: rooms.areas.clone(),
        bounds,
        grounds: Vec::new(),
        rules: Vec::new(),
        heads: Vec::new(),
        columns: Vec::new(),
        pictures: Vec::new(),
        insets: Vec::new(),
        jumps: own.jumps.clone(),
        overset: Vec::new(),
    };
    place_frame(&mut composed, block, rooms, layout);
    if block.part == 1 {
        heading::place_column_head(&mut composed, story, block, rooms, layout, shapers, notes);
    }
    if let Some(head) = head {
        heading::place_head(&mut composed, (head, summary.as_ref()), block, rooms, layout);
    }
    if let Some(summary) = summary {
        place_summary(&mut composed, summary, heading::rows(head.as_ref()), rooms, layout);
    }
    if block.part == 1 {
        heading::place_byline(&mut composed, story, block, rooms, layout, shapers, notes);
    }
    composed.columns = legs[own.legs.clone()]
        .iter()
        .map(|leg| SetColumn { lines: Vec::new(), foot_rows: leg.foot_rows })
        .collect();
    for line in &filled.lines {
        let leg = line.room.leg.0 as usize;
        if own.legs.contains(&leg) {
            composed.columns[leg - own.legs.start].lines.push(body_line(line, prepared, layout));
        }
    }
    notes.extend(pictures_on_heads(block, story, rooms, own.head_rows, layout));
    for place in &block.pictures {
        let (picture, over) = set_picture(place, block, story, rooms, layout, shapers).take(notes);
        composed.overset.extend(over);
        if let Some(keyline) = layout.picture_keyline.filter(|_| picture.shape.is_none()) {
            composed.rules.extend(rules::frame(&layout.rules[keyline], picture.rect));
        }
        composed.pictures.push(picture);
    }
    place_insets(&mut composed, block, story, layout, shapers, notes);
    composed
}

/// One of a block's rectangles to the middle of the gutters inside the block's bounds.
fn to_gutters(area: Rect, bounds: Rect, layout: &Layout) -> Rect {
    let half = layout.grid.gutter.half();
    let (left, right) = ((area.x - half).max(bounds.x), (area.right() + half).min(bounds.right()));
    Rect { x: left, width: right - left, ..area }
}

/// The story's paragraphs, each in the style of its role.
fn prepare_story(
    block: &Block,
    story: &Story,
    fitting: &Fitting,
    layout: &Layout,
    shapers: &Shapers<'_>,
    notes: &mut Vec<Diagnostic>,
) -> PreparedStory {
    let mut drop_cap = block.drop_cap;
    let paras = story
        .paras
        .iter()
        .filter(|para| !para.text.is_empty())
        .map(|para| {
            let style = fitted(style_of(para, block, layout), para.role, fitting, layout.grid.row);
            let cap = if para.role == Role::Body { drop_cap.take() } else { None };
            let setting = Setting { axis: block.axis, drop_cap: cap, ..Setting::of(story, layout) };
            prepare(para, &style, &setting, shapers).take(notes)
        })
        .collect();
    PreparedStory { paras }
}

/// Tells of a drop cap that is too wide for every room.
fn cap_note(block: &Block, rooms: &Rooms, prepared: &PreparedStory) -> Option<Diagnostic> {
    let widest = rooms.rooms.iter().map(|room| room.measure).reduce(Len::max)?;
    let cap = prepared.paras.iter().find(|para| para.cap.is_some())?;
    (cap.least_measure() > widest).then(|| {
        let message = format!("the drop cap leaves nothing beside it of columns of {widest}");
        Diagnostic::unfit("drop-cap-wide", message)
            .at(block.typed.clone())
            .help("take `drop_cap` out of the block, or give it fewer lines or wider columns")
    })
}

/// A style with what copyfitting makes of it, `row` being the pitch of the lines. White that its type
/// needs is not taken away.
fn fitted(style: &ParaStyle, role: Role, fitting: &Fitting, row: Len) -> ParaStyle {
    let white = if role == Role::Subhead { fitting.white } else { 0 };
    let least = u16::try_from(style.body.size.rows(row).1).unwrap_or(style.rows).clamp(1, style.rows.max(1));
    let rows = style.rows.saturating_add_signed(white).max(least);
    ParaStyle { tracking: style.tracking + fitting.tracking, rows, ..style.clone() }
}

/// The style of a paragraph of a block, by its role.
pub(super) fn style_of<'l>(para: &Paragraph, block: &Block, layout: &'l Layout) -> &'l ParaStyle {
    let body = &layout.styles[block.style].1;
    let named = match para.role {
        Role::Body | Role::Inset | Role::Summary => None,
        Role::Subhead => layout.style("subhead"),
        Role::Byline => layout.style("byline"),
        Role::SourceLine => layout.style("source_line"),
        Role::Caption => layout.style("caption"),
        Role::Credit => layout.style("credit"),
    };
    named.unwrap_or(body)
}

/// A body line in its room.
fn body_line(line: &SetLine, prepared: &PreparedStory, layout: &Layout) -> TextLine {
    let para = &prepared.paras[line.para as usize];
    text_line(LineRole::Text, para, &line.cut, line_place(para, &line.room, layout), layout)
}

/// Rows that overset text is poured into at a time.
const OVERSET_ROWS: u32 = 512;

/// What found no room, below the last column of the last part, so that a draft shows it.
fn place_overset(
    composed: &mut [ComposedBlock],
    filled: &Fill,
    prepared: &PreparedStory,
    measured: &[Measured<'_>],
) {
    let (Some(composed), Some(own)) = (composed.last_mut(), measured.last()) else { return };
    let Part { layout, block, .. } = own.part;
    let Some(last) = own.rooms.columns.last().filter(|_| !filled.end.is_end(prepared)) else { return };
    // Wide enough for a drop cap that found no room.
    let least = prepared.paras.iter().map(PreparedPara::least_measure).fold(Len::ZERO, Len::max);
    let measure = own.rooms.rooms.rooms.last().map_or(layout.grid.measure, |room| room.measure).max(least);
    let (inline, mut place) = match block.axis {
        Axis::Horizontal => (last.x, last.bottom()),
        Axis::Vertical => (last.y, -last.x),
    };
    let mut from = filled.end;
    // A few hundred rows at a time: what is left may be a book.
    while !from.is_end(prepared) {
        let mut more = Rooms::default();
        let first = LineRoom { leg: LegIdx(0), row: 0, inline, block: place, measure };
        more.push_leg(first, OVERSET_ROWS, 0, layout.grid.row);
        let rest = fill(prepared, from, &more, &layout.composition);
        composed.overset.extend(rest.lines.iter().map(|line| body_line(line, prepared, layout)));
        if rest.end == from {
            break;
        }
        from = rest.end;
        place += layout.grid.row.times(OVERSET_ROWS.into());
    }
}
