//! The boxes of a page, and the notes that lie on it (`BOX-…`, `NP-BLEED`, `NP-TRIM`, `ACT-03`).

use super::bounds::Refusal;
use super::geometry::{Frame, MM, points};
use super::judging::Judging;
use super::object::{Dict, shown};
use super::pages::Page;

/// Where a page is cut, and what is around that.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Boxes {
    pub(super) trim: Frame,
    pub(super) bleed: Frame,
    /// Degrees.
    pub(super) rotation: i64,
}

impl Boxes {
    /// What all pages of a file share: width and height in tenths of a millimetre, and rotation.
    #[expect(clippy::cast_possible_truncation, reason = "a cast saturates")]
    pub(super) fn size(self) -> (i64, i64, i64) {
        let tenths = |points: f64| (points / MM * 10.0).round() as i64;
        (tenths(self.trim.width()), tenths(self.trim.height()), self.rotation)
    }
}

/// Judges the boxes of a page. Nothing if it has no usable MediaBox, and so no place to judge.
pub(super) fn judge(judging: &mut Judging<'_>, page: &Page<'_>) -> Option<Boxes> {
    let pdf = judging.pdf;
    let mut read = |key: &str| {
        let object = page.get(pdf, key)?;
        let frame = Frame::read(pdf, object).filter(|frame| frame.width() > 0.0 && frame.height() > 0.0);
        if frame.is_none() {
            judging.findings.add("BOX-01", format!("{key} is malformed"));
        }
        frame
    };
    let (media, crop) = (read("MediaBox"), read("CropBox"));
    let (bleed, trim, art) = (read("BleedBox"), read("TrimBox"), read("ArtBox"));
    let Some(media) = media else {
        judging.findings.add("BOX-01", "the page has no MediaBox");
        return None;
    };
    match (trim, art) {
        (Some(_), Some(_)) => judging.findings.add("BOX-02", "the page has a TrimBox and an ArtBox"),
        (None, None) => judging.findings.add("BOX-02", "the page has neither TrimBox nor ArtBox"),
        _ => {}
    }
    let cut = trim.or(art);
    let finished = cut.unwrap_or(media);
    if let (Some(bleed), Some(cut)) = (bleed, cut)
        && !bleed.holds(cut)
    {
        judging.findings.add("BOX-03", "the trim reaches beyond the BleedBox");
    }
    let inner = [("BleedBox", bleed), ("TrimBox", trim), ("ArtBox", art)];
    for (key, frame) in inner.iter().chain(&[("CropBox", crop)]) {
        if frame.is_some_and(|frame| !media.holds(frame)) {
            judging.findings.add("BOX-03", format!("{key} reaches beyond the MediaBox"));
        }
    }
    if let Some(crop) = crop {
        for (key, frame) in inner {
            if frame.is_some_and(|frame| !crop.holds(frame)) {
                judging.findings.add("BOX-03", format!("{key} reaches beyond the CropBox"));
            }
        }
        if !crop.holds(media) {
            judging.findings.add("BOX-05", "the CropBox is smaller than the MediaBox");
        }
    }
    let unit = pdf.number(page.dict, "UserUnit").unwrap_or(1.0);
    if (unit - 1.0).abs() > 1e-9 {
        let message = format!("UserUnit is {unit}");
        if judging.standard.is_x1a() {
            judging.findings.add("BOX-04", message);
        } else {
            judging.findings.warn("BOX-04", message);
        }
    }
    if let (Some(bleed), Some(trim)) = (bleed, trim) {
        bleed_rule(judging, bleed, trim);
    }
    size_rule(judging, finished);
    let rotation = page.get(pdf, "Rotate").and_then(super::object::Object::int).unwrap_or(0);
    Some(Boxes { trim: finished, bleed: bleed.unwrap_or(finished), rotation })
}

fn bleed_rule(judging: &mut Judging<'_>, bleed: Frame, trim: Frame) {
    let wanted = points(judging.limits.bleed);
    let sides =
        [trim.left - bleed.left, trim.bottom - bleed.bottom, bleed.right - trim.right, bleed.top - trim.top];
    if sides.iter().any(|side| *side > 0.01 && *side < wanted - 0.05) {
        let [left, bottom, right, top] = sides.map(|side| side / MM);
        let message = format!(
            "the bleed is {left:.2} mm left, {bottom:.2} mm below, {right:.2} mm right, {top:.2} mm above; {} is asked for",
            judging.limits.bleed
        );
        judging.findings.add("NP-BLEED", message);
    }
}

fn size_rule(judging: &mut Judging<'_>, trim: Frame) {
    let Some((width, height)) = judging.limits.trim else { return };
    let off = |is: f64, asked: f64| (is - asked).abs() > 0.1 * MM;
    if off(trim.width(), points(width)) || off(trim.height(), points(height)) {
        let message = format!(
            "the trim is {:.2} × {:.2} mm, and {width} × {height} was ordered",
            trim.width() / MM,
            trim.height() / MM
        );
        judging.findings.add("NP-TRIM", message);
    }
}

/// Judges what lies on the page as annotations (ISO 15930, annotations).
pub(super) fn judge_notes(judging: &mut Judging<'_>, page: &Page<'_>, boxes: Boxes) -> Result<(), Refusal> {
    let pdf = judging.pdf;
    for note in pdf.array(page.dict, "Annots").unwrap_or_default() {
        judging.work.spend(1)?;
        if let Some(note) = pdf.resolve(note).dict() {
            one_note(judging, note, boxes);
        }
    }
    Ok(())
}

fn one_note(judging: &mut Judging<'_>, note: &Dict, boxes: Boxes) {
    let pdf = judging.pdf;
    let kind = pdf.name(note, "Subtype").unwrap_or_default();
    let nowhere = Frame { left: 0.0, bottom: 0.0, right: 0.0, top: 0.0 };
    let frame = pdf.get(note, "Rect").and_then(|rect| Frame::read(pdf, rect)).unwrap_or(nowhere);
    let place = Some(frame.place_on(boxes.trim));
    match kind {
        "TrapNet" => {
            if pdf.name(pdf.info(), "Trapped") != Some("True") {
                judging.findings.add("META-11", "there is a trap network, and Trapped is not True");
            }
        }
        // PDF 1.4 brought printer's marks; before it they are notes like any other.
        "PrinterMark" if judging.standard.base() >= 4 => {
            if frame.overlaps(boxes.trim) {
                judging.findings.add_at("ACT-03", place, "a printer's mark lies inside the trim");
            }
        }
        "Popup" if frame.width() <= 0.0 => {}
        _ => {
            if frame.overlaps(boxes.bleed) || boxes.bleed.holds(frame) {
                judging.findings.add_at(
                    "ACT-03",
                    place,
                    format!("a note ({}) lies on the page", shown(kind)),
                );
            }
        }
    }
}
