//! The rules of the press on a page that breaks them, one after the other: what a desk is told.

use duikai::diag::{Diagnostic, Severity};
use duikai::job::{Made, Make};

use super::desk::Desk;
use super::sample::house;

const LAYOUT: &str = "layouts/duikai-6x17.toml";
const STORY: &str = "stories/one.toml";
const PAGE: &str = "pages/A02.toml";

fn found<'m>(made: &'m Made, rule: &str) -> Option<&'m Diagnostic> {
    made.notes.iter().find(|note| note.code.0 == rule)
}

/// Fails unless a page breaks this rule and no other, about the story, in these words.
#[track_caller]
fn breaks(desk: &Desk, rule: &str, severity: Severity, message: &str) {
    let made = desk.make(Make::Check);
    let press: Vec<&Diagnostic> =
        made.notes.iter().filter(|note| note.code.0.starts_with(char::is_uppercase)).collect();
    assert_eq!(press.iter().map(|note| note.code.0).collect::<Vec<_>>(), [rule], "{:?}", made.notes);
    assert_eq!(press[0].severity, severity);
    assert_eq!(press[0].about.as_deref(), Some("one"));
    assert!(press[0].message.contains(message), "{}", press[0].message);
    assert!(press[0].help.is_some() && press[0].at.is_some(), "a place and a remedy");
}

/// The desk's story with a column head, in the layout's bar.
fn with_bar() -> Desk {
    Desk::new().change(STORY, "id = \"one\"", "id = \"one\"\ncolumn_head = \"小城\"").change(
        PAGE,
        "rows = 12 }",
        "rows = 15 }\ncolumn_head_rows = 3",
    )
}

/// The desk's page with its body in another ink.
fn body_ink(percents: &str) -> Desk {
    Desk::new().change_house(LAYOUT, "[inks]", &format!("[inks]\nspoiled = {percents}")).change_house(
        LAYOUT,
        "[styles.body]",
        "[styles.body]\nink = \"spoiled\"",
    )
}

#[test]
fn a_page_in_order_breaks_none() {
    for desk in [Desk::new(), with_bar()] {
        let made = desk.make(Make::Check);
        assert!(made.notes.is_empty(), "{:?}", made.notes);
    }
}

#[test]
fn small_type() {
    let small = Desk::new().change(PAGE, "style = \"song\"", "style = \"song\", size = \"5pt\"");
    breaks(&small, "NP-TXT-MIN", Severity::Unfit, "`小城新事`: type of 5pt, and newsprint holds 6pt");
}

#[test]
fn small_type_in_a_tint() {
    let seven = Desk::new().change(PAGE, "style = \"song\"", "style = \"song\", size = \"7pt\"");
    let made = seven.make(Make::Check);
    assert!(found(&made, "NP-TXT-MIN").is_none(), "solid black holds 6 pt");
    let grey = seven.change_house(LAYOUT, "[inks]", "[inks]\nspoiled = [0, 0, 0, 60]");
    let text = std::fs::read_to_string(house().join(LAYOUT)).expect("the layout is there");
    let head = text[text.find("[head.style.song]").expect("it has the style")..].lines();
    let line = head.clone().find(|line| line.starts_with("headline = ")).expect("it has a headline");
    let inked = line.replacen(" }", ", ink = \"spoiled\" }", 1);
    breaks(
        &grey.change_house(LAYOUT, line, &inked),
        "NP-TXT-MIN",
        Severity::Unfit,
        "newsprint holds 8pt and more",
    );
}

#[test]
fn small_white_type_in_a_bar() {
    let bar = |size: &str, face: &str| {
        with_bar()
            .change_house(
                LAYOUT,
                "size = \"17pt\"\nink = \"paper\"",
                &format!("size = \"{size}\"\nink = \"paper\""),
            )
            .change_house(
                LAYOUT,
                "[column_head]\nfaces = [\"tehei\", \"song\"]",
                &format!("[column_head]\nfaces = [\"{face}\"]"),
            )
    };
    let told = "type of 9pt left white in 2 inks closes up";
    breaks(&bar("9pt", "hei"), "NP-TXT-REV", Severity::Warning, told);
    let black =
        |size: &str, face: &str| bar(size, face).change_house(LAYOUT, "bar = \"blue\"", "bar = \"black\"");
    assert!(found(&black("9pt", "hei").make(Make::Check), "NP-TXT-REV").is_none(), "black alone holds 8 pt");
    breaks(
        &black("9pt", "song"),
        "NP-TXT-REV",
        Severity::Warning,
        "type of 9pt left white in 1 ink closes up",
    );
}

#[test]
fn white_type_on_bare_paper() {
    let white = Desk::new().change_house(LAYOUT, "[styles.body]", "[styles.body]\nink = \"paper\"");
    breaks(&white, "NP-INVIS", Severity::Unfit, "white type on bare paper");
}

#[test]
fn rich_black_type() {
    breaks(&body_ink("[40, 30, 30, 100]"), "NP-K-TEXT", Severity::Unfit, "dark type of 9pt in 4 inks");
}

#[test]
fn small_type_in_three_inks() {
    breaks(&body_ink("[30, 30, 30, 0]"), "NP-K-TEXT-C", Severity::Warning, "type of 9pt in 3 inks");
}

#[test]
fn many_lines_with_one_fault_are_told_once() {
    let made = body_ink("[40, 30, 30, 100]").make(Make::Check);
    assert_eq!(made.notes.iter().filter(|note| note.code.0 == "NP-K-TEXT").count(), 1);
    let note = found(&made, "NP-K-TEXT").expect("it is told");
    assert!(note.message.contains("and 7 more lines"), "{}", note.message);
}

#[test]
fn thin_frame() {
    let thin = Desk::new()
        .change_house(
            LAYOUT,
            "[rules.",
            "[rules.hair]\nstrokes = [{ offset = \"0pt\", weight = \"0.2pt\" }]\n\n[rules.",
        )
        .change(PAGE, "rows = 12 }", "rows = 14 }\nbox = { rule = \"hair\", inset = \"0.45em\", rows = 1 }");
    breaks(&thin, "NP-LINE", Severity::Unfit, "a rule of `one` is 0.2pt thick");
}

#[test]
fn type_that_the_knife_cuts() {
    // A type area as high as the sheet: the folio line stands at its head.
    let high = Desk::new().change_house(LAYOUT, "height = \"545mm\"", "height = \"1380pt\"").change_house(
        LAYOUT,
        "baseline = \"38pt\"",
        "baseline = \"10pt\"",
    );
    let made = high.make(Make::Check);
    let note = found(&made, "NP-SAFE").expect("it is told");
    assert!(note.message.contains("`2`: the knife cuts through it"), "{}", note.message);
}

#[test]
fn tint_that_ends_on_the_trim() {
    // A type area as high as the sheet: a frame at its foot stands on the trim.
    let full = Desk::new()
        .change_house(LAYOUT, "height = \"545mm\"", "height = \"1380pt\"")
        .change(PAGE, "row = 1, cols = 2, rows = 12 }", "row = 97, cols = 2, rows = 14 }\nbox = { rule = \"kuang\", inset = \"0.45em\", rows = 1, tint = 10 }");
    breaks(&full, "NP-BLEED", Severity::Warning, "touches the trim and does not run to the bleed: bottom");
    let cannot = full.change_house(LAYOUT, "bleed = \"3mm\"", "bleed = \"0mm\"");
    assert!(found(&cannot.make(Make::Check), "NP-BLEED").is_none(), "a press that cannot bleed");
}

#[test]
fn page_with_nothing_on_it() {
    let empty = Desk::new().put(PAGE, "page_no = 2\nsection = \"要闻\"\n".as_bytes());
    let made = empty.make(Make::Check);
    let note = found(&made, "NP-EMPTY").expect("it is told");
    assert_eq!(note.severity, Severity::Warning);
}

#[test]
fn face_that_may_not_be_embedded() {
    let mut font = std::fs::read(house().join("fonts/NotoSerifSC-Regular.otf")).expect("the font is there");
    let table = (12..).step_by(16).find(|at| &font[*at..at + 4] == b"OS/2").expect("it has the table");
    let offset = u32::from_be_bytes(font[table + 8..table + 12].try_into().expect("four bytes")) as usize;
    font[offset + 8..offset + 10].copy_from_slice(&[0, 2]);
    let made = Desk::new().put_house("fonts/NotoSerifSC-Regular.otf", &font).make(Make::Check);
    let note = found(&made, "FONT-17").expect("it is told");
    assert!(note.message.contains("`song` may not be embedded"), "{}", note.message);
    assert_eq!(note.severity, Severity::Unfit);
}

#[test]
fn black_that_cannot_overprint() {
    // 160 % of colour and black on top would be 260 %.
    let black = with_bar().change_house(
        LAYOUT,
        "size = \"17pt\"\nink = \"paper\"",
        "size = \"17pt\"\nink = \"black\"",
    );
    let made = black.make(Make::Check);
    let note = found(&made, "NP-OVP-K").expect("it is told");
    assert_eq!(note.severity, Severity::Warning);
    assert!(note.message.starts_with("`小城`: black clears"), "{}", note.message);
}

#[test]
fn every_rule_is_explained() {
    let manual = std::fs::read_to_string(house().join("docs/messages.md")).expect("it is there");
    let keys = std::fs::read_to_string(house().join("docs/keys.md")).expect("it is there");
    for rule in duikai::model::preflight::RULES {
        assert!(manual.contains(&format!("\n## {rule}\n")), "docs/messages.md: {rule}");
        assert!(keys.contains(&format!("`{rule}`")), "docs/keys.md: {rule}");
    }
}

#[test]
fn a_house_settles_what_it_makes_of_a_rule() {
    let rich = body_ink("[40, 30, 30, 100]");
    let settled = |verdict: &str| {
        let made = rich.clone().change_house(
            LAYOUT,
            "[sheet]",
            &format!("[preflight]\nNP-K-TEXT = \"{verdict}\"\n\n[sheet]"),
        );
        found(&made.make(Make::Check), "NP-K-TEXT").map(|note| note.severity)
    };
    assert_eq!(settled("off"), None);
    assert_eq!(settled("warning"), Some(Severity::Warning));
    assert_eq!(settled("error"), Some(Severity::Unfit));
}

#[test]
fn a_rule_that_there_is_not() {
    let made = Desk::new()
        .change_house(LAYOUT, "[sheet]", "[preflight]\nNP-TXT = \"off\"\n\n[sheet]")
        .make(Make::Check);
    let note = found(&made, "name-unknown").expect("it is told");
    assert!(note.message.contains("`NP-TXT`"), "{}", note.message);
    assert!(note.help.as_deref().is_some_and(|help| help.contains("`NP-TXT-MIN`")), "the ones there are");
}

/// What the program says about an edition on disk, and its exit code.
fn preflight(desk: &Desk, json: bool) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().expect("a directory");
    desk.write(folder.path());
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_duikai"));
    command.arg("preflight").arg(folder.path()).arg("--root").arg(house());
    if json {
        command.arg("--json");
    }
    let output = command.output().expect("the program runs");
    assert!(!folder.path().join("build").exists(), "nothing is written");
    (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
}

#[test]
fn a_desk_reads_its_findings_by_page_and_story() {
    let (code, text) = preflight(&Desk::new(), false);
    assert_eq!(code, Some(0));
    assert!(text.ends_with(": nothing found\n  page A02: nothing found\n"), "{text}");
    let small = Desk::new().change(PAGE, "style = \"song\"", "style = \"song\", size = \"5pt\"");
    let (code, text) = preflight(&small, false);
    assert_eq!(code, Some(2));
    let mut lines = text.lines();
    assert!(lines.next().is_some_and(|line| line.ends_with(": 1 error, 1 warning")), "{text}");
    assert_eq!((lines.next(), lines.next()), (Some("  page A02"), Some("    one")));
    assert!(lines.next().is_some_and(|line| line.starts_with("      error   NP-TXT-MIN ")), "{text}");
    assert!(lines.next().is_some_and(|line| line.contains("set it in 6pt or larger")), "{text}");
    assert!(lines.next().is_some_and(|line| line.ends_with("pages/A02.toml:5:9")), "{text}");
}

#[test]
fn a_program_reads_them_as_json() {
    let small = Desk::new().change(PAGE, "style = \"song\"", "style = \"song\", size = \"5pt\"");
    let (_, line) = preflight(&small, true);
    let report: serde_json::Value = serde_json::from_str(&line).expect("a line of JSON");
    assert_eq!((&report["schema"], &report["status"]), (&"preflight-edition/1".into(), &"unfit".into()));
    let finding = &report["pages"][0]["findings"][0];
    assert_eq!(finding["rule"], "NP-TXT-MIN");
    assert_eq!((&finding["about"], &finding["severity"]), (&"one".into(), &"error".into()));
    assert_eq!((&finding["line"], &finding["column"]), (&5.into(), &9.into()));
    let (code, line) = preflight(&Desk::new().remove(STORY), true);
    let report: serde_json::Value = serde_json::from_str(&line).expect("a line of JSON");
    assert_eq!((code, &report["findings"][0]["rule"]), (Some(2), &"file-missing".into()));
}
