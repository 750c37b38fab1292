//! Break permission (禁则): classes of a text into a penalty at each place between two characters.
//!
//! The only place that says where a line may end. What each language forbids at a line's edges is in
//! `edges`; what is one unit whatever the strictness is here and in `numbers`.

mod address;
mod edges;
mod hyphen;
mod numbers;
mod western;

pub use hyphen::{HYPHENATED, hyphenates};

use super::class::{Char, Class};
use crate::model::style::{Language, Strictness};
use edges::{ends_no_line, rather_starts_no_line, starts_no_line};

/// A break that is never taken.
pub const NEVER: u16 = u16::MAX;
/// A break between marks that is taken only where a line has no other (CLREQ 2024-03, 3.1.4).
pub const RESCUE: u16 = 5000;

/// Before a dash or an ellipsis: GB/T 15834-2011 5.1.4 allows it, good lines avoid it.
const BEFORE_DASH: u16 = 40;
/// Inside a name or term of the story's lexicon.
const INSIDE_NAME: u16 = 120;

/// Penalties at the place after each character: 0 free, [`NEVER`] forbidden, else discouraged.
/// Its last entry is the paragraph's end, always free.
///
/// `chars` are those of `text` in `language`. A break that needs a hyphen is none of these: see
/// [`hyphenates`].
pub fn penalties(
    text: &str,
    chars: &[Char],
    strictness: Strictness,
    language: Language,
    lexicon: &[String],
) -> Vec<u16> {
    let western = (language == Language::En).then(|| western::opportunities(text, chars));
    let mut penalties: Vec<u16> = Vec::with_capacity(chars.len());
    let mut alike = 0;
    for idx in 0..chars.len() {
        alike = if idx > 0 && chars[idx - 1].char == chars[idx].char { alike + 1 } else { 1 };
        penalties.push(match (chars.get(idx + 1), &western) {
            (None, _) => 0,
            (Some(next), _) if next.joined => NEVER,
            (Some(next), Some(western)) if western::is_western(chars[idx].class, next.class) => {
                western::between(chars, idx, western[idx], strictness)
            }
            (Some(_), _) => between(chars, idx, alike, strictness, language),
        });
    }
    address::discourage(text, chars, &mut penalties);
    for places in named(text, chars, lexicon) {
        for penalty in &mut penalties[places] {
            *penalty = (*penalty).max(INSIDE_NAME);
        }
    }
    penalties
}

/// The penalty between character `idx` and the next, in a run of `alike` of the same so far.
fn between(chars: &[Char], idx: usize, alike: usize, strictness: Strictness, language: Language) -> u16 {
    if let Some(penalty) = inside_unit(chars, idx, alike, strictness) {
        return penalty;
    }
    if strictness == Strictness::None {
        return 0;
    }
    let (a, b) = (chars[idx], chars[idx + 1]);
    // 。”）: the third of three may part from them where a line has no other break (CLREQ 3.1.4).
    let closes = |char: &Char| char.class.closes() && starts_no_line(char, strictness, language);
    if closes(&b) && a.class.closes() && idx > 0 && chars[idx - 1].class.closes() {
        return RESCUE;
    }
    if starts_no_line(&b, strictness, language) || ends_no_line(&a, &b, strictness) {
        return NEVER;
    }
    if rather_starts_no_line(&b) {
        return BEFORE_DASH;
    }
    numbers::with_its_unit(&a, &b)
}

/// What is one thing at every strictness: a word, a number, a syllable, a dash or an ellipsis.
/// Nothing if the characters on both sides of the place are two things.
fn inside_unit(chars: &[Char], idx: usize, alike: usize, strictness: Strictness) -> Option<u16> {
    use Class::{
        Dash, Ellipsis, Han, Invisible, Latin, LatinClose, LatinOpen, Number, Prefix, Space, Stop, Suffix,
        Tibetan, Tsheg, Wide,
    };
    let (a, b) = (chars[idx], chars[idx + 1]);
    let inside_word = idx > 0 && chars[idx - 1].class.is_western();
    match (a.class, b.class) {
        _ if is_glue(a.char) || is_glue(b.char) => Some(NEVER),
        // After U+200B as if it were not there, but that it parts what is one unit (UAX 14 LB7, LB8).
        (_, Invisible) => Some(NEVER),
        (Invisible, _) => after_invisible(chars, idx),
        (Number | Latin | Prefix | Suffix | Wide, Number | Latin | Prefix | Suffix | Wide) => Some(NEVER),
        // 歼-20, 长征-5; a minus there loses nothing but one place to break.
        (Han, Prefix) if b.char == '-' => Some(NEVER),
        // "字": a mark that may open or close is glued to both sides (UAX 14 LB19).
        (Han, Latin) if is_ambiguous_quote(b.char) => Some(NEVER),
        (Latin, Han) if is_ambiguous_quote(a.char) => Some(NEVER),
        // U.S., a.m., f(x)y: UAX 14 LB29, LB30.
        (LatinClose, Number | Latin | LatinOpen | Prefix) if inside_word => Some(NEVER),
        (Latin | Number | Suffix, LatinOpen) => Some(NEVER),
        (LatinOpen, _) | (_, LatinClose) => Some(NEVER),
        (Dash, Dash) | (Ellipsis, Ellipsis) => Some(between_rows(a.class, alike, strictness)),
        (Stop, Stop) if is_query(a.char) && is_query(b.char) => Some(NEVER),
        // A Tibetan line begins after a tsheg, a shad or a space only, and with neither of them.
        (Tibetan, Tibetan | Number | Latin | Prefix | Suffix | LatinOpen) => Some(NEVER),
        (Number | Latin | Suffix, Tibetan) | (_, Tsheg) => Some(NEVER),
        (Number, Han) if numbers::is_squared_unit(b.char) => Some(NEVER),
        (_, Space) => Some(NEVER),
        (Space, _) if opens_before(chars, idx) => Some(NEVER),
        _ if numbers::joins(chars, idx) => Some(NEVER),
        _ => None,
    }
}

/// What follows a character without width: nothing but U+200B is a break, and before a mark that
/// starts no line that is none either.
fn after_invisible(chars: &[Char], idx: usize) -> Option<u16> {
    let b = chars[idx + 1];
    let bad =
        b.class.closes() || matches!(b.class, Class::LatinClose | Class::Tsheg | Class::Space | Class::Mid);
    if chars[idx].char != ZERO_WIDTH_SPACE || bad || opens_before(chars, idx) {
        return Some(NEVER);
    }
    let shown = chars[..idx].iter().rev().any(|char| char.class != Class::Invisible);
    if shown { None } else { Some(NEVER) }
}

/// Inside a row of dashes or dots. —— is one, as is …… and the double …… of GB/T 15834-2011 5.1.5; of a
/// longer row, one may start a line as any dash does (CLREQ 3.1.4, unbreakable marks).
fn between_rows(class: Class, alike: usize, strictness: Strictness) -> u16 {
    let whole = if class == Class::Dash { 2 } else { 4 };
    match strictness {
        Strictness::Strict => NEVER,
        _ if !alike.is_multiple_of(whole) => NEVER,
        Strictness::None => 0,
        _ => BEFORE_DASH,
    }
}

/// Whether the spaces that end at character `idx` follow an opening mark: “ Wi-Fi”.
fn opens_before(chars: &[Char], idx: usize) -> bool {
    let skipped = |char: &&Char| !matches!(char.class, Class::Space | Class::Invisible);
    let before = chars[..idx].iter().rev().find(skipped);
    before.is_some_and(|char| matches!(char.class, Class::Open | Class::LatinOpen))
}

/// The places inside the names of a lexicon, as a range of characters after which they are.
fn named<'a>(
    text: &'a str,
    chars: &'a [Char],
    lexicon: &'a [String],
) -> impl Iterator<Item = std::ops::Range<usize>> + 'a {
    lexicon.iter().filter(|name| !name.is_empty()).flat_map(move |name| {
        text.match_indices(name.as_str())
            .map(move |(start, _)| char_at(chars, start)..char_at(chars, start + name.len()) - 1)
    })
}

/// The character that begins at a byte.
fn char_at(chars: &[Char], byte: usize) -> usize {
    chars.partition_point(|char| (char.byte as usize) < byte)
}

const ZERO_WIDTH_SPACE: char = '\u{200b}';

/// Glue, which lets no line end on either side: UAX 14 GL and WJ.
fn is_glue(char: char) -> bool {
    matches!(char, '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{2060}' | '\u{feff}')
}

/// A quotation mark that says of itself neither that it opens nor that it closes.
fn is_ambiguous_quote(char: char) -> bool {
    matches!(char, '"' | '\'' | '«' | '»' | '‹' | '›')
}

/// ？ and ！ stay together: ？！, ！！, ！！！ (GB/T 15834-2011 5.1.2).
pub(super) fn is_query(char: char) -> bool {
    matches!(char, '？' | '！')
}

#[cfg(test)]
mod tests;
