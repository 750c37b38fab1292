//! Furniture: what stands on a page and belongs to no story. Folio line, nameplate with its ears,
//! footer, panels, rules between blocks.

use super::panel::panel;
use super::rules::rules;
use super::set::{Rule, Stroke, TextLine};
use super::strip::{StripRoom, folio, strip};
use super::variables::of_page;
use crate::diag::Diagnostic;
use crate::geom::Rect;
use crate::model::edition::Edition;
use crate::model::layout::Layout;
use crate::model::plan::PagePlan;
use crate::model::story::{Paragraph, Role, Text};
use crate::model::style::{Align, ParaStyle, TypeStyle};
use crate::text::linebreak::{Ending, LineCut};
use crate::text::para::PreparedPara;
use crate::text::prepare::prepare;
use crate::text::setting::Setting;
use crate::text::shape::Shapers;
use crate::unit::Len;

/// The furniture of a page, set.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Furniture {
    /// Grounds and bars, under everything.
    pub(super) grounds: Vec<Stroke>,
    /// Rules, frames, ornaments.
    pub(super) rules: Vec<Rule>,
    /// Its type.
    pub(super) lines: Vec<TextLine>,
    /// Where the paper's name stands as a picture.
    pub(super) art: Option<Rect>,
}

/// Sets a page's furniture.
pub(super) fn furniture(
    edition: &Edition,
    plan: &PagePlan,
    shapers: &Shapers<'_>,
    notes: &mut Vec<Diagnostic>,
) -> Furniture {
    let layout = edition.layout_of(plan);
    let (grid, asked) = (&layout.grid, &plan.furniture);
    let area = grid.type_area();
    let pages = plan.entries();
    let variables = of_page(edition, plan, &pages[0]);
    let mut set = Furniture { rules: rules(plan, layout), ..Furniture::default() };
    match asked.nameplate.map(|idx| &layout.nameplates[idx]) {
        // Each page of a spread has its own.
        None => {
            for (page, area) in pages.iter().zip(grid.page_areas()) {
                let variables = of_page(edition, plan, page);
                folio(&mut set, (page.number, area), plan, layout, &variables, shapers, notes);
            }
        }
        Some(plate) => {
            let rect = Rect { height: grid.row.times(i64::from(plate.strip.rows)), ..area };
            let placed = |rect: Rect| Rect { x: area.x + rect.x, y: area.y + rect.y, ..rect };
            let ears: Vec<Rect> = plate.ears.iter().flatten().map(|ear| placed(ear.rect)).collect();
            set.art = plate.art.map(placed);
            let boxes: Vec<Rect> = ears.iter().copied().chain(set.art).collect();
            let room = StripRoom { what: "the nameplate", number: plan.number, rect, taken: &boxes };
            strip(&mut set, &plate.strip, &room, plan, layout, &variables, shapers, notes);
            for (ear, matter) in plate.ears.iter().zip(&asked.ears) {
                if let (Some(ear), Some(matter)) = (ear, matter) {
                    let style = &layout.panels[ear.panel];
                    panel(&mut set, matter, style, placed(ear.rect), edition, shapers, notes);
                }
            }
        }
    }
    if let Some(footer) = asked.footer.map(|idx| &layout.footers[idx]) {
        let height = grid.row.times(i64::from(footer.rows));
        let rect = Rect { y: area.bottom() - height, height, ..area };
        let room = StripRoom { what: "the footer", number: plan.number, rect, taken: &[] };
        strip(&mut set, footer, &room, plan, layout, &variables, shapers, notes);
    }
    for place in &asked.panels {
        let (style, rect) = (&layout.panels[place.style], grid.rect(place.cells));
        panel(&mut set, &place.matter, style, rect, edition, shapers, notes);
    }
    set
}

/// A text on one line, whatever its width.
pub fn one_line(
    text: &Text,
    body: &TypeStyle,
    align: Align,
    layout: &Layout,
    shapers: &Shapers<'_>,
    notes: &mut Vec<Diagnostic>,
) -> PreparedPara {
    let para = Paragraph { role: Role::Body, text: text.clone(), source_tag: 0..0, run_in: 0..0 };
    let style = ParaStyle::plain(body.clone(), align);
    prepare(&para, &style, &Setting::plain(layout), shapers).take(notes)
}

/// All of a paragraph as one line.
pub fn whole(para: &PreparedPara, measure: Len) -> LineCut {
    let items = 0..para.items.len();
    LineCut { natural: para.natural(items.clone()), items, measure, ending: Ending::Last }
}

#[cfg(test)]
mod tests;
