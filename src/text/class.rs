//! Classes of characters in Chinese text: a string into one class per character.
//!
//! Knows characters and their neighbours, nothing of faces or widths.

use crate::model::style::Group;

/// What a character is to a line (CLREQ 2024-03, 3.1.4 and 3.1.6; GB/T 15834-2011 5.1).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Class {
    /// Ideographs, kana, enclosed numbers: break on both sides.
    Han,
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
    /// White space.
    Space,
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

    /// Whether it is read aloud: Han and Western characters, not marks and spaces.
    pub fn is_read(self) -> bool {
        self == Self::Han || self.is_western()
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
}

/// Classes of a text's characters. Shared marks are settled by their neighbours: “ ” ‘ ’ are
/// Chinese unless Latin stands on both sides; a single — connects, a double one is a dash; a - is
/// a sign before a number, connects what is not Latin, and else belongs to its word.
pub fn classify(text: &str) -> Vec<Char> {
    let chars: Vec<(u32, char)> = text.char_indices().map(|(byte, char)| (byte as u32, char)).collect();
    let at = |idx: Option<usize>| idx.and_then(|idx| chars.get(idx)).map(|(_, char)| *char);
    (0..chars.len())
        .map(|idx| {
            let (byte, char) = chars[idx];
            let class = class_of(at(idx.checked_sub(1)), char, at(Some(idx + 1)));
            Char { byte, char, class }
        })
        .collect()
}

fn class_of(before: Option<char>, char: char, after: Option<char>) -> Class {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    match char {
        '“' | '‘' | '”' | '’' if is_latin(before) && is_latin(after) => Class::Latin,
        '“' | '‘' | '（' | '《' | '〈' | '「' | '『' | '【' | '〖' | '〔' | '［' | '｛' | '｟' | '〝' => {
            Class::Open
        }
        '”' | '’' | '）' | '》' | '〉' | '」' | '』' | '】' | '〗' | '〕' | '］' | '｝' | '｠' | '〟' => {
            Class::Close
        }
        '，' | '、' | '；' => Class::Comma,
        '：' => Class::Colon,
        '。' | '．' | '？' | '！' | '‼' | '⁇' | '⁈' | '⁉' => Class::Stop,
        '·' | '・' | '‧' | '•' => Class::Mid,
        '／' => Class::Solidus,
        '/' if is_digit(before) && is_digit(after) => Class::Number,
        '/' => Class::Solidus,
        '—' if before == Some('—') || after == Some('—') => Class::Dash,
        '⸺' => Class::Dash,
        '…' | '⋯' => Class::Ellipsis,
        '—' | '–' | '～' | '〜' | '－' => Class::Connector,
        '¥' | '￥' | '$' | '€' | '£' | '№' | '−' => Class::Prefix,
        '%' | '％' | '‰' | '℃' | '°' | '′' | '″' => Class::Suffix,
        '.' | ',' | ':' | '-' | '+' if is_digit(before) && is_digit(after) => Class::Number,
        '-' | '+' if is_digit(after) && !is_latin(before) => Class::Prefix,
        '-' if !is_latin(before) && !is_latin(after) => Class::Connector,
        '(' | '[' | '{' => Class::LatinOpen,
        ')' | ']' | '}' | ',' | '.' | ';' | ':' | '!' | '?' => Class::LatinClose,
        c if c.is_ascii_digit() => Class::Number,
        c if c.is_whitespace() && c != '\u{a0}' => Class::Space,
        c if c.is_ascii() || ('\u{a0}'..'\u{2000}').contains(&c) => Class::Latin,
        _ => Class::Han,
    }
}
