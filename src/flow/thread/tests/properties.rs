//! What holds for any story in any rooms.

use arbtest::arbitrary::{Result, Unstructured};
use arbtest::arbtest;

use super::*;
use crate::text::class::Class;
use crate::text::fixture::{any_text, kaiming, quanjiao};
use crate::text::justify::justify;
use crate::text::linebreak::Ending;

fn story(u: &mut Unstructured<'_>, fixture: &Fixture) -> Result<PreparedStory> {
    let mut paras = Vec::new();
    for _ in 0..u.int_in_range(0..=5)? {
        let role = if u.ratio(1, 4)? { Role::Subhead } else { Role::Body };
        let most = if role == Role::Subhead { 8 } else { 60 };
        let text = any_text(u, most)?;
        let rows = if role == Role::Subhead { u.int_in_range(1..=3)? } else { 1 };
        paras.push(PreparedPara { rows, ..fixture.para_of(role, "song", &text) });
    }
    Ok(PreparedStory { paras })
}

fn legs(u: &mut Unstructured<'_>) -> Result<Vec<(u32, i32)>> {
    (0..u.int_in_range(0..=5)?)
        .map(|_| Ok((u.int_in_range(1..=12)?, u.int_in_range(5_000..=30_000)?)))
        .collect()
}

/// A story, its rooms by leg, and the rules it is poured by.
struct Given {
    story: PreparedStory,
    legs: Vec<(u32, i32)>,
    rules: Composition,
}

fn given(u: &mut Unstructured<'_>) -> Result<Given> {
    let fixture = if u.arbitrary()? { quanjiao() } else { kaiming() };
    let mut rules = rules(fixture, u.int_in_range(1..=3)?);
    rules.composer = if u.arbitrary()? { Composer::First } else { Composer::Total };
    Ok(Given { story: story(u, fixture)?, legs: legs(u)?, rules })
}

#[test]
fn every_item_is_placed_once_and_in_order() {
    arbtest(|u| {
        let Given { story, legs, rules } = given(u)?;
        let filled = fill(&story, Cursor::default(), &rooms(&legs), &rules);
        let mut next = Cursor::default();
        for line in &filled.lines {
            let para = &story.paras[line.para as usize];
            let starts = Cursor { para: line.para, byte: para.items[line.cut.items.start].bytes.start };
            assert_eq!(starts, next);
            next = match para.items.get(line.cut.items.end) {
                Some(item) => Cursor { para: line.para, byte: item.bytes.start },
                None => Cursor { para: line.para + 1, byte: 0 },
            };
        }
        assert_eq!(filled.end, next);
        assert!(filled.lines.is_sorted_by_key(|line| (line.room.leg, line.room.row)));
        Ok(())
    });
}

#[test]
fn measuring_agrees_with_filling() {
    arbtest(|u| {
        let Given { story, legs, rules } = given(u)?;
        let filled = fill(&story, Cursor::default(), &rooms(&legs), &rules);
        let depth = measure(&story, Cursor::default(), &rooms(&legs), &rules);
        let rows: u32 = filled.lines.iter().map(|line| u32::from(story.paras[line.para as usize].rows)).sum();
        assert_eq!((depth.rows, depth.end), (rows, filled.end));
        Ok(())
    });
}

#[test]
fn lines_keep_their_measure_and_their_edges() {
    arbtest(|u| {
        let Given { story, legs, rules } = given(u)?;
        let filled = fill(&story, Cursor::default(), &rooms(&legs), &rules);
        for line in filled.lines.iter().filter(|line| line.cut.ending != Ending::Forced) {
            let para = &story.paras[line.para as usize];
            let items = &para.items[line.cut.items.clone()];
            let text = para.text_of(line.cut.items.clone());
            assert!(justify(para, &line.cut).end <= line.room.measure, "{text}");
            let before = line.cut.items.start.checked_sub(1).map(|idx| para.gaps[idx].penalty);
            let forced = before.is_some_and(|penalty| penalty >= crate::text::kinsoku::RESCUE);
            let first = items[0].class;
            let starts_badly = first.closes() || matches!(first, Class::Mid | Class::Connector);
            assert!(forced || line.cut.items.start == 0 || !starts_badly, "{text}");
            let last = items.iter().rev().find(|item| item.class != Class::Space);
            let ends_badly = last.is_some_and(|item| item.class == Class::Open);
            assert!(line.cut.items.end == para.items.len() || !ends_badly, "{text}");
        }
        Ok(())
    });
}

#[test]
fn total_fit_sets_as_much_as_the_fit_rule() {
    arbtest(|u| {
        let Given { story, legs, mut rules } = given(u)?;
        let rooms = rooms(&legs);
        rules.composer = Composer::First;
        let first = measure(&story, Cursor::default(), &rooms, &rules);
        rules.composer = Composer::Total;
        let total = measure(&story, Cursor::default(), &rooms, &rules);
        assert!(total.end >= first.end, "{first:?} {total:?}");
        Ok(())
    });
}

/// Unless a rule made lines of the first part go over: how many lines follow, and how wide, counts in
/// that, and at the end of a thread they cannot.
#[test]
fn a_thread_cut_between_two_legs_sets_the_same_lines() {
    arbtest(|u| {
        let Given { story, legs, mut rules } = given(u)?;
        rules.composer = Composer::First;
        let whole = fill(&story, Cursor::default(), &rooms(&legs), &rules);
        let at = u.int_in_range(0..=legs.len())?;
        let (first, second) = legs.split_at(at);
        let taken = |leg: usize| -> u32 {
            let lines = whole.lines.iter().filter(|line| line.room.leg.0 as usize == leg);
            lines.map(|line| u32::from(story.paras[line.para as usize].rows)).sum()
        };
        let short = (0..at).any(|leg| taken(leg) < legs[leg].0);
        if at < legs.len() && short && !whole.lines.is_empty() {
            return Ok(());
        }
        let one = fill(&story, Cursor::default(), &rooms(first), &rules);
        let two = fill(&story, one.end, &rooms(second), &rules);
        let cuts = |lines: &[SetLine]| -> Vec<_> {
            lines.iter().map(|line| (line.para, line.cut.clone(), line.room.row)).collect()
        };
        assert_eq!([cuts(&one.lines), cuts(&two.lines)].concat(), cuts(&whole.lines));
        assert_eq!(two.end, whole.end);
        Ok(())
    });
}
