//! `pages/NAME.toml`: a page's dummy.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::ad::{AdToml, ads};
use super::block::{BlockToml, Known, block};
use super::furniture::{EarsToml, FurnitureToml, PanelToml, page_furniture};
use super::group::{GroupToml, page_ladders};
use super::rule::rule_named;
use super::typed::{Ordinal, Ranged};
use super::{Reader, span_of};
use crate::diag::{Diagnostic, FileId, Span};
use crate::files::Place;
use crate::model::grid::Cells;
use crate::model::layout::Layout;
use crate::model::plan::{Block, Offer, PagePlan, RightPage, RulePlace, RuleRun};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PageToml {
    page_no: Ranged<1, 9999>,
    spread: Option<Spanned<bool>>,
    section: String,
    right: Option<Spanned<RightToml>>,
    #[serde(default)]
    variables: BTreeMap<String, String>,
    copyfit: Option<Spanned<String>>,
    #[serde(default, rename = "group")]
    groups: Vec<GroupToml>,
    #[serde(default, rename = "block")]
    blocks: Vec<BlockToml>,
    #[serde(default, rename = "ad")]
    ads: Vec<AdToml>,
    #[serde(default, rename = "rule")]
    rules: Vec<RulePlaceToml>,
    nameplate: Option<Spanned<String>>,
    #[serde(default)]
    ear: EarsToml,
    footer: Option<Spanned<String>>,
    #[serde(default, rename = "panel")]
    panels: Vec<PanelToml>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RightToml {
    id: Option<Spanned<String>>,
    section: Option<String>,
    #[serde(default)]
    variables: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RulePlaceToml {
    rule: Spanned<String>,
    across: Option<AcrossToml>,
    down: Option<DownToml>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AcrossToml {
    row: Ordinal,
    col: Ordinal,
    cols: Ordinal,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DownToml {
    after_col: Ordinal,
    row: Ordinal,
    rows: Ordinal,
}

/// Most rules between the blocks of a page: dotted ones are drawn dot by dot.
const MOST_RULES: usize = 200;

/// Reads a page file; `story` finds or reads a story by name.
pub(super) fn read(
    reader: &mut Reader<'_>,
    id: &str,
    asked: &Span,
    layout: &Layout,
    mut story: impl FnMut(&mut Reader<'_>, &str, &Span) -> Option<Known>,
) -> Option<PagePlan> {
    check_id(reader, id, asked)?;
    let (file, toml) = reader.parse::<PageToml>(Place::Edition, &format!("pages/{id}.toml"), Some(asked))?;
    let spread = toml.spread.as_ref().filter(|spread| *spread.get_ref());
    if let Some(spread) = spread.filter(|_| !toml.page_no.0.is_multiple_of(2)) {
        reader.note(
            Diagnostic::error(
                "spread-number",
                format!("page {} cannot be the left page of a spread", toml.page_no.0),
            )
            .at(span_of(file, spread))
            .help("pages with even numbers lie on the left: `page_no = 4` is the spread of 4 and 5"),
        );
    }
    let right = right_page(reader, file, spread, toml.right);
    let wide = spread.map(|_| layout.spread());
    let layout = wide.as_ref().unwrap_or(layout);
    let asked = (toml.copyfit.as_ref(), toml.groups.as_slice());
    let ladders = page_ladders(reader, file, asked, &toml.blocks, layout);
    let (mut blocks, mut offers): (Vec<Block>, Vec<Offer>) = Default::default();
    for raw in &toml.blocks {
        if let (Some(_), Some(name)) = (&raw.story, raw.offered_to.first()) {
            reader.note(
                Diagnostic::error("block-whose", "a block is of a `story` or `offered_to` others, not both")
                    .at(span_of(file, name))
                    .help("take one of the two out: a block that is `offered_to` stories has nothing of its own"),
            );
        }
        let found: Vec<Known> = raw
            .names()
            .into_iter()
            .filter_map(|name| story(reader, name.get_ref(), &span_of(file, name)))
            .collect();
        let Some(known) = found.first() else {
            if raw.names().is_empty() {
                reader.note(
                    Diagnostic::error(
                        "block-whose",
                        "a block is of a `story`, or `offered_to` stories that jump",
                    )
                    .at(span_of(file, &raw.cells))
                    .help("write one of the two, such as `story = \"lead\"` or `offered_to = [\"lead\"]`"),
                );
            }
            continue;
        };
        let (ladder, group) = ladders.of(reader, file, raw, known.ladder, layout);
        let Some(block) = block(reader, file, raw, known, layout) else { continue };
        let block = Block { ladder, group, ..block };
        let all = || blocks.iter().chain(offers.iter().map(|offer: &Offer| &offer.block));
        if let Some(other) = all().find(|other| block.areas.iter().any(|area| other.overlaps(area.cells))) {
            let other = toml.blocks.iter().find(|raw| raw.typed(file) == other.typed);
            reader.note(
                Diagnostic::error(
                    "blocks-overlap",
                    format!(
                        "the blocks `{}` and `{}` overlap",
                        other.map_or_else(String::new, BlockToml::name),
                        raw.name()
                    ),
                )
                .at(span_of(file, &raw.cells))
                .help("move or shrink one of them: a cell holds one block"),
            );
        }
        match raw.story {
            Some(_) => blocks.push(block),
            None => offers.push(Offer { stories: found.iter().map(|known| known.story).collect(), block }),
        }
    }
    if let Some(extra) = toml.rules.get(MOST_RULES) {
        reader.note(
            Diagnostic::error("rules-many", format!("a page has at most {MOST_RULES} rules"))
                .at(span_of(file, &extra.rule))
                .help("a rule may run over several columns or rows at once"),
        );
        return None;
    }
    let held: Vec<Block> = blocks.iter().chain(offers.iter().map(|offer| &offer.block)).cloned().collect();
    let ads = ads(reader, file, &toml.ads, layout, &held);
    let areas =
        held.iter().flat_map(|block| block.areas.iter().map(|area| (area.cells, block.typed.clone())));
    let held: Vec<(Cells, Span)> = areas.chain(ads.iter().map(|ad| (ad.cells, ad.typed.clone()))).collect();
    let asked = FurnitureToml {
        nameplate: toml.nameplate.as_ref(),
        ear: &toml.ear,
        footer: toml.footer.as_ref(),
        panels: &toml.panels,
    };
    let furniture = page_furniture(reader, file, &asked, layout, &held);
    let taken: Vec<Cells> =
        held.iter().map(|(cells, _)| *cells).chain(furniture.taken.iter().copied()).collect();
    let rules: Vec<RulePlace> =
        toml.rules.iter().filter_map(|raw| rule_place(reader, file, raw, layout, &taken)).collect();
    Some(PagePlan {
        id: id.to_owned(),
        number: toml.page_no.0,
        right,
        section: toml.section,
        typed: Span::file(file),
        variables: toml.variables.into_iter().collect(),
        // Filled in by who knows them: the edition.
        stories: Vec::new(),
        blocks,
        offers,
        ads,
        rules,
        furniture,
    })
}

/// Tells of an id that cannot be a page's; `edition.pdf` is the bound edition.
fn check_id(reader: &mut Reader<'_>, id: &str, asked: &Span) -> Option<()> {
    let plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if plain && !id.is_empty() && !id.eq_ignore_ascii_case("edition") {
        return Some(());
    }
    reader.note(
        Diagnostic::error("page-id", format!("`{id}` cannot be a page's id"))
            .at(asked.clone())
            .help("use letters, digits and hyphens, such as `A02`, and not `edition`: the id names files"),
    );
    None
}

/// The right page of a spread; of a single page there is none.
fn right_page(
    reader: &mut Reader<'_>,
    file: FileId,
    spread: Option<&Spanned<bool>>,
    toml: Option<Spanned<RightToml>>,
) -> Option<RightPage> {
    if let Some(raw) = toml.as_ref().filter(|_| spread.is_none()) {
        reader.note(
            Diagnostic::error(
                "right-page",
                "`[right]` is of the right page of a spread, and this page is none",
            )
            .at(span_of(file, raw))
            .help("write `spread = true`, or take it out"),
        );
    }
    spread?;
    let Some(raw) = toml.map(Spanned::into_inner) else { return Some(RightPage::default()) };
    if let Some(id) = &raw.id {
        check_id(reader, id.get_ref(), &span_of(file, id));
    }
    Some(RightPage {
        id: raw.id.map(Spanned::into_inner),
        section: raw.section,
        variables: raw.variables.into_iter().collect(),
    })
}

fn rule_place(
    reader: &mut Reader<'_>,
    file: FileId,
    raw: &RulePlaceToml,
    layout: &Layout,
    taken: &[Cells],
) -> Option<RulePlace> {
    let rule = rule_named(reader, file, &raw.rule, &layout.rules)?;
    let (columns, rows) = (layout.grid.columns, layout.grid.body_rows());
    let inside = |from: u16, count: u16, all: u16| from >= 1 && count >= 1 && from + count - 1 <= all;
    let run = match (&raw.across, &raw.down) {
        (Some(line), None) if inside(line.row.0, 1, rows) && inside(line.col.0, line.cols.0, columns) => {
            RuleRun::Across { row: line.row.0 - 1, col: line.col.0 - 1, cols: line.cols.0 }
        }
        (None, Some(line))
            if inside(line.after_col.0, 2, columns) && inside(line.row.0, line.rows.0, rows) =>
        {
            RuleRun::Down { after: line.after_col.0 - 1, row: line.row.0 - 1, rows: line.rows.0 }
        }
        _ => {
            reader.note(
                Diagnostic::error("rule-place", "a rule runs either `across` or `down`, inside the grid")
                    .at(span_of(file, &raw.rule))
                    .help("write `across = { row, col, cols }` or `down = { after_col, row, rows }`, counted from 1"),
            );
            return None;
        }
    };
    if taken.iter().any(|cells| run.crosses(*cells)) {
        reader.note(
            Diagnostic::error("rule-place", "the rule runs through a block or an advertisement")
                .at(span_of(file, &raw.rule))
                .help("an `across` rule takes a row that no block under it has, a `down` rule the gutter between blocks"),
        );
    }
    Some(RulePlace { rule, run })
}
