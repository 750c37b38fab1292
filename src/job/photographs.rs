//! The photographs of a job's pages: read, converted in parallel or taken from the cache, judged.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::Proof;
use super::cache::{Cache, Key};
use super::inputs::Inputs;
use crate::diag::Diagnostic;
use crate::files::{Files, Place};
use crate::fingerprint::sha256;
use crate::geom::Rect;
use crate::judge::pictures::picture_rules;
use crate::model::edition::{Condition, Edition};
use crate::model::story::StoryPicture;
use crate::picture::{self, Converted, Picture, Press, Shapes, Wanted};
use crate::source::unreadable;

/// Pixels that are in memory at a time, whatever the number of threads: what one picture of the
/// largest size that is decoded may have.
const PIXELS_AT_A_TIME: u64 = 200_000_000;

/// Every photograph of some pages, in the order of pages and of reading.
pub(super) struct Photographs {
    /// The pictures.
    pub(super) pictures: Vec<Picture>,
    /// Their effective resolution.
    pub(super) ppi: Vec<u32>,
    /// Index of the first picture of each page.
    pub(super) first: Vec<u32>,
    /// What the cache knows them by.
    pub(super) keys: Vec<Key>,
    /// How many of them came from the cache.
    pub(super) kept: usize,
}

impl Photographs {
    /// Resolutions of a page's pictures.
    pub(super) fn ppi_of(&self, page: usize) -> &[u32] {
        self.ppi.get(self.of(page)).unwrap_or_default()
    }

    /// A page's pictures, in reading order.
    pub(super) fn pictures_of(&self, page: usize) -> &[Picture] {
        self.pictures.get(self.of(page)).unwrap_or_default()
    }

    /// What the cache knows a page's pictures by.
    pub(super) fn keys_of(&self, page: usize) -> &[Key] {
        self.keys.get(self.of(page)).unwrap_or_default()
    }

    fn of(&self, page: usize) -> Range<usize> {
        let end = self.first.get(page + 1).map_or(self.pictures.len(), |end| *end as usize);
        self.first[page] as usize..end
    }
}

/// A photograph to convert.
struct Asked<'a> {
    page: usize,
    /// The story it is of; none for the paper's name.
    story: Option<&'a str>,
    typed: &'a StoryPicture,
    rect: Rect,
}

/// What is known of a photograph before it is converted.
#[derive(Clone)]
struct Known {
    key: Key,
    /// Pixels to decode, as the file says; 0 if it cannot be told, for then it is refused.
    pixels: u64,
    /// What the cache had.
    kept: Option<Converted>,
}

/// What photographs are converted with.
pub(super) struct Darkroom<'a> {
    pub(super) files: &'a dyn Files,
    pub(super) edition: &'a Edition,
    pub(super) cache: &'a Cache,
    pub(super) inputs: &'a Inputs,
    /// Everything of the condition that decides what a picture becomes, as a digest.
    pub(super) condition: [u8; 32],
    /// The profiles, read when there is first something to convert; nothing if they cannot be used.
    pub(super) press: &'a OnceLock<Option<Press>>,
}

/// Converts every photograph of the pages to ink. What there is to say goes to each page's findings.
pub(super) fn convert(darkroom: &Darkroom<'_>, proofs: &mut [Proof]) -> Photographs {
    let &Darkroom { edition, .. } = darkroom;
    let mut asked = Vec::new();
    let mut first = Vec::new();
    for (page, proof) in proofs.iter().enumerate() {
        first.push(asked.len() as u32);
        for block in &proof.composed.page.blocks {
            let story = &edition.stories[block.story.0 as usize];
            asked.extend(block.pictures.iter().map(|set| Asked {
                page,
                story: Some(&story.id),
                typed: &story.pictures[set.picture],
                rect: set.rect,
            }));
        }
        let art = proof.composed.page.art.zip(edition.name_art.as_ref());
        asked.extend(art.map(|(rect, typed)| Asked { page, story: None, typed, rect }));
    }
    let known = look_up_all(darkroom, &asked);
    let keys = known.iter().flatten().map(|known| known.key).collect();
    let mut photographs = Photographs { pictures: Vec::new(), ppi: Vec::new(), first, keys, kept: 0 };
    let results = convert_rest(darkroom, &asked, known, proofs);
    for (asked, result) in asked.iter().zip(results) {
        let mut noted = Vec::new();
        match result {
            Ok((converted, kept)) => {
                noted.extend(converted.notes.iter().map(|note| {
                    Diagnostic::warning("picture-note", format!("`{}`: {note}", asked.typed.file))
                        .at(asked.typed.typed.clone())
                }));
                noted.extend(converted.needs.map(|shapes| cut_short(asked, shapes)));
                noted.extend(picture_rules(
                    asked.typed,
                    &converted.picture,
                    converted.ppi,
                    &edition.condition,
                ));
                photographs.pictures.push(converted.picture);
                photographs.ppi.push(converted.ppi);
                photographs.kept += usize::from(kept);
            }
            Err(note) => noted.push(note),
        }
        let about = |note: Diagnostic| match asked.story {
            Some(story) => note.about(story),
            None => note,
        };
        proofs[asked.page].findings.extend(noted.into_iter().map(about));
    }
    photographs
}

/// A converted photograph, and whether the cache had it.
type Done = Result<(Converted, bool), Diagnostic>;

/// Converts what the cache did not have, in batches, in the order that was asked for.
fn convert_rest(
    darkroom: &Darkroom<'_>,
    asked: &[Asked<'_>],
    known: Vec<Result<Known, Diagnostic>>,
    proofs: &mut [Proof],
) -> Vec<Done> {
    let pixels: Vec<u64> = known.iter().map(|known| known.as_ref().map_or(0, |known| known.pixels)).collect();
    // A warm build has no use for the profiles.
    let missing = known.iter().flatten().any(|known| known.kept.is_none());
    let open = || match Press::new(&darkroom.edition.condition) {
        Ok(press) => Some(press),
        Err(error) => {
            if let Some(proof) = proofs.first_mut() {
                let note = Diagnostic::error("condition-profile", error.to_string());
                proof.findings.push(note.help(error.remedy()));
            }
            None
        }
    };
    let press = if missing { darkroom.press.get_or_init(open).as_ref() } else { None };
    let mut known = known;
    let mut results = Vec::with_capacity(asked.len());
    for batch in batches(&pixels) {
        let known: Vec<_> = known.drain(..batch.len()).collect();
        let batch = asked[batch].par_iter().zip(known).map(|(asked, known)| {
            let mut known = known?;
            if let Some(kept) = known.kept.take() {
                return Ok(Some((kept, true)));
            }
            let Some(press) = press else { return Ok(None) };
            let converted = convert_one(darkroom.files, press, asked)?;
            darkroom.cache.put(&known.key, &converted);
            Ok(Some((converted, false)))
        });
        results.extend(batch.collect::<Vec<_>>().into_iter().filter_map(Result::transpose));
    }
    results
}

/// Looks up every photograph, once where several pages show the same in the same way.
fn look_up_all(darkroom: &Darkroom<'_>, asked: &[Asked<'_>]) -> Vec<Result<Known, Diagnostic>> {
    let mut firsts: BTreeMap<Key, usize> = BTreeMap::new();
    let first = asked
        .iter()
        .enumerate()
        .map(|(idx, asked)| expected(darkroom, asked).map_or(idx, |key| *firsts.entry(key).or_insert(idx)));
    let first: Vec<usize> = first.collect();
    let own = asked
        .par_iter()
        .zip(&first)
        .enumerate()
        .map(|(idx, (asked, first))| (*first == idx).then(|| look_up(darkroom, asked)));
    let own: Vec<Option<Result<Known, Diagnostic>>> = own.collect();
    // One that cannot be read is told wherever it is asked for.
    let known = |(idx, (first, asked)): (usize, (&usize, &Asked<'_>))| match &own[*first] {
        Some(known) if known.is_ok() || *first == idx => known.clone(),
        _ => look_up(darkroom, asked),
    };
    first.iter().zip(asked).enumerate().map(known).collect()
}

/// What the cache would know a photograph by whose file was read before.
fn expected(darkroom: &Darkroom<'_>, asked: &Asked<'_>) -> Option<Key> {
    let digest = darkroom.inputs.digest(&asked.typed.file)?;
    Some(Cache::key(&digest, &wanted(asked), &darkroom.condition))
}

/// The cache asked for a picture, and its file read if that has none.
fn look_up(darkroom: &Darkroom<'_>, asked: &Asked<'_>) -> Result<Known, Diagnostic> {
    if let Some(key) = expected(darkroom, asked)
        && let Some(kept) = darkroom.cache.get(&key)
    {
        return Ok(Known { key, pixels: 0, kept: Some(kept) });
    }
    let bytes = read(darkroom.files, asked)?;
    let probe = picture::probe(&bytes).ok();
    let pixels = probe.map_or(0, |probe| u64::from(probe.width) * u64::from(probe.height));
    let key = Cache::key(&sha256(&[&bytes]), &wanted(asked), &darkroom.condition);
    Ok(Known { key, pixels, kept: None })
}

fn read(files: &dyn Files, asked: &Asked<'_>) -> Result<Vec<u8>, Diagnostic> {
    files
        .open(Place::Edition, &asked.typed.file)
        .and_then(|blob| blob.read_all(picture::LARGEST_FILE))
        .map_err(|error| unreadable(&asked.typed.file, &error, Some(&asked.typed.typed)))
}

fn wanted(asked: &Asked<'_>) -> Wanted {
    let typed = asked.typed;
    Wanted {
        focus: typed.focus,
        keep: typed.keep.as_ref().map(|keep| keep.edges),
        gray: typed.gray,
        as_is: typed.as_is,
        ink_saving: typed.ink_saving,
        inverted: typed.inverted,
        ..Wanted::new(asked.rect.width, asked.rect.height)
    }
}

/// Everything of a condition that decides what a picture becomes.
pub(super) fn condition_digest(condition: &Condition) -> [u8; 32] {
    let rest = format!("{} {} {:?}", condition.ink_limit, condition.picture_ppi, condition.conversion);
    let gray = condition.gray_profile.as_deref().unwrap_or_default();
    sha256(&[&condition.profile, gray, rest.as_bytes()])
}

/// The place is of a shape in which part of what is to be kept is cut off.
fn cut_short(asked: &Asked<'_>, shapes: Shapes) -> Diagnostic {
    let Rect { width, height, .. } = asked.rect;
    let have = width.units() * 1000 / height.units().max(1);
    let thousandths = |value: u64| format!("{}.{:02}", value / 1000, value % 1000 / 10);
    let message = format!(
        "the picture `{}` cannot keep all of its `keep` in view: its place of {width} x {height} is {} times as wide as high",
        asked.typed.id,
        thousandths(have.unsigned_abs()),
    );
    let note = Diagnostic::unfit("picture-keep", message).help(format!(
        "give it a place {} to {} times as wide as high, or a smaller `keep`",
        thousandths(shapes.least),
        thousandths(shapes.most),
    ));
    note.at(asked.typed.keep.as_ref().map_or_else(|| asked.typed.typed.clone(), |keep| keep.typed.clone()))
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

fn convert_one(files: &dyn Files, press: &Press, asked: &Asked<'_>) -> Result<Converted, Diagnostic> {
    let bytes = read(files, asked)?;
    picture::convert(&bytes, &wanted(asked), press).map_err(|error| {
        Diagnostic::error("picture", format!("cannot print `{}`: {error}", asked.typed.file))
            .at(asked.typed.typed.clone())
            .help(error.remedy())
    })
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
