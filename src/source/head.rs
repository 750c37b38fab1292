//! `[head]` of a layout: the sizes that headlines come in, and how headings are set.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::inks::InkToml;
use super::style::{AlignToml, Names, WesternToml, ink, type_style, western};
use super::summary::{self, SummaryStyleToml};
use super::typed::{Count, Ranged, Share, Size};
use super::{Reader, span_of};
use crate::color::Ink;
use crate::diag::{Diagnostic, FileId};
use crate::model::layout::{HeadLine, HeadStyle};
use crate::unit::{Em, Len};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HeadToml {
    pub(super) sizes: Spanned<Vec<Size>>,
    pub(super) fill_least: Count,
    pub(super) fill_most: Count,
    pub(super) style: BTreeMap<String, HeadStyleToml>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HeadStyleToml {
    headline: HeadLineToml,
    kicker: HeadLineToml,
    deck: HeadLineToml,
    #[serde(default)]
    summary: SummaryStyleToml,
    align: AlignToml,
    lines: Ranged<1, 6>,
    leading: Share,
    apart: Share,
    white_rows: Count,
    han_space: Share,
    break_space: Option<Share>,
    open_short: Option<Share>,
    bar: Option<Spanned<InkToml>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadLineToml {
    faces: Vec<Spanned<String>>,
    size: Size,
    ink: Option<Spanned<InkToml>>,
    western: Option<WesternToml>,
    lines: Option<Ranged<1, 6>>,
}

/// The sizes of headlines, ascending.
pub(super) fn head_sizes(reader: &mut Reader<'_>, file: FileId, toml: &Spanned<Vec<Size>>) -> Vec<Len> {
    let mut sizes: Vec<Len> = toml.get_ref().iter().map(|size| size.0).collect();
    sizes.sort_unstable();
    sizes.dedup();
    if sizes.is_empty() {
        reader.note(
            Diagnostic::error("head-sizes", "the list of headline sizes is empty")
                .at(span_of(file, toml))
                .help("name at least one, such as `sizes = [\"24pt\"]`"),
        );
    }
    sizes
}

/// Lines that a deck may take if its style does not say.
const MOST_DECK_LINES: u16 = 2;

/// How a heading is set, `body` being the size of the text.
pub(super) fn head_style(
    reader: &mut Reader<'_>,
    names: &Names<'_>,
    name: &str,
    toml: &HeadStyleToml,
    body: Len,
) -> HeadStyle {
    let line = |reader: &mut Reader<'_>, line: &HeadLineToml, most: u16| {
        let mut body = type_style(reader, names, &line.faces, line.size.0, line.ink.as_ref());
        body.western = line.western.as_ref().map(|toml| western(reader, names, toml));
        if line.ink.is_none() && toml.bar.is_some() {
            body.ink = Ink::PAPER;
        }
        HeadLine { body, lines: line.lines.map_or(most, |lines| lines.0) }
    };
    let deck = line(reader, &toml.deck, MOST_DECK_LINES);
    HeadStyle {
        name: name.to_owned(),
        headline: line(reader, &toml.headline, toml.lines.0),
        kicker: line(reader, &toml.kicker, 1),
        summary: summary::style(reader, names, &toml.summary, &deck, (body, toml.leading.0)),
        deck,
        align: toml.align.into(),
        leading: toml.leading.0,
        apart: toml.apart.0,
        white_rows: toml.white_rows.0,
        han_space: toml.han_space.0,
        break_space: toml.break_space.map_or(Em(0), |space| space.0),
        open_short: toml.open_short.map_or(Em(0), |space| space.0),
        bar: toml.bar.as_ref().map(|bar| ink(reader, names, Some(bar))),
    }
}
