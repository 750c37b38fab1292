//! Inks, tints and overprint. There is no RGB here: past `picture` a page knows ink only.

/// A share of one ink in tenths of a percent: 1000 is solid.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Default)]
pub struct Tint(pub u16);

impl Tint {
    /// No ink.
    pub const NONE: Self = Self(0);
    /// Solid ink.
    pub const SOLID: Self = Self(1000);
}

/// What something is printed with.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Ink {
    /// The black plate alone: body text, rules, heads (单黑).
    Black(Tint),
    /// Cyan, magenta, yellow, black.
    Cmyk([Tint; 4]),
    /// Every plate, for marks outside the trim only.
    Registration,
}

impl Ink {
    /// Solid black on the black plate alone.
    pub const BLACK: Self = Self::Black(Tint::SOLID);
    /// Bare paper: no ink on any plate (反白 type, white boxes).
    pub const PAPER: Self = Self::Black(Tint::NONE);

    /// Cyan, magenta, yellow and black in tenths of a percent.
    pub fn cmyk(self) -> [u16; 4] {
        match self {
            Self::Black(tint) => [0, 0, 0, tint.0],
            Self::Cmyk(tints) => tints.map(|tint| tint.0),
            Self::Registration => [1000; 4],
        }
    }

    /// Total area coverage (总墨量) in tenths of a percent: 2400 is 240 %.
    pub fn total(self) -> u16 {
        self.cmyk().iter().sum()
    }

    /// Whether it must overprint what lies under it: solid black on its own plate
    /// (GWG2015, "Overprint 100% Black Text"; white and tints must knock out).
    pub fn overlay(self) -> Overlay {
        if self == Self::BLACK { Overlay::Overprint } else { Overlay::Knockout }
    }
}

/// How ink meets what lies under it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Overlay {
    /// Clears every plate under it (镂空).
    Knockout,
    /// Leaves the other plates as they are (叠印).
    Overprint,
}
