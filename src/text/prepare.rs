//! A paragraph into items and gaps with running totals: shaped once, then only measured.

use std::ops::Range;

use super::class::{Char, Class, classify};
use super::kinsoku;
use super::shape::{Cluster, Form, Shapers};
use super::spacing::{self, Gap, Side};
use super::sums::Sums;
use crate::color::Ink;
use crate::diag::{Checked, Diagnostic};
use crate::font::FaceIdx;
use crate::model::story::{Paragraph, Role, Story};
use crate::model::style::{Align, Ascii, Axis, Composition, Language, ParaStyle};
use crate::unit::Len;

/// One glyph, relative to the pen at its item.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Glyph {
    /// Glyph index in its run's face.
    pub glyph: u16,
    /// To the right.
    pub x: Len,
    /// Downwards.
    pub y: Len,
}

/// A face at a size and an ink.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Run {
    /// The face.
    pub face: FaceIdx,
    /// The type size.
    pub size: Len,
    /// The ink.
    pub ink: Ink,
}

/// What a line is made of: a cluster, its box as wide as its ink's half or whole em.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// Bytes of the paragraph's text.
    pub bytes: Range<u32>,
    /// Its glyphs, in the paragraph's list.
    pub glyphs: Range<u32>,
    /// Class of its first character.
    pub class: Class,
    /// Width of its box.
    pub advance: Len,
    /// Index of its run.
    pub run: u32,
}

/// A paragraph, ready to be broken into lines of any measure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PreparedPara {
    /// What it is.
    pub role: Role,
    /// Its text.
    pub text: String,
    /// Faces, sizes, inks.
    pub runs: Vec<Run>,
    /// Boxes.
    pub items: Vec<Item>,
    /// The gap after each item.
    pub gaps: Vec<Gap>,
    /// Glyphs of all items.
    pub glyphs: Vec<Glyph>,
    /// Blank before the first item.
    pub start: Len,
    /// Indent of the first line.
    pub indent: Len,
    /// Grid rows each line takes.
    pub rows: u16,
    /// How lines stand.
    pub align: Align,
    /// What a last line may lack to be set flush, and the most that each of its gaps is opened for it.
    pub flush_last: (Len, Len),
    /// The type size that ems of reports are of.
    pub size: Len,
    /// Running totals.
    pub sums: Sums,
}

/// A story's text, in the order it is read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PreparedStory {
    /// Its paragraphs.
    pub paras: Vec<PreparedPara>,
}

impl PreparedPara {
    /// Width of items `range` on a line of their own: gaps at both edges trimmed.
    pub fn natural(&self, range: Range<usize>) -> Len {
        self.sums.width(range.start, range.end) + self.start_at(range.start)
    }

    /// What the gaps inside `range` can give in a tier.
    pub fn give(&self, range: Range<usize>, tier: usize) -> Len {
        self.sums.give(range.start, range.end, tier)
    }

    /// What the gaps inside `range` can give in all tiers.
    pub fn give_all(&self, range: Range<usize>) -> Len {
        self.sums.give_all(range.start, range.end)
    }

    /// Blank before a line that starts at an item.
    pub fn start_at(&self, item: usize) -> Len {
        if item == 0 { self.start } else { Len::ZERO }
    }

    /// Indent of a line that starts at an item.
    pub fn indent_at(&self, item: usize) -> Len {
        if item == 0 { self.indent } else { Len::ZERO }
    }

    /// Makes the gaps after some items wider inside a line.
    pub fn widen(&mut self, gaps: &[usize], by: Len) {
        for gap in gaps {
            self.gaps[*gap].width += by;
        }
        self.add_up();
    }

    /// Adds up items and gaps that are known.
    fn add_up(&mut self) {
        self.sums = Sums::of(self.items.iter().map(|item| item.advance).zip(&self.gaps));
    }

    /// How many characters that are read, marks and spaces left out, stand from an item on: `most`
    /// at most.
    pub fn spoken(&self, from: usize, most: usize) -> usize {
        self.items[from..].iter().filter(|item| item.class.is_read()).take(most).count()
    }

    /// The item that holds or follows a byte.
    pub fn item_at(&self, byte: u32) -> usize {
        self.items.partition_point(|item| item.bytes.start < byte)
    }

    /// The characters of items `range`.
    pub fn text_of(&self, range: Range<usize>) -> &str {
        if range.is_empty() {
            return "";
        }
        &self.text[self.items[range.start].bytes.start as usize..self.items[range.end - 1].bytes.end as usize]
    }
}

/// What a paragraph is set by besides its own style.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// Rules of composition.
    pub composition: &'a Composition,
    /// The language.
    pub language: Language,
    /// Which way lines run.
    pub axis: Axis,
    /// Names and terms to keep together.
    pub lexicon: &'a [String],
}

impl<'a> Setting<'a> {
    /// Lines across, in simplified Chinese, with no names to keep together: for furniture.
    pub fn plain(composition: &'a Composition) -> Self {
        Self { composition, language: Language::default(), axis: Axis::default(), lexicon: &[] }
    }

    /// Lines across for a story.
    pub fn of(story: &'a Story, composition: &'a Composition) -> Self {
        Self { composition, language: story.language, axis: Axis::Horizontal, lexicon: &story.lexicon }
    }
}

/// A stretch of characters shaped in one go.
struct Stretch {
    bytes: Range<u32>,
    face: FaceIdx,
    form: Form,
}

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
    let chars = classify(text);
    let punctuation = &setting.composition.punctuation;
    let mut notes = Vec::new();
    let faces_at = |byte: u32| {
        if para.source_tag.contains(&byte) {
            &style.source_tag
        } else if para.run_in.contains(&byte) {
            &style.run_in
        } else {
            &style.body.faces
        }
    };
    let stretches = stretches(para, &chars, punctuation.ascii, faces_at, shapers, &mut notes);
    let mut prepared = PreparedPara {
        role: para.role,
        text: text.clone(),
        runs: Vec::new(),
        items: Vec::new(),
        gaps: Vec::new(),
        glyphs: Vec::new(),
        start: Len::ZERO,
        indent: style.indent.at(style.body.size),
        rows: style.rows.max(1),
        align: style.align,
        flush_last: (
            setting.composition.stretch.flush_last.at(style.body.size),
            setting.composition.stretch.flush_gap.at(style.body.size),
        ),
        size: style.body.size,
        sums: Sums::default(),
    };
    let mut sides = Vec::new();
    for stretch in stretches {
        let run = Run { face: stretch.face, size: style.body.size, ink: style.body.ink };
        if prepared.runs.last() != Some(&run) {
            prepared.runs.push(run);
        }
        let per_em = i64::from(shapers.units_per_em(stretch.face));
        for cluster in shapers.shape(stretch.face, text, stretch.bytes.clone(), stretch.form) {
            push_item(&mut prepared, &mut sides, &chars, &cluster, stretch.form, per_em);
        }
    }
    space(&mut prepared, &sides, &chars, para, style, setting);
    prepared.add_up();
    Checked { value: prepared, notes }
}

/// Cuts the text where face or form changes; white space stays with what precedes it.
fn stretches<'s>(
    para: &Paragraph,
    chars: &[Char],
    ascii: Ascii,
    faces_at: impl Fn(u32) -> &'s Vec<FaceIdx>,
    shapers: &Shapers<'_>,
    notes: &mut Vec<Diagnostic>,
) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for char in chars {
        let end = char.byte + char.char.len_utf8() as u32;
        let chain = faces_at(char.byte);
        let covering = chain.iter().copied().find(|face| shapers.covers(*face, char.char));
        if covering.is_none() && char.class != Class::Space {
            notes.push(missing(para, char, chain, shapers));
        }
        let face = covering.unwrap_or(chain[0]);
        let form = match (char.char.is_ascii(), ascii, char.class) {
            (true, Ascii::Half, _) => Form::HalfWidth,
            (true, Ascii::Proportional, _) | (false, _, Class::Latin) => Form::Western,
            _ => Form::Chinese,
        };
        match stretches.last_mut() {
            Some(last) if last.face == face && last.form == form => last.bytes.end = end,
            _ => stretches.push(Stretch { bytes: char.byte..end, face, form }),
        }
    }
    stretches
}

fn missing(para: &Paragraph, char: &Char, chain: &[FaceIdx], shapers: &Shapers<'_>) -> Diagnostic {
    let end = char.byte + char.char.len_utf8() as u32;
    let names: Vec<&str> = chain.iter().map(|face| shapers.faces()[usize::from(face.0)].id()).collect();
    let mut note = Diagnostic::error(
        "glyph-missing",
        format!(
            "no face here has the character `{}` (U+{:04X})",
            char.char.escape_debug(),
            u32::from(char.char)
        ),
    )
    .help(format!(
        "asked in turn: {}; add a face that has it to this style's `faces` in the layout",
        names.join(", ")
    ));
    note.at = para.text.typed(char.byte..end);
    note
}

/// Adds a cluster as an item. What `halt` took away is the blank of the gaps beside it.
fn push_item(
    prepared: &mut PreparedPara,
    sides: &mut Vec<(Side, Side)>,
    chars: &[Char],
    cluster: &Cluster,
    form: Form,
    per_em: i64,
) {
    let run_idx = prepared.runs.len() - 1;
    let size = prepared.runs[run_idx].size;
    let scaled = |units: i32| size.scale(i64::from(units), per_em);
    let first = chars.partition_point(|char| char.byte < cluster.bytes.start);
    let last = chars.partition_point(|char| char.byte < cluster.bytes.end) - 1;
    let class = chars[first].class;
    let (mut advance, mut shift) = (scaled(cluster.advance), Len::ZERO);
    let (mut before, mut after) = (scaled(cluster.blank_before), scaled(cluster.blank_after));
    if class == Class::Mid && form == Form::Chinese {
        // Half an em whatever the face draws, its dot in the middle.
        let half = spacing::INTERPUNCT.at(size);
        (shift, advance) = ((half - advance).half(), half);
    } else if class == Class::Space {
        advance = Len::ZERO;
    } else if class.group().is_none() {
        // Not a mark that a style squeezes: give back what `halt` took.
        (shift, advance) = (before, before + advance + after);
        (before, after) = (Len::ZERO, Len::ZERO);
    }
    let start = prepared.glyphs.len() as u32;
    prepared.glyphs.extend(cluster.glyphs.iter().map(|glyph| Glyph {
        glyph: glyph.glyph,
        x: shift + scaled(glyph.x),
        y: -scaled(glyph.y),
    }));
    prepared.items.push(Item {
        bytes: cluster.bytes.clone(),
        glyphs: start..prepared.glyphs.len() as u32,
        class,
        advance,
        run: run_idx as u32,
    });
    sides.push((Side { class, blank: before, size }, Side { class: chars[last].class, blank: after, size }));
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
    let punctuation = &setting.composition.punctuation;
    let penalties =
        kinsoku::penalties(&prepared.text, chars, setting.composition.strictness, setting.lexicon);
    for idx in 0..prepared.items.len() {
        let item = &prepared.items[idx];
        let last = chars.partition_point(|char| char.byte < item.bytes.end) - 1;
        let (left, right) = (sides[idx].1, sides.get(idx + 1).map(|side| side.0));
        let mut gap = match right {
            _ if item.class == Class::Space => {
                let width = space_width(prepared, idx, sides, para, style, setting.composition);
                spacing::word_space(width, between_words(sides, idx), left.size, punctuation)
            }
            Some(right) => spacing::between(left, right, punctuation),
            None => spacing::between(
                left,
                Side { class: Class::Space, blank: Len::ZERO, size: left.size },
                punctuation,
            ),
        };
        if kinsoku::is_query(chars[last].char) {
            let same = |char: &&Char| kinsoku::is_query(char.char);
            let before = chars[..last].iter().rev().take(2).take_while(same).count();
            let after = chars[last + 1..].iter().take(2).take_while(same).count();
            spacing::between_queries(&mut gap, before, before + 1 + after);
        }
        gap.penalty = penalties[last];
        gap.opens =
            (setting.composition.stretch.most(gap.stretch).at(prepared.size) - gap.width).max(Len::ZERO);
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
