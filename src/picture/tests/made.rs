//! Profiles of version 4 made in memory: byte by byte from ICC.1:2010, or of a profile of version 2.

#![allow(clippy::float_arithmetic)]

/// A `curveType`.
pub(in crate::picture) fn curv(entries: &[u16]) -> Vec<u8> {
    let mut bytes = [b"curv\0\0\0\0", &(entries.len() as u32).to_be_bytes()[..]].concat();
    bytes.extend(entries.iter().flat_map(|entry| entry.to_be_bytes()));
    bytes
}

/// A `parametricCurveType`.
pub(in crate::picture) fn para(kind: u16, parameters: &[f64]) -> Vec<u8> {
    let mut bytes = [b"para\0\0\0\0", &kind.to_be_bytes()[..], &[0; 2]].concat();
    bytes.extend(parameters.iter().flat_map(|parameter| fixed(*parameter)));
    bytes
}

fn fixed(number: f64) -> [u8; 4] {
    ((number * 65_536.0).round() as i32).to_be_bytes()
}

/// What a `lutAToBType` or `lutBToAType` is made of; what is empty is left out.
#[derive(Default)]
pub(in crate::picture) struct Parts<'a> {
    pub(in crate::picture) a: Vec<Vec<u8>>,
    pub(in crate::picture) sides: &'a [u8],
    pub(in crate::picture) nodes: &'a [u16],
    pub(in crate::picture) m: Vec<Vec<u8>>,
    pub(in crate::picture) matrix: &'a [f64],
    pub(in crate::picture) b: Vec<Vec<u8>>,
}

/// The element of `parts` under a name, from so many values to so many.
pub(in crate::picture) fn element(name: [u8; 4], (inputs, outputs): (u8, u8), parts: &Parts<'_>) -> Vec<u8> {
    let curves = |curves: &[Vec<u8>]| -> Vec<u8> {
        let even = |curve: &Vec<u8>| [curve.clone(), vec![0; curve.len().wrapping_neg() % 4]].concat();
        curves.iter().flat_map(even).collect()
    };
    let mut grid = Vec::new();
    if !parts.sides.is_empty() {
        // What stands past the inputs means nothing.
        grid = vec![77; 16];
        grid[..parts.sides.len()].copy_from_slice(parts.sides);
        grid.extend([2, 0, 0, 0]);
        grid.extend(parts.nodes.iter().flat_map(|node| node.to_be_bytes()));
        grid.resize(grid.len().next_multiple_of(4), 0);
    }
    let matrix = parts.matrix.iter().flat_map(|number| fixed(*number)).collect();
    let mut bytes = [&name[..], &[0; 4], &[inputs, outputs, 0, 0], &[0; 20]].concat();
    for (header, part) in
        [(12, curves(&parts.b)), (16, matrix), (20, curves(&parts.m)), (24, grid), (28, curves(&parts.a))]
    {
        if !part.is_empty() {
            let start = (bytes.len() as u32).to_be_bytes();
            bytes[header..header + 4].copy_from_slice(&start);
            bytes.extend(part);
        }
    }
    bytes
}

/// A CMYK output profile of version 4 with these tags, L*a*b* its connection space.
pub(in crate::picture) fn profile(tags: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut header = vec![0; 128];
    header[8..12].copy_from_slice(&[4, 0x20, 0, 0]);
    header[12..24].copy_from_slice(b"prtrCMYKLab ");
    header[36..40].copy_from_slice(b"acsp");
    let white = [0.9642, 1.0, 0.8249].map(fixed);
    header[68..80].copy_from_slice(white.as_flattened());
    header.extend((tags.len() as u32).to_be_bytes());
    let start = header.len() + tags.len() * 12;
    let mut rest = Vec::new();
    for (name, tag) in tags {
        header.extend(name);
        header.extend(((start + rest.len()) as u32).to_be_bytes());
        header.extend((tag.len() as u32).to_be_bytes());
        rest.extend(tag);
        rest.resize(usize::next_multiple_of(rest.len(), 4), 0);
    }
    header.extend(rest);
    let size = (header.len() as u32).to_be_bytes();
    header[..4].copy_from_slice(&size);
    header
}

/// Nodes that lie on a plane: for each value that comes out what it is at the first node, and how
/// much each value that goes in adds. Whoever interpolates them, by cubes or by tetrahedra, finds
/// the same.
pub(in crate::picture) fn plane(sides: &[u8], outputs: &[&[f64]]) -> Vec<u16> {
    let count = sides.iter().map(|side| usize::from(*side)).product();
    let mut nodes = Vec::new();
    for index in 0..count {
        let mut rest = index;
        let mut places: Vec<f64> = Vec::new();
        for side in sides.iter().rev().map(|side| usize::from(*side)) {
            places.insert(0, (rest % side) as f64 / (side - 1) as f64);
            rest /= side;
        }
        for output in outputs {
            let steps: f64 = places.iter().zip(&output[1..]).map(|(place, step)| place * step).sum();
            nodes.push(((output[0] + steps) * 65_535.0).round() as u16);
        }
    }
    nodes
}

/// The same tables in version 4: the input and output tables of `lut16Type` become curves, and a
/// matrix turns the one way of writing L*a*b* in 16 bits into the other.
pub(in crate::picture) fn fourth(second: &[u8]) -> Vec<u8> {
    let tag = |name: [u8; 4]| {
        let entry = second.windows(4).position(|four| four == name).expect("it has it");
        let long =
            |at: usize| u32::from_be_bytes(*second[entry + at..].first_chunk().expect("a number")) as usize;
        &second[long(4)..long(4) + long(8)]
    };
    let names = [*b"A2B0", *b"A2B1", *b"A2B2", *b"B2A0", *b"B2A1", *b"B2A2"];
    let mut tags = vec![(*b"wtpt", tag(*b"wtpt").to_vec())];
    tags.extend(names.map(|name| (name, converted(tag(name)))));
    profile(&tags)
}

fn converted(second: &[u8]) -> Vec<u8> {
    let (inputs, outputs) = (usize::from(second[8]), usize::from(second[9]));
    let numbers: Vec<u16> = second[48..].as_chunks().0.iter().map(|two| u16::from_be_bytes(*two)).collect();
    let (lengths, numbers) = numbers.split_at(2);
    let (before, rest) = numbers.split_at(inputs * usize::from(lengths[0]));
    let sides = vec![second[10]; inputs];
    let (nodes, after) = rest.split_at(usize::from(second[10]).pow(inputs as u32) * outputs);
    let curves = |numbers: &[u16], length: u16| numbers.chunks_exact(usize::from(length)).map(curv).collect();
    let after = &after[..outputs * usize::from(lengths[1])];
    let (before, after): (Vec<Vec<u8>>, Vec<Vec<u8>>) =
        (curves(before, lengths[0]), curves(after, lengths[1]));
    let to_colour = outputs == 3;
    let scale = if to_colour { 65_535.0 / 65_280.0 } else { 65_280.0 / 65_535.0 };
    let matrix = [scale, 0.0, 0.0, 0.0, scale, 0.0, 0.0, 0.0, scale, 0.0, 0.0, 0.0];
    let (a, m) = if to_colour { (before, after) } else { (after, before) };
    let b = vec![curv(&[]); 3];
    let parts = Parts { a, sides: &sides, nodes, m, matrix: &matrix, b };
    element(if to_colour { *b"mAB " } else { *b"mBA " }, (inputs as u8, outputs as u8), &parts)
}
