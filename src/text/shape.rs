//! Shaping: a run of one face into clusters of glyphs, in font units, never in lengths.
//!
//! The only module that knows the shaper. Runs of Chinese type are shaped with script Hani and a
//! language that the face knows, punctuation-only runs too: without them —— is two Latin dashes.

use std::ops::Range;
use std::str::FromStr;
use std::sync::OnceLock;

use rustybuzz::ttf_parser::Tag;
use rustybuzz::{Direction, Feature, ShapePlan, UnicodeBuffer, script};

use crate::font::{Face, FaceIdx};
use crate::model::style::Language;

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

/// A run, shaped.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shaped {
    /// Its clusters, in the order of the text.
    pub clusters: Vec<Cluster>,
    /// The glyphs of all of them.
    pub glyphs: Vec<ShapedGlyph>,
}

impl Shaped {
    /// The glyphs of a cluster.
    pub fn glyphs_of(&self, cluster: &Cluster) -> &[ShapedGlyph] {
        &self.glyphs[cluster.glyphs.start as usize..cluster.glyphs.end as usize]
    }
}

/// Characters that became glyphs together and are never split.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cluster {
    /// Bytes of the text.
    pub bytes: Range<u32>,
    /// Advance along the line.
    pub advance: i32,
    /// Its glyphs among those of the run.
    pub glyphs: Range<u32>,
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
    /// Tibetan: letters stacked.
    Tibetan,
}

/// Which way the glyphs of a run follow each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Run {
    /// To the right.
    Across,
    /// Downwards, each glyph upright, in its form for vertical lines if it has one.
    Down,
}

/// How a stretch of text is shaped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Manner {
    /// What its characters want.
    pub form: Form,
    /// Which way it runs.
    pub run: Run,
    /// The language it is in.
    pub language: Language,
}

/// A face, opened to shape with.
struct Shaper<'a> {
    face: rustybuzz::Face<'a>,
    /// By form, direction and language; made when first needed.
    plans: Vec<OnceLock<Plan>>,
}

/// How a face shapes runs of one manner.
struct Plan {
    plan: ShapePlan,
    language: Option<rustybuzz::Language>,
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
        self.glyph(face, char).is_some()
    }

    /// The glyph that a face draws a character with.
    pub fn glyph(&self, face: FaceIdx, char: char) -> Option<u16> {
        self.shaper(face).face.glyph_index(char).map(|glyph| glyph.0)
    }

    /// Whether a face has another form of a character for vertical lines.
    pub fn turns(&self, face: FaceIdx, char: char) -> bool {
        let mut text = [0; 4];
        let text = char.encode_utf8(&mut text);
        let manner = Manner { form: Form::Chinese, run: Run::Down, language: Language::ZhHans };
        let shaped = self.shape(face, text, 0..text.len() as u32, manner);
        let turned = shaped.glyphs.first().map(|glyph| glyph.glyph);
        turned != self.glyph(face, char)
    }

    /// Units to the em of a face.
    pub fn units_per_em(&self, face: FaceIdx) -> i32 {
        i32::from(self.faces[usize::from(face.0)].metrics().units_per_em)
    }

    /// Shapes `bytes` of `text` in one face.
    pub fn shape(&self, face: FaceIdx, text: &str, bytes: Range<u32>, manner: Manner) -> Shaped {
        self.shaper(face).shape(text, bytes, manner)
    }

    /// Where the ink of a cluster's glyphs starts and ends along its line, in font units from the
    /// cluster's start. Nothing without ink.
    pub fn ink(&self, face: FaceIdx, glyphs: &[ShapedGlyph], run: Run) -> Option<Range<i32>> {
        let boxes = glyphs.iter().filter_map(|glyph| {
            let ink = self.faces[usize::from(face.0)].ink(glyph.glyph)?;
            Some(match run {
                Run::Across => glyph.x + ink.left..glyph.x + ink.right,
                Run::Down => -(glyph.y + ink.top)..-(glyph.y + ink.bottom),
            })
        });
        boxes.reduce(|all, ink| all.start.min(ink.start)..all.end.max(ink.end))
    }
}

const FORMS: usize = 4;
const RUNS: usize = 2;
const LANGUAGES: usize = 5;

impl<'a> Shaper<'a> {
    fn new(face: &'a Face) -> Self {
        let plans = (0..FORMS * RUNS * LANGUAGES).map(|_| OnceLock::new()).collect();
        Self { face: face.shaper(), plans }
    }

    fn plan(&self, manner: Manner) -> &Plan {
        let idx = (manner.form as usize * RUNS + manner.run as usize) * LANGUAGES + manner.language as usize;
        self.plans[idx].get_or_init(|| {
            let on = |tag: &[u8; 4]| Feature::new(Tag::from_bytes(tag), 1, ..);
            let features = match manner.form {
                // Japanese faces draw quotation marks proportional if they are not asked.
                Form::Chinese if manner.language == Language::Ja => vec![on(b"fwid")],
                Form::Chinese | Form::Tibetan => Vec::new(),
                Form::Western => vec![on(b"pwid")],
                Form::HalfWidth => vec![on(b"hwid")],
            };
            let language = self.language(manner.language);
            let script = Some(script_of(manner.form));
            let plan =
                ShapePlan::new(&self.face, direction(manner.run), script, language.as_ref(), &features);
            Plan { plan, language }
        })
    }

    /// The language to shape in: the text's own if the face's substitutions know it, else one that
    /// they know. A face for one language draws a Latin dash in any other.
    fn language(&self, language: Language) -> Option<rustybuzz::Language> {
        const KNOWN: [(&str, &[u8; 4]); 3] = [("zh-Hans", b"ZHS "), ("zh-Hant", b"ZHT "), ("ja", b"JAN ")];
        let own = match language {
            Language::ZhHans | Language::En | Language::Bo => KNOWN[0],
            Language::ZhHant => KNOWN[1],
            Language::Ja => KNOWN[2],
        };
        let substitutions = self.face.tables().gsub;
        let han = substitutions.and_then(|table| table.scripts.find(Tag::from_bytes(b"hani")));
        let knows = |tag: &[u8; 4]| han.is_some_and(|han| han.languages.find(Tag::from_bytes(tag)).is_some());
        let (name, _) = std::iter::once(own).chain(KNOWN).find(|(_, tag)| knows(tag)).unwrap_or(own);
        rustybuzz::Language::from_str(name).ok()
    }

    fn shape(&self, text: &str, bytes: Range<u32>, manner: Manner) -> Shaped {
        let mut buffer = UnicodeBuffer::new();
        let run = &text[bytes.start as usize..bytes.end as usize];
        for (offset, char) in run.char_indices() {
            let cluster = bytes.start + offset as u32;
            buffer.add(char, cluster);
            // Some faces (文楷) draw quotation marks full width only through a variation
            // selector; where the pair is unknown a selector would become a glyph of its own.
            if manner.form == Form::Chinese
                && matches!(char, '“' | '”' | '‘' | '’')
                && self.face.glyph_variation_index(char, '\u{FE01}').is_some()
            {
                buffer.add('\u{FE01}', cluster);
            }
        }
        buffer.set_direction(direction(manner.run));
        buffer.set_script(script_of(manner.form));
        let Plan { plan, language } = self.plan(manner);
        if let Some(language) = language {
            buffer.set_language(language.clone());
        }
        let shaped = rustybuzz::shape_with_plan(&self.face, plan, buffer);
        let mut clusters: Vec<Cluster> = Vec::with_capacity(shaped.len());
        let mut glyphs = Vec::with_capacity(shaped.len());
        for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            let glyph = u16::try_from(info.glyph_id).unwrap_or(0);
            let advance = match manner.run {
                Run::Across => position.x_advance,
                Run::Down => -position.y_advance,
            };
            match clusters.last_mut() {
                Some(same) if same.bytes.start == info.cluster => {
                    let pen = match manner.run {
                        Run::Across => (same.advance, 0),
                        Run::Down => (0, -same.advance),
                    };
                    let (x, y) = (pen.0 + position.x_offset, pen.1 + position.y_offset);
                    glyphs.push(ShapedGlyph { glyph, x, y });
                    same.glyphs.end += 1;
                    same.advance += advance;
                    continue;
                }
                Some(previous) => previous.bytes.end = info.cluster,
                None => {}
            }
            let first = glyphs.len() as u32;
            glyphs.push(ShapedGlyph { glyph, x: position.x_offset, y: position.y_offset });
            clusters.push(Cluster { bytes: info.cluster..bytes.end, advance, glyphs: first..first + 1 });
        }
        Shaped { clusters, glyphs }
    }
}

fn direction(run: Run) -> Direction {
    match run {
        Run::Across => Direction::LeftToRight,
        Run::Down => Direction::TopToBottom,
    }
}

fn script_of(form: Form) -> rustybuzz::Script {
    match form {
        Form::Tibetan => script::TIBETAN,
        Form::Chinese | Form::Western | Form::HalfWidth => script::HAN,
    }
}
