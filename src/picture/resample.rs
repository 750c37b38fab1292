//! Many samples into the few that the screen can hold.
//!
//! The filter is Catmull and Rom's cubic, widened by the scale so that every stored pixel counts:
//! sharp, and a polynomial, so integers do and every processor has the same bytes. What is
//! averaged is light, not its coded value: a sample squared is near enough to the light it stands
//! for (sRGB's exponent is about 2.2), and the root is taken afterwards. Fine bright detail on
//! dark ground keeps its brightness that way. Ink is averaged as it is: coverage adds up.

use rayon::prelude::*;

use super::crop::Crop;
use super::samples::{Kind, Pixels, Samples};

/// Binary digits after the point of a weight.
const WEIGHT_BITS: u32 = 14;
/// Rows made by one task: few enough for its source rows to stay near the processor.
const BAND: usize = 32;

/// The weights that make one output sample, and the first source sample they are for.
struct Taps {
    first: usize,
    weights: Vec<i32>,
}

/// The part `crop` of a stored picture `stored_width` wide, at `size`, in 16-bit samples.
///
/// `size` is at most the size of `crop`.
pub(super) fn resample(pixels: &Pixels, stored_width: u32, crop: Crop, size: (u32, u32)) -> Vec<u16> {
    match pixels.kind.channels() {
        1 => bands::<1>(pixels, stored_width, crop, size),
        3 => bands::<3>(pixels, stored_width, crop, size),
        _ => bands::<4>(pixels, stored_width, crop, size),
    }
}

fn bands<const N: usize>(pixels: &Pixels, stored_width: u32, crop: Crop, size: (u32, u32)) -> Vec<u16> {
    let (width, height) = (size.0 as usize, size.1 as usize);
    let across = taps(crop.width as usize, width);
    let down = taps(crop.height as usize, height);
    let tables = Tables::of(pixels.kind);
    let row_length = width * N;
    let mut result = vec![0_u16; row_length * height];
    result.par_chunks_mut(row_length * BAND).enumerate().for_each(|(band, rows)| {
        let down = &down[band * BAND..band * BAND + rows.len() / row_length];
        let first = down[0].first;
        let last = down.iter().map(|taps| taps.first + taps.weights.len()).max().unwrap_or(first);
        let mut narrow = vec![0_u16; (last - first) * row_length];
        let mut light = vec![0_u16; crop.width as usize * N];
        for (y, to) in narrow.chunks_exact_mut(row_length).enumerate() {
            let start = (crop.y as usize + first + y) * stored_width as usize + crop.x as usize;
            tables.light(&pixels.samples, start * N, &mut light);
            narrow_row::<N>(&light, &across, to);
        }
        let mut sums = vec![0_i32; row_length];
        for (taps, to) in down.iter().zip(rows.chunks_exact_mut(row_length)) {
            sums.fill(1 << (WEIGHT_BITS - 1));
            let from = &narrow[(taps.first - first) * row_length..];
            for (weight, row) in taps.weights.iter().zip(from.chunks_exact(row_length)) {
                for (sum, sample) in sums.iter_mut().zip(row) {
                    *sum += weight * i32::from(*sample);
                }
            }
            for (sample, sum) in to.iter_mut().zip(&sums) {
                *sample = tables.code(clamped(*sum));
            }
        }
    });
    result
}

fn narrow_row<const N: usize>(light: &[u16], across: &[Taps], to: &mut [u16]) {
    let (source, _) = light.as_chunks::<N>();
    let (pixels, _) = to.as_chunks_mut::<N>();
    for (taps, pixel) in across.iter().zip(pixels) {
        let mut sums = [1_i32 << (WEIGHT_BITS - 1); N];
        for (weight, from) in taps.weights.iter().zip(&source[taps.first..]) {
            for channel in 0..N {
                sums[channel] += weight * i32::from(from[channel]);
            }
        }
        *pixel = sums.map(clamped);
    }
}

/// A weighted sum as a sample; overshoot beside an edge is cut at black and at white.
fn clamped(sum: i32) -> u16 {
    u16::try_from((sum >> WEIGHT_BITS).clamp(0, 65_535)).expect("it was clamped")
}

/// From coded samples to what is averaged, and back.
struct Tables {
    /// For each 8-bit sample.
    light: Vec<u16>,
    /// For each light; empty for ink, which is its own code.
    code: Vec<u16>,
}

impl Tables {
    fn of(kind: Kind) -> Self {
        let sixteen = |value: u32| u16::try_from(value).expect("at most 65 535");
        if kind == Kind::Ink {
            return Self { light: (0..=255).map(|v| sixteen(v * 257)).collect(), code: Vec::new() };
        }
        let root = |light: u32| {
            let square = light * 65_535;
            let root = square.isqrt();
            sixteen(root + u32::from(square - root * root > root))
        };
        Self {
            light: (0..=255_u32).map(|v| sixteen((v * v * 257 + 127) / 255)).collect(),
            code: (0..=65_535).map(root).collect(),
        }
    }

    fn light(&self, samples: &Samples, start: usize, to: &mut [u16]) {
        match samples {
            Samples::Eight(samples) => {
                for (light, sample) in to.iter_mut().zip(&samples[start..]) {
                    *light = self.light[usize::from(*sample)];
                }
            }
            // Line art keeps its pixels and does not come here.
            Samples::Bits(_) => to.fill(0),
            Samples::Sixteen(samples) => {
                for (light, sample) in to.iter_mut().zip(&samples[start..]) {
                    let wide = u32::from(*sample);
                    *light = if self.code.is_empty() {
                        *sample
                    } else {
                        u16::try_from((wide * wide).div_ceil(65_535)).expect("a square of 16 bits, scaled")
                    };
                }
            }
        }
    }

    fn code(&self, light: u16) -> u16 {
        self.code.get(usize::from(light)).copied().unwrap_or(light)
    }
}

/// How each of `to` samples is made out of `from`; `to` is at most `from`.
fn taps(from: usize, to: usize) -> Vec<Taps> {
    (0..to).map(|output| taps_of(output, from, to)).collect()
}

fn taps_of(output: usize, from: usize, to: usize) -> Taps {
    let wide = |count: usize| i64::try_from(count).expect("pixels are counted in 32 bits");
    let (output, source, target) = (wide(output), wide(from), wide(to));
    // Everything in halves of a source pixel times `target`, so that centres are whole.
    let centre = (2 * output + 1) * source;
    let reach = 4 * source;
    let first = ((centre - reach).div_euclid(2 * target)).max(0);
    let last = ((centre + reach).div_euclid(2 * target) + 1).min(source);
    let mut raw: Vec<i64> = (first..last)
        .map(|tap| cubic((((2 * tap + 1) * target - centre).abs() << 16) / (2 * source)))
        .collect();
    let sum: i64 = raw.iter().sum();
    let one = 1_i64 << WEIGHT_BITS;
    for weight in &mut raw {
        *weight = (*weight * one * 2 + sum).div_euclid(sum * 2);
    }
    // What rounding took or gave goes to the heaviest, so that flat areas stay exactly flat.
    let left = one - raw.iter().sum::<i64>();
    if let Some(heaviest) = raw.iter_mut().max() {
        *heaviest += left;
    }
    Taps {
        first: usize::try_from(first).expect("it was made 0 or more"),
        weights: raw.into_iter().map(|weight| i32::try_from(weight).expect("near one in 14 bits")).collect(),
    }
}

/// Catmull and Rom's kernel at a distance with 16 binary digits after the point; its value too.
fn cubic(distance: i64) -> i64 {
    let square = (distance * distance) >> 16;
    let cube = (square * distance) >> 16;
    match distance >> 16 {
        0 => (3 * cube - 5 * square) / 2 + (1 << 16),
        1 => (5 * square - cube) / 2 - 4 * distance + (2 << 16),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gray(samples: Vec<u8>) -> Pixels {
        Pixels {
            kind: Kind::Gray,
            samples: Samples::Eight(samples),
            profile: None,
            flattened: false,
            doubtful: false,
        }
    }

    #[test]
    fn weights_add_up_to_one_and_their_sums_fit() {
        for (from, to) in [(1, 1), (2, 1), (7, 5), (3840, 1200), (3840, 3839), (65_535, 3), (9000, 1)] {
            for taps in taps(from, to) {
                assert_eq!(taps.weights.iter().sum::<i32>(), 1 << WEIGHT_BITS, "{from} to {to}");
                let size: i64 = taps.weights.iter().map(|weight| i64::from(weight.abs())).sum();
                assert!(size * 65_535 < i64::from(i32::MAX) - 8192, "{from} to {to}: {size}");
                assert!(taps.first + taps.weights.len() <= from);
            }
        }
    }

    #[test]
    fn flat_stays_flat_and_full_size_stays_as_it_is() {
        for level in [0, 1, 2, 3, 17, 128, 254, 255] {
            let pixels = gray(vec![level; 90 * 70]);
            let crop = Crop { x: 3, y: 5, width: 80, height: 60 };
            for sample in resample(&pixels, 90, crop, (31, 17)) {
                assert_eq!((u32::from(sample) + 128) / 257, u32::from(level));
            }
        }
        let ramp: Vec<u8> = (0..=255).collect();
        let crop = Crop { x: 0, y: 0, width: 16, height: 16 };
        let same: Vec<u32> = resample(&gray(ramp.clone()), 16, crop, (16, 16))
            .into_iter()
            .map(|sample| (u32::from(sample) + 128) / 257)
            .collect();
        assert_eq!(same, ramp.iter().map(|v| u32::from(*v)).collect::<Vec<_>>());
    }

    #[test]
    fn light_is_averaged_not_its_code() {
        let board: Vec<u8> = (0..64 * 64).map(|i| if (i + i / 64) % 2 == 0 { 255 } else { 0 }).collect();
        let crop = Crop { x: 0, y: 0, width: 64, height: 64 };
        let small = resample(&gray(board), 64, crop, (8, 8));
        // Half the light is sRGB 188; the root of a half is 180. The coded mean would be 128.
        assert!(small.iter().all(|sample| (179 * 257..=182 * 257).contains(sample)), "{small:?}");
    }
}
