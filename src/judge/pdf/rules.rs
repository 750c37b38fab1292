//! The rules by name: how much each matters, what it says, what to do, and where it is from.
//!
//! Names are those of the checker in `tests/judge/`. `NP-…` are the rules of newsprint; all others
//! are of ISO 15930. Two of them are told by numbers that the bytes alone do not have: `NP-TAC-R`
//! and `NP-TAC-P` are judged here from photographs and from what overprints plain areas, and by
//! the checker from the rendered page. `NOT-READ` is no rule of anybody's: it says what was not
//! looked into, so that silence always means that nothing was found.

mod press;
mod standard;

use std::fmt;

use super::Standard;
use crate::diag::Severity;

/// The name of a rule, such as `COL-01`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct RuleId(pub &'static str);

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

/// One rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rule {
    /// Its name.
    pub id: RuleId,
    /// What it is when broken, where a finding does not say otherwise.
    pub severity: Severity,
    /// Whom it binds.
    pub levels: Levels,
    /// What must be so: one line.
    pub statement: &'static str,
    /// What to do when it is not.
    pub remedy: &'static str,
    /// Where it is from.
    pub source: &'static str,
}

/// Which levels a rule binds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Levels {
    /// Every level.
    All,
    /// PDF/X-1a:2001 and 2003.
    X1a,
    /// PDF/X-4.
    X4,
}

impl Levels {
    /// Whether `standard` is among them.
    pub fn hold(self, standard: Standard) -> bool {
        match self {
            Self::All => true,
            Self::X1a => standard.is_x1a(),
            Self::X4 => !standard.is_x1a(),
        }
    }

    /// For people: `all`, `x1a` or `x4`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::X1a => "x1a",
            Self::X4 => "x4",
        }
    }
}

const fn note(id: &'static str, statement: &'static str, remedy: &'static str, source: &'static str) -> Rule {
    Rule { id: RuleId(id), severity: Severity::Note, levels: Levels::All, statement, remedy, source }
}

/// Every rule, those of the standard first.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    standard::RULES.iter().chain(press::RULES)
}

/// The rule of that name.
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.id.0 == id)
}

const fn error(
    id: &'static str,
    levels: Levels,
    statement: &'static str,
    remedy: &'static str,
    source: &'static str,
) -> Rule {
    Rule { id: RuleId(id), severity: Severity::Error, levels, statement, remedy, source }
}

const fn warning(
    id: &'static str,
    levels: Levels,
    statement: &'static str,
    remedy: &'static str,
    source: &'static str,
) -> Rule {
    Rule { id: RuleId(id), severity: Severity::Warning, levels, statement, remedy, source }
}
