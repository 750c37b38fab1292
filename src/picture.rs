//! Photographs: probed, decoded within bounds, turned upright, converted to ink, resampled.

use std::sync::Arc;

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
