//! Columns that end level where a story is shorter than its block.

use std::ops::Range;

use super::jump::{Poured, pour};
use crate::model::style::Composition;
use crate::room::Rooms;
use crate::text::para::PreparedStory;

/// Pours a story as [`pour`] does. If it leaves rows empty in `legs`, which are its last, all of them end
/// higher by the same number of rows: as many as leave it all its text. What is left of them then is
/// declared short.
pub fn pour_level(
    story: &PreparedStory,
    rooms: &Rooms,
    (jumps, legs): (&[usize], Range<usize>),
    rules: &Composition,
    most: u16,
) -> Poured {
    let plain = pour(story, rooms.clone(), jumps, rules, most);
    if legs.is_empty() || !plain.fill.end.is_end(story) {
        return plain;
    }
    let count: u32 = plain.rooms.legs[legs.clone()].iter().map(|leg| leg.count).sum();
    let lines = plain.fill.lines.iter().filter(|line| legs.contains(&(line.room.leg.0 as usize)));
    let taken: u32 = lines.map(|line| u32::from(line.rows)).sum();
    let higher = count.saturating_sub(taken) / legs.len() as u32;
    for rows in (1..=higher).rev() {
        let mut shorter = rooms.clone();
        let all = legs.clone().all(|leg| (0..rows).all(|_| shorter.shorten(leg).is_some()));
        if !all {
            continue;
        }
        let level = pour(story, shorter, jumps, rules, most);
        if level.fill.end.is_end(story) {
            return level;
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::story::Role;
    use crate::room::{LegIdx, LineRoom};
    use crate::text::fixture::{SIZE, ems, quanjiao};
    use crate::unit::Len;

    /// The rows that text takes in each of three legs of ten rows.
    fn rows(lines: usize) -> Vec<usize> {
        let fixture = quanjiao();
        let text = "一一一一一".repeat(lines);
        let story = PreparedStory { paras: vec![fixture.para_of(Role::Body, "song", &text)] };
        let mut rooms = Rooms::default();
        for _ in 0..3 {
            let first =
                LineRoom { leg: LegIdx(0), row: 0, inline: Len::ZERO, block: Len::ZERO, measure: ems(5000) };
            rooms.push_leg(first, 10, 0, SIZE);
        }
        let level = pour_level(&story, &rooms, (&[], 0..3), &fixture.layout.composition, 0);
        let in_leg = |leg: u32| level.fill.lines.iter().filter(|line| line.room.leg.0 == leg).count();
        (0..3).map(in_leg).collect()
    }

    #[test]
    fn columns_end_level_and_the_last_at_most_short() {
        assert_eq!(rows(30), [10, 10, 10]);
        assert_eq!(rows(21), [7, 7, 7]);
        assert_eq!(rows(20), [7, 7, 6]);
        assert_eq!(rows(3), [1, 1, 1]);
    }
}
