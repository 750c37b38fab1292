//! What may not start or end a line, by strictness and language (避头尾、行頭行末禁則).

use unicode_linebreak::{BreakClass, break_property};

use super::super::class::{Char, Class};
use crate::model::style::{Language, Strictness};

/// Whether a character starts no line. Chinese by the four steps of CLREQ 2024-03, 3.1.4, which hold
/// for simplified and traditional characters alike; Japanese by JLREQ 2020, Appendix C: `basic` is
/// its "very loose" of newspapers, `gb` what its "loose" and CSS Text 3 `normal` both allow, `strict`
/// its "very strict".
pub(super) fn starts_no_line(char: &Char, strictness: Strictness, language: Language) -> bool {
    use Class::{Close, Colon, Comma, Connector, Dash, Ellipsis, Han, Mid, Solidus, Stop, Suffix, Tsheg};
    let japanese = language == Language::Ja;
    let from = match char.class {
        // cl-03: JLREQ "very loose" and "loose", CSS `normal`.
        Connector if japanese => Strictness::Strict,
        // cl-04 and cl-05: JLREQ "very loose", CSS `loose`.
        Mid | Colon if japanese => Strictness::Gb,
        Stop | Comma if japanese && is_dividing(char.char) => Strictness::Gb,
        Close | Comma | Colon | Stop | Mid | Connector | Solidus | Tsheg => Strictness::Basic,
        // UAX 14 LB23a; free in JLREQ "very loose" (cl-13) and CSS `loose`.
        Suffix => Strictness::Gb,
        Dash | Ellipsis => Strictness::Strict,
        Han => match kana(char.char) {
            Some(from) => from,
            None => return false,
        },
        _ => return false,
    };
    strictness >= from
}

/// Whether a character that stands before another ends no line.
pub(super) fn ends_no_line(char: &Char, next: &Char, strictness: Strictness) -> bool {
    match char.class {
        Class::Open => strictness >= Strictness::Basic,
        Class::Solidus => strictness >= Strictness::Gb,
        // UAX 14 LB23a: ¥百万; free in JLREQ "very loose" (cl-12) and CSS `loose`.
        Class::Prefix => strictness >= Strictness::Gb && next.class == Class::Han,
        _ => false,
    }
}

/// Dashes and ellipses: allowed to start a line until `strict`, and better not.
pub(super) fn rather_starts_no_line(char: &Char) -> bool {
    matches!(char.class, Class::Dash | Class::Ellipsis)
}

/// From which strictness iteration marks (々 ゝ ヽ), small kana and ー start no line: JLREQ cl-09 to
/// cl-11, which UAX 14 has as NS and CJ; the steps of CSS Text 3 `line-break`, in every language.
fn kana(char: char) -> Option<Strictness> {
    match char {
        '\u{4e00}'..='\u{9fff}' => None,
        _ => match break_property(u32::from(char)) {
            BreakClass::NonStarter => Some(Strictness::Gb),
            BreakClass::ConditionalJapaneseStarter => Some(Strictness::Strict),
            _ => None,
        },
    }
}

/// Dividing marks and the semicolon: JLREQ cl-04 and cl-05 have them apart from 。 and 、.
fn is_dividing(char: char) -> bool {
    matches!(char, '？' | '！' | '‼' | '⁇' | '⁈' | '⁉' | '；' | '﹖' | '﹗' | '﹔')
}
