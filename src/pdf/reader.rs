//! Bytes of a file → its objects: cross-reference, objects, object streams.
//!
//! Not the library that our pages are made with: it takes a copy of every stream, follows lengths
//! from stream to stream by recursion and makes room for as many bytes as a cross-reference stream
//! says, none of which a stranger's file may decide. Here nothing is mended either: a file that
//! needs repair breaks `FILE-06`, and is refused if it cannot be judged without.

use std::collections::BTreeMap;
use std::ops::Range;

use super::bounds::{Refusal, Work};
use super::file::Pdf;
use super::indirect::{ends_here, find, indirect};
use super::lexer::{Fault, Lexer};
use super::object::{Dict, Id, Object};
use super::xref::{self, Entry};

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
