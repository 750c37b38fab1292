//! The one integration binary: linking costs more than running, so every test that sees the
//! engine from outside is a module of this file.

mod tidy;
