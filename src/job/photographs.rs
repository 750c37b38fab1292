//! The photographs of a job's pages: read, converted in parallel, judged.

use rayon::prelude::*;

use crate::diag::Diagnostic;
use crate::files::{Files, Place};
use crate::fingerprint::sha256;
use crate::geom::Rect;
use crate::judge::sheet::picture_rules;
use crate::model::edition::Edition;
use crate::model::story::StoryPicture;
use crate::page::compose::Composed;
use crate::picture::{self, Converted, Picture, Wanted};
use crate::source::unreadable;

/// Largest picture file that is read.
const LARGEST_FILE: u64 = 256 << 20;

/// Every photograph of a job, in the order of pages and of reading.
pub(super) struct Photographs {
    /// The pictures.
    pub(super) pictures: Vec<Picture>,
    /// Their effective resolution.
    pub(super) ppi: Vec<u32>,
    /// SHA-256 of their files.
    pub(super) digests: Vec<[u8; 32]>,
    /// Index of the first picture of each page.
    pub(super) first: Vec<u32>,
}

impl Photographs {
    /// Resolutions of a page's pictures.
    pub(super) fn ppi_of(&self, page: usize) -> &[u32] {
        let end = self.first.get(page + 1).map_or(self.ppi.len(), |end| *end as usize);
        self.ppi.get(self.first[page] as usize..end).unwrap_or_default()
    }
}

/// A photograph to convert.
struct Asked<'a> {
    page: usize,
    typed: &'a StoryPicture,
    rect: Rect,
}

/// Converts every photograph of the pages to ink. What there is to say goes to each page's findings.
pub(super) fn convert(
    files: &dyn Files,
    edition: &Edition,
    pages: &[Composed],
    findings: &mut [Vec<Diagnostic>],
) -> Photographs {
    let mut asked = Vec::new();
    let mut first = Vec::new();
    for (page, composed) in pages.iter().enumerate() {
        first.push(asked.len() as u32);
        for block in &composed.page.blocks {
            let story = &edition.stories[block.story.0 as usize];
            asked.extend(block.pictures.iter().map(|set| Asked {
                page,
                typed: &story.pictures[set.picture],
                rect: set.rect,
            }));
        }
    }
    let results: Vec<_> = asked.par_iter().map(|asked| convert_one(files, edition, asked)).collect();
    let mut photographs = Photographs { pictures: Vec::new(), ppi: Vec::new(), digests: Vec::new(), first };
    for (asked, result) in asked.iter().zip(results) {
        let noted = &mut findings[asked.page];
        match result {
            Ok((converted, digest)) => {
                noted.extend(converted.notes.iter().map(|note| {
                    Diagnostic::warning("picture-note", format!("`{}`: {note}", asked.typed.file))
                        .at(asked.typed.typed.clone())
                }));
                noted.extend(picture_rules(
                    asked.typed,
                    &converted.picture,
                    converted.ppi,
                    &edition.condition,
                ));
                photographs.pictures.push(converted.picture);
                photographs.ppi.push(converted.ppi);
                photographs.digests.push(digest);
            }
            Err(note) => noted.push(note),
        }
    }
    photographs
}

fn convert_one(
    files: &dyn Files,
    edition: &Edition,
    asked: &Asked<'_>,
) -> Result<(Converted, [u8; 32]), Diagnostic> {
    let typed = asked.typed;
    let bytes = files
        .open(Place::Edition, &typed.file)
        .and_then(|blob| blob.read_all(LARGEST_FILE))
        .map_err(|error| unreadable(&typed.file, &error, Some(&typed.typed)))?;
    let wanted =
        Wanted { focus: typed.focus, gray: typed.gray, ..Wanted::new(asked.rect.width, asked.rect.height) };
    let converted = picture::convert(&bytes, &wanted, &edition.condition).map_err(|error| {
        Diagnostic::error("picture", format!("cannot print `{}`: {error}", typed.file))
            .at(typed.typed.clone())
            .help(error.remedy())
    })?;
    Ok((converted, sha256(&[&bytes])))
}
