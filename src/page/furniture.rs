//! Furniture: folio line, rules, frames, column heads.

use std::collections::BTreeMap;

use super::set::{LinePlace, LineRole, Stroke, TextLine, text_line};
use crate::diag::Diagnostic;
use crate::geom::Rect;
use crate::model::edition::Edition;
use crate::model::layout::{FolioItem, FolioPlace, Layout};
use crate::model::plan::{PagePlan, RuleRun};
use crate::model::story::{Paragraph, Role, Text};
use crate::model::style::{Align, ParaStyle, RuleStyle, TypeStyle};
use crate::text::linebreak::{Ending, LineCut};
use crate::text::para::PreparedPara;
use crate::text::prepare::prepare;
use crate::text::setting::Setting;
use crate::text::shape::Shapers;
use crate::unit::{Em, Len};

/// Days of the week, Sunday first.
const WEEKDAYS: [&str; 7] = ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"];
/// Most dots that one dotted rule is drawn with.
const MOST_DOTS: i64 = 10_000;

/// A rule along the top of `rect`, its strokes one under the other.
pub(super) fn across(rule: &RuleStyle, rect: Rect) -> Vec<Stroke> {
    let mut strokes = Vec::new();
    for (offset, weight) in &rule.strokes {
        for (start, length) in dashes(rule, rect.width) {
            let rect = Rect::new(rect.x + start, rect.y + *offset, length, *weight);
            strokes.push(Stroke { rect, ink: rule.ink });
        }
    }
    strokes
}

/// A rule along the left of `rect`, its strokes one beside the other.
pub(super) fn down(rule: &RuleStyle, rect: Rect) -> Vec<Stroke> {
    let mut strokes = Vec::new();
    for (offset, weight) in &rule.strokes {
        for (start, length) in dashes(rule, rect.height) {
            let rect = Rect::new(rect.x + *offset, rect.y + start, *weight, length);
            strokes.push(Stroke { rect, ink: rule.ink });
        }
    }
    strokes
}

/// Where a rule has ink along its length.
fn dashes(rule: &RuleStyle, length: Len) -> Vec<(Len, Len)> {
    let Some((dot, gap)) = rule.dots else { return vec![(Len::ZERO, length)] };
    let count = (length + gap).rows(dot + gap).0.clamp(1, MOST_DOTS);
    // The first dot stands at the start and the last at the end: the gaps share what is left.
    (0..count).map(|idx| ((length - dot).scale(idx, (count - 1).max(1)), dot)).collect()
}

/// A frame just inside a rectangle.
pub(super) fn frame(rule: &RuleStyle, rect: Rect) -> Vec<Stroke> {
    let right = Rect { x: rect.right() - rule.thickness(), ..rect };
    [bars(rule, rect), down(rule, rect), down(&mirrored(rule), right)].concat()
}

/// A rule at the head of a rectangle and one at its foot, just inside it.
pub(super) fn bars(rule: &RuleStyle, rect: Rect) -> Vec<Stroke> {
    let bottom = Rect { y: rect.bottom() - rule.thickness(), ..rect };
    [across(rule, rect), across(&mirrored(rule), bottom)].concat()
}

/// A rule seen from its other side.
fn mirrored(rule: &RuleStyle) -> RuleStyle {
    let thickness = rule.thickness();
    let strokes = rule.strokes.iter().map(|(offset, weight)| (thickness - *offset - *weight, *weight));
    RuleStyle { strokes: strokes.collect(), ..rule.clone() }
}

/// The rules between a page's blocks.
pub(super) fn rules(plan: &PagePlan, layout: &Layout) -> Vec<Stroke> {
    let grid = &layout.grid;
    plan.rules
        .iter()
        .flat_map(|place| {
            let rule = &layout.rules[place.rule];
            match place.run {
                RuleRun::Across { row, col, cols } => {
                    let y = grid.y(i32::from(row)) + (grid.row - rule.thickness()).half();
                    across(rule, Rect::new(grid.x(col), y, grid.span(cols), rule.thickness()))
                }
                RuleRun::Down { after, row, rows } => {
                    let x = grid.x(after) + grid.measure + (grid.gutter - rule.thickness()).half();
                    let height = grid.row.times(i64::from(rows));
                    down(rule, Rect::new(x, grid.y(i32::from(row)), rule.thickness(), height))
                }
            }
        })
        .collect()
}

/// The folio line: its matter with the page's variables, and its rules.
pub(super) fn folio(
    edition: &Edition,
    plan: &PagePlan,
    shapers: &Shapers<'_>,
    notes: &mut Vec<Diagnostic>,
) -> (Vec<TextLine>, Vec<Stroke>) {
    let layout = &edition.layout;
    let area = layout.grid.type_area();
    let variables = variables(edition, plan);
    let mut lines = Vec::new();
    let mut taken = Vec::new();
    for item in &layout.folio {
        let text = match fill_in(&item.text, &variables) {
            Ok(text) => text,
            Err(name) => {
                notes.push(unknown_variable(name, &variables, plan));
                continue;
            }
        };
        let typed = Text::plain(text.clone());
        let mut missing = Vec::new();
        let para = one_line(&typed, &item.body, align(item, plan.number), layout, shapers, &mut missing);
        // Its characters come from the layout and from variables: the page is where they meet.
        notes.extend(missing.into_iter().map(|note| note.at(plan.typed.clone())));
        if para.items.is_empty() {
            continue;
        }
        let rect = Rect::new(area.x + item.inset, area.y, area.width - item.inset.times(2), area.height);
        let place = LinePlace {
            rect: Rect { y: area.y + item.baseline - item.body.size, height: item.body.size, ..rect },
            baseline: area.y + item.baseline,
        };
        let line = whole(&para, rect.width);
        let inked = inked(&para, &line, place);
        if !layout.boxes().trim.holds(inked) {
            notes.push(
                Diagnostic::unfit(
                    "folio-outside",
                    format!("`{text}` in the folio line does not lie on the page"),
                )
                .at(plan.typed.clone())
                .help("shorten it, or give it a smaller `inset`, `size` or `baseline` in the layout"),
            );
        }
        if let Some((_, other)) = taken.iter().find(|(rect, _): &&(Rect, String)| rect.overlaps(inked)) {
            notes.push(
                Diagnostic::unfit(
                    "folio-collision",
                    format!("`{text}` and `{other}` collide in the folio line"),
                )
                .at(plan.typed.clone())
                .help("shorten one of them, or give it another `inset`, `size` or `baseline` in the layout"),
            );
        }
        lines.push(text_line(LineRole::Folio, &para, &line, place, layout));
        taken.push((inked, text));
    }
    let strokes = layout
        .folio_rules
        .iter()
        .flat_map(|rule| across(&layout.rules[rule.rule], Rect { y: area.y + rule.top, ..area }))
        .collect();
    (lines, strokes)
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
fn align(item: &FolioItem, number: u16) -> Align {
    match (item.place, number.is_multiple_of(2)) {
        (FolioPlace::Centre, _) => Align::Centre,
        (FolioPlace::Outer, true) | (FolioPlace::Inner, false) => Align::Left,
        (FolioPlace::Outer, false) | (FolioPlace::Inner, true) => Align::Right,
    }
}

fn variables(edition: &Edition, plan: &PagePlan) -> BTreeMap<String, String> {
    let date = edition.date;
    let mut variables = BTreeMap::new();
    for (name, value) in edition.variables.iter().chain(&plan.variables) {
        variables.insert(name.clone(), value.clone());
    }
    for (name, value) in [
        ("paper", edition.paper.clone()),
        ("date", format!("{}年{}月{}日", date.year, date.month, date.day)),
        ("weekday", WEEKDAYS[date.weekday()].to_owned()),
        ("page_no", plan.number.to_string()),
        ("section", plan.section.clone()),
    ] {
        variables.insert(name.to_owned(), value);
    }
    variables
}

/// Puts values in the place of `{name}`. Fails with a name that has none.
fn fill_in<'t>(text: &'t str, variables: &BTreeMap<String, String>) -> Result<String, &'t str> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, tail) = after.split_once('}').ok_or(after)?;
        filled.push_str(before);
        filled.push_str(variables.get(name).ok_or(name)?);
        rest = tail;
    }
    filled.push_str(rest);
    Ok(filled)
}

fn unknown_variable(name: &str, variables: &BTreeMap<String, String>, plan: &PagePlan) -> Diagnostic {
    let known: Vec<&str> = variables.keys().map(String::as_str).collect();
    Diagnostic::error("variable-unknown", format!("the folio line asks for `{{{name}}}`, which has no value"))
        .at(plan.typed.clone())
        .help(format!("known: {}; add it under `[variables]` of the edition or the page", known.join(", ")))
}

/// A text on one line, whatever its width.
pub fn one_line(
    text: &Text,
    body: &TypeStyle,
    align: Align,
    layout: &Layout,
    shapers: &Shapers<'_>,
    notes: &mut Vec<Diagnostic>,
) -> PreparedPara {
    let para = Paragraph { role: Role::Body, text: text.clone(), source_tag: 0..0, run_in: 0..0 };
    let style = ParaStyle {
        body: body.clone(),
        source_tag: body.faces.clone(),
        run_in: body.faces.clone(),
        align,
        indent: Em(0),
        han_space: None,
        rows: 1,
        tracking: Em(0),
    };
    prepare(&para, &style, &Setting::plain(layout), shapers).take(notes)
}

/// All of a paragraph as one line.
pub fn whole(para: &PreparedPara, measure: Len) -> LineCut {
    let items = 0..para.items.len();
    LineCut { natural: para.natural(items.clone()), items, measure, ending: Ending::Last }
}
