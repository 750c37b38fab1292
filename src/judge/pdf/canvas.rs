//! A page while it is painted: where it is cut, what has been painted, and what lies under.

use super::colour::Inks;
use super::geometry::{Frame, MM};

/// Plain areas that are remembered: what overprints later is judged against them.
const MOST_GROUNDS: usize = 4_096;

/// Side of the square that ink is averaged over: 15 square millimetres
/// (GWG2015, total ink area coverage). The root of 15 is 3.873.
pub(super) const INK_SQUARE: f64 = 3.873 * MM;

/// A page while its content runs.
#[derive(Debug)]
pub(super) struct Canvas {
    pub(super) trim: Frame,
    /// Glyphs shown.
    pub(super) glyphs: u64,
    /// Things painted.
    pub(super) paints: u64,
    /// Areas of one ink, or of a picture's mean ink, the newest last.
    grounds: Vec<(Frame, Inks)>,
}

impl Canvas {
    pub(super) fn new(trim: Frame) -> Self {
        Self { trim, glyphs: 0, paints: 0, grounds: Vec::new() }
    }

    /// Whether anything of it stays on the page after cutting.
    pub(super) fn is_on_page(&self, frame: Frame) -> bool {
        frame.overlaps(self.trim)
    }

    /// Remembers an area that covers what lies under it. Small ones are not worth it.
    pub(super) fn cover(&mut self, frame: Frame, inks: Inks) {
        if frame.width().min(frame.height()) < INK_SQUARE {
            return;
        }
        if self.grounds.len() == MOST_GROUNDS {
            self.grounds.remove(0);
        }
        self.grounds.push((frame, inks));
    }

    /// How many areas are remembered: looking through them is work.
    pub(super) fn grounds(&self) -> usize {
        self.grounds.len()
    }

    /// What lies under the whole of a frame.
    pub(super) fn under(&self, frame: Frame) -> Option<&Inks> {
        self.grounds.iter().rev().find(|(ground, _)| ground.holds(frame)).map(|(_, inks)| inks)
    }
}
