//! What the file is made for: output intents and their ICC profiles (`OI-…`).

use super::Standard;
use super::bounds::Refusal;
use super::judging::{Intent, Judging};
use super::lexer::Fault;
use super::object::{Dict, Stream, shown};
use crate::fingerprint::sha256_hex;

/// The header of an ICC profile (ICC.1:2010, 7.2).
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct IccHeader {
    size: usize,
    pub(super) major: u8,
    minor: u8,
    /// `prtr`, `mntr`, `scnr`, `spac`, …
    pub(super) class: String,
    /// `CMYK`, `RGB`, `GRAY`, `Lab`, …
    pub(super) space: String,
    tags: Vec<[u8; 4]>,
}

impl IccHeader {
    /// From the bytes of a profile; nothing if they are none.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let word = |at: usize| bytes.get(at..at + 4).and_then(|word| <[u8; 4]>::try_from(word).ok());
        let text = |at: usize| word(at).map(|word| String::from_utf8_lossy(&word).trim().to_owned());
        if word(36)? != *b"acsp" {
            return None;
        }
        let count = usize::try_from(u32::from_be_bytes(word(128)?)).unwrap_or(usize::MAX);
        let tags = (0..count).map_while(|index| word(132 + index.checked_mul(12)?)).collect();
        Some(Self {
            size: usize::try_from(u32::from_be_bytes(word(0)?)).unwrap_or(usize::MAX),
            major: bytes[8],
            minor: bytes[9] >> 4,
            class: text(12)?,
            space: text(16)?,
            tags,
        })
    }

    /// How many values its space has.
    pub(super) fn inks(&self) -> Option<i64> {
        match self.space.as_str() {
            "CMYK" => Some(4),
            "RGB" | "Lab" => Some(3),
            "GRAY" => Some(1),
            _ => None,
        }
    }
}

/// Judges the output intents and says what colour is to be judged by.
pub(super) fn judge(judging: &mut Judging<'_>) -> Result<Intent, Refusal> {
    let pdf = judging.pdf;
    let all: Vec<&Dict> = pdf
        .array(pdf.catalog(), "OutputIntents")
        .unwrap_or_default()
        .iter()
        .filter_map(|intent| pdf.resolve(intent).dict())
        .collect();
    let ours: Vec<&Dict> =
        all.iter().copied().filter(|intent| pdf.name(intent, "S") == Some("GTS_PDFX")).collect();
    if ours.len() != 1 {
        judging.findings.add("OI-01", format!("there are {} output intents GTS_PDFX", ours.len()));
    }
    let mut profiles: Vec<_> = all.iter().filter_map(|intent| intent.id("DestOutputProfile")).collect();
    profiles.sort_unstable();
    profiles.dedup();
    if profiles.len() > 1 {
        judging.findings.add("OI-10", format!("the output intents have {} profiles", profiles.len()));
    }
    match ours.first() {
        Some(intent) => one(judging, intent),
        None => Ok(Intent::default()),
    }
}

fn one(judging: &mut Judging<'_>, intent: &Dict) -> Result<Intent, Refusal> {
    let pdf = judging.pdf;
    let text = |key: &str| pdf.text(intent, key).map(|text| text.trim().to_owned()).unwrap_or_default();
    if text("OutputConditionIdentifier").is_empty() {
        judging.findings.add("OI-02", "OutputConditionIdentifier is missing");
    }
    if intent.has("DestOutputProfileRef") {
        judging.findings.add("OI-09", "DestOutputProfileRef leads to a profile outside the file");
    }
    let registry = text("RegistryName");
    let registered =
        matches!(registry.trim_end_matches('/'), "http://www.color.org" | "https://www.color.org");
    if registry.is_empty() && text("Info").is_empty() {
        judging.findings.add("OI-04", "neither RegistryName nor Info says what the condition is");
    }
    if text("OutputCondition").is_empty() {
        judging.findings.add("OI-11", "OutputCondition is missing");
    }
    let Some(profile) = pdf.get(intent, "DestOutputProfile") else {
        if judging.standard == Standard::X4 {
            judging.findings.add("OI-03", "the output profile is not embedded");
        } else if !registered {
            let message =
                format!("the output profile is not embedded, and RegistryName is `{}`", shown(&registry));
            judging.findings.add("OI-03", message);
        }
        // A condition registered there is one of print, and so are those of PDF/X-1a.
        let space = (judging.standard.is_x1a() || registered).then(|| "CMYK".to_owned());
        return Ok(Intent { space, profile: None });
    };
    let Some(stream) = profile.stream() else {
        judging.findings.add("OI-05", "the output profile is no stream");
        return Ok(Intent::default());
    };
    profile_rules(judging, stream)
}

fn profile_rules(judging: &mut Judging<'_>, stream: &Stream) -> Result<Intent, Refusal> {
    let pdf = judging.pdf;
    let bytes = match pdf.bytes_of(stream, &mut judging.work) {
        Ok(bytes) => bytes,
        Err(Fault::Refused(refusal)) => return Err(refusal),
        Err(Fault::Broken(why)) => {
            judging.findings.add("OI-05", format!("the output profile cannot be read: {why}"));
            return Ok(Intent::default());
        }
    };
    let digest = Some(sha256_hex(&bytes));
    let Some(header) = IccHeader::read(&bytes) else {
        judging.findings.add("OI-05", "the output profile is no ICC profile");
        return Ok(Intent { space: None, profile: digest });
    };
    let findings = &mut judging.findings;
    if header.size != bytes.len() {
        findings
            .add("OI-05", format!("the output profile says {} bytes and has {}", header.size, bytes.len()));
    }
    if header.class != "prtr" {
        findings.add("OI-05", format!("the profile's class is `{}`, not `prtr`", shown(&header.class)));
    }
    if header.space == "CMYK" {
        for tag in [b"A2B0", b"B2A0"].into_iter().filter(|tag| !header.tags.contains(tag)) {
            findings.add("OI-05", format!("the profile has no {}", String::from_utf8_lossy(tag)));
        }
    }
    let inks = header.inks().filter(|_| header.space != "Lab");
    if pdf.int(&stream.dict, "N") != inks {
        findings.add("OI-06", format!("N is not the number of inks of a {} profile", shown(&header.space)));
    }
    if (judging.standard.is_x1a() && header.space != "CMYK") || inks.is_none() {
        findings.add("OI-07", format!("the output profile is of {}", shown(&header.space)));
    }
    if header.major > 4 || (header.major == 4 && judging.standard.is_x1a()) {
        findings
            .add("OI-08", format!("the output profile is of ICC version {}.{}", header.major, header.minor));
    }
    Ok(Intent { space: Some(header.space), profile: digest })
}
