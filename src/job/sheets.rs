//! Pages with their photographs into files: margins set, sheets judged, PDFs, reports and maps written.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use rayon::prelude::*;

use super::inputs::texts_of;
use super::issue::Issue;
use super::kept::{self, Built};
use super::outbox::Outbox;
use super::press::{self, Printed};
use super::readback::{Leaf, leaf, prove};
use super::shop::{Context, Done};
use super::{Judged, MadePage, Make, Proof, stem};
use crate::diag::{Diagnostic, any_error, any_unfit};
use crate::fingerprint::{hex, sha256_hex};
use crate::judge::sheet::sheet_rules;
use crate::model::edition::Level;
use crate::output::changes::Change;
use crate::output::fit::{FitAbout, Status};
use crate::output::map::PageAbout;
use crate::output::threads::{Thread, follow};
use crate::output::{self, Imprint};
use crate::page::fit::StoryFit;
use crate::page::reading::{self, Reading};
use crate::paint::build::{Makeready, Purpose, build};
use crate::paint::display::Sheet;
use crate::paint::marks::Margin;

/// Makes the wanted pages of a batch, by place, and the margins of all its pages. Once something is
/// wrong with the input, `broken`, no more files are made, but all is told.
pub(super) fn sheets(
    context: &Context<'_, '_>,
    batch: &mut [Proof],
    broken: &mut bool,
) -> (BTreeMap<usize, Done>, Vec<Margin>) {
    let layout = &context.edition.layout;
    let settle = |note| layout.preflight.settle(note).and_then(|note| layout.checks.settle(note));
    let settled = |notes: Vec<Diagnostic>| notes.into_iter().filter_map(settle);
    for proof in batch.iter_mut() {
        proof.findings = settled(mem::take(&mut proof.findings)).collect();
        *broken |= any_error(&proof.findings);
    }
    let of_page = |proof: &Proof| {
        let own = context.jumps.iter().filter(|(page, _)| *page == proof.plan);
        own.map(|(_, note)| note.clone()).collect()
    };
    let mut beside: Vec<Vec<Diagnostic>> = batch.iter().map(of_page).collect();
    let mut margins = Vec::new();
    if !*broken {
        margins = press::margins(context, batch, &mut beside);
        *broken |= beside.iter().any(|notes| any_error(notes));
    }
    let mut sheets = Vec::new();
    if !*broken {
        let judged = batch.par_iter_mut().enumerate().map(|(at, proof)| {
            let sheet = context.sheet(at, proof, &margins[at], Purpose::Print);
            proof.findings.extend(settled(sheet_rules(&sheet)));
            sheet
        });
        sheets = judged.collect();
        *broken |= batch.iter().any(|proof| any_error(&proof.findings));
    }
    let whole = !*broken;
    if whole && context.shop.request.make != Make::Check {
        output::fetch_outlines(&sheets, context.shop.faces);
    }
    let one = |(at, (proof, beside)): (usize, (&Proof, Vec<Diagnostic>))| {
        let page = &context.edition.pages[proof.plan].id;
        let judged = Judged {
            page: stem(context.issue.zone.as_deref(), page),
            notes: proof.findings.clone(),
            form_errors: proof.form_errors,
        };
        let mut done = Done { notes: [beside, proof.findings.clone()].concat(), judged, page: None };
        if whole {
            match make_page(context, at, (proof, &sheets[at]), &margins[at], &done) {
                Ok(page) => done.page = Some(page),
                Err(note) => done.notes.push(note),
            }
        }
        context.shop.page_done();
        (proof.place, done)
    };
    let wanted = |place: usize| context.issue.wanted.contains(&place);
    let pages: Vec<_> =
        batch.iter().zip(beside).enumerate().filter(|(_, (proof, _))| wanted(proof.place)).collect();
    let made: Vec<(usize, Done)> = pages.into_par_iter().map(one).collect();
    *broken |= made.iter().any(|(_, done)| any_error(&done.notes));
    (made.into_iter().collect(), margins)
}

/// The pages of a batch as one PDF.
pub(super) fn bind(
    context: &Context<'_, '_>,
    batch: &[Proof],
    margins: &[Margin],
) -> Result<Vec<u8>, Diagnostic> {
    let sheet = |(at, proof): (usize, &Proof)| context.sheet(at, proof, &margins[at], Purpose::Print);
    let sheets: Vec<Sheet> = batch.iter().enumerate().map(sheet).collect();
    let sheets: Vec<&Sheet> = sheets.iter().collect();
    let readings: Vec<Reading> = batch.iter().map(|proof| context.reading(proof)).collect();
    let pdf = output::write(
        &sheets,
        context.shop.faces,
        &context.photographs.pictures,
        &context.advertisements.ads,
        &context.imprint(context.issue.zone.as_deref(), context.edition.level, follow(&readings)),
    )
    .map_err(|error| Diagnostic::error("pdf", error.to_string()))?;
    let leaves = batch.iter().zip(margins).zip(&readings);
    let leaves = leaves.map(|((proof, margin), reading)| leaf(&proof.composed.page, margin, reading));
    prove(&pdf, &leaves.collect::<Vec<Leaf>>())?;
    Ok(pdf)
}

/// Whether a page prints.
pub(super) fn fits(proof: &Proof) -> bool {
    !any_unfit(&proof.findings) && proof.composed.fit.fits()
}

impl Context<'_, '_> {
    fn reading(&self, proof: &Proof) -> Reading {
        reading::read(&proof.composed.page, &self.edition.pages[proof.plan], self.edition)
    }

    fn sheet(&self, at: usize, proof: &Proof, margin: &Margin, purpose: Purpose) -> Sheet {
        let makeready = Makeready {
            layout: self.edition.layout_of(&self.edition.pages[proof.plan]),
            pictures: self.photographs.pictures_of(at),
            first_picture: self.photographs.first[at],
            ink_limit: self.edition.condition.ink_limit,
            margin,
            purpose,
        };
        build(&proof.composed.page, &makeready)
    }

    /// What a PDF says of itself; `part` is the page or the zone it has, of the edition as a whole none.
    fn imprint(&self, part: Option<&str>, level: Level, threads: Vec<Thread>) -> Imprint<'_> {
        let edition = self.edition;
        let (paper, date) = (&edition.paper, edition.date);
        let title = format!("{paper} {date} {}", part.unwrap_or(&edition.edition));
        let title = title.trim_end().to_owned();
        Imprint {
            title,
            paper: edition.paper.clone(),
            date: edition.date,
            revision: edition.revision,
            level,
            intent: self.intent,
            spots: &edition.layout.spots,
            threads,
        }
    }

    fn pdf(
        &self,
        proof: &Proof,
        sheet: &Sheet,
        level: Level,
        reading: &Reading,
    ) -> Result<Vec<u8>, Diagnostic> {
        output::write(
            &[sheet],
            self.shop.faces,
            &self.photographs.pictures,
            &self.advertisements.ads,
            &self.imprint(Some(&self.edition.pages[proof.plan].name()), level, follow([reading])),
        )
        .map_err(|error| Diagnostic::error("pdf", error.to_string()))
    }
}

/// One page: its PDF or its draft, its report, its map; sent off, if they go to a folder.
fn make_page(
    context: &Context<'_, '_>,
    at: usize,
    (proof, sheet): (&Proof, &Sheet),
    margin: &Margin,
    done: &Done,
) -> Result<MadePage, Diagnostic> {
    let (edition, shop) = (context.edition, context.shop);
    let plan = &edition.pages[proof.plan];
    let inputs = &context.keys[&proof.place];
    let fits = fits(proof);
    let status = match (fits, proof.composed.fit.is_changed()) {
        (false, _) => Status::Unfit,
        (true, true) => Status::FitsWithChanges,
        (true, false) => Status::Fits,
    };
    let wanted = shop.request.make != Make::Check;
    let reading = context.reading(proof);
    let pdf = match (wanted, fits) {
        (false, _) => None,
        (true, true) => Some(context.pdf(proof, sheet, edition.level, &reading)?),
        // A draft promises nothing.
        (true, false) => {
            let draft = context.sheet(at, proof, margin, Purpose::Draft);
            Some(context.pdf(proof, &draft, Level::Pdf17, &reading)?)
        }
    };
    let (pdf, draft) = if fits { (pdf, None) } else { (None, pdf) };
    if let Some(pdf) = &pdf {
        prove(pdf, &[leaf(&proof.composed.page, margin, &reading)])?;
    }
    let digest = pdf.as_ref().map(|pdf| sha256_hex(pdf));
    let about = FitAbout {
        page: &plan.id,
        inputs_sha256: &hex(inputs),
        pdf_sha256: digest.as_deref(),
        status,
        findings: &proof.findings,
    };
    let fit = output::fit::write(&about, &proof.composed.fit);
    let printed = pdf.as_ref().zip(digest.clone()).map(|(pdf, sha256)| Printed {
        bytes: pdf.len(),
        sha256,
        plates: margin.plates.clone(),
        brought: press::brought(context, proof),
    });
    let about = PageAbout {
        paper: edition.paper.clone(),
        date: edition.date.to_string(),
        edition: edition.edition.clone(),
        revision: edition.revision,
        pages: plan.entries(),
        boxes: proof.composed.page.boxes,
        pdf: digest.map(|digest| (format!("{}.pdf", plan.id), digest)),
    };
    let ppi = context.photographs.ppi_of(at);
    let map = fits.then(|| output::map::write(&about, &reading, shop.faces, ppi));
    let zone = context.issue.zone.clone();
    let steps = proof.composed.fit.stories.iter().filter_map(StoryFit::steps_told).collect();
    let id = plan.id.clone();
    let page = MadePage { id, zone, status, pdf, draft, steps, fit, map, printed, change: None };
    Ok(match shop.outbox.filter(|_| wanted) {
        None => page,
        Some(outbox) => {
            keep(context, at, proof, &page, done);
            sent(outbox, order(context.issue, proof.place), page)
        }
    })
}

/// Writes a page down that need not be built again.
fn keep(context: &Context<'_, '_>, at: usize, proof: &Proof, page: &MadePage, done: &Done) {
    let (Some(printed), Some(map)) = (&page.printed, &page.map) else { return };
    // What is said of its margin or of what it offers is not in its report.
    let (beside, _) = done.notes.split_at(done.notes.len() - done.judged.notes.len());
    let built = Built {
        status: page.status,
        printed,
        fit: sha256_hex(page.fit.as_bytes()),
        map: sha256_hex(map.as_bytes()),
        pictures: context.photographs.keys_of(at),
        beside,
        judged: &done.judged,
    };
    let layout = format!("layouts/{}.toml", context.edition.layout.name);
    let joined = context.edition.joined(proof.plan).into_iter();
    let mut texts: BTreeSet<usize> =
        joined.flat_map(|page| texts_of(context.edition, page, context.sources)).collect();
    texts.extend(context.sources.iter().position(|source| source.name == layout));
    kept::keep(&context.shop.request.cache, &context.keys[&proof.place], &built, context.sources, &texts);
}

/// Sends a page's files off and lets go of them.
fn sent(outbox: &Outbox, order: usize, page: MadePage) -> MadePage {
    let name = format!("{}.pdf", page.stem());
    let change = page.printed.as_ref().map(|printed| match outbox.lies_there(&name) {
        None => Change::New,
        Some(before) if before == printed.sha256 => Change::AsBefore,
        Some(_) => Change::Changed,
    });
    stage(outbox, order, &page);
    MadePage { pdf: None, draft: None, fit: String::new(), map: None, change, ..page }
}

/// Puts a page's files into an outbox, the report last: when it is new, what it speaks of is there.
pub(super) fn stage(outbox: &Outbox, order: usize, page: &MadePage) {
    let files = [
        (".pdf", page.pdf.as_deref()),
        (".draft.pdf", page.draft.as_deref()),
        (".map.json", page.map.as_deref().map(str::as_bytes)),
        (".fit.json", Some(page.fit.as_bytes())),
    ];
    let stem = page.stem();
    for (nth, (end, bytes)) in files.into_iter().enumerate() {
        if let Some(bytes) = bytes {
            outbox.stage((order, nth), &format!("{stem}{end}"), bytes);
        }
    }
    if page.pdf.is_some() {
        outbox.forget(&format!("{stem}.draft.pdf"));
    }
}

/// The place of a page among all that a job writes.
fn order(issue: &Issue, place: usize) -> usize {
    issue.nth * issue.pages.len() + place
}
