//! Stages of a line: classes, widths, breaking, justifying; small cases drawn as text.

mod breaking;
mod exact;
mod figures;
mod justifying;
mod widths;

use super::class::{Class, classify};

/// The text with a letter for the class of each character.
#[track_caller]
fn check(text: &str, expected: &str) {
    let letter = |class: Class| match class {
        Class::Han => '字',
        Class::Open => '(',
        Class::Close => ')',
        Class::Comma => ',',
        Class::Colon => ':',
        Class::Stop => '.',
        Class::Mid => 'm',
        Class::Solidus => '/',
        Class::Dash => '=',
        Class::Ellipsis => 'e',
        Class::Connector => '-',
        Class::Number => '9',
        Class::Latin => 'a',
        Class::Prefix => '$',
        Class::Suffix => '%',
        Class::LatinOpen => '[',
        Class::LatinClose => ']',
        Class::Space => '_',
    };
    let drawn: String = classify(text).iter().map(|char| letter(char.class)).collect();
    assert_eq!(drawn, expected, "{text}");
}

#[test]
fn quotation_marks_are_chinese_unless_latin_stands_on_both_sides() {
    check("用“Wi-Fi”网", "字(aaaaa)字");
    check("it’s", "aaaa");
    check("“A”", "(a)");
    check("说：‘好’", "字:(字)");
}

#[test]
fn one_dash_connects_and_two_are_a_dash() {
    check("甲—乙", "字-字");
    check("甲——乙", "字==字");
    check("甲⸺乙", "字=字");
    check("甲～乙–丙-丁", "字-字-字-字");
    check("……", "ee");
}

#[test]
fn signs_belong_to_their_numbers() {
    check("-5℃", "$9%");
    check("1,000.5%", "9999999%");
    check("3-5", "999");
    check("1/3和/或", "999字/字");
    check("￥50", "$99");
    check("COVID-19", "aaaaaa99");
    check("9·18", "9m99");
}
