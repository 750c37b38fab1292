//! `[grid]` and `[spread]` of a layout: columns and rows, and the gutter over the fold.

use serde::Deserialize;
use toml::Spanned;

use super::typed::{Count, Fixed, Length, Share};
use super::{Reader, span_of};
use crate::diag::{Diagnostic, FileId};
use crate::geom::Point;
use crate::model::grid::Grid;
use crate::model::layout::SheetSpec;
use crate::unit::{Em, Len};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GridToml {
    columns: Count,
    measure: Length,
    gutter: Length,
    column_step: Option<Share>,
    pub(super) row: Fixed,
    rows: Count,
    folio_rows: Count,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct SpreadToml {
    fold_gutter: Option<Spanned<Length>>,
}

/// The grid, in the middle of the sheet; `em` is the size of the body type.
pub(super) fn grid(
    reader: &mut Reader<'_>,
    file: FileId,
    toml: &Spanned<GridToml>,
    em: Len,
    sheet: &SheetSpec,
) -> Option<Grid> {
    let raw = toml.get_ref();
    let mut grid = Grid {
        em,
        columns: raw.columns.0,
        measure: raw.measure.at(em),
        gutter: raw.gutter.at(em),
        column_step: raw.column_step.map_or(Em::ONE, |step| step.0).at(em),
        row: raw.row.0,
        rows: raw.rows.0,
        folio_rows: raw.folio_rows.0,
        origin: Point::default(),
        baseline: Len::ZERO,
        fold: None,
    };
    let counts = grid.columns >= 1 && grid.rows >= 1 && grid.folio_rows < grid.rows;
    let steps = [Em::ONE, Em::HALF].map(|step| step.at(em));
    let lengths =
        grid.measure >= em && grid.gutter >= Len::ZERO && grid.row >= em && steps.contains(&grid.column_step);
    if !counts || !lengths {
        reader.note(
            Diagnostic::error("grid", "the grid is not one that type can stand on")
                .at(span_of(file, toml))
                .help("1 to 1000 columns and rows, a measure of at least an em, rows at least as high as the body type, a `column_step` of 1em or 0.5em"),
        );
        return None;
    }
    let area = grid.type_area();
    if area.width > sheet.width || area.height > sheet.height {
        reader.note(
            Diagnostic::error(
                "grid",
                format!("the type area of {} x {} is larger than the trimmed page", area.width, area.height),
            )
            .at(span_of(file, toml))
            .help("fewer columns or rows, a smaller measure or gutter, or a larger sheet"),
        );
        return None;
    }
    grid.origin = Point { x: (sheet.width - area.width).half(), y: (sheet.height - area.height).half() };
    // The em box stands in the middle of its row; ideographs stand 0.88 em over the baseline.
    grid.baseline = (grid.row - em).half() + Em(880).at(em);
    Some(grid)
}

/// The gutter over the fold of a spread, where the layout says how wide it is.
pub(super) fn fold_gutter(
    reader: &mut Reader<'_>,
    file: FileId,
    toml: &SpreadToml,
    grid: &Grid,
    sheet: &SheetSpec,
) -> Option<Len> {
    let typed = toml.fold_gutter.as_ref()?;
    let gutter = typed.get_ref().at(grid.em);
    let most = (sheet.width - grid.width()).times(2);
    if gutter < grid.gutter || gutter > most {
        reader.note(
            Diagnostic::error(
                "spread-gutter",
                format!("a fold gutter of {gutter} does not fit the sheets of a spread"),
            )
            .at(span_of(file, typed))
            .help(format!(
                "write {} to {most}, or leave it out: then it is what the margins are",
                grid.gutter
            )),
        );
    }
    Some(gutter)
}
