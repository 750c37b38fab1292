//! The steps that a table is made of: curves, a matrix, a grid.

#![allow(clippy::float_arithmetic)]

use moxcms::LutStore;

use super::curve::{Curve, cell};

/// Most nodes of a table that is taken: 4 inputs of 33, more than any profile maker writes.
const MOST_NODES: usize = 4 << 20;

/// Device values, each 0 to 1; a device of fewer components leaves the last ones alone.
pub(in crate::picture) type Device = [f64; 4];

/// One step of a table.
#[derive(Debug)]
pub(super) enum Stage {
    /// One for each value.
    Curves(Vec<Curve>),
    /// Three rows of three and what is added.
    Matrix([[f64; 3]; 3], [f64; 3]),
    /// Nodes in as many directions as there are values.
    Grid(Grid),
}

/// A table of nodes, linear between them.
#[derive(Debug)]
pub(super) struct Grid {
    sides: Vec<usize>,
    outputs: usize,
    /// The first input changes slowest.
    nodes: Vec<f64>,
}

/// Stored numbers as shares of the largest there can be.
pub(super) fn shares(values: &LutStore) -> Vec<f64> {
    match values {
        LutStore::Store8(values) => values.iter().map(|value| f64::from(*value) / 255.0).collect(),
        LutStore::Store16(values) => values.iter().map(|value| f64::from(*value) / 65_535.0).collect(),
    }
}

impl Grid {
    /// A grid of so many nodes each way; none with a side of fewer than two, or with more than there may be.
    pub(super) fn read(sides: Vec<usize>, outputs: usize, nodes: &LutStore) -> Option<Self> {
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
    /// Its values of values.
    pub(super) fn run(&self, values: Device) -> Device {
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
