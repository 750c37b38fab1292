//! A composed page into a sheet: z-order, inks, reading order of the type.
//!
//! Back to front: grounds, pictures, rules, then all type in reading order, then marks. Solid
//! black overprints what lies under it; everything else knocks out (`Ink::overlay`).

use super::display::{GlyphRun, Item, PictureIdx, Sheet};
use super::marks::crop_marks;
use crate::color::{Ink, Tint};
use crate::model::layout::Layout;
use crate::page::set::{ComposedBlock, ComposedPage, Stroke, TextLine};

/// Whether a sheet is for the press or for the desk's eyes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// For plates.
    Print,
    /// For the desk: text that found no room is shown in red.
    Draft,
}

/// What overset text is shown with, in a draft only.
const OVERSET: Ink = Ink::Cmyk([Tint(0), Tint(1000), Tint(1000), Tint(0)]);

/// Builds a page's sheet. Its pictures are counted from `first_picture` on, in reading order.
pub fn build(page: &ComposedPage, layout: &Layout, first_picture: u32, purpose: Purpose) -> Sheet {
    let mut items = Vec::new();
    items.extend(page.blocks.iter().flat_map(|block| &block.grounds).map(fill));
    let pictures = page.blocks.iter().flat_map(|block| &block.pictures);
    items.extend(
        pictures
            .zip(first_picture..)
            .map(|(set, idx)| Item::Picture { picture: PictureIdx(idx), rect: set.rect }),
    );
    items.extend(page.blocks.iter().flat_map(|block| &block.rules).chain(&page.rules).map(fill));
    items.extend(page.folio.iter().flat_map(type_of));
    for block in &page.blocks {
        items.extend(block.lines().flat_map(type_of));
    }
    if purpose == Purpose::Draft {
        items.extend(page.blocks.iter().flat_map(|block| overset(block, page)));
    }
    if let Some(marks) = &layout.sheet.crop_marks {
        items.extend(crop_marks(marks, &page.boxes));
    }
    Sheet { page: page.id.clone(), boxes: page.boxes, items }
}

fn fill(stroke: &Stroke) -> Item {
    Item::Fill { rect: stroke.rect, ink: stroke.ink }
}

fn type_of(line: &TextLine) -> impl Iterator<Item = Item> + '_ {
    line.runs.iter().chain(&line.beside).cloned().map(Item::Glyphs)
}

/// Overset lines as far as the medium shows them.
fn overset<'p>(block: &'p ComposedBlock, page: &'p ComposedPage) -> impl Iterator<Item = Item> + 'p {
    block
        .overset
        .iter()
        .filter(|line| line.rect.bottom() <= page.boxes.media.bottom())
        .flat_map(|line| line.runs.iter().cloned())
        .map(|run| Item::Glyphs(GlyphRun { ink: OVERSET, ..run }))
}
