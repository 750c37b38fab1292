//! The file, its metadata, its output intent, its boxes, and what it does beside lying still.

use lopdf::{Dictionary, Object, Stream, dictionary};

use super::{Draft, broken, check, numbers, profile};
use crate::judge::pdf::Standard::{X1a2001, X1a2003, X4};
use crate::judge::pdf::{Limits, judge};
use crate::unit::Len;

fn text(value: &str) -> Object {
    Object::string_literal(value)
}

fn action(kind: &str) -> Dictionary {
    dictionary! { "S" => kind, "URI" => text("u"), "JS" => text("1") }
}

#[test]
fn file() {
    check(X1a2003, |draft| draft.document.version = "1.7".to_owned(), &["FILE-01"]);
    check(X1a2003, |draft| draft.dict(draft.catalog).set("Version", "1.5"), &["FILE-01"]);
    check(X1a2003, |draft| drop(draft.document.trailer.remove(b"ID")), &["FILE-03"]);
    check(X1a2003, |draft| draft.dict(draft.image).set("F", text("x")), &["FILE-08"]);
    let lzw = |draft: &mut Draft| draft.dict(draft.image).set("Filter", "LZWDecode");
    check(X1a2003, lzw, &["FILE-09", "IMG-04"]);
    let jpx = |draft: &mut Draft| draft.dict(draft.image).set("Filter", "JPXDecode");
    check(X1a2003, jpx, &["FILE-10", "NOT-READ"]);
    check(X4, jpx, &["NOT-READ"]);
    let names = |draft: &mut Draft| {
        draft.dict(draft.catalog).set("Names", dictionary! { "EmbeddedFiles" => Dictionary::new() });
    };
    check(X1a2003, names, &["FILE-11"]);
}

#[test]
fn bytes_around_the_objects() {
    let good = Draft::new(X1a2003).save();
    let with = |tail: &[u8]| [&good[..], tail].concat();
    assert_eq!(broken(&with(b"junk"), X1a2003), ["FILE-07"]);
    assert_eq!(broken(&with(b"\n"), X1a2003), Vec::<&str>::new());
    let mut plain = good.clone();
    let mark = plain.iter().position(|byte| *byte > 127).unwrap();
    plain[mark] = b' ';
    assert_eq!(broken(&plain, X1a2003), ["FILE-05"]);
    let shifted = [b"X-Mail: yes\n", &good[..]].concat();
    assert_eq!(broken(&shifted, X1a2003), ["FILE-01", "FILE-05"], "offsets count from the header");
}

#[test]
fn packed_objects_are_read() {
    let mut bytes = Vec::new();
    let mut draft = Draft::new(X4);
    let content = std::mem::take(&mut draft.content).into_bytes();
    let content = draft.document.add_object(Stream::new(Dictionary::new(), content));
    draft.dict(draft.page).set("Contents", content);
    let options = lopdf::SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
    draft.document.save_with_options(&mut bytes, options).unwrap();
    assert!(bytes.windows(6).any(|window| window == b"ObjStm"), "objects were packed");
    assert_eq!(broken(&bytes, X4), Vec::<&str>::new());
    assert!(broken(&bytes, X1a2003).contains(&"FILE-04"));
}

#[test]
fn metadata() {
    let set =
        |key: &'static str, value: Object| move |draft: &mut Draft| draft.dict(draft.info).set(key, value);
    let lacks =
        |key: &'static str| move |draft: &mut Draft| drop(draft.dict(draft.info).remove(key.as_bytes()));
    check(X1a2003, set("GTS_PDFXVersion", text("PDF/X-3:2003")), &["META-01"]);
    check(X1a2001, lacks("GTS_PDFXConformance"), &["META-02"]);
    check(X1a2003, lacks("Title"), &["META-03"]);
    check(X4, lacks("Title"), &[]);
    check(X1a2003, set("CreationDate", text("2026-01-01")), &["META-04"]);
    check(X1a2003, lacks("ModDate"), &["META-05"]);
    check(X1a2003, set("Trapped", text("False")), &["META-06"]);
    check(X1a2003, set("Trapped", "Unknown".into()), &["META-06"]);
    check(X1a2003, lacks("Producer"), &["META-07"]);
    check(X4, set("Title", text("B02")), &["META-10"]);
    check(X4, set("ModDate", text("D:20260102000000Z")), &["META-10"]);
    check(X4, |draft| drop(draft.dict(draft.catalog).remove(b"Metadata")), &["META-01", "META-08"]);
    let cut = |draft: &mut Draft| {
        let metadata = draft.dict(draft.catalog).get(b"Metadata").and_then(Object::as_reference).unwrap();
        let text = String::from_utf8(draft.stream(metadata).content.clone()).unwrap();
        draft.stream(metadata).set_content(text.replace("VersionID", "VersionIX").into_bytes());
    };
    check(X4, cut, &["META-09"]);
}

#[test]
fn output_intent() {
    let set =
        |key: &'static str, value: Object| move |draft: &mut Draft| draft.dict(draft.intent).set(key, value);
    let lacks =
        |key: &'static str| move |draft: &mut Draft| drop(draft.dict(draft.intent).remove(key.as_bytes()));
    check(X1a2003, set("S", "GTS_PDFA1".into()), &["OI-01"]);
    check(X1a2003, lacks("OutputConditionIdentifier"), &["OI-02"]);
    check(X1a2003, lacks("DestOutputProfile"), &["OI-03"]);
    check(X1a2003, lacks("Info"), &["OI-04"]);
    check(X1a2003, lacks("OutputCondition"), &["OI-11"]);
    check(X1a2003, set("DestOutputProfileRef", Dictionary::new().into()), &["OI-09"]);
    let with = |bytes: Vec<u8>| move |draft: &mut Draft| draft.stream(draft.profile).set_content(bytes);
    check(X1a2003, with(profile(b"mntr", b"CMYK", 2)), &["OI-05"]);
    check(X1a2003, with(profile(b"prtr", b"CMYK", 2)[1..].to_vec()), &["OI-05"]);
    check(X1a2003, with(profile(b"prtr", b"RGB ", 2)), &["OI-06", "OI-07"]);
    check(X1a2003, with(profile(b"prtr", b"CMYK", 4)), &["OI-08"]);
    check(X4, with(profile(b"prtr", b"CMYK", 4)), &[]);
    let registered = |draft: &mut Draft| {
        lacks("DestOutputProfile")(draft);
        draft.dict(draft.intent).set("RegistryName", text("http://www.color.org"));
    };
    check(X1a2003, registered, &[]);
    check(X4, registered, &["OI-03"]);
    let second = |draft: &mut Draft| {
        let profile =
            draft.document.add_object(Stream::new(dictionary! { "N" => 4 }, profile(b"prtr", b"CMYK", 2)));
        let other = dictionary! { "S" => "GTS_PDFA1", "DestOutputProfile" => profile };
        let both: Vec<Object> = vec![draft.intent.into(), other.into()];
        draft.dict(draft.catalog).set("OutputIntents", both);
    };
    check(X1a2003, second, &["OI-10"]);
}

#[test]
fn boxes() {
    let set = |key: &'static str, value: &[i64]| {
        let value = numbers(value);
        move |draft: &mut Draft| draft.dict(draft.page).set(key, value)
    };
    check(X1a2003, set("MediaBox", &[0, 0, 0, 0]), &["BOX-01"]);
    check(X1a2003, |draft| drop(draft.dict(draft.page).remove(b"TrimBox")), &["BOX-02"]);
    check(X1a2003, set("ArtBox", &[10, 10, 210, 310]), &["BOX-02"]);
    check(X1a2003, set("BleedBox", &[1, 1, 219, 321]), &["BOX-03"]);
    check(X1a2003, set("CropBox", &[1, 1, 219, 319]), &["BOX-05"]);
    check(X1a2003, set("BleedBox", &[8, 8, 212, 312]), &["NP-BLEED"]);
    check(X1a2003, set("BleedBox", &[10, 10, 210, 310]), &[]);
    let unit = |draft: &mut Draft| draft.dict(draft.page).set("UserUnit", 2);
    check(X1a2003, unit, &["BOX-04"]);
    check(X4, unit, &["BOX-04"]);
    let second = |draft: &mut Draft| {
        let mut page = draft.dict(draft.page).clone();
        page.set("TrimBox", numbers(&[20, 20, 200, 300]));
        let content = draft.document.add_object(Stream::new(Dictionary::new(), Vec::new()));
        page.set("Contents", content);
        let page = draft.document.add_object(page);
        let pages = draft.dict(draft.catalog).get(b"Pages").and_then(Object::as_reference).unwrap();
        let both: Vec<Object> = vec![draft.page.into(), page.into()];
        draft.dict(pages).set("Kids", both);
    };
    check(X1a2003, second, &["NP-EMPTY", "NP-PAGES"]);
}

#[test]
fn size_as_ordered() {
    let bytes = Draft::new(X1a2003).save();
    let rules = |trim| -> Vec<_> {
        let limits = Limits { trim: Some(trim), ..Limits::default() };
        judge(&bytes, X1a2003, &limits).iter().map(|finding| finding.rule.0).collect()
    };
    assert_eq!(rules((Len::pt(200), Len::pt(300))), Vec::<&str>::new());
    assert_eq!(rules((Len::pt(200), Len::pt(301))), ["NP-TRIM"]);
}

#[test]
fn what_a_printed_file_must_not_do() {
    let set = |key: &'static str, value: Dictionary| {
        move |draft: &mut Draft| draft.dict(draft.catalog).set(key, value)
    };
    check(X1a2003, set("OpenAction", dictionary! { "S" => "GoTo", "D" => numbers(&[0]) }), &["ACT-01"]);
    check(X1a2003, set("OpenAction", action("JavaScript")), &["ACT-01", "ACT-02"]);
    check(X1a2003, set("AcroForm", dictionary! { "Fields" => numbers(&[0]) }), &["ACT-04"]);
    check(X1a2003, set("ViewerPreferences", dictionary! { "PrintArea" => "TrimBox" }), &["VP-01"]);
    check(X1a2003, set("ViewerPreferences", dictionary! { "PrintArea" => "BleedBox" }), &[]);
    let layers = |default: Dictionary| set("OCProperties", dictionary! { "D" => default });
    check(X1a2003, layers(dictionary! { "Name" => text("n") }), &["OC-01"]);
    check(X4, layers(dictionary! { "Name" => text("n") }), &[]);
    check(X4, layers(dictionary! { "AS" => numbers(&[]) }), &["OC-02"]);
    let note = |kind: &'static str, place: [i64; 4]| {
        move |draft: &mut Draft| {
            let note = dictionary! { "Subtype" => kind, "Rect" => numbers(&place) };
            draft.dict(draft.page).set("Annots", vec![note.into()]);
        }
    };
    check(X1a2003, note("Link", [20, 20, 40, 40]), &["ACT-03"]);
    check(X1a2003, note("PrinterMark", [20, 20, 40, 40]), &["ACT-03"]);
    check(X1a2003, note("PrinterMark", [0, 0, 9, 9]), &[]);
    check(X1a2001, note("PrinterMark", [0, 0, 9, 9]), &["ACT-03"]);
    check(X1a2003, note("TrapNet", [20, 20, 40, 40]), &["META-11"]);
    check(X1a2003, |draft| draft.dict(draft.page).set("SeparationInfo", Dictionary::new()), &["SEP-01"]);
}
