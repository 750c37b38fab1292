//! A paragraph cut into stretches that are shaped in one go: where face, size, ink, form or turn
//! change, another begins.

use std::ops::Range;

use super::class::{Char, Class};
use super::para::Run;
use super::setting::Setting;
use super::shape::{Form, Manner, Run as Way, Shapers};
use super::vertical::{Stand, stands};
use crate::diag::Diagnostic;
use crate::font::FaceIdx;
use crate::geom::{Axis, Turn};
use crate::model::inline::MarkStyle;
use crate::model::story::{Mark, Paragraph};
use crate::model::style::{Ascii, Language, ParaStyle};
use crate::unit::{Em, Len};

/// A stretch of characters shaped in one go.
pub(super) struct Stretch {
    /// Its bytes.
    pub(super) bytes: Range<u32>,
    /// Its type.
    pub(super) run: Run,
    /// How it is shaped.
    pub(super) manner: Manner,
    /// Whether its characters stand side by side in one em of a vertical line (纵中横).
    pub(super) combined: bool,
}

/// How a drop cap is set at the size of its paragraph.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Cap {
    /// The end of its bytes.
    pub(super) end: u32,
    /// Its type size.
    pub(super) size: Len,
    /// How far it is lowered from the first line.
    pub(super) lowered: Len,
}

/// What a paragraph is cut by.
pub(super) struct Cutter<'a, 'f> {
    pub(super) para: &'a Paragraph,
    pub(super) style: &'a ParaStyle,
    pub(super) setting: &'a Setting<'a>,
    pub(super) shapers: &'a Shapers<'f>,
    pub(super) cap: Option<Cap>,
}

impl Cutter<'_, '_> {
    /// Cuts the paragraph. A character that no face has is told at the place where it was typed.
    pub(super) fn stretches(&self, chars: &[Char], notes: &mut Vec<Diagnostic>) -> Vec<Stretch> {
        let stands = match self.setting.axis {
            Axis::Horizontal => None,
            Axis::Vertical => Some(stands(chars)),
        };
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut marks = &self.para.text.marks[..];
        for (idx, char) in chars.iter().enumerate() {
            let stand = stands.as_ref().map(|stands| stands[idx]);
            // Marks ascend by their start: those that have ended are behind.
            while marks.first().is_some_and(|mark| mark.bytes.end <= char.byte) {
                marks = &marks[1..];
            }
            let stretch = self.stretch(char, marks, stand, notes);
            match stretches.last_mut() {
                Some(last)
                    if last.run == stretch.run
                        && last.manner == stretch.manner
                        && last.combined == stretch.combined =>
                {
                    last.bytes.end = stretch.bytes.end;
                }
                _ => stretches.push(stretch),
            }
        }
        stretches
    }

    /// One character as a stretch of its own.
    fn stretch(
        &self,
        char: &Char,
        marks: &[Mark],
        stand: Option<Stand>,
        notes: &mut Vec<Diagnostic>,
    ) -> Stretch {
        let body = &self.style.body;
        let bytes = char.byte..char.byte + char.char.len_utf8() as u32;
        let form = self.form(char);
        let mut run = Run {
            face: body.faces[0],
            size: body.size,
            ink: body.ink,
            raise: Len::ZERO,
            turn: Turn::Upright,
        };
        let mut own = self.own_faces(char.byte);
        let mut western = None;
        if own.is_none() && form == Form::Western && (char.class.is_western() || char.class == Class::Space) {
            western = body.western.as_ref();
        }
        if let Some(western) = western {
            own = Some(&western.faces);
            run.size = western.size.at(body.size);
            run.raise = western.raise.at(body.size);
        }
        for mark in self.styles(marks, char.byte) {
            own = mark.faces.as_ref().or(own);
            run.size = mark.size.at(run.size);
            run.raise += mark.raise.at(body.size);
            run.ink = mark.ink.unwrap_or(run.ink);
        }
        if let Some(cap) = self.cap.filter(|cap| char.byte < cap.end) {
            let style = &self.setting.layout.drop_cap;
            own = Some(&style.faces);
            run = Run { size: cap.size, ink: style.ink, raise: -cap.lowered, ..run };
        }
        run.face = self.face(char, own, notes);
        let stand = match stand {
            Some(Stand::Transformed) if !self.shapers.turns(run.face, char.char) => Some(Stand::Turned),
            stand => stand,
        };
        let (way, turn) = match stand {
            None | Some(Stand::Combined) => (Way::Across, Turn::Upright),
            Some(Stand::Turned) => (Way::Across, Turn::Clockwise),
            Some(Stand::Upright | Stand::Transformed) => (Way::Down, Turn::Upright),
        };
        run.turn = turn;
        let combined = stand == Some(Stand::Combined);
        let form = if combined { Form::HalfWidth } else { form };
        let manner = Manner { form, run: way, language: self.setting.language };
        Stretch { bytes, run, manner, combined }
    }

    /// What a character's form is: ASCII as the style has it, Tibetan stacked.
    fn form(&self, char: &Char) -> Form {
        let ascii = match (self.setting.language, &self.style.body.western) {
            (Language::En | Language::Bo, _) | (_, Some(_)) => Ascii::Proportional,
            _ => self.setting.layout.composition.punctuation.ascii,
        };
        match (char.char.is_ascii(), ascii, char.class) {
            (true, Ascii::Half, _) => Form::HalfWidth,
            (true, Ascii::Proportional, _) | (false, _, Class::Latin) => Form::Western,
            _ if is_tibetan(char.char) => Form::Tibetan,
            _ => Form::Chinese,
        }
    }

    /// Faces that a source tag or run-in head has of its own.
    fn own_faces(&self, byte: u32) -> Option<&Vec<FaceIdx>> {
        if self.para.source_tag.contains(&byte) {
            Some(&self.style.source_tag)
        } else if self.para.run_in.contains(&byte) {
            Some(&self.style.run_in)
        } else {
            None
        }
    }

    /// The looks that marks give a byte, by their start; the last one wins.
    fn styles(&self, marks: &[Mark], byte: u32) -> impl Iterator<Item = &MarkStyle> {
        let started = marks.iter().take_while(move |mark| mark.bytes.start <= byte);
        let marks = started.filter(move |mark| mark.bytes.contains(&byte));
        marks.filter_map(|mark| mark.style).map(|idx| &self.setting.layout.marks[usize::from(idx.0)])
    }

    /// The first face of a chain, then of the paragraph's own, that has a character.
    fn face(&self, char: &Char, own: Option<&Vec<FaceIdx>>, notes: &mut Vec<Diagnostic>) -> FaceIdx {
        let body = &self.style.body.faces;
        let chain = || own.into_iter().flatten().chain(body).copied();
        if let Some(face) = chain().find(|face| self.shapers.covers(*face, char.char)) {
            return face;
        }
        if !matches!(char.class, Class::Space | Class::Invisible) {
            notes.push(self.missing(char, chain()));
        }
        chain().next().unwrap_or(body[0])
    }

    fn missing(&self, char: &Char, chain: impl Iterator<Item = FaceIdx>) -> Diagnostic {
        let end = char.byte + char.char.len_utf8() as u32;
        let mut names: Vec<&str> = Vec::new();
        for face in chain {
            let id = self.shapers.faces()[usize::from(face.0)].id();
            if !names.contains(&id) {
                names.push(id);
            }
        }
        let (shown, code) = (char.char.escape_debug(), u32::from(char.char));
        let mut note = Diagnostic::error(
            "glyph-missing",
            format!("no face here has the character `{shown}` (U+{code:04X})"),
        )
        .help(format!(
            "asked in turn: {}; add a face that has it to this style's `faces` in the layout",
            names.join(", ")
        ));
        note.at = self.para.text.typed(char.byte..end);
        note
    }
}

fn is_tibetan(char: char) -> bool {
    ('\u{0F00}'..='\u{0FFF}').contains(&char)
}

/// How far under the middle of its em a Western letter's baseline lies: ideographs stand with the
/// middle of theirs 0.38 em over the baseline (OpenType `BASE`, 0.88 over and 0.12 under it).
pub(super) const MIDDLE: Em = Em(380);
