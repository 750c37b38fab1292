//! `[composition]` and `[punctuation.NAME]` of a layout: the rules by which lines are made.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::punctuation::{PunctuationToml, punctuation};
use super::typed::{Count, Share, Weight};
use super::{Reader, span_of, unknown};
use crate::diag::{FileId, Span};
use crate::model::style::{Composer, Composition, Punctuation, Stretch, Strictness, Weights};
use crate::unit::Em;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CompositionToml {
    punctuation: Spanned<String>,
    strictness: StrictnessToml,
    source_tag_space: Share,
    lines_after_subhead: Count,
    lines_at_foot: Count,
    lines_at_head: Count,
    loose: Share,
    loosest: Share,
    #[serde(default)]
    composer: ComposerToml,
    #[serde(default)]
    stretch: StretchToml,
    #[serde(default)]
    weights: WeightsToml,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum StrictnessToml {
    None,
    Basic,
    Gb,
    Strict,
}

impl From<StrictnessToml> for Strictness {
    fn from(toml: StrictnessToml) -> Self {
        match toml {
            StrictnessToml::None => Self::None,
            StrictnessToml::Basic => Self::Basic,
            StrictnessToml::Gb => Self::Gb,
            StrictnessToml::Strict => Self::Strict,
        }
    }
}

#[derive(Deserialize, Clone, Copy, Default)]
#[serde(rename_all = "lowercase")]
enum ComposerToml {
    First,
    #[default]
    Total,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct StretchToml {
    word_space: Option<Share>,
    autospace: Option<Share>,
    flush_last: Option<Share>,
    flush_gap: Option<Share>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct WeightsToml {
    line: Option<Weight>,
    open: Option<Weight>,
    stretch: Option<Weight>,
    stretch_cubed: Option<Weight>,
    runt: Option<Weight>,
    short_last: Option<Weight>,
    texture: Option<Weight>,
    same_mark: Option<Weight>,
}

/// The rules, with the punctuation style that the edition wants or the layout names.
pub(super) fn composition(
    reader: &mut Reader<'_>,
    file: FileId,
    raw: &CompositionToml,
    styles: &BTreeMap<String, PunctuationToml>,
    wanted: Option<(&Spanned<String>, Span)>,
) -> Option<Composition> {
    let (name, place) = wanted.map_or_else(
        || (raw.punctuation.get_ref().clone(), span_of(file, &raw.punctuation)),
        |(name, place)| (name.get_ref().clone(), place),
    );
    let mut read: BTreeMap<&String, Punctuation> = BTreeMap::new();
    for (name, style) in styles {
        let style = punctuation(reader, file, name, style);
        read.insert(name, style);
    }
    let Some(chosen) = read.remove(&name) else {
        reader.note(unknown("punctuation style", &name, styles.keys(), place));
        return None;
    };
    Some(Composition {
        composer: match raw.composer {
            ComposerToml::First => Composer::First,
            ComposerToml::Total => Composer::Total,
        },
        weights: weights(&raw.weights),
        stretch: stretch(raw),
        punctuation: chosen,
        strictness: raw.strictness.into(),
        source_tag_space: raw.source_tag_space.0,
        lines_after_subhead: raw.lines_after_subhead.0,
        lines_at_foot: raw.lines_at_foot.0,
        lines_at_head: raw.lines_at_head.0,
    })
}

/// How far gaps open. Word spaces and Han–Latin gaps open to half an em first (CLREQ 2024-03,
/// 3.5.4; JLREQ Table 6); a last line is set flush where the nick would be a flaw and the stretch
/// is not seen.
fn stretch(raw: &CompositionToml) -> Stretch {
    let toml = &raw.stretch;
    let or = |share: Option<Share>, usual: i32| share.map_or(Em(usual), |share| share.0);
    Stretch {
        word_space: or(toml.word_space, 500),
        autospace: or(toml.autospace, 500),
        loose: raw.loose.0,
        loosest: raw.loosest.0,
        flush_last: or(toml.flush_last, 500),
        flush_gap: or(toml.flush_gap, 50),
    }
}

/// What the composer weighs. The usual values were found on the reference page by setting it at
/// three measures with many of them: these leave no last line of one character and few gaps that
/// the eye sees.
fn weights(toml: &WeightsToml) -> Weights {
    let or = |weight: Option<Weight>, usual: u32| weight.map_or(usual, |weight| u32::from(weight.0));
    Weights {
        line: or(toml.line, 1),
        open: or(toml.open, 20),
        stretch: or(toml.stretch, 1500),
        stretch_cubed: or(toml.stretch_cubed, 4000),
        runt: or(toml.runt, 3000),
        short_last: or(toml.short_last, 150),
        texture: or(toml.texture, 40),
        same_mark: or(toml.same_mark, 10),
    }
}
