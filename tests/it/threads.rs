//! Stories over several blocks and pages: rooms, jump lines, what is told of them.

use duikai::job::{Made, Make, Request};
use duikai::output::fit::Status;
use serde_json::Value;

use super::desk::{Desk, place};

/// A sentence of thirty characters.
pub(crate) const LEAD: &str = "第一二三四五六七八九十条街道的居民早早来到河边，看新桥通车。";

/// A story on page 2 that goes on on page 3: `first` rows of two columns here and `rest` there.
pub(crate) fn jumping(first: u16, rest: u16, text: &str) -> Desk {
    let edition = "paper = \"示例日报\"\ndate = 2022-09-05\nlayout = \"duikai-6x17\"\ncondition = \"newsprint\"\n\
                   pages = [\"A02\", \"A03\"]\n\n[variables]\neditor = \"示例\"\ndesigner = \"示例\"\n";
    let page = |number: u16, rest: &str| format!("page_no = {number}\nsection = \"要闻\"\n\n{rest}");
    let start = format!(
        "[[block]]\nstory = \"one\"\ncells = {{ col = 1, row = 1, cols = 2, rows = {} }}\nhead = {{ style = \"song\", rows = 8 }}\n",
        first + 8
    );
    let goes_on = format!(
        "[[block]]\nstory = \"one\"\npart = 2\ncells = {{ col = 3, row = 1, cols = 2, rows = {} }}\nhead = {{ style = \"song\", rows = 6 }}\n",
        rest + 6
    );
    let story = format!(
        "id = \"one\"\nheadline = \"小城|新事\"\njump_head = \"新桥通车\"\n\n[[body]]\ntext = \"{text}\"\n"
    );
    Desk::new()
        .put("edition.toml", edition.as_bytes())
        .put("pages/A02.toml", page(2, &start).as_bytes())
        .put("pages/A03.toml", page(3, &goes_on).as_bytes())
        .put("stories/one.toml", story.as_bytes())
        .change_layout("rows_before = 24\nrows_after = 36", "rows_before = 4\nrows_after = 4")
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("reports are JSON")
}

fn codes(made: &Made) -> Vec<&str> {
    made.notes.iter().map(|note| note.code.0).collect()
}

/// The lines of the columns of a page's first article.
fn lines(made: &Made, page: usize) -> Vec<String> {
    let map = json(made.pages[page].map.as_deref().unwrap_or_else(|| panic!("{:?}", made.notes)));
    let blocks = map["articles"][0]["blocks"].as_array().expect("an article has blocks").clone();
    let text = |block: &Value| {
        let lines = block["lines"].as_array().expect("a block has lines").clone();
        lines.into_iter().map(|line| line["text"].as_str().expect("text").to_owned()).collect::<String>()
    };
    blocks.iter().map(text).collect()
}

#[test]
fn a_story_goes_on_on_another_page() {
    // 30 characters an item: 22 lines of 17 hold 12 items and some.
    let made = jumping(6, 8, &LEAD.repeat(14)).make(Make::Pages);
    assert_eq!(codes(&made), [""; 0], "{:?}", made.notes);
    assert!(made.pages.iter().all(|page| page.status == Status::Fits));
    let map = json(made.pages[0].map.as_deref().expect("it fits"));
    let other = json(made.pages[1].map.as_deref().expect("it fits"));
    assert_eq!(map["articles"][0]["continues"]["page"], "A03");
    assert_eq!(map["articles"][0]["continues"]["label"], "（下转第3版）");
    assert_eq!(other["articles"][0]["continued_from"]["label"], "（上接第2版）");
    assert_eq!(other["articles"][0]["title"], "新桥通车");
    let fit = json(&made.pages[0].fit);
    assert_eq!(fit["stories"][0]["jump"]["to_page"], "A03");
    assert_eq!(fit["stories"][0]["columns"][2]["page"], "A03");
    assert_eq!(json(&made.pages[1].fit)["continued"][0], "one");
    // Head, two columns; head, two columns: nothing is said twice and nothing is lost.
    let (first, second) = (lines(&made, 0), lines(&made, 1));
    assert_eq!((first[0].as_str(), second[0].as_str()), ("小城新事", "新桥通车"));
    assert_eq!(first[1..].concat() + &second[1..].concat(), LEAD.repeat(14));
    assert!(!first[2].ends_with('。'), "a jump inside a sentence: {}", first[2]);
}

#[test]
fn a_headline_over_the_rest_once_more_is_no_text_too_many() {
    let desk = jumping(6, 8, &LEAD.repeat(14)).change("stories/one.toml", "jump_head = \"新桥通车\"\n", "");
    let made = desk.make(Make::Pages);
    assert_eq!(codes(&made), [""; 0], "{:?}", made.notes);
    assert!(made.pages.iter().all(|page| page.status == Status::Fits));
}

#[test]
fn a_byline_without_any_room_is_told() {
    let made = Desk::new()
        .change("pages/A02.toml", "rows = 12", "rows = 8")
        .change("stories/one.toml", "headline", "byline = \"示例\"\nheadline")
        .make(Make::Check);
    assert_eq!(codes(&made), ["byline-overset", "overset"], "{:?}", made.notes);
}

#[test]
fn tiers_that_a_heading_leaves_no_measure_hold_nothing_and_lose_nothing() {
    let made = Desk::new()
        .change("pages/A02.toml", "rows = 12 }", "rows = 9 }\naxis = \"vertical\"")
        .make(Make::Check);
    assert!(codes(&made).contains(&"overset") && !codes(&made).contains(&"text-lost"), "{:?}", made.notes);
}

#[test]
fn a_drop_cap_as_wide_as_its_column_is_told() {
    let columns = "rows = 12 }\ndrop_cap = 4\ncolumns = { count = 4, measure = \"6em\" }";
    let made = Desk::new().change("pages/A02.toml", "rows = 12 }", columns).make(Make::Check);
    assert_eq!(codes(&made), ["drop-cap-wide", "overset"], "{:?}", made.notes);
}

#[test]
fn moving_the_rest_changes_both_lines_and_nothing_else() {
    let before = jumping(6, 8, &LEAD.repeat(14));
    let after = before.clone().change("edition.toml", "\"A03\"", "\"B09\"");
    let rest = after.text("pages/A03.toml").replace("page_no = 3", "page_no = 9");
    let after = after.remove("pages/A03.toml").put("pages/B09.toml", rest.as_bytes());
    let (before, after) = (before.make(Make::Pages), after.make(Make::Pages));
    let first = |made: &Made| made.pages[0].map.clone().expect("it fits");
    assert!(first(&before).contains("（下转第3版）") && first(&after).contains("下转第9版"));
    assert_eq!(lines(&before, 0), lines(&after, 0));
    assert_eq!(lines(&before, 1), lines(&after, 1));
}

#[test]
fn what_is_over_is_told_where_the_story_starts() {
    let made = jumping(6, 8, &LEAD.repeat(20)).make(Make::Pages);
    assert!(codes(&made).contains(&"overset"), "{:?}", made.notes);
    assert!(made.pages.iter().all(|page| page.status == Status::Unfit && page.pdf.is_none()));
}

#[test]
fn too_little_on_either_side_of_a_jump_does_not_print() {
    let desk = jumping(6, 8, &LEAD.repeat(14));
    let made = desk.change_layout("rows_before = 4", "rows_before = 24").make(Make::Check);
    assert_eq!(codes(&made), ["jump-short", "jump-held"]);
}

#[test]
fn parts_are_counted_from_one_without_a_gap() {
    let desk = || jumping(6, 8, &LEAD.repeat(14));
    let part = |number: &str| desk().change("pages/A03.toml", "part = 2", number).make(Make::Check);
    assert_eq!(codes(&part("part = 3")), ["part-missing"]);
    assert_eq!(codes(&part("part = 1")), ["story-twice"]);
    let alone = desk().change("edition.toml", "\"A02\", ", "").make(Make::Check);
    assert_eq!(codes(&alone), ["part-missing"]);
}

#[test]
fn a_story_jumps_once() {
    let again =
        "\n\n[[block]]\nstory = \"one\"\npart = 3\ncells = { col = 1, row = 20, cols = 2, rows = 20 }\n";
    let desk = jumping(6, 8, &LEAD.repeat(14));
    let page = desk.text("pages/A02.toml") + again;
    let made = desk.put("pages/A02.toml", page.as_bytes()).make(Make::Check);
    assert_eq!(codes(&made), ["jump-again"]);
}

#[test]
fn a_page_asked_for_alone_has_the_rest_of_its_stories_composed() {
    let desk = jumping(6, 8, &LEAD.repeat(14));
    let all = desk.make(Make::Pages);
    let one = desk.make_with(&Request { only: vec!["A03".to_owned()], ..Request::default() });
    let page =
        |made: &Made| made.pages.iter().find(|page| page.id == "A03").and_then(|page| page.pdf.clone());
    assert!(page(&one).is_some());
    assert_eq!(page(&one), page(&all));
}

#[test]
fn text_fills_an_irregular_block_rectangle_by_rectangle() {
    // 咬合: two columns of 6 rows under the head, the first going on for 10 more.
    let cells =
        "cells = [{ col = 1, row = 1, cols = 1, rows = 24 }, { col = 2, row = 1, cols = 1, rows = 14 }]";
    let made = Desk::new()
        .change("pages/A02.toml", "cells = { col = 1, row = 1, cols = 2, rows = 12 }", cells)
        .change("stories/one.toml", &"小城新事".repeat(32), &"小城新事".repeat(93))
        .make(Make::Pages);
    assert_eq!(codes(&made), [""; 0], "{:?}", made.notes);
    let fit = json(&made.pages[0].fit);
    let rows: Vec<u64> = fit["stories"][0]["columns"]
        .as_array()
        .expect("columns")
        .iter()
        .map(|own| own["lines"].as_u64().expect("a count"))
        .collect();
    assert_eq!(rows, [16, 6]);
    let map = json(made.pages[0].map.as_deref().expect("it fits"));
    assert_eq!(map["articles"][0]["polygon_um"].as_array().map(Vec::len), Some(6), "an L has six corners");
}

#[test]
fn rectangles_of_a_block_lie_edge_to_edge() {
    let cells = |second: &str| {
        let cells = format!("cells = [{{ col = 1, row = 1, cols = 1, rows = 24 }}, {second}]");
        Desk::new()
            .change("pages/A02.toml", "cells = { col = 1, row = 1, cols = 2, rows = 12 }", &cells)
            .make(Make::Check)
    };
    assert_eq!(codes(&cells("{ col = 3, row = 1, cols = 1, rows = 14 }")), ["areas-apart"]);
    assert_eq!(codes(&cells("{ col = 1, row = 2, cols = 1, rows = 14 }")), ["areas-apart"]);
    assert_eq!(codes(&cells("{ col = 7, row = 1, cols = 1, rows = 14 }")), ["cells-outside"]);
}

#[test]
fn a_jump_line_that_finds_no_row_is_told() {
    let desk = jumping(6, 8, &LEAD.repeat(14)).change("pages/A03.toml", "rows = 14", "rows = 6");
    let made = desk.make(Make::Check);
    let note = made.notes.iter().find(|note| note.code.0 == "jump-room").expect("it has no row");
    assert!(note.message.contains("part 2 of `one` on page A03"), "{}", note.message);
    assert!(note.message.contains("上接第2版") && note.help.is_some(), "{}", note.message);
    assert_eq!(place(&made, note), "pages/A03.toml:5:9");
}

#[test]
fn a_page_waits_for_the_page_that_its_story_comes_from() {
    let other = "\n[[block]]\nstory = \"two\"\ncells = { col = 3, row = 1, cols = 1, rows = 12 }\nhead = { style = \"song\", rows = 8 }\n";
    let with = |paragraphs: usize| {
        let desk = jumping(6, 8, &LEAD.repeat(14));
        let page = format!("{}{other}", desk.text("pages/A02.toml"));
        let text = LEAD.repeat(paragraphs);
        let story = format!("id = \"two\"\nheadline = \"河边\"\n\n[[body]]\ntext = \"{text}\"\n");
        desk.put("pages/A02.toml", page.as_bytes())
            .put("stories/two.toml", story.as_bytes())
            .make(Make::Pages)
    };
    let held = |made: &Made| codes(made).iter().filter(|code| **code == "jump-held").count();
    let made = with(2);
    assert_eq!(held(&made), 0, "{:?}", made.notes);
    // `two` is over on page 2; page 3, on which `one` goes on, fits but is not printed without it.
    let made = with(9);
    assert_eq!(held(&made), 1, "{:?}", made.notes);
    let note = made.notes.iter().find(|note| note.code.0 == "jump-held").expect("it is said");
    assert_eq!(place(&made, note), "pages/A03.toml");
    assert!(made.pages.iter().all(|page| page.status == Status::Unfit && page.pdf.is_none()));
}
