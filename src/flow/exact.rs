//! Copyfitting by lines: each paragraph in a line less or more, so that a story fills its rooms
//! exactly, at the least cost.

use std::collections::BTreeMap;

use super::thread::{Cursor, Fill, Lines, SetLine, fill_by, measures};
use crate::model::story::Role;
use crate::model::style::{Composer, Composition};
use crate::room::Rooms;
use crate::text::justify::justify;
use crate::text::para::{PreparedPara, PreparedStory};
use crate::text::total::{best, by_count};
use crate::text::weigh::Cost;
use crate::unit::Len;

/// How many rows more or fewer than asked are tried: column ends take or free some.
const ROWS_TRIED: i64 = 3;
/// How far a story may stand, after any paragraph, from where its best lines would have it, beyond
/// what it has to gain or lose.
const DRIFT: i64 = 2;
/// Most rows that a story is brought in or driven out by, where nothing else is asked for.
pub const MOST_ROWS: u16 = 12;

/// A paragraph's settings: how many lines, and what they cost.
type Counts = Vec<(u32, Cost)>;

/// A story set to fill its rooms.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fitted {
    /// Its lines.
    pub fill: Fill,
    /// Lines saved in paragraphs that were set tighter than they would best be.
    pub taken_in: u32,
    /// Lines gained in paragraphs that were set wider.
    pub driven_out: u32,
}

/// Sets a story that has too much text for its rooms, or leaves more than one of them empty, in as
/// many lines a paragraph as make it fit at the least cost. `usual` is the story in its best lines.
/// Nothing if they fit, or if no setting within the layout's limits does with at most `most` rows gained or
/// lost.
pub fn fit_exactly(
    story: &PreparedStory,
    rooms: &Rooms,
    rules: &Composition,
    usual: &Fill,
    most: u16,
) -> Option<Fitted> {
    if rules.composer == Composer::First || rooms.rooms.is_empty() {
        return None;
    }
    let over = rows_over(story, rooms, rules, usual.end, most)?;
    let empty = rooms.rooms.len() as i64 - rows_of(usual);
    if over == 0 && empty <= 1 {
        return None;
    }
    // Rows that column ends left empty in the usual setting are taken to stay so.
    let change = if over > 0 { -over } else { empty };
    if change.abs() > i64::from(most) {
        return None;
    }
    let aim = rows_of(usual) + over + change;
    let ways = by_rows(story, rooms, rules, (aim - ROWS_TRIED, aim + ROWS_TRIED), change.abs() + DRIFT);
    let mut tries: Vec<(i64, (Cost, Vec<u32>))> = ways.into_iter().collect();
    tries.sort_by_key(|(rows, (cost, _))| ((rows - aim).abs(), *cost));
    let set = |counts: &[u32]| fill_by(story, Cursor::default(), rooms, rules, Lines::Exact(counts));
    let full = |fill: &Fill, short: i64| {
        fill.end.is_end(story)
            && rooms.rooms.len() as i64 - rows_of(fill) <= short
            && (over > 0 || !is_loose(fill, story, rules))
    };
    let fills: Vec<Fill> = tries.iter().map(|(_, (_, counts))| set(counts)).collect();
    let fill = [0, 1].into_iter().find_map(|short| fills.iter().find(|fill| full(fill, short)))?.clone();
    let (taken_in, driven_out) = moved(story, rooms, rules, &fill);
    Some(Fitted { fill, taken_in, driven_out })
}

/// Rows of a story that find no room from a cursor on, if they are few enough to be brought in.
fn rows_over(
    story: &PreparedStory,
    rooms: &Rooms,
    rules: &Composition,
    from: Cursor,
    most: u16,
) -> Option<i64> {
    if from.is_end(story) {
        return Some(0);
    }
    let last = *rooms.rooms.last()?;
    let mut more = Rooms::default();
    more.push_leg(last, u32::from(most), 0, Len::ZERO);
    let rest = fill_by(story, from, &more, rules, Lines::Total);
    rest.end.is_end(story).then(|| rows_of(&rest))
}

/// Grid rows that lines take.
fn rows_of(fill: &Fill) -> i64 {
    fill.lines.iter().map(|line| i64::from(line.rows)).sum()
}

/// Whether a line is opened wider than a layout reports.
fn is_loose(fill: &Fill, story: &PreparedStory, rules: &Composition) -> bool {
    fill.lines.iter().any(|line| {
        let para = &story.paras[line.para as usize];
        justify(para, &line.cut).stretched > rules.stretch.loose.at(para.size)
    })
}

/// Lines saved and lines gained, against each paragraph's best setting.
fn moved(story: &PreparedStory, rooms: &Rooms, rules: &Composition, fill: &Fill) -> (u32, u32) {
    let (mut taken_in, mut driven_out) = (0, 0);
    for (idx, para) in story.paras.iter().enumerate() {
        let lines: Vec<&SetLine> = fill.lines.iter().filter(|line| line.para as usize == idx).collect();
        let Some(first) = lines.first() else { continue };
        let place = rooms.rooms.iter().position(|room| room.holds(&first.room)).unwrap_or(0);
        let usual = best(para, 0, &measures(rooms, place, para, 0), rules).lines.len();
        taken_in += usual.saturating_sub(lines.len()) as u32;
        driven_out += lines.len().saturating_sub(usual) as u32;
    }
    (taken_in, driven_out)
}

/// The cheapest line counts for each number of rows between `aims` that a story can come to.
fn by_rows(
    story: &PreparedStory,
    rooms: &Rooms,
    rules: &Composition,
    aims: (i64, i64),
    drift: i64,
) -> BTreeMap<i64, (Cost, Vec<u32>)> {
    let mut ways: BTreeMap<i64, (Cost, Vec<u32>)> = BTreeMap::from([(0, (0, Vec::new()))]);
    for para in &story.paras {
        let mut next = BTreeMap::new();
        let mut alike: Option<Counts> = None;
        // Where the cheapest way stands: others stay near it.
        let middle = ways.iter().min_by_key(|(_, (cost, _))| *cost).map_or(0, |(rows, _)| *rows);
        for (rows, (cost, chosen)) in ways.range(middle - drift..=middle + drift) {
            let place = usize::try_from(*rows).unwrap_or(0).min(rooms.rooms.len().saturating_sub(1));
            let counts = match &alike {
                Some(counts) if place >= rooms.alike_from() => counts.clone(),
                _ => line_counts(para, rooms, place, rules),
            };
            for (lines, dear) in &counts {
                let rows = rows + i64::from(*lines) * i64::from(para.rows);
                keep(&mut next, rows, cost.saturating_add(*dear), chosen, *lines);
            }
            if place >= rooms.alike_from() {
                alike = Some(counts);
            }
        }
        ways = next;
    }
    ways.retain(|rows, _| (aims.0..=aims.1).contains(rows));
    ways
}

/// The numbers of lines that a paragraph can be set in from a room on, and their costs. One that
/// cannot be weighed keeps its only setting.
fn line_counts(para: &PreparedPara, rooms: &Rooms, place: usize, rules: &Composition) -> Counts {
    if para.items.is_empty() || rooms.rooms.is_empty() {
        return vec![(0, 0)];
    }
    let measures = measures(rooms, place, para, 0);
    // Subheads and source lines are broken by sense, not to fill a room.
    let solutions = match para.role {
        Role::Body => by_count(para, 0, &measures, rules),
        _ => Vec::new(),
    };
    if solutions.is_empty() {
        let lines = best(para, 0, &measures, rules);
        return vec![(lines.lines.len() as u32, lines.cost)];
    }
    solutions.into_iter().map(|solution| (solution.lines.len() as u32, solution.cost)).collect()
}

/// Keeps the cheaper of two ways to the same row.
fn keep(ways: &mut BTreeMap<i64, (Cost, Vec<u32>)>, rows: i64, cost: Cost, chosen: &[u32], lines: u32) {
    if ways.get(&rows).is_none_or(|(known, _)| cost < *known) {
        ways.insert(rows, (cost, chosen.iter().copied().chain([lines]).collect()));
    }
}

#[cfg(test)]
mod tests;
