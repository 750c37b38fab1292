//! Set type: a justified line into runs of glyphs at places on the page.

use std::ops::Range;

use super::justify::{Justified, justify};
use super::linebreak::LineCut;
use super::prepare::PreparedPara;
use crate::color::Ink;
use crate::font::FaceIdx;
use crate::geom::Point;
use crate::unit::Len;

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

/// Glyphs of one face, size and ink on one line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GlyphRun {
    /// The face.
    pub face: FaceIdx,
    /// The type size.
    pub size: Len,
    /// What it is printed with.
    pub ink: Ink,
    /// Where its first pen stands: on the baseline.
    pub origin: Point,
    /// Its characters.
    pub text: String,
    /// Its glyphs, in text order.
    pub glyphs: Vec<PlacedGlyph>,
}

impl GlyphRun {
    /// Whether it puts anything on paper.
    pub fn prints(&self) -> bool {
        !self.glyphs.is_empty() && self.size.millipoints() > 0
    }
}

/// Sets a cut line with its measure starting at `start` on the baseline. `shift` says how far a
/// face at a size is lifted. Returns the runs, and how the line was justified.
pub fn set(
    para: &PreparedPara,
    cut: &LineCut,
    start: Point,
    shift: impl Fn(FaceIdx, Len) -> Len,
) -> (Vec<GlyphRun>, Justified) {
    let justified = justify(para, cut);
    let mut runs: Vec<GlyphRun> = Vec::new();
    let mut last = None;
    for (item, place) in para.items[cut.items.clone()].iter().zip(&justified.places) {
        let run = para.runs[item.run as usize];
        let pen = Point { x: start.x + *place, y: start.y - shift(run.face, run.size) };
        if last != Some(item.run) {
            last = Some(item.run);
            let (face, size, ink) = (run.face, run.size, run.ink);
            runs.push(GlyphRun { face, size, ink, origin: pen, text: String::new(), glyphs: Vec::new() });
        }
        let Some(set) = runs.last_mut() else { continue };
        let from = set.text.len() as u32;
        set.text.push_str(&para.text[item.bytes.start as usize..item.bytes.end as usize]);
        let whole = from..set.text.len() as u32;
        let glyphs = &para.glyphs[item.glyphs.start as usize..item.glyphs.end as usize];
        for (idx, glyph) in glyphs.iter().enumerate() {
            set.glyphs.push(PlacedGlyph {
                glyph: glyph.glyph,
                offset: Point { x: pen.x - set.origin.x + glyph.x, y: glyph.y },
                text: if idx == 0 { whole.clone() } else { whole.end..whole.end },
            });
        }
    }
    (runs, justified)
}
