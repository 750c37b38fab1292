//! Pages composed: a plan carried out, what stands where and what reads after what.

mod ads;
pub mod compose;
mod copyfit;
pub mod fit;
mod frames;
pub mod furniture;
mod heading;
mod inset;
mod jump_line;
pub mod offers;
mod ornament;
mod panel;
mod pictures;
pub mod reading;
mod redraw;
mod rules;
pub mod set;
mod story;
mod strip;
mod summary;
mod told;
mod variables;
