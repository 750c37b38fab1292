//! The fit rule (挤进, 推出, 拉伸): how lines end, drawn one under another with their ending.

use expect_test::{Expect, expect};

use super::super::fixture::{Fixture, ems, kaiming, quanjiao};
use super::super::linebreak::next_line;

/// Breaks at a measure in thousandths of an em.
#[track_caller]
fn check(fixture: &Fixture, text: &str, measure: i32, expected: Expect) {
    let para = fixture.para(text);
    let (mut item, mut drawn) = (0, String::new());
    while item < para.items.len() {
        let cut = next_line(&para, item, ems(measure));
        item = cut.items.end;
        drawn += &format!("{} {:?}\n", para.text_of(cut.items), cut.ending);
    }
    expected.assert_eq(&drawn);
}

#[test]
fn a_mark_is_squeezed_in_before_anything_is_carried_over() {
    check(
        quanjiao(),
        "甲乙，丙丁戊。己庚辛",
        6000,
        expect![[r#"
        甲乙，丙丁戊。 PushedIn
        己庚辛 Last
    "#]],
    );
}

#[test]
fn what_cannot_be_squeezed_is_carried_over_with_its_mark() {
    check(
        quanjiao(),
        "甲乙丙丁戊己，庚",
        6000,
        expect![[r#"
        甲乙丙丁戊 PushedOut
        己，庚 Last
    "#]],
    );
    check(
        quanjiao(),
        "甲乙丙丁戊“己庚",
        6000,
        expect![[r#"
        甲乙丙丁戊 PushedOut
        “己庚 Last
    "#]],
    );
}

#[test]
fn words_go_over_whole_and_the_line_is_stretched() {
    check(
        quanjiao(),
        "甲乙丙丁Budgie戊己",
        6000,
        expect![[r#"
        甲乙丙丁 PushedOut
        Budgie戊己 Last
    "#]],
    );
}

#[test]
fn a_stop_is_whole_at_a_line_end_in_kaiming() {
    check(
        kaiming(),
        "甲乙丙丁。己庚",
        5000,
        expect![[r#"
        甲乙丙丁。 Full
        己庚 Last
    "#]],
    );
    check(
        kaiming(),
        "甲乙丙丁。己庚",
        6000,
        expect![[r#"
        甲乙丙丁。己 Full
        庚 Last
    "#]],
    );
    check(
        kaiming(),
        "甲。乙丙丁戊。己庚",
        6500,
        expect![[r#"
        甲。乙丙丁戊。 PushedIn
        己庚 Last
    "#]],
    );
}

#[test]
fn a_measure_narrower_than_an_item_still_takes_one() {
    check(
        quanjiao(),
        "甲——乙",
        500,
        expect![[r#"
        甲 Forced
        —— Forced
        乙 Last
    "#]],
    );
    check(
        quanjiao(),
        "“甲”。",
        1000,
        expect![[r#"
        “ Forced
        甲 Forced
        ”。 Last
    "#]],
    );
}

#[test]
fn a_word_longer_than_the_line_is_forced() {
    check(
        kaiming(),
        "abcdefghij",
        2000,
        expect![[r#"
        abcd Forced
        efgh Forced
        ij Last
    "#]],
    );
}
