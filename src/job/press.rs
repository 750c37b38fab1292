//! What of a job's pages goes to the plates: the inks of each page, what stands in its margin, the
//! lists of files that are handed over.

use rayon::prelude::*;

use super::issue::Issue;
use super::shop::Context;
use super::{Made, MadePage, Proof, stem};
use crate::color::Plate;
use crate::diag::Diagnostic;
use crate::fingerprint::sha256_hex;
use crate::model::edition::Edition;
use crate::model::plan::PagePlan;
use crate::output::changes::{self, Listed};
use crate::output::delivery::{self, Delivered, DeliveredSheet};
use crate::paint::build::plates;
use crate::paint::marks::Margin;
use crate::paint::slug::slug_line;

/// The file of a whole edition.
pub(super) const BOUND: &str = "edition.pdf";
/// The file of the delivery list.
pub(super) const LIST: &str = "delivery.json";
/// The file of the list of changes.
pub(super) const CHANGES: &str = "changed.json";

/// What is to be known of a print PDF without reading it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Printed {
    /// How many bytes it has.
    pub bytes: usize,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
    /// The plates it needs.
    pub plates: Vec<Plate>,
    /// Spot inks that its advertisements bring, by the names of their plates.
    pub brought: Vec<String>,
}

/// The file of a zone's delivery list. It lies beside the edition's, since it lists shared pages too.
pub(super) fn list_of(zone: &str) -> String {
    format!("delivery-{zone}.json")
}

/// Finds the plates of each page and sets its slug line. What there is to say about a page's goes to
/// its place in `notes`.
pub(super) fn margins(
    context: &Context<'_, '_>,
    batch: &[Proof],
    notes: &mut [Vec<Diagnostic>],
) -> Vec<Margin> {
    let margin = |(at, (proof, notes)): (usize, (&Proof, &mut Vec<Diagnostic>))| {
        let plates = plates(&proof.composed.page, context.photographs.pictures_of(at));
        let plan = &context.edition.pages[proof.plan];
        let brought = brought(context, proof);
        let slug = slug_line(context.edition, plan, &plates, &brought, context.shop.shapers).take(notes);
        Margin { plates, slug }
    };
    batch.par_iter().zip(notes).enumerate().map(margin).collect()
}

/// The spot inks that a page's advertisements bring.
pub(super) fn brought(context: &Context<'_, '_>, proof: &Proof) -> Vec<String> {
    let placed = proof.composed.page.ads.iter().filter_map(|ad| ad.art);
    let ads = placed.filter_map(|(idx, _)| context.advertisements.ads.get(idx.0 as usize));
    ads.flat_map(|ad| &ad.spots).cloned().collect()
}

/// Lists the files for the press that were made of the edition and of its zones, and what changed.
pub(super) fn list_all(edition: &Edition, issues: &[Issue], made: &mut Made) {
    for issue in issues {
        match &issue.zone {
            None => made.delivery = list(edition, issue, made, made.bound.as_deref()),
            Some(id) => {
                let zone = made.zones.iter().find(|zone| zone.id == *id);
                let listed = list(edition, issue, made, zone.and_then(|zone| zone.bound.as_deref()));
                if let Some(zone) = made.zones.iter_mut().find(|zone| zone.id == *id) {
                    zone.delivery = listed;
                }
            }
        }
    }
    let changed = made.pages.iter().filter_map(|page| Some((page, page.printed.as_ref()?, page.change?)));
    let changed: Vec<_> =
        changed.map(|(page, printed, change)| (pdf_of(page), page, printed, change)).collect();
    let listed: Vec<Listed<'_>> = changed
        .iter()
        .map(|(file, page, printed, change)| Listed {
            page: &page.id,
            zone: page.zone.as_deref(),
            file,
            sha256: &printed.sha256,
            change: *change,
        })
        .collect();
    made.changes = (!listed.is_empty()).then(|| changes::write(edition, &listed));
}

/// Lists the files of an edition or a zone; none where none was made. A zone's list has those pages too
/// that it shares.
fn list(edition: &Edition, issue: &Issue, made: &Made, bound: Option<&[u8]>) -> Option<String> {
    let zone = issue.zone.as_deref();
    let of = |(place, plan): (usize, &PagePlan)| {
        let own = if issue.own.contains(&place) { zone } else { None };
        made.pages.iter().find(|page| page.id == plan.id && page.zone.as_deref() == own)
    };
    let sheet = |plan: &PagePlan| DeliveredSheet {
        pages: plan.entries(),
        trim: edition.layout_of(plan).boxes().trim,
    };
    let pages = issue.pages.iter().enumerate().filter_map(|(place, plan)| {
        let page = of((place, plan))?;
        Some((pdf_of(page), vec![sheet(plan)], page.printed.clone()?))
    });
    let mut files: Vec<(String, Vec<DeliveredSheet>, Printed)> = pages.collect();
    if let (Some(pdf), false) = (bound, files.is_empty()) {
        let mut plates: Vec<Plate> = files.iter().flat_map(|(.., printed)| printed.plates.clone()).collect();
        plates.sort_unstable();
        plates.dedup();
        let brought = files.iter().flat_map(|(.., printed)| printed.brought.clone()).collect();
        let whole = Printed { bytes: pdf.len(), sha256: sha256_hex(pdf), plates, brought };
        files.push((stem(zone, BOUND), issue.pages.iter().map(sheet).collect(), whole));
    }
    let delivered: Vec<Delivered<'_>> = files
        .iter()
        .map(|(file, sheets, printed)| Delivered {
            file,
            sheets,
            plates: &printed.plates,
            brought: &printed.brought,
            bytes: printed.bytes,
            sha256: &printed.sha256,
        })
        .collect();
    (!delivered.is_empty()).then(|| delivery::write(edition, zone, &delivered))
}

fn pdf_of(page: &MadePage) -> String {
    format!("{}.pdf", page.stem())
}
