//! Styles of a layout file: punctuation as data, inks, type, paragraphs, rules.

use serde::Deserialize;
use toml::Spanned;

use super::inks::{InkToml, Inks};
use super::inline::{WesternToml, western};
use super::typed::{Fixed, Ranged, Share, SignedShare, Size, Weight};
use super::{Reader, span_of, unknown};
use crate::color::Ink;
use crate::diag::{Diagnostic, FileId};
use crate::model::edition::FaceSpec;
use crate::model::style::{
    Adjacent, Align, Ascii, FaceIdx, GROUPS, Give, Group, Motif, Ornament, ParaStyle, Punctuation, RuleStyle,
    Strictness, TIERS, Tier, TypeStyle,
};
use crate::unit::{Em, Len};

/// What a style of a layout may refer to.
pub(super) struct Names<'a> {
    pub(super) file: FileId,
    pub(super) faces: &'a [FaceSpec],
    pub(super) inks: &'a Inks,
}

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

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub(super) enum StrictnessToml {
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

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub(super) enum AlignToml {
    Justify,
    Left,
    Centre,
    Right,
}

impl From<AlignToml> for Align {
    fn from(toml: AlignToml) -> Self {
        match toml {
            AlignToml::Justify => Self::Justify,
            AlignToml::Left => Self::Left,
            AlignToml::Centre => Self::Centre,
            AlignToml::Right => Self::Right,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StyleToml {
    faces: Vec<Spanned<String>>,
    size: Size,
    ink: Option<Spanned<InkToml>>,
    align: AlignToml,
    indent: Option<Share>,
    source_tag: Option<Vec<Spanned<String>>>,
    run_in: Option<Vec<Spanned<String>>>,
    han_space: Option<Share>,
    rows: Option<Ranged<1, 20>>,
    tracking: Option<SignedShare>,
    western: Option<WesternToml>,
}

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

/// A named ink; black without a name.
pub(super) fn ink(reader: &mut Reader<'_>, names: &Names<'_>, toml: Option<&Spanned<InkToml>>) -> Ink {
    names.inks.find(reader, names.file, toml)
}

/// A chain of named faces: the first that has a character sets it.
pub(super) fn faces(reader: &mut Reader<'_>, names: &Names<'_>, toml: &[Spanned<String>]) -> Vec<FaceIdx> {
    let mut chain = Vec::new();
    for name in toml {
        match names.faces.iter().position(|face| face.id == *name.get_ref()) {
            Some(idx) => chain.push(FaceIdx(idx as u16)),
            None => reader.note(unknown(
                "face",
                name.get_ref(),
                names.faces.iter().map(|face| &face.id),
                span_of(names.file, name),
            )),
        }
    }
    if chain.is_empty() {
        // Already an error, here or where the list is empty in the file.
        if toml.is_empty() {
            reader.note(
                Diagnostic::error("face-none", "a style needs a face")
                    .at(crate::diag::Span::file(names.file))
                    .help("name at least one, such as `faces = [\"song\"]`"),
            );
        }
        chain.push(FaceIdx(0));
    }
    chain
}

/// A face chain at a size in an ink.
pub(super) fn type_style(
    reader: &mut Reader<'_>,
    names: &Names<'_>,
    chain: &[Spanned<String>],
    size: Len,
    named: Option<&Spanned<InkToml>>,
) -> TypeStyle {
    TypeStyle { faces: faces(reader, names, chain), size, ink: ink(reader, names, named), western: None }
}

/// A paragraph style.
pub(super) fn para_style(reader: &mut Reader<'_>, names: &Names<'_>, toml: &StyleToml) -> ParaStyle {
    let mut body = type_style(reader, names, &toml.faces, toml.size.0, toml.ink.as_ref());
    body.western = toml.western.as_ref().map(|toml| western(reader, names, toml));
    let chain = |reader: &mut Reader<'_>, chain: &Option<Vec<Spanned<String>>>| match chain {
        Some(chain) => faces(reader, names, chain),
        None => body.faces.clone(),
    };
    ParaStyle {
        source_tag: chain(reader, &toml.source_tag),
        run_in: chain(reader, &toml.run_in),
        align: toml.align.into(),
        indent: toml.indent.map_or(Em(0), |share| share.0),
        han_space: toml.han_space.map(|share| share.0),
        rows: toml.rows.map_or(1, |rows| rows.0),
        tracking: toml.tracking.map_or(Em(0), |share| share.0),
        body,
    }
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
