//! The advertisements of an edition's pages: read, judged, placed in their rooms.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Proof;
use crate::ad::place::{Placed, bled, place};
use crate::ad::{self, Ad, AdIdx};
use crate::diag::Diagnostic;
use crate::files::{Files, Place};
use crate::geom::{PageBoxes, Rect};
use crate::judge::ads::{delivered_rules, edge_rule, room_rules};
use crate::judge::pdf::Standard;
use crate::model::edition::{Edition, Level};
use crate::model::plan::{AdPlace, PagePlan};
use crate::page::set::ComposedAd;
use crate::source::unreadable;

/// The advertisements of some pages.
#[derive(Default)]
pub(super) struct Advertisements {
    /// Each page of each file once, in order of first use; after them, once more for its place, each
    /// that is shown with its bleed.
    pub(super) ads: Vec<Ad>,
}

/// Reads every advertisement of the pages, puts it in its room and has it judged as it is printed.
/// What there is to say goes to each page's findings.
pub(super) fn read(files: &dyn Files, edition: &Edition, proofs: &mut [Proof]) -> Advertisements {
    let plans: Vec<&PagePlan> = proofs.iter().map(|proof| &edition.pages[proof.plan]).collect();
    let (asked, numbers) = each_once(&plans);
    let delivered: Vec<Result<Delivered, Diagnostic>> =
        asked.par_iter().map(|place| read_one(files, place)).collect();
    let mut all = Advertisements::default();
    // Where each stands in the list of those that could be read.
    let mut indices = Vec::new();
    for one in &delivered {
        indices.push(AdIdx(all.ads.len() as u32));
        all.ads.extend(one.iter().map(|one| one.ad.clone()));
    }
    for (plan, proof) in plans.into_iter().zip(proofs) {
        let boxes = proof.composed.page.boxes;
        let rooms = plan.ads.par_iter().zip(&mut proof.composed.page.ads);
        let settled: Vec<_> = rooms
            .map(|(wanted, room)| {
                let number = numbers[&(wanted.file.as_str(), wanted.page)];
                match &delivered[number] {
                    Ok(one) => one.settled(indices[number], wanted, room, &boxes, edition),
                    Err(note) => {
                        (vec![note.clone().at(wanted.typed.clone()).about(&wanted.advertiser)], None)
                    }
                }
            })
            .collect();
        for ((told, opened), room) in settled.into_iter().zip(&mut proof.composed.page.ads) {
            proof.findings.extend(told);
            if let Some((opened, rect)) = opened {
                room.art = Some((AdIdx(all.ads.len() as u32), rect));
                all.ads.push(opened);
            }
        }
    }
    all
}

/// Each page of each file once, in order of first use, and its number in that order.
fn each_once<'a>(plans: &[&'a PagePlan]) -> (Vec<&'a AdPlace>, BTreeMap<(&'a str, u16), usize>) {
    let mut asked: Vec<&AdPlace> = Vec::new();
    let mut numbers = BTreeMap::new();
    for place in plans.iter().flat_map(|plan| &plan.ads) {
        numbers.entry((place.file.as_str(), place.page)).or_insert_with(|| {
            asked.push(place);
            asked.len() - 1
        });
    }
    (asked, numbers)
}

/// An advertisement as it came.
struct Delivered {
    ad: Ad,
    bytes: Vec<u8>,
}

impl Delivered {
    /// Puts an advertisement in its room: what there is to say, and, if it is shown with some of its
    /// bleed, what it is then and where that stands.
    fn settled(
        &self,
        idx: AdIdx,
        wanted: &AdPlace,
        room: &mut ComposedAd,
        boxes: &PageBoxes,
        edition: &Edition,
    ) -> (Vec<Diagnostic>, Option<(Ad, Rect)>) {
        let placed = place(&self.ad, room.room, wanted.fit);
        room.art = Some((idx, placed.rect));
        let opened = bled(&self.ad, &placed, room.room, boxes);
        let mut notes = self.judged(wanted, room.room, &placed, edition);
        let shown = opened.as_ref().map_or(placed.rect, |(_, rect)| *rect);
        notes.extend(edge_rule(wanted, shown, boxes));
        (notes, opened)
    }

    fn judged(&self, wanted: &AdPlace, room: Rect, placed: &Placed, edition: &Edition) -> Vec<Diagnostic> {
        let condition = &edition.condition;
        let standard = match edition.level {
            Level::X1a2001 => Standard::X1a2001,
            Level::X1a2003 => Standard::X1a2003,
            // A proof promises nothing; what may not stand in an X-4 page is told there too.
            Level::X4 | Level::Pdf17 => Standard::X4,
        };
        let mut notes = room_rules(wanted, &self.ad, room, placed, condition);
        notes.extend(delivered_rules(&self.bytes, wanted, &self.ad, placed, standard, condition));
        notes
    }
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
    Ok(Delivered { ad, bytes })
}
