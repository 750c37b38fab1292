//! Copyfitting: a story that does not fit its blocks, and the ladder of its house, into one that does,
//! or into the nearest to it, with the steps that were taken.

use super::fit::{Dropped, DroppedWhat, StepTaken};
use super::redraw::redrawn;
use super::story::{Part, SetStory, compose_story};
use crate::diag::{Checked, Diagnostic, any_error, any_unfit};
use crate::flow::exact::MOST_ROWS;
use crate::model::copyfit::{Fitting, Ladder, Step};
use crate::model::story::{Story, Text};
use crate::text::shape::Shapers;
use crate::unit::Em;

/// What characters are moved by at a time.
const TRACKING_STEP: i32 = 5;

/// A setting that was tried, and what came of it.
struct Tried {
    fitting: Fitting,
    set: Checked<SetStory>,
}

impl Tried {
    /// Whether the story prints so.
    fn fits(&self) -> bool {
        !any_error(&self.set.notes) && !any_unfit(&self.set.notes) && self.set.value.fit.fits()
    }

    /// Whether nothing is wrong with it but its length.
    fn is_sound(&self) -> bool {
        !any_error(&self.set.notes) && !self.set.notes.iter().any(is_unsound)
    }

    /// Rows it is over; rows it is short, negative.
    fn over(&self) -> i64 {
        let lines = &self.set.value.fit.lines;
        i64::from(lines.overset) - i64::from(lines.underset)
    }
}

/// Whether a note says that a page does not print, for another reason than its length.
fn is_unsound(note: &Diagnostic) -> bool {
    any_unfit(std::slice::from_ref(note)) && !matches!(note.code.0, "overset" | "underset" | "jump-short")
}

/// Composes a story over its parts, by the ladder of its first block if it does not fit as it is.
pub(super) fn fit_story(parts: &[Part<'_>], story: &Story, shapers: &Shapers<'_>) -> Checked<SetStory> {
    let Some(ladder) = parts[0].block.ladder.map(|idx| &parts[0].layout.ladders[idx]) else {
        return compose_story(parts, story, (&Fitting::default(), MOST_ROWS), shapers);
    };
    let desk = Desk { parts, story, shapers, ladder };
    let plain = desk.tried(Fitting::default());
    if plain.fits() || !plain.is_sound() {
        return plain.set;
    }
    let best = desk.climb(plain);
    let best = if best.fits() { desk.eased(best) } else { best };
    let steps = desk.steps(&best.fitting);
    let mut set = best.set;
    let fit = &mut set.value.fit;
    fit.steps = steps;
    if !fit.fits() {
        for note in set.notes.iter_mut().filter(|note| matches!(note.code.0, "overset" | "underset")) {
            let used = format!("the copyfit ladder `{}` is used up", ladder.name);
            note.help = Some(note.help.take().map_or_else(|| used.clone(), |help| format!("{help}; {used}")));
        }
    }
    set
}

/// A story to be fitted.
struct Desk<'a, 's> {
    parts: &'a [Part<'a>],
    story: &'a Story,
    shapers: &'a Shapers<'s>,
    ladder: &'a Ladder,
}

impl Desk<'_, '_> {
    /// Composes the story with some steps taken.
    fn tried(&self, fitting: Fitting) -> Tried {
        let (story, blocks) = redrawn(self.story, self.parts, &fitting);
        let parts: Vec<Part<'_>> =
            self.parts.iter().zip(&blocks).map(|(part, block)| Part { block, ..*part }).collect();
        let lines = self.ladder.steps.iter().find_map(|step| match step {
            Step::Lines(rows) => Some(*rows),
            _ => None,
        });
        let mut set = compose_story(&parts, &story, (&fitting, lines.unwrap_or(0)), self.shapers);
        set.value.fit.chars_input = self.story.chars();
        set.value.fit.dropped.extend(dropped(self.story, &fitting));
        Tried { fitting, set }
    }

    /// Takes the steps of a ladder in their order until the story fits. What is left out is left out
    /// in turn, and the milder steps before it are tried anew each time.
    fn climb(&self, plain: Tried) -> Tried {
        let mut best = plain;
        for (place, step) in self.ladder.steps.iter().enumerate() {
            if best.fits() {
                return best;
            }
            if !matches!(step, Step::Deck | Step::Optional | Step::Cuts) {
                best = self.stepped(best, *step);
                continue;
            }
            while let Some(next) = self.without_more(&best.fitting, *step).filter(|_| best.over() > 0) {
                let mut shorter = self.tried(next);
                for mild in &self.ladder.steps[..place] {
                    if !shorter.fits() {
                        shorter = self.stepped(shorter, *mild);
                    }
                }
                best = shorter;
                if best.fits() {
                    return best;
                }
            }
        }
        best
    }

    /// The best that a step makes of a setting, at the least of it that does.
    fn stepped(&self, from: Tried, step: Step) -> Tried {
        let over = from.over() > 0;
        let mut best = from;
        for next in settings(&best.fitting, step, over) {
            let tried = self.tried(next);
            // A step that goes too far is no help: what comes after it takes smaller ones.
            let nearer = tried.over().abs() < best.over().abs() && (tried.over() > 0) == over;
            if tried.is_sound() && (tried.fits() || nearer) {
                best = tried;
            }
            if best.fits() {
                break;
            }
        }
        best
    }

    /// A setting without the next of what a step leaves out.
    fn without_more(&self, fitting: &Fitting, step: Step) -> Option<Fitting> {
        let mut next =
            Fitting { no_deck: fitting.no_deck, left_out: fitting.left_out.clone(), ..Fitting::default() };
        match step {
            Step::Deck => {
                (!next.no_deck && !self.story.deck.text.is_empty()).then_some(())?;
                next.no_deck = true;
            }
            _ => {
                let of_step = |cut: u16| if step == Step::Optional { cut == 0 } else { cut > 0 };
                let left = self.story.spare.iter().filter(|spare| of_step(spare.cut));
                let left = left.filter(|spare| !next.left_out.contains(&spare.para));
                let goes = left.max_by_key(|spare| (spare.cut, spare.para))?;
                next.left_out.insert(goes.para);
            }
        }
        Some(next)
    }

    /// A setting that fits, without those of its steps that it fits without.
    fn eased(&self, best: Tried) -> Tried {
        let mut best = best;
        let easings: [fn(&mut Fitting); 5] = [
            |fitting| fitting.pictures = 0,
            |fitting| (fitting.headline, fitting.head_rows) = (0, 0),
            |fitting| fitting.head_rows = 0,
            |fitting| fitting.white = 0,
            |fitting| fitting.tracking = Em(0),
        ];
        for ease in easings {
            let mut fitting = best.fitting.clone();
            ease(&mut fitting);
            if fitting != best.fitting {
                let tried = self.tried(fitting);
                if tried.fits() {
                    best = tried;
                }
            }
        }
        best
    }

    /// The steps of a setting, in the order of the ladder, each with what it changed.
    fn steps(&self, fitting: &Fitting) -> Vec<StepTaken> {
        let mut so_far = Fitting::default();
        let mut before = self.tried(so_far.clone());
        let mut steps = Vec::new();
        for step in &self.ladder.steps {
            let amount = match step {
                Step::Tracking(_) => {
                    so_far.tracking = fitting.tracking;
                    format!("{} em", Signed(fitting.tracking.0))
                }
                Step::White(_) => {
                    so_far.white = fitting.white;
                    format!("{} rows at each subhead", fitting.white)
                }
                Step::HeadRows(_) if fitting.headline == 0 => {
                    so_far.head_rows = fitting.head_rows;
                    format!("{:+} rows", fitting.head_rows)
                }
                Step::Headline(_) if fitting.headline > 0 => {
                    (so_far.head_rows, so_far.headline) = (fitting.head_rows, fitting.headline);
                    format!("{:+} rows", fitting.head_rows)
                }
                Step::Pictures(_) => {
                    so_far.pictures = fitting.pictures;
                    format!("{:+} rows each", fitting.pictures)
                }
                Step::Deck => {
                    so_far.no_deck = fitting.no_deck;
                    "left out".to_owned()
                }
                Step::Optional | Step::Cuts => {
                    let cuts = |cut: u16| (*step == Step::Cuts) == (cut > 0);
                    let paras = self.story.spare.iter().filter(|spare| cuts(spare.cut));
                    let out: Vec<usize> = paras
                        .map(|spare| spare.para)
                        .filter(|para| fitting.left_out.contains(para))
                        .collect();
                    so_far.left_out.extend(&out);
                    format!("{} paragraphs left out", out.len())
                }
                Step::Lines(_) => {
                    let lines = self.tried(fitting.clone()).set.value.fit.lines;
                    let rows = i64::from(lines.taken_in) - i64::from(lines.driven_out);
                    if rows != 0 {
                        let amount = "paragraphs a line tighter or wider".to_owned();
                        steps.push(StepTaken { step: *step, amount, rows, chars: 0 });
                    }
                    continue;
                }
                Step::HeadRows(_) | Step::Headline(_) | Step::Jump => continue,
            };
            if so_far == before.fitting {
                continue;
            }
            let after = self.tried(so_far.clone());
            let rows = before.over() - after.over();
            let chars = chars_dropped(&after) - chars_dropped(&before);
            steps.push(StepTaken { step: *step, amount, rows, chars });
            before = after;
        }
        steps
    }
}

fn chars_dropped(tried: &Tried) -> u32 {
    tried.set.value.fit.dropped.iter().map(|dropped| dropped.chars).sum()
}

/// The settings that a step may make of one, from the mildest on.
fn settings(from: &Fitting, step: Step, over: bool) -> Vec<Fitting> {
    let sign = if over { -1 } else { 1 };
    let upto = |most: u16| (1..=i16::try_from(most).unwrap_or(i16::MAX)).map(move |by| by * sign);
    match step {
        Step::Tracking(most) => (1..=most.0 / TRACKING_STEP)
            .map(|by| Fitting { tracking: Em(by * TRACKING_STEP * i32::from(sign)), ..from.clone() })
            .collect(),
        // There is no white at a subhead that could be taken away.
        Step::White(_) if over => Vec::new(),
        Step::White(most) => (1..=most).map(|white| Fitting { white, ..from.clone() }).collect(),
        Step::HeadRows(most) => upto(most).map(|head_rows| Fitting { head_rows, ..from.clone() }).collect(),
        Step::Headline(most) => upto(HEADLINE_ROWS)
            .map(|head_rows| Fitting { head_rows, headline: most, ..from.clone() })
            .collect(),
        Step::Pictures(most) => upto(most).map(|pictures| Fitting { pictures, ..from.clone() }).collect(),
        Step::Lines(_) | Step::Deck | Step::Optional | Step::Cuts | Step::Jump => Vec::new(),
    }
}

/// Most rows that a heading of another size is higher or lower.
const HEADLINE_ROWS: u16 = 6;

/// What a setting leaves out of a story.
fn dropped(story: &Story, fitting: &Fitting) -> Vec<Dropped> {
    let dropped = |what: DroppedWhat, rule: &'static str, text: &Text| Dropped {
        what,
        rule,
        chars: text.chars(),
        text: text.text.clone(),
    };
    let deck = fitting.no_deck.then(|| dropped(DroppedWhat::Deck, "deck", &story.deck.text));
    let paras = fitting.left_out.iter().map(|para| {
        let cut = story.spare.iter().any(|spare| spare.para == *para && spare.cut > 0);
        let rule = if cut { "cut" } else { "optional" };
        dropped(DroppedWhat::Paragraph(*para), rule, &story.paras[*para].text)
    });
    deck.into_iter().chain(paras).collect()
}

/// Thousandths with their sign, as a decimal.
struct Signed(i32);

impl std::fmt::Display for Signed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { '-' } else { '+' };
        let size = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:03}", size / 1000, size % 1000)
    }
}
