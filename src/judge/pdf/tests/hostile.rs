//! Files that mean harm, and files that came to harm: each answered, within bounds, without a panic.

use std::cell::Cell;

use arbtest::arbitrary::Unstructured;
use arbtest::arbtest;
use lopdf::{Dictionary, Object, Stream, dictionary};

use super::{Draft, numbers};
use crate::judge::pdf::Standard::{X1a2003, X4};
use crate::judge::pdf::bounds::{MOST_STEPS, Work};
use crate::judge::pdf::{Finding, Limits, is_refused, judge, within};

/// How many spoiled files are tried; the same ones on every run.
const CASES: u64 = 1_000;

/// Fails unless the file is refused with one finding that says this.
#[track_caller]
fn refused(bytes: &[u8], rule: &str, says: &str) {
    refusal(&judge(bytes, X4, &Limits::default()), rule, says);
}

#[track_caller]
fn refusal(findings: &[Finding], rule: &str, says: &str) {
    assert!(is_refused(findings), "{findings:#?}");
    let finding = findings.iter().find(|finding| finding.refused).expect("it is refused");
    assert_eq!(finding.rule.0, rule);
    assert!(finding.message.contains(says), "{finding:#?}");
}

/// A file of these objects, whose numbers count from 1; the first is the catalog.
fn file(objects: &[&str], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(objects) {
        table += &format!("{:010} 00000 n \n", bytes.len());
        bytes.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let start = bytes.len();
    let size = objects.len() + 1;
    table += &format!("trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n");
    bytes.extend(table.bytes());
    bytes
}

const CATALOG: &str = "<< /Type /Catalog /Pages 2 0 R >>";
const PAGES: &str = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>";

#[test]
fn not_a_pdf() {
    refused(b"", "FILE-06", "it is no PDF");
    refused(b"GIF89a", "FILE-06", "it is no PDF");
    refused(b"%PDF-1.4\n", "FILE-06", "`startxref` is missing");
    refused(b"%PDF-1.4\nstartxref\n99999\n%%EOF", "FILE-06", "leads outside the file");
}

#[test]
fn broken_cross_references() {
    let good = String::from_utf8_lossy(&file(&[CATALOG, PAGES], "")).into_owned();
    let broken = |from: &str, to: &str| good.replace(from, to).into_bytes();
    refused(&broken("0 3\n", "0 9999999\n"), "FILE-06", "fewer lines than it says");
    refused(&broken("/Size 3", "/Size 3 /Prev -1"), "FILE-06", "`Prev` leads nowhere");
    let start = good.find("xref").expect("it has one");
    refused(&broken("/Size 3", &format!("/Size 3 /Prev {start}")), "FILE-06", "leads back to itself");
    refused(&broken("/Root 1 0 R", ""), "FILE-06", "no catalog");
    let wide =
        "1 0 obj\n<< /Type /XRef /Size 9 /W [9999999999 0 0] /Length 0 >>\nstream\n\nendstream\nendobj\n";
    let stream = |object: &str| format!("%PDF-1.5\n{object}startxref\n9\n%%EOF").into_bytes();
    refused(&stream(wide), "FILE-06", "`W` is not three small numbers");
    let no_width = wide.replace("[9999999999 0 0]", "[0 0 0]").replace("/Size 9", "/Size 4294967295");
    refused(&stream(&no_width), "FILE-06", "have no width");
}

#[test]
fn encrypted() {
    refused(&file(&[CATALOG, PAGES], "/Encrypt << /Filter /Standard >>"), "FILE-02", "encrypted");
}

#[test]
fn references_that_go_round() {
    refused(&file(&["1 0 R"], ""), "FILE-06", "no catalog");
    refused(&file(&[CATALOG, "<< /Kids [2 0 R] >>"], ""), "FILE-06", "leads back to itself");
    refused(&file(&[CATALOG, "<< /Kids [] >>"], ""), "FILE-06", "it has no page");
}

#[test]
fn nesting_without_end() {
    for (open, close) in [("[", "]"), ("<< /A ", ">>")] {
        let deep = format!("{}0{}", open.repeat(100_000), close.repeat(100_000));
        refused(&file(&[CATALOG, PAGES, &deep], ""), "FILE-06", "deep in one another");
    }
    let deep = format!("({}{})", "(".repeat(1_000_000), ")".repeat(1_000_000));
    refused(&file(&[CATALOG, "<< /Kids [] >>", &deep], ""), "FILE-06", "it has no page");
}

#[test]
fn lengths_that_lie() {
    let stream = |length: &str| format!("<< /Length {length} >>\nstream\nabc\nendstream");
    for length in ["2", "99999999", "-1", "4 0 R", "3 0 R"] {
        let bytes = file(&[CATALOG, PAGES, &stream(length), &stream(length)], "");
        refused(&bytes, "FILE-06", "is not where it ends");
    }
}

#[test]
fn streams_inside_one_another() {
    let inner = "4 0 obj\n<< /Length 1 >>\nstream\nx\nendstream\nendobj\n";
    let outer = format!("<< /Length {} >>\nstream\n{inner}\nendstream", inner.len());
    let text = String::from_utf8_lossy(&file(&[CATALOG, PAGES, &outer, "null"], "")).into_owned();
    let real = text.rfind("4 0 obj").expect("it is there");
    let false_one = text.find("4 0 obj").expect("it is there");
    let text = text.replace(&format!("{real:010}"), &format!("{false_one:010}"));
    refused(text.as_bytes(), "FILE-06", "lies inside stream");
}

#[test]
fn a_bomb_in_a_page() {
    let mut draft = Draft::new(X4);
    // Two bytes that stand for 128, two and a half million times.
    let runs = [129, b' '].repeat(2_500_000);
    let dict = dictionary! { "Subtype" => "Image", "Width" => 1, "Height" => 1, "Filter" => "RunLengthDecode",
    "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8 };
    let bomb = draft.document.add_object(Stream::new(dict, runs));
    draft.resource("XObject", "X", bomb);
    draft.paint("/X Do");
    refused(&draft.save(), "FILE-06", "more than any page holds");
}

/// Forms that paint one another twice each: two to the fourteenth runs of the last.
#[test]
fn forms_that_multiply() {
    let mut draft = Draft::new(X4);
    let mut inner = None;
    for level in 0..14 {
        let content = if level == 0 { "0 0 1 1 re f ".repeat(2_000) } else { "/X Do ".repeat(6) };
        let mut dict = dictionary! { "Subtype" => "Form", "BBox" => numbers(&[0, 0, 1, 1]) };
        if let Some(inner) = inner {
            dict.set(
                "Resources",
                dictionary! { "XObject" => dictionary! { "X" => Object::Reference(inner) } },
            );
        }
        inner = Some(draft.document.add_object(Stream::new(dict, content.into_bytes())));
    }
    draft.resource("XObject", "X", inner.expect("there are some"));
    draft.paint("/X Do");
    let mut work = Work::default();
    work.spend(MOST_STEPS - 500_000).expect("there is some left");
    refusal(&within(work, &draft.save(), X4, &Limits::default()), "FILE-06", "steps");
}

#[test]
fn a_form_that_paints_itself() {
    let mut draft = Draft::new(X4);
    let form = draft.document.new_object_id();
    let resources = dictionary! { "XObject" => dictionary! { "X" => form } };
    let dict =
        dictionary! { "Subtype" => "Form", "BBox" => numbers(&[0, 0, 1, 1]), "Resources" => resources };
    draft.document.objects.insert(form, Stream::new(dict, b"/X Do".to_vec()).into());
    draft.resource("XObject", "X", form);
    draft.paint("/X Do");
    assert!(!is_refused(&judge(&draft.save(), X4, &Limits::default())), "it ends by itself");
}

#[test]
fn states_without_end() {
    let mut draft = Draft::new(X4);
    draft.paint(&"q ".repeat(100_000));
    refused(&draft.save(), "FILE-06", "q is nested");
}

/// Whatever happens to a file, there is an answer. The same files on every run.
#[test]
fn spoiled_files_are_answered() {
    let good: Vec<Vec<u8>> = [X1a2003, X4].into_iter().map(|standard| Draft::new(standard).save()).collect();
    let (read, unread) = (Cell::new(0_u32), Cell::new(0_u32));
    let spoil = |u: &mut Unstructured<'_>| {
        let mut bytes = u.choose(&good)?.clone();
        for _ in 0..u.int_in_range(1..=6)? {
            let at = u.choose_index(bytes.len())?;
            match u.int_in_range(0..=4)? {
                0 => bytes[at] = u.arbitrary()?,
                1 => bytes[at] ^= 1 << u.int_in_range(0..=7)?,
                2 => bytes.truncate(at + 1),
                3 => drop(bytes.drain(at..(at + 1 + u.choose_index(20)?).min(bytes.len()))),
                _ => {
                    const PIECES: [&[u8]; 8] =
                        [b"[", b"<<", b"(", b" 99999999999 ", b"-1", b"1 0 R", b"/", b"stream\n"];
                    let piece = *u.choose(&PIECES)?;
                    bytes.splice(at..at, piece.iter().copied());
                }
            }
            if bytes.is_empty() {
                break;
            }
        }
        let counted = if is_refused(&judge(&bytes, X1a2003, &Limits::default())) { &unread } else { &read };
        counted.set(counted.get() + 1);
        Ok(())
    };
    (0..CASES).for_each(|case| arbtest(&spoil).seed(case << 32 | 256).run());
    let counts = (read.get(), unread.get());
    assert!(counts.0 > 100 && counts.1 > 100, "both happened: {counts:?}");
}

/// Content that is no content: operators, operands and names thrown together.
#[test]
fn spoiled_content_is_answered() {
    const WORDS: [&str; 44] = [
        "q", "Q", "cm", "w", "gs", "g", "k", "rg", "cs", "CS", "sc", "scn", "SCN", "sh", "Do", "BT", "ET",
        "Tf", "Tj", "TJ", "Td", "Tm", "Tr", "Tz", "re", "m", "l", "c", "f", "S", "B", "n", "BI", "ID", "EI",
        "/F", "/I", "/On", "/Pattern", "[1 (a)]", "<0001>", "(", "<<", "]",
    ];
    let spoil = |u: &mut Unstructured<'_>| {
        let mut draft = Draft::new(X4);
        for _ in 0..u.int_in_range(1..=40)? {
            for _ in 0..u.int_in_range(0..=6)? {
                let number: i16 = u.arbitrary()?;
                draft.paint(&format!(" {}", f64::from(number) / 7.0));
            }
            draft.paint(&format!(" {}", u.choose(&WORDS)?));
        }
        judge(&draft.save(), X4, &Limits::default());
        Ok(())
    };
    (0..CASES).for_each(|case| arbtest(&spoil).seed(case << 32 | 1_024).run());
}

#[test]
fn what_a_picture_says_may_be_anything() {
    let values = || -> [Object; 6] {
        let pair = numbers(&[0, i64::MIN]);
        [i64::MAX.into(), (-1).into(), Object::Null, Dictionary::new().into(), pair.into(), "Indexed".into()]
    };
    for key in ["Width", "Height", "BitsPerComponent", "ColorSpace", "Filter", "DecodeParms", "Decode"] {
        for value in values() {
            let mut draft = Draft::new(X4);
            draft.dict(draft.image).set(key, value);
            judge(&draft.save(), X4, &Limits::default());
        }
    }
}
