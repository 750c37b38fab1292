//! Stored pixels into upright ones, and the part of them to print.
//!
//! Pictures are turned after they have been made smaller, so a crop of the upright picture is
//! first looked up in the stored one.

use image::metadata::Orientation;

use crate::unit::Len;

/// The part of the upright picture that is printed, in its pixels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Crop {
    /// Pixels left of it.
    pub x: u32,
    /// Pixels above it.
    pub y: u32,
    /// Its width, at least 1.
    pub width: u32,
    /// Its height, at least 1.
    pub height: u32,
}

/// The largest part of a `size` picture that has the shape of `place`, as near to being centred on
/// `focus` (thousandths of width and height, beyond 1000 as 1000) as the picture's edges allow.
///
/// Both sides of `size` are at least 1 and those of `place` are positive.
pub fn cover(size: (u32, u32), place: (Len, Len), focus: (u16, u16)) -> Crop {
    let (width, height) = (i128::from(size.0), i128::from(size.1));
    let (across, down) = (i128::from(place.0.units()), i128::from(place.1.units()));
    let rounded = |num: i128, den: i128| (num * 2 + den) / (den * 2);
    let (cut_width, cut_height) = if width * down > height * across {
        (rounded(height * across, down).clamp(1, width), height)
    } else {
        (width, rounded(width * down, across).clamp(1, height))
    };
    let start = |whole: i128, part: i128, focus: u16| {
        (whole * i128::from(focus.min(1000)) / 1000 - part / 2).clamp(0, whole - part)
    };
    let pixels = |count: i128| u32::try_from(count).expect("a part is no larger than its picture");
    Crop {
        x: pixels(start(width, cut_width, focus.0)),
        y: pixels(start(height, cut_height, focus.1)),
        width: pixels(cut_width),
        height: pixels(cut_height),
    }
}

/// Whether the upright picture's width is the stored picture's height.
pub(super) fn lies_on_its_side(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}

/// A width and a height, exchanged if the picture lies on its side.
pub(super) fn turned<T>(size: (T, T), orientation: Orientation) -> (T, T) {
    if lies_on_its_side(orientation) { (size.1, size.0) } else { size }
}

/// Where the upright pixel `(x, y)` is in a stored picture of `width` x `height`
/// (Exif 2.32, tag 274).
fn stored_at(orientation: Orientation, (x, y): (u32, u32), (width, height): (u32, u32)) -> (u32, u32) {
    match orientation {
        Orientation::NoTransforms => (x, y),
        Orientation::FlipHorizontal => (width - 1 - x, y),
        Orientation::Rotate180 => (width - 1 - x, height - 1 - y),
        Orientation::FlipVertical => (x, height - 1 - y),
        Orientation::Rotate90FlipH => (y, x),
        Orientation::Rotate90 => (y, height - 1 - x),
        Orientation::Rotate270FlipH => (width - 1 - y, height - 1 - x),
        Orientation::Rotate270 => (width - 1 - y, x),
    }
}

/// The same part, in the pixels of the stored picture of size `stored`.
pub(super) fn stored_crop(orientation: Orientation, crop: Crop, stored: (u32, u32)) -> Crop {
    let first = stored_at(orientation, (crop.x, crop.y), stored);
    let last = stored_at(orientation, (crop.x + crop.width - 1, crop.y + crop.height - 1), stored);
    let (width, height) = turned((crop.width, crop.height), orientation);
    Crop { x: first.0.min(last.0), y: first.1.min(last.1), width, height }
}

/// Samples of a `stored` picture, `channels` to the pixel, turned upright.
pub(super) fn turn(
    samples: Vec<u16>,
    channels: usize,
    stored: (u32, u32),
    orientation: Orientation,
) -> Vec<u16> {
    if orientation == Orientation::NoTransforms {
        return samples;
    }
    let (width, height) = turned(stored, orientation);
    let mut upright = Vec::with_capacity(samples.len());
    for y in 0..height {
        for x in 0..width {
            let (from_x, from_y) = stored_at(orientation, (x, y), stored);
            let start = (from_y as usize * stored.0 as usize + from_x as usize) * channels;
            upright.extend_from_slice(&samples[start..start + channels]);
        }
    }
    upright
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_has_the_shape_of_its_place_and_stays_inside() {
        let square = (Len::mm(50), Len::mm(50));
        assert_eq!(cover((300, 200), square, (500, 500)), Crop { x: 50, y: 0, width: 200, height: 200 });
        assert_eq!(cover((300, 200), square, (0, 0)).x, 0);
        assert_eq!(cover((300, 200), square, (1000, 7)).x, 100);
        let wide = (Len::mm(60), Len::mm(10));
        assert_eq!(cover((300, 200), wide, (500, 900)), Crop { x: 0, y: 150, width: 300, height: 50 });
        arbtest::arbtest(|u| {
            let size = (u.int_in_range(1..=9000)?, u.int_in_range(1..=9000)?);
            let side = |n: i64| Len::from_units(n);
            let place = (side(u.int_in_range(1..=300_000_000)?), side(u.int_in_range(1..=300_000_000)?));
            let part = cover(size, place, (u.int_in_range(0..=1200)?, u.int_in_range(0..=1200)?));
            assert!(part.width >= 1 && part.height >= 1);
            assert!(part.x + part.width <= size.0 && part.y + part.height <= size.1);
            Ok(())
        });
    }

    #[test]
    fn all_eight_orientations_turn_as_exif_says() {
        // The upright picture is 2 x 3: rows ab, cd, ef. Stored forms by hand from Exif's table.
        let upright = [1, 2, 3, 4, 5, 6];
        let stored: [(u8, (u32, u32), [u16; 6]); 8] = [
            (1, (2, 3), [1, 2, 3, 4, 5, 6]),
            (2, (2, 3), [2, 1, 4, 3, 6, 5]),
            (3, (2, 3), [6, 5, 4, 3, 2, 1]),
            (4, (2, 3), [5, 6, 3, 4, 1, 2]),
            (5, (3, 2), [1, 3, 5, 2, 4, 6]),
            (6, (3, 2), [2, 4, 6, 1, 3, 5]),
            (7, (3, 2), [6, 4, 2, 5, 3, 1]),
            (8, (3, 2), [5, 3, 1, 6, 4, 2]),
        ];
        for (exif, size, samples) in stored {
            let orientation = Orientation::from_exif(exif).expect("1 to 8");
            assert_eq!(turn(samples.to_vec(), 1, size, orientation), upright, "{exif}");
            let corner = Crop { x: 1, y: 0, width: 1, height: 2 };
            let part = stored_crop(orientation, corner, size);
            let mut inside: Vec<u16> = (part.y..part.y + part.height)
                .flat_map(|y| (part.x..part.x + part.width).map(move |x| (x, y)))
                .map(|(x, y)| samples[(y * size.0 + x) as usize])
                .collect();
            inside.sort_unstable();
            assert_eq!(inside, [2, 4], "{exif}");
        }
    }
}
