//! Pictures that are ink already.

use std::io::Cursor;

use super::*;

/// A CMYK TIFF of one colour, with a profile or without.
fn tiff(pixel: [u8; 4], profile: Option<&[u8]>) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = ::tiff::encoder::TiffEncoder::new(&mut bytes).unwrap();
    let mut image = encoder.new_image::<::tiff::encoder::colortype::CMYK8>(160, 90).unwrap();
    if let Some(profile) = profile {
        image.encoder().write_tag(::tiff::tags::Tag::IccProfile, profile).unwrap();
    }
    image.write_data(&pixel.repeat(160 * 90)).unwrap();
    bytes.into_inner()
}

#[test]
fn ink_of_the_condition_is_printed_as_it_is() {
    let pixel = [10_u8, 200, 30, 40];
    let untagged = print(&tiff(pixel, None));
    for sample in ink(&untagged.picture).chunks_exact(4) {
        assert!(sample.iter().zip(pixel).all(|(a, b)| a.abs_diff(b) <= 2), "{sample:?}");
    }
    assert_eq!(untagged.notes, [Note::InkAsItIs]);
    // With the condition's own profile there is nothing to convert and nothing to assume.
    let tagged = print(&tiff(pixel, Some(&newsprint().profile)));
    assert_eq!((tagged.notes.is_empty(), tagged.picture == untagged.picture), (true, true));
    let gray = Wanted { gray: true, ..place() };
    let gray = convert(&tiff(pixel, None), &gray, press()).expect("gray of ink");
    assert_eq!(gray.picture.plates, Plates::Black);
    let whole = tiff(pixel, None);
    assert_eq!(refused(&whole[..whole.len() / 2]), PictureError::Truncated);
}

#[test]
fn ink_of_another_condition_is_converted_unless_the_story_says_it_is_not() {
    let pixel = [10_u8, 200, 30, 40];
    let coated = include_bytes!("../../../profiles/ISOcoated_v2_300_bas.ICC");
    let other = print(&tiff(pixel, Some(coated)));
    let amounts = ink(&other.picture);
    assert!(amounts[..4].iter().zip(pixel).any(|(a, b)| a.abs_diff(b) >= 5), "{:?}", &amounts[..4]);
    assert!(other.notes.is_empty());
    let declared = Wanted { as_is: true, ..place() };
    let declared = convert(&tiff(pixel, Some(coated)), &declared, press()).expect("ink");
    assert!(ink(&declared.picture)[..4].iter().zip(pixel).all(|(a, b)| a.abs_diff(b) <= 2));
    assert!(declared.notes.is_empty());
}

#[test]
fn a_jpeg_of_the_conditions_ink_keeps_its_bytes() {
    let original = file("cmyk_adobe_inverted.jpg");
    let square = Wanted::new(Len::mm(70), Len::mm(70));
    let passed = convert(&original, &square, press()).expect("a good picture");
    let Picture { width, height, inverted, shown, .. } = passed.picture;
    assert_eq!((width, height, inverted), (900, 506, true));
    assert_eq!((shown, passed.crop), (Crop { x: 197, y: 0, width: 506, height: 506 }, passed.crop));
    assert_eq!(passed.notes, [Note::InkAsItIs]);
    let data = &passed.picture.data;
    let scan = |bytes: &[u8]| bytes.windows(2).position(|pair| pair == b"\xFF\xDA").expect("a scan");
    assert_eq!(data[scan(data)..], original[scan(&original)..], "the coded picture is untouched");
    // Of the segments before it only those a decoder needs.
    let mut at = 2;
    while data[at + 1] != 0xDA {
        let adobe = data[at + 1] == 0xEE && data[at + 4..].starts_with(b"Adobe");
        assert!(adobe || !matches!(data[at + 1], 0xE0..=0xEF | 0xFE), "{:02X}", data[at + 1]);
        at += 2 + usize::from(u16::from_be_bytes([data[at + 2], data[at + 3]]));
    }
    // In a place so small that the screen could not hold it, it is made smaller like any other.
    let small = print(&original);
    assert_eq!((small.picture.width, small.ppi), (252, 200));
    let large = Wanted { focus: (500, 500), ..square };
    assert!(difference(&convert(&original, &large, press()).expect("good"), &passed) == 0);
}

#[test]
fn ink_coded_as_lightness_and_colour_is_ink_again() {
    // YCCK, Adobe's transform 2: 100 + 1.402 x 72 = 201, 100 - 0.714 x 72 = 49 and 100 are red, green
    // and blue. What they leave of 255 are the inks as Adobe stores them, 255 for paper; so they are
    // the amounts of ink, and 55 is that of black. libjpeg and Pillow read 201, 49, 100, 55 as well.
    let mut ycck = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut ycck, 100);
    let samples = [100, 128, 200, 200].repeat(160 * 90);
    encoder.encode(&samples, 160, 90, jpeg_encoder::ColorType::Ycck).expect("memory takes it");
    assert!(ycck.windows(12).any(|part| part == b"Adobe\0\0\0\0\0\0\x02"), "its marker says so");
    let passed = print(&ycck);
    assert_eq!((passed.notes.clone(), passed.picture.inverted), (vec![Note::InkAsItIs], true));
    let resampled = convert(&ycck, &Wanted::new(Len::mm(8), Len::mm(4)), press()).expect("good ink");
    assert_eq!((passed.picture.width, resampled.picture.width), (160, 63));
    for picture in [&passed.picture, &resampled.picture] {
        let near =
            |pixel: &[u8]| pixel.iter().zip([201, 49, 100, 55]).all(|(a, b): (_, u8)| a.abs_diff(b) <= 2);
        assert!(ink(picture).chunks_exact(4).all(near), "{:?}", &ink(picture)[..4]);
    }
    // 405 of 255 is 158.8 %; without black 137.3 %.
    assert!((1580..=1610).contains(&passed.picture.peak_ink), "{}", passed.picture.peak_ink);
    let place = crate::geom::Rect::new(Len::ZERO, Len::ZERO, Len::mm(32), Len::mm(18));
    let colour = passed.picture.peaks.under(place, place);
    assert!((1365..=1395).contains(&colour), "{colour}");
}

#[test]
fn polarity_is_told_not_guessed() {
    let bare = file("cmyk_no_adobe_marker.jpg");
    assert_eq!(refused(&bare), PictureError::Polarity);
    let told = |inverted| {
        let wanted = Wanted { inverted: Some(inverted), ..place() };
        convert(&bare, &wanted, press()).expect("told")
    };
    let marked = print(&file("cmyk_adobe_inverted.jpg"));
    assert!(difference(&told(true), &marked) < 100);
    assert!(difference(&told(false), &marked) > 2000);
    // Adobe's marker says that it is inverted; a story that knows better is believed.
    let wanted = Wanted { inverted: Some(false), ..place() };
    let other = convert(&file("cmyk_adobe_inverted.jpg"), &wanted, press()).expect("told");
    assert!(difference(&other, &told(false)) < 100);
}

#[test]
fn too_much_ink_is_told_or_separated_anew() {
    let heavy = tiff([230, 220, 210, 240], None);
    let told = convert(&heavy, &place(), press()).expect("ink");
    assert!(told.picture.peak_ink > 3500, "{}", told.picture.peak_ink);
    let saving = Wanted { ink_saving: true, ..place() };
    let saved = convert(&heavy, &saving, press()).expect("ink");
    assert!(matches!(saved.notes[..], [Note::InkAsItIs, Note::InkSaved(3530)]), "{:?}", saved.notes);
    let amounts = ink(&saved.picture);
    let [cyan, magenta, yellow, black] = amounts[..4] else { panic!("four plates") };
    assert!(black > 200 && saved.picture.peak_ink <= 2400, "{cyan} {magenta} {yellow} {black}");
    let conversion = Conversion { ink_saving: true, ..newsprint().conversion };
    let press = Press::new(&Condition { conversion, ..newsprint() }).expect("good profiles");
    assert_eq!(convert(&heavy, &place(), &press).expect("ink"), saved);
    // What is within the limit is left alone.
    let light = tiff([40, 30, 20, 10], None);
    assert_eq!(convert(&light, &saving, &press).expect("ink").notes, [Note::InkAsItIs]);
}
