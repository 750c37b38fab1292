//! Copyfitting: the ladder of a layout, step by step, and what is told of it.

use duikai::job::{Made, Make};
use duikai::output::fit::Status;
use serde_json::Value;

use super::desk::Desk;
use super::sample::house;

const TEXT: &str = "老城里的小河边新修了一条路孩子们上学再也不用绕远路走大桥那一头的窄巷子";

/// A story of a block of two columns of `rows` rows, with the ladder of the house.
pub(super) fn story(rows: u16, body: &str, heads: &str) -> Desk {
    let page = format!(
        "page_no = 2\nsection = \"要闻\"\n\n[[block]]\nstory = \"one\"\ncells = {{ col = 1, row = 1, cols = 2, rows = {} }}\n\
         head = {{ style = \"song\", rows = 8 }}\ncopyfit = \"usual\"\n",
        rows + 8
    );
    let story = format!("id = \"one\"\nheadline = \"小城|新事\"\n{heads}\n{body}");
    Desk::new().put("pages/A02.toml", page.as_bytes()).put("stories/one.toml", story.as_bytes())
}

/// A paragraph that fills so many lines of a basic column, its indent counted.
pub(super) fn para(lines: usize, more: &str) -> String {
    let text: String = TEXT.chars().cycle().take(lines * 17 - 2).collect();
    format!("[[body]]\ntext = \"{text}\"\n{more}\n")
}

/// How a story came out: the status, the steps, what was dropped, over and under.
fn told(made: &Made) -> (Status, Vec<String>, Vec<String>, i64) {
    let fit: Value = serde_json::from_str(&made.pages[0].fit).expect("a report is JSON");
    let story = &fit["stories"][0];
    let list = |value: &Value, key: &str| -> Vec<String> {
        let list = value.as_array().expect("a list");
        list.iter().map(|own| own[key].as_str().expect("text").to_owned()).collect()
    };
    let (over, under) = (&story["lines"]["overset"], &story["lines"]["underset"]);
    let over = over.as_i64().expect("a count") - under.as_i64().expect("a count");
    (made.pages[0].status, list(&story["steps"], "step"), list(&story["chars"]["dropped"], "rule"), over)
}

#[test]
fn a_story_that_fits_is_left_alone() {
    let (status, steps, dropped, _) = told(&story(6, &para(12, ""), "").make(Make::Check));
    assert_eq!((status, steps, dropped), (Status::Fits, vec![], vec![]));
}

#[test]
fn a_row_over_is_taken_from_the_white_of_the_heading() {
    let desk = story(6, &para(14, ""), "");
    let (status, steps, dropped, over) = told(&desk.make(Make::Check));
    assert_eq!(
        (status, steps, dropped, over),
        (Status::FitsWithChanges, vec!["head-rows".to_owned()], vec![], 0)
    );
}

#[test]
fn rows_short_become_white() {
    let desk = story(6, &(para(4, "") + "[[body]]\nsubhead = \"河边的路\"\n\n" + &para(2, "")), "");
    let (status, steps, dropped, over) = told(&desk.make(Make::Check));
    assert_eq!((status, dropped), (Status::FitsWithChanges, vec![]), "{steps:?}");
    assert!(steps.contains(&"white".to_owned()) || steps.contains(&"head-rows".to_owned()), "{steps:?}");
    assert!((-1..=0).contains(&over));
}

#[test]
fn a_deck_goes_before_a_paragraph() {
    let bodies = para(18, "") + &para(6, "optional = true");
    let desk = story(6, &bodies, "deck = \"孩子们上学不绕路\"\n");
    let (status, steps, dropped, _) = told(&desk.make(Make::Check));
    assert_eq!(
        (status, &dropped),
        (Status::FitsWithChanges, &vec!["deck".to_owned(), "optional".to_owned()]),
        "{steps:?}"
    );
}

#[test]
fn cuts_go_by_their_numbers_and_every_character_is_accounted_for() {
    let bodies = para(18, "") + &para(4, "cut = 1") + &para(4, "cut = 3") + &para(4, "cut = 2");
    let made = story(6, &bodies, "").make(Make::Pages);
    let (status, steps, dropped, _) = told(&made);
    assert_eq!(status, Status::FitsWithChanges, "{steps:?} {:?}", made.notes);
    let fit: Value = serde_json::from_str(&made.pages[0].fit).expect("a report is JSON");
    let chars = &fit["stories"][0]["chars"];
    let list = chars["dropped"].as_array().expect("a list");
    let sum: u64 = list.iter().map(|own| own["chars"].as_u64().expect("a count")).sum();
    assert_eq!(chars["placed"].as_u64().expect("a count") + sum, chars["input"].as_u64().expect("a count"));
    assert_eq!(dropped.len(), list.len());
    // The highest number first: the third paragraph is among what went, if anything did.
    assert!(list.iter().any(|own| own["paragraph"] == 3), "{list:?}");
    assert!(made.pages[0].pdf.is_some());
}

#[test]
fn a_ladder_that_is_used_up_says_so() {
    let made = story(6, &para(40, ""), "").make(Make::Check);
    assert_eq!(told(&made).0, Status::Unfit);
    let note = made.notes.iter().find(|note| note.code.0 == "overset").expect("it is over");
    let help = note.help.as_deref().expect("a remedy");
    assert!(help.contains("删") && help.contains("`usual` is used up"), "{help}");
}

#[test]
fn without_a_ladder_nothing_but_lines_changes() {
    let desk = story(6, &para(14, ""), "").change("pages/A02.toml", "copyfit = \"usual\"\n", "");
    assert_eq!(told(&desk.make(Make::Check)).0, Status::Unfit);
}

#[test]
fn bounds_are_of_their_step() {
    let desk = story(6, &para(12, ""), "")
        .change_layout("step = \"tracking\"     # 字距\nmost = \"0.02em\"", "step = \"tracking\"\nrows = 2");
    let made = desk.make(Make::Check);
    assert_eq!(made.notes.iter().map(|note| note.code.0).collect::<Vec<_>>(), ["copyfit-step"]);
}

/// A story too long for its block by half, and places on other pages for the rest.
fn offers(places: &[(&str, u16)], jump: &str) -> Desk {
    let mut desk = story(20, &para(68, ""), "")
        .change("pages/A02.toml", "copyfit = \"usual\"\n", jump)
        .change_layout("rows_before = 24\nrows_after = 36", "rows_before = 4\nrows_after = 4");
    let mut pages = vec!["\"A02\"".to_owned()];
    for (nth, (id, rows)) in (3..).zip(places) {
        let page = format!(
            "page_no = {nth}\nsection = \"要闻\"\n\n[[block]]\noffered_to = [\"one\"]\ncells = {{ col = 1, row = 1, cols = 2, rows = {rows} }}\n"
        );
        desk = desk.put(&format!("pages/{id}.toml"), page.as_bytes());
        pages.push(format!("\"{id}\""));
    }
    desk.change("edition.toml", "\"A02\"", &pages.join(", "))
}

#[test]
fn a_story_goes_on_where_it_fits_best() {
    // 28 lines are left: a jump line and 14 rows of two columns hold 27 and 28 of them.
    let made = offers(&[("A03", 30), ("A04", 15), ("A05", 15)], "jump = \"auto\"\n").make(Make::Pages);
    let fit: Value = serde_json::from_str(&made.pages[0].fit).expect("a report is JSON");
    assert_eq!(fit["stories"][0]["jump"]["to_page"], "A04", "{:?}", made.notes);
    assert_eq!(made.pages[0].status, Status::FitsWithChanges);
    let codes: Vec<&str> = made.notes.iter().map(|note| note.code.0).collect();
    assert_eq!(codes.iter().filter(|code| **code == "offer-free").count(), 2, "{codes:?}");
}

#[test]
fn a_story_with_no_text_over_does_not_jump_and_leaves_its_jump_head_out() {
    let short = format!("id = \"one\"\nheadline = \"小城|新事\"\njump_head = \"新路\"\n{}", para(10, ""));
    let made = offers(&[("A03", 30)], "jump = \"auto\"\n")
        .put("stories/one.toml", short.as_bytes())
        .make(Make::Check);
    let fit: Value = serde_json::from_str(&made.pages[0].fit).expect("a report is JSON");
    let story = &fit["stories"][0];
    assert!(story["jump"].is_null(), "{story}");
    assert_eq!(story["chars"]["dropped"][0]["rule"], "jump");
    let codes: Vec<&str> = made.notes.iter().map(|note| note.code.0).collect();
    assert_eq!(codes, ["underset", "offer-free", "NP-EMPTY"]);
}

#[test]
fn ruby_goes_with_the_paragraph_that_is_left_out() {
    let optional = "optional = true\nmarks = [{ on = \"老城\", ruby = \"lǎo chéng\" }]";
    let made = story(6, &(para(12, "") + &para(12, optional)), "").make(Make::Check);
    let (_, _, dropped, _) = told(&made);
    assert_eq!(dropped, ["optional"], "{:?}", made.notes);
    assert!(made.notes.iter().all(|note| note.code.0 != "text-lost"), "{:?}", made.notes);
}

#[test]
fn a_ladder_may_end_in_a_jump() {
    let made = offers(&[("A03", 15)], "copyfit = \"usual\"\n").make(Make::Pages);
    let fit: Value = serde_json::from_str(&made.pages[0].fit).expect("a report is JSON");
    assert_eq!(fit["stories"][0]["jump"]["to_page"], "A03", "{:?}", made.notes);
}

#[test]
fn a_jump_needs_an_offer_and_an_offer_a_jump() {
    let codes = |desk: Desk| -> Vec<&'static str> {
        desk.make(Make::Check).notes.iter().map(|note| note.code.0).collect()
    };
    assert_eq!(codes(offers(&[], "jump = \"auto\"\n")), ["jump-target"]);
    assert_eq!(codes(offers(&[("A03", 15)], "")), ["jump-target"]);
}

#[test]
fn columns_that_are_balanced_end_level() {
    let desk = story(10, &para(14, ""), "").change(
        "pages/A02.toml",
        "copyfit = \"usual\"\n",
        "columns = { measure = \"17em\", balance = true }\n",
    );
    let made = desk.make(Make::Check);
    let fit: Value = serde_json::from_str(&made.pages[0].fit).expect("a report is JSON");
    let rows = |nth: usize| fit["stories"][0]["columns"][nth]["lines"].as_u64().expect("a count");
    assert!(rows(0) == rows(1) || rows(0) == rows(1) + 1, "{} {}", rows(0), rows(1));
    assert_eq!(made.pages[0].status, Status::Fits, "{:?}", made.notes);
}

/// The same house whose usual ladder has these steps, each with its bound.
fn ladder(desk: Desk, steps: &[&str]) -> Desk {
    let old = std::fs::read_to_string(house().join("layouts/duikai-6x17.toml")).expect("it is there");
    let from = old.find("[[copyfit.usual]]").expect("it has a ladder");
    let to = old.find("[pictures]").expect("it says how pictures are set");
    let steps: String = steps.iter().map(|step| format!("[[copyfit.usual]]\nstep = {step}\n\n")).collect();
    desk.change_layout(&old[from..to], &steps)
}

/// The steps of the first story with how far they were taken, and its remedy.
fn taken(desk: &Desk) -> (Vec<String>, Option<String>) {
    let made = desk.make(Make::Check);
    let fit: Value = serde_json::from_str(&made.pages[0].fit).expect("a report is JSON");
    let story = &fit["stories"][0];
    let steps = story["steps"].as_array().expect("a list").iter().map(|step| {
        let word = |key: &str| step[key].as_str().expect("text").to_owned();
        format!("{} {} ({})", word("step"), word("amount"), step["lines"])
    });
    (steps.collect(), story["remedy"].as_str().map(str::to_owned))
}

#[test]
fn steps_are_taken_in_the_order_of_the_ladder() {
    let desk = || story(10, &para(18, ""), "");
    let (lines, heads) = ("\"lines\"\nrows = 4", "\"head-rows\"\nrows = 1");
    let first = "lines paragraphs a line tighter or wider (-2)".to_owned();
    assert_eq!(taken(&ladder(desk(), &[lines, heads])), (vec![first], None));
    let first = "head-rows +1 row (-2)".to_owned();
    assert_eq!(taken(&ladder(desk(), &[heads, lines])), (vec![first], None));
}

#[test]
fn a_headline_that_cannot_change_its_size_gets_no_white() {
    let old = std::fs::read_to_string(house().join("layouts/duikai-6x17.toml")).expect("it is there");
    let sizes = old.lines().find(|line| line.starts_with("sizes = [")).expect("it has sizes");
    let one_size = || story(6, &para(8, ""), "").change_layout(sizes, "sizes = [\"24pt\"]");
    let white = ladder(one_size(), &["\"head-rows\"\nrows = 2"]);
    assert_eq!(taken(&white).0, ["head-rows +2 rows (-4)"]);
    assert_eq!(taken(&ladder(one_size(), &["\"headline\"\nsizes = 2"])).0, [""; 0]);
}

#[test]
fn a_story_jumps_before_it_is_cut_where_the_ladder_says_so() {
    let body = para(40, "") + &para(20, "cut = 1") + &para(8, "");
    let desk = |rows: u16, steps: &[&str]| {
        let desk = offers(&[("A03", rows)], "copyfit = \"usual\"\n");
        let text = format!("id = \"one\"\nheadline = \"小城|新事\"\n{body}");
        taken(&ladder(desk.put("stories/one.toml", text.as_bytes()), steps)).0
    };
    assert_eq!(desk(15, &["\"jump\"", "\"cuts\""]), ["jump from A02 to A03 (29)"]);
    assert_eq!(
        desk(5, &["\"cuts\"", "\"jump\""]),
        ["cuts 1 paragraph left out (20)", "jump from A02 to A03 (9)"]
    );
}

#[test]
fn a_jump_that_a_desk_made_is_no_step() {
    let page = "page_no = 3\nsection = \"要闻\"\n\n[[block]]\nstory = \"one\"\npart = 2\ncells = { col = 1, row = 1, cols = 2, rows = 15 }\n";
    let desk = offers(&[("A03", 15)], "copyfit = \"usual\"\n").put("pages/A03.toml", page.as_bytes());
    let made = desk.make(Make::Check);
    assert_eq!(made.pages[0].status, Status::Fits, "{:?}", made.notes);
    assert_eq!(taken(&desk).0, [""; 0]);
}

#[test]
fn a_deck_that_is_left_out_gives_its_rows_to_the_text_and_not_to_the_headline() {
    let deck = "deck = \"孩子们上学不绕路\"\n";
    let desk = |lines| ladder(story(6, &para(lines, ""), deck), &["\"deck\""]);
    assert_eq!(taken(&desk(16)), (vec!["deck left out (4)".to_owned()], None));
    let size = |desk: Desk| {
        let fit: Value = serde_json::from_str(&desk.make(Make::Check).pages[0].fit).expect("it is JSON");
        fit["stories"][0]["headline"]["size_pt"].as_f64().expect("a size")
    };
    assert!((size(desk(16)) - size(desk(12))).abs() < 0.001, "the headline is as large as with it");
}

#[test]
fn a_summary_that_is_left_out_gives_its_rows_to_the_text() {
    // Its line and the white round it take three rows of both columns.
    let desk = |lines| {
        let summary = "summary = \"孩子们上学不绕路\"\n";
        ladder(story(10, &para(lines, ""), summary), &["\"optional\"", "\"summary\""])
    };
    assert_eq!(taken(&desk(14)), (vec![], None), "it fits with its summary");
    assert_eq!(taken(&desk(20)), (vec!["summary left out (6)".to_owned()], None));
    let made = desk(20).make(Make::Pages);
    let (status, _, dropped, _) = told(&made);
    assert_eq!((status, dropped), (Status::FitsWithChanges, vec!["summary".to_owned()]));
    let fit: Value = serde_json::from_str(&made.pages[0].fit).expect("a report is JSON");
    let chars = &fit["stories"][0]["chars"];
    assert_eq!((&chars["dropped"][0]["what"], &chars["dropped"][0]["chars"]), (&"summary".into(), &8.into()));
    assert_eq!(chars["dropped"][0]["text"], "孩子们上学不绕路");
    let map = made.pages[0].map.as_deref().expect("it is printed");
    assert!(!map.contains("孩子们上学不绕路"), "it is nowhere on the page");
    // Leaving it out would leave more empty than was over.
    assert_eq!(taken(&desk(16)).0, [""; 0]);
}

#[test]
fn a_cut_that_leaves_more_empty_than_was_over_is_not_made() {
    let desk = ladder(story(6, &(para(10, "") + &para(4, "cut = 1")), ""), &["\"cuts\""]);
    let remedy = "超 2 行 (34 字)：删 2 行 (34 字), or 1 more row for the block".to_owned();
    assert_eq!(
        taken(&ladder(story(6, &(para(8, "") + &para(6, "cut = 1")), ""), &["\"cuts\""])),
        (vec![], Some(remedy))
    );
    assert_eq!(taken(&desk).0, [""; 0], "two over is as far off as two short");
}

#[test]
fn white_at_subheads_is_given_and_taken() {
    let body = |lines: usize| {
        let head = "[[body]]\nsubhead = \"河边的路\"\n\n";
        para(8, "") + head + &para(8, "") + head + &para(lines, "")
    };
    let desk = |lines| {
        let desk = ladder(story(14, &body(lines), ""), &["\"white\"\nrows = 2"]);
        desk.change_layout("[styles.subhead]", "[styles.subhead]\nrows = 2")
    };
    assert_eq!(taken(&desk(8)), (vec![], None));
    assert_eq!(taken(&desk(10)), (vec!["white -1 row at each subhead (2)".to_owned()], None));
    assert_eq!(taken(&desk(6)), (vec!["white +1 row at each subhead (-2)".to_owned()], None));
    assert_eq!(taken(&desk(13)).0, ["white -1 row at each subhead (2)"], "its type needs a row");
}

/// A block with a picture of nine rows, 900 x 506 pixels, over two columns of eight rows, and a ladder by
/// which it becomes five rows higher or lower.
fn pictured(lines: usize, keep: &str) -> Desk {
    let page = "page_no = 2\nsection = \"要闻\"\n\n[[block]]\nstory = \"one\"\ncells = { col = 1, row = 1, cols = 2, rows = 25 }\n\
                head = { style = \"song\", rows = 8 }\ncopyfit = \"usual\"\ncolumns = { count = 2, measure = \"17em\", row = 18, rows = 8 }\n\n\
                [[block.picture]]\npicture = \"view\"\nleft = \"0em\"\nwidth = \"20em\"\nrow = 9\nrows = 9\n";
    let picture = std::fs::read(house().join("tests/pictures/progressive.jpg")).expect("a picture");
    let story = format!(
        "id = \"one\"\nheadline = \"小城|新事\"\n{}\n[[picture]]\nid = \"view\"\nfile = \"view.jpg\"\n{keep}\n",
        para(lines, "")
    );
    let desk = Desk::new()
        .put("pages/A02.toml", page.as_bytes())
        .put("stories/one.toml", story.as_bytes())
        .put("view.jpg", &picture);
    ladder(desk, &["\"pictures\"\nrows = 5"])
}

#[test]
fn a_picture_is_cut_no_further_than_what_is_to_be_kept_allows() {
    // A place 1.42 to 2.22 times as wide as high keeps it: 7 to 10 rows of 12 pt under 180 pt.
    let keep = "keep = [100, 100, 900, 900]";
    assert_eq!(taken(&pictured(24, "")), (vec!["pictures -4 rows each (8)".to_owned()], None));
    assert_eq!(taken(&pictured(8, "")), (vec!["pictures +4 rows each (-8)".to_owned()], None));
    for (lines, step) in [(20, "pictures -2 rows each (4)"), (14, "pictures +1 row each (-2)")] {
        let desk = pictured(lines, keep);
        assert_eq!(taken(&desk), (vec![step.to_owned()], None));
        assert_eq!(desk.make(Make::Check).pages[0].status, Status::FitsWithChanges);
    }
    for (lines, step) in [(24, "pictures -2 rows each (4)"), (8, "pictures +1 row each (-2)")] {
        let made = pictured(lines, keep).make(Make::Check);
        assert_eq!(taken(&pictured(lines, keep)).0, [step]);
        assert!(made.notes.iter().all(|note| note.code.0 != "picture-keep"), "{:?}", made.notes);
    }
}

#[test]
fn pictures_keep_off_what_stands_under_them() {
    // An inset begins where the picture ends.
    let inset = "\n[[inset]]\nid = \"says\"\nkind = \"quote\"\ntext = \"新路\"\n";
    let desk = pictured(8, "");
    let story = desk.text("stories/one.toml") + inset;
    let page = desk.text("pages/A02.toml")
        + "\n[[block.inset]]\ninset = \"says\"\nleft = \"0em\"\nwidth = \"10em\"\nrow = 20\nrows = 3\n";
    let desk = desk.put("stories/one.toml", story.as_bytes()).put("pages/A02.toml", page.as_bytes());
    let (steps, _) = taken(&desk);
    assert_eq!(steps, ["pictures +2 rows each (-4)"]);
}

#[test]
fn the_rows_of_the_steps_are_what_the_story_was_over_or_short() {
    for lines in [4, 7, 9, 14, 17, 22, 26, 30] {
        let body = para(lines, "") + "[[body]]\nsubhead = \"河边的路\"\n\n" + &para(4, "optional = true");
        let desk = || story(10, &body, "deck = \"孩子们上学不绕路\"\n");
        let sums = |desk: Desk| {
            let fit: Value = serde_json::from_str(&desk.make(Make::Check).pages[0].fit).expect("it is JSON");
            let story = &fit["stories"][0];
            let count = |value: &Value| value.as_i64().expect("a count");
            let rows = story["steps"].as_array().expect("a list").iter().map(|step| count(&step["lines"]));
            let over = count(&story["lines"]["overset"]) - count(&story["lines"]["underset"]);
            (rows.sum::<i64>(), over)
        };
        let (_, before) = sums(ladder(desk(), &["\"jump\""]));
        let (taken, after) = sums(desk());
        assert!((before - taken - after).abs() <= 1, "{lines}: {before} {taken} {after}");
    }
}
