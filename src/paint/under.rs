//! What lies under type and rules: whether black may print on top of it.
//!
//! Black that overprints adds its ink to the colour under it. On a dark picture or ground the two
//! would be more than the press holds; there black clears the other plates instead (镂空). Black
//! ink under it does not count: one plate never has more than a solid.

use crate::color::{Ink, Tint};
use crate::geom::Rect;
use crate::page::set::ComposedPage;
use crate::picture::{Picture, Plates};

/// Grounds and pictures of a page that have colour in them.
pub(super) struct Under {
    areas: Vec<(Rect, u16)>,
    limit: u16,
}

impl Under {
    /// Of a page and its pictures in reading order. `limit` is the most ink in one place, in
    /// tenths of a percent.
    pub(super) fn new(page: &ComposedPage, pictures: &[Picture], limit: u16) -> Self {
        let grounds = page.blocks.iter().flat_map(|block| &block.grounds);
        let grounds = grounds.map(|ground| (ground.rect, ground.ink.colour()));
        let places = page.blocks.iter().flat_map(|block| &block.pictures);
        let pictures = places.zip(pictures).map(|(set, picture)| (set.rect, most_colour(picture)));
        Self { areas: grounds.chain(pictures).filter(|(_, colour)| *colour > 0).collect(), limit }
    }

    /// What black prints with over an area: on top of the other plates, or clearing them.
    pub(super) fn settle(&self, ink: Ink, over: Rect) -> Ink {
        let most = || self.areas.iter().filter(|(area, _)| area.overlaps(over)).map(|(_, colour)| *colour);
        match ink {
            Ink::BLACK if most().max().unwrap_or(0) + Tint::SOLID.0 > self.limit => Ink::CLEARED_BLACK,
            ink => ink,
        }
    }
}

/// The most colour that a picture may have in one place. Its darkest pixel stands for all of it:
/// a line of type lies on many pixels, and one too many fills in.
fn most_colour(picture: &Picture) -> u16 {
    match picture.plates {
        Plates::Black => 0,
        Plates::Cmyk => picture.peak_ink,
    }
}
