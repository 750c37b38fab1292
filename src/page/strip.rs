//! Strips across the type area: folio line, nameplate, footer. Their words with the page's
//! variables, their rules and boxes.

use std::collections::BTreeMap;

use super::furniture::{Furniture, one_line, whole};
use super::rules::{across, down, frame};
use super::set::{LinePlace, LineRole, Rule, Stroke, TextLine, text_line};
use super::variables::fill_in;
use crate::diag::Diagnostic;
use crate::geom::Rect;
use crate::model::furniture::{Strip, StripItem, StripPlace, StripRule, StripRun};
use crate::model::layout::Layout;
use crate::model::plan::PagePlan;
use crate::model::story::Text;
use crate::model::style::Align;
use crate::text::linebreak::LineCut;
use crate::text::para::PreparedPara;
use crate::text::shape::Shapers;
use crate::unit::{Em, Len};

/// Where a strip is, and what stands in it besides its own matter.
pub(super) struct StripRoom<'a> {
    /// What messages call it.
    pub(super) what: &'static str,
    /// The number of its page: what is outer and what is inner follows from it.
    pub(super) number: u16,
    /// Its rows, across the type area.
    pub(super) rect: Rect,
    /// Boxes that its words keep off.
    pub(super) taken: &'a [Rect],
}

/// The folio line of a page that is so numbered, or of one page of a spread. It may
/// stand over the type area as well as in it.
pub(super) fn folio(
    set: &mut Furniture,
    (number, area): (u16, Rect),
    plan: &PagePlan,
    layout: &Layout,
    variables: &BTreeMap<String, String>,
    shapers: &Shapers<'_>,
    notes: &mut Vec<Diagnostic>,
) {
    let room = StripRoom { what: "the folio line", number, rect: area, taken: &[] };
    let mut words = Words { set, taken: Vec::new(), room: &room, plan, layout, variables, shapers, notes };
    for item in &layout.folio {
        words.push(
            item,
            |inked| {
                (!layout.boxes().trim.holds(inked))
                    .then(|| outside("folio-outside", "does not lie on the page"))
            },
            "folio-collision",
        );
    }
    let rules = layout.folio_rules.iter().flat_map(|rule| placed_rule(rule, area, layout));
    set.rules.extend(rules);
}

/// A nameplate's or a footer's own matter.
#[expect(clippy::too_many_arguments, reason = "a strip, where it stands, and what all furniture is set by")]
pub(super) fn strip(
    set: &mut Furniture,
    strip: &Strip,
    room: &StripRoom<'_>,
    plan: &PagePlan,
    layout: &Layout,
    variables: &BTreeMap<String, String>,
    shapers: &Shapers<'_>,
    notes: &mut Vec<Diagnostic>,
) {
    let corner = room.rect;
    for own in &strip.boxes {
        let rect = Rect { x: corner.x + own.rect.x, y: corner.y + own.rect.y, ..own.rect };
        set.grounds.extend(own.ground.map(|ink| Stroke { rect, ink }));
        set.rules.extend(own.frame.map(|rule| frame(&layout.rules[rule], rect)).unwrap_or_default());
    }
    let taken = room.taken.iter().map(|rect| (*rect, "a box".to_owned())).collect();
    let mut words = Words { set, taken, room, plan, layout, variables, shapers, notes };
    for item in &strip.items {
        words.push(
            item,
            |inked| (!corner.holds(inked)).then(|| outside("strip-outside", "does not lie in its rows")),
            "strip-collision",
        );
    }
    set.rules.extend(strip.rules.iter().flat_map(|rule| placed_rule(rule, corner, layout)));
}

/// Words of a strip as they are set, one after another.
struct Words<'a, 'f> {
    set: &'a mut Furniture,
    taken: Vec<(Rect, String)>,
    room: &'a StripRoom<'a>,
    plan: &'a PagePlan,
    layout: &'a Layout,
    variables: &'a BTreeMap<String, String>,
    shapers: &'a Shapers<'f>,
    notes: &'a mut Vec<Diagnostic>,
}

/// What is wrong with where words stand: its code, and the words for it.
struct Misplaced {
    code: &'static str,
    how: &'static str,
}

fn outside(code: &'static str, how: &'static str) -> Misplaced {
    Misplaced { code, how }
}

impl Words<'_, '_> {
    /// Sets an item, and tells where it does not stand well.
    fn push(
        &mut self,
        item: &StripItem,
        misplaced: impl Fn(Rect) -> Option<Misplaced>,
        collision: &'static str,
    ) {
        let (strip, at) = (self.room.rect, self.plan.typed.clone());
        let text = match fill_in(&item.text, self.room.what, self.variables) {
            Ok(text) => text,
            Err(note) => return self.notes.push(note.at(at)),
        };
        let typed = Text::plain(text.clone());
        let mut missing = Vec::new();
        let align = align(item.place, self.room.number);
        let mut para = one_line(&typed, &item.body, align, self.layout, self.shapers, &mut missing);
        // Its characters come from the layout and from variables: the page is where they meet.
        self.notes.extend(missing.into_iter().map(|note| note.at(at.clone())));
        if para.items.is_empty() {
            return;
        }
        if item.apart > Em(0) {
            let gaps: Vec<usize> = (0..para.items.len() - 1).collect();
            para.widen(&gaps, item.apart.at(item.body.size));
        }
        let (left, width) = item.room.unwrap_or((Len::ZERO, strip.width));
        let (x, width) = (strip.x + left + item.inset, width - item.inset.times(2));
        let baseline = strip.y + item.baseline;
        let rect = Rect::new(x, baseline - Em(880).at(item.body.size), width, item.body.size);
        let place = LinePlace { rect, baseline };
        let line = whole(&para, rect.width);
        let inked = inked(&para, &line, place);
        let remedy = "in the layout: another `left`, `width`, `inset`, `size` or `baseline`; or shorten it";
        let what = self.room.what;
        if let Some(Misplaced { code, how }) = misplaced(inked) {
            let note = Diagnostic::unfit(code, format!("`{text}` in {what} {how}"));
            self.notes.push(note.at(at.clone()).help(remedy));
        }
        if let Some((_, other)) = self.taken.iter().find(|(rect, _)| rect.overlaps(inked)) {
            let note = Diagnostic::unfit(collision, format!("`{text}` and `{other}` collide in {what}"));
            self.notes.push(note.at(at).help(remedy));
        }
        let set = text_line(LineRole::Folio, &para, &line, place, self.layout);
        // What lies under it is what lies under its type, not under all of its room.
        self.set.lines.push(TextLine { rect: inked, ..set });
        self.taken.push((inked, text));
    }
}

/// The room that a line's type takes inside its place.
fn inked(para: &PreparedPara, line: &LineCut, place: LinePlace) -> Rect {
    let spare = place.rect.width - line.natural;
    let left = match para.align {
        Align::Justify | Align::Left => Len::ZERO,
        Align::Centre => spare.half(),
        Align::Right => spare,
    };
    Rect { x: place.rect.x + left, width: line.natural, ..place.rect }
}

/// Outer and inner follow the parity of the page number: an even page lies on the left.
fn align(place: StripPlace, number: u16) -> Align {
    match (place, number.is_multiple_of(2)) {
        (StripPlace::Centre, _) => Align::Centre,
        (StripPlace::Left, _) | (StripPlace::Outer, true) | (StripPlace::Inner, false) => Align::Left,
        (StripPlace::Right, _) | (StripPlace::Outer, false) | (StripPlace::Inner, true) => Align::Right,
    }
}

fn placed_rule(place: &StripRule, strip: Rect, layout: &Layout) -> Vec<Rule> {
    let rule = &layout.rules[place.rule];
    let (x, y) = (strip.x + place.left, strip.y + place.top);
    match place.run {
        StripRun::ToTheRight => across(rule, Rect::new(x, y, strip.width - place.left, rule.thickness())),
        StripRun::Across(width) => across(rule, Rect::new(x, y, width, rule.thickness())),
        StripRun::Down(height) => down(rule, Rect::new(x, y, rule.thickness(), height)),
    }
}
