//! Conversions against another engine's, and what a press asks of them.

use super::*;

fn press() -> Press {
    Press::new(&super::super::tests::newsprint()).expect("its profiles are good")
}

fn wide(samples: &[u8]) -> Vec<u16> {
    samples.iter().map(|v| u16::from(*v) * 257).collect()
}

fn plates(press: &Press, colours: &[[u8; 3]]) -> Vec<[u8; 4]> {
    press.to_plates(&wide(colours.as_flattened()), Kind::Colour, None).as_chunks::<4>().0.to_vec()
}

/// Bytes of ink by Little CMS 2 (Pillow's `ImageCms`, sRGB2014.icc to
/// `ISOnewspaper_v4_26_bas.ICC`, 8 bit): perceptual.
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
    let ours = plates(&press(), &LITTLE_CMS.map(|(rgb, _)| rgb));
    for ((rgb, theirs), ours) in LITTLE_CMS.iter().zip(ours) {
        for (theirs, ours) in theirs.iter().zip(ours) {
            assert!(theirs.abs_diff(ours) <= 1, "{rgb:?}: {theirs} and {ours}");
        }
    }
}

/// What other intents and other profiles are tried on.
const COLOURS: [[u8; 3]; 6] =
    [[0, 0, 0], [255, 255, 255], [128, 128, 128], [200, 150, 120], [17, 43, 91], [240, 230, 210]];

/// The same for other intents, `true` with black point compensation.
const INTENTS: [(Rendering, bool, [[u8; 4]; 6]); 4] = [
    (
        Rendering::Relative,
        false,
        [
            [157, 143, 49, 233],
            [0, 0, 0, 0],
            [59, 35, 33, 151],
            [0, 90, 150, 65],
            [245, 237, 0, 143],
            [0, 7, 34, 20],
        ],
    ),
    (
        Rendering::Relative,
        true,
        [
            [123, 100, 97, 233],
            [0, 0, 0, 0],
            [39, 23, 21, 111],
            [0, 62, 85, 56],
            [192, 137, 5, 140],
            [0, 5, 28, 17],
        ],
    ),
    (
        Rendering::Saturation,
        false,
        [
            [152, 112, 82, 242],
            [0, 0, 0, 0],
            [43, 22, 14, 94],
            [0, 77, 124, 19],
            [255, 245, 0, 11],
            [2, 4, 37, 6],
        ],
    ),
    (
        Rendering::Absolute,
        false,
        [
            [157, 143, 49, 233],
            [18, 0, 0, 0],
            [56, 28, 13, 96],
            [0, 73, 102, 21],
            [251, 236, 0, 89],
            [0, 0, 17, 0],
        ],
    ),
];

#[test]
fn every_intent_agrees_with_another_engine() {
    for (rendering, black_point, theirs) in INTENTS {
        let mut condition = super::super::tests::newsprint();
        condition.conversion.rendering = rendering;
        condition.conversion.black_point = black_point;
        let press = Press::new(&condition).expect("its profiles are good");
        // It goes through the tables by tetrahedra, and finds the press's black by fitting a curve.
        for ((rgb, theirs), ours) in COLOURS.iter().zip(theirs).zip(plates(&press, &COLOURS)) {
            let near = theirs.iter().zip(ours).all(|(theirs, ours)| theirs.abs_diff(ours) <= 6);
            assert!(near, "{rendering:?} {black_point} {rgb:?}: {theirs:?} and {ours:?}");
        }
    }
}

#[test]
fn no_colour_has_more_ink_than_the_press_takes() {
    let steps = || (0..=255).step_by(15);
    let cube: Vec<[u8; 3]> = steps()
        .flat_map(|r: u8| steps().flat_map(move |g: u8| steps().map(move |b: u8| [r, g, b])))
        .collect();
    let mut ink = plates(&press(), &cube).into_flattened();
    let (before, after) = limit(&mut ink, 2400);
    assert!((2200..=2360).contains(&before), "{before}");
    assert_eq!(before, after);
    let (_, after) = limit(&mut ink, 2000);
    assert!(after <= 2000 && peak(&ink, 4) == after, "{after}");
}

#[test]
fn ink_of_one_condition_becomes_ink_of_another() {
    let press = press();
    let own = Profile::read(&press.condition.profile, Kind::Ink).expect("it is CMYK");
    let samples = [0, 0, 0, 0, 20_000, 40_000, 10_000, 5_000, 0, 0, 0, 65_535];
    let ink = press.to_plates(&samples, Kind::Ink, Some(&own));
    assert_eq!((ink.len(), ink[..4].iter().all(|paper| *paper < 4)), (12, true), "{ink:?}");
    let gray = press.to_black(&samples, Kind::Ink, Some(&own));
    assert!(gray[0] < 4 && gray[0] < gray[1] && gray[1] < gray[2] && gray[2] > 225, "{gray:?}");
}

#[test]
fn less_ink_is_taken_from_the_colours() {
    let mut ink = [200, 100, 100, 240, 10, 20, 30, 40];
    assert_eq!(limit(&mut ink, 2000), (2510, 1997));
    assert_eq!(ink, [135, 67, 67, 240, 10, 20, 30, 40]);
}

#[test]
fn faint_tints_are_left_white_and_no_step_shows() {
    let mut ramp: Vec<u8> = (0..=255).collect();
    clear_highlights(&mut ramp, 3);
    assert!(ramp[..8].iter().all(|amount| *amount == 0));
    assert!(ramp.is_sorted() && ramp.windows(2).all(|pair| pair[1] - pair[0] <= 2));
    assert!((14..=255).all(|amount| usize::from(ramp[amount]) == amount));
    let mut all: Vec<u8> = (0..=255).collect();
    clear_highlights(&mut all, 0);
    assert!(all.iter().enumerate().all(|(level, amount)| level == usize::from(*amount)));
}

#[test]
fn grays_fill_the_black_plate_from_paper_to_solid() {
    // Little CMS with black point compensation, as 255 less its gray.
    let theirs =
        [(0, 255), (16, 250), (32, 242), (64, 211), (96, 173), (128, 135), (160, 99), (192, 64), (255, 0)];
    let ours = press().to_black(&wide(&theirs.map(|(level, _)| level)), Kind::Gray, None);
    for ((level, theirs), ours) in theirs.iter().zip(ours) {
        assert!(i32::from(ours).abs_diff(*theirs) <= 1, "{level}: {theirs} and {ours}");
    }
}

/// The same by tables of version 4, which [`super::super::tests::made::fourth`] makes of the profile
/// for CGATS TR 002: perceptual and saturated tables begin at the black of the reference medium.
const FOURTH: [(Rendering, [[u8; 4]; 6]); 4] = [
    (
        Rendering::Perceptual,
        [
            [147, 101, 81, 232],
            [0, 0, 0, 0],
            [44, 19, 0, 113],
            [0, 71, 120, 73],
            [199, 107, 0, 87],
            [2, 11, 57, 11],
        ],
    ),
    (
        Rendering::Relative,
        [
            [178, 152, 35, 241],
            [0, 0, 0, 0],
            [36, 8, 3, 193],
            [0, 93, 172, 69],
            [240, 142, 0, 222],
            [1, 7, 36, 18],
        ],
    ),
    (
        Rendering::Saturation,
        [
            [153, 107, 84, 231],
            [0, 0, 0, 0],
            [43, 17, 0, 115],
            [0, 83, 142, 59],
            [234, 161, 0, 55],
            [2, 11, 58, 10],
        ],
    ),
    (
        Rendering::Absolute,
        [
            [178, 152, 35, 241],
            [3, 0, 0, 0],
            [31, 14, 0, 102],
            [0, 69, 111, 5],
            [248, 148, 0, 180],
            [0, 2, 17, 0],
        ],
    ),
];

#[test]
fn a_profile_of_version_four_agrees_with_another_engine() {
    let second = include_bytes!("../../../profiles/snap-tr002-tac240.icc");
    let profile = super::super::tests::made::fourth(second);
    for (rendering, theirs) in FOURTH {
        let mut condition = super::super::tests::newsprint();
        condition.profile = profile.clone().into();
        condition.conversion.rendering = rendering;
        let press = Press::new(&condition).expect("its profiles are good");
        for ((rgb, theirs), ours) in COLOURS.iter().zip(theirs).zip(plates(&press, &COLOURS)) {
            let near = theirs.iter().zip(ours).all(|(theirs, ours)| theirs.abs_diff(ours) <= 6);
            assert!(near, "{rendering:?} {rgb:?}: {theirs:?} and {ours:?}");
        }
    }
}
