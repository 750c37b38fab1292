//! Insets: `[[inset]]` of a story, `[[block.inset]]` of a page, `[inset.KIND]` of a layout.

use serde::Deserialize;
use toml::Spanned;

use super::inline::{MarkedToml, apply};
use super::rule::rule_named;
use super::style::{AlignToml, Names, faces, ink};
use super::typed::{AxisToml, Length, Ordinal, Percent, Ranged, Share, Size};
use super::wrap::{WrapToml, around};
use super::{Reader, inks::InkToml, span_of, typed, unknown};
use crate::diag::{Diagnostic, FileId};
use crate::geom::Axis;
use crate::model::grid::{Cells, Grid};
use crate::model::inline::MarkStyle;
use crate::model::inset::{InsetKind, InsetPlace, InsetStyle};
use crate::model::plan::PicturePlace;
use crate::model::story::{Inset, Paragraph, Role, Text};
use crate::model::style::{Align, ParaStyle, RuleStyle, TypeStyle};
use crate::unit::{Em, Len};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InsetToml {
    id: Spanned<String>,
    kind: KindToml,
    title: Option<Spanned<String>>,
    text: Option<Spanned<String>>,
    paras: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    marks: Vec<MarkedToml>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum KindToml {
    Quote,
    Box,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InsetPlaceToml {
    inset: Spanned<String>,
    left: Length,
    width: Length,
    row: Ordinal,
    rows: Ordinal,
    axis: Option<AxisToml>,
    #[serde(default)]
    wrap: WrapToml,
    clear: Option<Length>,
    clear_across: Option<Length>,
}

/// `[inset]` of a layout.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct InsetsToml {
    pub(super) quote: Option<InsetStyleToml>,
    #[serde(rename = "box")]
    pub(super) boxed: Option<InsetStyleToml>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InsetStyleToml {
    faces: Vec<Spanned<String>>,
    size: Size,
    ink: Option<Spanned<InkToml>>,
    align: AlignToml,
    indent: Option<Share>,
    leading: Option<Share>,
    title: Option<TitleToml>,
    padding: Option<Length>,
    frame: Option<Spanned<String>>,
    bars: Option<Spanned<String>>,
    #[serde(default)]
    tint: Percent,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TitleToml {
    faces: Vec<Spanned<String>>,
    size: Size,
    ink: Option<Spanned<InkToml>>,
    align: AlignToml,
    rows: Option<Ranged<1, 20>>,
}

/// An inset of a story.
pub(super) fn inset(
    reader: &mut Reader<'_>,
    file: FileId,
    source: &str,
    toml: &InsetToml,
    marks: &[MarkStyle],
) -> Option<Inset> {
    let para = |typed: &Spanned<String>| Paragraph {
        role: Role::Inset,
        text: typed::text(file, source, typed),
        source_tag: 0..0,
        run_in: 0..0,
    };
    let typed: Vec<&Spanned<String>> = match (&toml.text, &toml.paras) {
        (Some(text), None) => vec![text],
        (None, Some(paras)) => paras.iter().collect(),
        _ => Vec::new(),
    };
    if typed.is_empty() || typed.iter().any(|text| text.get_ref().trim().is_empty()) {
        reader.note(
            Diagnostic::error("inset", format!("the inset `{}` has no text, or two", toml.id.get_ref()))
                .at(span_of(file, &toml.id))
                .help("write either `text = \"…\"` or `paras = [\"…\", \"…\"]`, and none of them empty"),
        );
        return None;
    }
    let mut title = toml.title.as_ref().map(para);
    let mut paras: Vec<Paragraph> = typed.into_iter().map(para).collect();
    let mut words: Vec<&mut Text> = title.iter_mut().chain(&mut paras).map(|para| &mut para.text).collect();
    apply(reader, file, &mut words, &toml.marks, marks);
    Some(Inset {
        id: toml.id.get_ref().clone(),
        typed: span_of(file, &toml.id),
        kind: match toml.kind {
            KindToml::Quote => InsetKind::Quote,
            KindToml::Box => InsetKind::Box,
        },
        title,
        paras,
    })
}

/// The places of a block's insets, in the order in which their story has them; `known` are their names.
pub(super) fn places(
    reader: &mut Reader<'_>,
    file: FileId,
    toml: &[InsetPlaceToml],
    known: &[String],
    (cells, inner, grid): (Cells, Len, &Grid),
    pictures: &[PicturePlace],
    block_axis: Axis,
) -> Vec<InsetPlace> {
    let mut places: Vec<InsetPlace> = Vec::new();
    for toml in toml {
        let (id, at) = (toml.inset.get_ref(), span_of(file, &toml.inset));
        let Some(inset) = known.iter().position(|own| own == id) else {
            reader.note(unknown("inset", id, known.iter(), at));
            continue;
        };
        let around = around(reader, &at, toml.wrap, (toml.clear, toml.clear_across), grid);
        let (left, width) = (toml.left.at(grid.em), toml.width.at(grid.em));
        let axis = toml.axis.map_or(block_axis, AxisToml::axis);
        let place = InsetPlace { inset, left, width, row: toml.row.0 - 1, rows: toml.rows.0, axis, around };
        let inside = left >= Len::ZERO && width >= grid.em && left + width <= inner;
        let wrong = if !inside || place.row + place.rows > cells.rows {
            Some((
                "inset-outside",
                format!("the inset `{id}` does not lie inside its block"),
                format!("the block is {inner} wide inside and {} rows high; rows count from 1", cells.rows),
            ))
        } else if places.iter().any(|other| other.inset == inset) {
            let help = "place each inset of a story once".to_owned();
            Some(("inset-twice", format!("the inset `{id}` is placed twice"), help))
        } else if overlaps(&place, &places, pictures) {
            let help = "move or shrink one of them: `caption_rows` count too".to_owned();
            Some(("insets-overlap", format!("the inset `{id}` lies on a picture or another inset"), help))
        } else {
            None
        };
        match wrong {
            Some((code, message, help)) => reader.note(Diagnostic::error(code, message).at(at).help(help)),
            None => places.push(place),
        }
    }
    places.sort_by_key(|place| place.inset);
    places
}

/// Whether an inset shares room with what is already there.
fn overlaps(place: &InsetPlace, insets: &[InsetPlace], pictures: &[PicturePlace]) -> bool {
    let meets = |(left, width): (Len, Len), (row, rows): (u16, u16)| {
        place.row < row + rows
            && row < place.row + place.rows
            && place.left < left + width
            && left < place.left + place.width
    };
    let insets = insets.iter().any(|other| meets((other.left, other.width), (other.row, other.rows)));
    insets
        || pictures.iter().any(|picture| {
            meets((picture.left, picture.width), (picture.row, picture.rows + picture.caption_rows))
        })
}

/// What an inset looks like in a layout that does not say: words in the face of subheads, half as large
/// again as the text, or in that of captions on a tint.
fn usual(kind: InsetKind, style: impl Fn(&str) -> ParaStyle) -> InsetStyle {
    let (body, title) = (style("body"), style("subhead"));
    let own = match kind {
        InsetKind::Quote => title.body.clone(),
        InsetKind::Box => style("caption").body,
    };
    let (size, align, leading) = match kind {
        InsetKind::Quote => (body.body.size.scale(3, 2), Align::Centre, Some(Em(1400))),
        InsetKind::Box => (own.size, Align::Justify, None),
    };
    let text = ParaStyle::plain(TypeStyle { size, ..own }, align);
    let title = ParaStyle::plain(title.body, Align::Centre);
    let tint = if kind == InsetKind::Box { 100 } else { 0 };
    InsetStyle { text, title, leading, padding: body.body.size.half(), frame: None, bars: None, tint }
}

/// How insets of a kind are set. `style` is what the layout's paragraph styles are.
pub(super) fn style(
    reader: &mut Reader<'_>,
    names: &Names<'_>,
    toml: Option<&InsetStyleToml>,
    kind: InsetKind,
    rules: &[RuleStyle],
    style: impl Fn(&str) -> ParaStyle,
) -> InsetStyle {
    let Some(toml) = toml else { return usual(kind, style) };
    let mut of =
        |chain: &[Spanned<String>], size: Size, named: Option<&Spanned<InkToml>>, align: AlignToml| {
            let faces = faces(reader, names, chain);
            let body = TypeStyle { faces, size: size.0, ink: ink(reader, names, named), western: None };
            ParaStyle::plain(body, align.into())
        };
    let mut text = of(&toml.faces, toml.size, toml.ink.as_ref(), toml.align);
    text.indent = toml.indent.map_or(Em(0), |indent| indent.0);
    let title = match &toml.title {
        Some(title) => ParaStyle {
            rows: title.rows.map_or(1, |rows| rows.0),
            ..of(&title.faces, title.size, title.ink.as_ref(), title.align)
        },
        None => ParaStyle { indent: Em(0), ..text.clone() },
    };
    let mut rule = |name: &Option<Spanned<String>>| {
        name.as_ref().and_then(|name| rule_named(reader, names.file, name, rules))
    };
    let (frame, bars) = (rule(&toml.frame), rule(&toml.bars));
    let em = style("body").body.size;
    InsetStyle {
        text,
        title,
        leading: toml.leading.map(|leading| leading.0.max(Em::ONE)),
        padding: toml.padding.map_or(em.half(), |padding| padding.at(em).max(Len::ZERO)),
        frame,
        bars,
        tint: toml.tint.0 * 10,
    }
}
