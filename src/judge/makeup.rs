//! Judges the make-up of a composed page (版面): heads against each other, lines and gutters that
//! cut it, text without a head over it, grey areas, pictures, the lead. Everything here is taste
//! that the trade agrees on, so it warns; a layout settles each rule under `[checks]`.

mod cuts;
mod grey;
mod heads;
mod pictures;
mod scene;
mod wraps;

use crate::diag::Diagnostic;
use crate::model::edition::Edition;
use crate::model::layout::Layout;
use crate::model::plan::PagePlan;
use crate::page::set::ComposedPage;

use scene::Scene;

/// What there is to say about a page's make-up. A page whose heads or text could not be set says
/// little about it.
pub fn makeup(page: &ComposedPage, plan: &PagePlan, edition: &Edition, layout: &Layout) -> Vec<Diagnostic> {
    let scene = Scene::of(page, plan, edition, layout);
    let mut notes = heads::tombstones(&scene);
    notes.extend(heads::rising(&scene));
    notes.extend(heads::lead(&scene));
    notes.extend(wraps::raw_wraps(&scene));
    notes.extend(wraps::text_above_heads(&scene));
    notes.extend(grey::grey_areas(&scene));
    notes.extend(pictures::dominant(&scene));
    notes.extend(cuts::cuts(&scene));
    notes.extend(cuts::corridors(&scene));
    notes
}
