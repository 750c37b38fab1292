//! Files that go wrong in known ways, each with what must come of it. `tests/pictures/SOURCES.md`
//! says where they are from.

use std::io::Cursor;
use std::path::Path;

use super::decode::{Samples, decode};
use super::*;

/// The newsprint condition with the profiles that come with the engine.
pub(super) fn newsprint() -> Condition {
    Condition {
        identifier: "IFRA26".to_owned(),
        text: String::new(),
        registry: String::new(),
        profile: Arc::from(&include_bytes!("../../profiles/ISOnewspaper_v4_26_bas.ICC")[..]),
        gray_profile: Arc::from(&include_bytes!("../../profiles/newsprint-gray-ifra26.icc")[..]),
        ink_limit: 2400,
        picture_ppi: 200,
    }
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
    let converted = convert(bytes, &place(), &newsprint()).expect("a good picture");
    assert!(converted.picture.peak_ink <= 2400, "{}", converted.picture.peak_ink);
    converted
}

/// The ink of a converted picture, read back from its JPEG: 0 is none.
fn ink(picture: &Picture) -> Vec<u8> {
    let probe = probe(&picture.jpeg).expect("our own JPEG");
    assert_eq!((probe.width, probe.height), (picture.width, picture.height));
    match decode(&picture.jpeg, &probe).expect("our own JPEG").samples {
        Samples::Eight(samples) => samples,
        Samples::Sixteen(_) => panic!("a JPEG of 16 bits"),
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
    let error = convert(bytes, &place(), &newsprint()).expect_err("a bad picture");
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
    let part = convert(&file("no_density.jpg"), &square, &newsprint()).expect("a good picture");
    assert_eq!(part.crop, Crop { x: 394, y: 0, width: 506, height: 506 });
    assert_eq!((part.picture.width, part.picture.height), (79, 79));
}

#[test]
fn the_same_bytes_twice() {
    let bytes = file("progressive.jpg");
    assert_eq!(print(&bytes), print(&bytes));
}

#[test]
fn orientations_are_one_picture() {
    let upright = print(&file("exif_orientation_1.jpg"));
    for turned in [3, 6, 8] {
        let name = format!("exif_orientation_{turned}.jpg");
        let probe = probe(&file(&name)).expect("a header");
        assert_eq!((probe.width, probe.height), (360, 202), "{name}");
        let off = difference(&upright, &print(&file(&name)));
        assert!(off < 400, "{name}: {off}");
    }
}

#[test]
fn an_embedded_profile_counts() {
    let tagged = file("adobergb_tagged.jpg");
    let off = difference(&print(&tagged), &print(&file("no_density.jpg")));
    assert!(off < 400, "the same scene, read through its profile: {off}");
    // The same samples with the profile's name struck out mean sRGB.
    let mut untagged = tagged.clone();
    let at = tagged.windows(11).position(|part| part == b"ICC_PROFILE").expect("a profile");
    untagged[at] = b'X';
    let off = difference(&print(&tagged), &print(&untagged));
    assert!(off > 100, "{off}");
    // A profile that is none is said to be.
    let mut broken = tagged;
    broken[at + 14 + 36] = b'?';
    assert_eq!(print(&broken).notes, [Note::ProfileIgnored]);
}

#[test]
fn gray_goes_on_the_black_plate() {
    for name in ["gray.jpg", "gray16.png", "bilevel.png", "bilevel_g4.tif"] {
        let gray = print(&file(name));
        assert_eq!((gray.picture.plates, gray.picture.inverted), (Plates::Black, false), "{name}");
    }
    let asked = Wanted { gray: true, ..place() };
    let asked = convert(&file("no_density.jpg"), &asked, &newsprint()).expect("a good picture");
    assert_eq!(asked.picture.plates, Plates::Black);
    let off = difference(&asked, &print(&file("gray.jpg")));
    assert!(off < 600, "{off}");
    let off = difference(&print(&file("bilevel.png")), &print(&file("bilevel_g4.tif")));
    assert_eq!(off, 0, "one has white as 1, the other as 0");
}

#[test]
fn rgb_without_colour_is_gray() {
    let samples: Vec<u8> = (0..64 * 36_u32).flat_map(|i| [u8::try_from(i % 256).unwrap(); 3]).collect();
    let mut png = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut png);
    image::ImageEncoder::write_image(encoder, &samples, 64, 36, image::ExtendedColorType::Rgb8).unwrap();
    let converted = print(&png);
    assert_eq!((converted.picture.plates, converted.notes), (Plates::Black, vec![Note::Colourless]));
}

#[test]
fn transparency_is_put_on_white_and_names_do_not_matter() {
    let flat = print(&file("alpha.png"));
    assert_eq!(flat.notes, [Note::Flattened]);
    assert_eq!(flat, print(&file("misnamed_png.jpg")));
    assert!(ink(&flat.picture).chunks_exact(4).any(|pixel| pixel.iter().all(|ink| *ink < 4)));
}

#[test]
fn sixteen_bits_are_eight_bits_and_more() {
    let deep = print(&file("rgb16.png"));
    let off = difference(&deep, &print(&file("exif_orientation_1.jpg")));
    assert!(off < 600, "{off}");
}

#[test]
fn ink_stays_ink() {
    let untouched = print(&file("cmyk_adobe_inverted.jpg"));
    assert_eq!(untouched.picture.plates, Plates::Cmyk);
    assert!(untouched.notes.contains(&Note::InkAsItIs));
    assert_eq!(refused(&file("cmyk_no_adobe_marker.jpg")), PictureError::Polarity);

    let pixel = [10_u8, 200, 30, 40];
    let mut tiff = Cursor::new(Vec::new());
    let mut encoder = tiff::encoder::TiffEncoder::new(&mut tiff).unwrap();
    encoder.write_image::<tiff::encoder::colortype::CMYK8>(160, 90, &pixel.repeat(160 * 90)).unwrap();
    let bytes = tiff.into_inner();
    assert_eq!(probe(&bytes).expect("a header").kind, Kind::Ink);
    for sample in ink(&print(&bytes).picture).chunks_exact(4) {
        assert!(sample.iter().zip(pixel).all(|(a, b)| a.abs_diff(b) <= 2), "{sample:?}");
    }

    // With the condition's own profile there is nothing to convert and nothing to assume.
    let mut tagged = Cursor::new(Vec::new());
    let mut encoder = tiff::encoder::TiffEncoder::new(&mut tagged).unwrap();
    let mut image = encoder.new_image::<tiff::encoder::colortype::CMYK8>(160, 90).unwrap();
    image.encoder().write_tag(tiff::tags::Tag::IccProfile, &newsprint().profile[..]).unwrap();
    image.write_data(&pixel.repeat(160 * 90)).unwrap();
    let tagged = print(&tagged.into_inner());
    assert_eq!((tagged.notes.is_empty(), tagged.picture == print(&bytes).picture), (true, true));

    let gray = convert(&bytes, &Wanted { gray: true, ..place() }, &newsprint()).expect("gray of ink");
    assert_eq!(gray.picture.plates, Plates::Black);
    assert_eq!(refused(&bytes[..bytes.len() / 2]), PictureError::Truncated);
}

#[test]
fn half_a_file_is_no_picture() {
    for name in ["bad_truncated.jpg", "bad_header_only.jpg"] {
        assert_eq!(refused(&file(name)), PictureError::Truncated, "{name}");
    }
    // Cut, and an end marker put on: the decoder would fill the rest with gray.
    for name in ["no_density.jpg", "gray.jpg", "progressive.jpg"] {
        let whole = file(name);
        for share in [1, 4, 7, 9] {
            let mut cut = whole[..whole.len() * share / 10].to_vec();
            assert_eq!(refused(&cut), PictureError::Truncated, "{name}, {share} of 10");
            cut.extend_from_slice(b"\xFF\xD9");
            if name != "progressive.jpg" {
                assert_eq!(refused(&cut), PictureError::Truncated, "{name}, {share} of 10, mended");
            }
        }
    }
    let png = file("rgb16.png");
    assert_eq!(refused(&png[..png.len() / 2]), PictureError::Truncated);
    assert!(matches!(refused(&file("bad_crc.png")), PictureError::Damaged(_)));
}

#[test]
fn claims_are_checked_before_memory_is_taken() {
    assert_eq!(
        refused(&file("bomb_46000x46000_1bit.png")),
        PictureError::TooLarge { width: 46_000, height: 46_000 }
    );
    // The size in the frame header of a small file, made larger than is read, then just smaller.
    let small = file("lowres_200x112.jpg");
    let at = small.windows(2).position(|marker| marker == b"\xFF\xC0").expect("a frame") + 5;
    let claim = |side: u16| {
        let mut liar = small.clone();
        liar[at..at + 4].copy_from_slice(&[side.to_be_bytes(), side.to_be_bytes()].concat());
        liar
    };
    assert_eq!(refused(&claim(65_500)), PictureError::TooLarge { width: 65_500, height: 65_500 });
    assert_eq!(refused(&claim(14_000)), PictureError::Truncated);
}

#[test]
fn what_is_not_read_is_named() {
    assert_eq!(refused(b""), PictureError::Unknown(None));
    assert_eq!(refused(b"<svg"), PictureError::Unknown(None));
    assert_eq!(refused(b"RIFF\0\0\0\0WEBPVP8 "), PictureError::Unknown(Some("WebP")));
    assert_eq!(refused(b"\0\0\0\x18ftypheic"), PictureError::Unknown(Some("HEIC")));
    let nowhere = Wanted::new(Len::ZERO, Len::mm(1));
    assert_eq!(convert(&file("gray.jpg"), &nowhere, &newsprint()), Err(PictureError::NoSpace));
}

#[test]
fn damage_never_panics() {
    let files = ["lowres_200x112.jpg", "alpha.png", "bilevel_g4.tif"].map(file);
    arbtest::arbtest(|u| {
        let mut bytes = u.choose(&files)?.clone();
        for _ in 0..u.int_in_range(1..=4)? {
            let at = u.choose_index(bytes.len())?;
            bytes[at] = u.arbitrary()?;
        }
        bytes.truncate(u.int_in_range(0..=bytes.len())?.max(bytes.len() / 2));
        if let Ok(converted) = convert(&bytes, &place(), &newsprint()) {
            assert!(converted.picture.peak_ink <= 2400);
        }
        Ok(())
    })
    .budget_ms(2_000);
}
