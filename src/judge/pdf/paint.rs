//! Paths: where they lie, and what is wrong with their ink and their width (`NP-…`).

use super::bounds::Refusal;
use super::canvas::INK_SQUARE;
use super::colour::{Family, Inks};
use super::geometry::{Frame, length, points};
use super::object::Object;
use super::path::{MOST_RECTANGLES, Path, Rectangle};
use super::run::Run;
use super::state::Paint;

impl Run<'_, '_> {
    /// Operators that make and paint paths. Nothing if `word` is none of them, `Some(None)` if its
    /// operands are not there.
    pub(super) fn path_operator(
        &mut self,
        word: &str,
        operands: &[Object],
    ) -> Result<Option<Option<()>>, Refusal> {
        let count = match word {
            "m" | "l" => 2,
            "c" => 6,
            "v" | "y" | "re" => 4,
            "n" => {
                self.path = Path::default();
                return Ok(Some(Some(())));
            }
            "f" | "F" | "f*" => return self.paint(true, false),
            "S" | "s" => return self.paint(false, true),
            "B" | "B*" | "b" | "b*" => return self.paint(true, true),
            _ => return Ok(None),
        };
        let numbers: Option<Vec<f64>> = operands.iter().take(count).map(Object::number).collect();
        let Some(numbers) = numbers.filter(|numbers| numbers.len() == count) else { return Ok(Some(None)) };
        if word == "re" {
            self.rectangle(&numbers);
        } else {
            for pair in numbers.as_chunks::<2>().0 {
                self.path.add(self.state.matrix.apply(pair[0], pair[1]));
            }
        }
        Ok(Some(Some(())))
    }

    fn rectangle(&mut self, numbers: &[f64]) {
        let [x, y, width, height] = numbers[..] else { return };
        let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)];
        let corners = corners.map(|(x, y)| self.state.matrix.apply(x, y));
        corners.iter().for_each(|corner| self.path.add(*corner));
        let side = |to: usize| length(corners[to].0 - corners[0].0, corners[to].1 - corners[0].1);
        let near = |a: f64, b: f64| (a - b).abs() < 0.01;
        let upright = (near(corners[0].0, corners[3].0) && near(corners[0].1, corners[1].1))
            || (near(corners[0].1, corners[3].1) && near(corners[0].0, corners[1].0));
        if let Some(frame) = Frame::round(&corners)
            && self.path.rectangles.len() < MOST_RECTANGLES
        {
            let (thin, long) = (side(1).min(side(3)), side(1).max(side(3)));
            self.path.rectangles.push(Rectangle { frame, thin, long, upright });
        }
    }

    fn paint(&mut self, fill: bool, stroke: bool) -> Result<Option<Option<()>>, Refusal> {
        self.canvas.paints += 1;
        let path = std::mem::take(&mut self.path);
        let Some(frame) = path.frame else { return Ok(Some(Some(()))) };
        // A line has no area, and yet it is on the page.
        let on_page = self.canvas.is_on_page(frame.grown(0.1));
        if fill && !self.state.fill.is_pattern() {
            self.fill_rules(&path, frame, on_page)?;
        }
        if stroke && !self.state.stroke.is_pattern() {
            let paint = self.state.stroke.clone();
            let inks = self.ink_rule(&paint, "a line", frame);
            if on_page {
                self.overprint_rules(&paint, self.state.stroke_overprints, "a line", inks.as_ref(), frame);
                let width = self.state.line_width * self.state.matrix.scale();
                self.width_rules(width, inks.as_ref(), "a line", frame);
            }
        }
        Ok(Some(Some(())))
    }

    fn fill_rules(&mut self, path: &Path, frame: Frame, on_page: bool) -> Result<(), Refusal> {
        let paint = self.state.fill.clone();
        let inks = self.ink_rule(&paint, "an area", frame);
        if !on_page {
            return Ok(());
        }
        self.overprint_rules(&paint, self.state.fill_overprints, "an area", inks.as_ref(), frame);
        for rectangle in path.plain() {
            if rectangle.thin < 3.0 && rectangle.long > 4.0 * rectangle.thin {
                self.width_rules(rectangle.thin, inks.as_ref(), "a rule drawn as an area", rectangle.frame);
            } else if rectangle.upright {
                self.stack(rectangle.frame, &paint, inks.as_ref())?;
            }
        }
        Ok(())
    }

    /// Ink of a plain area together with what it overprints, and what it covers from now on.
    fn stack(&mut self, frame: Frame, paint: &Paint, inks: Option<&Inks>) -> Result<(), Refusal> {
        self.judging.work.spend(self.canvas.grounds() as u64 / 8)?;
        let Some(inks) = inks else {
            self.canvas.cover(frame, Inks::default());
            return Ok(());
        };
        let overprints = self.overprints(paint);
        let under = overprints.then(|| self.canvas.under(frame).cloned()).flatten();
        let together = under.map_or_else(|| inks.clone(), |under| over(inks, &under));
        let inside = frame.shared(self.canvas.trim);
        let limit = f64::from(self.judging.limits.ink) / 10.0;
        // The standard's square must find room in it: less is judged by its peak.
        let wide = inside.is_some_and(|inside| inside.width().min(inside.height()) >= INK_SQUARE);
        // Registration colour has a rule of its own.
        let judged = inside.is_some() && !paint.space.is_all() && (overprints || wide);
        if together.total() > limit + 1.0 && judged {
            let place = Some(frame.place_on(self.canvas.trim));
            let message = format!(
                "an area with what lies under it has {:.0} % ink, and {limit:.0} % is the limit",
                together.total()
            );
            if wide {
                self.judging.findings.add_at("NP-TAC-R", place, message);
            } else if inks.total() <= limit {
                self.judging.findings.add_at("NP-TAC-P", place, message);
            }
        }
        self.canvas.cover(frame, together);
        Ok(())
    }

    /// Whether the fill colour leaves other plates as they are.
    pub(super) fn overprints(&self, paint: &Paint) -> bool {
        let spared = match paint.space.family {
            Family::Cmyk => self.state.overprint_mode == 1,
            Family::Separation | Family::DeviceN => true,
            _ => false,
        };
        self.state.fill_overprints && spared
    }

    /// The ink of a colour, judged against the limit; nothing if it is not known.
    pub(super) fn ink_rule(&mut self, paint: &Paint, what: &str, frame: Frame) -> Option<Inks> {
        let inks = paint.inks()?;
        if !self.canvas.is_on_page(frame) {
            return Some(inks);
        }
        let place = Some(frame.place_on(self.canvas.trim));
        if paint.space.is_all() {
            if paint.values.first().is_some_and(|share| *share > 0.0) {
                let message = format!("{what} in registration colour lies inside the trim");
                self.judging.findings.add_at("NP-ALL", place, message);
            }
            return Some(inks);
        }
        let limit = f64::from(self.judging.limits.ink) / 10.0;
        if inks.total() > limit + 0.5 {
            let message = format!(
                "{what} in {} has {:.0} % ink, and {limit:.0} % is the limit",
                shares(paint),
                inks.total()
            );
            self.judging.findings.add_at("NP-TAC-V", place, message);
        }
        Some(inks)
    }

    fn width_rules(&mut self, width: f64, inks: Option<&Inks>, what: &str, frame: Frame) {
        let (least, least_inks) = (self.judging.limits.least_line, self.judging.limits.least_line_inks);
        let count = inks.map_or(1, Inks::count);
        let place = Some(frame.place_on(self.canvas.trim));
        if width < points(least) - 0.001 {
            let message = format!("{what} is {width:.3} pt wide, and {least} is the least");
            self.judging.findings.add_at("NP-LINE", place, message);
        } else if count != 1 && width < points(least_inks) - 0.001 {
            let message = match count {
                0 => format!("{what} in white is {width:.3} pt wide, and {least_inks} is the least"),
                _ => format!("{what} in {count} inks is {width:.3} pt wide, and {least_inks} is the least"),
            };
            self.judging.findings.add_at("NP-LINE-MC", place, message);
        }
    }

    /// Overprint where it loses or changes something.
    pub(super) fn overprint_rules(
        &mut self,
        paint: &Paint,
        on: bool,
        what: &str,
        inks: Option<&Inks>,
        frame: Frame,
    ) {
        if !on {
            return;
        }
        let mode = self.state.overprint_mode;
        let family = paint.space.family;
        let place = Some(frame.place_on(self.canvas.trim));
        if family == Family::Icc && paint.space.count == 4 && mode == 1 && !self.judging.standard.is_x1a() {
            let message = format!("{what} in ICCBased CMYK overprints with OPM 1");
            self.judging.findings.add_at("COL-06", place, message);
        }
        let Some(inks) = inks else { return };
        let device = matches!(family, Family::Cmyk | Family::Gray | Family::Separation | Family::DeviceN);
        if inks.total() <= 0.1 && device && (family != Family::Cmyk || mode == 1) {
            self.judging.findings.add_at("NP-OVP-WHITE", place, format!("{what} in white overprints"));
        }
        let gaps = inks.plates.iter().any(|share| *share <= 0.001);
        if family == Family::Cmyk && mode != 1 && inks.total() > 0.0 && gaps {
            let message = format!("{what} in DeviceCMYK overprints with OPM 0");
            self.judging.findings.add_at("NP-OVP-OPM", place, message);
        }
    }
}

/// What comes of overprinting: plates that the upper ink does not ask for stay as they are.
pub(super) fn over(upper: &Inks, under: &Inks) -> Inks {
    let mut plates = under.plates;
    for (plate, share) in plates.iter_mut().zip(upper.plates) {
        if share > 0.0 {
            *plate = share;
        }
    }
    Inks { plates, spots: upper.spots.iter().chain(&under.spots).copied().collect() }
}

/// A colour for people: `40/30/30/100`.
pub(super) fn shares(paint: &Paint) -> String {
    let values: Vec<String> = paint.values.iter().map(|value| format!("{:.0}", value * 100.0)).collect();
    values.join("/")
}
