//! Inks of a layout file: process inks, spot inks, tints of them, and how styles name them.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::{Deserialize, Deserializer, de};
use toml::Spanned;

use super::typed::Percent;
use super::{Reader, span_of, unknown};
use crate::color::{Ink, SpotIdx, SpotInk, Tint};
use crate::diag::{Diagnostic, FileId};
use crate::model::edition::SpotInks;
use crate::model::preflight::Preflight;

/// Most spot inks of a layout: newspaper presses have no more units to spare.
const MOST_SPOTS: usize = 4;
/// Longest name of a spot ink in bytes (PDF Reference 1.4, appendix C: names).
const LONGEST_NAME: usize = 127;
/// Plates that a spot ink cannot be: those of process printing, and names with a meaning of their
/// own (PDF Reference 1.4, 4.5.5).
const RESERVED: [&str; 6] = ["Cyan", "Magenta", "Yellow", "Black", "All", "None"];

/// `[spots.NAME]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpotToml {
    name: Spanned<String>,
    cmyk: [Percent; 4],
}

/// Whether pages may be printed with spot inks, as a layout or a printing condition says it.
#[derive(Deserialize, Clone, Copy, Default)]
#[serde(rename_all = "lowercase")]
pub(super) enum SpotsToml {
    #[default]
    Refused,
    Allowed,
}

impl From<SpotsToml> for SpotInks {
    fn from(toml: SpotsToml) -> Self {
        match toml {
            SpotsToml::Refused => Self::Refused,
            SpotsToml::Allowed => Self::Allowed,
        }
    }
}

/// What is made of spot inks on a page: whether they may be there, and what of it if not.
pub(super) struct SpotPolicy {
    pub(super) spots: SpotInks,
    pub(super) preflight: Preflight,
}

/// A tint of a spot ink: `{ spot = "red", tint = 50 }`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpotTintToml {
    spot: String,
    tint: Option<Percent>,
}

/// An ink as `[inks]` defines it: four percentages, or a tint of a spot ink.
pub(super) enum InkDefinitionToml {
    Process([Percent; 4]),
    Spot(SpotTintToml),
}

impl<'de> Deserialize<'de> for InkDefinitionToml {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Definition;
        impl<'de> de::Visitor<'de> for Definition {
            type Value = InkDefinitionToml;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("cyan, magenta, yellow and black in percent, such as [100, 60, 0, 0], or a tint of a spot ink, such as { spot = \"red\", tint = 50 }")
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
                let percents = Deserialize::deserialize(de::value::SeqAccessDeserializer::new(seq))?;
                Ok(InkDefinitionToml::Process(percents))
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                SpotTintToml::deserialize(MapAccessDeserializer::new(map)).map(InkDefinitionToml::Spot)
            }
        }
        deserializer.deserialize_any(Definition)
    }
}

/// An ink as a style asks for it: by name, or as a tint of a spot ink.
pub(super) enum InkToml {
    Named(String),
    Spot(SpotTintToml),
}

impl<'de> Deserialize<'de> for InkToml {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Asked;
        impl<'de> de::Visitor<'de> for Asked {
            type Value = InkToml;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of an ink, such as \"black\", or a tint of a spot ink, such as { spot = \"red\", tint = 50 }")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<InkToml, E> {
                Ok(InkToml::Named(name.to_owned()))
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<InkToml, A::Error> {
                SpotTintToml::deserialize(MapAccessDeserializer::new(map)).map(InkToml::Spot)
            }
        }
        deserializer.deserialize_any(Asked)
    }
}

/// The inks that a layout's styles may ask for.
pub(super) struct Inks {
    named: BTreeMap<String, Ink>,
    spots: BTreeMap<String, SpotIdx>,
    policy: SpotPolicy,
}

/// Reads a layout's inks. The spot inks come second, by index.
pub(super) fn read(
    reader: &mut Reader<'_>,
    file: FileId,
    inks: &BTreeMap<String, Spanned<InkDefinitionToml>>,
    spots: &BTreeMap<String, SpotToml>,
    policy: SpotPolicy,
) -> (Inks, Vec<SpotInk>) {
    let mut known = Inks {
        named: BTreeMap::from([("black".to_owned(), Ink::BLACK), ("paper".to_owned(), Ink::PAPER)]),
        spots: BTreeMap::new(),
        policy,
    };
    let mut all: Vec<SpotInk> = Vec::new();
    for (name, toml) in spots {
        let ink = SpotInk {
            colorant: toml.name.get_ref().trim().to_owned(),
            cmyk: toml.cmyk.map(|percent| Tint(percent.0 * 10)),
        };
        if let Some((fault, help)) = fault(name, &ink, &all, inks) {
            reader.note(Diagnostic::error("spot-ink", fault).at(span_of(file, &toml.name)).help(help));
            continue;
        }
        let spot = SpotIdx(all.len() as u8);
        all.push(ink);
        known.spots.insert(name.clone(), spot);
        known.named.insert(name.clone(), Ink::Spot(spot, Tint::SOLID));
    }
    for (name, toml) in inks {
        let ink = match toml.get_ref() {
            InkDefinitionToml::Process(percents) => process_ink(percents),
            InkDefinitionToml::Spot(tint) => known.tint(reader, file, tint, toml),
        };
        known.named.insert(name.clone(), ink);
    }
    (known, all)
}

/// What is wrong with a spot ink, and the remedy.
fn fault(
    name: &str,
    ink: &SpotInk,
    before: &[SpotInk],
    inks: &BTreeMap<String, Spanned<InkDefinitionToml>>,
) -> Option<(String, &'static str)> {
    let colorant = &ink.colorant;
    if before.len() == MOST_SPOTS {
        let fault = format!("a layout has at most {MOST_SPOTS} spot inks");
        Some((fault, "print with fewer: each is a plate and a unit of the press"))
    } else if ["black", "paper"].contains(&name) || inks.contains_key(name) {
        Some((format!("there are two inks named `{name}`"), "give the spot ink another key"))
    } else if colorant.is_empty() || colorant.len() > LONGEST_NAME || colorant.contains('\0') {
        let fault = format!("a plate's name has 1 to {LONGEST_NAME} bytes");
        Some((fault, "write the name the print shop knows, such as `PANTONE 185 C`"))
    } else if RESERVED.iter().any(|name| name.eq_ignore_ascii_case(colorant)) {
        let fault = format!("`{colorant}` is no spot ink but a plate of process printing");
        Some((fault, "name the ink as its maker does, or use an ink of `[inks]`"))
    } else if before.iter().any(|other| other.colorant == *colorant) {
        Some((format!("two spot inks print on the plate `{colorant}`"), "define it once"))
    } else {
        None
    }
}

/// An ink of four percentages; one of black alone stays on its own plate.
fn process_ink(percents: &[Percent; 4]) -> Ink {
    match percents.map(|percent| Tint(percent.0 * 10)) {
        [Tint(0), Tint(0), Tint(0), black] => Ink::Black(black),
        tints => Ink::Cmyk(tints),
    }
}

impl Inks {
    /// The ink that is asked for; black where none is.
    pub(super) fn find(
        &self,
        reader: &mut Reader<'_>,
        file: FileId,
        asked: Option<&Spanned<InkToml>>,
    ) -> Ink {
        let Some(asked) = asked else { return Ink::BLACK };
        let ink = match asked.get_ref() {
            InkToml::Spot(tint) => self.tint(reader, file, tint, asked),
            InkToml::Named(name) => match self.named.get(name) {
                Some(ink) => *ink,
                None => {
                    reader.note(unknown("ink", name, self.named.keys(), span_of(file, asked)));
                    Ink::BLACK
                }
            },
        };
        if matches!(ink, Ink::Spot(..)) && self.policy.spots == SpotInks::Refused {
            let note = Diagnostic::error(
                "NP-SPOT",
                "this is printed with a spot ink, and neither the layout nor the printing condition allows any",
            )
            .at(span_of(file, asked))
            .help("if the plant prints it, write `spots = \"allowed\"` in the printing condition, or under `[sheet]` of the layout; else use an ink of four percentages");
            reader.notes.extend(self.policy.preflight.settle(note));
        }
        ink
    }

    /// A tint of a spot ink that `at` asks for.
    fn tint<T>(&self, reader: &mut Reader<'_>, file: FileId, toml: &SpotTintToml, at: &Spanned<T>) -> Ink {
        let Some(spot) = self.spots.get(&toml.spot) else {
            reader.note(unknown("spot ink", &toml.spot, self.spots.keys(), span_of(file, at)));
            return Ink::BLACK;
        };
        Ink::Spot(*spot, toml.tint.map_or(Tint::SOLID, |percent| Tint(percent.0 * 10)))
    }
}
