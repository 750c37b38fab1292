//! The typographer's window: what the composer does with a text, as numbers and words.
//!
//! Breaks, advances and lines are records for programs; the ledger is for people.

pub mod advances;
pub mod breaks;
pub mod ledger;
pub mod lines;
pub mod setup;

use crate::text::para::PreparedPara;

/// How many characters of a paragraph stand before an item.
fn chars_before(para: &PreparedPara, item: usize) -> usize {
    let byte = para.items.get(item).map_or(para.text.len(), |item| item.bytes.start as usize);
    para.text[..byte].chars().count()
}

#[cfg(test)]
mod tests;
