//! Stories into room: pouring, headlines.

pub mod headline;
pub mod rooms;
pub mod thread;
