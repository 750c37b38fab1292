//! The delivery list, `delivery/1`: what a build hands to the plant, file by file.

use serde::Serialize;

use crate::color::{Plate, SpotInk};
use crate::geom::Rect;
use crate::model::edition::Edition;
use crate::model::entry::PageEntry;

/// One file that is delivered.
#[derive(Clone, Copy, Debug)]
pub struct Delivered<'a> {
    /// Its name.
    pub file: &'a str,
    /// Its sheets, in order. At least one.
    pub sheets: &'a [DeliveredSheet],
    /// The plates its pages need.
    pub plates: &'a [Plate],
    /// Spot inks that its advertisements bring, by the names of their plates.
    pub brought: &'a [String],
    /// How many bytes it has.
    pub bytes: usize,
    /// Its SHA-256 in hexadecimal.
    pub sha256: &'a str,
}

/// A page of a PDF that is delivered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeliveredSheet {
    /// The pages on it, from left to right: two of a spread. At least one.
    pub pages: Vec<PageEntry>,
    /// Its trim.
    pub trim: Rect,
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
    pages: Vec<&'a str>,
    trim_um: [i64; 2],
    sheets: Vec<SheetJson<'a>>,
    inks: Vec<&'a str>,
    bytes: usize,
    sha256: &'a str,
}

#[derive(Serialize)]
struct SheetJson<'a> {
    pages: Vec<&'a str>,
    page_nos: Vec<u16>,
    trim_um: [i64; 2],
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
        pages: file.sheets.iter().map(|sheet| sheet.pages[0].id.as_str()).collect(),
        trim_um: size(file.sheets[0].trim),
        sheets: file.sheets.iter().map(sheet_json).collect(),
        inks: inks(file, spots),
        bytes: file.bytes,
        sha256: file.sha256,
    }
}

fn sheet_json(sheet: &DeliveredSheet) -> SheetJson<'_> {
    SheetJson {
        pages: sheet.pages.iter().map(|page| page.id.as_str()).collect(),
        page_nos: sheet.pages.iter().map(|page| page.number).collect(),
        trim_um: size(sheet.trim),
    }
}

fn size(trim: Rect) -> [i64; 2] {
    [trim.width.micrometres(), trim.height.micrometres()]
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
