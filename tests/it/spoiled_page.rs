//! Input that makes sense file by file and would print a spoiled page: type off its bar, pictures
//! on heads, rules through text. Refused, or unfit with a draft; never a page that "fits".

use duikai::job::{Make, Outcome};

use super::desk::Desk;

const STORY: &str = "stories/one.toml";
const PAGE: &str = "pages/A02.toml";
const EDITION: &str = "edition.toml";

fn view() -> Vec<u8> {
    std::fs::read(super::sample::house().join("tests/pictures/progressive.jpg"))
        .expect("the picture is there")
}

/// Fails unless the edition ends with exit code 2, says this code, and makes no page for print.
fn check(desk: &Desk, code: &str) {
    let made = desk.make(Make::Pages);
    let codes: Vec<&str> = made.notes.iter().map(|note| note.code.0).collect();
    assert!(codes.contains(&code), "{codes:?}");
    assert_eq!(made.outcome(), Outcome::Unfit, "exit code 2");
    assert!(made.pages.iter().all(|page| page.pdf.is_none()), "nothing for plates");
}

#[test]
fn column_head_longer_than_its_bar() {
    let named = format!("id = \"one\"\ncolumn_head = \"{}\"", "新气象".repeat(10));
    let desk = Desk::new().change(STORY, "id = \"one\"", &named).change(
        PAGE,
        "rows = 12 }",
        "rows = 15 }\ncolumn_head_rows = 3",
    );
    check(&desk, "head-wide");
}

#[test]
fn column_head_higher_than_its_bar() {
    let desk = Desk::new().change(STORY, "id = \"one\"", "id = \"one\"\ncolumn_head = \"小城\"").change(
        PAGE,
        "rows = 12 }",
        "rows = 13 }\ncolumn_head_rows = 1",
    );
    check(&desk, "head-wide");
}

#[test]
fn picture_on_a_heading() {
    check(
        &Desk::with_picture(&view()).change(PAGE, "row = 9\nrows = 11", "row = 3\nrows = 17"),
        "picture-on-head",
    );
}

#[test]
fn picture_on_a_picture() {
    let second = "\n[[picture]]\nid = \"other\"\nfile = \"view.jpg\"\n";
    let placed =
        "\n[[block.picture]]\npicture = \"other\"\nleft = \"10em\"\nwidth = \"20em\"\nrow = 12\nrows = 5\n";
    let desk = Desk::with_picture(&view());
    let (story, page) = (desk.text(STORY) + second, desk.text(PAGE) + placed);
    check(&desk.put(STORY, story.as_bytes()).put(PAGE, page.as_bytes()), "pictures-overlap");
}

#[test]
fn rule_through_a_block() {
    for line in ["across = { row = 10, col = 1, cols = 3 }", "down = { after_col = 1, row = 1, rows = 5 }"] {
        let desk = Desk::new();
        let page = format!("{}\n[[rule]]\nrule = \"zheng\"\n{line}\n", desk.text(PAGE));
        check(&desk.put(PAGE, page.as_bytes()), "rule-place");
    }
}

#[test]
fn folio_items_that_collide() {
    check(&Desk::new().change(PAGE, "要闻", &"要闻".repeat(20)), "folio-collision");
    check(
        &Desk::new().change(EDITION, "editor = \"示例\"", &format!("editor = \"{}\"", "示例".repeat(40))),
        "folio-collision",
    );
}

#[test]
fn heading_over_more_columns_than_there_are() {
    check(&Desk::new().change(PAGE, "style = \"song\"", "style = \"song\", over = 3"), "head-over");
}

#[test]
fn paragraph_without_characters() {
    let desk = Desk::new();
    let story = desk.text(STORY) + "\n[[body]]\nsubhead = \"\"\n";
    check(&desk.put(STORY, story.as_bytes()), "body");
}

#[test]
fn heading_with_more_rows_than_its_block() {
    for rows in [30, 1000] {
        check(&Desk::new().change(PAGE, "rows = 8 }", &format!("rows = {rows} }}")), "block-outside");
    }
}

#[test]
fn text_on_the_heading() {
    let columns = "columns = { count = 2, measure = \"17em\", row = 1, rows = 4 }\nhead = ";
    check(&Desk::new().change(PAGE, "head = ", columns), "block-collision");
}

#[test]
fn byline_longer_than_its_block() {
    let desk = Desk::new().change(
        STORY,
        "id = \"one\"",
        &format!("id = \"one\"\nbyline = \"{}\"", "记者".repeat(60)),
    );
    check(&desk.change(PAGE, "head = ", "byline_rows = 9\nhead = "), "byline-overset");
}

#[test]
fn picture_placed_twice() {
    let desk = Desk::with_picture(&view());
    let page = desk.text(PAGE)
        + "\n[[block.picture]]\npicture = \"view\"\nleft = \"21em\"\nwidth = \"14em\"\nrow = 9\nrows = 11\n";
    check(&desk.put(PAGE, page.as_bytes()), "picture-twice");
}

#[test]
fn page_named_like_the_bound_edition() {
    check(&Desk::new().change(EDITION, "\"A02\"", "\"Edition\""), "page-id");
}
