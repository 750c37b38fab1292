//! `cells` of a block: a rectangle of the grid, or several that make an irregular block (咬合).

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::typed::{Ordinal, Ranged};
use super::{Reader, span_of};
use crate::diag::{Diagnostic, FileId};
use crate::geom::Axis;
use crate::model::grid::{Cells, Grid};
use crate::model::plan::Area;

/// Most rectangles that a block is made of.
const MOST_AREAS: usize = 16;

/// One rectangle of the grid.
#[derive(Deserialize, Clone, Copy)]
#[serde(deny_unknown_fields)]
pub(super) struct CellsToml {
    col: Ordinal,
    row: Ordinal,
    cols: Ordinal,
    rows: Ordinal,
}

/// One rectangle of a block that has several.
#[derive(Deserialize, Clone, Copy)]
#[serde(deny_unknown_fields)]
struct AreaToml {
    col: Ordinal,
    row: Ordinal,
    cols: Ordinal,
    rows: Ordinal,
    columns: Option<Ranged<1, 100>>,
}

/// A rectangle or a list of them.
pub(super) struct AreasToml(Vec<AreaToml>);

impl<'de> Deserialize<'de> for AreasToml {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneOrMore)
    }
}

/// Reads either. An untagged enum would lose where in the file an error is.
struct OneOrMore;

impl<'de> Visitor<'de> for OneOrMore {
    type Value = AreasToml;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("cells such as `{ col = 1, row = 1, cols = 2, rows = 20 }`, or a list of them")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<AreasToml, A::Error> {
        AreaToml::deserialize(MapAccessDeserializer::new(map)).map(|area| AreasToml(vec![area]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<AreasToml, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(seq)).map(AreasToml)
    }
}

impl CellsToml {
    fn cells(self) -> Cells {
        Cells { col: self.col.0 - 1, row: self.row.0 - 1, cols: self.cols.0, rows: self.rows.0 }
    }
}

/// Cells as the file counts them, from 1, checked against the grid.
pub(super) fn cells(
    reader: &mut Reader<'_>,
    file: FileId,
    toml: &Spanned<CellsToml>,
    grid: &Grid,
) -> Option<Cells> {
    let cells = toml.get_ref().cells();
    if inside(cells, grid) {
        return Some(cells);
    }
    reader.note(outside(grid).at(span_of(file, toml)));
    None
}

/// The rectangles of a block, in the order in which they are filled: inside the grid, without a cell
/// in common, each adjoining one before it. Where the file does not say how many text columns stand
/// in one, there are as many as it has basic columns, or one tier of vertical lines.
pub(super) fn areas(
    reader: &mut Reader<'_>,
    file: FileId,
    toml: &Spanned<AreasToml>,
    axis: Axis,
    grid: &Grid,
) -> Option<Vec<Area>> {
    let typed = &toml.get_ref().0;
    if typed.is_empty() || typed.len() > MOST_AREAS {
        reader.note(
            Diagnostic::error(
                "areas-many",
                format!("a block has 1 to {MOST_AREAS} rectangles, and this one {}", typed.len()),
            )
            .at(span_of(file, toml))
            .help("what goes on elsewhere is a block of its own with the next `part`"),
        );
        return None;
    }
    let mut areas: Vec<Area> = Vec::new();
    for area in typed {
        let AreaToml { col, row, cols, rows, columns } = *area;
        let cells = CellsToml { col, row, cols, rows }.cells();
        if !inside(cells, grid) {
            reader.note(outside(grid).at(span_of(file, toml)));
            return None;
        }
        let apart = !areas.is_empty() && !areas.iter().any(|other| other.cells.adjoins(cells));
        let under = areas.iter().position(|other| other.cells.overlaps(cells));
        if apart || under.is_some() {
            let fault = under.map_or_else(
                || "does not touch those before it".to_owned(),
                |other| format!("overlaps rectangle {}", other + 1),
            );
            reader.note(
                Diagnostic::error(
                    "areas-apart",
                    format!("rectangle {} of the block {fault}", areas.len() + 1),
                )
                .at(span_of(file, toml))
                .help("the rectangles of a block lie edge to edge; what stands apart is a block of its own with the next `part`"),
            );
            return None;
        }
        let usual = if axis == Axis::Horizontal { cells.cols } else { 1 };
        areas.push(Area { cells, columns: columns.map_or(usual, |columns| columns.0) });
    }
    Some(areas)
}

/// The smallest rectangle that holds all of a block's.
pub(super) fn bounds(areas: &[Area]) -> Option<Cells> {
    areas.iter().map(|area| area.cells).reduce(Cells::joined)
}

fn inside(cells: Cells, grid: &Grid) -> bool {
    cells.col + cells.cols <= grid.columns && cells.row + cells.rows <= grid.body_rows()
}

fn outside(grid: &Grid) -> Diagnostic {
    Diagnostic::error("cells-outside", "the block stands outside the grid").help(format!(
        "columns are 1 to {}, rows 1 to {}, both counted from 1 below the folio line",
        grid.columns,
        grid.body_rows()
    ))
}
