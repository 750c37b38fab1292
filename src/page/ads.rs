//! Advertisements composed: the room of each, its frame, and the word 广告 that the law wants on it.

use super::furniture::{one_line, whole};
use super::rules;
use super::set::{ComposedAd, LinePlace, LineRole, Stroke, centred_baseline, text_line};
use crate::color::Ink;
use crate::diag::Diagnostic;
use crate::geom::Rect;
use crate::model::layout::{AdMarkPlace, Layout};
use crate::model::plan::{AdPlace, PagePlan};
use crate::model::story::Text;
use crate::model::style::Align;
use crate::text::shape::Shapers;
use crate::unit::{Em, Len};

/// What every advertisement is marked with.
const MARK: &str = "广告";

/// White on each side of a mark that stands inside its advertisement, of its size.
const MARK_WHITE: Em = Em(250);

/// A page's advertisements without what is in them.
pub(super) fn ads(
    plan: &PagePlan,
    layout: &Layout,
    shapers: &Shapers<'_>,
    notes: &mut Vec<Diagnostic>,
) -> Vec<ComposedAd> {
    plan.ads.iter().map(|place| composed(place, layout, shapers, notes)).collect()
}

fn composed(
    place: &AdPlace,
    layout: &Layout,
    shapers: &Shapers<'_>,
    notes: &mut Vec<Diagnostic>,
) -> ComposedAd {
    let grid = &layout.grid;
    let rect = grid.rect(place.cells);
    let style = &layout.ad_mark;
    let mut framed = rect;
    if style.place == AdMarkPlace::Above {
        let taken = grid.row.min(rect.height);
        framed = Rect { y: rect.y + taken, height: rect.height - taken, ..rect };
    }
    let rules = place.frame.map(|rule| &layout.rules[rule]);
    let thickness = rules.map_or(Len::ZERO, |rule| rule.thickness());
    let room = framed.grown(-(place.inset + thickness));
    let text = Text { text: MARK.to_owned(), ..Text::default() };
    let mut missing = Vec::new();
    let para = one_line(&text, &style.body, Align::Right, layout, shapers, &mut missing);
    notes.extend(missing.into_iter().map(|note| note.at(place.typed.clone())));
    let (over, ground) = match style.place {
        AdMarkPlace::Above => (Rect { height: rect.height - framed.height, ..rect }, None),
        AdMarkPlace::Inside => {
            let line = whole(&para, room.width);
            let white = MARK_WHITE.at(style.body.size);
            let (width, height) = (line.natural + white.times(2), style.body.size + white.times(2));
            let corner = Rect::new(room.right() - width, room.y, width, height);
            let over = Rect { x: corner.x + white, width: line.natural, ..corner };
            (over, Some(Stroke { rect: corner, ink: Ink::PAPER }))
        }
    };
    let at = LinePlace { rect: over, baseline: centred_baseline(over, style.body.size) };
    ComposedAd {
        rect,
        room,
        art: None,
        ground,
        rules: rules.map(|rule| rules::frame(rule, framed)).unwrap_or_default(),
        mark: text_line(LineRole::AdMark, &para, &whole(&para, over.width), at, layout),
    }
}
