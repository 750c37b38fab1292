//! A file's first bytes into its format, size and kind: enough to lay a page out, nothing decoded.

use super::error::PictureError;
use super::samples::{Header, Kind, MOST_BYTES};
use super::upright::{self, Orientation};
use super::{jpeg, png, tiff};

/// Most pixels that are decoded: a double page at 400 ppi is about 110 million.
const MOST_PIXELS: u64 = 200_000_000;

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
    let format = format_of(bytes)?;
    let Header { size, kind, bytes_a_pixel, orientation } = match format {
        Format::Jpeg => jpeg::header(bytes)?,
        Format::Png => png::header(bytes)?,
        Format::Tiff => tiff::header(bytes)?,
    };
    let (width, height) = size;
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MOST_PIXELS || pixels * bytes_a_pixel > MOST_BYTES {
        return Err(PictureError::TooLarge { width, height });
    }
    if pixels == 0 {
        return Err(PictureError::Damaged("it has no pixels".to_owned()));
    }
    let (width, height) = upright::turned(size, orientation);
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
