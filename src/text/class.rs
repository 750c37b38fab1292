//! Classes of characters: a string in a language into one class per character.
//!
//! Knows characters and their neighbours, nothing of faces, widths or lines.

mod marks;
mod property;
mod shared;

use unicode_linebreak::{BreakClass, break_property};

use crate::model::style::{Group, Language};

/// What a character is to a line (CLREQ 2024-03, 3.1.4 and 3.1.6; GB/T 15834-2011 5.1).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Class {
    /// Ideographs, kana, Hangul, enclosed numbers, symbols: break on both sides.
    Han,
    /// A full-width digit or letter, a Roman numeral: whole like a Western word, set like Han.
    Wide,
    /// Opening mark: ends no line.
    Open,
    /// Closing mark: starts no line.
    Close,
    /// ，、；.
    Comma,
    /// ：.
    Colon,
    /// 。？！.
    Stop,
    /// Interpunct 间隔号: half an em, starts no line.
    Mid,
    /// Solidus 分隔号: touches no edge.
    Solidus,
    /// Dash 破折号: two em, one unit.
    Dash,
    /// Ellipsis 省略号: two em, one unit.
    Ellipsis,
    /// Connector 连接号 (single —, –, ～, - between Han): starts no line.
    Connector,
    /// A digit, or a sign inside a number.
    Number,
    /// A letter of a Western word.
    Latin,
    /// A sign that a number follows: ¥ $ № −.
    Prefix,
    /// A sign that follows a number: % ‰ ℃ °.
    Suffix,
    /// An ASCII mark that opens.
    LatinOpen,
    /// An ASCII mark that closes or separates.
    LatinClose,
    /// White space, that which does not break (U+00A0) too.
    Space,
    /// Neither ink nor width: U+200B, U+2060, a soft hyphen.
    Invisible,
    /// A letter, digit or sign of Tibetan.
    Tibetan,
    /// A tsheg, a shad or their like, which closes a Tibetan syllable or sentence: starts no line.
    Tsheg,
}

impl Class {
    /// The punctuation group whose blank a style sets, if it is in one.
    pub fn group(self) -> Option<Group> {
        match self {
            Self::Open => Some(Group::Open),
            Self::Close => Some(Group::Close),
            Self::Comma => Some(Group::Comma),
            Self::Colon => Some(Group::Colon),
            Self::Stop => Some(Group::Stop),
            Self::Mid => Some(Group::Mid),
            _ => None,
        }
    }

    /// Whether it is a Chinese mark with its blank on the right.
    pub fn closes(self) -> bool {
        matches!(self, Self::Close | Self::Comma | Self::Colon | Self::Stop)
    }

    /// Whether it is read aloud: Han, Tibetan and Western characters, not marks and spaces.
    pub fn is_read(self) -> bool {
        matches!(self, Self::Han | Self::Wide | Self::Tibetan) || self.is_western()
    }

    /// Whether it is set in Western type: letters, digits and their signs.
    pub fn is_western(self) -> bool {
        matches!(
            self,
            Self::Number | Self::Latin | Self::Prefix | Self::Suffix | Self::LatinOpen | Self::LatinClose
        )
    }
}

/// One character of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Char {
    /// Its byte offset.
    pub byte: u32,
    /// The character.
    pub char: char,
    /// Its class among its neighbours.
    pub class: Class,
    /// Whether it is one with the character before it: a combining mark, part of an emoji, the
    /// second half of a flag or of a Hangul syllable (UAX 14 LB8a, LB9, LB26, LB30a, LB30b).
    pub joined: bool,
}

/// Classes of a text's characters.
///
/// Marks that scripts share are settled by their neighbours: “ ” ‘ ’ are Chinese unless Latin
/// stands on both sides; a single — connects, a double one is a dash; a - is a sign before a number,
/// connects what is not Latin, and else belongs to its word. In English all of them are Western.
/// A combining mark is of the class of what it stands on.
pub fn classify(text: &str, language: Language) -> Vec<Char> {
    let bare: Vec<char> = text.chars().collect();
    let mut chars: Vec<Char> = Vec::with_capacity(bare.len());
    let mut byte = 0;
    for (idx, char) in bare.iter().copied().enumerate() {
        let (class, joined) = if is_plain_han(char) {
            (Class::Han, idx > 0 && bare[idx - 1] == ZERO_WIDTH_JOINER)
        } else {
            let property = break_property(u32::from(char));
            let before = chars.last();
            let joined = before.is_some_and(|before| is_joined(before, property));
            (class_of(&bare, idx, property, before.map(|before| before.class), language), joined)
        };
        chars.push(Char { byte, char, class, joined });
        byte += char.len_utf8() as u32;
    }
    chars
}

const ZERO_WIDTH_JOINER: char = '\u{200d}';

/// Unified ideographs, the bulk of a text, are known without looking further.
fn is_plain_han(char: char) -> bool {
    matches!(char, '\u{4e00}'..='\u{9fff}')
}

fn class_of(
    text: &[char],
    idx: usize,
    property: BreakClass,
    base: Option<Class>,
    language: Language,
) -> Class {
    if matches!(property, BreakClass::CombiningMark | BreakClass::ZeroWidthJoiner) {
        return match base {
            None | Some(Class::Space | Class::Invisible) => Class::Latin,
            Some(base) => base,
        };
    }
    let settled = match language {
        Language::En => shared::in_english(text, idx),
        _ => shared::by_neighbours(text, idx).or_else(|| marks::class(text[idx])),
    };
    settled.unwrap_or_else(|| property::class(text[idx], property))
}

/// Whether a character of some property is one with the character before it.
fn is_joined(before: &Char, property: BreakClass) -> bool {
    use BreakClass::{
        CombiningMark, EmojiBase, EmojiModifier, HangulLJamo, HangulTJamo, HangulVJamo, RegionalIndicator,
        ZeroWidthJoiner,
    };
    let follows = |properties: &[BreakClass]| properties.contains(&break_property(u32::from(before.char)));
    match property {
        CombiningMark | ZeroWidthJoiner => true,
        _ if before.char == ZERO_WIDTH_JOINER => true,
        EmojiModifier => follows(&[EmojiBase]),
        HangulVJamo | HangulTJamo => follows(&[HangulLJamo, HangulVJamo, HangulTJamo]),
        RegionalIndicator => follows(&[RegionalIndicator]) && !before.joined,
        _ => false,
    }
}
