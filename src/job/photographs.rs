//! The photographs of a job's pages: read, converted in parallel, judged.

use std::ops::Range;

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

/// Pixels that are in memory at a time, whatever the number of threads: what one picture of the
/// largest size that is decoded may have.
const PIXELS_AT_A_TIME: u64 = 200_000_000;

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
    let pixels: Vec<u64> = asked.par_iter().map(|asked| pixels(files, asked)).collect();
    let mut results = Vec::with_capacity(asked.len());
    for batch in batches(&pixels) {
        let batch = asked[batch].par_iter().map(|asked| convert_one(files, edition, asked));
        results.extend(batch.collect::<Vec<_>>());
    }
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

/// How many pixels a photograph says it has; none if it cannot be told, for then it is refused.
fn pixels(files: &dyn Files, asked: &Asked<'_>) -> u64 {
    let bytes = files.open(Place::Edition, &asked.typed.file).and_then(|blob| blob.read_all(LARGEST_FILE));
    let probe = bytes.ok().and_then(|bytes| picture::probe(&bytes).ok());
    probe.map_or(0, |probe| u64::from(probe.width) * u64::from(probe.height))
}

/// Consecutive photographs that are converted side by side: as many as the budget holds, and
/// never fewer than one.
fn batches(pixels: &[u64]) -> Vec<Range<usize>> {
    let mut batches = Vec::new();
    let (mut start, mut sum) = (0, 0);
    for (idx, own) in pixels.iter().enumerate() {
        if idx > start && sum + own > PIXELS_AT_A_TIME {
            batches.push(start..idx);
            (start, sum) = (idx, 0);
        }
        sum += own;
    }
    if start < pixels.len() {
        batches.push(start..pixels.len());
    }
    batches
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_hold_the_budget_and_every_picture_once() {
        assert_eq!(batches(&[]), []);
        assert_eq!(batches(&[60_000_000; 5]), [0..3, 3..5]);
        assert_eq!(
            batches(&[150_000_000, 60_000_000, 140_000_000, 300_000_000, 1]),
            [0..1, 1..3, 3..4, 4..5]
        );
    }
}
