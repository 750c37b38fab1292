//! Ink on paper: the composed page as a display list with every colour and overprint decided.

pub mod build;
pub mod display;
pub mod marks;
pub mod slug;
#[cfg(test)]
mod tests;
mod under;
