//! Grids as page files use them: the ways to divide a block into columns, and the pages of the
//! house's broadsheet of eight columns.

use duikai::job::Make;
use duikai::output::fit::Status;
use duikai::unit::Len;
use serde_json::Value;

use super::bad_input::check;
use super::desk::Desk;
use super::sample::entries;

const PAGE: &str = "pages/A02.toml";
const PLACE: &str = "cols = 2, rows = 12 }\nhead = { style = \"song\", rows = 8 }";

/// The desk's story on the national grid, over so many basic columns, with these text columns.
fn national(cols: u16, rows: u16, columns: &str) -> Desk {
    let place =
        format!("cols = {cols}, rows = {rows} }}\n{columns}\nhead = {{ style = \"song\", rows = 8 }}");
    Desk::new().change("edition.toml", "duikai-6x17", "duikai-8x13").change(PAGE, PLACE, &place)
}

/// The measures of the first block's columns, in quarters of an em of 9 pt, and what is left of them.
fn quarters(desk: &Desk) -> Vec<(i64, i64)> {
    let edition = desk.edition();
    let measures = edition.pages[0].blocks[0].columns.measures.iter();
    let quarter = Len::centipoints(225);
    measures.map(|measure| (measure.rows(quarter).0, measure.units() % quarter.units())).collect()
}

#[test]
fn a_mode_divides_the_block() {
    let of = |cols: u16, columns: &str| quarters(&national(cols, 16, columns));
    assert_eq!(of(3, "columns = { count = 2, mode = \"absolute\" }"), [(80, 0); 2], "三破二: 20");
    assert_eq!(of(5, "columns = { count = 3, mode = \"absolute\" }"), [(88, 0); 3], "五破三: 22");
    assert_eq!(of(4, "columns = { count = 3, mode = \"relative\" }"), [(68, 0), (72, 0), (72, 0)]);
    assert_eq!(of(4, "columns = { count = 2, mode = \"free\" }"), [(108, 0); 2]);
    assert_eq!(of(3, "columns = { mode = \"auto\" }"), [(52, 0); 3]);
    assert_eq!(of(3, ""), [(52, 0); 3]);
}

#[test]
fn a_frame_is_taken_off_before_the_block_is_divided() {
    // 41 字 less 2 x 0.75.
    let boxed = "columns = { count = 2, mode = \"absolute\" }\nbox = { rule = \"kuang\", inset = \"0.75em\", rows = 1 }";
    assert_eq!(quarters(&national(3, 16, boxed)), [(76, 0); 2]);
}

#[test]
fn a_house_rounds_to_half_ems() {
    let desk = national(4, 16, "columns = { count = 3, mode = \"absolute\" }");
    let desk =
        desk.change_house("layouts/duikai-8x13.toml", "column_step = \"1em\"", "column_step = \"0.5em\"");
    assert_eq!(quarters(&desk), [(70, 0); 3]);
}

#[test]
fn a_step_of_columns_is_whole_or_half_an_em() {
    let desk = national(4, 16, "").change_house(
        "layouts/duikai-8x13.toml",
        "column_step = \"1em\"",
        "column_step = \"0.3em\"",
    );
    check(&desk, "grid", "layouts/duikai-8x13.toml:18:1", "the grid", "`column_step`");
}

#[test]
fn columns_that_are_said_twice_or_not_at_all() {
    let refused = |columns: &str, at: &str, says: &str, help: &str| {
        check(&national(3, 16, columns), "columns-mode", at, says, help);
    };
    let at = |column: usize| format!("pages/A02.toml:7:{column}");
    let both = "columns = { count = 2, measure = \"17em\", mode = \"free\" }";
    refused(both, &at(49), "a `measure` and a `mode`", "keep one");
    refused("columns = { count = 2 }", &at(11), "neither a `measure` nor a `mode`", "mode = \"absolute\"");
    refused(
        "columns = { count = 2, mode = \"auto\" }",
        &at(31),
        "3 basic columns and not 2",
        "leave the count out",
    );
    let vertical = "columns = { count = 2, mode = \"free\" }\naxis = \"vertical\"";
    refused(vertical, &at(31), "vertical text", "`measure`");
}

#[test]
fn columns_too_narrow_for_type() {
    let desk = national(1, 16, "columns = { count = 5, mode = \"free\" }");
    check(&desk, "columns-wide", "pages/A02.toml:7:11", "5 columns", "fewer columns");
}

#[test]
fn a_page_of_the_national_grid_is_printed() {
    // 130 em: seven lines of 20 in two columns of four, a row left over at the second's foot.
    let made =
        national(3, 12, "columns = { count = 2, mode = \"absolute\", rule = \"zheng\" }").make(Make::Pages);
    let page = made.pages.first().unwrap_or_else(|| panic!("{:?}", made.notes));
    assert_eq!((page.status, made.notes.len()), (Status::Fits, 0), "{:?}", made.notes);
    assert!(page.pdf.is_some());
    let fit: Value = serde_json::from_str(&page.fit).expect("reports are JSON");
    let lines = |story: &Value| -> Vec<u64> {
        entries(story, "columns").iter().filter_map(|column| column["lines"].as_u64()).collect()
    };
    assert_eq!(entries(&fit, "stories").iter().map(lines).collect::<Vec<_>>(), [[4, 3]]);
}
