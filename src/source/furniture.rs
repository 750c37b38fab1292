//! `nameplate`, `[ear]`, `footer` and `[[panel]]` of a page file, and what they ask of the edition.

use serde::Deserialize;
use toml::Spanned;

use super::area::{CellsToml, cells};
use super::typed::text;
use super::{Reader, span_of, unknown};
use crate::diag::{Diagnostic, FileId, Span};
use crate::model::entry::PageEntry;
use crate::model::furniture::{PageFurniture, PanelItem, PanelMatter, PanelPlace, PanelValue};
use crate::model::grid::Cells;
use crate::model::layout::Layout;
use crate::model::plan::PagePlan;
use crate::model::story::{Keep, StoryPicture};

/// Most panels of a page, and most entries and paragraphs of one.
const MOST_PANELS: usize = 100;
const MOST_ENTRIES: usize = 500;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct EarsToml {
    left: Option<Spanned<MatterToml>>,
    right: Option<Spanned<MatterToml>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MatterToml {
    title: Option<Spanned<String>>,
    #[serde(default)]
    text: Vec<Spanned<String>>,
    #[serde(default)]
    items: Vec<Spanned<ItemToml>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemToml {
    text: Spanned<String>,
    page: Option<Spanned<String>>,
    value: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PanelToml {
    style: Spanned<String>,
    cells: Spanned<CellsToml>,
    title: Option<Spanned<String>>,
    #[serde(default)]
    text: Vec<Spanned<String>>,
    #[serde(default)]
    items: Vec<Spanned<ItemToml>>,
}

/// What a page file asks for besides blocks, advertisements and rules.
pub(super) struct FurnitureToml<'a> {
    pub(super) nameplate: Option<&'a Spanned<String>>,
    pub(super) ear: &'a EarsToml,
    pub(super) footer: Option<&'a Spanned<String>>,
    pub(super) panels: &'a [PanelToml],
}

/// A page's furniture. `held` are the cells of its blocks and advertisements, and where they were typed.
pub(super) fn page_furniture(
    reader: &mut Reader<'_>,
    file: FileId,
    toml: &FurnitureToml<'_>,
    layout: &Layout,
    held: &[(Cells, Span)],
) -> PageFurniture {
    let grid = &layout.grid;
    let plates = layout.nameplates.iter().map(|plate| plate.strip.name.as_str()).collect::<Vec<_>>();
    let feet = layout.footers.iter().map(|strip| strip.name.as_str()).collect::<Vec<_>>();
    let nameplate = toml.nameplate.and_then(|name| named(reader, file, "nameplate", name, &plates));
    let footer = toml.footer.and_then(|name| named(reader, file, "footer", name, &feet));
    let mut taken = Vec::new();
    if let (Some(idx), Some(name)) = (nameplate, toml.nameplate) {
        let rows = layout.nameplates[idx].strip.rows;
        check_rows(reader, &span_of(file, name), "nameplate", rows, grid.rows);
        let rows = rows.saturating_sub(grid.folio_rows).min(grid.body_rows());
        taken.extend(across(0, rows, grid.columns));
        told_of_overlaps(reader, "the nameplate", &taken, held);
    }
    if let (Some(idx), Some(name)) = (footer, toml.footer) {
        let rows = layout.footers[idx].rows;
        check_rows(reader, &span_of(file, name), "footer", rows, grid.body_rows());
        let rows = rows.min(grid.body_rows());
        let strip: Vec<Cells> = across(grid.body_rows() - rows, rows, grid.columns).into_iter().collect();
        told_of_overlaps(reader, "the footer", &strip, held);
        taken.extend(strip);
    }
    // What is wrong with the name of a nameplate is told; its ears are not looked for then.
    let ears = match (nameplate, toml.nameplate) {
        (None, Some(_)) => [None, None],
        _ => ears(reader, file, toml, nameplate, layout),
    };
    let mut panels: Vec<PanelPlace> = Vec::new();
    if let Some(extra) = toml.panels.get(MOST_PANELS) {
        reader.note(
            Diagnostic::error("panels-many", format!("a page has at most {MOST_PANELS} panels"))
                .at(span_of(file, &extra.style))
                .help("a panel may have many entries"),
        );
    }
    for raw in toml.panels.iter().take(MOST_PANELS) {
        let names: Vec<&str> = layout.panels.iter().map(|style| style.name.as_str()).collect();
        let style = named(reader, file, "panel", &raw.style, &names);
        let cells = cells(reader, file, &raw.cells, grid);
        let matter = matter(reader, file, span_of(file, &raw.style), &raw.title, &raw.text, &raw.items);
        let (Some(style), Some(cells)) = (style, cells) else { continue };
        let on_held = held.iter().any(|(other, _)| other.overlaps(cells));
        if on_held || taken.iter().any(|other| other.overlaps(cells)) {
            reader.note(
                Diagnostic::error("panel-overlap", "the panel lies on something else")
                    .at(span_of(file, &raw.cells))
                    .help("move or shrink one of them: a cell holds one block, advertisement or panel, and nameplate and footer take whole rows"),
            );
        }
        taken.push(cells);
        panels.push(PanelPlace { cells, style, matter });
    }
    PageFurniture { nameplate, ears, footer, panels, taken }
}

/// The index of a name, or a message.
fn named(
    reader: &mut Reader<'_>,
    file: FileId,
    kind: &str,
    name: &Spanned<String>,
    names: &[&str],
) -> Option<usize> {
    let found = names.iter().position(|own| own == name.get_ref());
    if found.is_none() {
        reader.note(unknown(kind, name.get_ref(), names.iter(), span_of(file, name)));
    }
    found
}

fn across(row: u16, rows: u16, columns: u16) -> Option<Cells> {
    (rows > 0).then_some(Cells { col: 0, row, cols: columns, rows })
}

fn check_rows(reader: &mut Reader<'_>, at: &Span, kind: &str, rows: u16, most: u16) {
    if rows > most {
        reader.note(
            Diagnostic::error("strip-rows", format!("the {kind} takes {rows} rows, and the page has {most}"))
                .at(at.clone())
                .help("give it fewer `rows` in the layout"),
        );
    }
}

/// What lies on the rows of a nameplate or footer.
fn told_of_overlaps(reader: &mut Reader<'_>, what: &str, taken: &[Cells], held: &[(Cells, Span)]) {
    let on = held.iter().filter(|(cells, _)| taken.iter().any(|strip| strip.overlaps(*cells)));
    let rows: Vec<String> =
        taken.iter().map(|strip| format!("{} to {}", strip.row + 1, strip.row + strip.rows)).collect();
    for (_, typed) in on {
        reader.note(
            Diagnostic::error("strip-overlap", format!("this lies on the rows of {what}"))
                .at(typed.clone())
                .help(format!("{what} takes rows {}: move it off them", rows.join(", "))),
        );
    }
}

/// What the ears say: each has a place in the nameplate, and each place something to say.
fn ears(
    reader: &mut Reader<'_>,
    file: FileId,
    toml: &FurnitureToml<'_>,
    nameplate: Option<usize>,
    layout: &Layout,
) -> [Option<PanelMatter>; 2] {
    let typed = [("left", &toml.ear.left), ("right", &toml.ear.right)];
    let mut filled = [None, None];
    for (idx, (side, raw)) in typed.into_iter().enumerate() {
        let place = nameplate.and_then(|plate| layout.nameplates[plate].ears[idx].as_ref());
        match (place, raw) {
            (Some(_), Some(raw)) => {
                let MatterToml { title, text, items } = raw.get_ref();
                filled[idx] = Some(matter(reader, file, span_of(file, raw), title, text, items));
            }
            (None, Some(raw)) => reader.note(
                Diagnostic::error("ear-place", format!("there is no place for an ear at the {side}"))
                    .at(span_of(file, raw))
                    .help("name a `nameplate` with such an ear, or take this out"),
            ),
            (Some(_), None) => reader.note(
                Diagnostic::error("ear-place", format!("the ear at the {side} has nothing to say"))
                    .at(toml.nameplate.map_or_else(|| Span::file(file), |name| span_of(file, name)))
                    .help(format!("add `[ear.{side}]` with a `title`, `text` or `items`")),
            ),
            (None, None) => {}
        }
    }
    filled
}

/// What a panel or an ear says.
fn matter(
    reader: &mut Reader<'_>,
    file: FileId,
    typed: Span,
    title: &Option<Spanned<String>>,
    paras: &[Spanned<String>],
    items: &[Spanned<ItemToml>],
) -> PanelMatter {
    let source = reader.sources[file.0 as usize].text.clone();
    let own = |typed: &Spanned<String>| text(file, &source, typed);
    if paras.len().max(items.len()) > MOST_ENTRIES {
        reader.note(
            Diagnostic::error("panels-many", format!("a panel has at most {MOST_ENTRIES} entries"))
                .at(typed.clone())
                .help("give some of them to another panel"),
        );
    }
    let mut entries = Vec::new();
    for raw in items.iter().take(MOST_ENTRIES) {
        let item = raw.get_ref();
        let value = match (&item.page, &item.value) {
            (None, None) => PanelValue::None,
            (Some(page), None) => PanelValue::Page(page.get_ref().clone()),
            (None, Some(value)) => PanelValue::Text(own(value)),
            (Some(_), Some(value)) => {
                reader.note(
                    Diagnostic::error("panel-value", "an entry has a `page` or a `value`, not both")
                        .at(span_of(file, value))
                        .help("take one of them out"),
                );
                continue;
            }
        };
        entries.push(PanelItem { text: own(&item.text), value });
    }
    PanelMatter {
        typed,
        title: title.as_ref().map(own).unwrap_or_default(),
        text: paras.iter().take(MOST_ENTRIES).map(own).collect(),
        items: entries,
    }
}

/// Every page that a list refers to is one of the edition.
pub(super) fn check_references(reader: &mut Reader<'_>, pages: &[PagePlan], contents: &[PageEntry]) {
    let known: Vec<&str> = contents.iter().map(|page| page.id.as_str()).collect();
    for page in pages {
        let ears = page.furniture.ears.iter().flatten();
        let matters = ears.chain(page.furniture.panels.iter().map(|panel| &panel.matter));
        for item in matters.flat_map(|matter| &matter.items) {
            let PanelValue::Page(id) = &item.value else { continue };
            if !known.contains(&id.as_str()) {
                let mut note = Diagnostic::error("panel-page", format!("the edition has no page `{id}`"))
                    .help(format!("its pages: {}", known.join(", ")));
                note.at = item.text.typed(0..item.text.text.len() as u32);
                reader.note(note);
            }
        }
    }
}

/// A nameplate with a place for the name as a picture needs the picture.
pub(super) fn check_art(reader: &mut Reader<'_>, pages: &[PagePlan], layout: &Layout, given: Given) {
    let wants = |page: &&PagePlan| {
        page.furniture.nameplate.is_some_and(|plate| layout.nameplates[plate].art.is_some())
    };
    if let (Given::No, Some(page)) = (given, pages.iter().find(wants)) {
        reader.note(
            Diagnostic::error(
                "name-art",
                format!("the nameplate of page `{}` wants the name as a picture", page.id),
            )
            .at(page.typed.clone())
            .help("add `name_art = \"art/name.png\"` to `edition.toml`"),
        );
    }
}

/// Whether the edition has its name as a picture.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    Yes,
    No,
}

/// The paper's name as a picture. A place nearly of its shape may cut a fiftieth off its edges.
pub(super) fn name_art(file: FileId, path: &Spanned<String>) -> StoryPicture {
    let typed = span_of(file, path);
    StoryPicture {
        id: "name_art".to_owned(),
        file: path.get_ref().clone(),
        typed: typed.clone(),
        caption: None,
        credit: None,
        gray: false,
        focus: (500, 500),
        keep: Some(Keep { edges: [20, 20, 980, 980], typed }),
        pixels: None,
        as_is: false,
        ink_saving: false,
        inverted: None,
    }
}
