//! The published advances of CSS Text 4 `text-spacing-trim`: `tests/data/wpt/text-spacing-trim.txt`.

use std::collections::BTreeMap;

use super::*;

/// The texts of a section of the file, each with its characters' advances, F or H.
fn cases(file: &str, section: &str) -> Vec<(String, String)> {
    let mut classes: BTreeMap<&str, String> = BTreeMap::new();
    let (mut inside, mut cases) = (false, Vec::new());
    for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        let shown = |drawn: &str| drawn.replace("<U+3000>", "\u{3000}");
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            ["##", ..] => inside = line.strip_prefix("## ") == Some(section),
            ["class", name, members] => drop(classes.insert(name, shown(members))),
            ["pair", first, second, advances] if inside => {
                for a in classes[first].chars() {
                    for b in classes[second].chars() {
                        cases.push((format!("{a}{b}"), advances.to_owned()));
                    }
                }
            }
            [text, advances] if inside => cases.push((shown(text), advances.to_owned())),
            _ => {}
        }
    }
    cases
}

#[test]
fn marks_are_trimmed_as_published() {
    let house = house("quanjiao");
    let shapers = Shapers::new(&house.faces);
    let file = include_str!("../../../tests/data/wpt/text-spacing-trim.txt");
    let cases = cases(file, "zh-Hans horizontal");
    assert!(cases.len() > 500, "{} cases", cases.len());
    let mut wrong = Vec::new();
    for face in ["song", "hei"] {
        let idx = house.face(face).expect("a face");
        for (text, published) in &cases {
            let para = house.para(&shapers, text, idx, Len::ZERO, &[]).expect("the face has it");
            let found = advances(&para, &house.rules().punctuation, false).chars;
            let expected: Vec<i64> = text.chars().zip(published.chars()).map(thousandths).collect();
            if found != expected {
                wrong.push(format!("{face} {text}: {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A published advance in thousandths of an em; an interpunct is half an em with us.
fn thousandths((char, advance): (char, char)) -> i64 {
    if char == '・' || advance == 'H' { 500 } else { 1000 }
}
