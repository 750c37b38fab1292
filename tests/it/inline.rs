//! Marks in a story's file: what is wrong with them is told at their place, and what they add is on
//! the page.

use duikai::job::Make;

use super::desk::{Desk, errors, place};

const STORY: &str = "stories/one.toml";

fn marked(marks: &str) -> Desk {
    let body = "[[body]]\ntext = \"要实事求是，也要实干。亓先生说。\"\n";
    let story = format!("id = \"one\"\nheadline = \"小城|新事\"\n\n{body}marks = [{marks}]\n");
    Desk::new().put(STORY, story.as_bytes())
}

#[track_caller]
fn check(marks: &str, code: &str, line: usize) {
    let made = marked(marks).make(Make::Check);
    let notes = errors(&made);
    let note = notes.iter().find(|note| note.code.0 == code).unwrap_or_else(|| panic!("{code}: {notes:?}"));
    assert!(place(&made, note).starts_with(&format!("{STORY}:{line}:")), "{}", place(&made, note));
}

#[test]
fn what_is_wrong_with_a_mark_is_told_at_its_place() {
    check("{ on = \"不在\", as = \"dots\" }", "mark-absent", 6);
    check("{ on = \"实\", as = \"dots\", nth = 3 }", "mark-absent", 6);
    check("{ on = \"实干\" }", "mark-empty", 6);
    check("{ on = \"实干\", as = \"none\" }", "name-unknown", 6);
    check("{ on = \"亓\", ruby = \"qí\" }, { on = \"亓\", ruby = \"qi\" }", "ruby-twice", 6);
    check("{ on = \"亓\", ruby = \"\u{13000}\" }", "glyph-missing", 6);
}
