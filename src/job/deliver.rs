//! What a job made, onto the disk: each file whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::press::{BOUND, LIST};
use super::{Made, MadePage};
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

/// Writes what was made into a folder and returns the paths written.
///
/// With an error in the input nothing is written. A page that does not fit leaves its last good
/// PDF and map as they were and writes its report and its draft beside them.
///
/// # Errors
/// What the disk says, with the path.
pub fn deliver(made: &Made, out: &Path) -> io::Result<Vec<PathBuf>> {
    if any_error(&made.notes) {
        return Ok(Vec::new());
    }
    fs::create_dir_all(out).map_err(|error| named(out, &error))?;
    let mut written = Vec::new();
    for page in &made.pages {
        for (suffix, bytes) in files_of(page) {
            let path = out.join(format!("{}{suffix}", page.id));
            replace(&path, bytes)?;
            written.push(path);
        }
        if page.pdf.is_some() {
            forget(&out.join(format!("{}.draft.pdf", page.id)))?;
        }
    }
    if let Some(bound) = &made.bound {
        let path = out.join(BOUND);
        replace(&path, bound)?;
        written.push(path);
    }
    if let Some(list) = &made.delivery {
        let path = out.join(LIST);
        replace(&path, list.as_bytes())?;
        written.push(path);
    }
    Ok(written)
}

/// A page's files, the report last: when it is new, what it speaks of is there.
fn files_of(page: &MadePage) -> impl Iterator<Item = (&'static str, &[u8])> {
    [
        (".pdf", page.pdf.as_deref()),
        (".draft.pdf", page.draft.as_deref()),
        (".map.json", page.map.as_ref().map(String::as_bytes)),
        (".fit.json", Some(page.fit.as_bytes())),
    ]
    .into_iter()
    .filter_map(|(suffix, bytes)| bytes.map(|bytes| (suffix, bytes)))
}

/// Writes beside the file and renames over it, so that a reader sees the old file or the new one.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let write = || {
        let mut file = File::create(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    write().map_err(|error| {
        // The half-written file is of no use; that it cannot be removed is no news either.
        let _ = fs::remove_file(&beside);
        named(path, &error)
    })
}

fn forget(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(named(path, &error)),
        _ => Ok(()),
    }
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
