//! Web addresses, which may be longer than a line.

use std::ops::Range;

use super::super::class::Char;
use super::{NEVER, char_at};

/// Inside a web address, after one of its signs (Chicago Manual of Style, on breaking addresses).
const INSIDE_ADDRESS: u16 = 200;

/// Lets the addresses of a text break after their signs, and nowhere else.
pub(super) fn discourage(text: &str, chars: &[Char], penalties: &mut [u16]) {
    for address in addresses(text) {
        for idx in char_at(chars, address.start)..char_at(chars, address.end).saturating_sub(1) {
            let (sign, next) = (chars[idx].char, chars[idx + 1].char);
            let parts = "/.-?&=_".contains(sign) && next.is_ascii_alphanumeric();
            penalties[idx] = if parts { INSIDE_ADDRESS } else { NEVER };
        }
    }
}

/// Web addresses: from how they open to the first character that cannot be in one.
pub(super) fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for opening in ["http://", "https://", "www."] {
        for (start, _) in text.match_indices(opening) {
            let rest = &text[start..];
            let len = rest.find(|c: char| !c.is_ascii_graphic()).unwrap_or(rest.len());
            if found.iter().all(|known| !known.contains(&start)) {
                found.push(start..start + len);
            }
        }
    }
    found
}
