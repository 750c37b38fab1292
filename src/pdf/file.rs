//! A file whose objects have been read, and what stands in it under a name.

use std::collections::BTreeMap;

use super::object::{Dict, Id, Object};

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
}
