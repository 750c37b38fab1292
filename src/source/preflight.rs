//! `[preflight]` of a layout: what the house makes of each rule of the press.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::{Reader, span_of, unknown};
use crate::diag::FileId;
use crate::model::preflight::{Preflight, RULES, Verdict};

/// What is made of a rule, as it is typed.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub(super) enum VerdictToml {
    Off,
    Warning,
    Error,
}

/// The verdicts of a layout, by rules that there are.
pub(super) fn preflight(
    reader: &mut Reader<'_>,
    file: FileId,
    toml: &BTreeMap<Spanned<String>, VerdictToml>,
) -> Preflight {
    let mut verdicts = Vec::new();
    for (name, verdict) in toml {
        let Some(rule) = RULES.iter().find(|rule| **rule == name.get_ref()) else {
            reader.note(unknown("rule of the press", name.get_ref(), RULES.iter(), span_of(file, name)));
            continue;
        };
        verdicts.push((
            *rule,
            match verdict {
                VerdictToml::Off => Verdict::Off,
                VerdictToml::Warning => Verdict::Warning,
                VerdictToml::Error => Verdict::Error,
            },
        ));
    }
    Preflight { verdicts }
}
