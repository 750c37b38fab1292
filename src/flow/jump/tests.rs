//! Breaks at a jump, drawn leg by leg.

use expect_test::{Expect, expect};

use super::*;
use crate::geom::Axis;
use crate::model::story::Role;
use crate::room::{LegIdx, LineRoom};
use crate::text::fixture::{SIZE, ems, quanjiao};
use crate::unit::Len;

/// Pours paragraphs into two legs of five ems, a jump between them, and draws the legs.
#[track_caller]
fn check(paras: &[&str], legs: [u32; 2], expected: Expect) {
    let fixture = quanjiao();
    let story =
        PreparedStory { paras: paras.iter().map(|text| fixture.para_of(Role::Body, "song", text)).collect() };
    let mut rooms = Rooms::default();
    for count in legs {
        let first =
            LineRoom { leg: LegIdx(0), row: 0, inline: Len::ZERO, block: Len::ZERO, measure: ems(5000) };
        rooms.push_leg(first, count, 0, SIZE);
    }
    let poured = pour(&story, rooms, &[0], &fixture.layout.composition, 12);
    let mut drawn = String::new();
    for leg in 0..2 {
        let lines = poured.fill.lines.iter().filter(|line| line.room.leg.0 == leg);
        let texts: Vec<&str> =
            lines.map(|line| story.paras[line.para as usize].text_of(line.cut.items.clone())).collect();
        drawn += &format!("{} of {}\n", texts.join(" / "), poured.rooms.legs[leg as usize].count);
    }
    assert_eq!(Axis::default(), story.paras[0].axis);
    expected.assert_eq(&drawn);
}

const FOUR: &str = "一一一一一二二二二二三三三三三四四四四四";

#[test]
fn text_that_breaks_inside_a_sentence_stays() {
    check(
        &[FOUR],
        [2, 2],
        expect![[r#"
        一一一一一 / 二二二二二 of 2
        三三三三三 / 四四四四四 of 2
    "#]],
    );
}

#[test]
fn a_paragraph_does_not_end_at_a_jump() {
    check(
        &[FOUR, FOUR],
        [4, 6],
        expect![[r#"
        一一一一一 / 二二二二二 / 三三三三三 of 3
        四四四四四 / 一一一一一 / 二二二二二 / 三三三三三 / 四四四四四 of 6
    "#]],
    );
}

#[test]
fn a_sentence_does_not_end_at_a_jump_where_a_row_mends_it() {
    check(
        &["一一一一一二二二二二三三三三。四四四四四"],
        [3, 3],
        expect![[r#"
        一一一一一 / 二二二二二 of 2
        三三三三。 / 四四四四四 of 3
    "#]],
    );
}

#[test]
fn a_story_that_ends_before_its_jump_is_left_alone() {
    check(
        &["一一一"],
        [2, 2],
        expect![[r#"
        一一一 of 2
         of 2
    "#]],
    );
}
