//! What of a job's pages goes to the plates: the inks of each page, what stands in its margin, the
//! list of files that are handed over.

use super::{Advertisements, Made, Photographs};
use crate::diag::{Diagnostic, any_error};
use crate::model::edition::Edition;
use crate::output::delivery::{self, Delivered};
use crate::page::compose::Composed;
use crate::paint::build::plates;
use crate::paint::marks::Margin;
use crate::paint::slug::slug_line;
use crate::text::shape::Shapers;

/// The file of a whole edition.
pub(super) const BOUND: &str = "edition.pdf";
/// The file of the delivery list.
pub(super) const LIST: &str = "delivery.json";

/// Finds the plates of each page and sets its slug line.
pub(super) fn margins(
    edition: &Edition,
    pages: &[Composed],
    photographs: &Photographs,
    shapers: &Shapers<'_>,
    notes: &mut Vec<Diagnostic>,
) -> Vec<Margin> {
    let margin = |(idx, (composed, plan))| {
        let composed: &Composed = composed;
        let plates = plates(&composed.page, photographs.pictures_of(idx));
        let slug = slug_line(edition, plan, &plates, shapers).take(notes);
        Margin { plates, slug }
    };
    pages.iter().zip(&edition.pages).enumerate().map(margin).collect()
}

/// Lists the files for the press that were made; none for a job that made none.
pub(super) fn list(
    edition: &Edition,
    made: &Made,
    pages: &[Composed],
    margins: &[Margin],
    advertisements: &Advertisements,
) -> Option<String> {
    if any_error(&made.notes) {
        return None;
    }
    let ids: Vec<&str> = edition.pages.iter().map(|page| page.id.as_str()).collect();
    let names: Vec<String> = ids.iter().map(|id| format!("{id}.pdf")).collect();
    let trim = |idx: usize| pages[idx].page.boxes.trim;
    let brought: Vec<Vec<String>> = pages.iter().map(|page| brought(page, advertisements)).collect();
    let mut files = Vec::new();
    for (idx, page) in made.pages.iter().enumerate() {
        let Some(pdf) = &page.pdf else { continue };
        files.push(Delivered {
            file: &names[idx],
            pages: &ids[idx..=idx],
            trim: trim(idx),
            plates: &margins[idx].plates,
            brought: &brought[idx],
            pdf,
        });
    }
    let mut all: Vec<_> = margins.iter().flat_map(|margin| margin.plates.iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    let brought = brought.concat();
    if let Some(pdf) = &made.bound {
        let (trim, plates) = (trim(0), &all[..]);
        files.push(Delivered { file: BOUND, pages: &ids, trim, plates, brought: &brought, pdf });
    }
    (!files.is_empty()).then(|| delivery::write(edition, &files))
}

/// The spot inks that a page's advertisements bring.
fn brought(page: &Composed, advertisements: &Advertisements) -> Vec<String> {
    let placed = page.page.ads.iter().filter_map(|ad| ad.art);
    let ads = placed.filter_map(|(idx, _)| advertisements.ads.get(idx.0 as usize));
    ads.flat_map(|ad| &ad.spots).cloned().collect()
}
