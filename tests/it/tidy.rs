//! The laws of the house, on its source and papers: floors, circles, the map, sizes, names, marks left behind,
//! fonts as they were locked, messages as they are documented.
//!
//! A law is a function from text to complaints, so that a planted fault can show that it bites.

mod circles;
mod floors;
mod map;
mod messages;
mod paths;
mod source;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use duikai::fingerprint::sha256_hex;

/// A file of the project: its path from the root with `/` between parts, and its text.
struct Paper {
    path: String,
    text: String,
}

impl Paper {
    fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    fn line_count(&self) -> usize {
        self.text.lines().count()
    }

    /// Bytes of other makers, kept as they came: their wording is not ours to mend.
    fn is_foreign(&self) -> bool {
        self.path.starts_with("fonts/licences/") || self.path == "tests/reference/shannan-page.txt"
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every text file of the project, by path; not what builds leave behind, nor fonts and pictures.
fn papers() -> Vec<Paper> {
    let mut paths = Vec::new();
    walk(root(), &mut paths);
    paths.sort();
    let paper = |path: PathBuf| {
        let text = String::from_utf8(fs::read(&path).expect("a file of the project can be read")).ok()?;
        let inside = path.strip_prefix(root()).expect("the walk started at the root");
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        Some(Paper { path: parts.join("/"), text })
    };
    paths.into_iter().filter_map(paper).collect()
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    const BINARY: [&str; 9] = ["otf", "ttf", "icc", "ICC", "jpg", "png", "tif", "pdf", "pyc"];
    for entry in fs::read_dir(folder).expect("a folder of the project can be listed") {
        let path = entry.expect("a folder entry can be read").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let hidden = name.starts_with('.') && !matches!(&*name, ".ci" | ".github");
        if path.is_dir() {
            if !hidden && !matches!(&*name, "target" | "build" | "__pycache__") {
                walk(&path, paths);
            }
        } else if !path.extension().is_some_and(|kind| BINARY.contains(&&*kind.to_string_lossy())) {
            paths.push(path);
        }
    }
}

fn rust_in(folder: &str) -> Vec<Paper> {
    papers().into_iter().filter(|paper| paper.is_rust() && paper.path.starts_with(folder)).collect()
}

/// Fails with all the complaints, one a line.
#[track_caller]
fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn modules_use_lower_floors_only() {
    let complaints: Vec<String> = rust_in("src/").iter().flat_map(floors::complaints).collect();
    assert_none(&complaints);
}

#[test]
fn files_of_a_room_use_each_other_one_way() {
    assert_none(&circles::complaints(&rust_in("src/")));
}

#[test]
fn every_file_is_on_the_map() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md can be read");
    assert_none(&map::complaints(&rust_in("src/"), &map));
}

#[test]
fn a_file_is_one_idea() {
    let mut complaints: Vec<String> = papers()
        .iter()
        .filter(|paper| paper.is_rust() && paper.line_count() > 800)
        .map(|paper| format!("{}: {} lines, 800 are allowed", paper.path, paper.line_count()))
        .collect();
    let mut sizes: Vec<usize> = rust_in("src/").iter().map(Paper::line_count).collect();
    sizes.sort_unstable();
    let median = sizes[sizes.len() / 2];
    if median > 250 {
        complaints.push(format!("src: the median file has {median} lines, 250 are allowed"));
    }
    assert_none(&complaints);
}

#[test]
fn a_file_says_what_it_is_about() {
    const NAMELESS: [&str; 8] = ["utils", "util", "common", "helpers", "helper", "manager", "misc", "types"];
    let named = papers().into_iter().filter(|paper| !paper.is_foreign()).filter_map(|paper| {
        let nameless =
            paper.path.split('/').find(|part| NAMELESS.contains(&part.split('.').next().unwrap_or(part)));
        nameless.map(|part| format!("{}: `{part}` says nothing about what is in it", paper.path))
    });
    let opened = papers()
        .into_iter()
        .filter(|paper| {
            paper.is_rust() && !paper.path.starts_with("benches/") && !paper.text.starts_with("//!")
        })
        .map(|paper| format!("{}: does not open with `//!`", paper.path));
    assert_none(&named.chain(opened).collect::<Vec<_>>());
}

#[test]
fn nothing_is_left_for_later() {
    // In two pieces, so that this file does not break its own law.
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("todo", "!("),
        concat!("unimplemented", "!("),
        concat!("dbg", "!("),
        concat!("#[", "ignore"),
    ];
    let ours = |paper: &Paper| {
        [".rs", ".sh", ".py", ".toml"].iter().any(|end| paper.path.ends_with(end)) || paper.path == ".ci/run"
    };
    assert_none(&lines_with(&marks, &papers().into_iter().filter(ours).collect::<Vec<_>>()));
}

#[test]
fn no_paper_knows_a_machine() {
    let marks = [concat!("/t", "mp/"), concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/Us", "ers/")];
    let ours: Vec<Paper> = papers().into_iter().filter(|paper| !paper.is_foreign()).collect();
    assert_none(&lines_with(&marks, &ours));
}

/// Complaints about the lines that hold one of `marks`, other than as the tail of a longer word.
fn lines_with(marks: &[&str], papers: &[Paper]) -> Vec<String> {
    let stands_alone = |line: &str, at: usize| {
        !line[..at]
            .ends_with(|before: char| before.is_alphanumeric() || matches!(before, '.' | '_' | '-' | '}'))
    };
    let mut complaints = Vec::new();
    for paper in papers {
        for (number, line) in paper.text.lines().enumerate() {
            for mark in marks {
                if line.match_indices(mark).any(|(at, _)| stands_alone(line, at)) {
                    complaints.push(format!("{}:{}: `{mark}`", paper.path, number + 1));
                }
            }
        }
    }
    complaints
}

#[test]
fn marks_are_found_where_they_stand_alone() {
    let paper = Paper { path: "a.md".into(), text: "in target/x/y\nin (/x/y)\n".into() };
    assert_eq!(lines_with(&["/x/"], &[paper]), ["a.md:2: `/x/`"]);
}

#[test]
fn fonts_are_the_locked_ones() {
    let folder = root().join("fonts");
    let lock = fs::read_to_string(folder.join("fonts.lock")).expect("fonts/fonts.lock can be read");
    let locked: BTreeMap<&str, &str> = lock
        .lines()
        .map(|line| line.split_once("  ").expect("a line of fonts.lock is `sha256  file`"))
        .map(|(sum, file)| (file, sum))
        .collect();
    let mut complaints: Vec<String> = locked
        .iter()
        .filter_map(|(file, sum)| match fs::read(folder.join(file)) {
            Err(why) => Some(format!("fonts/{file}: locked, but {why}")),
            Ok(bytes) => (sha256_hex(&bytes) != **sum).then(|| format!("fonts/{file}: not the locked bytes")),
        })
        .collect();
    for entry in fs::read_dir(&folder).expect("fonts/ can be listed") {
        let file = entry.expect("a folder entry can be read").file_name().to_string_lossy().into_owned();
        let font = [".otf", ".ttf", ".ttc"].iter().any(|end| file.ends_with(end));
        if font && !locked.contains_key(&*file) {
            complaints.push(format!("fonts/{file}: not in fonts.lock"));
        }
    }
    complaints.sort();
    assert_none(&complaints);
}

#[test]
fn every_message_is_documented() {
    let manual = fs::read_to_string(root().join("docs/messages.md")).expect("docs/messages.md can be read");
    assert_none(&messages::complaints(&rust_in("src/"), &manual));
}
