//! A paragraph into items and gaps with running totals: shaped once, then only measured.

use super::beside;
use super::class::{Char, Class, classify};
use super::item::Bench;
use super::kinsoku::{self, HYPHENATED, NEVER, hyphenates};
use super::para::{DropCap, PreparedPara};
use super::setting::Setting;
use super::shape::Shapers;
use super::spacing::{self, Gap, Side, Sits};
use super::stretch::{Cap, Cutter};
use super::sums::Sums;
use crate::diag::Checked;
use crate::geom::Axis;
use crate::model::story::Paragraph;
use crate::model::style::{Composition, ParaStyle};
use crate::unit::{Em, Len};

/// The lowest row that holds a line and its ruby; on lower ones they take two.
const RUBY_ROW: Len = Len::pt(16);

/// Classifies, shapes and spaces a paragraph.
///
/// A character that none of the style's faces has is an error at the place where it was typed.
pub fn prepare(
    para: &Paragraph,
    style: &ParaStyle,
    setting: &Setting<'_>,
    shapers: &Shapers<'_>,
) -> Checked<PreparedPara> {
    let text = &para.text.text;
    let chars = classify(text, setting.language);
    let mut notes = Vec::new();
    let cap = setting.drop_cap.and_then(|lines| cap(&chars, lines, para, style, setting));
    let cutter = Cutter { para, style, setting, shapers, cap: cap.map(|(cap, _)| cap) };
    let stretches = cutter.stretches(&chars, &mut notes);
    let mut bench = Bench {
        para: empty(para, style, setting, chars.len()),
        sides: Vec::with_capacity(chars.len()),
        chars: &chars,
        language: setting.language,
    };
    for stretch in &stretches {
        bench.push(stretch, text, shapers);
    }
    let Bench { para: mut prepared, sides, .. } = bench;
    space(&mut prepared, &sides, &chars, para, style, setting);
    hyphenate(&mut prepared, &chars, setting, shapers);
    spread_evenly(&mut prepared, para, setting);
    beside::ruby(&mut prepared, para, setting, shapers, &mut notes);
    beside::dots(&mut prepared, para, setting, shapers);
    if let Some((cap, lines)) = cap {
        prepared.cap = Some(set_in(&mut prepared, cap, lines, setting));
        prepared.indent = Len::ZERO;
    }
    prepared.add_up();
    Checked { value: prepared, notes }
}

/// Grid rows that each line of a paragraph takes.
fn rows(para: &Paragraph, style: &ParaStyle, setting: &Setting<'_>) -> u16 {
    let least = if para.text.rubies().next().is_some() && setting.layout.grid.row < RUBY_ROW { 2 } else { 1 };
    style.rows.max(least)
}

/// A paragraph without its text, with room for so many characters.
fn empty(para: &Paragraph, style: &ParaStyle, setting: &Setting<'_>, chars: usize) -> PreparedPara {
    let stretch = &setting.composition().stretch;
    let size = style.body.size;
    PreparedPara {
        role: para.role,
        text: para.text.text.clone(),
        runs: Vec::new(),
        items: Vec::with_capacity(chars),
        gaps: Vec::with_capacity(chars),
        glyphs: Vec::with_capacity(chars),
        start: Len::ZERO,
        lead: Len::ZERO,
        indent: style.indent.at(size),
        rows: rows(para, style, setting),
        align: style.align,
        flush_last: (stretch.flush_last.at(size), stretch.flush_gap.at(size)),
        size,
        axis: setting.axis,
        rubies: Vec::new(),
        dot: None,
        cap: None,
        sums: Sums::default(),
    }
}

/// The first character, with an opening mark before it, as a drop cap: its em box reaches from the
/// top of the first line's to the foot of the last's. Nothing before a mark or a space.
fn cap(
    chars: &[Char],
    lines: u16,
    para: &Paragraph,
    style: &ParaStyle,
    setting: &Setting<'_>,
) -> Option<(Cap, u16)> {
    let opens = |char: &Char| char.class == Class::Open || "“‘\"'([{".contains(char.char);
    let read = usize::from(chars.first().is_some_and(opens));
    chars.get(read).filter(|char| char.class.is_read() && char.char.is_alphanumeric())?;
    let rows = i64::from(rows(para, style, setting));
    let deeper = setting.layout.grid.row.times((i64::from(lines) - 1) * rows);
    let body = style.body.size;
    let size = body + deeper;
    // Upright glyphs of vertical lines stand on the middle of theirs, others on a baseline 0.12 em
    // over the foot of their em.
    let lowered = match setting.axis {
        Axis::Horizontal => deeper + Em(120).at(body) - Em(120).at(size),
        Axis::Vertical => deeper.half(),
    };
    // Marks that combine with it go with it.
    let joined = chars[read + 1..].iter().take_while(|char| char.joined).count();
    let last = chars[read + joined];
    Some((Cap { end: last.byte + last.char.len_utf8() as u32, size, lowered }, lines))
}

/// Gives a drop cap the width it takes from its lines: whole half ems, so that the text beside it
/// keeps its grid.
fn set_in(prepared: &mut PreparedPara, cap: Cap, lines: u16, setting: &Setting<'_>) -> DropCap {
    let items = 0..prepared.item_at(cap.end);
    let own: Len = prepared.start
        + prepared.items[items.clone()].iter().map(|item| item.advance).sum()
        + prepared.gaps[..items.end.saturating_sub(1)].iter().map(|gap| gap.width).sum();
    let half = Em::HALF.at(prepared.size);
    let wanted = own + setting.layout.drop_cap.apart.at(prepared.size);
    let inset = half.times(wanted.rows(half).1);
    for idx in items.clone() {
        prepared.gaps[idx] = Gap { width: prepared.gaps[idx].width, penalty: NEVER, ..Gap::default() };
    }
    if let Some(last) = items.last() {
        prepared.gaps[last].width = inset - own;
    }
    DropCap { lines, inset }
}

/// Lets lines end in a hyphen that is not in the text, where words may be parted.
fn hyphenate(prepared: &mut PreparedPara, chars: &[Char], setting: &Setting<'_>, shapers: &Shapers<'_>) {
    for idx in hyphenates(&prepared.text, chars, setting.language, setting.lexicon) {
        let end = chars[idx].byte + chars[idx].char.len_utf8() as u32;
        let item = prepared.items.partition_point(|item| item.bytes.end < end);
        let Some(ends) = prepared.items.get(item).filter(|item| item.bytes.end == end) else { continue };
        let run = prepared.runs[ends.run as usize];
        let Some(hyphen) = shapers.glyph(run.face, '-') else { continue };
        let face = &shapers.faces()[usize::from(run.face.0)];
        let advance = face.advances([hyphen]).first().copied().unwrap_or(0);
        let gap = &mut prepared.gaps[item];
        gap.hyphen = Some(hyphen);
        gap.at_end = run.size.scale(advance.into(), shapers.units_per_em(run.face).into());
        gap.penalty = HYPHENATED;
    }
}

/// 均排: spreads marked stretches evenly over the width that their mark gives.
fn spread_evenly(prepared: &mut PreparedPara, para: &Paragraph, setting: &Setting<'_>) {
    for mark in &para.text.marks {
        let style = mark.style.map(|idx| &setting.layout.marks[usize::from(idx.0)]);
        let Some(even) = style.and_then(|style| style.even) else { continue };
        let items = prepared.item_at(mark.bytes.start)..prepared.item_at(mark.bytes.end);
        let gaps = items.start..items.end.saturating_sub(1).max(items.start);
        let own: Len = prepared.items[items].iter().map(|item| item.advance).sum();
        let spare = (even.at(prepared.size) - own).max(Len::ZERO);
        let count = gaps.len() as i64;
        for (nth, idx) in (0..).zip(gaps) {
            let width = spare.scale(nth + 1, count) - spare.scale(nth, count);
            prepared.gaps[idx] = Gap { width, penalty: NEVER, ..Gap::default() };
        }
    }
}

/// Fills in the gaps between the items: spacing, white space, break permission.
fn space(
    prepared: &mut PreparedPara,
    sides: &[(Side, Side)],
    chars: &[Char],
    para: &Paragraph,
    style: &ParaStyle,
    setting: &Setting<'_>,
) {
    let punctuation = &setting.composition().punctuation;
    let strictness = setting.composition().strictness;
    let penalties = kinsoku::penalties(&prepared.text, chars, strictness, setting.language, setting.lexicon);
    // The last character of the item.
    let mut last = 0;
    for idx in 0..prepared.items.len() {
        let item = &prepared.items[idx];
        while chars.get(last + 1).is_some_and(|next| next.byte < item.bytes.end) {
            last += 1;
        }
        let (left, right) = (sides[idx].1, sides.get(idx + 1).map(|side| side.0));
        let mut gap = match right {
            _ if item.class == Class::Space => {
                let width = space_width(prepared, idx, sides, para, style, setting.composition());
                let mut gap = spacing::word_space(width, between_words(sides, idx), left.size, punctuation);
                // An opening mark after a space is as if at a line's start; one in the middle of its
                // em keeps its blank.
                if let Some(mark) = right.filter(|right| right.sits == Sits::Middle) {
                    gap.leads = spacing::lead(mark, punctuation);
                    gap.width += gap.leads;
                }
                gap
            }
            Some(right) => spacing::between(left, right, punctuation),
            None => spacing::between(left, Side::solid(Class::Space, left.size), punctuation),
        };
        if kinsoku::is_query(chars[last].char) && left.sits == Sits::First {
            let same = |char: &&Char| kinsoku::is_query(char.char);
            let before = chars[..last].iter().rev().take(2).take_while(same).count();
            let after = chars[last + 1..].iter().take(2).take_while(same).count();
            spacing::between_queries(&mut gap, before, before + 1 + after);
        }
        // Tracking moves characters that stand solid. White and words keep their own width.
        if gap.stretch == spacing::SOLID && item.class != Class::Space && right.is_some() {
            gap.width += style.tracking.at(left.size);
        }
        gap.penalty = penalties[last];
        gap.opens =
            (setting.composition().stretch.most(gap.stretch).at(prepared.size) - gap.width).max(Len::ZERO);
        // A mark before a space that ends a line stands at that line's end.
        if let Some(mark) = prepared.gaps.last().filter(|_| item.class == Class::Space)
            && sides[idx - 1].1.class.closes()
        {
            gap.at_end = mark.at_end - mark.width;
        }
        prepared.gaps.push(gap);
    }
    if let Some((first, _)) = sides.first() {
        prepared.start = spacing::paragraph_start(*first, punctuation);
        prepared.lead = spacing::lead(*first, punctuation);
    }
}

/// Whether the white space `idx` stands between Western words, or ends the text after one.
fn between_words(sides: &[(Side, Side)], idx: usize) -> bool {
    idx > 0
        && sides[idx - 1].1.class.is_western()
        && sides.get(idx + 1).is_none_or(|(next, _)| next.class.is_western())
}

/// How wide a white space is: as the source tag or the style has it, a third of an em between
/// Western words, else a quarter (中西间距 as typed, CLREQ 3.2.2).
fn space_width(
    prepared: &PreparedPara,
    idx: usize,
    sides: &[(Side, Side)],
    para: &Paragraph,
    style: &ParaStyle,
    composition: &Composition,
) -> Len {
    let item = &prepared.items[idx];
    let run = prepared.runs[item.run as usize];
    if !para.source_tag.is_empty() && item.bytes.start == para.source_tag.end {
        return composition.source_tag_space.at(run.size);
    }
    // 全角空格 is what it says, wherever it stands inside a line.
    if prepared.text[item.bytes.start as usize..].starts_with('\u{3000}') {
        return run.size;
    }
    let between_han = idx > 0
        && sides[idx - 1].1.class == Class::Han
        && sides.get(idx + 1).is_none_or(|(next, _)| next.class == Class::Han);
    match style.han_space {
        Some(width) if between_han => width.at(run.size),
        _ if between_words(sides, idx) => spacing::WORD_SPACE.at(run.size),
        _ => run.size.scale(1, 4),
    }
}
