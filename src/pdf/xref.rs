//! The cross-reference of a file: where each object stands. Tables, streams, and both at once.

use std::collections::{BTreeMap, BTreeSet};

use super::bounds::{MOST_OBJECTS, MOST_SECTIONS, Refusal, Work};
use super::filter;
use super::indirect::{ends_here, find_last, indirect};
use super::lexer::{Fault, Lexer};
use super::object::{Dict, Object, Stream};

/// Where an object stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Entry {
    /// Nowhere any more.
    Free,
    /// At an offset of the file.
    Plain { offset: usize, generation: u16 },
    /// In an object stream.
    Packed { stream: u32, index: usize },
}

/// Where a reader begins to look for the last cross-reference.
const TAIL: usize = 4096;

type Entries = BTreeMap<u32, Entry>;

/// Entries by object number and the newest trailer.
///
/// # Errors
/// If the cross-reference is broken: without it nothing says which object counts.
pub(crate) fn read(bytes: &[u8], work: &mut Work) -> Result<(Entries, Dict), Refusal> {
    let broken = |what: &str| Refusal(format!("its cross-reference is broken: {what}"));
    let tail = bytes.len().saturating_sub(TAIL);
    let at = find_last(&bytes[tail..], b"startxref").ok_or_else(|| broken("`startxref` is missing"))?;
    let mut lexer = Lexer::of_file(bytes, tail + at + b"startxref".len());
    let mut next = lexer.small_number();
    if next.is_none() {
        return Err(broken("`startxref` says nothing"));
    }
    let (mut entries, mut newest) = (Entries::new(), None);
    let mut seen = BTreeSet::new();
    while let Some(offset) = next {
        if !seen.insert(offset) {
            return Err(broken("it leads back to itself"));
        }
        if seen.len() > MOST_SECTIONS {
            return Err(broken("it has more sections than any file that was saved by people"));
        }
        let trailer = section(bytes, offset, &mut entries, work).map_err(|fault| match fault {
            Fault::Broken(why) => broken(why),
            Fault::Refused(refusal) => refusal,
        })?;
        let hybrid = trailer.raw("XRefStm").and_then(Object::int).and_then(|at| u64::try_from(at).ok());
        if let Some(at) = hybrid.filter(|at| seen.insert(*at)) {
            section(bytes, at, &mut entries, work).map_err(|_| broken("`XRefStm` leads nowhere"))?;
        }
        next = match trailer.raw("Prev") {
            None => None,
            Some(at) => {
                let at = at.int().and_then(|at| u64::try_from(at).ok());
                Some(at.ok_or_else(|| broken("`Prev` leads nowhere"))?)
            }
        };
        newest.get_or_insert(trailer);
    }
    Ok((entries, newest.unwrap_or_default()))
}

fn section(bytes: &[u8], offset: u64, entries: &mut Entries, work: &mut Work) -> Result<Dict, Fault> {
    let offset = usize::try_from(offset).ok().filter(|offset| *offset < bytes.len());
    let offset = offset.ok_or(Fault::Broken("it leads outside the file"))?;
    let mut lexer = Lexer::of_file(bytes, offset);
    if lexer.word("xref") { table(&mut lexer, entries, work) } else { stream(bytes, offset, entries, work) }
}

fn table(lexer: &mut Lexer<'_>, entries: &mut Entries, work: &mut Work) -> Result<Dict, Fault> {
    while !lexer.word("trailer") {
        let (Some(first), Some(count)) = (lexer.small_number(), lexer.small_number()) else {
            return Err(Fault::Broken("a table has something else than numbers"));
        };
        for index in 0..count {
            let (Some(offset), Some(generation)) = (lexer.small_number(), lexer.small_number()) else {
                return Err(Fault::Broken("a table has fewer lines than it says"));
            };
            work.spend(4)?;
            let generation = u16::try_from(generation).unwrap_or(u16::MAX);
            let offset = usize::try_from(offset).unwrap_or(usize::MAX);
            let entry = if lexer.word("n") {
                Entry::Plain { offset, generation }
            } else if lexer.word("f") {
                Entry::Free
            } else {
                return Err(Fault::Broken("a line of a table is neither `n` nor `f`"));
            };
            insert(entries, first.saturating_add(index), entry)?;
        }
    }
    match lexer.value(work)? {
        Object::Dict(trailer) => Ok(trailer),
        _ => Err(Fault::Broken("a trailer is no dictionary")),
    }
}

fn stream(bytes: &[u8], offset: usize, entries: &mut Entries, work: &mut Work) -> Result<Dict, Fault> {
    let (_, object) = indirect(bytes, offset, work)?;
    let Object::Stream(Stream { dict, data }) = object else {
        return Err(Fault::Broken("no table and no stream stands where it should be"));
    };
    // The length cannot be in another object: nothing says yet where that one is.
    let length = dict.raw("Length").and_then(Object::int).and_then(|length| usize::try_from(length).ok());
    let end = length.and_then(|length| data.start.checked_add(length));
    let end = end.filter(|end| *end <= bytes.len() && ends_here(bytes, *end));
    let end = end.ok_or(Fault::Broken("a stream's length is not where it ends"))?;
    let data = filter::unfold_alone(&bytes[data.start..end], &dict, work)?;
    let whole = |key: &str| dict.raw(key).and_then(Object::array).map(numbers);
    let widths = whole("W").filter(|widths| widths.len() == 3 && widths.iter().all(|width| *width <= 8));
    let widths = widths.ok_or(Fault::Broken("a stream's `W` is not three small numbers"))?;
    let wide = usize::try_from(widths.iter().sum::<u64>()).unwrap_or(0);
    if wide == 0 {
        return Err(Fault::Broken("a stream's lines have no width"));
    }
    let size = dict.raw("Size").and_then(Object::int).and_then(|size| u64::try_from(size).ok());
    let index = whole("Index").unwrap_or_else(|| vec![0, size.unwrap_or(0)]);
    let mut lines = data.chunks_exact(wide);
    for pair in index.chunks_exact(2) {
        for number in 0..pair[1] {
            let Some(line) = lines.next() else {
                return Err(Fault::Broken("a stream has fewer lines than it says"));
            };
            work.spend(4)?;
            let (kind, first, second) = fields(line, &widths);
            let place = |value: u64| usize::try_from(value).unwrap_or(usize::MAX);
            let entry = match kind {
                0 => Entry::Free,
                1 => Entry::Plain {
                    offset: place(first),
                    generation: u16::try_from(second).unwrap_or(u16::MAX),
                },
                2 => Entry::Packed { stream: u32::try_from(first).unwrap_or(u32::MAX), index: place(second) },
                _ => continue,
            };
            insert(entries, pair[0].saturating_add(number), entry)?;
        }
    }
    Ok(dict)
}

/// A line's three fields; a kind of no width is 1 (PDF Reference 1.5, 3.4.7).
fn fields(line: &[u8], widths: &[u64]) -> (u64, u64, u64) {
    let mut at = 0;
    let mut field = |width: u64, otherwise: u64| {
        let end = at + usize::try_from(width).unwrap_or(0);
        let bytes = &line[at..end];
        at = end;
        if bytes.is_empty() {
            return otherwise;
        }
        bytes.iter().fold(0, |value, byte| value << 8 | u64::from(*byte))
    };
    (field(widths[0], 1), field(widths[1], 0), field(widths[2], 0))
}

fn numbers(values: &[Object]) -> Vec<u64> {
    values
        .iter()
        .map(|value| value.int().and_then(|value| u64::try_from(value).ok()).unwrap_or(u64::MAX))
        .collect()
}

/// Newer sections come first and stay.
fn insert(entries: &mut Entries, number: u64, entry: Entry) -> Result<(), Fault> {
    let number = u32::try_from(number).map_err(|_| Fault::Broken("an object's number is beyond any"))?;
    entries.entry(number).or_insert(entry);
    if entries.len() > MOST_OBJECTS {
        return Err(Refusal(format!("it has more than {MOST_OBJECTS} objects")).into());
    }
    Ok(())
}
