//! Marks outside the trim, and outside the bleed: where to cut and fold, whether the plates stand
//! on one another, which inks there are, what the sheet is.

use super::display::Item;
use crate::color::{Ink, Plate};
use crate::geom::{PageBoxes, Point, Rect};
use crate::model::layout::{CropMarks, SheetSpec};
use crate::page::set::TextLine;
use crate::unit::Len;

/// What one page's marks say about it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Margin {
    /// The plates the page needs, in the order of its patches.
    pub plates: Vec<Plate>,
    /// The slug line, set: its words, then each ink's name; under each page of the sheet.
    pub slug: Vec<TextLine>,
}

/// Thickness of the strokes of a register target.
const HAIRLINE: Len = Len::centipoints(25);
/// From a page's left edge to its first patch and its slug line: clear of the corner's marks.
const CORNER: Len = Len::mm(10);

/// Every mark that the sheet has.
pub(super) fn around(spec: &SheetSpec, boxes: &PageBoxes, margin: &Margin) -> Vec<Item> {
    let mut items = Vec::new();
    if let Some(marks) = &spec.crop_marks {
        items.extend(crop_marks(marks, boxes.trim));
        items.extend(spec.folds.iter().flat_map(|fold| fold_marks(marks, boxes.trim, *fold)));
    }
    if spec.marks.register {
        items.extend(target_places(spec, boxes.trim).into_iter().flat_map(target));
    }
    if spec.marks.patches {
        items.extend(patches(spec, boxes.trim, &margin.plates));
    }
    items.extend(margin.slug.iter().flat_map(|line| line.runs.iter().cloned().map(Item::Glyphs)));
    items
}

/// Where the slug line stands: under each page of the sheet, from the corner to the register target
/// under the page's middle, or else to the next corner.
pub(super) fn slug_rooms(spec: &SheetSpec, boxes: &PageBoxes) -> Vec<Rect> {
    let (near, far) = spec.band();
    let room = |(from, to): (Len, Len)| {
        let stop = if spec.marks.register { (from + to).half() - SheetSpec::MARK } else { to - CORNER };
        let left = from + CORNER;
        Rect::new(left, boxes.trim.bottom() + near, (stop - left).max(Len::ZERO), far - near)
    };
    pages(spec, boxes.trim).map(room).collect()
}

/// The pages of a sheet, from left to right: where each begins and ends. A plate may hold but one of
/// them, so each has its own marks.
fn pages(spec: &SheetSpec, trim: Rect) -> impl Iterator<Item = (Len, Len)> {
    let edges: Vec<Len> = [&[Len::ZERO], &spec.folds[..], &[trim.width]].concat();
    let pages: Vec<(Len, Len)> = edges.windows(2).map(|page| (trim.x + page[0], trim.x + page[1])).collect();
    pages.into_iter()
}

fn registered(rect: Rect) -> Item {
    Item::Fill { rect, ink: Ink::Registration }
}

/// Two strokes at each corner of the trim, centred on its edges (裁切标记).
fn crop_marks(marks: &CropMarks, trim: Rect) -> Vec<Item> {
    let half = marks.weight.half();
    let mut strokes = Vec::new();
    for x in [trim.x, trim.right()] {
        for y in [trim.y - marks.offset - marks.length, trim.bottom() + marks.offset] {
            strokes.push(Rect::new(x - half, y, marks.weight, marks.length));
        }
    }
    for y in [trim.y, trim.bottom()] {
        for x in [trim.x - marks.offset - marks.length, trim.right() + marks.offset] {
            strokes.push(Rect::new(x, y - half, marks.length, marks.weight));
        }
    }
    strokes.into_iter().map(registered).collect()
}

/// A dashed stroke over and under a fold (折叠标记): three dashes and two gaps of one length.
fn fold_marks(marks: &CropMarks, trim: Rect, fold: Len) -> Vec<Item> {
    let x = trim.x + fold - marks.weight.half();
    let dash = marks.length.scale(1, 5);
    let mut strokes = Vec::new();
    for top in [trim.y - marks.offset - marks.length, trim.bottom() + marks.offset] {
        let dashes = [0, 2, 4].map(|place| marks.length.scale(place, 5));
        strokes.extend(dashes.map(|down| Rect::new(x, top + down, marks.weight, dash)));
    }
    strokes.into_iter().map(registered).collect()
}

/// Middles of the register targets: at half the height on both sides, and over and under the
/// middle of each page of the sheet, where no fold mark stands.
fn target_places(spec: &SheetSpec, trim: Rect) -> Vec<Point> {
    let (near, far) = spec.band();
    let out = (near + far).half();
    let middle = trim.y + trim.height.half();
    let sides = [trim.x - out, trim.right() + out].map(|x| Point { x, y: middle });
    let pages = pages(spec, trim).flat_map(|(from, to)| {
        let x = (from + to).half();
        [trim.y - out, trim.bottom() + out].map(|y| Point { x, y })
    });
    sides.into_iter().chain(pages).collect()
}

/// A register target (套准标记): a ring and a cross through it, on every plate.
fn target(middle: Point) -> Vec<Item> {
    let (reach, half) = (SheetSpec::MARK.half(), HAIRLINE.half());
    let across = Rect::new(middle.x - reach, middle.y - half, SheetSpec::MARK, HAIRLINE);
    let down = Rect::new(middle.x - half, middle.y - reach, HAIRLINE, SheetSpec::MARK);
    let ring = Item::Ring { middle, radius: reach.scale(3, 5), weight: HAIRLINE, ink: Ink::Registration };
    vec![ring, registered(across), registered(down)]
}

/// A solid square of each ink of the sheet (色块), over each page of it from the left.
fn patches(spec: &SheetSpec, trim: Rect, plates: &[Plate]) -> Vec<Item> {
    let (near, far) = spec.band();
    let top = trim.y - (near + far + SheetSpec::MARK).half();
    let over = |(from, _): (Len, Len)| {
        let places = (0..).map(move |place| from + CORNER + SheetSpec::MARK.times(place));
        let squares = places.map(move |x| Rect::new(x, top, SheetSpec::MARK, SheetSpec::MARK));
        squares.zip(plates).map(|(rect, plate)| Item::Fill { rect, ink: plate.solid() })
    };
    pages(spec, trim).flat_map(over).collect()
}
