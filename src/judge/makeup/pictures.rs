//! Pictures against each other: one of them leads.

use super::scene::Scene;
use crate::diag::Diagnostic;
use crate::geom::Rect;

/// A page with several pictures has one that is much larger than the others.
pub(super) fn dominant(scene: &Scene<'_>) -> Vec<Diagnostic> {
    let pictures = scene.stories.iter().flat_map(|area| area.set.pictures.iter().map(move |set| (area, set)));
    let area_of = |rect: Rect| i128::from(rect.width.units()) * i128::from(rect.height.units());
    let mut pictures: Vec<_> = pictures.map(|(area, set)| (area_of(set.rect), area, set)).collect();
    // The order of the page decides among equals.
    pictures.sort_by_key(|(size, ..)| std::cmp::Reverse(*size));
    let [(largest, area, set), (second, other, next), ..] = &pictures[..] else { return Vec::new() };
    if largest * 100 >= second * i128::from(scene.layout.checks.limits.dominant) {
        return Vec::new();
    }
    let message = format!(
        "no picture leads the page: `{}` ({}) has {} % of the area of `{}` ({})",
        area.story.pictures[set.picture].id,
        scene.place(set.rect),
        (largest * 100).checked_div(*second).unwrap_or_default(),
        other.story.pictures[next.picture].id,
        scene.place(next.rect),
    );
    let remedy = "make one picture larger or the others smaller, up to the layout's `dominant`";
    vec![area.note("makeup-dominant", message, remedy)]
}
