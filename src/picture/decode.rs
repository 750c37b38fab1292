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
use super::probe::{Format, Probe};
use super::samples::Pixels;
use super::{jpeg, png, tiff};

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
