//! Composed pages in, print-ready PDF out.
//!
//! Four steps, each in its own file: `subset` cuts the font programs to the glyphs that are
//! printed, `pen` turns glyph positions into pen movements, `pdf` writes the pages with printpdf
//! (the one file that knows it), and `seal` makes the result a file that a plant accepts: boxes,
//! inks and pictures from `plates`, advertisements from `form`, identification from `imprint`, article
//! threads of a proof from `threads`, fixed compression.
//!
//! Nothing here measures or decides: what a page shows is in its display list.

pub mod changes;
mod content;
pub mod delivery;
mod error;
pub mod fit;
mod form;
mod frame;
mod imprint;
pub mod map;
mod names;
mod pdf;
mod pen;
mod plates;
mod seal;
mod stand_in;
mod subset;
#[cfg(test)]
mod tests;
pub mod threads;

pub use error::WriteError;
pub use threads::Thread;

use crate::ad::Ad;
use crate::color::{Ink, SpotInk, Tint};
use crate::fingerprint::Known;
use crate::font::Face;
use crate::model::edition::{Condition, Date, Level};
use crate::paint::display::{Item, Sheet};
use crate::picture::Picture;
use crate::unit::Len;

/// The printing condition as every page of an edition carries it. Made once: deflating a profile
/// of a megabyte takes longer than writing a page.
#[derive(Clone, Debug)]
pub struct Intent {
    condition: Condition,
    /// The ICC profile as a zlib stream.
    profile: Known,
}

impl Intent {
    /// Counted up whenever the same profile would be deflated to other bytes.
    pub const VERSION: u32 = 1;

    /// The output intent of a condition.
    pub fn new(condition: &Condition) -> Self {
        Self::with_deflated(condition, seal::deflated(&condition.profile))
    }

    /// The same, of a profile that [`Intent::deflated`] gave before.
    pub fn with_deflated(condition: &Condition, profile: Vec<u8>) -> Self {
        Self { condition: condition.clone(), profile: profile.into() }
    }

    /// The ICC profile as a zlib stream, to be kept between builds of the same [`Intent::VERSION`].
    pub fn deflated(&self) -> &[u8] {
        &self.profile
    }
}

/// What a PDF says about itself besides its pages.
#[derive(Clone, Debug)]
pub struct Imprint<'a> {
    /// What it is, such as the paper, the date and the page. PDF/X wants one (ISO 15930-4, identification).
    pub title: String,
    /// The paper: who answers for the content.
    pub paper: String,
    /// The day of the issue; midnight in China (+08:00) is every date in the file.
    pub date: Date,
    /// How many times the page has been made over (改版).
    pub revision: u32,
    /// What the file promises.
    pub level: Level,
    /// The condition it is made for.
    pub intent: &'a Intent,
    /// The spot inks that display lists name by index.
    pub spots: &'a [SpotInk],
    /// How readers follow the stories, in a proof; a file for the press leaves them out.
    pub threads: Vec<Thread>,
}

/// Largest side of a page: 14 400 points (PDF Reference 1.4, appendix C, table C.1).
const LARGEST_SIDE: Len = Len::pt(14_400);

/// Writes sheets as one PDF. The same input gives the same bytes, in one process and in many.
///
/// # Errors
/// A page cannot be written as its level promises, a face cannot be cut, or the display list
/// names something that is not there.
pub fn write(
    sheets: &[&Sheet],
    faces: &[Face],
    pictures: &[Picture],
    ads: &[Ad],
    imprint: &Imprint<'_>,
) -> Result<Vec<u8>, WriteError> {
    if imprint.title.trim().is_empty() {
        return Err(WriteError::Untitled);
    }
    for sheet in sheets {
        check_boxes(sheet)?;
        check_there(sheet, pictures, ads)?;
        check_inks(sheet, imprint.spots)?;
    }
    let subsets = subset::cut(sheets, faces, imprint.level)?;
    let pages = pdf::lay(sheets, &subsets, ads)?;
    seal::seal(pages, sheets, &subsets, pictures, ads, imprint)
}

/// Trim in bleed in media, and not larger than a PDF page may be.
fn check_boxes(sheet: &Sheet) -> Result<(), WriteError> {
    let boxes = sheet.boxes;
    let nested = boxes.media.holds(boxes.bleed) && boxes.bleed.holds(boxes.trim);
    let room = boxes.trim.width > Len::ZERO && boxes.trim.height > Len::ZERO;
    let small = boxes.media.width.max(boxes.media.height) <= LARGEST_SIDE;
    match (nested && room, small) {
        (true, true) => Ok(()),
        (false, _) => Err(WriteError::Boxes { page: sheet.page.clone() }),
        (_, false) => Err(WriteError::TooLarge { page: sheet.page.clone() }),
    }
}

/// Reads ahead what sheets that are to be written side by side share: the outlines of their glyphs.
pub fn fetch_outlines(sheets: &[Sheet], faces: &[Face]) {
    subset::fetch(sheets, faces);
}

/// Every spot ink that is printed with is there, and no tint is over solid.
fn check_inks(sheet: &Sheet, spots: &[SpotInk]) -> Result<(), WriteError> {
    let inks = sheet.items.iter().filter_map(|item| match item {
        Item::Glyphs(run) => Some(run.ink),
        Item::Fill { ink, .. } | Item::Path { ink, .. } | Item::Ring { ink, .. } => Some(*ink),
        Item::Picture { .. } | Item::Form { .. } => None,
    });
    let wrong = |ink| match ink {
        Ink::Spot(spot, _) if usize::from(spot.0) >= spots.len() => Some("a spot ink"),
        Ink::Spot(_, tint) | Ink::Black(tint) if tint > Tint::SOLID => Some("a tint over 100 %"),
        Ink::Cmyk(tints) if tints.iter().any(|tint| *tint > Tint::SOLID) => Some("a tint over 100 %"),
        _ => None,
    };
    match inks.into_iter().find_map(wrong) {
        None => Ok(()),
        Some(what) => Err(WriteError::Dangling { page: sheet.page.clone(), what }),
    }
}

/// Every picture and advertisement that is placed is there.
fn check_there(sheet: &Sheet, pictures: &[Picture], ads: &[Ad]) -> Result<(), WriteError> {
    let missing = sheet.items.iter().find_map(|item| match item {
        Item::Picture { picture, .. } if pictures.get(picture.0 as usize).is_none() => Some("a picture"),
        Item::Form { ad, .. } if ads.get(ad.0 as usize).is_none() => Some("an advertisement"),
        _ => None,
    });
    match missing {
        Some(what) => Err(WriteError::Dangling { page: sheet.page.clone(), what }),
        None => Ok(()),
    }
}
