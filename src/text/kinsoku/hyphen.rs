//! Hyphenation: where a line may end in a hyphen that is not in the text.

use hypher::{Lang, hyphenate};

use super::super::class::{Char, Class};
use super::{address, char_at, named};
use crate::model::style::Language;

/// What such a break costs: as in The TeXbook, `\hyphenpenalty=50`.
pub const HYPHENATED: u16 = 50;

/// The fewest letters of a word that is parted: as many as leave two and three on each side.
const SHORTEST: usize = 5;

/// The characters after which a line may end with a hyphen set behind them, ascending: soft hyphens
/// (U+00AD, no glyph of their own) in any language, and in English the syllables of words, of which
/// names of the lexicon, web addresses, abbreviations in capitals and words already hyphenated are
/// left whole. Words in Chinese text are never hyphenated (CLREQ 2024-03, 3.2.4 leaves it open,
/// newspapers do not).
///
/// `chars` are those of `text` in `language`; [`super::penalties`] forbids all these places.
pub fn hyphenates(text: &str, chars: &[Char], language: Language, lexicon: &[String]) -> Vec<usize> {
    let mut found: Vec<usize> = (1..chars.len().saturating_sub(1))
        .filter(|idx| {
            chars[*idx].char == SOFT_HYPHEN && is_letter(&chars[idx - 1]) && is_letter(&chars[idx + 1])
        })
        .collect();
    if language == Language::En {
        let mut whole = vec![false; chars.len()];
        for places in named(text, chars, lexicon) {
            whole[places].fill(true);
        }
        for bytes in address::addresses(text) {
            whole[char_at(chars, bytes.start)..char_at(chars, bytes.end)].fill(true);
        }
        for (first, word) in words(text, chars) {
            let mut end = first;
            let ends = hyphenate(word, Lang::English).map(|syllable| {
                end += syllable.chars().count();
                end
            });
            let last = first + word.chars().count();
            found.extend(ends.filter(|end| *end < last && !whole[end - 1]).map(|end| end - 1));
        }
        found.sort_unstable();
    }
    found
}

const SOFT_HYPHEN: char = '\u{ad}';

fn is_letter(char: &Char) -> bool {
    char.class == Class::Latin && char.char.is_alphabetic() && !char.joined
}

/// The words that may be parted: small letters, the first large or small, and neither a digit nor a
/// hyphen at either side.
fn words<'a>(text: &'a str, chars: &'a [Char]) -> impl Iterator<Item = (usize, &'a str)> {
    let mut first = 0;
    std::iter::from_fn(move || {
        while first < chars.len() {
            let len = chars[first..].iter().take_while(|char| is_letter(char)).count();
            let (start, end) = (first, first + len);
            first = end + 1;
            let bound = |at: Option<&Char>| {
                at.is_none_or(|char| {
                    !char.joined && !char.char.is_ascii_digit() && !"-‐_@.\u{ad}".contains(char.char)
                })
            };
            let outside = bound(start.checked_sub(1).and_then(|at| chars.get(at)))
                && (bound(chars.get(end)) || ends_sentence(chars, end));
            let small = chars[start..end].iter().skip(1).all(|char| char.char.is_lowercase());
            if len >= SHORTEST && small && outside {
                let byte = |at: usize| chars.get(at).map_or(text.len(), |char| char.byte as usize);
                return Some((start, &text[byte(start)..byte(end)]));
            }
        }
        None
    })
}

/// Whether the character at `at` is a full stop with no letter after it.
fn ends_sentence(chars: &[Char], at: usize) -> bool {
    chars[at].char == '.' && chars.get(at + 1).is_none_or(|next| !is_letter(next))
}
