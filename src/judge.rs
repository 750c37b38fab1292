//! Judges a page before anything is written: conservation of text, places, and what a press holds.

pub mod ads;
mod conservation;
mod edges;
pub mod form;
mod licences;
pub mod makeup;
pub mod pdf;
pub mod pictures;
mod places;
pub mod sheet;
mod strokes;
mod type_rules;

pub use conservation::conservation;

use crate::color::Ink;

/// How many plates an ink puts ink on.
fn inks_of(ink: Ink) -> usize {
    ink.plates().count()
}
