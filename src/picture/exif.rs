//! A JPEG's Exif segment into the way its picture is turned.

use image::metadata::Orientation;

/// The orientation that the first Exif segment before the scan states; none stated is upright.
pub(super) fn of_jpeg(bytes: &[u8]) -> Orientation {
    exif(bytes).and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms)
}

/// The TIFF structure inside the first APP1 segment that is Exif.
fn exif(bytes: &[u8]) -> Option<&[u8]> {
    let mut at = 2;
    loop {
        let [0xFF, marker, high, low] = *bytes.get(at..)?.first_chunk()? else { return None };
        if marker == 0xFF {
            at += 1;
            continue;
        }
        if marker == 0xDA {
            return None;
        }
        let end = at + 2 + usize::from(u16::from_be_bytes([high, low]));
        if marker == 0xE1
            && let Some(chunk) = bytes.get(at + 4..end)?.strip_prefix(b"Exif\0\0")
        {
            return Some(chunk);
        }
        at = end;
    }
}
