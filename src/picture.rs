//! Photographs: probed, decoded within bounds, turned upright, converted to ink, resampled.
//!
//! A file's bytes become a [`Picture`] in this order: header, samples, the part to print, the
//! pixels the screen can hold, sharpness, upright, ink, JPEG. Pixels are made few before they
//! are converted, because conversion costs most. The same bytes give the same picture on every
//! processor: integers, and a colour engine without SIMD.

use std::fmt;
use std::sync::Arc;

use crate::model::edition::Condition;
use crate::unit::Len;

mod decode;
mod encode;
mod entropy;
mod error;
mod exif;
mod ink;
mod marker;
mod probe;
mod resample;
mod sharpen;
mod upright;

#[cfg(test)]
mod tests;

pub use error::PictureError;
pub use probe::{Format, Kind, Probe, probe};
pub use upright::{Crop, cover};

/// A picture of the edition, converted to ink.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct PictureIdx(pub u32);

/// Which plates a picture is on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Plates {
    /// The black plate alone: one component, 0 no ink, 255 solid.
    Black,
    /// Cyan, magenta, yellow, black: four components.
    Cmyk,
}

/// A picture as ink, encoded for the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Picture {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Its plates.
    pub plates: Plates,
    /// A baseline JPEG of 8 bits a component.
    pub jpeg: Arc<[u8]>,
    /// Whether samples are stored inverted (255 no ink), as Adobe's CMYK JPEGs are.
    pub inverted: bool,
    /// Most ink in one pixel of the samples that were encoded, in tenths of a percent.
    pub peak_ink: u16,
}

/// How a picture is to be printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wanted {
    /// Width of its place on the page.
    pub width: Len,
    /// Height of its place on the page. The picture covers the place; what is over is cut off.
    pub height: Len,
    /// The point that stays in sight, in thousandths of the upright picture's width and height.
    pub focus: (u16, u16),
    /// Whether a colour picture goes on the black plate alone.
    pub gray: bool,
    /// Sharpening in percent; 0 is none. Ink values are never sharpened.
    pub sharpen: u16,
    /// JPEG quality, 1 to 100.
    pub quality: u8,
}

impl Wanted {
    /// For a place of a size: centred, as colourful as it is, lightly sharpened, quality 88.
    pub fn new(width: Len, height: Len) -> Self {
        Self { width, height, focus: (500, 500), gray: false, sharpen: 60, quality: 88 }
    }
}

/// Something done to a picture that a desk may want to know.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Note {
    /// Transparent parts were put on paper white.
    Flattened,
    /// The embedded profile is broken or for another kind of samples, and was not used.
    ProfileIgnored,
    /// An RGB picture has no colour in it and went on the black plate.
    Colourless,
    /// CMYK values without a profile were taken as meant for this printing condition.
    InkAsItIs,
    /// There was more ink than the condition allows, in tenths of a percent; it was reduced.
    InkReduced(u16),
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flattened => write!(f, "transparent parts were put on white"),
            Self::ProfileIgnored => {
                write!(f, "its colour profile could not be used; it was taken as untagged")
            }
            Self::Colourless => write!(f, "it has no colour and goes on the black plate alone"),
            Self::InkAsItIs => write!(f, "its CMYK values have no profile and are printed as they are"),
            Self::InkReduced(tenths) => {
                write!(f, "it had {}.{} % ink and was brought under the limit", tenths / 10, tenths % 10)
            }
        }
    }
}

/// A picture ready for its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Converted {
    /// The picture as ink.
    pub picture: Picture,
    /// What was printed of the upright original, in its pixels.
    pub crop: Crop,
    /// Pixels per inch on the page, the lower of both directions, rounded down. Never more than
    /// about the condition's; less if the original has no more to give.
    pub ppi: u32,
    /// What was done to it, in the order it was done.
    pub notes: Vec<Note>,
}

/// A picture file as ink for a place on a page: never with more pixels than the file has, nor
/// more than the screen can hold.
///
/// # Errors
/// A file that is not a whole JPEG, PNG or TIFF of a kind and size that is read, a profile that
/// cannot be used, or a place without area.
pub fn convert(bytes: &[u8], wanted: &Wanted, condition: &Condition) -> Result<Converted, PictureError> {
    if wanted.width <= Len::ZERO || wanted.height <= Len::ZERO {
        return Err(PictureError::NoSpace);
    }
    let probe = probe(bytes)?;
    let pixels = decode::decode(bytes, &probe)?;
    let mut notes = Vec::new();
    if pixels.flattened {
        notes.push(Note::Flattened);
    }

    let crop = upright::cover((probe.width, probe.height), (wanted.width, wanted.height), wanted.focus);
    let fit = |source: u32, place: Len| {
        let held = u32::try_from(place.pixels(condition.picture_ppi)).unwrap_or(u32::MAX);
        held.clamp(1, source)
    };
    let (width, height) = (fit(crop.width, wanted.width), fit(crop.height, wanted.height));

    let orientation = probe.orientation;
    let stored_size = upright::turned((width, height), orientation);
    let stored_crop = upright::stored_crop(orientation, crop, probe.stored());
    let mut samples = resample::resample(&pixels, probe.stored().0, stored_crop, stored_size);
    match pixels.kind {
        Kind::Gray => sharpen::sharpen::<1>(&mut samples, stored_size.0 as usize, wanted.sharpen),
        Kind::Colour => sharpen::sharpen::<3>(&mut samples, stored_size.0 as usize, wanted.sharpen),
        Kind::Ink => {}
    }
    let samples = upright::turn(samples, pixels.kind.channels(), stored_size, orientation);

    let (plates, mut amounts) = to_ink(&samples, &pixels, wanted.gray, condition, &mut notes)?;
    let peak_ink = match plates {
        Plates::Black => ink::tenths(u32::from(amounts.iter().copied().max().unwrap_or(0))),
        Plates::Cmyk => {
            let held = condition.ink_limit.saturating_sub(JPEG_HEADROOM);
            let (before, after) = ink::limit(&mut amounts, held);
            if before > condition.ink_limit {
                notes.push(Note::InkReduced(before));
            }
            after
        }
    };
    let (jpeg, inverted) = encode::encode(&amounts, (width, height), plates, wanted.quality)?;
    let ppi = |pixels: u32, place: Len| Len::pt(72).scale(i64::from(pixels), place.units()).units();
    let ppi = ppi(width, wanted.width).min(ppi(height, wanted.height));
    let picture = Picture { width, height, plates, jpeg: jpeg.into(), inverted, peak_ink };
    Ok(Converted { picture, crop, ppi: u32::try_from(ppi).unwrap_or(u32::MAX), notes })
}

/// Ink that is kept free under the limit, in tenths of a percent: JPEG gives back a pixel as a
/// little more or less than it was (measured at quality 88: up to 6 % in one pixel).
const JPEG_HEADROOM: u16 = 100;

/// Resampled samples as amounts of ink, on as many plates as they need.
fn to_ink(
    samples: &[u16],
    pixels: &decode::Pixels,
    gray: bool,
    condition: &Condition,
    notes: &mut Vec<Note>,
) -> Result<(Plates, Vec<u8>), PictureError> {
    let kind = pixels.kind;
    let own = ink::embedded(pixels.profile.as_deref(), kind);
    if own.is_none() && pixels.profile.is_some() {
        notes.push(Note::ProfileIgnored);
    }
    if kind == Kind::Ink {
        // The condition's own ink needs no conversion; untagged ink has nothing to convert from.
        let same = pixels.profile.as_deref() == Some(&condition.profile[..]);
        if own.is_none() {
            notes.push(Note::InkAsItIs);
        }
        return if gray {
            let from = own.or_else(|| ink::embedded(Some(&condition.profile), Kind::Ink));
            let from = from.ok_or_else(|| PictureError::Condition("it is not CMYK".to_owned()))?;
            Ok((Plates::Black, ink::to_black(samples, kind, &from, condition)?))
        } else if let Some(own) = own.filter(|_| !same) {
            Ok((Plates::Cmyk, ink::to_plates(samples, kind, &own, condition)?))
        } else {
            Ok((Plates::Cmyk, ink::eight(samples)))
        };
    }
    let from = own.unwrap_or_else(|| ink::untagged(kind));
    let colourless = kind == Kind::Colour && !gray && is_colourless(samples);
    if colourless {
        notes.push(Note::Colourless);
    }
    if gray || colourless || kind == Kind::Gray {
        Ok((Plates::Black, ink::to_black(samples, kind, &from, condition)?))
    } else {
        Ok((Plates::Cmyk, ink::to_plates(samples, kind, &from, condition)?))
    }
}

/// Whether red, green and blue differ nowhere by more than a JPEG's rounding does (3 of 255).
fn is_colourless(samples: &[u16]) -> bool {
    samples
        .as_chunks::<3>()
        .0
        .iter()
        .all(|[red, green, blue]| red.abs_diff(*green) <= 3 * 257 && blue.abs_diff(*green) <= 3 * 257)
}
