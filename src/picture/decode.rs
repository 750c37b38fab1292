//! A whole file into samples, with the profile they are meant by; nothing half decoded.
//!
//! `image` decodes where it keeps all that a press needs: photographs in PNG. The decoders beneath
//! it are asked directly where it does not:
//! - line art in PNG, because `image` makes a byte of each bit (`png/line.rs`);
//! - JPEG, because it turns CMYK and YCCK into RGB, fills the gaps of damaged files with gray, and
//!   brings back SIMD, whose last digits depend on the processor (`jpeg.rs`);
//! - TIFF, because it turns CMYK into RGB and bits into bytes, reads no palettes, and brings in the
//!   same JPEG decoder (`tiff.rs`).

use super::error::PictureError;
use super::probe::{Format, Kind, Probe};
use super::{jpeg, png, tiff};

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

/// Decodes a file of which `probe` has been taken. `inverted` is what the story says of a CMYK
/// JPEG's samples, if it does.
///
/// # Errors
/// A file that is cut or damaged anywhere, or of a variant that is not read.
pub(super) fn decode(bytes: &[u8], probe: &Probe, inverted: Option<bool>) -> Result<Pixels, PictureError> {
    match probe.format {
        Format::Jpeg => jpeg::decode(bytes, probe.kind, inverted),
        Format::Png => png::decode(bytes, probe.kind),
        Format::Tiff => tiff::decode(bytes, probe.kind),
    }
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
