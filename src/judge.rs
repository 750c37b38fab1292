//! Judges a page before anything is written: conservation of text, ink, resolution.

pub mod pdf;
pub mod sheet;
