//! Marks outside the trim: crop marks on every plate.

use super::display::Item;
use crate::color::Ink;
use crate::geom::{PageBoxes, Rect};
use crate::model::layout::CropMarks;

/// Two strokes at each corner of the trim, centred on its edges (裁切标记).
pub(super) fn crop_marks(marks: &CropMarks, boxes: &PageBoxes) -> Vec<Item> {
    let trim = boxes.trim;
    let half = marks.weight.half();
    let mut items = Vec::new();
    for x in [trim.x, trim.right()] {
        for y in [trim.y - marks.offset - marks.length, trim.bottom() + marks.offset] {
            items.push(Rect::new(x - half, y, marks.weight, marks.length));
        }
    }
    for y in [trim.y, trim.bottom()] {
        for x in [trim.x - marks.offset - marks.length, trim.right() + marks.offset] {
            items.push(Rect::new(x, y - half, marks.length, marks.weight));
        }
    }
    items.into_iter().map(|rect| Item::Fill { rect, ink: Ink::Registration }).collect()
}
