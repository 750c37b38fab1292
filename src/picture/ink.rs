//! Light into ink: through the profiles to the black plate or to four plates, within the limit.

use std::sync::OnceLock;

use rayon::prelude::*;

use super::colour::{self, Xyz};
use super::error::PictureError;
use super::link::Link;
use super::profile::Profile;
use super::samples::Kind;
use crate::model::edition::{Condition, Rendering};

/// A printing condition made ready: its profiles read, what they share among pictures kept.
#[derive(Debug)]
pub struct Press {
    pub(super) condition: Condition,
    plates: Profile,
    /// For each lightness of 16 bits, the amount of black that leaves it.
    black: Vec<u8>,
    /// From samples without a profile, which most are, to four plates; made when first wanted.
    untagged: OnceLock<Link<4>>,
}

impl Press {
    /// Reads a condition's profiles.
    ///
    /// # Errors
    /// A profile that is none, or not for its inks, or that cannot be converted to.
    #[allow(clippy::float_arithmetic)]
    pub fn new(condition: &Condition) -> Result<Self, PictureError> {
        let plates = Profile::read(&condition.profile, Kind::Ink).filter(Profile::prints);
        let plates = plates.ok_or(PictureError::Condition("its colour profile is no CMYK output profile"))?;
        let reflected = match &condition.gray_profile {
            Some(bytes) => {
                let gray = Profile::read(bytes, Kind::Gray)
                    .ok_or(PictureError::Condition("its gray profile is no gray profile"))?;
                ramp(|level| gray.colour([level, 0.0, 0.0, 0.0], Rendering::Relative))
            }
            None => ramp(|level| plates.colour([0.0, 0.0, 0.0, 1.0 - level], Rendering::Relative)),
        };
        Ok(Self {
            condition: condition.clone(),
            plates,
            black: amounts(&reflected),
            untagged: OnceLock::new(),
        })
    }

    /// Samples as ink: four bytes a pixel, 0 is none. `from` is the picture's profile, if it has one.
    pub(super) fn to_plates(&self, samples: &[u16], kind: Kind, from: Option<&Profile>) -> Vec<u8> {
        let rendering = self.condition.conversion.rendering;
        let ink = match (from, kind) {
            (None, Kind::Colour) => {
                self.untagged.get_or_init(|| self.link(&Profile::srgb(), rendering)).apply(samples)
            }
            (None, Kind::Gray | Kind::Line) => self.link(&Profile::gray(), rendering).apply(samples),
            (None, Kind::Ink) => self.link(&self.plates, rendering).apply(samples),
            (Some(from), _) => self.link(from, rendering).apply(samples),
        };
        eight(ink.as_flattened())
    }

    /// Ink of this condition separated anew: the same colours with as much black, and as little
    /// of the others, as the profile has for them.
    pub(super) fn separated_anew(&self, samples: &[u16]) -> Vec<u8> {
        let link = self.link(&self.plates, Rendering::Relative);
        eight(link.apply(samples).as_flattened())
    }

    fn link(&self, from: &Profile, rendering: Rendering) -> Link<4> {
        // Perceptual tables of version 4 expect the reference medium's black, and those of version 2, like
        // monitors, may have another: the one becomes the other whatever is asked for.
        let asked = self.condition.conversion.black_point && rendering != Rendering::Absolute;
        let ends = asked || self.plates.has_reference_black(rendering);
        let ends = ends.then(|| (from.black(rendering), self.plates.black(rendering)));
        Link::new(from, rendering, |colour| {
            let colour = match ends {
                Some((from, to)) => colour::compensated(colour, from, to),
                None => colour,
            };
            self.plates.device(colour, rendering).expect("a press was only made of a profile that prints")
        })
    }

    /// Samples as ink on the black plate: one byte a pixel, 0 is none.
    ///
    /// The paper's white and the solid's black are far closer than a monitor's, so the tones in
    /// between are spread over what the plate has (black point compensation, ISO 18619): without
    /// it everything darker than the solid, a good third of the scale, would close up.
    pub(super) fn to_black(&self, samples: &[u16], kind: Kind, from: Option<&Profile>) -> Vec<u8> {
        let light = |from: &Profile| {
            let black = from.black(Rendering::Relative);
            let link: Link<1> = Link::new(from, Rendering::Relative, |colour| {
                [colour::lightness(colour::compensated(colour, black, [0.0; 3])[1])]
            });
            link.apply(samples)
        };
        let light = match (from, kind) {
            (Some(from), _) => light(from),
            (None, Kind::Colour) => light(&Profile::srgb()),
            (None, Kind::Gray | Kind::Line) => light(&Profile::gray()),
            (None, Kind::Ink) => light(&self.plates),
        };
        light.into_par_iter().map(|[light]| self.black[usize::from(light)]).collect()
    }
}

/// 16-bit amounts as 8-bit amounts.
pub(super) fn eight(samples: &[u16]) -> Vec<u8> {
    let byte = |sample: &u16| (u32::from(*sample) + 128) / 257;
    samples.iter().map(|sample| u8::try_from(byte(sample)).expect("16 bits over 257")).collect()
}

/// The light that each of 256 levels reflects, from solid (level 0) to paper, of 65 535.
#[allow(clippy::float_arithmetic)]
fn ramp(colour: impl Fn(f64) -> Xyz) -> Vec<u16> {
    let light = |level: u16| (colour(f64::from(level) / 255.0)[1].clamp(0.0, 1.0) * 65_535.0 + 0.5) as u16;
    (0..=255).map(light).collect()
}

/// For each lightness from none to all, the ink that leaves it, given the light that each of 256
/// levels reflects.
#[allow(clippy::float_arithmetic)]
fn amounts(reflected: &[u16]) -> Vec<u8> {
    let wide = |value: u16| f64::from(value) / 65_535.0;
    let (solid, paper) = (wide(reflected[0]), wide(reflected[255]));
    let mut level = 0_usize;
    (0..=65_535_u16)
        .map(|lightness| {
            let target = solid + colour::luminance(wide(lightness)) * (paper - solid).max(0.0);
            while level < 255 && wide(reflected[level]) + wide(reflected[level + 1]) <= 2.0 * target {
                level += 1;
            }
            u8::try_from(255 - level).expect("a level is at most 255")
        })
        .collect()
}

/// Leaves tints under `percent` white and draws those up to twice as strong towards it, so that
/// no edge shows where they end. The smallest dots do not print evenly: a few of black in a sky are
/// specks.
pub(super) fn clear_highlights(amounts: &mut [u8], percent: u8) {
    let least = u32::from(percent) * 255 / 100;
    let cleared = |amount: u32| if amount < least * 2 { amount.saturating_sub(least) * 2 } else { amount };
    let table: Vec<u8> =
        (0..=255).map(|amount| u8::try_from(cleared(amount)).expect("no more than it was")).collect();
    if percent > 0 {
        amounts.par_iter_mut().with_min_len(1 << 16).for_each(|amount| *amount = table[usize::from(*amount)]);
    }
}

/// Most ink in one pixel, in tenths of a percent.
pub(super) fn peak(amounts: &[u8], plates: usize) -> u16 {
    let total = |pixel: &[u8]| pixel.iter().map(|ink| u32::from(*ink)).sum::<u32>();
    tenths(amounts.chunks_exact(plates).map(total).max().unwrap_or(0))
}

/// Brings ink down to `limit` (tenths of a percent) where there is more: colours give way in
/// proportion and black, which carries the drawing, stays. Says how much there was at most
/// before and is after, in tenths of a percent.
pub(super) fn limit(plates: &mut [u8], limit: u16) -> (u16, u16) {
    let most = u32::from(limit) * 255 / 1000;
    let total = |pixel: &[u8; 4]| pixel.iter().map(|ink| u32::from(*ink)).sum::<u32>();
    let mut before = 0;
    let mut after = 0;
    for pixel in plates.as_chunks_mut::<4>().0 {
        let ink = total(pixel);
        before = before.max(ink);
        if ink > most {
            let black = u32::from(pixel[3]).min(most);
            let (room, colour) = (most - black, ink - u32::from(pixel[3]));
            for amount in &mut pixel[..3] {
                let less = (u32::from(*amount) * room).checked_div(colour).unwrap_or(0);
                *amount = u8::try_from(less).unwrap_or(u8::MAX).min(*amount);
            }
            pixel[3] = u8::try_from(black).expect("no more than it was");
        }
        after = after.max(total(pixel));
    }
    (tenths(before), tenths(after))
}

/// A sum of bytes of ink in tenths of a percent, rounded up.
pub(super) fn tenths(levels: u32) -> u16 {
    u16::try_from((levels * 1000).div_ceil(255)).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests;
