//! Values as people type them: lengths with units, text that remembers where it stands.

use serde::{Deserialize, Deserializer, de};
use toml::Spanned;

use crate::diag::{FileId, Span};
use crate::model::story::{Piece, Text, Title};
use crate::unit::{Em, Len, Written, parse_length};

/// A length as written: absolute or in ems.
#[derive(Clone, Copy, Debug)]
pub(super) struct Length(pub(super) Written);

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse_length(&text).map(Self).map_err(de::Error::custom)
    }
}

impl Length {
    /// The length, given what an em is here.
    pub(super) fn at(self, em: Len) -> Len {
        self.0.at(em)
    }
}

/// A share of the em: a length in `em` or 字 only.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share(pub(super) Em);

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Length::deserialize(deserializer)?.0 {
            Written::Relative(em) => Ok(Self(em)),
            Written::Absolute(_) => {
                Err(de::Error::custom("this is a share of the type size: write it in em, such as `0.5em`"))
            }
        }
    }
}

/// A length that does not depend on a type size.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fixed(pub(super) Len);

impl<'de> Deserialize<'de> for Fixed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Length::deserialize(deserializer)?.0 {
            Written::Absolute(length) => Ok(Self(length)),
            Written::Relative(_) => {
                Err(de::Error::custom("an em has no meaning here: write the length in mm or pt"))
            }
        }
    }
}

/// A count of rows, columns or lines: small, so that sums of a few stay small.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Count(pub(super) u16);

/// Largest count that a file may state: more rows or columns than any sheet has.
const MOST: i64 = 1000;

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match i64::deserialize(deserializer)? {
            count if (0..=MOST).contains(&count) => Ok(Self(count as u16)),
            count => Err(de::Error::custom(format!(
                "{count} is not a count of rows or columns: write 0 to {MOST}"
            ))),
        }
    }
}

/// A typed string as text with its place. `source` is the whole file.
pub(super) fn text(file: FileId, source: &str, typed: &Spanned<String>) -> Text {
    let mut text = Text::default();
    append(&mut text, file, source, typed);
    text
}

/// Adds a typed string to the end of a text.
pub(super) fn append(text: &mut Text, file: FileId, source: &str, typed: &Spanned<String>) {
    let start = text.text.len() as u32;
    text.text.push_str(typed.get_ref());
    text.pieces.push(piece(file, source, typed, start));
}

/// A title: `|` marks where a line may break and is not set; `||` is a `|`.
pub(super) fn title(file: FileId, source: &str, typed: &Spanned<String>) -> Title {
    let mut piece = piece(file, source, typed, 0);
    let mut title = Title::default();
    let mut chars = typed.get_ref().chars().peekable();
    while let Some(char) = chars.next() {
        if char != '|' {
            title.text.text.push(char);
            continue;
        }
        let at = piece.typed.bytes.start
            + title.text.text.len() as u32
            + piece.escapes.iter().map(|(_, longer)| longer).sum::<u32>();
        piece.escapes.push((at, 1));
        if chars.next_if_eq(&'|').is_some() {
            title.text.text.push('|');
        } else {
            title.breaks.push(title.text.text.len() as u32);
        }
    }
    title.text.pieces.push(piece);
    title
}

/// Where a string's value stands inside its quotation marks, and which escapes make it longer there.
fn piece(file: FileId, source: &str, typed: &Spanned<String>, start: u32) -> Piece {
    let span = typed.span();
    let raw = source.get(span.clone()).unwrap_or("");
    let quotes = if raw.starts_with("\"\"\"") || raw.starts_with("'''") { 3 } else { 1 };
    let newline = match raw.get(quotes..) {
        Some(rest) if quotes == 3 && rest.starts_with("\r\n") => 2,
        Some(rest) if quotes == 3 && rest.starts_with('\n') => 1,
        _ => 0,
    };
    let first = span.start + quotes + newline;
    let last = span.end.saturating_sub(quotes).max(first);
    let inside = source.get(first..last).unwrap_or("");
    let escapes =
        if raw.starts_with('"') && inside.contains('\\') { escapes(inside, first) } else { Vec::new() };
    Piece { start, typed: Span { file, bytes: first as u32..last as u32 }, escapes }
}

/// Offsets of escape sequences and how much longer each is than its character.
fn escapes(inside: &str, first: usize) -> Vec<(u32, u32)> {
    let mut found = Vec::new();
    let mut rest = inside.char_indices();
    while let Some((offset, char)) = rest.next() {
        if char != '\\' {
            continue;
        }
        let (digits, kind) = match rest.next() {
            Some((_, 'u')) => (4, 'u'),
            Some((_, 'U')) => (8, 'U'),
            Some((_, 'x')) => (2, 'x'),
            Some((_, kind)) => (0, kind),
            None => break,
        };
        let hex: String = rest.by_ref().take(digits).map(|(_, digit)| digit).collect();
        let meant = match kind {
            'u' | 'U' | 'x' => {
                u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32).map_or(1, char::len_utf8)
            }
            _ => 1,
        };
        let longer = 2 + digits - meant;
        found.push(((first + offset) as u32, longer as u32));
    }
    found
}
