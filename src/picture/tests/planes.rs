//! TIFF as few programs write it, laid out byte by byte: planes one after the other, palettes.

use super::*;

const SHORT: u16 = 3;
const LONG: u16 = 4;

/// A TIFF of 64 by 36 pixels (TIFF 6.0, section 2): tags with their values in ascending order, and
/// strips of samples.
fn laid_out(tags: &[(u16, Vec<u32>)], strips: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"II*\0\0\0\0\0".to_vec();
    let (mut offsets, mut counts) = (Vec::new(), Vec::new());
    for strip in strips {
        offsets.push(bytes.len() as u32);
        counts.push(strip.len() as u32);
        bytes.extend(strip);
        bytes.resize(bytes.len().next_multiple_of(2), 0);
    }
    // Width, height, no compression, where the strips are, rows in one, and how long they are.
    let always =
        [(256, vec![64]), (257, vec![36]), (259, vec![1]), (273, offsets), (278, vec![36]), (279, counts)];
    let mut all: Vec<(u16, Vec<u32>)> = always.into_iter().chain(tags.iter().cloned()).collect();
    all.sort();
    let mut entries = Vec::new();
    for (tag, values) in &all {
        let kind = if matches!(tag, 273 | 279) { LONG } else { SHORT };
        let packed: Vec<u8> = match kind {
            SHORT => values.iter().flat_map(|value| (*value as u16).to_le_bytes()).collect(),
            _ => values.iter().flat_map(|value| value.to_le_bytes()).collect(),
        };
        entries.extend([tag.to_le_bytes(), kind.to_le_bytes()].concat());
        entries.extend((values.len() as u32).to_le_bytes());
        if packed.len() <= 4 {
            entries.extend(packed.iter().copied().chain([0; 4]).take(4));
        } else {
            entries.extend((bytes.len() as u32).to_le_bytes());
            bytes.extend(packed);
        }
    }
    let directory = bytes.len() as u32;
    bytes[4..8].copy_from_slice(&directory.to_le_bytes());
    bytes.extend((all.len() as u16).to_le_bytes());
    bytes.extend(entries);
    bytes.extend([0; 4]);
    bytes
}

/// What a pixel of the picture is: red at the left, paper at the right, darker from row to row.
fn pixel(x: usize, y: usize) -> [u8; 3] {
    let shade = y as u8 * 3;
    if x < 32 { [200 - shade, 30, 30] } else { [255 - shade, 255 - shade, 250 - shade] }
}

/// One sample of each pixel, row by row.
fn plane(sample: impl Fn(usize, usize) -> u8) -> Vec<u8> {
    (0..36).flat_map(|y| (0..64).map(move |x| (x, y))).map(|(x, y)| sample(x, y)).collect()
}

const RGB: u32 = 2;
const PALETTE: u32 = 3;
const SEPARATED: u32 = 5;

#[test]
fn planes_are_the_picture_that_pixels_are() {
    let planes: Vec<Vec<u8>> = (0..3).map(|channel| plane(|x, y| pixel(x, y)[channel])).collect();
    let about = |depth: u32, planar: u32, kind: u32, samples: usize| {
        [(258, vec![depth; samples]), (262, vec![kind]), (277, vec![samples as u32]), (284, vec![planar])]
    };
    let woven: Vec<u8> =
        (0..64 * 36).flat_map(|at| [0, 1, 2].map(|channel: usize| planes[channel][at])).collect();
    let pixels = print(&laid_out(&about(8, 1, RGB, 3), &[woven]));
    assert_eq!(pixels.picture.plates, Plates::Cmyk);
    assert_eq!(print(&laid_out(&about(8, 2, RGB, 3), &planes)), pixels);
    // The same in 16 bits, a byte twice being 257 times as much.
    let twice = |plane: &Vec<u8>| plane.iter().flat_map(|sample| [*sample; 2]).collect();
    let deep: Vec<Vec<u8>> = planes.iter().map(twice).collect();
    let off = difference(&print(&laid_out(&about(16, 2, RGB, 3), &deep)), &pixels);
    assert!(off < 20, "{off}");
    // Ink: four planes of one value each, printed as they are.
    let inks: Vec<Vec<u8>> = [10, 200, 30, 40].map(|ink| plane(|_, _| ink)).into();
    let separated = print(&laid_out(&about(8, 2, SEPARATED, 4), &inks));
    let printed = ink(&separated.picture);
    assert!(
        printed[..4].iter().zip([10, 200, 30, 40]).all(|(a, b): (_, u8)| a.abs_diff(b) <= 2),
        "{:?}",
        &printed[..4]
    );
    // A plane short.
    let short = laid_out(&about(8, 2, RGB, 3), &planes[..2]);
    assert!(matches!(refused(&short), PictureError::Damaged(_) | PictureError::Truncated));
}

#[test]
fn a_palette_is_the_colours_it_names() {
    let colours = [[200, 30, 30], [255, 255, 255], [20, 60, 200], [90, 140, 40]];
    let index = |count: usize| move |x: usize, y: usize| (x / 7 + y / 5) % count;
    let as_rgb = |count: usize| {
        let rgb: Vec<u8> =
            (0..36).flat_map(|y| (0..64).flat_map(move |x| colours[index(count)(x, y)])).collect();
        let about = [(258, vec![8; 3]), (262, vec![RGB]), (277, vec![3])];
        print(&laid_out(&about, &[rgb]))
    };
    // All reds, then all greens, then all blues, in 16 bits (TIFF 6.0, section 5).
    let map = |bits: u32| -> Vec<u32> {
        let entry =
            |at: usize, channel: usize| colours.get(at).map_or(0, |colour| u32::from(colour[channel]) * 257);
        (0..3).flat_map(|channel| (0..1_usize << bits).map(move |at| entry(at, channel))).collect()
    };
    let packed = |bits: usize, count: usize| -> Vec<u8> {
        let row = |y: usize| {
            let mut row = vec![0_u8; 64 * bits / 8];
            for x in 0..64 {
                row[x * bits / 8] |= (index(count)(x, y) << (8 - bits - x * bits % 8)) as u8;
            }
            row
        };
        (0..36).flat_map(row).collect()
    };
    for (bits, count) in [(8, 4), (4, 4), (2, 4), (1, 2)] {
        let about = [(258, vec![bits]), (262, vec![PALETTE]), (277, vec![1]), (320, map(bits))];
        let palette = print(&laid_out(&about, &[packed(bits as usize, count)]));
        assert_eq!(palette, as_rgb(count), "{bits} bits");
    }
    let without = [(258, vec![8]), (262, vec![PALETTE]), (277, vec![1])];
    refused(&laid_out(&without, &[packed(8, 4)]));
}
