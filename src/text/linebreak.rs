//! The fit rule: items and a measure into the next line.
//!
//! Take one more character or mark as long as what overhangs the measure can be squeezed out of
//! the line, where that moves the line less than stretching it without; only then carry over;
//! only then stretch (CLREQ 2024-03, 3.1.4 and 3.5: 先挤进，后推出). Every "fits" in the project
//! means this rule.

use std::ops::Range;

use super::kinsoku::RESCUE;
use super::para::PreparedPara;
use crate::unit::Len;

/// Why a line ends where it does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ending {
    /// What comes next does not fit.
    Full,
    /// One more character or mark was squeezed in (挤进).
    PushedIn,
    /// It was ended sooner than it could, for the sake of the lines around it.
    Early,
    /// Something that had room was carried over, so that no mark stands wrong and no word or number
    /// is split (推出).
    PushedOut,
    /// The paragraph ends.
    Last,
    /// No permitted place was in reach: the line ends at a forbidden one.
    Forced,
}

impl Ending {
    /// In the words of reports.
    pub fn words(self) -> &'static str {
        match self {
            Self::Full => "full: nothing more fits",
            Self::PushedIn => "pushed in (挤进): its last characters fit because it was squeezed",
            Self::Early => "early: it could hold more, and the lines around it are better so",
            Self::PushedOut => "pushed out (推出): what would fit cannot be parted from what would not",
            Self::Last => "last: the paragraph ends",
            Self::Forced => "forced: no permitted break was in reach",
        }
    }
}

/// One line, cut but not yet justified.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LineCut {
    /// Its items.
    pub items: Range<usize>,
    /// Its width, edges trimmed, nothing squeezed or stretched.
    pub natural: Len,
    /// The width it must fill: the measure without the indent.
    pub measure: Len,
    /// Why it ends.
    pub ending: Ending,
}

/// How many items before the one that overhangs are looked at first.
const WINDOW: usize = 3;

/// The next line of a paragraph from an item on. `measure` is the room's, indent not yet taken off.
///
/// The paragraph has an item at `from`. A line holds at least one item, even one too wide for it.
pub fn next_line(para: &PreparedPara, from: usize, measure: Len) -> LineCut {
    let measure = measure - para.indent_at(from);
    // Widths only grow, so what surely fits is found by halving; the rule looks at the rest.
    let over = para.sums.first_over(from, measure - para.start_at(from));
    let mut window = WINDOW;
    loop {
        let first = over.saturating_sub(window).max(from + 1);
        if let Some(cut) = cut_from(para, from, first, measure, first == from + 1) {
            return cut;
        }
        window *= 4;
    }
}

/// The fit rule over the places from `first` on. Nothing if the line may have to end before them;
/// never nothing if `first` is the first place there is (`all`).
fn cut_from(para: &PreparedPara, from: usize, first: usize, measure: Len, all: bool) -> Option<LineCut> {
    let end = para.items.len();
    let mut fitting: Option<usize> = None;
    let mut over: Option<usize> = None;
    let mut last_in = None;
    for to in first..=end {
        let natural = para.natural(from..to);
        if natural <= measure {
            last_in = Some(to);
        }
        if para.gaps[to - 1].penalty >= RESCUE && to != end {
            if natural > measure + para.give_all(from..to) + para.gaps[to - 1].at_end {
                break;
            }
            continue;
        }
        if natural <= measure {
            fitting = Some(to);
        } else {
            if natural - measure <= para.give_all(from..to) {
                over = Some(to);
            }
            break;
        }
    }
    if !all && (fitting.is_none() || last_in.is_none()) {
        return None;
    }
    let last_in = last_in.unwrap_or(from + 1);
    let stretched = fitting.map(|to| measure - para.natural(from..to));
    let squeezed = over.map(|to| para.natural(from..to) - measure);
    let (to, ending) = match (fitting, over) {
        (Some(to), _) if to == end => (to, Ending::Last),
        (Some(_), Some(to)) if squeezed < stretched => (to, Ending::PushedIn),
        (Some(to), _) if to < last_in => (to, Ending::PushedOut),
        (Some(to), _) => (to, Ending::Full),
        (None, Some(to)) => (to, Ending::PushedIn),
        (None, None) => (rescue(para, from, last_in), Ending::Forced),
    };
    let ending = if to == end { Ending::Last } else { ending };
    Some(LineCut { items: from..to, natural: para.natural(from..to), measure, ending })
}

/// Where a line ends that has no permitted place: the last place in reach at which three marks in a
/// row may part (CLREQ 3.1.4), else the last in reach.
fn rescue(para: &PreparedPara, from: usize, last_in: usize) -> usize {
    (from + 1..=last_in).rev().find(|to| para.gaps[to - 1].penalty == RESCUE).unwrap_or(last_in)
}
