//! A block's pictures with the words under them.

use super::set::{LineRole, SetPicture, TextLine, set_from};
use super::story::style_of;
use crate::diag::{Checked, Diagnostic};
use crate::flow::caption::balanced;
use crate::flow::rooms::{BlockRooms, aside_strip, head_span, head_strip, picture_room};
use crate::flow::wrap::shown;
use crate::geom::Rect;
use crate::model::layout::Layout;
use crate::model::plan::{Block, PicturePlace};
use crate::model::story::{Story, count_chars};
use crate::room::{LegIdx, LineRoom};
use crate::text::prepare::prepare;
use crate::text::setting::Setting;
use crate::text::shape::Shapers;
use crate::unit::Len;

/// A picture with caption and credit on the rows under it, and the lines that found no row there.
pub(super) fn set_picture(
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
    let shape = shown(place, block, grid);
    let (width, height) = picture_size(place, layout);
    let rect = Rect::new(rooms.inner.0 + place.left, grid.y(row), width, height);
    let mut used = 0;
    let mut set = SetPicture { picture: place.picture, rect, shape, lines: Vec::new() };
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

/// Width and height of what is printed of a picture.
pub(super) fn picture_size(place: &PicturePlace, layout: &Layout) -> (Len, Len) {
    // A picture ends a little above its row, so that the words under it keep off its edge. A shape of its
    // own keeps off them.
    let ends_above = place.caption_rows > 0 && place.shape.is_empty();
    let white = if ends_above { layout.picture_white } else { Len::ZERO };
    (place.width, layout.grid.row.times(i64::from(place.rows)) - white)
}

/// Pictures that lie on a heading or on its column head.
pub(super) fn pictures_on_heads(
    block: &Block,
    story: &Story,
    rooms: &BlockRooms,
    head_rows: u16,
    layout: &Layout,
) -> Vec<Diagnostic> {
    let (left, width) = head_span(block, &layout.grid);
    let (left, right) = (left - rooms.inner.0, left + width - rooms.inner.0);
    let bar = rooms.head_row - i32::from(block.column_head_rows);
    let foot = rooms.head_row + i32::from(head_rows);
    let strip = head_strip(block, &layout.grid).or(aside_strip(block, &layout.grid, head_rows));
    let on_head = |place: &&PicturePlace| {
        let first = i32::from(block.cells.row + place.row);
        let beside = right <= place.left || place.left + place.width <= left;
        let under = if beside { rooms.head_row } else { foot };
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
