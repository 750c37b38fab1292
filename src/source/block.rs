//! `[[block]]` of a page file: a story's place, its columns, its heading, its pictures.

use serde::Deserialize;
use toml::Spanned;

use super::area::{AreasToml, areas, bounds};
use super::columns::{ColumnsToml, columns};
use super::copyfit::Asked;
use super::inset::{InsetPlaceToml, places};
use super::rule::rule_named;
use super::side::SideToml;
use super::summary::{self, SummaryPlaceToml};
use super::typed::{AxisToml, Count, Fixed, Length, Ordinal, Percent, Ranged, Signed, Size};
use super::wrap::{PlaceShare, WrapToml, around, shape};
use super::{Reader, span_of, unknown};
use crate::diag::{Diagnostic, FileId, Span};
use crate::model::edges::{has_one_outline, open_sides};
use crate::model::grid::{Cells, Grid};
use crate::model::layout::Layout;
use crate::model::plan::{
    Aside, Block, Boxed, HeadPart, HeadPlace, HeadSide, Jump, KickerPlace, PicturePlace, headed,
};
use crate::model::story::StoryIdx;
use crate::model::style::Axis;
use crate::unit::Len;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BlockToml {
    pub(super) story: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) offered_to: Vec<Spanned<String>>,
    pub(super) part: Option<Ranged<1, 99>>,
    pub(super) cells: Spanned<AreasToml>,
    #[serde(default)]
    jump: JumpToml,
    #[serde(default)]
    axis: AxisToml,
    drop_cap: Option<Ranged<2, 6>>,
    columns: Option<Spanned<ColumnsToml>>,
    style: Option<Spanned<String>>,
    pub(super) copyfit: Option<Spanned<String>>,
    head: Option<HeadPlaceToml>,
    #[serde(default)]
    column_head_rows: Count,
    #[serde(default)]
    byline_rows: Count,
    #[serde(rename = "box")]
    boxed: Option<BoxToml>,
    #[serde(default, rename = "picture")]
    pictures: Vec<PicturePlaceToml>,
    #[serde(default, rename = "inset")]
    insets: Vec<InsetPlaceToml>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadPlaceToml {
    style: Spanned<String>,
    side: Option<SideToml>,
    width: Option<Length>,
    rows: Option<Ordinal>,
    from: Option<Spanned<Ordinal>>,
    over: Option<Spanned<Ordinal>>,
    #[serde(default)]
    kicker_at: KickerPlaceToml,
    aside: Option<AsideToml>,
    lines: Option<Ranged<1, 6>>,
    size: Option<Size>,
    kicker_size: Option<Size>,
    deck_size: Option<Size>,
    summary: Option<SummaryPlaceToml>,
    raise: Option<Signed>,
}

#[derive(Deserialize, Clone, Copy, Default)]
#[serde(rename_all = "lowercase")]
enum KickerPlaceToml {
    #[default]
    Above,
    Beside,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AsideToml {
    part: HeadPartToml,
    side: SideToml,
    width: Length,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum HeadPartToml {
    Kicker,
    Deck,
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
    left: Spanned<Length>,
    width: Spanned<Length>,
    row: Ordinal,
    rows: Ordinal,
    #[serde(default)]
    caption_rows: Count,
    #[serde(default)]
    wrap: WrapToml,
    clear: Option<Length>,
    clear_across: Option<Length>,
    shape: Option<Spanned<Vec<[PlaceShare; 2]>>>,
}

#[derive(Deserialize, Clone, Copy, Default)]
#[serde(rename_all = "lowercase")]
enum JumpToml {
    #[default]
    Told,
    Silent,
    Auto,
}

impl BlockToml {
    /// The names of the story, or of those it is offered to.
    pub(super) fn names(&self) -> Vec<&Spanned<String>> {
        self.story.as_ref().map_or_else(|| self.offered_to.iter().collect(), |story| vec![story])
    }

    /// Where the file says whose it is.
    pub(super) fn typed(&self, file: FileId) -> Span {
        self.names().first().map_or_else(|| span_of(file, &self.cells), |name| span_of(file, name))
    }

    /// What it is called in messages.
    pub(super) fn name(&self) -> String {
        self.names().first().map_or_else(String::new, |name| (*name.get_ref()).clone())
    }
}

/// What a page file needs to know of a story.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) story: StoryIdx,
    /// What its file says of its ladder.
    pub(super) ladder: Asked,
    pub(super) pictures: Vec<String>,
    pub(super) insets: Vec<String>,
}

/// A story's place, its ladder and its group left to those who know what the page says.
pub(super) fn block(
    reader: &mut Reader<'_>,
    file: FileId,
    raw: &BlockToml,
    story: &Known,
    layout: &Layout,
) -> Option<Block> {
    let grid = &layout.grid;
    let axis = raw.axis.axis();
    let mut areas = areas(reader, file, &raw.cells, axis, grid)?;
    let cells = bounds(&areas)?;
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
        && (boxed.inset < Len::ZERO
            || areas.iter().any(|own| boxed.inset.times(4) > grid.across(own.cells.col, own.cells.cols)))
    {
        reader.note(
            Diagnostic::error("box-inset", format!("a white of {} does not fit in the frame", boxed.inset))
                .at(span_of(file, &toml.rule))
                .help("write an `inset` of 0 to a quarter of the block's width"),
        );
        return None;
    }
    if let (Some(boxed), Some(toml)) = (&boxed, &raw.boxed)
        && layout.rules[boxed.rule].ornament.is_some()
        && boxed.inset < layout.rules[boxed.rule].thickness()
    {
        let thick = layout.rules[boxed.rule].thickness();
        reader.note(
            Diagnostic::error(
                "box-inset",
                format!("the frame is {thick} thick, and its white {}", boxed.inset),
            )
            .at(span_of(file, &toml.rule))
            .help("write an `inset` that is larger than the ornament, so that text keeps off it"),
        );
    }
    let white = boxed.as_ref().map_or(Len::ZERO, |boxed| boxed.inset).times(2);
    let whites: Vec<(Len, Len)> = (0..areas.len())
        .map(|idx| open_sides(&areas, idx))
        .map(|open| {
            (if open.0 { white.half() } else { Len::ZERO }, if open.1 { white.half() } else { Len::ZERO })
        })
        .collect();
    let first = areas[0].cells;
    let first = grid.across(first.col, first.cols) - whites[0].0 - whites[0].1;
    let strip = raw.head.as_ref().map_or(Some(Len::ZERO), |head| strip(reader, file, head, first, grid))?;
    let on_left = raw.head.as_ref().is_some_and(|head| matches!(head.side, Some(SideToml::Left)));
    let along = |idx: usize, cells: Cells| match axis {
        Axis::Horizontal => {
            let strip = if idx == 0 { strip } else { Len::ZERO };
            let before = if idx == 0 && on_left { strip } else { Len::ZERO };
            let (left, right) = whites[idx];
            let width = grid.across(cells.col, cells.cols) - left - right - strip;
            grid.sides((grid.x(cells.col) + left + before, width))
        }
        Axis::Vertical => vec![(Len::ZERO, grid.row.times(i64::from(cells.rows)))],
    };
    let cells_at = span_of(file, &raw.cells);
    let columns = columns(reader, (file, cells_at), raw.columns.as_ref(), axis, along, &mut areas, layout)?;
    let inner = grid.across(cells.col, cells.cols) - white;
    if let (Some(boxed), Some(toml)) = (&boxed, &raw.boxed)
        && !has_one_outline(&areas, boxed.reach, grid)
    {
        reader.note(
            Diagnostic::error("box-areas", "no one line goes round the rectangles of the block")
                .at(span_of(file, &toml.rule))
                .help("leave a way out of what they enclose, shorten `reach` where it closes a gap, or take `box` out"),
        );
        return None;
    }
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
        Some(toml) => {
            Some(head(reader, file, toml, headed(&areas).iter().map(|area| area.columns).sum(), layout)?)
        }
        None => None,
    };
    let pictures = pictures(reader, file, raw, story, cells, inner, grid);
    let insets = places(reader, file, &raw.insets, &story.insets, (cells, inner, grid), &pictures, axis);
    Some(Block {
        story: story.story,
        part: raw.part.map_or(1, |part| part.0),
        typed: raw.typed(file),
        cells,
        areas,
        jump: match raw.jump {
            JumpToml::Told => Jump::Told,
            JumpToml::Silent => Jump::Silent,
            JumpToml::Auto => Jump::Auto,
        },
        axis,
        columns,
        ladder: None,
        group: None,
        offered: raw.story.is_none(),
        style,
        head,
        drop_cap: raw.drop_cap.map(|lines| lines.0),
        column_head_rows: raw.column_head_rows.0,
        byline_rows: raw.byline_rows.0,
        boxed,
        pictures,
        insets,
    })
}

/// Width of the strip that a vertical heading takes at a side of its block; nothing of one over it.
fn strip(
    reader: &mut Reader<'_>,
    file: FileId,
    toml: &HeadPlaceToml,
    inner: Len,
    grid: &Grid,
) -> Option<Len> {
    let width = toml.width.as_ref().map(|width| width.at(grid.em));
    let aside = toml.aside.as_ref().map(|aside| aside.width.at(grid.em));
    let (message, remedy) = match (toml.side, width) {
        (None, None) => match aside {
            None => return Some(Len::ZERO),
            Some(width) if width >= grid.em && width.times(2) <= inner => return Some(width),
            Some(width) => (
                format!("a strip of {width} does not fit beside the text of the block's {inner}"),
                "write a `width` of an em to half the block",
            ),
        },
        (Some(_), _) if aside.is_some() => (
            "a vertical heading has no part aside: it stands aside itself".to_owned(),
            "take `side` or `aside` out",
        ),
        (Some(_), Some(width)) if width >= grid.em && width.times(2) <= inner => return Some(width),
        (Some(_), Some(width)) => (
            format!("a heading of {width} does not fit beside the text of the block's {inner}"),
            "write a `width` of an em to half the block",
        ),
        (Some(_), None) => (
            "a vertical heading has no width".to_owned(),
            "add the width of its strip, such as `width = \"4em\"`",
        ),
        (None, Some(_)) => (
            "a heading over the text takes the width of its columns".to_owned(),
            "take `width` out, or say `side = \"right\"` for a vertical heading",
        ),
    };
    reader.note(Diagnostic::error("head-strip", message).at(span_of(file, &toml.style)).help(remedy));
    None
}

fn head(
    reader: &mut Reader<'_>,
    file: FileId,
    toml: &HeadPlaceToml,
    columns: u16,
    layout: &Layout,
) -> Option<HeadPlace> {
    let first = toml.from.as_ref().map_or(1, |from| from.get_ref().0);
    let count = toml.over.as_ref().map_or(1, |over| over.get_ref().0);
    if first + count - 1 > columns {
        let wrong = toml.over.as_ref().or(toml.from.as_ref());
        reader.note(
            Diagnostic::error(
                "head-over",
                format!("the heading stands over columns {first} to {} of {columns}", first + count - 1),
            )
            .at(wrong.map_or_else(|| span_of(file, &toml.style), |wrong| span_of(file, wrong)))
            .help("write no more than the block has, or leave `from` and `over` out for all of them"),
        );
        return None;
    }
    let Some(style) = layout.heads.iter().position(|style| style.name == *toml.style.get_ref()) else {
        let known = layout.heads.iter().map(|style| &style.name);
        reader.note(unknown("heading style", toml.style.get_ref(), known, span_of(file, &toml.style)));
        return None;
    };
    let size = |size: &Option<Size>| size.map(|size| size.0);
    let apart = match (&toml.side, &toml.aside) {
        (Some(_), _) => Some("a `side`"),
        (None, Some(_)) => Some("a part `aside`"),
        (None, None) => None,
    };
    let summary = summary::place(reader, file, toml.summary.as_ref(), apart, &layout.grid);
    Some(HeadPlace {
        style,
        side: toml.side.map(HeadSide::from),
        width: toml.width.map_or(Len::ZERO, |width| width.at(layout.grid.em)),
        rows: toml.rows.map(|rows| rows.0),
        from: first - 1,
        over: toml.over.as_ref().map(|over| over.get_ref().0),
        kicker_at: match toml.kicker_at {
            KickerPlaceToml::Above => KickerPlace::Above,
            KickerPlaceToml::Beside => KickerPlace::Beside,
        },
        aside: toml.aside.as_ref().map(|aside| Aside {
            part: match aside.part {
                HeadPartToml::Kicker => HeadPart::Kicker,
                HeadPartToml::Deck => HeadPart::Deck,
            },
            side: aside.side.into(),
            width: aside.width.at(layout.grid.em),
        }),
        lines: toml.lines.map(|lines| lines.0),
        size: size(&toml.size),
        kicker_size: size(&toml.kicker_size),
        deck_size: size(&toml.deck_size),
        summary,
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
        let (left, width) = (toml.left.get_ref().at(grid.em), toml.width.get_ref().at(grid.em));
        let typed = [("left", &toml.left, left), ("width", &toml.width, width)];
        if let Some((key, value, _)) = typed.into_iter().find(|(_, _, length)| *length < Len::ZERO) {
            reader.note(
                Diagnostic::error(
                    "picture-outside",
                    format!("the `{key}` of the picture `{}` is negative", toml.picture.get_ref()),
                )
                .at(span_of(file, value))
                .help("write 0 or more: `left` is counted from the block's left edge, inside its frame"),
            );
            continue;
        }
        let (row, rows, caption_rows) = (toml.row.0, toml.rows.0, toml.caption_rows.0);
        let fits = width > Len::ZERO
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
        let at = span_of(file, &toml.picture);
        let around = around(reader, &at, toml.wrap, (toml.clear, toml.clear_across), grid);
        let shape = shape(reader, file, toml.shape.as_ref());
        let place = PicturePlace { picture, left, width, row: row - 1, rows, caption_rows, around, shape };
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
