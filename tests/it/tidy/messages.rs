//! Messages and their manual: a code stands in `docs/messages.md` once it is used, and no longer.

use std::collections::BTreeSet;

use super::Paper;
use super::source::read;

/// What the law has to say about the messages of `sources`, given the manual.
pub(super) fn complaints(sources: &[Paper], manual: &str) -> Vec<String> {
    let headings: Vec<&str> =
        manual.lines().filter_map(|line| line.strip_prefix("## ")).map(str::trim).collect();
    let documented: BTreeSet<&str> = headings.iter().copied().collect();
    let mut complaints = Vec::new();
    let mut said = String::new();
    for paper in sources.iter().filter(|paper| !paper.path.ends_with("/tests.rs")) {
        let spoken = read(&paper.text).spoken;
        for code in codes(&spoken).filter(|code| !documented.contains(code)) {
            complaints.push(format!("{}: `{code}` is not in docs/messages.md", paper.path));
        }
        said.push_str(&spoken);
    }
    for code in &documented {
        // Any mention will do: a code may reach its message by way of a function.
        if !said.contains(&format!("\"{code}\"")) {
            complaints.push(format!("docs/messages.md: no message has the code `{code}`"));
        }
    }
    if !headings.is_sorted_by(|before, after| before < after) {
        complaints.push("docs/messages.md: its codes are not each once and in order".into());
    }
    complaints.sort();
    complaints.dedup();
    complaints
}

/// The codes that are written where a message is made.
fn codes(spoken: &str) -> impl Iterator<Item = &str> {
    ["Diagnostic::error(", "Diagnostic::warning(", "Diagnostic::unfit(", "Code("].into_iter().flat_map(
        move |call| {
            spoken.match_indices(call).filter_map(move |(at, _)| {
                let argument = spoken[at + call.len()..].trim_start().strip_prefix('"')?;
                argument.split_once('"').map(|(code, _)| code)
            })
        },
    )
}

#[test]
fn planted_faults_are_found() {
    let source = "//! Not `Diagnostic::error(\"in-a-comment\", ..)`.\nfn f() { Diagnostic::error(\n    \"glyph-missing\", \"no glyph\") }\n";
    let sources = [Paper { path: "src/font.rs".into(), text: source.into() }];
    assert_eq!(complaints(&sources, "# Messages\n## glyph-missing\nText.\n"), Vec::<String>::new());
    assert_eq!(
        complaints(&sources, "# Messages\n"),
        ["src/font.rs: `glyph-missing` is not in docs/messages.md"]
    );
    assert_eq!(
        complaints(&sources, "## glyph-missing\n## in-a-comment\n"),
        ["docs/messages.md: no message has the code `in-a-comment`"]
    );
}
