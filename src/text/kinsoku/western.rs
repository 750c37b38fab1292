//! English text: the line breaks of UAX 14, with numbers kept whole and dashes at line ends.

use unicode_linebreak::linebreaks;

use super::super::class::{Char, Class};
use super::{NEVER, char_at, numbers};
use crate::model::style::Strictness;

/// Whether UAX 14 lets a line end after each character.
pub(super) fn opportunities(text: &str, chars: &[Char]) -> Vec<bool> {
    let mut found = vec![false; chars.len()];
    for (byte, _) in linebreaks(text) {
        let next = char_at(chars, byte);
        if next > 0 {
            found[next - 1] = true;
        }
    }
    found
}

/// Whether a place is between two characters of Western text.
pub(super) fn is_western(a: Class, b: Class) -> bool {
    let western = |class: Class| class.is_western() || matches!(class, Class::Space | Class::Invisible);
    western(a) && western(b)
}

/// The penalty at a place in English text where UAX 14 has an opportunity or none. 5–8 is one
/// number; no line begins with a dash (Chicago Manual of Style, em dashes and line breaks); a soft
/// hyphen breaks only with its hyphen.
pub(super) fn between(chars: &[Char], idx: usize, opportunity: bool, strictness: Strictness) -> u16 {
    let (a, b) = (chars[idx].char, chars[idx + 1].char);
    let range = |sign: usize| {
        let digit = |at: Option<usize>| {
            at.and_then(|at| chars.get(at)).is_some_and(|char| char.char.is_ascii_digit())
        };
        matches!(chars[sign].char, '—' | '–' | '·') && digit(sign.checked_sub(1)) && digit(Some(sign + 1))
    };
    let begins_with_dash = strictness > Strictness::None && matches!(b, '—' | '–' | '―');
    if !opportunity || a == '\u{ad}' || begins_with_dash || range(idx) || range(idx + 1) {
        return NEVER;
    }
    numbers::with_its_unit(&chars[idx], &chars[idx + 1])
}
