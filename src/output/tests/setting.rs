//! Type: font dictionaries, pen positions, and the text that readers get.

use std::collections::BTreeMap;

use super::*;

/// The one descendant of a font, and the font.
fn font<'a>(document: &'a Document, name: &str) -> (&'a Dictionary, &'a Dictionary) {
    let font = resource(document, 0, "Font").get_deref(name.as_bytes(), document);
    let font = font.and_then(Object::as_dict).expect(name);
    let descendants = font.get(b"DescendantFonts").and_then(Object::as_array).expect("descendants");
    (font, descendants[0].as_dict().expect("a dictionary"))
}

fn name_of<'a>(dictionary: &'a Dictionary, key: &str) -> &'a str {
    let name = dictionary.get(key.as_bytes()).and_then(Object::as_name).expect(key);
    std::str::from_utf8(name).expect("ASCII")
}

/// Advances of a font's codes, from its widths array.
fn widths(document: &Document, name: &str) -> Vec<i64> {
    let descendant = font(document, name).1;
    let number = |object: &Object| object.as_i64().expect("a whole number");
    let map = stream(document, font(document, name).0.get(b"ToUnicode").expect("a map"));
    let codes = String::from_utf8(map).expect("ASCII").lines().filter(|line| line.contains("> <")).count();
    let mut all = vec![number(descendant.get(b"DW").expect("the usual width")); codes];
    for run in descendant.get(b"W").and_then(Object::as_array).expect("widths").chunks_exact(2) {
        let first = usize::try_from(number(&run[0])).expect("a code");
        for (code, width) in (first..).zip(run[1].as_array().expect("widths")) {
            all[code] = number(width);
        }
    }
    all
}

/// What readers are told a code of a font means.
fn meaning(document: &Document, name: &str, code: usize) -> String {
    let map = stream(document, font(document, name).0.get(b"ToUnicode").expect("a map"));
    let map = String::from_utf8(map).expect("ASCII");
    let line = map.lines().find(|line| line.starts_with(&format!("<{code:04X}> <"))).expect("it is mapped");
    let hex = line[8..].trim_end_matches('>');
    let units = (0..hex.len()).step_by(4).map(|at| u16::from_str_radix(&hex[at..at + 4], 16).expect("hex"));
    String::from_utf16(&units.collect::<Vec<u16>>()).expect("UTF-16")
}

/// What a reader that knows ActualText gets from a page: the text of each text object.
fn text(document: &Document) -> Vec<String> {
    let (mut all, mut font, mut silent) = (Vec::new(), String::new(), false);
    for Operation { operator, operands } in operators(document, 0) {
        match operator.as_str() {
            "BT" => all.push(String::new()),
            "Tf" => font = String::from_utf8_lossy(operands[0].as_name().expect("a font")).into_owned(),
            "BDC" => {
                assert_eq!(operands[0].as_name().expect("a tag"), b"Span");
                let actual = operands[1].as_dict().and_then(|about| about.get(b"ActualText")).expect("text");
                let units = actual.as_str().expect("a string").chunks_exact(2).skip(1);
                let units: Vec<u16> = units.map(|unit| u16::from_be_bytes([unit[0], unit[1]])).collect();
                all.last_mut()
                    .expect("in a text object")
                    .push_str(&String::from_utf16(&units).expect("UTF-16"));
                silent = true;
            }
            "EMC" => silent = false,
            "TJ" if !silent => {
                for code in operands[0].as_array().expect("an array").iter().filter_map(|o| o.as_str().ok()) {
                    for code in code.as_chunks().0.iter().map(|code| u16::from_be_bytes(*code)) {
                        all.last_mut().expect("in a text object").push_str(&meaning(
                            document,
                            &font,
                            code.into(),
                        ));
                    }
                }
            }
            _ => {}
        }
    }
    all
}

#[test]
fn fonts_are_subsets_with_names_of_their_own() {
    let document = Document::load_mem(&written(&[&page().0], Level::X1a2003)).expect("it can be read");
    let mut tags = Vec::new();
    for (name, face, kind) in
        [("F1", TEHEI, "CIDFontType0"), ("F2", SONG, "CIDFontType0"), ("F3", KAI, "CIDFontType2")]
    {
        let (font, descendant) = font(&document, name);
        let base = name_of(font, "BaseFont");
        let (tag, plain) = base.split_once('+').expect("a tag");
        assert!(tag.len() == 6 && tag.bytes().all(|byte| byte.is_ascii_uppercase()), "{tag}");
        assert_eq!(plain, FACES[usize::from(face.0)].metrics().postscript_name);
        tags.push(tag);

        assert_eq!(name_of(descendant, "BaseFont"), base);
        assert_eq!(name_of(descendant, "Subtype"), kind);
        let descriptor = descendant.get_deref(b"FontDescriptor", &document).and_then(Object::as_dict);
        let descriptor = descriptor.expect("a descriptor");
        assert_eq!(name_of(descriptor, "FontName"), base);
        for key in ["Flags", "ItalicAngle", "Ascent", "Descent", "CapHeight", "StemV", "FontBBox"] {
            assert!(descriptor.has(key.as_bytes()), "{key}");
        }
        // printpdf takes the ascender for the height of a capital.
        let capital = descriptor.get(b"CapHeight").and_then(Object::as_i64).expect("a height");
        assert_eq!(capital, i64::from(FACES[usize::from(face.0)].metrics().cap_height));
        if kind == "CIDFontType0" {
            let file = descriptor.get_deref(b"FontFile3", &document).and_then(Object::as_stream);
            assert_eq!(name_of(&file.expect("a CFF table").dict, "Subtype"), "CIDFontType0C");
        } else {
            assert_eq!(name_of(descendant, "CIDToGIDMap"), "Identity");
            let file = stream(&document, descriptor.get(b"FontFile2").expect("a TrueType font"));
            assert!(file.len() < 20_000, "cut, not whole");
        }
    }
    tags.sort_unstable();
    tags.dedup();
    assert_eq!(tags.len(), 3, "no two subsets share a tag");
}

#[test]
fn widths_are_those_of_the_face() {
    let document = read(vec![line(SONG, 20, 20, "Wi，——国")]);
    let mut shown = shaped(SONG, Len::pt(10), Ink::BLACK, at(0, 0), "Wi，——国").glyphs;
    shown.sort_by_key(|glyph| glyph.glyph);
    let face = FACES[0].advances(shown.iter().map(|glyph| glyph.glyph));
    assert_eq!(widths(&document, "F1")[1..], face.iter().map(|width| i64::from(*width)).collect::<Vec<_>>());
}

#[test]
fn the_pen_never_drifts() {
    // 200 characters a hundredth of a point looser each, at a size that is no round number.
    let text = "国".repeat(200);
    let mut run = shaped(SONG, Len::from_units(114_345), Ink::BLACK, at(20, 20), &text);
    for (index, glyph) in (0..).zip(&mut run.glyphs) {
        glyph.offset.x += Len::from_units(index * 137 - index * index % 7);
    }
    let wanted: Vec<Len> = run.glyphs.iter().map(|glyph| glyph.offset.x).collect();
    let document = read(vec![Item::Glyphs(run)]);
    let widths = widths(&document, "F1");
    let show =
        operators(&document, 0).into_iter().find(|operation| operation.operator == "TJ").expect("type");
    // In millionths of an em, at 9.004 points.
    let (mut pen, mut at) = (0, 0);
    for object in show.operands[0].as_array().expect("an array") {
        if let Ok(code) = object.as_str() {
            for code in code.as_chunks().0.iter().map(|code| u16::from_be_bytes(*code)) {
                let there = (i128::from(pen) * 9_004 * 12_700).div_euclid(1_000_000_000);
                let off = there - i128::from(wanted[at].units());
                assert!(off.abs() <= 8, "glyph {at} is {off} of 914 400 to the inch away");
                pen += widths[usize::from(code)] * 1000;
                at += 1;
            }
        } else {
            let text = format!("{object:?}");
            let (sign, digits) = text.strip_prefix('-').map_or((1, &*text), |digits| (-1, digits));
            let (whole, tenths) = digits.split_once('.').unwrap_or((digits, "0"));
            assert_eq!(tenths.len(), 1, "{text}");
            pen -= sign
                * (whole.parse::<i64>().expect("digits") * 1000
                    + tenths.parse::<i64>().expect("a digit") * 100);
        }
    }
    assert_eq!(at, 200);
}

#[test]
fn columns_on_one_baseline_stay_apart() {
    let document = read(vec![line(SONG, 20, 20, "左栏"), line(SONG, 120, 20, "右栏")]);
    let names: Vec<String> =
        operators(&document, 0).into_iter().map(|operation| operation.operator).collect();
    assert_eq!(names, ["gs", "k", "BT", "Tf", "Tm", "TJ", "ET", "BT", "Tm", "TJ", "ET"]);
    assert_eq!(text(&document), ["左栏", "右栏"]);
}

#[test]
fn a_raised_glyph_has_a_matrix_of_its_own() {
    let mut run = shaped(SONG, Len::pt(10), Ink::BLACK, at(20, 20), "甲乙丙");
    run.glyphs[1].offset.y = Len::pt(-2);
    let document = read(vec![Item::Glyphs(run)]);
    let heights: Vec<String> = operators(&document, 0)
        .into_iter()
        .filter(|operation| operation.operator == "Tm")
        .map(|operation| format!("{:?} {:?}", operation.operands[4], operation.operands[5]))
        .collect();
    assert_eq!(heights, ["85.039 1516.535", "95.039 1518.535", "105.039 1516.535"]);
}

#[test]
fn readers_get_the_text_of_the_page() {
    let lines = ["干部——“下沉”，Office 12.5%", "日本⽇本，日子", "𠂇𡎚之上"];
    let document = read((0..).zip(lines).map(|(row, text)| line(SONG, 20, 20 + row * 10, text)).collect());
    // printpdf lets the last text of a glyph win for the whole document: 日本 would be ⽇本.
    assert_eq!(text(&document), lines);
    let spans = operators(&document, 0).iter().filter(|operation| operation.operator == "BDC").count();
    assert_eq!(spans, 1, "only the radical differs from what its glyph means");
}

/// Characters that Unicode has twice (and more often) and a face draws with one glyph: radicals,
/// compatibility ideographs and squared words beside what they stand for.
fn sharers(face: FaceIdx) -> Vec<String> {
    let shaper = FACES[usize::from(face.0)].shaper();
    let mut by_glyph: BTreeMap<u16, String> = BTreeMap::new();
    let twice = [0x2E80..=0x2FDF_u32, 0xF900..=0xFAFF, 0x4E00..=0x9FFF, 0x3040..=0x30FF, 0xFF01..=0xFF5E];
    for char in twice.into_iter().flatten().filter_map(char::from_u32) {
        if let Some(glyph) = shaper.glyph_index(char) {
            by_glyph.entry(glyph.0).or_default().push(char);
        }
    }
    by_glyph.into_values().filter(|chars| chars.chars().count() > 1).collect()
}

#[test]
fn every_character_that_shares_a_glyph_is_read_as_it_was_typed() {
    let all = sharers(SONG);
    assert!(all.len() > 100, "{} glyphs are shared", all.len());
    // In both orders: neither the first nor the last of them may win.
    let both = |chunk: &[String]| {
        let forward = chunk.concat();
        let backward = forward.chars().rev().collect();
        [forward, backward]
    };
    let lines: Vec<String> = all.chunks(40).flat_map(both).collect();
    let items = (0..).zip(&lines).map(|(row, text)| line(SONG, 20, 5 + row * 5, text));
    assert_eq!(text(&read(items.collect())), lines);
}

#[test]
fn text_is_the_same_at_every_level() {
    let lines = ["日本⽇本，⼀⼆⼈", "㈠樂樂豈豈"];
    for level in [Level::X1a2001, Level::X1a2003, Level::X4, Level::Pdf17] {
        let items = (0..).zip(lines).map(|(row, text)| line(SONG, 20, 20 + row * 10, text));
        let bytes = written(&[&sheet(items.collect())], level);
        assert_eq!(text(&Document::load_mem(&bytes).expect("it can be read")), lines, "{level:?}");
    }
}

#[test]
fn a_stack_of_letters_is_read_once() {
    let document = read(vec![line(TIBETAN, 20, 20, "བོད་སྐད་")]);
    assert_eq!(text(&document), ["བོད་སྐད་"]);
    let mut run = shaped(SONG, Len::pt(10), Ink::BLACK, at(20, 40), "图注");
    run.glyphs[0].text = 0..0;
    run.glyphs[1].text = 0..6;
    assert_eq!(text(&read(vec![Item::Glyphs(run)])), ["图注"]);
}

#[test]
fn numbers_have_three_decimals_at_most() {
    let (sheet, pictures) = page();
    let bytes = write(&[&sheet], &FACES, &pictures, &[], &imprint(Level::X1a2003)).expect("written");
    let document = Document::load_mem(&bytes).expect("it can be read");
    let id = document.page_iter().next().expect("a page");
    let content = String::from_utf8(document.get_page_content(id)).expect("ASCII");
    for word in content.split(|c: char| c.is_whitespace() || "[]<>".contains(c)) {
        let Some((whole, decimals)) = word.split_once('.') else { continue };
        assert!(whole.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit()), "{word}");
        assert!(decimals.len() <= 3 && decimals.bytes().all(|byte| byte.is_ascii_digit()), "{word}");
    }
    assert!(!content.contains("-0 ") && !content.contains(" NaN"));
}

#[test]
fn a_thousandth_is_written_as_a_thousandth() {
    arbtest::arbtest(|u| {
        let thousandths = u.int_in_range(-16_384_000..=16_384_000_i64)?;
        let written = format!("{}", frame::number(thousandths));
        let sign = if thousandths < 0 { "-" } else { "" };
        let (whole, rest) = (thousandths.abs() / 1000, thousandths.abs() % 1000);
        let exact = format!("{sign}{whole}.{rest:03}");
        assert_eq!(written, exact.trim_end_matches('0').trim_end_matches('.'));
        Ok(())
    });
    assert_eq!(format!("{}", frame::number(1_544_882)), "1544.882");
    assert_eq!(format!("{}", frame::number(0)), "0");
}
