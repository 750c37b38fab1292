//! The fit rule: items and a measure into the next line.
//!
//! Take one more character or mark as long as what overhangs the measure can be squeezed out of
//! the line, where that moves the line less than stretching it without; only then carry over;
//! only then stretch (CLREQ 2024-03, 3.1.4 and 3.5: 先挤进，后推出). Every "fits" in the project
//! means this rule.

use std::ops::Range;

use super::kinsoku::NEVER;
use super::prepare::PreparedPara;
use crate::unit::Len;

/// Why a line ends where it does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ending {
    /// What comes next does not fit.
    Full,
    /// One more character or mark was squeezed in (挤进).
    PushedIn,
    /// Something that had room was carried over, so that no mark stands wrong and no word or number
    /// is split (推出).
    PushedOut,
    /// The paragraph ends.
    Last,
    /// No permitted place was in reach: the line ends at a forbidden one.
    Forced,
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

/// The next line of a paragraph from an item on. `measure` is the room's, indent not yet taken off.
///
/// The paragraph has an item at `from`. A line holds at least one item, even one too wide for it.
pub fn next_line(para: &PreparedPara, from: usize, measure: Len) -> LineCut {
    let measure = measure - para.indent_at(from);
    let end = para.items.len();
    let mut fitting: Option<usize> = None;
    let mut over: Option<usize> = None;
    let mut last_in = from + 1;
    for to in from + 1..=end {
        let natural = para.natural(from..to);
        if natural <= measure {
            last_in = to;
        }
        if para.gaps[to - 1].penalty == NEVER && to != end {
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
    let stretched = fitting.map(|to| measure - para.natural(from..to));
    let squeezed = over.map(|to| para.natural(from..to) - measure);
    let (to, ending) = match (fitting, over) {
        (Some(to), _) if to == end => (to, Ending::Last),
        (Some(_), Some(to)) if squeezed < stretched => (to, Ending::PushedIn),
        (Some(to), _) if to < last_in => (to, Ending::PushedOut),
        (Some(to), _) => (to, Ending::Full),
        (None, Some(to)) => (to, Ending::PushedIn),
        (None, None) => (last_in.max(from + 1), Ending::Forced),
    };
    let ending = if to == end { Ending::Last } else { ending };
    LineCut { items: from..to, natural: para.natural(from..to), measure, ending }
}
