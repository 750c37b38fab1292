//! `[punctuation.NAME]` of a layout: what marks leave blank, and what of it a line may take.

use serde::Deserialize;
use toml::Spanned;

use super::typed::{Share, Weight};
use super::{Reader, span_of};
use crate::diag::{Diagnostic, FileId};
use crate::model::style::{Adjacent, Ascii, GROUPS, Give, Group, Punctuation, TIERS, Tier};
use crate::unit::Em;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PunctuationToml {
    #[serde(default)]
    blank: GroupsToml,
    #[serde(default)]
    line_end: GroupsToml,
    paragraph_start: Option<Share>,
    adjacent: AdjacentToml,
    #[serde(default)]
    squeeze: Vec<Spanned<TierToml>>,
    autospace: Share,
    ascii: AsciiToml,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct GroupsToml {
    open: Option<Share>,
    close: Option<Share>,
    comma: Option<Share>,
    colon: Option<Share>,
    stop: Option<Share>,
    mid: Option<Share>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum AdjacentToml {
    Squeezed,
    Kept,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum AsciiToml {
    Half,
    Proportional,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TierToml {
    gives: Vec<GiveToml>,
    most: Share,
    weight: Weight,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum GiveToml {
    WordSpace,
    Autospace,
    Open,
    Close,
    Comma,
    Colon,
    Stop,
    Mid,
}

/// A punctuation style.
pub(super) fn punctuation(
    reader: &mut Reader<'_>,
    file: FileId,
    name: &str,
    toml: &PunctuationToml,
) -> Punctuation {
    if let Some(extra) = toml.squeeze.get(TIERS) {
        reader.note(
            Diagnostic::error(
                "squeeze-tiers",
                format!("a punctuation style has at most {TIERS} tiers of squeeze"),
            )
            .at(span_of(file, extra))
            .help("put what gives together into one tier"),
        );
    }
    let tiers = toml.squeeze.iter().map(|tier| tier.get_ref()).take(TIERS).map(|tier| Tier {
        gives: tier.gives.iter().map(gives).collect(),
        most: tier.most.0,
        weight: u32::from(tier.weight.0),
    });
    Punctuation {
        name: name.to_owned(),
        blank: groups(&toml.blank),
        line_end: groups(&toml.line_end),
        paragraph_start: toml.paragraph_start.map_or(Em(0), |share| share.0),
        adjacent: match toml.adjacent {
            AdjacentToml::Squeezed => Adjacent::Squeezed,
            AdjacentToml::Kept => Adjacent::Kept,
        },
        tiers: tiers.collect(),
        autospace: toml.autospace.0,
        ascii: match toml.ascii {
            AsciiToml::Half => Ascii::Half,
            AsciiToml::Proportional => Ascii::Proportional,
        },
    }
}

fn gives(toml: &GiveToml) -> Give {
    match toml {
        GiveToml::WordSpace => Give::WordSpace,
        GiveToml::Autospace => Give::Autospace,
        GiveToml::Open => Give::Blank(Group::Open),
        GiveToml::Close => Give::Blank(Group::Close),
        GiveToml::Comma => Give::Blank(Group::Comma),
        GiveToml::Colon => Give::Blank(Group::Colon),
        GiveToml::Stop => Give::Blank(Group::Stop),
        GiveToml::Mid => Give::Blank(Group::Mid),
    }
}

/// The order is that of [`Group`].
fn groups(toml: &GroupsToml) -> [Em; GROUPS] {
    [toml.open, toml.close, toml.comma, toml.colon, toml.stop, toml.mid]
        .map(|share| share.map_or(Em(0), |share| share.0))
}
