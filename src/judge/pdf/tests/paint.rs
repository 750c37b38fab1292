//! What is painted: colour wherever it hides, transparency, pictures, operators, and newsprint.

use lopdf::{Dictionary, Object, Stream, dictionary};

use super::{Draft, check, numbers, profile};
use crate::judge::pdf::Standard::{self, X1a2003, X4};

/// Fails unless this content breaks these rules.
#[track_caller]
fn painted(content: &str, expected: &[&str]) {
    check(X1a2003, |draft| draft.paint(content), expected);
}

fn function(outputs: usize) -> Dictionary {
    dictionary! {
        "FunctionType" => 2, "N" => 1, "Domain" => numbers(&[0, 1]), "C0" => numbers(&vec![0; outputs]),
        "C1" => numbers(&vec![1; outputs]),
    }
}

fn separation(name: &str, base: &str, outputs: usize) -> Vec<Object> {
    vec!["Separation".into(), name.into(), base.into(), function(outputs).into()]
}

/// Fails unless an area in this colour space breaks these rules.
#[track_caller]
fn in_space(standard: Standard, space: Vec<Object>, colour: &str, expected: &[&str]) {
    let change = |draft: &mut Draft| {
        draft.resource("ColorSpace", "S", space);
        draft.paint(&format!("q /S cs {colour} scn 50 50 20 20 re f Q"));
    };
    check(standard, change, expected);
}

#[test]
fn colour() {
    painted("q 1 0 0 rg 50 50 20 20 re f Q", &["COL-01"]);
    check(X4, |draft| draft.paint("q 1 0 0 rg 50 50 20 20 re f Q"), &["COL-01"]);
    painted("q 0 0 0 2 k Q", &["COL-04"]);
    painted("q 0 0 1 k Q", &["COL-04"]);
    painted("/Vivid ri", &["COL-07"]);
    painted("q /None gs Q", &["COL-10"]);
    painted("q /None cs Q", &["COL-10"]);
    let lab = || vec!["Lab".into(), dictionary! { "WhitePoint" => numbers(&[1, 1, 1]) }.into()];
    in_space(X1a2003, lab(), "50 0 0", &["COL-02"]);
    in_space(X4, lab(), "50 0 0", &[]);
    let indexed = vec!["Indexed".into(), lab().into(), 0.into(), Object::string_literal("abc")];
    in_space(X1a2003, indexed, "0", &["COL-02"]);
    in_space(X1a2003, separation("Red", "DeviceRGB", 3), "1", &["COL-01", "COL-03", "NP-SPOT"]);
    in_space(X1a2003, separation("Red", "DeviceCMYK", 4), "1", &["NP-SPOT"]);
    in_space(X1a2003, separation("Black", "DeviceCMYK", 4), "1", &[]);
    in_space(X1a2003, separation("All", "DeviceCMYK", 4), "1", &["NP-ALL"]);
    let remap = |draft: &mut Draft| {
        draft.resource("ColorSpace", "DefaultCMYK", lab());
    };
    check(X1a2003, remap, &["COL-08"]);
}

#[test]
fn managed_colour() {
    let icc = |bytes: Vec<u8>, inks: i64, content: &'static str| {
        move |draft: &mut Draft| {
            let profile = draft.document.add_object(Stream::new(dictionary! { "N" => inks }, bytes));
            let space: Vec<Object> = vec!["ICCBased".into(), profile.into()];
            draft.resource("ColorSpace", "S", space);
            draft.paint(content);
        }
    };
    let area = "q /Off gs /S cs 0 0 0 1 scn 50 50 20 20 re f Q";
    check(X1a2003, icc(profile(b"prtr", b"CMYK", 2), 4, area), &["COL-02"]);
    check(X4, icc(profile(b"prtr", b"CMYK", 2), 4, area), &["COL-05"]);
    check(X4, icc(profile(b"prtr", b"CMYK", 4), 4, area), &[]);
    let over = "q /On gs /S cs 0 0 0 1 scn 50 50 20 20 re f Q";
    check(X4, icc(profile(b"prtr", b"CMYK", 4), 4, over), &["COL-06"]);
    check(X4, icc(profile(b"prtr", b"CMYK", 4), 3, "q /S cs 0 0 0 scn Q"), &["COL-09"]);
}

/// Adds a stream to the resources under a name.
fn add(draft: &mut Draft, kind: &str, dict: Dictionary, content: &str) {
    let stream = draft.document.add_object(Stream::new(dict, content.as_bytes().to_vec()));
    draft.resource(kind, "X", stream);
}

#[test]
fn colour_hides_in_forms_patterns_shadings_masks_and_notes() {
    let form = || dictionary! { "Subtype" => "Form", "BBox" => numbers(&[0, 0, 99, 99]) };
    let red = "1 0 0 rg 0 0 9 9 re f";
    let in_form = |draft: &mut Draft| {
        add(draft, "XObject", form(), red);
        draft.paint("q 1 0 0 1 50 50 cm /X Do Q");
    };
    check(X1a2003, in_form, &["COL-01"]);
    let in_pattern = |draft: &mut Draft| {
        let pattern = dictionary! {
            "PatternType" => 1, "PaintType" => 1, "TilingType" => 1, "BBox" => numbers(&[0, 0, 9, 9]),
            "XStep" => 9, "YStep" => 9, "Resources" => Dictionary::new(),
        };
        add(draft, "Pattern", pattern, red);
        draft.paint("q /Pattern cs /X scn 50 50 20 20 re f Q");
    };
    check(X1a2003, in_pattern, &["COL-01"]);
    let in_shading = |draft: &mut Draft| {
        let shading = dictionary! {
            "ShadingType" => 2, "ColorSpace" => "DeviceRGB", "Coords" => numbers(&[0, 0, 1, 1]),
            "Function" => function(3),
        };
        draft.resource("Shading", "X", shading);
        draft.paint("q /X sh Q");
    };
    check(X1a2003, in_shading, &["COL-01"]);
    let in_mask = |draft: &mut Draft| {
        let group = draft.document.add_object(Stream::new(form(), red.as_bytes().to_vec()));
        draft.resource(
            "ExtGState",
            "X",
            dictionary! { "SMask" => dictionary! { "S" => "Alpha", "G" => group } },
        );
        draft.paint("q /X gs Q");
    };
    check(X4, in_mask, &["COL-01"]);
    let in_note = |draft: &mut Draft| {
        let look = draft.document.add_object(Stream::new(form(), red.as_bytes().to_vec()));
        let note = dictionary! {
            "Subtype" => "PrinterMark", "Rect" => numbers(&[0, 0, 9, 9]), "AP" => dictionary! { "N" => look },
        };
        draft.dict(draft.page).set("Annots", vec![note.into()]);
    };
    check(X1a2003, in_note, &["COL-01"]);
    painted("q 10 0 0 10 50 50 cm BI /W 2 /H 2 /BPC 8 /CS /RGB ID xxxxxxxxxxxx\nEI Q", &["COL-01"]);
}

#[test]
fn transparency_and_states() {
    let state = |standard: Standard, state: Dictionary, expected: &[&str]| {
        let change = |draft: &mut Draft| {
            draft.resource("ExtGState", "X", state);
            draft.paint("q /X gs Q");
        };
        check(standard, change, expected);
    };
    state(X1a2003, dictionary! { "SMask" => dictionary! { "S" => "Alpha" } }, &["TR-01"]);
    state(X1a2003, dictionary! { "SMask" => "None", "ca" => 1, "BM" => "Normal" }, &[]);
    state(X1a2003, dictionary! { "ca" => 0.5 }, &["TR-02"]);
    state(X4, dictionary! { "ca" => 0.5, "BM" => "Multiply" }, &[]);
    state(X1a2003, dictionary! { "BM" => "Multiply" }, &["TR-03"]);
    state(X1a2003, dictionary! { "TR" => "Identity" }, &["GS-01"]);
    state(X1a2003, dictionary! { "TR2" => function(1) }, &["GS-02"]);
    state(X1a2003, dictionary! { "HTP" => numbers(&[0, 0]) }, &["GS-03"]);
    state(X1a2003, dictionary! { "HT" => dictionary! { "HalftoneType" => 6 } }, &["GS-04"]);
    let group = |space: &'static str| {
        move |draft: &mut Draft| {
            draft.dict(draft.page).set("Group", dictionary! { "S" => "Transparency", "CS" => space });
        }
    };
    check(X1a2003, group("DeviceCMYK"), &["TR-04"]);
    check(X4, group("DeviceCMYK"), &[]);
    check(X4, group("DeviceRGB"), &["TR-06"]);
    let mask = |draft: &mut Draft| {
        let image = draft.image;
        draft.dict(image).set("SMask", image);
    };
    check(X1a2003, mask, &["TR-05"]);
}

#[test]
fn pictures() {
    let set =
        |key: &'static str, value: Object| move |draft: &mut Draft| draft.dict(draft.image).set(key, value);
    let alternate = dictionary! { "DefaultForPrinting" => true };
    check(X1a2003, set("Alternates", vec![alternate.into()].into()), &["IMG-01"]);
    check(X1a2003, set("OPI", Dictionary::new().into()), &["IMG-02"]);
    check(X1a2003, set("BitsPerComponent", 16.into()), &["IMG-03", "IMG-04"]);
    check(X1a2003, |draft| draft.stream(draft.image).set_content(vec![0; 9]), &["IMG-04"]);
    check(X1a2003, set("Filter", "DCTDecode".into()), &["IMG-05"]);
    painted("q 20 0 0 20 50 50 cm /I Do Q", &["NP-PPI"]);
    painted("q 12 0 0 12 50 50 cm /I Do Q", &["NP-PPI-W"]);
    painted("q 3 0 0 3 50 50 cm /I Do Q", &["NP-PPI-HI"]);
    let mask = |draft: &mut Draft| {
        let dict = dictionary! { "Subtype" => "Image", "Width" => 16, "Height" => 16, "ImageMask" => true };
        add(draft, "XObject", dict, &"x".repeat(32));
        draft.paint("q /Off gs 0 0 0 1 k 8 0 0 8 50 50 cm /X Do Q");
    };
    check(X1a2003, mask, &["NP-PPI-1BIT"]);
}

#[test]
fn ink_of_pictures() {
    let with = |dark: usize| {
        move |draft: &mut Draft| {
            // 90 pixels to an inch and a quarter: one cell of 1/72 inch is one pixel.
            let mut data = vec![30; 90 * 90 * 4];
            for row in 0..dark {
                data[row * 360..][..dark * 4].fill(200);
            }
            let dict = dictionary! {
                "Subtype" => "Image", "Width" => 90, "Height" => 90, "BitsPerComponent" => 8,
                "ColorSpace" => "DeviceCMYK",
            };
            let image = draft.document.add_object(Stream::new(dict, data));
            draft.resource("XObject", "X", image);
            draft.paint("q 60 0 0 60 50 50 cm /X Do Q");
        }
    };
    check(X1a2003, with(0), &["NP-PPI-W"]);
    check(X1a2003, with(4), &["NP-PPI-W", "NP-TAC-P"]);
    check(X1a2003, with(30), &["NP-PPI-W", "NP-TAC-R"]);
    let inverted = |draft: &mut Draft| {
        with(0)(draft);
        let names = draft.dict(draft.resources).get(b"XObject").and_then(Object::as_dict).unwrap();
        let image = names.get(b"X").and_then(Object::as_reference).unwrap();
        draft.dict(image).set("Decode", numbers(&[1, 0, 1, 0, 1, 0, 1, 0]));
    };
    check(X1a2003, inverted, &["NP-PPI-W", "NP-TAC-R"]);
}

#[test]
fn operators() {
    painted("1 2 foo", &["OPS-01"]);
    painted("BX 1 2 foo EX", &["OPS-01"]);
    painted("50 50 re", &["OPS-01"]);
    painted("q q", &["OPS-02"]);
    painted("Q", &["OPS-02"]);
    painted("BT", &["OPS-02"]);
    painted(&format!("{}{}", "q ".repeat(29), "Q ".repeat(29)), &["OPS-02"]);
    painted("BI /W 2 /H 2 /CS /G /F /LZW ID xxxx\nEI", &["OPS-03"]);
    painted("(x) PS", &["XO-01"]);
    painted("/OC /L BDC EMC", &["OC-01"]);
    painted("[1 2", &["FILE-06"]);
}

#[test]
fn xobjects_of_other_worlds() {
    check(X1a2003, |draft| add(draft, "XObject", dictionary! { "Subtype" => "PS" }, "x"), &["XO-01"]);
    let reference = dictionary! { "Subtype" => "Form", "Ref" => dictionary! { "Page" => 0 } };
    check(X1a2003, |draft| add(draft, "XObject", reference, ""), &["XO-02"]);
}

/// Type at a size, in a colour, with overprint on.
fn type_at(size: &str, colour: &str) -> String {
    format!("q /On gs {colour} BT /F {size} Tf 50 150 Td <0001> Tj ET Q")
}

#[test]
fn text_on_newsprint() {
    painted(&type_at("5", "0 0 0 1 k"), &["NP-TXT-MIN"]);
    painted(&format!("q 0.5 0 0 0.5 0 0 cm {} Q", type_at("10", "0 0 0 1 k")), &["NP-TXT-MIN"]);
    painted("q /Off gs 0 0 0 0 k BT /F 7 Tf 50 150 Td <0001> Tj ET Q", &["NP-TXT-REV"]);
    painted(&type_at("9", "0.4 0.3 0.3 1 k"), &["NP-K-TEXT"]);
    painted(&type_at("12", "0.4 0.3 0.3 1 k"), &[]);
    painted(&type_at("9", "0.3 0.3 0.3 0 k"), &["NP-K-TEXT-C"]);
    painted(&type_at("9", "0 1 1 0 k"), &[]);
    painted("q /Off gs 0 0 0 1 k BT /F 9 Tf 50 150 Td <0001> Tj ET Q", &["NP-OVP-K"]);
    painted(&type_at("9", "0 g"), &["NP-OVP-GRAY"]);
    painted(&type_at("30", "0 0 0 0 k"), &["NP-OVP-WHITE"]);
    painted("BT 3 Tr /F 9 Tf 50 150 Td <0001> Tj ET", &["NP-INVIS"]);
    painted("q /On gs 0 0 0 1 k BT 2 Tr /F 9 Tf 50 150 Td <0001> Tj ET Q", &["NP-INVIS"]);
    painted("q /On gs 0 0 0 1 k BT /F 20 Tf 5 150 Td <0001> Tj ET Q", &["NP-SAFE"]);
    let old = |draft: &mut Draft| {
        draft.resource("ExtGState", "Old", dictionary! { "op" => true, "OPM" => 0 });
        draft.paint("q /Old gs 0 0 0 1 k BT /F 9 Tf 50 150 Td <0001> Tj ET Q");
    };
    check(X1a2003, old, &["NP-OVP-OPM"]);
    check(X1a2003, |draft| draft.content = "q 0 0 0 1 k 50 50 20 20 re f Q".to_owned(), &["NP-TEXT"]);
    check(X1a2003, |draft| draft.content = "q Q".to_owned(), &["NP-EMPTY"]);
}

#[test]
fn lines_and_ink_on_newsprint() {
    painted("0 0 0 1 K 0 w 50 50 m 90 50 l S", &["NP-LINE"]);
    painted("q 0.1 0 0 0.1 0 0 cm 0 0 0 1 K 1 w 500 500 m 900 500 l S Q", &["NP-LINE"]);
    painted("0 0 0 1 k 50 50 90 0.1 re f", &["NP-LINE"]);
    painted("0 1 1 0 K 0.3 w 50 50 m 90 50 l S", &["NP-LINE-MC"]);
    painted("0.8 0.8 0.8 0.8 k 50 50 5 5 re f", &["NP-TAC-V"]);
    painted("0.8 0.8 0.8 0.8 k 50 50 50 50 re f", &["NP-TAC-R", "NP-TAC-V"]);
    painted("0.8 0.8 0.8 0.8 k 0 0 8 8 re f", &[]);
    let stack = |over: &str| format!("q /Off gs 1 0.8 0 0 k 50 50 50 50 re f {over} Q");
    painted(&stack("/On gs 0 0 0 1 k 50 50 50 50 re f"), &["NP-TAC-R"]);
    painted(&stack("/On gs 0 0 0 1 k 50 50 5 5 re f"), &["NP-TAC-P"]);
    painted(&stack("/Off gs 0 0 0 1 k 50 50 50 50 re f"), &[]);
    painted(&stack("/On gs 0 0 0 1 k BT /F 9 Tf 60 60 Td <0001> Tj ET"), &["NP-TAC-P"]);
    painted(&stack("/Off gs 0 0 0 1 k 50 50 50 50 re f /On gs BT /F 9 Tf 60 60 Td <0001> Tj ET"), &[]);
}
