//! `[rules.NAME]` of a layout: what a rule looks like; and rules by their names.

use serde::Deserialize;
use toml::Spanned;

use super::inks::InkToml;
use super::style::{Names, ink};
use super::typed::Fixed;
use super::{Reader, span_of, unknown};
use crate::diag::{Diagnostic, FileId};
use crate::model::style::{Motif, Ornament, RuleStyle};
use crate::unit::Len;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleToml {
    #[serde(default)]
    strokes: Vec<StrokeToml>,
    dots: Option<DotsToml>,
    ornament: Option<OrnamentToml>,
    ink: Option<Spanned<InkToml>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StrokeToml {
    offset: Fixed,
    weight: Fixed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DotsToml {
    length: Fixed,
    gap: Fixed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrnamentToml {
    motif: MotifToml,
    offset: Option<Fixed>,
    length: Fixed,
    height: Fixed,
    weight: Option<Fixed>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum MotifToml {
    Wave,
    Lozenge,
    Fret,
}

/// Most strokes of a rule, its greatest thickness, and the finest dots and gaps newsprint holds.
const MOST_STROKES: usize = 8;
const THICKEST: Len = Len::pt(36);
const FINEST: Len = Len::centipoints(25);

/// A rule's look.
pub(super) fn rule(reader: &mut Reader<'_>, names: &Names<'_>, name: &str, toml: &RuleToml) -> RuleStyle {
    let thick = toml.strokes.iter().any(|stroke| stroke.offset.0 + stroke.weight.0 > THICKEST);
    let fine = toml.dots.as_ref().is_some_and(|dots| dots.length.0 < FINEST || dots.gap.0 < FINEST);
    if toml.strokes.is_empty() && toml.ornament.is_none() {
        reader.note(
            Diagnostic::error("rule-look", format!("the rule `{name}` has neither strokes nor an ornament"))
                .at(crate::diag::Span::file(names.file))
                .help("add `strokes = [{ offset = \"0pt\", weight = \"0.3pt\" }]`"),
        );
    }
    if toml.strokes.len() > MOST_STROKES || thick || fine {
        reader.note(
            Diagnostic::error("rule-look", format!("the rule `{name}` is not one that a press draws"))
                .at(crate::diag::Span::file(names.file))
                .help(format!(
                    "at most {MOST_STROKES} strokes within {THICKEST}; dots and gaps of {FINEST} and more"
                )),
        );
    }
    RuleStyle {
        name: name.to_owned(),
        strokes: toml.strokes.iter().map(|stroke| (stroke.offset.0, stroke.weight.0)).collect(),
        dots: toml.dots.as_ref().map(|dots| (dots.length.0.max(FINEST), dots.gap.0.max(FINEST))),
        ornament: toml.ornament.as_ref().and_then(|toml| ornament(reader, names, name, toml)),
        ink: ink(reader, names, toml.ink.as_ref()),
    }
}

/// Smallest figure of an ornament: finer ones fill in on newsprint.
const SMALLEST_MOTIF: Len = Len::pt(1);

/// A rule's ornament.
fn ornament(reader: &mut Reader<'_>, names: &Names<'_>, name: &str, toml: &OrnamentToml) -> Option<Ornament> {
    let ornament = Ornament {
        motif: match toml.motif {
            MotifToml::Wave => Motif::Wave,
            MotifToml::Lozenge => Motif::Lozenge,
            MotifToml::Fret => Motif::Fret,
        },
        offset: toml.offset.map_or(Len::ZERO, |offset| offset.0),
        length: toml.length.0,
        height: toml.height.0,
        weight: toml.weight.map(|weight| weight.0),
    };
    let sized = ornament.length.min(ornament.height) >= SMALLEST_MOTIF
        && ornament.length.max(ornament.offset + ornament.height) <= THICKEST;
    // A fret has five lines and gaps across, a wave or a lozenge needs white inside its line.
    let lines = if ornament.motif == Motif::Fret { 5 } else { 3 };
    let drawn = match ornament.weight {
        Some(weight) => weight > Len::ZERO && weight.times(lines) <= ornament.height.min(ornament.length),
        None => ornament.motif == Motif::Lozenge,
    };
    let apart = ornament.motif != Motif::Fret || ornament.length >= ornament.height;
    if sized && drawn && apart {
        return Some(ornament);
    }
    reader.note(
        Diagnostic::error("rule-look", format!("the ornament of the rule `{name}` is not one that a press draws"))
            .at(crate::diag::Span::file(names.file))
            .help(format!(
                "figures of {SMALLEST_MOTIF} to {THICKEST}; a `weight` of at most a third of them, of a fret a fifth; \
                 only a lozenge may do without; a fret is at least as long as high"
            )),
    );
    None
}

/// A rule of the layout by its name.
pub(super) fn rule_named(
    reader: &mut Reader<'_>,
    file: FileId,
    name: &Spanned<String>,
    rules: &[RuleStyle],
) -> Option<usize> {
    let found = rules.iter().position(|rule| rule.name == *name.get_ref());
    if found.is_none() {
        reader.note(unknown(
            "rule",
            name.get_ref(),
            rules.iter().map(|rule| &rule.name),
            span_of(file, name),
        ));
    }
    found
}
