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
    /// Rows of white at each subhead, more or fewer.
    White(u16),
    /// Rows of the heading, its size as it is.
    HeadRows(u16),
    /// Rows of the heading, its headline as large as they allow: steps of the list of sizes.
    Headline(u16),
    /// Rows of each picture.
    Pictures(u16),
    /// The deck left out.
    Deck,
    /// The summary left out.
    Summary,
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
            Self::Summary => "summary",
            Self::Optional => "optional",
            Self::Cuts => "cuts",
            Self::Jump => "jump",
        }
    }

    /// Whether it changes how a story looks, and so may be taken alike by the stories of a group.
    pub fn is_of_looks(self) -> bool {
        matches!(
            self,
            Self::Tracking(_) | Self::White(_) | Self::HeadRows(_) | Self::Headline(_) | Self::Pictures(_)
        )
    }

    /// Whether it leaves text out.
    pub fn leaves_out(self) -> bool {
        matches!(self, Self::Deck | Self::Summary | Self::Optional | Self::Cuts)
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
    /// Those of them that the stories of a group take alike: all of them, and equally far.
    pub alike: Vec<Step>,
}

/// A story's setting as the steps have changed it; as it was planned by default.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Fitting {
    /// Rows that paragraphs may be set tighter or wider by.
    pub lines: u16,
    /// More space between characters; less when negative.
    pub tracking: Em,
    /// More white rows at each subhead; fewer when negative, down to those that its type needs.
    pub white: i16,
    /// More rows of the heading; fewer when negative.
    pub head_rows: i16,
    /// Whether its headline is as large as those rows allow, and how far from its size: steps of the
    /// list of sizes.
    pub headline: u16,
    /// More rows of each picture, as far as what it has to keep in view allows; fewer when negative.
    pub pictures: i16,
    /// Whether the deck is left out.
    pub no_deck: bool,
    /// Whether the summary is left out.
    pub no_summary: bool,
    /// Paragraphs that are left out.
    pub left_out: BTreeSet<usize>,
}

impl Fitting {
    /// The same without what a step did. Paragraphs that were left out stay so.
    #[must_use]
    pub fn without(&self, step: Step) -> Self {
        let mut less = self.clone();
        match step {
            Step::Lines(_) => less.lines = 0,
            Step::Tracking(_) => less.tracking = Em(0),
            Step::White(_) => less.white = 0,
            Step::HeadRows(_) if self.headline == 0 => less.head_rows = 0,
            Step::Headline(_) if self.headline > 0 => (less.headline, less.head_rows) = (0, 0),
            Step::Pictures(_) => less.pictures = 0,
            Step::Deck => less.no_deck = false,
            Step::Summary => less.no_summary = false,
            Step::HeadRows(_) | Step::Headline(_) | Step::Optional | Step::Cuts | Step::Jump => {}
        }
        less
    }
}

/// A paragraph that may be left out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spare {
    /// Which of the story's paragraphs.
    pub para: usize,
    /// The desk's number for it: the highest goes first; 0 for one that is merely optional.
    pub cut: u16,
}
