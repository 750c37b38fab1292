//! The advertisements of a job's pages: read, judged, placed in their rooms.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::ad::place::place;
use crate::ad::{self, Ad, AdIdx};
use crate::diag::Diagnostic;
use crate::files::{Files, Place};
use crate::fingerprint::sha256;
use crate::judge::ads::ad_rules;
use crate::model::edition::Edition;
use crate::model::plan::AdPlace;
use crate::page::compose::Composed;
use crate::source::unreadable;

/// The advertisements of a job.
#[derive(Default)]
pub(super) struct Advertisements {
    /// Each page of each file once, in order of first use.
    pub(super) ads: Vec<Ad>,
    /// SHA-256 of their files.
    pub(super) digests: Vec<[u8; 32]>,
}

/// Reads every advertisement of the pages and puts it in its room. What there is to say goes to each
/// page's findings.
pub(super) fn read(
    files: &dyn Files,
    edition: &Edition,
    pages: &mut [Composed],
    findings: &mut [Vec<Diagnostic>],
) -> Advertisements {
    let mut asked: Vec<&AdPlace> = Vec::new();
    let mut known: BTreeMap<(&str, u16), usize> = BTreeMap::new();
    for place in edition.pages.iter().flat_map(|plan| &plan.ads) {
        known.entry((&place.file, place.page)).or_insert_with(|| {
            asked.push(place);
            asked.len() - 1
        });
    }
    let delivered: Vec<Result<Delivered, Diagnostic>> =
        asked.par_iter().map(|place| read_one(files, place)).collect();
    let mut all = Advertisements::default();
    // Where each stands in the list of those that could be read.
    let mut read: Vec<Result<AdIdx, Diagnostic>> = Vec::new();
    for delivered in delivered {
        read.push(delivered.map(|delivered| {
            all.ads.push(delivered.ad);
            all.digests.push(delivered.digest);
            AdIdx(all.ads.len() as u32 - 1)
        }));
    }
    for ((plan, composed), noted) in edition.pages.iter().zip(pages).zip(findings) {
        for (wanted, room) in plan.ads.iter().zip(&mut composed.page.ads) {
            match &read[known[&(wanted.file.as_str(), wanted.page)]] {
                Ok(idx) => {
                    let ad = &all.ads[idx.0 as usize];
                    let placed = place(ad, room.room, wanted.fit);
                    room.art = Some((*idx, placed.rect));
                    noted.extend(ad_rules(wanted, ad, room.room, &placed, &edition.condition));
                }
                Err(note) => noted.push(note.clone().about(&wanted.advertiser)),
            }
        }
    }
    all
}

struct Delivered {
    ad: Ad,
    digest: [u8; 32],
}

fn read_one(files: &dyn Files, place: &AdPlace) -> Result<Delivered, Diagnostic> {
    let bytes = files
        .open(Place::Edition, &place.file)
        .and_then(|blob| blob.read_all(ad::LARGEST_FILE))
        .map_err(|error| unreadable(&place.file, &error, Some(&place.typed)))?;
    let ad = ad::read(&bytes, place.page).map_err(|error| {
        Diagnostic::error("ad", format!("cannot print `{}`: {error}", place.file))
            .at(place.typed.clone())
            .help(error.remedy())
    })?;
    Ok(Delivered { ad, digest: sha256(&[&bytes]) })
}
