//! Whatever is typed, the engine answers: spoiled TOML gives messages or a page, never a panic.

use arbtest::arbitrary::{self, Unstructured};
use arbtest::arbtest;
use duikai::files::{Memory, Place};
use duikai::job::{self, Make, Outcome, Request};

use super::desk::{Desk, errors};
use super::sample::{Layered, disk, house, typed};

/// How many spoiled editions are tried; the same ones on every run.
const CASES: u64 = 100;

/// Numbers at the edges of what counts can hold.
const NUMBERS: [&str; 11] =
    ["0", "1", "2", "255", "1000", "32768", "65535", "65536", "4294967295", "-1", "0.001"];

/// Pieces that mean something where they land.
const PIECES: [&str; 10] =
    ["|", "\\u0000", "\\n", "\"", "em", "mm", "\n[[block]]\n", "%", "……——", "ﷺ\u{301}"];

const FILES: [(Place, &str); 7] = [
    (Place::Edition, "edition.toml"),
    (Place::Edition, "pages/A02.toml"),
    (Place::Edition, "pages/A02.toml"),
    (Place::Edition, "stories/explainer.toml"),
    (Place::Edition, "stories/hospital.toml"),
    (Place::House, "layouts/duikai-6x17.toml"),
    (Place::House, "layouts/duikai-6x17.toml"),
];

/// Fails by panicking if the engine panics on a text spoiled in one to three places.
fn check(spoiled: impl Fn(&mut Unstructured<'_>) -> arbitrary::Result<(Outcome, usize)>) {
    for case in 0..CASES {
        arbtest(|u| {
            let (outcome, errors) = spoiled(u)?;
            assert!(errors == 0 || outcome == Outcome::Unfit, "an error means exit code 2");
            Ok(())
        })
        .seed(case << 32 | 128);
    }
}

/// The text with one to three things in it replaced.
fn spoil(u: &mut Unstructured<'_>, text: &str) -> arbitrary::Result<Vec<u8>> {
    let mut text = text.to_owned();
    for _ in 0..u.int_in_range(1..=3)? {
        let numbers: Vec<(usize, &str)> = text
            .match_indices(|c: char| c.is_ascii_digit())
            .filter(|(at, _)| !text[..*at].ends_with(|c: char| c.is_ascii_digit()))
            .collect();
        if u.ratio(3, 4)? && !numbers.is_empty() {
            let at = u.choose(&numbers)?.0;
            let len = text[at..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - at);
            let number = *u.choose(&NUMBERS)?;
            text.replace_range(at..at + len, number);
        } else {
            let at = text.floor_char_boundary(u.choose_index(text.len())?);
            let end = text.ceil_char_boundary((at + u.int_in_range(0..=12)?).min(text.len()));
            let piece = *u.choose(&PIECES)?;
            text.replace_range(at..end, piece);
        }
    }
    let mut bytes = text.into_bytes();
    if u.ratio(1, 10)? {
        let at = u.choose_index(bytes.len())?;
        bytes[at] = u.arbitrary()?;
    }
    Ok(bytes)
}

#[test]
fn a_spoiled_sample_is_answered() {
    let coarse = std::fs::read(house().join("tests/pictures/lowres_200x112.jpg")).expect("a picture");
    check(|u| {
        let (place, path) = *u.choose(&FILES)?;
        let text = match place {
            Place::Edition => typed(path),
            Place::House => std::fs::read_to_string(house().join(path)).expect("a layout"),
        };
        let mut over = Memory::default();
        // Small pictures: it is the text that is tried here.
        for picture in ["photos/checkpoint.jpg", "photos/sampling.jpg"] {
            over.put(Place::Edition, picture, &coarse);
        }
        over.put(place, path, &spoil(u, &text)?);
        let request = Request { make: Make::Check, ..Request::default() };
        let made = job::run(&Layered { over, under: disk() }, &request, &mut |_| {});
        Ok((made.outcome(), errors(&made).len()))
    });
}

#[test]
fn a_spoiled_page_is_answered_to_the_end() {
    check(|u| {
        let desk = Desk::new();
        let paths: Vec<&str> = desk.paths().collect();
        let path = *u.choose(&paths)?;
        let spoiled = spoil(u, &desk.text(path))?;
        let made = desk.clone().put(path, &spoiled).make(Make::Check);
        Ok((made.outcome(), errors(&made).len()))
    });
}
