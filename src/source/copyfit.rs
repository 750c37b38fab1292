//! `[copyfit]` of a layout: the ladders of copyfitting; and which of them a layout, a page, a group, a
//! story or a block asks for.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::typed::{Ranged, Share};
use super::{Reader, span_of, unknown};
use crate::diag::{Diagnostic, FileId};
use crate::model::copyfit::{Ladder, Step};
use crate::unit::Em;

/// Most that characters may be moved apart or together: more is seen at arm's length.
const MOST_TRACKING: Em = Em(50);

/// What is written to have no ladder.
const NONE: &str = "none";

/// The ladders by name, and the name of the one that counts where nothing else is said.
#[derive(Default)]
pub(super) struct CopyfitToml {
    default: Option<Spanned<String>>,
    ladders: BTreeMap<Spanned<String>, Vec<StepToml>>,
}

impl<'de> Deserialize<'de> for CopyfitToml {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Ladders)
    }
}

/// Reads `default` as a name and every other key as a ladder.
struct Ladders;

impl<'de> Visitor<'de> for Ladders {
    type Value = CopyfitToml;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ladders of copyfitting, such as `[[copyfit.usual]]`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<CopyfitToml, A::Error> {
        let mut toml = CopyfitToml::default();
        while let Some(name) = map.next_key::<Spanned<String>>()? {
            if name.get_ref() == "default" {
                toml.default = Some(map.next_value()?);
            } else {
                toml.ladders.insert(name, map.next_value()?);
            }
        }
        Ok(toml)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StepToml {
    step: Spanned<StepName>,
    rows: Option<Ranged<1, 20>>,
    sizes: Option<Ranged<1, 10>>,
    most: Option<Share>,
    #[serde(default)]
    alike: bool,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum StepName {
    Lines,
    Tracking,
    White,
    HeadRows,
    Headline,
    Pictures,
    Deck,
    Summary,
    Optional,
    Cuts,
    Jump,
}

/// The ladders of a layout, by name, and the one that counts where nothing else is said.
pub(super) fn ladders(
    reader: &mut Reader<'_>,
    file: FileId,
    toml: &CopyfitToml,
) -> (Vec<Ladder>, Option<usize>) {
    let mut ladders = Vec::new();
    for (name, typed) in &toml.ladders {
        if name.get_ref() == NONE {
            reader.note(
                Diagnostic::error("copyfit-name", "a ladder of copyfitting cannot be called `none`")
                    .at(span_of(file, name))
                    .help("`copyfit = \"none\"` asks for no ladder: give it another name"),
            );
        }
        let mut ladder = Ladder { name: name.get_ref().clone(), steps: Vec::new(), alike: Vec::new() };
        for (made, alike) in typed.iter().filter_map(|toml| step(reader, file, toml)) {
            ladder.steps.push(made);
            ladder.alike.extend(alike.then_some(made));
        }
        ladders.push(ladder);
    }
    let default = ladder_asked(reader, file, toml.default.as_ref(), &ladders).ladder();
    (ladders, default)
}

/// What is said of the ladder in one place.
#[derive(Clone, Copy, Default)]
pub(super) enum Asked {
    /// Nothing: what is said in a wider place counts.
    #[default]
    Nothing,
    /// That there be none.
    Off,
    /// Which one: an index into the layout's.
    Ladder(usize),
}

impl Asked {
    /// What is said here or else in a wider place.
    pub(super) fn or(self, wider: Self) -> Self {
        if matches!(self, Self::Nothing) { wider } else { self }
    }

    /// The ladder, if there is one.
    pub(super) fn ladder(self) -> Option<usize> {
        match self {
            Self::Ladder(ladder) => Some(ladder),
            Self::Nothing | Self::Off => None,
        }
    }
}

/// What `copyfit` says somewhere. A name that is not known says nothing.
pub(super) fn ladder_asked(
    reader: &mut Reader<'_>,
    file: FileId,
    name: Option<&Spanned<String>>,
    ladders: &[Ladder],
) -> Asked {
    let Some(name) = name else { return Asked::Nothing };
    if name.get_ref() == NONE {
        return Asked::Off;
    }
    match ladders.iter().position(|ladder| ladder.name == *name.get_ref()) {
        Some(ladder) => Asked::Ladder(ladder),
        None => {
            let known = ladders.iter().map(|ladder| ladder.name.as_str()).chain([NONE]);
            reader.note(unknown("ladder of copyfitting", name.get_ref(), known, span_of(file, name)));
            Asked::Nothing
        }
    }
}

/// A step, and whether the stories of a group take it alike.
fn step(reader: &mut Reader<'_>, file: FileId, toml: &StepToml) -> Option<(Step, bool)> {
    let StepToml { step, rows, sizes, most, alike } = toml;
    let rows_of = |made: fn(u16) -> Step| match (rows, sizes, most) {
        (Some(rows), None, None) => Ok(made(rows.0)),
        _ => Err("write its bound alone, such as `rows = 2`"),
    };
    let plain = |made: Step| match (rows, sizes, most) {
        (None, None, None) => Ok(made),
        _ => Err("it has no bound: it is taken or not"),
    };
    let made = match step.get_ref() {
        StepName::Lines => rows_of(Step::Lines),
        StepName::White => rows_of(Step::White),
        StepName::HeadRows => rows_of(Step::HeadRows),
        StepName::Pictures => rows_of(Step::Pictures),
        StepName::Tracking => match (rows, sizes, most) {
            (None, None, Some(most)) if most.0 <= MOST_TRACKING => Ok(Step::Tracking(most.0)),
            _ => Err("write its bound alone, at most `most = \"0.05em\"`"),
        },
        StepName::Headline => match (rows, sizes, most) {
            (None, Some(sizes), None) => Ok(Step::Headline(sizes.0)),
            _ => Err("write its bound alone, such as `sizes = 2`"),
        },
        StepName::Deck => plain(Step::Deck),
        StepName::Summary => plain(Step::Summary),
        StepName::Optional => plain(Step::Optional),
        StepName::Cuts => plain(Step::Cuts),
        StepName::Jump => plain(Step::Jump),
    };
    let made = match made {
        Ok(step) if *alike && !step.is_of_looks() => {
            Err("take `alike` out: it is for `tracking`, `white`, `head-rows`, `headline` and `pictures`")
        }
        made => made,
    };
    match made {
        Ok(step) => Some((step, *alike)),
        Err(remedy) => {
            reader.note(
                Diagnostic::error("copyfit-step", "a step of copyfitting has other keys")
                    .at(span_of(file, step))
                    .help(remedy),
            );
            None
        }
    }
}
