//! The same input gives the same bytes: run again, in another folder, in another time zone and
//! language, on one thread and on many.

use std::path::Path;
use std::process::Command;

use duikai::job::{Cache, Request};

use super::desk::Desk;
use super::sample::{PAGE, folder, house};

/// What a build promises the bytes of.
const PROMISED: [&str; 3] = [".pdf", ".fit.json", ".map.json"];

/// Builds an edition and returns the files of its page.
fn check(edition: &Path, here: &Path, threads: &str, environment: &[(&str, &str)]) -> [Vec<u8>; 3] {
    let out = tempfile::tempdir().expect("a directory");
    let output = Command::new(env!("CARGO_BIN_EXE_duikai"))
        .arg("build")
        .arg(edition)
        .args(["--threads", threads, "--only", PAGE])
        .arg("--root")
        .arg(house())
        .arg("--out")
        .arg(out.path())
        .envs(environment.iter().copied())
        .current_dir(here)
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    PROMISED.map(|end| std::fs::read(out.path().join(format!("{PAGE}{end}"))).expect(end))
}

/// Copies a folder with everything in it but what was built.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (path, copied) = (entry.path(), to.join(entry.file_name()));
        if path.is_file() {
            std::fs::copy(&path, copied).expect("a file");
        } else if entry.file_name() != "build" {
            copy(&path, &copied);
        }
    }
}

#[test]
fn bytes_follow_from_the_input_alone() {
    let elsewhere = tempfile::tempdir().expect("a directory");
    let copied = elsewhere.path().join("另一处/edition");
    copy(&folder(), &copied);
    let first = check(&folder(), house(), "1", &[]);
    let environment = [("TZ", "America/Los_Angeles"), ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")];
    let others = [
        ("run again on eight threads", check(&folder(), house(), "8", &[])),
        ("copied, in another zone and language", check(&copied, elsewhere.path(), "8", &environment)),
    ];
    for (how, other) in &others {
        for ((end, expected), actual) in PROMISED.iter().zip(&first).zip(other) {
            assert!(expected == actual, "{PAGE}{end} is another one when {how}");
        }
    }
    let known = [house(), elsewhere.path()].map(|path| path.to_string_lossy().into_owned());
    for bytes in first.iter().chain(others.iter().flat_map(|(_, made)| made)) {
        let text = String::from_utf8_lossy(bytes);
        assert!(!known.iter().any(|path| text.contains(path)), "a file knows where it was made");
    }
}

#[test]
fn bytes_do_not_depend_on_what_was_kept() {
    let kept = tempfile::tempdir().expect("a directory");
    let picture = std::fs::read(house().join("tests/pictures/progressive.jpg")).expect("a picture");
    let made = |cache: Cache| {
        let made = Desk::with_picture(&picture).make_with(&Request { cache, ..Request::default() });
        let page = made.pages.into_iter().next().expect("the page was made");
        (made.photographs, page)
    };
    let cache = || Cache::at(kept.path().to_owned());
    let ((converted, _), cold) = made(Cache::default());
    assert_eq!(converted, 1);
    assert_eq!(made(cache()), ((1, 0), cold.clone()), "kept now");
    assert_eq!(made(cache()), ((0, 1), cold.clone()), "taken from there");
    assert_eq!(made(cache().read_only()), ((0, 1), cold.clone()));
    let entries: Vec<_> = std::fs::read_dir(kept.path()).expect("a directory").collect();
    assert_eq!(entries.len(), 2, "the photograph and the profile");
    for entry in entries {
        let entry = entry.expect("an entry").path();
        let mut bytes = std::fs::read(&entry).expect("an entry");
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        std::fs::write(&entry, &bytes).expect("a file");
    }
    assert_eq!(made(cache()), ((1, 0), cold.clone()), "someone changed it");
    assert_eq!(made(cache()), ((0, 1), cold.clone()), "and it is whole again");
    // Another place for the picture is another picture.
    let desk = Desk::with_picture(&picture).change("pages/A02.toml", "width = \"20em\"", "width = \"19em\"");
    let moved = desk.make_with(&Request { cache: cache(), ..Request::default() });
    assert_eq!(moved.photographs, (1, 0));
}
