//! Stored pixels into upright ones.
//!
//! Pictures are turned after they have been made smaller, so a crop of the upright picture is
//! first looked up in the stored one.

use super::crop::Crop;

/// How a stored picture is turned to stand upright (Exif 2.32, tag 274): exchanged along its
/// diagonal first, then mirrored.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Orientation {
    /// Its rows are the upright picture's columns.
    pub(super) sideways: bool,
    /// Its columns count from the other side.
    from_right: bool,
    /// Its rows count from the other side.
    from_foot: bool,
}

impl Orientation {
    /// By Exif's number, 1 to 8.
    pub(super) fn from_exif(number: u16) -> Option<Self> {
        let (sideways, from_right, from_foot) = match number {
            1 => (false, false, false),
            2 => (false, true, false),
            3 => (false, true, true),
            4 => (false, false, true),
            5 => (true, false, false),
            6 => (true, false, true),
            7 => (true, true, true),
            8 => (true, true, false),
            _ => return None,
        };
        Some(Self { sideways, from_right, from_foot })
    }

    /// Whether there is nothing to turn.
    pub(super) fn is_upright(self) -> bool {
        self == Self::default()
    }
}

/// A width and a height, exchanged if the picture lies on its side.
pub(super) fn turned<T>(size: (T, T), orientation: Orientation) -> (T, T) {
    if orientation.sideways { (size.1, size.0) } else { size }
}

/// Where the upright pixel `(x, y)` is in a stored picture of `width` x `height`.
pub(super) fn stored_at(
    orientation: Orientation,
    (x, y): (u32, u32),
    (width, height): (u32, u32),
) -> (u32, u32) {
    let (x, y) = if orientation.sideways { (y, x) } else { (x, y) };
    let x = if orientation.from_right { width - 1 - x } else { x };
    let y = if orientation.from_foot { height - 1 - y } else { y };
    (x, y)
}

/// The same part, in the pixels of the stored picture of size `stored`.
pub(super) fn stored_crop(orientation: Orientation, crop: Crop, stored: (u32, u32)) -> Crop {
    let first = stored_at(orientation, (crop.x, crop.y), stored);
    let last = stored_at(orientation, (crop.x + crop.width - 1, crop.y + crop.height - 1), stored);
    let (width, height) = turned((crop.width, crop.height), orientation);
    Crop { x: first.0.min(last.0), y: first.1.min(last.1), width, height }
}

/// Samples of a `stored` picture, `channels` to the pixel, turned upright.
pub(super) fn turn<T: Copy>(
    samples: Vec<T>,
    channels: usize,
    stored: (u32, u32),
    orientation: Orientation,
) -> Vec<T> {
    if orientation.is_upright() {
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
    fn all_eight_orientations_turn_as_exif_says() {
        // The upright picture is 2 x 3: rows ab, cd, ef. Stored forms by hand from Exif's table.
        let upright = [1, 2, 3, 4, 5, 6];
        let stored: [(u16, (u32, u32), [u16; 6]); 8] = [
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
