//! Break permission (禁则): classes of a text into a penalty at each place between two characters.
//!
//! The only place that says where a line may end.

use super::class::{Char, Class};
use crate::model::style::Strictness;

/// A break that is never taken while the line has another.
pub const NEVER: u16 = u16::MAX;

/// Between a number and the unit that follows it (CLREQ 3.2.4).
const NUMBER_AND_UNIT: u16 = 60;
/// Before a dash or an ellipsis: GB/T 15834-2011 5.1.4 allows it, good lines avoid it.
const BEFORE_DASH: u16 = 40;
/// Inside a name or term of the story's lexicon.
const INSIDE_NAME: u16 = 120;

/// Han characters that measure the number before them.
const UNITS: &str = "元万亿倍岁年月日时分秒级号届版个名人次支张封间所例天周米吨条项家户台辆枚";

/// Penalties at the place after each character: 0 free, [`NEVER`] forbidden, else discouraged.
/// Its last entry is the paragraph's end, always free.
pub fn penalties(text: &str, chars: &[Char], strictness: Strictness, lexicon: &[String]) -> Vec<u16> {
    let mut penalties: Vec<u16> = (0..chars.len())
        .map(|idx| match chars.get(idx + 1) {
            Some(_) => between(chars, idx, strictness),
            None => 0,
        })
        .collect();
    for name in lexicon.iter().filter(|name| !name.is_empty()) {
        for (start, _) in text.match_indices(name.as_str()) {
            let inside = start as u32..(start + name.len()) as u32;
            for (idx, penalty) in penalties.iter_mut().enumerate().take(chars.len().saturating_sub(1)) {
                let place = chars[idx + 1].byte;
                if inside.start < place && place < inside.end {
                    *penalty = (*penalty).max(INSIDE_NAME);
                }
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
    let digits_around = idx > 0
        && chars[idx - 1].char.is_ascii_digit()
        && b.char.is_ascii_digit()
        && matches!(a.class, Mid | Colon | Connector);
    // Units hold at every strictness: a word, a number, a dash or an ellipsis is one thing.
    match (a.class, b.class) {
        (Number | Latin, Number | Latin) | (Prefix, Number) | (Number, Suffix) => return NEVER,
        (Latin | Number, LatinClose) | (LatinOpen, _) | (_, LatinClose) => return NEVER,
        (Dash, Dash) | (Ellipsis, Ellipsis) => return NEVER,
        (Stop, Stop) if is_query(a.char) && is_query(b.char) => return NEVER,
        (_, Space) => return NEVER,
        _ if digits_around => return NEVER,
        _ => {}
    }
    if strictness == Strictness::None {
        return 0;
    }
    match (a.class, b.class) {
        (Open, _) | (_, Close | Comma | Colon | Stop | Mid | Connector) => NEVER,
        (Solidus, _) | (_, Solidus) if strictness >= Strictness::Gb => NEVER,
        (_, Dash | Ellipsis) if strictness >= Strictness::Strict => NEVER,
        (_, Dash | Ellipsis) => BEFORE_DASH,
        (Number, Han) if UNITS.contains(b.char) => NUMBER_AND_UNIT,
        (Han, Number) if a.char == '第' => NUMBER_AND_UNIT,
        _ => 0,
    }
}

/// ？ and ！ stay together: ？！, ！！, ！！！ (GB/T 15834-2011 5.1.2).
fn is_query(char: char) -> bool {
    matches!(char, '？' | '！')
}

#[cfg(test)]
mod tests {
    use super::super::class::classify;
    use super::*;

    /// The text with `│` where a line may begin and `¦` where it may but rather should not.
    fn check(text: &str, strictness: Strictness, expected: &str) {
        let chars = classify(text);
        let penalties = penalties(text, &chars, strictness, &["祁红梅".to_owned()]);
        let marked: String = chars
            .iter()
            .zip(&penalties)
            .enumerate()
            .map(|(idx, (char, penalty))| match penalty {
                _ if idx + 1 == chars.len() => char.char.to_string(),
                0 => format!("{}│", char.char),
                &NEVER => char.char.to_string(),
                _ => format!("{}¦", char.char),
            })
            .collect();
        assert_eq!(marked, expected, "{text}");
    }

    #[test]
    fn marks_keep_to_their_side() {
        check("他说：“好。”她", Strictness::Gb, "他│说：│“好。”│她");
        check("《书》、《报》", Strictness::Gb, "《书》、│《报》");
        check("真的？！好", Strictness::Gb, "真│的？！│好");
        check("甲·乙～丙", Strictness::Gb, "甲·│乙～│丙");
        check("和/或", Strictness::Gb, "和/或");
        check("他说：“好", Strictness::None, "他│说│：│“│好");
    }

    #[test]
    fn units_are_whole() {
        check("共79643.9元", Strictness::Gb, "共│79643.9¦元");
        check("第2版", Strictness::Gb, "第¦2¦版");
        check("戴N95口罩", Strictness::Gb, "戴│N95│口│罩");
        check("100%，", Strictness::Gb, "100%，");
        check("3：2胜", Strictness::Gb, "3：2│胜");
        check("他——她", Strictness::Gb, "他¦——│她");
        check("他……她", Strictness::Strict, "他……│她");
        check("DNA（脱", Strictness::Gb, "DNA│（脱");
        check("(内容)", Strictness::Gb, "(内│容)");
        check("护士祁红梅说", Strictness::Gb, "护│士│祁¦红¦梅│说");
    }
}
