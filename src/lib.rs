//! duikai (对开): structured stories and photographs in, newspaper pages a press can print out.
//!
//! A page is the value of a pure function of its inputs. Modules stand on floors and use lower
//! floors only; `ARCHITECTURE.md` draws the house and `tests/it/tidy.rs` keeps it so.

pub mod ad;
pub mod color;
pub mod diag;
pub mod files;
pub mod fingerprint;
pub mod flow;
pub mod font;
pub mod geom;
pub mod inspect;
pub mod job;
pub mod judge;
pub mod model;
pub mod output;
pub mod page;
pub mod paint;
pub mod pdf;
pub mod picture;
pub mod room;
pub mod source;
pub mod text;
pub mod unit;
