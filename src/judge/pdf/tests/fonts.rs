//! Fonts: embedded, of one name, with the glyphs and widths that text asks for.

use lopdf::{Dictionary, Object, Stream, dictionary};

use super::{CFF, Draft, TRUE_TYPE, check, numbers};
use crate::judge::pdf::Standard::{X1a2003, X4};
use crate::judge::pdf::type1::tests::program;

/// The draft with a CID-keyed CFF program instead of a TrueType one.
fn with_cff(draft: &mut Draft) {
    let cut = &*CFF;
    let program = Stream::new(dictionary! { "Subtype" => "CIDFontType0C" }, cut.program.clone());
    let program = draft.document.add_object(program);
    drop(draft.dict(draft.descriptor).remove(b"FontFile2"));
    draft.dict(draft.descriptor).set("FontFile3", program);
    draft.dict(draft.cid_font).set("Subtype", "CIDFontType0");
    drop(draft.dict(draft.cid_font).remove(b"CIDToGIDMap"));
    let widths: Vec<Object> = vec![1.into(), Object::Array(numbers(&cut.widths))];
    draft.dict(draft.cid_font).set("W", widths);
}

const SHOW: &str = " q /On gs 0 0 0 1 k BT /F 9 Tf 50 150 Td <";

#[test]
fn a_cff_font_is_as_good() {
    check(X1a2003, with_cff, &[]);
    let off = |draft: &mut Draft| {
        with_cff(draft);
        let widths: Vec<Object> = vec![1.into(), Object::Array(numbers(&[CFF.widths[0] + 2, CFF.widths[1]]))];
        draft.dict(draft.cid_font).set("W", widths);
    };
    check(X1a2003, off, &["FONT-04"]);
    let missing = |draft: &mut Draft| {
        with_cff(draft);
        draft.paint(&format!("{SHOW}0009> Tj ET Q"));
    };
    check(X1a2003, missing, &["FONT-03", "FONT-09"]);
}

#[test]
fn programs() {
    check(X1a2003, |draft| drop(draft.dict(draft.descriptor).remove(b"FontFile2")), &["FONT-01"]);
    check(X1a2003, |draft| drop(draft.dict(draft.cid_font).remove(b"FontDescriptor")), &["FONT-01"]);
    let as_cff = |draft: &mut Draft| {
        drop(draft.dict(draft.descriptor).remove(b"FontFile2"));
        let program = draft.program;
        draft.dict(draft.descriptor).set("FontFile3", program);
        draft.dict(draft.program).set("Subtype", "CIDFontType0C");
    };
    check(X1a2003, as_cff, &["FONT-02", "FONT-14"]);
    let open_type = |draft: &mut Draft| {
        as_cff(draft);
        draft.dict(draft.program).set("Subtype", "OpenType");
    };
    check(X1a2003, open_type, &["FONT-13"]);
    check(X4, open_type, &[]);
    check(X1a2003, |draft| draft.stream(draft.program).set_content(vec![0; 40]), &["FONT-14"]);
}

#[test]
fn descriptions() {
    check(X1a2003, |draft| drop(draft.dict(draft.cid_font).remove(b"CIDToGIDMap")), &["FONT-05"]);
    let set = |draft: &mut Draft| {
        let set = draft.document.add_object(Stream::new(Dictionary::new(), vec![0b1010_0000]));
        draft.dict(draft.descriptor).set("CIDSet", set);
    };
    check(X1a2003, set, &["FONT-06"]);
    check(X1a2003, |draft| draft.dict(draft.font).set("Encoding", "GBK-EUC-H"), &["FONT-07", "NOT-READ"]);
    check(X1a2003, |draft| draft.dict(draft.font).set("Encoding", "My-CMap-H"), &["FONT-08"]);
    check(X1a2003, |draft| drop(draft.dict(draft.font).remove(b"ToUnicode")), &["FONT-09"]);
    check(X1a2003, |draft| drop(draft.dict(draft.descriptor).remove(b"StemV")), &["FONT-15"]);
    check(X1a2003, |draft| draft.dict(draft.descriptor).set("FontName", "ABCDEF+Other"), &["FONT-16"]);
    let rename = |name: &'static str| {
        move |draft: &mut Draft| {
            for id in [draft.font, draft.cid_font] {
                draft.dict(id).set("BaseFont", name);
            }
            draft.dict(draft.descriptor).set("FontName", name);
        }
    };
    check(X1a2003, rename("Test"), &["FONT-12"]);
    check(X1a2003, rename("ABCDEF+Courier"), &["NP-COURIER"]);
}

#[test]
fn glyphs_and_widths() {
    check(X1a2003, |draft| draft.paint(&format!("{SHOW}0009> Tj ET Q")), &["FONT-03", "FONT-09"]);
    check(X1a2003, |draft| draft.paint(&format!("{SHOW}0000> Tj ET Q")), &["FONT-09", "FONT-10"]);
    check(X1a2003, |draft| drop(draft.dict(draft.cid_font).remove(b"W")), &["FONT-04"]);
    let cut = &*TRUE_TYPE;
    let range: Vec<Object> = numbers(&[1, 1, cut.widths[0], 2, 2, cut.widths[1] + 5]);
    check(X1a2003, |draft| draft.dict(draft.cid_font).set("W", range), &["FONT-04"]);
    let mapped = |draft: &mut Draft| {
        let map = draft.document.add_object(Stream::new(Dictionary::new(), vec![0, 0, 0, 1, 0, 99]));
        draft.dict(draft.cid_font).set("CIDToGIDMap", map);
    };
    check(X1a2003, mapped, &["FONT-03"]);
}

/// The draft with a line in a Type 1 font, shown with these codes.
fn with_type_1(draft: &mut Draft, program: Vec<u8>, shown: &str, encoding: Object) {
    let program = draft.document.add_object(Stream::new(Dictionary::new(), program));
    let descriptor = draft.document.add_object(dictionary! {
        "Type" => "FontDescriptor", "FontName" => "ABCDEF+One", "Flags" => 32, "ItalicAngle" => 0,
        "FontBBox" => numbers(&[0, 0, 1000, 1000]), "Ascent" => 800, "Descent" => -200,
        "CapHeight" => 700, "StemV" => 80, "FontFile" => program,
    });
    let font = draft.document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "ABCDEF+One", "FontDescriptor" => descriptor,
        "FirstChar" => 65, "LastChar" => 67, "Widths" => numbers(&[500, 500, 500]), "Encoding" => encoding,
    });
    draft.resource("Font", "One", font);
    draft.paint(&format!(" q /On gs 0 0 0 1 k BT /One 9 Tf 50 150 Td <{shown}> Tj ET Q"));
}

#[test]
fn a_type_1_font_is_asked_for_its_glyphs_and_widths() {
    let win_ansi = || Object::from("WinAnsiEncoding");
    for form in ["binary", "hexadecimal"] {
        check(X1a2003, |draft| with_type_1(draft, program(form), "4142", win_ansi()), &[]);
    }
    let shown = |codes: &'static str, encoding: Object, expected: &[&str]| {
        check(X1a2003, |draft| with_type_1(draft, program("binary"), codes, encoding), expected);
    };
    shown("4143", win_ansi(), &["FONT-03"]);
    let named = |name: &str| {
        Object::from(dictionary! { "Differences" => Object::Array(vec![67.into(), Object::from(name)]) })
    };
    // A is 500 wide in the program as well; the box for missing characters is 250.
    shown("43", named("A"), &[]);
    shown("43", named(".notdef"), &["FONT-10"]);
    // Its own encoding has A at 33 and B at 34, for which the PDF has no widths.
    shown("21", Object::Null, &["FONT-04"]);
    shown("41", Object::Null, &["FONT-03"]);
    let wide = |draft: &mut Draft| {
        with_type_1(draft, program("binary"), "41", win_ansi());
        let id = draft.document.max_id;
        draft.dict((id, 0)).set("Widths", numbers(&[502, 500, 500]));
    };
    check(X1a2003, wide, &["FONT-04"]);
    let cut = |draft: &mut Draft| {
        with_type_1(draft, program("binary")[..300].to_vec(), "41", win_ansi());
    };
    check(X1a2003, cut, &["FONT-14"]);
}

#[test]
fn glyphs_behind_a_table_that_is_not_carried_are_told() {
    let behind_a_table = |draft: &mut Draft| {
        draft.dict(draft.font).set("Encoding", "UniGB-UCS2-H");
        let collection = dictionary! {
            "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal("GB1"),
            "Supplement" => 0,
        };
        draft.dict(draft.cid_font).set("CIDSystemInfo", collection);
    };
    check(X1a2003, behind_a_table, &["NOT-READ"]);
}

#[test]
fn type_3_glyphs_are_content() {
    let type_3 = |draft: &mut Draft| {
        let glyph = b"1000 0 d0 1 0 0 rg 0 0 700 700 re f".to_vec();
        let glyph = draft.document.add_object(Stream::new(Dictionary::new(), glyph));
        let differences: Vec<Object> = vec![65.into(), "a".into()];
        let font = dictionary! {
            "Type" => "Font", "Subtype" => "Type3", "FontBBox" => numbers(&[0, 0, 1000, 1000]),
            "FontMatrix" => vec![0.001.into(), 0.into(), 0.into(), 0.001.into(), 0.into(), 0.into()],
            "FirstChar" => 65, "LastChar" => 65, "Widths" => numbers(&[1000]),
            "Encoding" => dictionary! { "Differences" => differences },
            "CharProcs" => dictionary! { "a" => glyph }, "Resources" => Dictionary::new(),
        };
        draft.resource("Font", "T", font);
        draft.paint("q /On gs 0 0 0 1 k BT /T 9 Tf 50 150 Td (A) Tj ET Q");
    };
    check(X1a2003, type_3, &["COL-01", "FONT-11"]);
}
