//! Carries out a plan: stories prepared, headings fitted, columns poured, pictures framed.

use super::fit::{self, HeadFit, LineCounts, LooseLine, PageFit, StoryFit};
use super::furniture;
use super::heading;
use super::set::{
    ComposedBlock, ComposedPage, LinePlace, LineRole, SetColumn, SetPicture, Stroke, TextLine, down_rows,
    text_line,
};
use crate::color::{Ink, Tint};
use crate::diag::{Checked, Diagnostic};
use crate::flow::exact::fit_exactly;
use crate::flow::headline::SetHead;
use crate::flow::rooms::{BlockRooms, block_rooms, head_width};
use crate::flow::thread::{Cursor, Fill, SetLine, fill};
use crate::geom::Rect;
use crate::model::edition::Edition;
use crate::model::layout::Layout;
use crate::model::plan::{Block, PagePlan, PicturePlace, RuleRun};
use crate::model::story::{Paragraph, Role, Story, count_chars};
use crate::model::style::ParaStyle;
use crate::room::{LegIdx, LineRoom, Rooms};
use crate::text::linebreak::Ending;
use crate::text::prepare::{PreparedStory, Setting, prepare};
use crate::text::shape::Shapers;
use crate::unit::Len;

/// A composed page and how its stories fit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Composed {
    /// The page.
    pub page: ComposedPage,
    /// The fit.
    pub fit: PageFit,
}

/// Composes a page.
pub fn compose(edition: &Edition, plan: &PagePlan, shapers: &Shapers<'_>) -> Checked<Composed> {
    let mut notes = Vec::new();
    let mut blocks = Vec::new();
    let mut fit = PageFit { cells: cells_of(&edition.layout), ..PageFit::default() };
    fit.white_cells = white_cells(plan, fit.cells);
    for block in &plan.blocks {
        let story = &edition.stories[block.story.0 as usize];
        let (composed, story_fit) = compose_block(block, story, &edition.layout, shapers).take(&mut notes);
        blocks.push(composed);
        fit.stories.push(story_fit);
    }
    let (folio, folio_rules) = furniture::folio(edition, plan, shapers, &mut notes);
    let rules = [furniture::rules(plan, &edition.layout), folio_rules].concat();
    let page = ComposedPage { id: plan.id.clone(), boxes: edition.layout.boxes(), blocks, rules, folio };
    Checked { value: Composed { page, fit }, notes }
}

fn cells_of(layout: &Layout) -> u32 {
    u32::from(layout.grid.columns) * u32::from(layout.grid.body_rows())
}

/// Cells that neither a block nor a cutoff rule holds. Blocks do not overlap.
fn white_cells(plan: &PagePlan, cells: u32) -> u32 {
    let blocks = plan.blocks.iter().map(|block| u32::from(block.cells.cols) * u32::from(block.cells.rows));
    let rules = plan.rules.iter().map(|rule| match rule.run {
        RuleRun::Across { cols, .. } => u32::from(cols),
        RuleRun::Down { .. } => 0,
    });
    cells.saturating_sub(blocks.chain(rules).sum())
}

fn compose_block(
    block: &Block,
    story: &Story,
    layout: &Layout,
    shapers: &Shapers<'_>,
) -> Checked<(ComposedBlock, StoryFit)> {
    let mut notes = Vec::new();
    let head = heading::fit(block, story, layout, shapers, &mut notes);
    let rooms = block_rooms(block, &layout.grid, heading::rows(head.as_ref()));
    let prepared = prepare_story(block, story, layout, shapers, &mut notes);
    let usual = fill(&prepared, Cursor::default(), &rooms.rooms, &layout.composition);
    let fitted = fit_exactly(&prepared, &rooms.rooms, &layout.composition, &usual);
    let moved = fitted.as_ref().map_or((0, 0), |fitted| (fitted.taken_in, fitted.driven_out));
    let filled = fitted.map_or(usual, |fitted| fitted.fill);
    let mut composed = ComposedBlock {
        story: block.story,
        rect: rooms.rect,
        bounds: block.boxed.as_ref().map_or(rooms.rect, |boxed| heading::framed(rooms.rect, boxed)),
        grounds: Vec::new(),
        rules: Vec::new(),
        heads: Vec::new(),
        columns: Vec::new(),
        pictures: Vec::new(),
        overset: Vec::new(),
    };
    place_frame(&mut composed, block, &rooms, layout);
    heading::place_column_head(&mut composed, story, block, &rooms, layout, shapers, &mut notes);
    if let Some(head) = &head {
        heading::place_head(&mut composed, head, block, &rooms, layout);
    }
    heading::place_byline(&mut composed, story, block, &rooms, layout, shapers, &mut notes);
    place_columns(&mut composed, &filled, &prepared, &rooms.rooms, layout);
    place_overset(&mut composed, &filled, &prepared, &rooms, layout);
    notes.extend(pictures_on_heads(block, story, &rooms, head.as_ref(), layout));
    for place in &block.pictures {
        let (picture, over) = set_picture(place, block, story, &rooms, layout, shapers).take(&mut notes);
        composed.overset.extend(over);
        if let Some(keyline) = layout.picture_keyline {
            composed.rules.extend(furniture::frame(&layout.rules[keyline], picture.rect));
        }
        composed.pictures.push(picture);
    }
    let mut fit = story_fit(story, &composed, &filled, &prepared, &rooms.rooms, head.as_ref(), layout);
    (fit.lines.taken_in, fit.lines.driven_out) = moved;
    notes.extend(fit_notes(block, &fit, layout));
    Checked { value: (composed, fit), notes }
}

/// The story's paragraphs, each in the style of its role.
fn prepare_story(
    block: &Block,
    story: &Story,
    layout: &Layout,
    shapers: &Shapers<'_>,
    notes: &mut Vec<Diagnostic>,
) -> PreparedStory {
    let paras = story
        .paras
        .iter()
        .filter(|para| !para.text.is_empty())
        .map(|para| {
            let style = style_of(para, block, layout);
            prepare(para, style, &Setting::of(story, layout), shapers).take(notes)
        })
        .collect();
    PreparedStory { paras }
}

fn style_of<'l>(para: &Paragraph, block: &Block, layout: &'l Layout) -> &'l ParaStyle {
    let body = &layout.styles[block.style].1;
    let named = match para.role {
        Role::Body => None,
        Role::Subhead => layout.style("subhead"),
        Role::Byline => layout.style("byline"),
        Role::SourceLine => layout.style("source_line"),
        Role::Caption => layout.style("caption"),
        Role::Credit => layout.style("credit"),
    };
    named.unwrap_or(body)
}

/// Frame, tint, and the rules between columns.
fn place_frame(composed: &mut ComposedBlock, block: &Block, rooms: &BlockRooms, layout: &Layout) {
    if let Some(boxed) = &block.boxed {
        let rect = heading::framed(rooms.rect, boxed);
        if boxed.tint > 0 {
            composed.grounds.push(Stroke { rect, ink: Ink::Black(Tint(boxed.tint)) });
        }
        composed.rules.extend(furniture::frame(&layout.rules[boxed.rule], rect));
    }
    let Some(rule) = block.columns.rule else { return };
    let rule = &layout.rules[rule];
    for pair in rooms.columns.windows(2) {
        let gutter = pair[0].x + block.columns.measure;
        let x = gutter + (pair[1].x - gutter - rule.thickness()).half();
        let top = pair[0].row.min(pair[1].row);
        let foot = (pair[0].row + i32::from(pair[0].rows)).max(pair[1].row + i32::from(pair[1].rows));
        for (top, foot) in free_of_pictures(block, rooms, x, top, foot) {
            let (y, bottom) = (layout.grid.y(top), layout.grid.y(foot));
            composed.rules.extend(furniture::down(rule, Rect::new(x, y, rule.thickness(), bottom - y)));
        }
    }
}

/// Stretches of the rows `top..foot` at `x` on which no picture or its caption stands.
fn free_of_pictures(block: &Block, rooms: &BlockRooms, x: Len, top: i32, foot: i32) -> Vec<(i32, i32)> {
    let across = |picture: &&PicturePlace| {
        let left = rooms.inner.0 + picture.left;
        left <= x && x <= left + picture.width
    };
    let mut taken: Vec<(i32, i32)> = block
        .pictures
        .iter()
        .filter(across)
        .map(|picture| {
            let first = i32::from(block.cells.row + picture.row);
            (first, first + i32::from(picture.rows + picture.caption_rows))
        })
        .collect();
    taken.sort_unstable();
    let mut free = Vec::new();
    let mut next = top;
    for (first, last) in taken {
        free.push((next, first.min(foot)));
        next = next.max(last);
    }
    free.push((next, foot));
    free.retain(|(first, last)| first < last);
    free
}

/// Pictures that lie on a heading or on its column head.
fn pictures_on_heads(
    block: &Block,
    story: &Story,
    rooms: &BlockRooms,
    head: Option<&SetHead>,
    layout: &Layout,
) -> Vec<Diagnostic> {
    let over = block.head.as_ref().and_then(|place| place.over).unwrap_or(block.columns.count);
    let width = head_width(block, &layout.grid, over);
    let bar = rooms.head_row - i32::from(block.column_head_rows);
    let foot = rooms.head_row + i32::from(heading::rows(head));
    let on_head = |place: &&PicturePlace| {
        let first = i32::from(block.cells.row + place.row);
        let under = if place.left < width { foot } else { rooms.head_row };
        first < under && bar < first + i32::from(place.rows + place.caption_rows)
    };
    let note = |place: &PicturePlace| {
        let id = &story.pictures[place.picture].id;
        Diagnostic::unfit(
            "picture-on-head",
            format!("the picture `{id}` lies on the heading of `{}`", story.id),
        )
        .at(block.typed.clone())
        .help(format!("the first row under the heading is {}", foot - i32::from(block.cells.row) + 1))
    };
    block.pictures.iter().filter(on_head).map(note).collect()
}

fn place_columns(
    composed: &mut ComposedBlock,
    filled: &Fill,
    prepared: &PreparedStory,
    rooms: &Rooms,
    layout: &Layout,
) {
    composed.columns = fit::columns(filled, rooms, prepared)
        .into_iter()
        .map(|column| SetColumn { lines: Vec::new(), foot_rows: column.foot_rows })
        .collect();
    for line in &filled.lines {
        composed.columns[line.room.leg.0 as usize].lines.push(body_line(line, prepared, layout));
    }
}

/// A body line on its row's baseline; a line of several rows stands in their middle.
fn body_line(line: &SetLine, prepared: &PreparedStory, layout: &Layout) -> TextLine {
    let para = &prepared.paras[line.para as usize];
    let grid = &layout.grid;
    let extra = grid.row.times(i64::from(para.rows) - 1);
    let rect = Rect::new(line.room.inline, line.room.block, line.room.measure, grid.row + extra);
    let baseline = line.room.block + extra.half() + grid.baseline;
    text_line(LineRole::Text, para, &line.cut, LinePlace { rect, baseline }, layout)
}

/// Rows that overset text is poured into at a time.
const OVERSET_ROWS: u32 = 512;

/// What found no room, below the last column, so that a draft shows it.
fn place_overset(
    composed: &mut ComposedBlock,
    filled: &Fill,
    prepared: &PreparedStory,
    rooms: &BlockRooms,
    layout: &Layout,
) {
    let Some(last) = rooms.columns.last().filter(|_| !filled.end.is_end(prepared)) else { return };
    let measure = rooms.rooms.rooms.last().map_or(layout.grid.measure, |room| room.measure);
    let mut row = last.row + i32::from(last.rows);
    let mut from = filled.end;
    // A few hundred rows at a time: what is left may be a book.
    while !from.is_end(prepared) {
        let mut more = Rooms::default();
        let first = LineRoom { leg: LegIdx(0), row, inline: last.x, block: layout.grid.y(row), measure };
        more.push_leg(first, OVERSET_ROWS, 0, layout.grid.row);
        let rest = fill(prepared, from, &more, &layout.composition);
        composed.overset.extend(rest.lines.iter().map(|line| body_line(line, prepared, layout)));
        if rest.end == from {
            break;
        }
        (from, row) = (rest.end, row + OVERSET_ROWS as i32);
    }
}

/// A picture with caption and credit on the rows under it, and the lines that found no row there.
fn set_picture(
    place: &PicturePlace,
    block: &Block,
    story: &Story,
    rooms: &BlockRooms,
    layout: &Layout,
    shapers: &Shapers<'_>,
) -> Checked<(SetPicture, Vec<TextLine>)> {
    let (mut notes, mut overset) = (Vec::new(), Vec::new());
    let grid = &layout.grid;
    let picture = &story.pictures[place.picture];
    let row = i32::from(block.cells.row + place.row);
    // A picture ends a little above its row, so that the words under it keep off its edge.
    let white = if place.caption_rows > 0 { layout.picture_white } else { Len::ZERO };
    let height = grid.row.times(i64::from(place.rows)) - white;
    let rect = Rect::new(rooms.inner.0 + place.left, grid.y(row), place.width, height);
    let mut set = SetPicture { picture: place.picture, rect, lines: Vec::new() };
    for (role, para) in [(LineRole::Caption, &picture.caption), (LineRole::Credit, &picture.credit)] {
        let Some(para) = para.as_ref().filter(|para| !para.text.is_empty()) else { continue };
        let style = style_of(para, block, layout);
        let prepared = prepare(para, style, &Setting::of(story, layout), shapers).take(&mut notes);
        let used = set.lines.len() as u16;
        let rows = (row + i32::from(place.rows + used), place.caption_rows.saturating_sub(used));
        let (lines, over) = down_rows(role, &prepared, (rect.x, place.width), rows, layout);
        set.lines.extend(lines);
        if !over.is_empty() {
            let left: u32 = over.iter().map(|line| count_chars(&line.text)).sum();
            let mut note = Diagnostic::unfit(
                "caption-overset",
                format!(
                    "the words under `{}` do not fit {} rows: 超 {left} 字",
                    picture.id, place.caption_rows
                ),
            )
            .help("give the picture more `caption_rows`, or shorten its caption or credit");
            note.at = para.text.typed(0..para.text.text.len() as u32);
            notes.push(note);
        }
        overset.extend(over);
    }
    Checked { value: (set, overset), notes }
}

fn story_fit(
    story: &Story,
    composed: &ComposedBlock,
    filled: &Fill,
    prepared: &PreparedStory,
    rooms: &Rooms,
    head: Option<&SetHead>,
    layout: &Layout,
) -> StoryFit {
    let columns = fit::columns(filled, rooms, prepared);
    let placed: u32 = columns.iter().map(|column| column.rows).sum();
    let over = || composed.overset.iter().filter(|line| line.role == LineRole::Text);
    let overset: u32 = over().map(|line| (line.rect.height.rows(layout.grid.row).0) as u32).sum();
    let capacity: u32 = rooms.legs.iter().map(|leg| leg.count).sum();
    let underset = if overset > 0 { 0 } else { columns.iter().map(|column| column.foot_rows).sum() };
    let per_row = rooms.rooms.first().map_or(0, |room| room.measure.rows(layout.grid.em).0 as u32);
    let body = || composed.columns.iter().flat_map(|column| &column.lines);
    let rules = &layout.composition;
    let forced: Vec<_> = filled.lines.iter().map(|line| line.cut.ending == Ending::Forced).collect();
    StoryFit {
        id: story.id.clone(),
        lines: LineCounts { need: placed + overset, capacity, overset, underset, ..LineCounts::default() },
        chars_input: story.chars(),
        chars_placed: composed.lines().map(|line| count_chars(&line.text)).sum(),
        chars_overset: over().map(|line| count_chars(&line.text)).sum(),
        chars_underset: underset * per_row,
        head: head.map(|head| HeadFit { size: head.size, lines: head.headline_lines, fill: head.fill }),
        columns,
        breaks: fit::breaks(filled, prepared, body().map(|line| line.stretched)),
        loose: body()
            .filter(|line| line.stretched > rules.stretch.loose.0)
            .map(|line| LooseLine { text: line.text.clone(), gap: line.stretched })
            .collect(),
        too_loose: forced.contains(&true) || body().any(|line| line.stretched > rules.stretch.loosest.0),
    }
}

/// What a desk hears about a story's fit.
fn fit_notes(block: &Block, fit: &StoryFit, layout: &Layout) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    let at = |note: Diagnostic| note.at(block.typed.clone());
    if let Some(remedy) = fit.remedy() {
        let note = if fit.lines.overset > 0 {
            Diagnostic::unfit("overset", format!("`{}` has more text than room", fit.id))
        } else {
            Diagnostic::unfit("underset", format!("`{}` leaves room empty", fit.id))
        };
        notes.push(at(note.help(remedy)));
    }
    if fit.too_loose {
        let note = Diagnostic::unfit(
            "line-broken",
            format!("a line of `{}` cannot be set within the rules", fit.id),
        );
        notes.push(at(note.help("a wider measure, or a break in a word that is longer than the line")));
    }
    for line in &fit.loose {
        let note = Diagnostic::warning(
            "line-loose",
            format!("a line of `{}` is opened to {} em a gap: {}", fit.id, Thousandths(line.gap), line.text),
        );
        notes.push(at(note.help("a word more or less in the paragraph mends it")));
    }
    if let Some(head) = &fit.head {
        let (least, most) = layout.head_fill;
        if !(least..=most).contains(&head.fill) {
            notes.push(at(Diagnostic::warning(
                "head-fill",
                format!(
                    "the headline of `{}` fills {}.{} % of its width",
                    fit.id,
                    head.fill / 10,
                    head.fill % 10
                ),
            )
            .help(format!(
                "{} to {} % looks right: change its `size`, its breaks or its block",
                least / 10,
                most / 10
            ))));
        }
    }
    notes
}

/// A count of thousandths, shown as a decimal.
struct Thousandths(i32);

impl std::fmt::Display for Thousandths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{:03}", self.0 / 1000, self.0 % 1000)
    }
}
