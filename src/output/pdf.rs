//! Sheets in, a document of pages out: the one file that knows printpdf.
//!
//! printpdf is given what it writes faithfully: the page tree, and the fonts of programs that are already
//! cut, with what their glyphs mean. What is on the pages [`super::content`] writes: printpdf knows no
//! spot inks and no outlines, and takes an object in memory for each glyph. Its boxes, output intents,
//! images, overprint and identification are not fit for print; [`super::seal`] makes those.

use std::collections::BTreeMap;

use lopdf::{Dictionary, ObjectId, Stream};
use printpdf::{
    Codepoint, FontId, FontMetrics, FontType, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle,
    PdfFontMetricsStub, PdfPage, PdfSaveOptions, Pt, TextItem,
};

use super::WriteError;
use super::content::Content;
use super::frame::{Corners, Frame};
use super::names::{Needs, font_name};
use super::pen;
use super::subset::Subset;
use crate::ad::{Ad, AdIdx};
use crate::font::FaceIdx;
use crate::paint::display::{GlyphRun, Item, PictureIdx, Sheet};
use crate::unit::Len;

/// The pages of a file as printpdf made them.
pub(super) struct Laid {
    /// The document, without boxes, pictures, inks and identification.
    pub(super) document: lopdf::Document,
    /// What each page needs.
    pub(super) needs: Vec<Needs>,
    /// The pictures of the document, in order of first use: `X1` is the first.
    pub(super) pictures: Vec<PictureIdx>,
    /// The advertisements of the document, in order of first use: `A1` is the first.
    pub(super) ads: Vec<AdIdx>,
}

/// Lays every sheet on a page of its own.
pub(super) fn lay(sheets: &[&Sheet], subsets: &[Subset], ads: &[Ad]) -> Result<Laid, WriteError> {
    let mut document = PdfDocument::new("");
    for (index, subset) in subsets.iter().enumerate() {
        document.resources.fonts.map.insert(font_id(index), PdfFont::new(program(subset)));
    }
    let mut desk = Desk::new(subsets, ads);
    let pages: Vec<Content> = sheets.iter().map(|sheet| desk.page(sheet)).collect();
    // printpdf writes the fonts whose glyphs it has seen: each glyph of each is on the first page, until
    // the pages' own content takes the place of that.
    let mut specimen = Some(subsets.iter().enumerate().flat_map(shown).collect());
    for _ in &pages {
        document.pages.push(PdfPage::new(Mm(0.0), Mm(0.0), specimen.take().unwrap_or_default()));
    }
    let options =
        PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
    let mut warnings = Vec::new();
    let mut document = document.to_lopdf_document(&options, &mut warnings);
    if let Some(warning) = warnings.first() {
        return Err(WriteError::Refused(warning.msg.clone()));
    }
    let ids: Vec<ObjectId> = document.page_iter().collect();
    let mut needs = Vec::with_capacity(pages.len());
    for (id, page) in ids.into_iter().zip(pages) {
        let content = document.add_object(Stream::new(Dictionary::new(), page.bytes));
        document.get_dictionary_mut(id)?.set("Contents", content);
        needs.push(page.needs);
    }
    Ok(Laid { document, needs, pictures: desk.pictures, ads: desk.ads })
}

/// Operators that show every glyph of a font.
fn shown((index, subset): (usize, &Subset)) -> [Op; 4] {
    let glyph = |(gid, _)| Codepoint { gid, offset: 0.0, cid: Some(subset.text(gid).to_owned()) };
    let printed = subset.widths().filter(|(code, _)| !subset.text(*code).is_empty());
    let glyphs = printed.map(glyph).collect();
    [
        Op::StartTextSection,
        Op::SetFont { font: PdfFontHandle::External(font_id(index)), size: Pt(1.0) },
        Op::ShowText { items: vec![TextItem::GlyphIds(glyphs)] },
        Op::EndTextSection,
    ]
}

fn font_id(index: usize) -> FontId {
    FontId(font_name(index))
}

/// A subset as printpdf embeds it. Everything is in thousandths of an em: printpdf truncates
/// widths of other units, and what it truncates would no longer be what the pen reckons with.
fn program(subset: &Subset) -> ParsedFont {
    let metrics = &subset.metrics;
    let upem = i32::from(metrics.units_per_em).max(1);
    let permille = |units: i16| {
        let rounded = (i32::from(units) * 2000 + upem).div_euclid(upem * 2);
        i16::try_from(rounded).unwrap_or(if rounded < 0 { i16::MIN } else { i16::MAX })
    };
    let [x_min, y_min, x_max, y_max] = metrics.bounds.map(permille);
    ParsedFont {
        original_bytes: subset.program.clone(),
        font_index: 0,
        font_name: Some(subset.name.clone()),
        codepoint_to_glyph: BTreeMap::new(),
        glyph_widths: subset.widths().collect(),
        units_per_em: 1000,
        font_metrics: FontMetrics {
            ascent: permille(metrics.ascender),
            descent: permille(metrics.descender),
        },
        font_type: FontType::TrueType,
        pdf_font_metrics: PdfFontMetricsStub {
            units_per_em: 1000,
            x_min,
            y_min,
            x_max,
            y_max,
            caret_slope_rise: 1,
            caret_slope_run: 0,
            us_weight_class: metrics.weight,
        },
    }
}

/// Where pages are laid: what is the same on all of them.
struct Desk<'a> {
    subsets: &'a [Subset],
    fonts: BTreeMap<FaceIdx, usize>,
    pictures: Vec<PictureIdx>,
    /// Width and height of each advertisement of the job, in thousandths of a point.
    sizes: Vec<(i64, i64)>,
    ads: Vec<AdIdx>,
}

impl<'a> Desk<'a> {
    fn new(subsets: &'a [Subset], ads: &[Ad]) -> Self {
        let fonts = subsets.iter().enumerate().map(|(index, subset)| (subset.face, index)).collect();
        let sizes = ads.iter().map(|ad| (ad.width.millipoints(), ad.height.millipoints())).collect();
        Self { subsets, fonts, pictures: Vec::new(), sizes, ads: Vec::new() }
    }

    fn page(&mut self, sheet: &Sheet) -> Content {
        let frame = Frame::new(sheet.boxes.media);
        let mut page = Content::default();
        for item in &sheet.items {
            match item {
                Item::Glyphs(run) => self.type_set(&mut page, run, frame),
                Item::Fill { rect, ink } => {
                    let corners = frame.corners(*rect);
                    if has_area(corners) {
                        page.fill(corners, *ink);
                    }
                }
                Item::Path { segments, paint, ink } => {
                    page.path(segments, *paint, *ink, |point| frame.point(*point));
                }
                Item::Ring { middle, radius, weight, ink } => {
                    let half = weight.half();
                    let radii = [*radius + half, *radius - half].map(Len::millipoints);
                    page.ring(frame.point(*middle), radii, *ink);
                }
                Item::Form { ad, rect } => {
                    let index = first_use(&mut self.ads, *ad);
                    page.form(index, frame.corners(*rect), self.sizes[ad.0 as usize]);
                }
                Item::Picture { picture, rect, shape } => {
                    let corners = frame.corners(*rect);
                    if has_area(corners) {
                        let index = first_use(&mut self.pictures, *picture);
                        let shape = shape.as_ref().map(|shape| frame.outline(shape));
                        page.picture(index, corners, shape.as_deref());
                    }
                }
            }
        }
        page
    }

    fn type_set(&self, page: &mut Content, run: &GlyphRun, frame: Frame) {
        let Some(&index) = self.fonts.get(&run.face).filter(|_| run.prints()) else { return };
        let steps = pen::set(run, &self.subsets[index], frame);
        page.type_set(&steps, run.ink, index, run.size.millipoints());
    }
}

/// The place of a thing in a document's order of first use.
fn first_use<T: Copy + PartialEq>(used: &mut Vec<T>, thing: T) -> usize {
    used.iter().position(|known| *known == thing).unwrap_or_else(|| {
        used.push(thing);
        used.len() - 1
    })
}

/// Whether there is anything to paint: a PDF would put at least one device pixel on paper for a
/// rectangle of no width (PDF Reference 1.4, 4.4.2).
fn has_area([left, bottom, right, top]: Corners) -> bool {
    left < right && bottom < top
}
