//! The floors: which module may use which. `ARCHITECTURE.md` draws them for people.

use std::collections::BTreeSet;

use super::Paper;
use super::paths::paths;
use super::source::read;

/// Every top module and the floor it stands on. A module uses itself and lower floors.
const FLOORS: [(&str, u8); 22] = [
    ("unit", 0),
    ("diag", 0),
    ("geom", 1),
    ("color", 1),
    ("fingerprint", 1),
    ("model", 2),
    ("room", 2),
    ("files", 3),
    ("source", 4),
    ("font", 4),
    ("picture", 4),
    ("pdf", 4),
    ("text", 5),
    ("flow", 6),
    ("ad", 7),
    ("page", 8),
    ("paint", 9),
    ("judge", 10),
    ("output", 10),
    ("job", 11),
    ("inspect", 12),
    ("cli", 13),
];

/// Pairs that share a floor and yet may be used so: user, used. A pair needs a reason beside it.
const NEIGHBOURS: [(&str, &str); 0] = [];

fn floor_of(module: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == module).map(|(_, floor)| *floor)
}

/// What the law has to say about one file under `src/`.
pub(super) fn complaints(paper: &Paper) -> Vec<String> {
    let path = paper.path.strip_prefix("src/").unwrap_or(&paper.path);
    let parts: Vec<&str> = path.trim_end_matches(".rs").split('/').collect();
    let user = match parts[0] {
        // The library's root only lists its modules; the program's root is the command line.
        "lib" => return Vec::new(),
        "main" => "cli",
        module => module,
    };
    if parts.contains(&"tests") {
        return Vec::new();
    }
    let Some(floor) = floor_of(user) else {
        return vec![format!("{path}: `{user}` has no floor: give it one in tests/it/tidy/floors.rs")];
    };
    let bare = read(&paper.text).bare;
    let used: BTreeSet<String> =
        paths(&bare, &parts).into_iter().filter_map(|path| path.into_iter().next()).collect();
    used.iter()
        .filter(|used| *used != user && *used != parts[0])
        .filter_map(|used| match floor_of(used) {
            Some(below) if below < floor => None,
            Some(_) if NEIGHBOURS.contains(&(user, used.as_str())) => None,
            Some(other) => Some(format!("{path}: `{user}` (floor {floor}) uses `{used}` (floor {other})")),
            None => Some(format!("{path}: `{user}` (floor {floor}) uses `{used}`, which has no floor")),
        })
        .collect()
}

#[test]
fn planted_faults_are_found() {
    let check = |path: &str, text: &str, expected: &[&str]| {
        let paper = Paper { path: path.into(), text: text.into() };
        assert_eq!(complaints(&paper), expected, "{text}");
    };
    let upward = "text/bad.rs: `text` (floor 5) uses `flow` (floor 6)";
    check("src/text/bad.rs", "use crate::flow::thread::pour;", &[upward]);
    check("src/text/bad.rs", "fn f() { crate :: flow::pour() }", &[upward]);
    check("src/text/bad.rs", "use crate::{unit::Len, flow::{rooms, thread}};", &[upward]);
    check("src/text/bad.rs", "use super::super::flow::rooms;", &[upward]);
    check("src/text/bad.rs", "use super::shape;\nuse crate::text::class;\nuse crate::font::Face;", &[]);
    check("src/text/bad.rs", "// crate::flow\nconst A: &str = \"crate::flow\";", &[]);
    check("src/text/bad.rs", "#[cfg(test)]\nmod tests { use crate::flow::rooms; }", &[]);
    check("src/text/tests.rs", "use crate::flow::rooms;", &[]);
    check(
        "src/judge/sheet.rs",
        "use crate::output::map;",
        &["judge/sheet.rs: `judge` (floor 10) uses `output` (floor 10)"],
    );
    check("src/main.rs", "use duikai::job;\nmod cli;\nuse crate::cli::messages;", &[]);
    check("src/page.rs", "use crate::Len;", &["page.rs: `page` (floor 8) uses `Len`, which has no floor"]);
    check("src/cellar.rs", "", &["cellar.rs: `cellar` has no floor: give it one in tests/it/tidy/floors.rs"]);
}
