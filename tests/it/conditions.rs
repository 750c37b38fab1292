//! Printing conditions: those of the house, and an edition's own with their profiles.

use duikai::job::{Make, Outcome};
use duikai::judge::pdf::{Limits, Standard};
use duikai::model::edition::Level;

use super::bad_input::check;
use super::desk::{Desk, errors};
use super::sample::house;

const EDITION: &str = "edition.toml";
const OWN: &str = r#"identifier = "Custom"
text = "The plant in the next valley"
profile = "valley.icc"
ink_limit = 220
ruling = "40l/cm"
"#;
/// Where the profile is named.
const NAMED: &str = "profiles/valley.toml:3:11";

fn profile(name: &str) -> Vec<u8> {
    std::fs::read(house().join("profiles").join(name)).expect("the profile is there")
}

/// An edition with a picture and a condition of its own.
fn desk(own: &[u8]) -> Desk {
    let picture = std::fs::read(house().join("tests/pictures/progressive.jpg")).expect("a picture");
    Desk::with_picture(&picture)
        .change(EDITION, "\"newsprint\"", "\"valley\"")
        .put("profiles/valley.toml", OWN.as_bytes())
        .put("profiles/valley.icc", own)
}

/// The only output intent of the page, as its dictionary reads in the file.
fn intent(pdf: &[u8]) -> lopdf::Dictionary {
    let pdf = lopdf::Document::load_mem(pdf).expect("a PDF");
    let intents = pdf.catalog().expect("a catalog").get_deref(b"OutputIntents", &pdf).expect("an intent");
    let [intent] = &intents.as_array().expect("a list")[..] else { panic!("one intent") };
    pdf.dereference(intent).expect("it is there").1.as_dict().expect("a dictionary").clone()
}

#[test]
fn every_condition_of_the_house_prints() {
    for (name, identifier) in [("newsprint", "IFRA26"), ("snap", "CGATS TR 002"), ("coated", "FOGRA39")] {
        let desk = desk(b"").change(EDITION, "valley", name);
        let made = desk.make(Make::Pages);
        // On coated paper a screen of 150 lines wants more than this picture has.
        assert!(errors(&made).is_empty(), "{name}: {:?}", made.notes);
        let intent = intent(made.pages[0].pdf.as_deref().expect("it fits"));
        let text = |key: &[u8]| intent.get(key).and_then(lopdf::Object::as_str).expect("a text").to_vec();
        assert_eq!(text(b"OutputConditionIdentifier"), identifier.as_bytes());
        assert_eq!(text(b"RegistryName"), b"http://www.color.org");
    }
}

#[test]
fn an_edition_brings_its_own() {
    let made = desk(&profile("snap-tr002-tac240.icc")).make(Make::Pages);
    assert!(errors(&made).is_empty(), "{:?}", made.notes);
    assert_eq!(made.outcome(), Outcome::Fits);
    let intent = intent(made.pages[0].pdf.as_deref().expect("it fits"));
    assert!(!intent.has(b"RegistryName") && intent.has(b"DestOutputProfile") && intent.has(b"Info"));
    // Its own gray profile from beside it, the house's by name from there.
    for gray in ["own.icc", "snap-gray-tr002.icc"] {
        let named = format!("ruling = \"40l/cm\"\ngray_profile = \"{gray}\"");
        let desk = desk(&profile("snap-tr002-tac240.icc"))
            .change("profiles/valley.toml", "ruling = \"40l/cm\"", &named)
            .put("profiles/own.icc", &profile("newsprint-gray-ifra26.icc"));
        assert!(errors(&desk.make(Make::Check)).is_empty(), "{gray}");
    }
    // The edition's own goes before the house's of the same name.
    let desk =
        desk(b"").change(EDITION, "valley", "newsprint").put("profiles/newsprint.toml", b"identifier = 1");
    check(&desk, "toml", "profiles/newsprint.toml:1:14", "invalid type", "docs/keys.md");
}

#[test]
fn profiles_that_are_no_presses() {
    let good = profile("snap-tr002-tac240.icc");
    let wrong = |bytes: &[u8], says: &str, help: &str| {
        check(&desk(bytes), "condition-profile", NAMED, says, help);
    };
    wrong(b"not a profile", "it is no ICC profile", "the plant");
    wrong(&good[..200_000], "it says that it has 275888 bytes, and has 200000", "copy it again");
    wrong(&profile("newsprint-gray-ifra26.icc"), "it is for GRAY, and CMYK is wanted", "the plant");
    let with = |at: usize, four: &[u8; 4]| {
        let mut changed = good.clone();
        changed[at..at + 4].copy_from_slice(four);
        changed
    };
    wrong(&with(12, b"mntr"), "it is of class `mntr`", "the plant");
    wrong(&with(16, b"RGB "), "it is for RGB", "the plant");
    wrong(&with(8, &[5, 0, 0, 0]), "ICC version 5", "version 2");
    let at = good.windows(4).position(|name| name == b"B2A0").expect("a table");
    wrong(&with(at, b"X2X0"), "it has no table `B2A0`", "the plant");
    check(&desk(&good).remove("profiles/valley.icc"), "file-missing", NAMED, "valley.icc", "add the file");
    // A table that says it is one and is none.
    let at = u32::from_be_bytes(*good[at + 4..].first_chunk().expect("an offset")) as usize;
    let made = desk(&with(at, b"void")).make(Make::Pages);
    let [note] = errors(&made)[..] else { panic!("{:?}", made.notes) };
    assert_eq!(note.code.0, "condition-profile");
}

#[test]
fn a_profile_of_version_four_goes_where_the_level_knows_it() {
    // The same tables: 16 bits of this type mean the same in both versions.
    let mut fourth = profile("snap-tr002-tac240.icc");
    fourth[8..12].copy_from_slice(&[4, 0x20, 0, 0]);
    let fourth_desk = desk(&fourth);
    check(
        &fourth_desk,
        "condition-profile",
        NAMED,
        "ICC version 4, and PDF/X-1a:2003 takes version 2",
        "version 2",
    );
    let x4 = fourth_desk.clone().change(EDITION, "layout =", "level = \"x4\"\nlayout =");
    let refused = |desk: &Desk, level| {
        let made = desk.make_at(Make::Pages, level);
        assert_eq!(made.pages.is_empty(), !errors(&made).is_empty());
        errors(&made).iter().map(|note| note.code.0).collect::<Vec<_>>()
    };
    // The command line has the last word on the level, here as there.
    assert_eq!(refused(&x4, Some(Level::X1a2001)), ["condition-profile"]);
    assert!(refused(&fourth_desk, Some(Level::Pdf17)).is_empty());
    assert!(refused(&fourth_desk, Some(Level::X4)).is_empty());
    let made = x4.make(Make::Pages);
    assert!(errors(&made).is_empty(), "{:?}", made.notes);
    let pdf = made.pages[0].pdf.as_deref().expect("it fits");
    let embedded = lopdf::Document::load_mem(pdf).expect("a PDF");
    let id = intent(pdf).get(b"DestOutputProfile").and_then(lopdf::Object::as_reference).expect("a stream");
    let stream = embedded.get_object(id).and_then(lopdf::Object::as_stream).expect("a stream");
    assert_eq!(stream.decompressed_content().expect("it is deflated"), fourth);
    let found = duikai::judge::pdf::judge(pdf, Standard::X4, &Limits::default());
    assert!(found.iter().all(|finding| !finding.rule.0.starts_with("OI-")), "{found:?}");
    // The gray profile is never embedded, so its version is nobody's business.
    let mut gray = profile("newsprint-gray-ifra26.icc");
    gray[8] = 4;
    let desk = desk(&profile("snap-tr002-tac240.icc"))
        .change(
            "profiles/valley.toml",
            "ruling = \"40l/cm\"",
            "ruling = \"40l/cm\"\ngray_profile = \"own.icc\"",
        )
        .put("profiles/own.icc", &gray);
    assert!(errors(&desk.make(Make::Check)).is_empty());
}

#[test]
fn rulings_that_are_none() {
    for (typed, says) in [("40", "\"100lpi\""), ("1000lpi", "40 to 400"), ("l/cm", "\"40l/cm\"")] {
        let desk = desk(b"").change("profiles/valley.toml", "\"40l/cm\"", &format!("{typed:?}"));
        check(&desk, "toml", "profiles/valley.toml:5:10", says, "docs/keys.md");
    }
}
