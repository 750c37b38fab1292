//! Text: where it stands, how large it comes out, in what ink (`NP-K-TEXT`, `NP-TXT-…`, `NP-OVP-…`).

use super::bounds::Refusal;
use super::colour::{Family, Inks};
use super::content::{matrix_of, run_stream};
use super::font::Kind;
use super::geometry::{Frame, Matrix, length, points};
use super::judging::Seen;
use super::object::{Object, shown};
use super::paint::{over, shares};
use super::run::Run;
use super::state::State;

impl Run<'_, '_> {
    /// Operators that set type. Nothing if `word` is none of them, `Some(None)` if its operands are
    /// not there.
    pub(super) fn text_operator(&mut self, word: &str, operands: &[Object]) -> Option<Option<()>> {
        let number = |at: usize| operands.get(at).and_then(Object::number);
        let done = match word {
            "Tc" => number(0).map(|value| self.state.char_space = value),
            "Tw" => number(0).map(|value| self.state.word_space = value),
            "Tz" => number(0).map(|value| self.state.stretch = value / 100.0),
            "TL" => number(0).map(|value| self.state.leading = value),
            // A shift of the baseline moves text by less than any rule asks about.
            "Ts" => number(0).map(|_| ()),
            "Tr" => operands.first().and_then(Object::int).map(|mode| self.state.mode = mode),
            "Tm" => matrix_of(operands).map(|matrix| {
                self.line = matrix;
                self.text = matrix;
            }),
            "Td" => number(0).zip(number(1)).map(|(x, y)| self.move_line(x, y)),
            "TD" => number(0).zip(number(1)).map(|(x, y)| {
                self.state.leading = -y;
                self.move_line(x, y);
            }),
            "T*" => {
                self.next_line();
                Some(())
            }
            _ => return None,
        };
        Some(done)
    }

    fn move_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::moved(x, y).then(self.line);
        self.text = self.line;
    }

    fn next_line(&mut self) {
        self.move_line(0.0, -self.state.leading);
    }

    /// `Tj`, `'`, `"` and `TJ`.
    pub(super) fn show_operator(&mut self, word: &str, operands: &[Object]) -> Result<Option<()>, Refusal> {
        if word == "\"" {
            let (Some(words), Some(chars)) =
                (operands.first().and_then(Object::number), operands.get(1).and_then(Object::number))
            else {
                return Ok(None);
            };
            self.state.word_space = words;
            self.state.char_space = chars;
        }
        if word == "'" || word == "\"" {
            self.next_line();
        }
        let Some(last) = operands.last() else { return Ok(None) };
        let items = match (word, last) {
            ("TJ", Object::Array(items)) => &items[..],
            ("TJ", _) => return Ok(None),
            (_, text) => std::slice::from_ref(text),
        };
        self.show(items)?;
        Ok(Some(()))
    }

    fn show(&mut self, items: &[Object]) -> Result<(), Refusal> {
        let Some(at) = self.state.font else { return Ok(()) };
        self.canvas.paints += 1;
        let start = self.text.then(self.state.matrix);
        let (kind, vertical, unit) = {
            let font = &self.judging.fonts[at];
            (font.kind, font.vertical, font.unit)
        };
        let [_, _, c, d, ..] = start.0;
        let mut size = self.state.size.abs() * length(c, d);
        if kind == Kind::Type3 {
            size *= unit.abs();
        }
        let origin = start.apply(0.0, 0.0);
        let mut frame = Frame { left: origin.0, bottom: origin.1, right: origin.0, top: origin.1 };
        let mut count = 0_u64;
        for item in items {
            if let Some(shift) = item.number() {
                self.advance(-shift / 1000.0 * self.state.size, vertical);
                continue;
            }
            let Some(text) = item.text() else { continue };
            let codes = self.judging.fonts[at].codes(text, &mut self.judging.work)?;
            for code in codes {
                count += 1;
                self.judging.fonts[at].used.insert(code.value, code.cid);
                let width = self.judging.fonts[at].width(code.value, code.cid) * unit / 1000.0;
                if kind == Kind::Type3 {
                    self.drawn_glyph(at, code.value)?;
                }
                frame = frame.with(self.text.then(self.state.matrix).apply(0.0, 0.0));
                let word = if code.wide == 1 && code.value == 32 { self.state.word_space } else { 0.0 };
                let em = if vertical { -1.0 } else { width };
                self.advance(em * self.state.size + self.state.char_space + word, vertical);
            }
        }
        if count == 0 {
            return Ok(());
        }
        frame = frame.with(self.text.then(self.state.matrix).apply(0.0, 0.0));
        self.canvas.glyphs += count;
        // Advances give no heights: ascent and a little room around stand for them.
        let mut body = frame.grown(0.05 * size);
        body.top = frame.top + 0.7 * size;
        self.text_rules(at, size, body);
        Ok(())
    }

    fn advance(&mut self, by: f64, vertical: bool) {
        let step =
            if vertical { Matrix::moved(0.0, by) } else { Matrix::moved(by * self.state.stretch, 0.0) };
        self.text = step.then(self.text);
    }

    /// A glyph of a Type 3 font is a content stream: it is judged once.
    fn drawn_glyph(&mut self, at: usize, code: u32) -> Result<(), Refusal> {
        if !self.judging.seen.insert(Seen::Glyph(at, code)) {
            return Ok(());
        }
        let pdf = self.judging.pdf;
        let dict = self.judging.fonts[at].dict;
        let name = u8::try_from(code).ok().and_then(|code| self.judging.fonts[at].encoding.name(code));
        let procedure = name.and_then(|name| pdf.get(pdf.dict_or_none(dict, "CharProcs"), name));
        let Some(Object::Stream(stream)) = procedure else {
            let message =
                format!("the Type 3 font {} has no glyph for {code:#04x}", self.judging.fonts[at].name);
            self.judging.findings.add("FONT-03", message);
            return Ok(());
        };
        let matrix = pdf.numbers(dict, "FontMatrix").and_then(|numbers| Matrix::of(&numbers));
        let size = Matrix([self.state.size, 0.0, 0.0, self.state.size, 0.0, 0.0]);
        let matrix = matrix.unwrap_or(Matrix([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]));
        let state =
            State { matrix: matrix.then(size).then(self.text).then(self.state.matrix), ..self.state.clone() };
        let resources = pdf.dict(dict, "Resources").unwrap_or(self.resources);
        run_stream(self.judging, self.canvas, stream, resources, state, self.depth + 1)
    }

    fn text_rules(&mut self, at: usize, size: f64, frame: Frame) {
        let name = shown(&self.judging.fonts[at].name);
        let mode = self.state.mode;
        let place = Some(frame.place_on(self.canvas.trim));
        if matches!(mode, 3 | 7) {
            let message = format!("text in {name} is invisible");
            return self.judging.findings.add_at("NP-INVIS", place, message);
        }
        if matches!(mode, 1 | 2 | 5 | 6) {
            let message = format!("text in {name} is thickened by a stroke");
            self.judging.findings.add_at("NP-INVIS", place, message);
        }
        let on_page = self.canvas.is_on_page(frame);
        let trim = self.canvas.trim;
        if on_page && !trim.holds_nearly(frame, 0.1 * size + 0.2) {
            let message = format!("text in {name} crosses the trim");
            self.judging.findings.add_at("NP-SAFE", place, message);
        }
        let paint = if mode == 1 { self.state.stroke.clone() } else { self.state.fill.clone() };
        let inks = self.ink_rule(&paint, "text", frame);
        if !on_page {
            return;
        }
        let least = self.judging.limits.least_text;
        if size < points(least) - 0.01 {
            let message = format!("text in {name} is {size:.2} pt, and {least} is the least");
            self.judging.findings.add_at("NP-TXT-MIN", place, message);
        }
        let Some(inks) = inks else { return };
        self.small_text_rules(&inks, &shares(&paint), size, &name, place);
        self.overprint_rules(&paint, self.state.fill_overprints, "text", Some(&inks), frame);
        if inks.black_alone() && inks.plates[3] > 0.995 {
            self.black_text_rule(paint.space.family, place);
        }
        self.stacked_text(&paint, &inks, frame);
    }

    fn small_text_rules(
        &mut self,
        inks: &Inks,
        shares: &str,
        size: f64,
        name: &str,
        place: Option<crate::geom::Rect>,
    ) {
        let limits = self.judging.limits;
        let count = inks.count();
        if count == 0 {
            if size < points(limits.least_reversed) - 0.01 {
                let message = format!(
                    "reversed text in {name} is {size:.2} pt, and {} is the least",
                    limits.least_reversed
                );
                self.judging.findings.add_at("NP-TXT-REV", place, message);
            }
            return;
        }
        // One spot ink is as good as black: no plate has to fit another.
        let spot_alone = count == 1 && inks.plates.iter().all(|share| *share <= 0.005);
        if size >= points(limits.small_text) - 0.01 || inks.black_alone() || spot_alone {
            return;
        }
        let rich = inks.plates[3] > 0.84 && count > 1;
        let dark = count >= 3 && inks.total() > 180.0;
        if rich || dark {
            let message = format!("text of {size:.1} pt in {name} is dark in several inks ({shares})");
            self.judging.findings.add_at("NP-K-TEXT", place, message);
        } else if count > 2 {
            let message = format!("text of {size:.1} pt in {name} is in {count} inks ({shares})");
            self.judging.findings.add_at("NP-K-TEXT-C", place, message);
        }
    }

    fn black_text_rule(&mut self, family: Family, place: Option<crate::geom::Rect>) {
        let on = self.state.fill_overprints;
        let findings = &mut self.judging.findings;
        match (family, on) {
            (Family::Gray, true) => {
                findings.add_at("NP-OVP-GRAY", place, "black text in DeviceGray is set to overprint");
            }
            (Family::Gray, false) => {
                findings.add_at("NP-OVP-K", place, "black text in DeviceGray does not overprint");
            }
            (_, false) => findings.add_at("NP-OVP-K", place, "black text does not overprint"),
            _ => {}
        }
    }

    /// Text over an area: strokes are narrow, so their sum is a peak and no average.
    fn stacked_text(&mut self, paint: &super::state::Paint, inks: &Inks, frame: Frame) {
        let limit = f64::from(self.judging.limits.ink) / 10.0;
        if !self.overprints(paint) || inks.total() > limit {
            return;
        }
        let Some(under) = self.canvas.under(frame) else { return };
        let total = over(inks, under).total();
        if total > limit + 1.0 {
            let place = Some(frame.place_on(self.canvas.trim));
            let message =
                format!("text with what lies under it has {total:.0} % ink, and {limit:.0} % is the limit");
            self.judging.findings.add_at("NP-TAC-P", place, message);
        }
    }
}
