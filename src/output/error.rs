//! Why a page cannot be written, and what to do about it.

use std::fmt;
use std::io;

/// Why a PDF could not be written.
#[derive(Debug)]
pub enum WriteError {
    /// The imprint has no title.
    Untitled,
    /// The boxes of a page do not lie one in the other.
    Boxes {
        /// The page.
        page: String,
    },
    /// A page is larger than a PDF page may be.
    TooLarge {
        /// The page.
        page: String,
    },
    /// A character has no glyph in its face and would print as an empty box.
    NoGlyph {
        /// The page.
        page: String,
        /// The face's id.
        face: String,
        /// The character.
        text: String,
    },
    /// The display list names something that does not exist: a defect of the engine.
    Dangling {
        /// The page.
        page: String,
        /// What is not there.
        what: &'static str,
    },
    /// A font program could not be read.
    ReadFace {
        /// The face's id.
        face: String,
        /// What the disk says.
        error: io::Error,
    },
    /// A font program could not be cut down to what is printed.
    CutFace {
        /// The face's id.
        face: String,
        /// Why.
        why: String,
    },
    /// The PDF library would have written something else than it was told.
    Refused(String),
    /// The PDF library could not assemble the file.
    Assemble(lopdf::Error),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Untitled => f.write_str("the PDF has no title, and PDF/X wants one: give the paper a name"),
            Self::Boxes { page } => write!(
                f,
                "page {page}: the trim does not lie in the bleed and the bleed in the sheet: make the margin \
                 for marks wider than the bleed"
            ),
            Self::TooLarge { page } => write!(
                f,
                "page {page}: a PDF page is at most 14 400 points (5.08 m) on each side: make it smaller"
            ),
            Self::NoGlyph { page, face, text } => write!(
                f,
                "page {page}: the face `{face}` has no glyph for `{text}`: name a fallback face that has it, \
                 or write another character"
            ),
            Self::Dangling { page, what } => write!(
                f,
                "page {page}: its display list names {what} that does not exist: this is a defect of duikai, \
                 please report it with the edition"
            ),
            Self::ReadFace { face, error } => write!(
                f,
                "the font file of `{face}` cannot be read: {error}: check that it is still where it was"
            ),
            Self::CutFace { face, why } => write!(
                f,
                "the font of `{face}` cannot be cut to the glyphs that are used ({why}): use a font with \
                 `glyf` or `CFF ` outlines that is not damaged"
            ),
            Self::Refused(why) => write!(
                f,
                "the PDF library refused a page ({why}): this is a defect of duikai, please report it with \
                 the edition"
            ),
            Self::Assemble(error) => write!(
                f,
                "the PDF could not be put together ({error}): this is a defect of duikai, please report it \
                 with the edition"
            ),
        }
    }
}

impl std::error::Error for WriteError {}

impl From<lopdf::Error> for WriteError {
    fn from(error: lopdf::Error) -> Self {
        Self::Assemble(error)
    }
}
