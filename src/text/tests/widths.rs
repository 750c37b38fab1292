//! Space between characters, in thousandths of an em (CLREQ 3.1.6.2; GB/T 15834-2011 5.1).

use super::super::fixture::{Fixture, SIZE, kaiming, quanjiao};
use super::super::para::PreparedPara;
use crate::model::story::Role;
use crate::unit::Len;

/// Width of `text` inside a line: between two Han, which are not counted.
fn inside(fixture: &Fixture, face: &str, text: &str) -> i64 {
    let para = fixture.para_of(Role::Body, face, &format!("国{text}国"));
    thousandths(para.natural(0..para.items.len()) - SIZE.times(2))
}

fn thousandths(length: Len) -> i64 {
    i64::from(length.permille_of(SIZE))
}

fn whole(para: &PreparedPara) -> i64 {
    thousandths(para.natural(0..para.items.len()))
}

#[track_caller]
fn check(fixture: &Fixture, face: &str, cases: &[(&str, i64)]) {
    for (text, expected) in cases {
        assert_eq!(inside(fixture, face, text), *expected, "{text}");
    }
}

#[test]
fn full_width_marks_give_up_a_half_to_their_neighbours() {
    let cases = [
        ("，", 1000),
        ("。", 1000),
        ("“", 1000),
        ("。”", 1500),
        ("：“", 1500),
        ("）（", 1500),
        ("》、《", 2000),
        ("》）。", 2000),
        ("“《", 1500),
        ("》”", 1500),
        ("，“", 1500),
        ("！”", 1500),
        ("。”）", 2000),
        ("）、（", 2000),
        ("”“", 1500),
        ("’”", 1500),
        ("：《", 1500),
        ("”·“", 1500),
        ("”：", 1500),
    ];
    check(quanjiao(), "song", &cases);
}

#[test]
fn doubled_queries_take_one_em_and_three_take_two() {
    for fixture in [quanjiao(), kaiming()] {
        check(fixture, "song", &[("？", 1000), ("？！", 1000), ("！！", 1000), ("？？？", 2000)]);
    }
}

#[test]
fn units_have_their_own_widths() {
    let cases = [("——", 2000), ("……", 2000), ("·", 500), ("国", 1000)];
    check(quanjiao(), "song", &cases);
    check(quanjiao(), "kai", &cases);
    check(kaiming(), "song", &cases);
    assert_eq!(quanjiao().para("——").items.len(), 1, "two dashes are one rule");
}

#[test]
fn the_kai_face_has_full_width_quotation_marks() {
    check(quanjiao(), "kai", &[("“", 1000), ("”", 1000), ("：“", 1500), ("。”", 1500)]);
    check(kaiming(), "kai", &[("“", 500), ("”", 500), ("‘", 500), ("’", 500)]);
}

#[test]
fn kaiming_marks_are_half_but_stops() {
    let cases =
        [("，", 500), ("：", 500), ("“", 500), ("）", 500), ("。", 1000), ("。”", 1000), ("：“", 1000)];
    check(kaiming(), "song", &cases);
    check(kaiming(), "song", &[("2022", 2000), ("N95", 1500)]);
}

#[test]
fn edges_of_a_line_keep_what_the_style_says() {
    assert_eq!(whole(&quanjiao().para("国。")), 1500);
    assert_eq!(whole(&quanjiao().para("国”")), 1500);
    assert_eq!(whole(&quanjiao().para("“国")), 1500);
    assert_eq!(whole(&kaiming().para("国。")), 2000);
    assert_eq!(whole(&kaiming().para("国，")), 1500);
    let para = quanjiao().para("国“国");
    assert_eq!(thousandths(para.natural(1..3)), 1500, "an opening mark that starts a line");
}

#[test]
fn han_and_western_stand_a_quarter_apart() {
    let digit = i64::from(quanjiao().para("5").items[0].advance.permille_of(SIZE));
    check(quanjiao(), "song", &[("5", digit + 500), ("，5", digit + 1250), ("（5", digit + 1250)]);
    check(quanjiao(), "song", &[(" 5 ", digit + 500)]);
    assert_eq!(whole(&quanjiao().para("5")), digit);
    check(kaiming(), "song", &[("5", 500)]);
}

#[test]
fn a_word_space_never_shrinks_below_a_quarter() {
    let para = quanjiao().para("ab cd");
    let gap = para.gaps[2];
    assert_eq!((thousandths(gap.width), thousandths(gap.give[0])), (333, 83));
}
