//! Advertisements on a page: exactly in their place, with their own fonts and colours, marked 广告, or
//! refused with the file and the reason.

use std::sync::LazyLock;

use duikai::diag::{Diagnostic, Severity};
use duikai::files::Disk;
use duikai::job::{self, Made, Make, Outcome, Request};
use duikai::judge::pdf::read_back;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object};
use serde_json::Value;

use super::desk::{Desk, place};
use super::leaflet::{Leaflet, bookshop};
use super::sample::{house, solid};

const LAYOUT: &str = "layouts/duikai-6x17.toml";
const PAGE: &str = "pages/A02.toml";
const FILE: &str = "ads/bookshop.pdf";

const AD: &str = r#"
[[ad]]
advertiser = "示例书店"
file = "ads/bookshop.pdf"
cells = { col = 1, row = 20, cols = 2, rows = 19 }
"#;

/// The desk's page with an advertisement of these bytes under its story.
fn with_ad(bytes: &[u8]) -> Desk {
    let desk = Desk::new().put(FILE, bytes);
    let page = desk.text(PAGE) + AD;
    desk.put(PAGE, page.as_bytes())
}

fn found<'m>(made: &'m Made, code: &str) -> &'m Diagnostic {
    let note = made.notes.iter().find(|note| note.code.0 == code);
    note.unwrap_or_else(|| panic!("{code} is told: {:?}", made.notes))
}

/// The page with the bookshop's advertisement.
static MADE: LazyLock<Made> = LazyLock::new(|| with_ad(bookshop()).make(Make::Pages));

fn pdf(made: &Made) -> Document {
    let pdf = made.pages[0].pdf.as_ref().unwrap_or_else(|| panic!("it prints: {:?}", made.notes));
    Document::load_mem(pdf).expect("the page is a PDF")
}

/// A number in thousandths.
fn thousandths(object: &Object) -> i64 {
    match object {
        Object::Integer(whole) => whole * 1000,
        Object::Real(real) => format!("{real:.3}").replace('.', "").parse().expect("a number"),
        other => panic!("{other:?} is no number"),
    }
}

fn numbers(dict: &Dictionary, key: &[u8]) -> Vec<i64> {
    dict.get(key).and_then(Object::as_array).expect("an array").iter().map(thousandths).collect()
}

/// The operators of a file's first page.
fn operations(pdf: &Document) -> Vec<Operation> {
    let id = pdf.page_iter().next().expect("a page");
    Content::decode(&pdf.get_page_content(id)).expect("operators").operations
}

/// The form of that name on a file's first page.
fn form<'d>(pdf: &'d Document, name: &[u8]) -> &'d Dictionary {
    let page = pdf.get_dictionary(pdf.page_iter().next().expect("a page")).expect("a dictionary");
    let resources = page.get_deref(b"Resources", pdf).and_then(Object::as_dict).expect("resources");
    let objects = resources.get_deref(b"XObject", pdf).and_then(Object::as_dict).expect("XObjects");
    &objects.get_deref(name, pdf).and_then(Object::as_stream).expect("a form").dict
}

/// The matrix that a form is placed with, in millionths and thousandths of a point.
fn placed(pdf: &Document, name: &[u8]) -> Vec<i64> {
    let all = operations(pdf);
    let does = |op: &Operation| op.operator == "Do" && op.operands[0].as_name().is_ok_and(|own| own == name);
    let at = all.iter().position(does).expect("it is painted");
    assert_eq!((all[at - 2].operator.as_str(), all[at - 1].operator.as_str()), ("q", "cm"));
    all[at - 1].operands.iter().map(thousandths).collect()
}

#[test]
fn it_stands_in_its_cells_to_the_thousandth_of_a_point() {
    let pdf = pdf(&MADE);
    // 390 x 545 mm with a slug of 10 mm round a type area of 999 x 1380 pt; five rows of folio and
    // nineteen above it, one for its mark, and eighteen of its own, each of 12 pt.
    let (left, bottom) = (28_346 + (1_105_512 - 999_000) / 2, 28_346 + 1_544_882 - 82_441 - 43 * 12_000);
    let matrix = placed(&pdf, b"A1");
    assert_eq!(matrix[..4], [1000, 0, 0, 1000], "at its own size");
    assert!((matrix[4] - left).abs() <= 1 && (matrix[5] - bottom).abs() <= 1, "{matrix:?}, {left} {bottom}");
    let form = form(&pdf, b"A1");
    // Its own sheet has a slug of 10 mm, which is cut off here.
    assert_eq!(numbers(form, b"BBox"), [28_346, 28_346, 350_546, 244_346]);
    assert_eq!(numbers(form, b"Matrix"), [1000, 0, 0, 1000, -28_346, -28_346]);
}

#[test]
fn it_starts_from_a_fresh_graphics_state_and_brings_its_own_fonts() {
    let pdf = pdf(&MADE);
    let first: Vec<String> = operations(&pdf).into_iter().take(4).map(|op| op.operator).collect();
    assert_eq!(first, ["q", "cm", "Do", "Q"]);
    let own = form(&pdf, b"A1").get_deref(b"Resources", &pdf).and_then(Object::as_dict).expect("resources");
    let fonts = own.get_deref(b"Font", &pdf).and_then(Object::as_dict).expect("fonts");
    for (_, font) in fonts.iter() {
        let font = pdf.dereference(font).expect("it is there").1.as_dict().expect("a font");
        assert!(font.get(b"BaseFont").and_then(Object::as_name).is_ok_and(|name| name[6] == b'+'));
    }
    assert!(!fonts.is_empty());
}

#[test]
fn it_is_marked_as_the_law_wants() {
    let map: Value = serde_json::from_str(MADE.pages[0].map.as_ref().expect("a map")).expect("JSON");
    let articles = map["articles"].as_array().expect("articles");
    let ad = articles.last().expect("the advertisement");
    assert_eq!(
        (&ad["id"], &ad["genre"], &ad["title"]),
        (&"A02-ad1".into(), &"ad".into(), &"示例书店".into())
    );
    let block = &ad["blocks"][0];
    assert_eq!((&block["kind"], &block["src"]), (&"ad".into(), &FILE.into()));
    assert_eq!(block["lines"][0]["text"], "广告");
    // On a row of its own over the advertisement, inside its cells.
    let (line, room) = (&block["lines"][0]["bbox_um"], &block["bbox_um"]);
    assert_eq!(line[3], room[1]);
    assert_eq!(line[2], room[2]);
}

#[test]
fn its_cells_are_not_white_and_its_text_is_nobodys() {
    let fit: Value = serde_json::from_str(&MADE.pages[0].fit).expect("JSON");
    assert_eq!(fit["checks"]["white_cells"], 6 * 110 - 2 * 12 - 2 * 19);
    assert_eq!(fit["stories"].as_array().expect("stories").len(), 1);
    assert!(MADE.notes.is_empty(), "{:?}", MADE.notes);
    assert_eq!(MADE.outcome(), Outcome::Fits);
}

#[test]
fn the_same_file_gives_the_same_bytes_and_stands_in_the_page_once() {
    let again = with_ad(bookshop()).make(Make::Pages);
    assert_eq!(again.pages[0].pdf, MADE.pages[0].pdf);
    let desk = with_ad(bookshop());
    let twice = desk.text(PAGE) + &AD.replace("col = 1", "col = 3");
    let made = desk.put(PAGE, twice.as_bytes()).make(Make::Pages);
    let (one, two) =
        (MADE.pages[0].pdf.as_ref().map_or(0, Vec::len), made.pages[0].pdf.as_ref().map_or(0, Vec::len));
    assert!(two < one + 1000, "{one} and {two} bytes: two places, one advertisement");
}

#[test]
fn its_mark_may_stand_inside_it_on_white() {
    let (above, inside) = ("[ads]\n", "[ads]\nmark = \"inside\"\n");
    let desk = with_ad(bookshop()).change_house(LAYOUT, above, inside);
    // Without the row of its mark, the room is higher than the advertisement.
    let made = desk.clone().make(Make::Check);
    assert_eq!(found(&made, "NP-TRIM").severity, Severity::Unfit);
    let made = desk.change(PAGE, "cols = 2, rows = 19", "cols = 2, rows = 18").make(Make::Pages);
    assert!(made.notes.is_empty(), "{:?}", made.notes);
    let white = |op: &Operation| op.operator == "k" && op.operands.iter().all(|ink| thousandths(ink) == 0);
    assert!(operations(&pdf(&made)).iter().any(white), "white under the mark");
}

#[test]
fn it_is_scaled_only_when_asked() {
    let narrow = with_ad(bookshop()).change(PAGE, "cols = 2, rows = 19", "cols = 1, rows = 19");
    let made = narrow.clone().make(Make::Pages);
    let note = found(&made, "NP-TRIM");
    assert_eq!((note.severity, place(&made, note).as_str()), (Severity::Unfit, "pages/A02.toml:11:8"));
    assert!(
        note.message.contains("`示例书店` is 113.7 x 76.2 mm, and its room is 54.0 x 76.2 mm"),
        "{}",
        note.message
    );
    assert!(made.pages[0].draft.is_some(), "the draft shows it");
    let made = narrow.change(PAGE, "rows = 19 }", "rows = 19 }\nfit = \"contain\"").make(Make::Pages);
    let note = found(&made, "ad-scaled");
    assert!(note.message.contains("47.5 % of its size"), "{}", note.message);
    let matrix = placed(&pdf(&made), b"A1");
    assert_eq!((matrix[0], matrix[3]), (475, 475), "153 of 322.2 pt");
}

#[test]
fn a_frame_stands_round_it() {
    let plain = operations(&pdf(&MADE)).iter().filter(|op| op.operator == "re").count();
    let framed = with_ad(bookshop())
        .change(PAGE, "rows = 19 }", "rows = 19 }\nframe = \"zheng\"\nfit = \"contain\"")
        .make(Make::Pages);
    let strokes = operations(&pdf(&framed)).iter().filter(|op| op.operator == "re").count();
    assert_eq!(strokes, plain + 4);
}

#[test]
fn it_claims_its_cells() {
    let desk = with_ad(bookshop());
    let on_story = desk.clone().change(PAGE, "row = 20, cols", "row = 12, cols");
    assert_eq!(found(&on_story.make(Make::Check), "ad-overlap").severity, Severity::Error);
    let twice = desk.text(PAGE) + AD;
    found(&desk.clone().put(PAGE, twice.as_bytes()).make(Make::Check), "ad-overlap");
    let ruled = desk.text(PAGE) + "\n[[rule]]\nrule = \"zheng\"\nacross = { row = 25, col = 1, cols = 2 }\n";
    found(&desk.clone().put(PAGE, ruled.as_bytes()).make(Make::Check), "rule-place");
    found(&desk.clone().change(PAGE, "row = 20, cols", "row = 100, cols").make(Make::Check), "cells-outside");
    found(&desk.change(PAGE, "rows = 19 }", "rows = 19 }\ninset = \"100pt\"").make(Make::Check), "ad-inset");
}

#[test]
fn a_turned_page_is_set_upright() {
    // 216 x 322.2 pt as it was drawn, with an offset; seen a quarter turned.
    let turned = Leaflet::new(322_200, 216_000).turned();
    let made = with_ad(&turned.bytes()).make(Make::Pages);
    let pdf = pdf(&made);
    assert_eq!(placed(&pdf, b"A1")[..4], [1000, 0, 0, 1000]);
    assert_eq!(numbers(form(&pdf, b"A1"), b"Matrix"), [0, -1000, 1000, 0, -50_000, 256_000]);
    assert_eq!(numbers(form(&pdf, b"A1"), b"BBox"), [40_000, 50_000, 256_000, 372_200]);
}

#[test]
fn what_cannot_be_read_is_refused_with_its_file() {
    let whole = Leaflet::new(322_200, 216_000).bytes();
    let refused = |bytes: &[u8], why: &str| {
        let made = with_ad(bytes).make(Make::Pages);
        let note = found(&made, "ad");
        assert_eq!((note.severity, place(&made, note).as_str()), (Severity::Error, "pages/A02.toml:11:8"));
        assert!(note.message.starts_with("cannot print `ads/bookshop.pdf`: "), "{}", note.message);
        assert!(note.message.contains(why), "{}", note.message);
        assert!(made.pages.is_empty(), "nothing is made");
    };
    refused("这不是广告".as_bytes(), "it is no PDF");
    refused(&whole[..whole.len() / 2], "");
    refused(&Leaflet::new(322_200, 216_000).with_catalog_for_pages().bytes(), "no page");
    let two =
        with_ad(&whole).change(PAGE, "cells = { col = 1, row = 20", "page = 2\ncells = { col = 1, row = 20");
    assert!(found(&two.make(Make::Check), "ad").message.contains("it has no page 2: it has 1"));
    let gone = with_ad(&whole).remove(FILE);
    found(&gone.make(Make::Check), "file-missing");
}

#[test]
fn what_is_made_for_another_press_and_what_is_left_out_is_told() {
    let made =
        with_ad(&Leaflet::new(322_200, 216_000).made_for("FOGRA39").with_link().bytes()).make(Make::Check);
    let note = found(&made, "ad-condition");
    assert!(note.message.contains("made for FOGRA39") && note.message.contains("IFRA26"), "{}", note.message);
    assert_eq!(found(&made, "ad-note").severity, Severity::Warning);
    assert_eq!(note.about.as_deref(), Some("示例书店"));
}

/// Fails unless a page with this advertisement does not print, for this rule, with these words.
#[track_caller]
fn refused(leaflet: &Leaflet, rule: &str, words: &str) {
    let made = with_ad(&leaflet.bytes()).make(Make::Pages);
    let note = found(&made, rule);
    assert_eq!((note.severity, place(&made, note).as_str()), (Severity::Unfit, "pages/A02.toml:11:8"));
    assert!(note.message.starts_with("`ads/bookshop.pdf`: "), "{}", note.message);
    assert!(note.message.contains(words), "{}", note.message);
    assert_eq!(note.about.as_deref(), Some("示例书店"));
    assert!(
        note.help.as_deref().is_some_and(|help| help.starts_with("of the advertiser: ")),
        "{:?}",
        note.help
    );
    assert_eq!(made.outcome(), Outcome::Unfit);
    assert!(made.pages[0].pdf.is_none() && made.pages[0].draft.is_some(), "a draft to show the advertiser");
}

fn leaflet() -> Leaflet {
    Leaflet::new(322_200, 216_000)
}

#[test]
fn one_in_order_is_taken_without_a_word() {
    let made = with_ad(&leaflet().bytes()).make(Make::Pages);
    assert!(made.notes.is_empty(), "{:?}", made.notes);
}

#[test]
fn one_in_rgb_is_refused() {
    refused(&leaflet().showing("1 0 0 rg 60 70 100 50 re f", ""), "COL-01", "RGB");
    let image = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceRGB \
                 /Length 3 >>\nstream\nabc\nendstream";
    let shown = leaflet().showing("q 1 0 0 1 60 70 cm /X Do Q", "/XObject << /X 5 0 R >>").with(image);
    refused(&shown, "COL-01", "RGB");
}

#[test]
fn one_with_transparency_is_refused() {
    let half = "/ExtGState << /G << /ca 0.5 >> >>";
    refused(&leaflet().showing("/G gs 0 0 0 1 k 60 70 100 50 re f", half), "TR-02", "0.5");
    let multiply = "/ExtGState << /G << /BM /Multiply >> >>";
    refused(&leaflet().showing("/G gs 0 0 0 1 k 60 70 100 50 re f", multiply), "TR-03", "Multiply");
}

#[test]
fn one_whose_page_is_a_group_with_nothing_transparent_in_it_is_taken_without_the_group() {
    let grouped = leaflet().with_entries("/Group << /S /Transparency /CS /DeviceCMYK >>");
    let made = with_ad(&grouped.bytes()).make(Make::Pages);
    assert!(made.notes.is_empty(), "{:?}", made.notes);
    assert!(form(&pdf(&made), b"A1").get(b"Group").is_err());
}

#[test]
fn one_with_a_font_that_is_not_embedded_is_refused() {
    let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
    let shown =
        leaflet().showing("BT 0 0 0 1 k /F 12 Tf 60 70 Td (SALE) Tj ET", "/Font << /F 5 0 R >>").with(font);
    refused(&shown, "FONT-01", "Helvetica");
}

#[test]
fn one_with_too_much_ink_is_refused() {
    refused(&leaflet().showing("1 1 1 0 k 60 70 100 50 re f", ""), "NP-TAC-V", "300");
}

#[test]
fn one_is_judged_as_large_as_it_is_printed() {
    let line = leaflet().showing("0.4 w 0 0 0 1 K 60 70 m 160 70 l S", "");
    let made = with_ad(&line.bytes()).make(Make::Check);
    assert!(made.notes.is_empty(), "0.4 pt holds: {:?}", made.notes);
    let half = with_ad(&line.bytes()).change(
        PAGE,
        "cols = 2, rows = 19 }",
        "cols = 1, rows = 19 }\nfit = \"contain\"",
    );
    assert_eq!(found(&half.make(Make::Check), "NP-LINE").severity, Severity::Unfit, "0.19 pt does not");
}

#[test]
fn its_spot_inks_are_in_the_delivery_list() {
    let space = "/ColorSpace << /S [/Separation /HKS#2043 /DeviceCMYK 5 0 R] >>";
    let tint = "<< /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [1 0.5 0 0] /N 1 >>";
    let spot = leaflet().showing("/S cs 1 scn 60 70 100 50 re f", space).with(tint);
    let made = with_ad(&spot.bytes()).make(Make::Bound);
    assert_eq!(found(&made, "NP-SPOT").severity, Severity::Warning);
    let list: Value = serde_json::from_str(made.delivery.as_ref().expect("a list")).expect("JSON");
    for (at, file) in ["A02.pdf", "edition.pdf"].into_iter().enumerate() {
        assert_eq!(list["files"][at]["file"], file);
        let inks = serde_json::json!(["Cyan", "Magenta", "Yellow", "Black", "HKS 43"]);
        assert_eq!(list["files"][at]["inks"], inks, "{file}");
    }
    // The slug line names it, too.
    let said = read_back(made.pages[0].pdf.as_deref().expect("it prints")).expect("it can be read");
    assert!(solid(&said[0]).contains("CyanMagentaYellowBlackHKS43"), "{}", said[0]);
}

/// A page whose type area is all of it, with an advertisement in its lower left corner.
fn in_the_corner(leaflet: &Leaflet) -> Made {
    let layout = std::fs::read_to_string(house().join(LAYOUT)).expect("the layout is there");
    // The folio line would hang over.
    let layout = layout.split("[[folio.item]]").next().expect("it has something before the folio");
    with_ad(&leaflet.bytes())
        .put_house(LAYOUT, layout.as_bytes())
        .change_house(
            LAYOUT,
            "width = \"390mm\"\nheight = \"545mm\"",
            "width = \"999pt\"\nheight = \"1380pt\"",
        )
        .change(PAGE, "row = 20, cols", "row = 92, cols")
        .make(Make::Pages)
}

#[test]
fn its_bleed_is_kept_where_its_room_ends_at_the_trim() {
    let told = |made: &Made| -> Vec<String> {
        let notes = made.notes.iter().filter(|note| note.about.as_deref() == Some("示例书店"));
        notes.map(|note| format!("{} {}", note.code.0, note.message)).collect()
    };
    let made = in_the_corner(&leaflet().with_entries("/BleedBox [30 40 362.2 266]"));
    assert_eq!(told(&made), [""; 0], "it is as it should be");
    let document = pdf(&made);
    // Three millimetres of its ten points, at its left and its foot; none elsewhere.
    let bleed = 8_505;
    assert_eq!(numbers(form(&document, b"A1"), b"BBox"), [40_000 - bleed, 50_000 - bleed, 362_200, 266_000]);
    let matrix = placed(&document, b"A1");
    assert_eq!(matrix[..4], [1000, 0, 0, 1000], "at its own size");
    assert!((matrix[4] - 28_346 + bleed).abs() <= 1 && (matrix[5] - 28_346 + bleed).abs() <= 1, "{matrix:?}");
    let cut = in_the_corner(&leaflet());
    assert_eq!(
        told(&cut),
        [
            "NP-BLEED the advertisement of `示例书店` touches the trim and does not run to the bleed: left, bottom"
        ]
    );
    assert_eq!(numbers(form(&pdf(&cut), b"A1"), b"BBox"), [40_000, 50_000, 362_200, 266_000]);
}

#[test]
fn a_house_settles_what_it_makes_of_a_rule_here_too() {
    let preflight = "[preflight]\nNP-TAC-V = \"warning\"\n\n[sheet]";
    let heavy = leaflet().showing("1 1 1 0 k 60 70 100 50 re f", "").bytes();
    let made = with_ad(&heavy).change_house(LAYOUT, "[sheet]", preflight).make(Make::Check);
    assert_eq!(found(&made, "NP-TAC-V").severity, Severity::Warning);
}

#[test]
fn the_advertisement_of_the_sample_is_what_its_own_edition_builds() {
    let edition = Disk::new(house(), &house().join("samples/advert")).expect("the sample is there");
    let made = job::run(&edition, &Request::default(), &mut |_| {});
    let built = made.pages[0].pdf.as_deref().unwrap_or_else(|| panic!("it prints: {:?}", made.notes));
    let placed = std::fs::read(house().join("samples/ads").join(FILE)).expect("the file is there");
    assert!(
        built == placed,
        "samples/ads/{FILE} is out of date: look at what `duikai build samples/advert` makes, copy \
         samples/advert/build/bookshop.pdf over it, and mend the SHA-256 in samples/ads/ads/SOURCES.md"
    );
}
