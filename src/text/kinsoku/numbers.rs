//! Numbers: what holds them together, and what they rather keep beside them.

use super::super::class::{Char, Class};

/// Between a number and the Han unit that follows it, or 第 and a number. CLREQ 2024-03, 3.1.4 keeps
/// digits with their prefix and suffix; for Han units that is a wish, since a short line needs breaks.
const NUMBER_AND_UNIT: u16 = 60;

/// Han characters that measure the number before them, or open a unit that does (小时, 公里): the legal
/// units (GB 3100-93), multipliers and the measure words of newspaper copy.
const UNITS: &str = "小公千平百毫厘元万亿倍岁年月日时分秒级号届版个名人次支张封间所例天周米吨条项家户台辆枚\
                     萬億歲時級號屆個張間週條項戶臺輛噸円";

/// The penalty between a number and what it is counted in, if that is what they are.
pub(super) fn with_its_unit(a: &Char, b: &Char) -> u16 {
    match (a.class, b.class) {
        (Class::Number, Class::Han) if UNITS.contains(b.char) => NUMBER_AND_UNIT,
        (Class::Wide, Class::Han) if is_digit(a) && UNITS.contains(b.char) => NUMBER_AND_UNIT,
        (Class::Han, Class::Number | Class::Wide) if a.char == '第' => NUMBER_AND_UNIT,
        _ => 0,
    }
}

/// ㎡, ㎏ and their like: one character but a unit (Unicode, CJK Compatibility).
pub(super) fn is_squared_unit(char: char) -> bool {
    matches!(char, '\u{3300}'..='\u{33ff}')
}

/// Whether a sign between two numbers joins the place after character `idx`: 9·18, 3：2, 5—8, 5%～8%,
/// ３．５. Such a sign is inside a number and no mark of the sentence.
pub(super) fn joins(chars: &[Char], idx: usize) -> bool {
    let joins_at = |sign: usize| {
        let (Some(before), Some(after)) = (sign.checked_sub(1), chars.get(sign + 1)) else { return false };
        is_sign(&chars[sign], after) && ends_number(&chars[before]) && begins_number(after)
    };
    joins_at(idx) || joins_at(idx + 1)
}

fn is_sign(sign: &Char, after: &Char) -> bool {
    match sign.class {
        Class::Mid | Class::Colon | Class::Connector => true,
        // A full-width point or comma is of a number only among full-width digits.
        Class::Stop | Class::Comma => matches!(sign.char, '．' | '，') && after.class == Class::Wide,
        _ => false,
    }
}

fn ends_number(char: &Char) -> bool {
    is_digit(char) || (char.class == Class::Suffix)
}

fn begins_number(char: &Char) -> bool {
    is_digit(char) || (char.class == Class::Prefix)
}

fn is_digit(char: &Char) -> bool {
    char.char.is_ascii_digit() || matches!(char.char, '０'..='９')
}
