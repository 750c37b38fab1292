//! Copyfitting (删补): the steps a house takes to make a story fit, in its order and within its bounds,
//! and what was made of a story.

use std::collections::BTreeSet;

use crate::unit::Em;

/// One kind of step, with how far it may go. Body size, pitch and glyph shapes are no steps: they
/// never change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Paragraphs a line tighter or wider, as the composer finds them: rows that are gained or lost.
    Lines(u16),
    /// Space between characters: how much more or less.
    Tracking(Em),
    /// White rows at each subhead.
    White(u16),
    /// Rows of the heading, its size as it is.
    HeadRows(u16),
    /// Rows of the heading, its headline as large as they allow: steps of the list of sizes.
    Headline(u16),
    /// Rows of each picture.
    Pictures(u16),
    /// The deck left out.
    Deck,
    /// Paragraphs marked `optional` left out, the last first.
    Optional,
    /// Paragraphs marked `cut` left out, those with the highest number first.
    Cuts,
    /// The rest of the story moved to a block that another page offers it.
    Jump,
}

impl Step {
    /// Its name in layouts and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lines(_) => "lines",
            Self::Tracking(_) => "tracking",
            Self::White(_) => "white",
            Self::HeadRows(_) => "head-rows",
            Self::Headline(_) => "headline",
            Self::Pictures(_) => "pictures",
            Self::Deck => "deck",
            Self::Optional => "optional",
            Self::Cuts => "cuts",
            Self::Jump => "jump",
        }
    }

    /// Whether a person should look at a page on which it was taken.
    pub fn is_seen(self) -> bool {
        !matches!(self, Self::Lines(_))
    }
}

/// The steps of a house for a kind of story, in their order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ladder {
    /// Its name in the layout.
    pub name: String,
    /// Its steps.
    pub steps: Vec<Step>,
}

/// A story's setting as the steps have changed it; as it was planned by default.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Fitting {
    /// More space between characters; less when negative.
    pub tracking: Em,
    /// White rows at each subhead.
    pub white: u16,
    /// More rows of the heading; fewer when negative.
    pub head_rows: i16,
    /// Whether its headline is as large as those rows allow, and how far from its size: steps of the
    /// list of sizes.
    pub headline: u16,
    /// More rows of each picture; fewer when negative.
    pub pictures: i16,
    /// Whether the deck is left out.
    pub no_deck: bool,
    /// Paragraphs that are left out.
    pub left_out: BTreeSet<usize>,
}

/// A paragraph that may be left out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spare {
    /// Which of the story's paragraphs.
    pub para: usize,
    /// The desk's number for it: the highest goes first; 0 for one that is merely optional.
    pub cut: u16,
}
