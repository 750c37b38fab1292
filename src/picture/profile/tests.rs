//! Profiles of version 4 against their twins of version 2, and against another engine.

use super::*;
use crate::picture::tests::made::{Parts, curv, element as made, fourth, para, plane, profile};

const SECOND: &[u8] = include_bytes!("../../../profiles/snap-tr002-tac240.icc");

const INTENTS: [Rendering; 4] =
    [Rendering::Perceptual, Rendering::Relative, Rendering::Saturation, Rendering::Absolute];

fn ink(bytes: &[u8]) -> Profile {
    Profile::read(bytes, Kind::Ink).expect("it is a CMYK profile")
}

fn near<const N: usize>(one: [f64; N], other: [f64; N], tolerance: f64) -> bool {
    one.iter().zip(other).all(|(one, other)| (one - other).abs() <= tolerance)
}

#[test]
fn the_same_tables_in_either_version_are_the_same_ink() {
    let (second, fourth) = (ink(SECOND), ink(&fourth(SECOND)));
    let colours =
        [[100.0, 0.0, 0.0], [52.0, 0.0, 0.0], [18.0, 3.0, -4.0], [45.0, 61.0, 32.0], [80.0, -9.0, 70.0]];
    for intent in INTENTS {
        for lab in colours {
            let device = |profile: &Profile| profile.device(colour::xyz(lab), intent).expect("it prints");
            let (here, there) = (device(&second), device(&fourth));
            assert!(near(here, there, 1e-4), "{intent:?} {lab:?}: {here:?} {there:?}");
            let back = |profile: &Profile| colour::lab(profile.colour(here, intent));
            let (here, there) = (back(&second), back(&fourth));
            assert!(near(here, there, 0.01), "{intent:?} {lab:?}: {here:?} {there:?}");
        }
    }
}

/// A profile whose elements are of every kind, its curves of every formula and one without entries
/// before others, its sides of their own lengths, and no two values alike: whatever is taken for
/// something else, or out of turn, shows.
fn mixed() -> Vec<u8> {
    let to_colour = Parts {
        a: vec![curv(&[]), curv(&[0, 20_000, 65_535]), para(0, &[1.8]), curv(&[0x0240])],
        sides: &[2, 3, 4, 2],
        nodes: &plane(
            &[2, 3, 4, 2],
            &[&[0.9, -0.3, -0.2, -0.1, -0.25], &[0.4, 0.3, -0.15, 0.2, -0.2], &[0.5, -0.2, 0.3, -0.3, 0.1]],
        ),
        m: vec![para(1, &[1.4, 0.9, 0.1]), para(3, &[2.4, 0.948, 0.052, 0.077, 0.04]), curv(&[])],
        matrix: &[0.7, 0.1, 0.1, 0.05, 0.8, 0.1, 0.15, 0.0, 0.75, 0.02, 0.03, 0.06],
        b: vec![curv(&[]), para(2, &[1.2, 0.8, 0.1, 0.1]), para(4, &[1.5, 0.9, 0.05, 0.6, 0.2, 0.04, 0.02])],
    };
    let from_colour = Parts {
        a: vec![para(0, &[0.8]), curv(&[]), curv(&[0, 50_000, 60_000, 65_535]), para(0, &[1.3])],
        sides: &[3, 2, 4],
        nodes: &plane(
            &[3, 2, 4],
            &[
                &[0.7, -0.5, 0.2, 0.1],
                &[0.3, 0.1, 0.4, -0.3],
                &[0.6, -0.2, -0.3, 0.3],
                &[0.9, -0.6, -0.1, -0.2],
            ],
        ),
        m: vec![curv(&[0x0180]), curv(&[]), para(2, &[1.3, 0.9, 0.05, 0.05])],
        matrix: &[0.8, 0.1, 0.05, 0.1, 0.7, 0.1, 0.0, 0.2, 0.75, 0.03, 0.02, 0.01],
        b: vec![curv(&[]), para(0, &[1.1]), curv(&[0, 30_000, 65_535])],
    };
    let (to, from) = (made(*b"mAB ", (4, 3), &to_colour), made(*b"mBA ", (3, 4), &from_colour));
    profile(&[(*b"A2B0", to.clone()), (*b"B2A0", from.clone()), (*b"A2B1", to), (*b"B2A1", from)])
}

/// L*a*b* and the percentages of ink that Little CMS 2.14 makes of it by [`mixed`]
/// (`transicc -i "*Lab4" -o mixed.icc -t1 -n`).
const TO_INK: [([f64; 3], [f64; 4]); 5] = [
    ([50.0, 20.0, -30.0], [71.2649, 42.6795, 83.3097, 47.8648]),
    ([90.0, 0.0, 0.0], [54.3264, 44.5426, 80.6622, 23.1612]),
    ([20.0, -40.0, 35.0], [79.3496, 29.4789, 89.6193, 62.4113]),
    ([65.0, 10.0, 60.0], [67.2302, 37.5250, 85.0797, 32.7286]),
    ([35.0, -5.0, -20.0], [75.4005, 37.9370, 85.6870, 57.2127]),
];

/// The same from ink to L*a*b* (`transicc -i mixed.icc -o "*Lab4" -t1 -n`).
const TO_COLOUR: [([f64; 4], [f64; 3]); 5] = [
    ([0.0, 0.0, 0.0, 0.0], [69.6712, -46.1814, -10.9969]),
    ([100.0, 100.0, 100.0, 100.0], [13.3216, -35.7838, -57.3501]),
    ([20.0, 70.0, 40.0, 10.0], [54.4475, -45.8187, -4.7723]),
    ([80.0, 15.0, 55.0, 60.0], [40.8303, -19.0935, -61.1828]),
    ([5.0, 35.0, 90.0, 30.0], [56.0326, -33.7702, -51.2529]),
];

#[test]
fn elements_come_in_the_order_of_another_engine() {
    let mixed = ink(&mixed());
    for (lab, theirs) in TO_INK {
        let ours = mixed.device(colour::xyz(lab), Rendering::Relative).expect("it prints");
        assert!(near(ours.map(|share| share * 100.0), theirs, 0.01), "{lab:?}: {ours:?} {theirs:?}");
    }
    for (percent, theirs) in TO_COLOUR {
        let ours = colour::lab(mixed.colour(percent.map(|percent| percent / 100.0), Rendering::Relative));
        assert!(near(ours, theirs, 0.01), "{percent:?}: {ours:?} {theirs:?}");
    }
}

#[test]
fn elements_that_are_cut_are_no_tables() {
    let whole = mixed();
    let start = element(&whole, b"B2A0").expect("it has it");
    let read = |bytes: &[u8]| elements::read(bytes, (3, 4));
    assert_eq!(read(start).map(|stages| stages.len()), Some(5));
    for length in (0..start.len()).step_by(7) {
        assert!(read(&start[..length]).is_none(), "{length} bytes of {}", start.len());
    }
    assert!(elements::read(start, (4, 3)).is_none(), "the other way round");
    // Without a grid three values cannot become four.
    let curves = Parts { b: vec![curv(&[]); 3], ..Parts::default() };
    assert!(read(&made(*b"mBA ", (3, 4), &curves)).is_none());
    assert!(elements::read(&made(*b"mAB ", (3, 3), &curves), (3, 3)).is_some());
}

#[test]
fn perceptual_tables_of_version_four_have_the_reference_mediums_black() {
    let (second, fourth) = (ink(SECOND), ink(&fourth(SECOND)));
    for intent in INTENTS {
        let re_rendered = matches!(intent, Rendering::Perceptual | Rendering::Saturation);
        assert_eq!(fourth.has_reference_black(intent), re_rendered, "{intent:?}");
        assert!(!second.has_reference_black(intent) && !Profile::srgb().has_reference_black(intent));
    }
    assert!((colour::lab(fourth.black(Rendering::Perceptual))[0] - 3.137).abs() < 0.001);
}

#[test]
fn damaged_elements_never_panic_and_give_ink_or_nothing() {
    let good = mixed();
    arbtest::arbtest(|u| {
        let mut bytes = good.clone();
        for _ in 0..u.int_in_range(1..=6)? {
            let at = u.choose_index(bytes.len())?;
            bytes[at] = u.arbitrary()?;
        }
        bytes.truncate(u.int_in_range(132..=bytes.len())?.max(bytes.len() / 2));
        let Some(profile) = Profile::read(&bytes, Kind::Ink) else { return Ok(()) };
        let ink = profile
            .device(colour::xyz([f64::from(u.int_in_range(0..=100_u8)?), 20.0, -30.0]), Rendering::Relative);
        assert!(ink.is_none_or(|ink| ink.iter().all(|share| (0.0..=1.0).contains(share))), "{ink:?}");
        assert!(
            profile.colour([0.2, 0.4, 0.6, 0.8], Rendering::Relative).iter().all(|part| part.is_finite())
        );
        Ok(())
    })
    .budget_ms(1_000);
}
