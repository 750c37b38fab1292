//! The rules of the press that a page is judged by, and how much a house makes of each.

use crate::diag::{Diagnostic, Severity};

/// The rules that a layout may settle, ascending. Their names are those of the checker of PDFs and
/// of `duikai preflight FILE.pdf`; `docs/messages.md` explains each.
///
/// Some rules of print need no place here, because a page cannot break them: white and tints never
/// overprint (`Ink::overlay`), every page of an edition has the layout's trim, and a character without
/// a glyph is an error of the input.
pub const RULES: [&str; 21] = [
    "FONT-17",
    "NP-ALL",
    "NP-BLEED",
    "NP-EMPTY",
    "NP-INVIS",
    "NP-K-TEXT",
    "NP-K-TEXT-C",
    "NP-LINE",
    "NP-LINE-MC",
    "NP-OVP-K",
    "NP-PPI",
    "NP-PPI-1BIT",
    "NP-PPI-HI",
    "NP-PPI-W",
    "NP-SAFE",
    "NP-SPOT",
    "NP-TAC-P",
    "NP-TAC-V",
    "NP-TRIM",
    "NP-TXT-MIN",
    "NP-TXT-REV",
];

/// What a house makes of a rule that is broken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Nothing.
    Off,
    /// It is worth a look; the page prints.
    Warning,
    /// The page does not print; and what is an error of the input stays one.
    Error,
}

/// A house's own verdicts; a rule without one keeps its usual severity.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Preflight {
    /// Rules of [`RULES`] and what is made of them.
    pub verdicts: Vec<(&'static str, Verdict)>,
}

impl Preflight {
    /// A finding as the house takes it: as it is, milder, graver, or not at all.
    pub fn settle(&self, note: Diagnostic) -> Option<Diagnostic> {
        settle(&self.verdicts, note)
    }
}

/// A finding by the verdicts of a house on the rules that it names; another finding as it is.
pub(super) fn settle(verdicts: &[(&'static str, Verdict)], mut note: Diagnostic) -> Option<Diagnostic> {
    let own = verdicts.iter().find(|(rule, _)| *rule == note.code.0);
    match own.map(|(_, verdict)| verdict) {
        None => {}
        Some(Verdict::Off) => return None,
        Some(Verdict::Warning) => note.severity = Severity::Warning,
        Some(Verdict::Error) => note.severity = note.severity.max(Severity::Unfit),
    }
    Some(note)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_house_settles_what_it_names_and_nothing_else() {
        let preflight = Preflight {
            verdicts: vec![
                ("NP-LINE", Verdict::Off),
                ("NP-PPI", Verdict::Warning),
                ("NP-SAFE", Verdict::Error),
                ("NP-SPOT", Verdict::Error),
            ],
        };
        let settled = |note: Diagnostic| preflight.settle(note).map(|note| note.severity);
        assert_eq!(settled(Diagnostic::unfit("NP-LINE", "thin")), None);
        assert_eq!(settled(Diagnostic::unfit("NP-PPI", "coarse")), Some(Severity::Warning));
        assert_eq!(settled(Diagnostic::warning("NP-SAFE", "over")), Some(Severity::Unfit));
        assert_eq!(settled(Diagnostic::error("NP-SPOT", "spot")), Some(Severity::Error));
        assert_eq!(settled(Diagnostic::error("text-lost", "lost")), Some(Severity::Error));
    }

    #[test]
    fn rules_stand_once_and_in_order() {
        assert!(RULES.is_sorted_by(|before, after| before < after));
    }
}
