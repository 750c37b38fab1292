//! The map of the house in `ARCHITECTURE.md`, file by file, against the files that there are.

use std::collections::BTreeSet;

use super::Paper;

/// Where the map begins, and what it is known to end before.
const MAP: (&str, &str) = ("### File by file", "\n\n");

/// What the law has to say about a map: files that it leaves out, files that are not there. The file of
/// a room itself stands in the table of floors.
pub(super) fn complaints(papers: &[Paper], text: &str) -> Vec<String> {
    let named = named(text);
    let inside = papers.iter().filter_map(|paper| paper.path.strip_prefix("src/"));
    let files: BTreeSet<&str> =
        inside.filter(|path| !path.split('/').any(|part| part.trim_end_matches(".rs") == "tests")).collect();
    let left_out = files.iter().filter(|path| path.contains('/') && !named.contains(**path));
    let left_out = left_out.map(|path| format!("{path}: not on the map in ARCHITECTURE.md"));
    let gone = named.iter().filter(|path| !files.contains(path.as_str()));
    left_out.chain(gone.map(|path| format!("ARCHITECTURE.md: there is no {path}"))).collect()
}

/// The files that the first cells of a map name: `room/a.rs`, or `a.rs` or `a` after the folder that the last
/// path before it in the cell had.
fn named(text: &str) -> BTreeSet<String> {
    let map = text.split_once(MAP.0).map_or("", |(_, rest)| rest).trim_start();
    let map = map.split_once(MAP.1).map_or(map, |(map, _)| map);
    let mut named = BTreeSet::new();
    for row in map.lines().skip(2) {
        let cell = row.split('|').nth(1).unwrap_or_default();
        let mut folder = String::new();
        for name in cell.split('`').skip(1).step_by(2) {
            let (above, own) = name.rsplit_once('/').unwrap_or((&folder, name));
            if !own.is_empty() {
                let path = [above, own.trim_end_matches(".rs")].into_iter().filter(|part| !part.is_empty());
                named.insert(format!("{}.rs", path.collect::<Vec<_>>().join("/")));
            }
            folder = above.to_owned();
        }
    }
    named
}

#[test]
fn a_map_is_read_cell_by_cell() {
    let text = "### File by file\n\n| file | about |\n|---|---|\n| `room.rs`, `a/b.rs`, `c.rs` | `x` |\n| `a/` `d`, `a/d/e.rs` | `y` |\n\n`z`";
    let named: Vec<String> = named(text).into_iter().collect();
    assert_eq!(named, ["a/b.rs", "a/c.rs", "a/d.rs", "a/d/e.rs", "room.rs"]);
    let papers = ["room", "a", "a/b", "a/c", "a/d", "a/f", "a/tests", "a/tests/g"]
        .map(|path| Paper { path: format!("src/{path}.rs"), text: String::new() });
    assert_eq!(
        complaints(&papers, text),
        ["a/f.rs: not on the map in ARCHITECTURE.md", "ARCHITECTURE.md: there is no a/d/e.rs"]
    );
}
