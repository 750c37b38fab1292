//! Inline matter: `[marks.NAME]`, `[ruby]` and `[drop_cap]` of a layout, and the `marks` by which a
//! story says what is set so. The marks stand beside the text, which stays as it was typed.

use serde::Deserialize;
use toml::Spanned;

use super::inks::InkToml;
use super::style::{Names, faces, ink};
use super::typed::{Ordinal, Share, SignedShare, Size};
use super::{Reader, span_of, unknown};
use crate::color::Ink;
use crate::diag::{Diagnostic, FileId};
use crate::model::inline::{DropCapStyle, MarkIdx, MarkStyle, RubyStyle};
use crate::model::story::{Mark, Ruby, Text};
use crate::model::style::FaceIdx;
use crate::unit::{Em, Len};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MarkToml {
    faces: Option<Vec<Spanned<String>>>,
    size: Option<Share>,
    raise: Option<SignedShare>,
    ink: Option<Spanned<InkToml>>,
    #[serde(default)]
    dots: bool,
    even: Option<Share>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct RubyToml {
    faces: Option<Vec<Spanned<String>>>,
    size: Option<Share>,
    least: Option<Size>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct DropCapToml {
    faces: Option<Vec<Spanned<String>>>,
    ink: Option<Spanned<InkToml>>,
    apart: Option<Share>,
}

/// One entry of a `marks` list.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MarkedToml {
    on: Spanned<String>,
    nth: Option<Ordinal>,
    #[serde(rename = "as")]
    style: Option<Spanned<String>>,
    ruby: Option<Spanned<String>>,
}

/// Ruby is half the size of its text and no smaller than newsprint holds (JLREQ 3.3.3; newspaper
/// printers ask for 6 pt in one ink).
const RUBY_SIZE: Em = Em::HALF;
const LEAST_RUBY: Len = Len::pt(6);
/// White between a drop cap and the text beside it.
const CAP_APART: Em = Em(150);

/// A character style.
pub(super) fn mark(reader: &mut Reader<'_>, names: &Names<'_>, name: &str, toml: &MarkToml) -> MarkStyle {
    let size = toml.size.map_or(Em::ONE, |size| size.0);
    let raise = toml.raise.map_or(Em(0), |raise| raise.0);
    if !(100..=4000).contains(&size.0) || raise.0.abs() > 2000 {
        reader.note(
            Diagnostic::error("mark-look", format!("the mark `{name}` is larger or higher than a line"))
                .at(crate::diag::Span::file(names.file))
                .help("`size` is 0.1em to 4em of the text's, `raise` at most 2em either way"),
        );
    }
    MarkStyle {
        name: name.to_owned(),
        faces: toml.faces.as_ref().map(|chain| faces(reader, names, chain)),
        size,
        raise,
        ink: toml.ink.as_ref().map(|named| ink(reader, names, Some(named))),
        dots: toml.dots,
        even: toml.even.map(|even| even.0),
    }
}

/// How ruby is set; in the faces of the body if the layout names none.
pub(super) fn ruby(
    reader: &mut Reader<'_>,
    names: &Names<'_>,
    toml: &RubyToml,
    body: &[FaceIdx],
) -> RubyStyle {
    RubyStyle {
        faces: toml.faces.as_ref().map_or_else(|| body.to_vec(), |chain| faces(reader, names, chain)),
        size: toml.size.map_or(RUBY_SIZE, |size| size.0),
        least: toml.least.map_or(LEAST_RUBY, |least| least.0),
    }
}

/// How drop caps are set; in the faces of the body if the layout names none.
pub(super) fn drop_cap(
    reader: &mut Reader<'_>,
    names: &Names<'_>,
    toml: &DropCapToml,
    body: &[FaceIdx],
) -> DropCapStyle {
    DropCapStyle {
        faces: toml.faces.as_ref().map_or_else(|| body.to_vec(), |chain| faces(reader, names, chain)),
        ink: toml.ink.as_ref().map_or(Ink::BLACK, |named| ink(reader, names, Some(named))),
        apart: toml.apart.map_or(CAP_APART, |apart| apart.0),
    }
}

/// Puts the marks of a list on the texts they may stand on. `known` are the layout's marks.
pub(super) fn apply(
    reader: &mut Reader<'_>,
    file: FileId,
    texts: &mut [&mut Text],
    marked: &[MarkedToml],
    known: &[MarkStyle],
) {
    for entry in marked {
        let style = entry.style.as_ref().and_then(|name| named(reader, file, name, known));
        if entry.style.is_none() && entry.ruby.is_none() {
            reader.note(
                Diagnostic::error("mark-empty", "a mark says neither how the words are set nor their ruby")
                    .at(span_of(file, &entry.on))
                    .help("add `as = \"NAME\"` of a `[marks.NAME]` in the layout, or `ruby = \"…\"`"),
            );
            continue;
        }
        let on = entry.on.get_ref().as_str();
        let mut count = 0;
        let mut found = false;
        for text in texts.iter_mut() {
            let places: Vec<usize> = text.text.match_indices(on).map(|(at, _)| at).collect();
            for at in places {
                count += 1;
                if on.is_empty() || entry.nth.is_some_and(|nth| usize::from(nth.0) != count) {
                    continue;
                }
                found = true;
                if !put(text, at, on, style, entry.ruby.as_ref(), file) {
                    reader.note(ruby_twice(file, &entry.on));
                }
            }
            text.marks.sort_by_key(|mark| mark.bytes.start);
        }
        if !found {
            reader.note(absent(file, entry, count));
        }
    }
}

/// A layout's mark by its name.
fn named(
    reader: &mut Reader<'_>,
    file: FileId,
    name: &Spanned<String>,
    known: &[MarkStyle],
) -> Option<MarkIdx> {
    let found = known.iter().position(|mark| mark.name == *name.get_ref());
    if found.is_none() {
        let names = known.iter().map(|mark| &mark.name);
        reader.note(unknown("mark", name.get_ref(), names, span_of(file, name)));
    }
    found.map(|idx| MarkIdx(idx as u16))
}

/// Marks one occurrence. Ruby of as many syllables as there are characters is one for each. False
/// if the characters have ruby already.
fn put(
    text: &mut Text,
    at: usize,
    on: &str,
    style: Option<MarkIdx>,
    ruby: Option<&Spanned<String>>,
    file: FileId,
) -> bool {
    let whole = at as u32..(at + on.len()) as u32;
    let Some(ruby) = ruby else {
        text.marks.push(Mark { bytes: whole, style, ruby: None });
        return true;
    };
    let taken =
        |mark: &Mark| mark.ruby.is_some() && mark.bytes.start < whole.end && whole.start < mark.bytes.end;
    if text.marks.iter().any(taken) {
        return false;
    }
    let syllables: Vec<&str> = ruby.get_ref().split_whitespace().collect();
    let read = |text: &str| Some(Ruby { text: text.to_owned(), typed: span_of(file, ruby) });
    if syllables.len() == on.chars().count() {
        let chars = on.char_indices().zip(syllables).map(|((offset, char), syllable)| {
            let start = whole.start + offset as u32;
            Mark { bytes: start..start + char.len_utf8() as u32, style, ruby: read(syllable) }
        });
        text.marks.extend(chars);
    } else {
        text.marks.push(Mark { bytes: whole, style, ruby: read(ruby.get_ref().trim()) });
    }
    true
}

fn ruby_twice(file: FileId, on: &Spanned<String>) -> Diagnostic {
    Diagnostic::error("ruby-twice", format!("`{}` would have ruby twice", on.get_ref()))
        .at(span_of(file, on))
        .help("take one of the two out, or say with `nth` which occurrence is meant")
}

/// A mark whose words do not occur where it stands.
fn absent(file: FileId, entry: &MarkedToml, count: usize) -> Diagnostic {
    let on = entry.on.get_ref();
    let message = match (&entry.nth, count) {
        (Some(nth), 1..) => format!("`{on}` occurs {count} times, and a mark asks for number {}", nth.0),
        _ => format!("`{on}` does not occur in the text that a mark stands with"),
    };
    Diagnostic::error("mark-absent", message)
        .at(span_of(file, &entry.on))
        .help("`on` repeats the words exactly as the text has them, marks and spaces included")
}
