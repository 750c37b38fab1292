//! From characters to lines: classes, break permission, spacing, shaping, breaking, justifying.

pub mod beside;
pub mod class;
#[cfg(test)]
pub(crate) mod fixture;
pub mod item;
pub mod justify;
pub mod kinsoku;
pub mod linebreak;
pub mod measures;
pub mod para;
pub mod prepare;
pub mod run;
pub mod setting;
pub mod shape;
pub mod spacing;
mod stretch;
pub mod sums;
pub mod total;
mod vertical;
pub mod weigh;

#[cfg(test)]
mod tests;
