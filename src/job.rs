//! The pipeline: an edition in, what is to be written out. The only module that knows all stages.

mod advertisements;
mod cache;
mod deliver;
pub mod faces;
mod photographs;
mod press;

use std::collections::BTreeSet;
use std::mem;

use rayon::prelude::*;

pub use cache::Cache;
pub use deliver::{Outcome, deliver};

use crate::diag::{Diagnostic, Source, any_error, any_unfit};
use crate::files::Files;
use crate::fingerprint::{hex, sha256, sha256_hex};
use crate::font::Face;
use crate::judge::sheet::{page_rules, sheet_rules, story_rules};
use crate::model::edition::{Edition, Level};
use crate::output::fit::{FitAbout, Status};
use crate::output::map::PageAbout;
use crate::output::threads::{Thread, follow};
use crate::output::{self, Imprint, Intent};
use crate::page::compose::{Composed, compose};
use crate::page::offers::settle_jumps;
use crate::page::reading::{self, Reading};
use crate::paint::build::{Makeready, Purpose, build};
use crate::paint::display::Sheet;
use crate::paint::marks::Margin;
use crate::source;
use crate::text::shape::Shapers;

use advertisements::Advertisements;
use photographs::Photographs;

/// What a job is asked for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Request {
    /// Pages to make; all of them if none is named.
    pub only: Vec<String>,
    /// What to make of them.
    pub make: Make,
    /// Where converted photographs and the deflated profile are kept between jobs.
    pub cache: Cache,
    /// What the PDFs promise; what the edition says, if nothing is asked for.
    pub level: Option<Level>,
}

/// How far a job goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Make {
    /// Everything but PDFs.
    Check,
    /// A PDF for each page.
    #[default]
    Pages,
    /// A PDF for each page, and one of the whole edition.
    Bound,
}

/// Stages, as they are finished, for whoever keeps the time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// TOML read and resolved.
    Read,
    /// Faces opened.
    Faces,
    /// Pages composed.
    Compose,
    /// Photographs converted.
    Photographs,
    /// PDFs, maps and reports written, in memory.
    Write,
}

/// One page as it came out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MadePage {
    /// Its id.
    pub id: String,
    /// How it came out.
    pub status: Status,
    /// The print PDF, if it fits and was asked for.
    pub pdf: Option<Vec<u8>>,
    /// A draft with what does not fit in red, if it does not and one was asked for.
    pub draft: Option<Vec<u8>>,
    /// The fit report.
    pub fit: String,
    /// The page map; none for a page that does not fit.
    pub map: Option<String>,
}

/// What there is to say about a page, composed and judged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Judged {
    /// The page's id.
    pub page: String,
    /// In the order it was found: the stories as they stand, then the page, then its photographs.
    pub notes: Vec<Diagnostic>,
}

/// What came of a job.
#[derive(Clone, Debug, Default)]
pub struct Made {
    /// The pages, unless something is wrong with the input.
    pub pages: Vec<MadePage>,
    /// The edition as one PDF, if asked for and every page fits.
    pub bound: Option<Vec<u8>>,
    /// The list of files for the press, if there are any.
    pub delivery: Option<String>,
    /// What there is to say.
    pub notes: Vec<Diagnostic>,
    /// What of it is about each page that was composed.
    pub judged: Vec<Judged>,
    /// Text files, for showing places in them.
    pub sources: Vec<Source>,
    /// Photographs that were converted, and those that the cache had.
    pub photographs: (usize, usize),
}

/// Makes an edition's pages. `finished` hears of each stage as it ends.
pub fn run(files: &dyn Files, request: &Request, finished: &mut dyn FnMut(Stage)) -> Made {
    let mut made = Made::default();
    let loaded = source::load(files).take(&mut made.notes);
    made.sources = loaded.sources;
    let Some(mut edition) = loaded.edition else { return made };
    choose_pages(&mut edition, request, &mut made.notes);
    edition.level = request.level.unwrap_or(edition.level);
    made.notes.extend(source::unfit_for_level(&edition.condition, edition.level));
    finished(Stage::Read);
    let faces = faces::open(files, &edition.faces, &mut made.notes);
    finished(Stage::Faces);
    if any_error(&made.notes) {
        return made;
    }
    let shapers = Shapers::new(&faces);
    made.notes.extend(settle_jumps(&mut edition, &shapers));
    let checked = compose(&edition, &shapers);
    let mut pages = Vec::new();
    let mut findings: Vec<Vec<Diagnostic>> = Vec::new();
    for (checked, plan) in checked.into_iter().zip(&edition.pages) {
        let mut noted = checked.notes;
        noted.extend(page_rules(&checked.value.page, plan, &edition, &faces, &noted));
        pages.push(checked.value);
        findings.push(noted);
    }
    for (page, note) in story_rules(&edition, &pages, &findings) {
        findings[page].push(note);
    }
    finished(Stage::Compose);
    let advertisements = advertisements::read(files, &edition, &mut pages, &mut findings);
    // The profile is deflated while the photographs are converted: neither needs the other.
    let (photographs, (intent, profile)) = rayon::join(
        || photographs::convert(files, &edition, &request.cache, &pages, &mut findings),
        || request.cache.intent(&edition.condition),
    );
    request.cache.tidy(&[&photographs.keys[..], &[profile]].concat());
    made.photographs = (photographs.pictures.len() - photographs.kept, photographs.kept);
    finished(Stage::Photographs);
    for (composed, notes) in pages.iter().zip(&mut findings) {
        *notes = settled(mem::take(notes), &edition);
        made.notes.extend(notes.iter().cloned());
        made.judged.push(Judged { page: composed.page.id.clone(), notes: notes.clone() });
    }
    if any_error(&made.notes) {
        return made;
    }
    let margins = press::margins(&edition, &pages, &photographs, &shapers, &mut made.notes);
    if any_error(&made.notes) {
        return made;
    }
    let inputs = inputs_sha256(&edition, &faces, &photographs, &advertisements, &made.sources);
    let context = Context {
        edition: &edition,
        faces: &faces,
        photographs: &photographs,
        advertisements: &advertisements,
        margins: &margins,
        intent: &intent,
        inputs: &inputs,
        make: request.make,
    };
    for (idx, composed) in pages.iter().enumerate() {
        let notes = settled(sheet_rules(&context.sheet(idx, composed, Purpose::Print)), &edition);
        findings[idx].extend(notes.iter().cloned());
        made.judged[idx].notes.extend(notes.iter().cloned());
        made.notes.extend(notes);
    }
    write(&context, &pages, &findings, &mut made);
    made.delivery = press::list(&edition, &made, &pages, &margins, &advertisements);
    finished(Stage::Write);
    made
}

/// Findings as the house takes them.
fn settled(notes: Vec<Diagnostic>, edition: &Edition) -> Vec<Diagnostic> {
    notes.into_iter().filter_map(|note| edition.layout.preflight.settle(note)).collect()
}

/// Keeps the pages that were asked for.
fn choose_pages(edition: &mut Edition, request: &Request, notes: &mut Vec<Diagnostic>) {
    for id in &request.only {
        if !edition.pages.iter().any(|page| page.id == *id) {
            let known: Vec<&str> = edition.pages.iter().map(|page| page.id.as_str()).collect();
            notes.push(
                Diagnostic::error("page-unknown", format!("the edition has no page `{id}`"))
                    .help(format!("its pages: {}", known.join(", "))),
            );
        }
    }
    if !request.only.is_empty() {
        let asked = |page: &usize| request.only.contains(&edition.pages[*page].id);
        // A story that goes on elsewhere is composed whole.
        let wanted: BTreeSet<usize> =
            (0..edition.pages.len()).filter(asked).flat_map(|page| edition.joined(page)).collect();
        let mut page = 0..;
        edition.pages.retain(|_| page.next().is_some_and(|page| wanted.contains(&page)));
    }
}

/// Writes every page's files, in memory and in parallel.
fn write(context: &Context<'_>, pages: &[Composed], findings: &[Vec<Diagnostic>], made: &mut Made) {
    let results: Vec<Result<MadePage, Diagnostic>> = (0..pages.len())
        .into_par_iter()
        .map(|idx| make_page(context, idx, &pages[idx], &findings[idx]))
        .collect();
    for result in results {
        match result {
            Ok(page) => made.pages.push(page),
            Err(note) => made.notes.push(note),
        }
    }
    let all_fit = made.pages.iter().all(|page| page.status != Status::Unfit);
    if context.make == Make::Bound && all_fit && !any_error(&made.notes) {
        let sheets: Vec<Sheet> =
            (0..pages.len()).map(|idx| context.sheet(idx, &pages[idx], Purpose::Print)).collect();
        let sheets: Vec<&Sheet> = sheets.iter().collect();
        let plans = pages.iter().zip(&context.edition.pages);
        let readings: Vec<Reading> =
            plans.map(|(page, plan)| reading::read(&page.page, plan, context.edition)).collect();
        match output::write(
            &sheets,
            context.faces,
            &context.photographs.pictures,
            &context.advertisements.ads,
            &context.imprint("", context.edition.level, follow(&readings)),
        ) {
            Ok(pdf) => made.bound = Some(pdf),
            Err(error) => made.notes.push(Diagnostic::error("pdf", error.to_string())),
        }
    }
}

/// What every page of a job shares.
struct Context<'a> {
    edition: &'a Edition,
    faces: &'a [Face],
    photographs: &'a Photographs,
    advertisements: &'a Advertisements,
    margins: &'a [Margin],
    intent: &'a Intent,
    inputs: &'a str,
    make: Make,
}

impl Context<'_> {
    fn sheet(&self, idx: usize, composed: &Composed, purpose: Purpose) -> Sheet {
        let makeready = Makeready {
            layout: &self.edition.layout,
            pictures: self.photographs.pictures_of(idx),
            first_picture: self.photographs.first[idx],
            ink_limit: self.edition.condition.ink_limit,
            margin: &self.margins[idx],
            purpose,
        };
        build(&composed.page, &makeready)
    }

    fn imprint(&self, page: &str, level: Level, threads: Vec<Thread>) -> Imprint<'_> {
        let edition = self.edition;
        let (paper, date, which) = (&edition.paper, edition.date, &edition.edition);
        let title = if page.is_empty() {
            format!("{paper} {date} {which}")
        } else {
            format!("{paper} {date} {page}")
        };
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
        idx: usize,
        composed: &Composed,
        reading: &Reading,
        purpose: Purpose,
    ) -> Result<Vec<u8>, Diagnostic> {
        // A draft promises nothing.
        let level = if purpose == Purpose::Draft { Level::Pdf17 } else { self.edition.level };
        let sheet = self.sheet(idx, composed, purpose);
        output::write(
            &[&sheet],
            self.faces,
            &self.photographs.pictures,
            &self.advertisements.ads,
            &self.imprint(&composed.page.id, level, follow([reading])),
        )
        .map_err(|error| Diagnostic::error("pdf", error.to_string()))
    }
}

/// One page: its PDF or its draft, its report, its map.
fn make_page(
    context: &Context<'_>,
    idx: usize,
    composed: &Composed,
    findings: &[Diagnostic],
) -> Result<MadePage, Diagnostic> {
    let edition = context.edition;
    let plan = &edition.pages[idx];
    let fits = !any_unfit(findings) && composed.fit.fits();
    let status = match (fits, composed.fit.is_changed()) {
        (false, _) => Status::Unfit,
        (true, true) => Status::FitsWithChanges,
        (true, false) => Status::Fits,
    };
    let wanted = context.make != Make::Check;
    let purpose = if fits { Purpose::Print } else { Purpose::Draft };
    let reading = reading::read(&composed.page, plan, edition);
    let pdf = if wanted { Some(context.pdf(idx, composed, &reading, purpose)?) } else { None };
    let (pdf, draft) = if fits { (pdf, None) } else { (None, pdf) };
    let digest = pdf.as_ref().map(|pdf| sha256_hex(pdf));
    let about = FitAbout {
        page: &plan.id,
        inputs_sha256: context.inputs,
        pdf_sha256: digest.as_deref(),
        status,
        findings,
    };
    let fit = output::fit::write(&about, &composed.fit);
    let about = PageAbout {
        paper: edition.paper.clone(),
        date: edition.date.to_string(),
        edition: edition.edition.clone(),
        revision: edition.revision,
        page: plan.id.clone(),
        page_no: plan.number,
        section: plan.section.clone(),
        boxes: composed.page.boxes,
        pdf: digest.map(|digest| (format!("{}.pdf", plan.id), digest)),
    };
    let map =
        fits.then(|| output::map::write(&about, &reading, context.faces, context.photographs.ppi_of(idx)));
    Ok(MadePage { id: plan.id.clone(), status, pdf, draft, fit, map })
}

/// A digest over every input: text files, photographs, advertisements, profiles, and of each font its length and
/// PostScript name (`fonts/fonts.lock` pins the bytes).
fn inputs_sha256(
    edition: &Edition,
    faces: &[Face],
    photographs: &Photographs,
    advertisements: &Advertisements,
    sources: &[Source],
) -> String {
    let mut parts: Vec<Vec<u8>> = Vec::new();
    for source in sources {
        parts.push(source.name.clone().into_bytes());
        parts.push(source.text.clone().into_bytes());
    }
    for face in faces {
        parts.push(face.metrics().postscript_name.clone().into_bytes());
        parts.push(face.program_len().to_le_bytes().to_vec());
    }
    parts.push(edition.condition.profile.to_vec());
    parts.push(edition.condition.gray_profile.as_deref().unwrap_or_default().to_vec());
    let delivered = photographs.digests.iter().chain(&advertisements.digests);
    parts.extend(delivered.map(|digest| digest.to_vec()));
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    hex(&sha256(&parts))
}
