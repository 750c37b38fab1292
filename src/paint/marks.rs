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
    /// The slug line, set.
    pub slug: Option<TextLine>,
}

/// Thickness of the strokes of a register target.
const HAIRLINE: Len = Len::centipoints(25);
/// From the trim's left edge to the first patch and to the slug line: clear of the corner's marks.
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

/// Where the slug line stands: under the page, from the corner to the next register target.
pub(super) fn slug_room(spec: &SheetSpec, boxes: &PageBoxes) -> Rect {
    let trim = boxes.trim;
    let (near, far) = spec.band();
    let targets = if spec.marks.register { target_places(spec, trim) } else { Vec::new() };
    let below = targets.iter().filter(|target| target.y > trim.bottom()).map(|target| target.x);
    let folds = spec.folds.iter().map(|fold| trim.x + *fold);
    let stop = below.chain(folds).min().map_or(trim.right() - CORNER, |next| next - SheetSpec::MARK);
    let left = trim.x + CORNER;
    Rect::new(left, trim.bottom() + near, (stop - left).max(Len::ZERO), far - near)
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
    let edges: Vec<Len> = [&[Len::ZERO], &spec.folds[..], &[trim.width]].concat();
    let middle = trim.y + trim.height.half();
    let sides = [trim.x - out, trim.right() + out].map(|x| Point { x, y: middle });
    let pages = edges.windows(2).flat_map(|page| {
        let x = trim.x + (page[0] + page[1]).half();
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

/// A solid square of each ink of the page (色块), over the page from the left.
fn patches(spec: &SheetSpec, trim: Rect, plates: &[Plate]) -> Vec<Item> {
    let (near, far) = spec.band();
    let top = trim.y - (near + far + SheetSpec::MARK).half();
    let places = (0..).map(|place| trim.x + CORNER + SheetSpec::MARK.times(place));
    let squares = places.map(|x| Rect::new(x, top, SheetSpec::MARK, SheetSpec::MARK));
    squares.zip(plates).map(|(rect, plate)| Item::Fill { rect, ink: plate.solid() }).collect()
}
