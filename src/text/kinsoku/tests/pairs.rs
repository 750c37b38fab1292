//! Pairs of characters with what each step of strictness says to them: `tests/data/breaks`.

use std::collections::BTreeSet;

use super::*;

const STEPS: [Strictness; 4] = [Strictness::None, Strictness::Basic, Strictness::Gb, Strictness::Strict];

const TABLES: [(Language, &str); 5] = [
    (Language::ZhHans, include_str!("../../../../tests/data/breaks/zh-Hans.txt")),
    (Language::ZhHant, include_str!("../../../../tests/data/breaks/zh-Hant.txt")),
    (Language::Ja, include_str!("../../../../tests/data/breaks/ja.txt")),
    (Language::Bo, include_str!("../../../../tests/data/breaks/bo.txt")),
    (Language::En, include_str!("../../../../tests/data/breaks/en.txt")),
];

/// One row: its rule, the text as it stands in the file, the text before and after the place, and
/// what is expected of it at each step.
struct Row<'a> {
    rule: &'a str,
    drawn: &'a str,
    before: String,
    after: String,
    expected: &'a str,
}

fn rows(table: &str) -> Vec<Row<'_>> {
    let mut rule = "";
    let mut rows = Vec::new();
    for line in table.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            rule = heading;
        } else if !line.is_empty() && !line.starts_with('#') {
            let (drawn, expected) = line.rsplit_once(' ').expect("a text and its verdicts");
            let (before, after) = drawn.split_once('‸').expect("a place");
            rows.push(Row { rule, drawn, before: shown(before), after: shown(after), expected });
        }
    }
    rows
}

/// The text with `<U+200B>` and the like put in.
fn shown(drawn: &str) -> String {
    let mut parts = drawn.split("<U+");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('>').expect("a code point ends");
        let code = u32::from_str_radix(code, 16).expect("hexadecimal");
        text.push(char::from_u32(code).expect("a scalar value"));
        text.push_str(rest);
    }
    text
}

fn verdict(penalty: u16) -> char {
    match penalty {
        0 => '+',
        NEVER => 'x',
        RESCUE => '!',
        _ => '-',
    }
}

#[test]
fn every_pair_breaks_by_its_rule() {
    let mut wrong = Vec::new();
    for (language, table) in TABLES {
        for row in rows(table) {
            let text = format!("{}{}", row.before, row.after);
            let chars = classify(&text, language);
            let place = row.before.chars().count() - 1;
            let found: String = STEPS
                .iter()
                .map(|step| verdict(penalties(&text, &chars, *step, language, &[])[place]))
                .collect();
            if found != row.expected {
                wrong.push(format!("{language:?} {}: {} {} but {found}", row.rule, row.drawn, row.expected));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_tables_have_a_newspapers_breadth_and_no_row_twice() {
    for (language, table) in TABLES {
        let rows = rows(table);
        let distinct: BTreeSet<&str> = rows.iter().map(|row| row.drawn).collect();
        let wanted = if language == Language::ZhHans { 150 } else { 25 };
        assert_eq!(distinct.len(), rows.len(), "{language:?}: a row stands twice");
        assert!(rows.len() >= wanted, "{language:?}: {} rows", rows.len());
        assert!(rows.iter().all(|row| !row.rule.is_empty()), "{language:?}: a row without a rule");
    }
}
