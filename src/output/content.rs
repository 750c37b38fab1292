//! Operators in, the bytes of a content stream out (PDF Reference 1.4, 4 and 5): numbers exact, no
//! operator that repeats what is set.

use super::frame::Corners;
use super::names::{Needs, ad_name, font_name, picture_name, utf16};
use super::pen::{Shown, Step};
use super::plates;
use crate::color::{Ink, Overlay, Tint};
use crate::geom::Turn;
use crate::paint::display::{Paint, Segment};

/// A point in thousandths of a point.
pub(super) type Spot = (i64, i64);

/// A page in the making: its operators, and the graphics state they have left behind.
#[derive(Default)]
pub(super) struct Content {
    /// Operators in the order of painting.
    pub(super) bytes: Vec<u8>,
    /// What they name.
    pub(super) needs: Needs,
    ink: Option<Ink>,
    /// The ink and the thickness of lines along paths.
    line: Option<(Ink, i64)>,
    overlay: Option<Overlay>,
    font: Option<(usize, i64)>,
}

/// What an ink paints: areas and type, or lines along paths.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Paints {
    Areas,
    Lines,
}

impl Content {
    /// Sets type of a font in a size in thousandths of a point: a text object of its own, so that no
    /// reader joins two columns that share a baseline.
    pub(super) fn type_set(&mut self, steps: &[Step], ink: Ink, font: usize, size: i64) {
        self.ink(ink);
        self.operator("BT");
        if self.font != Some((font, size)) {
            self.font = Some((font, size));
            self.needs.fonts.insert(font);
            self.name(&font_name(font));
            self.numbers(&[size]);
            self.operator("Tf");
        }
        steps.iter().for_each(|step| self.step(step));
        self.operator("ET");
    }

    /// A movement of the pen.
    fn step(&mut self, step: &Step) {
        match step {
            Step::Move(x, y, turn) => {
                let turn: &[u8] = match turn {
                    Turn::Upright => b"1 0 0 1 ",
                    Turn::Clockwise => b"0 -1 1 0 ",
                };
                self.bytes.extend(turn);
                self.numbers(&[*x, *y]);
                self.operator("Tm");
            }
            Step::Show(glyphs) => self.show(glyphs),
            Step::Mean(text) => {
                self.bytes.extend(b"/Span <</ActualText ");
                self.hexadecimal(&utf16(text));
                self.bytes.extend(b">> ");
                self.operator("BDC");
            }
            Step::End => self.operator("EMC"),
        }
    }

    /// Shows glyphs; those that follow each other as the font says in one string.
    fn show(&mut self, glyphs: &[Shown]) {
        self.bytes.push(b'[');
        let closer = |glyph: &Shown| glyph.tighten != 0;
        for string in glyphs.split_inclusive(closer) {
            let codes: Vec<u8> = string.iter().flat_map(|glyph| glyph.code.to_be_bytes()).collect();
            self.hexadecimal(&codes);
            if let Some(last) = string.last().filter(|last| closer(last)) {
                decimal(&mut self.bytes, last.tighten, 1);
            }
        }
        self.bytes.extend(b"] ");
        self.operator("TJ");
    }

    /// Fills a rectangle that has an area.
    pub(super) fn fill(&mut self, [left, bottom, right, top]: Corners, ink: Ink) {
        self.ink(ink);
        self.numbers(&[left, bottom, right - left, top - bottom]);
        self.operator("re");
        self.operator("f");
    }

    /// A path, filled or with a line along it; `at` says where its points are.
    pub(super) fn path(
        &mut self,
        segments: &[Segment],
        paint: Paint,
        ink: Ink,
        at: impl Fn(&crate::geom::Point) -> Spot,
    ) {
        if segments.is_empty() {
            return;
        }
        match paint {
            Paint::Fill => self.ink(ink),
            Paint::Stroke(weight) => self.line(ink, weight.millipoints()),
        }
        for segment in segments {
            match segment {
                Segment::Move(to) => self.along("m", &[at(to)]),
                Segment::Line(to) => self.along("l", &[at(to)]),
                Segment::Curve(first, second, to) => self.along("c", &[at(first), at(second), at(to)]),
                Segment::Close => self.operator("h"),
            }
        }
        self.operator(if paint == Paint::Fill { "f" } else { "S" });
    }

    /// The area between two circles of these radii, as a path of two: what lies in both is white.
    pub(super) fn ring(&mut self, (x, y): Spot, radii: [i64; 2], ink: Ink) {
        if radii[1] <= 0 || radii[0] <= radii[1] {
            return;
        }
        self.ink(ink);
        for r in radii {
            // A quarter of a circle as a Bézier curve: 4/3 (√2 − 1) of the radius to each handle.
            let h = (r * 5523 + 5000) / 10_000;
            self.along("m", &[(x + r, y)]);
            self.along("c", &[(x + r, y + h), (x + h, y + r), (x, y + r)]);
            self.along("c", &[(x - h, y + r), (x - r, y + h), (x - r, y)]);
            self.along("c", &[(x - r, y - h), (x - h, y - r), (x, y - r)]);
            self.along("c", &[(x + h, y - r), (x + r, y - h), (x + r, y)]);
            self.operator("h");
        }
        self.operator("f*");
    }

    /// A picture, cut off along a path if there is one.
    pub(super) fn picture(
        &mut self,
        index: usize,
        [left, bottom, right, top]: Corners,
        shape: Option<&[Spot]>,
    ) {
        self.overlay(Overlay::Knockout);
        self.needs.pictures.insert(index);
        self.operator("q");
        if let Some(shape) = shape {
            // The clipping path lasts as long as the graphics state (PDF Reference 1.4, 4.4.3).
            for (idx, corner) in shape.iter().enumerate() {
                self.along(if idx == 0 { "m" } else { "l" }, &[*corner]);
            }
            ["h", "W", "n"].into_iter().for_each(|key| self.operator(key));
        }
        self.numbers(&[right - left, 0, 0, top - bottom, left, bottom]);
        self.operator("cm");
        self.name(&picture_name(index));
        self.operator("Do");
        self.operator("Q");
    }

    /// An advertisement of a width and a height, with nothing set before it that it would inherit.
    pub(super) fn form(
        &mut self,
        index: usize,
        [left, bottom, right, top]: Corners,
        (width, height): (i64, i64),
    ) {
        self.needs.ads.insert(index);
        self.operator("q");
        decimal(&mut self.bytes, scale(right - left, width), 6);
        self.bytes.extend(b" 0 0 ");
        decimal(&mut self.bytes, scale(top - bottom, height), 6);
        self.bytes.push(b' ');
        self.numbers(&[left, bottom]);
        self.operator("cm");
        self.name(&ad_name(index));
        self.operator("Do");
        self.operator("Q");
    }

    fn overlay(&mut self, overlay: Overlay) {
        if self.overlay == Some(overlay) {
            return;
        }
        self.overlay = Some(overlay);
        self.needs.overlays.insert(overlay);
        self.name(plates::overlay_name(overlay));
        self.operator("gs");
    }

    /// The ink of areas and type.
    fn ink(&mut self, ink: Ink) {
        self.overlay(ink.overlay());
        if self.ink != Some(ink) {
            self.ink = Some(ink);
            self.set_ink(ink, Paints::Areas);
        }
    }

    /// The ink and the thickness of a line along a path.
    fn line(&mut self, ink: Ink, weight: i64) {
        self.overlay(ink.overlay());
        if self.line != Some((ink, weight)) {
            self.line = Some((ink, weight));
            self.set_ink(ink, Paints::Lines);
            self.numbers(&[weight]);
            self.operator("w");
        }
    }

    fn set_ink(&mut self, ink: Ink, paints: Paints) {
        let areas = paints == Paints::Areas;
        match ink {
            Ink::Registration => {
                self.needs.registration = true;
                self.separation(plates::REGISTRATION, Tint::SOLID, areas);
            }
            Ink::Spot(spot, tint) => {
                self.needs.spots.insert(spot);
                self.separation(&plates::spot_name(spot), tint, areas);
            }
            Ink::Black(_) | Ink::Cmyk(_) => {
                self.numbers(&ink.process().map(|tint| tint.into()));
                self.operator(if areas { "k" } else { "K" });
            }
        }
    }

    /// A tint in the colour space of one plate, or of all.
    fn separation(&mut self, space: &str, tint: Tint, areas: bool) {
        self.name(space);
        self.operator(if areas { "cs" } else { "CS" });
        self.numbers(&[i64::from(tint.0)]);
        self.operator(if areas { "scn" } else { "SCN" });
    }

    fn along(&mut self, key: &str, points: &[Spot]) {
        for (x, y) in points {
            self.numbers(&[*x, *y]);
        }
        self.operator(key);
    }

    fn name(&mut self, name: &str) {
        self.bytes.push(b'/');
        self.bytes.extend(name.bytes());
        self.bytes.push(b' ');
    }

    /// Numbers of thousandths.
    fn numbers(&mut self, thousandths: &[i64]) {
        for number in thousandths {
            decimal(&mut self.bytes, *number, 3);
            self.bytes.push(b' ');
        }
    }

    fn operator(&mut self, key: &str) {
        self.bytes.extend(key.bytes());
        self.bytes.push(b'\n');
    }

    fn hexadecimal(&mut self, bytes: &[u8]) {
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        self.bytes.push(b'<');
        let nibbles = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        self.bytes.extend(nibbles.map(|nibble| DIGITS[usize::from(nibble)]));
        self.bytes.push(b'>');
    }
}

/// How much `own` is scaled to be `wanted`, in millionths: a thousandth of a point on the largest
/// page. Edges are rounded to thousandths, so two of them make no scale.
fn scale(wanted: i64, own: i64) -> i64 {
    if (wanted - own).abs() <= 2 {
        return 1_000_000;
    }
    (wanted * 2_000_000 + own).div_euclid(own.max(1) * 2)
}

/// Appends a number of parts, ten to the power of `places` of which are one, without zeros at its end.
fn decimal(out: &mut Vec<u8>, parts: i64, places: usize) {
    let unit = 10_u64.pow(places as u32);
    let (whole, mut rest) = (parts.unsigned_abs() / unit, parts.unsigned_abs() % unit);
    if parts < 0 {
        out.push(b'-');
    }
    let mut digits = [0; 20];
    let mut at = digits.len();
    let mut left = whole;
    loop {
        at -= 1;
        digits[at] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    out.extend(&digits[at..]);
    let mut place = unit;
    if rest > 0 {
        out.push(b'.');
    }
    while rest > 0 {
        place /= 10;
        out.push(b'0' + (rest / place) as u8);
        rest %= place;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(parts: i64, places: usize) -> String {
        let mut out = Vec::new();
        decimal(&mut out, parts, places);
        String::from_utf8(out).expect("ASCII")
    }

    #[test]
    fn numbers_are_exact_and_short() {
        let numbers = [(0, "0"), (1_544_882, "1544.882"), (-50, "-0.05"), (120, "0.12"), (-3_000, "-3")];
        for (parts, expected) in numbers {
            assert_eq!(written(parts, 3), expected);
        }
        assert_eq!([written(1_000_000, 6), written(333_333, 6), written(-7, 1)], ["1", "0.333333", "-0.7"]);
        arbtest::arbtest(|u| {
            let parts = u.int_in_range(-400_000_000_000..=400_000_000_000_i64)?;
            let sign = if parts < 0 { "-" } else { "" };
            let exact = format!("{sign}{}.{:03}", parts.abs() / 1000, parts.abs() % 1000);
            assert_eq!(written(parts, 3), exact.trim_end_matches('0').trim_end_matches('.'));
            Ok(())
        });
    }
}
