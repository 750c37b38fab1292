//! PNG files into samples: 1 to 16 bit, gray, colour, palettes, transparency (ISO/IEC 15948).

use std::io::Cursor;

use png::{BitDepth, ColorType, Decoder, DecodingError, Info, Limits, Reader, Transformations};

use super::decode::{Pixels, Samples, flattened};
use super::error::PictureError;
use super::exif;
use super::probe::{Header, Kind, MOST_BYTES};

/// What the chunks before the picture say.
///
/// # Errors
/// A damaged or cut header.
pub(super) fn header(bytes: &[u8]) -> Result<Header, PictureError> {
    let reader = open(bytes, Transformations::EXPAND)?;
    let info = reader.info();
    let kind = kind_of(info);
    let (colour, depth) = reader.output_color_type();
    let bytes_a_pixel = match (kind, depth) {
        (Kind::Line, _) => 0,
        (_, BitDepth::Sixteen) => colour.samples() as u64 * 2,
        _ => colour.samples() as u64,
    };
    let orientation = info.exif_metadata.as_deref().and_then(exif::of_structure).unwrap_or_default();
    Ok(Header { size: (info.width, info.height), kind, bytes_a_pixel, orientation })
}

/// Line art is what has one bit of pure black and white.
fn kind_of(info: &Info<'_>) -> Kind {
    let line = info.bit_depth == BitDepth::One && info.trns.is_none();
    match info.color_type {
        ColorType::Grayscale if line => Kind::Line,
        ColorType::Indexed if line && black_first(info).is_some() => Kind::Line,
        ColorType::Grayscale | ColorType::GrayscaleAlpha => Kind::Gray,
        ColorType::Rgb | ColorType::Rgba | ColorType::Indexed => Kind::Colour,
    }
}

/// Whether a palette is black and white, or white and black; none if it is neither.
fn black_first(info: &Info<'_>) -> Option<bool> {
    match info.palette.as_deref()? {
        [0, 0, 0, 255, 255, 255] => Some(true),
        [255, 255, 255, 0, 0, 0] => Some(false),
        _ => None,
    }
}

/// The whole picture.
///
/// # Errors
/// A file that is cut or damaged: each chunk has a checksum.
pub(super) fn decode(bytes: &[u8], kind: Kind) -> Result<Pixels, PictureError> {
    let line = kind == Kind::Line;
    let mut reader = open(bytes, if line { Transformations::IDENTITY } else { Transformations::EXPAND })?;
    let size = reader.output_buffer_size().filter(|size| *size as u64 <= MOST_BYTES);
    let mut raw = vec![0; size.ok_or_else(too_much)?];
    reader.next_frame(&mut raw).map_err(|error| said(&error))?;
    let info = reader.info();
    let profile = info.icc_profile.as_ref().map(|profile| profile.to_vec());
    if line {
        let flip = info.color_type == ColorType::Indexed && black_first(info) == Some(false);
        let bits = if flip { raw.into_iter().map(|byte| !byte).collect() } else { raw };
        return Ok(Pixels { kind, samples: Samples::Bits(bits), profile, flattened: false, doubtful: false });
    }
    let (colour, depth) = reader.output_color_type();
    let samples = if depth == BitDepth::Sixteen {
        let pairs = raw.as_chunks::<2>().0;
        Samples::Sixteen(pairs.iter().map(|pair| u16::from_be_bytes(*pair)).collect())
    } else {
        Samples::Eight(raw)
    };
    let transparent = matches!(colour, ColorType::GrayscaleAlpha | ColorType::Rgba);
    let samples = if transparent { flattened(samples, colour.samples(), false) } else { samples };
    Ok(Pixels { kind, samples, profile, flattened: transparent, doubtful: false })
}

fn open(bytes: &[u8], change: Transformations) -> Result<Reader<Cursor<&[u8]>>, PictureError> {
    let bound = usize::try_from(MOST_BYTES).unwrap_or(usize::MAX);
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: bound });
    decoder.set_ignore_text_chunk(true);
    decoder.set_transformations(change);
    decoder.read_info().map_err(|error| said(&error))
}

fn too_much() -> PictureError {
    PictureError::Damaged("its parts claim more memory than 1 GiB".to_owned())
}

/// What the decoder said, in a desk's words.
fn said(error: &DecodingError) -> PictureError {
    match error {
        DecodingError::IoError(what) if what.kind() == std::io::ErrorKind::UnexpectedEof => {
            PictureError::Truncated
        }
        DecodingError::LimitsExceeded => too_much(),
        other => PictureError::Damaged(other.to_string()),
    }
}
