//! A file's first bytes into its format, size and kind: enough to lay a page out, nothing decoded.

use std::io::Cursor;

use image::codecs::png::PngDecoder;
use image::codecs::tiff::TiffDecoder;
use image::metadata::Orientation;
use image::{ColorType, ExtendedColorType, ImageDecoder, ImageError, Limits};

use super::error::PictureError;
use super::{exif, marker, upright};

/// Most pixels that are decoded: a double page at 400 ppi is about 110 million.
const MOST_PIXELS: u64 = 200_000_000;
/// Most memory a decoder may take.
pub(super) const MOST_BYTES: u64 = 1 << 30;

/// The formats that are read, told apart by content, never by name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// Baseline and progressive, 8 bit.
    Jpeg,
    /// 1 to 16 bit.
    Png,
    /// The first picture of the file.
    Tiff,
}

/// What a file's samples are amounts of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Kind {
    /// Gray light.
    Gray,
    /// Red, green and blue light.
    Colour,
    /// Cyan, magenta, yellow and black ink.
    Ink,
}

impl Kind {
    /// Samples to the pixel.
    pub(super) fn channels(self) -> usize {
        match self {
            Self::Gray => 1,
            Self::Colour => 3,
            Self::Ink => 4,
        }
    }
}

/// What a file says it is, read from its header alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Probe {
    /// Pixels across, when upright.
    pub width: u32,
    /// Pixels down, when upright.
    pub height: u32,
    /// The format its content has.
    pub format: Format,
    /// What its samples are.
    pub kind: Kind,
    /// How the stored picture is to be turned.
    pub(super) orientation: Orientation,
}

impl Probe {
    /// Width and height of the stored picture, before it is turned.
    pub(super) fn stored(&self) -> (u32, u32) {
        upright::turned((self.width, self.height), self.orientation)
    }
}

/// Reads what a picture file says of itself; takes no memory for its pixels.
///
/// # Errors
/// Anything but a JPEG, PNG or TIFF, a header that is broken, or a size that is not decoded.
pub fn probe(bytes: &[u8]) -> Result<Probe, PictureError> {
    let (stored, format, kind, bytes_a_pixel, orientation) = match format_of(bytes)? {
        Format::Jpeg => {
            let frame = marker::header(bytes)?;
            let kind = match frame.components {
                1 => Kind::Gray,
                3 => Kind::Colour,
                _ => Kind::Ink,
            };
            // A progressive picture is held as 16-bit coefficients and as samples.
            let bytes_a_pixel = u64::from(frame.components) * if frame.progressive { 3 } else { 1 };
            let orientation = exif::of_jpeg(bytes);
            ((frame.width, frame.height), Format::Jpeg, kind, bytes_a_pixel, orientation)
        }
        Format::Png => {
            let mut png = open_png(bytes)?;
            let orientation = png.orientation().unwrap_or(Orientation::NoTransforms);
            let colour = png.color_type();
            (png.dimensions(), Format::Png, kind_of(colour), u64::from(colour.bytes_per_pixel()), orientation)
        }
        Format::Tiff => {
            let mut tiff = open_tiff(bytes)?;
            let orientation = tiff.orientation().unwrap_or(Orientation::NoTransforms);
            let colour = tiff.color_type();
            let kind = match tiff.original_color_type() {
                ExtendedColorType::Cmyk8 | ExtendedColorType::Cmyk16 => Kind::Ink,
                _ => kind_of(colour),
            };
            // One more for the fourth ink, which `image` does not count.
            let bytes_a_pixel = u64::from(colour.bytes_per_pixel()) + u64::from(kind == Kind::Ink) * 2;
            (tiff.dimensions(), Format::Tiff, kind, bytes_a_pixel, orientation)
        }
    };
    let (width, height) = stored;
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MOST_PIXELS || pixels * bytes_a_pixel > MOST_BYTES {
        return Err(PictureError::TooLarge { width, height });
    }
    if pixels == 0 {
        return Err(PictureError::Damaged("it has no pixels".to_owned()));
    }
    let (width, height) = upright::turned(stored, orientation);
    Ok(Probe { width, height, format, kind, orientation })
}

/// The format by the first bytes of the content.
fn format_of(bytes: &[u8]) -> Result<Format, PictureError> {
    const OTHERS: [(usize, &[u8], &str); 8] = [
        (0, b"GIF8", "GIF"),
        (8, b"WEBP", "WebP"),
        (4, b"ftypavif", "AVIF"),
        (4, b"ftyp", "HEIC"),
        (0, b"8BPS", "Photoshop"),
        (0, b"%PDF", "PDF"),
        (0, b"%!PS", "EPS"),
        (0, b"BM", "BMP"),
    ];
    if bytes.starts_with(b"\xFF\xD8\xFF") {
        Ok(Format::Jpeg)
    } else if bytes.starts_with(b"\x89PNG\r\n\x1A\n") {
        Ok(Format::Png)
    } else if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") {
        Ok(Format::Tiff)
    } else {
        let name =
            OTHERS.iter().find(|(at, magic, _)| bytes.get(*at..).is_some_and(|b| b.starts_with(magic)));
        Err(PictureError::Unknown(name.map(|(_, _, name)| *name)))
    }
}

fn kind_of(colour: ColorType) -> Kind {
    if colour.has_color() { Kind::Colour } else { Kind::Gray }
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_BYTES);
    limits
}

/// A PNG's decoder, its header read.
pub(super) fn open_png(bytes: &[u8]) -> Result<PngDecoder<Cursor<&[u8]>>, PictureError> {
    PngDecoder::with_limits(Cursor::new(bytes), limits()).map_err(|error| said(&error))
}

/// A TIFF's decoder, its first directory read.
pub(super) fn open_tiff(bytes: &[u8]) -> Result<TiffDecoder<Cursor<&[u8]>>, PictureError> {
    let mut tiff = TiffDecoder::new(Cursor::new(bytes)).map_err(|error| said(&error))?;
    tiff.set_limits(limits()).map_err(|error| said(&error))?;
    Ok(tiff)
}

/// What a decoder said, in a desk's words.
pub(super) fn said(error: &ImageError) -> PictureError {
    match error {
        ImageError::Unsupported(what) => PictureError::Unsupported(what.to_string()),
        ImageError::IoError(what) if what.kind() == std::io::ErrorKind::UnexpectedEof => {
            PictureError::Truncated
        }
        ImageError::Limits(_) => PictureError::Damaged("its parts claim more memory than 1 GiB".to_owned()),
        other => PictureError::Damaged(other.to_string()),
    }
}
