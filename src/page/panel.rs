//! Panels: boxes with a title, paragraphs and lists, such as the index of an issue (导读) or the
//! weather. They belong to no story; what they say is on the page whole or the page is unfit.

use super::furniture::{Furniture, one_line, whole};
use super::rules::frame;
use super::set::{LinePlace, LineRole, Stroke, TextLine, centred_baseline, text_line};
use super::variables::{fill_in, of_reference};
use crate::diag::Diagnostic;
use crate::geom::Rect;
use crate::model::edition::Edition;
use crate::model::furniture::{PanelItem, PanelMatter, PanelStyle, PanelValue, Stand};
use crate::model::story::{Paragraph, Role, Text};
use crate::model::style::{Align, ParaStyle};
use crate::text::linebreak::LineCut;
use crate::text::measures::Measures;
use crate::text::para::PreparedPara;
use crate::text::prepare::prepare;
use crate::text::setting::Setting;
use crate::text::shape::Shapers;
use crate::text::total::{best, first_fit};
use crate::unit::{Em, Len};

/// Least white between an entry and what stands flush right of it, and least measure of an entry.
const APART: Em = Em(500);
const LEAST_MEASURE: Em = Em(2000);

/// Sets a panel in a rectangle.
pub(super) fn panel(
    set: &mut Furniture,
    matter: &PanelMatter,
    style: &PanelStyle,
    rect: Rect,
    edition: &Edition,
    shapers: &Shapers<'_>,
    notes: &mut Vec<Diagnostic>,
) {
    let layout = &edition.layout;
    let row = layout.grid.row;
    let thickness = style.frame.map_or(Len::ZERO, |rule| layout.rules[rule].thickness());
    set.grounds.extend(style.ground.map(|ink| Stroke { rect, ink }));
    set.rules.extend(style.frame.map(|rule| frame(&layout.rules[rule], rect)).unwrap_or_default());
    let inner =
        Rect { x: rect.x + style.inset, width: (rect.width - style.inset.times(2)).max(Len::ZERO), ..rect };
    let mut top = rect.y + row.times(i64::from(style.rows));
    if !matter.title.is_empty() {
        let rows = row.times(i64::from(style.title.rows));
        let room = match style.title.bar {
            // Flush with the frame, and half a row of white under it.
            Some(ink) => {
                let inside = rect.grown(-thickness);
                let bar = Rect { height: rect.y + rows - row.half() - inside.y, ..inside };
                set.grounds.push(Stroke { rect: bar, ink });
                top = rect.y + rows;
                bar
            }
            None => {
                let room = Rect { y: top, height: rows, ..inner };
                top += rows;
                room
            }
        };
        let room = Rect { x: inner.x, width: inner.width, ..room };
        let body = &style.title.body;
        let para = one_line(&matter.title, body, style.title.align, layout, shapers, notes);
        let line = whole(&para, room.width);
        if line.natural > room.width || body.size > room.height {
            let mut note = Diagnostic::unfit(
                "panel-overset",
                format!(
                    "the panel's title is {} by {}, and has room for {} by {}",
                    line.natural, body.size, room.width, room.height
                ),
            )
            .help("shorten it, or give it a smaller `size` or more `rows` in the layout");
            note.at = matter.title.typed(0..matter.title.text.len() as u32);
            notes.push(note);
        }
        let place = LinePlace { rect: room, baseline: centred_baseline(room, body.size) };
        set.lines.push(text_line(LineRole::Folio, &para, &line, place, layout));
    }
    // What follows a bar has as much white under it as over it.
    let barred = style.title.bar.is_some() && !matter.title.is_empty();
    let white = if barred { row.half() } else { Len::ZERO };
    let foot = rect.bottom() - row.times(i64::from(style.rows)).max(white);
    let room = Rect { y: top, height: (foot - top).max(Len::ZERO), ..inner };
    let desk = Desk { style, room, edition, shapers };
    let mut entries: Vec<Entry> = matter.text.iter().map(|text| desk.paragraph(text, notes)).collect();
    entries.extend(matter.items.iter().map(|item| desk.item(item, matter, notes)));
    set.lines.extend(desk.stacked(&entries, matter, notes));
}

/// What a panel's matter is set by.
struct Desk<'a, 'f> {
    style: &'a PanelStyle,
    room: Rect,
    edition: &'a Edition,
    shapers: &'a Shapers<'f>,
}

/// A paragraph or an entry, cut into lines, with what stands flush right of its last.
struct Entry {
    para: PreparedPara,
    cuts: Vec<LineCut>,
    value: Option<PreparedPara>,
}

impl Desk<'_, '_> {
    fn para_style(&self) -> &ParaStyle {
        &self.edition.layout.styles[self.style.style].1
    }

    fn paragraph(&self, text: &Text, notes: &mut Vec<Diagnostic>) -> Entry {
        let layout = &self.edition.layout;
        let para = Paragraph { role: Role::Body, text: text.clone(), source_tag: 0..0, run_in: 0..0 };
        let style = ParaStyle { rows: 1, ..self.para_style().clone() };
        let para = prepare(&para, &style, &Setting::plain(layout), self.shapers).take(notes);
        let cuts = match para.items.is_empty() {
            true => Vec::new(),
            false => best(&para, 0, &Measures::all(self.room.width), &layout.composition).lines,
        };
        Entry { para, cuts, value: None }
    }

    fn item(&self, item: &PanelItem, matter: &PanelMatter, notes: &mut Vec<Diagnostic>) -> Entry {
        let layout = &self.edition.layout;
        let words = match &item.value {
            PanelValue::None => None,
            PanelValue::Text(text) => Some(text.clone()),
            PanelValue::Page(id) => {
                let page = self.edition.contents.iter().find(|page| page.id == *id);
                let named = page.map(|page| fill_in(&self.style.page, "the panel", &of_reference(page)));
                match named {
                    Some(Ok(text)) => Some(Text::plain(text)),
                    Some(Err(note)) => {
                        notes.push(note.at(matter.typed.clone()));
                        None
                    }
                    None => None,
                }
            }
        };
        let mut missing = Vec::new();
        let value = words.map(|words| {
            one_line(&words, &self.style.value, Align::Right, layout, self.shapers, &mut missing)
        });
        notes.extend(
            missing
                .into_iter()
                .map(|note| if note.at.is_some() { note } else { note.at(matter.typed.clone()) }),
        );
        let value = value.filter(|para| !para.items.is_empty());
        let body = &self.para_style().body;
        let para = one_line(&item.text, body, Align::Left, layout, self.shapers, notes);
        let flush = value
            .as_ref()
            .map_or(Len::ZERO, |value| value.natural(0..value.items.len()) + APART.at(body.size));
        let least = LEAST_MEASURE.at(body.size);
        let measure = self.room.width - flush;
        if measure < least {
            let note = Diagnostic::unfit(
                "panel-overset",
                "an entry of the panel has no room beside what stands flush right",
            );
            let mut note = note.help("shorten that, or give the panel more columns");
            note.at = item.text.typed(0..item.text.text.len() as u32);
            notes.push(note);
        }
        let cuts = match para.items.is_empty() {
            true => Vec::new(),
            false => first_fit(&para, 0, &Measures::all(measure.max(least)), usize::MAX),
        };
        Entry { para, cuts, value }
    }

    /// The lines of all entries, one under another.
    fn stacked(&self, entries: &[Entry], matter: &PanelMatter, notes: &mut Vec<Diagnostic>) -> Vec<TextLine> {
        let layout = &self.edition.layout;
        let (style, room) = (self.style, self.room);
        let count: usize = entries.iter().map(|entry| entry.cuts.len()).sum();
        let spare = room.height - style.leading.times(count as i64);
        if spare < Len::ZERO {
            let over = (-spare).rows(style.leading).1;
            notes.push(
                Diagnostic::unfit(
                    "panel-overset",
                    format!("the panel has more to say than room: 超 {over} 行"),
                )
                .at(matter.typed.clone())
                .help("shorten it, or give it more rows or columns"),
            );
        }
        let spare = spare.max(Len::ZERO);
        let gaps = (entries.len() as i64 - 1).max(1);
        let lead = |nth: usize| match style.stand {
            Stand::Top => Len::ZERO,
            Stand::Middle => spare.half(),
            Stand::Spread => spare.scale(nth as i64, gaps),
        };
        let mut lines = Vec::new();
        let mut above = 0;
        for (nth, entry) in entries.iter().enumerate() {
            let mut last = None;
            for cut in &entry.cuts {
                let rect = Rect {
                    y: room.y + lead(nth) + style.leading.times(above),
                    height: style.leading,
                    ..room
                };
                let place = LinePlace { rect, baseline: centred_baseline(rect, entry.para.size) };
                lines.push(text_line(LineRole::Folio, &entry.para, cut, place, layout));
                last = Some((cut, place));
                above += 1;
            }
            let (Some(value), Some((cut, place))) = (&entry.value, last) else { continue };
            let line = whole(value, room.width);
            let ends = cut.natural + APART.at(entry.para.size).half();
            let free = Rect { x: room.x + ends, width: room.width - ends - line.natural, ..place.rect };
            lines.extend(self.leader(
                Rect { width: free.width - APART.at(entry.para.size).half(), ..free },
                place,
                notes,
            ));
            lines.push(text_line(LineRole::Folio, value, &line, place, layout));
        }
        lines
    }

    /// As many of the leader as the room between an entry and its value holds, ending at one place.
    fn leader(&self, free: Rect, place: LinePlace, notes: &mut Vec<Diagnostic>) -> Option<TextLine> {
        let (style, layout) = (self.style, &self.edition.layout);
        let dots = |count: usize, notes: &mut Vec<Diagnostic>| {
            let text = Text::plain(style.leader.repeat(count));
            one_line(&text, &self.para_style().body, Align::Right, layout, self.shapers, notes)
        };
        if style.leader.is_empty() || free.width <= Len::ZERO {
            return None;
        }
        let natural = |para: &PreparedPara| para.natural(0..para.items.len());
        let step = natural(&dots(2, notes)) - natural(&dots(1, &mut Vec::new()));
        if step <= Len::ZERO {
            return None;
        }
        let count = usize::try_from(free.width.rows(step).0).ok().filter(|count| *count >= 2)?;
        let para = dots(count.min(MOST_DOTS), &mut Vec::new());
        let place = LinePlace { rect: free, ..place };
        Some(text_line(LineRole::Folio, &para, &whole(&para, free.width), place, layout))
    }
}

/// Most dots that lead across a line.
const MOST_DOTS: usize = 500;
