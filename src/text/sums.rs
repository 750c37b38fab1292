//! Running totals of a paragraph: what any stretch of it measures, gives and takes is one
//! subtraction.

use super::spacing::Gap;
use crate::model::style::TIERS;
use crate::unit::Len;

/// What a stretch of items and the gaps among them come to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Total {
    /// Width.
    pub width: Len,
    /// What the gaps can give, by tier of squeeze.
    pub give: [Len; TIERS],
    /// What they can give in all tiers together.
    pub give_all: Len,
    /// What word spaces and Han–Latin gaps take before the other gaps are opened.
    pub opens: Len,
    /// How many gaps can be opened.
    pub gaps: u32,
}

impl Total {
    fn add_gap(&mut self, gap: &Gap) {
        self.width += gap.width;
        for (total, more) in self.give.iter_mut().zip(gap.give) {
            *total += more;
            self.give_all += more;
        }
        if let 1 | 2 = gap.stretch {
            self.opens += gap.opens;
        }
        self.gaps += u32::from(gap.stretch > 0);
    }
}

/// Totals at every place between two items; both lists are one longer than the items.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sums {
    /// Of all that stands before an item, the gap before it included.
    before: Vec<Total>,
    /// Of all that stands before an item, for a line that ends there: of the gap before it only
    /// what stays at a line's end.
    upto: Vec<Total>,
}

impl Sums {
    /// Adds up items, given by their widths, and the gap after each.
    pub fn of<'g>(items: impl Iterator<Item = (Len, &'g Gap)>) -> Self {
        let mut total = Total::default();
        let places = items.size_hint().0 + 1;
        let mut sums = Self { before: Vec::with_capacity(places), upto: Vec::with_capacity(places) };
        sums.before.push(total);
        sums.upto.push(total);
        for (advance, gap) in items {
            total.width += advance;
            sums.upto.push(Total { width: total.width + gap.at_end, ..total });
            total.add_gap(gap);
            sums.before.push(total);
        }
        sums
    }

    /// The first item from `from` on with which a line that starts there is wider than `measure`,
    /// its gap included; past the last item if there is none.
    pub fn first_over(&self, from: usize, measure: Len) -> usize {
        let start = self.before[from].width;
        from + self.before[from..].partition_point(|total| total.width - start <= measure)
    }

    /// Their width alone.
    pub fn width(&self, from: usize, to: usize) -> Len {
        self.upto[to].width - self.before[from].width
    }

    /// What they can give in all tiers.
    pub fn give_all(&self, from: usize, to: usize) -> Len {
        self.upto[to].give_all - self.before[from].give_all
    }

    /// What they can give in one tier.
    pub fn give(&self, from: usize, to: usize, tier: usize) -> Len {
        self.upto[to].give[tier] - self.before[from].give[tier]
    }

    /// What word spaces and Han–Latin gaps take before the other gaps are opened.
    pub fn opens(&self, from: usize, to: usize) -> Len {
        self.upto[to].opens - self.before[from].opens
    }

    /// How many gaps can be opened.
    pub fn gaps(&self, from: usize, to: usize) -> u32 {
        self.upto[to].gaps - self.before[from].gaps
    }
}
