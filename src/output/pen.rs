//! Glyph positions in, pen movements out.
//!
//! A run starts where it stands on the page and moves by the advances that the font dictionary
//! states (whole thousandths of an em) plus corrections in tenths of such a thousandth. Each
//! correction is reckoned from where the pen will be, so that rounding never adds up. The pen of a
//! turned run moves down the page; upright glyphs of a vertical line are each put down anew.

use super::frame::Frame;
use super::subset::{Subset, text_of};
use crate::geom::{Point, Turn};
use crate::paint::display::{GlyphRun, PlacedGlyph};
use crate::unit::Len;

/// One step of setting a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Step {
    /// Put the pen down at x, y in thousandths of a point from the sheet's bottom left corner, to
    /// show glyphs turned so.
    Move(i64, i64, Turn),
    /// Show glyphs.
    Show(Vec<Shown>),
    /// The glyphs up to [`Step::End`] stand for this text, whatever they stand for elsewhere.
    Mean(String),
    /// The end of what [`Step::Mean`] began.
    End,
}

/// A glyph to show.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Shown {
    /// Its code in the subset.
    pub(super) code: u16,
    /// How much closer than its advance the next one comes, in ten-thousandths of an em.
    pub(super) tighten: i64,
}

/// Sets a run that prints in its face's subset.
pub(super) fn set(run: &GlyphRun, subset: &Subset, frame: Frame) -> Vec<Step> {
    let size = run.size.millipoints();
    let placed: Vec<Placed> = run.glyphs.iter().map(|glyph| Placed::new(glyph, run, subset, frame)).collect();
    let mut steps = Vec::new();
    // Where the pen was put down, and how far it is from there in ten-thousandths of an em.
    let (mut start, mut pen) = (Len::ZERO, 0);
    let mut line = None;
    let mut at = 0;
    while at < placed.len() {
        let end = at + passage(run, at);
        let meaning = meaning(run, subset, &placed[at..end], at);
        let means = meaning.is_some();
        steps.extend(meaning.map(Step::Mean));
        for (index, glyph) in placed.iter().enumerate().take(end).skip(at) {
            if line != Some(glyph.across) {
                let (x, y) = glyph.at;
                steps.push(Step::Move(x, y, run.turn));
                (start, pen, line) = (glyph.along, 0, Some(glyph.across));
            }
            let natural = pen + i64::from(subset.width(glyph.code)) * 10;
            pen = match placed.get(index + 1) {
                Some(next) if next.across == glyph.across => em_tenths(next.along - start, size),
                _ => natural,
            };
            let shown = Shown { code: glyph.code, tighten: natural - pen };
            match steps.last_mut() {
                Some(Step::Show(glyphs)) => glyphs.push(shown),
                _ => steps.push(Step::Show(vec![shown])),
            }
        }
        if means {
            steps.push(Step::End);
        }
        at = end;
    }
    steps
}

/// A glyph of a run as the PDF will place it.
struct Placed {
    code: u16,
    /// Where it stands, in thousandths of a point.
    at: (i64, i64),
    /// Where it stands across the way of the pen, likewise.
    across: i64,
    /// How far along the way of the pen it is.
    along: Len,
}

impl Placed {
    fn new(glyph: &PlacedGlyph, run: &GlyphRun, subset: &Subset, frame: Frame) -> Self {
        let at = Point { x: run.origin.x + glyph.offset.x, y: run.origin.y + glyph.offset.y };
        let (x, y) = frame.point(at);
        let (across, along) = match run.turn {
            Turn::Upright => (y, at.x),
            Turn::Clockwise => (x, at.y),
        };
        Self { code: subset.code(glyph.glyph), at: (x, y), across, along }
    }
}

/// A length in ten-thousandths of an em of a size in thousandths of a point, rounded half up.
fn em_tenths(length: Len, size: i64) -> i64 {
    let (num, den) = (i128::from(length.units()) * 10_000_000, i128::from(size) * 12_700);
    i64::try_from((num * 2 + den).div_euclid(den * 2)).unwrap_or(i64::MAX)
}

/// How many glyphs from `at` on are one piece of text. Readers take the end of the last glyph for
/// the end of the piece; where that is a mark over its letter they would see a gap after it, so
/// the piece goes on to the next letter that stands alone.
fn passage(run: &GlyphRun, at: usize) -> usize {
    let mut len = cluster(run, at);
    let mut last = len;
    while last > 1 && at + len < run.glyphs.len() {
        last = cluster(run, at + len);
        len += last;
    }
    len
}

/// How many glyphs from `at` on stand for the same characters: one that has them and those after
/// it that have none.
fn cluster(run: &GlyphRun, at: usize) -> usize {
    1 + run.glyphs[at + 1..].iter().take_while(|glyph| glyph.text.is_empty()).count()
}

/// What a passage stands for, if readers would take its glyphs for something else.
fn meaning(run: &GlyphRun, subset: &Subset, passage: &[Placed], at: usize) -> Option<String> {
    match passage {
        [single] => {
            text_of(run, &run.glyphs[at]).filter(|text| subset.text(single.code) != *text).map(str::to_owned)
        }
        many => {
            Some(run.glyphs[at..].iter().take(many.len()).filter_map(|glyph| text_of(run, glyph)).collect())
        }
    }
}
