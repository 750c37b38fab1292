//! One story and what a step of the ladder makes of it.

use crate::diag::{Checked, Diagnostic, any_error, any_unfit};
use crate::model::copyfit::{Fitting, Step};
use crate::model::story::{Story, Text};
use crate::page::fit::{Dropped, DroppedWhat};
use crate::page::redraw::redrawn;
use crate::page::story::{Part, SetStory, compose_story};
use crate::text::shape::Shapers;
use crate::unit::Em;

/// What characters are moved by at a time.
const TRACKING_STEP: i32 = 5;

/// Most rows that a heading of another size is higher or lower.
const HEADLINE_ROWS: u16 = 6;

/// A setting that was tried, and what came of it.
#[derive(Clone)]
pub(super) struct Tried {
    pub(super) fitting: Fitting,
    pub(super) set: Checked<SetStory>,
}

impl Tried {
    /// Whether the story prints so.
    pub(super) fn fits(&self) -> bool {
        !any_error(&self.set.notes) && !any_unfit(&self.set.notes) && self.set.value.fit.fits()
    }

    /// Whether nothing is wrong with it but its length.
    pub(super) fn is_sound(&self) -> bool {
        !any_error(&self.set.notes) && !self.set.notes.iter().any(is_unsound)
    }

    /// Whether another setting may make it print.
    pub(super) fn is_open(&self) -> bool {
        self.is_sound() && !self.fits()
    }

    /// Whether the rows of its heading are others than before and its headline's size is not: that is
    /// white, of which `head-rows` says how much there may be.
    pub(super) fn is_only_white(&self, before: &Tried) -> bool {
        let size = |tried: &Tried| tried.set.value.fit.head.map(|head| head.size);
        size(self) == size(before) && self.over() != before.over()
    }

    /// Rows it is over; rows it is short, negative.
    pub(super) fn over(&self) -> i64 {
        let lines = &self.set.value.fit.lines;
        i64::from(lines.overset) - i64::from(lines.underset)
    }
}

/// Whether a note says that a page does not print, for another reason than its length.
fn is_unsound(note: &Diagnostic) -> bool {
    let of_length = ["overset", "underset", "jump-short", "jump-room"];
    any_unfit(std::slice::from_ref(note)) && !of_length.contains(&note.code.0)
}

/// A story to be fitted.
pub(super) struct Desk<'a, 's> {
    pub(super) parts: &'a [Part<'a>],
    pub(super) story: &'a Story,
    pub(super) shapers: &'a Shapers<'s>,
}

impl Desk<'_, '_> {
    /// Composes the story with some steps taken.
    pub(super) fn tried(&self, fitting: Fitting) -> Tried {
        let (story, blocks) = redrawn(self.story, self.parts, &fitting);
        let parts: Vec<Part<'_>> =
            self.parts.iter().zip(&blocks).map(|(part, block)| Part { block, ..*part }).collect();
        let mut set = compose_story(&parts, &story, &fitting, self.shapers);
        set.value.fit.chars_input = self.story.chars();
        set.value.fit.dropped.extend(dropped(self.story, &fitting));
        Tried { fitting, set }
    }

    /// A setting as it is before the step of the headline's size; none before another step.
    pub(super) fn before(&self, from: &Tried, step: Step) -> Option<Tried> {
        let of_size = matches!(step, Step::Headline(_));
        of_size.then(|| match from.fitting.headline {
            0 => from.clone(),
            _ => self.tried(from.fitting.without(step)),
        })
    }

    /// The best that a step makes of a setting, at the least of it that does.
    pub(super) fn stepped(&self, from: Tried, step: Step) -> Tried {
        if let Step::Lines(lines) = step {
            // What comes after it may bring the story near enough.
            let tried = self.tried(Fitting { lines, ..from.fitting.clone() });
            return if tried.is_sound() { tried } else { from };
        }
        let over = from.over() > 0;
        let before = self.before(&from, step);
        let mut best = from;
        for next in settings(&best.fitting, step, over) {
            let tried = self.tried(next);
            // A step that goes too far is no help: what comes after it takes smaller ones.
            let nearer = tried.over().abs() < best.over().abs() && (tried.over() > 0) == over;
            let white = before.as_ref().is_some_and(|before| tried.is_only_white(before));
            if tried.is_sound() && !white && (tried.fits() || nearer) {
                best = tried;
            }
            if best.fits() {
                break;
            }
        }
        best
    }

    /// A setting without the next of what a step leaves out.
    pub(super) fn without_more(&self, fitting: &Fitting, step: Step) -> Option<Fitting> {
        let mut next = fitting.clone();
        match step {
            Step::Deck => {
                (!next.no_deck && !self.story.deck.text.is_empty()).then_some(())?;
                next.no_deck = true;
            }
            Step::Summary => {
                (!next.no_summary && !self.story.summary.is_empty()).then_some(())?;
                next.no_summary = true;
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
}

/// The settings that a step may make of one, from the mildest on.
pub(super) fn settings(from: &Fitting, step: Step, over: bool) -> Vec<Fitting> {
    let sign = if over { -1 } else { 1 };
    let upto = |most: u16| (1..=i16::try_from(most).unwrap_or(i16::MAX)).map(move |by| by * sign);
    match step {
        Step::Tracking(most) => (1..=most.0 / TRACKING_STEP)
            .map(|by| Fitting { tracking: Em(by * TRACKING_STEP * i32::from(sign)), ..from.clone() })
            .collect(),
        Step::White(most) => upto(most).map(|white| Fitting { white, ..from.clone() }).collect(),
        Step::HeadRows(most) => upto(most).map(|head_rows| Fitting { head_rows, ..from.clone() }).collect(),
        Step::Headline(most) => upto(HEADLINE_ROWS)
            .map(|head_rows| Fitting { head_rows, headline: most, ..from.clone() })
            .collect(),
        Step::Pictures(most) => upto(most).map(|pictures| Fitting { pictures, ..from.clone() }).collect(),
        Step::Lines(_) | Step::Deck | Step::Summary | Step::Optional | Step::Cuts | Step::Jump => Vec::new(),
    }
}

/// What a setting leaves out of a story.
fn dropped(story: &Story, fitting: &Fitting) -> Vec<Dropped> {
    let dropped = |what: DroppedWhat, rule: &'static str, text: &Text| Dropped {
        what,
        rule,
        chars: text.chars(),
        text: text.text.clone(),
    };
    let deck = fitting.no_deck.then(|| dropped(DroppedWhat::Deck, "deck", &story.deck.text));
    let summary = fitting.no_summary.then(|| {
        let points = || story.summary.iter().map(|point| &point.text);
        let chars = points().map(Text::chars).sum();
        let text = points().map(|text| text.text.as_str()).collect::<Vec<_>>().join("\n");
        Dropped { what: DroppedWhat::Summary, rule: "summary", chars, text }
    });
    let paras = fitting.left_out.iter().map(|para| {
        let cut = story.spare.iter().any(|spare| spare.para == *para && spare.cut > 0);
        let rule = if cut { "cut" } else { "optional" };
        dropped(DroppedWhat::Paragraph(*para), rule, &story.paras[*para].text)
    });
    deck.into_iter().chain(summary).chain(paras).collect()
}
