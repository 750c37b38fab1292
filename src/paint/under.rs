//! What lies under type and rules: whether black may print on top of it.
//!
//! Black that overprints adds its ink to the colour under it. Where a picture or ground is dark the
//! two would be more than the press holds; there black clears the other plates instead (镂空). Black
//! ink under it does not count: one plate never has more than a solid.

use crate::color::{Ink, Tint};
use crate::geom::Rect;
use crate::geom::polygon::Polygon;
use crate::page::set::{ComposedPage, Rule};
use crate::picture::{Peaks, Picture};
use crate::text::run::GlyphRun;
use crate::unit::Len;

/// As near to a rule as this, what touches it is under it: a plate has no parts of a dot, so the
/// edges of two neighbours share one (PDF Reference 1.4, 6.5.4). Ten dots of a coarse plate.
const SHARED_EDGE: Len = Len::centipoints(25);

/// Grounds and pictures of a page that have colour in them.
pub(super) struct Under<'a> {
    grounds: Vec<(Rect, u16)>,
    pictures: Vec<Place<'a>>,
    limit: u16,
}

/// A picture at its place, cut out along its shape, if it has one.
struct Place<'a> {
    rect: Rect,
    shape: Option<&'a Polygon>,
    peaks: &'a Peaks,
}

impl Place<'_> {
    /// The most colour it has under a rectangle.
    fn under(&self, over: Rect) -> u16 {
        match self.shape {
            Some(shape) if !shape.overlaps(over) => 0,
            _ => self.peaks.under(self.rect, over),
        }
    }
}

impl<'a> Under<'a> {
    /// Of a page and its pictures in reading order. `limit` is the most ink in one place, in
    /// tenths of a percent.
    pub(super) fn new(page: &'a ComposedPage, pictures: &'a [Picture], limit: u16) -> Self {
        let grounds = page.blocks.iter().flat_map(|block| &block.grounds).chain(&page.grounds);
        let grounds = grounds.map(|ground| (ground.rect, ground.ink.colour()));
        let places = page.pictured().zip(pictures);
        let pictures = places.map(|((rect, shape), picture)| Place { rect, shape, peaks: &picture.peaks });
        Self { grounds: grounds.collect(), pictures: pictures.collect(), limit }
    }

    /// What a rule is printed with. One along the edge of a picture lies on it: their edges share
    /// the dots of the plate.
    /// Where one strip of an ornament has to clear what lies under it, all of it does.
    pub(super) fn of_rule(&self, rule: &Rule) -> Ink {
        let ink = rule.ink();
        let settled = rule.areas().iter().map(|area| self.settled(ink, area.grown(SHARED_EDGE)));
        settled.fold(ink, |all, own| if own == ink { all } else { own })
    }

    /// What a run of type on the line `line` is printed with.
    pub(super) fn of_run(&self, run: &GlyphRun, line: Rect) -> Ink {
        self.settled(run.ink, reach(run, line))
    }

    /// On top of the other plates, or clearing them.
    fn settled(&self, ink: Ink, over: Rect) -> Ink {
        if ink != Ink::BLACK {
            return ink;
        }
        let grounds = self.grounds.iter().filter(|(rect, _)| rect.overlaps(over)).map(|(_, colour)| *colour);
        let pictures = self.pictures.iter().map(|place| place.under(over));
        let colour = grounds.chain(pictures).max().unwrap_or(0);
        if colour.saturating_add(Tint::SOLID.0) > self.limit { Ink::CLEARED_BLACK } else { ink }
    }
}

/// As much of a line as a run's glyphs may reach: from two ems before its first pen to two after its
/// last (no glyph is wider than a dash of two), all of it if that is not known.
fn reach(run: &GlyphRun, line: Rect) -> Rect {
    let pens = run.glyphs.iter().map(|glyph| run.origin.moved(glyph.offset));
    let (across, down): (Vec<Len>, Vec<Len>) = pens.map(|pen| (pen.x, pen.y)).unzip();
    let two_ems = run.size.times(2);
    let part = |pens: &[Len], from: Len, to: Len| {
        let low = pens.iter().copied().fold(to, Len::min) - two_ems;
        let high = pens.iter().copied().fold(from, Len::max) + two_ems;
        if pens.is_empty() { (from, to) } else { (low.max(from), high.min(to)) }
    };
    let (left, right) = part(&across, line.x, line.right());
    let (top, bottom) = part(&down, line.y, line.bottom());
    Rect::new(left, top, (right - left).max(Len::ZERO), (bottom - top).max(Len::ZERO))
}
