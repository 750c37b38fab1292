//! The editions of a job, the paper's own and those of its zones, and which pages of each are made.

use std::collections::BTreeSet;

use super::{Request, stem};
use crate::diag::Diagnostic;
use crate::model::edition::Edition;
use crate::model::plan::PagePlan;

/// An edition, or that of a zone, and what of it is to be made.
pub(super) struct Issue {
    /// Its place among the issues of a job.
    pub(super) nth: usize,
    /// The zone; none for the edition itself.
    pub(super) zone: Option<String>,
    /// All its pages, shared ones too.
    pub(super) pages: Vec<PagePlan>,
    /// Which of them are made here, by place.
    pub(super) wanted: BTreeSet<usize>,
    /// Which of them are its own, by place; the others are the edition's.
    pub(super) own: BTreeSet<usize>,
    /// Its values for folio lines, by name.
    pub(super) variables: Vec<(String, String)>,
}

/// The edition and its zones, with the pages that were asked for.
pub(super) fn issues(edition: &Edition, request: &Request, notes: &mut Vec<Diagnostic>) -> Vec<Issue> {
    let mut issues = vec![Issue {
        nth: 0,
        zone: None,
        pages: edition.pages.clone(),
        wanted: BTreeSet::new(),
        own: (0..edition.pages.len()).collect(),
        variables: edition.variables.clone(),
    }];
    for zone in &edition.zones {
        let own = |plan: &PagePlan| zone.pages.iter().find(|own| own.id == plan.id);
        let pages = edition.pages.iter();
        issues.push(Issue {
            nth: issues.len(),
            zone: Some(zone.id.clone()),
            pages: pages.clone().map(|plan| own(plan).unwrap_or(plan).clone()).collect(),
            wanted: BTreeSet::new(),
            own: pages.enumerate().filter(|(_, plan)| own(plan).is_some()).map(|(place, _)| place).collect(),
            variables: zone.variables.clone(),
        });
    }
    let mut known = BTreeSet::new();
    for issue in &mut issues {
        // The two pages of a spread are made together, whichever is asked for.
        let names = |place: usize| {
            let pages = issue.pages[place].entries().into_iter();
            pages.flat_map(|page| [stem(issue.zone.as_deref(), &page.id), page.id]).collect::<Vec<_>>()
        };
        known.extend(issue.own.iter().flat_map(|place| names(*place)));
        let asked = |place: &usize| {
            request.only.is_empty() || names(*place).iter().any(|name| request.only.contains(name))
        };
        issue.wanted = issue.own.iter().copied().filter(asked).collect();
    }
    for id in request.only.iter().filter(|id| !known.contains(*id)) {
        let pages: Vec<&str> = edition.contents.iter().map(|page| page.id.as_str()).collect();
        notes.push(
            Diagnostic::error("page-unknown", format!("the edition has no page `{id}`"))
                .help(format!("its pages: {}", pages.join(", "))),
        );
    }
    issues
}
