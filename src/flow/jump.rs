//! Where a story leaves a page: inside a sentence, so that the reader goes with it.

use super::exact::fit_exactly;
use super::thread::{Cursor, Fill, fill};
use crate::model::style::Composition;
use crate::room::Rooms;
use crate::text::class::Class;
use crate::text::para::PreparedStory;

/// Rows that the last column before a jump may end higher, and the break that is worth them.
const SHORTER: [(u32, Break); 2] = [(1, Break::AtSentence), (2, Break::AtParagraph)];

/// A story poured through its thread.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Poured {
    /// Its lines.
    pub fill: Fill,
    /// The rooms, those taken out that a jump leaves empty.
    pub rooms: Rooms,
    /// Lines saved in paragraphs that were set tighter than they would best be.
    pub taken_in: u32,
    /// Lines gained in paragraphs that were set wider.
    pub driven_out: u32,
    /// The worst of its breaks at jumps.
    pub worst: Break,
}

/// How well the text breaks at a jump, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Break {
    /// Inside a sentence, or not at all.
    InSentence,
    /// At the end of a sentence.
    AtSentence,
    /// At the end of a paragraph: the reader takes the story to be over.
    AtParagraph,
}

/// Pours a story, brought in or driven out by at most `most` rows. `jumps` are the legs after which it goes on on another page, ascending. Where the
/// text would break at the end of a paragraph there, or of a sentence, the column ends a row or two
/// higher, if that mends it: one row for a sentence, two for a paragraph.
pub fn pour(story: &PreparedStory, rooms: Rooms, jumps: &[usize], rules: &Composition, most: u16) -> Poured {
    let mut poured = pour_once(story, rooms, rules, most);
    for leg in jumps {
        let found = rank(&poured.fill, story, *leg);
        for (short, worth) in SHORTER {
            let Some(rooms) = shortened(&poured.rooms, *leg, short).filter(|_| found >= worth) else { break };
            let other = pour_once(story, rooms, rules, most);
            if rank(&other.fill, story, *leg) < found {
                poured = other;
                break;
            }
        }
    }
    let worst = jumps.iter().map(|leg| rank(&poured.fill, story, *leg)).max();
    Poured { worst: worst.unwrap_or(Break::InSentence), ..poured }
}

fn pour_once(story: &PreparedStory, rooms: Rooms, rules: &Composition, most: u16) -> Poured {
    let usual = fill(story, Cursor::default(), &rooms, rules);
    match fit_exactly(story, &rooms, rules, &usual, most) {
        Some(fitted) => {
            let (taken_in, driven_out) = (fitted.taken_in, fitted.driven_out);
            Poured { fill: fitted.fill, rooms, taken_in, driven_out, worst: Break::InSentence }
        }
        None => Poured { fill: usual, rooms, taken_in: 0, driven_out: 0, worst: Break::InSentence },
    }
}

/// Rooms of which a leg ends higher.
fn shortened(rooms: &Rooms, leg: usize, short: u32) -> Option<Rooms> {
    let mut rooms = rooms.clone();
    for _ in 0..short {
        rooms.shorten(leg)?;
    }
    Some(rooms)
}

/// How the text breaks after a leg.
fn rank(fill: &Fill, story: &PreparedStory, leg: usize) -> Break {
    let before = fill.lines.iter().rposition(|line| line.room.leg.0 as usize <= leg);
    let Some(last) = before.filter(|last| last + 1 < fill.lines.len()) else { return Break::InSentence };
    let line = &fill.lines[last];
    let para = &story.paras[line.para as usize];
    let end = line.cut.items.end;
    if end == para.items.len() {
        return Break::AtParagraph;
    }
    // Quotation marks may stand between the full stop and the end of the line.
    let mut items = para.items[line.cut.items.clone()].iter().rev();
    match items.find(|item| item.class != Class::Close) {
        Some(item) if item.class == Class::Stop => Break::AtSentence,
        _ => Break::InSentence,
    }
}

#[cfg(test)]
mod tests;
