//! Clusters of glyphs into items: boxes as wide as their ink's half or whole em, and the blank
//! beside it, which the gaps own.

use std::ops::Range;

use super::class::{Char, Class};
use super::para::{Glyph, Item, PreparedPara, Run};
use super::shape::{Cluster, Form, Run as Way, Shaped, ShapedGlyph, Shapers};
use super::spacing::{INTERPUNCT, Side, Sits};
use super::stretch::{MIDDLE, Stretch};
use crate::geom::{Axis, Point, Turn};
use crate::model::style::Language;
use crate::unit::{Em, Len};

/// Items in the making: the paragraph, and the two sides of each of its items.
pub(super) struct Bench<'a> {
    pub(super) para: PreparedPara,
    pub(super) sides: Vec<(Side, Side)>,
    pub(super) chars: &'a [Char],
    pub(super) language: Language,
}

/// Where the ink of a mark sits, and its blank before and after it.
struct Blank {
    sits: Sits,
    before: Len,
    after: Len,
}

impl Blank {
    const NONE: Self = Self { sits: Sits::Whole, before: Len::ZERO, after: Len::ZERO };
}

impl Bench<'_> {
    /// Adds a stretch, shaped.
    pub(super) fn push(&mut self, stretch: &Stretch, text: &str, shapers: &Shapers<'_>) {
        let shaped = shapers.shape(stretch.run.face, text, stretch.bytes.clone(), stretch.manner);
        let per_em = i64::from(shapers.units_per_em(stretch.run.face));
        if stretch.combined {
            self.push_combined(stretch, &shaped, per_em);
            return;
        }
        let run = self.run(stretch.run);
        for cluster in &shaped.clusters {
            let glyphs = shaped.glyphs_of(cluster);
            let class = self.class_at(cluster.bytes.start);
            let whole_em = i64::from(cluster.advance) == per_em;
            let is_mark = class.group().is_some() && stretch.manner.form == Form::Chinese;
            let fixed = self.fills_its_em(cluster.bytes.start);
            let blank = if class == Class::Mid || !is_mark || !whole_em || fixed {
                Blank::NONE
            } else {
                let ink = shapers.ink(stretch.run.face, glyphs, stretch.manner.run);
                blank(ink, per_em, stretch.run.size)
            };
            self.push_cluster((cluster, glyphs), class, blank, stretch, (run, per_em));
        }
    }

    /// One cluster, its box where its ink is.
    fn push_cluster(
        &mut self,
        (cluster, glyphs): (&Cluster, &[ShapedGlyph]),
        class: Class,
        mut blank: Blank,
        stretch: &Stretch,
        (run, per_em): (u32, i64),
    ) {
        let size = stretch.run.size;
        let scaled = |units: i32| size.scale(i64::from(units), per_em);
        let full = scaled(cluster.advance);
        let (mut advance, mut shift) = (full - blank.before - blank.after, -blank.before);
        if class == Class::Mid && stretch.manner.form == Form::Chinese {
            // Half an em whatever the face draws, its dot in the middle. In simplified Chinese that
            // is all it takes (CLREQ 3.1.6.1); elsewhere there is a quarter on each side.
            advance = INTERPUNCT.at(size);
            shift = (advance - full).half();
            let quarter = if self.language == Language::ZhHans { Len::ZERO } else { Em(250).at(size) };
            blank = Blank { sits: Sits::Middle, before: quarter, after: quarter };
        } else if class == Class::Space {
            advance = Len::ZERO;
            let ideographic = self.para.text[cluster.bytes.start as usize..].starts_with('\u{3000}');
            blank.sits = if ideographic { Sits::Middle } else { Sits::Whole };
        }
        let axis = self.para.axis;
        let glyphs = glyphs.iter().map(|glyph| {
            let (x, y) = (scaled(glyph.x), scaled(glyph.y));
            let at = match stretch.run.turn {
                Turn::Upright => Point { x, y: -y },
                Turn::Clockwise => Point { x: y - MIDDLE.at(size), y: x },
            };
            Glyph { glyph: glyph.glyph, at: at.moved(axis.offset(shift, Len::ZERO)) }
        });
        let start = self.para.glyphs.len() as u32;
        self.para.glyphs.extend(glyphs);
        self.push_item(cluster.bytes.clone(), start, class, advance, run);
        // Most clusters are one character.
        let Range { start: from, end: to } = cluster.bytes;
        let one = self.para.text[from as usize..to as usize].chars().nth(1).is_none();
        let last = if one { class } else { self.class_at(to - 1) };
        self.sides.push((
            Side { class, sits: blank.sits, blank: blank.before, size },
            Side { class: last, sits: blank.sits, blank: blank.after, size },
        ));
    }

    /// Digits side by side in one em, smaller if they are wider than that; to the space around
    /// them they are one ideograph.
    fn push_combined(&mut self, stretch: &Stretch, shaped: &Shaped, per_em: i64) {
        let em = stretch.run.size;
        let units: i32 = shaped.clusters.iter().map(|cluster| cluster.advance).sum();
        let size = if i64::from(units) > per_em { em.scale(per_em, i64::from(units)) } else { em };
        let scaled = |units: i32| size.scale(i64::from(units), per_em);
        let run = self.run(Run { size, ..stretch.run });
        let start = self.para.glyphs.len() as u32;
        let baseline = (em - size).half() + Em(880).at(size);
        let mut pen = -scaled(units).half();
        for cluster in &shaped.clusters {
            self.para.glyphs.extend(shaped.glyphs_of(cluster).iter().map(|glyph| Glyph {
                glyph: glyph.glyph,
                at: Point { x: pen + scaled(glyph.x), y: baseline - scaled(glyph.y) },
            }));
            pen += scaled(cluster.advance);
        }
        let class = self.class_at(stretch.bytes.start);
        self.push_item(stretch.bytes.clone(), start, class, em, run);
        self.sides.push((Side::solid(Class::Han, em), Side::solid(Class::Han, em)));
    }

    fn push_item(&mut self, bytes: Range<u32>, glyphs: u32, class: Class, advance: Len, run: u32) {
        let glyphs = glyphs..self.para.glyphs.len() as u32;
        self.para.items.push(Item { bytes, glyphs, class, advance, run, dotted: false });
    }

    /// Index of a run, added if the last one is another.
    fn run(&mut self, run: Run) -> u32 {
        if self.para.runs.last() != Some(&run) {
            self.para.runs.push(run);
        }
        self.para.runs.len() as u32 - 1
    }

    /// Whether a mark takes a whole em wherever its ink sits: ；？！ in vertical lines, in Chinese ：
    /// too (CLREQ 2024-03, 3.1.6.1; CSS Text 4, `text-spacing-trim`).
    fn fills_its_em(&self, byte: u32) -> bool {
        let mark = &self.para.text[byte as usize..];
        let chinese = matches!(self.language, Language::ZhHans | Language::ZhHant);
        self.para.axis == Axis::Vertical
            && (mark.starts_with(['；', '？', '！']) || chinese && mark.starts_with('：'))
    }

    /// Class of the character that holds a byte.
    fn class_at(&self, byte: u32) -> Class {
        self.chars[self.chars.partition_point(|char| char.byte <= byte) - 1].class
    }
}

/// Where ink along an em sits, and the blank beside it (after Blink's classification of marks by
/// their bounds). A mark whose ink passes the half or the middle half of its em has none to take.
fn blank(ink: Option<Range<i32>>, per_em: i64, size: Len) -> Blank {
    let Some(ink) = ink else { return Blank::NONE };
    let (start, end) = (i64::from(ink.start), i64::from(ink.end));
    let (half, quarter) = (Em::HALF.at(size), Em(250).at(size));
    if end * 2 <= per_em {
        Blank { sits: Sits::First, before: Len::ZERO, after: half }
    } else if start * 2 >= per_em {
        Blank { sits: Sits::Second, before: half, after: Len::ZERO }
    } else if start * 4 >= per_em && end * 4 <= per_em * 3 {
        Blank { sits: Sits::Middle, before: quarter, after: quarter }
    } else {
        Blank::NONE
    }
}

/// The way that a mark at the axis' own direction runs.
pub(super) fn way(axis: Axis) -> Way {
    match axis {
        Axis::Horizontal => Way::Across,
        Axis::Vertical => Way::Down,
    }
}
