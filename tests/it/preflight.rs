//! `duikai preflight` as a desk and as programs meet it, on the sample page and on what is left of it.

use std::path::Path;
use std::process::{Command, Output};

use duikai::judge::pdf::rules::rules;
use duikai::judge::pdf::{Limits, Standard, judge};
use serde_json::Value;

use super::sample;

fn page() -> &'static [u8] {
    sample::sample().made.pdf.as_deref().expect("the sample prints")
}

fn run(arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_duikai"));
    program.arg("preflight").args(arguments).output().expect("the program starts")
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn the_sample_page_is_clean() {
    assert_eq!(judge(page(), Standard::X1a2003, &Limits::default()), []);
}

#[test]
fn another_level_says_what_the_page_is_not() {
    let findings = judge(page(), Standard::X1a2001, &Limits::default());
    let rules: Vec<&str> = findings.iter().map(|finding| finding.rule.0).collect();
    assert_eq!(rules, ["FILE-01", "META-01", "META-02"]);
}

#[test]
fn a_lower_limit_finds_ink() {
    let limits = Limits { ink: 1000, ..Limits::default() };
    let findings = judge(page(), Standard::X1a2003, &limits);
    assert!(findings.iter().any(|finding| finding.rule.0 == "NP-TAC-R" && finding.page == Some(1)));
}

#[test]
fn exit_codes_and_json() {
    let folder = tempfile::tempdir().expect("a directory");
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("a file");
        path.display().to_string()
    };
    let clean = file("clean.pdf", page());
    let longer = file("longer.pdf", &[page(), b"junk"].concat());
    let cut = file("cut.pdf", &page()[..page().len() / 2]);
    let code = |paths: &[&str]| run(paths).status.code();
    assert_eq!(code(&[&clean]), Some(0));
    assert_eq!(code(&[&longer]), Some(1));
    assert_eq!(code(&[&cut]), Some(2));
    assert_eq!(code(&[&clean, "no-such.pdf"]), Some(2));
    let output = run(&["--json", &clean, &longer, &cut]);
    let lines = text(output.stdout);
    let reports: Vec<Value> =
        lines.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect();
    let statuses: Vec<&Value> = reports.iter().map(|report| &report["status"]).collect();
    assert_eq!(statuses, ["clean", "warnings", "refused"]);
    assert_eq!(reports[1]["findings"][0]["rule"], "FILE-07");
    assert_eq!(reports[1]["level"], "x1a-2003");
    let shown = text(run(&[&longer]).stdout);
    assert!(shown.contains("longer.pdf (x1a-2003): 0 errors, 1 warning"), "{shown}");
    assert!(shown.contains("FILE-07") && shown.contains("save it as a new file"), "{shown}");
}

#[test]
fn the_condition_and_the_order_are_asked() {
    let folder = tempfile::tempdir().expect("a directory");
    let path = folder.path().join("page.pdf");
    std::fs::write(&path, page()).expect("a file");
    let path = path.display().to_string();
    let house = sample::house().display().to_string();
    let code = |arguments: &[&str]| run(arguments).status.code();
    assert_eq!(code(&["--condition", "newsprint", "--root", &house, &path]), Some(0));
    assert_eq!(code(&["--condition", "none-such", "--root", &house, &path]), Some(2));
    assert_eq!(code(&["--trim", "100x100", &path]), Some(2));
    assert_eq!(code(&["--trim", "100", &path]), Some(2));
}

#[test]
fn the_rules_that_are_listed_are_those_of_the_manual() {
    let manual = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/preflight.md");
    let manual = std::fs::read_to_string(manual).expect("docs/preflight.md can be read");
    let (_, rules_of_it) = manual.split_once("## The rules").expect("it has a section of rules");
    let rows: Vec<&str> = rules_of_it.lines().filter(|line| line.starts_with("| `")).collect();
    let severity = |rule: &duikai::judge::pdf::Rule| match rule.severity {
        duikai::diag::Severity::Note => "note",
        duikai::diag::Severity::Warning => "warning",
        _ => "error",
    };
    let expected: Vec<String> = rules()
        .map(|rule| {
            format!(
                "| `{}` | {} | {} | {} | {} |",
                rule.id,
                severity(rule),
                rule.levels.name(),
                rule.statement,
                rule.source
            )
        })
        .collect();
    assert_eq!(rows, expected);
    assert_eq!(text(run(&["--rules"]).stdout).lines().count(), expected.len());
}

/// Bytes of the page changed and its end cut off, the same way on every run.
#[test]
fn a_spoiled_page_is_answered() {
    let mut seed = 1_u64;
    let mut next = |below: usize| {
        // Knuth's generator for 64 bits; its upper half is the better one.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).expect("31 bits") % below
    };
    let mut unlike = 0;
    for case in 0..24 {
        let mut bytes = page().to_vec();
        for _ in 0..=case {
            let at = next(bytes.len());
            bytes[at] ^= 1 << next(8);
        }
        if case % 4 == 3 {
            bytes.truncate(next(bytes.len()));
        }
        unlike += usize::from(!judge(&bytes, Standard::X1a2003, &Limits::default()).is_empty());
    }
    assert!(unlike >= 6, "at least the cut ones are seen");
}
