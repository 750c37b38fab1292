//! The graphics state: what `q` keeps and `Q` brings back, and what `gs` sets (`TR-…`, `GS-…`).

use std::rc::Rc;

use super::bounds::Refusal;
use super::colour::{Family, Inks, Space};
use super::fonts;
use super::geometry::Matrix;
use super::judging::{Judging, Seen};
use super::object::{Dict, Object, shown};

/// A colour that is set.
#[derive(Clone, Debug)]
pub(super) struct Paint {
    pub(super) space: Rc<Space>,
    pub(super) values: Vec<f64>,
}

impl Paint {
    pub(super) fn inks(&self) -> Option<Inks> {
        self.space.inks(&self.values)
    }

    pub(super) fn is_pattern(&self) -> bool {
        self.space.family == Family::Pattern
    }
}

/// PDF Reference 1.4, 4.3.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) matrix: Matrix,
    pub(super) fill: Paint,
    pub(super) stroke: Paint,
    pub(super) line_width: f64,
    /// A place in [`Judging::fonts`].
    pub(super) font: Option<usize>,
    pub(super) size: f64,
    pub(super) char_space: f64,
    pub(super) word_space: f64,
    pub(super) stretch: f64,
    pub(super) leading: f64,
    /// `Tr`: 3 is invisible.
    pub(super) mode: i64,
    /// `op`.
    pub(super) fill_overprints: bool,
    /// `OP`.
    pub(super) stroke_overprints: bool,
    /// `OPM`: 1 leaves the plates that a CMYK colour does not ask for as they are.
    pub(super) overprint_mode: i64,
}

impl State {
    /// As a page begins.
    pub(super) fn new(matrix: Matrix) -> Self {
        let black = Paint { space: Rc::new(Space::new(Family::Gray, 1)), values: vec![0.0] };
        Self {
            matrix,
            fill: black.clone(),
            stroke: black,
            line_width: 1.0,
            font: None,
            size: 0.0,
            char_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            mode: 0,
            fill_overprints: false,
            stroke_overprints: false,
            overprint_mode: 0,
        }
    }

    /// Sets what an `ExtGState` says, and judges it when it is met first.
    pub(super) fn set<'a>(
        &mut self,
        judging: &mut Judging<'a>,
        raw: &'a Object,
        dict: &'a Dict,
    ) -> Result<(), Refusal> {
        let pdf = judging.pdf;
        let new = match raw {
            Object::Ref(id) => judging.seen.insert(Seen::State(*id)),
            _ => true,
        };
        if new {
            judge(judging, dict);
        }
        if let Some(width) = pdf.number(dict, "LW") {
            self.line_width = width;
        }
        let flag = |key: &str| pdf.get(dict, key).and_then(Object::bool);
        if let Some(on) = flag("OP") {
            self.stroke_overprints = on;
            // PDF Reference 1.4, table 4.8: OP is for both unless op is there.
            self.fill_overprints = on;
        }
        self.fill_overprints = flag("op").unwrap_or(self.fill_overprints);
        self.overprint_mode = pdf.int(dict, "OPM").unwrap_or(self.overprint_mode);
        if let Some([font, size]) = pdf.array(dict, "Font") {
            self.font = fonts::font(judging, font)?;
            self.size = pdf.resolve(size).number().unwrap_or(0.0);
        }
        Ok(())
    }
}

fn judge(judging: &mut Judging<'_>, dict: &Dict) {
    let pdf = judging.pdf;
    let x1a = judging.standard.is_x1a();
    if let Some(curve) = pdf.get(dict, "TR") {
        if curve.name() == Some("Identity") && !x1a {
            judging.findings.warn("GS-01", "a graphics state has the transfer curve TR Identity");
        } else {
            judging.findings.add("GS-01", "a graphics state has a transfer curve TR");
        }
    }
    if let Some(curve) = pdf.get(dict, "TR2") {
        if curve.name() == Some("Default") {
            judging.findings.warn("GS-02", "a graphics state has the transfer curve TR2 Default");
        } else {
            judging.findings.add("GS-02", "a graphics state has a transfer curve TR2");
        }
    }
    if dict.has("HTP") {
        judging.findings.add("GS-03", "a graphics state moves the halftone (HTP)");
    }
    if let Some(screen) = pdf.get(dict, "HT") {
        halftone(judging, screen);
    }
    if let Some(intent) = pdf.get(dict, "RI") {
        rendering_intent(judging, intent);
    }
    if !x1a {
        return;
    }
    if pdf.get(dict, "SMask").is_some_and(|mask| mask.name() != Some("None")) {
        judging.findings.add("TR-01", "a graphics state has a soft mask");
    }
    for key in ["CA", "ca"] {
        if let Some(opacity) = pdf.number(dict, key).filter(|opacity| (opacity - 1.0).abs() > 1e-6) {
            judging.findings.add("TR-02", format!("{key} is {opacity}"));
        }
    }
    if let Some(mode) = pdf.get(dict, "BM") {
        let name = mode.name().unwrap_or("a list");
        if !matches!(name, "Normal" | "Compatible") {
            judging.findings.add("TR-03", format!("the blend mode is {}", shown(name)));
        }
    }
}

/// ISO 15930, extended graphics state: types 1 and 5, no name, curves for spot colours only.
fn halftone(judging: &mut Judging<'_>, screen: &Object) {
    let pdf = judging.pdf;
    let Some(dict) = screen.dict() else {
        if screen.name() != Some("Default") {
            judging.findings.add("GS-04", "a halftone is neither Default nor a dictionary");
        }
        return;
    };
    let kind = pdf.int(dict, "HalftoneType").unwrap_or(0);
    if kind != 1 && kind != 5 {
        judging.findings.add("GS-04", format!("a halftone is of type {kind}"));
    }
    if dict.has("HalftoneName") {
        judging.findings.add("GS-04", "a halftone has a name");
    }
    if kind == 1 && dict.has("TransferFunction") {
        judging.findings.add("GS-04", "a halftone has a transfer curve");
    }
    if kind != 5 {
        return;
    }
    for (key, part) in &dict.0 {
        let Some(part) = pdf.resolve(part).dict() else { continue };
        if pdf.int(part, "HalftoneType") != Some(1) {
            judging.findings.add("GS-04", format!("the halftone of {} is not of type 1", shown(key)));
        }
        if part.has("HalftoneName") {
            judging.findings.add("GS-04", "a halftone has a name");
        }
        let process = matches!(key.as_str(), "Cyan" | "Magenta" | "Yellow" | "Black");
        if process && part.has("TransferFunction") {
            judging.findings.add("GS-04", format!("the halftone of {key} has a transfer curve"));
        }
    }
}

/// One of the four (PDF Reference 1.4, table 4.20).
pub(super) fn rendering_intent(judging: &mut Judging<'_>, intent: &Object) {
    let name = intent.name().unwrap_or("no name");
    if !matches!(name, "AbsoluteColorimetric" | "RelativeColorimetric" | "Saturation" | "Perceptual") {
        judging.findings.add("COL-07", format!("the rendering intent is {}", shown(name)));
    }
}
