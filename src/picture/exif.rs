//! Exif data into the way its picture is turned (Exif 2.32, tag 274).

use super::upright::Orientation;

/// The orientation that the first Exif segment before a JPEG's scan states.
pub(super) fn of_jpeg(bytes: &[u8]) -> Option<Orientation> {
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
            return of_structure(chunk);
        }
        at = end;
    }
}

/// The orientation that a TIFF structure's first directory states.
pub(super) fn of_structure(bytes: &[u8]) -> Option<Orientation> {
    let little = match bytes.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let pair = *bytes.get(at..)?.first_chunk()?;
        Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let long = |at: usize| {
        let four = *bytes.get(at..)?.first_chunk()?;
        Some(if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) })
    };
    let directory = usize::try_from(long(4)?).ok()?;
    let entries = usize::from(short(directory)?);
    (0..entries)
        .map_while(|entry| directory.checked_add(2 + entry * 12))
        .find(|at| short(*at) == Some(274))
        .and_then(|at| Orientation::from_exif(short(at + 8)?))
}
