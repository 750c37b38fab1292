//! `pages/NAME.toml`: a page's dummy.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::ad::{AdToml, ads};
use super::block::{BlockToml, Known, block, cells};
use super::layout::rule_named;
use super::typed::{Ordinal, Ranged};
use super::{Reader, span_of};
use crate::diag::{Diagnostic, FileId, Span};
use crate::files::Place;
use crate::model::layout::Layout;
use crate::model::plan::{Block, Cells, PagePlan, RulePlace, RuleRun};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PageToml {
    page_no: Ranged<1, 9999>,
    section: String,
    #[serde(default)]
    variables: BTreeMap<String, String>,
    #[serde(default, rename = "block")]
    blocks: Vec<BlockToml>,
    #[serde(default, rename = "ad")]
    ads: Vec<AdToml>,
    #[serde(default, rename = "rule")]
    rules: Vec<RulePlaceToml>,
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
    // `edition.pdf` is the bound edition.
    if id.is_empty()
        || id.eq_ignore_ascii_case("edition")
        || !id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    {
        reader.note(
            Diagnostic::error("page-id", format!("`{id}` cannot be a page's id")).at(asked.clone()).help(
                "use letters, digits and hyphens, such as `A02`, and not `edition`: the id names files",
            ),
        );
        return None;
    }
    let (file, toml) = reader.parse::<PageToml>(Place::Edition, &format!("pages/{id}.toml"), Some(asked))?;
    let mut blocks: Vec<Block> = Vec::new();
    for raw in &toml.blocks {
        let at = span_of(file, &raw.story);
        let found = story(reader, raw.story.get_ref(), &at);
        let cells = cells(reader, file, &raw.cells, &layout.grid);
        if let (Some(found), Some(cells)) = (found, cells) {
            if let Some(other) = blocks.iter().find(|other| other.cells.overlaps(cells)) {
                let other = toml.blocks.iter().find(|raw| span_of(file, &raw.story) == other.typed);
                let name = other.map_or("", |raw| raw.story.get_ref());
                reader.note(
                    Diagnostic::error(
                        "blocks-overlap",
                        format!("the blocks `{name}` and `{}` overlap", raw.story.get_ref()),
                    )
                    .at(span_of(file, &raw.cells))
                    .help("move or shrink one of them: a cell holds one block"),
                );
            }
            blocks.extend(block(reader, file, raw, &found, cells, layout));
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
    let ads = ads(reader, file, &toml.ads, layout, &blocks);
    let taken: Vec<Cells> =
        blocks.iter().map(|block| block.cells).chain(ads.iter().map(|ad| ad.cells)).collect();
    let rules: Vec<RulePlace> =
        toml.rules.iter().filter_map(|raw| rule_place(reader, file, raw, layout, &taken)).collect();
    Some(PagePlan {
        id: id.to_owned(),
        number: toml.page_no.0,
        section: toml.section,
        typed: Span::file(file),
        variables: toml.variables.into_iter().collect(),
        blocks,
        ads,
        rules,
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
