//! The delivery list, `delivery/1`: what a build hands to the plant, file by file.

use serde::Serialize;

use crate::color::{Plate, SpotInk};
use crate::geom::Rect;
use crate::model::edition::Edition;

/// One file that is delivered.
#[derive(Clone, Copy, Debug)]
pub struct Delivered<'a> {
    /// Its name.
    pub file: &'a str,
    /// Ids of the pages in it, in order.
    pub pages: &'a [&'a str],
    /// The trimmed page.
    pub trim: Rect,
    /// The plates its pages need.
    pub plates: &'a [Plate],
    /// Spot inks that its advertisements bring, by the names of their plates.
    pub brought: &'a [String],
    /// How many bytes it has.
    pub bytes: usize,
    /// Its SHA-256 in hexadecimal.
    pub sha256: &'a str,
}

#[derive(Serialize)]
struct ListJson<'a> {
    schema: &'static str,
    paper: &'a str,
    date: String,
    edition: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    zone: Option<&'a str>,
    revision: u32,
    level: &'static str,
    condition: &'a str,
    files: Vec<FileJson<'a>>,
}

#[derive(Serialize)]
struct FileJson<'a> {
    file: &'a str,
    pages: &'a [&'a str],
    trim_um: [i64; 2],
    inks: Vec<&'a str>,
    bytes: usize,
    sha256: &'a str,
}

/// Writes the list of the files of an edition or of one of its zones, in their order, as JSON with a
/// newline at its end.
pub fn write(edition: &Edition, zone: Option<&str>, files: &[Delivered<'_>]) -> String {
    super::fit::json(&ListJson {
        schema: "delivery/1",
        paper: &edition.paper,
        date: edition.date.to_string(),
        edition: &edition.edition,
        zone,
        revision: edition.revision,
        level: edition.level.key(),
        condition: &edition.condition.identifier,
        files: files.iter().map(|file| file_json(file, &edition.layout.spots)).collect(),
    })
}

fn file_json<'a>(file: &Delivered<'a>, spots: &'a [SpotInk]) -> FileJson<'a> {
    FileJson {
        file: file.file,
        pages: file.pages,
        trim_um: [file.trim.width.micrometres(), file.trim.height.micrometres()],
        inks: inks(file, spots),
        bytes: file.bytes,
        sha256: file.sha256,
    }
}

/// The plates by name, each once: our own, then those that only advertisements need.
fn inks<'a>(file: &Delivered<'a>, spots: &'a [SpotInk]) -> Vec<&'a str> {
    let mut inks: Vec<&str> = file.plates.iter().map(|plate| plate.name(spots)).collect();
    for brought in file.brought {
        if !inks.contains(&brought.as_str()) {
            inks.push(brought);
        }
    }
    inks
}
