//! The sample against the page it is taken from: every character of it, and the ten places where
//! the paper's columns ended.

use std::sync::LazyLock;

use duikai::files::{Memory, Place};
use duikai::job::{self, Make, Outcome, Request};
use duikai::model::story::{Role, Story, count_chars};
use serde_json::Value;

use super::sample::{self, Layered, assert_same_text, column_texts, disk, entries, sample, solid};

/// The reference text's lines, `LINES[0]` being line 1.
static LINES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let path = sample::house().join("tests/reference/shannan-page.txt");
    let text = std::fs::read_to_string(path).expect("the reference text can be read");
    text.lines().map(str::to_owned).collect()
});

/// Lines that end where a printed column ended. The paragraph goes on after an empty line.
const BROKEN: [usize; 10] = [12, 17, 22, 28, 50, 72, 84, 96, 102, 108];

/// The stories in the order of the reference text.
const STORIES: [&str; 8] =
    ["lead", "brief", "photos", "explainer", "sangri", "qiongjie", "cuomei", "hospital"];

fn line(number: usize) -> &'static str {
    &LINES[number - 1]
}

/// The line at which a broken line's paragraph goes on.
fn rest_of(number: usize) -> usize {
    assert_eq!(line(number + 1), "", "an empty line follows line {number}");
    number + 2
}

/// The paragraphs of the reference text, the broken ones rejoined with nothing between the pieces.
fn paragraphs() -> String {
    let mut text = String::new();
    let mut number = 1;
    while number <= LINES.len() {
        text.push_str(line(number));
        if BROKEN.contains(&number) {
            number = rest_of(number);
            continue;
        }
        if !line(number).is_empty() {
            text.push('\n');
        }
        number += 1;
    }
    text
}

/// What a story took from the reference text, in its order, a line for each paragraph.
fn taken(story: &Story) -> String {
    let heads = [&story.kicker, &story.headline, &story.column_head, &story.deck];
    let captions = story.pictures.iter().filter_map(|picture| picture.caption.as_ref());
    let texts = heads
        .into_iter()
        .map(|title| title.text.text.as_str())
        .chain(column_texts(story))
        .chain(captions.map(|caption| caption.text.text.as_str()));
    texts.filter(|text| !text.is_empty()).flat_map(|text| [text, "\n"]).collect()
}

/// What a story has that the reference text lacks: bylines and credits, which the sample's README
/// says are invented.
fn invented(story: &Story) -> u32 {
    let credits = story.pictures.iter().filter_map(|picture| picture.credit.as_ref());
    story.byline.iter().chain(credits).map(|para| count_chars(&para.text.text)).sum()
}

#[test]
fn the_sample_is_the_reference_text() {
    let stories = STORIES.map(|id| sample().story(id));
    let all: String = stories.iter().map(|story| taken(story)).collect();
    assert_same_text("the sample's stories", &all, &paragraphs());
    for story in stories {
        let told = count_chars(&taken(story)) + invented(story);
        assert_eq!(story.chars(), told, "`{}` holds text that is neither taken nor declared", story.id);
    }
    assert_eq!(sample().composed.page.blocks.len(), STORIES.len(), "a story on the page is not in the list");
}

#[test]
fn a_source_tag_stands_one_space_before_its_text() {
    let tagged = STORIES.map(|id| sample().story(id)).into_iter().filter_map(|story| {
        let para = story.paras.iter().find(|para| para.role == Role::Body)?;
        (!para.source_tag.is_empty()).then_some(&para.text.text)
    });
    let tagged: Vec<&String> = tagged.collect();
    assert_eq!(tagged.len(), 5);
    assert!(tagged.iter().all(|text| text.starts_with("本报讯 ") && !text.starts_with("本报讯  ")));
}

/// A complaint if a column does not end where the printed one did: at the end of a line of the
/// reference text, its paragraph going on in the next column.
fn check(story: &str, column: usize, number: usize, shown: &str) -> Option<String> {
    const FEW: usize = 8;
    assert!(line(number).ends_with(shown), "line {number} ends with {shown}");
    let columns: Vec<String> = sample().columns(story).iter().map(|lines| solid(&lines.concat())).collect();
    let (Some(ends), Some(begins)) = (columns.get(column), columns.get(column + 1)) else {
        return Some(format!("{story}: it has {} columns", columns.len()));
    };
    let (before, after) = (solid(line(number)), solid(line(rest_of(number))));
    let head: String = after.chars().take(FEW).collect();
    let tail: String = before.chars().skip(before.chars().count().saturating_sub(FEW)).collect();
    if ends.ends_with(&tail) && begins.starts_with(&head) {
        return None;
    }
    let last: String = ends.chars().skip(ends.chars().count().saturating_sub(FEW)).collect();
    let first: String = begins.chars().take(FEW).collect();
    Some(format!(
        "{story}, end of column {} ({shown}): …{tail}│{head}… was printed, …{last}│{first}… is set",
        column + 1
    ))
}

#[test]
fn columns_end_where_the_printed_ones_did() {
    let complaints: Vec<String> = [
        check("lead", 0, 12, "高"),
        check("lead", 1, 17, "防控"),
        check("lead", 2, 22, "组"),
        check("brief", 0, 28, "防控"),
        check("explainer", 0, 50, "60岁"),
        check("qiongjie", 0, 72, "全"),
        check("cuomei", 0, 84, "“我要做”"),
        check("hospital", 0, 96, "人"),
        check("hospital", 1, 102, "采样，"),
        check("hospital", 2, 108, "小林”"),
    ]
    .into_iter()
    .flatten()
    .collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn columns_are_as_deep_as_the_printed_ones() {
    let depths = |id: &str| sample().columns(id).iter().map(Vec::len).collect::<Vec<usize>>();
    assert_eq!(depths("lead"), [13, 13, 13, 13]);
    assert_eq!(depths("brief"), [11, 11]);
    assert_eq!(depths("explainer"), [19, 23], "its headline stands over the first");
    assert_eq!(depths("qiongjie"), [15, 15]);
    assert_eq!(depths("cuomei"), [12, 11]);
    assert_eq!(depths("hospital"), [22, 23, 23, 22], "its byline stands over the first");
}

#[test]
fn full_width_marks_are_one_changed_word() {
    let made = full_width("total");
    assert_eq!(made.outcome(), Outcome::Fits, "{:?}", made.notes);
    assert!(
        made.notes.iter().any(|note| note.code.0 == "head-scored"),
        "the headline of `brief` takes two lines"
    );
    let page = made.pages.iter().find(|page| page.id == sample::PAGE).expect("the page is reported");
    let fit: Value = serde_json::from_str(&page.fit).expect("a report is JSON");
    let lines = |story: &&Value| (story["lines"]["overset"].as_u64(), story["lines"]["taken_in"].as_u64());
    let stories = entries(&fit, "stories");
    assert!(stories.iter().all(|story| lines(&story).0 == Some(0)), "total-fit finds room for every story");
    let taken_in: u64 = stories.iter().filter_map(|story| lines(&story).1).sum();
    assert_eq!(taken_in, 1, "one paragraph was set a line shorter than it would best be");
}

/// The sample in full-width marks, its lines made by a composer.
fn full_width(composer: &str) -> job::Made {
    let kept = |line: &&str| !line.trim_start().starts_with("punctuation");
    let typed = sample::typed("edition.toml");
    let lines: Vec<&str> =
        std::iter::once("punctuation = \"quanjiao\"").chain(typed.lines().filter(kept)).collect();
    let mut over = Memory::default();
    over.put(Place::Edition, "edition.toml", lines.join("\n").as_bytes());
    let path = sample::house().join("layouts/duikai-6x17.toml");
    let layout = std::fs::read_to_string(path).expect("the layout can be read");
    let layout = layout.replace("composer = \"total\"", &format!("composer = \"{composer}\""));
    over.put(Place::House, "layouts/duikai-6x17.toml", layout.as_bytes());
    let request = Request { make: Make::Pages, ..Request::default() };
    job::run(&Layered { over, under: disk() }, &request, &mut |_| {})
}

#[test]
fn by_the_fit_rule_full_width_marks_take_more_room_than_there_is() {
    let made = full_width("first");
    assert_eq!(made.outcome(), Outcome::Unfit, "exit code 2");
    let page = made.pages.iter().find(|page| page.id == sample::PAGE).expect("the page is reported");
    assert!(page.pdf.is_none() && page.map.is_none(), "nothing that could be taken for print");
    let draft = page.draft.as_ref().expect("the desk sees what does not fit");
    assert!(draft.starts_with(b"%PDF-"));
    let fit: Value = serde_json::from_str(&page.fit).expect("a report is JSON");
    assert_eq!(fit["status"], "unfit");
    assert_eq!(fit["pdf_sha256"], Value::Null);
    let over: Vec<&Value> =
        entries(&fit, "stories").iter().filter(|story| story["lines"]["overset"] != 0).collect();
    assert!(!over.is_empty(), "full-width marks take more room");
    for story in over {
        let (lines, chars) = (&story["lines"], &story["chars"]);
        assert!(lines["need"].as_u64() > lines["capacity"].as_u64(), "{story}");
        assert!(chars["overset"].as_u64() > Some(0), "{story}");
        let (placed, overset) = (chars["placed"].as_u64(), chars["overset"].as_u64());
        assert_eq!(placed.zip(overset).map(|(a, b)| a + b), chars["input"].as_u64(), "{story}");
        let remedy = story["remedy"].as_str().expect("a remedy");
        let named = format!("超 {} 行 ({} 字)", lines["overset"], chars["overset"]);
        assert!(remedy.contains(&named), "{remedy}");
    }
}
