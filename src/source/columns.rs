//! `columns` of a block: how many text columns it has, and how wide each is.

use serde::Deserialize;
use toml::Spanned;

use super::rule::rule_named;
use super::typed::{Count, Length, Ordinal, Ranged};
use super::{Reader, span_of};
use crate::diag::{Diagnostic, FileId, Span};
use crate::geom::Axis;
use crate::model::grid::{Cells, Division, Grid};
use crate::model::layout::Layout;
use crate::model::plan::{Area, Balance, Columns};
use crate::unit::{Em, Len};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnsToml {
    count: Option<Ranged<1, 100>>,
    measure: Option<Spanned<Length>>,
    mode: Option<Spanned<ModeToml>>,
    #[serde(default)]
    start_lower: Vec<Count>,
    #[serde(default)]
    end_higher: Vec<Count>,
    row: Option<Ordinal>,
    rows: Option<Ordinal>,
    #[serde(default)]
    balance: bool,
    rule: Option<Spanned<String>>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum ModeToml {
    Absolute,
    Relative,
    Free,
    Auto,
}

/// How wide the columns of a rectangle are.
enum Width {
    /// As it is typed.
    Typed(Len),
    /// As the rectangle is divided.
    Divided(Division),
    /// As the page's columns are.
    Basic,
}

/// A block's text columns, rectangle after rectangle. `cells_at` is where the file says which; `along` is the room
/// that a rectangle has for lines, on each side of a fold, or for tiers of them.
pub(super) fn columns(
    reader: &mut Reader<'_>,
    (file, cells_at): (FileId, Span),
    toml: Option<&Spanned<ColumnsToml>>,
    axis: Axis,
    along: impl Fn(usize, Cells) -> Vec<(Len, Len)>,
    areas: &mut [Area],
    layout: &Layout,
) -> Option<Columns> {
    let at = toml.map_or(cells_at, |toml| span_of(file, toml));
    let toml = toml.map(Spanned::get_ref);
    let grid = &layout.grid;
    if let Some(count) = toml.and_then(|toml| toml.count) {
        let [only] = areas else {
            reader.note(
                Diagnostic::error(
                    "columns-count",
                    "a block of several rectangles has no one `count` of columns",
                )
                .at(at)
                .help("say `columns = …` in the rectangles of `cells`; without it each basic column is one"),
            );
            return None;
        };
        only.columns = count.0;
    }
    let width = match toml {
        None => Width::Basic,
        Some(toml) => width(reader, (file, &at), toml, axis, areas, grid)?,
    };
    let mut measures = Vec::new();
    for (idx, area) in areas.iter().enumerate() {
        let cells = area.cells;
        let counts = match axis {
            Axis::Horizontal => grid.shared(cells.col, cells.cols, area.columns),
            Axis::Vertical => Some(vec![area.columns]),
        };
        let Some(counts) = counts else {
            reader.note(
                Diagnostic::error(
                    "columns-fold",
                    format!(
                        "one of {} text columns over {} basic ones lies on the fold",
                        area.columns, cells.cols
                    ),
                )
                .at(at)
                .help("take a number of columns that parts at the fold as the basic columns do"),
            );
            return None;
        };
        for ((_, room), count) in along(idx, cells).into_iter().zip(counts) {
            let Some(own) = side(&width, axis, room, count, grid) else {
                let columns = match width {
                    Width::Typed(measure) => format!("{count} columns of {measure}"),
                    Width::Divided(_) | Width::Basic => format!("{count} columns of two characters"),
                };
                let measure = toml.and_then(|toml| toml.measure.as_ref());
                reader.note(
                    Diagnostic::error("columns-wide", format!("{columns} do not fit the block's {room}"))
                        .at(measure.map_or(at, |measure| span_of(file, measure)))
                        .help("fewer columns, or a smaller measure: gutters take what the columns leave"),
                );
                return None;
            };
            measures.extend(own);
        }
    }
    let rows = |list: &[Count]| list.iter().map(|rows| rows.0).collect();
    let rule = match toml.and_then(|toml| toml.rule.as_ref()) {
        Some(name) => Some(rule_named(reader, file, name, &layout.rules)?),
        None => None,
    };
    Some(Columns {
        measures,
        start_lower: toml.map_or_else(Vec::new, |toml| rows(&toml.start_lower)),
        end_higher: toml.map_or_else(Vec::new, |toml| rows(&toml.end_higher)),
        row: toml.and_then(|toml| toml.row).map(|row| row.0 - 1),
        rows: toml.and_then(|toml| toml.rows).map(|rows| rows.0),
        balance: match toml.is_some_and(|toml| toml.balance) {
            true => Balance::Level,
            false => Balance::AtFoot,
        },
        rule,
    })
}

/// How wide columns are as the file says, by a measure or by a mode.
fn width(
    reader: &mut Reader<'_>,
    (file, at): (FileId, &Span),
    toml: &ColumnsToml,
    axis: Axis,
    areas: &[Area],
    grid: &Grid,
) -> Option<Width> {
    let mode_at = toml.mode.as_ref().map_or_else(|| at.clone(), |mode| span_of(file, mode));
    let unlike = areas.iter().find(|area| area.columns != area.cells.cols);
    let (message, at, remedy) = match (toml.mode.as_ref().map(Spanned::get_ref), &toml.measure) {
        (None, Some(measure)) => return Some(Width::Typed(measure.get_ref().at(grid.em))),
        (Some(_), Some(_)) => (
            "the columns have a `measure` and a `mode`".to_owned(),
            mode_at,
            "keep one of them: a mode works the measure out",
        ),
        (Some(_), None) if axis == Axis::Vertical => (
            "tiers of vertical text are not divided by a `mode`".to_owned(),
            mode_at,
            "write their `count` and `measure`",
        ),
        (Some(ModeToml::Absolute), None) => return Some(Width::Divided(Division::Absolute)),
        (Some(ModeToml::Relative), None) => return Some(Width::Divided(Division::Relative)),
        (Some(ModeToml::Free), None) => return Some(Width::Divided(Division::Free)),
        (Some(ModeToml::Auto), None) => match unlike {
            None => return Some(Width::Basic),
            Some(area) => (
                format!("there are {} basic columns and not {}", area.cells.cols, area.columns),
                mode_at,
                "leave the count out, or take another mode",
            ),
        },
        (None, None) => (
            "the columns have neither a `measure` nor a `mode`".to_owned(),
            at.clone(),
            "write `measure = \"17em\"`, or `mode = \"absolute\"`, `\"relative\"`, `\"free\"` or `\"auto\"`",
        ),
    };
    reader.note(Diagnostic::error("columns-mode", message).at(at).help(remedy));
    None
}

/// The measures of so many columns in a room; nothing if they do not fit in it.
fn side(width: &Width, axis: Axis, room: Len, count: u16, grid: &Grid) -> Option<Vec<Len>> {
    let alike = |measure: Len| vec![measure; usize::from(count)];
    let measures = match (width, axis) {
        (Width::Divided(how), _) => grid.divide(room, count, *how)?,
        (Width::Typed(measure), _) => alike(*measure),
        (Width::Basic, Axis::Horizontal) => alike(basic_measure(count.into(), room, grid)),
        // One tier (段), as deep as the heading leaves it.
        (Width::Basic, Axis::Vertical) => alike(room),
    };
    let least = grid.em.times(Grid::LEAST_MEASURE);
    let fit =
        measures.iter().all(|measure| *measure >= least) && measures.iter().copied().sum::<Len>() <= room;
    fit.then_some(measures)
}

/// The basic measure, or what a frame leaves of it, in whole quarters of an em.
fn basic_measure(columns: i64, inner: Len, grid: &Grid) -> Len {
    let left = (inner - grid.gutter.times(columns - 1)).scale(1, columns);
    let quarter = Em(250).at(grid.em);
    if left >= grid.measure { grid.measure } else { quarter.times(left.rows(quarter).0) }
}
