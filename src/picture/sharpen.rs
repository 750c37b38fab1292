//! Samples at their final size into crisper ones: what resampling, dot gain and the screen soften.
//!
//! An unsharp mask of one pixel's radius, on brightness alone so that no edge gets a tinge, with
//! a threshold that leaves skin and sky alone.

use rayon::prelude::*;

/// Differences below this are grain, not edges (of 65 535; about 2.5 of 255).
const THRESHOLD: i32 = 640;

/// Sharpens light samples in place by `percent` of the difference to the surroundings.
pub(super) fn sharpen<const N: usize>(samples: &mut [u16], width: usize, percent: u16) {
    let (pixels, _) = samples.as_chunks_mut::<N>();
    if percent == 0 || width == 0 {
        return;
    }
    let bright: Vec<i32> = pixels.iter().map(brightness).collect();
    let height = bright.len() / width;
    pixels.par_chunks_mut(width).enumerate().for_each(|(y, row)| {
        let line = |y: usize| &bright[y * width..(y + 1) * width];
        let (above, here, below) = (line(y.saturating_sub(1)), line(y), line((y + 1).min(height - 1)));
        let column = |x: usize| above[x] + 2 * here[x] + below[x];
        for (x, pixel) in row.iter_mut().enumerate() {
            let blurred = column(x.saturating_sub(1)) + 2 * column(x) + column((x + 1).min(width - 1));
            let edge = here[x] - blurred / 16;
            let strong = edge - edge.clamp(-THRESHOLD, THRESHOLD);
            let change = strong * i32::from(percent) / 100;
            for sample in pixel {
                *sample =
                    u16::try_from((i32::from(*sample) + change).clamp(0, 65_535)).expect("it was clamped");
            }
        }
    });
}

fn brightness<const N: usize>(pixel: &[u16; N]) -> i32 {
    match pixel[..] {
        [red, green, blue] => (i32::from(red) + 2 * i32::from(green) + i32::from(blue)) / 4,
        _ => i32::from(pixel[0]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_gain_and_flat_areas_stay() {
        let mut row: Vec<u16> = [20_000; 8].into_iter().chain([40_000; 8]).collect::<Vec<_>>().repeat(3);
        sharpen::<1>(&mut row, 16, 100);
        assert_eq!(&row[16..22], &[20_000; 6]);
        assert!(row[23] < 20_000 && row[24] > 40_000);
        assert_eq!(&row[26..32], &[40_000; 6]);
    }
}
