//! What the work on pages shares: all that a job's editions share, all that the pages of a batch do, and
//! what comes of one page.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::advertisements::Advertisements;
use super::cache::Key;
use super::inputs::InputsKey;
use super::issue::Issue;
use super::outbox::Outbox;
use super::photographs::Photographs;
use super::{Finished, Judged, MadePage, Request, Stage};
use crate::diag::{Diagnostic, Source};
use crate::files::Files;
use crate::font::Face;
use crate::model::edition::Edition;
use crate::output::Intent;
use crate::picture::Press;
use crate::text::shape::Shapers;

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
}

/// What the pages of a batch share.
pub(super) struct Context<'a, 's> {
    pub(super) shop: &'a Shop<'s>,
    pub(super) issue: &'a Issue,
    pub(super) edition: &'a Edition,
    pub(super) photographs: &'a Photographs,
    pub(super) advertisements: &'a Advertisements,
    pub(super) intent: &'a Intent,
    /// What each page follows from, by place.
    pub(super) keys: &'a BTreeMap<usize, InputsKey>,
    pub(super) sources: &'a [Source],
    /// What was said of the blocks that pages offer, by the place of their page in the edition.
    pub(super) jumps: &'a [(usize, Diagnostic)],
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
