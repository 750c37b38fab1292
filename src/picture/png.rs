//! PNG files into samples: 1 to 16 bit, gray, colour, palettes, transparency (ISO/IEC 15948).
//!
//! Photographs are decoded by `image`; line art, of which it would make bytes, in `line`.

mod line;

use std::error::Error;
use std::io::{Cursor, ErrorKind};

use image::codecs::png::PngDecoder;
use image::{ImageDecoder, ImageError, Limits};

use super::error::PictureError;
use super::exif;
use super::samples::{Header, Kind, MOST_BYTES, Pixels, Samples, flattened};

/// What the chunks before the picture say.
///
/// # Errors
/// A damaged or cut header.
pub(super) fn header(bytes: &[u8]) -> Result<Header, PictureError> {
    if let Some(header) = line::header(bytes)? {
        return Ok(header);
    }
    let mut decoder = open(bytes)?;
    let colour = decoder.color_type();
    let exif = decoder.exif_metadata().map_err(|error| said(&error))?;
    Ok(Header {
        size: decoder.dimensions(),
        kind: if colour.has_color() { Kind::Colour } else { Kind::Gray },
        bytes_a_pixel: u64::from(colour.bytes_per_pixel()),
        orientation: exif.as_deref().and_then(exif::of_structure).unwrap_or_default(),
    })
}

/// The whole picture.
///
/// # Errors
/// A file that is cut or damaged: each chunk has a checksum.
pub(super) fn decode(bytes: &[u8], kind: Kind) -> Result<Pixels, PictureError> {
    if kind == Kind::Line {
        return line::decode(bytes);
    }
    let mut decoder = open(bytes)?;
    let colour = decoder.color_type();
    let profile = decoder.icc_profile().map_err(|error| said(&error))?;
    let size = usize::try_from(decoder.total_bytes()).ok().filter(|size| *size as u64 <= MOST_BYTES);
    let mut raw = vec![0; size.ok_or_else(PictureError::greedy)?];
    decoder.read_image(&mut raw).map_err(|error| said(&error))?;
    let channels = usize::from(colour.channel_count());
    let samples = if usize::from(colour.bytes_per_pixel()) > channels {
        let pairs = raw.as_chunks::<2>().0;
        Samples::Sixteen(pairs.iter().map(|pair| u16::from_ne_bytes(*pair)).collect())
    } else {
        Samples::Eight(raw)
    };
    let transparent = colour.has_alpha();
    let samples = if transparent { flattened(samples, channels, false) } else { samples };
    Ok(Pixels { kind, samples, profile, flattened: transparent, doubtful: false })
}

/// Palettes and samples of under 8 bits come out as bytes, 16 bits stay.
fn open(bytes: &[u8]) -> Result<PngDecoder<Cursor<&[u8]>>, PictureError> {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_BYTES);
    PngDecoder::with_limits(Cursor::new(bytes), limits).map_err(|error| said(&error))
}

/// What the decoder said, in a desk's words.
fn said(error: &ImageError) -> PictureError {
    match error {
        ImageError::IoError(what) if what.kind() == ErrorKind::UnexpectedEof => PictureError::Truncated,
        ImageError::Limits(_) => PictureError::greedy(),
        // What lies beneath says it without the names of formats and crates.
        other => damaged(&other.source().map_or_else(|| other.to_string(), |it| it.to_string())),
    }
}

/// The damage that a desk meets, without what only helps who writes decoders.
fn damaged(said: &str) -> PictureError {
    PictureError::Damaged(
        if said.contains("CRC error") {
            "a checksum does not match: something was changed since it was saved"
        } else if said.contains("Corrupt deflate") {
            "its data cannot be unpacked"
        } else if said.contains("ChunkType {") {
            "its parts are not in order"
        } else {
            said
        }
        .to_owned(),
    )
}
