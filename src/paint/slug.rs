//! The slug line (版外信息): what a sheet is, for whoever holds the plate in his hands.

use super::marks::slug_room;
use crate::color::Plate;
use crate::diag::{Checked, Diagnostic};
use crate::model::edition::Edition;
use crate::model::plan::PagePlan;
use crate::model::story::Text;
use crate::model::style::Align;
use crate::page::furniture::{one_line, whole};
use crate::page::set::{LinePlace, LineRole, TextLine, centred_baseline, text_line};
use crate::text::shape::Shapers;

/// Sets a page's slug line, if the layout has one: paper, day, edition, page, revision, printing
/// condition, level and inks, in black.
pub fn slug_line(
    edition: &Edition,
    plan: &PagePlan,
    plates: &[Plate],
    shapers: &Shapers<'_>,
) -> Checked<Option<TextLine>> {
    let layout = edition.layout_of(plan);
    let mut notes = Vec::new();
    let Some(style) = &layout.sheet.marks.slug_line else { return Checked { value: None, notes } };
    let text = Text { text: words(edition, plan, plates), ..Text::default() };
    let mut missing = Vec::new();
    let para = one_line(&text, style, Align::Left, layout, shapers, &mut missing);
    notes.extend(missing.into_iter().map(|note| note.at(plan.typed.clone())));
    let room = slug_room(&layout.sheet, &layout.boxes());
    let line = whole(&para, room.width);
    if line.natural > room.width {
        notes.push(
            Diagnostic::warning(
                "slug-wide",
                format!(
                    "the slug line of page `{}` is {} long, has room for {}, and was left out",
                    plan.id, line.natural, room.width
                ),
            )
            .at(plan.typed.clone())
            .help("give `slug_line` a smaller `size` in the layout, or do without it"),
        );
        return Checked { value: None, notes };
    }
    let place = LinePlace { rect: room, baseline: centred_baseline(room, style.size) };
    Checked { value: Some(text_line(LineRole::Folio, &para, &line, place, layout)), notes }
}

/// What the line says.
fn words(edition: &Edition, plan: &PagePlan, plates: &[Plate]) -> String {
    let inks: Vec<&str> = plates.iter().map(|plate| plate.name(&edition.layout.spots)).collect();
    let parts = [
        edition.paper.clone(),
        edition.date.to_string(),
        edition.edition.clone(),
        format!("{} {}", plan.id, plan.section),
        format!("改版 {}", edition.revision),
        edition.condition.identifier.clone(),
        edition.level.name().to_owned(),
        inks.join(" "),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.trim().is_empty()).collect();
    parts.join("　")
}
