//! Type against the press: size, ink, and what it stands on.

use crate::color::{Ink, Tint};
use crate::diag::Diagnostic;
use crate::font::Face;
use crate::geom::Rect;
use crate::model::edition::Condition;
use crate::page::set::{Stroke, TextLine};
use crate::text::run::GlyphRun;
use crate::unit::{Em, Len};

/// Smallest type in one solid ink (GWG2015 newspaper variants; national shops ask the same).
const SMALLEST: Len = Len::pt(6);
/// Smallest type in a tint: its edge is made of dots (newsprint shop rules).
const SMALLEST_TINT: Len = Len::pt(8);
/// Below this, dark type is in black alone (GWG2015, small text).
const SMALL: Len = Len::pt(12);
/// Smallest type left white in black (newsprint shop rules),
const SMALLEST_REVERSED: Len = Len::pt(8);
/// and in colours, or with strokes as thin as those of 宋: half a millimetre of misregister closes
/// them (GB/T on newspaper quality: colour register within 0.5 mm).
const SMALLEST_REVERSED_THIN: Len = Len::pt(10);

/// Black from which type counts as black with other inks under it, and the sum from which three
/// inks count as dark, in tenths of a percent: as the checker has them.
const BLACK_ENOUGH: u16 = 840;
const DARK: u16 = 1800;

/// What type is judged by: the condition, the faces, and what it stands on.
pub(super) struct Ground<'a> {
    /// Bars, tints and the like under the type, back to front.
    pub(super) strokes: &'a [Stroke],
    /// The faces of the edition.
    pub(super) faces: &'a [Face],
    /// The printing condition.
    pub(super) condition: &'a Condition,
    /// The trimmed page.
    pub(super) trim: Rect,
}

/// What of some lines a press cannot hold; what many lines share is told once.
pub(super) fn type_rules<'l>(lines: impl Iterator<Item = &'l TextLine>, on: &Ground<'_>) -> Vec<Diagnostic> {
    let mut kinds: Vec<(Fault, &TextLine, usize)> = Vec::new();
    for line in lines {
        for fault in faults(line, on) {
            match kinds.iter_mut().find(|(known, _, _)| *known == fault) {
                Some((_, _, count)) => *count += 1,
                None => kinds.push((fault, line, 1)),
            }
        }
    }
    kinds.into_iter().map(|(fault, line, count)| fault.told(line, count, on.condition)).collect()
}

/// What is wrong with a run of type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fault {
    Small { size: Len, least: Len },
    Reversed { size: Len, least: Len, inks: usize },
    Invisible,
    RichBlack { size: Len, inks: usize },
    ManyInks { size: Len, inks: usize },
    Heavy { total: u16 },
    OverTrim,
}

fn faults(line: &TextLine, on: &Ground<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for run in line.runs.iter().chain(&line.beside).filter(|run| run.prints() && !run.text.trim().is_empty())
    {
        let under = on.strokes.iter().rfind(|stroke| stroke.rect.overlaps(line.rect));
        let under = under.map_or(Ink::PAPER, |stroke| stroke.ink);
        faults.extend(reversed(run, under, on.faces).or_else(|| small(run)));
        faults.extend(inks(run));
        if run.ink.total() > on.condition.ink_limit {
            faults.push(Fault::Heavy { total: run.ink.total() });
        }
        if !on.trim.holds(inked(run)) {
            faults.push(Fault::OverTrim);
        }
    }
    faults.dedup();
    faults
}

fn small(run: &GlyphRun) -> Option<Fault> {
    let solid = matches!(run.ink, Ink::Spot(_, Tint::SOLID)) || run.ink.process().contains(&Tint::SOLID.0);
    let least = if solid { SMALLEST } else { SMALLEST_TINT };
    (run.size < least).then_some(Fault::Small { size: run.size, least })
}

/// Type left white (反白), which is seen by what it stands on.
fn reversed(run: &GlyphRun, under: Ink, faces: &[Face]) -> Option<Fault> {
    if run.ink.total() > 0 {
        return None;
    }
    if under.total() == 0 {
        return Some(Fault::Invisible);
    }
    let face = faces.get(usize::from(run.face.0));
    let thin = face.is_some_and(|face| face.metrics().has_thin_strokes());
    let inks = super::inks_of(under);
    let least = if thin || inks > 1 { SMALLEST_REVERSED_THIN } else { SMALLEST_REVERSED };
    (run.size < least).then_some(Fault::Reversed { size: run.size, least, inks })
}

fn inks(run: &GlyphRun) -> Option<Fault> {
    let inks = super::inks_of(run.ink);
    if run.size >= SMALL || inks < 2 {
        return None;
    }
    let dark = run.ink.process()[3] > BLACK_ENOUGH || (inks >= 3 && run.ink.total() > DARK);
    match (dark, inks) {
        (true, _) => Some(Fault::RichBlack { size: run.size, inks }),
        (false, 3..) => Some(Fault::ManyInks { size: run.size, inks }),
        (false, _) => None,
    }
}

/// The em boxes of a run's glyphs, near enough for a knife: ideographs stand 0.88 em over the baseline.
fn inked(run: &GlyphRun) -> Rect {
    let last = run.glyphs.iter().map(|glyph| glyph.offset.x).max().unwrap_or(Len::ZERO);
    Rect::new(run.origin.x, run.origin.y - Em(880).at(run.size), last + run.size, run.size)
}

impl Fault {
    fn told(self, line: &TextLine, count: usize, condition: &Condition) -> Diagnostic {
        let what = match count {
            1 => format!("`{}`", line.text),
            2 => format!("`{}` and one more line", line.text),
            _ => format!("`{}` and {} more lines", line.text, count - 1),
        };
        let larger = |least: Len| format!("set it in {least} or larger: `size` in the layout");
        match self {
            Self::Small { size, least } => Diagnostic::unfit(
                "NP-TXT-MIN",
                format!("{what}: type of {size}, and newsprint holds {least} and more"),
            )
            .help(larger(least)),
            Self::Reversed { size, least, inks } => Diagnostic::warning(
                "NP-TXT-REV",
                format!("{what}: type of {size} left white in {inks} {} closes up", plural(inks)),
            )
            .help(format!("{}, in a face without thin strokes, or out of black alone", larger(least))),
            Self::Invisible => Diagnostic::unfit("NP-INVIS", format!("{what}: white type on bare paper"))
                .help("give its style an `ink`, or the block something dark under it"),
            Self::RichBlack { size, inks } => Diagnostic::unfit(
                "NP-K-TEXT",
                format!("{what}: dark type of {size} in {inks} inks, which never register"),
            )
            .help("print it with the ink `black`"),
            Self::ManyInks { size, inks } => Diagnostic::warning(
                "NP-K-TEXT-C",
                format!("{what}: type of {size} in {inks} inks, which never register"),
            )
            .help(format!("give it an ink of one or two plates, or {SMALL} and more")),
            Self::Heavy { total } => Diagnostic::unfit(
                "NP-TAC-V",
                format!("{what}: {} % of ink, and {} % is the limit", total / 10, condition.ink_limit / 10),
            )
            .help("print it with a lighter ink of the layout"),
            Self::OverTrim => Diagnostic::unfit("NP-SAFE", format!("{what}: the knife cuts through it"))
                .help("move it inside the trimmed page"),
        }
    }
}

fn plural(inks: usize) -> &'static str {
    if inks == 1 { "ink" } else { "inks" }
}
