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

/// Which spot ink: an index into the spot inks of a layout.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct SpotIdx(pub u8);

/// An ink mixed for a plate of its own (专色).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SpotInk {
    /// What the print shop calls it, such as `PANTONE 185 C`: the name of its plate.
    pub colorant: String,
    /// What its solid looks like in cyan, magenta, yellow and black, where there is no such plate.
    pub cmyk: [Tint; 4],
}

/// A printing plate, in the order in which inks are listed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Plate {
    /// Cyan (青).
    Cyan,
    /// Magenta (品红).
    Magenta,
    /// Yellow (黄).
    Yellow,
    /// Black (黑).
    Black,
    /// A spot ink.
    Spot(SpotIdx),
}

impl Plate {
    /// The plates of four-colour process printing.
    pub const PROCESS: [Self; 4] = [Self::Cyan, Self::Magenta, Self::Yellow, Self::Black];

    /// Its name, as separations are called (PDF Reference 1.4, 4.5.5).
    pub fn name(self, spots: &[SpotInk]) -> &str {
        match self {
            Self::Cyan => "Cyan",
            Self::Magenta => "Magenta",
            Self::Yellow => "Yellow",
            Self::Black => "Black",
            Self::Spot(spot) => spots.get(usize::from(spot.0)).map_or("", |spot| &spot.colorant),
        }
    }

    /// Its ink, solid.
    pub fn solid(self) -> Ink {
        let only = |plate: Self| Self::PROCESS.map(|one| if one == plate { Tint::SOLID } else { Tint::NONE });
        match self {
            Self::Black => Ink::BLACK,
            Self::Spot(spot) => Ink::Spot(spot, Tint::SOLID),
            process => Ink::Cmyk(only(process)),
        }
    }
}

/// What something is printed with.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Ink {
    /// The black plate alone: body text, rules, heads (单黑).
    Black(Tint),
    /// Cyan, magenta, yellow, black: all four plates are what it says, whatever lies under it.
    Cmyk([Tint; 4]),
    /// A spot ink on its own plate.
    Spot(SpotIdx, Tint),
    /// Every plate, for marks outside the trim only.
    Registration,
}

impl Ink {
    /// Solid black on the black plate alone.
    pub const BLACK: Self = Self::Black(Tint::SOLID);
    /// Bare paper: no ink on any plate (反白 type, white boxes).
    pub const PAPER: Self = Self::Black(Tint::NONE);
    /// Solid black with the other plates cleared under it, where there is too much ink to print
    /// black on top.
    pub const CLEARED_BLACK: Self = Self::Cmyk([Tint::NONE, Tint::NONE, Tint::NONE, Tint::SOLID]);

    /// Cyan, magenta, yellow and black in tenths of a percent.
    pub fn process(self) -> [u16; 4] {
        match self {
            Self::Black(tint) => [0, 0, 0, tint.0],
            Self::Cmyk(tints) => tints.map(|tint| tint.0),
            Self::Spot(..) => [0; 4],
            Self::Registration => [1000; 4],
        }
    }

    /// Total area coverage (总墨量) in tenths of a percent: 2400 is 240 %. A spot ink counts as
    /// much as any other.
    pub fn total(self) -> u16 {
        self.colour() + self.process()[3]
    }

    /// All of its ink but black, in tenths of a percent: what is left under black printed on top.
    pub fn colour(self) -> u16 {
        match self {
            Self::Spot(_, tint) => tint.0,
            process => process.process()[..3].iter().sum(),
        }
    }

    /// The plates it puts ink on. For registration those of process printing; it marks all others too.
    pub fn plates(self) -> impl Iterator<Item = Plate> {
        let spot = match self {
            Self::Spot(spot, tint) if tint > Tint::NONE => Some(Plate::Spot(spot)),
            _ => None,
        };
        let process = Plate::PROCESS.into_iter().zip(self.process());
        process.filter(|(_, tint)| *tint > 0).map(|(plate, _)| plate).chain(spot)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ink_counts() {
        let spot = Ink::Spot(SpotIdx(1), Tint(500));
        assert_eq!((spot.total(), spot.colour()), (500, 500));
        assert_eq!((Ink::BLACK.total(), Ink::BLACK.colour()), (1000, 0));
        let blue = Ink::Cmyk([Tint(1000), Tint(600), Tint(0), Tint(200)]);
        assert_eq!((blue.total(), blue.colour()), (1800, 1600));
        assert_eq!(Ink::Registration.total(), 4000);
    }

    #[test]
    fn an_ink_is_on_the_plates_it_has_ink_for() {
        let plates = |ink: Ink| ink.plates().collect::<Vec<_>>();
        assert_eq!(plates(Ink::BLACK), [Plate::Black]);
        assert_eq!(plates(Ink::PAPER), []);
        assert_eq!(plates(Ink::Spot(SpotIdx(0), Tint(10))), [Plate::Spot(SpotIdx(0))]);
        assert_eq!(plates(Ink::Spot(SpotIdx(0), Tint(0))), []);
        let blue = Ink::Cmyk([Tint(1000), Tint(600), Tint(0), Tint(0)]);
        assert_eq!(plates(blue), [Plate::Cyan, Plate::Magenta]);
        for plate in Plate::PROCESS.into_iter().chain([Plate::Spot(SpotIdx(3))]) {
            assert_eq!(plates(plate.solid()), [plate]);
        }
    }

    #[test]
    fn only_solid_black_overprints() {
        assert_eq!(Ink::BLACK.overlay(), Overlay::Overprint);
        for ink in [Ink::PAPER, Ink::Black(Tint(990)), Ink::CLEARED_BLACK, Ink::Spot(SpotIdx(0), Tint::SOLID)]
        {
            assert_eq!(ink.overlay(), Overlay::Knockout, "{ink:?}");
        }
    }
}
