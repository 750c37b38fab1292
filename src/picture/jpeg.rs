//! JPEG files into samples: gray, colour, and ink of either polarity (ISO/IEC 10918-1, T.872).

mod entropy;
mod marker;
mod progressive;
mod scan;
mod seam;

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;

use super::error::PictureError;
use super::exif;
use super::samples::{Header, Kind, Pixels, Samples};

/// What the header says.
///
/// # Errors
/// A damaged, cut or unsupported header.
pub(super) fn header(bytes: &[u8]) -> Result<Header, PictureError> {
    let frame = marker::header(bytes)?;
    let kind = match frame.components {
        1 => Kind::Gray,
        3 => Kind::Colour,
        _ => Kind::Ink,
    };
    // A progressive picture is held as 16-bit coefficients and as samples, and for each block of
    // 64 it is noted which are not 0.
    let bytes_a_pixel = u64::from(frame.components) * if frame.progressive { 4 } else { 1 };
    let orientation = exif::of_jpeg(bytes).unwrap_or_default();
    Ok(Header { size: (frame.width, frame.height), kind, bytes_a_pixel, orientation })
}

/// Strict, so that no gap is filled with gray.
///
/// # Errors
/// A file that is cut or damaged, or ink whose polarity neither the file nor the story tells.
pub(super) fn decode(bytes: &[u8], kind: Kind, inverted: Option<bool>) -> Result<Pixels, PictureError> {
    let frame = marker::whole(bytes)?;
    let inverted = inverted.or(frame.adobe.map(|_| true));
    if kind == Kind::Ink && inverted.is_none() {
        return Err(PictureError::Polarity);
    }
    let damaged = |error: &dyn std::fmt::Display| PictureError::Damaged(error.to_string());
    let wanted = match (kind, frame.adobe) {
        (Kind::Gray | Kind::Line, _) => ColorSpace::Luma,
        (Kind::Colour, _) => ColorSpace::RGB,
        (Kind::Ink, Some(2)) => ColorSpace::YCCK,
        (Kind::Ink, _) => ColorSpace::CMYK,
    };
    let options = DecoderOptions::default()
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .set_strict_mode(true)
        .jpeg_set_out_colorspace(wanted);
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let mut samples = decoder.decode().map_err(|error| damaged(&error))?;
    if samples.len() != frame.width as usize * frame.height as usize * kind.channels() {
        return Err(PictureError::Damaged("the decoder found another size".to_owned()));
    }
    if kind == Kind::Ink {
        if wanted == ColorSpace::YCCK {
            samples.chunks_exact_mut(4).for_each(ycck_to_cmyk);
        }
        if inverted == Some(true) {
            samples.iter_mut().for_each(|sample| *sample = 255 - *sample);
        }
    }
    Ok(Pixels {
        kind,
        samples: Samples::Eight(samples),
        profile: decoder.icc_profile(),
        flattened: false,
        doubtful: frame.seam,
    })
}

/// `YCbCr` of ITU-T T.871 in 16-bit fixed point. It is that of red, green and blue, of which the inks
/// are what is left of 255 (ITU-T T.872); they are as inverted then as the black beside them.
fn ycck_to_cmyk(pixel: &mut [u8]) {
    let (y, cb, cr) = (i32::from(pixel[0]) << 16, i32::from(pixel[1]) - 128, i32::from(pixel[2]) - 128);
    let byte = |fixed: i32| u8::try_from(((fixed + (1 << 15)) >> 16).clamp(0, 255)).expect("it was clamped");
    pixel[0] = 255 - byte(y + 91_881 * cr);
    pixel[1] = 255 - byte(y - 22_554 * cb - 46_802 * cr);
    pixel[2] = 255 - byte(y + 116_130 * cb);
}

/// The file without what a press has no use for and a reader no business with: application
/// segments (places, thumbnails, profiles) and comments. Adobe's, which tells a decoder the kind
/// of colour, stays.
pub(super) fn stripped(bytes: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(bytes.len());
    kept.extend_from_slice(&bytes[..bytes.len().min(2)]);
    let mut at = 2;
    while let Some([0xFF, marker, high, low]) = bytes.get(at..).and_then(|rest| rest.first_chunk().copied()) {
        if marker == 0xFF {
            at += 1;
            continue;
        }
        if marker == 0xDA {
            break;
        }
        let end = (at + 2 + usize::from(u16::from_be_bytes([high, low]))).min(bytes.len());
        let adobe = marker == 0xEE && bytes[at + 4..end.max(at + 4)].starts_with(b"Adobe");
        if adobe || !matches!(marker, 0xE0..=0xEF | 0xFE) {
            kept.extend_from_slice(&bytes[at..end]);
        }
        at = end;
    }
    kept.extend_from_slice(bytes.get(at..).unwrap_or_default());
    kept
}
