//! Records for single texts.

mod trimmed;

use std::path::Path;

use super::advances::advances;
use super::breaks::breaks;
use super::setup::{Setup, setup};
use crate::files::Disk;
use crate::model::style::{Language, Strictness};
use crate::text::shape::Shapers;
use crate::unit::Len;

fn house(punctuation: &str) -> Setup {
    house_of("duikai-6x17", punctuation)
}

fn house_of(layout: &str, punctuation: &str) -> Setup {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = Disk::new(root, root).expect("the house is there");
    setup(&files, layout, punctuation).value.0.expect("the layout reads")
}

#[test]
fn marks_in_a_row_stand_as_the_rules_have_them() {
    let house = house("quanjiao");
    let shapers = Shapers::new(&house.faces);
    for face in ["song", "hei", "kai"] {
        let face = house.face(face).expect("a face");
        for (text, total, chars) in [
            ("字，字", 3000, vec![1000, 1000, 1000]),
            ("》、《", 2000, vec![500, 1000, 500]),
            ("。”", 1500, vec![500, 1000]),
            ("：“", 1500, vec![1000, 500]),
            ("》）。", 2000, vec![500, 500, 1000]),
            ("（“字”）", 4000, vec![1000, 500, 1000, 500, 1000]),
            ("字（字）字", 5000, vec![1000; 5]),
            ("——", 2000, vec![1000, 1000]),
            ("……", 2000, vec![1000, 1000]),
            ("字·字", 2500, vec![1000, 500, 1000]),
        ] {
            let para = house.para(&shapers, text, face, Len::ZERO, &[]).expect("the face has it");
            let found = advances(&para, false);
            assert_eq!((found.total, &found.chars), (total, &chars), "{text}");
        }
        let para = house.para(&shapers, "（字）", face, Len::ZERO, &[]).expect("the face has it");
        assert_eq!(advances(&para, true).chars, [500, 1000, 500]);
    }
}

#[test]
fn each_punctuation_style_has_its_widths() {
    for (style, inside, edges) in [
        ("banjiao", vec![500, 1000, 500, 1000, 500, 500], vec![500, 1000, 500, 1000, 500, 500]),
        ("hangmobanjiao", vec![1000; 6], vec![1000, 1000, 1000, 1000, 1000, 500]),
        ("kaiming", vec![500, 1000, 500, 1000, 500, 500], vec![500, 1000, 500, 1000, 500, 500]),
        ("quanjiao", vec![1000, 1000, 1000, 1000, 500, 1000], vec![500, 1000, 1000, 1000, 500, 500]),
    ] {
        let house = house(style);
        let shapers = Shapers::new(&house.faces);
        let face = house.face("song").expect("a face");
        let para = house.para(&shapers, "“字，字。”", face, Len::ZERO, &[]).expect("the face has it");
        assert_eq!(advances(&para, false).chars, inside, "{style}");
        assert_eq!(advances(&para, true).chars, edges, "{style}");
    }
}

#[test]
fn breaks_are_counted_in_characters() {
    let found = breaks("他说：“好”，100万元", Language::ZhHans, Strictness::Gb, &[]);
    assert_eq!(found.allowed, [1, 3, 7, 10, 11]);
    assert_eq!(found.discouraged, [10]);
}
