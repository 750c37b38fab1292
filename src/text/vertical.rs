//! How characters stand in vertical lines: upright, turned, or a few digits side by side.
//!
//! The only place that asks (CLREQ 2024-03, 3.2.3 and 3.1.2; UAX #50 for what a face draws no form
//! of its own for).

use super::class::{Char, Class};

/// How a character stands in a vertical line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stand {
    /// Upright, in its form for vertical lines if the face has one.
    Upright,
    /// Turned a quarter clockwise, with its neighbours: Western words and long numbers.
    Turned,
    /// Upright if the face has a form for vertical lines, else turned: dashes, ellipses, brackets.
    Transformed,
    /// Side by side across the line, in one em (纵中横).
    Combined,
}

/// Most digits that stand side by side in one em (CLREQ 3.2.3).
const MOST_COMBINED: usize = 3;

/// How each character stands.
pub(super) fn stands(chars: &[Char]) -> Vec<Stand> {
    let mut stands = Vec::with_capacity(chars.len());
    let mut at = 0;
    while at < chars.len() {
        let words = western(chars, at);
        if words == at {
            stands.push(alone(&chars[at]));
            at += 1;
            continue;
        }
        let run = &chars[at..words];
        let digits = run.len() <= MOST_COMBINED && run.iter().all(|char| char.char.is_ascii_digit());
        let letter = run.len() == 1 && run[0].char.is_ascii_alphanumeric();
        let stand = if digits || letter { Stand::Combined } else { Stand::Turned };
        stands.extend(run.iter().map(|_| stand));
        at = words;
    }
    stands
}

/// The end of the Western words that start at a character: spaces among them belong to them.
fn western(chars: &[Char], from: usize) -> usize {
    let mut end = from;
    for (idx, char) in chars.iter().enumerate().skip(from) {
        if char.class.is_western() && !is_full_width(char.char) {
            end = idx + 1;
        } else if char.class != Class::Space || end == from {
            break;
        }
    }
    end
}

/// A character that is in no Western word.
fn alone(char: &Char) -> Stand {
    match char.class {
        // ，。：；？！ stand upright also where a face has no other form for them (CLREQ 3.1.6.1).
        Class::Open | Class::Close => Stand::Transformed,
        Class::Dash | Class::Ellipsis | Class::Connector | Class::Solidus => Stand::Transformed,
        _ => Stand::Upright,
    }
}

/// Signs and letters that fill an em and stand upright like an ideograph (UAX #50: U).
fn is_full_width(char: char) -> bool {
    matches!(char, '\u{FF01}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}' | '℃' | '℉' | '№' | '‰')
}
