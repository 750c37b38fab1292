//! `profiles/NAME.toml`: a printing condition, and whether its profiles are what it needs.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, de};
use toml::Spanned;

use super::inks::SpotsToml;
use super::typed::Ranged;
use super::{Reader, span_of, unreadable};
use crate::diag::{Diagnostic, Span};
use crate::files::Place;
use crate::model::edition::{Condition, Conversion, Level, Rendering};

/// Largest ICC profile that is read (the largest in use are about 3 MB).
const LARGEST_PROFILE: u64 = 16 << 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConditionToml {
    identifier: String,
    text: String,
    #[serde(default)]
    registry: String,
    profile: Spanned<String>,
    gray_profile: Option<Spanned<String>>,
    ink_limit: Ranged<100, 400>,
    ruling: Ruling,
    #[serde(default)]
    spots: SpotsToml,
    picture_ppi: Option<Ranged<72, 600>>,
    #[serde(default)]
    conversion: ConversionToml,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct ConversionToml {
    #[serde(default)]
    intent: RenderingToml,
    #[serde(default)]
    black_point: bool,
    sharpen: Option<Ranged<0, 300>>,
    quality: Option<Ranged<30, 100>>,
    highlight: Option<Ranged<0, 10>>,
    #[serde(default)]
    ink_saving: bool,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "snake_case")]
enum RenderingToml {
    #[default]
    Perceptual,
    Relative,
    Saturation,
    Absolute,
}

/// A screen ruling (网线) in lines per inch: written `"100lpi"` or `"40l/cm"`.
struct Ruling(u16);

impl<'de> Deserialize<'de> for Ruling {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let hundredths = |number: &str, hundredths_an_inch: u32| {
            let number: u16 = number.trim().parse().ok()?;
            u16::try_from((u32::from(number) * hundredths_an_inch + 50) / 100).ok()
        };
        let lines = text
            .strip_suffix("lpi")
            .and_then(|number| hundredths(number, 100))
            .or_else(|| text.strip_suffix("l/cm").and_then(|number| hundredths(number, 254)));
        lines.filter(|lines| (40..=400).contains(lines)).map(Self).ok_or_else(|| {
            de::Error::custom(
                "a screen ruling is written \"100lpi\" or \"40l/cm\", 40 to 400 lines to the inch",
            )
        })
    }
}

/// What an ICC profile must be for its part in a condition.
#[derive(Clone, Copy)]
struct Part {
    space: [u8; 4],
    name: &'static str,
    tags: &'static [[u8; 4]],
}

const PLATES: Part = Part { space: *b"CMYK", name: "CMYK", tags: &[*b"A2B0", *b"B2A0"] };
const BLACK: Part = Part { space: *b"GRAY", name: "gray", tags: &[*b"kTRC"] };

/// Reads a condition: the edition's own, if it has one of that name, else the house's.
pub(super) fn read(reader: &mut Reader<'_>, name: &Spanned<String>, asked: &Span) -> Option<Condition> {
    let path = format!("profiles/{}.toml", name.get_ref());
    let place = if reader.files.open(Place::Edition, &path).is_ok() { Place::Edition } else { Place::House };
    let (file, toml) = reader.parse::<ConditionToml>(place, &path, Some(asked))?;
    let mut profile = |named: &Spanned<String>, part: Part| {
        let typed = span_of(file, named);
        match bytes(reader, place, named.get_ref(), &typed) {
            Ok(bytes) => match unfit(&bytes, part) {
                None => return Some(bytes),
                Some((what, help)) => {
                    let message = format!("`{}` is not the profile of a press: {what}", named.get_ref());
                    reader.note(Diagnostic::error("condition-profile", message).at(typed).help(help));
                }
            },
            Err(note) => reader.note(note),
        }
        None
    };
    let plates = profile(&toml.profile, PLATES);
    let gray_profile = match &toml.gray_profile {
        Some(named) => Some(profile(named, BLACK)?),
        None => None,
    };
    let usual = Conversion::default();
    let convert = toml.conversion;
    Some(Condition {
        identifier: toml.identifier,
        text: toml.text,
        registry: toml.registry,
        profile: plates?,
        typed: span_of(file, &toml.profile),
        gray_profile,
        ink_limit: toml.ink_limit.0 * 10,
        ruling: toml.ruling.0,
        spots: toml.spots.into(),
        // A screen holds two pixels to the line (Nyquist; newspapers ask for 1.5 to 2).
        picture_ppi: toml.picture_ppi.map_or(u32::from(toml.ruling.0) * 2, |ppi| u32::from(ppi.0)),
        conversion: Conversion {
            rendering: match convert.intent {
                RenderingToml::Perceptual => Rendering::Perceptual,
                RenderingToml::Relative => Rendering::Relative,
                RenderingToml::Saturation => Rendering::Saturation,
                RenderingToml::Absolute => Rendering::Absolute,
            },
            black_point: convert.black_point,
            sharpen: convert.sharpen.map_or(usual.sharpen, |percent| percent.0),
            quality: convert.quality.map_or(usual.quality, |quality| quality.0 as u8),
            highlight: convert.highlight.map_or(usual.highlight, |percent| percent.0 as u8),
            ink_saving: convert.ink_saving,
        },
    })
}

/// A profile's bytes, from the folder of the condition that names it, else from the house.
fn bytes(reader: &Reader<'_>, place: Place, name: &str, typed: &Span) -> Result<Arc<[u8]>, Diagnostic> {
    let path = format!("profiles/{name}");
    let beside = reader.files.open(place, &path);
    let found = beside.or_else(|_| reader.files.open(Place::House, &path));
    let bytes = found.and_then(|blob| blob.read_all(LARGEST_PROFILE));
    bytes.map(Arc::from).map_err(|error| unreadable(&path, &error, Some(typed)))
}

/// What keeps a condition's output profile out of PDFs of a level. The gray profile is not embedded.
pub fn unfit_for_level(condition: &Condition, level: Level) -> Option<Diagnostic> {
    let version = version(&condition.profile).filter(|version| !level.takes_profile(*version))?;
    let message =
        format!("the output profile is of ICC version {version}, and {} takes version 2", level.name());
    Some(Diagnostic::error("condition-profile", message).at(condition.typed.clone()).help(
        "ask for one of version 2, most are to be had in both; or make a PDF/X-4 (`level = \"x4\"`), if the plant takes it",
    ))
}

/// The major version of a profile (ICC.1:2010, 7.2.4).
fn version(bytes: &[u8]) -> Option<u8> {
    bytes.get(8).copied()
}

/// What keeps a profile from its part at any level, and what to do about it (ISO 15930-4 and -7,
/// output intents; ICC.1:2001-04, 6.1 and ICC.1:2010, 7.2 for the header).
fn unfit(bytes: &[u8], part: Part) -> Option<(String, &'static str)> {
    const ANOTHER: &str = "name an ICC output profile of the press; its maker or the plant has one";
    const VERSION: &str = "ask for one of version 2, which every level takes, or 4";
    let four = |at: usize| bytes.get(at..).and_then(|rest| rest.first_chunk::<4>()).copied();
    let long = |at: usize| four(at).map(u32::from_be_bytes);
    let text = |four: [u8; 4]| String::from_utf8_lossy(&four).trim().to_owned();
    let (Some(class), Some(space), Some(b"acsp")) = (four(12), four(16), four(36).as_ref()) else {
        return Some(("it is no ICC profile".to_owned(), ANOTHER));
    };
    let stated = long(0).unwrap_or(0);
    if u64::from(stated) != bytes.len() as u64 {
        let what = format!("it says that it has {stated} bytes, and has {}", bytes.len());
        return Some((what, "copy it again"));
    }
    if &class != b"prtr" {
        return Some((format!("it is of class `{}`, and a press's is `prtr`", text(class)), ANOTHER));
    }
    if space != part.space {
        return Some((format!("it is for {}, and {} is wanted", text(space), part.name), ANOTHER));
    }
    if let Some(version) = version(bytes).filter(|version| !matches!(version, 2 | 4)) {
        return Some((format!("it is of ICC version {version}"), VERSION));
    }
    let count = long(128).unwrap_or(0).min(100) as usize;
    let tags: Vec<[u8; 4]> = (0..count).filter_map(|tag| four(132 + tag * 12)).collect();
    let missing = part.tags.iter().find(|tag| !tags.contains(tag))?;
    Some((format!("it has no table `{}`", text(*missing)), ANOTHER))
}
