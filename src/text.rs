//! From characters to lines: classes, break permission, spacing, shaping, breaking, justifying.

pub mod class;
pub mod justify;
pub mod kinsoku;
pub mod linebreak;
pub mod prepare;
pub mod run;
pub mod shape;
pub mod spacing;
