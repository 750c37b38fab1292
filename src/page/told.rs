//! What a desk hears about a story's fit.

use super::fit::StoryFit;
use super::story::Part;
use crate::diag::Diagnostic;
use crate::flow::jump::Break;

/// What a desk hears about a story's fit.
pub(super) fn fit_notes(parts: &[Part<'_>], fit: &StoryFit) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    let layout = parts[0].layout;
    let at = |note: Diagnostic| note.at(parts[0].block.typed.clone());
    if let Some(remedy) = fit.remedy() {
        let note = if fit.lines.overset > 0 {
            Diagnostic::unfit("overset", format!("`{}` has more text than room", fit.id))
        } else {
            Diagnostic::unfit("underset", format!("`{}` leaves room empty", fit.id))
        };
        notes.push(at(note.help(remedy)));
    }
    notes.extend(jump_notes(parts, fit).into_iter().map(at));
    if fit.too_loose {
        let note = Diagnostic::unfit(
            "line-broken",
            format!("a line of `{}` cannot be set within the rules", fit.id),
        );
        notes.push(at(note.help("a wider measure, or a break in a word that is longer than the line")));
    }
    for line in &fit.loose {
        let note = Diagnostic::warning(
            "line-loose",
            format!("a line of `{}` is opened to {} em a gap: {}", fit.id, Thousandths(line.gap), line.text),
        );
        notes.push(at(note.help("a word more or less in the paragraph mends it")));
    }
    if let Some(head) = &fit.head {
        let (least, most) = layout.head_fill;
        if !(least..=most).contains(&head.fill) {
            notes.push(at(Diagnostic::warning(
                "head-fill",
                format!(
                    "the headline of `{}` fills {}.{} % of its width",
                    fit.id,
                    head.fill / 10,
                    head.fill % 10
                ),
            )
            .help(format!(
                "{} to {} % looks right: change its `size`, its breaks or its block",
                least / 10,
                most / 10
            ))));
        }
    }
    notes
}

/// What a jump should be and is not.
fn jump_notes(parts: &[Part<'_>], fit: &StoryFit) -> Vec<Diagnostic> {
    let (Some(jump), Some(style)) = (&fit.jump, &parts[0].layout.jump) else { return Vec::new() };
    let mut notes = Vec::new();
    let (before, after) = (u32::from(style.rows_before), u32::from(style.rows_after));
    let to = &jump.to;
    for (rows, least, side) in [(jump.rows_before, before, "before"), (jump.rows_after, after, "after")] {
        if rows < least {
            notes.push(
                Diagnostic::unfit(
                    "jump-short",
                    format!("`{}` jumps to {to} with {rows} rows of text {side} the break, and {least} are the least", fit.id),
                )
                .help("move rows from one of its blocks to the other, or set all of it on one page"),
            );
        }
    }
    if jump.breaks == Break::AtParagraph {
        notes.push(
            Diagnostic::warning(
                "jump-at-end",
                format!("`{}` jumps to {to} where a paragraph ends: it looks finished", fit.id),
            )
            .help("a row more or fewer in its first block, or a line more or less of text, moves the break"),
        );
    }
    notes
}

/// A count of thousandths, shown as a decimal.
struct Thousandths(i32);

impl std::fmt::Display for Thousandths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{:03}", self.0 / 1000, self.0 % 1000)
    }
}
