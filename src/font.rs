//! Faces: only the tables that shaping needs, metrics, coverage, and what each face's
//! punctuation allows. Outlines are read when a subset is cut for the PDF, each once.

mod compact;
mod flat;
mod ink;
mod program;

use std::collections::BTreeMap;
use std::io;
use std::sync::{Mutex, OnceLock, PoisonError, RwLock};

use subsetter::GlyphRemapper;

use crate::files::Blob;
use ink::Outlines;
use program::Program;

pub use ink::InkBox;

pub use crate::model::style::FaceIdx;

/// Largest font program that is read (the largest shipped face is 19 MB).
const LARGEST_PROGRAM: u64 = 128 << 20;

/// Tables that shaping and metrics need. No outlines: `CFF `, `glyf` and `loca` stay on disk.
const SHAPING_TABLES: [&[u8; 4]; 15] = [
    b"BASE", b"GDEF", b"GPOS", b"GSUB", b"OS/2", b"VORG", b"cmap", b"head", b"hhea", b"hmtx", b"kern",
    b"maxp", b"name", b"vhea", b"vmtx",
];

/// A face ready to be shaped with.
#[derive(Debug)]
pub struct Face {
    id: String,
    blob: Blob,
    /// A font file of the shaping tables alone.
    shaping: Vec<u8>,
    metrics: Metrics,
    /// Opened when ink is first asked for.
    ink: OnceLock<Mutex<InkBoxes>>,
    /// Opened when a subset is first cut.
    program: RwLock<Option<Program>>,
}

/// Outlines, and the ink of those glyphs that were asked for.
#[derive(Debug)]
struct InkBoxes {
    outlines: Outlines,
    known: BTreeMap<u16, Option<InkBox>>,
}

/// What a PDF's font descriptor and the page need to know, in font units.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Metrics {
    /// PostScript name (name table, id 6).
    pub postscript_name: String,
    /// Units to the em.
    pub units_per_em: u16,
    /// Typographic ascender above the baseline (hhea).
    pub ascender: i16,
    /// Typographic descender, negative below the baseline (hhea).
    pub descender: i16,
    /// Height of a Latin capital.
    pub cap_height: i16,
    /// The box that holds every glyph: x min, y min, x max, y max (head).
    pub bounds: [i16; 4],
    /// Weight class, 100 to 900 (OS/2).
    pub weight: u16,
    /// How many glyphs there are.
    pub glyphs: u16,
    /// What its licence lets a PDF hold of it.
    pub embedding: Embedding,
    /// Whether it has serifs, as 宋 has (PANOSE).
    pub serif: bool,
}

/// What the maker of a face lets others embed (OpenType, `OS/2` fsType).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Embedding {
    /// It may be embedded, cut down to the glyphs that are printed.
    Allowed,
    /// It may be embedded whole, but not cut down.
    WholeOnly,
    /// It may not be embedded, or only as bitmaps.
    Forbidden,
}

impl Metrics {
    /// Whether its strokes are as thin as those of 宋 at the weight of body text, so that ink from
    /// the sides closes them.
    pub fn has_thin_strokes(&self) -> bool {
        self.serif && self.weight < 600
    }
}

/// Why a font program cannot be cut to the glyphs that are printed.
#[derive(Debug)]
pub enum CutError {
    /// The file could not be read.
    Read(io::Error),
    /// Its outlines are damaged, or of a kind that is not read.
    Cut(String),
}

/// Why a face cannot be used.
#[derive(Debug)]
pub enum FaceError {
    /// The file could not be read.
    Read(io::Error),
    /// It is not a font, or a table that must be there is not.
    NotAFont(&'static str),
}

impl std::fmt::Display for FaceError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Read(error) => write!(f, "{error}"),
            Self::NotAFont(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for FaceError {}

impl From<io::Error> for FaceError {
    fn from(error: io::Error) -> Self {
        Self::Read(error)
    }
}

impl Face {
    /// Reads what shaping needs from an OpenType or TrueType file.
    ///
    /// # Errors
    /// The file cannot be read, is no font, or lacks a table.
    pub fn read(id: &str, blob: Blob) -> Result<Self, FaceError> {
        let shaping = shaping_tables(&blob)?;
        let parsed = ttf_parser::Face::parse(&shaping, 0)
            .map_err(|_| FaceError::NotAFont("it is not a font that can be read"))?;
        rustybuzz::Face::from_slice(&shaping, 0)
            .ok_or(FaceError::NotAFont("its tables cannot be shaped with"))?;
        let bounds = parsed.global_bounding_box();
        let postscript_name = parsed
            .names()
            .into_iter()
            .find(|name| name.name_id == ttf_parser::name_id::POST_SCRIPT_NAME && name.is_unicode())
            .and_then(|name| name.to_string())
            .filter(|name| {
                !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic() && !b"()<>[]{}/%".contains(&b))
            })
            .ok_or(FaceError::NotAFont("it has no usable PostScript name"))?;
        let metrics = Metrics {
            postscript_name,
            units_per_em: parsed.units_per_em(),
            ascender: parsed.ascender(),
            descender: parsed.descender(),
            cap_height: parsed.capital_height().unwrap_or_else(|| parsed.ascender()),
            bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max],
            weight: parsed.weight().to_number(),
            glyphs: parsed.number_of_glyphs(),
            embedding: embedding(&parsed),
            serif: has_serifs(&parsed),
        };
        Ok(Self {
            id: id.to_owned(),
            blob,
            shaping,
            metrics,
            ink: OnceLock::new(),
            program: RwLock::new(None),
        })
    }

    /// The name the layout gives it, such as `song`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its metrics.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// A view to shape with. Cheap beside a paragraph, not beside a character.
    pub fn shaper(&self) -> rustybuzz::Face<'_> {
        rustybuzz::Face::from_slice(&self.shaping, 0).expect("it was parsed when the face was read")
    }

    fn parsed(&self) -> ttf_parser::Face<'_> {
        ttf_parser::Face::parse(&self.shaping, 0).expect("it was parsed when the face was read")
    }

    /// How far the ink of a glyph reaches; nothing if it has none or its outline cannot be read.
    pub fn ink(&self, glyph: u16) -> Option<InkBox> {
        let boxes = self.ink.get_or_init(|| {
            let outlines = outlines(&self.blob, self.parsed().tables().head.index_to_location_format);
            Mutex::new(InkBoxes { outlines, known: BTreeMap::new() })
        });
        // What was read before a panic elsewhere is as good as before it.
        let mut boxes = boxes.lock().unwrap_or_else(PoisonError::into_inner);
        let InkBoxes { outlines, known } = &mut *boxes;
        *known.entry(glyph).or_insert_with(|| outlines.ink(&self.blob, glyph))
    }

    /// Advances of glyphs, in the order asked, in font units.
    pub fn advances(&self, glyphs: impl IntoIterator<Item = u16>) -> Vec<u16> {
        let parsed = self.parsed();
        glyphs
            .into_iter()
            .map(|glyph| parsed.glyph_hor_advance(ttf_parser::GlyphId(glyph)).unwrap_or(0))
            .collect()
    }

    /// Length of the whole font program in bytes.
    pub fn program_len(&self) -> u64 {
        self.blob.len()
    }

    /// What tells the file from others without reading it whole: its length, and its table directory,
    /// in which every table has a checksum.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn identity(&self) -> Result<Vec<u8>, FaceError> {
        let mut identity = self.blob.len().to_be_bytes().to_vec();
        for Record { head, extent, .. } in directory(&self.blob)? {
            identity.extend(head);
            identity.extend(extent.offset.to_be_bytes());
            identity.extend((extent.len as u64).to_be_bytes());
        }
        Ok(identity)
    }

    /// Cuts the font program to some glyphs, in the order of the remapper: a font of a `CFF ` table
    /// without subroutines, or of what `glyf` outlines need. Each outline is read once, however often it
    /// is asked for.
    ///
    /// # Errors
    /// What the disk says, that the program is over 128 MiB, or that it is damaged.
    pub fn cut(&self, remapper: &GlyphRemapper) -> Result<Vec<u8>, CutError> {
        let glyphs: Vec<u16> = remapper.remapped_gids().collect();
        self.fetch(&glyphs)?;
        // What was read before a panic elsewhere is as good as before it.
        let known = self.program.read().unwrap_or_else(PoisonError::into_inner);
        known.as_ref().map_or_else(|| Ok(Vec::new()), |program| program.cut(remapper))
    }

    /// Reads the outlines of some glyphs, unless they are there: whoever cuts a subset of them needs not
    /// wait for them.
    ///
    /// # Errors
    /// As those of [`Face::cut`].
    pub fn fetch(&self, glyphs: &[u16]) -> Result<(), CutError> {
        let known = self.program.read().unwrap_or_else(PoisonError::into_inner);
        if known.as_ref().is_some_and(|program| program.has(glyphs)) {
            return Ok(());
        }
        drop(known);
        let mut kept = self.program.write().unwrap_or_else(PoisonError::into_inner);
        let program = match kept.as_mut() {
            Some(program) => program,
            None => {
                let loca = self.parsed().tables().head.index_to_location_format;
                kept.insert(Program::open(&self.blob, loca).map_err(CutError::Read)?)
            }
        };
        program.fill(&self.blob, glyphs)
    }
}

/// A face without an `OS/2` table says nothing, and so forbids nothing.
fn embedding(parsed: &ttf_parser::Face<'_>) -> Embedding {
    let restricted = parsed.permissions() == Some(ttf_parser::Permissions::Restricted);
    match parsed.tables().os2 {
        None => Embedding::Allowed,
        Some(_) if restricted || !parsed.is_outline_embedding_allowed() => Embedding::Forbidden,
        Some(_) if !parsed.is_subsetting_allowed() => Embedding::WholeOnly,
        Some(_) => Embedding::Allowed,
    }
}

/// The PANOSE classification at byte 32 of `OS/2`: a Latin text face (2) with one of the serif
/// styles from cove (2) to triangle (10).
fn has_serifs(parsed: &ttf_parser::Face<'_>) -> bool {
    let table = parsed.raw_face().table(ttf_parser::Tag::from_bytes(b"OS/2"));
    table
        .and_then(|table| table.get(32..34))
        .is_some_and(|panose| panose[0] == 2 && (2..=10).contains(&panose[1]))
}

/// Finds the outlines of a font whose tables were read before.
fn outlines(blob: &Blob, loca_format: ttf_parser::head::IndexToLocationFormat) -> Outlines {
    let Ok(records) = directory(blob) else { return Outlines::Unknown };
    let find = |tag: &[u8; 4]| records.iter().find(|record| record.tag == *tag).map(|record| record.extent);
    match (find(b"CFF "), find(b"glyf"), find(b"loca")) {
        (Some(table), ..) => Outlines::compact(blob, table),
        (None, Some(glyf), Some(loca)) if loca.len as u64 <= LARGEST_PROGRAM => {
            let long = loca_format == ttf_parser::head::IndexToLocationFormat::Long;
            Outlines::quadratic(blob, glyf, loca, long)
        }
        _ => Outlines::Unknown,
    }
}

/// Where a table lies in its file.
#[derive(Clone, Copy, Debug)]
struct Extent {
    offset: u64,
    len: usize,
}

/// A table of a font file.
struct Record {
    tag: [u8; 4],
    /// Tag and checksum, as they stand in the directory.
    head: [u8; 8],
    extent: Extent,
}

/// The table directory of a font file (OpenType 1.9, "Table directory").
fn directory(blob: &Blob) -> Result<Vec<Record>, FaceError> {
    let header = blob.read_at(0, 12).map_err(|_| FaceError::NotAFont("it is too short to be a font"))?;
    if !matches!(&header[..4], b"\0\x01\0\0" | b"OTTO" | b"true") {
        return Err(FaceError::NotAFont("it is not an OpenType or TrueType font (collections are not read)"));
    }
    let count = usize::from(u16::from_be_bytes([header[4], header[5]]));
    let records =
        blob.read_at(12, count * 16).map_err(|_| FaceError::NotAFont("its table directory is cut short"))?;
    let record = |bytes: &[u8]| {
        let word = |at: usize| u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        let (mut tag, mut head) = ([0; 4], [0; 8]);
        tag.copy_from_slice(&bytes[..4]);
        head.copy_from_slice(&bytes[..8]);
        Record { tag, head, extent: Extent { offset: word(8).into(), len: word(12) as usize } }
    };
    Ok(records.chunks_exact(16).map(record).collect())
}

/// Copies the shaping tables of a font into a font file of their own.
fn shaping_tables(blob: &Blob) -> Result<Vec<u8>, FaceError> {
    let mut wanted = directory(blob)?;
    wanted.retain(|record| SHAPING_TABLES.contains(&&record.tag));
    let mut out = blob.read_at(0, 4)?;
    out.extend((wanted.len() as u16).to_be_bytes());
    out.extend([0; 6]);
    let mut offset = 12 + 16 * wanted.len();
    let mut tables = Vec::new();
    for Record { head, extent, .. } in wanted {
        if extent.len as u64 > LARGEST_PROGRAM {
            return Err(FaceError::NotAFont("one of its tables is too large"));
        }
        let table = blob
            .read_at(extent.offset, extent.len)
            .map_err(|_| FaceError::NotAFont("one of its tables lies beyond the end of the file"))?;
        out.extend(head);
        out.extend((offset as u32).to_be_bytes());
        out.extend((extent.len as u32).to_be_bytes());
        offset += extent.len.next_multiple_of(4);
        if offset as u64 > LARGEST_PROGRAM {
            return Err(FaceError::NotAFont("its tables are larger than any font"));
        }
        tables.push(table);
    }
    for table in tables {
        out.extend(&table);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    Ok(out)
}
