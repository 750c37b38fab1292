//! Pages composed: a plan carried out, what stands where and what reads after what.

mod ads;
pub mod compose;
pub mod fit;
mod frames;
pub mod furniture;
mod heading;
mod jump_line;
mod pictures;
pub mod reading;
pub mod set;
mod story;
mod told;
