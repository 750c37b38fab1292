//! Pours a story through rooms. Setting and measuring are one loop, so they cannot disagree.

use super::feet::goes_over;
use crate::model::style::{Composer, Composition};
use crate::room::{LineRoom, Rooms};
use crate::text::linebreak::LineCut;
use crate::text::measures::Measures;
use crate::text::para::{PreparedPara, PreparedStory};
use crate::text::total::{best, by_count, first_fit};

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
    /// Grid rows it takes, those included that a drop cap leaves empty under it.
    pub rows: u16,
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

/// Which lines a pour breaks its paragraphs into.
#[derive(Clone, Copy, Debug)]
pub(super) enum Lines<'a> {
    /// Those of the fit rule.
    First,
    /// Those that are best together.
    Total,
    /// The best of as many as asked for each paragraph, where it can be set so.
    Exact(&'a [u32]),
}

/// Sets a story from a cursor on. Total-fit never sets less of it than the fit rule does in the
/// same rooms: where column ends would make it so, the fit rule's lines stand.
pub fn fill(story: &PreparedStory, from: Cursor, rooms: &Rooms, rules: &Composition) -> Fill {
    match rules.composer {
        Composer::First => fill_by(story, from, rooms, rules, Lines::First),
        Composer::Total => {
            let total = fill_by(story, from, rooms, rules, Lines::Total);
            if total.end.is_end(story) {
                return total;
            }
            let first = fill_by(story, from, rooms, rules, Lines::First);
            if first.end > total.end { first } else { total }
        }
    }
}

/// Counts what `fill` would set, without keeping it.
pub fn measure(story: &PreparedStory, from: Cursor, rooms: &Rooms, rules: &Composition) -> Depth {
    if rules.composer == Composer::Total {
        let filled = fill(story, from, rooms, rules);
        let rows = filled.lines.iter().map(|line| u32::from(line.rows)).sum();
        return Depth { rows, end: filled.end };
    }
    let mut rows = 0;
    let end = pour(story, from, rooms, rules, Lines::First, |line| {
        rows += u32::from(line.rows);
    });
    Depth { rows, end }
}

/// Sets a story by lines of one kind.
pub(super) fn fill_by(
    story: &PreparedStory,
    from: Cursor,
    rooms: &Rooms,
    rules: &Composition,
    by: Lines<'_>,
) -> Fill {
    let mut lines = Vec::new();
    let end = pour(story, from, rooms, rules, by, |line| lines.push(line));
    Fill { lines, end }
}

/// The loop behind all of them. Returns where it stopped: at the first line that found no room.
fn pour(
    story: &PreparedStory,
    from: Cursor,
    rooms: &Rooms,
    rules: &Composition,
    by: Lines<'_>,
    mut sink: impl FnMut(SetLine),
) -> Cursor {
    let mut room = 0;
    for (para_idx, para) in story.paras.iter().enumerate().skip(from.para as usize) {
        let mut item = if para_idx == from.para as usize { para.item_at(from.byte) } else { 0 };
        let cap = para.cap.filter(|_| item == 0);
        let mut set = 0;
        // A drop cap and the lines beside it stand on adjoining rows of one column.
        if let Some(cap) = cap {
            let rows = cap.lines.saturating_mul(para.rows);
            let Some(place) = rooms.find_flush(room, rows, para.least_measure()) else {
                return Cursor { para: para_idx as u32, byte: 0 };
            };
            room = place;
        }
        'lines: while item < para.items.len() {
            let stop = |item: usize| Cursor { para: para_idx as u32, byte: para.items[item].bytes.start };
            let Some(place) = rooms.find(room, para.rows) else { return stop(item) };
            let cuts = cut(para, para_idx, item, rooms, place, rules, by);
            for (nth, line) in cuts.iter().enumerate() {
                let place = loop {
                    let Some(place) = rooms.find(room, para.rows) else { return stop(item) };
                    let held = cap.is_some_and(|cap| set < cap.lines);
                    let goes = goes_over(&story.paras[para_idx..], &cuts[nth..], rooms, place, rules);
                    let Some(to) = goes.filter(|_| !held) else { break place };
                    room = to;
                    // Lines that were cut for other measures are cut anew.
                    if place < rooms.alike_from() {
                        continue 'lines;
                    }
                };
                item = line.items.end;
                let beside_cap = cap.filter(|cap| (1..cap.lines).contains(&set));
                let whole = rooms.together(place, para.rows).unwrap_or(rooms.rooms[place]);
                let stands = beside_cap.map_or(whole, |cap| whole.inset(cap.inset));
                set = set.saturating_add(1);
                // A drop cap is as high as its lines, even if there is not text enough for them.
                let short =
                    cap.filter(|_| item == para.items.len()).map_or(0, |cap| cap.lines.saturating_sub(set));
                let rows = para.rows * (1 + short);
                sink(SetLine { room: stands, para: para_idx as u32, rows, cut: line.clone() });
                room = place + usize::from(rows);
            }
        }
    }
    Cursor { para: story.paras.len() as u32, byte: 0 }
}

/// The lines of a paragraph from an item on, its next one in room `place`.
fn cut(
    para: &PreparedPara,
    para_idx: usize,
    item: usize,
    rooms: &Rooms,
    place: usize,
    rules: &Composition,
    by: Lines<'_>,
) -> Vec<LineCut> {
    let measures = measures(rooms, place, para, item);
    match by {
        // What lies beyond the rooms, and the few lines that column ends look ahead, are not needed.
        Lines::First => {
            let most = rooms.rooms.len() - place + usize::from(rules.lines_at_head) + 2;
            first_fit(para, item, &measures, most)
        }
        Lines::Exact(counts) if item == 0 => {
            let wanted = counts.get(para_idx).copied().unwrap_or(0) as usize;
            let exact = by_count(para, item, &measures, rules);
            let exact = exact.into_iter().find(|solution| solution.lines.len() == wanted);
            exact.unwrap_or_else(|| best(para, item, &measures, rules)).lines
        }
        Lines::Exact(_) | Lines::Total => best(para, item, &measures, rules).lines,
    }
}

/// The measures of a paragraph's lines from an item on and from room `place` on, if no column is
/// left early.
pub(super) fn measures(rooms: &Rooms, place: usize, para: &PreparedPara, item: usize) -> Measures {
    let measures = if place >= rooms.alike_from() {
        Measures::all(rooms.rooms[place].measure)
    } else {
        let mut each = Vec::new();
        let mut room = place;
        while let Some(place) = rooms.find(room, para.rows) {
            each.push(rooms.together(place, para.rows).unwrap_or(rooms.rooms[place]).measure);
            room = place + usize::from(para.rows);
        }
        Measures::each(each)
    };
    match para.cap {
        Some(cap) if item == 0 => measures.inset(1..usize::from(cap.lines), cap.inset),
        _ => measures,
    }
}

#[cfg(test)]
mod tests;
