//! ICC profiles as functions: device values to the profile connection space, and back.
//!
//! moxcms reads and checks the file. What its tables mean is evaluated here, because moxcms fuses
//! multiplication and addition on processors that can, which changes last digits, and has no
//! black-point compensation. Here every step is one addition, subtraction, multiplication or
//! division of `f64`, whose results IEEE 754 fixes, so that all processors agree (ICC.1:2001-04
//! and ICC.1:2022 for the tables).

#![allow(clippy::float_arithmetic)]

mod curve;
mod elements;
mod stage;
mod table;

use moxcms::{ColorProfile, DataColorSpace, LutWarehouse, ToneReprCurve};

use self::curve::Curve;
use self::stage::Device;
use self::table::Table;
use super::colour::{self, Xyz};
use super::samples::Kind;
use crate::model::edition::Rendering;

/// A colour profile of one kind of device.
#[derive(Debug)]
pub(super) struct Profile {
    kind: Kind,
    shaper: Option<Shaper>,
    /// Device to connection space: perceptual, colorimetric, saturation.
    to: [Option<Table>; 3],
    /// Connection space to device.
    from: [Option<Table>; 3],
    /// The medium's white; the connection space's for displays.
    white: Xyz,
    /// The major version of the ICC's specification.
    version: u8,
}

/// Curves and primaries: how most cameras and monitors, and all gray devices, are described.
#[derive(Debug)]
struct Shaper {
    curves: Vec<Curve>,
    /// What each component adds at full strength.
    primaries: Vec<Xyz>,
}

impl Profile {
    /// A profile of a kind of samples; none if it is damaged, for another kind, or has no way
    /// into the connection space.
    pub(super) fn read(bytes: &[u8], kind: Kind) -> Option<Self> {
        let profile = ColorProfile::new_from_slice(bytes).ok()?;
        let (space, inputs) = match kind {
            Kind::Gray | Kind::Line => (DataColorSpace::Gray, 1),
            Kind::Colour => (DataColorSpace::Rgb, 3),
            Kind::Ink => (DataColorSpace::Cmyk, 4),
        };
        if profile.color_space != space {
            return None;
        }
        let lab = match profile.pcs {
            DataColorSpace::Lab => true,
            DataColorSpace::Xyz => false,
            _ => return None,
        };
        let to = [
            (b"A2B0", &profile.lut_a_to_b_perceptual),
            (b"A2B1", &profile.lut_a_to_b_colorimetric),
            (b"A2B2", &profile.lut_a_to_b_saturation),
        ];
        let from = [
            (b"B2A0", &profile.lut_b_to_a_perceptual),
            (b"B2A1", &profile.lut_b_to_a_colorimetric),
            (b"B2A2", &profile.lut_b_to_a_saturation),
        ];
        let table = |(name, table): (&[u8; 4], &Option<LutWarehouse>), counts| {
            Table::read(table.as_ref()?, element(bytes, name)?, lab, counts)
        };
        let to = to.map(|tag| table(tag, (inputs, 3)));
        let from = from.map(|tag| table(tag, (3, inputs)));
        let shaper = Shaper::read(&profile, kind);
        if to.iter().all(Option::is_none) && shaper.is_none() {
            return None;
        }
        let display = bytes.get(12..16) == Some(b"mntr");
        let white = if display { colour::WHITE } else { media_white(bytes).unwrap_or(colour::WHITE) };
        let version = *bytes.get(8)?;
        Some(Self { kind, shaper, to, from, white, version })
    }

    /// sRGB (IEC 61966-2-1), its primaries adapted to D50 by Bradford's matrix, as in the ICC's own
    /// sRGB2014.icc, with three digits more.
    pub(super) fn srgb() -> Self {
        let primaries = vec![
            [0.436_074_7, 0.222_504_5, 0.013_932_2],
            [0.385_064_9, 0.716_878_6, 0.097_104_5],
            [0.143_080_4, 0.060_616_9, 0.714_173_3],
        ];
        Self::shaped(Kind::Colour, vec![Curve::srgb(), Curve::srgb(), Curve::srgb()], primaries)
    }

    /// Gray with the tone curve of sRGB.
    pub(super) fn gray() -> Self {
        Self::shaped(Kind::Gray, vec![Curve::srgb()], vec![colour::WHITE])
    }

    fn shaped(kind: Kind, curves: Vec<Curve>, primaries: Vec<Xyz>) -> Self {
        let none = || [None, None, None];
        Self {
            kind,
            shaper: Some(Shaper { curves, primaries }),
            to: none(),
            from: none(),
            white: colour::WHITE,
            version: 4,
        }
    }

    /// What its samples are amounts of.
    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether colours can be printed through it.
    pub(super) fn prints(&self) -> bool {
        self.from[0].is_some()
    }

    /// The colour of device values, relative to the white that the intent is about.
    pub(super) fn colour(&self, device: Device, intent: Rendering) -> Xyz {
        let relative = match (table(&self.to, intent), &self.shaper) {
            (Some(table), _) => table.colour(device),
            (None, Some(shaper)) => shaper.colour(device),
            (None, None) => colour::WHITE,
        };
        match intent {
            Rendering::Absolute => colour::adapted(relative, colour::WHITE, self.white),
            _ => relative,
        }
    }

    /// The device values of a colour; none if the profile only goes the other way.
    pub(super) fn device(&self, colour: Xyz, intent: Rendering) -> Option<Device> {
        let relative = match intent {
            Rendering::Absolute => colour::adapted(colour, self.white, colour::WHITE),
            _ => colour,
        };
        Some(table(&self.from, intent)?.device(relative))
    }

    /// Whether the intent's colours are those of the reference medium, a print whose black is not
    /// quite black: so with the perceptual tables of version 4, and the saturated ones, which go by
    /// them (ICC.1:2010, perceptual rendering intent). Version 2 does not say what they are.
    pub(super) fn has_reference_black(&self, intent: Rendering) -> bool {
        let re_rendered = matches!(intent, Rendering::Perceptual | Rendering::Saturation);
        re_rendered && self.version >= 4 && table(&self.to, intent).is_some()
    }

    /// The darkest neutral that the intent gives (ISO 18619, black point compensation): of ink, what
    /// comes back when black is asked for; of light, where its samples are 0; of the reference medium,
    /// its own. At most L* 50. Measured by the intent's own table, so that a perceptual one, which has
    /// made room already, moves nothing.
    pub(super) fn black(&self, intent: Rendering) -> Xyz {
        if self.has_reference_black(intent) {
            return colour::WHITE.map(|value| value * REFERENCE_BLACK);
        }
        let device = match self.kind {
            Kind::Ink => self.device([0.0; 3], intent).unwrap_or([1.0; 4]),
            _ => [0.0; 4],
        };
        let lightness = colour::lab(self.colour(device, intent))[0].clamp(0.0, 50.0);
        colour::xyz([lightness, 0.0, 0.0])
    }
}

/// What the reference medium's black reflects of what its white does: 0.309 11 % of 89 %
/// (ICC.1:2010, perceptual rendering intent).
const REFERENCE_BLACK: f64 = 0.003_091_1 / 0.89;

/// The table of an intent, the perceptual one if it has none of its own (ICC.1:2001-04, 9.1).
fn table(tables: &[Option<Table>; 3], intent: Rendering) -> Option<&Table> {
    let own = match intent {
        Rendering::Perceptual => 0,
        Rendering::Relative | Rendering::Absolute => 1,
        Rendering::Saturation => 2,
    };
    tables[own].as_ref().or(tables[0].as_ref())
}

/// A tag as it stands in the file.
fn element<'a>(bytes: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    let long = |at: usize| Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?));
    let count = long(128)?.min(100) as usize;
    let entry = (0..count).map(|tag| 132 + tag * 12).find(|at| bytes.get(*at..at + 4) == Some(&name[..]))?;
    let start = usize::try_from(long(entry + 4)?).ok()?;
    let length = usize::try_from(long(entry + 8)?).ok()?;
    bytes.get(start..start.checked_add(length)?)
}

/// The `wtpt` tag; none if it is cut or no white.
fn media_white(bytes: &[u8]) -> Option<Xyz> {
    let white = element(bytes, b"wtpt")?;
    let fixed = |at: usize| Some(f64::from(i32::from_be_bytes(*white.get(at..)?.first_chunk()?)) / 65_536.0);
    let white = [fixed(8)?, fixed(12)?, fixed(16)?];
    white.iter().all(|value| (0.1..2.0).contains(value)).then_some(white)
}

impl Shaper {
    fn read(profile: &ColorProfile, kind: Kind) -> Option<Self> {
        let curve = |curve: &Option<ToneReprCurve>| Curve::read(curve.as_ref()?);
        match kind {
            Kind::Gray | Kind::Line => {
                Some(Self { curves: vec![curve(&profile.gray_trc)?], primaries: vec![colour::WHITE] })
            }
            Kind::Colour => {
                let primaries = [profile.red_colorant, profile.green_colorant, profile.blue_colorant];
                Some(Self {
                    curves: vec![
                        curve(&profile.red_trc)?,
                        curve(&profile.green_trc)?,
                        curve(&profile.blue_trc)?,
                    ],
                    primaries: primaries.map(|primary| [primary.x, primary.y, primary.z]).to_vec(),
                })
            }
            Kind::Ink => None,
        }
    }

    fn colour(&self, device: Device) -> Xyz {
        let mut sum = [0.0; 3];
        for ((curve, primary), value) in self.curves.iter().zip(&self.primaries).zip(device) {
            let light = curve.at(value);
            for (sum, part) in sum.iter_mut().zip(primary) {
                *sum += light * part;
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests;
