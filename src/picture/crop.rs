//! Which part of a picture is printed: as much as its place has the shape for, round what must
//! stay in view.

use crate::unit::Len;

/// The part of the upright picture that is printed, in its pixels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Crop {
    /// Pixels left of it.
    pub x: u32,
    /// Pixels above it.
    pub y: u32,
    /// Its width, at least 1.
    pub width: u32,
    /// Its height, at least 1.
    pub height: u32,
}

/// The shapes that a place may have, as width over height in thousandths.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shapes {
    /// The narrowest.
    pub least: u64,
    /// The widest.
    pub most: u64,
}

/// The shapes of place in which all of `keep` (left, top, right, bottom in thousandths) of a `size`
/// picture stays in view: as narrow as what is kept at full height, to as wide at full width.
fn shapes(size: (u32, u32), keep: [u16; 4]) -> Shapes {
    let [left, top, right, bottom] = keep.map(u64::from);
    let (width, height) = (u64::from(size.0), u64::from(size.1));
    let (across, down) = (right.saturating_sub(left).max(1), bottom.saturating_sub(top).max(1));
    Shapes { least: (width * across).div_ceil(height), most: width * 1_000_000 / (height * down) }
}

/// The largest part of a `size` picture that has the shape of `place`: what is to be kept inside
/// it, and as near to being centred on `focus` as that and the picture's edges allow. Both are in
/// thousandths of width and height, beyond 1000 as 1000. If the part cannot hold all that is to be
/// kept, it is centred on it, and the shapes that could are told.
///
/// Both sides of `size` are at least 1 and those of `place` are positive.
pub fn cover(
    size: (u32, u32),
    place: (Len, Len),
    focus: (u16, u16),
    keep: Option<[u16; 4]>,
) -> (Crop, Option<Shapes>) {
    let (width, height) = (i128::from(size.0), i128::from(size.1));
    let (across, down) = (i128::from(place.0.units()), i128::from(place.1.units()));
    let rounded = |num: i128, den: i128| (num * 2 + den) / (den * 2);
    let (cut_width, cut_height) = if width * down > height * across {
        (rounded(height * across, down).clamp(1, width), height)
    } else {
        (width, rounded(width * down, across).clamp(1, height))
    };
    let [left, top, right, bottom] = keep.unwrap_or([0; 4]).map(|edge| i128::from(edge.min(1000)));
    // Where the part starts in one direction, and whether it holds all that is to be kept.
    let start = |whole: i128, part: i128, focus: u16, (first, last): (i128, i128)| {
        let centred = whole * i128::from(focus.min(1000)) / 1000 - part / 2;
        let (first, last) = (whole * first / 1000, (whole * last + 999) / 1000);
        let start = match keep {
            Some(_) if last - first > part => (first + last - part) / 2,
            Some(_) => centred.clamp(last - part, first),
            None => centred,
        };
        (start.clamp(0, whole - part), keep.is_none() || last - first <= part)
    };
    let (x, wide) = start(width, cut_width, focus.0, (left, right));
    let (y, high) = start(height, cut_height, focus.1, (top, bottom));
    let pixels = |count: i128| u32::try_from(count).expect("a part is no larger than its picture");
    let crop = Crop { x: pixels(x), y: pixels(y), width: pixels(cut_width), height: pixels(cut_height) };
    let short = keep.filter(|_| !(wide && high)).map(|keep| shapes(size, keep));
    (crop, short)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(size: (u32, u32), place: (Len, Len), focus: (u16, u16)) -> Crop {
        cover(size, place, focus, None).0
    }

    #[test]
    fn the_part_has_the_shape_of_its_place_and_stays_inside() {
        let square = (Len::mm(50), Len::mm(50));
        assert_eq!(part((300, 200), square, (500, 500)), Crop { x: 50, y: 0, width: 200, height: 200 });
        assert_eq!(part((300, 200), square, (0, 0)).x, 0);
        assert_eq!(part((300, 200), square, (1000, 7)).x, 100);
        let wide = (Len::mm(60), Len::mm(10));
        assert_eq!(part((300, 200), wide, (500, 900)), Crop { x: 0, y: 150, width: 300, height: 50 });
        arbtest::arbtest(|u| {
            let size = (u.int_in_range(1..=9000)?, u.int_in_range(1..=9000)?);
            let side = |n: i64| Len::from_units(n);
            let place = (side(u.int_in_range(1..=300_000_000)?), side(u.int_in_range(1..=300_000_000)?));
            let part = part(size, place, (u.int_in_range(0..=1200)?, u.int_in_range(0..=1200)?));
            assert!(part.width >= 1 && part.height >= 1);
            assert!(part.x + part.width <= size.0 && part.y + part.height <= size.1);
            Ok(())
        });
    }

    #[test]
    fn what_is_to_be_kept_is_kept_or_the_shapes_that_could_are_told() {
        let square = (Len::mm(50), Len::mm(50));
        let kept = |keep, focus| cover((300, 200), square, focus, Some(keep));
        assert_eq!(kept([700, 100, 950, 900], (500, 500)).0.x, 85);
        assert_eq!(kept([0, 0, 100, 1000], (1000, 500)).0.x, 0);
        assert_eq!(kept([400, 0, 600, 1000], (500, 500)).0.x, 50);
        let (crop, short) = kept([100, 0, 900, 1000], (0, 0));
        // 240 of 300 pixels across at full height: 1.2 times as wide as high, to 1.5 for it all.
        assert_eq!((crop.x, short), (50, Some(Shapes { least: 1200, most: 1500 })));
        arbtest::arbtest(|u| {
            let size = (u.int_in_range(100..=9000)?, u.int_in_range(100..=9000)?);
            let side = |n: i64| Len::from_units(n);
            let place =
                (side(u.int_in_range(1000..=300_000_000)?), side(u.int_in_range(1000..=300_000_000)?));
            let (x, y) = (u.int_in_range(0..=900)?, u.int_in_range(0..=900)?);
            let keep = [x, y, u.int_in_range(x + 50..=1000)?, u.int_in_range(y + 50..=1000)?];
            let (part, short) = cover(size, place, (u.int_in_range(0..=1000)?, 500), Some(keep));
            let thousandth = |whole: u32, share: u16| whole * u32::from(share) / 1000;
            if short.is_none() {
                assert!(part.x <= thousandth(size.0, keep[0]));
                assert!(part.x + part.width >= thousandth(size.0, keep[2]));
                assert!(part.y <= thousandth(size.1, keep[1]));
                assert!(part.y + part.height >= thousandth(size.1, keep[3]));
            }
            Ok(())
        });
    }
}
