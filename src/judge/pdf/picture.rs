//! A picture as its dictionary describes it.

use super::file::Pdf;
use super::object::{Dict, Object};

/// What a picture's dictionary says.
#[derive(Clone, Debug)]
pub(super) struct Picture {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Bits of a component.
    pub(super) bits: u32,
    pub(super) mask: bool,
    /// `width` × `height`, for messages.
    pub(super) name: String,
}

impl Picture {
    /// From a dictionary; nothing if that says no size.
    pub(super) fn read(pdf: &Pdf<'_>, dict: &Dict) -> Option<Self> {
        let size = |key: &str| {
            pdf.int(dict, key).and_then(|value| u32::try_from(value).ok()).filter(|value| *value > 0)
        };
        let (width, height) = (size("Width")?, size("Height")?);
        let mask = pdf.get(dict, "ImageMask").and_then(Object::bool).unwrap_or(false);
        let bits = pdf.int(dict, "BitsPerComponent").and_then(|bits| u32::try_from(bits).ok());
        let bits = bits.unwrap_or(if mask { 1 } else { 8 });
        Some(Self { width, height, bits, mask, name: format!("the picture of {width} × {height} pixels") })
    }
}
