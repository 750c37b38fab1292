//! A file as we write them → the text of its pages, in the order of their content, by what its fonts and its
//! marked content say: what people copy, search and hear of a page.
//!
//! Forms are passed over: an advertisement's words are its own.

use std::collections::BTreeMap;

use super::bounds::{Refusal, Work};
use super::cmap::CMap;
use super::file::{NOTHING, Pdf};
use super::findings::Findings;
use super::lexer::{Fault, Item, Lexer};
use super::object::{Dict, Id, Object, Stream, shown};
use super::pages::{Page, pages};
use super::reader;

/// Operands before an operator: what we write has a line of type at most.
const MOST_OPERANDS: usize = 65_536;
/// Stretches of marked content inside one another.
const DEEPEST_MARKS: usize = 64;

/// The text of each page. A stretch with a text of its own (`ActualText`) reads as that; any other glyph as
/// its font says (`ToUnicode`), and one of which it says nothing as U+FFFD.
///
/// # Errors
/// If the file cannot be read, or has type that is not set as we set it: by codes of two bytes that are CIDs.
pub fn read_back(bytes: &[u8]) -> Result<Vec<String>, Refusal> {
    let (mut lost, mut work) = (Vec::new(), Work::default());
    let pdf = reader::read(bytes, &mut lost, &mut work)?;
    if let Some(lost) = lost.pop() {
        return Err(Refusal(lost));
    }
    let pages = pages(&pdf, &mut Findings::default())?;
    let mut reading = Reading { pdf: &pdf, work, fonts: BTreeMap::new() };
    pages.iter().map(|page| reading.page(page)).collect()
}

struct Reading<'a> {
    pdf: &'a Pdf<'a>,
    work: Work,
    /// The fonts that were met.
    fonts: BTreeMap<Id, Font>,
}

/// What codes of a font stand for.
struct Font {
    map: CMap,
    /// By code, once it was met; none if the font says nothing of it.
    known: Vec<Option<Option<String>>>,
}

impl Font {
    fn text(&mut self, code: u16) -> Option<&str> {
        let at = usize::from(code);
        if self.known.len() <= at {
            self.known.resize(at + 1, None);
        }
        self.known[at].get_or_insert_with(|| self.map.unicode(code.into())).as_deref()
    }
}

/// What a page has said so far.
#[derive(Default)]
struct Said {
    text: String,
    /// The font's object.
    font: Option<Id>,
    /// For each stretch of marked content that is open, whether it has a text of its own.
    marks: Vec<bool>,
}

impl Reading<'_> {
    fn page(&mut self, page: &Page<'_>) -> Result<String, Refusal> {
        let pdf = self.pdf;
        let fonts = page.get(pdf, "Resources").and_then(Object::dict).unwrap_or(&NOTHING);
        let fonts = pdf.dict_or_none(fonts, "Font");
        let streams: Vec<&Stream> = match page.get(pdf, "Contents") {
            Some(Object::Array(parts)) => {
                parts.iter().filter_map(|part| pdf.resolve(part).stream()).collect()
            }
            Some(object) => object.stream().into_iter().collect(),
            None => Vec::new(),
        };
        let mut said = Said::default();
        for stream in streams {
            let content = pdf.bytes_of(stream, &mut self.work).map_err(refused)?;
            self.content(&content, fonts, &mut said)?;
        }
        Ok(said.text)
    }

    fn content(&mut self, content: &[u8], fonts: &Dict, said: &mut Said) -> Result<(), Refusal> {
        let mut lexer = Lexer::of_content(content);
        let mut operands: Vec<Object> = Vec::new();
        loop {
            let held = self.work.held();
            let item = lexer.next(&mut self.work).map_err(refused)?;
            // Values live for one operator, and there are few of them.
            self.work.release(self.work.held() - held);
            match item {
                Item::End => return Ok(()),
                Item::Value(value) if operands.len() < MOST_OPERANDS => operands.push(value),
                Item::Value(_) => {
                    return Err(Refusal("content has thousands of values without an operator".to_owned()));
                }
                Item::Word(word) => {
                    self.operator(word, &operands, fonts, said)?;
                    operands.clear();
                }
            }
        }
    }

    fn operator(
        &mut self,
        word: &[u8],
        operands: &[Object],
        fonts: &Dict,
        said: &mut Said,
    ) -> Result<(), Refusal> {
        match (word, operands) {
            (b"Tf", [Object::Name(name), _]) => said.font = Some(self.font(name, fonts)?),
            (b"BDC", [_, properties]) => {
                let own = properties.dict().and_then(|dict| self.pdf.text(dict, "ActualText"));
                if let Some(own) = own.as_ref().filter(|_| !said.speaks_for_glyphs()) {
                    said.text.push_str(own);
                }
                said.mark(own.is_some())?;
            }
            (b"BDC" | b"BMC", _) => said.mark(false)?,
            (b"EMC", _) => drop(said.marks.pop()),
            (b"TJ", [Object::Array(items)]) => {
                items.iter().filter_map(Object::text).try_for_each(|codes| self.show(codes, said))?;
            }
            (b"Tj" | b"'" | b"\"", [.., Object::Text(codes)]) => self.show(codes, said)?,
            _ => {}
        }
        Ok(())
    }

    fn show(&mut self, codes: &[u8], said: &mut Said) -> Result<(), Refusal> {
        if said.speaks_for_glyphs() {
            return Ok(());
        }
        let font = said.font.and_then(|font| self.fonts.get_mut(&font));
        let Some(font) = font else { return Err(Refusal("type is set in no font".to_owned())) };
        self.work.spend(1 + codes.len() as u64)?;
        let (pairs, odd) = codes.as_chunks::<2>();
        let odd = odd.first().map(|byte| u16::from(*byte));
        for code in pairs.iter().map(|pair| u16::from_be_bytes(*pair)).chain(odd) {
            match font.text(code) {
                Some(text) => said.text.push_str(text),
                None => said.text.push(char::REPLACEMENT_CHARACTER),
            }
        }
        Ok(())
    }

    /// A font of the page's resources, read when it is met first.
    fn font(&mut self, name: &str, fonts: &Dict) -> Result<Id, Refusal> {
        let pdf = self.pdf;
        let strange = || Refusal(format!("the font {} is not one of ours", shown(name)));
        let id = fonts.id(name).ok_or_else(strange)?;
        if self.fonts.contains_key(&id) {
            return Ok(id);
        }
        let dict = pdf.dict(fonts, name).ok_or_else(strange)?;
        if !matches!(pdf.name(dict, "Encoding"), Some("Identity-H" | "Identity-V")) {
            return Err(strange());
        }
        let map = match pdf.get(dict, "ToUnicode").and_then(Object::stream) {
            Some(stream) => {
                let text = pdf.bytes_of(stream, &mut self.work).map_err(refused)?;
                CMap::read(&text, &mut self.work).map_err(refused)?
            }
            None => CMap::default(),
        };
        self.fonts.insert(id, Font { map, known: Vec::new() });
        Ok(id)
    }
}

impl Said {
    /// Whether glyphs stand in a stretch that has a text of its own.
    fn speaks_for_glyphs(&self) -> bool {
        self.marks.contains(&true)
    }

    fn mark(&mut self, own: bool) -> Result<(), Refusal> {
        if self.marks.len() >= DEEPEST_MARKS {
            return Err(Refusal(format!("marked content lies more than {DEEPEST_MARKS} deep")));
        }
        self.marks.push(own);
        Ok(())
    }
}

fn refused(fault: Fault) -> Refusal {
    match fault {
        Fault::Refused(refusal) => refusal,
        Fault::Broken(why) => Refusal(why.to_owned()),
    }
}
