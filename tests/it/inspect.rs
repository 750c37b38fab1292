//! `duikai inspect` as programs and people meet it.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use super::sample;

fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_duikai"))
        .arg("inspect")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that will not have its arguments does not read.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child.wait_with_output().expect("it ends")
}

/// The records that come out, and whether the program was content.
fn records(arguments: &[&str], input: &str) -> (Vec<Value>, bool) {
    let output = run(arguments, input);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let records = text.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect();
    (records, output.status.success())
}

fn house() -> String {
    sample::house().display().to_string()
}

#[test]
fn breaks_need_no_house() {
    let input = "{\"id\":\"a\",\"text\":\"他说：“好”，100万元\"}\n";
    let (found, content) = records(&["breaks", "--lang", "zh-Hans", "--strictness", "gb"], input);
    let expected: Value = serde_json::json!({"id": "a", "allowed": [1, 3, 7, 10, 11], "discouraged": [10]});
    assert_eq!((found, content), (vec![expected], true));
}

#[test]
fn breaks_follow_the_language() {
    let found = |lang: &str, text: &str| {
        let input = serde_json::json!({"id": 0, "text": text}).to_string() + "\n";
        let (mut found, content) = records(&["breaks", "--lang", lang], &input);
        assert!(content, "{lang}");
        found.remove(0)
    };
    assert_eq!(found("zh-Hant", "說「好」")["allowed"], serde_json::json!([1]));
    assert_eq!(found("zh-Hans", "东〜西")["allowed"], serde_json::json!([2]));
    assert_eq!(found("ja", "東〜西")["allowed"], serde_json::json!([1, 2]));
    assert_eq!(found("bo", "བོད་ཡིག")["allowed"], serde_json::json!([4]));
    let english = serde_json::json!(
        {"id": 0, "allowed": [2, 5, 7], "discouraged": [5, 7], "hyphenated": [5, 7]}
    );
    assert_eq!(found("en", "A hospital"), english);
}

#[test]
fn a_lexicon_discourages_breaks() {
    let input = "{\"id\":1,\"text\":\"拉巴卓玛来\",\"lexicon\":[\"拉巴卓玛\"]}\n";
    let (found, _) = records(&["breaks"], input);
    assert_eq!(found[0]["discouraged"], serde_json::json!([1, 2, 3]));
}

#[test]
fn advances_are_those_of_the_face_and_the_rules() {
    let house = house();
    let input = "{\"id\":1,\"text\":\"》、《字。”\"}\n{\"id\":2,\"text\":\"\"}\n";
    let (found, content) = records(&["advances", "--font", "song", "--root", &house], input);
    assert!(content);
    assert_eq!(
        found[0],
        serde_json::json!({"id": 1, "total": 4500, "chars": [500, 1000, 500, 1000, 500, 1000]})
    );
    assert_eq!(found[1], serde_json::json!({"id": 2, "total": 0, "chars": []}));
    let (found, _) = records(&["advances", "--edges", "--root", &house], input);
    assert_eq!(found[0]["total"], 4000);
}

#[test]
fn lines_fill_their_measure_and_hold_every_character() {
    let house = house();
    let text = "各驻村工作队积极向群众宣传疫情防控知识和政策要求，以流动“小喇叭”“空中应急广播”、微信群等形式，把疫情防控政策。";
    let input = format!("{{\"id\":1,\"text\":\"{text}\"}}\n");
    for extra in [&[][..], &["--first-fit"], &["--explain"], &["--lines", "5"]] {
        let arguments =
            [&["lines", "--measure", "13em", "--indent", "2em", "--root", &house][..], extra].concat();
        let (found, content) = records(&arguments, &input);
        assert!(content);
        let lines = found[0]["lines"].as_array().expect("lines");
        let whole: String = lines.iter().filter_map(|line| line["text"].as_str()).collect();
        assert_eq!(whole, text);
        for (nth, line) in lines.iter().enumerate() {
            assert_eq!(line["measure"], if nth == 0 { 11_000 } else { 13_000 });
            assert_eq!(line["last"], nth + 1 == lines.len());
            let taken: i64 =
                line["tiers"].as_object().expect("tiers").values().filter_map(Value::as_i64).sum();
            let over = line["natural"].as_i64().unwrap_or(0) - line["measure"].as_i64().unwrap_or(0);
            assert_eq!(taken, over.max(0));
            assert_eq!(line.get("why").is_some(), extra == ["--explain"]);
        }
    }
    let (found, content) =
        records(&["lines", "--measure", "13em", "--lines", "40", "--root", &house], &input);
    assert!(!content && found[0]["error"].is_string());
}

#[test]
fn a_bad_record_is_answered_and_the_next_one_read() {
    let input = "nonsense\n{\"id\":7}\n\n{\"id\":8,\"text\":\"字字\"}\n";
    let (found, content) = records(&["breaks"], input);
    assert!(!content);
    assert_eq!(found.len(), 3);
    assert_eq!((&found[0]["line"], &found[1]["id"], &found[1]["line"]), (&1.into(), &7.into(), &2.into()));
    assert_eq!(found[2]["allowed"], serde_json::json!([1]));
    let (found, content) =
        records(&["advances", "--root", &house()], "{\"id\":1,\"text\":\"字\u{1f600}\"}\n");
    assert!(!content && found[0]["error"].as_str().is_some_and(|error| error.contains("U+1F600")));
}

#[test]
fn wrong_arguments_are_told_with_what_there_is() {
    let house = house();
    for (arguments, told) in [
        (&["advances", "--font", "none", "--root", &house][..], "dahei"),
        (&["advances", "--punctuation", "none", "--root", &house], "kaiming"),
        (&["advances", "--layout", "none", "--root", &house], "none.toml"),
        (&["lines", "--measure", "13", "--root", &house], "13em"),
        (&["lines", "--measure", "1em", "--indent", "2em", "--root", &house], "--indent"),
        (&["samples/nowhere"], "nowhere"),
    ] {
        let output = run(arguments, "{\"id\":1,\"text\":\"字\"}\n");
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(text.contains(told), "{text}");
    }
}

#[test]
fn the_ledger_shows_every_line_of_a_story() {
    let edition = sample::house().join("samples/shannan").display().to_string();
    let output = run(&[&edition, "--page", "A02", "--story", "hospital"], "");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success());
    assert_eq!(text.lines().filter(|line| line.contains(" of ") && line.starts_with(' ')).count(), 90);
    assert!(text.contains("column 4") && text.contains("pushed in (挤进)") && text.contains("LOOSE"));
}
