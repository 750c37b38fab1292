//! What was found: each thing once for each page, with how often and where first.

use std::collections::BTreeMap;

use super::bounds::MOST_FINDINGS;
use super::rules::{self, Rule, RuleId};
use crate::diag::Severity;
use crate::geom::Rect;

/// One thing to tell about a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// The rule, under the name that the checker has for it too.
    pub rule: RuleId,
    /// [`Severity::Error`], [`Severity::Warning`] or, for what was not looked into, [`Severity::Note`].
    pub severity: Severity,
    /// The page, from 1; none for the file as a whole.
    pub page: Option<u32>,
    /// Where on the page it was met first, from the trim's top left corner.
    pub place: Option<Rect>,
    /// What is wrong, with its numbers: one clause, lower case, no full stop.
    pub message: String,
    /// What to do about it.
    pub remedy: &'static str,
    /// How often it was met on this page.
    pub count: u32,
    /// Whether it is why the file was not read to its end.
    pub refused: bool,
}

/// Findings as they are made.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// The page that is being judged.
    pub(super) page: Option<u32>,
    found: Vec<Finding>,
    seen: BTreeMap<(RuleId, Option<u32>, Severity, String), usize>,
}

impl Findings {
    /// A finding of the rule's own severity on the current page.
    pub(super) fn add(&mut self, id: &'static str, message: impl Into<String>) {
        self.note(id, rule(id).severity, message.into(), None);
    }

    /// The same, at a place on it.
    pub(super) fn add_at(&mut self, id: &'static str, place: Option<Rect>, message: impl Into<String>) {
        self.note(id, rule(id).severity, message.into(), place);
    }

    /// A finding that is worth a look where the rule itself is an error.
    pub(super) fn warn(&mut self, id: &'static str, message: impl Into<String>) {
        self.note(id, Severity::Warning, message.into(), None);
    }

    /// The finding that ends the judging.
    pub(super) fn refuse(&mut self, id: &'static str, message: impl Into<String>) {
        self.page = None;
        let at = self.note(id, Severity::Error, message.into(), None);
        if let Some(finding) = at.and_then(|at| self.found.get_mut(at)) {
            finding.refused = true;
        }
    }

    fn note(
        &mut self,
        id: &'static str,
        severity: Severity,
        message: String,
        place: Option<Rect>,
    ) -> Option<usize> {
        let key = (RuleId(id), self.page, severity, message.clone());
        if let Some(at) = self.seen.get(&key) {
            self.found[*at].count = self.found[*at].count.saturating_add(1);
            return Some(*at);
        }
        if self.found.len() > MOST_FINDINGS {
            return None;
        }
        let at = self.found.len();
        self.found.push(Finding {
            rule: RuleId(id),
            severity,
            page: self.page,
            place,
            message,
            remedy: rule(id).remedy,
            count: 1,
            refused: false,
        });
        self.seen.insert(key, at);
        Some(at)
    }

    /// All of them: by page, errors first, notes last, then by rule, then as they were met.
    pub(super) fn sorted(mut self) -> Vec<Finding> {
        self.found.sort_by_key(|finding| (finding.page, std::cmp::Reverse(finding.severity), finding.rule));
        self.found
    }
}

fn rule(id: &'static str) -> &'static Rule {
    rules::rule(id).expect("every id that is reported stands in the table")
}
