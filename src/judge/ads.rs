//! Advertisements against their room and the press: size, condition, and every rule that the judge
//! of PDFs has about what a page shows.

use std::collections::BTreeMap;

use super::edges::bleed_rule;
use super::pdf::{self, Finding, Limits, Standard};
use crate::ad::Ad;
use crate::ad::place::Placed;
use crate::diag::{Diagnostic, Severity};
use crate::geom::{PageBoxes, Rect};
use crate::model::edition::Condition;
use crate::model::plan::{AdFit, AdPlace};
use crate::unit::Len;

/// Families of rules about a file or a page as a whole, which an advertisement is no longer when it
/// stands on a page of ours: its version and cross-reference, its identification, its output
/// intent, its boxes, what happens when it is opened.
const OF_THE_FILE: [&str; 6] = ["META-", "OI-", "BOX-", "VP-", "ACT-", "OC-"];

/// Single rules of that kind. A page's own group is taken off as well (`TR-04` names it).
const OF_THE_PAGE: [&str; 10] = [
    "FILE-01", "FILE-03", "FILE-04", "FILE-05", "FILE-07", "FILE-11", "NP-BLEED", "NP-PAGES", "NP-TEXT",
    "NP-TRIM",
];

/// How far a bleed may fall short because boxes are written in rounded points: a tenth of a millimetre.
const ROUNDED: Len = Len::from_units(3_600);

/// What an advertisement shows, judged from the bytes of its file as it is printed: at its scale.
pub fn delivered_rules(
    bytes: &[u8],
    place: &AdPlace,
    ad: &Ad,
    placed: &Placed,
    standard: Standard,
    condition: &Condition,
) -> Vec<Diagnostic> {
    let limits = at_scale(&Limits::of(condition), placed.rect.width, ad.width);
    let mut kinds: BTreeMap<(&str, bool), (Finding, u32)> = BTreeMap::new();
    for finding in pdf::judge(bytes, standard, &limits) {
        let elsewhere = finding.page.is_some_and(|page| page != u32::from(place.page));
        if elsewhere || !concerns(&finding) {
            continue;
        }
        let key = (finding.rule.0, finding.severity == Severity::Warning);
        kinds.entry(key).and_modify(|(_, more)| *more += 1).or_insert((finding, 0));
    }
    kinds.into_values().map(|(finding, more)| told(&finding, more, place)).collect()
}

/// Whether a finding is about what the page shows.
fn concerns(finding: &Finding) -> bool {
    let rule = finding.rule.0;
    let own_group = rule == "TR-04" && finding.message.starts_with("the page ");
    !own_group && !OF_THE_PAGE.contains(&rule) && !OF_THE_FILE.iter().any(|family| rule.starts_with(family))
}

/// Limits for a page that is printed `printed` wide and is `own` wide: half the size halves its
/// type and its lines and doubles its pixels.
fn at_scale(limits: &Limits, printed: Len, own: Len) -> Limits {
    let length = |limit: Len| limit.scale(own.units(), printed.units().max(1));
    let ppi = |limit: u32| {
        let scaled = Len::from_units(i64::from(limit)).scale(printed.units(), own.units().max(1));
        u32::try_from(scaled.units()).unwrap_or(u32::MAX)
    };
    Limits {
        small_text: length(limits.small_text),
        least_text: length(limits.least_text),
        least_reversed: length(limits.least_reversed),
        least_line: length(limits.least_line),
        least_line_inks: length(limits.least_line_inks),
        ppi: limits.ppi.map(ppi),
        ppi_one_bit: ppi(limits.ppi_one_bit),
        ..limits.clone()
    }
}

/// A finding as it is told to the desk. `more` counts other findings of the same rule.
fn told(finding: &Finding, more: u32, place: &AdPlace) -> Diagnostic {
    let more = if more > 0 { format!(" (and {more} more like it)") } else { String::new() };
    let message = format!("`{}`: {}{more}", place.file, finding.message);
    let note = match finding.severity {
        // A desk that places what could not be judged wants to know.
        Severity::Note | Severity::Warning => Diagnostic::warning(finding.rule.0, message),
        Severity::Unfit | Severity::Error => Diagnostic::unfit(finding.rule.0, message),
    };
    note.at(place.typed.clone())
        .about(&place.advertiser)
        .help(format!("of the advertiser: {}", finding.remedy))
}

/// What there is to say about an advertisement and the room it was placed in.
pub fn room_rules(
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

/// What is shown of an advertisement against the trim of the page: where it touches that, it runs to
/// the bleed. `shown` is where it is printed, its bleed with it.
pub fn edge_rule(place: &AdPlace, shown: Rect, boxes: &PageBoxes) -> Option<Diagnostic> {
    let what = format!("the advertisement of `{}`", place.advertiser);
    let note = bleed_rule(&what, shown.grown(ROUNDED), boxes)?;
    let help = "ask for it with bleed, and a BleedBox that says so; or give it an `inset`";
    Some(note.at(place.typed.clone()).about(&place.advertiser).help(help))
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
