//! Stories into room: pouring, headlines.

pub mod balance;
pub mod caption;
pub mod exact;
pub mod feet;
pub mod headline;
pub mod jump;
pub mod rooms;
mod scored;
pub mod summary;
pub mod thread;
pub mod wrap;
