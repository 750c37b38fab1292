//! The published cases of CSS Text 3 `line-break`: `tests/data/wpt/line-break.txt`.

use std::collections::BTreeSet;

use super::*;

const LEVELS: [(&str, Strictness); 3] =
    [("loose", Strictness::Basic), ("normal", Strictness::Gb), ("strict", Strictness::Strict)];

/// A group of the file: its name, what is expected by language, where we differ, its characters.
#[derive(Default)]
struct Group<'a> {
    name: &'a str,
    expected: Vec<(&'a str, &'a str)>,
    differs: BTreeSet<(&'a str, &'a str)>,
    chars: Vec<char>,
}

fn groups(file: &str) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (word, rest) = line.split_once(' ').expect("two words");
        if word == "group" {
            groups.push(Group { name: rest, ..Group::default() });
            continue;
        }
        let group = groups.last_mut().expect("a group is open");
        let mut words = rest.split(' ');
        let mut next = || words.next().expect("another word");
        match word {
            "expect" => group.expected.push((next(), next())),
            "differs" => drop(group.differs.insert((next(), next()))),
            code => {
                let code = u32::from_str_radix(code, 16).expect("a code point");
                group.chars.push(char::from_u32(code).expect("a scalar value"));
            }
        }
    }
    groups
}

#[test]
fn published_cases_hold_but_for_the_differences_listed_with_them() {
    let (mut cases, mut wrong) = (0, Vec::new());
    for group in groups(include_str!("../../../../tests/data/wpt/line-break.txt")) {
        for (tag, expected) in &group.expected {
            let languages: &[Language] =
                if *tag == "ja" { &[Language::Ja] } else { &[Language::ZhHans, Language::ZhHant] };
            for ((level, strictness), expected) in LEVELS.iter().zip(expected.chars()) {
                let differs = group.differs.contains(&(*tag, *level));
                for (char, language) in
                    group.chars.iter().flat_map(|char| languages.iter().map(move |l| (char, l)))
                {
                    let text = format!("文文文文文文{char}字字");
                    let chars = classify(&text, *language);
                    let penalty = penalties(&text, &chars, *strictness, *language, &[])[5];
                    cases += 1;
                    if ((penalty < RESCUE) == (expected == '+')) == differs {
                        wrong.push(format!(
                            "{} {language:?} {level}: U+{:04X}",
                            group.name,
                            u32::from(*char)
                        ));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // 95 characters at three levels in both scripts of Chinese, 87 in Japanese.
    assert_eq!(cases, 95 * 3 * 2 + 87 * 3);
}
