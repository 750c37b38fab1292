//! Who made the file, when, and as what: Info and XMP (`META-…`).

use super::Standard;
use super::bounds::Refusal;
use super::judging::Judging;
use super::lexer::Fault;
use super::object::{Object, shown};
use super::xmp::{self, Properties};

/// Judges Info and XMP, and that they say the same.
pub(super) fn judge(judging: &mut Judging<'_>) -> Result<(), Refusal> {
    let pdf = judging.pdf;
    let xmp = match pdf.get(pdf.catalog(), "Metadata") {
        None => None,
        Some(Object::Stream(stream)) => match xmp::read(pdf, stream, &mut judging.work) {
            Ok(properties) => Some(properties),
            Err(Fault::Refused(refusal)) => return Err(refusal),
            Err(Fault::Broken(why)) => {
                judging.findings.add("META-08", format!("XMP cannot be read: {why}"));
                None
            }
        },
        Some(_) => {
            judging.findings.add("META-08", "XMP is no stream");
            None
        }
    };
    let is_x4 = judging.standard == Standard::X4;
    if is_x4 {
        match &xmp {
            None => judging.findings.add("META-08", "there is no XMP"),
            Some(properties) => complete(judging, properties),
        }
    }
    let none = Properties::new();
    // Where Info is silent, XMP may speak at x4 only.
    let properties = xmp.as_ref().unwrap_or(&none);
    let instead = if is_x4 { properties } else { &none };
    named(judging, properties);
    described(judging, instead);
    dated(judging, instead);
    trapped(judging, instead);
    agree(judging, properties);
    Ok(())
}

/// What XMP must have at PDF/X-4 (ISO 15930-7, document identification).
fn complete(judging: &mut Judging<'_>, properties: &Properties) {
    for key in [
        "xmp:CreateDate",
        "xmp:ModifyDate",
        "xmp:MetadataDate",
        "dc:title",
        "xmpMM:DocumentID",
        "xmpMM:VersionID",
        "xmpMM:RenditionClass",
    ] {
        if properties.get(key).is_none_or(String::is_empty) {
            judging.findings.add("META-09", format!("XMP lacks {key}"));
        }
    }
}

/// The version string (ISO 15930-1, -4, -7: identification).
fn named(judging: &mut Judging<'_>, properties: &Properties) {
    let pdf = judging.pdf;
    let wanted = match judging.standard {
        Standard::X1a2001 => "PDF/X-1:2001",
        Standard::X1a2003 => "PDF/X-1a:2003",
        Standard::X4 => "PDF/X-4",
    };
    let version = pdf.text(pdf.info(), "GTS_PDFXVersion");
    let says = |version: &Option<String>| match version {
        Some(version) => format!("says `{}`", shown(version)),
        None => "is missing".to_owned(),
    };
    if judging.standard == Standard::X4 {
        let named = properties.get("pdfxid:GTS_PDFXVersion").cloned();
        if named.as_deref() != Some(wanted) {
            judging
                .findings
                .add("META-01", format!("pdfxid:GTS_PDFXVersion in XMP {}, not `{wanted}`", says(&named)));
        }
    }
    let optional = judging.standard == Standard::X4 && !pdf.info().has("GTS_PDFXVersion");
    if !optional && version.as_deref() != Some(wanted) {
        judging.findings.add("META-01", format!("GTS_PDFXVersion {}, not `{wanted}`", says(&version)));
    }
    let conformance = pdf.text(pdf.info(), "GTS_PDFXConformance");
    let fits = match judging.standard {
        Standard::X1a2001 => conformance.as_deref() == Some("PDF/X-1a:2001"),
        Standard::X1a2003 => conformance.as_deref().is_none_or(|says| says == "PDF/X-1a:2003"),
        Standard::X4 => true,
    };
    if !fits {
        judging.findings.add("META-02", format!("GTS_PDFXConformance {}", says(&conformance)));
    }
}

fn described(judging: &mut Judging<'_>, instead: &Properties) {
    let pdf = judging.pdf;
    let is_given = |key: &str, other: &str| {
        pdf.text(pdf.info(), key).is_some_and(|text| !text.trim().is_empty())
            || instead.get(other).is_some_and(|text| !text.is_empty())
    };
    if !is_given("Title", "dc:title") {
        judging.findings.add("META-03", "there is no title");
    }
    for (key, other) in [("Creator", "xmp:CreatorTool"), ("Producer", "pdf:Producer")] {
        if !is_given(key, other) {
            judging.findings.add("META-07", format!("{key} is missing"));
        }
    }
}

fn dated(judging: &mut Judging<'_>, instead: &Properties) {
    let pdf = judging.pdf;
    for (rule, key, other) in
        [("META-04", "CreationDate", "xmp:CreateDate"), ("META-05", "ModDate", "xmp:ModifyDate")]
    {
        match pdf.text(pdf.info(), key) {
            None if instead.get(other).is_some_and(|date| !date.is_empty()) => {}
            None => judging.findings.add(rule, format!("{key} is missing")),
            Some(date) if pdf_date(&date).is_none() => {
                judging.findings.add(rule, format!("{key} `{}` is no whole date", shown(&date)));
            }
            Some(_) => {}
        }
    }
}

/// Trapped: a name, and no other than True and False (ISO 15930, trapping).
fn trapped(judging: &mut Judging<'_>, instead: &Properties) {
    let pdf = judging.pdf;
    let in_xmp = instead.get("pdf:Trapped").is_some_and(|says| says == "True" || says == "False");
    match pdf.get(pdf.info(), "Trapped") {
        None if in_xmp => {}
        None => judging.findings.add("META-06", "Trapped is missing"),
        Some(Object::Name(name)) if name == "True" || name == "False" => {}
        Some(Object::Name(name)) => {
            judging.findings.add("META-06", format!("Trapped is `{}`", shown(name)));
        }
        Some(_) => judging.findings.add("META-06", "Trapped is no name"),
    }
}

fn agree(judging: &mut Judging<'_>, properties: &Properties) {
    let pdf = judging.pdf;
    let pair = |key: &str, other: &str| {
        let info = pdf.text(pdf.info(), key).filter(|text| !text.trim().is_empty())?;
        let xmp = properties.get(other).filter(|text| !text.is_empty())?;
        Some((info, xmp.clone()))
    };
    for (key, other) in [("Title", "dc:title"), ("Producer", "pdf:Producer")] {
        if let Some((info, xmp)) = pair(key, other)
            && info.trim() != xmp
        {
            let message = format!("{key} is `{}` in Info and `{}` in XMP", shown(&info), shown(&xmp));
            judging.findings.add("META-10", message);
        }
    }
    for (key, other) in [("CreationDate", "xmp:CreateDate"), ("ModDate", "xmp:ModifyDate")] {
        if let Some((info, xmp)) = pair(key, other)
            && (iso_date(&xmp).is_none() || pdf_date(&info).is_some_and(|date| iso_date(&xmp) != Some(date)))
        {
            let message = format!("{key} is `{}` in Info and `{}` in XMP", shown(&info), shown(&xmp));
            judging.findings.add("META-10", message);
        }
    }
    if let (Some(info), Some(xmp)) = (pdf.name(pdf.info(), "Trapped"), properties.get("pdf:Trapped"))
        && info != xmp
    {
        let message = format!("Trapped is `{}` in Info and `{}` in XMP", shown(info), shown(xmp));
        judging.findings.add("META-10", message);
    }
}

/// Fourteen digits and a zone in one form, from `D:YYYYMMDDHHmmSSOHH'mm'` (PDF Reference 1.4, 3.8.2).
fn pdf_date(text: &str) -> Option<String> {
    let rest = text.strip_prefix("D:")?;
    let digits = rest.get(..14).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let zone = rest.get(14..)?;
    let in_form = match zone.as_bytes() {
        [] | [b'Z'] => true,
        [b'Z', rest @ ..] => matches!(rest, b"00'00" | b"00'00'"),
        [b'+' | b'-', a, b, b'\'', c, d] | [b'+' | b'-', a, b, b'\'', c, d, b'\''] => {
            [a, b, c, d].iter().all(|byte| byte.is_ascii_digit())
        }
        _ => false,
    };
    let field = |at: usize| digits[at..at + 2].parse::<u8>().unwrap_or(u8::MAX);
    let exists = (1..=12).contains(&field(4))
        && (1..=31).contains(&field(6))
        && field(8) < 24
        && field(10) < 60
        && field(12) < 60;
    (in_form && exists).then(|| digits.to_owned() + &one_zone(&zone.replace('\'', "")))
}

/// The same from `YYYY-MM-DDThh:mm:ssTZD` (ISO 8601 as XMP has it).
fn iso_date(text: &str) -> Option<String> {
    let (date, time) = text.trim().split_once('T')?;
    let zone_at = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (time, zone) = time.split_at(zone_at);
    let time = time.split_once('.').map_or(time, |(whole, _)| whole);
    let time = if time.len() == 5 { format!("{time}:00") } else { time.to_owned() };
    let parts = |text: &str, mark: char, wide: &[usize]| {
        let parts: Vec<&str> = text.split(mark).collect();
        let fits = parts.len() == wide.len()
            && parts
                .iter()
                .zip(wide)
                .all(|(part, wide)| part.len() == *wide && part.bytes().all(|byte| byte.is_ascii_digit()));
        fits.then(|| parts.concat())
    };
    let digits = parts(date, '-', &[4, 2, 2])? + &parts(&time, ':', &[2, 2, 2])?;
    let zone = zone.replace(':', "");
    let in_form = match zone.as_bytes() {
        [] | [b'Z'] => true,
        [b'+' | b'-', rest @ ..] => rest.len() == 4 && rest.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    in_form.then(|| digits + &one_zone(&zone))
}

fn one_zone(zone: &str) -> String {
    match zone {
        "" | "Z" | "Z0000" | "+0000" | "-0000" => "Z".to_owned(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for (pdf, iso) in [
            ("D:20260101000000Z", "2026-01-01T00:00:00Z"),
            ("D:20260101000000", "2026-01-01T00:00:00+00:00"),
            ("D:20260101080000+08'00'", "2026-01-01T08:00:00.000+08:00"),
            ("D:20260101080000+08'00", "2026-01-01T08:00+08:00"),
        ] {
            assert!(pdf_date(pdf).is_some(), "{pdf}");
            assert_eq!(pdf_date(pdf), iso_date(iso), "{iso}");
        }
        for wrong in ["2026-01-01", "D:2026", "D:20261301000000Z", "D:20260101000000+8", "D:2026010100000é"]
        {
            assert_eq!(pdf_date(wrong), None, "{wrong}");
        }
    }
}
