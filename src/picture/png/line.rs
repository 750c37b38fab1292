//! Line art in PNG files: one bit a pixel, black or white, kept as it is.
//!
//! `image` would spread each bit over a byte and not tell that there was but one; so its decoder
//! `png` is asked directly.

use std::io::{Cursor, ErrorKind};

use png::{BitDepth, ColorType, Decoder, DecodingError, Info, Limits, Reader, Transformations};

use super::super::error::PictureError;
use super::super::exif;
use super::super::samples::{Header, Kind, MOST_BYTES, Pixels, Samples};

/// Where a PNG states its bits a sample: in the first chunk, behind signature, length, name, width
/// and height (ISO/IEC 15948, 11.2.2).
const DEPTH_AT: usize = 24;

/// What the chunks before the picture say; none if it is a photograph.
///
/// # Errors
/// A damaged or cut header of one bit a sample.
pub(super) fn header(bytes: &[u8]) -> Result<Option<Header>, PictureError> {
    if bytes.get(DEPTH_AT) != Some(&1) {
        return Ok(None);
    }
    let reader = open(bytes)?;
    let info = reader.info();
    if one_is_light(info).is_none() {
        return Ok(None);
    }
    let orientation = info.exif_metadata.as_deref().and_then(exif::of_structure).unwrap_or_default();
    let size = (info.width, info.height);
    Ok(Some(Header { size, kind: Kind::Line, bytes_a_pixel: 0, orientation }))
}

/// Whether a bit of 1 is white; none if there is anything but pure black and white.
fn one_is_light(info: &Info<'_>) -> Option<bool> {
    if info.bit_depth != BitDepth::One || info.trns.is_some() {
        return None;
    }
    match (info.color_type, info.palette.as_deref()) {
        (ColorType::Grayscale, _) => Some(true),
        (ColorType::Indexed, Some([0, 0, 0, 255, 255, 255])) => Some(true),
        (ColorType::Indexed, Some([255, 255, 255, 0, 0, 0])) => Some(false),
        _ => None,
    }
}

/// The whole picture, 1 for white.
///
/// # Errors
/// A file that is cut or damaged: each chunk has a checksum.
pub(super) fn decode(bytes: &[u8]) -> Result<Pixels, PictureError> {
    let mut reader = open(bytes)?;
    let size = reader.output_buffer_size().filter(|size| *size as u64 <= MOST_BYTES);
    let mut bits = vec![0; size.ok_or_else(PictureError::greedy)?];
    reader.next_frame(&mut bits).map_err(|error| said(&error))?;
    let info = reader.info();
    if one_is_light(info) == Some(false) {
        bits.iter_mut().for_each(|byte| *byte = !*byte);
    }
    let profile = info.icc_profile.as_ref().map(|profile| profile.to_vec());
    Ok(Pixels { kind: Kind::Line, samples: Samples::Bits(bits), profile, flattened: false, doubtful: false })
}

fn open(bytes: &[u8]) -> Result<Reader<Cursor<&[u8]>>, PictureError> {
    let bound = usize::try_from(MOST_BYTES).unwrap_or(usize::MAX);
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: bound });
    decoder.set_ignore_text_chunk(true);
    decoder.set_transformations(Transformations::IDENTITY);
    decoder.read_info().map_err(|error| said(&error))
}

/// What the decoder said, in a desk's words.
fn said(error: &DecodingError) -> PictureError {
    match error {
        DecodingError::IoError(what) if what.kind() == ErrorKind::UnexpectedEof => PictureError::Truncated,
        DecodingError::LimitsExceeded => PictureError::greedy(),
        other => super::damaged(&other.to_string()),
    }
}
