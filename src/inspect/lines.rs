//! The lines a paragraph is set in, and what they cost.

use std::collections::BTreeMap;

use serde::Serialize;

use super::chars_before;
use crate::model::style::{Composition, TIERS};
use crate::text::justify::justify;
use crate::text::linebreak::Ending;
use crate::text::measures::Measures;
use crate::text::para::PreparedPara;
use crate::text::total::{Solution, best, by_count, first};
use crate::unit::Len;

/// Which lines are asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Asked {
    /// The best.
    Best,
    /// Those of the fit rule.
    First,
    /// The best of so many.
    Exactly(usize),
}

/// One line; widths in thousandths of the em.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Line {
    /// Characters before it.
    pub start: usize,
    /// Characters before the next line.
    pub end: usize,
    /// Its characters.
    pub text: String,
    /// Its width before it was squeezed or opened.
    pub natural: i32,
    /// The width it fills, the indent taken off.
    pub measure: i32,
    /// What each gap was opened by, beyond what word spaces and Han–Latin gaps took first.
    pub gap: i32,
    /// What was squeezed out, by what gave it.
    pub tiers: BTreeMap<String, i32>,
    /// Whether the paragraph ends with it.
    pub last: bool,
    /// Why it ends where it does, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<&'static str>,
}

/// A paragraph in lines.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Lines {
    /// The lines.
    pub lines: Vec<Line>,
    /// Their cost in thousandths of a point of the layout's weights.
    pub cost: i64,
}

/// Sets a paragraph in lines of one measure. Nothing if it cannot be set in as many as are asked for.
pub fn lines(
    para: &PreparedPara,
    measure: Len,
    rules: &Composition,
    asked: Asked,
    explain: bool,
) -> Option<Lines> {
    let measures = Measures::all(measure);
    let solution = match asked {
        Asked::Best => best(para, 0, &measures, rules),
        Asked::First => first(para, 0, &measures, rules),
        Asked::Exactly(count) => {
            by_count(para, 0, &measures, rules).into_iter().find(|one| one.lines.len() == count)?
        }
    };
    Some(records(para, &solution, rules, explain))
}

fn records(para: &PreparedPara, solution: &Solution, rules: &Composition, explain: bool) -> Lines {
    let lines = solution.lines.iter().map(|cut| {
        let set = justify(para, cut);
        Line {
            start: chars_before(para, cut.items.start),
            end: chars_before(para, cut.items.end),
            text: para.text_of(cut.items.clone()).to_owned(),
            natural: cut.natural.permille_of(para.size),
            measure: cut.measure.permille_of(para.size),
            gap: set.stretched.permille_of(para.size),
            tiers: tiers(&set.squeezed.map(|taken| taken.permille_of(para.size)), rules),
            last: cut.ending == Ending::Last,
            why: explain.then(|| cut.ending.words()),
        }
    });
    Lines { lines: lines.collect(), cost: solution.cost }
}

/// What each tier gave, by its name; tiers of one name are added up.
pub(super) fn tiers(squeezed: &[i32; TIERS], rules: &Composition) -> BTreeMap<String, i32> {
    let mut named = BTreeMap::new();
    for (tier, taken) in rules.punctuation.tiers.iter().zip(squeezed) {
        *named.entry(tier.name()).or_insert(0) += taken;
    }
    named
}
