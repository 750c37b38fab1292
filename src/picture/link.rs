//! Two profiles in, one table from samples to samples out, and the table applied.
//!
//! What lies between the nodes is interpolated in whole numbers: three components by tetrahedra
//! (so that grays between gray nodes stay gray), a fourth linearly between two of those.

use rayon::prelude::*;

use super::colour::Xyz;
use super::profile::Profile;
use crate::model::edition::Rendering;

/// Pixels converted by one task.
const TASK: usize = 8192;
/// What a sample at full strength is, and the sum of the weights of its neighbours.
const FULL: u32 = 65_535;

/// A function from samples of one to four components to samples of `N`.
#[derive(Debug)]
pub(super) struct Link<const N: usize> {
    inputs: usize,
    steps: usize,
    /// The first input changes slowest.
    nodes: Vec<[u16; N]>,
}

impl<const N: usize> Link<N> {
    /// From a profile's samples, by way of their colour, to what `to` makes of a colour: shares of
    /// full strength.
    pub(super) fn new(from: &Profile, intent: Rendering, to: impl Fn(Xyz) -> [f64; N] + Sync) -> Self {
        let inputs = from.kind().channels();
        let steps = match inputs {
            1 => 1025,
            3 => 33,
            _ => 17,
        };
        let node = |index: usize| {
            let mut device = [0.0; 4];
            let mut rest = index;
            for value in device[..inputs].iter_mut().rev() {
                *value = share(rest % steps, steps);
                rest /= steps;
            }
            to(from.colour(device, intent)).map(sample)
        };
        let count = steps.pow(u32::try_from(inputs).expect("four at most"));
        Self { inputs, steps, nodes: (0..count).into_par_iter().map(node).collect() }
    }

    /// Converts pixels that lie one after the other.
    pub(super) fn apply(&self, samples: &[u16]) -> Vec<[u16; N]> {
        let mut result = vec![[0; N]; samples.len() / self.inputs];
        result.par_chunks_mut(TASK).zip(samples.par_chunks(TASK * self.inputs)).for_each(|(to, from)| {
            for (to, from) in to.iter_mut().zip(from.chunks_exact(self.inputs)) {
                *to = match *from {
                    [x] => self.between(0, 1, x),
                    [x, y, z] => self.inside(0, [x, y, z]),
                    [x, y, z, w] => self.inside_four([x, y, z, w]),
                    _ => [0; N],
                };
            }
        });
        result
    }

    /// The cell a sample lies in, and how far, of [`FULL`].
    fn cell(&self, sample: u16) -> (usize, u32) {
        let place = u32::from(sample) * (self.steps as u32 - 1);
        let cell = ((place / FULL) as usize).min(self.steps - 2);
        (cell, place - cell as u32 * FULL)
    }

    fn between(&self, start: usize, stride: usize, sample: u16) -> [u16; N] {
        let (cell, share) = self.cell(sample);
        let at = start + cell * stride;
        self.mixed([(at, FULL - share), (at + stride, share), (at, 0), (at, 0)])
    }

    /// Three components, the nodes from `start` on: the tetrahedron along the longest way first.
    fn inside(&self, start: usize, pixel: [u16; 3]) -> [u16; N] {
        let [x, y, z] = pixel.map(|sample| self.cell(sample));
        let strides = [self.steps * self.steps, self.steps, 1];
        let origin = start + x.0 * strides[0] + y.0 * strides[1] + z.0;
        let mut ways = [(x.1, strides[0]), (y.1, strides[1]), (z.1, strides[2])];
        ways.sort_unstable_by(|one, other| other.cmp(one));
        let [(first, one), (second, two), (third, three)] = ways;
        self.mixed([
            (origin, FULL - first),
            (origin + one, first - second),
            (origin + one + two, second - third),
            (origin + one + two + three, third),
        ])
    }

    fn inside_four(&self, [x, y, z, w]: [u16; 4]) -> [u16; N] {
        // The first component outermost: its two neighbours are whole cubes of the other three.
        let (cell, share) = self.cell(x);
        let cube = self.steps * self.steps * self.steps;
        let near = self.inside(cell * cube, [y, z, w]);
        if share == 0 {
            return near;
        }
        let far = self.inside((cell + 1) * cube, [y, z, w]);
        std::array::from_fn(|at| weighted(u32::from(near[at]) * (FULL - share) + u32::from(far[at]) * share))
    }

    /// Nodes by their weights, which add up to [`FULL`].
    fn mixed(&self, corners: [(usize, u32); 4]) -> [u16; N] {
        let mut sums = [0_u32; N];
        for (node, weight) in corners.into_iter().filter(|(_, weight)| *weight > 0) {
            for (sum, value) in sums.iter_mut().zip(&self.nodes[node]) {
                *sum += u32::from(*value) * weight;
            }
        }
        sums.map(weighted)
    }
}

/// A sum over weights of [`FULL`] in all; it is at most `FULL * FULL`, which 32 bits hold.
fn weighted(sum: u32) -> u16 {
    u16::try_from((sum / FULL) + u32::from(sum % FULL > FULL / 2)).expect("a mean of 16 bits")
}

#[allow(clippy::float_arithmetic)]
fn share(step: usize, steps: usize) -> f64 {
    step as f64 / (steps - 1) as f64
}

/// A share of full strength in 16 bits.
#[allow(clippy::float_arithmetic)]
fn sample(share: f64) -> u16 {
    (share.clamp(0.0, 1.0) * f64::from(FULL) + 0.5) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grays_stay_gray_and_ends_are_exact() {
        let link: Link<3> = Link::new(&Profile::srgb(), Rendering::Relative, |colour| {
            let light = super::super::colour::lightness(colour[1]);
            [light; 3]
        });
        let grays: Vec<u16> = (0..=65_535).step_by(257).flat_map(|level| [level; 3]).collect();
        let out = link.apply(&grays);
        assert_eq!((out[0], out[255]), ([0; 3], [65_535; 3]));
        assert!(out.iter().all(|[a, b, c]| a == b && b == c) && out.is_sorted());
    }

    #[test]
    fn four_components_meet_their_nodes() {
        let ink = include_bytes!("../../profiles/ISOnewspaper_v4_26_bas.ICC");
        let ink = Profile::read(ink, crate::picture::Kind::Ink).expect("it is a CMYK profile");
        let link: Link<1> = Link::new(&ink, Rendering::Relative, |colour| [colour[1]]);
        let paper = link.apply(&[0, 0, 0, 0])[0][0];
        let solid = link.apply(&[0, 0, 0, 65_535])[0][0];
        let halfway = link.apply(&[0, 0, 0, 32_768])[0][0];
        assert!(
            paper > 65_000 && solid < 11_000 && (solid..paper).contains(&halfway),
            "{paper} {halfway} {solid}"
        );
    }
}
