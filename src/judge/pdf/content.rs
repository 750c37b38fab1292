//! A content stream, operator by operator: the state moves on, and what paints is judged.
//!
//! Operators that set are here; what is painted is judged in `paint`, `text` and `images`.

use std::borrow::Cow;
use std::rc::Rc;

use super::bounds::{DEEPEST_CONTENT, Refusal};
use super::canvas::Canvas;
use super::catalog;
use super::colour::{self, Family};
use super::file::NOTHING;
use super::fonts;
use super::geometry::{Frame, Matrix};
use super::images;
use super::judging::{Judging, Seen};
use super::lexer::{Fault, Item, Lexer};
use super::object::{Dict, Object, Stream, shown};
use super::pages::Page;
use super::path::Path;
use super::run::Run;
use super::state::{Paint, State, rendering_intent};

/// States that are kept are no more than this, far beyond the 28 that the standard allows.
const MOST_STATES: usize = 4_096;
/// Operands before an operator: DeviceN has 32.
const MOST_OPERANDS: usize = 4_096;
/// States inside one another (PDF Reference 1.4, C.1).
const STATES_ALLOWED: usize = 28;

/// Operators of the PDF Reference that set what no rule asks about.
const SILENT: [&str; 17] =
    ["BDC", "BMC", "BX", "DP", "EMC", "EX", "J", "M", "MP", "W", "W*", "d", "d0", "d1", "h", "i", "j"];

/// Judges what a page paints, and what its annotations paint on it.
pub(super) fn judge_page<'a>(judging: &mut Judging<'a>, page: &Page<'a>, trim: Frame) -> Result<(), Refusal> {
    let pdf = judging.pdf;
    catalog::group(judging, page.dict, "the page");
    if page.dict.has("SeparationInfo") {
        judging.findings.add("SEP-01", "the page is one plate of a page");
    }
    if page.dict.has("OC") && judging.standard.is_x1a() {
        judging.findings.add("OC-01", "the page is on a layer");
    }
    let resources = page.get(pdf, "Resources").and_then(Object::dict).unwrap_or(&NOTHING);
    let mut canvas = Canvas::new(trim);
    let bytes = page_content(judging, page.get(pdf, "Contents"))?;
    run(judging, &mut canvas, &bytes, resources, State::new(Matrix::ONE), 1)?;
    if canvas.paints == 0 {
        judging.findings.add("NP-EMPTY", "the page paints nothing");
    } else if canvas.glyphs == 0 {
        judging.findings.add("NP-TEXT", "the page has no live text");
    }
    for note in pdf.array(page.dict, "Annots").unwrap_or_default() {
        if let Some(note) = pdf.resolve(note).dict() {
            appearance(judging, note, trim)?;
        }
    }
    Ok(())
}

/// How an annotation looks in print: its normal appearance, which may be one for each state.
fn appearance<'a>(judging: &mut Judging<'a>, note: &'a Dict, trim: Frame) -> Result<(), Refusal> {
    let pdf = judging.pdf;
    let normal = pdf.get(pdf.dict_or_none(note, "AP"), "N");
    let streams: Vec<&Stream> = match normal {
        Some(Object::Stream(stream)) => vec![stream],
        Some(Object::Dict(states)) => {
            states.0.values().filter_map(|state| pdf.resolve(state).stream()).collect()
        }
        _ => Vec::new(),
    };
    let frame = |dict: &Dict, key: &str| pdf.get(dict, key).and_then(|frame| Frame::read(pdf, frame));
    for stream in streams {
        // Where its box lies; how it is stretched into the place does not matter to the rules.
        let (from, to) = (frame(&stream.dict, "BBox"), frame(note, "Rect"));
        let moved =
            from.zip(to).map(|(from, to)| Matrix::moved(to.left - from.left, to.bottom - from.bottom));
        let state = State::new(moved.unwrap_or(Matrix::ONE));
        run_stream(judging, &mut Canvas::new(trim), stream, &NOTHING, state, 1)?;
    }
    Ok(())
}

/// Runs the content of a page, form, pattern or glyph.
pub(super) fn run<'a>(
    judging: &mut Judging<'a>,
    canvas: &mut Canvas,
    bytes: &[u8],
    resources: &'a Dict,
    state: State,
    depth: usize,
) -> Result<(), Refusal> {
    if depth > DEEPEST_CONTENT {
        return Ok(());
    }
    let mut run = Run {
        judging,
        canvas,
        resources,
        state,
        path: Path::default(),
        text: Matrix::ONE,
        line: Matrix::ONE,
        in_text: false,
        kept: Vec::new(),
        depth,
    };
    run.all(bytes)
}

/// Runs a stream object with its own resources, or with those around it.
pub(super) fn run_stream<'a>(
    judging: &mut Judging<'a>,
    canvas: &mut Canvas,
    stream: &'a Stream,
    around: &'a Dict,
    state: State,
    depth: usize,
) -> Result<(), Refusal> {
    let pdf = judging.pdf;
    let resources = pdf.dict(&stream.dict, "Resources").unwrap_or(around);
    match pdf.bytes_of(stream, &mut judging.work) {
        Ok(bytes) => run(judging, canvas, &bytes, resources, state, depth),
        Err(Fault::Refused(refusal)) => Err(refusal),
        Err(Fault::Broken(why)) => {
            judging.findings.add("FILE-06", format!("a content stream cannot be read: {why}"));
            Ok(())
        }
    }
}

/// The content of a page: one stream, or several that are read as one.
pub(super) fn page_content<'a>(
    judging: &mut Judging<'a>,
    contents: Option<&'a Object>,
) -> Result<Cow<'a, [u8]>, Refusal> {
    let pdf = judging.pdf;
    let streams: Vec<&Stream> = match contents {
        Some(Object::Array(parts)) => parts.iter().filter_map(|part| pdf.resolve(part).stream()).collect(),
        Some(object) => object.stream().into_iter().collect(),
        None => Vec::new(),
    };
    let mut joined = Vec::new();
    for stream in &streams {
        match pdf.bytes_of(stream, &mut judging.work) {
            Ok(bytes) if streams.len() == 1 => return Ok(bytes),
            Ok(bytes) => {
                judging.work.unfold(bytes.len());
                if bytes.len() > judging.work.room() {
                    return Err(Refusal("a page has more content than any page holds".to_owned()));
                }
                joined.extend_from_slice(&bytes);
                joined.push(b'\n');
            }
            Err(Fault::Refused(refusal)) => return Err(refusal),
            Err(Fault::Broken(why)) => {
                judging.findings.add("FILE-06", format!("a content stream cannot be read: {why}"));
            }
        }
    }
    Ok(Cow::Owned(joined))
}

impl<'a> Run<'_, 'a> {
    fn all(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        let mut lexer = Lexer::of_content(bytes);
        let mut operands: Vec<Object> = Vec::new();
        let mut deepest = 0;
        let mut taken = 0;
        loop {
            let held = self.judging.work.held();
            let item = lexer.next(&mut self.judging.work);
            taken += self.judging.work.held() - held;
            match item {
                Ok(Item::End) => break,
                Ok(Item::Value(value)) => {
                    operands.push(value);
                    if operands.len() > MOST_OPERANDS {
                        return Err(Refusal(
                            "content has thousands of values without an operator".to_owned(),
                        ));
                    }
                }
                Ok(Item::Word(word)) => {
                    let word = std::str::from_utf8(word).unwrap_or("?");
                    if word == "BI" {
                        self.inline_image(&mut lexer)?;
                    } else if self.operator(word, &operands)?.is_none() {
                        let message = format!("the operator {} lacks its operands", shown(word));
                        self.judging.findings.add("OPS-01", message);
                    }
                    operands.clear();
                    // Not what the operator opened: fonts stay.
                    self.judging.work.release(std::mem::take(&mut taken));
                    deepest = deepest.max(self.kept.len());
                }
                Err(Fault::Refused(refusal)) => return Err(refusal),
                Err(Fault::Broken(why)) => {
                    self.judging.findings.add("FILE-06", format!("content is malformed: {why}"));
                    break;
                }
            }
        }
        self.judging.work.release(taken);
        if !self.kept.is_empty() {
            self.judging.findings.add("OPS-02", format!("{} q have no Q", self.kept.len()));
        }
        if self.in_text {
            self.judging.findings.add("OPS-02", "a BT has no ET");
        }
        if deepest > STATES_ALLOWED {
            self.judging.findings.add("OPS-02", format!("q is nested {deepest} deep"));
        }
        Ok(())
    }

    /// Does what an operator says. Nothing if its operands are not there.
    fn operator(&mut self, word: &str, operands: &[Object]) -> Result<Option<()>, Refusal> {
        let number = |at: usize| operands.get(at).and_then(Object::number);
        match word {
            "q" => {
                self.kept.push(self.state.clone());
                if self.kept.len() > MOST_STATES {
                    return Err(Refusal(format!("q is nested more than {MOST_STATES} deep")));
                }
            }
            "Q" => match self.kept.pop() {
                Some(state) => self.state = state,
                None => self.judging.findings.add("OPS-02", "a Q has no q"),
            },
            "cm" => {
                let Some(matrix) = matrix_of(operands) else { return Ok(None) };
                self.state.matrix = matrix.then(self.state.matrix);
            }
            "w" => {
                let Some(width) = number(0) else { return Ok(None) };
                self.state.line_width = width;
            }
            "gs" => return self.graphics_state(operands),
            "ri" => {
                let Some(intent) = operands.first() else { return Ok(None) };
                rendering_intent(self.judging, intent);
            }
            "g" | "rg" | "k" | "G" | "RG" | "K" => return Ok(self.device_colour(word, operands)),
            "cs" | "CS" => {
                let Some(space) = operands.first() else { return Ok(None) };
                let space = colour::space(self.judging, space, self.resources, "content")?;
                let values = space.first_colour();
                self.set_paint(word == "cs", Paint { space, values });
            }
            "sc" | "scn" | "SC" | "SCN" => return self.colour(word, operands),
            "sh" => return self.shading(operands),
            "Do" => return self.xobject(operands),
            "BDC" | "DP" if operands.first().and_then(Object::name) == Some("OC") => {
                if self.judging.standard.is_x1a() {
                    self.judging.findings.add("OC-01", "content is marked as a layer");
                }
            }
            "BT" => {
                if self.in_text {
                    self.judging.findings.add("OPS-02", "a BT stands inside another");
                }
                self.in_text = true;
                self.text = Matrix::ONE;
                self.line = Matrix::ONE;
            }
            "ET" => {
                if !self.in_text {
                    self.judging.findings.add("OPS-02", "an ET has no BT");
                }
                self.in_text = false;
            }
            "Tj" | "'" | "\"" | "TJ" => {
                if !self.in_text {
                    self.judging.findings.add("OPS-02", format!("{word} stands outside BT and ET"));
                }
                return self.show_operator(word, operands);
            }
            "Tf" => return self.set_font(operands),
            "PS" => self.judging.findings.add("XO-01", "content has the operator PS"),
            _ if SILENT.contains(&word) => {}
            _ => {
                if let Some(done) = self.text_operator(word, operands) {
                    return Ok(done);
                }
                match self.path_operator(word, operands)? {
                    Some(done) => return Ok(done),
                    None => {
                        let message = format!("{} is no operator of PDF", shown(word));
                        self.judging.findings.add("OPS-01", message);
                    }
                }
            }
        }
        Ok(Some(()))
    }

    fn graphics_state(&mut self, operands: &[Object]) -> Result<Option<()>, Refusal> {
        let Some(name) = operands.first().and_then(Object::name) else { return Ok(None) };
        let Some(raw) = self.resource("ExtGState", name) else { return Ok(Some(())) };
        let pdf = self.judging.pdf;
        let Some(dict) = pdf.resolve(raw).dict() else { return Ok(None) };
        self.state.set(self.judging, raw, dict)?;
        let mask = pdf.dict(dict, "SMask").and_then(|mask| pdf.get(mask, "G")).and_then(Object::stream);
        if let Some(group) = mask {
            let state = State::new(self.state.matrix);
            run_stream(self.judging, self.canvas, group, self.resources, state, self.depth + 1)?;
        }
        Ok(Some(()))
    }

    fn set_paint(&mut self, fill: bool, paint: Paint) {
        if fill {
            self.state.fill = paint;
        } else {
            self.state.stroke = paint;
        }
    }

    fn device_colour(&mut self, word: &str, operands: &[Object]) -> Option<()> {
        let values: Vec<f64> = operands.iter().map(Object::number).collect::<Option<_>>()?;
        let family = match word {
            "g" | "G" => Family::Gray,
            "rg" | "RG" => Family::Rgb,
            _ => Family::Cmyk,
        };
        let space = colour::device(self.judging, family, self.resources, "content");
        let in_range = values.iter().all(|value| (-1e-6..=1.0 + 1e-6).contains(value));
        if values.len() != space.count || !in_range {
            self.judging.findings.add("COL-04", format!("{word} has the values {values:?}"));
        }
        self.set_paint(word.starts_with(char::is_lowercase), Paint { space, values });
        Some(())
    }

    fn colour(&mut self, word: &str, operands: &[Object]) -> Result<Option<()>, Refusal> {
        let fill = word.starts_with(char::is_lowercase);
        let space = Rc::clone(if fill { &self.state.fill.space } else { &self.state.stroke.space });
        let (name, numbers) = match operands.split_last() {
            Some((Object::Name(name), rest)) => (Some(name.as_str()), rest),
            _ => (None, operands),
        };
        let Some(values) = numbers.iter().map(Object::number).collect::<Option<Vec<f64>>>() else {
            return Ok(None);
        };
        let values = match name {
            Some(name) => {
                if let Some(raw) = self.resource("Pattern", name) {
                    self.pattern(raw, &space, &values)?;
                }
                Vec::new()
            }
            None => {
                if space.count > 0 && values.len() != space.count {
                    let message = format!("{word} has {} values for {}", values.len(), space.family.name());
                    self.judging.findings.add("COL-04", message);
                }
                values
            }
        };
        self.set_paint(fill, Paint { space, values });
        Ok(Some(()))
    }

    fn pattern(&mut self, raw: &'a Object, space: &Rc<colour::Space>, values: &[f64]) -> Result<(), Refusal> {
        let pdf = self.judging.pdf;
        if let Object::Ref(id) = raw
            && !self.judging.seen.insert(Seen::Pattern(*id))
        {
            return Ok(());
        }
        let object = pdf.resolve(raw);
        let Some(dict) = object.dict() else { return Ok(()) };
        if pdf.int(dict, "PatternType") == Some(2) {
            if let Some(space) = pdf.dict(dict, "Shading").and_then(|shading| pdf.get(shading, "ColorSpace"))
            {
                colour::space(self.judging, space, self.resources, "a shading pattern")?;
            }
            if let Some((raw, dict)) = dict.raw("ExtGState").zip(pdf.dict(dict, "ExtGState")) {
                self.state.clone().set(self.judging, raw, dict)?;
            }
            return Ok(());
        }
        let Some(stream) = object.stream() else { return Ok(()) };
        let matrix = pdf.numbers(dict, "Matrix").and_then(|numbers| Matrix::of(&numbers));
        let mut state = State::new(matrix.unwrap_or(Matrix::ONE));
        if let (Some(2), Some(base)) = (pdf.int(dict, "PaintType"), &space.base) {
            let paint = Paint { space: Rc::clone(base), values: values.to_vec() };
            state.fill = paint.clone();
            state.stroke = paint;
        }
        run_stream(self.judging, self.canvas, stream, self.resources, state, self.depth + 1)
    }

    fn shading(&mut self, operands: &[Object]) -> Result<Option<()>, Refusal> {
        let Some(name) = operands.first().and_then(Object::name) else { return Ok(None) };
        let pdf = self.judging.pdf;
        self.canvas.paints += 1;
        if let Some(raw) = self.resource("Shading", name) {
            let space = pdf.resolve(raw).dict().and_then(|shading| pdf.get(shading, "ColorSpace"));
            match space {
                Some(space) => drop(colour::space(self.judging, space, self.resources, "a shading")?),
                None => self.judging.findings.add("COL-04", "a shading has no colour space"),
            }
        }
        Ok(Some(()))
    }

    fn xobject(&mut self, operands: &[Object]) -> Result<Option<()>, Refusal> {
        let Some(name) = operands.first().and_then(Object::name) else { return Ok(None) };
        let Some(raw) = self.resource("XObject", name) else { return Ok(Some(())) };
        let pdf = self.judging.pdf;
        let Some(stream) = pdf.resolve(raw).stream() else { return Ok(None) };
        if stream.dict.has("OC") && self.judging.standard.is_x1a() {
            self.judging.findings.add("OC-01", "a form or picture is on a layer");
        }
        match pdf.name(&stream.dict, "Subtype") {
            Some("Image") => {
                self.canvas.paints += 1;
                images::judge(self, raw, stream)?;
            }
            Some("Form") => {
                let mut state = self.state.clone();
                let matrix = pdf.numbers(&stream.dict, "Matrix").and_then(|numbers| Matrix::of(&numbers));
                state.matrix = matrix.unwrap_or(Matrix::ONE).then(state.matrix);
                run_stream(self.judging, self.canvas, stream, self.resources, state, self.depth + 1)?;
            }
            _ => {}
        }
        Ok(Some(()))
    }

    fn set_font(&mut self, operands: &[Object]) -> Result<Option<()>, Refusal> {
        let [Object::Name(name), size] = operands else { return Ok(None) };
        let Some(size) = size.number() else { return Ok(None) };
        self.state.size = size;
        self.state.font = match self.resource("Font", name) {
            Some(raw) => fonts::font(self.judging, raw)?,
            None => None,
        };
        Ok(Some(()))
    }
}

/// A matrix of six operands.
pub(super) fn matrix_of(operands: &[Object]) -> Option<Matrix> {
    Matrix::of(&operands.iter().map(Object::number).collect::<Option<Vec<f64>>>()?)
}
