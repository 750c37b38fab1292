//! What holds for any text in any language.

use arbtest::arbitrary::{Result, Unstructured};
use arbtest::arbtest;

use super::*;

const LANGUAGES: [Language; 5] =
    [Language::ZhHans, Language::ZhHant, Language::Ja, Language::Bo, Language::En];

const STEPS: [Strictness; 4] = [Strictness::None, Strictness::Basic, Strictness::Gb, Strictness::Strict];

/// What the texts are made of: marks, words, signs and everything that joins.
const PIECES: &[&str] = &[
    "字",
    "汉",
    "第",
    "年",
    "々",
    "っ",
    "ー",
    "あ",
    "한",
    "①",
    "，",
    "、",
    "。",
    "：",
    "；",
    "？",
    "！",
    "“",
    "”",
    "‘",
    "’",
    "（",
    "）",
    "《",
    "》",
    "「",
    "」",
    "·",
    "—",
    "…",
    "～",
    "/",
    "／",
    "-",
    "+",
    "%",
    "℃",
    "¥",
    "1",
    "25",
    "３",
    "N95",
    "word",
    "Wi-Fi",
    "syllable",
    "(",
    ")",
    "\"",
    ".",
    ",",
    " ",
    "\u{a0}",
    "\u{3000}",
    "\u{200b}",
    "\u{2060}",
    "\u{ad}",
    "\u{301}",
    "\u{fe00}",
    "\u{200d}",
    "😀",
    "👍",
    "🏽",
    "🇨🇳",
    "བོད",
    "་",
    "།",
    "༄",
    "\u{f0c}",
    "\u{f72}",
    "http://a.b/c",
    "\n",
];

fn any_text(u: &mut Unstructured<'_>) -> Result<String> {
    let mut text = String::new();
    for _ in 0..u.int_in_range(0..=24)? {
        if u.ratio(1, 8)? {
            text.push(u.arbitrary()?);
        } else {
            text.push_str(u.choose(PIECES)?);
        }
    }
    Ok(text)
}

#[test]
fn classes_stand_at_the_characters_of_the_text() {
    arbtest(|u| {
        let (text, language) = (any_text(u)?, *u.choose(&LANGUAGES)?);
        let chars = classify(&text, language);
        let found: Vec<(usize, char)> = chars.iter().map(|char| (char.byte as usize, char.char)).collect();
        assert_eq!(found, text.char_indices().collect::<Vec<_>>());
        assert_eq!(penalties(&text, &chars, Strictness::Gb, language, &[]).len(), chars.len());
        Ok(())
    });
}

#[test]
fn no_forbidden_mark_stands_at_an_edge() {
    let (starts, ends) = ("，、。”’）》」", "“‘（《「");
    arbtest(|u| {
        let (text, language) = (any_text(u)?, *u.choose(&LANGUAGES)?);
        let strictness = *u.choose(&STEPS[1..])?;
        // In English “ ” ‘ ’ are Western, and either may stand at either edge of a word.
        let shared = |char: char| language == Language::En && "“”‘’".contains(char);
        let chars = classify(&text, language);
        let penalties = penalties(&text, &chars, strictness, language, &[]);
        for (idx, pair) in chars.windows(2).enumerate() {
            let [a, b] = [pair[0], pair[1]];
            if penalties[idx] < RESCUE && a.class != Class::Latin && b.class != Class::Latin {
                assert!(!ends.contains(a.char) || shared(a.char), "{text:?}: a line ends with {}", a.char);
                assert!(
                    !starts.contains(b.char) || shared(b.char),
                    "{text:?}: a line starts with {}",
                    b.char
                );
            }
        }
        Ok(())
    });
}

#[test]
fn a_stricter_step_allows_no_more() {
    arbtest(|u| {
        let (text, language) = (any_text(u)?, *u.choose(&LANGUAGES)?);
        let chars = classify(&text, language);
        let found = STEPS.map(|step| penalties(&text, &chars, step, language, &[]));
        for place in 0..chars.len() {
            for pair in found.windows(2) {
                let [looser, stricter] = [pair[0][place], pair[1][place]];
                assert!(verdict(looser) <= verdict(stricter), "{language:?} {text:?} at {place}");
            }
        }
        Ok(())
    });
}

#[test]
fn a_lexicon_allows_no_more() {
    arbtest(|u| {
        let (text, language) = (any_text(u)?, *u.choose(&LANGUAGES)?);
        let lexicon = [u.choose(PIECES)?.repeat(2), "字汉".to_owned(), text.chars().take(3).collect()];
        let chars = classify(&text, language);
        let without = penalties(&text, &chars, Strictness::Gb, language, &[]);
        let with = penalties(&text, &chars, Strictness::Gb, language, &lexicon);
        assert!(without.iter().zip(&with).all(|(without, with)| without <= with), "{text:?}");
        let (without, with) =
            (hyphenates(&text, &chars, language, &[]), hyphenates(&text, &chars, language, &lexicon));
        assert!(with.iter().all(|place| without.contains(place)), "{text:?}");
        Ok(())
    });
}

#[test]
fn what_is_one_character_to_the_eye_is_never_parted() {
    arbtest(|u| {
        let (text, language) = (any_text(u)?, *u.choose(&LANGUAGES)?);
        let strictness = *u.choose(&STEPS)?;
        let chars = classify(&text, language);
        let penalties = penalties(&text, &chars, strictness, language, &[]);
        let hyphens = hyphenates(&text, &chars, language, &[]);
        for idx in 1..chars.len() {
            if matches!(chars[idx].char, '\u{301}' | '\u{fe00}' | '\u{200d}' | '\u{f72}') {
                assert_eq!(penalties[idx - 1], NEVER, "{text:?} at {idx}");
                assert!(!hyphens.contains(&(idx - 1)), "{text:?} at {idx}");
            }
        }
        assert!(hyphens.iter().all(|place| penalties[*place] == NEVER), "{text:?}");
        Ok(())
    });
}

/// How little a penalty allows: free or discouraged, to the rescue, never.
fn verdict(penalty: u16) -> u8 {
    match penalty {
        NEVER => 2,
        RESCUE => 1,
        _ => 0,
    }
}
