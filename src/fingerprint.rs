//! Digests of content, as files and reports state them.

use std::ops::Deref;
use std::sync::Arc;

use sha2::{Digest, Sha256};

/// SHA-256 of the parts in their order, each preceded by its length so that no two lists of
/// parts give the same input.
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    digest.finalize().into()
}

/// Bytes that are known by their digest, which is reckoned once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    bytes: Arc<[u8]>,
    digest: [u8; 32],
}

impl Known {
    /// Bytes and their digest as [`Known::digest`] gave it.
    pub fn before(bytes: &[u8], digest: [u8; 32]) -> Self {
        Self { bytes: bytes.into(), digest }
    }

    /// SHA-256 of the bytes.
    pub fn digest(&self) -> &[u8; 32] {
        &self.digest
    }
}

impl From<Vec<u8>> for Known {
    fn from(bytes: Vec<u8>) -> Self {
        Self { digest: Sha256::digest(&bytes).into(), bytes: bytes.into() }
    }
}

impl Deref for Known {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

/// SHA-256 of one run of bytes, as `sha256sum` prints it.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|nibble| char::from(DIGITS[usize::from(nibble)]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_the_published_ones() {
        // FIPS 180-4, example for "abc".
        assert_eq!(sha256_hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_ne!(sha256(&[b"ab", b"c"]), sha256(&[b"a", b"bc"]));
    }
}
