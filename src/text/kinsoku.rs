//! Break permission (禁则): classes of a text into a penalty at each place between two characters.
//!
//! The only place that says where a line may end.

use super::class::{Char, Class};
use crate::model::style::Strictness;

/// A break that is never taken.
pub const NEVER: u16 = u16::MAX;
/// A break between marks that is taken only where a line has no other (CLREQ 2024-03, 3.1.4).
pub const RESCUE: u16 = 5000;

/// Between a number and the unit that follows it (CLREQ 3.2.4).
const NUMBER_AND_UNIT: u16 = 60;
/// Before a dash or an ellipsis: GB/T 15834-2011 5.1.4 allows it, good lines avoid it.
const BEFORE_DASH: u16 = 40;
/// Inside a web address, after one of its signs: an address may be longer than a line.
const INSIDE_ADDRESS: u16 = 200;
/// Inside a name or term of the story's lexicon.
const INSIDE_NAME: u16 = 120;

/// Han characters that measure the number before them, or open a unit that does (小时, 公里).
const UNITS: &str = "小公千平百毫厘元万亿倍岁年月日时分秒级号届版个名人次支张封间所例天周米吨条项家户台辆枚";

/// Penalties at the place after each character: 0 free, [`NEVER`] forbidden, else discouraged.
/// Its last entry is the paragraph's end, always free.
pub fn penalties(text: &str, chars: &[Char], strictness: Strictness, lexicon: &[String]) -> Vec<u16> {
    let mut penalties: Vec<u16> = (0..chars.len())
        .map(|idx| match chars.get(idx + 1) {
            Some(_) => between(chars, idx, strictness),
            None => 0,
        })
        .collect();
    for address in addresses(text) {
        let at = |byte: usize| chars.partition_point(|char| (char.byte as usize) < byte);
        for idx in at(address.start)..at(address.end).saturating_sub(1) {
            let (sign, next) = (chars[idx].char, chars[idx + 1].char);
            if "/.-?&=_".contains(sign) && next.is_ascii_alphanumeric() {
                penalties[idx] = INSIDE_ADDRESS;
            }
        }
    }
    for name in lexicon.iter().filter(|name| !name.is_empty()) {
        for (start, _) in text.match_indices(name.as_str()) {
            let at = |byte: usize| chars.partition_point(|char| (char.byte as usize) < byte);
            for penalty in &mut penalties[at(start)..at(start + name.len()) - 1] {
                *penalty = (*penalty).max(INSIDE_NAME);
            }
        }
    }
    penalties
}

/// The penalty between character `idx` and the next.
fn between(chars: &[Char], idx: usize, strictness: Strictness) -> u16 {
    use Class::{
        Close, Colon, Comma, Connector, Dash, Ellipsis, Han, Latin, LatinClose, LatinOpen, Mid, Number, Open,
        Prefix, Solidus, Space, Stop, Suffix,
    };
    let (a, b) = (chars[idx], chars[idx + 1]);
    let digit =
        |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|char| char.char.is_ascii_digit());
    let joins = |class: Class| matches!(class, Mid | Colon | Connector);
    let digits_around = (joins(a.class) && digit(idx.checked_sub(1)) && digit(Some(idx + 1)))
        || (joins(b.class) && digit(Some(idx)) && digit(Some(idx + 2)));
    // Units hold at every strictness: a word, a number, a dash or an ellipsis is one thing.
    match (a.class, b.class) {
        (Number | Latin | Prefix | Suffix, Number | Latin | Prefix | Suffix) => return NEVER,
        // 歼-20, 长征-5; a minus there loses nothing but one place to break.
        (Han, Prefix) if b.char == '-' => return NEVER,
        // U.S., a.m., f(x)y: UAX #14 LB29, LB30.
        (LatinClose, Number | Latin) if idx > 0 && chars[idx - 1].class.is_western() => return NEVER,
        (Latin | Number, LatinClose) | (LatinOpen, _) | (_, LatinClose) => return NEVER,
        (Dash, Dash) | (Ellipsis, Ellipsis) => return NEVER,
        (Stop, Stop) if is_query(a.char) && is_query(b.char) => return NEVER,
        (_, Space) => return NEVER,
        (Space, _) if opens_before(chars, idx) => return NEVER,
        _ if digits_around => return NEVER,
        _ => {}
    }
    if strictness == Strictness::None {
        return 0;
    }
    // 。”）: the third of three may part from them where a line has no other break (CLREQ 3.1.4).
    let third = b.class.closes() && a.class.closes() && idx > 0 && chars[idx - 1].class.closes();
    match (a.class, b.class) {
        _ if third => RESCUE,
        (Open, _) | (_, Close | Comma | Colon | Stop | Mid | Connector) => NEVER,
        (Solidus, _) | (_, Solidus) if strictness >= Strictness::Gb => NEVER,
        (_, Dash | Ellipsis) if strictness >= Strictness::Strict => NEVER,
        (_, Dash | Ellipsis) => BEFORE_DASH,
        (Number, Han) if UNITS.contains(b.char) => NUMBER_AND_UNIT,
        (Han, Number) if a.char == '第' => NUMBER_AND_UNIT,
        _ => 0,
    }
}

/// Web addresses: from how they open to the first character that cannot be in one.
fn addresses(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for opening in ["http://", "https://", "www."] {
        for (start, _) in text.match_indices(opening) {
            let rest = &text[start..];
            let len = rest.find(|c: char| !c.is_ascii_graphic()).unwrap_or(rest.len());
            if found.iter().all(|known| !known.contains(&start)) {
                found.push(start..start + len);
            }
        }
    }
    found
}

/// Whether the spaces that end at character `idx` follow an opening mark: “ Wi-Fi”.
fn opens_before(chars: &[Char], idx: usize) -> bool {
    let before = chars[..idx].iter().rev().find(|char| char.class != Class::Space);
    before.is_some_and(|char| matches!(char.class, Class::Open | Class::LatinOpen))
}

/// ？ and ！ stay together: ？！, ！！, ！！！ (GB/T 15834-2011 5.1.2).
pub(super) fn is_query(char: char) -> bool {
    matches!(char, '？' | '！')
}

#[cfg(test)]
mod tests;
