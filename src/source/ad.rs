//! `[[ad]]` of a page and `[ads]` of a layout: advertisements.

use serde::Deserialize;
use toml::Spanned;

use super::area::{CellsToml, cells};
use super::inks::InkToml;
use super::rule::rule_named;
use super::style::{Names, type_style};
use super::typed::{Length, Ranged, Size};
use super::{Reader, span_of};
use crate::diag::{Diagnostic, FileId};
use crate::model::layout::{AdMark, AdMarkPlace, Layout};
use crate::model::plan::{AdFit, AdPlace, Block};
use crate::model::style::ParaStyle;
use crate::unit::Len;

/// Most advertisements of a page: each is a file to be read.
const MOST_ADS: usize = 100;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AdToml {
    advertiser: String,
    file: Spanned<String>,
    page: Option<Ranged<1, 2000>>,
    cells: Spanned<CellsToml>,
    #[serde(default)]
    fit: FitToml,
    inset: Option<Length>,
    frame: Option<Spanned<String>>,
}

#[derive(Deserialize, Clone, Copy, Default)]
#[serde(rename_all = "lowercase")]
enum FitToml {
    #[default]
    Exact,
    Contain,
}

/// A page's advertisements. `blocks` are its stories.
pub(super) fn ads(
    reader: &mut Reader<'_>,
    file: FileId,
    toml: &[AdToml],
    layout: &Layout,
    blocks: &[Block],
) -> Vec<AdPlace> {
    let mut ads: Vec<AdPlace> = Vec::new();
    for raw in toml {
        if ads.len() == MOST_ADS {
            reader.note(
                Diagnostic::error("ads-many", format!("a page has at most {MOST_ADS} advertisements"))
                    .at(span_of(file, &raw.file))
                    .help("deliver small ones on one page of a PDF"),
            );
            break;
        }
        let Some(cells) = cells(reader, file, &raw.cells, &layout.grid) else { continue };
        let on_block = blocks.iter().any(|block| block.overlaps(cells));
        let on_ad = ads.iter().any(|ad| ad.cells.overlaps(cells));
        if on_block || on_ad {
            let other = if on_block { "a story's block" } else { "another advertisement" };
            reader.note(
                Diagnostic::error(
                    "ad-overlap",
                    format!("the advertisement of `{}` and {other} overlap", raw.advertiser),
                )
                .at(span_of(file, &raw.cells))
                .help("move or shrink one of them: a cell holds one thing"),
            );
        }
        let frame = match &raw.frame {
            None => None,
            Some(name) => match rule_named(reader, file, name, &layout.rules) {
                None => continue,
                found => found,
            },
        };
        let inset = raw.inset.map_or(Len::ZERO, |inset| inset.at(layout.grid.em));
        let rows = layout.grid.row.times(i64::from(cells.rows));
        if inset < Len::ZERO || inset.times(4) > layout.grid.across(cells.col, cells.cols).min(rows) {
            reader.note(
                Diagnostic::error(
                    "ad-inset",
                    format!("a white of {inset} does not fit round the advertisement"),
                )
                .at(span_of(file, &raw.cells))
                .help("write an `inset` of 0 to a quarter of its cells"),
            );
            continue;
        }
        ads.push(AdPlace {
            advertiser: raw.advertiser.clone(),
            file: raw.file.get_ref().clone(),
            typed: span_of(file, &raw.file),
            page: raw.page.map_or(1, |page| page.0),
            cells,
            fit: match raw.fit {
                FitToml::Exact => AdFit::Exact,
                FitToml::Contain => AdFit::Contain,
            },
            inset,
            frame,
        });
    }
    ads
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AdMarkToml {
    faces: Vec<Spanned<String>>,
    size: Size,
    ink: Option<Spanned<InkToml>>,
    #[serde(default)]
    mark: AdMarkPlaceToml,
}

#[derive(Deserialize, Clone, Copy, Default)]
#[serde(rename_all = "lowercase")]
enum AdMarkPlaceToml {
    #[default]
    Above,
    Inside,
}

/// How a layout marks advertisements; if it does not say, in the type of its credits.
pub(super) fn ad_mark(
    reader: &mut Reader<'_>,
    names: &Names<'_>,
    toml: Option<&AdMarkToml>,
    credit: Option<&ParaStyle>,
) -> Option<AdMark> {
    match toml {
        None => credit.map(|style| AdMark { body: style.body.clone(), place: AdMarkPlace::Above }),
        Some(toml) => Some(AdMark {
            body: type_style(reader, names, &toml.faces, toml.size.0, toml.ink.as_ref()),
            place: match toml.mark {
                AdMarkPlaceToml::Above => AdMarkPlace::Above,
                AdMarkPlaceToml::Inside => AdMarkPlace::Inside,
            },
        }),
    }
}
