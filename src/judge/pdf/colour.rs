//! Colour spaces, wherever they hide, and what ink they ask for (`COL-…`, `NP-SPOT`).

use std::rc::Rc;

use super::bounds::Refusal;
use super::intent::IccHeader;
use super::judging::{Judging, Seen};
use super::lexer::Fault;
use super::object::{Dict, Id, Object, shown};
use crate::fingerprint::sha256_hex;

/// Spaces that stand on one another: Pattern over Indexed over Separation over a device is three.
const DEEPEST: u32 = 6;

/// What kind of space it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Family {
    Gray,
    Rgb,
    Cmyk,
    Pattern,
    Indexed,
    Separation,
    DeviceN,
    /// `ICCBased`.
    Icc,
    /// `CalGray`, `CalRGB` and `Lab`.
    Cie,
}

impl Family {
    /// As PDF has it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Gray => "DeviceGray",
            Self::Rgb => "DeviceRGB",
            Self::Cmyk => "DeviceCMYK",
            Self::Pattern => "Pattern",
            Self::Indexed => "Indexed",
            Self::Separation => "Separation",
            Self::DeviceN => "DeviceN",
            Self::Icc => "ICCBased",
            Self::Cie => "CIE-based",
        }
    }
}

/// A colour space.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Space {
    pub(super) family: Family,
    /// Values of a colour.
    pub(super) count: usize,
    /// What Indexed, Separation, `DeviceN` and Pattern stand on.
    pub(super) base: Option<Rc<Space>>,
    /// Inks of Separation and `DeviceN`.
    pub(super) names: Vec<String>,
    /// Colours of Indexed.
    lookup: Vec<u8>,
}

impl Space {
    pub(super) fn new(family: Family, count: usize) -> Self {
        Self { family, count, base: None, names: Vec::new(), lookup: Vec::new() }
    }

    /// Whether it is registration colour, which prints on every plate.
    pub(super) fn is_all(&self) -> bool {
        matches!(self.family, Family::Separation | Family::DeviceN) && self.names == ["All"]
    }

    /// The colour that a space begins with (PDF Reference 1.4, 4.5.7).
    pub(super) fn first_colour(&self) -> Vec<f64> {
        match self.family {
            Family::Cmyk => vec![0.0, 0.0, 0.0, 1.0],
            Family::Separation | Family::DeviceN => vec![1.0; self.count],
            _ => vec![0.0; self.count.max(1)],
        }
    }

    /// The ink of a colour, if it is known without a profile.
    pub(super) fn inks(&self, colour: &[f64]) -> Option<Inks> {
        match self.family {
            Family::Gray => Some(Inks::black(1.0 - colour.first()?)),
            Family::Cmyk => Some(Inks { plates: colour.try_into().ok()?, spots: Vec::new() }),
            Family::Separation | Family::DeviceN if self.is_all() => {
                Some(Inks { plates: [*colour.first()?; 4], spots: Vec::new() })
            }
            Family::Separation | Family::DeviceN => {
                let mut inks = Inks::default();
                for (name, value) in self.names.iter().zip(colour) {
                    match PLATES.iter().position(|plate| plate == name) {
                        Some(plate) => inks.plates[plate] = *value,
                        None if name == "None" => {}
                        None => inks.spots.push(*value),
                    }
                }
                Some(inks)
            }
            Family::Indexed => {
                let base = self.base.as_ref()?;
                let start = index(*colour.first()?).checked_mul(base.count)?;
                let values = self.lookup.get(start..start + base.count)?;
                base.inks(&values.iter().map(|value| f64::from(*value) / 255.0).collect::<Vec<_>>())
            }
            Family::Rgb | Family::Pattern | Family::Icc | Family::Cie => None,
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast saturates")]
fn index(value: f64) -> usize {
    value as usize
}

const PLATES: [&str; 4] = ["Cyan", "Magenta", "Yellow", "Black"];

/// Shares of ink from 0 to 1: cyan, magenta, yellow, black, and spot inks.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Inks {
    pub(super) plates: [f64; 4],
    pub(super) spots: Vec<f64>,
}

impl Inks {
    pub(super) fn black(share: f64) -> Self {
        Self { plates: [0.0, 0.0, 0.0, share], spots: Vec::new() }
    }

    fn each(&self) -> impl Iterator<Item = f64> {
        self.plates.into_iter().chain(self.spots.iter().copied())
    }

    /// The sum in percent.
    pub(super) fn total(&self) -> f64 {
        self.each().map(|share| share.max(0.0)).sum::<f64>() * 100.0
    }

    /// How many plates print.
    pub(super) fn count(&self) -> usize {
        self.each().filter(|share| *share > 0.005).count()
    }

    /// Whether black prints, and nothing else.
    pub(super) fn black_alone(&self) -> bool {
        self.count() == 1 && self.plates[3] > 0.005
    }
}

/// A device space, and whether it may be used here.
pub(super) fn device(judging: &mut Judging<'_>, family: Family, resources: &Dict, place: &str) -> Rc<Space> {
    let pdf = judging.pdf;
    let (default, count) = match family {
        Family::Gray => ("DefaultGray", 1),
        Family::Rgb => ("DefaultRGB", 3),
        _ => ("DefaultCMYK", 4),
    };
    let remapped = pdf.dict_or_none(resources, "ColorSpace").has(default);
    if judging.standard.is_x1a() {
        if remapped {
            judging.findings.add("COL-08", format!("{default} gives device colour another meaning"));
        }
        if family == Family::Rgb {
            judging.findings.add("COL-01", format!("DeviceRGB in {place}"));
        }
    } else if !remapped {
        let intent = judging.intent.space.clone();
        let wanted = match family {
            Family::Rgb => intent.as_deref() == Some("RGB"),
            Family::Cmyk => matches!(intent.as_deref(), Some("CMYK") | None),
            _ => true,
        };
        if !wanted {
            let intent = shown(intent.as_deref().unwrap_or("unknown"));
            let message = format!("{} in {place}, and the output intent is {intent}", family.name());
            judging.findings.add("COL-01", message);
        }
    }
    Rc::new(Space::new(family, count))
}

/// The space that a name or an array is, judged; gray where it makes no sense.
pub(super) fn space(
    judging: &mut Judging<'_>,
    object: &Object,
    resources: &Dict,
    place: &str,
) -> Result<Rc<Space>, Refusal> {
    read(judging, object, resources, place, 0)
}

fn read(
    judging: &mut Judging<'_>,
    object: &Object,
    resources: &Dict,
    place: &str,
    depth: u32,
) -> Result<Rc<Space>, Refusal> {
    judging.work.spend(4)?;
    let gray = || Rc::new(Space::new(Family::Gray, 1));
    if depth > DEEPEST {
        judging.findings.add("COL-04", format!("a colour space in {place} stands on too many others"));
        return Ok(gray());
    }
    let pdf = judging.pdf;
    match pdf.resolve(object) {
        Object::Name(name) => match name.as_str() {
            "DeviceGray" | "G" => Ok(device(judging, Family::Gray, resources, place)),
            "DeviceRGB" | "RGB" => Ok(device(judging, Family::Rgb, resources, place)),
            "DeviceCMYK" | "CMYK" => Ok(device(judging, Family::Cmyk, resources, place)),
            "Pattern" => Ok(Rc::new(Space::new(Family::Pattern, 0))),
            other => match pdf.get(pdf.dict_or_none(resources, "ColorSpace"), other) {
                Some(named) => read(judging, named, resources, place, depth + 1),
                None => {
                    judging.findings.add("COL-10", format!("the colour space {} is not there", shown(other)));
                    Ok(gray())
                }
            },
        },
        Object::Array(parts) => {
            let family = parts.first().and_then(|first| pdf.resolve(first).name()).unwrap_or_default();
            let array = Parts { parts, resources, place, depth };
            match family {
                "DeviceGray" | "DeviceRGB" | "DeviceCMYK" => {
                    read(judging, &parts[0], resources, place, depth + 1)
                }
                "Pattern" => array.pattern(judging),
                "Indexed" | "I" => array.indexed(judging),
                "Separation" | "DeviceN" => array.separation(judging, family),
                "ICCBased" => array.icc(judging),
                "CalRGB" | "CalGray" | "Lab" => {
                    if judging.standard.is_x1a() {
                        judging.findings.add("COL-02", format!("{family} in {place}"));
                    }
                    let count = if family == "CalGray" { 1 } else { 3 };
                    Ok(Rc::new(Space::new(Family::Cie, count)))
                }
                other => {
                    judging.findings.add("COL-04", format!("{} in {place} is no colour space", shown(other)));
                    Ok(gray())
                }
            }
        }
        _ => {
            judging.findings.add("COL-04", format!("a colour space in {place} is malformed"));
            Ok(gray())
        }
    }
}

struct Parts<'p> {
    parts: &'p [Object],
    resources: &'p Dict,
    place: &'p str,
    depth: u32,
}

impl Parts<'_> {
    fn base(&self, judging: &mut Judging<'_>, at: usize, what: &str) -> Result<Option<Rc<Space>>, Refusal> {
        let Some(base) = self.parts.get(at) else { return Ok(None) };
        let place = format!("{}, {what}", self.place);
        read(judging, base, self.resources, &place, self.depth + 1).map(Some)
    }

    fn malformed(&self, judging: &mut Judging<'_>, what: &str) -> Rc<Space> {
        judging.findings.add("COL-04", format!("{what} in {} is malformed", self.place));
        Rc::new(Space::new(Family::Gray, 1))
    }

    fn pattern(&self, judging: &mut Judging<'_>) -> Result<Rc<Space>, Refusal> {
        let base = self.base(judging, 1, "under a pattern")?;
        let count = base.as_ref().map_or(0, |base| base.count);
        Ok(Rc::new(Space { base, ..Space::new(Family::Pattern, count) }))
    }

    fn indexed(&self, judging: &mut Judging<'_>) -> Result<Rc<Space>, Refusal> {
        let pdf = judging.pdf;
        let Some(base) = self.base(judging, 1, "as indexed colours")? else {
            return Ok(self.malformed(judging, "Indexed"));
        };
        if matches!(base.family, Family::Indexed | Family::Pattern) {
            let message = format!("Indexed over {} in {}", base.family.name(), self.place);
            judging.findings.add("COL-03", message);
        }
        let lookup = match self.parts.get(3).map(|lookup| pdf.resolve(lookup)) {
            Some(Object::Text(bytes)) => bytes.clone(),
            Some(Object::Stream(stream)) => match pdf.bytes_of(stream, &mut judging.work) {
                Ok(bytes) => bytes.into_owned(),
                Err(Fault::Refused(refusal)) => return Err(refusal),
                Err(Fault::Broken(_)) => Vec::new(),
            },
            _ => return Ok(self.malformed(judging, "Indexed")),
        };
        Ok(Rc::new(Space { base: Some(base), lookup, ..Space::new(Family::Indexed, 1) }))
    }

    fn separation(&self, judging: &mut Judging<'_>, family: &str) -> Result<Rc<Space>, Refusal> {
        let pdf = judging.pdf;
        let names = match self.parts.get(1).map(|names| pdf.resolve(names)) {
            Some(Object::Name(name)) => vec![name.clone()],
            Some(Object::Array(names)) => {
                names.iter().filter_map(|name| pdf.resolve(name).name()).map(str::to_owned).collect()
            }
            _ => return Ok(self.malformed(judging, family)),
        };
        let Some(base) = self.base(judging, 2, "as the alternate of a spot colour")? else {
            return Ok(self.malformed(judging, family));
        };
        let listed = shown(&names.join(", "));
        if judging.standard.is_x1a() && !matches!(base.family, Family::Cmyk | Family::Gray) {
            judging.findings.add("COL-03", format!("{family} {listed} stands on {}", base.family.name()));
        }
        for name in &names {
            let process = PLATES.contains(&name.as_str()) || matches!(name.as_str(), "All" | "None");
            if !process && judging.seen.insert(Seen::Spot(name.clone())) {
                judging.findings.add("NP-SPOT", format!("the spot colour {}", shown(name)));
            }
        }
        // PDF Reference, appendix C: eight colorants up to 1.4, 32 from 1.5.
        let most = if judging.standard.is_x1a() { 8 } else { 32 };
        if names.len() > most {
            judging
                .findings
                .add("COL-03", format!("DeviceN has {} inks, and {most} are the most", names.len()));
        }
        let kind = if family == "DeviceN" { Family::DeviceN } else { Family::Separation };
        Ok(Rc::new(Space {
            base: Some(base),
            ..Space { names: names.clone(), ..Space::new(kind, names.len()) }
        }))
    }

    fn icc(&self, judging: &mut Judging<'_>) -> Result<Rc<Space>, Refusal> {
        let pdf = judging.pdf;
        let Some(raw) = self.parts.get(1) else { return Ok(self.malformed(judging, "ICCBased")) };
        let Object::Stream(stream) = pdf.resolve(raw) else {
            return Ok(self.malformed(judging, "ICCBased"));
        };
        let count = pdf.int(&stream.dict, "N").and_then(|n| usize::try_from(n).ok()).filter(|n| *n <= 4);
        let count = count.unwrap_or(0);
        let id = match raw {
            Object::Ref(id) => *id,
            _ => (0, 0),
        };
        let digest = profile(judging, id, stream, count)?;
        if judging.standard.is_x1a() {
            judging.findings.add("COL-02", format!("ICCBased colour in {}", self.place));
        } else if count == 4 && judging.intent.profile.is_some() && judging.intent.profile == digest {
            let message = format!("ICCBased CMYK in {} has the profile of the output intent", self.place);
            judging.findings.add("COL-05", message);
        }
        Ok(Rc::new(Space::new(Family::Icc, count)))
    }
}

/// Judges a profile when it is met first; its digest.
fn profile(
    judging: &mut Judging<'_>,
    id: Id,
    stream: &super::object::Stream,
    count: usize,
) -> Result<Option<String>, Refusal> {
    if let Some(digest) = judging.profiles.get(&id) {
        return Ok(digest.clone());
    }
    let bytes = match judging.pdf.bytes_of(stream, &mut judging.work) {
        Ok(bytes) => bytes,
        Err(Fault::Refused(refusal)) => return Err(refusal),
        Err(Fault::Broken(why)) => {
            judging.findings.add("COL-09", format!("the profile of an ICCBased space cannot be read: {why}"));
            return Ok(None);
        }
    };
    let header = IccHeader::read(&bytes);
    match &header {
        Some(header) if header.inks().and_then(|inks| usize::try_from(inks).ok()) == Some(count) => {
            if !matches!(header.class.as_str(), "prtr" | "mntr" | "scnr" | "spac") {
                let message = format!("an ICCBased space has a profile of class {}", shown(&header.class));
                judging.findings.add("COL-09", message);
            }
            if header.major >= 4 && judging.standard.is_x1a() {
                judging.findings.add("COL-09", "an ICCBased space has a profile of ICC version 4");
            }
        }
        Some(header) => {
            let message = format!("an ICCBased space of {count} inks has a {} profile", shown(&header.space));
            judging.findings.add("COL-09", message);
        }
        None => judging.findings.add("COL-09", "an ICCBased space has no ICC profile"),
    }
    let digest = Some(sha256_hex(&bytes));
    if id != (0, 0) {
        judging.profiles.insert(id, digest.clone());
    }
    Ok(digest)
}
