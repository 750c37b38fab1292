//! Stages of a line: classes, widths, breaking, justifying; small cases drawn as text.

mod breaking;
mod exact;
mod figures;
mod inline;
mod justifying;
mod vertical;
mod widths;

use super::class::{Class, classify};
use crate::model::style::Language;

/// The text with a letter for the class of each character.
#[track_caller]
fn check(text: &str, expected: &str) {
    check_in(Language::ZhHans, text, expected);
}

#[track_caller]
fn check_in(language: Language, text: &str, expected: &str) {
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
        Class::Wide => 'w',
        Class::Invisible => '0',
        Class::Tibetan => 'b',
        Class::Tsheg => ';',
    };
    let drawn: String = classify(text, language).iter().map(|char| letter(char.class)).collect();
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

#[test]
fn a_quotation_in_a_western_sentence_is_western() {
    check("He said, “yes,” to us", "aa_aaaa]_aaaa]a_aa_aa");
    check("他说 “Yes” 好", "字字_(aaa)_字");
    check("Xi’an", "aaaaa");
}

#[test]
fn in_english_the_shared_marks_are_western() {
    check_in(Language::En, "“A” — b…", "aaa_a_aa");
    check_in(Language::En, "and/or 5–8", "aaaaaa_9a9");
    check_in(Language::En, "西藏（X）", "字字(a)");
}

#[test]
fn symbols_stand_as_han_and_full_width_letters_as_words_of_their_own() {
    check("★●→×①＝＋", "字字字字字字字");
    check("１２ＡⅣ", "wwww");
    check("7×24 1∶100", "9999_99999");
    check("あ한豈𠀀㈠〇㎡😀", "字字字字字字字字");
    check("m²", "aa");
}

#[test]
fn a_combining_mark_is_of_the_class_it_stands_on() {
    check("e\u{301}字\u{fe00}\u{301}", "aa字字字");
    check(" \u{301}", "_a");
}

#[test]
fn characters_without_ink_are_told_apart() {
    check("a\u{200b}\u{2060}\u{ad}b", "a000a");
    check("5\u{a0}kg\u{3000}", "9_aa_");
}

#[test]
fn tibetan_has_letters_and_what_closes_them() {
    check("བོད་ཡིག།", "bbb;bbb;");
    check("༼ཀ༽༡", "[b]b");
}
