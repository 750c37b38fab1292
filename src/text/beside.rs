//! What stands beside the line: ruby (注音) and emphasis dots (着重号).

use std::ops::Range;

use super::item::way;
use super::kinsoku::NEVER;
use super::para::{Dot, PlacedGlyph, PreparedPara, Run, SetRuby};
use super::setting::Setting;
use super::shape::{Form, Manner, Run as Way, Shapers};
use super::stretch::MIDDLE;
use crate::diag::Diagnostic;
use crate::geom::{Axis, Point, Turn};
use crate::model::story::{Paragraph, Ruby};
use crate::model::style::Language;
use crate::unit::{Em, Len};

/// Diameter of an emphasis dot, as a share of the text's size.
const DOT: Em = Em(150);
/// The character that dots are made of (CLREQ 2024-03, 3.3.2: a filled dot).
const DOT_CHAR: char = '•';

/// Shapes a paragraph's ruby and makes room for it: its characters stand as far apart as what is
/// over them needs, and stay on one line.
pub(super) fn ruby(
    prepared: &mut PreparedPara,
    para: &Paragraph,
    setting: &Setting<'_>,
    shapers: &Shapers<'_>,
    notes: &mut Vec<Diagnostic>,
) {
    for mark in &para.text.marks {
        let Some(ruby) = &mark.ruby else { continue };
        // Ruby on a part of what is one item, such as one of two digits side by side, is that item's.
        let first = prepared.items.partition_point(|item| item.bytes.end <= mark.bytes.start);
        let items = first..prepared.item_at(mark.bytes.end).max(first + 1);
        if items.end > prepared.items.len() {
            continue;
        }
        let set = shape(ruby, items.clone(), prepared, setting, shapers, notes);
        let own: Len = items.clone().map(|idx| prepared.items[idx].advance).sum::<Len>()
            + prepared.gaps[items.start..items.end - 1].iter().map(|gap| gap.width).sum();
        widen(prepared, items, (set.length - own).max(Len::ZERO));
        prepared.rubies.push(set);
    }
}

/// Spreads `by` round the items of a range: half a share before the first and after the last.
fn widen(prepared: &mut PreparedPara, items: Range<usize>, by: Len) {
    let count = items.len() as i64;
    let axis = prepared.axis;
    for (nth, idx) in (0..).zip(items.clone()) {
        let (from, to) = (by.scale(nth, count), by.scale(nth + 1, count));
        let item = &mut prepared.items[idx];
        item.advance += to - from;
        let glyphs = item.glyphs.start as usize..item.glyphs.end as usize;
        for glyph in &mut prepared.glyphs[glyphs] {
            glyph.at = glyph.at.moved(axis.offset((to - from).half(), Len::ZERO));
        }
        if idx + 1 < items.end {
            prepared.gaps[idx].penalty = NEVER;
        }
    }
}

fn shape(
    ruby: &Ruby,
    items: Range<usize>,
    prepared: &PreparedPara,
    setting: &Setting<'_>,
    shapers: &Shapers<'_>,
    notes: &mut Vec<Diagnostic>,
) -> SetRuby {
    let style = &setting.layout.ruby;
    let base = prepared.runs[prepared.items[items.start].run as usize];
    let size = style.size.at(prepared.size).max(style.least);
    let covers = |face| ruby.text.chars().all(|char| char.is_whitespace() || shapers.covers(face, char));
    let face = style.faces.iter().copied().find(|face| covers(*face)).unwrap_or_else(|| {
        notes.push(missing(ruby));
        style.faces[0]
    });
    // Pinyin is Western type, and lies along a vertical line as Western words do.
    let western = ruby.text.chars().all(|char| char < '\u{2E80}');
    let (form, run, turn) = match (western, prepared.axis) {
        (true, Axis::Horizontal) => (Form::Western, Way::Across, Turn::Upright),
        (true, Axis::Vertical) => (Form::Western, Way::Across, Turn::Clockwise),
        (false, axis) => (Form::Chinese, way(axis), Turn::Upright),
    };
    let language = if western { Language::En } else { setting.language };
    let per_em = i64::from(shapers.units_per_em(face));
    let scaled = |units: i32| size.scale(i64::from(units), per_em);
    let mut pen = Len::ZERO;
    let mut glyphs = Vec::new();
    let shaped = shapers.shape(face, &ruby.text, 0..ruby.text.len() as u32, Manner { form, run, language });
    for cluster in &shaped.clusters {
        for (nth, glyph) in shaped.glyphs_of(cluster).iter().enumerate() {
            let (x, y) = (scaled(glyph.x), scaled(glyph.y));
            let at = match turn {
                Turn::Upright => Point { x, y: -y },
                Turn::Clockwise => Point { x: y - MIDDLE.at(size), y: x },
            };
            glyphs.push(PlacedGlyph {
                glyph: glyph.glyph,
                offset: at.moved(prepared.axis.offset(pen, Len::ZERO)),
                text: if nth == 0 { cluster.bytes.clone() } else { cluster.bytes.end..cluster.bytes.end },
            });
        }
        pen += scaled(cluster.advance);
    }
    let run = Run { face, size, ink: base.ink, raise: Len::ZERO, turn };
    SetRuby { items, text: ruby.text.clone(), run, glyphs, length: pen }
}

fn missing(ruby: &Ruby) -> Diagnostic {
    Diagnostic::error("glyph-missing", format!("no face for ruby has all characters of `{}`", ruby.text))
        .at(ruby.typed.clone())
        .help("add a face that has them to `[ruby] faces` of the layout")
}

/// Says which items have a dot, and finds the glyph for it in the first face that has one.
pub(super) fn dots(
    prepared: &mut PreparedPara,
    para: &Paragraph,
    setting: &Setting<'_>,
    shapers: &Shapers<'_>,
) {
    let dotted = |mark: &&crate::model::story::Mark| {
        mark.style.is_some_and(|idx| setting.layout.marks[usize::from(idx.0)].dots)
    };
    let mut any = None;
    for mark in para.text.marks.iter().filter(dotted) {
        for idx in prepared.item_at(mark.bytes.start)..prepared.item_at(mark.bytes.end) {
            // Marks and spaces have none: what is stressed is what is read.
            if prepared.items[idx].class.is_read() {
                prepared.items[idx].dotted = true;
                any = Some(prepared.runs[prepared.items[idx].run as usize]);
            }
        }
    }
    prepared.dot = any.and_then(|run| dot(run, prepared.size, shapers));
}

fn dot(base: Run, size: Len, shapers: &Shapers<'_>) -> Option<Dot> {
    let all = (0..shapers.faces().len() as u16).map(crate::font::FaceIdx);
    let (face, glyph, ink) = std::iter::once(base.face).chain(all).find_map(|face| {
        let glyph = shapers.glyph(face, DOT_CHAR)?;
        let ink = shapers.faces()[usize::from(face.0)].ink(glyph)?;
        (ink.right > ink.left).then_some((face, glyph, ink))
    })?;
    let per_em = i64::from(shapers.units_per_em(face));
    let size = DOT.at(size).scale(per_em, i64::from(ink.right - ink.left));
    let half = |a: i32, b: i32| size.scale(i64::from(a) + i64::from(b), per_em * 2);
    let middle = Point { x: half(ink.left, ink.right), y: -half(ink.bottom, ink.top) };
    Some(Dot { run: Run { face, size, raise: Len::ZERO, turn: Turn::Upright, ..base }, glyph, middle })
}
