//! ICC profiles as functions: device values to the profile connection space, and back.
//!
//! moxcms reads and checks the file. What its tables mean is evaluated here, because moxcms fuses
//! multiplication and addition on processors that can, which changes last digits, and has no
//! black-point compensation. Here every step is one addition, subtraction, multiplication or
//! division of `f64`, whose results IEEE 754 fixes, so that all processors agree (ICC.1:2001-04
//! and ICC.1:2022 for the tables).

#![allow(clippy::float_arithmetic)]

use moxcms::{ColorProfile, DataColorSpace, LutDataType, LutMultidimensionalType, LutStore, LutType};
use moxcms::{LutWarehouse, ToneReprCurve};

use super::colour::{self, Xyz, power};
use super::probe::Kind;
use crate::model::edition::Rendering;

/// Most nodes of a table that is taken: 4 inputs of 33, more than any profile maker writes.
const MOST_NODES: usize = 4 << 20;

/// Device values, each 0 to 1; a device of fewer components leaves the last ones alone.
pub(super) type Device = [f64; 4];

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
            &profile.lut_a_to_b_perceptual,
            &profile.lut_a_to_b_colorimetric,
            &profile.lut_a_to_b_saturation,
        ];
        let from = [
            &profile.lut_b_to_a_perceptual,
            &profile.lut_b_to_a_colorimetric,
            &profile.lut_b_to_a_saturation,
        ];
        let to = to.map(|table| Table::read(table.as_ref()?, lab, (inputs, 3)));
        let from = from.map(|table| Table::read(table.as_ref()?, lab, (3, inputs)));
        let shaper = Shaper::read(&profile, kind);
        if to.iter().all(Option::is_none) && shaper.is_none() {
            return None;
        }
        let display = bytes.get(12..16) == Some(b"mntr");
        let white = if display { colour::WHITE } else { media_white(bytes).unwrap_or(colour::WHITE) };
        Some(Self { kind, shaper, to, from, white })
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

    /// The darkest neutral that the intent gives (ISO 18619, black point compensation): of ink, what
    /// comes back when black is asked for; of light, where its samples are 0. At most L* 50. Measured
    /// by the intent's own table, so that a perceptual one, which has made room already, moves nothing.
    pub(super) fn black(&self, intent: Rendering) -> Xyz {
        let device = match self.kind {
            Kind::Ink => self.device([0.0; 3], intent).unwrap_or([1.0; 4]),
            _ => [0.0; 4],
        };
        let lightness = colour::lab(self.colour(device, intent))[0].clamp(0.0, 50.0);
        colour::xyz([lightness, 0.0, 0.0])
    }
}

/// The table of an intent, the perceptual one if it has none of its own (ICC.1:2001-04, 9.1).
fn table(tables: &[Option<Table>; 3], intent: Rendering) -> Option<&Table> {
    let own = match intent {
        Rendering::Perceptual => 0,
        Rendering::Relative | Rendering::Absolute => 1,
        Rendering::Saturation => 2,
    };
    tables[own].as_ref().or(tables[0].as_ref())
}

/// The `wtpt` tag as it stands in the file.
fn media_white(bytes: &[u8]) -> Option<Xyz> {
    let long = |at: usize| Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?));
    let count = long(128)?.min(100) as usize;
    let entry = (0..count).map(|tag| 132 + tag * 12).find(|at| bytes.get(*at..at + 4) == Some(b"wtpt"))?;
    let at = usize::try_from(long(entry + 4)?).ok()?;
    let fixed = |at: usize| Some(f64::from(i32::from_be_bytes(*bytes.get(at..)?.first_chunk()?)) / 65_536.0);
    let white = [fixed(at.checked_add(8)?)?, fixed(at + 12)?, fixed(at + 16)?];
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

/// A function from 0 to 1 into 0 to 1.
#[derive(Debug)]
enum Curve {
    Sampled(Vec<f64>),
    /// `(a x + b)^g + e` from `d` on, `c x + f` before it.
    Parametric {
        g: f64,
        a: f64,
        b: f64,
        c: f64,
        d: f64,
        e: f64,
        f: f64,
    },
}

impl Curve {
    fn srgb() -> Self {
        Self::Parametric {
            g: 2.4,
            a: 1.0 / 1.055,
            b: 0.055 / 1.055,
            c: 1.0 / 12.92,
            d: 0.040_45,
            e: 0.0,
            f: 0.0,
        }
    }

    fn gamma(g: f64) -> Self {
        Self::Parametric { g, a: 1.0, b: 0.0, c: 0.0, d: 0.0, e: 0.0, f: 0.0 }
    }

    fn read(curve: &ToneReprCurve) -> Option<Self> {
        match curve {
            ToneReprCurve::Lut(samples) => match samples[..] {
                [] => Some(Self::Sampled(vec![0.0, 1.0])),
                [gamma] => Some(Self::gamma(f64::from(gamma) / 256.0)),
                _ => Some(Self::Sampled(samples.iter().map(|v| f64::from(*v) / 65_535.0).collect())),
            },
            ToneReprCurve::Parametric(parameters) => {
                let wide: Vec<f64> = parameters.iter().map(|value| f64::from(*value)).collect();
                let (g, a, b, c, d, e, f) = match wide[..] {
                    [g] => (g, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0),
                    [g, a, b] => (g, a, b, 0.0, -b / a, 0.0, 0.0),
                    [g, a, b, c] => (g, a, b, 0.0, -b / a, c, c),
                    [g, a, b, c, d] => (g, a, b, c, d, 0.0, 0.0),
                    [g, a, b, c, d, e, f] => (g, a, b, c, d, e, f),
                    _ => return None,
                };
                wide.iter().all(|value| value.is_finite()).then_some(Self::Parametric { g, a, b, c, d, e, f })
            }
        }
    }

    fn at(&self, x: f64) -> f64 {
        let x = x.clamp(0.0, 1.0);
        match self {
            Self::Sampled(samples) => {
                let (cell, share) = cell(x, samples.len());
                samples[cell] + (samples[cell + 1] - samples[cell]) * share
            }
            Self::Parametric { g, a, b, c, d, e, f } => {
                let y = if x >= *d { power(a * x + b, *g) + e } else { c * x + f };
                y.clamp(0.0, 1.0)
            }
        }
    }
}

/// The cell of a row of `count` nodes that `x` lies in, and how far.
fn cell(x: f64, count: usize) -> (usize, f64) {
    let place = x.clamp(0.0, 1.0) * (count - 1) as f64;
    let cell = (place as usize).min(count - 2);
    (cell, place - cell as f64)
}

/// One tag of tables: stages from what goes in to what comes out, and how the connection space is
/// written in it.
#[derive(Debug)]
struct Table {
    stages: Vec<Stage>,
    coding: Coding,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Coding {
    /// L* over 100, a* and b* from -128 to 127 (8 bits, and version 4).
    Lab,
    /// The same in 16 bits of version 2, where 0xFF00 is full.
    OldLab,
    /// 0 to 1 + 32767/32768.
    Xyz,
}

#[derive(Debug)]
enum Stage {
    Curves(Vec<Curve>),
    /// Three rows of three and what is added.
    Matrix([[f64; 3]; 3], [f64; 3]),
    Grid(Grid),
}

#[derive(Debug)]
struct Grid {
    sides: Vec<usize>,
    outputs: usize,
    /// The first input changes slowest.
    nodes: Vec<f64>,
}

impl Table {
    fn read(table: &LutWarehouse, lab: bool, (inputs, outputs): (usize, usize)) -> Option<Self> {
        let (stages, coding) = match table {
            LutWarehouse::Lut(table) => {
                let old = table.lut_type == LutType::Lut16;
                let coding = if old { Coding::OldLab } else { Coding::Lab };
                let counts = (usize::from(table.num_input_channels), usize::from(table.num_output_channels));
                if counts != (inputs, outputs) {
                    return None;
                }
                (one_grid(table, lab)?, coding)
            }
            LutWarehouse::Multidimensional(table) => {
                let counts = (usize::from(table.num_input_channels), usize::from(table.num_output_channels));
                if counts != (inputs, outputs) {
                    return None;
                }
                (many_stages(table)?, Coding::Lab)
            }
        };
        Some(Self { stages, coding: if lab { coding } else { Coding::Xyz } })
    }

    fn run(&self, values: Device) -> Device {
        self.stages.iter().fold(values, |values, stage| stage.run(values))
    }

    fn colour(&self, device: Device) -> Xyz {
        let [x, y, z, _] = self.run(device);
        match self.coding {
            Coding::Xyz => [x, y, z].map(|value| value * XYZ_FULL),
            Coding::Lab => colour::xyz([x * 100.0, y * 255.0 - 128.0, z * 255.0 - 128.0]),
            Coding::OldLab => {
                let [l, a, b] = [x, y, z].map(|value| value * (65_535.0 / 65_280.0));
                colour::xyz([l * 100.0, a * 255.0 - 128.0, b * 255.0 - 128.0])
            }
        }
    }

    fn device(&self, colour: Xyz) -> Device {
        let [x, y, z] = match self.coding {
            Coding::Xyz => colour.map(|value| value / XYZ_FULL),
            Coding::Lab | Coding::OldLab => {
                let [l, a, b] = colour::lab(colour);
                let coded = [l / 100.0, (a + 128.0) / 255.0, (b + 128.0) / 255.0];
                let full = if self.coding == Coding::OldLab { 65_280.0 / 65_535.0 } else { 1.0 };
                coded.map(|value| value.clamp(0.0, 1.0) * full)
            }
        };
        self.run([x, y, z, 0.0])
    }
}

const XYZ_FULL: f64 = 1.0 + 32_767.0 / 32_768.0;

/// `lut8Type` and `lut16Type`: curves, a grid, curves. The matrix is for XYZ alone.
fn one_grid(table: &LutDataType, lab: bool) -> Option<Vec<Stage>> {
    let (inputs, outputs) = (usize::from(table.num_input_channels), usize::from(table.num_output_channels));
    let curves = |values: &LutStore, count: usize| {
        let values = shares(values);
        let length = values.len() / count;
        let curves = values.chunks_exact(length.max(1)).map(|curve| Curve::Sampled(curve.to_vec()));
        (length >= 2).then(|| Stage::Curves(curves.collect()))
    };
    let sides = vec![usize::from(table.num_clut_grid_points); inputs];
    let mut stages = Vec::new();
    if !lab && inputs == 3 {
        stages.push(Stage::Matrix(table.matrix.v, [0.0; 3]));
    }
    stages.push(curves(&table.input_table, inputs)?);
    stages.push(Stage::Grid(Grid::read(sides, outputs, &table.clut_table)?));
    stages.push(curves(&table.output_table, outputs)?);
    Some(stages)
}

/// `lutAToBType` and `lutBToAType`: the stages A, grid, M, matrix, B, or the other way round.
fn many_stages(table: &LutMultidimensionalType) -> Option<Vec<Stage>> {
    let inputs = usize::from(table.num_input_channels);
    let curves = |curves: &[ToneReprCurve]| {
        let read: Option<Vec<Curve>> = curves.iter().map(Curve::read).collect();
        read.map(|curves| (!curves.is_empty()).then_some(Stage::Curves(curves)))
    };
    let grid = match &table.clut {
        Some(nodes) => {
            let sides = table.grid_points[..inputs].iter().map(|side| usize::from(*side)).collect();
            Some(Stage::Grid(Grid::read(sides, usize::from(table.num_output_channels), nodes)?))
        }
        None => None,
    };
    let matrix = (!table.m_curves.is_empty()).then_some(Stage::Matrix(table.matrix.v, table.bias.v));
    let mut stages =
        vec![curves(&table.a_curves)?, grid, curves(&table.m_curves)?, matrix, curves(&table.b_curves)?];
    // Three come in from the connection space and four go out to ink, or four to three.
    if inputs == 3 && table.num_output_channels == 4 {
        stages.reverse();
    }
    Some(stages.into_iter().flatten().collect())
}

/// Stored numbers as shares of the largest there can be.
fn shares(values: &LutStore) -> Vec<f64> {
    match values {
        LutStore::Store8(values) => values.iter().map(|value| f64::from(*value) / 255.0).collect(),
        LutStore::Store16(values) => values.iter().map(|value| f64::from(*value) / 65_535.0).collect(),
    }
}

impl Grid {
    fn read(sides: Vec<usize>, outputs: usize, nodes: &LutStore) -> Option<Self> {
        let mut count = outputs;
        for side in &sides {
            count = count.checked_mul(*side).filter(|count| *side >= 2 && *count <= MOST_NODES)?;
        }
        let nodes = shares(nodes);
        (nodes.len() >= count && outputs <= 4 && sides.len() <= 4).then_some(Self { sides, outputs, nodes })
    }

    /// Linear between the nodes in every direction.
    fn at(&self, values: Device) -> Device {
        let mut corners = [(0_usize, 1.0); 16];
        let mut count = 1;
        for (side, value) in self.sides.iter().zip(values) {
            let (cell, share) = cell(value, *side);
            for corner in 0..count {
                let (index, weight) = corners[corner];
                corners[corner] = (index * side + cell, weight * (1.0 - share));
                corners[count + corner] = (index * side + cell + 1, weight * share);
            }
            count *= 2;
        }
        let mut sum = [0.0; 4];
        for (index, weight) in &corners[..count] {
            if *weight > 0.0 {
                let node = &self.nodes[index * self.outputs..][..self.outputs];
                for (sum, value) in sum.iter_mut().zip(node) {
                    *sum += weight * value;
                }
            }
        }
        sum
    }
}

impl Stage {
    fn run(&self, values: Device) -> Device {
        match self {
            Self::Curves(curves) => {
                let mut result = values;
                for (value, curve) in result.iter_mut().zip(curves) {
                    *value = curve.at(*value);
                }
                result
            }
            Self::Matrix(rows, added) => {
                let [x, y, z, rest] = values;
                let row = |at: usize| rows[at][0] * x + rows[at][1] * y + rows[at][2] * z + added[at];
                [row(0), row(1), row(2), rest]
            }
            Self::Grid(grid) => grid.at(values),
        }
    }
}
