//! Files on their way onto the disk: written beside their places while a job runs, moved there all
//! together when it has gone well, and taken away when it has not.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::fingerprint::sha256_hex;

/// What the disk says of a file that could not be written.
#[derive(Debug)]
pub struct Unwritten {
    /// The file.
    pub path: PathBuf,
    /// What the disk says.
    pub error: io::Error,
    /// How many files had been moved to their places before it.
    pub replaced: usize,
}

impl fmt::Display for Unwritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.error)
    }
}

impl std::error::Error for Unwritten {}

/// A folder that files are put into.
pub(super) struct Outbox {
    out: PathBuf,
    state: Mutex<State>,
}

/// In which order files are moved to their places: a page's report comes last, so that when it is new,
/// what it speaks of is there.
pub(super) type Order = (usize, usize);

#[derive(Default)]
struct State {
    staged: BTreeMap<Order, String>,
    obsolete: Vec<String>,
    failed: Option<Unwritten>,
}

impl Outbox {
    /// An outbox for a folder, which is made when the first file is.
    pub(super) fn at(out: &Path) -> Self {
        Self { out: out.to_owned(), state: Mutex::default() }
    }

    /// SHA-256 of the file that lies in a place now, if one does.
    pub(super) fn lies_there(&self, name: &str) -> Option<String> {
        fs::read(self.out.join(name)).ok().map(|bytes| sha256_hex(&bytes))
    }

    /// Writes a file beside its place. That it cannot be written is told when all is moved.
    pub(super) fn stage(&self, order: Order, name: &str, bytes: &[u8]) {
        let written = write(&beside(&self.out.join(name)), bytes);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.staged.insert(order, name.to_owned());
        if let Err(error) = written {
            let path = self.out.join(name);
            state.failed.get_or_insert(Unwritten { path, error, replaced: 0 });
        }
    }

    /// Has a file removed when all is moved.
    pub(super) fn forget(&self, name: &str) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).obsolete.push(name.to_owned());
    }

    /// Moves every file to its place, where a reader sees the old file or the new one, and returns
    /// their paths in order. Nothing is moved if one could not be written.
    ///
    /// # Errors
    /// What the disk says, with the path.
    pub(super) fn commit(&self) -> Result<Vec<PathBuf>, Unwritten> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(error) = state.failed.take() {
            return Err(error);
        }
        let mut written = Vec::new();
        while let Some((_, name)) = state.staged.pop_first() {
            let path = self.out.join(name);
            if let Err(error) = fs::rename(beside(&path), &path) {
                return Err(Unwritten { path, error, replaced: written.len() });
            }
            written.push(path);
        }
        for name in state.obsolete.drain(..) {
            let path = self.out.join(name);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(Unwritten { path, error, replaced: written.len() });
                }
                _ => {}
            }
        }
        Ok(written)
    }
}

impl Drop for Outbox {
    fn drop(&mut self) {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        for name in state.staged.values() {
            // The half-written file is of no use; that it cannot be removed is no news either.
            let _ = fs::remove_file(beside(&self.out.join(name)));
        }
    }
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn beside(path: &Path) -> PathBuf {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    PathBuf::from(beside)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn all_files_move_or_none() {
        let folder = tempfile::tempdir().expect("a directory");
        let out = folder.path();
        fs::write(out.join("a.pdf"), "old").expect("a file");
        fs::write(out.join("a.draft.pdf"), "old").expect("a file");
        let abandoned = Outbox::at(out);
        abandoned.stage((0, 0), "a.pdf", b"new");
        assert_eq!(names(out), ["a.draft.pdf", "a.pdf", "a.pdf.part"]);
        drop(abandoned);
        assert_eq!(names(out), ["a.draft.pdf", "a.pdf"]);
        assert_eq!(fs::read(out.join("a.pdf")).expect("a file"), b"old");

        let outbox = Outbox::at(out);
        outbox.stage((1, 0), "north/b.pdf", b"new");
        outbox.stage((0, 0), "a.pdf", b"new");
        outbox.forget("a.draft.pdf");
        let written = outbox.commit().expect("there is room");
        assert_eq!(written, [out.join("a.pdf"), out.join("north/b.pdf")], "in order");
        drop(outbox);
        assert_eq!(
            (names(out), names(&out.join("north"))),
            (vec!["a.pdf".into(), "north".into()], vec!["b.pdf".into()])
        );
    }

    #[test]
    fn a_file_that_cannot_be_written_holds_back_the_others() {
        let folder = tempfile::tempdir().expect("a directory");
        let out = folder.path();
        fs::write(out.join("north"), "a file where a folder should be").expect("a file");
        let outbox = Outbox::at(out);
        outbox.stage((0, 0), "a.pdf", b"new");
        outbox.stage((1, 0), "north/b.pdf", b"new");
        let error = outbox.commit().expect_err("there is no such folder");
        assert!(error.to_string().contains("b.pdf"), "{error}");
        assert_eq!(error.replaced, 0);
        drop(outbox);
        assert_eq!(names(out), ["north"]);
    }
}
