//! Space between characters (标点挤压): two neighbours and a punctuation style into a gap.
//!
//! A mark's box is the half em that holds its ink; its blank half lives in the gap beside it.
//! Squeezing a mark, trimming it at a line's edge and collapsing two marks in a row are then all
//! the same thing: a gap that is narrower.

use super::class::Class;
use crate::model::style::{Adjacent, Give, Group, Punctuation, TIERS};
use crate::unit::{Em, Len};

/// Where in its em the ink of a mark sits, as its face draws it: what blank can be taken away
/// follows from that and not from the code point alone. A comma sits at the start of its em in
/// simplified Chinese and in the middle in traditional; ！ fills the em of a vertical line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sits {
    /// In the first half: its blank is behind it.
    First,
    /// In the second half: its blank is before it.
    Second,
    /// In the middle half: a quarter of blank on each side.
    Middle,
    /// Anywhere else, and what is no mark: no blank that could be taken.
    Whole,
}

/// One side of a gap: the class of a character and the blank its glyph has on that side.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Side {
    /// The character's class.
    pub class: Class,
    /// Where its ink sits.
    pub sits: Sits,
    /// Blank that the face draws on this side and that can be taken away.
    pub blank: Len,
    /// The type size.
    pub size: Len,
}

impl Side {
    /// A side without blank.
    pub fn solid(class: Class, size: Len) -> Self {
        Self { class, sits: Sits::Whole, blank: Len::ZERO, size }
    }

    /// The group whose blank a style sets, if this side has blank.
    fn group(self) -> Option<Group> {
        self.class.group().filter(|_| self.blank > Len::ZERO)
    }
}

/// The tier of stretch of characters that stand solid.
pub const SOLID: u8 = 3;

/// The space between two characters, or after a paragraph's last. What is left of it at the start
/// of the next line is nothing: an opening mark is half an em there (CLREQ 3.1.6.3).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Gap {
    /// Width inside a line.
    pub width: Len,
    /// What of it is blank of the mark that follows.
    pub leads: Len,
    /// What stays of it at the end of a line that breaks here.
    pub at_end: Len,
    /// How much it can give, by tier of squeeze.
    pub give: [Len; TIERS],
    /// How much it takes, if it is a word space or a Han–Latin gap, before other gaps are opened.
    pub opens: Len,
    /// Which tier of stretch it is in: 1 word spaces, 2 Han–Latin gaps, 3 all others; 0 never.
    pub stretch: u8,
    /// Whether a line may end here: see `kinsoku`.
    pub penalty: u16,
    /// The glyph of the hyphen that a line ends with if it breaks here; `at_end` is its width.
    pub hyphen: Option<u16>,
}

/// The gap between two neighbours. `penalty` is left at 0.
pub fn between(left: Side, right: Side, style: &Punctuation) -> Gap {
    let mut gap = Gap::default();
    let closing = blank_after(left, right, style);
    let opening = blank_before(left, right, style);
    let autospace = autospace(left, right, style);
    gap.width = closing + opening + autospace;
    gap.leads = opening;
    if let Some(group) = left.group() {
        // A mark in the middle of its em keeps what it has: half an em at a line's end is a rule
        // for marks at the side (GB/T 15834-2011 5.1.10).
        let kept = if left.sits == Sits::Middle { style.blank } else { style.line_end };
        gap.at_end = kept[group as usize].at(left.size).min(left.blank);
        give(&mut gap, Give::Blank(group), closing, left.size, style);
    }
    if let Some(group) = right.group() {
        give(&mut gap, Give::Blank(group), opening, right.size, style);
    }
    give(&mut gap, Give::Autospace, autospace, left.size.min(right.size), style);
    gap.stretch = stretch(left.class, right.class, autospace > Len::ZERO);
    gap
}

/// The gaps inside and after a run of `count` ？ and ！: two or fewer fit one em, three take two
/// (GB/T 15834-2011 5.1.2). Says what the gap after the one at `idx` of them is.
pub fn between_queries(gap: &mut Gap, idx: usize, count: usize) {
    if count > 1 && (idx + 1 < count || count == 2) {
        *gap = Gap { penalty: gap.penalty, ..Gap::default() };
    }
}

/// The gap that a white space makes after it: it carries the space's width and is all lost at an
/// edge. Between Western words it gives what it has over a quarter em (CLREQ 3.5.3).
pub fn word_space(width: Len, between_latin: bool, size: Len, style: &Punctuation) -> Gap {
    let mut gap = Gap { width, stretch: if between_latin { 1 } else { SOLID }, ..Gap::default() };
    if between_latin {
        let most = (width - LEAST_WORD_SPACE.at(size)).max(Len::ZERO);
        give(&mut gap, Give::WordSpace, most, size, style);
    }
    gap
}

/// Blank kept after a mark. A mark that closes gives its blank up before another that closes or one
/// in the middle of its em (CLREQ 3.1.6.2, equal to CSS `text-spacing-trim`).
fn blank_after(left: Side, right: Side, style: &Punctuation) -> Len {
    let Some(group) = left.group() else { return Len::ZERO };
    let collapses = style.adjacent == Adjacent::Squeezed
        && left.sits == Sits::First
        && matches!(right.sits, Sits::First | Sits::Middle);
    if collapses { Len::ZERO } else { style.blank[group as usize].at(left.size).min(left.blank) }
}

/// Blank kept before a mark. A mark that opens gives it up after any other mark.
fn blank_before(left: Side, right: Side, style: &Punctuation) -> Len {
    let Some(group) = right.group() else { return Len::ZERO };
    let collapses =
        style.adjacent == Adjacent::Squeezed && right.sits == Sits::Second && left.sits != Sits::Whole;
    if collapses { Len::ZERO } else { style.blank[group as usize].at(right.size).min(right.blank) }
}

/// Han–Latin gap (中西间距): none beside a Chinese mark (CLREQ 3.2.4).
fn autospace(left: Side, right: Side, style: &Punctuation) -> Len {
    let western =
        |class: Class| matches!(class, Class::Number | Class::Latin | Class::Prefix | Class::Suffix);
    let meets = (left.class == Class::Han && western(right.class))
        || (western(left.class) && right.class == Class::Han);
    if meets { style.autospace.at(left.size.min(right.size)) } else { Len::ZERO }
}

/// Adds what `width` can give to the first tier that names it.
fn give(gap: &mut Gap, what: Give, width: Len, size: Len, style: &Punctuation) {
    if width > Len::ZERO
        && let Some((tier, most)) = style
            .tiers
            .iter()
            .enumerate()
            .find_map(|(idx, tier)| tier.gives.contains(&what).then_some((idx, tier.most)))
    {
        gap.give[tier] += width.min(most.at(size));
    }
}

/// Which tier of stretch a gap is in (CLREQ 3.5.4; JLREQ Table 6): never after an opening mark,
/// before a closing one, beside a connector or solidus, or inside what is one unit.
fn stretch(left: Class, right: Class, autospace: bool) -> u8 {
    use Class::{
        Connector, Dash, Ellipsis, Invisible, LatinClose, LatinOpen, Mid, Open, Solidus, Space, Tibetan,
        Tsheg,
    };
    let apart = matches!(left, Open | LatinOpen | Connector | Solidus | Mid | Space | Invisible | Tibetan)
        || right.closes()
        || matches!(right, LatinClose | Connector | Solidus | Mid | Space | Invisible | Tsheg)
        || (left.is_western() && right.is_western())
        || matches!((left, right), (Dash, Dash) | (Ellipsis, Ellipsis));
    match (apart, autospace) {
        (true, _) => 0,
        (false, true) => 2,
        (false, false) => SOLID,
    }
}

/// The blank a mark keeps before it inside a line, after what is no mark.
pub fn lead(first: Side, style: &Punctuation) -> Len {
    blank_before(Side::solid(Class::Han, first.size), first, style)
}

/// The blank an opening mark keeps at the start of a paragraph.
pub fn paragraph_start(first: Side, style: &Punctuation) -> Len {
    if first.class == Class::Open { style.paragraph_start.at(first.size).min(first.blank) } else { Len::ZERO }
}

/// The space between Western words (JLREQ, "Western word space": one third of an em).
pub const WORD_SPACE: Em = Em(333);

/// The narrowest that space may become.
const LEAST_WORD_SPACE: Em = Em(250);

/// Half an em, the box of an interpunct (CLREQ 3.1.6.1).
pub const INTERPUNCT: Em = Em::HALF;
