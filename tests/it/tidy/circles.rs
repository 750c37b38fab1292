//! No circles: the files of a room do not use each other round and round.
//!
//! In each folder an entry is a file with the folder that bears its name. The file of the folder itself
//! (`job.rs` of `job/`) puts its entries together and holds what all of them share: it uses them and they use
//! it, and that is no circle.

use std::collections::{BTreeMap, BTreeSet};

use super::Paper;
use super::paths::paths;
use super::source::read;

/// Uses that close a circle until it is opened: user, used.
const STILL_CLOSED: [(&str, &str); 6] = [
    ("flow/wrap", "flow/rooms"),
    ("page/panel", "page/furniture"),
    ("page/strip", "page/furniture"),
    ("page/jump_line", "page/story"),
    ("page/pictures", "page/story"),
    ("page/told", "page/story"),
];

/// Which entries of a folder use which, by their paths.
type Uses = BTreeMap<String, BTreeSet<String>>;

/// What the law has to say about the files under `src/`.
pub(super) fn complaints(papers: &[Paper]) -> Vec<String> {
    let uses = uses(papers);
    let mut complaints = Vec::new();
    for (user, all) in &uses {
        for used in all.iter().filter(|used| reaches(&uses, used, user)) {
            complaints.push(format!("`{user}` uses `{used}`, which comes back to it"));
        }
    }
    complaints
}

fn uses(papers: &[Paper]) -> Uses {
    let files = papers.iter().map(|paper| (module(&paper.path), paper));
    let files: BTreeMap<Vec<&str>, &Paper> = files.filter(|(module, _)| !module.contains(&"tests")).collect();
    let mut uses = Uses::new();
    for (user, paper) in &files {
        for path in paths(&read(&paper.text).bare, user) {
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            let Some(used) =
                (1..=path.len()).rev().map(|end| &path[..end]).find(|used| files.contains_key(*used))
            else {
                continue;
            };
            let shared = user.iter().zip(used).take_while(|(own, other)| own == other).count();
            // What uses another room is for the floors; a folder's own file is no entry of it.
            if shared == 0 || shared == user.len() || shared == used.len() {
                continue;
            }
            let (user, used) = (user[..=shared].join("/"), used[..=shared].join("/"));
            if !STILL_CLOSED.contains(&(&user, &used)) {
                uses.entry(user).or_default().insert(used);
            }
        }
    }
    uses
}

/// `text/shape` of `src/text/shape.rs`, in parts.
fn module(path: &str) -> Vec<&str> {
    path.trim_start_matches("src/").trim_end_matches(".rs").split('/').collect()
}

/// Whether one entry leads to another by what it uses and what that uses.
fn reaches(uses: &Uses, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(entry) = open.pop() {
        if entry == to {
            return true;
        }
        let next = uses.get(entry).into_iter().flatten().map(String::as_str);
        open.extend(next.filter(|entry| seen.insert(*entry)));
    }
    false
}

#[test]
fn planted_circles_are_found() {
    let check = |files: &[(&str, &str)], expected: &[&str]| {
        let paper =
            |(path, text): &(&str, &str)| Paper { path: format!("src/{path}.rs"), text: (*text).into() };
        assert_eq!(complaints(&files.iter().map(paper).collect::<Vec<_>>()), expected, "{files:?}");
    };
    let face = ("text", "mod shape;\nmod class;\npub use self::shape::Shape;");
    let two = [
        "`text/class` uses `text/shape`, which comes back to it",
        "`text/shape` uses `text/class`, which comes back to it",
    ];
    check(
        &[face, ("text/shape", "use super::class::Class;"), ("text/class", "use crate::text::shape;")],
        &two,
    );
    check(&[face, ("text/shape", "use super::class::Class;"), ("text/class", "use super::Shape;")], &[]);
    check(
        &[
            face,
            ("text/shape", "use super::class::marks;"),
            ("text/class", ""),
            ("text/class/marks", "use super::super::shape::f;"),
        ],
        &two,
    );
    check(
        &[
            face,
            ("text/shape", "use super::class::Class;"),
            ("text/class", "#[cfg(test)]\nmod tests { use super::super::shape; }"),
        ],
        &[],
    );
    check(
        &[
            ("a/x", "use super::y;"),
            ("a/y", "fn f() { super::z::g() }"),
            ("a/z", "use super::x::X;"),
            ("a/w", "use super::x;"),
        ],
        &[
            "`a/x` uses `a/y`, which comes back to it",
            "`a/y` uses `a/z`, which comes back to it",
            "`a/z` uses `a/x`, which comes back to it",
        ],
    );
}
