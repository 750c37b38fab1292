//! Values as people type them: lengths with units, text that remembers where it stands.

use serde::{Deserialize, Deserializer, de};
use toml::Spanned;

use crate::diag::{FileId, Span};
use crate::geom::Axis;
use crate::model::story::{Piece, Text, Title};
use crate::unit::{Em, Len, Written, parse_length};

/// A length as written: absolute or in ems.
#[derive(Clone, Copy, Debug)]
pub(super) struct Length(pub(super) Written);

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(LengthText)
    }
}

/// Reads a length's text and says what one looks like where something else stands.
struct LengthText;

impl de::Visitor<'_> for LengthText {
    type Value = Length;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(
            "a length with its unit in quotation marks, such as \"9pt\", \"3mm\", \"17em\" or \"小五\"",
        )
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Length, E> {
        parse_length(text).map(Length).map_err(E::custom)
    }
}

impl Length {
    /// The length, given what an em is here.
    pub(super) fn at(self, em: Len) -> Len {
        self.0.at(em)
    }
}

/// A share of the em, not negative: a length in `em` or 字 only.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share(pub(super) Em);

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let SignedShare(em) = SignedShare::deserialize(deserializer)?;
        if em < Em(0) { Err(de::Error::custom("this share cannot be negative")) } else { Ok(Self(em)) }
    }
}

/// A share of the em that may be negative.
#[derive(Clone, Copy, Debug)]
pub(super) struct SignedShare(pub(super) Em);

impl<'de> Deserialize<'de> for SignedShare {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Length::deserialize(deserializer)?.0 {
            Written::Relative(em) if em.0.abs() > 100_000 => Err(de::Error::custom("this is over 100 em")),
            Written::Relative(em) => Ok(Self(em)),
            Written::Absolute(_) => {
                Err(de::Error::custom("this is a share of the type size: write it in em, such as `0.5em`"))
            }
        }
    }
}

/// A length that does not depend on a type size, not negative.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fixed(pub(super) Len);

impl<'de> Deserialize<'de> for Fixed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Signed(length) = Signed::deserialize(deserializer)?;
        if length < Len::ZERO {
            Err(de::Error::custom("this length cannot be negative"))
        } else {
            Ok(Self(length))
        }
    }
}

/// A length that does not depend on a type size and may be negative.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signed(pub(super) Len);

impl<'de> Deserialize<'de> for Signed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Length::deserialize(deserializer)?.0 {
            Written::Absolute(length) => Ok(Self(length)),
            Written::Relative(_) => {
                Err(de::Error::custom("an em has no meaning here: write the length in mm or pt"))
            }
        }
    }
}

/// A whole number within bounds, so that sums of a few stay small and no value is bent in silence.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ranged<const LEAST: i64, const MOST: i64>(pub(super) u16);

/// A count of rows or columns: no sheet has more.
pub(super) type Count = Ranged<0, 1000>;
/// The number of a row, a column or a share of something that is there: counted from 1.
pub(super) type Ordinal = Ranged<1, 1000>;
/// What a fault of a line costs.
pub(super) type Weight = Ranged<0, 30_000>;
/// A percentage of one ink.
pub(super) type Percent = Ranged<0, 100>;

impl<'de, const LEAST: i64, const MOST: i64> Deserialize<'de> for Ranged<LEAST, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let count = i64::deserialize(deserializer)?;
        let fits = u16::try_from(count).ok().filter(|_| (LEAST..=MOST).contains(&count));
        fits.map(Self)
            .ok_or_else(|| de::Error::custom(format!("{count} is out of range: write {LEAST} to {MOST}")))
    }
}

/// A type size: 1 to 1000 points, so that a line has a finite number of characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size(pub(super) Len);

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let size = Fixed::deserialize(deserializer)?.0;
        if (Len::pt(1)..=Len::pt(1000)).contains(&size) {
            Ok(Self(size))
        } else {
            Err(de::Error::custom(format!("{size} is no type size: write 1pt to 1000pt")))
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

/// `horizontal` or `vertical`: which way lines run.
#[derive(Deserialize, Clone, Copy, Default)]
#[serde(rename_all = "lowercase")]
pub(super) enum AxisToml {
    #[default]
    Horizontal,
    Vertical,
}

impl AxisToml {
    /// Which way it is.
    pub(super) fn axis(self) -> Axis {
        match self {
            Self::Horizontal => Axis::Horizontal,
            Self::Vertical => Axis::Vertical,
        }
    }
}
