//! What the file does beside lying still, and what every object must be, wherever it hangs.

use super::Standard;
use super::bounds::Refusal;
use super::filter;
use super::judging::Judging;
use super::object::{Dict, Object, Stream, shown};

/// Judges the catalog: actions, names, forms, layers, viewer preferences.
pub(super) fn judge(judging: &mut Judging<'_>) {
    let pdf = judging.pdf;
    let catalog = pdf.catalog();
    match pdf.get(catalog, "OpenAction") {
        Some(Object::Dict(_)) => judging.findings.add("ACT-01", "opening the file starts an action"),
        Some(_) => judging.findings.warn("ACT-01", "opening the file goes to a place in it"),
        None => {}
    }
    if catalog.has("AA") {
        judging.findings.add("ACT-01", "the catalog has actions (AA)");
    }
    let names = pdf.dict_or_none(catalog, "Names");
    for (key, rule, message) in [
        ("JavaScript", "ACT-02", "the file has scripts"),
        ("EmbeddedFiles", "FILE-11", "the file has other files in it"),
        ("AlternatePresentations", "ACT-01", "the file has a presentation"),
    ] {
        if names.has(key) {
            judging.findings.add(rule, message);
        }
    }
    if catalog.has("Collection") {
        judging.findings.add("FILE-11", "the file is a collection of files");
    }
    let form = pdf.dict_or_none(catalog, "AcroForm");
    if pdf.array(form, "Fields").is_some_and(|fields| !fields.is_empty()) || form.has("XFA") {
        judging.findings.add("ACT-04", "the file has form fields");
    }
    let preferences = pdf.dict_or_none(catalog, "ViewerPreferences");
    for key in ["ViewArea", "ViewClip", "PrintArea", "PrintClip"] {
        if let Some(boxed) = pdf.get(preferences, key)
            && !matches!(boxed.name(), Some("MediaBox" | "BleedBox"))
        {
            let named = shown(boxed.name().unwrap_or("no name"));
            judging.findings.add("VP-01", format!("{key} is {named}"));
        }
    }
    if let Some(layers) = pdf.dict(catalog, "OCProperties") {
        layer_rules(judging, layers);
    }
}

fn layer_rules(judging: &mut Judging<'_>, layers: &Dict) {
    if judging.standard.is_x1a() {
        return judging.findings.add("OC-01", "the file has layers");
    }
    let pdf = judging.pdf;
    let default = pdf.dict_or_none(layers, "D");
    if pdf.text(default, "Name").is_none_or(|name| name.trim().is_empty()) {
        judging.findings.add("OC-02", "the default configuration of layers has no name");
    }
    let others = pdf.array(layers, "Configs").unwrap_or_default().iter();
    let others = others.filter_map(|config| pdf.resolve(config).dict());
    if others.chain([default]).any(|config| config.has("AS")) {
        judging.findings.add("OC-02", "a configuration of layers changes by itself (AS)");
    }
}

/// Judges every object of the file, used or not: what stands in a file may be printed.
pub(super) fn judge_objects(judging: &mut Judging<'_>) -> Result<(), Refusal> {
    let pdf = judging.pdf;
    for object in pdf.objects.values() {
        any(judging, object)?;
    }
    Ok(())
}

/// A value and all values that stand in it directly. Depth is bounded by the lexer.
fn any(judging: &mut Judging<'_>, object: &Object) -> Result<(), Refusal> {
    judging.work.spend(1)?;
    if let Object::Array(values) = object {
        for value in values {
            any(judging, value)?;
        }
    }
    let Some(dict) = object.dict() else { return Ok(()) };
    for value in dict.0.values() {
        any(judging, value)?;
    }
    if let Object::Stream(stream) = object {
        stream_rules(judging, stream);
    }
    action_rules(judging, dict);
    Ok(())
}

fn stream_rules(judging: &mut Judging<'_>, stream: &Stream) {
    let pdf = judging.pdf;
    let dict = &stream.dict;
    for filter in filter::names(pdf, dict) {
        match filter.as_str() {
            "FlateDecode" | "RunLengthDecode" | "ASCII85Decode" | "ASCIIHexDecode" | "DCTDecode"
            | "CCITTFaxDecode" => {}
            "LZWDecode" => judging.findings.add("FILE-09", "a stream is compressed with LZW"),
            "JBIG2Decode" | "JPXDecode" if judging.standard == Standard::X4 => {}
            other => judging.findings.add("FILE-10", format!("a stream has the filter {}", shown(other))),
        }
    }
    if dict.has("F") {
        judging.findings.add("FILE-08", "the data of a stream are in another file");
    }
    let kind = pdf.name(dict, "Subtype").unwrap_or_default();
    if kind == "PS" || pdf.name(dict, "Subtype2") == Some("PS") {
        judging.findings.add("XO-01", "there is a PostScript XObject");
    }
    if dict.has("OPI") {
        judging.findings.add("IMG-02", "a picture is to be swapped by OPI");
    }
    if kind == "Form" {
        if dict.has("Ref") {
            judging.findings.add("XO-02", "a form stands for a page of another file");
        }
        group(judging, dict, "a form");
    }
}

/// Transparency groups of pages and forms.
pub(super) fn group(judging: &mut Judging<'_>, of: &Dict, what: &str) {
    let pdf = judging.pdf;
    let Some(group) = pdf.dict(of, "Group").filter(|group| pdf.name(group, "S") == Some("Transparency"))
    else {
        return;
    };
    if judging.standard.is_x1a() {
        judging.findings.add("TR-04", format!("{what} is a transparency group"));
    } else if judging.intent.is("CMYK") && pdf.name(group, "CS") == Some("DeviceRGB") {
        judging.findings.add("TR-06", format!("{what} blends in DeviceRGB"));
    }
}

/// Kinds of action (PDF Reference 1.7, 8.5.3).
const ACTIONS: [&str; 18] = [
    "GoTo",
    "GoToR",
    "GoToE",
    "Launch",
    "Thread",
    "URI",
    "Sound",
    "Movie",
    "Hide",
    "Named",
    "SubmitForm",
    "ResetForm",
    "ImportData",
    "SetOCGState",
    "Rendition",
    "Trans",
    "GoTo3DView",
    "RichMediaExecute",
];

fn action_rules(judging: &mut Judging<'_>, dict: &Dict) {
    let pdf = judging.pdf;
    if dict.has("AA") {
        judging.findings.add("ACT-01", "an object has actions (AA)");
    }
    let kind = pdf.name(dict, "S").unwrap_or_default();
    if kind == "JavaScript" || dict.has("JS") {
        judging.findings.add("ACT-02", "there is a script");
    } else if ACTIONS.contains(&kind)
        // `S` means other things elsewhere; an action has one of these beside it.
        && (["D", "URI", "F", "N"].iter().any(|key| dict.has(key)) || pdf.name(dict, "Type") == Some("Action"))
    {
        judging.findings.add("ACT-01", format!("there is an action {kind}"));
    }
    if pdf.name(dict, "Type") == Some("Filespec") || dict.has("EF") {
        judging.findings.add("FILE-08", "there is a file specification");
    }
}
