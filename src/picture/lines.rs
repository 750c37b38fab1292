//! Line art: bits of light in, the upright part to print as bits of ink out.

use rayon::prelude::*;

use super::crop::Crop;
use super::upright::{Orientation, stored_at};

/// A part of a stored picture of `stored` pixels, turned upright: 1 is ink, and so is no padding.
pub(super) fn cut(light: &[u8], stored: (u32, u32), crop: Crop, orientation: Orientation) -> Vec<u8> {
    let stride = (stored.0 as usize).div_ceil(8);
    let is_light = |x: u32, y: u32| {
        let (x, y) = stored_at(orientation, (crop.x + x, crop.y + y), stored);
        light[y as usize * stride + x as usize / 8] & (0x80 >> (x % 8)) != 0
    };
    let row_length = (crop.width as usize).div_ceil(8);
    let mut ink = vec![0_u8; row_length * crop.height as usize];
    ink.par_chunks_mut(row_length).zip(0..crop.height).for_each(|(row, y)| {
        for x in 0..crop.width {
            if !is_light(x, y) {
                row[x as usize / 8] |= 0x80 >> (x % 8);
            }
        }
    });
    ink
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_cut_and_turned_bit_by_bit() {
        // Ten by two: light where the bit is 1.
        let light = [0b1010_1010, 0b1000_0000, 0b1111_0000, 0b0100_0000];
        let whole = Crop { x: 0, y: 0, width: 10, height: 2 };
        let upright = Orientation::default();
        assert_eq!(
            cut(&light, (10, 2), whole, upright),
            [0b0101_0101, 0b0100_0000, 0b0000_1111, 0b1000_0000]
        );
        let part = Crop { x: 7, y: 1, width: 3, height: 1 };
        assert_eq!(cut(&light, (10, 2), part, upright), [0b1100_0000]);
        let on_its_side = Orientation::from_exif(5).expect("1 to 8");
        let part = Crop { x: 1, y: 7, width: 1, height: 3 };
        assert_eq!(cut(&light, (10, 2), part, on_its_side), [0x80, 0x80, 0]);
    }
}
