//! Files that go wrong in known ways, each with what must come of it. `tests/pictures/SOURCES.md`
//! says where they are from.

mod broken;
mod inks;
mod kinds;
pub(super) mod made;
mod planes;

use std::path::Path;
use std::sync::{Arc, LazyLock};

use super::decode::decode;
use super::samples::Samples;
use super::*;
use crate::diag::{FileId, Span};
use crate::model::edition::{Condition, Conversion, SpotInks};

/// The newsprint condition with the profiles that come with the engine.
pub(super) fn newsprint() -> Condition {
    Condition {
        identifier: "IFRA26".to_owned(),
        text: String::new(),
        registry: String::new(),
        profile: Arc::from(&include_bytes!("../../profiles/ISOnewspaper_v4_26_bas.ICC")[..]),
        typed: Span::file(FileId(0)),
        gray_profile: Some(Arc::from(&include_bytes!("../../profiles/newsprint-gray-ifra26.icc")[..])),
        ink_limit: 2400,
        ruling: 100,
        spots: SpotInks::Refused,
        picture_ppi: 200,
        conversion: Conversion { highlight: 3, ..Conversion::default() },
    }
}

static PRESS: LazyLock<Press> = LazyLock::new(|| Press::new(&newsprint()).expect("its profiles are good"));

fn press() -> &'static Press {
    &PRESS
}

fn file(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// 30 mm wide, of the pictures' own shape: 16 : 9.
fn place() -> Wanted {
    Wanted::new(Len::mm(32), Len::mm(18))
}

fn print(bytes: &[u8]) -> Converted {
    let converted = convert(bytes, &place(), press()).expect("a good picture");
    assert!(converted.picture.peak_ink <= 2400, "{}", converted.picture.peak_ink);
    converted
}

/// The ink of a converted picture, read back from its JPEG: 0 is none.
fn ink(picture: &Picture) -> Vec<u8> {
    let probe = probe(&picture.data).expect("our own JPEG");
    assert_eq!((probe.width, probe.height), (picture.width, picture.height));
    match decode(&picture.data, &probe, Some(picture.inverted)).expect("our own JPEG").samples {
        Samples::Eight(samples) => samples,
        Samples::Sixteen(_) | Samples::Bits(_) => panic!("no JPEG of 8 bits"),
    }
}

/// Mean difference of the ink in two pictures of one size, in hundredths of 1/255.
fn difference(one: &Converted, other: &Converted) -> u64 {
    assert_eq!((one.picture.width, one.picture.height), (other.picture.width, other.picture.height));
    let (one, other) = (ink(&one.picture), ink(&other.picture));
    assert_eq!(one.len(), other.len());
    let sum: u64 = one.iter().zip(&other).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum * 100 / one.len() as u64
}

fn refused(bytes: &[u8]) -> PictureError {
    let error = convert(bytes, &place(), press()).expect_err("a bad picture");
    assert!(!error.remedy().is_empty(), "{error} names no remedy");
    error
}

#[test]
fn the_screen_sets_the_size_and_the_file_bounds_it() {
    let converted = print(&file("no_density.jpg"));
    let Picture { width, height, plates, inverted, .. } = converted.picture;
    assert_eq!((width, height, plates, inverted), (252, 142, Plates::Cmyk, true));
    assert_eq!((converted.ppi, converted.notes.is_empty()), (200, true));
    let few = print(&file("lowres_200x112.jpg"));
    assert_eq!((few.picture.width, few.picture.height, few.ppi), (199, 112, 158));
    let square = Wanted { focus: (1000, 0), ..Wanted::new(Len::mm(10), Len::mm(10)) };
    let part = convert(&file("no_density.jpg"), &square, press()).expect("a good picture");
    assert_eq!(part.crop, Crop { x: 394, y: 0, width: 506, height: 506 });
    assert_eq!((part.picture.width, part.picture.height), (79, 79));
}

#[test]
fn what_must_stay_in_view_does_or_it_is_said() {
    let square = |keep| Wanted { keep: Some(keep), ..Wanted::new(Len::mm(10), Len::mm(10)) };
    let cut = |keep| convert(&file("no_density.jpg"), &square(keep), press()).expect("a good picture");
    let kept = cut([0, 0, 500, 1000]);
    assert_eq!((kept.crop.x, kept.needs), (0, None));
    // 900 x 506: from 0.8 of it at full height to all of it.
    assert_eq!(cut([100, 100, 900, 900]).needs, Some(Shapes { least: 1423, most: 2223 }));
}

#[test]
fn the_same_bytes_twice() {
    let bytes = file("progressive.jpg");
    assert_eq!(print(&bytes), print(&bytes));
}

#[test]
fn the_same_bytes_as_everywhere() {
    // Whole numbers decode, resample and sharpen; plain `f64` makes the tables of colour: so these
    // digests hold on every processor. They change when the way of conversion does, and then
    // `store::VERSION` changes, too.
    let digest = |name: &str| {
        let data = print(&file(name)).picture.data;
        crate::fingerprint::sha256_hex(&data)[..16].to_owned()
    };
    let names = ["no_density.jpg", "adobergb_tagged.jpg", "gray16.png", "alpha.png", "progressive.jpg"];
    let digests: Vec<String> = names.iter().map(|name| format!("{name} {}", digest(name))).collect();
    expect_test::expect![[r#"
        no_density.jpg a956724111d0a831
        adobergb_tagged.jpg ceda4b8f2697d5db
        gray16.png 57884d5684c50364
        alpha.png 37efe16c6690c862
        progressive.jpg a956724111d0a831"#]]
    .assert_eq(&digests.join("\n"));
    assert_eq!(VERSION, 3);
}

#[test]
fn a_condition_needs_a_profile_that_prints() {
    let gray = newsprint().gray_profile.expect("it has one");
    let swapped = Condition { profile: gray, ..newsprint() };
    let error = Press::new(&swapped).expect_err("gray is not CMYK");
    assert!(error.to_string().contains("no CMYK output profile"), "{error}");
    let swapped = Condition { gray_profile: Some(newsprint().profile), ..newsprint() };
    assert!(Press::new(&swapped).is_err());
    // Without a gray profile the black plate is what the CMYK profile says of black.
    let measured = print(&file("gray.jpg"));
    let derived = Press::new(&Condition { gray_profile: None, ..newsprint() }).expect("good profiles");
    let derived = convert(&file("gray.jpg"), &place(), &derived).expect("a good picture");
    assert!(difference(&measured, &derived) < 300, "{}", difference(&measured, &derived));
}
