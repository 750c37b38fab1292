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

/// Web addresses, in their order: from how they open to the first character that cannot be in one.
pub(super) fn addresses(text: &str) -> Vec<Range<usize>> {
    let openings = ["http://", "https://", "www."];
    let mut starts: Vec<usize> =
        openings.iter().flat_map(|opening| text.match_indices(opening)).map(|(start, _)| start).collect();
    starts.sort_unstable();
    let mut found: Vec<Range<usize>> = Vec::new();
    for start in starts {
        if found.last().is_none_or(|known| known.end <= start) {
            let rest = &text[start..];
            let len = rest.find(|char: char| !char.is_ascii_graphic()).unwrap_or(rest.len());
            found.push(start..start + len);
        }
    }
    found
}
