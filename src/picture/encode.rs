//! Ink into a baseline JPEG of 8 bits a plate.

use jpeg_encoder::{ColorType, Encoder, QuantizationTableType, SamplingFactor};

use super::Plates;
use super::error::PictureError;

/// The luminance table of ISO/IEC 10918-1, K.1. All plates share it: a plate is seen as sharply
/// as its ink is dark, so none of them can stand in for "chrominance", and none is subsampled.
const TABLE: [u16; 64] = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17,
    22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78,
    87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];

/// Ink samples, 0 no ink, as a JPEG, and whether it holds them inverted.
///
/// The encoder writes four plates as Adobe does: an APP14 marker with transform 0, and samples
/// of 255 for no ink. One plate is written as it is.
///
/// # Errors
/// A side of more than 65 535 pixels, which JPEG cannot say.
pub(super) fn encode(
    samples: &[u8],
    size: (u32, u32),
    plates: Plates,
    quality: u8,
) -> Result<(Vec<u8>, bool), PictureError> {
    let too_large = |_| PictureError::TooLarge { width: size.0, height: size.1 };
    let width = u16::try_from(size.0).map_err(too_large)?;
    let height = u16::try_from(size.1).map_err(too_large)?;
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, quality.clamp(1, 100));
    encoder.set_sampling_factor(SamplingFactor::R_4_4_4);
    let table = || QuantizationTableType::Custom(Box::new(scaled(quality)));
    encoder.set_quantization_tables(table(), table());
    let (colour, inverted) = match plates {
        Plates::Black => (ColorType::Luma, false),
        Plates::Cmyk => (ColorType::Cmyk, true),
    };
    encoder
        .encode(samples, width, height, colour)
        .expect("the sides are counted, the samples are as many, and memory takes what is written");
    Ok((jpeg, inverted))
}

/// The table at a quality of 1 to 100, on the scale of the Independent JPEG Group.
fn scaled(quality: u8) -> [u16; 64] {
    let quality = u16::from(quality.clamp(1, 100));
    let percent = if quality < 50 { 5000 / quality } else { 200 - 2 * quality };
    TABLE.map(|step| {
        let step = (u32::from(step) * u32::from(percent) + 50) / 100;
        u16::try_from(step.clamp(1, 255)).expect("it was clamped")
    })
}
