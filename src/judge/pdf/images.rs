//! Pictures: resolution, depth, data, colour, ink (`IMG-…`, `NP-PPI…`, `TR-05`).

use std::rc::Rc;

use super::bounds::Refusal;
use super::colour::{self, Family, Space};
use super::coverage;
use super::filter;
use super::geometry::Frame;
use super::jpeg;
use super::judging::Seen;
use super::lexer::{Fault, Item, Lexer, is_space};
use super::object::{Dict, Object, Stream, shown};
use super::picture::Picture;
use super::run::Run;
use super::state::rendering_intent;

/// Where a picture lies and how fine it comes out.
struct Placed {
    frame: Frame,
    /// Pixels per inch along the coarser side.
    ppi: f64,
}

fn placed(run: &Run<'_, '_>, width: f64, height: f64) -> Placed {
    let matrix = run.state.matrix;
    let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].map(|(x, y)| matrix.apply(x, y));
    let nowhere = Frame { left: 0.0, bottom: 0.0, right: 0.0, top: 0.0 };
    let (along, up) = matrix.scales();
    let fine = |pixels: f64, points: f64| if points > 0.0 { pixels * 72.0 / points } else { 1e9 };
    Placed { frame: Frame::round(&corners).unwrap_or(nowhere), ppi: fine(width, along).min(fine(height, up)) }
}

/// Judges a picture where it is painted; what does not depend on the place, once.
pub(super) fn judge<'a>(run: &mut Run<'_, 'a>, raw: &'a Object, stream: &'a Stream) -> Result<(), Refusal> {
    let pdf = run.judging.pdf;
    let dict = &stream.dict;
    let Some(picture) = Picture::read(pdf, dict) else {
        run.judging.findings.add("IMG-04", "a picture has no size");
        return Ok(());
    };
    let placed = placed(run, picture.width.into(), picture.height.into());
    resolution(run, &picture, &placed);
    if picture.mask {
        let paint = run.state.fill.clone();
        run.ink_rule(&paint, "a 1-bit picture", placed.frame);
    }
    let new = match raw {
        Object::Ref(id) => run.judging.seen.insert(Seen::Image(*id)),
        _ => true,
    };
    if !new {
        return Ok(());
    }
    form(run, &picture, dict);
    let space = space(run, &picture, dict)?;
    data(run, &picture, stream, space.as_deref(), &placed)
}

fn resolution(run: &mut Run<'_, '_>, picture: &Picture, placed: &Placed) {
    let (width, height) = (u64::from(picture.width), u64::from(picture.height));
    // A few pixels are a colour or a gradient, not a picture.
    if !run.canvas.is_on_page(placed.frame) || width * height <= 64 {
        return;
    }
    let limits = run.judging.limits;
    let place = Some(placed.frame.place_on(run.canvas.trim));
    let (name, ppi) = (&picture.name, placed.ppi);
    let says =
        |bound: u32, word: &str| format!("{name} has {ppi:.0} pixels per inch, and {bound} is the {word}");
    let below = |bound: u32| ppi < f64::from(bound) - 0.5;
    let [fewest, few, many] = limits.ppi;
    let findings = &mut run.judging.findings;
    if picture.mask || picture.bits == 1 {
        if below(limits.ppi_one_bit) {
            findings.add_at("NP-PPI-1BIT", place, says(limits.ppi_one_bit, "least for 1-bit art"));
        }
    } else if width >= 16 && height >= 16 {
        if below(fewest) {
            findings.add_at("NP-PPI", place, says(fewest, "least"));
        } else if below(few) {
            findings.add_at("NP-PPI-W", place, says(few, "advised least"));
        } else if ppi > f64::from(many) + 0.5 {
            findings.add_at("NP-PPI-HI", place, says(many, "most that prints"));
        }
    }
}

fn form(run: &mut Run<'_, '_>, picture: &Picture, dict: &Dict) {
    let pdf = run.judging.pdf;
    let x1a = run.judging.standard.is_x1a();
    let name = &picture.name;
    if picture.bits == 16 && x1a {
        run.judging.findings.add("IMG-03", format!("{name} has 16 bits"));
    }
    if !matches!(picture.bits, 1 | 2 | 4 | 8 | 16) {
        run.judging.findings.add("IMG-04", format!("{name} has {} bits", picture.bits));
    }
    if let Some(alternates) = pdf.get(dict, "Alternates") {
        let mut each =
            alternates.array().unwrap_or_default().iter().filter_map(|other| pdf.resolve(other).dict());
        let printing =
            |other: &Dict| pdf.get(other, "DefaultForPrinting").and_then(Object::bool) == Some(true);
        if !x1a {
            run.judging.findings.add("IMG-01", format!("{name} has alternates"));
        } else if each.any(printing) {
            run.judging.findings.add("IMG-01", format!("{name} has an alternate for print"));
        }
    }
    if x1a {
        if pdf.get(dict, "SMask").is_some_and(|mask| mask.name() != Some("None")) {
            run.judging.findings.add("TR-05", format!("{name} has a soft mask"));
        }
        if pdf.int(dict, "SMaskInData").is_some_and(|kind| kind != 0) {
            run.judging.findings.add("TR-05", format!("{name} has a soft mask in its data"));
        }
    }
    if let Some(intent) = pdf.get(dict, "Intent") {
        rendering_intent(run.judging, intent);
    }
}

fn space<'a>(run: &mut Run<'_, 'a>, picture: &Picture, dict: &'a Dict) -> Result<Option<Rc<Space>>, Refusal> {
    let pdf = run.judging.pdf;
    if picture.mask {
        return Ok(None);
    }
    let Some(object) = pdf.get(dict, "ColorSpace") else {
        if !filter::names(pdf, dict).iter().any(|name| name == "JPXDecode") {
            run.judging.findings.add("COL-04", format!("{} has no colour space", picture.name));
        }
        return Ok(None);
    };
    let space = colour::space(run.judging, object, run.resources, "a picture")?;
    if space.family == Family::Pattern {
        run.judging.findings.add("COL-04", format!("{} has a pattern for a colour space", picture.name));
    }
    Ok(Some(space))
}

fn data<'a>(
    run: &mut Run<'_, 'a>,
    picture: &Picture,
    stream: &'a Stream,
    space: Option<&Space>,
    placed: &Placed,
) -> Result<(), Refusal> {
    let pdf = run.judging.pdf;
    let unfolded = match pdf.unfold(stream, &mut run.judging.work) {
        Ok(unfolded) => unfolded,
        Err(Fault::Refused(refusal)) => return Err(refusal),
        Err(Fault::Broken(why)) => {
            run.judging.findings.add("IMG-04", format!("{} cannot be read: {why}", picture.name));
            return Ok(());
        }
    };
    let components = if picture.mask { 1 } else { space.map_or(1, |space| space.count) };
    let decode = pdf.numbers(&stream.dict, "Decode");
    let samples = match unfolded.rest.as_deref() {
        Some("DCTDecode" | "DCT") => {
            jpeg::judge(run.judging, &unfolded.data, picture, components, decode.as_deref());
            let samples = jpeg::samples(&unfolded.data, picture, components);
            run.judging.work.spend(samples.as_ref().map_or(0, Vec::len) as u64 / 16)?;
            samples
        }
        Some("JPXDecode") => {
            run.judging.findings.add("NOT-READ", format!("the data of {}: it is JPEG 2000", picture.name));
            None
        }
        Some("JBIG2Decode" | "CCITTFaxDecode" | "CCF") => None,
        Some(other) => {
            run.judging.findings.add("IMG-04", format!("{} is folded with {}", picture.name, shown(other)));
            None
        }
        None => {
            let row = (u64::from(picture.width) * components as u64 * u64::from(picture.bits)).div_ceil(8);
            let wanted = row * u64::from(picture.height);
            let found = unfolded.data.len() as u64;
            // A line end may have been left after the data.
            let fits = (wanted..=wanted + 2).contains(&found);
            if !fits {
                let message = format!("{} has {found} bytes of data, and {wanted} are wanted", picture.name);
                run.judging.findings.add("IMG-04", message);
            }
            (fits && picture.bits == 8).then(|| unfolded.data.into_owned())
        }
    };
    if let (Some(samples), Some(space)) = (samples, space.filter(|_| !picture.mask)) {
        run.judging.work.spend(samples.len() as u64 / 8)?;
        let cells = coverage::cells(&samples, picture, space, decode.as_deref(), placed.ppi);
        if let Some(cells) = cells {
            ink(run, picture, &cells, placed.frame);
        }
    }
    Ok(())
}

fn ink(run: &mut Run<'_, '_>, picture: &Picture, cells: &coverage::Cells, frame: Frame) {
    run.canvas.cover(frame, cells.mean());
    if !run.canvas.is_on_page(frame) {
        return;
    }
    let limit = f64::from(run.judging.limits.ink) / 10.0;
    let place = Some(frame.place_on(run.canvas.trim));
    let (average, peak) = (cells.densest_square(), cells.peak());
    if average > limit + 1.0 {
        let message =
            format!("{} has {average:.0} % ink over 15 mm², and {limit:.0} % is the limit", picture.name);
        run.judging.findings.add_at("NP-TAC-R", place, message);
    } else if peak > limit + 1.0 {
        let message = format!("{} reaches {peak:.0} % ink, and {limit:.0} % is the limit", picture.name);
        run.judging.findings.add_at("NP-TAC-P", place, message);
    }
}

/// Keys that an inline picture may write short (PDF Reference 1.4, table 4.42).
const SHORT: [(&str, &str); 6] = [
    ("W", "Width"),
    ("H", "Height"),
    ("BPC", "BitsPerComponent"),
    ("CS", "ColorSpace"),
    ("F", "Filter"),
    ("IM", "ImageMask"),
];

impl Run<'_, '_> {
    /// A picture in the content itself: `BI` has been read.
    pub(super) fn inline_image(&mut self, lexer: &mut Lexer<'_>) -> Result<(), Refusal> {
        self.canvas.paints += 1;
        let mut dict = Dict::default();
        loop {
            match lexer.next(&mut self.judging.work) {
                Ok(Item::Value(Object::Name(key))) => match lexer.value(&mut self.judging.work) {
                    Ok(value) => {
                        let long =
                            SHORT.iter().find(|(short, _)| *short == key).map(|(_, long)| (*long).to_owned());
                        dict.0.insert(long.unwrap_or(key), value);
                    }
                    Err(Fault::Refused(refusal)) => return Err(refusal),
                    Err(Fault::Broken(_)) => {
                        self.broken_inline();
                        return Ok(());
                    }
                },
                Ok(Item::Word(b"ID")) => break,
                Err(Fault::Refused(refusal)) => return Err(refusal),
                _ => {
                    self.broken_inline();
                    return Ok(());
                }
            }
        }
        lexer.at += 1;
        let number = |key: &str| dict.raw(key).and_then(Object::number).unwrap_or(0.0);
        let (width, height) = (number("Width"), number("Height"));
        let filters = filter::names(self.judging.pdf, &dict);
        if filters.iter().any(|name| matches!(name.as_str(), "LZW" | "LZWDecode")) {
            self.judging.findings.add("OPS-03", "a picture in the content is compressed with LZW");
        }
        if let Some(space) = dict.raw("ColorSpace").cloned() {
            colour::space(self.judging, &space, self.resources, "a picture in the content")?;
        }
        let placed = placed(self, width, height);
        let least = self.judging.limits.ppi[0];
        if width * height > 256.0 && placed.ppi < f64::from(least) {
            let place = Some(placed.frame.place_on(self.canvas.trim));
            let message = format!(
                "a picture in the content has {:.0} pixels per inch, and {least} is the least",
                placed.ppi
            );
            self.judging.findings.add_at("NP-PPI", place, message);
        }
        let length = end_of_data(&lexer.bytes[lexer.at.min(lexer.bytes.len())..]);
        match length {
            Some(length) => lexer.at += length,
            None => {
                lexer.at = lexer.bytes.len();
                self.broken_inline();
            }
        }
        self.judging.work.spend(length.unwrap_or(0) as u64 / 16)
    }

    fn broken_inline(&mut self) {
        self.judging.findings.add("OPS-03", "a picture in the content is malformed");
    }
}

/// Bytes up to and with the `EI` that ends data: between white space, and with an operator or the
/// end behind it, which bytes of a picture hardly ever have.
fn end_of_data(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = super::indirect::find(&bytes[at..], b"EI") {
        let start = at + found;
        let after = &bytes[start + 2..];
        let before = start == 0 || is_space(bytes[start - 1]);
        let ends = after.first().is_none_or(|byte| is_space(*byte));
        let printable = after.iter().take(10).all(|byte| is_space(*byte) || (32..127).contains(byte));
        if before && ends && printable {
            return Some(start + 2);
        }
        at = start + 1;
    }
    None
}
