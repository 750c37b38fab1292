//! Functions of one value: sampled, or by one of the formulas of ICC.1:2010, 10.16.

#![allow(clippy::float_arithmetic)]

use moxcms::ToneReprCurve;

use crate::picture::colour::power;

/// A function from 0 to 1 into 0 to 1.
#[derive(Debug)]
pub(super) enum Curve {
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
    /// The tone curve of sRGB (IEC 61966-2-1).
    pub(super) fn srgb() -> Self {
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

    /// A curve as moxcms reads it; none if it has another number of parameters than there can be.
    pub(super) fn read(curve: &ToneReprCurve) -> Option<Self> {
        match curve {
            ToneReprCurve::Lut(entries) => Some(Self::sampled(entries)),
            ToneReprCurve::Parametric(parameters) => {
                let wide: Vec<f64> = parameters.iter().map(|value| f64::from(*value)).collect();
                Self::parametric(&wide)
            }
        }
    }

    /// The entries of a `curveType`: none of them leave values as they are, a single one is a power
    /// in 8.8 bits (ICC.1:2010, 10.5).
    pub(super) fn sampled(entries: &[u16]) -> Self {
        match *entries {
            [] => Self::Sampled(vec![0.0, 1.0]),
            [gamma] => Self::gamma(f64::from(gamma) / 256.0),
            _ => Self::Sampled(entries.iter().map(|value| f64::from(*value) / 65_535.0).collect()),
        }
    }

    /// The parameters of a `parametricCurveType`, whose number tells its formula (ICC.1:2010, 10.16);
    /// none if there is no formula of so many, or a parameter is no number.
    pub(super) fn parametric(parameters: &[f64]) -> Option<Self> {
        let (g, a, b, c, d, e, f) = match *parameters {
            [g] => (g, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0),
            [g, a, b] => (g, a, b, 0.0, -b / a, 0.0, 0.0),
            [g, a, b, c] => (g, a, b, 0.0, -b / a, c, c),
            [g, a, b, c, d] => (g, a, b, c, d, 0.0, 0.0),
            [g, a, b, c, d, e, f] => (g, a, b, c, d, e, f),
            _ => return None,
        };
        let numbers = parameters.iter().all(|value| value.is_finite());
        numbers.then_some(Self::Parametric { g, a, b, c, d, e, f })
    }

    /// Its value at `x`.
    pub(super) fn at(&self, x: f64) -> f64 {
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
pub(super) fn cell(x: f64, count: usize) -> (usize, f64) {
    let place = x.clamp(0.0, 1.0) * (count - 1) as f64;
    let cell = (place as usize).min(count - 2);
    (cell, place - cell as f64)
}
