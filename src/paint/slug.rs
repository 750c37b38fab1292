//! The slug line (版外信息): what a sheet is, for whoever holds one of its plates in his hands. So its
//! words are on every plate, and on each plate the name of its ink: a plate shows what it is, and a
//! sheet which plates it was printed from.

use std::collections::BTreeSet;

use super::marks::slug_rooms;
use crate::color::{Ink, Plate};
use crate::diag::{Checked, Diagnostic};
use crate::geom::Rect;
use crate::model::edition::Edition;
use crate::model::plan::PagePlan;
use crate::model::story::Text;
use crate::model::style::{Align, TypeStyle};
use crate::page::furniture::{one_line, whole};
use crate::page::set::{LinePlace, LineRole, TextLine, centred_baseline, text_line};
use crate::text::para::PreparedPara;
use crate::text::shape::Shapers;
use crate::unit::{Em, Len};

/// White between the parts of the words, and before the name of an ink.
const APART: &str = "　";
const INKS_APART: Em = Em(500);

/// Sets a sheet's slug line, if the layout has one, under each of its pages: paper, day, edition, page,
/// revision, printing condition and level in the ink of every plate, then the name of each ink in that ink.
/// Spot inks that its advertisements bring, `brought`, are known by their names alone: those that are not
/// among the plates are named last, on every plate.
pub fn slug_line(
    edition: &Edition,
    plan: &PagePlan,
    plates: &[Plate],
    brought: &[String],
    shapers: &Shapers<'_>,
) -> Checked<Vec<TextLine>> {
    let layout = edition.layout_of(plan);
    let mut notes = Vec::new();
    let Some(style) = &layout.sheet.marks.slug_line else { return Checked { value: Vec::new(), notes } };
    let names = plates.iter().map(|plate| (plate.name(&layout.spots).to_owned(), plate.solid()));
    let own = |name: &&String| plates.iter().any(|plate| plate.name(&layout.spots) == name.as_str());
    let brought: BTreeSet<&String> = brought.iter().filter(|name| !own(name)).collect();
    let names = names.chain(brought.into_iter().map(|name| (name.clone(), Ink::Registration)));
    let rooms = slug_rooms(&layout.sheet, &layout.boxes());
    let mut missing = Vec::new();
    let mut set = |text: String, ink: Ink| {
        let text = Text { text, ..Text::default() };
        let style = TypeStyle { ink, ..style.clone() };
        let para = one_line(&text, &style, Align::Left, layout, shapers, &mut missing);
        let long = para.natural(0..para.items.len());
        (para, long)
    };
    let names: Vec<(PreparedPara, Len)> = names.map(|(text, ink)| set(text, ink)).collect();
    let words: Vec<(PreparedPara, Len)> =
        (0..rooms.len()).map(|page| set(words(edition, plan, page), Ink::Registration)).collect();
    notes.extend(missing.into_iter().map(|note| note.at(plan.typed.clone())));
    let apart = INKS_APART.at(style.size);
    let names_long: Len = names.iter().map(|(_, long)| apart + *long).sum();
    let long = names_long + words.iter().map(|(_, long)| *long).max().unwrap_or_default();
    let short = rooms.iter().map(|room| room.width).min().unwrap_or_default();
    if long > short {
        notes.push(
            Diagnostic::warning(
                "slug-wide",
                format!(
                    "the slug line of page `{}` is {long} long, has room for {short}, and was left out",
                    plan.id
                ),
            )
            .at(plan.typed.clone())
            .help("give `slug_line` a smaller `size` in the layout, or do without it"),
        );
        return Checked { value: Vec::new(), notes };
    }
    let mut lines = Vec::new();
    for (room, words) in rooms.into_iter().zip(&words) {
        let mut x = room.x;
        for (para, long) in std::iter::once(words).chain(&names) {
            let place = LinePlace {
                rect: Rect { x, width: *long, ..room },
                baseline: centred_baseline(room, style.size),
            };
            lines.push(text_line(LineRole::Folio, para, &whole(para, *long), place, layout));
            x += *long + apart;
        }
    }
    Checked { value: lines, notes }
}

/// What is on every plate under one of a sheet's pages, counted from the left: that page, for each half of
/// a spread may go on a plate of its own, and then both.
fn words(edition: &Edition, plan: &PagePlan, page: usize) -> String {
    let pages = plan.entries();
    let own = pages.get(page).or(pages.last());
    let own = own.map(|own| format!("{} {}", own.id, own.section)).unwrap_or_default();
    let parts = [
        edition.paper.clone(),
        edition.date.to_string(),
        edition.edition.clone(),
        own.trim_end().to_owned(),
        if pages.len() > 1 { plan.name() } else { String::new() },
        format!("改版 {}", edition.revision),
        edition.condition.identifier.clone(),
        edition.level.name().to_owned(),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.trim().is_empty()).collect();
    parts.join(APART)
}
