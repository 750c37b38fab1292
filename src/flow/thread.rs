//! Pours a story through rooms. Setting and measuring are one loop, so they cannot disagree.

use crate::model::story::Role;
use crate::model::style::Composition;
use crate::room::{LineRoom, Rooms};
use crate::text::class::Class;
use crate::text::linebreak::{LineCut, next_line};
use crate::text::prepare::{PreparedPara, PreparedStory};

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
    /// Index of the first room that was never reached.
    pub next_room: usize,
}

/// How deep a story is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Depth {
    /// Grid rows its lines take.
    pub rows: u32,
    /// Where it stopped.
    pub end: Cursor,
    /// Index of the first room that was never reached.
    pub next_room: usize,
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
    let (end, next_room) = pour(story, from, rooms, rules, |line| lines.push(line));
    Fill { lines, end, next_room }
}

/// Counts what `fill` would set, without keeping it.
pub fn measure(story: &PreparedStory, from: Cursor, rooms: &Rooms, rules: &Composition) -> Depth {
    let mut rows = 0;
    let (end, next_room) =
        pour(story, from, rooms, rules, |line| rows += u32::from(story.paras[line.para as usize].rows));
    Depth { rows, end, next_room }
}

/// The loop behind both.
fn pour(
    story: &PreparedStory,
    from: Cursor,
    rooms: &Rooms,
    rules: &Composition,
    mut sink: impl FnMut(SetLine),
) -> (Cursor, usize) {
    let mut room = 0;
    for (para_idx, para) in story.paras.iter().enumerate().skip(from.para as usize) {
        let start = if para_idx == from.para as usize { para.item_at(from.byte) } else { 0 };
        if start == 0 {
            room = start_of_para(story, para_idx, rooms, room, rules);
        }
        let mut item = start;
        while item < para.items.len() {
            let here = Cursor { para: para_idx as u32, byte: para.items[item].bytes.start };
            let Some(place) = rooms.find(room, para.rows) else { return (here, rooms.rooms.len()) };
            let cut = next_line(para, item, rooms.rooms[place].measure);
            if moves_on(para, &cut, rooms, place, rules) {
                room = leg_after(rooms, place);
                if room < rooms.rooms.len() {
                    continue;
                }
                return (here, room);
            }
            item = cut.items.end;
            sink(SetLine { room: rooms.rooms[place], para: para_idx as u32, cut });
            room = place + usize::from(para.rows);
        }
    }
    (Cursor { para: story.paras.len() as u32, byte: 0 }, room)
}

/// 背题: a subhead stands over enough lines of its own column (CLREQ 2024-03, chapter 4,
/// "handling of headings"), else it opens the next one. 孤行 at a column's foot likewise.
fn start_of_para(
    story: &PreparedStory,
    idx: usize,
    rooms: &Rooms,
    room: usize,
    rules: &Composition,
) -> usize {
    let para = &story.paras[idx];
    let Some(place) = rooms.find(room, para.rows) else { return room };
    let first_of_leg =
        rooms.left_in_leg(place) == rooms.legs[rooms.rooms[place].leg.0 as usize].count as usize;
    let followed = story.paras.get(idx + 1).is_some();
    let after = match para.role {
        Role::Subhead if followed => rules.lines_after_subhead,
        Role::Body => rules.lines_at_foot.saturating_sub(para.rows),
        _ => 0,
    };
    let fits_in_what_is_left = rooms.left_in_leg(place) >= usize::from(para.rows) + usize::from(after);
    if first_of_leg || fits_in_what_is_left || is_short(para, rooms, place, after) {
        place
    } else {
        leg_after(rooms, place)
    }
}

/// Whether a body paragraph ends before a rule about its first lines can matter.
fn is_short(para: &PreparedPara, rooms: &Rooms, place: usize, after: u16) -> bool {
    para.role == Role::Body
        && (after == 0 || next_line(para, 0, rooms.rooms[place].measure).items.end == para.items.len())
}

/// 孤行 and 孤字 at the head of the next column: whether this line, the last of its leg, must go
/// over so that enough of its paragraph stands there (CLREQ 3.4.4).
fn moves_on(para: &PreparedPara, cut: &LineCut, rooms: &Rooms, place: usize, rules: &Composition) -> bool {
    let last_of_leg = rooms.left_in_leg(place) < usize::from(para.rows) * 2;
    let next = leg_after(rooms, place);
    if !last_of_leg || cut.items.start == 0 || cut.items.end == para.items.len() || next >= rooms.rooms.len()
    {
        return false;
    }
    let measure = rooms.rooms[next].measure;
    let mut item = cut.items.end;
    let mut lines = 0;
    while item < para.items.len() && lines < rules.lines_at_head {
        item = next_line(para, item, measure).items.end;
        lines += 1;
    }
    let ends = item == para.items.len();
    ends && (lines < rules.lines_at_head || (lines == 1 && is_runt(para, cut.items.end)))
}

/// Whether the rest of a paragraph is at most one character and its marks (孤字).
pub fn is_runt(para: &PreparedPara, from: usize) -> bool {
    let spoken = |class: Class| class == Class::Han || class.is_western();
    para.items[from..].iter().filter(|item| spoken(item.class)).count() <= 1
}

/// The first room after the leg of room `place`.
fn leg_after(rooms: &Rooms, place: usize) -> usize {
    place + rooms.left_in_leg(place)
}
