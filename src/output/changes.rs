//! The list of changes, `changes/1`: which pages are others than in the last good build.

use serde::Serialize;

use crate::model::edition::Edition;

/// What a build made of a page that had been built before, or had not.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Change {
    /// There was no print PDF of it.
    New,
    /// Its print PDF was another one.
    Changed,
    /// Its print PDF was the same, byte for byte.
    AsBefore,
}

impl Change {
    /// The word in the list.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::AsBefore => "as-before",
        }
    }
}

/// A page with a print PDF.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    /// Its id.
    pub page: &'a str,
    /// The zone it is of, if of one.
    pub zone: Option<&'a str>,
    /// Its file, from the folder of the list.
    pub file: &'a str,
    /// SHA-256 of the file.
    pub sha256: &'a str,
    /// Whether it is another one.
    pub change: Change,
}

#[derive(Serialize)]
struct ListJson<'a> {
    schema: &'static str,
    paper: &'a str,
    date: String,
    edition: &'a str,
    revision: u32,
    pages: Vec<PageJson<'a>>,
}

#[derive(Serialize)]
struct PageJson<'a> {
    page: &'a str,
    zone: Option<&'a str>,
    file: &'a str,
    sha256: &'a str,
    change: &'static str,
}

/// Writes the list of pages, in their order, as JSON with a newline at its end.
pub fn write(edition: &Edition, pages: &[Listed<'_>]) -> String {
    super::fit::json(&ListJson {
        schema: "changes/1",
        paper: &edition.paper,
        date: edition.date.to_string(),
        edition: &edition.edition,
        revision: edition.revision,
        pages: pages
            .iter()
            .map(|listed| PageJson {
                page: listed.page,
                zone: listed.zone,
                file: listed.file,
                sha256: listed.sha256,
                change: listed.change.word(),
            })
            .collect(),
    })
}
