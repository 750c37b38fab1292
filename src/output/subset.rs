//! Faces and display lists in, font programs cut to the glyphs that are printed out.
//!
//! A PDF knows one text for each glyph of a font (PDF Reference 1.4, 5.9). The text chosen here is
//! the one readers get; where an occurrence stands for something else, the pen says so.

use rayon::prelude::*;
use subsetter::GlyphRemapper;

use super::WriteError;
use crate::fingerprint;
use crate::font::{CutError, Face, FaceIdx, Metrics};
use crate::model::edition::Level;
use crate::paint::display::{GlyphRun, Item, PlacedGlyph, Sheet};

/// What a glyph that never starts a character is said to mean: it must mean something, or
/// readers guess, and this is nothing to see (U+200B, zero width space).
const NOTHING: &str = "\u{200B}";

/// A face cut to the glyphs that are printed.
#[derive(Debug)]
pub(super) struct Subset {
    /// Which face it is of.
    pub(super) face: FaceIdx,
    /// `ABCDEF+PostScriptName` (PDF Reference 1.4, 5.5.3).
    pub(super) name: String,
    /// The font file: a TrueType or a CID-keyed CFF font.
    pub(super) program: Vec<u8>,
    /// The metrics of the whole face.
    pub(super) metrics: Metrics,
    /// By glyph of the whole face, its code in the subset; 0 for those left out.
    codes: Vec<u16>,
    /// By code; code 0 is .notdef.
    cuts: Vec<Cut>,
}

/// A glyph of a subset.
#[derive(Clone, Debug, Default)]
struct Cut {
    width: u16,
    text: String,
}

impl Subset {
    /// The code that shows a glyph of the whole face.
    pub(super) fn code(&self, glyph: u16) -> u16 {
        self.codes.get(usize::from(glyph)).copied().unwrap_or(0)
    }

    /// The advance of a code in thousandths of an em.
    pub(super) fn width(&self, code: u16) -> u16 {
        self.cuts.get(usize::from(code)).map_or(0, |cut| cut.width)
    }

    /// What readers take a code for.
    pub(super) fn text(&self, code: u16) -> &str {
        self.cuts.get(usize::from(code)).map_or("", |cut| &cut.text)
    }

    /// Every code and its advance.
    pub(super) fn widths(&self) -> impl Iterator<Item = (u16, u16)> {
        self.cuts.iter().zip(0..).map(|(cut, code)| (code, cut.width))
    }
}

/// The characters a glyph of a run stands for.
pub(super) fn text_of<'a>(run: &'a GlyphRun, glyph: &PlacedGlyph) -> Option<&'a str> {
    run.text.get(glyph.text.start as usize..glyph.text.end as usize)
}

/// Cuts every face that the sheets print, in order of first use.
pub(super) fn cut(sheets: &[&Sheet], faces: &[Face], level: Level) -> Result<Vec<Subset>, WriteError> {
    let printed = printed(sheets, faces, level)?;
    printed.par_iter().map(|printed| cut_face(&faces[usize::from(printed.face.0)], printed)).collect()
}

/// Has the outlines of all glyphs that sheets print at hand, one face beside the other: sheets that are
/// written side by side would wait for each other's. What cannot be read is told when a sheet is written.
pub(super) fn fetch(sheets: &[Sheet], faces: &[Face]) {
    let mut printed: Vec<Vec<bool>> =
        faces.iter().map(|face| vec![false; usize::from(face.metrics().glyphs)]).collect();
    for item in sheets.iter().flat_map(|sheet| &sheet.items) {
        let Item::Glyphs(run) = item else { continue };
        let Some(own) = printed.get_mut(usize::from(run.face.0)).filter(|_| run.prints()) else { continue };
        for glyph in &run.glyphs {
            if let Some(printed) = own.get_mut(usize::from(glyph.glyph)) {
                *printed = true;
            }
        }
    }
    faces.par_iter().zip(&printed).for_each(|(face, own)| {
        let glyphs: Vec<u16> = (0..).zip(own).filter(|(_, own)| **own).map(|(glyph, _)| glyph).collect();
        if !glyphs.is_empty() {
            let _ = face.fetch(&glyphs);
        }
    });
}

/// The glyphs of a face that are printed.
struct Printed<'a> {
    face: FaceIdx,
    /// By glyph: the text readers should take it for, once it is printed.
    texts: Vec<Option<&'a str>>,
    /// Those glyphs, in order of first use.
    glyphs: Vec<u16>,
}

fn printed<'a>(sheets: &[&'a Sheet], faces: &[Face], level: Level) -> Result<Vec<Printed<'a>>, WriteError> {
    let mut order: Vec<Option<usize>> = vec![None; faces.len()];
    let mut all: Vec<Printed<'a>> = Vec::new();
    for sheet in sheets {
        for item in &sheet.items {
            let Item::Glyphs(run) = item else { continue };
            if !run.prints() {
                continue;
            }
            let dangling = |what| WriteError::Dangling { page: sheet.page.clone(), what };
            let at = usize::from(run.face.0);
            let face = faces.get(at).ok_or_else(|| dangling("a face"))?;
            let place = *order[at].get_or_insert(all.len());
            if place == all.len() {
                let texts = vec![None; usize::from(face.metrics().glyphs)];
                all.push(Printed { face: run.face, texts, glyphs: Vec::new() });
            }
            let Printed { texts, glyphs, .. } = &mut all[place];
            for glyph in &run.glyphs {
                let text = text_of(run, glyph).ok_or_else(|| dangling("text"))?;
                if glyph.glyph == 0 && level.for_press() {
                    let (page, face) = (sheet.page.clone(), face.id().to_owned());
                    return Err(WriteError::NoGlyph { page, face, text: text.to_owned() });
                }
                let known = texts.get_mut(usize::from(glyph.glyph)).ok_or_else(|| dangling("a glyph"))?;
                if known.is_none() {
                    glyphs.push(glyph.glyph);
                }
                *known = Some(known.map_or(text, |known| better(known, text)));
            }
        }
    }
    Ok(all)
}

/// Of two texts of one glyph the one to keep: the first that says anything, unless it is a
/// compatibility character and the other is not (⽇ U+2F47 and 日 U+65E5 share a glyph).
fn better<'a>(known: &'a str, text: &'a str) -> &'a str {
    if known.is_empty() || !text.is_empty() && known.chars().any(compatible) && !text.chars().any(compatible)
    {
        text
    } else {
        known
    }
}

/// Characters that Unicode has only because an older character set had them twice, and private
/// ones. Full-width forms are not among them: ，is how a Chinese comma is written.
fn compatible(c: char) -> bool {
    matches!(
        u32::from(c),
        0x2E80..=0x2FDF // radicals
            | 0x3300..=0x33FF // squared words
            | 0xE000..=0xF8FF // private use
            | 0xF900..=0xFB4F // compatibility ideographs, ligatures
            | 0xFE10..=0xFE1F // vertical forms
            | 0xFE30..=0xFE6F // compatibility and small forms
            | 0x2_F800..=0x2_FA1F // compatibility ideographs
            | 0xF_0000.. // private use
    )
}

fn cut_face(face: &Face, printed: &Printed<'_>) -> Result<Subset, WriteError> {
    // Codes follow the glyphs of the whole face upwards, so that a subset depends on what is
    // printed and not on where.
    let mut glyphs = printed.glyphs.clone();
    glyphs.sort_unstable();
    let remapper = GlyphRemapper::new_from_glyphs_sorted(&glyphs);
    let program = face.cut(&remapper).map_err(|error| match error {
        CutError::Read(error) => WriteError::ReadFace { face: face.id().to_owned(), error },
        CutError::Cut(why) => WriteError::CutFace { face: face.id().to_owned(), why },
    })?;
    let mut codes = vec![0; printed.texts.len()];
    let mut cuts = vec![Cut::default(); usize::from(remapper.num_gids())];
    let upem = u32::from(face.metrics().units_per_em);
    for (glyph, advance) in glyphs.iter().zip(face.advances(glyphs.iter().copied())) {
        let code = remapper.get(*glyph).unwrap_or(0);
        let text = printed.texts[usize::from(*glyph)].filter(|text| !text.is_empty()).unwrap_or(NOTHING);
        codes[usize::from(*glyph)] = code;
        cuts[usize::from(code)] = Cut { width: permille(advance.into(), upem), text: text.to_owned() };
    }
    let name = format!("{}+{}", tag(face, &glyphs), face.metrics().postscript_name);
    Ok(Subset { face: printed.face, name, program, metrics: face.metrics().clone(), codes, cuts })
}

/// Font units as whole thousandths of an em, rounded half up: widths in a PDF are integers here,
/// and the pen makes up the difference.
fn permille(units: u32, upem: u32) -> u16 {
    u16::try_from((units * 2000 + upem) / (upem * 2)).unwrap_or(u16::MAX)
}

/// Six letters that name a subset: the same glyphs of the same face always get the same ones.
fn tag(face: &Face, glyphs: &[u16]) -> String {
    let glyphs: Vec<u8> = glyphs.iter().flat_map(|glyph| glyph.to_be_bytes()).collect();
    let name = face.metrics().postscript_name.as_bytes();
    let digest = fingerprint::sha256(&[face.id().as_bytes(), name, &glyphs]);
    let number = digest.iter().take(8).fold(0, |number: u64, byte| number << 8 | u64::from(*byte));
    (0..6).map(|place| char::from(b'A' + (number / 26_u64.pow(place) % 26) as u8)).collect()
}
