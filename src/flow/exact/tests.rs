//! Stories that are brought in or driven out by a line or two.

use super::*;
use crate::flow::thread::fill;
use crate::model::style::Composition;
use crate::room::{LegIdx, LineRoom};
use crate::text::fixture::{ems, quanjiao};
use crate::text::linebreak::Ending;

const TEXT: &str = "各驻村工作队积极向群众宣传疫情防控知识和政策要求，以流动“小喇叭”“空中应急广播”、\
    微信群等形式，把疫情防控政策、措施讲清楚、说明白，引导群众不信谣、不传谣，做好自身防护，\
    主动配合核酸检测，切实筑牢疫情防控的群众防线。";

/// As many of its characters as make six lines at best, or five with much squeezing.
fn tight() -> String {
    TEXT.chars().take(85).collect()
}

fn story(text: &str) -> PreparedStory {
    PreparedStory { paras: vec![quanjiao().para(text); 5] }
}

fn rooms(legs: &[u32], measure: i32) -> Rooms {
    let mut rooms = Rooms::default();
    let first =
        LineRoom { leg: LegIdx(0), row: 0, inline: Len::ZERO, block: Len::ZERO, measure: ems(measure) };
    for count in legs {
        rooms.push_leg(first, *count, 0, ems(1300));
    }
    rooms
}

fn rules() -> Composition {
    quanjiao().layout.composition.clone()
}

/// A story of five paragraphs in rooms for `more` rows more than its best lines take.
fn fitted(text: &str, more: i64) -> (Option<Fitted>, u32) {
    let (story, rules) = (story(text), rules());
    let usual = fill(&story, Cursor::default(), &rooms(&[200], 16_000), &rules).lines.len() as i64;
    let count = (usual + more) as u32;
    let rooms = rooms(&[count / 2, count - count / 2], 16_000);
    let usual = fill(&story, Cursor::default(), &rooms, &rules);
    (fit_exactly(&story, &rooms, &rules, &usual, MOST_ROWS), count)
}

#[test]
fn a_story_that_is_a_line_over_is_taken_in() {
    let (fitted, count) = fitted(&tight(), -1);
    let fitted = fitted.expect("one of five paragraphs can lose a line");
    assert_eq!(fitted.fill.lines.len() as u32, count);
    assert_eq!((fitted.taken_in, fitted.driven_out), (1, 0));
}

#[test]
fn a_story_that_leaves_two_lines_empty_is_driven_out() {
    let (fitted, count) = fitted(TEXT, 2);
    let fitted = fitted.expect("two of five paragraphs can gain a line");
    assert_eq!(fitted.fill.lines.len() as u32, count);
    assert_eq!((fitted.taken_in, fitted.driven_out), (0, 2));
}

#[test]
fn a_story_that_fits_is_left_as_it_is() {
    assert_eq!(fitted(TEXT, 0).0, None);
    assert_eq!(fitted(TEXT, 1).0, None, "one empty row at the end is no fault");
}

#[test]
fn a_story_far_from_its_room_is_not_forced() {
    assert_eq!(fitted(TEXT, -9).0, None);
    assert_eq!(fitted(TEXT, 60).0, None);
}

#[test]
fn every_line_that_was_moved_keeps_the_rules() {
    for more in [-4, -2, -1] {
        let (fitted, count) = fitted(&tight(), more);
        let fitted = fitted.expect("each of five paragraphs can lose a line");
        assert_eq!(fitted.fill.lines.len() as u32, count);
        assert!(fitted.fill.lines.iter().all(|line| line.cut.ending != Ending::Forced));
        assert!(fitted.fill.end.is_end(&story(&tight())));
    }
}

#[test]
fn a_paragraph_of_a_book_is_no_burden() {
    let rules = rules();
    let story = PreparedStory { paras: vec![quanjiao().para(&TEXT.repeat(400))] };
    let usual = fill(&story, Cursor::default(), &rooms(&[9000], 16_000), &rules).lines.len() as u32;
    let rooms = rooms(&[usual + 2], 16_000);
    let usual = fill(&story, Cursor::default(), &rooms, &rules);
    let fitted = fit_exactly(&story, &rooms, &rules, &usual, MOST_ROWS).expect("there is much to drive out");
    assert_eq!(fitted.driven_out, 2);
}
