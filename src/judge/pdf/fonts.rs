//! Fonts from a PDF's dictionaries: what they are made of, and whether it fits together (`FONT-…`).

use std::collections::BTreeMap;

use super::Standard;
use super::bounds::Refusal;
use super::cmap::{CMap, Stretches, known_ordering};
use super::encoding::Encoding;
use super::font::{Font, Kind};
use super::judging::{FontKey, Judging};
use super::lexer::Fault;
use super::object::{Dict, Object, shown, text_of};
use super::program::{Form, Program};

/// The font of a dictionary, judged when it is met first; its place in [`Judging::fonts`].
pub(super) fn font<'a>(judging: &mut Judging<'a>, raw: &'a Object) -> Result<Option<usize>, Refusal> {
    let Some(dict) = judging.pdf.resolve(raw).dict() else { return Ok(None) };
    let key = match raw {
        Object::Ref(id) => FontKey::Object(*id),
        _ => FontKey::Direct(std::ptr::from_ref(dict).addr()),
    };
    if let Some(at) = judging.font_of.get(&key) {
        return Ok(Some(*at));
    }
    let font = open(judging, dict)?;
    judging.fonts.push(font);
    let at = judging.fonts.len() - 1;
    judging.font_of.insert(key, at);
    Ok(Some(at))
}

fn open<'a>(judging: &mut Judging<'a>, dict: &'a Dict) -> Result<Font<'a>, Refusal> {
    let pdf = judging.pdf;
    let subtype = pdf.name(dict, "Subtype").unwrap_or_default();
    let kind = match subtype {
        "Type0" => Kind::Composite,
        "Type3" => Kind::Type3,
        _ => Kind::Simple,
    };
    let name = pdf.name(dict, "BaseFont").or_else(|| pdf.name(dict, "Name")).unwrap_or("without a name");
    let mut font = Font {
        dict,
        kind,
        name: shown(name),
        descriptor: pdf.dict(dict, "FontDescriptor"),
        descendant: None,
        cmap: None,
        to_unicode: to_unicode(judging, dict, name)?,
        encoding: Encoding::read(pdf, dict),
        vertical: false,
        program: None,
        gid_map: None,
        widths: Stretches::default(),
        default_width: 0.0,
        unit: 1.0,
        used: BTreeMap::new(),
    };
    match kind {
        Kind::Composite => composite(judging, &mut font)?,
        Kind::Type3 => {
            judging.findings.add("FONT-11", format!("the font {} is Type 3", font.name));
            font.unit = pdf
                .numbers(dict, "FontMatrix")
                .and_then(|matrix| Some(matrix.first()? * 1000.0))
                .unwrap_or(1.0);
            font.descriptor = None;
            simple_widths(judging, &mut font);
        }
        Kind::Simple => simple_widths(judging, &mut font),
    }
    match font.descriptor {
        Some(descriptor) => described(judging, &mut font, descriptor)?,
        None if kind != Kind::Type3 => {
            let message = format!("the font {} has no descriptor, so no program", font.name);
            judging.findings.add("FONT-01", message);
        }
        None => {}
    }
    Ok(font)
}

fn to_unicode(judging: &mut Judging<'_>, dict: &Dict, name: &str) -> Result<Option<CMap>, Refusal> {
    let pdf = judging.pdf;
    let Some(Object::Stream(stream)) = pdf.get(dict, "ToUnicode") else { return Ok(None) };
    let read = pdf.bytes_of(stream, &mut judging.work).and_then(|text| CMap::read(&text, &mut judging.work));
    match read {
        Ok(cmap) => Ok(Some(cmap)),
        Err(Fault::Refused(refusal)) => Err(refusal),
        Err(Fault::Broken(why)) => {
            judging.findings.add("FONT-09", format!("ToUnicode of {} cannot be read: {why}", shown(name)));
            Ok(None)
        }
    }
}

fn simple_widths(judging: &Judging<'_>, font: &mut Font<'_>) {
    let pdf = judging.pdf;
    let first = pdf.int(font.dict, "FirstChar").and_then(|first| u32::try_from(first).ok()).unwrap_or(0);
    for (at, width) in (0_u32..256).zip(pdf.array(font.dict, "Widths").unwrap_or_default()) {
        let code = first.saturating_add(at);
        font.widths.put(0, code, code, pdf.resolve(width).number().unwrap_or(0.0));
    }
    font.default_width = font.descriptor.and_then(|dict| pdf.number(dict, "MissingWidth")).unwrap_or(0.0);
}

fn composite<'a>(judging: &mut Judging<'a>, font: &mut Font<'a>) -> Result<(), Refusal> {
    let pdf = judging.pdf;
    font.descriptor = None;
    font.default_width = 1000.0;
    let first = pdf.array(font.dict, "DescendantFonts").and_then(<[Object]>::first);
    let Some(descendant) = first.and_then(|first| pdf.resolve(first).dict()) else {
        let message = format!("the composite font {} has no CIDFont", font.name);
        judging.findings.add("FONT-02", message);
        return Ok(());
    };
    font.descendant = Some(descendant);
    font.descriptor = pdf.dict(descendant, "FontDescriptor");
    let ordering = encoding_cmap(judging, font)?;
    collection(judging, font, descendant, ordering.as_deref());
    if pdf.name(descendant, "Subtype") == Some("CIDFontType2") {
        gid_map(judging, font, descendant)?;
    }
    let base = pdf.name(font.dict, "BaseFont").unwrap_or("?");
    let of_cid = pdf.name(descendant, "BaseFont").unwrap_or("?");
    if base != of_cid && !base.strip_prefix(of_cid).is_some_and(|rest| rest.starts_with('-')) {
        let message = format!("the font {} has a CIDFont {}", font.name, shown(of_cid));
        judging.findings.add("FONT-16", message);
    }
    font.default_width = pdf.number(descendant, "DW").unwrap_or(1000.0);
    cid_widths(judging, font, descendant);
    Ok(())
}

/// The CMap of a composite font; its character collection, if it says one.
fn encoding_cmap(judging: &mut Judging<'_>, font: &mut Font<'_>) -> Result<Option<String>, Refusal> {
    let pdf = judging.pdf;
    match pdf.get(font.dict, "Encoding") {
        Some(Object::Name(name)) => {
            font.vertical = name.ends_with('V');
            let ordering = known_ordering(name);
            if ordering.is_none() {
                let message = format!("the CMap {} of {} is not embedded", shown(name), font.name);
                judging.findings.add("FONT-08", message);
            }
            font.cmap = (ordering == Some("Identity")).then(CMap::identity);
            if ordering.is_some() && font.cmap.is_none() {
                let message =
                    format!("the glyphs of {}: its codes go through the CMap {}", font.name, shown(name));
                judging.findings.add("NOT-READ", message);
            }
            Ok(ordering.map(str::to_owned))
        }
        Some(Object::Stream(stream)) => {
            font.vertical = pdf.int(&stream.dict, "WMode") == Some(1);
            let read = pdf.bytes_of(stream, &mut judging.work);
            match read.and_then(|text| CMap::read(&text, &mut judging.work)) {
                Ok(cmap) => {
                    let info = pdf.dict_or_none(&stream.dict, "CIDSystemInfo");
                    let ordering = cmap.ordering.clone().or_else(|| pdf.text(info, "Ordering"));
                    font.cmap = Some(cmap);
                    Ok(ordering)
                }
                Err(Fault::Refused(refusal)) => Err(refusal),
                Err(Fault::Broken(why)) => {
                    let message = format!("the CMap of {} cannot be read: {why}", font.name);
                    judging.findings.add("FONT-08", message);
                    Ok(None)
                }
            }
        }
        _ => {
            judging.findings.add("FONT-08", format!("the composite font {} has no CMap", font.name));
            Ok(None)
        }
    }
}

fn collection(judging: &mut Judging<'_>, font: &Font<'_>, descendant: &Dict, of_cmap: Option<&str>) {
    let pdf = judging.pdf;
    let Some(info) = pdf.dict(descendant, "CIDSystemInfo") else {
        return judging.findings.add("FONT-07", format!("{} has no CIDSystemInfo", font.name));
    };
    let ordering = pdf.get(info, "Ordering").and_then(Object::text).map(text_of).unwrap_or_default();
    let identity = font.cmap.as_ref().is_some_and(CMap::is_identity);
    if let Some(of_cmap) = of_cmap.filter(|of_cmap| !identity && *of_cmap != ordering) {
        let message = format!(
            "{} is of the collection {}, its CMap of {}",
            font.name,
            shown(&ordering),
            shown(of_cmap)
        );
        judging.findings.add("FONT-07", message);
    }
}

fn gid_map<'a>(judging: &mut Judging<'a>, font: &mut Font<'a>, descendant: &'a Dict) -> Result<(), Refusal> {
    let pdf = judging.pdf;
    let message = match pdf.get(descendant, "CIDToGIDMap") {
        None => "no CIDToGIDMap".to_owned(),
        Some(Object::Name(name)) if name == "Identity" => return Ok(()),
        Some(Object::Stream(stream)) => match pdf.bytes_of(stream, &mut judging.work) {
            Ok(map) => {
                font.gid_map = Some(map);
                return Ok(());
            }
            Err(Fault::Refused(refusal)) => return Err(refusal),
            Err(Fault::Broken(why)) => format!("a CIDToGIDMap that cannot be read: {why}"),
        },
        Some(_) => "a CIDToGIDMap that is neither a stream nor Identity".to_owned(),
    };
    judging.findings.add("FONT-05", format!("{} has {message}", font.name));
    Ok(())
}

/// `W`: `first [w1 w2 …]` and `first last w` (PDF Reference 1.4, 5.6.3).
fn cid_widths(judging: &Judging<'_>, font: &mut Font<'_>, descendant: &Dict) {
    let pdf = judging.pdf;
    let mut values = pdf.array(descendant, "W").unwrap_or_default().iter().map(|value| pdf.resolve(value));
    let cid = |value: Option<&Object>| value.and_then(Object::int).and_then(|cid| u32::try_from(cid).ok());
    while let Some(first) = cid(values.next()) {
        match values.next() {
            Some(Object::Array(each)) => {
                for (cid, width) in (first..).zip(each) {
                    font.widths.put(0, cid, cid, pdf.resolve(width).number().unwrap_or(0.0));
                }
            }
            last => {
                let (Some(last), Some(width)) = (cid(last), values.next().and_then(Object::number)) else {
                    return;
                };
                font.widths.put(0, first, last, width);
            }
        }
    }
}

/// What a descriptor must say (PDF Reference 1.4, table 5.18).
const DESCRIPTION: [&str; 7] = ["FontName", "Flags", "FontBBox", "ItalicAngle", "Ascent", "Descent", "StemV"];

fn described<'a>(
    judging: &mut Judging<'a>,
    font: &mut Font<'a>,
    descriptor: &'a Dict,
) -> Result<(), Refusal> {
    let pdf = judging.pdf;
    for key in DESCRIPTION.into_iter().filter(|key| !descriptor.has(key)) {
        judging.findings.add("FONT-15", format!("the descriptor of {} lacks {key}", font.name));
    }
    let owner = font.descendant.unwrap_or(font.dict);
    let base = pdf.name(owner, "BaseFont").unwrap_or("?");
    let named = pdf.name(descriptor, "FontName").unwrap_or("?");
    if named != base {
        let message = format!("the font {} is named {} in its descriptor", shown(base), shown(named));
        judging.findings.add("FONT-16", message);
    }
    if pdf.name(font.dict, "BaseFont").is_some_and(|name| name.to_ascii_lowercase().contains("courier")) {
        judging.findings.add("NP-COURIER", format!("text is set in {}", font.name));
    }
    let files = ["FontFile", "FontFile2", "FontFile3"].into_iter().filter(|key| descriptor.has(key));
    let files: Vec<&str> = files.collect();
    let Some(key) = files.first() else {
        judging.findings.add("FONT-01", format!("the font {} is not embedded", font.name));
        return Ok(());
    };
    if files.len() > 1 {
        judging.findings.add("FONT-02", format!("{} has more than one program", font.name));
    }
    let subtype = pdf.name(owner, "Subtype").unwrap_or_default();
    embedded(judging, font, descriptor, key, subtype)
}

/// Whether a font of `subtype` may have a program under `key`, of the subtype `of`.
fn is_legal(subtype: &str, key: &str, of: &str) -> bool {
    match (subtype, key) {
        ("Type1" | "MMType1", "FontFile") | ("TrueType" | "CIDFontType2", "FontFile2") => of.is_empty(),
        ("Type1", "FontFile3") => matches!(of, "Type1C" | "OpenType"),
        ("MMType1", "FontFile3") => of == "Type1C",
        ("TrueType" | "CIDFontType2", "FontFile3") => of == "OpenType",
        ("CIDFontType0", "FontFile3") => matches!(of, "CIDFontType0C" | "OpenType"),
        _ => false,
    }
}

fn embedded<'a>(
    judging: &mut Judging<'a>,
    font: &mut Font<'a>,
    descriptor: &'a Dict,
    key: &str,
    subtype: &str,
) -> Result<(), Refusal> {
    let pdf = judging.pdf;
    let Some(Object::Stream(stream)) = pdf.get(descriptor, key) else {
        judging.findings.add("FONT-14", format!("the program of {} is no stream", font.name));
        return Ok(());
    };
    let of = if key == "FontFile3" { pdf.name(&stream.dict, "Subtype").unwrap_or_default() } else { "" };
    if !is_legal(subtype, key, of) {
        let message = format!("{} is {} with a program {key} {}", font.name, shown(subtype), shown(of));
        judging.findings.add("FONT-02", message.trim_end().to_owned());
    }
    if of == "OpenType" && judging.standard != Standard::X4 {
        judging.findings.add("FONT-13", format!("the program of {} is OpenType", font.name));
    }
    let form = match (key, of) {
        ("FontFile", _) => Form::Type1,
        ("FontFile2", _) | (_, "OpenType") => Form::Sfnt,
        _ => Form::Cff,
    };
    let data = match pdf.bytes_of(stream, &mut judging.work) {
        Ok(data) => data,
        Err(Fault::Refused(refusal)) => return Err(refusal),
        Err(Fault::Broken(why)) => {
            judging.findings.add("FONT-14", format!("the program of {} cannot be read: {why}", font.name));
            return Ok(());
        }
    };
    if let Err(why) = Program::open(form, &data) {
        judging.findings.add("FONT-14", format!("the program of {} cannot be read: {why}", font.name));
        return Ok(());
    }
    if form == Form::Sfnt
        && let Ok(face) = ttf_parser::Face::parse(&data, 0)
        && face.tables().os2.and_then(|os2| os2.permissions()) == Some(ttf_parser::Permissions::Restricted)
    {
        judging.findings.add("FONT-17", format!("the licence of {} forbids embedding (fsType)", font.name));
    }
    font.program = Some((form, data));
    Ok(())
}
