//! Photographs: probed, decoded within bounds, turned upright, converted to ink, resampled.
//!
//! A file's bytes become a [`Picture`] in this order: header, samples, the part to print, the
//! pixels the screen can hold, sharpness, upright, ink, JPEG. Pixels are made few before they
//! are converted, because conversion costs most. The same bytes give the same picture on every
//! processor: integers, and a colour engine without SIMD.

mod colour;
mod convert;
mod crop;
mod decode;
mod encode;
mod error;
mod exif;
mod ink;
mod jpeg;
mod lines;
mod link;
mod peaks;
mod png;
mod probe;
mod profile;
mod resample;
mod samples;
mod sharpen;
mod store;
mod tiff;
mod upright;

#[cfg(test)]
mod tests;

use std::fmt;

use crate::fingerprint::Known;
use crate::unit::Len;

pub use convert::convert;
pub use crop::{Crop, Shapes, cover};
pub use error::PictureError;
pub use ink::Press;
pub use peaks::Peaks;
pub use probe::{Format, Probe, probe};
pub use samples::Kind;
pub use store::{VERSION, read, write};

/// Largest picture file that is read.
pub const LARGEST_FILE: u64 = 256 << 20;

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

/// How a picture's samples are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Coding {
    /// A JPEG of 8 bits a component.
    Jpeg,
    /// Line art: one bit a pixel, rows padded to whole bytes, the first pixel highest; 1 is ink.
    Bits,
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
    /// How `data` is written.
    pub coding: Coding,
    /// Its samples.
    pub data: Known,
    /// Whether samples are stored inverted (255 no ink), as Adobe's CMYK JPEGs are.
    pub inverted: bool,
    /// The part that its place shows: all of it, unless it was passed through untouched.
    pub shown: Crop,
    /// Most ink in one pixel of what is shown, before it was encoded, in tenths of a percent.
    pub peak_ink: u16,
    /// Most ink but black in each part of what is shown.
    pub peaks: Peaks,
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
    /// What must stay in view: left, top, right, bottom in thousandths of the upright picture.
    pub keep: Option<[u16; 4]>,
    /// Whether a colour picture goes on the black plate alone.
    pub gray: bool,
    /// Whether ink values are meant for this condition, whatever profile is embedded.
    pub as_is: bool,
    /// Whether ink values over the limit are separated anew. The condition may ask for it, too.
    pub ink_saving: bool,
    /// Whether a CMYK JPEG has 255 for bare paper; told by Adobe's marker if it is not told here.
    pub inverted: Option<bool>,
}

impl Wanted {
    /// For a place of a size: centred, as colourful as it is.
    pub fn new(width: Len, height: Len) -> Self {
        Self {
            width,
            height,
            focus: (500, 500),
            keep: None,
            gray: false,
            as_is: false,
            ink_saving: false,
            inverted: None,
        }
    }
}

/// Something done to a picture that a desk may want to know.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Note {
    /// It jumps to another brightness or colour in the middle of a row, as if a bit were flipped.
    Doubtful,
    /// Transparent parts were put on paper white.
    Flattened,
    /// The embedded profile is broken or for another kind of samples, and was not used.
    ProfileIgnored,
    /// An RGB picture has no colour in it and went on the black plate.
    Colourless,
    /// CMYK values without a profile were taken as meant for this printing condition.
    InkAsItIs,
    /// There was more ink than the condition allows, in tenths of a percent; it was separated anew.
    InkSaved(u16),
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Doubtful => write!(
                f,
                "its brightness or colour jumps in the middle of a row and stays so: look at it, the file may be damaged"
            ),
            Self::Flattened => write!(f, "transparent parts were put on white"),
            Self::ProfileIgnored => {
                write!(f, "its colour profile could not be used; it was taken as untagged")
            }
            Self::Colourless => write!(f, "it has no colour and goes on the black plate alone"),
            Self::InkAsItIs => write!(f, "its CMYK values have no profile and are printed as they are"),
            Self::InkSaved(tenths) => {
                write!(f, "it had {}.{} % ink and was separated anew", tenths / 10, tenths % 10)
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
    /// Shapes of place in which all that is to be kept stays in view, if this one cuts it.
    pub needs: Option<Shapes>,
    /// Pixels per inch on the page, the lower of both directions, rounded down. Never more than
    /// about the condition's, but for line art and what is passed through; less if the original
    /// has no more to give.
    pub ppi: u32,
    /// What was done to it, in the order it was done.
    pub notes: Vec<Note>,
}
