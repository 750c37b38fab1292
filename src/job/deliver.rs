//! What a job made, onto the disk: each file whole or not at all, and none if something is wrong.

use std::path::{Path, PathBuf};

use super::outbox::{Outbox, Unwritten};
use super::press::{BOUND, CHANGES, LIST, list_of};
use super::{Made, sheets, stem};
use crate::diag::any_error;
use crate::output::fit::Status;

/// How a job ends for whoever started it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Outcome {
    /// Everything fits: exit code 0.
    Fits,
    /// It fits after steps a person should see: exit code 1.
    FitsWithChanges,
    /// Something is wrong with the input, or a page does not fit: exit code 2.
    Unfit,
}

impl Made {
    /// How the job ends.
    pub fn outcome(&self) -> Outcome {
        let worst = self.pages.iter().map(|page| page.status).max();
        match worst {
            _ if any_error(&self.notes) => Outcome::Unfit,
            None | Some(Status::Unfit) => Outcome::Unfit,
            Some(Status::FitsWithChanges) => Outcome::FitsWithChanges,
            Some(Status::Fits) => Outcome::Fits,
        }
    }
}

/// Writes what was made in memory into a folder and returns the paths written.
///
/// With an error in the input nothing is written. A page that does not fit leaves its last good
/// PDF and map as they were and writes its report and its draft beside them.
///
/// # Errors
/// What the disk says, with the path.
pub fn deliver(made: &Made, out: &Path) -> Result<Vec<PathBuf>, Unwritten> {
    if any_error(&made.notes) {
        return Ok(Vec::new());
    }
    let outbox = Outbox::at(out);
    for (order, page) in made.pages.iter().enumerate() {
        sheets::stage(&outbox, order, page);
    }
    stage_lists(made, &outbox);
    outbox.commit()
}

/// Puts what is about more than a page into an outbox, to be moved after all pages.
pub(super) fn stage_lists(made: &Made, outbox: &Outbox) {
    let mut files: Vec<(String, &[u8])> = Vec::new();
    files.extend(made.bound.as_deref().map(|pdf| (BOUND.to_owned(), pdf)));
    for zone in &made.zones {
        files.extend(zone.bound.as_deref().map(|pdf| (stem(Some(&zone.id), BOUND), pdf)));
        files.extend(zone.delivery.as_deref().map(|list| (list_of(&zone.id), list.as_bytes())));
    }
    files.extend(made.changes.as_deref().map(|list| (CHANGES.to_owned(), list.as_bytes())));
    files.extend(made.delivery.as_deref().map(|list| (LIST.to_owned(), list.as_bytes())));
    for (nth, (name, bytes)) in files.into_iter().enumerate() {
        outbox.stage((usize::MAX, nth), &name, bytes);
    }
}
