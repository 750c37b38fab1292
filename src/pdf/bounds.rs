//! How much of a file is looked at. Real newspaper pages and advertisements stay a hundred times
//! below these; a file that does not is refused with a finding, after bounded work and memory.

use std::fmt;

/// Bytes of a file.
pub const LARGEST_FILE: usize = 512 << 20;
/// Bytes that one stream may unfold to.
pub const LARGEST_STREAM: usize = 256 << 20;
/// Bytes that all streams together may unfold to.
pub const MOST_UNFOLDED: usize = 2 << 30;
/// Objects of a file.
pub const MOST_OBJECTS: usize = 1 << 20;
/// Sections of cross-reference that follow one another by `Prev`.
pub const MOST_SECTIONS: usize = 256;
/// Arrays and dictionaries inside one another.
pub const DEEPEST: usize = 64;
/// Forms, patterns and glyph procedures that paint one another.
pub const DEEPEST_CONTENT: usize = 14;
/// Pages.
pub const MOST_PAGES: usize = 2_000;
/// Bytes that values take in memory, each value counted as 48.
pub const MOST_HELD: usize = 1 << 30;
/// Steps of work: an operator or value of a content stream, a glyph, an object.
pub const MOST_STEPS: u64 = 50_000_000;
/// Different things said about one file.
pub const MOST_FINDINGS: usize = 4_000;

/// Why a file is not read on: one clause for people.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal(pub String);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Work done on a file so far. There is no clock: the same file is refused at the same place on
/// every machine.
#[derive(Debug, Default)]
pub(crate) struct Work {
    steps: u64,
    unfolded: usize,
    held: usize,
}

impl Work {
    /// Counts `steps` of work.
    ///
    /// # Errors
    /// When the file has had its share.
    pub(crate) fn spend(&mut self, steps: u64) -> Result<(), Refusal> {
        self.steps = self.steps.saturating_add(steps);
        if self.steps > MOST_STEPS {
            return Err(Refusal(format!("it takes more than {MOST_STEPS} steps to paint")));
        }
        Ok(())
    }

    /// Counts a value of `bytes` beyond its own size, which is a step as well.
    ///
    /// # Errors
    /// When the file has had its share.
    pub(crate) fn hold(&mut self, bytes: usize) -> Result<(), Refusal> {
        self.held = self.held.saturating_add(bytes).saturating_add(48);
        if self.held > MOST_HELD {
            return Err(Refusal("its values take more memory than any page".to_owned()));
        }
        self.spend(1 + bytes as u64 / 16)
    }

    /// Forgets values that are no longer held: those of a content stream live for one operator.
    pub(crate) fn release(&mut self, bytes: usize) {
        self.held = self.held.saturating_sub(bytes);
    }

    /// What is held now: the difference of two is for [`Self::release`].
    pub(crate) fn held(&self) -> usize {
        self.held
    }

    /// How many bytes the next stream may unfold to.
    pub(crate) fn room(&self) -> usize {
        LARGEST_STREAM.min(MOST_UNFOLDED.saturating_sub(self.unfolded))
    }

    /// Counts bytes that a stream unfolded to.
    pub(crate) fn unfold(&mut self, bytes: usize) {
        self.unfolded = self.unfolded.saturating_add(bytes);
    }
}
