//! Each kind of file that is read.

use std::io::Cursor;

use ::tiff::encoder::{TiffEncoder, colortype};

use super::*;

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
    for name in ["gray.jpg", "gray16.png"] {
        let gray = print(&file(name));
        assert_eq!((gray.picture.plates, gray.picture.inverted), (Plates::Black, false), "{name}");
    }
    let asked = Wanted { gray: true, ..place() };
    let asked = convert(&file("no_density.jpg"), &asked, press()).expect("a good picture");
    assert_eq!(asked.picture.plates, Plates::Black);
    let off = difference(&asked, &print(&file("gray.jpg")));
    assert!(off < 600, "{off}");
}

#[test]
fn line_art_keeps_its_pixels() {
    let place = Wanted::new(Len::mm(60), Len::mm(60).scale(674, 1200));
    let cut = |name: &str| convert(&file(name), &place, press()).expect("line art");
    let (png, tiff) = (cut("bilevel.png"), cut("bilevel_g4.tif"));
    assert_eq!(png, tiff, "one has white as 1, the other as 0");
    let Picture { width, height, plates, coding, inverted, .. } = png.picture;
    assert_eq!((plates, coding, inverted, png.ppi), (Plates::Black, Coding::Bits, false, 508));
    assert_eq!((width, height, png.picture.peak_ink), (1200, 674, 1000));
    assert_eq!(png.picture.data.len(), 150 * 674);
    // As many dark pixels as Pillow counts in the file.
    let dark: u32 = png.picture.data.iter().map(|byte| byte.count_ones()).sum();
    assert_eq!(dark, 385_727);
}

/// A PNG of one kind, its samples as they are stored.
fn png(colour: ::png::ColorType, depth: ::png::BitDepth, samples: &[u8], palette: Option<&[u8]>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut bytes, 64, 36);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    if let Some(palette) = palette {
        encoder.set_palette(palette.to_vec());
    }
    encoder.write_header().unwrap().write_image_data(samples).unwrap();
    bytes
}

#[test]
fn png_of_every_depth() {
    use ::png::{BitDepth, ColorType};
    let ramp = |bits: usize| {
        // From dark to light across, packed.
        let sample = |x: usize| (x * ((1 << bits) - 1)) / 63;
        let mut row = vec![0_u8; 64 * bits / 8];
        for x in 0..64 {
            row[x * bits / 8] |= (sample(x) << (8 - bits - x * bits % 8)) as u8;
        }
        row.repeat(36)
    };
    for (depth, bits) in [(BitDepth::Two, 2), (BitDepth::Four, 4), (BitDepth::Eight, 8)] {
        let gray = print(&png(ColorType::Grayscale, depth, &ramp(bits), None));
        assert_eq!((gray.picture.plates, gray.picture.coding), (Plates::Black, Coding::Jpeg));
        let amounts = ink(&gray.picture);
        assert!(amounts[0] > 230 && amounts[63] < 10, "{bits}: {} {}", amounts[0], amounts[63]);
    }
    let (red, paper) = ([200, 30, 30], [255, 255, 255]);
    let palette = [red, paper].concat();
    let coloured = print(&png(ColorType::Indexed, BitDepth::One, &ramp(1), Some(&palette)));
    assert_eq!(coloured.picture.plates, Plates::Cmyk);
    let amounts = ink(&coloured.picture);
    assert!(amounts[9] > 150 && amounts[63 * 4..64 * 4].iter().all(|ink| *ink < 12), "red, then paper");
    let black_white = png(ColorType::Indexed, BitDepth::One, &ramp(1), Some(&[0, 0, 0, 255, 255, 255]));
    let white_black = png(ColorType::Indexed, BitDepth::One, &ramp(1), Some(&[255, 255, 255, 0, 0, 0]));
    let bits = |bytes: &[u8]| convert(bytes, &Wanted::new(Len::mm(64), Len::mm(36)), press()).unwrap();
    let (one, other) = (bits(&black_white), bits(&white_black));
    assert_eq!(one.picture.coding, Coding::Bits);
    assert!(one.picture.data.iter().zip(&*other.picture.data).all(|(one, other)| *one == !other));
    assert_eq!(one, bits(&png(ColorType::Grayscale, BitDepth::One, &ramp(1), None)));
}

#[test]
fn one_bit_with_transparency_is_no_line_art() {
    let mut bytes = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut bytes, 64, 36);
    encoder.set_color(::png::ColorType::Grayscale);
    encoder.set_depth(::png::BitDepth::One);
    // Black is not there.
    encoder.set_trns(&[0_u8, 0][..]);
    encoder.write_header().unwrap().write_image_data(&[0b1111_0000; 8 * 36]).unwrap();
    let clear = print(&bytes);
    assert_eq!((clear.picture.coding, &clear.notes[..]), (Coding::Jpeg, &[Note::Flattened][..]));
    assert!(ink(&clear.picture).iter().all(|ink| *ink < 4));
}

#[test]
fn the_profile_of_a_png_is_looked_at() {
    let mut about = ::png::Info::with_size(64, 36);
    about.color_type = ::png::ColorType::Rgb;
    about.icc_profile = Some(b"no profile".into());
    let mut bytes = Vec::new();
    let encoder = ::png::Encoder::with_info(&mut bytes, about).unwrap();
    encoder.write_header().unwrap().write_image_data(&[200, 30, 30].repeat(64 * 36)).unwrap();
    assert_eq!(print(&bytes).notes, [Note::ProfileIgnored]);
}

#[test]
fn rgb_without_colour_is_gray() {
    let samples: Vec<u8> = (0..64 * 36_u32).flat_map(|i| [u8::try_from(i % 256).unwrap(); 3]).collect();
    let converted = print(&png(::png::ColorType::Rgb, ::png::BitDepth::Eight, &samples, None));
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
fn tiff_of_every_kind() {
    fn tiff<C: colortype::ColorType>(pixel: &[C::Inner], packed: ::tiff::encoder::Compression) -> Vec<u8>
    where
        [C::Inner]: ::tiff::encoder::TiffValue,
        C::Inner: Copy,
    {
        let mut bytes = Cursor::new(Vec::new());
        let mut encoder = TiffEncoder::new(&mut bytes).unwrap().with_compression(packed);
        encoder.write_image::<C>(64, 36, &pixel.repeat(64 * 36)).unwrap();
        bytes.into_inner()
    }
    use ::tiff::encoder::{Compression, DeflateLevel};
    let lzw = Compression::Lzw;
    let flat = |bytes: &[u8]| ink(&print(bytes).picture)[..4].to_vec();
    let red = flat(&tiff::<colortype::RGB8>(&[200, 30, 30], Compression::Uncompressed));
    assert_eq!(red, flat(&tiff::<colortype::RGB8>(&[200, 30, 30], lzw)));
    let packed = Compression::Deflate(DeflateLevel::Balanced);
    assert_eq!(red, flat(&tiff::<colortype::RGB16>(&[200 * 257, 30 * 257, 30 * 257], packed)));
    let gray = print(&tiff::<colortype::Gray8>(&[100], lzw));
    assert_eq!(gray.picture.plates, Plates::Black);
    assert_eq!(ink(&gray.picture)[..4], flat(&tiff::<colortype::Gray16>(&[100 * 257], lzw)));
    let clear = print(&tiff::<colortype::RGBA8>(&[200, 30, 30, 0], lzw));
    assert_eq!((clear.notes[0], ink(&clear.picture).iter().all(|ink| *ink < 4)), (Note::Flattened, true));
    let whole = tiff::<colortype::CMYK8>(&[10, 200, 30, 40], lzw);
    assert_eq!(probe(&whole).expect("a header").kind, Kind::Ink);
    let deep = tiff::<colortype::CMYK16>(&[10 * 257, 200 * 257, 30 * 257, 40 * 257], lzw);
    assert_eq!(flat(&whole), flat(&deep));
    assert!(matches!(
        refused(&tiff::<colortype::RGB32Float>(&[0.1, 0.2, 0.3], lzw)),
        PictureError::Unsupported(_)
    ));
}
