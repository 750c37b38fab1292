//! An advertisement's parts in, a form XObject and what it refers to out.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat};

use super::frame::number;
use crate::ad::{Ad, Part};
use crate::pdf::object::{Dict, Object as Foreign};

/// Whether the level of a file knows transparency.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Groups {
    /// A page's group goes with it.
    Kept,
    /// There is none: what the judge let pass has nothing transparent in it, and a group without
    /// anything transparent is nothing but a key that the standard forbids (ISO 15930-4).
    Removed,
}

/// Adds an advertisement to a document, its objects in their own order (PDF Reference 1.4, 4.9).
pub(super) fn add(document: &mut Document, ad: &Ad, groups: Groups) -> ObjectId {
    let base = document.max_id;
    for part in &ad.parts {
        document.add_object(match part {
            Part::Value(value) => object(value, base),
            Part::Stream(dict, data) => Object::Stream(stream(dictionary(dict, base), data.to_vec())),
        });
    }
    let mut about = Dictionary::new();
    about.set("Type", "XObject");
    about.set("Subtype", "Form");
    about.set("BBox", ad.trim.map(|corner| Object::Real(number(corner))).to_vec());
    let [a, b, c, d, e, f] = ad.matrix;
    let turn = [a, b, c, d].map(Object::Integer);
    about
        .set("Matrix", turn.into_iter().chain([e, f].map(|by| Object::Real(number(by)))).collect::<Vec<_>>());
    about.set("Resources", dictionary(&ad.resources, base));
    if let (Some(group), Groups::Kept) = (&ad.group, groups) {
        about.set("Group", dictionary(group, base));
    }
    document.add_object(stream(about, ad.content.clone()))
}

/// A stream that keeps the filters it has.
fn stream(dictionary: Dictionary, data: Vec<u8>) -> Stream {
    Stream::new(dictionary, data).with_compression(false)
}

fn dictionary(dict: &Dict, base: u32) -> Dictionary {
    dict.0.iter().map(|(key, value)| (bytes(key), object(value, base))).collect()
}

/// A value of somebody else's file as one of ours, its references counted from `base`.
fn object(value: &Foreign, base: u32) -> Object {
    match value {
        Foreign::Null | Foreign::Stream(_) => Object::Null,
        Foreign::Bool(value) => Object::Boolean(*value),
        Foreign::Int(value) => Object::Integer(*value),
        Foreign::Real(value) => Object::Real(*value as f32),
        Foreign::Name(name) => Object::Name(bytes(name)),
        Foreign::Text(text) => Object::String(text.clone(), StringFormat::Hexadecimal),
        Foreign::Array(values) => Object::Array(values.iter().map(|value| object(value, base)).collect()),
        Foreign::Dict(dict) => Object::Dictionary(dictionary(dict, base)),
        Foreign::Ref((number, _)) => Object::Reference((base + number, 0)),
    }
}

/// The bytes of a name, each of which is a character here.
fn bytes(name: &str) -> Vec<u8> {
    name.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
}
