//! The inside of a PDF that somebody else made: bytes in, its objects out. What it reads is hostile
//! until shown otherwise; [`bounds`] says how much of it is read before it is refused.

pub mod bounds;
pub(crate) mod file;
pub(crate) mod filter;
pub(crate) mod indirect;
pub(crate) mod lexer;
pub(crate) mod object;
pub(crate) mod reader;
mod xref;
