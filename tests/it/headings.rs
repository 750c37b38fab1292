//! Headings that do not simply stand over their text: 肩题, 文包题, 题包文, reversed and tinted bars.

use duikai::diag::Severity;
use duikai::job::{MadePage, Make};
use duikai::output::fit::Status;
use serde_json::Value;

use super::desk::{Desk, errors};

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
