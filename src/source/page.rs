//! `pages/NAME.toml`: a page's dummy.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::layout::rule_named;
use super::typed::{Count, Fixed, Length, Ordinal, Percent, Ranged, Signed, Size};
use super::{Reader, span_of, unknown};
use crate::diag::{Diagnostic, FileId, Span};
use crate::files::Place;
use crate::model::layout::{Grid, Layout};
use crate::model::plan::{
    Block, Boxed, Cells, Columns, HeadPlace, PagePlan, PicturePlace, RulePlace, RuleRun,
};
use crate::model::story::StoryIdx;
use crate::unit::{Em, Len};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PageToml {
    page_no: Ranged<1, 9999>,
    section: String,
    #[serde(default)]
    variables: BTreeMap<String, String>,
    #[serde(default, rename = "block")]
    blocks: Vec<BlockToml>,
    #[serde(default, rename = "rule")]
    rules: Vec<RulePlaceToml>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BlockToml {
    story: Spanned<String>,
    cells: Spanned<CellsToml>,
    columns: Option<ColumnsToml>,
    style: Option<Spanned<String>>,
    head: Option<HeadPlaceToml>,
    #[serde(default)]
    column_head_rows: Count,
    #[serde(default)]
    byline_rows: Count,
    #[serde(rename = "box")]
    boxed: Option<BoxToml>,
    #[serde(default, rename = "picture")]
    pictures: Vec<PicturePlaceToml>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CellsToml {
    col: Ordinal,
    row: Ordinal,
    cols: Ordinal,
    rows: Ordinal,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnsToml {
    count: Spanned<Ranged<1, 100>>,
    measure: Length,
    #[serde(default)]
    start_lower: Vec<Count>,
    #[serde(default)]
    end_higher: Vec<Count>,
    row: Option<Ordinal>,
    rows: Option<Ordinal>,
    rule: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadPlaceToml {
    style: Spanned<String>,
    rows: Option<Ordinal>,
    over: Option<Spanned<Ordinal>>,
    lines: Option<Ranged<1, 6>>,
    size: Option<Size>,
    kicker_size: Option<Size>,
    deck_size: Option<Size>,
    raise: Option<Signed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BoxToml {
    rule: Spanned<String>,
    inset: Length,
    rows: Count,
    reach: Option<Fixed>,
    #[serde(default)]
    tint: Percent,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PicturePlaceToml {
    picture: Spanned<String>,
    left: Length,
    width: Length,
    row: Ordinal,
    rows: Ordinal,
    #[serde(default)]
    caption_rows: Count,
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

/// What a page file needs to know of a story.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) story: StoryIdx,
    pub(super) pictures: Vec<String>,
}

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
    let rules: Vec<RulePlace> =
        toml.rules.iter().filter_map(|raw| rule_place(reader, file, raw, layout, &blocks)).collect();
    Some(PagePlan {
        id: id.to_owned(),
        number: toml.page_no.0,
        section: toml.section,
        typed: Span::file(file),
        variables: toml.variables.into_iter().collect(),
        blocks,
        rules,
    })
}

/// Cells as the file counts them, from 1, checked against the grid.
fn cells(reader: &mut Reader<'_>, file: FileId, toml: &Spanned<CellsToml>, grid: &Grid) -> Option<Cells> {
    let raw = toml.get_ref();
    let inside = |from: u16, count: u16, all: u16| from >= 1 && count >= 1 && from + count - 1 <= all;
    if inside(raw.col.0, raw.cols.0, grid.columns) && inside(raw.row.0, raw.rows.0, grid.body_rows()) {
        return Some(Cells { col: raw.col.0 - 1, row: raw.row.0 - 1, cols: raw.cols.0, rows: raw.rows.0 });
    }
    reader.note(
        Diagnostic::error("cells-outside", "the block stands outside the grid").at(span_of(file, toml)).help(
            format!(
                "columns are 1 to {}, rows 1 to {}, both counted from 1 below the folio line",
                grid.columns,
                grid.body_rows()
            ),
        ),
    );
    None
}

fn block(
    reader: &mut Reader<'_>,
    file: FileId,
    raw: &BlockToml,
    story: &Known,
    cells: Cells,
    layout: &Layout,
) -> Option<Block> {
    let grid = &layout.grid;
    let boxed = match &raw.boxed {
        Some(toml) => Some(Boxed {
            rule: rule_named(reader, file, &toml.rule, &layout.rules)?,
            inset: toml.inset.at(grid.em),
            rows: toml.rows.0,
            reach: toml.reach.map_or(Len::ZERO, |reach| reach.0.min(grid.row)),
            tint: toml.tint.0 * 10,
        }),
        None => None,
    };
    if let (Some(boxed), Some(toml)) = (&boxed, &raw.boxed)
        && (boxed.inset < Len::ZERO || boxed.inset.times(4) > grid.span(cells.cols))
    {
        reader.note(
            Diagnostic::error("box-inset", format!("a white of {} does not fit in the frame", boxed.inset))
                .at(span_of(file, &toml.rule))
                .help("write an `inset` of 0 to a quarter of the block's width"),
        );
        return None;
    }
    let inner = grid.span(cells.cols) - boxed.as_ref().map_or(Len::ZERO, |boxed| boxed.inset).times(2);
    let columns = columns(reader, file, raw, cells, inner, layout)?;
    let style = match &raw.style {
        None => "body",
        Some(name) => name.get_ref(),
    };
    let Some(style) = layout.styles.iter().position(|(own, _)| own == style) else {
        let at = raw.style.as_ref().map_or_else(|| Span::file(file), |name| span_of(file, name));
        reader.note(unknown("style", style, layout.styles.iter().map(|(name, _)| name), at));
        return None;
    };
    let head = match &raw.head {
        Some(toml) => Some(head(reader, file, toml, columns.count, layout)?),
        None => None,
    };
    let pictures = pictures(reader, file, raw, story, cells, inner, grid);
    Some(Block {
        story: story.story,
        typed: span_of(file, &raw.story),
        cells,
        columns,
        style,
        head,
        column_head_rows: raw.column_head_rows.0,
        byline_rows: raw.byline_rows.0,
        boxed,
        pictures,
    })
}

fn columns(
    reader: &mut Reader<'_>,
    file: FileId,
    raw: &BlockToml,
    cells: Cells,
    inner: Len,
    layout: &Layout,
) -> Option<Columns> {
    let grid = &layout.grid;
    let Some(toml) = &raw.columns else {
        return Some(Columns {
            count: cells.cols,
            measure: default_measure(cells.cols, inner, grid),
            start_lower: Vec::new(),
            end_higher: Vec::new(),
            row: None,
            rows: None,
            rule: None,
        });
    };
    let count = toml.count.get_ref().0;
    let measure = toml.measure.at(grid.em);
    if measure < grid.em.times(2) || measure.times(i64::from(count)) > inner {
        reader.note(
            Diagnostic::error(
                "columns-wide",
                format!("{count} columns of {measure} do not fit the block's {inner}"),
            )
            .at(span_of(file, &toml.count))
            .help("fewer columns, or a smaller measure: gutters take what the columns leave"),
        );
        return None;
    }
    let rule = match &toml.rule {
        Some(name) => Some(rule_named(reader, file, name, &layout.rules)?),
        None => None,
    };
    Some(Columns {
        count,
        measure,
        start_lower: toml.start_lower.iter().map(|rows| rows.0).collect(),
        end_higher: toml.end_higher.iter().map(|rows| rows.0).collect(),
        row: toml.row.map(|row| row.0 - 1),
        rows: toml.rows.map(|rows| rows.0),
        rule,
    })
}

/// The basic measure, or what a frame leaves of it, in whole quarters of an em.
fn default_measure(columns: u16, inner: Len, grid: &Grid) -> Len {
    let columns = i64::from(columns);
    let left = (inner - grid.gutter.times(columns - 1)).scale(1, columns);
    let quarter = Em(250).at(grid.em);
    if left >= grid.measure { grid.measure } else { quarter.times(left.rows(quarter).0) }
}

fn head(
    reader: &mut Reader<'_>,
    file: FileId,
    toml: &HeadPlaceToml,
    columns: u16,
    layout: &Layout,
) -> Option<HeadPlace> {
    if let Some(over) = toml.over.as_ref().filter(|over| over.get_ref().0 > columns) {
        reader.note(
            Diagnostic::error(
                "head-over",
                format!("the heading stands over {} of {columns} columns", over.get_ref().0),
            )
            .at(span_of(file, over))
            .help("write no more than the block has, or leave `over` out for all of them"),
        );
        return None;
    }
    let Some(style) = layout.heads.iter().position(|style| style.name == *toml.style.get_ref()) else {
        let known = layout.heads.iter().map(|style| &style.name);
        reader.note(unknown("heading style", toml.style.get_ref(), known, span_of(file, &toml.style)));
        return None;
    };
    let size = |size: &Option<Size>| size.map(|size| size.0);
    Some(HeadPlace {
        style,
        rows: toml.rows.map(|rows| rows.0),
        over: toml.over.as_ref().map(|over| over.get_ref().0),
        lines: toml.lines.map(|lines| lines.0),
        size: size(&toml.size),
        kicker_size: size(&toml.kicker_size),
        deck_size: size(&toml.deck_size),
        raise: toml.raise.map_or(Len::ZERO, |raise| raise.0),
    })
}

fn pictures(
    reader: &mut Reader<'_>,
    file: FileId,
    raw: &BlockToml,
    story: &Known,
    cells: Cells,
    inner: Len,
    grid: &Grid,
) -> Vec<PicturePlace> {
    let mut places = Vec::new();
    for toml in &raw.pictures {
        let (left, width) = (toml.left.at(grid.em), toml.width.at(grid.em));
        let (row, rows, caption_rows) = (toml.row.0, toml.rows.0, toml.caption_rows.0);
        let fits = left >= Len::ZERO
            && width > Len::ZERO
            && left + width <= inner
            && row >= 1
            && rows >= 1
            && row - 1 + rows + caption_rows <= cells.rows;
        if !fits {
            reader.note(
                Diagnostic::error(
                    "picture-outside",
                    format!("the picture `{}` does not lie inside its block", toml.picture.get_ref()),
                )
                .at(span_of(file, &toml.picture))
                .help(format!(
                    "the block is {inner} wide inside and {} rows high; rows count from 1",
                    cells.rows
                )),
            );
            continue;
        }
        let Some(picture) = story.pictures.iter().position(|id| id == toml.picture.get_ref()) else {
            reader.note(unknown(
                "picture",
                toml.picture.get_ref(),
                story.pictures.iter(),
                span_of(file, &toml.picture),
            ));
            continue;
        };
        let place = PicturePlace { picture, left, width, row: row - 1, rows, caption_rows };
        if places.iter().any(|other: &PicturePlace| other.picture == picture) {
            reader.note(
                Diagnostic::error(
                    "picture-twice",
                    format!("the picture `{}` is placed twice", toml.picture.get_ref()),
                )
                .at(span_of(file, &toml.picture))
                .help("place each picture of a story once"),
            );
        }
        if let Some(other) = places.iter().find(|other| place.overlaps(other)) {
            let other = &story.pictures[other.picture];
            reader.note(
                Diagnostic::error(
                    "pictures-overlap",
                    format!("the pictures `{other}` and `{}` overlap", toml.picture.get_ref()),
                )
                .at(span_of(file, &toml.picture))
                .help("move or shrink one of them: `caption_rows` count too"),
            );
        }
        places.push(place);
    }
    places
}

fn rule_place(
    reader: &mut Reader<'_>,
    file: FileId,
    raw: &RulePlaceToml,
    layout: &Layout,
    blocks: &[Block],
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
    if blocks.iter().any(|block| run.crosses(block.cells)) {
        reader.note(
            Diagnostic::error("rule-place", "the rule runs through a block")
                .at(span_of(file, &raw.rule))
                .help("an `across` rule takes a row that no block under it has, a `down` rule the gutter between blocks"),
        );
    }
    Some(RulePlace { rule, run })
}
