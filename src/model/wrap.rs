//! How text goes round what stands in its columns (文绕图).

use crate::unit::Len;

/// Whether text stands beside an obstacle, in the columns that it takes a part of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Wrap {
    /// Not at all: the rows it stands on are left out of the columns it touches.
    #[default]
    None,
    /// On one side of it, the wider one.
    Beside,
    /// On both sides of it: a row is read across it.
    Both,
}

/// What keeps text off an obstacle.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Around {
    /// Whether text stands beside it.
    pub wrap: Wrap,
    /// White between the two along the lines.
    pub along: Len,
    /// White between the two across the lines, beyond that which a row has itself.
    pub across: Len,
}
