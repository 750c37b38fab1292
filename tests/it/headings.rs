//! Headings that do not simply stand over their text: 肩题, 文包题, 题包文, 提要题, reversed and tinted bars.

use duikai::diag::Severity;
use duikai::job::{MadePage, Make};
use duikai::output::fit::Status;
use serde_json::Value;

use super::desk::{Desk, errors, place};

const PAGE: &str = "pages/A02.toml";
const STORY: &str = "stories/one.toml";
const HEAD: &str = "head = { style = \"song\", rows = 8 }";

/// The desk's page over four columns of eight rows under a heading of six.
fn wide(head: &str, story: &str, chars: usize) -> Desk {
    let text = "小城新事".repeat(32);
    let longer: String = "小城新事".chars().cycle().take(chars).collect();
    Desk::new()
        .change(PAGE, "cols = 2, rows = 12", "cols = 4, rows = 14")
        .change(PAGE, HEAD, head)
        .change(STORY, &text, &longer)
        .change(STORY, "headline = \"小城|新事\"", story)
}

fn page(desk: &Desk) -> MadePage {
    let made = desk.make(Make::Pages);
    assert!(errors(&made).is_empty(), "{:?}", made.notes);
    let page = made.pages.into_iter().next().expect("a page");
    assert_eq!(page.status, Status::Fits);
    page
}

/// A box on the page: left, top, right, bottom.
type Box4 = [i64; 4];

/// Of the story: boxes of its lines of heading, then of its columns, in µm.
fn boxes(page: &MadePage) -> (Vec<(String, Box4)>, Vec<Box4>) {
    let map: Value = serde_json::from_str(page.map.as_deref().expect("it fits")).expect("JSON");
    let bbox =
        |value: &Value| -> Box4 { serde_json::from_value(value["bbox_um"].clone()).expect("four numbers") };
    let blocks = map["articles"][0]["blocks"].as_array().expect("blocks").clone();
    let of = |kind: &str| blocks.iter().filter(|block| block["kind"] == kind).cloned().collect::<Vec<_>>();
    let lines = of("head")
        .iter()
        .flat_map(|block| block["lines"].as_array().expect("lines").clone())
        .map(|line| (line["text"].as_str().expect("a text").to_owned(), bbox(&line)))
        .collect();
    (lines, of("text").iter().map(bbox).collect())
}

#[test]
fn a_kicker_beside_its_headline() {
    let head = "head = { style = \"song\", rows = 6, kicker_at = \"beside\" }";
    let desk = wide(head, "kicker = \"记者调查\"\nheadline = \"小城新事\"", 17 * 8 * 4 - 4);
    let (lines, _) = boxes(&page(&desk));
    let [(kicker, left), (headline, right)] = &lines[..] else { panic!("two lines: {lines:?}") };
    assert_eq!((kicker.as_str(), headline.as_str()), ("记者调查", "小城新事"));
    assert!(left[2] < right[0], "left of it: {left:?} {right:?}");
    let middle = |rect: &Box4| (rect[1] + rect[3]) / 2;
    assert!((middle(left) - middle(right)).abs() < 100, "on one height: {left:?} {right:?}");
}

#[test]
fn text_round_its_heading() {
    // 2 columns of 14 rows, and 2 of 8 under the heading.
    let head = "head = { style = \"song\", rows = 6, from = 2, over = 2 }";
    let desk = wide(head, "headline = \"小城新事\"", 17 * (14 + 8) * 2 - 4);
    let (lines, columns) = boxes(&page(&desk));
    let [first, second, third, fourth] = columns[..] else { panic!("four columns: {columns:?}") };
    assert_eq!((first[1], second[1]), (fourth[1], third[1]));
    assert!(first[1] < second[1], "the outer columns are as high as the block");
    let headline = lines[0].1;
    assert!(second[0] == headline[0] && headline[2] == third[2], "{headline:?} over {second:?} {third:?}");
    assert!(headline[3] <= second[1]);
}

#[test]
fn a_heading_round_its_text() {
    for (side, part) in [("left", "kicker"), ("right", "deck")] {
        let head = format!(
            "columns = {{ count = 4, measure = \"16em\" }}\n\
             head = {{ style = \"song\", rows = 6, aside = {{ part = \"{part}\", side = \"{side}\", width = \"3em\" }} }}"
        );
        let desk = wide(&head, &format!("{part} = \"小城\"\nheadline = \"小城新事\""), 16 * 8 * 4 - 4);
        let (lines, columns) = boxes(&page(&desk));
        let headline = lines.iter().find(|(text, _)| text == "小城新事").expect("a headline").1;
        let strip = lines.iter().find(|(text, _)| text == "小城").expect("the part aside").1;
        assert!(
            headline[3] <= strip[1] && strip[3] > strip[1] + (strip[2] - strip[0]) * 2,
            "upright, under it"
        );
        let clear = |column: &Box4| strip[2] < column[0] || column[2] < strip[0];
        assert!(columns.iter().all(clear), "beside the text: {strip:?} {columns:?}");
        let outer = if side == "left" { strip[2] < columns[0][0] } else { strip[0] > columns[3][2] };
        assert!(outer, "{side}");
    }
}

#[test]
fn headings_that_have_no_place() {
    let code = |desk: &Desk| {
        let notes = desk.make(Make::Check).notes;
        let grave = notes.iter().filter(|note| note.severity != Severity::Warning);
        grave.map(|note| note.code.0).collect::<Vec<_>>()
    };
    let story = "headline = \"小城新事\"";
    let over = wide("head = { style = \"song\", rows = 6, from = 4, over = 2 }", story, 400);
    assert_eq!(code(&over), ["head-over"]);
    let aside = "columns = { count = 4, measure = \"16em\" }\nhead = { style = \"song\", rows = 6, aside = { part = \"deck\", side = \"left\", width = \"3em\" } }";
    assert_eq!(code(&wide(aside, story, 16 * 8 * 4 - 4)), ["head-strip"], "there is no deck");
    let narrow = aside.replace("\"3em\"", "\"2em\"");
    let deck = format!("deck = \"小城\"\n{story}");
    assert_eq!(code(&wide(&narrow, &deck, 16 * 8 * 4 - 4)), ["head-wide"]);
    let both = "head = { style = \"song\", side = \"right\", width = \"4em\", aside = { part = \"deck\", side = \"left\", width = \"3em\" } }";
    assert_eq!(code(&wide(both, &deck, 400)), ["head-strip"]);
}

#[test]
fn headings_on_bars() {
    for (style, ink) in [("fanbai", "反白"), ("diwen", "底纹")] {
        let head = format!("head = {{ style = \"{style}\", rows = 6 }}");
        let page = page(&wide(&head, "headline = \"小城新事\"", 17 * 8 * 4 - 4));
        assert!(page.pdf.is_some(), "{ink}");
    }
}

const POINTS: [&str; 2] = ["■新路沿河一里，两头接上老街。", "■孩子们上学不再绕远路。"];

/// A story with a summary of two points.
fn summed_up() -> String {
    format!("headline = \"小城新事\"\nsummary = [\"{}\", \"{}\"]", POINTS[0], POINTS[1])
}

/// Where the lines of the summary stand.
fn points(lines: &[(String, Box4)]) -> [Box4; 2] {
    POINTS.map(|point| lines.iter().find(|(text, _)| text == point).expect("it is on the page").1)
}

#[test]
fn a_summary_under_its_heading() {
    // Two lines of 15.75 pt and a row of white take four rows.
    let head = "head = { style = \"song\", rows = 6 }";
    let set = page(&wide(head, &summed_up(), 17 * 4 * 4 - 4));
    let (lines, columns) = boxes(&set);
    let [first, second] = points(&lines);
    let headline = lines[0].1;
    assert_eq!(lines[0].0, "小城新事", "the headline is read first");
    assert!(headline[3] <= first[1] && first[3] < second[1] && second[3] < columns[0][1]);
    assert_eq!((first[0], first[2]), (columns[0][0], columns[3][2]), "across the columns of its heading");
    let bare = wide("head = { style = \"song\", rows = 10 }", "headline = \"小城新事\"", 17 * 4 * 4 - 4);
    assert_eq!(columns, boxes(&page(&bare)).1, "the text keeps to the rows of the page");

    let map: Value = serde_json::from_str(set.map.as_deref().expect("it fits")).expect("JSON");
    let article = &map["articles"][0];
    assert_eq!(article["summary"], serde_json::json!(POINTS));
    assert_eq!(article["blocks"][0]["bbox_um"][3], second[3], "it is part of the heading as threads see it");
    assert_eq!(article["blocks"][0]["lines"][1]["font"], "kai-10.5");
    let fit: Value = serde_json::from_str(&set.fit).expect("JSON");
    let story = &fit["stories"][0];
    assert_eq!(story["summary"], serde_json::json!({ "lines": 2, "overset": 0, "rows": 4 }));
    assert_eq!(story["chars"]["input"], story["chars"]["placed"]);
    assert_eq!(story["headline"]["lines"], 1);
}

#[test]
fn a_story_without_a_summary_has_none_in_its_files() {
    let made =
        page(&wide("head = { style = \"song\", rows = 6 }", "headline = \"小城新事\"", 17 * 8 * 4 - 4));
    assert!(!made.map.expect("it fits").contains("summary") && !made.fit.contains("summary"));
}

#[test]
fn a_summary_of_a_width_of_its_own() {
    let head = "head = { style = \"song\", rows = 6, summary = { rows = 5, width = \"20em\" } }";
    let (lines, columns) = boxes(&page(&wide(head, &summed_up(), 17 * 3 * 4 - 4)));
    let [first, _] = points(&lines);
    assert_eq!(first[2] - first[0], 63_500, "20 em of 9 pt");
    let middle = |rect: &Box4| (rect[0] + rect[2]) / 2;
    assert!((middle(&first) - middle(&lines[0].1)).abs() < 100, "in the middle, as its heading is");
    assert_eq!(columns.len(), 4);
}

#[test]
fn a_summary_beside_its_heading() {
    for side in ["left", "right"] {
        let head = format!(
            "head = {{ style = \"song\", rows = 6, summary = {{ side = \"{side}\", width = \"26em\" }} }}"
        );
        let (lines, columns) = boxes(&page(&wide(&head, &summed_up(), 17 * 8 * 4 - 4)));
        let ([first, second], headline) = (points(&lines), lines[0].1);
        let beside = if side == "left" { first[2] < headline[0] } else { headline[2] < first[0] };
        assert!(beside, "{side}: {first:?} {headline:?}");
        let middle = (first[1] + second[3]) / 2 - (headline[1] + headline[3]) / 2;
        assert!(middle.abs() < 100, "in the middle of the same rows: {middle}");
        let outer = if side == "left" { first[0] == columns[0][0] } else { first[2] == columns[3][2] };
        assert!(outer, "{side}");
    }
    // More lines than the heading has rows for give it some.
    let long = format!("{}，小城的新路{}", POINTS[0], "通到河边".repeat(14));
    let story = format!("headline = \"小城新事\"\nsummary = \"{long}\"");
    let head =
        "head = { style = \"song\", size = \"24pt\", summary = { side = \"right\", width = \"26em\" } }";
    let desk = wide(head, &story, 17 * 9 * 4 - 4);
    let desk = desk.change(PAGE, "rows = 14", "rows = 15");
    let fit: Value = serde_json::from_str(&page(&desk).fit).expect("JSON");
    assert_eq!(fit["stories"][0]["summary"], serde_json::json!({ "lines": 4, "overset": 0, "rows": 6 }));
}

#[test]
fn a_summary_over_text_beside_a_vertical_heading() {
    let columns = "columns = { count = 4, measure = \"16em\" }";
    let head = format!("{columns}\nhead = {{ style = \"song\", side = \"right\", width = \"6em\" }}");
    let story = summed_up().replace("小城新事\"", "小城新事\"\n");
    let (lines, columns) = boxes(&page(&wide(&head, &story, 16 * 10 * 4 - 4)));
    let [first, second] = points(&lines);
    assert_eq!((first[0], first[2]), (columns[0][0], columns[3][2]), "over the text alone");
    assert!(second[3] < columns[0][1] && first[1] < lines[0].1[3], "{lines:?}");
}

#[test]
fn summaries_without_room_and_places_that_make_no_sense() {
    let told = |head: &str, story: &str| {
        let made = wide(head, story, 400).make(Make::Check);
        let note = made.notes.iter().find(|note| note.code.0.starts_with("summary"));
        let note = note.unwrap_or_else(|| panic!("{:?}", made.notes));
        let help = note.help.clone().expect("a remedy");
        (note.code.0, place(&made, note), note.message.clone(), help)
    };
    let at = |summary: &str| format!("head = {{ style = \"song\", rows = 6, summary = {{ {summary} }} }}");
    let (code, place, message, help) = told(&at("rows = 1"), &summed_up());
    assert_eq!((code, place.as_str()), ("summary-overset", "stories/one.toml:3:32"));
    assert!(message.ends_with("has more text than its rows hold (1): 超 1 行 (12 字)"), "{message}");
    assert!(help.starts_with("删 12 字, or more `rows`"), "{help}");
    let many = format!("headline = \"小城新事\"\nsummary = [{}]", "\"■新路\", ".repeat(8));
    let (code, _, message, help) = told("head = { style = \"song\", rows = 6 }", &many);
    assert_eq!(code, "summary-overset");
    assert!(
        message.ends_with("has more lines than its style allows (6): 超 2 行 (6 字)")
            && help.contains("`lines`"),
        "{message}"
    );

    let code = |head: &str, story: &str| {
        let (code, place, ..) = told(head, story);
        (code, place)
    };
    let page = |column: u32| format!("pages/A02.toml:7:{column}");
    assert_eq!(code(&at("side = \"left\""), &summed_up()), ("summary-place", page(55)));
    assert_eq!(code(&at("width = \"2em\""), &summed_up()), ("summary-place", page(56)));
    assert_eq!(code(&at("width = \"80em\""), &summed_up()).0, "summary-wide");
    assert_eq!(code(&at("side = \"left\", width = \"50em\""), &summed_up()).0, "summary-wide");
    let upright = "columns = { count = 4, measure = \"16em\" }\nhead = { style = \"song\", side = \"right\", width = \"4em\", summary = { side = \"left\", width = \"9em\" } }";
    assert_eq!(code(upright, &summed_up()).0, "summary-place");
    for empty in ["\"\"", "[]", "[\"■新路\", \"\"]"] {
        let story = format!("headline = \"小城新事\"\nsummary = {empty}");
        assert_eq!(code(&at("rows = 4"), &story), ("summary-empty", "stories/one.toml:3:11".to_owned()));
    }
}

#[test]
fn a_block_too_narrow_for_a_summary_beside_its_heading_is_told() {
    // Half of a column of 11 em is less than a gutter of 9 em, or leaves 3.5 em beside one of 2 em.
    let grids = ["measure = \"11em\"\ngutter = \"9em\"", "measure = \"11em\"\ngutter = \"2em\""];
    for grid in grids {
        let head = "head = { style = \"song\", rows = 6, summary = { side = \"left\", width = \"4em\" } }";
        let made = wide(head, &summed_up(), 20)
            .change(PAGE, "cols = 4", "cols = 1")
            .change_layout("measure = \"17em\"\ngutter = \"1.8em\"", grid)
            .make(Make::Check);
        let note = made.notes.iter().find(|note| note.code.0 == "summary-wide");
        let note = note.unwrap_or_else(|| panic!("{grid}: {:?}", made.notes));
        assert_eq!(note.message, "the block is too narrow for the summary of `one` beside its heading");
        assert!(note.help.as_ref().is_some_and(|help| help.starts_with("take `side` out")));
    }
}
