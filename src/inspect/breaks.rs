//! Where lines may begin.

use serde::Serialize;

use crate::model::style::Strictness;
use crate::text::class::classify;
use crate::text::kinsoku::{RESCUE, penalties};

/// Places of a text at which a line may begin, counted in characters before them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Breaks {
    /// All of them, ascending; never the text's start or end.
    pub allowed: Vec<usize>,
    /// Those of them that a good line avoids.
    pub discouraged: Vec<usize>,
}

/// The breaks of a text, with names and terms that are kept together where a line can spare it.
pub fn breaks(text: &str, strictness: Strictness, lexicon: &[String]) -> Breaks {
    let chars = classify(text);
    let penalties = penalties(text, &chars, strictness, lexicon);
    let inside = 1..chars.len();
    let at = |place: &usize| penalties[place - 1];
    Breaks {
        allowed: inside.clone().filter(|place| at(place) < RESCUE).collect(),
        discouraged: inside.filter(|place| (1..RESCUE).contains(&at(place))).collect(),
    }
}
