//! What a page refers to, and what that refers to: its objects, numbered by first need, and the spot
//! inks that are named on the way.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use super::AdError;
use crate::pdf::file::Pdf;
use crate::pdf::object::{Dict, Id, Object, Stream, shown};

/// Objects that one page needs. An elaborate advertisement has some hundreds.
const MOST_PARTS: usize = 10_000;

/// Entries that say nothing about how a page looks and lead out of it: into the structure of the
/// text, the editing program's own notes, and metadata.
const LEADING_OUT: [&str; 6] =
    ["PieceInfo", "Metadata", "StructParent", "StructParents", "LastModified", "Parent"];

/// Colorants that are no spot inks (PDF Reference 1.4, 4.5.5).
const NO_SPOTS: [&str; 6] = ["Cyan", "Magenta", "Yellow", "Black", "All", "None"];

/// An object of an advertisement.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Part {
    /// A value.
    Value(Object),
    /// A stream: its dictionary without `Length`, and its data as they were folded.
    Stream(Dict, Arc<[u8]>),
}

/// Objects as they are met.
pub(super) struct Collector<'p> {
    pdf: &'p Pdf<'p>,
    numbers: BTreeMap<Id, u32>,
    waiting: VecDeque<Id>,
    spots: BTreeSet<String>,
}

impl<'p> Collector<'p> {
    pub(super) fn new(pdf: &'p Pdf<'p>) -> Self {
        Self { pdf, numbers: BTreeMap::new(), waiting: VecDeque::new(), spots: BTreeSet::new() }
    }

    /// A dictionary that refers to parts.
    pub(super) fn dict(&mut self, dict: &Dict) -> Result<Dict, AdError> {
        let layer = matches!(self.pdf.name(dict, "Type"), Some("OCG" | "OCMD"));
        if layer || dict.has("OC") {
            return Err(AdError::Layers);
        }
        let mut own = Dict::default();
        for (key, value) in dict.0.iter().filter(|(key, _)| !LEADING_OUT.contains(&key.as_str())) {
            own.0.insert(key.clone(), self.value(value)?);
        }
        Ok(own)
    }

    /// Everything that was referred to so far, and what that refers to; and the spot inks, sorted.
    pub(super) fn parts(mut self) -> Result<(Vec<Part>, Vec<String>), AdError> {
        let mut parts = Vec::new();
        while let Some(id) = self.waiting.pop_front() {
            let pdf = self.pdf;
            let part = match pdf.objects.get(&id) {
                Some(Object::Stream(stream)) => self.stream(stream)?,
                Some(value) => Part::Value(self.value(value)?),
                None => Part::Value(Object::Null),
            };
            parts.push(part);
        }
        Ok((parts, self.spots.into_iter().collect()))
    }

    fn stream(&mut self, stream: &Stream) -> Result<Part, AdError> {
        let mut dict = self.dict(&stream.dict)?;
        dict.0.remove("Length");
        let data = self.pdf.bytes.get(stream.data.clone()).unwrap_or_default();
        Ok(Part::Stream(dict, data.into()))
    }

    // Values lie only so deep in one another as `pdf::bounds` lets them.
    fn value(&mut self, value: &Object) -> Result<Object, AdError> {
        Ok(match value {
            Object::Ref(id) => self.reference(*id)?,
            Object::Dict(dict) => Object::Dict(self.dict(dict)?),
            Object::Array(values) => {
                self.note_spots(values);
                Object::Array(values.iter().map(|value| self.value(value)).collect::<Result<_, _>>()?)
            }
            // A stream is an object of its own wherever it stands.
            Object::Stream(_) => Object::Null,
            plain => plain.clone(),
        })
    }

    /// Notes the colorants of a `Separation` or `DeviceN` space.
    fn note_spots(&mut self, space: &[Object]) {
        let pdf = self.pdf;
        let [family, colorants, ..] = space else { return };
        let colorants = match (pdf.resolve(family).name(), pdf.resolve(colorants)) {
            (Some("Separation"), colorant) => std::slice::from_ref(colorant),
            (Some("DeviceN"), Object::Array(colorants)) => &colorants[..],
            _ => return,
        };
        let names = colorants.iter().filter_map(|colorant| pdf.resolve(colorant).name());
        self.spots.extend(names.filter(|name| !NO_SPOTS.contains(name)).map(shown));
    }

    fn reference(&mut self, id: Id) -> Result<Object, AdError> {
        let target = self.pdf.objects.get(&id).unwrap_or(&Object::Null);
        let kind = target.dict().and_then(|dict| self.pdf.name(dict, "Type"));
        // Another page, or the file itself: not a part of this one.
        if *target == Object::Null || matches!(kind, Some("Page" | "Pages" | "Catalog")) {
            return Ok(Object::Null);
        }
        let next = self.numbers.len() as u32 + 1;
        let number = *self.numbers.entry(id).or_insert(next);
        if number == next {
            self.waiting.push_back(id);
        }
        if self.numbers.len() > MOST_PARTS {
            return Err(AdError::Many(MOST_PARTS));
        }
        Ok(Object::Ref((number, 0)))
    }
}
