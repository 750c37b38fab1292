//! What a line costs: how far it must be squeezed or opened, as points that lines can be compared
//! by.
//!
//! Squeezing `u` of what a tier can give, `c`, costs its weight times `u·(½ + u/c)`: the first
//! hair is cheap, the last dear. Opening every gap by `s` costs `stretch·s + stretch_cubed·(4s)³`:
//! what the eye passes over is cheap, what it sees is not. Whole numbers throughout, so that equal
//! lines cost the same on every machine.

use super::para::PreparedPara;
use crate::model::style::{Align, Composition, TIERS};
use crate::unit::Len;

/// Thousandths of a point.
pub type Cost = i64;

/// One point of the weights.
pub const POINT: Cost = 1000;
/// Added for a gap opened further than a line may, so that it is the last thing done.
pub const LOOSER: Cost = 1_000_000 * POINT;

/// How a line looks beside its neighbours.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Texture {
    /// Half an em or more was squeezed out of it.
    Tight,
    /// Neither.
    Even,
    /// Each gap was opened by 0.08 em or more.
    Open,
}

/// What one line costs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Weighed {
    /// Its cost, the break at its end not counted.
    pub cost: Cost,
    /// Its look.
    pub texture: Texture,
}

/// How much a line may ask for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Patience {
    /// No gap opens beyond the limit of the layout.
    Strict,
    /// Any gap opens, at a cost that nothing else comes near.
    Desperate,
}

/// A fitting, too wide or too short line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It can be set.
    Sets(Weighed),
    /// It is too wide, and so is every longer one.
    TooWide,
    /// It is too wide, and a longer one may not be.
    Wide,
    /// Its gaps would open too far.
    TooShort,
}

/// Ten-thousandths of the type size.
fn parts(length: Len, size: Len) -> i64 {
    length.units() * 10_000 / size.units().max(1)
}

/// Weighs items `from..to` as a line `measure` wide, its indent taken off.
pub fn weigh(
    para: &PreparedPara,
    from: usize,
    to: usize,
    measure: Len,
    rules: &Composition,
    patience: Patience,
) -> Verdict {
    let natural = para.natural(from..to);
    let spare = measure - natural;
    let last = to == para.items.len();
    if spare < Len::ZERO {
        let give = para.give_all(from..to);
        if natural - measure > give {
            // A mark's blank may stand at this end and be gone in a longer line.
            let longest = measure + give + para.gaps[to - 1].at_end;
            return if natural > longest { Verdict::TooWide } else { Verdict::Wide };
        }
        return Verdict::Sets(squeezed(para, from, to, -spare, rules));
    }
    let line = Cost::from(rules.weights.line) * POINT;
    let even = |cost: Cost| Verdict::Sets(Weighed { cost, texture: Texture::Even });
    if last {
        return even(line);
    }
    if para.align != Align::Justify {
        return even(line + ragged(spare, measure));
    }
    opened(para, from, to, spare, rules, patience)
}

fn squeezed(para: &PreparedPara, from: usize, to: usize, need: Len, rules: &Composition) -> Weighed {
    let mut cost = Cost::from(rules.weights.line) * POINT;
    let texture = if need.times(2) >= para.size { Texture::Tight } else { Texture::Even };
    let mut rest = need;
    for tier in 0..TIERS.min(rules.punctuation.tiers.len()) {
        if rest == Len::ZERO {
            break;
        }
        let whole = para.give(from..to, tier);
        let taken = rest.min(whole);
        if taken == Len::ZERO {
            continue;
        }
        rest -= taken;
        let (u, c) = (parts(taken, para.size), parts(whole, para.size).max(1));
        let weight = Cost::from(rules.punctuation.tiers[tier].weight);
        // weight · u/10⁴ · (½ + u/c) points, in thousandths. Only a line of many metres saturates.
        cost += weight.saturating_mul(u).saturating_mul(c + 2 * u) / (20 * c);
    }
    Weighed { cost, texture }
}

fn opened(
    para: &PreparedPara,
    from: usize,
    to: usize,
    spare: Len,
    rules: &Composition,
    patience: Patience,
) -> Verdict {
    let (weights, stretch) = (&rules.weights, &rules.stretch);
    let room = para.sums.opens(from, to);
    let gaps = i64::from(para.sums.gaps(from, to));
    let before = spare.min(room);
    let rest = spare - before;
    // With nothing to open, what the line lacks is judged like one gap.
    let gaps = gaps.max(1);
    let too_open = rest > stretch.loosest.at(para.size).times(gaps);
    if too_open && patience == Patience::Strict {
        return Verdict::TooShort;
    }
    let s = parts(rest, para.size) / gaps;
    let mut cost = Cost::from(weights.line) * POINT;
    cost += Cost::from(weights.open) * parts(before, para.size) / 10;
    cost += Cost::from(weights.stretch) * s / 10;
    // (s/¼)³ with s in ten-thousandths is s³/2500³; beyond ten em a gap is as bad as it gets.
    cost += s.min(100_000).pow(3) / 15_625 * Cost::from(weights.stretch_cubed) / 1000;
    if too_open {
        cost += LOOSER;
    }
    let texture = if s >= 800 { Texture::Open } else { Texture::Even };
    Verdict::Sets(Weighed { cost, texture })
}

/// A line that is not justified costs by the square of the share it leaves empty.
fn ragged(spare: Len, measure: Len) -> Cost {
    let share = Cost::from(spare.permille_of(measure.max(Len::from_units(1))));
    share * share / 10
}
