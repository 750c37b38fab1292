//! Set type: a justified line into runs of glyphs at places on the page.

use super::justify::{Justified, justify};
use super::linebreak::LineCut;
pub use super::para::PlacedGlyph;
use super::para::{PreparedPara, Run, SetRuby};
use super::stretch::MIDDLE;
use crate::color::Ink;
use crate::font::FaceIdx;
use crate::geom::{Axis, Point, Turn};
use crate::unit::{Em, Len};

/// Glyphs of one face, size and ink on one line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GlyphRun {
    /// The face.
    pub face: FaceIdx,
    /// The type size.
    pub size: Len,
    /// What it is printed with.
    pub ink: Ink,
    /// How its glyphs are turned.
    pub turn: Turn,
    /// Where its first pen stands: on the baseline, or on the middle of a vertical line.
    pub origin: Point,
    /// Its characters.
    pub text: String,
    /// Its glyphs, in text order.
    pub glyphs: Vec<PlacedGlyph>,
}

impl GlyphRun {
    fn empty(run: Run, origin: Point) -> Self {
        let Run { face, size, ink, turn, .. } = run;
        Self { face, size, ink, turn, origin, text: String::new(), glyphs: Vec::new() }
    }

    /// Whether it puts anything on paper.
    pub fn prints(&self) -> bool {
        !self.glyphs.is_empty() && self.size.millipoints() > 0
    }
}

/// A line as it is printed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SetType {
    /// Its characters.
    pub runs: Vec<GlyphRun>,
    /// Ruby and emphasis dots beside them.
    pub beside: Vec<GlyphRun>,
    /// How it was justified.
    pub justified: Justified,
}

/// From the em box of a line to the middle of an emphasis dot beside it, as a share of the size.
const DOT_APART: Em = Em(170);

/// Sets a cut line with its measure starting at `start`: on the baseline, or on the middle of a
/// vertical line. `shift` says how far a face at a size is lifted.
pub fn set(para: &PreparedPara, cut: &LineCut, start: Point, shift: impl Fn(FaceIdx, Len) -> Len) -> SetType {
    let justified = justify(para, cut);
    let mut runs: Vec<GlyphRun> = Vec::new();
    let mut last = None;
    for (item, place) in para.items[cut.items.clone()].iter().zip(&justified.places) {
        let run = para.runs[item.run as usize];
        let lifted = match (para.axis, run.turn) {
            (Axis::Vertical, Turn::Upright) => run.raise,
            _ => run.raise + shift(run.face, run.size),
        };
        let pen = start.moved(para.axis.offset(*place, -lifted));
        if last != Some(item.run) {
            last = Some(item.run);
            let mut empty = GlyphRun::empty(run, pen);
            empty.glyphs.reserve(cut.items.len());
            runs.push(empty);
        }
        let Some(set) = runs.last_mut() else { continue };
        let from = set.text.len() as u32;
        set.text.push_str(&para.text[item.bytes.start as usize..item.bytes.end as usize]);
        let whole = from..set.text.len() as u32;
        let glyphs = &para.glyphs[item.glyphs.start as usize..item.glyphs.end as usize];
        for (idx, glyph) in glyphs.iter().enumerate() {
            set.glyphs.push(PlacedGlyph {
                glyph: glyph.glyph,
                offset: Point { x: pen.x - set.origin.x, y: pen.y - set.origin.y }.moved(glyph.at),
                text: if idx == 0 { whole.clone() } else { whole.end..whole.end },
            });
        }
    }
    if let (Some(set), Some(hyphen)) = (runs.last_mut(), hyphen(para, cut)) {
        let last = cut.items.end - 1;
        let place = justified.places[last - cut.items.start] + para.items[last].advance;
        let from = match para.axis {
            Axis::Horizontal => set.origin.x - start.x,
            Axis::Vertical => set.origin.y - start.y,
        };
        let aside = if set.turn == Turn::Clockwise { MIDDLE.at(set.size) } else { Len::ZERO };
        let offset = para.axis.offset(place - from, aside);
        let end = set.text.len() as u32;
        set.glyphs.push(PlacedGlyph { glyph: hyphen, offset, text: end..end });
    }
    let mut beside: Vec<GlyphRun> =
        rubies(para, cut).map(|ruby| set_ruby(para, ruby, cut, &justified, start)).collect();
    beside.extend(dots(para, cut, &justified, start));
    SetType { runs, beside, justified }
}

/// The hyphen that a line ends with and the text does not have.
fn hyphen(para: &PreparedPara, cut: &LineCut) -> Option<u16> {
    para.gaps[cut.items.end - 1].hyphen.filter(|_| cut.items.end < para.items.len())
}

/// The ruby that stands over items of a line.
fn rubies<'p>(para: &'p PreparedPara, cut: &LineCut) -> impl Iterator<Item = &'p SetRuby> {
    let upto = |item: usize| para.rubies.partition_point(|ruby| ruby.items.start < item);
    para.rubies[upto(cut.items.start)..upto(cut.items.end)].iter()
}

/// Ruby stands over the middle of its characters, on the upper or right edge of their em box.
fn set_ruby(
    para: &PreparedPara,
    ruby: &SetRuby,
    cut: &LineCut,
    justified: &Justified,
    start: Point,
) -> GlyphRun {
    let place = |item: usize| justified.places[item - cut.items.start];
    let last = ruby.items.end.min(cut.items.end) - 1;
    let end = place(last) + para.items[last].advance;
    let along = (place(ruby.items.start) + end - ruby.length).half();
    let across = match para.axis {
        Axis::Horizontal => -Em(880).at(para.size) - Em(120).at(ruby.run.size),
        Axis::Vertical => -(para.size + ruby.run.size).half(),
    };
    GlyphRun {
        text: ruby.text.clone(),
        glyphs: ruby.glyphs.clone(),
        ..GlyphRun::empty(ruby.run, start.moved(para.axis.offset(along, across)))
    }
}

/// Emphasis dots stand under the characters, or right of a vertical line (CLREQ 2024-03, 3.3.2).
fn dots(para: &PreparedPara, cut: &LineCut, justified: &Justified, start: Point) -> Option<GlyphRun> {
    let dot = para.dot?;
    let across = match para.axis {
        Axis::Horizontal => (Em(120) + DOT_APART).at(para.size),
        Axis::Vertical => -(Em::HALF + DOT_APART).at(para.size),
    };
    let items = para.items[cut.items.clone()].iter().zip(&justified.places);
    let glyphs = items.filter(|(item, _)| item.dotted).map(|(item, place)| {
        let middle = para.axis.offset(*place + item.advance.half(), across);
        let offset = Point { x: middle.x - dot.middle.x, y: middle.y - dot.middle.y };
        PlacedGlyph { glyph: dot.glyph, offset, text: 0..0 }
    });
    let run = GlyphRun { glyphs: glyphs.collect(), ..GlyphRun::empty(dot.run, start) };
    (!run.glyphs.is_empty()).then_some(run)
}
