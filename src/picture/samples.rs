//! What a picture is made of, whatever the format of its file: samples, what they are amounts of, and
//! what its header says of them.

use super::upright::Orientation;

/// Most memory a decoder may take.
pub(super) const MOST_BYTES: u64 = 1 << 30;

/// What a file's samples are amounts of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Kind {
    /// Gray light.
    Gray,
    /// Red, green and blue light.
    Colour,
    /// Cyan, magenta, yellow and black ink.
    Ink,
    /// Line art (线条稿): black or white, one bit a pixel.
    Line,
}

impl Kind {
    /// Samples to the pixel.
    pub(super) fn channels(self) -> usize {
        match self {
            Self::Gray | Self::Line => 1,
            Self::Colour => 3,
            Self::Ink => 4,
        }
    }
}

/// What a format's header says of the stored picture.
pub(super) struct Header {
    /// Pixels across and down, as stored.
    pub(super) size: (u32, u32),
    /// What its samples are.
    pub(super) kind: Kind,
    /// What decoding takes.
    pub(super) bytes_a_pixel: u64,
    /// How it is to be turned.
    pub(super) orientation: Orientation,
}

/// Samples as the file has them.
#[derive(Debug)]
pub(super) enum Samples {
    /// 0 to 255.
    Eight(Vec<u8>),
    /// 0 to 65 535.
    Sixteen(Vec<u16>),
    /// One bit a sample, rows padded to whole bytes, the first pixel highest: 1 is light.
    Bits(Vec<u8>),
}

impl Samples {
    /// How many whole samples there are; rows of bits count with their padding.
    pub(super) fn count(&self) -> usize {
        match self {
            Self::Eight(samples) => samples.len(),
            Self::Sixteen(samples) => samples.len(),
            Self::Bits(bytes) => bytes.len() * 8,
        }
    }
}

/// A decoded picture, not yet turned: light where 0 is dark, or ink where 0 is bare paper.
#[derive(Debug)]
pub(super) struct Pixels {
    /// What the samples are amounts of; [`Kind::channels`] of them make a pixel.
    pub(super) kind: Kind,
    /// Rows from the top, without padding but for bits.
    pub(super) samples: Samples,
    /// The embedded ICC profile.
    pub(super) profile: Option<Vec<u8>>,
    /// Whether there was transparency, now on paper white.
    pub(super) flattened: bool,
    /// Whether the picture looks as if a bit of its data were flipped.
    pub(super) doubtful: bool,
}

/// Drops the last of `channels` samples, the share of the pixel that covers the white paper.
/// `multiplied` if the others are shares of the pixel already.
pub(super) fn on_white<T: Copy + Into<u64>>(
    samples: &[T],
    channels: usize,
    (white, multiplied): (u64, bool),
    narrow: fn(u64) -> T,
) -> Vec<T> {
    let mut opaque = Vec::with_capacity(samples.len() / channels * (channels - 1));
    for pixel in samples.chunks_exact(channels) {
        let cover: u64 = pixel[channels - 1].into();
        for sample in &pixel[..channels - 1] {
            let sample: u64 = (*sample).into();
            let covered = if multiplied { sample.min(cover) * white } else { sample * cover };
            opaque.push(narrow((covered + white * (white - cover) + white / 2) / white));
        }
    }
    opaque
}

/// [`on_white`] for whole samples.
pub(super) fn flattened(samples: Samples, channels: usize, multiplied: bool) -> Samples {
    match samples {
        Samples::Eight(samples) => Samples::Eight(on_white(&samples, channels, (255, multiplied), |v| {
            u8::try_from(v).unwrap_or(u8::MAX)
        })),
        Samples::Sixteen(samples) => {
            Samples::Sixteen(on_white(&samples, channels, (65_535, multiplied), |v| {
                u16::try_from(v).unwrap_or(u16::MAX)
            }))
        }
        bits @ Samples::Bits(_) => bits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_covered_is_white() {
        let narrow = |v: u64| u8::try_from(v).expect("a byte");
        let pixels = [10_u8, 20, 30, 255, 10, 20, 30, 0, 100, 100, 100, 128];
        assert_eq!(on_white(&pixels, 4, (255, false), narrow), [10, 20, 30, 255, 255, 255, 177, 177, 177]);
        assert_eq!(on_white(&[50_u8, 128], 2, (255, true), narrow), [177]);
    }
}
