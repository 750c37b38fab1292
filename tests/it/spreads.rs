//! Spreads (跨版): two pages on one sheet, a fold between them, blocks across it.

use duikai::color::Plate;
use duikai::geom::Rect;
use duikai::job::{Make, Request};
use duikai::model::grid::Fold;
use duikai::page::reading::{Reading, read};
use duikai::unit::Len;
use serde_json::{Value, json};

use super::bad_input::check;
use super::desk::{Desk, errors};
use super::sample::entries;

const PAGE: &str = "pages/A02.toml";
const CELLS: &str = "cells = { col = 1, row = 1, cols = 2, rows = 12 }";

/// The desk's page as the spread of pages 2 and 3, its block in these cells.
fn spread(cells: &str) -> Desk {
    Desk::new().change(PAGE, "page_no = 2", "page_no = 2\nspread = true").change(PAGE, CELLS, cells)
}

#[test]
fn a_spread_is_two_sheets_with_a_fold_between() {
    let edition = spread(CELLS).edition();
    let (single, double) = (&edition.layout, edition.layout_of(&edition.pages[0]));
    assert_eq!((double.sheet.width, double.sheet.height), (Len::mm(780), Len::mm(545)));
    assert_eq!(double.sheet.folds, [Len::mm(390)]);
    let gutter = Len::mm(390) - Len::pt(999);
    assert_eq!(double.grid.columns, 12);
    assert_eq!(double.grid.fold, Some(Fold { after: 6, gutter }));
    // Both pages stand on the spread as they stand alone.
    let alone = single.grid.type_area();
    let right = Rect { x: alone.x + Len::mm(390), ..alone };
    assert_eq!(double.grid.page_areas(), [alone, right]);
    assert_eq!(double.grid.x(6), right.x);
}

#[test]
fn other_pages_of_the_edition_keep_their_sheet() {
    let other = Desk::new().text(PAGE).replace("page_no = 2", "page_no = 1").replace("\"one\"", "\"two\"");
    let story = Desk::new().text("stories/one.toml").replace("\"one\"", "\"two\"");
    let desk = spread(CELLS)
        .change("edition.toml", "[\"A02\"]", "[\"A01\", \"A02\"]")
        .put("pages/A01.toml", other.as_bytes())
        .put("stories/two.toml", story.as_bytes());
    let made = desk.make(Make::Pages);
    let width = |map: &str| {
        let map: Value = serde_json::from_str(map).expect("maps are JSON");
        map["trim_um"][0].as_i64()
    };
    let widths: Vec<Option<i64>> =
        made.pages.iter().filter_map(|page| page.map.as_deref()).map(width).collect();
    assert_eq!(widths, [Some(390_000), Some(780_000)], "{:?}", made.notes);
    assert!(made.pages.iter().all(|page| page.pdf.is_some()), "{:?}", made.notes);
}

#[test]
fn each_half_has_its_own_folio_line() {
    let edition = spread(CELLS).edition();
    let [left, right] = edition.layout_of(&edition.pages[0]).grid.page_areas()[..] else { panic!("two") };
    let page = spread(CELLS).composed().remove(0);
    let at = |text: &str| {
        let lines = page.furniture.iter().filter(|line| line.text == text);
        lines.filter_map(|line| line.runs.first()).map(|run| run.origin.x).collect::<Vec<_>>()
    };
    // Numbers stand on the outer sides, the paper's name by the fold on both pages.
    assert_eq!(at("2"), [left.x]);
    assert!(at("3")[0] > right.right() - Len::pt(40), "{:?}", at("3"));
    let [before, after] = at("示例日报")[..] else { panic!("{:?}", at("示例日报")) };
    assert!(before > left.right() - Len::pt(60) && after == right.x, "{before} {after}");
    let rules = page.rules.iter().map(|rule| rule.areas()[0].width);
    assert!(rules.clone().count() > 0 && rules.clone().all(|width| width == left.width));
}

/// A story that begins on page 1 and goes on in a column of the spread of pages 2 and 3.
fn jumping(col: u16) -> Desk {
    let front = "page_no = 1\nsection = \"要闻\"\n\n[[block]]\nstory = \"one\"\ncells = { col = 1, row = 1, cols = 2, rows = 12 }\nhead = { style = \"song\", rows = 8 }\n";
    let back = format!(
        "page_no = 2\nspread = true\nsection = \"要闻\"\n\n[[block]]\nstory = \"one\"\npart = 2\ncells = {{ col = {col}, row = 1, cols = 1, rows = 12 }}\n"
    );
    Desk::new()
        .change("edition.toml", "[\"A02\"]", "[\"A01\", \"A02\"]")
        .put("pages/A01.toml", front.as_bytes())
        .put(PAGE, back.as_bytes())
}

#[test]
fn a_jump_names_the_half_of_a_spread() {
    let line = |desk: Desk| desk.composed()[0].blocks[0].jumps[0].text.clone();
    assert_eq!(line(jumping(6)), "（下转第2版）");
    assert_eq!(line(jumping(7)), "（下转第3版）");
    let by_id = |col| jumping(col).change_layout("下转第{page_no}版", "下转{page}第{page_no}版");
    assert_eq!(line(by_id(6)), "（下转A02第2版）");
    assert_eq!(line(by_id(7)), "（下转A03第3版）");
}

#[test]
fn a_jump_from_the_right_half_names_it_on_the_other_page() {
    // The story begins on the spread and goes on on page 4.
    let from = |col: u16| {
        let desk = jumping(col);
        let begins = desk
            .text(PAGE)
            .replace("part = 2\n", "")
            .replace("rows = 12 }", "rows = 12 }\nhead = { style = \"song\", rows = 8 }");
        let goes_on = desk
            .text("pages/A01.toml")
            .replace("page_no = 1", "page_no = 4")
            .replace("head = { style = \"song\", rows = 8 }", "part = 2");
        let desk = desk
            .remove("pages/A01.toml")
            .change("edition.toml", "[\"A01\", \"A02\"]", "[\"A02\", \"A04\"]")
            .put(PAGE, begins.as_bytes())
            .put("pages/A04.toml", goes_on.as_bytes());
        desk.composed()[1].blocks[0].jumps[0].text.clone()
    };
    assert_eq!(from(6), "（上接第2版）");
    assert_eq!(from(7), "（上接第3版）");
}

#[test]
fn vertical_text_across_the_fold_begins_on_the_right_half() {
    let number = |cells: &str| {
        let edition = spread(cells).edition();
        edition.number_of(&edition.pages[0], &edition.pages[0].blocks[0])
    };
    let across = "cells = { col = 6, row = 1, cols = 2, rows = 12 }";
    assert_eq!(number(across), 2);
    let vertical = "axis = \"vertical\"\ncolumns = { count = 1, measure = \"9em\" }";
    assert_eq!(number(&format!("{across}\n{vertical}")), 3);
}

/// The spread with sport on its right page.
fn halved(cells: &str) -> Desk {
    spread(cells).change(PAGE, "section = \"要闻\"", "section = \"要闻\"\nright = { section = \"体育\" }")
}

#[test]
fn each_half_has_its_own_section_and_values() {
    let said = |desk: Desk| {
        let page = desk.composed().remove(0);
        let fold = Len::mm(390);
        let half = |right: bool| {
            let lines = page.furniture.iter().filter(|line| (line.rect.x > fold) == right);
            lines.map(|line| line.text.clone()).collect::<Vec<_>>()
        };
        [half(false), half(true)]
    };
    let holds = |half: &[String], text: &str| half.iter().any(|line| line == text);
    let [left, right] = said(halved(CELLS));
    assert!(holds(&left, "要闻") && holds(&right, "体育"), "{left:?} {right:?}");
    assert!(!holds(&right, "要闻"));
    let [left, right] = said(spread(CELLS));
    assert!(holds(&left, "要闻") && holds(&right, "要闻"), "it has the left page's: {right:?}");
    let edited = halved(CELLS).change(
        PAGE,
        "section = \"体育\" }",
        "section = \"体育\", variables = { editor = \"例示\" } }",
    );
    let [left, right] = said(edited);
    assert!(holds(&left, "责任编辑：示例　版式：示例"), "{left:?}");
    assert!(holds(&right, "责任编辑：例示　版式：示例"), "{right:?}");
}

#[test]
fn the_slug_line_names_the_page_over_it_and_the_spread() {
    // A plate may hold but one of the halves.
    let said = |desk: Desk| {
        let lines = desk.slug(&[Plate::Black]);
        let fold = Len::mm(390);
        [false, true].map(|right| {
            let lines = lines.iter().filter(|line| (line.rect.x > fold) == right);
            lines.map(|line| line.text.clone()).collect::<Vec<_>>()
        })
    };
    let rest = "　改版 0　IFRA26　PDF/X-1a:2003";
    let line = |pages: &str| vec![format!("示例日报　2022-09-05　{pages}{rest}"), "Black".to_owned()];
    let both = |left: &str, right: &str| [line(left), line(right)];
    assert_eq!(said(spread(CELLS)), both("A02 要闻　A02–A03", "A03 要闻　A02–A03"));
    assert_eq!(said(halved(CELLS)), both("A02 要闻　A02–A03", "A03 体育　A02–A03"));
    let named = spread(CELLS).change(PAGE, "spread = true", "spread = true\nright = { id = \"B1\" }");
    assert_eq!(said(named), both("A02 要闻　A02–B1", "B1 要闻　A02–B1"));
}

/// The spread after a page 1 whose index names a page.
fn indexed(page: &str) -> Desk {
    let front = format!(
        "page_no = 1\nsection = \"要闻\"\n\n[[panel]]\nstyle = \"index\"\ncells = {{ col = 1, row = 1, cols = 2, rows = 12 }}\nitems = [{{ text = \"八条船\", page = \"{page}\" }}]\n"
    );
    halved(CELLS)
        .change("edition.toml", "[\"A02\"]", "[\"A01\", \"A02\"]")
        .put("pages/A01.toml", front.as_bytes())
}

#[test]
fn an_index_names_either_half() {
    let last = |desk: Desk| desk.composed()[0].furniture.last().map(|line| line.text.clone());
    assert_eq!(last(indexed("A02")).as_deref(), Some("2版"));
    assert_eq!(last(indexed("A03")).as_deref(), Some("3版"));
    let named = "page = \"{page_id}{page_no}版{section}\"";
    let with_section = indexed("A03").change_layout("page = \"{page_no}版\"", named);
    assert_eq!(last(with_section).as_deref(), Some("A033版体育"));
    check(&indexed("A04"), "panel-page", "pages/A01.toml:7:20", "no page `A04`", "A01, A02, A03");
}

#[test]
fn the_map_tells_both_pages_and_what_is_on_which() {
    let map = |desk: &Desk| -> Value {
        let made = desk.make(Make::Pages);
        let page = made.pages.last().unwrap_or_else(|| panic!("{:?}", made.notes));
        serde_json::from_str(page.map.as_deref().unwrap_or_else(|| panic!("{:?}", made.notes))).expect("JSON")
    };
    let across = halved("cells = { col = 6, row = 1, cols = 2, rows = 12 }");
    let across = map(&across);
    assert_eq!(
        across["pages"],
        json!([
            { "page": "A02", "page_no": 2, "section": "要闻", "bbox_um": [0, 0, 390_000, 545_000] },
            { "page": "A03", "page_no": 3, "section": "体育", "bbox_um": [390_000, 0, 780_000, 545_000] },
        ])
    );
    assert_eq!(
        (&across["page"], &across["page_no"], &across["section"]),
        (&json!("A02"), &json!(2), &json!("要闻"))
    );
    let article = &entries(&across, "articles")[0];
    assert_eq!(article["page_no"], 2, "it starts on the left");
    let numbers: Vec<&Value> = entries(article, "blocks").iter().map(|block| &block["page_no"]).collect();
    assert_eq!(numbers, [2, 2, 3], "its heading, and a column on each side");
    let right = map(&halved("cells = { col = 7, row = 1, cols = 2, rows = 12 }"));
    let article = &entries(&right, "articles")[0];
    assert_eq!(article["page_no"], 3);
    assert!(entries(article, "blocks").iter().all(|block| block["page_no"] == 3), "{article}");
    let alone = map(&Desk::new());
    assert_eq!(alone["pages"].as_array().map(Vec::len), Some(1));
    assert_eq!(entries(&alone, "articles")[0]["page_no"], 2);
}

#[test]
fn the_map_says_on_which_half_a_story_goes_on() {
    let story = Desk::new().text("stories/one.toml").replace("小城新事", "小城新事小城新事");
    for (col, number) in [(6, 2), (7, 3)] {
        let desk = jumping(col).put("stories/one.toml", story.as_bytes());
        let edition = desk.edition();
        let readings: Vec<Reading> = (desk.composed().iter().zip(&edition.pages))
            .map(|(page, plan)| read(page, plan, &edition))
            .collect();
        let there = readings[0].articles[0].continues.as_ref().expect("it goes on");
        assert_eq!((there.page.as_str(), there.number), ("A02", number), "its files are those of the spread");
        assert_eq!(readings[1].articles[0].continued_from.as_ref().map(|from| from.number), Some(1));
    }
}

#[test]
fn the_list_has_the_trim_and_the_pages_of_each_sheet() {
    let made = indexed("A03").make(Make::Bound);
    let list: Value =
        serde_json::from_str(made.delivery.as_deref().unwrap_or_else(|| panic!("{:?}", made.notes)))
            .expect("JSON");
    let front = json!({ "pages": ["A01"], "page_nos": [1], "trim_um": [390_000, 545_000] });
    let spread = json!({ "pages": ["A02", "A03"], "page_nos": [2, 3], "trim_um": [780_000, 545_000] });
    let sheets: Vec<&Value> = entries(&list, "files").iter().map(|file| &file["sheets"]).collect();
    assert_eq!(sheets, [&json!([front]), &json!([spread]), &json!([front, spread])]);
    assert_eq!(list["files"][2]["pages"], json!(["A01", "A02"]), "one for each page of the PDF");
}

#[test]
fn either_half_can_be_asked_for() {
    let only = |page: &str| {
        let request = Request { only: vec![page.to_owned()], ..Request::default() };
        let made = indexed("A03").make_with(&request);
        assert!(errors(&made).is_empty(), "{:?}", made.notes);
        made.pages.into_iter().map(|page| page.id).collect::<Vec<_>>()
    };
    assert_eq!(only("A03"), ["A02"]);
    assert_eq!(only("A02"), ["A02"]);
}

#[test]
fn the_right_page_is_one_of_a_spread_and_of_no_other() {
    let single = Desk::new().change(PAGE, "page_no = 2", "page_no = 2\nright = { section = \"体育\" }");
    check(&single, "right-page", "pages/A02.toml:2:9", "this page is none", "spread = true");
    let named = |id: &str| {
        spread(CELLS).change(PAGE, "spread = true", &format!("spread = true\nright = {{ id = \"{id}\" }}"))
    };
    check(&named("A 3"), "page-id", "pages/A02.toml:3:16", "`A 3`", "letters, digits");
    check(&named("A02"), "page-twice", "pages/A02.toml", "`A02`, and so is another page", "[right]");
    let other = Desk::new().text(PAGE).replace("page_no = 2", "page_no = 4").replace("\"one\"", "\"two\"");
    let story = Desk::new().text("stories/one.toml").replace("\"one\"", "\"two\"");
    let listed = spread(CELLS)
        .change("edition.toml", "[\"A02\"]", "[\"A02\", \"A03\"]")
        .put("pages/A03.toml", other.as_bytes())
        .put("stories/two.toml", story.as_bytes());
    check(&listed, "page-twice", "pages/A02.toml", "the spread `A02` is `A03`", "take the other out");
    // A zone's own spread stands among the pages that the zone shares.
    let zoned = Desk::new()
        .change(
            "edition.toml",
            "[\"A02\"]\n",
            "[\"A02\", \"A03\"]\n\n[[zone]]\nid = \"north\"\nreplace = { A02 = \"north\" }\n",
        )
        .put("pages/A03.toml", other.as_bytes())
        .put("stories/two.toml", story.as_bytes())
        .put("pages/north.toml", spread(CELLS).text(PAGE).as_bytes());
    check(&zoned, "page-twice", "pages/north.toml", "the spread `A02` is `A03`", "[right]");
}

#[test]
fn blocks_lie_across_the_fold_and_no_column_does() {
    // Two columns of twelve rows: the text has 130 em, so that each side has four lines.
    let across =
        |columns: &str| spread(&format!("cells = {{ col = 6, row = 1, cols = 2, rows = 12 }}{columns}"));
    let made = across("").make(Make::Pages);
    let page = made.pages.first().unwrap_or_else(|| panic!("{:?}", made.notes));
    assert!(page.pdf.is_some(), "{:?}", made.notes);
    let fit: Value = serde_json::from_str(&page.fit).expect("reports are JSON");
    assert_eq!(entries(&fit, "stories")[0]["columns"].as_array().map(Vec::len), Some(2));
    let edition = across("").edition();
    let grid = &edition.layout_of(&edition.pages[0]).grid;
    let edges = duikai::flow::rooms::column_edges(&edition.pages[0].blocks[0], grid);
    assert_eq!(edges, [grid.x(5), grid.x(6)]);
}

#[test]
fn a_block_across_the_fold_is_divided_on_each_side() {
    let cells =
        "cells = { col = 4, row = 1, cols = 6, rows = 12 }\ncolumns = { count = 4, mode = \"absolute\" }";
    let edition = spread(cells).edition();
    let (block, grid) = (&edition.pages[0].blocks[0], &edition.layout_of(&edition.pages[0]).grid);
    // 54.6 em less a gutter of 1.8 are two columns of 26.
    assert_eq!(block.columns.measures, [Len::pt(9 * 26); 4]);
    let edges = duikai::flow::rooms::column_edges(block, grid);
    assert_eq!((edges[0], edges[2]), (grid.x(3), grid.x(6)));
    assert_eq!(edges[1] + Len::pt(9 * 26), grid.x(5) + grid.measure);
    let unshared = cells.replace("count = 4", "count = 3");
    check(&spread(&unshared), "columns-fold", "pages/A02.toml:8:11", "lies on the fold", "parts at the fold");
}

#[test]
fn a_house_has_a_fold_gutter_of_its_own() {
    let house = |gutter: &str| {
        spread(CELLS).change_layout("[grid]", &format!("[spread]\nfold_gutter = \"{gutter}\"\n\n[grid]"))
    };
    let edition = house("20mm").edition();
    let grid = &edition.layout_of(&edition.pages[0]).grid;
    assert_eq!(grid.fold, Some(Fold { after: 6, gutter: Len::mm(20) }));
    assert_eq!(grid.x(6) - grid.x(5) - grid.measure, Len::mm(20));
    assert_eq!(grid.origin.x + grid.width().half(), Len::mm(390), "the fold lies in the middle");
    let at = "layouts/duikai-6x17.toml:17:15";
    check(&house("5pt"), "spread-gutter", at, "a fold gutter of 5pt", "leave it out");
    check(&house("90mm"), "spread-gutter", at, "does not fit", "leave it out");
}

#[test]
fn a_spread_begins_on_the_left() {
    let desk = spread(CELLS).change(PAGE, "page_no = 2", "page_no = 3");
    check(&desk, "spread-number", "pages/A02.toml:2:10", "page 3 cannot be the left page", "even numbers");
}
