//! A page one: nameplate, ears, index, footer, ornaments. It prints, and what does not stand well on
//! it is told.

use duikai::files::{Memory, Place};
use duikai::job::{self, Made, Make, Request};
use duikai::judge::pdf::{Limits, Standard, judge};
use duikai::output::fit::Status;
use duikai::source;

use super::desk::{errors, place};
use super::sample::{Layered, disk, house};

const FILES: [(&str, &str); 3] = [
    ("edition.toml", include_str!("../front/edition.toml")),
    ("pages/A01.toml", include_str!("../front/A01.toml")),
    ("pages/A02.toml", include_str!("../front/A02.toml")),
];
const LAYOUT: &str = "layouts/duikai-6x17.toml";

/// The front page on the sample's stories, with things typed otherwise: file, what, how.
fn front(changes: &[(&str, &str, &str)]) -> Layered {
    let mut texts: Vec<(&str, String)> = FILES.map(|(path, text)| (path, text.to_owned())).into();
    texts.push((LAYOUT, std::fs::read_to_string(house().join(LAYOUT)).expect("the layout is there")));
    for (path, from, to) in changes {
        let (_, text) = texts.iter_mut().find(|(own, _)| own == path).expect("a file of the front page");
        assert!(text.contains(from), "{path} holds {from}");
        *text = text.replacen(from, to, 1);
    }
    let mut over = Memory::default();
    for (path, text) in texts {
        let place = if path == LAYOUT { Place::House } else { Place::Edition };
        over.put(place, path, text.as_bytes());
    }
    let art = std::fs::read(house().join("tests/pictures/progressive.jpg")).expect("a picture");
    over.put(Place::Edition, "art/name.jpg", &art);
    Layered { over, under: disk() }
}

fn made(changes: &[(&str, &str, &str)], make: Make) -> Made {
    let request = Request { make, only: vec!["A01".to_owned()], ..Request::default() };
    job::run(&front(changes), &request, &mut |_| {})
}

/// Fails unless there is one error, with this code, at this place.
#[track_caller]
fn refused(changes: &[(&str, &str, &str)], code: &str, at: &str) {
    let made = made(changes, Make::Check);
    let errors = errors(&made);
    assert_eq!(errors.iter().map(|note| note.code.0).collect::<Vec<_>>(), [code], "{errors:?}");
    assert!(place(&made, errors[0]).starts_with(at), "{}", place(&made, errors[0]));
    assert!(errors[0].help.is_some());
}

#[test]
fn a_front_page_prints() {
    let made = made(&[], Make::Pages);
    // The lead's stories stand on the left and others on the right: no block is there to cross.
    assert_eq!(made.notes.iter().map(|note| note.code.0).collect::<Vec<_>>(), ["makeup-corridor"]);
    let page = &made.pages[0];
    assert_eq!(page.status, Status::Fits);
    let pdf = page.pdf.as_deref().expect("it fits");
    let edition = source::load(&front(&[])).value.edition.expect("it is in order");
    let found = judge(pdf, Standard::X1a2003, &Limits::of(&edition.condition));
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn nothing_stands_on_the_rows_of_nameplate_and_footer() {
    let lead = "cells = { col = 1, row = 11, cols = 4, rows = 23 }";
    let higher = "cells = { col = 1, row = 10, cols = 4, rows = 23 }";
    refused(&[("pages/A01.toml", lead, higher)], "strip-overlap", "pages/A01.toml:27:");
    let deep = ("pages/A01.toml", "cells = { col = 5, row = 89,", "cells = { col = 5, row = 90,");
    refused(&[deep], "strip-overlap", "pages/A01.toml:");
    let panel = ("pages/A01.toml", "col = 1, row = 99,", "col = 1, row = 97,");
    refused(&[panel], "panel-overlap", "pages/A01.toml:");
}

#[test]
fn what_a_page_names_is_there() {
    refused(
        &[("pages/A01.toml", "nameplate = \"main\"", "nameplate = \"mane\"")],
        "name-unknown",
        "pages/A01.toml:3:",
    );
    refused(
        &[("pages/A01.toml", "footer = \"imprint\"", "footer = \"foot\"")],
        "name-unknown",
        "pages/A01.toml:4:",
    );
    refused(&[("pages/A01.toml", "page = \"A02\"", "page = \"A09\"")], "panel-page", "pages/A01.toml:");
    refused(
        &[("pages/A01.toml", "style = \"service\"", "style = \"servis\"")],
        "name-unknown",
        "pages/A01.toml:",
    );
}

#[test]
fn ears_and_what_they_say_belong_together() {
    let without = [(
        LAYOUT,
        "[nameplate.main.ear.left]\npanel = \"ear\"\nleft = \"0pt\"\ntop = \"0pt\"\nwidth = \"216pt\"\nheight = \"128pt\"\n",
        "",
    )];
    refused(&without, "ear-place", "pages/A01.toml:");
    let both = ("pages/A01.toml", "page = \"A02\"", "page = \"A02\", value = \"二\"");
    refused(&[both], "panel-value", "pages/A01.toml:");
}

#[test]
fn the_name_may_be_a_picture() {
    // A place of the picture's shape, where the name stood in type.
    let item = "[[nameplate.main.item]]\ntext = \"{paper}\"";
    let art = "[nameplate.main.art]\nleft = \"400pt\"\ntop = \"2pt\"\nwidth = \"165pt\"\nheight = \"110pt\"\n\n[[nameplate.main.item]]\ntext = \"\"";
    let layout = (LAYOUT, item, art);
    refused(&[layout], "name-art", "pages/A01.toml");
    let given = ("edition.toml", "issue = 248", "name_art = \"art/name.jpg\"\nissue = 248");
    let made = made(&[layout, given], Make::Pages);
    let codes: Vec<&str> = made.notes.iter().map(|note| note.code.0).collect();
    assert_eq!(made.photographs.0, 3, "two photographs and the name: {codes:?}");
    assert!(errors(&made).is_empty(), "{:?}", made.notes);
}

#[test]
fn rules_that_no_press_draws() {
    for (from, to) in [
        ("height = \"3pt\", weight = \"0.5pt\"", "height = \"0.5pt\", weight = \"0.5pt\""),
        ("height = \"3pt\", weight = \"0.5pt\"", "height = \"3pt\""),
        ("length = \"7.2pt\", height = \"6pt\"", "length = \"5pt\", height = \"6pt\""),
        ("length = \"6pt\", height = \"4pt\"", "length = \"40pt\", height = \"4pt\""),
    ] {
        refused(&[(LAYOUT, from, to)], "rule-look", LAYOUT);
    }
    let thin = made(
        &[(LAYOUT, "height = \"4pt\", weight = \"0.4pt\"", "height = \"4pt\", weight = \"0.2pt\"")],
        Make::Check,
    );
    assert!(thin.notes.iter().any(|note| note.code.0 == "NP-LINE"), "{:?}", thin.notes);
    let narrow = ("pages/A01.toml", "inset = \"1.7em\"", "inset = \"1em\"");
    refused(&[narrow], "box-inset", "pages/A01.toml:");
}
