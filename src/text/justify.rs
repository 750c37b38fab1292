//! Justification: a cut line into the place of each of its items.
//!
//! Squeeze runs tier by tier, in equal proportion inside a tier; stretch goes to word spaces,
//! then Han–Latin gaps, then all others evenly (CLREQ 3.5.3, 3.5.4). Shares are cut so that they
//! sum exactly to what the line needs.

use std::ops::RangeInclusive;

use super::linebreak::{Ending, LineCut};
use super::para::PreparedPara;
use crate::model::style::{Align, TIERS};
use crate::unit::Len;

/// A justified line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Justified {
    /// Distance of each item of the line from the start of the measure, indent included.
    pub places: Vec<Len>,
    /// Where the line ends: at the measure's end for every justified line but a last one.
    pub end: Len,
    /// What was squeezed out, by tier.
    pub squeezed: [Len; TIERS],
    /// The most that one gap of the last tier was stretched by; with no gap to stretch, what the
    /// line lacks, so that it is judged like one opened that wide.
    pub stretched: Len,
}

/// Sets a cut line.
pub fn justify(para: &PreparedPara, cut: &LineCut) -> Justified {
    let items = cut.items.clone();
    let mut gaps: Vec<Len> = para.gaps[items.start..items.end - 1].iter().map(|gap| gap.width).collect();
    let mut squeezed = [Len::ZERO; TIERS];
    let mut stretched = Len::ZERO;
    let spare = cut.measure - cut.natural;
    if spare < Len::ZERO {
        squeezed = squeeze(para, cut, &mut gaps);
    } else if para.align == Align::Justify && (cut.ending != Ending::Last || is_nearly_full(para, cut)) {
        stretched = stretch(para, cut, &mut gaps);
    }
    let taken: Len = squeezed.iter().copied().sum();
    let indent = para.indent_at(items.start);
    // A blank at the end is no ink: lines that are not justified stand by what is seen of them.
    let last = &para.gaps[items.end - 1];
    let unseen = if last.hyphen.is_none() { last.at_end } else { Len::ZERO };
    let slack = (spare + taken).max(Len::ZERO) + unseen;
    let mut pen = indent
        + match para.align {
            Align::Justify | Align::Left => Len::ZERO,
            Align::Centre => slack.half(),
            Align::Right => slack,
        };
    pen += if items.start == 0 { para.start } else { Len::ZERO };
    let mut places = Vec::with_capacity(items.len());
    for (idx, item) in para.items[items.clone()].iter().enumerate() {
        places.push(pen);
        pen += item.advance + gaps.get(idx).copied().unwrap_or(para.gaps[items.end - 1].at_end);
    }
    Justified { places, end: pen, squeezed, stretched }
}

/// Whether a last line lacks so little of its measure that the eye takes it for a fault, and can be
/// opened without its being seen.
fn is_nearly_full(para: &PreparedPara, cut: &LineCut) -> bool {
    let spare = cut.measure - cut.natural;
    let gaps = i64::from(para.sums.gaps(cut.items.start, cut.items.end));
    let (lacks, most) = para.flush_last;
    cut.items.start > 0 && spare < lacks && spare <= most.times(gaps)
}

/// Takes what overhangs out of the gaps, tier by tier.
fn squeeze(para: &PreparedPara, cut: &LineCut, gaps: &mut [Len]) -> [Len; TIERS] {
    let mut need = cut.natural - cut.measure;
    let mut squeezed = [Len::ZERO; TIERS];
    for (tier, taken) in squeezed.iter_mut().enumerate() {
        let whole = para.give(cut.items.clone(), tier);
        if need <= Len::ZERO || whole == Len::ZERO {
            continue;
        }
        let take = need.min(whole);
        let mut before = Len::ZERO;
        for (gap, source) in gaps.iter_mut().zip(&para.gaps[cut.items.start..]) {
            let after = before + source.give[tier];
            *gap -= share(take, after, whole) - share(take, before, whole);
            before = after;
        }
        *taken = take;
        need -= take;
    }
    squeezed
}

/// Gives what is spare to the gaps; returns the most one gap of the last tier got, or what found
/// no gap at all.
fn stretch(para: &PreparedPara, cut: &LineCut, gaps: &mut [Len]) -> Len {
    let mut spare = cut.measure - cut.natural;
    let opens = |idx: usize| para.gaps[cut.items.start + idx].opens;
    for tier in [1, 2] {
        let room: Len = stretching(para, cut, tier..=tier).map(opens).sum();
        if room == Len::ZERO {
            continue;
        }
        let give = spare.min(room);
        let mut before = Len::ZERO;
        for idx in stretching(para, cut, tier..=tier) {
            let after = before + opens(idx);
            gaps[idx] += share(give, after, room) - share(give, before, room);
            before = after;
        }
        spare -= give;
    }
    let count = stretching(para, cut, 1..=3).count() as i64;
    if count == 0 {
        return spare;
    }
    let mut given = Len::ZERO;
    for (nth, gap) in (1..).zip(stretching(para, cut, 1..=3)) {
        let upto = spare.scale(nth, count);
        gaps[gap] += upto - given;
        given = upto;
    }
    spare.scale(1, count)
}

/// The gaps of a line that stretch in one of these tiers, counted from the line's first.
fn stretching<'a>(
    para: &'a PreparedPara,
    cut: &LineCut,
    tiers: RangeInclusive<u8>,
) -> impl Iterator<Item = usize> + use<'a> {
    para.gaps[cut.items.start..cut.items.end - 1]
        .iter()
        .enumerate()
        .filter(move |(_, gap)| tiers.contains(&gap.stretch))
        .map(|(idx, _)| idx)
}

/// `total` times `part / whole`, rounded so that consecutive shares sum to `total`.
fn share(total: Len, part: Len, whole: Len) -> Len {
    total.scale(part.units(), whole.units())
}
