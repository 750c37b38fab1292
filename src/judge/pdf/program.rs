//! An embedded font program → which glyphs it has and how wide they are.

use std::collections::BTreeMap;

use ttf_parser::{Face, GlyphId, cff};

use super::cff::Widths;
use super::encoding::{self, Encoding};
use super::type1::Type1;

/// How a program is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    /// `FontFile2`, or `FontFile3` of subtype `OpenType`.
    Sfnt,
    /// `FontFile3` of subtypes `Type1C` and `CIDFontType0C`.
    Cff,
    /// `FontFile`.
    Type1,
}

/// A glyph as the program knows it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Glyph {
    /// The program cannot be asked.
    Unknown,
    Missing,
    /// The box for missing characters (`.notdef`, glyph 0).
    NotDefined,
    /// There, with its advance in thousandths of an em, if that could be read.
    There(Option<f64>),
}

/// A program that can be asked.
pub(super) enum Program<'a> {
    TrueType(Box<Face<'a>>),
    Cff(Box<Cff<'a>>),
    Type1(Type1),
}

/// A CFF program: names and codes by the font library, widths by our own reading.
pub(super) struct Cff<'a> {
    table: cff::Table<'a>,
    widths: Widths<'a>,
    glyph_of: BTreeMap<u32, u16>,
}

impl<'a> Program<'a> {
    /// Opens a program.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn open(form: Form, data: &'a [u8]) -> Result<Self, &'static str> {
        match form {
            Form::Type1 => Ok(Self::Type1(Type1::read(data)?)),
            Form::Cff => cff_program(data),
            Form::Sfnt => {
                let face = Face::parse(data, 0).map_err(|_| "its tables are missing or malformed")?;
                if let Some(data) = face.raw_face().table(ttf_parser::Tag::from_bytes(b"CFF ")) {
                    return cff_program(data);
                }
                let tables = face.tables();
                if tables.hmtx.is_none() || tables.glyf.is_none() {
                    return Err("it has no outlines or no widths");
                }
                Ok(Self::TrueType(Box::new(face)))
            }
        }
    }

    pub(super) fn glyphs(&self) -> usize {
        match self {
            Self::TrueType(face) => usize::from(face.number_of_glyphs()),
            Self::Cff(cff) => usize::from(cff.table.number_of_glyphs()),
            Self::Type1(font) => font.widths.len(),
        }
    }

    /// The glyph of a CID; `map` is the font's `CIDToGIDMap`, if it is a stream.
    pub(super) fn of_cid(&self, cid: u32, map: Option<&[u8]>) -> Glyph {
        let mapped = || match map {
            None => u16::try_from(cid).ok(),
            Some(map) => {
                let at = usize::try_from(cid).ok()?.checked_mul(2)?;
                Some(u16::from_be_bytes([*map.get(at)?, *map.get(at + 1)?]))
            }
        };
        let glyph = match self {
            Self::Cff(cff) if cff.widths.is_cid => cff.glyph_of.get(&cid).copied(),
            _ => mapped(),
        };
        glyph.map_or(Glyph::Missing, |glyph| self.at(glyph))
    }

    /// The glyph of a code of a simple font.
    pub(super) fn of_code(&self, code: u8, encoding: &Encoding, symbolic: bool) -> Glyph {
        let glyph = match self {
            Self::Cff(cff) => match encoding.name(code) {
                Some(name) => cff.table.glyph_index_by_name(name),
                None if encoding.own => cff.table.glyph_index(code),
                None => None,
            },
            Self::TrueType(face) => true_type_glyph(face, code, encoding, symbolic),
            Self::Type1(font) => return type_1_glyph(font, code, encoding),
        };
        glyph.map_or(Glyph::Missing, |glyph| self.at(glyph.0))
    }

    fn at(&self, glyph: u16) -> Glyph {
        if usize::from(glyph) >= self.glyphs() {
            return Glyph::Missing;
        }
        if glyph == 0 {
            return Glyph::NotDefined;
        }
        match self {
            Self::TrueType(face) => {
                let per_em = f64::from(face.units_per_em());
                let advance = face.tables().hmtx.and_then(|hmtx| hmtx.advance(GlyphId(glyph)));
                Glyph::There(advance.map(|advance| f64::from(advance) * 1000.0 / per_em))
            }
            Self::Cff(cff) => Glyph::There(cff.widths.of(glyph)),
            // Its glyphs have names and no numbers.
            Self::Type1(_) => Glyph::Missing,
        }
    }
}

fn cff_program(data: &[u8]) -> Result<Program<'_>, &'static str> {
    let table = cff::Table::parse(data).ok_or("its CFF tables are malformed")?;
    let widths = Widths::read(data).ok_or("its CFF tables are malformed")?;
    let glyphs = 0..table.number_of_glyphs();
    let glyph_of = glyphs.filter_map(|glyph| {
        // CID 0 is the first glyph, whatever the charset says.
        let cid = if glyph == 0 { 0 } else { table.glyph_cid(GlyphId(glyph))? };
        Some((u32::from(cid), glyph))
    });
    let glyph_of = if widths.is_cid { glyph_of.collect() } else { BTreeMap::new() };
    Ok(Program::Cff(Box::new(Cff { table, widths, glyph_of })))
}

fn type_1_glyph(font: &Type1, code: u8, encoding: &Encoding) -> Glyph {
    let own = || font.encoding.get(&code).map(String::as_str).filter(|_| encoding.own);
    match encoding.name(code).or_else(own) {
        Some(".notdef") => Glyph::NotDefined,
        name => name.and_then(|name| font.widths.get(name)).map_or(Glyph::Missing, |w| Glyph::There(*w)),
    }
}

/// PDF Reference 1.4, 5.5.5: by Unicode or name where an encoding is given, else by the font's own
/// symbol and Macintosh tables.
fn true_type_glyph(face: &Face<'_>, code: u8, encoding: &Encoding, symbolic: bool) -> Option<GlyphId> {
    let subtables = face.tables().cmap.map(|cmap| cmap.subtables);
    let table = |platform: u16, id: u16| {
        let mut all = subtables?.into_iter();
        all.find(|table| table.platform_id as u16 == platform && table.encoding_id == id)
    };
    let unicode = table(3, 1);
    if encoding.given && (!symbolic || unicode.is_some()) {
        let name = encoding.name(code).unwrap_or(".notdef");
        let by_unicode =
            unicode.zip(encoding::character(name)).and_then(|(table, c)| table.glyph_index(c.into()));
        if let Some(glyph) = by_unicode.or_else(|| face.glyph_index_by_name(name)) {
            return Some(glyph);
        }
    }
    // Symbol fonts have their codes at one of these offsets (Microsoft's OpenType specification, cmap).
    let symbol = table(3, 0).and_then(|table| {
        [0, 0xF000, 0xF100, 0xF200].into_iter().find_map(|offset| table.glyph_index(offset + u32::from(code)))
    });
    symbol.or_else(|| table(1, 0)?.glyph_index(u32::from(code)))
}
