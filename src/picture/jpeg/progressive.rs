//! A progressive JPEG's passes: is each of them whole, and do they make up a picture?
//!
//! A pass that makes coefficients finer sends a bit for each that is not 0 yet, so which these are
//! is kept for every block (ISO/IEC 10918-1, annex G).

use super::entropy::{Bits, Codes, Mean, damaged};
use super::scan::Pass;
use super::seam::Trail;
use crate::picture::error::PictureError;

/// What the passes have brought so far.
#[derive(Default)]
pub(super) struct Passes {
    parts: [Progress; 4],
    /// Whether the means of a component have a seam.
    pub(super) seam: bool,
}

/// What there is of one component.
#[derive(Default)]
struct Progress {
    /// For each block a bit for each coefficient that is not 0, in the order of the scans.
    filled: Vec<u64>,
    /// For each coefficient the low bits still to come; none if nothing has come of it.
    to_come: Option<[Option<u8>; 64]>,
}

impl Passes {
    /// Whether all coefficients of all components have come with all their bits.
    pub(super) fn complete(&self, components: u8) -> bool {
        self.parts[..usize::from(components)]
            .iter()
            .all(|part| part.to_come.is_some_and(|all| all.iter().all(|bits| *bits == Some(0))))
    }

    /// Walks one pass.
    ///
    /// # Errors
    /// As `entropy::walk`; and if it does not follow on the passes before.
    pub(super) fn walk(&mut self, data: &[u8], pass: &Pass<'_>) -> Result<(), PictureError> {
        let (first, last) = pass.band;
        let (before, after) = pass.bits;
        let alone = pass.scanned.len() == 1;
        if last > 63 || first > last || (first == 0) != (last == 0) || (first > 0 && !alone) || after > 13 {
            return Err(damaged());
        }
        for one in pass.scanned {
            let come = self.parts[one.part].to_come.get_or_insert([None; 64]);
            for bits in &mut come[first as usize..=last as usize] {
                let follows =
                    if before == 0 { bits.is_none() } else { *bits == Some(before) && before == after + 1 };
                if !follows {
                    return Err(damaged());
                }
                *bits = Some(after);
            }
        }
        if first > 0 {
            return self.band(data, pass);
        }
        let trails = means(data, pass)?;
        self.seam |=
            pass.bits.0 == 0 && pass.restart == 0 && trails.iter().any(|trail| trail.has_seam(pass.across));
        Ok(())
    }

    /// A band of one component's other coefficients.
    fn band(&mut self, data: &[u8], pass: &Pass<'_>) -> Result<(), PictureError> {
        let codes = pass.ac.ok_or_else(damaged)?;
        let filled = &mut self.parts[pass.scanned[0].part].filled;
        // 25 MB for the largest picture that is decoded.
        filled.resize(usize::try_from(pass.units).map_err(|_| damaged())?, 0);
        let mut bits = Bits::new(data);
        let mut empty = 0;
        for (unit, filled) in (0..pass.units).zip(filled) {
            if pass.restart > 0 && unit > 0 && unit % pass.restart == 0 {
                bits.restart(unit / pass.restart - 1)?;
                empty = 0;
            }
            let walked = if pass.bits.0 == 0 {
                coarse(&mut bits, codes, pass.band, filled, &mut empty)
            } else {
                finer(&mut bits, codes, pass.band, filled, &mut empty)
            };
            walked.ok_or_else(damaged)?;
            bits.enough()?;
        }
        // A run of empty blocks does not reach beyond the last one.
        if empty > 0 { Err(damaged()) } else { bits.end() }
    }
}

/// First coefficients, of all components of the scan, and the trail of each.
fn means(data: &[u8], pass: &Pass<'_>) -> Result<Vec<Trail>, PictureError> {
    let mut bits = Bits::new(data);
    let mut means: Vec<Mean> = pass.steps.iter().map(|step| Mean::new(*step)).collect();
    let mut trails = vec![Trail::default(); means.len()];
    for unit in 0..pass.units {
        if pass.restart > 0 && unit > 0 && unit % pass.restart == 0 {
            bits.restart(unit / pass.restart - 1)?;
            means.iter_mut().for_each(Mean::restart);
        }
        let parts = pass.scanned.iter().zip(&pass.dc).zip(&mut means).zip(&mut trails);
        for (((one, codes), mean), trail) in parts {
            for _ in 0..one.blocks {
                if pass.bits.0 > 0 {
                    bits.take(1);
                    continue;
                }
                let codes = codes.ok_or_else(damaged)?;
                mean.follow(&mut bits, codes, u32::from(pass.bits.1)).ok_or_else(damaged)?;
            }
            trail.follow(mean.coefficient(u32::from(pass.bits.1)));
        }
        bits.enough()?;
    }
    bits.end().map(|()| trails)
}

/// A run of blocks in which nothing follows: this one and how many more.
fn run_of_empty(bits: &mut Bits<'_>, length: u32) -> u32 {
    (1 << length) + bits.take(length) - 1
}

/// A block's first pass.
fn coarse(
    bits: &mut Bits<'_>,
    codes: &Codes,
    (first, last): (u32, u32),
    filled: &mut u64,
    empty: &mut u32,
) -> Option<()> {
    if *empty > 0 {
        *empty -= 1;
        return Some(());
    }
    let mut at = first;
    while at <= last {
        let symbol = bits.symbol(codes)?;
        let (run, size) = (u32::from(symbol >> 4), u32::from(symbol & 15));
        if size == 0 && run < 15 {
            *empty = run_of_empty(bits, run);
            return Some(());
        }
        at += run;
        if at > last {
            return None;
        }
        if size > 0 {
            bits.take(size);
            *filled |= 1 << at;
        }
        at += 1;
    }
    Some(())
}

/// A block's later pass: a bit for each coefficient that is not 0, and those that become so.
fn finer(
    bits: &mut Bits<'_>,
    codes: &Codes,
    (first, last): (u32, u32),
    filled: &mut u64,
    empty: &mut u32,
) -> Option<()> {
    let mut at = first;
    if *empty == 0 {
        while at <= last {
            let symbol = bits.symbol(codes)?;
            let (mut run, size) = (u32::from(symbol >> 4), u32::from(symbol & 15));
            if size > 1 {
                return None;
            }
            if size == 0 && run < 15 {
                *empty = run_of_empty(bits, run) + 1;
                break;
            }
            bits.take(size);
            while at <= last {
                if *filled & (1 << at) != 0 {
                    bits.take(1);
                } else if run == 0 {
                    break;
                } else {
                    run -= 1;
                }
                at += 1;
            }
            if at > last && (size > 0 || run > 0) {
                return None;
            }
            if size > 0 {
                *filled |= 1 << at;
            }
            at += 1;
        }
    }
    if *empty > 0 {
        let rest = *filled >> at & ((1_u64 << (last + 1 - at)) - 1);
        for _ in 0..rest.count_ones() {
            bits.take(1);
        }
        *empty -= 1;
    }
    Some(())
}
