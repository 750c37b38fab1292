//! The pipeline: an edition in, what is to be written out. The only module that knows all stages.

mod advertisements;
mod cache;
mod deliver;
pub mod faces;
mod inputs;
mod issue;
mod kept;
mod measure;
mod outbox;
mod photographs;
mod press;
mod readback;
mod sheets;
mod shop;
mod stages;

use std::path::{Path, PathBuf};
use std::sync::Mutex;

pub use cache::Cache;
pub use deliver::{Outcome, deliver};
pub use measure::measure;
pub use outbox::Unwritten;
pub use press::Printed;

use crate::diag::{Diagnostic, Source, any_error};
use crate::files::Files;
use crate::judge::form::issue_form;
use crate::model::edition::Level;
use crate::output::changes::Change;
use crate::output::fit::Status;
use crate::page::compose::Composed;
use crate::source;
use crate::text::shape::Shapers;

use issue::Issue;
use outbox::Outbox;
use shop::{Progress, Shop};

/// What a job is asked for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Request {
    /// Pages to make, `A02` or, of one zone alone, `north/A02`; all of them if none is named.
    pub only: Vec<String>,
    /// What to make of them.
    pub make: Make,
    /// Where converted photographs, the deflated profile and records of pages are kept between jobs.
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
    /// A PDF for each page, and one of the whole edition and of each of its zones.
    Bound,
}

/// Stages, as they are finished, for whoever keeps the time. Some pages are worked on at a time, so
/// stages from `Compose` on may be finished more than once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// TOML read and resolved.
    Read,
    /// Faces opened.
    Faces,
    /// Inputs compared with those of pages built before.
    Compare,
    /// Pages composed.
    Compose,
    /// Photographs converted.
    Photographs,
    /// PDFs, maps and reports written.
    Write,
    /// One more page is as it will be: so many are done, of so many.
    Page {
        /// How many are done.
        done: usize,
        /// How many were asked for.
        of: usize,
    },
}

/// Hears of each stage as it ends.
pub type Finished<'a> = dyn FnMut(Stage) + Send + 'a;

/// One page as it came out. Of a page that went to a folder, the files are there and not here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MadePage {
    /// Its id.
    pub id: String,
    /// The zone it is of, if it is not one that all share.
    pub zone: Option<String>,
    /// How it came out.
    pub status: Status,
    /// The print PDF, if it fits and was asked for.
    pub pdf: Option<Vec<u8>>,
    /// A draft with what does not fit in red, if it does not and one was asked for.
    pub draft: Option<Vec<u8>>,
    /// What copyfitting did that a person should look at, a line for each story; of a page that was not
    /// built again, its report alone says.
    pub steps: Vec<String>,
    /// The fit report.
    pub fit: String,
    /// The page map; none for a page that does not fit.
    pub map: Option<String>,
    /// What is to be known of the print PDF, if there is one.
    pub printed: Option<Printed>,
    /// Whether the print PDF is another one than before, of a page that went to a folder.
    pub change: Option<Change>,
}

impl MadePage {
    /// Its files' name without their ends, from the folder of the edition's pages.
    pub fn stem(&self) -> String {
        stem(self.zone.as_deref(), &self.id)
    }
}

/// The name of a page's files without their ends: `A02`, or `north/A02` of a zone.
fn stem(zone: Option<&str>, page: &str) -> String {
    zone.map_or_else(|| page.to_owned(), |zone| format!("{zone}/{page}"))
}

/// What there is to say about a page, composed and judged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Judged {
    /// The page's id, `north/A02` of a zone.
    pub page: String,
    /// In the order it was found: the stories as they stand, then the page, then its photographs.
    pub notes: Vec<Diagnostic>,
    /// Its form errors, of which an issue may have a few.
    pub form_errors: usize,
}

/// A zone's files besides those of its pages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MadeZone {
    /// The zone.
    pub id: String,
    /// All its pages, shared ones too, as one PDF, if asked for and every page fits.
    pub bound: Option<Vec<u8>>,
    /// The list of its files for the press, shared ones too, if there are any.
    pub delivery: Option<String>,
}

/// What came of a job.
#[derive(Clone, Debug, Default)]
pub struct Made {
    /// The pages, those of zones last, unless something is wrong with the input.
    pub pages: Vec<MadePage>,
    /// The edition as one PDF, if asked for and every page fits.
    pub bound: Option<Vec<u8>>,
    /// The list of files for the press, if there are any.
    pub delivery: Option<String>,
    /// The same for each zone.
    pub zones: Vec<MadeZone>,
    /// The list of pages with what changed, if they went to a folder.
    pub changes: Option<String>,
    /// What there is to say.
    pub notes: Vec<Diagnostic>,
    /// What of it is about each page that was composed.
    pub judged: Vec<Judged>,
    /// Text files, for showing places in them.
    pub sources: Vec<Source>,
    /// Photographs that were converted, and those that the cache had.
    pub photographs: (usize, usize),
    /// Pages that were not built again, because their files are as they should be.
    pub kept: usize,
}

/// The form of an issue, of which every page was made: what it says of itself is counted over all of them.
fn form_of(issue: &Issue, judged: &[Judged]) -> Option<Diagnostic> {
    let mut pages = Vec::new();
    for (place, plan) in issue.pages.iter().enumerate() {
        let zone = issue.zone.as_deref().filter(|_| issue.own.contains(&place));
        let name = stem(zone, &plan.id);
        let own = judged.iter().find(|own| own.page == name)?;
        pages.push((plan.id.as_str(), own.form_errors));
    }
    issue_form(&pages)
}

/// A page on its way to the plates.
struct Proof {
    /// Its place among the pages of the edition as it is composed.
    plan: usize,
    /// Its place among all pages.
    place: usize,
    composed: Composed,
    findings: Vec<Diagnostic>,
    form_errors: usize,
}

/// Makes an edition's pages in memory. `finished` hears of each stage as it ends.
pub fn run(files: &dyn Files, request: &Request, finished: &mut Finished<'_>) -> Made {
    make(files, request, None, finished)
}

/// Makes an edition's pages and writes them into a folder, each as it is done, so that no more PDFs are
/// in memory than there are threads. Returns the paths written besides what was made.
///
/// A page whose inputs are those of the page that lies there is not built again. With an error in the
/// input nothing that lies there is touched. A page that does not fit leaves its last good PDF and map
/// as they were and writes its report and its draft beside them.
///
/// # Errors
/// What the disk says, with the path.
pub fn publish(
    files: &dyn Files,
    request: &Request,
    out: &Path,
    finished: &mut Finished<'_>,
) -> Result<(Made, Vec<PathBuf>), Unwritten> {
    let outbox = Outbox::at(out);
    let made = make(files, request, Some(&outbox), finished);
    if any_error(&made.notes) {
        return Ok((made, Vec::new()));
    }
    deliver::stage_lists(&made, &outbox);
    let written = outbox.commit()?;
    Ok((made, written))
}

fn make(files: &dyn Files, request: &Request, outbox: Option<&Outbox>, finished: &mut Finished<'_>) -> Made {
    let mut made = Made::default();
    let loaded = source::load(files).take(&mut made.notes);
    made.sources = loaded.sources;
    let Some(mut edition) = loaded.edition else { return made };
    edition.level = request.level.unwrap_or(edition.level);
    made.notes.extend(source::unfit_for_level(&edition.condition, edition.level));
    let issues = issue::issues(&edition, request, &mut made.notes);
    finished(Stage::Read);
    let faces = faces::open(files, &edition.faces, &mut made.notes);
    finished(Stage::Faces);
    if any_error(&made.notes) {
        return made;
    }
    let of = issues.iter().map(|issue| issue.wanted.len()).sum();
    let shop = Shop {
        files,
        request,
        outbox,
        faces: &faces,
        shapers: &Shapers::new(&faces),
        progress: Mutex::new(Progress { finished, done: 0, of }),
        intent: Default::default(),
        condition: Default::default(),
        press: Default::default(),
    };
    let mut used = Vec::new();
    for issue in &issues {
        let bound = shop.issue(&mut edition, issue, &mut used, &mut made);
        match &issue.zone {
            None => made.bound = bound,
            Some(id) => made.zones.push(MadeZone { id: id.clone(), bound, delivery: None }),
        }
    }
    request.cache.tidy(&used);
    if any_error(&made.notes) {
        return Made { pages: Vec::new(), bound: None, zones: Vec::new(), ..made };
    }
    let scores: Vec<Diagnostic> = issues.iter().filter_map(|issue| form_of(issue, &made.judged)).collect();
    made.notes.extend(scores.into_iter().filter_map(|note| edition.layout.checks.settle(note)));
    press::list_all(&edition, &issues, &mut made);
    made
}
