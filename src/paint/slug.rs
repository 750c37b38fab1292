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

/// Sets a sheet's slug line, if the layout has one, under each of its pages: paper, day, edition, pages,
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
    let mut missing = Vec::new();
    let said = [(words(edition, plan), Ink::Registration)].into_iter().chain(names).map(|(text, ink)| {
        let text = Text { text, ..Text::default() };
        one_line(&text, &TypeStyle { ink, ..style.clone() }, Align::Left, layout, shapers, &mut missing)
    });
    let said: Vec<(PreparedPara, Len)> = said
        .map(|para| {
            let long = para.natural(0..para.items.len());
            (para, long)
        })
        .collect();
    notes.extend(missing.into_iter().map(|note| note.at(plan.typed.clone())));
    let apart = INKS_APART.at(style.size);
    let long: Len = said.iter().map(|(_, long)| *long).sum();
    let long = long + apart.times(said.len() as i64 - 1);
    let rooms = slug_rooms(&layout.sheet, &layout.boxes());
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
    for room in rooms {
        let mut x = room.x;
        for (para, long) in &said {
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

/// What is on every plate.
fn words(edition: &Edition, plan: &PagePlan) -> String {
    let mut sections: Vec<String> = plan.entries().into_iter().map(|page| page.section).collect();
    sections.dedup();
    let parts = [
        edition.paper.clone(),
        edition.date.to_string(),
        edition.edition.clone(),
        format!("{} {}", plan.name(), sections.join("／")),
        format!("改版 {}", edition.revision),
        edition.condition.identifier.clone(),
        edition.level.name().to_owned(),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.trim().is_empty()).collect();
    parts.join(APART)
}
