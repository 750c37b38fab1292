//! What goes to the press besides the page itself: levels, spot inks, reversed heads, spreads, the
//! delivery list, and how large a file is.

use duikai::color::{Ink, Plate, SpotIdx};
use duikai::diag::Severity;
use duikai::geom::Rect;
use duikai::job::Make;
use duikai::judge::pdf::read_back;
use duikai::model::edition::Level;
use lopdf::{Dictionary, Document, Object};
use serde_json::{Value, json};

use super::desk::{Desk, errors, place};
use super::sample::sample;
use super::threads::{LEAD, jumping};

/// The small edition with its headline on a bar of a spot ink.
pub(crate) fn spotted() -> Desk {
    Desk::new()
        .change_layout("[inks]\n", "[spots.red]\nname = \"PANTONE 185 C\"\ncmyk = [0, 91, 76, 0]\n\n[inks]\nrose = { spot = \"red\", tint = 30 }\n")
        .change_layout("slug = \"10mm\"\n", "slug = \"10mm\"\nspots = \"allowed\"\n")
        .change_layout("[head.style.song]\n", "[head.style.song]\nbar = { spot = \"red\", tint = 80 }\n")
}

fn pdf(desk: &Desk, level: Option<Level>) -> Document {
    let made = desk.make_at(Make::Pages, level);
    assert!(errors(&made).is_empty(), "{:?}", errors(&made));
    Document::load_mem(made.pages[0].pdf.as_deref().expect("it fits")).expect("it can be read")
}

fn content(document: &Document) -> String {
    let id = document.page_iter().next().expect("a page");
    String::from_utf8(document.get_page_content(id)).expect("ASCII")
}

#[test]
fn the_edition_names_its_level_and_the_command_line_wins() {
    let desk = Desk::new().change("edition.toml", "layout =", "level = \"x4\"\nlayout =");
    assert_eq!(pdf(&desk, None).version, "1.6");
    assert_eq!(pdf(&desk, Some(Level::X1a2001)).version, "1.3");
    assert_eq!(pdf(&Desk::new(), None).version, "1.4");
    let wrong = Desk::new().change("edition.toml", "layout =", "level = \"x3\"\nlayout =");
    let made = wrong.make(Make::Check);
    let note = errors(&made)[0];
    assert_eq!(place(&made, note), "edition.toml:3:9");
    assert!(note.message.contains("x1a-2003"), "{}", note.message);
}

#[test]
fn a_reversed_head_is_paper_on_a_bar() {
    let desk = Desk::new().change_layout("[head.style.song]\n", "[head.style.song]\nbar = \"blue\"\n");
    let content = content(&pdf(&desk, None));
    let (bar, rest) = content.split_once("1 0.6 0 0 k").expect("the bar is blue");
    assert!(rest.contains("0 0 0 0 k"), "the heading is paper on it");
    let state = |part: &str| part.rfind("/Knockout gs") > part.rfind("/Overprint gs");
    let before_paper = rest.split_once("0 0 0 0 k").expect("paper").0;
    assert!(state(&format!("{bar}{before_paper}")), "white knocks out");
    // A bar of a colour keeps the ink that a heading has of its own.
    let own = desk.change_layout("size = \"48pt\" }", "size = \"48pt\", ink = \"black\" }");
    assert!(!super::press::content(&pdf(&own, None)).contains("0 0 0 0 k"), "only the headline is set");
}

#[test]
fn spot_inks_are_named_where_inks_are() {
    let desk = spotted()
        .change_layout(
            "[rules.wenwu]",
            "[rules.rose]\nstrokes = [{ offset = \"0pt\", weight = \"1pt\" }]\nink = \"rose\"\n[rules.wenwu]",
        )
        .change_layout("rule = \"wenwu\"", "rule = \"rose\"");
    let made = desk.make(Make::Pages);
    let document = Document::load_mem(made.pages[0].pdf.as_deref().expect("it fits")).expect("a PDF");
    let content = content(&document);
    assert!(content.contains("/Spot1 cs\n0.8 scn"), "the bar");
    assert!(content.contains("0.3 scn"), "the rule, by the name of a tint");
    let list: Value = serde_json::from_str(&made.delivery.expect("a list")).expect("JSON");
    assert_eq!(list["files"][0]["inks"], json!(["Black", "PANTONE 185 C"]));
}

#[test]
fn the_layout_has_the_last_word_on_spot_inks_and_the_condition_the_first() {
    let refused = |sheet: &str, condition: &str, preflight: &str| {
        let made = spotted()
            .change("edition.toml", "\"newsprint\"", &format!("\"{condition}\""))
            .change_layout("spots = \"allowed\"\n", sheet)
            .change_layout("[sheet]", &format!("{preflight}[sheet]"))
            .make(Make::Check);
        made.notes.iter().find(|note| note.code.0 == "NP-SPOT").map(|note| note.severity)
    };
    assert_eq!(refused("", "coated", ""), None);
    assert_eq!(refused("spots = \"refused\"\n", "coated", ""), Some(Severity::Error));
    assert_eq!(refused("", "newsprint", ""), Some(Severity::Error));
    assert_eq!(refused("spots = \"allowed\"\n", "newsprint", ""), None);
    // How grave it is, is the house's to say.
    let house =
        |verdict: &str| refused("", "newsprint", &format!("[preflight]\nNP-SPOT = \"{verdict}\"\n\n"));
    assert_eq!(house("off"), None);
    assert_eq!(house("warning"), Some(Severity::Warning));
    assert_eq!(house("error"), Some(Severity::Error));
}

#[test]
fn spot_inks_need_leave_and_sense() {
    let check = |desk: Desk, code: &str, words: &str| {
        let made = desk.make(Make::Check);
        let found = errors(&made);
        assert!(found.iter().all(|note| note.severity == Severity::Error));
        let note = found.iter().find(|note| note.code.0 == code);
        let note = note.unwrap_or_else(|| panic!("no {code} in {found:?}"));
        assert!(note.message.contains(words), "{}", note.message);
        assert!(place(&made, note).starts_with("layouts/duikai-6x17.toml:"), "{}", place(&made, note));
    };
    let unsaid = spotted().change_layout("spots = \"allowed\"\n", "");
    check(unsaid, "NP-SPOT", "neither the layout nor the printing condition allows any");
    let named = |name: &str| spotted().change_layout("PANTONE 185 C", name);
    check(named(" "), "spot-ink", "1 to 127 bytes");
    check(named("Magenta"), "spot-ink", "process printing");
    check(named("all"), "spot-ink", "process printing");
    let twice = spotted()
        .change_layout("[inks]", "[spots.rouge]\nname = \"PANTONE 185 C\"\ncmyk = [0, 0, 0, 0]\n[inks]");
    check(twice, "spot-ink", "two spot inks");
    check(spotted().change_layout("rose = ", "red = "), "spot-ink", "two inks named `red`");
    let mut many = spotted();
    for idx in 0..4 {
        let spot = format!("[spots.s{idx}]\nname = \"HKS {idx}\"\ncmyk = [0, 0, 0, 0]\n[inks]");
        many = many.change_layout("[inks]", &spot);
    }
    check(many, "spot-ink", "at most 4");
    check(spotted().change_layout("spot = \"red\"", "spot = \"rde\""), "name-unknown", "no spot ink `rde`");
    check(spotted().change_layout("tint = 80", "tint = 101"), "toml", "0 to 100");
    check(spotted().change_layout("tint = 80", "shade = 80"), "toml", "shade");
    check(Desk::new().change_layout("blue = [100, 60, 0, 0]", "blue = \"sky\""), "toml", "percent");
}

#[test]
fn a_spread_is_folded_between_its_pages() {
    let spread = Desk::new()
        .change_layout("width = \"390mm\"", "width = \"780mm\"")
        .change_layout("slug = \"10mm\"\n", "slug = \"10mm\"\nfolds = [\"390mm\"]\n");
    let document = pdf(&spread, None);
    let page = document.page_iter().next().expect("a page");
    let trim = document.get_dictionary(page).and_then(|page| page.get(b"TrimBox")?.as_array());
    let trim: Vec<f32> = trim.expect("a trim").iter().map(|n| n.as_float().expect("a number")).collect();
    assert_eq!(trim, [28.346, 28.346, 2239.37, 1573.228]);
    // The fold is 390 mm from the trim's left edge: a stroke of a quarter point across it.
    assert_eq!(content(&document).matches("1133.733 ").count(), 6, "three dashes over and under");
    for (folds, words) in [
        ("[\"390mm\", \"385mm\"]", "folds ascend"),
        ("[\"780mm\"]", "folds ascend"),
        ("[\"10mm\"]", "folds ascend"),
        ("[\"100mm\"]", "pages of 120 mm"),
    ] {
        let made = spread
            .clone()
            .change_layout("folds = [\"390mm\"]", &format!("folds = {folds}"))
            .make(Make::Check);
        assert!(
            errors(&made).iter().any(|note| note.message.contains(words)),
            "{folds}: {:?}",
            errors(&made)
        );
    }
}

#[test]
fn a_page_without_bleed_has_its_marks_and_a_page_without_slug_none() {
    let flush = Desk::new().change_layout("bleed = \"3mm\"", "bleed = \"0mm\"");
    assert!(content(&pdf(&flush, None)).contains("/Registration cs"));
    let made = flush.clone().change_layout("slug = \"10mm\"", "slug = \"0mm\"").make(Make::Check);
    assert!(errors(&made).iter().any(|note| note.code.0 == "sheet"), "marks have no room");
    let bare = flush
        .change_layout("slug = \"10mm\"", "slug = \"0mm\"")
        .change_layout("crop_marks = { offset = \"4mm\", length = \"5mm\", weight = \"0.25pt\" }", "")
        .change_layout("register = true\npatches = true\n", "")
        .change_layout("slug_line = { faces = [\"hei\"], size = \"6.5pt\" }", "");
    let document = pdf(&bare, None);
    assert!(!content(&document).contains("Registration"));
    let page = document.page_iter().next().expect("a page");
    let page: &Dictionary = document.get_dictionary(page).expect("a dictionary");
    assert_eq!(page.get(b"MediaBox").expect("a box"), page.get(b"TrimBox").expect("a box"));
}

#[test]
fn every_plate_says_what_it_is_and_its_ink_by_name() {
    let spot = Plate::Spot(SpotIdx(0));
    let plates = [Plate::PROCESS.to_vec(), vec![spot]].concat();
    let said: Vec<(String, Vec<Ink>)> = spotted()
        .slug(&plates)
        .into_iter()
        .map(|line| (line.text.clone(), line.runs.iter().map(|run| run.ink).collect()))
        .collect();
    let words = "示例日报　2022-09-05　A02 要闻　改版 0　IFRA26　PDF/X-1a:2003";
    assert_eq!(said[0].0, words);
    assert!(said[0].1.iter().all(|ink| *ink == Ink::Registration), "{said:?}");
    let names = ["Cyan", "Magenta", "Yellow", "Black", "PANTONE 185 C"];
    for ((text, inks), (name, plate)) in said[1..].iter().zip(names.into_iter().zip(plates)) {
        assert_eq!(text, name);
        assert!(inks.iter().all(|ink| *ink == plate.solid()), "{said:?}");
    }
    assert_eq!(said.len(), 6);
    // One after another, and none on the next.
    let rects: Vec<Rect> = spotted().slug(&Plate::PROCESS).iter().map(|line| line.rect).collect();
    assert!(rects.windows(2).all(|pair| pair[0].right() < pair[1].x), "{rects:?}");
    // In the PDF the words are in the ink of all plates, which marks are in, too.
    let content = content(&pdf(&Desk::new(), None));
    let (_, type_on) = content.split_once("BT").expect("type");
    let before = &content[..content.len() - type_on.len()];
    assert!(before.rfind("/Registration cs") > before.rfind(" k"), "the first type is the slug line");
}

#[test]
fn a_slug_line_that_is_too_long_is_left_out_and_said_so() {
    let edition = format!("edition = \"{}\"\nlayout =", "很长的叠名".repeat(20));
    let long = Desk::new().change("edition.toml", "layout =", &edition);
    let made = long.make(Make::Pages);
    let slug = made.notes.iter().find(|note| note.code.0 == "slug-wide").expect("it is said");
    assert_eq!((slug.severity, place(&made, slug).as_str()), (Severity::Warning, "pages/A02.toml"));
    assert!(made.pages[0].pdf.is_some(), "the page prints");
}

#[test]
fn the_revision_is_in_slug_xmp_map_and_list() {
    let made = Desk::new().change("edition.toml", "layout =", "revision = 3\nlayout =").make(Make::Pages);
    let page = &made.pages[0];
    let map: Value = serde_json::from_str(page.map.as_deref().expect("a map")).expect("JSON");
    let list: Value = serde_json::from_str(made.delivery.as_deref().expect("a list")).expect("JSON");
    assert_eq!((&map["revision"], &list["revision"]), (&json!(3), &json!(3)));
    let pdf = page.pdf.as_deref().expect("it fits");
    assert!(String::from_utf8_lossy(pdf).contains("<xmpMM:VersionID>3</xmpMM:VersionID>"));
    let document = Document::load_mem(pdf).expect("it can be read");
    // Which glyph a 3 is, is the font's business: another revision shows another one.
    let other = Desk::new().change("edition.toml", "layout =", "revision = 4\nlayout =");
    assert_ne!(content(&document), content(&super::press::pdf(&other, None)));
}

#[test]
fn the_list_says_what_is_delivered() {
    let made = Desk::new().make(Make::Bound);
    let list: Value = serde_json::from_str(made.delivery.as_deref().expect("a list")).expect("JSON");
    let pdf = made.pages[0].pdf.as_deref().expect("it fits");
    let bound = made.bound.as_deref().expect("it fits");
    let file = |name: &str, bytes: &[u8]| {
        json!({
            "file": name,
            "pages": ["A02"],
            "trim_um": [390_000, 545_000],
            "sheets": [{ "pages": ["A02"], "page_nos": [2], "trim_um": [390_000, 545_000] }],
            "inks": ["Black"],
            "bytes": bytes.len(),
            "sha256": duikai::fingerprint::sha256_hex(bytes),
        })
    };
    let wanted = json!({
        "schema": "delivery/1",
        "paper": "示例日报",
        "date": "2022-09-05",
        "edition": "",
        "revision": 0,
        "level": "x1a-2003",
        "condition": "IFRA26",
        "files": [file("A02.pdf", pdf), file("edition.pdf", bound)],
    });
    assert_eq!(list, wanted);
    assert!(Desk::new().make(Make::Check).delivery.is_none(), "a check delivers nothing");
}

#[test]
fn a_file_is_what_it_holds_and_little_more() {
    let bytes = sample().pdf();
    let document = Document::load_mem(bytes).expect("it can be read");
    let contents: Vec<_> = document.page_iter().flat_map(|page| document.get_page_contents(page)).collect();
    let mut parts = 0;
    for (id, object) in &document.objects {
        let Ok(stream) = object.as_stream() else { continue };
        let is = |key: &[u8], value: &[u8]| {
            stream.dict.get(key).and_then(Object::as_name).is_ok_and(|n| n == value)
        };
        let font = is(b"Subtype", b"CIDFontType0C") || stream.dict.has(b"Length1");
        let profile = stream.dict.has(b"N");
        if is(b"Subtype", b"Image") || font || profile || contents.contains(id) {
            parts += stream.content.len();
        }
    }
    assert!(parts > 1_000_000, "{parts}: pictures, fonts, content and profile are found");
    let rest = bytes.len() - parts;
    assert!(rest <= 20_000, "{rest} bytes beside pictures, fonts, content and profile");
}

#[test]
fn the_pages_of_a_bound_pdf_follow_the_edition() {
    let desk = jumping(6, 8, &LEAD.repeat(14));
    let said = |desk: &Desk| {
        let made = desk.make(Make::Bound);
        let bound = made.bound.unwrap_or_else(|| panic!("it fits: {:?}", made.notes));
        (read_back(&bound).expect("it can be read"), bound)
    };
    let (pages, bytes) = said(&desk);
    let own = |page: usize, desk: &Desk| {
        let made = desk.make(Make::Pages);
        read_back(made.pages[page].pdf.as_deref().expect("it fits")).expect("it can be read").swap_remove(0)
    };
    assert_eq!(pages, [own(0, &desk), own(1, &desk)], "page by page, in the order of `pages`");
    // Which thread is done first is not seen in it.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    assert!(pool.install(|| said(&desk)).1 == bytes, "the same bytes on one thread");
}
