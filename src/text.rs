//! From characters to lines: classes, break permission, spacing, shaping, breaking, justifying.

pub mod class;
#[cfg(test)]
pub(crate) mod fixture;
pub mod justify;
pub mod kinsoku;
pub mod linebreak;
pub mod measures;
pub mod prepare;
pub mod run;
pub mod shape;
pub mod spacing;
pub mod sums;
pub mod total;
pub mod weigh;

#[cfg(test)]
mod tests;
