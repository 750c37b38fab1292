//! `lutAToBType` and `lutBToAType` of version 4: tables of up to five elements (ICC.1:2010, 10.10
//! and 10.11).
//!
//! They are read from the file's bytes. moxcms, which has checked them, takes a curve without
//! entries as one without length, so that the curves after it are read from the wrong place.

#![allow(clippy::float_arithmetic)]

use super::curve::Curve;
use super::stage::{Grid, Stage, shares};

/// Most entries of a sampled curve, as many as there are values of 16 bits.
const MOST_ENTRIES: usize = 1 << 16;

/// The stages from what goes in to what comes out: to the connection space the A curves, the grid,
/// the M curves, the matrix and the B curves, and from it the other way round. The B curves are on
/// the side of the connection space, the A curves on the device's.
///
/// None if the element is cut, of another type, or for other numbers of values.
pub(super) fn read(element: &[u8], (inputs, outputs): (usize, usize)) -> Option<Vec<Stage>> {
    let to_colour = match element.first_chunk()? {
        b"mAB " => true,
        b"mBA " => false,
        _ => return None,
    };
    let (device, colour) = if to_colour { (inputs, outputs) } else { (outputs, inputs) };
    let counts = (usize::from(*element.get(8)?), usize::from(*element.get(9)?));
    if counts != (inputs, outputs) || colour != 3 {
        return None;
    }
    let at = |header: usize| word(element, header);
    let grid = match at(24)? {
        0 => None,
        start => Some(Stage::Grid(grid(element.get(start..)?, inputs, outputs)?)),
    };
    // Nothing but a grid makes four values of three.
    if grid.is_none() && inputs != outputs {
        return None;
    }
    let matrix = match at(16)? {
        0 => None,
        start => Some(matrix(element.get(start..)?)?),
    };
    let (a, m, b) = (
        curves(element, at(28)?, device)?,
        curves(element, at(20)?, colour)?,
        curves(element, at(12)?, colour)?,
    );
    let mut stages = vec![a, grid, m, matrix, b];
    if !to_colour {
        stages.reverse();
    }
    Some(stages.into_iter().flatten().collect())
}

/// So many curves, one after the other, each starting at a multiple of four bytes.
fn curves(element: &[u8], start: usize, count: usize) -> Option<Option<Stage>> {
    if start == 0 {
        return Some(None);
    }
    let mut at = start;
    let mut all = Vec::new();
    for _ in 0..count {
        let (curve, length) = curve(element.get(at..)?)?;
        all.push(curve);
        at = at.checked_add(length.next_multiple_of(4))?;
    }
    Some(Some(Stage::Curves(all)))
}

/// A `curveType` or a `parametricCurveType`, and how many bytes it has.
fn curve(bytes: &[u8]) -> Option<(Curve, usize)> {
    match bytes.first_chunk()? {
        b"curv" => {
            let count = word(bytes, 8).filter(|count| *count <= MOST_ENTRIES)?;
            let length = 12 + count * 2;
            let (entries, _) = bytes.get(12..length)?.as_chunks();
            let entries: Vec<u16> = entries.iter().map(|entry| u16::from_be_bytes(*entry)).collect();
            Some((Curve::sampled(&entries), length))
        }
        b"para" => {
            let kind = u16::from_be_bytes(*bytes.get(8..)?.first_chunk()?);
            let count = *[1, 3, 4, 5, 7].get(usize::from(kind))?;
            let parameters = (0..count).map(|index| fixed(bytes, 12 + index * 4));
            let parameters: Vec<f64> = parameters.collect::<Option<_>>()?;
            Some((Curve::parametric(&parameters)?, 12 + count * 4))
        }
        _ => None,
    }
}

/// Nine factors, row by row, and what is added to each row.
fn matrix(bytes: &[u8]) -> Option<Stage> {
    let number = |index: usize| fixed(bytes, index * 4);
    let row = |at: usize| Some([number(at)?, number(at + 1)?, number(at + 2)?]);
    Some(Stage::Matrix([row(0)?, row(3)?, row(6)?], row(9)?))
}

/// Sixteen bytes for the nodes each way, of which those count that there are inputs for; then how
/// many bytes a number has, three of padding, and the numbers.
fn grid(bytes: &[u8], inputs: usize, outputs: usize) -> Option<Grid> {
    let sides: Vec<usize> = bytes.get(..16)?.get(..inputs)?.iter().map(|side| usize::from(*side)).collect();
    let count = Grid::numbers(&sides, outputs)?;
    let numbers = bytes.get(20..)?;
    let nodes = match *bytes.get(16)? {
        1 => shares(numbers.get(..count)?.iter().map(|number| u16::from(*number)), u16::from(u8::MAX)),
        2 => {
            let numbers = numbers.get(..count * 2)?.as_chunks().0;
            shares(numbers.iter().map(|number| u16::from_be_bytes(*number)), u16::MAX)
        }
        _ => return None,
    };
    Grid::new(sides, outputs, nodes)
}

/// An offset or a count of 32 bits.
fn word(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?)).ok()
}

/// An `s15Fixed16Number`.
fn fixed(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from(i32::from_be_bytes(*bytes.get(at..)?.first_chunk()?)) / 65_536.0)
}
