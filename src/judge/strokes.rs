//! Rules, frames, bars and grounds against the press: ink and thickness.

use std::collections::BTreeSet;

use crate::color::Ink;
use crate::diag::Diagnostic;
use crate::model::edition::Condition;
use crate::page::set::{Rule, Stroke};
use crate::unit::Len;

/// Thinnest line in one ink (GWG2015, effective line width).
const THINNEST: Len = Len::centipoints(25);
/// Thinnest line in several inks, or left white in one (newsprint shop rules: colours do not
/// register closer).
const THINNEST_OF_SEVERAL: Len = Len::centipoints(50);

/// What of some grounds and rules a press cannot hold. `whose` says what they belong to.
pub(super) fn stroke_rules<'s>(
    grounds: impl Iterator<Item = &'s Stroke>,
    rules: impl Iterator<Item = &'s Rule>,
    whose: &str,
    condition: &Condition,
) -> Vec<Diagnostic> {
    // A dotted rule is thousands of strokes alike: each look is told once.
    let grounds = grounds.map(|ground| (ground.ink, ground.rect.width.min(ground.rect.height)));
    let looks: BTreeSet<(Ink, Len)> = grounds.chain(rules.map(|rule| (rule.ink(), rule.finest()))).collect();
    let heavy = looks.iter().map(|(ink, _)| ink.total()).filter(|total| *total > condition.ink_limit).max();
    let mut notes: Vec<Diagnostic> =
        heavy.map(|total| too_much_ink(whose, total, condition)).into_iter().collect();
    notes.extend(looks.into_iter().filter_map(|(ink, thickness)| too_thin(whose, ink, thickness)));
    notes
}

fn too_much_ink(whose: &str, total: u16, condition: &Condition) -> Diagnostic {
    let message = format!(
        "a bar or rule of {whose} takes {} % of ink, and {} % is the limit",
        total / 10,
        condition.ink_limit / 10
    );
    Diagnostic::unfit("NP-TAC-V", message).help("give it a lighter ink under `[inks]` of the layout")
}

fn too_thin(whose: &str, ink: Ink, thickness: Len) -> Option<Diagnostic> {
    let inks = super::inks_of(ink);
    if thickness < THINNEST {
        let message = format!("a rule of {whose} is {thickness} thick: newsprint holds {THINNEST} and more");
        let help = format!("give it a `weight` of {THINNEST} or more under `[rules]` of the layout");
        Some(Diagnostic::unfit("NP-LINE", message).help(help))
    } else if thickness < THINNEST_OF_SEVERAL && inks != 1 {
        let look = if inks == 0 { "left white".to_owned() } else { format!("printed in {inks} inks") };
        let message = format!("a rule of {whose} is {look} and {thickness} thick");
        let help = format!("give it one ink, or a `weight` of {THINNEST_OF_SEVERAL} or more");
        Some(Diagnostic::warning("NP-LINE-MC", message).help(help))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::Tint;

    #[test]
    fn a_line_is_judged_by_its_inks() {
        let line = |ink: Ink, hundredths: i64| {
            too_thin("`a`", ink, Len::centipoints(hundredths)).map(|note| note.code.0)
        };
        let blue = Ink::Cmyk([Tint(1000), Tint(600), Tint(0), Tint(0)]);
        assert_eq!(line(Ink::BLACK, 25), None);
        assert_eq!(line(Ink::BLACK, 24), Some("NP-LINE"));
        assert_eq!(line(blue, 49), Some("NP-LINE-MC"));
        assert_eq!(line(blue, 50), None);
        assert_eq!(line(Ink::PAPER, 40), Some("NP-LINE-MC"));
    }
}
