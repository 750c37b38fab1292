//! What a PDF is made of: numbers, names, strings, arrays, dictionaries, streams, references.

use std::collections::BTreeMap;
use std::ops::Range;

/// Number and generation of an indirect object.
pub(crate) type Id = (u32, u16);

/// A value of a PDF.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Object {
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    /// Without its slash, each byte a character: names are compared, seldom shown.
    Name(String),
    Text(Vec<u8>),
    Array(Vec<Object>),
    Dict(Dict),
    Stream(Stream),
    Ref(Id),
}

/// A dictionary and the bytes of the file that follow it.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Stream {
    pub(crate) dict: Dict,
    /// Its data, folded up as they are, in the bytes of the file.
    pub(crate) data: Range<usize>,
}

/// Values by name.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Dict(pub(crate) BTreeMap<String, Object>);

impl Dict {
    /// The value as it stands there, which may be a reference.
    pub(crate) fn raw(&self, key: &str) -> Option<&Object> {
        self.0.get(key)
    }

    /// Whether there is anything under that name; `null` is nothing.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.raw(key).is_some_and(|value| *value != Object::Null)
    }

    /// The indirect object that the value is, if it is one.
    pub(crate) fn id(&self, key: &str) -> Option<Id> {
        match self.raw(key) {
            Some(Object::Ref(id)) => Some(*id),
            _ => None,
        }
    }
}

impl Object {
    /// As a number.
    #[expect(clippy::cast_precision_loss, reason = "no length of a page needs more than 53 bits")]
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Int(value) => Some(*value as f64),
            Self::Real(value) => Some(*value),
            _ => None,
        }
    }

    /// As a whole number; a real one loses its fraction, as in other readers.
    #[expect(clippy::cast_possible_truncation, reason = "a cast saturates")]
    pub(crate) fn int(&self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(*value),
            Self::Real(value) => Some(*value as i64),
            _ => None,
        }
    }

    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    pub(crate) fn text(&self) -> Option<&[u8]> {
        match self {
            Self::Text(bytes) => Some(bytes),
            _ => None,
        }
    }

    pub(crate) fn array(&self) -> Option<&[Object]> {
        match self {
            Self::Array(values) => Some(values),
            _ => None,
        }
    }

    /// As a dictionary; that of a stream counts.
    pub(crate) fn dict(&self) -> Option<&Dict> {
        match self {
            Self::Dict(dict) | Self::Stream(Stream { dict, .. }) => Some(dict),
            _ => None,
        }
    }

    pub(crate) fn stream(&self) -> Option<&Stream> {
        match self {
            Self::Stream(stream) => Some(stream),
            _ => None,
        }
    }

    pub(crate) fn bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }
}

/// A text string for people: UTF-16 with a mark, UTF-8 with a mark, or `PDFDocEncoding`, of which
/// only what it shares with Latin-1 is told apart (PDF Reference 1.4, 3.8.1).
pub(crate) fn text_of(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        let units: Vec<u16> = rest.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
        return String::from_utf16_lossy(&units);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        return String::from_utf8_lossy(rest).into_owned();
    }
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// A name or text for a message: printable, and not longer than a line.
pub(crate) fn shown(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).take(60).collect();
    // A name of more than ASCII is mostly UTF-8, byte for byte.
    let bytes: Option<Vec<u8>> = clean.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or(clean)
}
