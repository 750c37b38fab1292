//! One edition on its way through the stages: the paper's own, or that of a zone.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::cache::Key;
use super::inputs::{Inputs, InputsKey};
use super::issue::Issue;
use super::kept::{self, Kept};
use super::measure::measure;
use super::photographs::{self, Darkroom};
use super::sheets::{bind, fits, sheets};
use super::shop::{Context, Done, Shop};
use super::{Made, MadePage, Make, Proof, Stage, advertisements, stem};
use crate::diag::{Diagnostic, any_error, any_unfit};
use crate::judge::form::form_errors;
use crate::judge::sheet::{page_rules, story_rules};
use crate::model::edition::Edition;
use crate::output::changes::Change;
use crate::page::compose::{Composed, compose};
use crate::page::offers::settle_jumps;

/// Pages in work at a time, for each thread: so many pages' photographs are in memory.
const PAGES_A_THREAD: usize = 8;

impl Shop<'_> {
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
        let judged =
            compose(edition, self.shapers).into_par_iter().zip(&edition.pages).map(|(checked, plan)| {
                let mut noted = checked.notes;
                noted.extend(page_rules(&checked.value.page, plan, edition, self.faces, &noted));
                (checked.value, noted)
            });
        let (pages, mut findings): (Vec<_>, Vec<_>) = judged.unzip();
        for (page, note) in story_rules(edition, &pages, &findings) {
            findings[page].push(note);
        }
        for (page, note) in held_back(edition, &pages, &findings) {
            findings[page].push(note);
        }
        let pages = pages.into_iter().zip(findings).zip(places).enumerate();
        pages
            .filter(|(_, (_, place))| fresh(**place))
            .map(|(plan, ((composed, findings), place))| {
                let own = &edition.pages[plan];
                let form_errors = form_errors(&composed.page, own, edition, edition.layout_of(own));
                Proof { plan, place: *place, composed, findings, form_errors }
            })
            .collect()
    }
}

/// What holds pages back that fit themselves: they share a story with a page that does not, and of that the
/// last good print stays. With a new print of theirs it would have lines twice, or lack some.
fn held_back(
    edition: &Edition,
    pages: &[Composed],
    findings: &[Vec<Diagnostic>],
) -> Vec<(usize, Diagnostic)> {
    let layout = &edition.layout;
    let settle = |note: &Diagnostic| {
        let settled = layout.preflight.settle(note.clone());
        settled.and_then(|note| layout.checks.settle(note))
    };
    let unfit = |(page, notes): (&Composed, &Vec<Diagnostic>)| {
        !page.fit.fits() || any_unfit(&notes.iter().filter_map(settle).collect::<Vec<_>>())
    };
    let mut stays: Vec<bool> = pages.iter().zip(findings).map(unfit).collect();
    let threads = edition.threads();
    let mut held = Vec::new();
    // A page that is held back holds those with which it shares another story.
    loop {
        let before = held.len();
        for thread in &threads {
            let Some(cause) = thread.blocks.iter().map(|at| at.page).find(|page| stays[*page]) else {
                continue;
            };
            for page in thread.blocks.iter().map(|at| at.page) {
                if std::mem::replace(&mut stays[page], true) {
                    continue;
                }
                let (own, other) = (&edition.pages[page], &edition.pages[cause].id);
                let story = &edition.stories[thread.story.0 as usize].id;
                let message = format!("`{story}` stands on page `{other}` too, which does not print");
                let note = Diagnostic::unfit("jump-held", message).at(own.typed.clone()).about(story);
                let help = format!(
                    "mend page `{other}`: the two print together, or lines are lost or printed twice"
                );
                held.push((page, note.help(help)));
            }
        }
        if held.len() == before {
            return held;
        }
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
            steps: Vec::new(),
            fit: String::new(),
            map: None,
            printed: Some(kept.printed),
            change: Some(Change::AsBefore),
        }),
    }
}
