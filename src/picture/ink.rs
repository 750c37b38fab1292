//! Light into ink: through the profiles to the black plate or to four plates, within the limit.

use std::sync::Arc;

use moxcms::{
    ColorProfile, DataColorSpace, InterpolationMethod, Layout, RenderingIntent, Transform16BitExecutor,
    TransformOptions,
};
use rayon::prelude::*;

use super::error::PictureError;
use super::probe::Kind;
use crate::model::edition::Condition;

/// Pixels converted by one task.
const TASK: usize = 8192;

/// A picture's own profile, if it has a usable one of its kind.
pub(super) fn embedded(profile: Option<&[u8]>, kind: Kind) -> Option<ColorProfile> {
    let space = match kind {
        Kind::Gray => DataColorSpace::Gray,
        Kind::Colour => DataColorSpace::Rgb,
        Kind::Ink => DataColorSpace::Cmyk,
    };
    let profile = ColorProfile::new_from_slice(profile?).ok()?;
    (profile.color_space == space).then_some(profile)
}

/// What samples without a profile mean: sRGB, and gray with sRGB's tone curve. Ink has no default.
pub(super) fn untagged(kind: Kind) -> ColorProfile {
    let srgb = ColorProfile::new_srgb();
    match kind {
        Kind::Gray => {
            let mut gray = linear_gray();
            gray.gray_trc = srgb.red_trc;
            gray
        }
        Kind::Colour | Kind::Ink => srgb,
    }
}

/// Light, or another condition's ink, as ink of this condition: four bytes a pixel, 0 is none.
///
/// # Errors
/// A profile on either side that has no way through.
pub(super) fn to_plates(
    samples: &[u16],
    kind: Kind,
    from: &ColorProfile,
    condition: &Condition,
) -> Result<Vec<u8>, PictureError> {
    let to = output(&condition.profile, DataColorSpace::Cmyk)?;
    let ink = run(samples, (from, kind), (&to, Kind::Ink))?;
    Ok(eight(&ink))
}

/// 16-bit amounts as 8-bit amounts.
pub(super) fn eight(samples: &[u16]) -> Vec<u8> {
    let byte = |sample: &u16| (u32::from(*sample) + 128) / 257;
    samples.iter().map(|sample| u8::try_from(byte(sample)).expect("16 bits over 257")).collect()
}

/// Light as ink on the black plate: one byte a pixel, 0 is none.
///
/// The paper's white and the solid's black are far closer than a monitor's, so the tones in
/// between are spread over what the plate has (black point compensation, ISO 18619): without
/// it everything darker than the solid, a good third of the scale, would close up.
///
/// # Errors
/// A profile on either side that has no way through.
pub(super) fn to_black(
    samples: &[u16],
    kind: Kind,
    from: &ColorProfile,
    condition: &Condition,
) -> Result<Vec<u8>, PictureError> {
    let light = match kind {
        Kind::Ink => {
            // Only the brightness is wanted, and the way to it is through RGB in 16 bits.
            let srgb = ColorProfile::new_srgb();
            let rgb = run(samples, (from, Kind::Ink), (&srgb, Kind::Colour))?;
            run(&rgb, (&srgb, Kind::Colour), (&linear_gray(), Kind::Gray))?
        }
        light => run(samples, (from, light), (&linear_gray(), Kind::Gray))?,
    };
    let plate = output(&condition.gray_profile, DataColorSpace::Gray)?;
    let ramp: Vec<u16> = (0..=255).map(|level| level * 257).collect();
    let reflected = run(&ramp, (&plate, Kind::Gray), (&linear_gray(), Kind::Gray))
        .map_err(|error| PictureError::Condition(error.to_string()))?;
    let table = amounts(&reflected);
    Ok(light.iter().map(|light| table[usize::from(*light)]).collect())
}

/// For each light from none to all, the ink that leaves it, given the light that each of 256
/// levels reflects, from solid (level 0) to paper.
fn amounts(reflected: &[u16]) -> Vec<u8> {
    let wide = |value: u16| u32::from(value);
    let (solid, paper) = (wide(reflected[0]), wide(reflected[255]));
    let span = paper.saturating_sub(solid);
    let mut level = 0_usize;
    (0..=65_535_u32)
        .map(|light| {
            let target = solid + (light * (span / 2) / 32_767).min(span);
            while level < 255 && wide(reflected[level]) + wide(reflected[level + 1]) <= 2 * target {
                level += 1;
            }
            u8::try_from(255 - level).expect("a level is at most 255")
        })
        .collect()
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

/// Light in proportion, white at D50.
fn linear_gray() -> ColorProfile {
    ColorProfile::new_gray_with_gamma(1.0)
}

fn output(profile: &[u8], space: DataColorSpace) -> Result<ColorProfile, PictureError> {
    let profile =
        ColorProfile::new_from_slice(profile).map_err(|error| PictureError::Condition(error.to_string()))?;
    if profile.color_space == space {
        Ok(profile)
    } else {
        Err(PictureError::Condition(format!("it is for {:?}", profile.color_space)))
    }
}

fn layout(kind: Kind) -> Layout {
    match kind {
        Kind::Gray => Layout::Gray,
        Kind::Colour => Layout::Rgb,
        Kind::Ink => Layout::Rgba,
    }
}

fn run(
    samples: &[u16],
    from: (&ColorProfile, Kind),
    to: (&ColorProfile, Kind),
) -> Result<Vec<u16>, PictureError> {
    let options = TransformOptions {
        rendering_intent: RenderingIntent::Perceptual,
        interpolation_method: InterpolationMethod::Tetrahedral,
        ..TransformOptions::default()
    };
    let failed = |error: moxcms::CmsError| PictureError::Profile(error.to_string());
    let transform: Arc<Transform16BitExecutor> =
        from.0.create_transform_16bit(layout(from.1), to.0, layout(to.1), options).map_err(failed)?;
    let (inputs, outputs) = (from.1.channels(), to.1.channels());
    let mut result = vec![0_u16; samples.len() / inputs * outputs];
    result
        .par_chunks_mut(TASK * outputs)
        .zip(samples.par_chunks(TASK * inputs))
        .try_for_each(|(to, from)| transform.transform(from, to))
        .map_err(failed)?;
    Ok(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition() -> Condition {
        super::super::tests::newsprint()
    }

    fn plates(colours: &[[u8; 3]]) -> Vec<[u8; 4]> {
        let samples: Vec<u16> = colours.as_flattened().iter().map(|v| u16::from(*v) * 257).collect();
        let ink = to_plates(&samples, Kind::Colour, &untagged(Kind::Colour), &condition());
        ink.expect("both profiles work").as_chunks::<4>().0.to_vec()
    }

    /// Bytes of ink by Little CMS 2 (Pillow's `ImageCms`, sRGB2014.icc to
    /// `ISOnewspaper_v4_26_bas.ICC`, perceptual, 8 bit).
    const LITTLE_CMS: [([u8; 3], [u8; 4]); 16] = [
        ([0, 0, 0], [152, 112, 82, 242]),
        ([255, 255, 255], [0, 0, 0, 0]),
        ([128, 128, 128], [35, 20, 19, 103]),
        ([64, 64, 64], [68, 41, 40, 166]),
        ([192, 192, 192], [15, 8, 9, 52]),
        ([255, 0, 0], [0, 183, 255, 5]),
        ([0, 255, 0], [98, 0, 241, 0]),
        ([0, 0, 255], [255, 155, 0, 0]),
        ([255, 255, 0], [17, 0, 244, 0]),
        ([0, 255, 255], [86, 0, 29, 0]),
        ([255, 0, 255], [68, 183, 0, 0]),
        ([200, 150, 120], [0, 54, 79, 56]),
        ([30, 60, 20], [125, 16, 209, 177]),
        ([17, 43, 91], [247, 162, 0, 85]),
        ([240, 230, 210], [1, 5, 22, 20]),
        ([10, 10, 10], [136, 95, 81, 235]),
    ];

    #[test]
    fn colours_agree_with_another_engine() {
        let ours = plates(&LITTLE_CMS.map(|(rgb, _)| rgb));
        for ((rgb, theirs), ours) in LITTLE_CMS.iter().zip(ours) {
            for (theirs, ours) in theirs.iter().zip(ours) {
                assert!(theirs.abs_diff(ours) <= 1, "{rgb:?}: {theirs} and {ours}");
            }
        }
    }

    #[test]
    fn no_colour_has_more_ink_than_the_press_takes() {
        let steps = || (0..=255).step_by(15);
        let cube: Vec<[u8; 3]> = steps()
            .flat_map(|r: u8| steps().flat_map(move |g: u8| steps().map(move |b: u8| [r, g, b])))
            .collect();
        let mut ink = plates(&cube).into_flattened();
        let (before, after) = limit(&mut ink, 2400);
        assert!((2200..=2360).contains(&before), "{before}");
        assert_eq!(before, after);
        let (_, after) = limit(&mut ink, 2000);
        assert!(after <= 2000, "{after}");
    }

    #[test]
    fn ink_of_one_condition_becomes_ink_of_another() {
        let own = embedded(Some(&condition().profile), Kind::Ink).expect("it is CMYK");
        let samples = [0, 0, 0, 0, 20_000, 40_000, 10_000, 5_000, 0, 0, 0, 65_535];
        let ink = to_plates(&samples, Kind::Ink, &own, &condition()).expect("both are CMYK");
        assert_eq!(ink.len(), 12);
        let gray = to_black(&samples, Kind::Ink, &own, &condition()).expect("it has brightness");
        assert!(gray[0] < 4 && gray[0] < gray[1] && gray[1] < gray[2] && gray[2] > 240, "{gray:?}");
    }

    #[test]
    fn less_ink_is_taken_from_the_colours() {
        let mut ink = [200, 100, 100, 240, 10, 20, 30, 40];
        assert_eq!(limit(&mut ink, 2000), (2510, 1997));
        assert_eq!(ink, [135, 67, 67, 240, 10, 20, 30, 40]);
    }

    #[test]
    fn grays_fill_the_black_plate_from_paper_to_solid() {
        // Little CMS with black point compensation, as 255 less its gray.
        let theirs = [
            (0, 255),
            (16, 250),
            (32, 242),
            (64, 211),
            (96, 173),
            (128, 135),
            (160, 99),
            (192, 64),
            (255, 0),
        ];
        let samples: Vec<u16> = theirs.iter().map(|(v, _)| v * 257).collect();
        let ours = to_black(&samples, Kind::Gray, &untagged(Kind::Gray), &condition()).expect("it converts");
        for ((level, theirs), ours) in theirs.iter().zip(ours) {
            assert!(i32::from(ours).abs_diff(*theirs) <= 1, "{level}: {theirs} and {ours}");
        }
    }
}
