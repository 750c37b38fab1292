//! Where lines may begin.

use serde::Serialize;

use crate::model::style::{Language, Strictness};
use crate::text::class::classify;
use crate::text::kinsoku::{RESCUE, hyphenates, penalties};

/// Places of a text at which a line may begin, counted in characters before them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Breaks {
    /// All of them, ascending; never the text's start or end.
    pub allowed: Vec<usize>,
    /// Those of them that a good line avoids.
    pub discouraged: Vec<usize>,
    /// Those of them that end the line before with a hyphen that is not in the text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hyphenated: Vec<usize>,
}

/// The breaks of a text, with names and terms that are kept together where a line can spare it.
pub fn breaks(text: &str, language: Language, strictness: Strictness, lexicon: &[String]) -> Breaks {
    let chars = classify(text, language);
    let penalties = penalties(text, &chars, strictness, language, lexicon);
    let hyphens = hyphenates(text, &chars, language, lexicon);
    let hyphenated = |place: &usize| hyphens.binary_search(&(place - 1)).is_ok();
    let inside = 1..chars.len();
    let at = |place: &usize| penalties[place - 1];
    Breaks {
        allowed: inside.clone().filter(|place| at(place) < RESCUE || hyphenated(place)).collect(),
        discouraged: inside.filter(|place| (1..RESCUE).contains(&at(place)) || hyphenated(place)).collect(),
        hyphenated: hyphens.iter().map(|char| char + 1).collect(),
    }
}
