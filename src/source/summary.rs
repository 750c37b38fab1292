//! Summaries (提要题): `summary` of a story, of a block's `head` and of a heading style.

use serde::de::value::SeqAccessDeserializer;
use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::inks::InkToml;
use super::side::SideToml;
use super::style::{AlignToml, Names, faces, ink};
use super::typed::{Length, Ordinal, Ranged, Share, Size};
use super::{Reader, span_of, typed};
use crate::diag::{Diagnostic, FileId};
use crate::model::grid::Grid;
use crate::model::layout::{HeadLine, SummaryStyle};
use crate::model::plan::SummaryPlace;
use crate::model::story::{Paragraph, Role};
use crate::model::style::{Align, ParaStyle, TypeStyle};
use crate::unit::{Em, Len};

/// The paragraphs of a story's summary: a string, or a list of them.
pub(super) enum SummaryToml {
    One(String),
    Several(Vec<Spanned<String>>),
}

impl<'de> Deserialize<'de> for SummaryToml {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneOrSeveral)
    }
}

/// Reads either. An untagged enum would lose where in the file each was typed.
struct OneOrSeveral;

impl<'de> Visitor<'de> for OneOrSeveral {
    type Value = SummaryToml;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a summary such as `\"…\"`, or a list of its points")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<SummaryToml, E> {
        Ok(SummaryToml::One(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<SummaryToml, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(seq)).map(SummaryToml::Several)
    }
}

/// `summary` of a heading style. What is left out is as usual.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct SummaryStyleToml {
    faces: Option<Vec<Spanned<String>>>,
    size: Option<Size>,
    ink: Option<Spanned<InkToml>>,
    align: Option<AlignToml>,
    indent: Option<Share>,
    leading: Option<Share>,
    lines: Option<Ranged<1, 40>>,
    white_rows: Option<Ranged<0, 20>>,
}

/// `summary` of a block's `head`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SummaryPlaceToml {
    rows: Option<Ordinal>,
    width: Option<Spanned<Length>>,
    side: Option<Spanned<SideToml>>,
}

/// The paragraphs of a summary.
pub(super) fn paras(
    reader: &mut Reader<'_>,
    file: FileId,
    source: &str,
    toml: Option<&Spanned<SummaryToml>>,
) -> Vec<Paragraph> {
    let Some(toml) = toml else { return Vec::new() };
    let one;
    let points = match toml.get_ref() {
        SummaryToml::One(text) => {
            one = [Spanned::new(toml.span(), text.clone())];
            one.as_slice()
        }
        SummaryToml::Several(points) => points.as_slice(),
    };
    if points.is_empty() || points.iter().any(|text| text.get_ref().trim().is_empty()) {
        reader.note(
            Diagnostic::error("summary-empty", "the summary, or one of its points, has no characters")
                .at(span_of(file, toml))
                .help("write `summary = \"…\"` or `summary = [\"…\", \"…\"]`, or take it out"),
        );
        return Vec::new();
    }
    let para = |typed: &Spanned<String>| Paragraph {
        role: Role::Summary,
        text: typed::text(file, source, typed),
        source_tag: 0..0,
        run_in: 0..0,
    };
    points.iter().map(para).collect()
}

/// How summaries are set under headings with such decks and such a leading, `body` being the size of the
/// text: where the style does not say, in black type of the deck's faces, a step of 字号 over the text
/// (五号 with 小五), justified, half an em of white between its lines.
pub(super) fn style(
    reader: &mut Reader<'_>,
    names: &Names<'_>,
    toml: &SummaryStyleToml,
    deck: &HeadLine,
    (body, leading): (Len, Em),
) -> SummaryStyle {
    let usual = deck.body.clone();
    let own = TypeStyle {
        faces: toml.faces.as_ref().map_or(usual.faces, |chain| faces(reader, names, chain)),
        size: toml.size.map_or_else(|| body.scale(7, 6), |size| size.0),
        ink: ink(reader, names, toml.ink.as_ref()),
        western: usual.western.filter(|_| toml.faces.is_none()),
    };
    let align = toml.align.map_or(Align::Justify, Align::from);
    SummaryStyle {
        text: ParaStyle {
            indent: toml.indent.map_or(Em(0), |indent| indent.0),
            ..ParaStyle::plain(own, align)
        },
        leading: toml.leading.map_or_else(|| leading.max(Em(1500)), |own| own.0.max(Em::ONE)),
        lines: toml.lines.map_or(MOST_LINES, |lines| lines.0),
        white_rows: toml.white_rows.map_or(1, |rows| rows.0),
    }
}

/// Lines that a summary may take if its style does not say.
const MOST_LINES: u16 = 6;

/// Where a block has its summary. `apart` is what of the heading stands in a strip of its own, if anything
/// does: then there is nothing that a summary could stand beside.
pub(super) fn place(
    reader: &mut Reader<'_>,
    file: FileId,
    toml: Option<&SummaryPlaceToml>,
    apart: Option<&str>,
    grid: &Grid,
) -> SummaryPlace {
    let Some(SummaryPlaceToml { rows, width, side }) = toml else { return SummaryPlace::default() };
    let measure = width.as_ref().map(|width| width.get_ref().at(grid.em));
    let wrong = match (side, width, measure) {
        (Some(side), None, _) => Some((
            span_of(file, side),
            "a summary beside its heading has no width".to_owned(),
            "add its measure, such as `width = \"18em\"`",
        )),
        (_, Some(width), Some(measure)) if measure < grid.em.times(SummaryPlace::LEAST_EMS) => Some((
            span_of(file, width),
            format!("a measure of {measure} is too narrow for a summary"),
            "write a `width` of four ems or more",
        )),
        (Some(side), _, _) => apart.map(|apart| {
            let message = format!("a summary cannot stand beside a heading with {apart}");
            (span_of(file, side), message, "take `side` out: it stands over the text then")
        }),
        _ => None,
    };
    if let Some((at, message, remedy)) = wrong {
        reader.note(Diagnostic::error("summary-place", message).at(at).help(remedy));
        return SummaryPlace::default();
    }
    SummaryPlace {
        rows: rows.map(|rows| rows.0),
        width: measure,
        side: side.as_ref().map(|side| (*side.get_ref()).into()),
    }
}
