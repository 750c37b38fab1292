//! Advertisements against their room and the press: size, condition, and what they leave out.

use crate::ad::Ad;
use crate::ad::place::Placed;
use crate::diag::Diagnostic;
use crate::geom::Rect;
use crate::model::edition::Condition;
use crate::model::plan::{AdFit, AdPlace};
use crate::unit::Len;

/// What there is to say about an advertisement that was placed in a room.
pub fn ad_rules(
    place: &AdPlace,
    ad: &Ad,
    room: Rect,
    placed: &Placed,
    condition: &Condition,
) -> Vec<Diagnostic> {
    let about = |note: Diagnostic| note.at(place.typed.clone()).about(&place.advertiser);
    let mut notes = Vec::new();
    if !placed.booked {
        notes.push(about(off_size(place, ad, room, placed)));
    }
    if let Some(own) = ad.condition.as_ref().filter(|own| **own != condition.identifier) {
        let message = format!(
            "`{}` is made for {own}, and this edition is printed by {}",
            place.file, condition.identifier
        );
        notes.push(about(
            Diagnostic::warning("ad-condition", message).help(
                "its colours will not be what they were meant to be: ask for a file made for this press",
            ),
        ));
    }
    if ad.annotations > 0 {
        let message =
            format!("{} notes, links or form fields of `{}` are left out", ad.annotations, place.file);
        notes.push(about(
            Diagnostic::warning("ad-note", message)
                .help("see whether something that should print was among them"),
        ));
    }
    notes
}

fn off_size(place: &AdPlace, ad: &Ad, room: Rect, placed: &Placed) -> Diagnostic {
    let size = |width: Len, height: Len| format!("{} x {} mm", mm(width), mm(height));
    let both = format!(
        "the advertisement of `{}` is {}, and its room is {}",
        place.advertiser,
        size(ad.width, ad.height),
        size(room.width, room.height)
    );
    match place.fit {
        AdFit::Exact => Diagnostic::unfit("NP-TRIM", both)
            .help("ask for it in the size that was booked, or write `fit = \"contain\"` to have it scaled"),
        AdFit::Contain => {
            let scale = placed.rect.width.permille_of(ad.width);
            let message = format!("{both}: it is printed at {}.{} % of its size", scale / 10, scale % 10);
            Diagnostic::warning("ad-scaled", message).help("see whether that was agreed")
        }
    }
}

/// Millimetres with one decimal.
fn mm(length: Len) -> String {
    let tenths = (length.micrometres() + 50).div_euclid(100);
    format!("{}.{}", tenths / 10, tenths % 10)
}
