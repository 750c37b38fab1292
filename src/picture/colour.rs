//! Arithmetic of colour: XYZ and L*a*b* at D50, powers and cube roots.
//!
//! The powers of the standard library differ from system to system. These are series and Newton's
//! steps in plain `f64`, right to 12 digits and the same everywhere (IEEE 754).

#![allow(clippy::float_arithmetic)]

/// A colour as CIE XYZ; white has Y 1.
pub(super) type Xyz = [f64; 3];

/// D50, the white of the profile connection space (ICC.1:2022, 7.2.16).
pub(super) const WHITE: Xyz = [0.9642, 1.0, 0.8249];

/// L* 8, below which lightness is proportional to light (CIE 15).
const KNEE: f64 = 216.0 / 24_389.0;
const SLOPE: f64 = 24_389.0 / 27.0;

/// CIE L*a*b* of a colour.
pub(super) fn lab(colour: Xyz) -> [f64; 3] {
    let root = |part: usize| {
        let share = colour[part] / WHITE[part];
        if share > KNEE { cube_root(share) } else { (SLOPE * share + 16.0) / 116.0 }
    };
    let (x, y, z) = (root(0), root(1), root(2));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// The colour of L*a*b* values.
pub(super) fn xyz([lightness, a, b]: [f64; 3]) -> Xyz {
    let y = (lightness + 16.0) / 116.0;
    let share = |root: f64| {
        let cube = root * root * root;
        if cube > KNEE { cube } else { (116.0 * root - 16.0) / SLOPE }
    };
    [WHITE[0] * share(y + a / 500.0), WHITE[1] * share(y), WHITE[2] * share(y - b / 200.0)]
}

/// L* over 100 of a luminance.
pub(super) fn lightness(luminance: f64) -> f64 {
    lab([0.0, luminance.clamp(0.0, 1.0), 0.0])[0] / 100.0
}

/// The luminance of L* over 100.
pub(super) fn luminance(lightness: f64) -> f64 {
    xyz([lightness * 100.0, 0.0, 0.0])[1]
}

/// A colour under one white as the same share of another.
pub(super) fn adapted(colour: Xyz, from: Xyz, to: Xyz) -> Xyz {
    [colour[0] * to[0] / from[0], colour[1] * to[1] / from[1], colour[2] * to[2] / from[2]]
}

/// Black point compensation (ISO 18619): `from` becomes `to`, white stays, in between is linear.
pub(super) fn compensated(colour: Xyz, from: Xyz, to: Xyz) -> Xyz {
    let part = |at: usize| {
        let scale = (WHITE[at] - to[at]) / (WHITE[at] - from[at]);
        WHITE[at] - (WHITE[at] - colour[at]) * scale
    };
    [part(0), part(1), part(2)]
}

/// `x` to the power of `exponent`; 0 for what is not positive.
pub(super) fn power(x: f64, exponent: f64) -> f64 {
    if x > 0.0 { exp2(exponent * log2(x)) } else { 0.0 }
}

fn cube_root(x: f64) -> f64 {
    let root = power(x, 1.0 / 3.0);
    if root > 0.0 { root - (root * root * root - x) / (3.0 * root * root) } else { 0.0 }
}

/// Exponent and mantissa apart; the mantissa's logarithm by the series of the area tangent.
fn log2(x: f64) -> f64 {
    let bits = x.to_bits();
    let mut exponent = ((bits >> 52) & 0x7FF) as f64 - 1023.0;
    let mut mantissa = f64::from_bits((bits & ((1 << 52) - 1)) | (1023 << 52));
    if mantissa > std::f64::consts::SQRT_2 {
        mantissa /= 2.0;
        exponent += 1.0;
    }
    let tangent = (mantissa - 1.0) / (mantissa + 1.0);
    let square = tangent * tangent;
    let series = (0..12).rev().fold(0.0, |sum, term| sum * square + 1.0 / f64::from(2 * term + 1));
    exponent + 2.0 * tangent * series / std::f64::consts::LN_2
}

/// The whole part as an exponent, the rest by Taylor's series.
fn exp2(x: f64) -> f64 {
    let x = x.clamp(-1000.0, 1000.0);
    let whole = x.floor();
    let rest = (x - whole) * std::f64::consts::LN_2;
    let series = (1..18).rev().fold(1.0, |sum, term| 1.0 + sum * rest / f64::from(term));
    series * f64::from_bits(((1023.0 + whole) as u64) << 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_powers() {
        for (x, exponent, result) in [(2.0, 10.0, 1024.0), (0.5, 2.0, 0.25), (9.0, 0.5, 3.0), (1.0, 2.4, 1.0)]
        {
            assert!((power(x, exponent) - result).abs() < 1e-11 * result, "{x}^{exponent}");
        }
        for root in [1e-3_f64, 0.2, 0.7, 1.0, 1.9] {
            assert!((cube_root(root * root * root) - root).abs() < 1e-14, "{root}");
        }
        assert!((power(0.2, 2.2) - 0.028_991_186_547_107_82).abs() < 1e-14);
        assert_eq!(power(0.0, 2.2), 0.0);
    }

    #[test]
    fn lab_and_xyz_are_one_colour() {
        for colour in [[0.2, 0.3, 0.1], [0.001, 0.002, 0.0005], WHITE, [0.0; 3]] {
            for (there, back) in colour.iter().zip(xyz(lab(colour))) {
                assert!((there - back).abs() < 1e-13, "{colour:?}");
            }
        }
        // CIE 15: a luminance of 18.42 % has L* 50.
        assert!((lightness(0.184_187) - 0.5).abs() < 1e-5);
        assert!((luminance(0.5) - 0.184_187).abs() < 1e-5);
    }

    #[test]
    fn compensation_moves_black_and_leaves_white() {
        let (from, to) = ([0.01; 3], [0.09, 0.094, 0.077]);
        assert_eq!(compensated(WHITE, from, to), WHITE);
        for (have, want) in compensated(from, from, to).iter().zip(to) {
            assert!((have - want).abs() < 1e-15);
        }
    }
}
