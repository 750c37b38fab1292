//! Objects where they stand in a file's bytes: number, value, and where a stream's data begin.

use super::bounds::Work;
use super::lexer::{Fault, Lexer};
use super::object::{Id, Object, Stream};

/// The object that stands at an offset, with its number. A stream has no end yet.
pub(crate) fn indirect(bytes: &[u8], offset: usize, work: &mut Work) -> Result<(Id, Object), Fault> {
    let mut lexer = Lexer::of_file(bytes, offset.min(bytes.len()));
    let head = (lexer.small_number(), lexer.small_number());
    let (Some(number), Some(generation)) = head else { return Err(Fault::Broken("no object stands there")) };
    if !lexer.word("obj") {
        return Err(Fault::Broken("no object stands there"));
    }
    let (Ok(number), Ok(generation)) = (u32::try_from(number), u16::try_from(generation)) else {
        return Err(Fault::Broken("its number is beyond any"));
    };
    if lexer.word("endobj") {
        return Ok(((number, generation), Object::Null));
    }
    let value = lexer.value(work)?;
    let object = match value {
        Object::Dict(dict) if lexer.word("stream") => {
            let start = after_line_end(bytes, lexer.at);
            Object::Stream(Stream { dict, data: start..start })
        }
        value if lexer.word("endobj") => value,
        _ => return Err(Fault::Broken("it does not end with `endobj`")),
    };
    Ok(((number, generation), object))
}

/// Where data start after the word `stream`: behind a line end (PDF Reference 1.4, 3.2.7).
fn after_line_end(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    at + if rest.starts_with(b"\r\n") { 2 } else { usize::from(matches!(rest.first(), Some(b'\n' | b'\r'))) }
}

/// Whether `endstream` follows, on a line of its own or not.
pub(crate) fn ends_here(bytes: &[u8], end: usize) -> bool {
    let rest = &bytes[end..];
    [&b""[..], b"\n", b"\r\n", b"\r", b" "]
        .iter()
        .any(|line_end| rest.strip_prefix(*line_end).is_some_and(|rest| rest.starts_with(b"endstream")))
}

/// Where `wanted` stands first.
pub(crate) fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// Where `wanted` stands last.
pub(crate) fn find_last(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|window| window == wanted)
}
