//! Pours a story through rooms. Setting and measuring are one loop, so they cannot disagree.

use crate::model::story::Role;
use crate::model::style::Composition;
use crate::room::{LineRoom, Rooms};
use crate::text::class::Class;
use crate::text::linebreak::{LineCut, next_line};
use crate::text::prepare::{PreparedPara, PreparedStory};
use crate::unit::Len;

/// Where a story was left: plain data that survives in a file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Hash)]
pub struct Cursor {
    /// The paragraph.
    pub para: u32,
    /// The byte of its text.
    pub byte: u32,
}

/// A line in its room.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SetLine {
    /// The room; for a line of several rows, the first of them.
    pub room: LineRoom,
    /// The paragraph.
    pub para: u32,
    /// Its items.
    pub cut: LineCut,
}

/// A story set as far as the room went.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fill {
    /// Its lines in order.
    pub lines: Vec<SetLine>,
    /// Where it stopped: past the last paragraph if all of it found room.
    pub end: Cursor,
}

/// How deep a story is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Depth {
    /// Grid rows its lines take.
    pub rows: u32,
    /// Where it stopped.
    pub end: Cursor,
}

impl Cursor {
    /// Whether nothing of the story is left after it.
    pub fn is_end(self, story: &PreparedStory) -> bool {
        self.para as usize >= story.paras.len()
    }
}

/// Sets a story from a cursor on, by the fit rule.
pub fn fill(story: &PreparedStory, from: Cursor, rooms: &Rooms, rules: &Composition) -> Fill {
    let mut lines = Vec::new();
    let end = pour(story, from, rooms, rules, |line| lines.push(line));
    Fill { lines, end }
}

/// Counts what `fill` would set, without keeping it.
pub fn measure(story: &PreparedStory, from: Cursor, rooms: &Rooms, rules: &Composition) -> Depth {
    let mut rows = 0;
    let end = pour(story, from, rooms, rules, |line| rows += u32::from(story.paras[line.para as usize].rows));
    Depth { rows, end }
}

/// The loop behind both. Returns where it stopped: at the first line that found no room.
fn pour(
    story: &PreparedStory,
    from: Cursor,
    rooms: &Rooms,
    rules: &Composition,
    mut sink: impl FnMut(SetLine),
) -> Cursor {
    let mut room = 0;
    for (para_idx, para) in story.paras.iter().enumerate().skip(from.para as usize) {
        let mut item = if para_idx == from.para as usize { para.item_at(from.byte) } else { 0 };
        while item < para.items.len() {
            let here = Cursor { para: para_idx as u32, byte: para.items[item].bytes.start };
            let Some(place) = rooms.find(room, para.rows) else { return here };
            if goes_over(&story.paras[para_idx..], item, rooms, place, rules) {
                room = leg_after(rooms, place);
                continue;
            }
            let cut = next_line(para, item, rooms.rooms[place].measure);
            item = cut.items.end;
            sink(SetLine { room: rooms.rooms[place], para: para_idx as u32, cut });
            room = place + usize::from(para.rows);
        }
    }
    Cursor { para: story.paras.len() as u32, byte: 0 }
}

/// Whether the line of the first paragraph that starts at `item` leaves its place empty and opens
/// the next leg. A leg that is empty keeps it, and so does the last: there is nowhere to go.
fn goes_over(paras: &[PreparedPara], item: usize, rooms: &Rooms, place: usize, rules: &Composition) -> bool {
    let leg = rooms.legs[rooms.rooms[place].leg.0 as usize];
    if place == leg.first as usize || leg_after(rooms, place) >= rooms.rooms.len() {
        return false;
    }
    match paras[0].role {
        Role::Subhead if item == 0 => strands_subhead(paras, rooms, place, rules),
        Role::Subhead => false,
        _ => breaks_badly(&paras[0], item, rooms, place, rules),
    }
}

/// 背题: a subhead, with those that follow it at once, stands over enough lines of its own column
/// (CLREQ 2024-03, chapter 4, "handling of headings").
fn strands_subhead(paras: &[PreparedPara], rooms: &Rooms, place: usize, rules: &Composition) -> bool {
    let measure = rooms.rooms[place].measure;
    let heads = paras.iter().take_while(|para| para.role == Role::Subhead).count();
    let high: usize = paras[..heads]
        .iter()
        .map(|head| lines_from(head, 0, measure, rooms.left_in_leg(place)).0 * usize::from(head.rows))
        .sum();
    let under =
        paras.get(heads).map_or(0, |para| usize::from(rules.lines_after_subhead) * usize::from(para.rows));
    rooms.left_in_leg(place) < high + under
}

/// 孤行 and 孤字 (CLREQ 2024-03, 3.4.4): whether a paragraph, cut at the end of this leg, would leave
/// too few lines at its foot or too few at the head of the next, and this line goes over to mend it.
fn breaks_badly(para: &PreparedPara, item: usize, rooms: &Rooms, place: usize, rules: &Composition) -> bool {
    let at_head = usize::from(rules.lines_at_head).max(1);
    let at_foot = match para.role {
        Role::Body => usize::from(rules.lines_at_foot).max(1),
        _ => 1,
    };
    let left = rooms.left_in_leg(place) / usize::from(para.rows);
    // No rule takes more lines than these out of a leg, so nothing above them is looked at.
    if left >= at_foot + at_head.max(2) - 1 {
        return false;
    }
    let (here, rest) = lines_from(para, item, rooms.rooms[place].measure, left);
    if rest == para.items.len() {
        return false;
    }
    let measure = rooms.rooms[leg_after(rooms, place)].measure;
    let (over, end) = lines_from(para, rest, measure, at_head);
    let ends = end == para.items.len();
    let short = if ends && over == 1 && is_runt(para, rest) {
        at_head.saturating_sub(over).max(1)
    } else if ends {
        at_head.saturating_sub(over)
    } else {
        0
    };
    let stay = here.saturating_sub(short);
    stay < if item == 0 { at_foot } else { 1 }
}

/// How many lines a paragraph takes from an item on, `most` at most, and the item they end before.
fn lines_from(para: &PreparedPara, from: usize, measure: Len, most: usize) -> (usize, usize) {
    let (mut item, mut lines) = (from, 0);
    while item < para.items.len() && lines < most {
        item = next_line(para, item, measure).items.end;
        lines += 1;
    }
    (lines, item)
}

/// Whether the rest of a paragraph is at most one character and its marks (孤字).
pub fn is_runt(para: &PreparedPara, from: usize) -> bool {
    let spoken = |class: Class| class == Class::Han || class.is_western();
    para.items[from..].iter().filter(|item| spoken(item.class)).nth(1).is_none()
}

/// The first room after the leg of room `place`.
fn leg_after(rooms: &Rooms, place: usize) -> usize {
    place + rooms.left_in_leg(place)
}

#[cfg(test)]
mod tests;
