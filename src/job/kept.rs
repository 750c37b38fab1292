//! Pages that were built before and are as they should be: what was written down of each, beside
//! the converted photographs, and whether its files are still those.
//!
//! A record is found by what its page follows from and by the engine that built it, and its files are
//! read again before they are trusted: a page has the same bytes with records and without.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::cache::{Cache, Key};
use super::inputs::InputsKey;
use super::outbox::Outbox;
use super::{Judged, Printed};
use crate::color::{Plate, SpotIdx};
use crate::diag::{Code, Diagnostic, FileId, Severity, Source, Span};
use crate::fingerprint::sha256;
use crate::output::fit::Status;

/// Tells the build of the engine from others: its source, as `build.rs` digests it.
const ENGINE: &str = env!("DUIKAI_SOURCE");

/// The manual of messages: every code has a heading in it.
const MANUAL: &str = include_str!("../../docs/messages.md");

/// What is written down of a page.
#[derive(Serialize, Deserialize)]
struct Record {
    fits_with_changes: bool,
    bytes: usize,
    pdf: String,
    fit: String,
    map: String,
    plates: Vec<u8>,
    brought: Vec<String>,
    pictures: Vec<Key>,
    beside: Vec<Note>,
    notes: Vec<Note>,
    form_errors: usize,
}

/// A warning about a page that prints.
#[derive(Serialize, Deserialize)]
struct Note {
    code: String,
    message: String,
    at: Option<(String, u32, u32)>,
    help: Option<String>,
    about: Option<String>,
}

/// A page as it was built.
pub(super) struct Built<'a> {
    pub(super) status: Status,
    pub(super) printed: &'a Printed,
    /// SHA-256 of its report and its map.
    pub(super) fit: String,
    pub(super) map: String,
    /// What the cache knows its photographs by.
    pub(super) pictures: &'a [Key],
    /// What there is to say that is not in its report.
    pub(super) beside: &'a [Diagnostic],
    pub(super) judged: &'a Judged,
}

/// A page that need not be built again.
pub(super) struct Kept {
    pub(super) status: Status,
    pub(super) printed: Printed,
    pub(super) pictures: Vec<Key>,
    /// What there is to say that is not in its report.
    pub(super) beside: Vec<Diagnostic>,
    pub(super) judged: Judged,
}

/// What the record of a page is found by.
pub(super) fn key(inputs: &InputsKey) -> Key {
    sha256(&[b"page", ENGINE.as_bytes(), inputs])
}

/// Writes a page down, unless what there is to say about it points at files that it does not follow from:
/// places in those may move while the page stays.
pub(super) fn keep(
    cache: &Cache,
    inputs: &InputsKey,
    built: &Built<'_>,
    sources: &[Source],
    texts: &BTreeSet<usize>,
) {
    let note = |note: &Diagnostic| {
        let place = match &note.at {
            None => None,
            Some(at) if texts.contains(&(at.file.0 as usize)) => {
                Some((sources.get(at.file.0 as usize)?.name.clone(), at.bytes.start, at.bytes.end))
            }
            Some(_) => return None,
        };
        (note.severity == Severity::Warning).then(|| Note {
            code: note.code.0.to_owned(),
            message: note.message.clone(),
            at: place,
            help: note.help.clone(),
            about: note.about.clone(),
        })
    };
    let notes = |notes: &[Diagnostic]| notes.iter().map(note).collect::<Option<Vec<_>>>();
    let (Some(beside), Some(notes)) = (notes(built.beside), notes(&built.judged.notes)) else { return };
    let Some(plates) = built.printed.plates.iter().map(|plate| number(*plate)).collect() else { return };
    let record = Record {
        fits_with_changes: built.status == Status::FitsWithChanges,
        bytes: built.printed.bytes,
        pdf: built.printed.sha256.clone(),
        fit: built.fit.clone(),
        map: built.map.clone(),
        plates,
        brought: built.printed.brought.clone(),
        pictures: built.pictures.to_vec(),
        beside,
        notes,
        form_errors: built.judged.form_errors,
    };
    if let Ok(record) = serde_json::to_vec(&record) {
        cache.keep(&key(inputs), &record);
    }
}

/// A page that was built of these inputs and whose files lie where they belong, `stem` being their name
/// without its end.
pub(super) fn find(
    cache: &Cache,
    inputs: &InputsKey,
    outbox: &Outbox,
    stem: &str,
    sources: &[Source],
) -> Option<Kept> {
    let record: Record = serde_json::from_slice(&cache.load(&key(inputs))?).ok()?;
    let files = [(".pdf", &record.pdf), (".fit.json", &record.fit), (".map.json", &record.map)];
    let there =
        |(end, digest): (&str, &String)| outbox.lies_there(&format!("{stem}{end}")).as_ref() == Some(digest);
    if !files.into_iter().all(there) || outbox.lies_there(&format!("{stem}.draft.pdf")).is_some() {
        return None;
    }
    let again = |notes: Vec<Note>| {
        notes.into_iter().map(|note| said_again(note, sources)).collect::<Option<Vec<_>>>()
    };
    let (beside, notes) = (again(record.beside)?, again(record.notes)?);
    let plates = record.plates.into_iter().map(plate).collect();
    Some(Kept {
        status: if record.fits_with_changes { Status::FitsWithChanges } else { Status::Fits },
        printed: Printed { bytes: record.bytes, sha256: record.pdf, plates, brought: record.brought },
        pictures: record.pictures,
        beside,
        judged: Judged { page: stem.to_owned(), notes, form_errors: record.form_errors },
    })
}

fn said_again(note: Note, sources: &[Source]) -> Option<Diagnostic> {
    let at = match note.at {
        None => None,
        Some((name, start, end)) => {
            let file = sources.iter().position(|source| source.name == name)?;
            Some(Span { file: FileId(file as u32), bytes: start..end })
        }
    };
    Some(Diagnostic {
        severity: Severity::Warning,
        code: Code(code(&note.code)?),
        message: note.message,
        at,
        help: note.help,
        about: note.about,
    })
}

/// A code as the manual has it.
fn code(name: &str) -> Option<&'static str> {
    MANUAL.lines().filter_map(|line| line.strip_prefix("## ")).map(str::trim).find(|code| *code == name)
}

/// A plate as a number: those of process printing first, then spot inks.
fn number(plate: Plate) -> Option<u8> {
    match plate {
        Plate::Spot(SpotIdx(spot)) => spot.checked_add(4),
        process => Plate::PROCESS.iter().position(|own| *own == process).map(|at| at as u8),
    }
}

fn plate(number: u8) -> Plate {
    match Plate::PROCESS.get(usize::from(number)) {
        Some(process) => *process,
        None => Plate::Spot(SpotIdx(number - 4)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plates_and_codes_come_back() {
        for spelled in Plate::PROCESS.into_iter().chain([0, 7].map(|spot| Plate::Spot(SpotIdx(spot)))) {
            assert_eq!(number(spelled).map(plate), Some(spelled));
        }
        assert_eq!(code("slug-wide"), Some("slug-wide"));
        assert_eq!(code("no-such-message"), None);
    }
}
