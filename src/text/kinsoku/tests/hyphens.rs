//! Where words may part with a hyphen.

use super::*;

/// The text with a - wherever a line may end in a hyphen; soft hyphens are drawn as such only.
#[track_caller]
fn check(language: Language, text: &str, lexicon: &[&str], expected: &str) {
    let lexicon: Vec<String> = lexicon.iter().map(|name| (*name).to_owned()).collect();
    let chars = classify(text, language);
    let places = hyphenates(text, &chars, language, &lexicon);
    let drawn: String = chars
        .iter()
        .enumerate()
        .map(|(idx, char)| match (char.char, places.contains(&idx)) {
            ('\u{ad}', true) => "-".to_owned(),
            (char, true) => format!("{char}-"),
            (char, false) => char.to_string(),
        })
        .collect();
    assert_eq!(drawn, expected);
}

#[test]
fn english_words_part_at_their_syllables() {
    check(Language::En, "newspaper readers", &[], "news-pa-per read-ers");
    check(Language::En, "The hospital opened.", &[], "The hos-pi-tal opened.");
}

#[test]
fn names_codes_addresses_and_compounds_stay_whole() {
    check(Language::En, "Rinchen hospital", &["Rinchen"], "Rinchen hos-pi-tal");
    check(Language::En, "UNESCO COVID-19 iPhone", &[], "UNESCO COVID-19 iPhone");
    check(Language::En, "hospital-acquired www.hospital.org", &[], "hospital-acquired www.hospital.org");
}

#[test]
fn a_soft_hyphen_is_the_writers_choice_in_every_language() {
    check(Language::En, "hospi\u{ad}tal", &[], "hospi-tal");
    check(Language::ZhHans, "用Kubern\u{ad}etes好", &[], "用Kubern-etes好");
    check(Language::ZhHans, "汉\u{ad}字", &[], "汉\u{ad}字");
}

#[test]
fn words_in_other_languages_are_never_parted() {
    for language in [Language::ZhHans, Language::ZhHant, Language::Ja, Language::Bo] {
        check(language, "见newspaper，hospital", &[], "见newspaper，hospital");
    }
}

#[test]
fn words_of_any_length_are_looked_at() {
    let long = "international".repeat(4);
    let parted = "in-ter-na-tion-al-in-ter-na-tion-al-in-ter-na-tion-al-in-ter-na-tional";
    check(Language::En, &long, &[], parted);
}
