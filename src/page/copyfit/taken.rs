//! The steps of a setting as they are reported: each with what it changed, in rows and characters.

use super::desk::{Desk, Tried};
use crate::model::copyfit::{Fitting, Step};
use crate::page::fit::StepTaken;
use crate::page::redraw::picture_rows;

impl Desk<'_, '_> {
    /// The steps of a setting, in the order of the ladder. What paragraphs set tighter or wider come to
    /// is counted last of all, so that the rows of the steps add up.
    pub(super) fn taken(&self, best: &Tried, steps: &[Step], alike: &[Step]) -> Vec<StepTaken> {
        let fitting = &best.fitting;
        let mut so_far = Fitting::default();
        if *fitting == so_far {
            return Vec::new();
        }
        let mut before = self.tried(so_far.clone());
        let mut taken = Vec::new();
        for step in steps {
            if matches!(step, Step::Lines(_)) {
                let lines = best.set.value.fit.lines;
                let rows = i64::from(lines.taken_in) - i64::from(lines.driven_out);
                if rows != 0 && !taken.iter().any(|own: &StepTaken| matches!(own.step, Step::Lines(_))) {
                    let amount = "paragraphs a line tighter or wider".to_owned();
                    taken.push(StepTaken { step: *step, amount, rows, chars: 0 });
                }
                continue;
            }
            self.take(&mut so_far, fitting, *step);
            if so_far == before.fitting {
                continue;
            }
            let after = self.tried(so_far.clone());
            let mut amount = self.amount(&before.fitting, &so_far, *step);
            if alike.contains(step) {
                amount.push_str(", as all of its group");
            }
            let rows = before.over() - after.over();
            let chars = chars_dropped(&after).saturating_sub(chars_dropped(&before));
            taken.push(StepTaken { step: *step, amount, rows, chars });
            before = after;
        }
        taken
    }

    /// Does to a setting what a step did to another.
    fn take(&self, so_far: &mut Fitting, fitting: &Fitting, step: Step) {
        match step {
            Step::Tracking(_) => so_far.tracking = fitting.tracking,
            Step::White(_) => so_far.white = fitting.white,
            Step::HeadRows(_) if fitting.headline == 0 => so_far.head_rows = fitting.head_rows,
            Step::Headline(_) if fitting.headline > 0 => {
                (so_far.head_rows, so_far.headline) = (fitting.head_rows, fitting.headline);
            }
            Step::Pictures(_) => so_far.pictures = fitting.pictures,
            Step::Deck => so_far.no_deck = fitting.no_deck,
            Step::Summary => so_far.no_summary = fitting.no_summary,
            Step::Optional | Step::Cuts => so_far.left_out.extend(self.left_out(fitting, step)),
            Step::HeadRows(_) | Step::Headline(_) | Step::Lines(_) | Step::Jump => {}
        }
    }

    /// The paragraphs that a setting leaves out by a step.
    fn left_out(&self, fitting: &Fitting, step: Step) -> Vec<usize> {
        let of_step = |cut: u16| (step == Step::Cuts) == (cut > 0);
        let spare = self.story.spare.iter().filter(|spare| of_step(spare.cut));
        spare.map(|spare| spare.para).filter(|para| fitting.left_out.contains(para)).collect()
    }

    /// How far a step was taken, in words.
    fn amount(&self, before: &Fitting, after: &Fitting, step: Step) -> String {
        match step {
            Step::Tracking(_) => format!("{} em", Signed(after.tracking.0)),
            Step::White(_) => format!("{} at each subhead", Rows(after.white.into())),
            Step::HeadRows(_) | Step::Headline(_) => Rows(after.head_rows.into()).to_string(),
            Step::Pictures(_) => {
                let moved = picture_rows(self.story, self.parts, after.pictures);
                if moved.iter().all(|(_, rows)| *rows == i32::from(after.pictures)) {
                    return format!("{} each", Rows(after.pictures.into()));
                }
                let moved = moved.iter().filter(|(_, rows)| *rows != 0);
                let named: Vec<String> = moved.map(|(id, rows)| format!("`{id}` {}", Rows(*rows))).collect();
                named.join(", ")
            }
            Step::Optional | Step::Cuts => {
                let out = after.left_out.len() - before.left_out.len();
                format!("{out} {} left out", if out == 1 { "paragraph" } else { "paragraphs" })
            }
            Step::Lines(_) | Step::Deck | Step::Summary | Step::Jump => "left out".to_owned(),
        }
    }
}

fn chars_dropped(tried: &Tried) -> u32 {
    tried.set.value.fit.dropped.iter().map(|dropped| dropped.chars).sum()
}

/// Rows with their sign.
struct Rows(i32);

impl std::fmt::Display for Rows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let word = if self.0.abs() == 1 { "row" } else { "rows" };
        write!(f, "{:+} {word}", self.0)
    }
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
