//! Tags of tables, from device values to the connection space or back.

#![allow(clippy::float_arithmetic)]

use moxcms::{LutDataType, LutStore, LutType, LutWarehouse};

use super::curve::Curve;
use super::elements;
use super::stage::{Device, Grid, Stage, shares};
use crate::picture::colour::{self, Xyz};

/// One tag of tables: stages from what goes in to what comes out, and how the connection space is
/// written in it.
#[derive(Debug)]
pub(super) struct Table {
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

impl Table {
    /// A tag of tables of `inputs` and `outputs`, one side of which is the connection space: L*a*b* or
    /// XYZ. `element` is the tag as the file has it. None if it has other numbers of them.
    ///
    /// How L*a*b* is written follows from the type of the tag, not from the profile's version
    /// (ICC.1:2010, 10.8): 16 bits of a `lut16Type` are those of version 2 in all versions.
    pub(super) fn read(
        table: &LutWarehouse,
        element: &[u8],
        lab: bool,
        (inputs, outputs): (usize, usize),
    ) -> Option<Self> {
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
            LutWarehouse::Multidimensional(_) => (elements::read(element, (inputs, outputs))?, Coding::Lab),
        };
        Some(Self { stages, coding: if lab { coding } else { Coding::Xyz } })
    }

    fn run(&self, values: Device) -> Device {
        self.stages.iter().fold(values, |values, stage| stage.run(values))
    }

    /// The colour of device values.
    pub(super) fn colour(&self, device: Device) -> Xyz {
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

    /// The device values of a colour.
    pub(super) fn device(&self, colour: Xyz) -> Device {
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
        let values = stored(values);
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
    stages.push(Stage::Grid(Grid::new(sides, outputs, stored(&table.clut_table))?));
    stages.push(curves(&table.output_table, outputs)?);
    Some(stages)
}

/// Stored numbers of a table as shares of the largest.
fn stored(values: &LutStore) -> Vec<f64> {
    match values {
        LutStore::Store8(values) => shares(values.iter().map(|value| u16::from(*value)), u16::from(u8::MAX)),
        LutStore::Store16(values) => shares(values.iter().copied(), u16::MAX),
    }
}
