//! A file on the table: what it is, what it is judged by, what was found so far.

use std::collections::{BTreeMap, BTreeSet};

use super::bounds::Work;
use super::file::Pdf;
use super::findings::Findings;
use super::font::Font;
use super::object::Id;
use super::{Limits, Standard};

/// Everything that the rules need.
#[derive(Debug)]
pub(super) struct Judging<'a> {
    pub(super) pdf: &'a Pdf<'a>,
    pub(super) standard: Standard,
    pub(super) limits: &'a Limits,
    pub(super) findings: Findings,
    pub(super) work: Work,
    pub(super) intent: Intent,
    /// Fonts in the order they were met.
    pub(super) fonts: Vec<Font<'a>>,
    /// Which of them a dictionary is.
    pub(super) font_of: BTreeMap<FontKey, usize>,
    /// Digests of the profiles of `ICCBased` spaces.
    pub(super) profiles: BTreeMap<Id, Option<String>>,
    /// What need not be judged twice: images, patterns, graphics states, spot colours.
    pub(super) seen: BTreeSet<Seen>,
}

impl<'a> Judging<'a> {
    /// A file of which nothing but its bytes has been judged.
    pub(super) fn new(
        pdf: &'a Pdf<'a>,
        standard: Standard,
        limits: &'a Limits,
        findings: Findings,
        work: Work,
    ) -> Self {
        Self {
            pdf,
            standard,
            limits,
            findings,
            work,
            intent: Intent::default(),
            fonts: Vec::new(),
            font_of: BTreeMap::new(),
            profiles: BTreeMap::new(),
            seen: BTreeSet::new(),
        }
    }
}

/// What the rules of colour need to know of the output intent.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Intent {
    /// `CMYK`, `RGB`, `GRAY`; nothing if it is not known.
    pub(super) space: Option<String>,
    /// The digest of its profile.
    pub(super) profile: Option<String>,
}

impl Intent {
    /// Whether its profile is of a space.
    pub(super) fn is(&self, space: &str) -> bool {
        self.space.as_deref() == Some(space)
    }
}

/// A font: an object, or a dictionary that stands in the resources themselves.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum FontKey {
    Object(Id),
    /// The address of the dictionary, which does not move while the file is judged.
    Direct(usize),
}

/// Something that has been judged.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Seen {
    Image(Id),
    Pattern(Id),
    State(Id),
    Glyph(usize, u32),
    Spot(String),
}
