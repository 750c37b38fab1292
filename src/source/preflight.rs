//! `[preflight]` and `[checks]` of a layout: what the house makes of each rule.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::{Reader, span_of, unknown};
use crate::diag::FileId;
use crate::model::preflight::Verdict;

/// What is made of a rule, as it is typed.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub(super) enum VerdictToml {
    Off,
    Warning,
    Error,
}

/// The verdicts of a layout, by the `rules` that there are; `kind` says what they are to a person.
pub(super) fn verdicts(
    reader: &mut Reader<'_>,
    file: FileId,
    toml: &BTreeMap<Spanned<String>, VerdictToml>,
    (kind, rules): (&str, &'static [&'static str]),
) -> Vec<(&'static str, Verdict)> {
    let mut verdicts = Vec::new();
    for (name, verdict) in toml {
        let Some(rule) = rules.iter().find(|rule| **rule == name.get_ref()) else {
            reader.note(unknown(kind, name.get_ref(), rules.iter(), span_of(file, name)));
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
    verdicts
}
