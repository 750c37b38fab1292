//! Digests that stand in a document for the streams they are of, until the file is named.
//!
//! A file is named by a digest of what it holds. Photographs and the profile are most of it, and their
//! digests are known: they were made before this file, often in another build.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Stream};

use crate::fingerprint::Known;

/// What stands for what.
#[derive(Default)]
pub(super) struct StandIns<'a>(BTreeMap<[u8; 32], &'a [u8]>);

impl<'a> StandIns<'a> {
    /// A stream that holds a digest in the place of its bytes.
    pub(super) fn stream(&mut self, dictionary: Dictionary, bytes: &'a Known) -> Stream {
        self.0.insert(*bytes.digest(), bytes);
        Stream::new(dictionary, bytes.digest().to_vec())
    }

    /// Puts the bytes in their places.
    pub(super) fn relieve(&self, document: &mut Document) {
        for stream in document.objects.values_mut().filter_map(|object| object.as_stream_mut().ok()) {
            let bytes = <[u8; 32]>::try_from(&stream.content[..]).ok().and_then(|digest| self.0.get(&digest));
            if let Some(bytes) = bytes {
                stream.set_content(bytes.to_vec());
            }
        }
    }
}
