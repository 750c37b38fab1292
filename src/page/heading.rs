//! A block's heading on the page: column head, kicker, headline, deck, byline. Its summary is in `summary.rs`.

use super::furniture::{one_line, whole};
use super::set::{
    ComposedBlock, LinePlace, LineRole, Stroke, TextLine, centred_baseline, set_from, text_line,
};
use crate::diag::Diagnostic;
use crate::flow::headline::{HeadRoom, Part, SetHead, SetHeadLine, set_head};
use crate::flow::rooms::{BlockRooms, aside_strip, head_span, head_strip};
use crate::flow::summary::SetSummary;
use crate::geom::{Axis, Rect};
use crate::model::copyfit::Fitting;
use crate::model::layout::{Grid, Layout};
use crate::model::plan::{Block, HeadPlace, HeadSide};
use crate::model::story::{Story, Title};
use crate::room::{LegIdx, LineRoom};
use crate::text::measures::Measures;
use crate::text::prepare::prepare;
use crate::text::setting::Setting;
use crate::text::shape::Shapers;
use crate::text::total::first_fit;
use crate::unit::{Em, Len};

/// Fits a block's heading, if it has a place for one, into what its summary leaves.
pub(super) fn fit(
    block: &Block,
    story: &Story,
    (fitting, summary): (&Fitting, Option<&SetSummary>),
    layout: &Layout,
    shapers: &Shapers<'_>,
    notes: &mut Vec<Diagnostic>,
) -> Option<SetHead> {
    let Some(place) = &block.head else {
        // What goes on needs no heading of its own.
        if block.part > 1 {
            return None;
        }
        notes.push(
            Diagnostic::error(
                "head-none",
                format!("the block of `{}` has no place for its headline", story.id),
            )
            .at(block.typed.clone())
            .help("add `head = { style = \"…\" }` to the block"),
        );
        return None;
    };
    let grid = &layout.grid;
    let (axis, length, depth) = match head_strip(block, grid) {
        Some(strip) => (Axis::Vertical, strip.height, Some(strip.width)),
        None => {
            let rows = place.rows.map(|rows| grid.row.times(i64::from(rows)));
            (Axis::Horizontal, beside(block, summary, grid).1, rows)
        }
    };
    let style = &layout.heads[place.style];
    // The strip of a part aside reaches from the foot of the rest, and of a summary under that, to the foot
    // of the block.
    let under = summary.map_or(0, |summary| summary.rows_with(0));
    let below = aside_strip(block, grid, under).map_or(Len::ZERO, |strip| strip.height);
    let room = HeadRoom { place, style, axis, language: story.language, length, depth, below, layout };
    if block.part > 1 {
        return Some(set_head(&continued(story), &room, shapers).take(notes));
    }
    let lower = fitting.no_deck.then(|| lowered(story, &room, shapers));
    let (story, place) = lower.as_ref().map_or((story, place), |(bare, place)| (bare, place));
    let depth = place.rows.filter(|_| axis == Axis::Horizontal).map(|rows| grid.row.times(i64::from(rows)));
    let room = HeadRoom { place, depth: depth.or(room.depth), ..room };
    let planned = set_head(story, &room, shapers);
    if place.aside.is_some() && planned.value.aside.is_empty() {
        notes.push(
            Diagnostic::unfit(
                "head-strip",
                format!("`{}` has nothing to stand in the strip aside", story.id),
            )
            .at(block.typed.clone())
            .help("take `aside` out of the block's `head`, or give the story that part"),
        );
    }
    if fitting.head_rows == 0 || axis == Axis::Vertical {
        return Some(planned.take(notes));
    }
    let place = refitted(place, &planned.value, fitting);
    let depth = place.rows.map(|rows| grid.row.times(i64::from(rows)));
    let head = set_head(story, &HeadRoom { place: &place, depth, ..room }, shapers).take(notes);
    let limited = limited(&head, &planned.value, fitting, layout);
    if limited == head.size {
        return Some(head);
    }
    let place = HeadPlace { size: Some(limited), ..place };
    Some(set_head(story, &HeadRoom { place: &place, depth, ..room }, shapers).take(notes))
}

/// A story without its deck, and the place of its heading then: the headline as large as with it, and over
/// the text as many rows fewer as the deck took.
fn lowered(story: &Story, room: &HeadRoom<'_>, shapers: &Shapers<'_>) -> (Story, HeadPlace) {
    let bare = Story { deck: Title::default(), ..story.clone() };
    let whole = set_head(story, room, shapers).value;
    let place = HeadPlace { size: Some(whole.size), rows: None, ..room.place.clone() };
    if room.axis == Axis::Vertical {
        return (bare, HeadPlace { rows: room.place.rows, ..place });
    }
    let needed = |story: &Story| {
        set_head(story, &HeadRoom { place: &place, depth: None, ..*room }, shapers).value.rows
    };
    let rows = whole.rows.saturating_sub(needed(story).saturating_sub(needed(&bare))).max(1);
    (bare, HeadPlace { rows: Some(rows), ..place })
}

/// A heading's place with the rows that copyfitting gives it, and its size free if that goes along.
fn refitted(place: &HeadPlace, planned: &SetHead, fitting: &Fitting) -> HeadPlace {
    let rows = planned.rows.saturating_add_signed(fitting.head_rows).max(1);
    let size = if fitting.headline == 0 { Some(planned.size) } else { None };
    HeadPlace { rows: Some(rows), size, ..place.clone() }
}

/// The size of a heading, no further from what it was planned at than copyfitting may go.
fn limited(head: &SetHead, planned: &SetHead, fitting: &Fitting, layout: &Layout) -> Len {
    let step = |size: Len| layout.head_sizes.partition_point(|own| *own < size);
    let (own, from, most) = (step(head.size), step(planned.size), usize::from(fitting.headline));
    let nearest = own.clamp(from.saturating_sub(most), from + most);
    if nearest == own || most == 0 {
        head.size
    } else {
        layout.head_sizes[nearest.min(layout.head_sizes.len() - 1)]
    }
}

/// What stands over the rest of a story: its jump head, or its headline again.
fn continued(story: &Story) -> Story {
    let headline = if story.jump_head.text.is_empty() { &story.headline } else { &story.jump_head };
    Story {
        id: story.id.clone(),
        typed: story.typed.clone(),
        genre: story.genre.clone(),
        column_head: Title::default(),
        kicker: Title::default(),
        headline: headline.clone(),
        deck: Title::default(),
        summary: Vec::new(),
        jump_head: Title::default(),
        byline: None,
        paras: Vec::new(),
        spare: Vec::new(),
        pictures: Vec::new(),
        insets: Vec::new(),
        lexicon: story.lexicon.clone(),
        language: story.language,
    }
}

/// Left edge and width of the room for a heading over its text, which a summary beside it makes narrower.
fn beside(block: &Block, summary: Option<&SetSummary>, grid: &Grid) -> (Len, Len) {
    let (left, width) = head_span(block, grid);
    match summary.and_then(|summary| Some((summary.side?, summary.taken))) {
        Some((HeadSide::Left, taken)) => (left + taken, width - taken),
        Some((HeadSide::Right, taken)) => (left, width - taken),
        None => (left, width),
    }
}

/// Puts a fitted heading at its place, in the middle of the rows that it has with a summary beside it.
pub(super) fn place_head(
    composed: &mut ComposedBlock,
    (head, summary): (&SetHead, Option<&SetSummary>),
    block: &Block,
    rooms: &BlockRooms,
    layout: &Layout,
) {
    let grid = &layout.grid;
    let (left, width) = beside(block, summary, grid);
    let both = summary.map_or(head.rows, |summary| summary.rows_with(head.rows));
    let spare = if summary.is_some_and(|own| own.side.is_some()) { both - head.rows } else { 0 };
    let top = grid.y(rooms.head_row) + grid.row.times(i64::from(spare)).half();
    let strip = head_strip(block, grid);
    let style = block.head.as_ref().map(|place| &layout.heads[place.style]);
    if let Some(bar) = style.and_then(|style| style.bar) {
        // Half a row of white before and after it, so that the heading stands in its middle.
        let white = grid.row.half();
        let rect = match strip {
            None => {
                let height = grid.row.times(i64::from(head.rows)) - white.times(2);
                Rect::new(left, top + white, width, height)
            }
            Some(strip) => {
                let width = (strip.width - white.times(2)).max(Len::ZERO);
                Rect { x: strip.x + white, width, ..strip }
            }
        };
        composed.grounds.push(Stroke { rect, ink: bar });
    }
    for line in &head.lines {
        let place = match strip {
            None => {
                let (size, baseline) = (line.para.size, top + line.stands);
                let (along, measure) = line.along.unwrap_or((Len::ZERO, width));
                let rect = Rect::new(left + along, baseline - Em(880).at(size), measure, size);
                LinePlace { rect, baseline }
            }
            Some(strip) => upright(line, strip),
        };
        composed.heads.push(head_line(line, block.part, place, layout));
    }
    let aside = aside_strip(block, grid, both);
    composed.heads.extend(aside.into_iter().flat_map(|strip| {
        head.aside.iter().map(move |line| head_line(line, block.part, upright(line, strip), layout))
    }));
}

/// Where a line of a vertical heading stands in its strip.
fn upright(line: &SetHeadLine, strip: Rect) -> LinePlace {
    let (size, middle) = (line.para.size, strip.right() - line.stands);
    LinePlace { rect: Rect::new(middle - size.half(), strip.y, size, strip.height), baseline: middle }
}

fn head_line(line: &SetHeadLine, block_part: u16, place: LinePlace, layout: &Layout) -> TextLine {
    let role = match line.part {
        Part::Headline if block_part > 1 => LineRole::JumpHead,
        Part::Kicker => LineRole::Kicker,
        Part::Headline => LineRole::Headline,
        Part::Deck => LineRole::Deck,
    };
    text_line(role, &line.para, &line.cut, place, layout)
}

/// The bar with the column's name across the top of a block.
pub(super) fn place_column_head(
    composed: &mut ComposedBlock,
    story: &Story,
    block: &Block,
    rooms: &BlockRooms,
    layout: &Layout,
    shapers: &Shapers<'_>,
    notes: &mut Vec<Diagnostic>,
) {
    if story.column_head.text.is_empty() {
        return;
    }
    if block.column_head_rows == 0 {
        notes.push(
            Diagnostic::error(
                "column-head-none",
                format!("the block of `{}` has no rows for its column head", story.id),
            )
            .at(block.typed.clone())
            .help("add `column_head_rows = 3` to the block, or take `column_head` out of the story"),
        );
        return;
    }
    let (grid, style) = (&layout.grid, &layout.column_head);
    let rows = i64::from(block.column_head_rows);
    let top = grid.y(rooms.head_row - i32::from(block.column_head_rows));
    // Under the bar, white keeps it off what follows. In a frame the bar lies flush on three sides.
    let foot = top + grid.row.times(rows);
    let bar = match &block.boxed {
        Some(boxed) => {
            let headed = &rooms.areas[..block.headed().len()];
            let (frame, right) = (headed[0], headed[headed.len() - 1].right());
            let head = frame.y - boxed.reach;
            Rect::new(frame.x, head, right - frame.x, foot - grid.row - head)
        }
        None => {
            let (left, width) = head_span(block, grid);
            Rect::new(left, top, width, foot - grid.row.half() - top)
        }
    };
    composed.grounds.push(Stroke { rect: bar, ink: style.bar });
    let inset = style.inset.at(style.body.size);
    let rect = Rect::new(bar.x + inset, bar.y, bar.width - inset.times(2), bar.height);
    let para = one_line(&story.column_head.text, &style.body, style.align, layout, shapers, notes);
    let wide = whole(&para, rect.width).natural;
    if wide > rect.width || style.body.size > rect.height {
        let mut note = Diagnostic::unfit(
            "head-wide",
            format!(
                "the column head of `{}` is {wide} by {}, and its bar holds {} by {}",
                story.id, style.body.size, rect.width, rect.height
            ),
        )
        .help("give it more `column_head_rows` or a wider block, or shorten it");
        note.at = story.column_head.text.typed(0..story.column_head.text.text.len() as u32);
        notes.push(note);
    }
    let place = LinePlace { rect, baseline: centred_baseline(rect, style.body.size) };
    composed.heads.push(text_line(LineRole::ColumnHead, &para, &whole(&para, rect.width), place, layout));
}

/// The author's line over the first column.
pub(super) fn place_byline(
    composed: &mut ComposedBlock,
    story: &Story,
    block: &Block,
    rooms: &BlockRooms,
    layout: &Layout,
    shapers: &Shapers<'_>,
    notes: &mut Vec<Diagnostic>,
) {
    let Some(byline) = story.byline.as_ref() else { return };
    let Some(style) = layout.style("byline") else { return };
    let setting = Setting { axis: block.axis, ..Setting::of(story, layout) };
    let para = prepare(byline, style, &setting, shapers).take(notes);
    // Without room for it, it starts where the text does, for a draft to show.
    let first = rooms.byline.first().or(rooms.rooms.rooms.first()).copied();
    let first = first.unwrap_or_else(|| corner(block, rooms));
    let measure = first.measure;
    let cuts = first_fit(&para, 0, &Measures::all(measure), usize::MAX);
    let place = (first, rooms.byline.len() as u32);
    let (lines, over) = set_from(LineRole::Byline, &para, &cuts, place, layout);
    composed.heads.extend(lines);
    if !over.is_empty() {
        let mut note = Diagnostic::unfit(
            "byline-overset",
            format!("the byline of `{}` does not fit {} rows of {measure}", story.id, block.byline_rows),
        )
        .help("give the block more `byline_rows`, or shorten the byline");
        note.at = byline.text.typed(0..byline.text.text.len() as u32);
        notes.push(note);
    }
    composed.overset.extend(over);
}

/// Where lines would begin in a block without any room for them.
fn corner(block: &Block, rooms: &BlockRooms) -> LineRoom {
    let Rect { x, y, .. } = rooms.rect;
    let (inline, across) = match block.axis {
        Axis::Horizontal => (x, y),
        Axis::Vertical => (y, -rooms.rect.right()),
    };
    LineRoom {
        leg: LegIdx(0),
        row: 0,
        inline,
        block: across,
        measure: block.columns.measures.first().copied().unwrap_or(rooms.rect.width),
    }
}

/// Rows that a block's heading takes over its text.
pub(super) fn rows(head: Option<&SetHead>) -> u16 {
    head.filter(|head| head.axis == Axis::Horizontal).map_or(0, |head| head.rows)
}
