//! 下转 and 上接: the lines that lead from page to page, each in a row of its own.

use super::fit::{ColumnFit, Dropped, DroppedWhat, JumpFit};
use super::furniture::whole;
use super::set::{LineRole, TextLine, line_place, text_line};
use super::story::Part;
use crate::diag::Diagnostic;
use crate::flow::jump::Break;
use crate::model::layout::JumpStyle;
use crate::model::plan::PagePlan;
use crate::model::story::{Paragraph, Role, Story, Text};
use crate::model::style::{Align, ParaStyle};
use crate::room::{LineRoom, Rooms};
use crate::text::prepare::prepare;
use crate::text::setting::Setting;
use crate::text::shape::Shapers;

/// Takes the rooms of a part's jump lines out of its rooms and sets the lines in them.
pub(super) fn reserve(
    part: &Part<'_>,
    rooms: &mut Rooms,
    story: &Story,
    shapers: &Shapers<'_>,
    notes: &mut Vec<Diagnostic>,
) -> Vec<TextLine> {
    let mut lines = Vec::new();
    if part.to.is_none() && part.from.is_none() {
        return lines;
    }
    let Some(style) = &part.layout.jump else {
        notes.push(
            Diagnostic::error("jump-none", format!("`{}` jumps, and the layout does not say how", story.id))
                .at(part.block.typed.clone())
                .help("add `[jump]` to the layout, with `to = \"下转第{page_no}版\"` and `from = \"上接第{page_no}版\"`"),
        );
        return lines;
    };
    if let Some(from) = part.from {
        let text = worded(&style.from, from, story);
        match rooms.take_first() {
            Some(room) => {
                rooms.drop_strays(&[room]);
                lines.push(set(LineRole::JumpFrom, &text, room, style, part, shapers, notes));
            }
            None => notes.push(without_room(&text, part, story)),
        }
    }
    if let Some(to) = part.to {
        let text = worded(&style.to, to, story);
        match rooms.take_last() {
            Some(room) => lines.push(set(LineRole::JumpTo, &text, room, style, part, shapers, notes)),
            None => notes.push(without_room(&text, part, story)),
        }
    }
    lines
}

/// A jump line for which its block has no row.
fn without_room(text: &str, part: &Part<'_>, story: &Story) -> Diagnostic {
    let message = format!(
        "part {} of `{}` on page {} has no row for its line `{text}`",
        part.block.part, story.id, part.page.id
    );
    Diagnostic::unfit("jump-room", message).at(part.block.typed.clone()).help(
        "each jump line takes a row of text: give the block more rows or its heading fewer, or say `jump = \"silent\"`",
    )
}

/// A jump line's words: the number of the page, its id, the headline.
fn worded(text: &str, (page, number): (&PagePlan, u16), story: &Story) -> String {
    text.replace("{page_no}", &number.to_string())
        .replace("{page}", &page.id_of(number))
        .replace("{headline}", &story.headline.text.text)
}

fn set(
    role: LineRole,
    text: &str,
    room: LineRoom,
    style: &JumpStyle,
    part: &Part<'_>,
    shapers: &Shapers<'_>,
    notes: &mut Vec<Diagnostic>,
) -> TextLine {
    let Part { layout, block, .. } = part;
    let align: Align = if role == LineRole::JumpTo { style.to_align } else { style.from_align };
    let para = Paragraph { role: Role::Body, text: Text::plain(text), source_tag: 0..0, run_in: 0..0 };
    let para_style = ParaStyle::plain(style.body.clone(), align);
    let setting = Setting { axis: block.axis, ..Setting::plain(layout) };
    let mut missing = Vec::new();
    let prepared = prepare(&para, &para_style, &setting, shapers).take(&mut missing);
    // Its characters come from the layout: the block is where they meet the page.
    notes.extend(missing.into_iter().map(|note| note.at(block.typed.clone())));
    let cut = whole(&prepared, room.measure);
    if cut.natural > room.measure {
        notes.push(
            Diagnostic::unfit("jump-wide", format!("`{text}` is wider than its column"))
                .at(block.typed.clone())
                .help("give the jump lines of the layout a smaller `size` or fewer words"),
        );
    }
    text_line(role, &prepared, &cut, line_place(&prepared, &room, layout), layout)
}

/// Where a story jumps, and how much of it stands before and after.
pub(super) fn jump_fit(parts: &[Part<'_>], columns: &[ColumnFit], breaks: Break) -> Option<JumpFit> {
    let leaves = parts.iter().find(|part| part.to.is_some())?;
    let (from, to) = (&leaves.page.id, &leaves.to?.0.id);
    let start = columns.iter().position(|column| column.page == *to).unwrap_or(columns.len());
    let (before, after) = columns.split_at(start);
    let rows = |columns: &[ColumnFit]| columns.iter().map(|column| column.rows).sum();
    Some(JumpFit {
        from: from.clone(),
        to: to.clone(),
        rows_before: rows(before),
        rows_after: rows(after),
        breaks,
    })
}

/// The jump head of a story of which nothing goes on under a heading: it is written for a jump that the
/// story did not need, or that leads to a block without a heading.
pub(super) fn spare_head(parts: &[Part<'_>], story: &Story) -> Option<Dropped> {
    let words = &story.jump_head.text;
    let headed = parts.iter().skip(1).any(|part| part.block.head.is_some());
    (!headed && !words.is_empty()).then(|| Dropped {
        what: DroppedWhat::JumpHead,
        rule: "jump",
        chars: words.chars(),
        text: words.text.clone(),
    })
}
