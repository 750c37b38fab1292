//! The measures that a paragraph's lines will have, one after another.

use std::ops::Range;

use crate::unit::Len;

/// Width by line: some that may differ, then one for all that follow.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Measures {
    first: Vec<Len>,
    rest: Len,
}

impl Measures {
    /// The same for every line.
    pub fn all(measure: Len) -> Self {
        Self { first: Vec::new(), rest: measure }
    }

    /// These in turn; what comes after the last has its width.
    pub fn each(mut measures: Vec<Len>) -> Self {
        let rest = measures.pop().unwrap_or(Len::ZERO);
        while measures.last() == Some(&rest) {
            measures.pop();
        }
        Self { first: measures, rest }
    }

    /// The same, with some lines narrower.
    #[must_use]
    pub fn inset(self, lines: Range<usize>, by: Len) -> Self {
        let known = self.first.len().max(lines.end);
        let mut first: Vec<Len> = (0..known).map(|line| self.at(line)).collect();
        for measure in &mut first[lines] {
            *measure -= by;
        }
        Self { first, rest: self.rest }
    }

    /// Of a line, counted from 0.
    pub fn at(&self, line: usize) -> Len {
        self.first.get(line).copied().unwrap_or(self.rest)
    }

    /// The first line from which on they are all the same.
    pub fn alike_from(&self) -> usize {
        self.first.len()
    }
}
