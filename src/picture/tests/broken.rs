//! Broken and hostile files: refused with a word about it, never printed half grey.

use super::*;

#[test]
fn half_a_file_is_no_picture() {
    for name in ["bad_truncated.jpg", "bad_header_only.jpg"] {
        assert_eq!(refused(&file(name)), PictureError::Truncated, "{name}");
    }
    // Cut anywhere, as it is and with an end marker put on: a decoder would fill the rest with gray.
    let names = [
        "no_density.jpg",
        "gray.jpg",
        "progressive.jpg",
        "exif_orientation_6.jpg",
        "cmyk_adobe_inverted.jpg",
    ];
    for name in names {
        let whole = file(name);
        for share in 1..40 {
            let mut cut = whole[..whole.len() * share / 40].to_vec();
            assert_eq!(refused(&cut), PictureError::Truncated, "{name}, {share} of 40");
            cut.extend_from_slice(b"\xFF\xD9");
            let error = refused(&cut);
            let known = matches!(error, PictureError::Truncated | PictureError::Damaged(_));
            assert!(known, "{name}, {share} of 40, mended: {error}");
        }
        let mut cut = whole[..whole.len() - 12].to_vec();
        cut.extend_from_slice(b"\xFF\xD9");
        let error = refused(&cut);
        assert!(matches!(error, PictureError::Truncated | PictureError::Damaged(_)), "{name}: {error}");
    }
    let png = file("rgb16.png");
    assert_eq!(refused(&png[..png.len() / 2]), PictureError::Truncated);
    let damaged = refused(&file("bad_crc.png")).to_string();
    assert!(damaged.contains("its data cannot be unpacked"), "{damaged}");
    let tiff = file("bilevel_g4.tif");
    for share in 1..10 {
        refused(&tiff[..tiff.len() * share / 10]);
    }
}

/// Numbers that look random and are the same each time (Knuth's MMIX generator).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

#[test]
fn a_flipped_bit_is_refused_or_told_or_hardly_seen() {
    let mut numbers = Numbers(20_220_905);
    for name in ["exif_orientation_1.jpg", "exif_orientation_8.jpg", "gray.jpg", "progressive.jpg"] {
        let whole = file(name);
        let good = print(&whole);
        let (mut refused, mut told, mut worst) = (0, 0, 0);
        for _ in 0..100 {
            let mut flipped = whole.clone();
            // Behind the tables, whose damage is of another kind.
            let at = flipped.len() / 20 + numbers.below(flipped.len() * 19 / 20);
            flipped[at] ^= 1 << numbers.below(8);
            match convert(&flipped, &place(), press()) {
                Err(_) => refused += 1,
                Ok(converted) if converted.notes.contains(&Note::Doubtful) => told += 1,
                Ok(converted) => worst = worst.max(difference(&good, &converted)),
            }
        }
        // Half a picture of gray would be 3000 and more.
        assert!(refused >= 20 && worst < 2000, "{name}: {refused} refused, {told} told, worst {worst}");
    }
}

#[test]
fn claims_are_checked_before_memory_is_taken() {
    assert_eq!(
        refused(&file("bomb_46000x46000_1bit.png")),
        PictureError::TooLarge { width: 46_000, height: 46_000 }
    );
    // The size in the frame header of a small file, made larger than is read, then just smaller.
    for name in ["lowres_200x112.jpg", "progressive.jpg"] {
        let small = file(name);
        let frame = |pair: &[u8]| pair == b"\xFF\xC0" || pair == b"\xFF\xC2";
        let at = small.windows(2).position(frame).expect("a frame") + 5;
        let claim = |side: u16| {
            let mut liar = small.clone();
            liar[at..at + 4].copy_from_slice(&[side.to_be_bytes(), side.to_be_bytes()].concat());
            liar
        };
        assert_eq!(refused(&claim(65_500)), PictureError::TooLarge { width: 65_500, height: 65_500 });
        let error = refused(&claim(8_000));
        assert!(matches!(error, PictureError::Truncated | PictureError::Damaged(_)), "{name}: {error}");
    }
    // A PNG header of two thousand million pixels a side.
    let mut png = file("gray16.png");
    png[16..24].copy_from_slice(&[0x77, 0x35, 0x94, 0, 0x77, 0x35, 0x94, 0]);
    assert!(matches!(refused(&png), PictureError::Damaged(_) | PictureError::TooLarge { .. }));
}

#[test]
fn what_is_not_read_is_named() {
    assert_eq!(refused(b""), PictureError::Empty);
    assert_eq!(refused(b"<svg"), PictureError::Unknown(None));
    assert_eq!(refused(b"RIFF\0\0\0\0WEBPVP8 "), PictureError::Unknown(Some("WebP")));
    assert_eq!(refused(b"\0\0\0\x18ftypheic"), PictureError::Unknown(Some("HEIC")));
    let nowhere = Wanted::new(Len::ZERO, Len::mm(1));
    assert_eq!(convert(&file("gray.jpg"), &nowhere, press()), Err(PictureError::NoSpace));
}

#[test]
fn damage_never_panics() {
    let files =
        ["lowres_200x112.jpg", "alpha.png", "bilevel_g4.tif", "progressive.jpg", "bilevel.png"].map(file);
    arbtest::arbtest(|u| {
        let mut bytes = u.choose(&files)?.clone();
        for _ in 0..u.int_in_range(1..=4)? {
            let at = u.choose_index(bytes.len())?;
            bytes[at] = u.arbitrary()?;
        }
        bytes.truncate(u.int_in_range(0..=bytes.len())?.max(bytes.len() / 2));
        if let Ok(converted) = convert(&bytes, &place(), press()) {
            assert!(converted.picture.peak_ink <= 2400);
        }
        Ok(())
    })
    .budget_ms(2_000);
}

#[test]
fn damaged_profiles_never_panic() {
    let good = newsprint().profile;
    arbtest::arbtest(|u| {
        let mut profile = good.to_vec();
        for _ in 0..u.int_in_range(1..=6)? {
            let at = u.int_in_range(0..=4096_usize)?;
            profile[at] = u.arbitrary()?;
        }
        profile.truncate(u.int_in_range(64..=profile.len())?.max(profile.len() / 8));
        if let Ok(press) = Press::new(&Condition { profile: profile.into(), ..newsprint() }) {
            press.to_plates(&[0, 30_000, 65_535], Kind::Colour, None);
        }
        Ok(())
    })
    .budget_ms(2_000);
}
