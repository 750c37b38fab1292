//! The `duikai` program from outside: exit codes, what it writes and what it leaves alone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use super::copyfit;
use super::desk::Desk;
use super::sample::house;

const STORY: &str = "stories/one.toml";

/// A folder of an edition and what is built of it there.
struct Press {
    folder: TempDir,
}

impl Press {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a directory") }
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("build")
    }

    /// Types the edition anew and builds it.
    fn build(&self, desk: &Desk) -> Output {
        desk.write(self.folder.path());
        duikai("build", self.folder.path())
    }

    /// Every file that was built, by name; the folder of what is kept is none, and the list of changes
    /// speaks of the build before.
    fn built(&self) -> BTreeMap<String, Vec<u8>> {
        let Ok(entries) = std::fs::read_dir(self.out()) else { return BTreeMap::new() };
        let paths = entries.map(|entry| entry.expect("an entry").path());
        paths
            .filter(|path| path.is_file() && !path.ends_with("changed.json"))
            .map(|path| (path.file_name().expect("a name").to_string_lossy().into_owned(), path))
            .map(|(name, path)| (name, std::fs::read(path).expect("a file")))
            .collect()
    }
}

fn duikai(command: &str, folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_duikai"))
        .arg(command)
        .arg(folder)
        .arg("--root")
        .arg(house())
        .output()
        .expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

fn names(built: &BTreeMap<String, Vec<u8>>) -> Vec<&str> {
    built.keys().map(String::as_str).collect()
}

fn too_long() -> Desk {
    Desk::new().change(STORY, "\"\n\n[[body]]", "\"\n\n[[body]]\ntext = \"多写的一段。\"\n\n[[body]]")
}

/// Fails unless the edition is refused with these words and nothing built is touched.
#[track_caller]
fn check(press: &Press, desk: &Desk, words: &[&str]) {
    let before = press.built();
    let output = press.build(desk);
    assert_eq!(output.status.code(), Some(2));
    let said = said(&output);
    for word in words {
        assert!(said.contains(word), "{word} is not in:\n{said}");
    }
    assert!(press.built() == before, "what was built is as it was: {:?}", names(&press.built()));
}

#[test]
fn input_that_is_wrong_leaves_the_last_good_page() {
    let press = Press::new();
    let misspelt = Desk::new().change(STORY, "headline", "head_line");
    check(&press, &misspelt, &["error[toml]", "stories/one.toml:2:1"]);
    assert_eq!(press.build(&Desk::new()).status.code(), Some(0));
    assert_eq!(names(&press.built()), ["A02.fit.json", "A02.map.json", "A02.pdf", "delivery.json"]);
    let no_glyph = Desk::new().change(STORY, "小城新事小城", "小城新事😀城");
    check(
        &press,
        &no_glyph,
        &["error[glyph-missing]", "stories/one.toml:5:13", "U+1F600", "help: asked in turn"],
    );
    check(&press, &misspelt, &["error[toml]", "stories/one.toml:2:1", "help: "]);
}

#[test]
fn a_page_that_does_not_fit_leaves_a_draft_until_it_is_mended() {
    let press = Press::new();
    assert_eq!(press.build(&Desk::new()).status.code(), Some(0));
    let good = press.built();

    let output = press.build(&too_long());
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("超 1 行 ("), "{}", said(&output));
    let unfit = press.built();
    assert_eq!(names(&unfit), ["A02.draft.pdf", "A02.fit.json", "A02.map.json", "A02.pdf", "delivery.json"]);
    assert!(unfit["A02.pdf"] == good["A02.pdf"] && unfit["A02.map.json"] == good["A02.map.json"]);
    let fit: Value = serde_json::from_slice(&unfit["A02.fit.json"]).expect("a report is JSON");
    assert_eq!((&fit["status"], &fit["pdf_sha256"]), (&Value::from("unfit"), &Value::Null));
    let draft = &unfit["A02.draft.pdf"];
    assert!(!draft.windows(4).any(|bytes| bytes == b"GTS_"), "a draft cannot be taken for print");

    assert_eq!(press.build(&Desk::new()).status.code(), Some(0));
    assert!(press.built() == good, "mended, the draft is gone: {:?}", names(&press.built()));
}

#[test]
fn the_level_that_is_asked_for_is_written() {
    let press = Press::new();
    Desk::new().write(press.folder.path());
    let build = |level: &str| {
        Command::new(env!("CARGO_BIN_EXE_duikai"))
            .args(["build", "--level", level, "--root"])
            .args([house(), press.folder.path()])
            .output()
            .expect("the program runs")
    };
    for (level, header) in [("x1a-2001", "%PDF-1.3"), ("x4", "%PDF-1.6"), ("pdf-1.7", "%PDF-1.7")] {
        assert_eq!(build(level).status.code(), Some(0));
        assert!(press.built()["A02.pdf"].starts_with(header.as_bytes()), "{level}");
        let list: Value = serde_json::from_slice(&press.built()["delivery.json"]).expect("a list is JSON");
        assert_eq!(list["level"], level);
    }
    assert!(said(&build("x3")).contains("x1a-2003"), "the levels there are");
}

#[test]
fn checking_writes_nothing() {
    let press = Press::new();
    Desk::new().write(press.folder.path());
    assert_eq!(duikai("check", press.folder.path()).status.code(), Some(0));
    too_long().write(press.folder.path());
    assert_eq!(duikai("check", press.folder.path()).status.code(), Some(2));
    assert!(press.built().is_empty());
}

#[test]
fn an_edition_that_is_not_there() {
    let press = Press::new();
    for folder in [press.folder.path().to_owned(), press.folder.path().join("nowhere")] {
        let output = duikai("build", &folder);
        assert_eq!(output.status.code(), Some(2));
        let said = said(&output);
        assert!(said.contains("error[command]") && said.contains("`edition.toml`"), "{said}");
    }
    assert_eq!(std::fs::read_dir(press.folder.path()).expect("a directory").count(), 0);
}

#[test]
fn changes_to_look_at_are_told() {
    let press = Press::new();
    let text = |output: &Output| String::from_utf8(output.stdout.clone()).expect("it is UTF-8");
    let built = text(&press.build(&copyfit::story(6, &copyfit::para(14, ""), "")));
    let report = format!("  report: {}\n", press.out().join("A02.fit.json").display());
    let told = "A02 fits, with changes to look at\n  one: head-rows -1 row\n";
    assert!(built.contains("  one: head-rows -1 row\n") && built.ends_with(&report), "{built}");
    assert!(text(&duikai("check", press.folder.path())).ends_with(told));
    let again = text(&duikai("build", press.folder.path()));
    assert!(again.ends_with(&format!("as before\n{report}")), "{again}");
}

#[test]
fn a_file_in_the_place_of_the_folder() {
    let press = Press::new();
    std::fs::write(press.out(), "a file").expect("a file");
    let output = press.build(&Desk::new());
    assert_eq!(output.status.code(), Some(2));
    let said = said(&output);
    assert!(said.contains("name a folder with `--out`") && said.contains("nothing was replaced"), "{said}");
}
