//! `[[copyfit.NAME]]` of a layout: the ladders of copyfitting.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::typed::{Ranged, Share};
use super::{Reader, span_of};
use crate::diag::{Diagnostic, FileId};
use crate::model::copyfit::{Ladder, Step};
use crate::unit::Em;

/// Most that characters may be moved apart or together: more is seen at arm's length.
const MOST_TRACKING: Em = Em(50);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StepToml {
    step: Spanned<StepName>,
    rows: Option<Ranged<1, 20>>,
    sizes: Option<Ranged<1, 10>>,
    most: Option<Share>,
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
    Optional,
    Cuts,
    Jump,
}

/// The ladders of a layout, by name.
pub(super) fn ladders(
    reader: &mut Reader<'_>,
    file: FileId,
    toml: &BTreeMap<String, Vec<StepToml>>,
) -> Vec<Ladder> {
    toml.iter()
        .map(|(name, steps)| Ladder {
            name: name.clone(),
            steps: steps.iter().filter_map(|toml| step(reader, file, toml)).collect(),
        })
        .collect()
}

fn step(reader: &mut Reader<'_>, file: FileId, toml: &StepToml) -> Option<Step> {
    let StepToml { step, rows, sizes, most } = toml;
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
        StepName::Optional => plain(Step::Optional),
        StepName::Cuts => plain(Step::Cuts),
        StepName::Jump => plain(Step::Jump),
    };
    match made {
        Ok(step) => Some(step),
        Err(remedy) => {
            reader.note(
                Diagnostic::error("copyfit-step", "a step of copyfitting has another bound")
                    .at(span_of(file, step))
                    .help(remedy),
            );
            None
        }
    }
}
