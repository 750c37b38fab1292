//! Pouring: conservation, agreement of `measure` and `fill`, columns that start and end well.

mod columns;
mod properties;

use super::*;
use crate::model::story::Role;
use crate::model::style::Composition;
use crate::room::{LegIdx, LineRoom};
use crate::text::fixture::{Fixture, ems};
use crate::unit::Len;

/// Legs by rows and measure, in thousandths of an em.
fn rooms(legs: &[(u32, i32)]) -> Rooms {
    let mut rooms = Rooms::default();
    for (count, measure) in legs {
        let first =
            LineRoom { leg: LegIdx(0), row: 0, inline: Len::ZERO, block: Len::ZERO, measure: ems(*measure) };
        rooms.push_leg(first, *count, 0, ems(1300));
    }
    rooms
}

/// The fixture's rules with 背题 of two lines and 孤行 of `lines` at foot and head.
fn rules(fixture: &Fixture, lines: u16) -> Composition {
    let composition = fixture.layout.composition.clone();
    Composition { lines_after_subhead: 2, lines_at_foot: lines, lines_at_head: lines, ..composition }
}
