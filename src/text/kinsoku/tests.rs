//! What may break in real newspaper text: `│` where a line may begin, `¦` where it rather should not.

mod hyphens;
mod newspaper;
mod pairs;
mod properties;
mod published;

use super::super::class::classify;
use super::*;

fn marked(text: &str, language: Language, strictness: Strictness, lexicon: &[String]) -> String {
    let chars = classify(text, language);
    let penalties = penalties(text, &chars, strictness, language, lexicon);
    let last = chars.len() - 1;
    chars
        .iter()
        .zip(&penalties)
        .enumerate()
        .map(|(idx, (char, penalty))| match penalty {
            _ if idx == last => char.char.to_string(),
            0 => format!("{}│", char.char),
            &NEVER => char.char.to_string(),
            _ => format!("{}¦", char.char),
        })
        .collect()
}

/// The text is the drawing without its bars.
#[track_caller]
fn check_all(strictness: Strictness, drawings: &[&str]) {
    for drawing in drawings {
        let text = drawing.replace(['│', '¦'], "");
        assert_eq!(marked(&text, Language::ZhHans, strictness, &[]), *drawing);
    }
}

#[test]
fn marks_keep_to_their_side() {
    check_all(
        Strictness::Gb,
        &[
            "他│说：│“好。”│她",
            "《书》、│《报》",
            "真│的？！│好",
            "真│的？？？│好",
            "甲·│乙～│丙",
            "和/或",
            "和／或",
            "（中）│（下）",
            "“‘内’│外”",
            "好，│“来”",
            "好。”¦）│来",
            "法》│（修│订）",
            "人；│物",
            "问：│答",
            "【快│讯】│新",
            "〔2022〕│5¦号",
            "阿│不│都·│买│买│提",
            "北│京—│上│海",
            "京-│沪",
            "他¦——│她",
            "他¦……│她",
            "他¦…………│她",
        ],
    );
}

#[test]
fn strictness_has_four_steps() {
    check_all(Strictness::None, &["他│说│：│“│好│。", "和│/│或", "真│的│？！│好", "他│——│她", "3：2"]);
    check_all(Strictness::Basic, &["他│说：│“好。", "和/│或", "他¦——│她"]);
    check_all(Strictness::Strict, &["他……│她", "他——│她", "和/或"]);
}

#[test]
fn numbers_are_whole_and_keep_near_their_units() {
    check_all(
        Strictness::Gb,
        &[
            "共│79643.9¦元",
            "第¦2¦版",
            "1,234¦人",
            "100%，│涨",
            "3：2│胜",
            "12:30│开",
            "9·18│后",
            "3～5¦天",
            "3—5¦天",
            "3-5¦天",
            "1/3│强",
            "至-5℃│夜",
            "约│￥50¦元",
            "№5│井",
            "37.5℃│热",
            "3‰│盐",
            "25°C│水",
            "30°15′20″│北",
            "US$50¦亿",
            "3¦小│时",
            "5¦公│里",
            "2022¦年│9¦月│5¦日",
            "0891-1234│转",
        ],
    );
}

#[test]
fn western_words_are_whole() {
    check_all(
        Strictness::Gb,
        &[
            "戴│N95│口│罩",
            "用│5G│网",
            "走│G318│线",
            "连│Wi-Fi│上",
            "新│COVID-19│毒",
            "歼-20│飞",
            "长│征-5│箭",
            "在│U.S.│的",
            "DNA│（脱│氧",
            "(内│容)",
            "用│“Wi-Fi”│网",
            "it’s │ok",
            "New │York│城",
            "说，│AI│好",
            "见│a.b.com│网",
            "“ A│好",
        ],
    );
}

#[test]
fn names_are_kept_where_a_line_can_spare_it() {
    let lexicon = ["祁红梅".to_owned(), "新华社".to_owned(), String::new()];
    let check = |text: &str, expected: &str| {
        assert_eq!(marked(text, Language::ZhHans, Strictness::Gb, &lexicon), expected)
    };
    check("护士祁红梅说", "护│士│祁¦红¦梅│说");
    check("新华社", "新¦华¦社");
    check("祁红梅祁红梅", "祁¦红¦梅│祁¦红¦梅");
}
