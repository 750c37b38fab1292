//! One edition on its way through the stages: the paper's own, or that of a zone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use super::cache::Key;
use super::inputs::{Inputs, InputsKey};
use super::kept::{self, Kept};
use super::measure::measure;
use super::outbox::Outbox;
use super::photographs::{self, Darkroom};
use super::sheets::{Context, bind, fits, sheets};
use super::{Finished, Judged, Made, MadePage, Make, Proof, Request, Stage, advertisements, stem};
use crate::diag::{Diagnostic, any_error};
use crate::files::Files;
use crate::font::Face;
use crate::judge::sheet::{page_rules, story_rules};
use crate::model::edition::Edition;
use crate::model::plan::PagePlan;
use crate::output::Intent;
use crate::output::changes::Change;
use crate::page::compose::compose;
use crate::page::offers::settle_jumps;
use crate::picture::Press;
use crate::text::shape::Shapers;

/// Pages in work at a time, for each thread: so many pages' photographs are in memory.
const PAGES_A_THREAD: usize = 4;

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
    variables: Vec<(String, String)>,
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

/// What all editions of a job share.
pub(super) struct Shop<'a> {
    pub(super) files: &'a dyn Files,
    pub(super) request: &'a Request,
    /// Where pages go as they are done; none if they stay in memory.
    pub(super) outbox: Option<&'a Outbox>,
    pub(super) faces: &'a [Face],
    pub(super) shapers: &'a Shapers<'a>,
    pub(super) progress: Mutex<Progress<'a>>,
    /// The deflated profile and what the cache knows it by.
    pub(super) intent: OnceLock<(Intent, Key)>,
    /// Everything of the condition that decides what a picture becomes, as a digest.
    pub(super) condition: OnceLock<[u8; 32]>,
    /// The profiles that photographs are converted by.
    pub(super) press: OnceLock<Option<Press>>,
}

/// How many pages are done.
pub(super) struct Progress<'a> {
    pub(super) finished: &'a mut Finished<'a>,
    pub(super) done: usize,
    pub(super) of: usize,
}

/// What came of one page.
pub(super) struct Done {
    /// What there is to say, in order.
    pub(super) notes: Vec<Diagnostic>,
    /// What of it is in its report.
    pub(super) judged: Judged,
    /// The page, unless something is wrong with the input.
    pub(super) page: Option<MadePage>,
}

impl Shop<'_> {
    /// A stage is finished.
    pub(super) fn finished(&self, stage: Stage) {
        let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        (progress.finished)(stage);
    }

    /// A page is done.
    pub(super) fn page_done(&self) {
        let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        progress.done += 1;
        let stage = Stage::Page { done: progress.done, of: progress.of };
        (progress.finished)(stage);
    }

    /// Makes the wanted pages of an issue, and its bound PDF if that is asked for. `edition` becomes
    /// the issue's; keys of the cache that were of use are added to `used`.
    pub(super) fn issue(
        &self,
        edition: &mut Edition,
        issue: &Issue,
        used: &mut Vec<Key>,
        made: &mut Made,
    ) -> Option<Vec<u8>> {
        edition.pages.clone_from(&issue.pages);
        edition.variables.clone_from(&issue.variables);
        let bound = self.request.make == Make::Bound && !issue.wanted.is_empty();
        let mut needed: BTreeSet<usize> =
            issue.wanted.iter().flat_map(|page| edition.joined(*page)).collect();
        if bound {
            needed = (0..issue.pages.len()).collect();
        }
        let inputs = Inputs::read(self.files, edition, self.faces, &needed, &made.sources);
        let keys: BTreeMap<usize, InputsKey> =
            issue.wanted.iter().map(|page| (*page, inputs.key(edition, *page, &made.sources))).collect();
        let mut done = BTreeMap::new();
        if self.request.make == Make::Pages {
            for (page, kept) in self.kept(issue, &keys, made) {
                used.extend(&kept.pictures);
                used.push(kept::key(&keys[&page]));
                done.insert(page, as_before(kept, issue, page));
            }
            made.kept += done.len();
        }
        self.finished(Stage::Compare);
        if !bound {
            let fresh = issue.wanted.iter().filter(|page| !done.contains_key(*page));
            needed = fresh.flat_map(|page| edition.joined(*page)).collect();
        }
        // What is composed together is an edition of its own.
        edition.pages = needed.iter().map(|page| issue.pages[*page].clone()).collect();
        let fresh = |page: usize| issue.wanted.contains(&page) && !done.contains_key(&page);
        measure(self.files, edition);
        let jumps = settle_jumps(edition, self.shapers);
        let mut proofs = self.proofs(edition, &needed, |page| bound || fresh(page));
        self.finished(Stage::Compose);
        let advertisements = advertisements::read(self.files, edition, &mut proofs);
        let size = if bound { proofs.len() } else { PAGES_A_THREAD * rayon::current_num_threads() };
        let mut broken = any_error(&made.notes);
        let mut whole = None;
        while !proofs.is_empty() {
            let mut batch: Vec<Proof> = proofs.drain(..size.min(proofs.len())).collect();
            let darkroom = Darkroom {
                files: self.files,
                edition,
                cache: &self.request.cache,
                inputs: &inputs,
                condition: *self.condition.get_or_init(|| photographs::condition_digest(&edition.condition)),
                press: &self.press,
            };
            // The profile is deflated while the photographs are converted: neither needs the other.
            let intent = || self.intent.get_or_init(|| self.request.cache.intent(&edition.condition));
            let (photographs, (intent, profile)) =
                rayon::join(|| photographs::convert(&darkroom, &mut batch), intent);
            used.extend(&photographs.keys);
            used.push(*profile);
            made.photographs.0 += photographs.pictures.len() - photographs.kept;
            made.photographs.1 += photographs.kept;
            self.finished(Stage::Photographs);
            let context = Context {
                shop: self,
                issue,
                edition,
                photographs: &photographs,
                advertisements: &advertisements,
                intent,
                keys: &keys,
                sources: &made.sources,
                jumps: &jumps,
            };
            let (sheeted, margins) = sheets(&context, &mut batch, &mut broken);
            if bound && !broken && batch.iter().all(fits) {
                match bind(&context, &batch, &margins) {
                    Ok(pdf) => whole = Some(pdf),
                    Err(note) => made.notes.push(note),
                }
            }
            used.extend(sheeted.keys().filter_map(|page| keys.get(page)).map(kept::key));
            done.extend(sheeted);
            self.finished(Stage::Write);
        }
        for (_, Done { notes, judged, page }) in done {
            made.notes.extend(notes);
            made.judged.push(judged);
            made.pages.extend(page);
        }
        whole
    }

    /// The wanted pages that lie in the folder as they should.
    fn kept(&self, issue: &Issue, keys: &BTreeMap<usize, InputsKey>, made: &Made) -> Vec<(usize, Kept)> {
        let Some(outbox) = self.outbox else { return Vec::new() };
        let find = |(page, key): (&usize, &InputsKey)| {
            let name = stem(issue.zone.as_deref(), &issue.pages[*page].id);
            let kept = kept::find(&self.request.cache, key, outbox, &name, &made.sources)?;
            self.page_done();
            Some((*page, kept))
        };
        keys.par_iter().filter_map(find).collect()
    }

    /// Composes and judges the pages of an edition, and goes on with those that are `fresh`.
    fn proofs(
        &self,
        edition: &Edition,
        places: &BTreeSet<usize>,
        fresh: impl Fn(usize) -> bool,
    ) -> Vec<Proof> {
        let (mut pages, mut findings) = (Vec::new(), Vec::new());
        for (checked, plan) in compose(edition, self.shapers).into_iter().zip(&edition.pages) {
            let mut noted = checked.notes;
            noted.extend(page_rules(&checked.value.page, plan, edition, self.faces, &noted));
            pages.push(checked.value);
            findings.push(noted);
        }
        for (page, note) in story_rules(edition, &pages, &findings) {
            findings[page].push(note);
        }
        let pages = pages.into_iter().zip(findings).zip(places).enumerate();
        pages
            .filter(|(_, (_, place))| fresh(**place))
            .map(|(plan, ((composed, findings), place))| Proof { plan, place: *place, composed, findings })
            .collect()
    }
}

/// A page that need not be built again.
fn as_before(kept: Kept, issue: &Issue, page: usize) -> Done {
    let id = issue.pages[page].id.clone();
    Done {
        notes: [kept.beside, kept.judged.notes.clone()].concat(),
        judged: kept.judged,
        page: Some(MadePage {
            id,
            zone: issue.zone.clone(),
            status: kept.status,
            pdf: None,
            draft: None,
            fit: String::new(),
            map: None,
            printed: Some(kept.printed),
            change: Some(Change::AsBefore),
        }),
    }
}
