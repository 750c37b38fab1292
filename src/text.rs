//! From characters to lines: classes, break permission, spacing, shaping, breaking, justifying.

pub mod class;
#[cfg(test)]
pub(crate) mod fixture;
pub mod justify;
pub mod kinsoku;
pub mod linebreak;
pub mod prepare;
pub mod run;
pub mod shape;
pub mod spacing;

#[cfg(test)]
mod tests;
