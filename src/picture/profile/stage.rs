//! The steps that a table is made of: curves, a matrix, a grid.

#![allow(clippy::float_arithmetic)]

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
pub(super) fn shares(values: impl Iterator<Item = u16>, largest: u16) -> Vec<f64> {
    values.map(|value| f64::from(value) / f64::from(largest)).collect()
}

impl Grid {
    /// How many numbers a grid has; none with a side of fewer than two nodes, with more than four
    /// values on either side, or with more nodes than there may be.
    pub(super) fn numbers(sides: &[usize], outputs: usize) -> Option<usize> {
        let mut count = outputs;
        for side in sides {
            count = count.checked_mul(*side).filter(|count| *side >= 2 && *count <= MOST_NODES)?;
        }
        (outputs <= 4 && sides.len() <= 4).then_some(count)
    }

    /// A grid of so many nodes each way; none if it cannot be or the nodes are too few.
    pub(super) fn new(sides: Vec<usize>, outputs: usize, nodes: Vec<f64>) -> Option<Self> {
        (nodes.len() >= Self::numbers(&sides, outputs)?).then_some(Self { sides, outputs, nodes })
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
