//! Carries out a plan: stories prepared, headings fitted, columns poured, pictures framed.

use super::ads::ads;
use super::fit::{self, HeadFit, LineCounts, LooseLine, PageFit, StoryFit};
use super::furniture;
use super::heading;
use super::set::{
    ComposedBlock, ComposedPage, LineRole, SetColumn, SetPicture, Stroke, TextLine, line_place, set_from,
    text_line,
};
use crate::color::{Ink, Tint};
use crate::diag::{Checked, Diagnostic};
use crate::flow::caption::balanced;
use crate::flow::exact::fit_exactly;
use crate::flow::headline::SetHead;
use crate::flow::rooms::{BlockRooms, block_rooms, head_strip, head_width, picture_room};
use crate::flow::thread::{Cursor, Fill, SetLine, fill};
use crate::geom::{Axis, Rect};
use crate::model::edition::Edition;
use crate::model::layout::Layout;
use crate::model::plan::{Block, PagePlan, PicturePlace, RuleRun};
use crate::model::story::{Paragraph, Role, Story, count_chars};
use crate::model::style::ParaStyle;
use crate::room::{LegIdx, LineRoom, Rooms};
use crate::text::linebreak::Ending;
use crate::text::para::PreparedStory;
use crate::text::prepare::prepare;
use crate::text::setting::Setting;
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
        let checked = compose_block(block, story, &edition.layout, shapers);
        notes.extend(checked.notes.into_iter().map(|note| note.about(&story.id)));
        let (composed, story_fit) = checked.value;
        blocks.push(composed);
        fit.stories.push(story_fit);
    }
    let (folio, folio_rules) = furniture::folio(edition, plan, shapers, &mut notes);
    let rules = [furniture::rules(plan, &edition.layout), folio_rules].concat();
    let ads = ads(plan, &edition.layout, shapers, &mut notes);
    let page = ComposedPage { id: plan.id.clone(), boxes: edition.layout.boxes(), blocks, ads, rules, folio };
    Checked { value: Composed { page, fit }, notes }
}

fn cells_of(layout: &Layout) -> u32 {
    u32::from(layout.grid.columns) * u32::from(layout.grid.body_rows())
}

/// Cells that no block, advertisement or cutoff rule holds. They do not overlap.
fn white_cells(plan: &PagePlan, cells: u32) -> u32 {
    let taken = plan.blocks.iter().map(|block| block.cells).chain(plan.ads.iter().map(|ad| ad.cells));
    let taken = taken.map(|cells| u32::from(cells.cols) * u32::from(cells.rows));
    let rules = plan.rules.iter().map(|rule| match rule.run {
        RuleRun::Across { cols, .. } => u32::from(cols),
        RuleRun::Down { .. } => 0,
    });
    cells.saturating_sub(taken.chain(rules).sum())
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
    place_overset(&mut composed, &filled, &prepared, &rooms, block.axis, layout);
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
    let mut drop_cap = block.drop_cap;
    let paras = story
        .paras
        .iter()
        .filter(|para| !para.text.is_empty())
        .map(|para| {
            let style = style_of(para, block, layout);
            let cap = if para.role == Role::Body { drop_cap.take() } else { None };
            let setting = Setting { axis: block.axis, drop_cap: cap, ..Setting::of(story, layout) };
            prepare(para, style, &setting, shapers).take(notes)
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
    let taken: Vec<Rect> =
        block.pictures.iter().map(|place| picture_room(place, block, &layout.grid)).collect();
    for pair in rooms.columns.windows(2) {
        composed.rules.extend(match block.axis {
            Axis::Horizontal => {
                let x = middle(pair[0].right(), pair[1].x, rule.thickness());
                let (top, foot) = (pair[0].y.min(pair[1].y), pair[0].bottom().max(pair[1].bottom()));
                let crossed = taken.iter().filter(|rect| rect.x <= x && x <= rect.right());
                let taken = crossed.map(|rect| (rect.y, rect.bottom())).collect();
                let run = |(from, to)| furniture::down(rule, Rect::new(x, from, rule.thickness(), to - from));
                free(taken, top, foot).into_iter().flat_map(run).collect::<Vec<_>>()
            }
            Axis::Vertical => {
                let y = middle(pair[0].bottom(), pair[1].y, rule.thickness());
                let (left, right) = (pair[0].x.min(pair[1].x), pair[0].right().max(pair[1].right()));
                let crossed = taken.iter().filter(|rect| rect.y <= y && y <= rect.bottom());
                let taken = crossed.map(|rect| (rect.x, rect.right())).collect();
                let run =
                    |(from, to)| furniture::across(rule, Rect::new(from, y, to - from, rule.thickness()));
                free(taken, left, right).into_iter().flat_map(run).collect()
            }
        });
    }
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
    let strip = head_strip(block, &layout.grid);
    let on_head = |place: &&PicturePlace| {
        let first = i32::from(block.cells.row + place.row);
        let under = if place.left < width { foot } else { rooms.head_row };
        let room = picture_room(place, block, &layout.grid);
        strip.is_some_and(|strip| strip.overlaps(room))
            || first < under && bar < first + i32::from(place.rows + place.caption_rows)
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
    composed.columns = fit::columns(filled, rooms)
        .into_iter()
        .map(|column| SetColumn { lines: Vec::new(), foot_rows: column.foot_rows })
        .collect();
    for line in &filled.lines {
        composed.columns[line.room.leg.0 as usize].lines.push(body_line(line, prepared, layout));
    }
}

/// A body line in its room.
fn body_line(line: &SetLine, prepared: &PreparedStory, layout: &Layout) -> TextLine {
    let para = &prepared.paras[line.para as usize];
    text_line(LineRole::Text, para, &line.cut, line_place(para, &line.room, layout), layout)
}

/// Rows that overset text is poured into at a time.
const OVERSET_ROWS: u32 = 512;

/// What found no room, below the last column, so that a draft shows it.
fn place_overset(
    composed: &mut ComposedBlock,
    filled: &Fill,
    prepared: &PreparedStory,
    rooms: &BlockRooms,
    axis: Axis,
    layout: &Layout,
) {
    let Some(last) = rooms.columns.last().filter(|_| !filled.end.is_end(prepared)) else { return };
    let measure = rooms.rooms.rooms.last().map_or(layout.grid.measure, |room| room.measure);
    let (inline, mut block) = match axis {
        Axis::Horizontal => (last.x, last.bottom()),
        Axis::Vertical => (last.y, -last.x),
    };
    let mut from = filled.end;
    // A few hundred rows at a time: what is left may be a book.
    while !from.is_end(prepared) {
        let mut more = Rooms::default();
        let first = LineRoom { leg: LegIdx(0), row: 0, inline, block, measure };
        more.push_leg(first, OVERSET_ROWS, 0, layout.grid.row);
        let rest = fill(prepared, from, &more, &layout.composition);
        composed.overset.extend(rest.lines.iter().map(|line| body_line(line, prepared, layout)));
        if rest.end == from {
            break;
        }
        from = rest.end;
        block += layout.grid.row.times(OVERSET_ROWS.into());
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
    let mut used = 0;
    let mut set = SetPicture { picture: place.picture, rect, lines: Vec::new() };
    for (role, para) in [(LineRole::Caption, &picture.caption), (LineRole::Credit, &picture.credit)] {
        let Some(para) = para.as_ref().filter(|para| !para.text.is_empty()) else { continue };
        let style = style_of(para, block, layout);
        let prepared = prepare(para, style, &Setting::of(story, layout), shapers).take(&mut notes);
        let cuts = balanced(&prepared, place.width, &layout.composition);
        let under = row + i32::from(place.rows) + i32::from(used);
        let first = LineRoom {
            leg: LegIdx(0),
            row: under,
            inline: rect.x,
            block: grid.y(under),
            measure: place.width,
        };
        let rows = u32::from(place.caption_rows.saturating_sub(used));
        let (lines, over) = set_from(role, &prepared, &cuts, (first, rows), layout);
        used += lines.len() as u16 * prepared.rows;
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
    let columns = fit::columns(filled, rooms);
    let placed: u32 = columns.iter().map(|column| column.rows).sum();
    let over = || composed.overset.iter().filter(|line| line.role == LineRole::Text);
    let axis = prepared.paras.first().map_or(Axis::Horizontal, |para| para.axis);
    let deep = |line: &TextLine| match axis {
        Axis::Horizontal => line.rect.height,
        Axis::Vertical => line.rect.width,
    };
    let overset: u32 = over().map(|line| deep(line).rows(layout.grid.row).0 as u32).sum();
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
        chars_placed: composed.lines().map(chars_of).sum(),
        chars_overset: over().map(chars_of).sum(),
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

/// Characters of a line, ruby included.
fn chars_of(line: &TextLine) -> u32 {
    count_chars(&line.text) + line.beside.iter().map(|run| count_chars(&run.text)).sum::<u32>()
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
