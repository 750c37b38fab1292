//! Sheets in, a document of pages out: the one file that knows printpdf.
//!
//! printpdf is given what it writes faithfully: text, rectangles, process colours, the page tree
//! and the font dictionaries of programs that are already cut. Its boxes, output intents, images,
//! overprint, spot inks and identification are not fit for print; [`super::seal`] makes those.

use std::collections::{BTreeMap, BTreeSet};

use printpdf::{
    Cmyk, Codepoint, Color, DictItem, ExtendedGraphicsStateId, FontId, FontMetrics, FontType, Mm, Op,
    PaintMode, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfFontMetricsStub, PdfPage, PdfSaveOptions,
    Pt, Rect as PdfRect, TextItem, TextMatrix, XObjectId, XObjectTransform,
};

use super::WriteError;
use super::frame::{Corners, Frame, number};
use super::pen::{self, Shown, Step};
use super::plates;
use super::subset::Subset;
use crate::ad::{Ad, AdIdx};
use crate::color::{Ink, Overlay, SpotIdx, Tint};
use crate::font::FaceIdx;
use crate::geom::{Point, Turn};
use crate::paint::display::{GlyphRun, Item, Paint, PictureIdx, Segment, Sheet};
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

/// What a page's resources must hold.
#[derive(Clone, Default, Debug)]
pub(super) struct Needs {
    /// Subsets, by their place in the list: `F1` is the first.
    pub(super) fonts: BTreeSet<usize>,
    /// Pictures, by their place in the document's order of first use.
    pub(super) pictures: BTreeSet<usize>,
    /// Advertisements, likewise.
    pub(super) ads: BTreeSet<usize>,
    /// Overprint states.
    pub(super) overlays: BTreeSet<Overlay>,
    /// Whether it paints with every plate at once.
    pub(super) registration: bool,
    /// Spot inks.
    pub(super) spots: BTreeSet<SpotIdx>,
}

/// Lays every sheet on a page of its own.
pub(super) fn lay(sheets: &[&Sheet], subsets: &[Subset], ads: &[Ad]) -> Result<Laid, WriteError> {
    let mut document = PdfDocument::new("");
    for (index, subset) in subsets.iter().enumerate() {
        document.resources.fonts.map.insert(font_id(index), PdfFont::new(program(subset)));
    }
    let mut desk = Desk::new(subsets, ads);
    let mut needs = Vec::with_capacity(sheets.len());
    for sheet in sheets {
        let page = desk.page(sheet);
        document.pages.push(PdfPage::new(Mm(0.0), Mm(0.0), page.ops));
        needs.push(page.needs);
    }
    // `secure` leaves out operators that printpdf does not model, and `scn` is one of them.
    let options =
        PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, image_optimization: None };
    let mut warnings = Vec::new();
    let document = document.to_lopdf_document(&options, &mut warnings);
    match warnings.first() {
        Some(warning) => Err(WriteError::Refused(warning.msg.clone())),
        None => Ok(Laid { document, needs, pictures: desk.pictures, ads: desk.ads }),
    }
}

/// The resource name of a subset.
pub(super) fn font_name(index: usize) -> String {
    format!("F{}", index + 1)
}

/// The resource name of a picture.
pub(super) fn picture_name(index: usize) -> String {
    format!("X{}", index + 1)
}

/// The resource name of an advertisement.
pub(super) fn ad_name(index: usize) -> String {
    format!("A{}", index + 1)
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

/// A page in the making: its operators, and the graphics state they have left behind.
#[derive(Default)]
struct Page {
    ops: Vec<Op>,
    needs: Needs,
    ink: Option<Ink>,
    /// The ink and the thickness of lines along paths.
    line: Option<(Ink, i64)>,
    overlay: Option<Overlay>,
    font: Option<(usize, i64)>,
}

impl<'a> Desk<'a> {
    fn new(subsets: &'a [Subset], ads: &[Ad]) -> Self {
        let fonts = subsets.iter().enumerate().map(|(index, subset)| (subset.face, index)).collect();
        let sizes = ads.iter().map(|ad| (ad.width.millipoints(), ad.height.millipoints())).collect();
        Self { subsets, fonts, pictures: Vec::new(), sizes, ads: Vec::new() }
    }

    fn page(&mut self, sheet: &Sheet) -> Page {
        let frame = Frame::new(sheet.boxes.media);
        let mut page = Page::default();
        for item in &sheet.items {
            match item {
                Item::Glyphs(run) => self.type_set(&mut page, run, frame),
                Item::Fill { rect, ink } => page.fill(frame.corners(*rect), *ink),
                Item::Path { segments, paint, ink } => page.path(segments, *paint, *ink, frame),
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

    /// One text object for each run: printpdf would join two columns that share a baseline.
    fn type_set(&self, page: &mut Page, run: &GlyphRun, frame: Frame) {
        let Some(&index) = self.fonts.get(&run.face).filter(|_| run.prints()) else { return };
        let subset = &self.subsets[index];
        let steps = pen::set(run, subset, frame);
        page.ink(run.ink);
        page.ops.push(Op::StartTextSection);
        page.font(index, run.size.millipoints());
        page.ops.extend(steps.into_iter().map(|step| operator(step, subset)));
        page.ops.push(Op::EndTextSection);
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

/// A movement of the pen as an operator.
fn operator(step: Step, subset: &Subset) -> Op {
    match step {
        Step::Move(x, y, turn) => {
            let [a, b, c, d] = match turn {
                Turn::Upright => [1.0, 0.0, 0.0, 1.0],
                Turn::Clockwise => [0.0, -1.0, 1.0, 0.0],
            };
            Op::SetTextMatrix { matrix: TextMatrix::Raw([a, b, c, d, number(x), number(y)]) }
        }
        Step::Show(glyphs) => {
            let glyphs = glyphs.into_iter().map(|glyph| codepoint(glyph, subset)).collect();
            Op::ShowText { items: vec![TextItem::GlyphIds(glyphs)] }
        }
        Step::Mean(text) => {
            let text = DictItem::String { data: utf16(&text), literal: false };
            let map = BTreeMap::from([("ActualText".to_owned(), text)]);
            Op::BeginMarkedContentWithProperties {
                tag: "Span".to_owned(),
                properties: DictItem::Dict { map },
            }
        }
        Step::End => Op::EndMarkedContent,
    }
}

fn codepoint(glyph: Shown, subset: &Subset) -> Codepoint {
    let cid = Some(subset.text(glyph.code).to_owned());
    Codepoint { gid: glyph.code, offset: number(glyph.tighten * 100), cid }
}

/// A text string in UTF-16, big end first, with its mark (PDF Reference 1.4, 3.8.1).
pub(super) fn utf16(text: &str) -> Vec<u8> {
    [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
}

impl Page {
    fn overlay(&mut self, overlay: Overlay) {
        if self.overlay == Some(overlay) {
            return;
        }
        self.overlay = Some(overlay);
        self.needs.overlays.insert(overlay);
        let gs = ExtendedGraphicsStateId(plates::overlay_name(overlay).to_owned());
        self.ops.push(Op::LoadGraphicsState { gs });
    }

    fn ink(&mut self, ink: Ink) {
        self.overlay(ink.overlay());
        if self.ink == Some(ink) {
            return;
        }
        self.ink = Some(ink);
        match ink {
            Ink::Registration => {
                self.needs.registration = true;
                self.separation(plates::REGISTRATION.to_owned(), Tint::SOLID);
            }
            // printpdf would write a spot ink's stand-in of process inks.
            Ink::Spot(spot, tint) => {
                self.needs.spots.insert(spot);
                self.separation(plates::spot_name(spot), tint);
            }
            Ink::Black(_) | Ink::Cmyk(_) => {
                let [c, m, y, k] = ink.process().map(|tint| number(tint.into()));
                let col = Color::Cmyk(Cmyk { c, m, y, k, icc_profile: None });
                self.ops.push(Op::SetFillColor { col });
            }
        }
    }

    /// A tint in the colour space of one plate, or of all.
    fn separation(&mut self, id: String, tint: Tint) {
        self.ops.push(Op::SetColorSpaceFill { id });
        self.operator("scn", &[i64::from(tint.0)]);
    }

    /// An operator that printpdf does not model. Its operands are in thousandths.
    fn operator(&mut self, key: &str, operands: &[i64]) {
        let value = operands.iter().map(|operand| DictItem::Real(number(*operand))).collect();
        self.ops.push(Op::Unknown { key: key.to_owned(), value });
    }

    fn font(&mut self, index: usize, size: i64) {
        if self.font == Some((index, size)) {
            return;
        }
        self.font = Some((index, size));
        self.needs.fonts.insert(index);
        let font = PdfFontHandle::External(font_id(index));
        self.ops.push(Op::SetFont { font, size: Pt(number(size)) });
    }

    fn fill(&mut self, corners: Corners, ink: Ink) {
        if !has_area(corners) {
            return;
        }
        self.ink(ink);
        let [left, bottom, right, top] = corners;
        let [x, y, width, height] = [left, bottom, right - left, top - bottom].map(|n| Pt(number(n)));
        let rectangle = PdfRect { x, y, width, height, mode: Some(PaintMode::Fill), winding_order: None };
        self.ops.push(Op::DrawRectangle { rectangle });
    }

    /// A path, filled or with a line along it.
    fn path(&mut self, segments: &[Segment], paint: Paint, ink: Ink, frame: Frame) {
        if segments.is_empty() {
            return;
        }
        match paint {
            Paint::Fill => self.ink(ink),
            Paint::Stroke(weight) => self.line(ink, weight.millipoints()),
        }
        for segment in segments {
            let at = |points: &[Point]| -> Vec<i64> {
                points.iter().map(|point| frame.point(*point)).flat_map(|(x, y)| [x, y]).collect()
            };
            match segment {
                Segment::Move(to) => self.operator("m", &at(&[*to])),
                Segment::Line(to) => self.operator("l", &at(&[*to])),
                Segment::Curve(first, second, to) => self.operator("c", &at(&[*first, *second, *to])),
                Segment::Close => self.operator("h", &[]),
            }
        }
        self.operator(if paint == Paint::Fill { "f" } else { "S" }, &[]);
    }

    /// The ink and the thickness of a line along a path.
    fn line(&mut self, ink: Ink, weight: i64) {
        self.overlay(ink.overlay());
        if self.line == Some((ink, weight)) {
            return;
        }
        self.line = Some((ink, weight));
        match ink {
            Ink::Registration => {
                self.needs.registration = true;
                self.separation_of_lines(plates::REGISTRATION.to_owned(), Tint::SOLID);
            }
            Ink::Spot(spot, tint) => {
                self.needs.spots.insert(spot);
                self.separation_of_lines(plates::spot_name(spot), tint);
            }
            Ink::Black(_) | Ink::Cmyk(_) => {
                let [c, m, y, k] = ink.process().map(|tint| number(tint.into()));
                self.ops
                    .push(Op::SetOutlineColor { col: Color::Cmyk(Cmyk { c, m, y, k, icc_profile: None }) });
            }
        }
        self.operator("w", &[weight]);
    }

    /// A tint of lines in the colour space of one plate, or of all.
    fn separation_of_lines(&mut self, id: String, tint: Tint) {
        self.ops.push(Op::SetColorSpaceStroke { id });
        self.operator("SCN", &[i64::from(tint.0)]);
    }

    /// The area between two circles of these radii, as a path of two: what lies in both is white.
    fn ring(&mut self, (x, y): (i64, i64), radii: [i64; 2], ink: Ink) {
        if radii[1] <= 0 || radii[0] <= radii[1] {
            return;
        }
        self.ink(ink);
        for r in radii {
            // A quarter of a circle as a Bézier curve: 4/3 (√2 − 1) of the radius to each handle.
            let h = (r * 5523 + 5000) / 10_000;
            self.operator("m", &[x + r, y]);
            self.operator("c", &[x + r, y + h, x + h, y + r, x, y + r]);
            self.operator("c", &[x - h, y + r, x - r, y + h, x - r, y]);
            self.operator("c", &[x - r, y - h, x - h, y - r, x, y - r]);
            self.operator("c", &[x + h, y - r, x + r, y - h, x + r, y]);
            self.operator("h", &[]);
        }
        self.operator("f*", &[]);
    }

    /// A picture, cut off along a path if there is one.
    fn picture(&mut self, index: usize, [left, bottom, right, top]: Corners, shape: Option<&[(i64, i64)]>) {
        self.overlay(Overlay::Knockout);
        self.needs.pictures.insert(index);
        if let Some(shape) = shape {
            // The clipping path lasts as long as the graphics state (PDF Reference 1.4, 4.4.3).
            self.ops.push(Op::SaveGraphicsState);
            for (idx, (x, y)) in shape.iter().enumerate() {
                self.operator(if idx == 0 { "m" } else { "l" }, &[*x, *y]);
            }
            for key in ["h", "W", "n"] {
                self.operator(key, &[]);
            }
        }
        let transform = XObjectTransform {
            translate_x: Some(Pt(number(left))),
            translate_y: Some(Pt(number(bottom))),
            scale_x: Some(number(right - left)),
            scale_y: Some(number(top - bottom)),
            no_auto_scale: true,
            ..XObjectTransform::default()
        };
        self.ops.push(Op::UseXobject { id: XObjectId(picture_name(index)), transform });
        if shape.is_some() {
            self.ops.push(Op::RestoreGraphicsState);
        }
    }

    /// An advertisement, with nothing set before it that it would inherit.
    fn form(&mut self, index: usize, [left, bottom, right, top]: Corners, (width, height): (i64, i64)) {
        self.needs.ads.insert(index);
        let transform = XObjectTransform {
            translate_x: Some(Pt(number(left))),
            translate_y: Some(Pt(number(bottom))),
            scale_x: Some(scale(right - left, width)),
            scale_y: Some(scale(top - bottom, height)),
            no_auto_scale: true,
            ..XObjectTransform::default()
        };
        self.ops.push(Op::UseXobject { id: XObjectId(ad_name(index)), transform });
    }
}

/// How much `own` is scaled to be `wanted`, with six decimals: a thousandth of a point on the
/// largest page. Edges are rounded to thousandths, so two of them make no scale.
#[expect(clippy::float_arithmetic, reason = "printpdf takes scales as f32")]
fn scale(wanted: i64, own: i64) -> f32 {
    if (wanted - own).abs() <= 2 {
        return 1.0;
    }
    let millionths = (wanted * 2_000_000 + own).div_euclid(own.max(1) * 2);
    millionths as f32 / 1_000_000.0
}
