//! Shaping: a run of one face into clusters of glyphs, in font units, never in lengths.
//!
//! The only module that knows the shaper. Every run is shaped with script Hani and language
//! zh-Hans, punctuation-only runs too: without them —— is two Latin dashes. Marks are shaped with
//! `halt`, so a cluster's advance is the box of its ink; what `halt` took away is its blank.

use std::ops::Range;
use std::str::FromStr;
use std::sync::OnceLock;

use rustybuzz::ttf_parser::{GlyphId, Tag};
use rustybuzz::{Direction, Feature, Language, ShapePlan, UnicodeBuffer, script};

use crate::font::{Face, FaceIdx};

/// One glyph, relative to the start of its cluster.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ShapedGlyph {
    /// Glyph index.
    pub glyph: u16,
    /// To the right, in font units.
    pub x: i32,
    /// Upwards, in font units.
    pub y: i32,
}

/// Characters that became glyphs together and are never split.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cluster {
    /// Bytes of the text.
    pub bytes: Range<u32>,
    /// Advance of its box.
    pub advance: i32,
    /// Blank that the face draws before the box.
    pub blank_before: i32,
    /// Blank that the face draws after the box.
    pub blank_after: i32,
    /// Its glyphs.
    pub glyphs: Vec<ShapedGlyph>,
}

/// How a run wants its characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// Chinese type: quotation marks a full em wide.
    Chinese,
    /// ASCII as the face draws it, quotation marks proportional.
    Western,
    /// ASCII half an em wide, where the face has such forms.
    HalfWidth,
}

/// A face, opened to shape with.
struct Shaper<'a> {
    face: rustybuzz::Face<'a>,
    plans: [ShapePlan; 3],
}

/// The faces of an edition, opened when first needed.
pub struct Shapers<'a> {
    faces: &'a [Face],
    open: Vec<OnceLock<Shaper<'a>>>,
}

impl<'a> Shapers<'a> {
    /// Shapers for these faces.
    pub fn new(faces: &'a [Face]) -> Self {
        Self { faces, open: faces.iter().map(|_| OnceLock::new()).collect() }
    }

    /// The faces, by index.
    pub fn faces(&self) -> &'a [Face] {
        self.faces
    }

    fn shaper(&self, face: FaceIdx) -> &Shaper<'a> {
        let idx = usize::from(face.0);
        self.open[idx].get_or_init(|| Shaper::new(&self.faces[idx]))
    }

    /// Whether a face can draw a character.
    pub fn covers(&self, face: FaceIdx, char: char) -> bool {
        self.shaper(face).face.glyph_index(char).is_some()
    }

    /// Units to the em of a face.
    pub fn units_per_em(&self, face: FaceIdx) -> i32 {
        i32::from(self.faces[usize::from(face.0)].metrics().units_per_em)
    }

    /// Shapes `bytes` of `text` in one face.
    pub fn shape(&self, face: FaceIdx, text: &str, bytes: Range<u32>, form: Form) -> Vec<Cluster> {
        self.shaper(face).shape(text, bytes, form)
    }
}

impl<'a> Shaper<'a> {
    fn new(face: &'a Face) -> Self {
        let face = face.shaper();
        let language = Language::from_str("zh-Hans").ok();
        let on = |tag: &[u8; 4]| Feature::new(Tag::from_bytes(tag), 1, ..);
        let plan = |features: &[Feature]| {
            ShapePlan::new(&face, Direction::LeftToRight, Some(script::HAN), language.as_ref(), features)
        };
        let plans = [plan(&[on(b"halt")]), plan(&[on(b"pwid")]), plan(&[on(b"hwid")])];
        Self { face, plans }
    }

    fn shape(&self, text: &str, bytes: Range<u32>, form: Form) -> Vec<Cluster> {
        let mut buffer = UnicodeBuffer::new();
        let run = &text[bytes.start as usize..bytes.end as usize];
        for (offset, char) in run.char_indices() {
            let cluster = bytes.start + offset as u32;
            buffer.add(char, cluster);
            // Some faces (文楷) draw quotation marks full width only through a variation
            // selector; where the pair is unknown a selector would become a glyph of its own.
            if form == Form::Chinese
                && matches!(char, '“' | '”' | '‘' | '’')
                && self.face.glyph_variation_index(char, '\u{FE01}').is_some()
            {
                buffer.add('\u{FE01}', cluster);
            }
        }
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script::HAN);
        if let Ok(language) = Language::from_str("zh-Hans") {
            buffer.set_language(language);
        }
        let shaped = rustybuzz::shape_with_plan(&self.face, &self.plans[form as usize], buffer);
        let mut clusters: Vec<Cluster> = Vec::with_capacity(shaped.len());
        for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            let glyph = u16::try_from(info.glyph_id).unwrap_or(0);
            let same = clusters.last_mut().filter(|cluster| cluster.bytes.start == info.cluster);
            if let Some(cluster) = same {
                cluster.glyphs.push(ShapedGlyph {
                    glyph,
                    x: cluster.advance + position.x_offset,
                    y: position.y_offset,
                });
                cluster.advance += position.x_advance;
                continue;
            }
            if let Some(previous) = clusters.last_mut() {
                previous.bytes.end = info.cluster;
            }
            let full = i32::from(self.face.glyph_hor_advance(GlyphId(glyph)).unwrap_or(0));
            // Only what `halt` took counts as blank: kerning must not look like a mark's half.
            let taken = if form == Form::Chinese { (full - position.x_advance).max(0) } else { 0 };
            let before = if taken > 0 { (-position.x_offset).clamp(0, taken) } else { 0 };
            clusters.push(Cluster {
                bytes: info.cluster..bytes.end,
                advance: position.x_advance,
                blank_before: before,
                blank_after: taken - before,
                glyphs: vec![ShapedGlyph { glyph, x: position.x_offset, y: position.y_offset }],
            });
        }
        clusters
    }
}
