//! Text files with something wrong in them: each is refused with a code, a place and a remedy,
//! and what was made last stays as it was.

use duikai::job::{Make, Outcome, deliver};
use duikai::output::fit::Status;

use super::desk::{Desk, errors, place};

const STORY: &str = "stories/one.toml";
const PAGE: &str = "pages/A02.toml";
const EDITION: &str = "edition.toml";

/// Fails unless the edition is refused with this code, at this file, line and column, with these
/// words in the message and in the remedy, and leaves its last good output alone.
#[track_caller]
pub(crate) fn check(desk: &Desk, code: &str, at: &str, says: &str, help: &str) {
    let made = desk.make(Make::Pages);
    let errors = errors(&made);
    let first = errors.first().expect("something is said");
    assert_eq!(first.code.0, code, "{errors:?}");
    assert_eq!(place(&made, first), at, "{first:?}");
    assert!(first.message.contains(says), "{first:?}");
    assert!(first.help.as_ref().is_some_and(|remedy| remedy.contains(help)), "{first:?}");
    assert_eq!(made.outcome(), Outcome::Unfit, "exit code 2");
    let out = tempfile::tempdir().expect("a directory");
    let last_good = ["A02.pdf", "A02.fit.json", "A02.map.json"];
    for name in last_good {
        std::fs::write(out.path().join(name), name).expect("a file");
    }
    assert_eq!(deliver(&made, out.path()).expect("nothing can go wrong"), Vec::<std::path::PathBuf>::new());
    for name in last_good {
        assert_eq!(std::fs::read(out.path().join(name)).expect("it is there"), name.as_bytes());
    }
    assert_eq!(std::fs::read_dir(out.path()).expect("a directory").count(), last_good.len());
}

#[test]
fn the_unspoiled_edition_fits() {
    let made = Desk::new().make(Make::Check);
    assert!(errors(&made).is_empty(), "{:?}", made.notes);
    assert_eq!(made.outcome(), Outcome::Fits, "{}", made.pages[0].fit);
}

#[test]
fn missing_edition() {
    let desk = Desk::new().remove(EDITION);
    check(&desk, "file-missing", "", "`edition.toml`", "add the file");
}

#[test]
fn missing_page() {
    let desk = Desk::new().remove(PAGE);
    check(&desk, "file-missing", "edition.toml:5:10", "`pages/A02.toml`", "add the file");
}

#[test]
fn missing_story() {
    let desk = Desk::new().remove(STORY);
    check(&desk, "file-missing", "pages/A02.toml:5:9", "`stories/one.toml`", "check the name");
}

#[test]
fn unknown_key() {
    let desk = Desk::new().change(STORY, "headline", "head_line");
    check(&desk, "toml", "stories/one.toml:2:1", "`headline`", "check the spelling");
}

#[test]
fn wrong_unit() {
    let columns = "rows = 12 }\ncolumns = { count = 2, measure = \"17px\" }";
    let desk = Desk::new().change(PAGE, "rows = 12 }", columns);
    check(&desk, "toml", "pages/A02.toml:7:34", "`px` is not a unit", "key");
}

#[test]
fn unknown_layout() {
    let desk = Desk::new().change(EDITION, "duikai-6x17", "duikai-7x17");
    check(&desk, "file-missing", "edition.toml:3:10", "duikai-7x17", "check the name");
}

#[test]
fn overlapping_blocks() {
    let second = "[[block]]\nstory = \"two\"\ncells = { col = 2, row = 12, cols = 2, rows = 9 }\nhead = { style = \"song\" }\n";
    let page = Desk::new().text(PAGE) + second;
    let story = Desk::new().text(STORY).replace("\"one\"", "\"two\"");
    let desk = Desk::new().put(PAGE, page.as_bytes()).put("stories/two.toml", story.as_bytes());
    check(&desk, "blocks-overlap", "pages/A02.toml:10:9", "`one` and `two`", "move or shrink one of them");
}

#[test]
fn block_off_the_grid() {
    let desk = Desk::new().change(PAGE, "col = 1", "col = 6");
    check(&desk, "cells-outside", "pages/A02.toml:6:9", "outside the grid", "columns are 1 to 6");
}

#[test]
fn missing_glyph() {
    // The column is counted in characters: the face stands after a quotation mark and four of them.
    let desk = Desk::new().change(STORY, "小城新事小城", "小城新事😀城");
    check(&desk, "glyph-missing", "stories/one.toml:5:13", "U+1F600", "add a face that has it");
}

#[test]
fn not_utf8() {
    let mut bytes = Desk::new().text(STORY).into_bytes();
    bytes[20] = 0xFF;
    let desk = Desk::new().put(STORY, &bytes);
    check(
        &desk,
        "file-unreadable",
        "stories/one.toml:2:10",
        "byte 20 is not UTF-8",
        "save the file as UTF-8",
    );
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain("id".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let desk = Desk::new().put(STORY, &utf16);
    check(&desk, "file-unreadable", "stories/one.toml:1:1", "UTF-16", "GBK");
}

#[test]
fn nothing_is_missed_on_a_page_that_cannot_be_read() {
    let index = "\n[[panel]]\nstyle = \"index\"\ncells = { col = 3, row = 93, cols = 2, rows = 16 }\nitems = [{ text = \"小城\", page = \"A03\" }]\n";
    let page = Desk::new().text(PAGE).replace("\nhead", "\npart = 2\nhead") + index;
    let desk = Desk::new()
        .change(EDITION, "[\"A02\"]", "[\"A03\", \"A02\"]")
        .put("pages/A03.toml", b"page_no =")
        .put(PAGE, page.as_bytes());
    let made = desk.make(Make::Check);
    let codes: Vec<&str> = errors(&made).iter().map(|note| note.code.0).collect();
    assert_eq!(codes, ["toml"], "{:?}", made.notes);
}

#[test]
fn a_block_with_a_story_is_offered_to_none() {
    let desk = Desk::new().change(PAGE, "\"one\"\n", "\"one\"\noffered_to = [\"one\"]\n");
    check(&desk, "block-whose", "pages/A02.toml:6:15", "not both", "take one of the two out");
}

#[test]
fn rectangles_that_overlap() {
    let cells = "[{ col = 1, row = 1, cols = 2, rows = 12 }, { col = 2, row = 3, cols = 2, rows = 4 }]";
    let desk = Desk::new().change(PAGE, "{ col = 1, row = 1, cols = 2, rows = 12 }", cells);
    check(
        &desk,
        "areas-apart",
        "pages/A02.toml:6:9",
        "rectangle 2 of the block overlaps rectangle 1",
        "edge to edge",
    );
}

#[test]
fn picture_left_of_its_block() {
    let desk = Desk::with_picture(&[]).change(PAGE, "left = \"0em\"", "left = \"-2em\"");
    let made = desk.make(Make::Check);
    let errors = errors(&made);
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!(errors[0].code.0, "picture-outside");
    assert!(errors[0].message.contains("`left` of the picture `view` is negative"), "{errors:?}");
    assert_eq!(place(&made, errors[0]), "pages/A02.toml:12:8");
}

#[test]
fn story_used_twice() {
    let again = "[[block]]\nstory = \"one\"\ncells = { col = 3, row = 1, cols = 2, rows = 12 }\nhead = { style = \"song\" }\n";
    let page = Desk::new().text(PAGE) + again;
    let desk = Desk::new().put(PAGE, page.as_bytes());
    check(&desk, "story-twice", "pages/A02.toml:9:9", "`one`", "remove one of the two");
}

#[test]
fn page_listed_twice() {
    let desk = Desk::new().change(EDITION, "[\"A02\"]", "[\"A02\", \"A02\"]");
    check(&desk, "page-twice", "edition.toml:5:17", "`A02` is listed twice", "list each page once");
}

#[test]
fn no_pages() {
    let desk = Desk::new().change(EDITION, "[\"A02\"]", "[]");
    check(&desk, "pages-none", "edition.toml:5:9", "no pages", "pages = [\"A02\"]");
}

#[test]
fn page_named_like_a_path() {
    let desk = Desk::new().change(EDITION, "[\"A02\"]", "[\"../A02\"]");
    check(&desk, "page-id", "edition.toml:5:10", "cannot be a page's id", "letters, digits");
}

#[test]
fn no_such_day() {
    let desk = Desk::new().change(EDITION, "2022-09-05", "1822-09-05");
    check(&desk, "date", "edition.toml:2:8", "a day between", "date = 2022-09-05");
}

/// A headline that fits no size is no wrong input: the page is unfit, with a report and a draft.
fn check_too_long(headline: &str) {
    let made = Desk::new().change(STORY, "小城|新事", headline).make(Make::Pages);
    let codes: Vec<&str> = made.notes.iter().map(|note| note.code.0).collect();
    assert!(codes.contains(&"head-large"), "{codes:?}");
    assert_eq!(made.outcome(), Outcome::Unfit, "exit code 2");
    assert!(made.pages[0].draft.is_some() && made.pages[0].pdf.is_none(), "a draft and no page for print");
}

#[test]
fn headline_too_long() {
    check_too_long(&"小城新事".repeat(16));
}

#[test]
fn headline_too_long_with_breaks_at_its_edges() {
    check_too_long(&format!("|{}|", "小城新事".repeat(16)));
}

#[test]
fn headline_without_characters() {
    for headline in ["", "|", "　"] {
        let desk = Desk::new().change(STORY, "小城|新事", headline);
        check(&desk, "headline-empty", "stories/one.toml:2:12", "`one`", "write the words");
    }
}

#[test]
fn rows_beyond_any_page() {
    let columns = "columns = { count = 2, measure = \"17em\", row = 65535, rows = 65535 }";
    let desk = Desk::new().change(PAGE, "head = ", &format!("{columns}\nhead = "));
    check(&desk, "toml", "pages/A02.toml:7:48", "out of range", "docs/keys.md");
}

#[test]
fn line_break_in_a_paragraph() {
    let desk = Desk::new().change(STORY, "小城新事小城", "小城\\n新事");
    check(&desk, "control-character", "stories/one.toml:5:11", "U+000A", "begin a new `[[body]]`");
}

#[test]
fn line_break_in_a_summary() {
    let desk = Desk::new().change(STORY, "小城|新事\"", "小城|新事\"\nsummary = [\"新路\", \"老\\n街\"]");
    check(&desk, "control-character", "stories/one.toml:3:20", "U+000A", "in a summary a new string");
}

#[test]
fn control_character_in_a_headline() {
    let desk = Desk::new().change(STORY, "小城|新事", "小城\\u0000新事");
    check(&desk, "control-character", "stories/one.toml:2:15", "U+0000", "remove other control");
}

#[test]
fn nul_in_the_file() {
    let desk = Desk::new().change(STORY, "小城新事小城", "小城\0新事");
    check(&desk, "toml", "stories/one.toml:5:11", "invalid basic string", "quotation marks");
}

#[test]
fn line_ends_and_marks_of_other_systems_are_read() {
    let plain = Desk::new();
    let mut foreign = Desk::new();
    for path in plain.paths() {
        let text = format!("\u{feff}{}", plain.text(path).replace('\n', "\r\n"));
        foreign = foreign.put(path, text.as_bytes());
    }
    let articles = |desk: &Desk| {
        let made = desk.make(Make::Check);
        assert_eq!(made.notes, []);
        assert_eq!(made.pages[0].status, Status::Fits);
        made.pages[0].map.clone().expect("a page that fits has a map")
    };
    assert_eq!(articles(&foreign), articles(&plain));
    let spoiled = foreign.change(STORY, "小城新事小城", "小城新事😀城");
    check(&spoiled, "glyph-missing", "stories/one.toml:5:13", "U+1F600", "add a face");
}
