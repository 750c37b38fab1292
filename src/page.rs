//! Pages composed: a plan carried out, what stands where and what reads after what.

mod ads;
pub mod compose;
pub mod fit;
pub mod furniture;
mod heading;
pub mod reading;
pub mod set;
