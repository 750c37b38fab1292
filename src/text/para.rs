//! A prepared paragraph as data: items, the gaps between them, running totals.

use std::ops::Range;

use super::class::Class;
use super::spacing::Gap;
use super::sums::Sums;
use crate::color::Ink;
use crate::font::FaceIdx;
use crate::geom::{Axis, Point, Turn};
use crate::model::story::Role;
use crate::model::style::Align;
use crate::unit::Len;

/// What a line is made of: a cluster and its box.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// Bytes of the paragraph's text.
    pub bytes: Range<u32>,
    /// Its glyphs, in the paragraph's list.
    pub glyphs: Range<u32>,
    /// Class of its first character.
    pub class: Class,
    /// Length of its box along the line.
    pub advance: Len,
    /// Index of its run.
    pub run: u32,
    /// Whether it has an emphasis dot (着重号).
    pub dotted: bool,
}

/// One glyph, relative to the pen at its item: on the baseline, or on the middle of a vertical line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Glyph {
    /// Glyph index in its run's face.
    pub glyph: u16,
    /// To the right and downwards.
    pub at: Point,
}

/// A face at a size and an ink.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Run {
    /// The face.
    pub face: FaceIdx,
    /// The type size.
    pub size: Len,
    /// The ink.
    pub ink: Ink,
    /// How far it is raised off the line; lowered when negative.
    pub raise: Len,
    /// How its glyphs are turned.
    pub turn: Turn,
}

/// A first character as high as several lines (首字下沉).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DropCap {
    /// Lines that it is as high as; they stay in one column.
    pub lines: u16,
    /// Width that it takes from each of them.
    pub inset: Len,
}

/// A paragraph, ready to be broken into lines of any measure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PreparedPara {
    /// What it is.
    pub role: Role,
    /// Its text.
    pub text: String,
    /// Faces, sizes, inks.
    pub runs: Vec<Run>,
    /// Boxes.
    pub items: Vec<Item>,
    /// The gap after each item.
    pub gaps: Vec<Gap>,
    /// Glyphs of all items.
    pub glyphs: Vec<Glyph>,
    /// Blank before the first item.
    pub start: Len,
    /// Blank that its first mark would have before it inside a line.
    pub lead: Len,
    /// Indent of the first line.
    pub indent: Len,
    /// Grid rows each line takes.
    pub rows: u16,
    /// How lines stand.
    pub align: Align,
    /// What a last line may lack to be set flush, and the most that each of its gaps is opened for it.
    pub flush_last: (Len, Len),
    /// The type size that ems of reports are of.
    pub size: Len,
    /// Which way its lines run.
    pub axis: Axis,
    /// Ruby, in the order of the items it stands over.
    pub rubies: Vec<SetRuby>,
    /// The glyph of its emphasis dots, if it has any.
    pub dot: Option<Dot>,
    /// Its drop cap: the first item.
    pub cap: Option<DropCap>,
    /// Running totals.
    pub sums: Sums,
}

/// A story's text, in the order it is read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PreparedStory {
    /// Its paragraphs.
    pub paras: Vec<PreparedPara>,
}

impl PreparedPara {
    /// Width of items `range` on a line of their own: gaps at both edges trimmed.
    pub fn natural(&self, range: Range<usize>) -> Len {
        self.sums.width(range.start, range.end) + self.start_at(range.start)
    }

    /// What the gaps inside `range` can give in a tier.
    pub fn give(&self, range: Range<usize>, tier: usize) -> Len {
        self.sums.give(range.start, range.end, tier)
    }

    /// What the gaps inside `range` can give in all tiers.
    pub fn give_all(&self, range: Range<usize>) -> Len {
        self.sums.give_all(range.start, range.end)
    }

    /// How wide a line of items looks: without the blank of a mark that ends it, with a hyphen.
    pub fn seen(&self, range: Range<usize>) -> Len {
        let last = &self.gaps[range.end - 1];
        let blank = if last.hyphen.is_none() { last.at_end } else { Len::ZERO };
        self.natural(range) - blank
    }

    /// Blank before a line that starts at an item.
    pub fn start_at(&self, item: usize) -> Len {
        if item == 0 { self.start } else { Len::ZERO }
    }

    /// Indent of a line that starts at an item.
    pub fn indent_at(&self, item: usize) -> Len {
        if item == 0 { self.indent } else { Len::ZERO }
    }

    /// Makes the gaps after some items wider inside a line.
    pub fn widen(&mut self, gaps: &[usize], by: Len) {
        for gap in gaps {
            self.gaps[*gap].width += by;
        }
        self.add_up();
    }

    /// Adds up items and gaps that are known.
    pub(super) fn add_up(&mut self) {
        self.sums = Sums::of(self.items.iter().map(|item| item.advance).zip(&self.gaps));
    }

    /// How many characters that are read, marks and spaces left out, stand from an item on: `most`
    /// at most.
    pub fn spoken(&self, from: usize, most: usize) -> usize {
        self.items[from..].iter().filter(|item| item.class.is_read()).take(most).count()
    }

    /// The narrowest room that it stands in: a drop cap has two ems beside it, the least measure there is.
    pub fn least_measure(&self) -> Len {
        self.cap.map_or(Len::ZERO, |cap| cap.inset) + self.size.times(2)
    }

    /// The item that holds or follows a byte.
    pub fn item_at(&self, byte: u32) -> usize {
        self.items.partition_point(|item| item.bytes.start < byte)
    }

    /// The characters of items `range`.
    pub fn text_of(&self, range: Range<usize>) -> &str {
        if range.is_empty() {
            return "";
        }
        &self.text[self.items[range.start].bytes.start as usize..self.items[range.end - 1].bytes.end as usize]
    }
}

/// Ruby over some items, shaped.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SetRuby {
    /// The items it stands over; they are on one line.
    pub items: Range<usize>,
    /// Its characters.
    pub text: String,
    /// Its type.
    pub run: Run,
    /// Its glyphs, from its start on the line's edge.
    pub glyphs: Vec<PlacedGlyph>,
    /// Its length along the line.
    pub length: Len,
}

/// The glyph of an emphasis dot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dot {
    /// Its type.
    pub run: Run,
    /// The glyph.
    pub glyph: u16,
    /// From the glyph's origin to the middle of its ink.
    pub middle: Point,
}

/// One glyph of a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlacedGlyph {
    /// Glyph index in the whole face.
    pub glyph: u16,
    /// From the run's origin to this glyph's origin; x to the right, y downwards.
    pub offset: Point,
    /// The characters it stands for, in the run's text; empty when an earlier glyph has them.
    pub text: Range<u32>,
}
