//! Bytes of a file → its objects: cross-reference, objects, object streams.
//!
//! Not the library that our pages are made with: it takes a copy of every stream, follows lengths
//! from stream to stream by recursion and makes room for as many bytes as a cross-reference stream
//! says, none of which a stranger's file may decide. Here nothing is mended either: a file that
//! needs repair breaks `FILE-06`, and is refused if it cannot be judged without.

use std::collections::BTreeMap;
use std::ops::Range;

use super::bounds::{Refusal, Work};
use super::filter;
use super::lexer::{Fault, Lexer};
use super::object::{Dict, Id, Object, Stream};
use super::xref::{self, Entry};

/// A file whose objects have been read.
#[derive(Debug)]
pub(crate) struct Pdf<'a> {
    /// The bytes from `%PDF` on, which offsets count from.
    pub(crate) bytes: &'a [u8],
    /// Every object that could be read.
    pub(crate) objects: BTreeMap<Id, Object>,
    /// The newest trailer.
    pub(crate) trailer: Dict,
}

/// A dictionary with nothing in it.
pub(crate) static NOTHING: Dict = Dict(BTreeMap::new());

impl<'a> Pdf<'a> {
    /// The object that `object` is or refers to; null if that is not there.
    pub(crate) fn resolve<'o>(&'o self, object: &'o Object) -> &'o Object {
        let mut at = object;
        // A reference to a reference is not legal, so a short chain is generous.
        for _ in 0..8 {
            let Object::Ref(id) = at else { return at };
            at = self.objects.get(id).unwrap_or(&Object::Null);
        }
        &Object::Null
    }

    /// The value under a name, resolved; `null` is nothing.
    pub(crate) fn get<'o>(&'o self, dict: &'o Dict, key: &str) -> Option<&'o Object> {
        dict.raw(key).map(|value| self.resolve(value)).filter(|value| **value != Object::Null)
    }

    /// The dictionary under a name.
    pub(crate) fn dict<'o>(&'o self, dict: &'o Dict, key: &str) -> Option<&'o Dict> {
        self.get(dict, key)?.dict()
    }

    /// The dictionary under a name, or an empty one.
    pub(crate) fn dict_or_none<'o>(&'o self, dict: &'o Dict, key: &str) -> &'o Dict {
        self.dict(dict, key).unwrap_or(&NOTHING)
    }

    /// The name under a name.
    pub(crate) fn name<'o>(&'o self, dict: &'o Dict, key: &str) -> Option<&'o str> {
        self.get(dict, key)?.name()
    }

    /// The number under a name.
    pub(crate) fn number(&self, dict: &Dict, key: &str) -> Option<f64> {
        self.get(dict, key)?.number()
    }

    /// The whole number under a name.
    pub(crate) fn int(&self, dict: &Dict, key: &str) -> Option<i64> {
        self.get(dict, key)?.int()
    }

    /// The array under a name.
    pub(crate) fn array<'o>(&'o self, dict: &'o Dict, key: &str) -> Option<&'o [Object]> {
        self.get(dict, key)?.array()
    }

    /// All the numbers of an array under a name, if there is nothing else in it.
    pub(crate) fn numbers(&self, dict: &Dict, key: &str) -> Option<Vec<f64>> {
        self.all_numbers(self.array(dict, key)?)
    }

    /// The values as numbers, if they are nothing else.
    pub(crate) fn all_numbers(&self, values: &[Object]) -> Option<Vec<f64>> {
        values.iter().map(|value| self.resolve(value).number()).collect()
    }

    /// The text string under a name, for people.
    pub(crate) fn text(&self, dict: &Dict, key: &str) -> Option<String> {
        self.get(dict, key)?.text().map(super::object::text_of)
    }

    /// The catalog.
    pub(crate) fn catalog(&self) -> &Dict {
        self.dict_or_none(&self.trailer, "Root")
    }

    /// The document's information.
    pub(crate) fn info(&self) -> &Dict {
        self.dict_or_none(&self.trailer, "Info")
    }

    /// What a stream holds, unfolded as far as filters other than those of pictures go.
    ///
    /// # Errors
    /// [`Fault::Broken`] if its data are no data of its filters.
    pub(crate) fn unfold(&self, stream: &Stream, work: &mut Work) -> Result<filter::Unfolded<'a>, Fault> {
        filter::unfold(self, stream, work)
    }

    /// What a stream holds, if nothing of a picture's filters is in the way.
    ///
    /// # Errors
    /// As [`Self::unfold`].
    pub(crate) fn bytes_of(
        &self,
        stream: &Stream,
        work: &mut Work,
    ) -> Result<std::borrow::Cow<'a, [u8]>, Fault> {
        let unfolded = self.unfold(stream, work)?;
        match unfolded.rest {
            None => Ok(unfolded.data),
            Some(_) => Err(Fault::Broken("it is folded in a way that is not read")),
        }
    }
}

/// Reads a file.
///
/// # Errors
/// When it cannot be judged, or not within bounds.
pub(crate) fn read<'a>(bytes: &'a [u8], lost: &mut Vec<String>, work: &mut Work) -> Result<Pdf<'a>, Refusal> {
    // Some files have a mail's or a server's lines before them; offsets count from the header.
    let start = find(&bytes[..bytes.len().min(1024)], b"%PDF-");
    let bytes = &bytes[start.ok_or_else(|| Refusal("it is no PDF".to_owned()))?..];
    let (entries, trailer) = xref::read(bytes, work)?;
    let mut reading = Reading { bytes, entries, lost, lengths: BTreeMap::new() };
    let mut pdf = Pdf { bytes, objects: reading.plain_objects(work)?, trailer };
    reading.stream_lengths(&mut pdf)?;
    if !pdf.trailer.has("Encrypt") {
        reading.packed_objects(&mut pdf, work)?;
        if pdf.dict(&pdf.trailer, "Root").is_none() {
            return Err(Refusal("it has no catalog: pages cannot be found".to_owned()));
        }
    }
    Ok(pdf)
}

struct Reading<'a, 'l> {
    bytes: &'a [u8],
    entries: BTreeMap<u32, Entry>,
    lost: &'l mut Vec<String>,
    /// Where the data of a stream start, and what is said about their length.
    lengths: BTreeMap<Id, Object>,
}

impl Reading<'_, '_> {
    fn plain_objects(&mut self, work: &mut Work) -> Result<BTreeMap<Id, Object>, Refusal> {
        let mut objects = BTreeMap::new();
        let entries = self.entries.iter().filter_map(|(&number, &entry)| match entry {
            Entry::Plain { offset, generation } => Some((number, offset, generation)),
            _ => None,
        });
        for (number, offset, generation) in entries.collect::<Vec<_>>() {
            let id = (number, generation);
            match indirect(self.bytes, offset, work) {
                Ok((found, object)) if found == id => {
                    if let Object::Stream(stream) = &object {
                        let length = stream.dict.raw("Length").cloned();
                        self.lengths.insert(id, length.unwrap_or(Object::Null));
                    }
                    objects.insert(id, object);
                }
                Ok(_) => self.lost(id, "another object stands where it should be"),
                Err(Fault::Broken(why)) => self.lost(id, why),
                Err(Fault::Refused(refusal)) => return Err(refusal),
            }
        }
        Ok(objects)
    }

    fn lost(&mut self, id: Id, why: &str) {
        self.lost.push(format!("object {} cannot be read: {why}", id.0));
    }

    /// Gives each stream its end, once the objects that lengths may stand in have been read.
    fn stream_lengths(&mut self, pdf: &mut Pdf<'_>) -> Result<(), Refusal> {
        let mut taken: Vec<(Range<usize>, Id)> = Vec::new();
        for (&id, length) in &self.lengths {
            let length = match length {
                Object::Ref(of) => pdf.objects.get(of).and_then(Object::int),
                direct => direct.int(),
            };
            let Some(Object::Stream(stream)) = pdf.objects.get_mut(&id) else { continue };
            let start = stream.data.start;
            let end = length.and_then(|length| start.checked_add(usize::try_from(length).ok()?));
            let whole = end.filter(|end| *end <= self.bytes.len() && ends_here(self.bytes, *end));
            let Some(end) = whole else {
                return Err(Refusal(format!("the length of stream {} is not where it ends", id.0)));
            };
            stream.data.end = end;
            taken.push((start..end, id));
        }
        taken.sort_by_key(|(data, _)| data.start);
        for pair in taken.windows(2) {
            if pair[0].0.end > pair[1].0.start {
                let (outer, inner) = (pair[0].1.0, pair[1].1.0);
                return Err(Refusal(format!("stream {inner} lies inside stream {outer}")));
            }
        }
        Ok(())
    }

    fn packed_objects(&mut self, pdf: &mut Pdf<'_>, work: &mut Work) -> Result<(), Refusal> {
        let mut packs: BTreeMap<u32, Vec<(u32, usize)>> = BTreeMap::new();
        for (&number, &entry) in &self.entries {
            if let Entry::Packed { stream, index } = entry {
                packs.entry(stream).or_default().push((number, index));
            }
        }
        for (pack, wanted) in packs {
            let Some(Object::Stream(stream)) = pdf.objects.get(&(pack, 0)).cloned() else {
                self.lost.push(format!("there is no object stream {pack}"));
                continue;
            };
            let data = match pdf.bytes_of(&stream, work) {
                Ok(data) => data,
                Err(Fault::Refused(refusal)) => return Err(refusal),
                Err(Fault::Broken(why)) => {
                    self.lost.push(format!("object stream {pack} cannot be read: {why}"));
                    continue;
                }
            };
            let places = places(pdf, &stream.dict, &data);
            for (number, index) in wanted {
                let place = places.get(index).filter(|(found, _)| *found == u64::from(number));
                let Some((_, offset)) = place else {
                    self.lost((number, 0), "it is not in its object stream");
                    continue;
                };
                match Lexer::of_file(&data, *offset).value(work) {
                    Ok(object) => {
                        pdf.objects.insert((number, 0), object);
                    }
                    Err(Fault::Broken(why)) => self.lost((number, 0), why),
                    Err(Fault::Refused(refusal)) => return Err(refusal),
                }
            }
        }
        Ok(())
    }
}

/// Number and offset of each object of an object stream.
fn places(pdf: &Pdf<'_>, dict: &Dict, data: &[u8]) -> Vec<(u64, usize)> {
    let first = pdf.int(dict, "First").and_then(|first| usize::try_from(first).ok()).unwrap_or(0);
    let mut lexer = Lexer::of_file(&data[..first.min(data.len())], 0);
    let mut places = Vec::new();
    while let (Some(number), Some(offset)) = (lexer.small_number(), lexer.small_number()) {
        places.push((number, first.saturating_add(usize::try_from(offset).unwrap_or(usize::MAX))));
    }
    places
}

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
