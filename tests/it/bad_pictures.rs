//! Pictures that cannot be read or may not be: refused where the story names them.

use duikai::diag::Severity;
use duikai::files::{Disk, Files, Place};
use duikai::job::{self, Make, Outcome, Request};

use super::bad_input::check;
use super::desk::{Desk, errors, place};
use super::sample::house;

const NAMED: &str = "stories/one.toml:9:8";

fn picture(name: &str) -> Vec<u8> {
    std::fs::read(house().join("tests/pictures").join(name)).expect("the picture is there")
}

#[test]
fn a_good_picture_is_taken() {
    let made = Desk::with_picture(&picture("progressive.jpg")).make(Make::Check);
    assert!(errors(&made).is_empty(), "{:?}", made.notes);
    assert_eq!(made.outcome(), Outcome::Fits, "{}", made.pages[0].fit);
}

#[test]
fn missing_picture() {
    let desk = Desk::with_picture(b"").remove("view.jpg");
    check(&desk, "file-missing", NAMED, "`view.jpg`", "add the file");
}

#[test]
fn text_under_the_name_of_a_picture() {
    let desk = Desk::with_picture("这不是图片".as_bytes());
    check(&desk, "picture", NAMED, "not a picture", "save it as JPEG, PNG or TIFF");
}

#[test]
fn empty_picture() {
    let desk = Desk::with_picture(b"");
    check(&desk, "picture", NAMED, "the file is empty", "copy or download it again");
}

#[test]
fn truncated_picture() {
    let desk = Desk::with_picture(&picture("bad_truncated.jpg"));
    check(&desk, "picture", NAMED, "ends before the picture does", "copy or download it again");
}

#[test]
fn oversized_picture() {
    let desk = Desk::with_picture(&picture("bomb_46000x46000_1bit.png"));
    check(&desk, "picture", NAMED, "46000 x 46000 pixels", "scale it down");
}

#[test]
fn coarse_picture() {
    let desk = Desk::with_picture(&picture("lowres_200x112.jpg"));
    let made = desk.make(Make::Pages);
    let note = made.notes.iter().find(|note| note.code.0 == "NP-PPI").expect("it is told");
    assert_eq!((note.severity, place(&made, note).as_str()), (Severity::Unfit, NAMED));
    assert!(note.message.contains("pixels per inch"), "{}", note.message);
    assert!(made.pages.iter().all(|page| page.pdf.is_none() && page.draft.is_some()), "a draft to look at");
}

#[test]
fn coarse_line_art() {
    let made = Desk::with_picture(&picture("bilevel.png")).make(Make::Check);
    let codes: Vec<&str> =
        made.notes.iter().map(|note| note.code.0).filter(|code| code.starts_with("NP-PPI")).collect();
    assert_eq!(codes, ["NP-PPI-1BIT"], "{:?}", made.notes);
    let note = made.notes.iter().find(|note| note.code.0 == "NP-PPI-1BIT").expect("it is told");
    assert_eq!((note.severity, place(&made, note).as_str()), (Severity::Unfit, NAMED));
    assert!(note.message.contains("line art"), "{}", note.message);
}

#[test]
fn picture_that_stands_nowhere() {
    let story = Desk::with_picture(b"").text("stories/one.toml");
    let desk = Desk::new().put("stories/one.toml", story.as_bytes());
    let at = "pages/A02.toml:5:9";
    check(&desk, "picture-unplaced", at, "`view` of `one`", "[[block.picture]]");
}

#[test]
fn what_must_stay_in_view() {
    let keep = |edges: &str| {
        let typed = format!("file = \"view.jpg\"\nkeep = {edges}");
        Desk::with_picture(&picture("progressive.jpg")).change(
            "stories/one.toml",
            "file = \"view.jpg\"",
            &typed,
        )
    };
    // A picture of 900 x 506 in a place of 180 x 132 points.
    let made = keep("[100, 0, 900, 1000]").make(Make::Check);
    assert!(errors(&made).is_empty(), "{:?}", made.notes);
    let made = keep("[50, 0, 1000, 1000]").make(Make::Pages);
    let note = made.notes.iter().find(|note| note.code.0 == "picture-keep").expect("it is cut");
    assert_eq!(place(&made, note), "stories/one.toml:10:8");
    assert!(note.message.contains("its place of 180pt x 132pt is 1.36 times as wide as high"), "{note:?}");
    let help = note.help.as_deref().expect("a remedy");
    assert!(help.contains("1.69 to 1.77 times as wide as high"), "{help}");
    assert!(made.pages[0].draft.is_some() && made.pages[0].pdf.is_none(), "the draft shows the crop");
    for edges in ["[500, 0, 500, 1000]", "[0, 900, 1000, 100]", "[0, 0, 1001, 1000]"] {
        check(&keep(edges), "keep", "stories/one.toml:10:8", "a part of it", "[left, top, right, bottom]");
    }
}

#[test]
fn polarity_that_nobody_told() {
    let bare = picture("cmyk_no_adobe_marker.jpg");
    let desk = Desk::with_picture(&bare);
    check(&desk, "picture", NAMED, "0 is paper or solid ink", "`inverted = true`");
    let told = desk.change("stories/one.toml", "id = \"view\"", "inverted = true\nid = \"view\"");
    assert!(errors(&told.make(Make::Check)).is_empty());
}

#[test]
fn paths_that_leave_the_project() {
    let story = |path: &str| Desk::with_picture(b"").change("stories/one.toml", "view.jpg", path);
    let outside = |desk: &Desk| {
        check(desk, "path-outside", NAMED, "leaves the project folder", "without `..`");
    };
    outside(&story("../view.jpg"));
    outside(&story("photos/../../view.jpg"));
    outside(&story("/view.jpg"));
    check(&story("C:\\\\view.jpg"), "path-outside", NAMED, "write `/`", "without `..`");
}

#[test]
#[cfg(unix)]
fn a_link_that_leads_out_of_the_project() {
    let (project, elsewhere) = (tempfile::tempdir(), tempfile::tempdir());
    let (project, elsewhere) = (project.expect("a directory"), elsewhere.expect("a directory"));
    let secret = elsewhere.path().join("view.jpg");
    std::fs::write(&secret, picture("progressive.jpg")).expect("a file");
    let desk = Desk::with_picture(b"").remove("view.jpg");
    desk.write(project.path());
    std::os::unix::fs::symlink(&secret, project.path().join("view.jpg")).expect("a link");
    let files = Disk::new(house(), project.path()).expect("both are there");
    let made = job::run(&files, &Request::default(), &mut |_| {});
    let [note] = errors(&made)[..] else { panic!("{:?}", made.notes) };
    assert_eq!((note.code.0, place(&made, note).as_str()), ("path-outside", NAMED));
    assert!(note.message.contains("symbolic link"), "{note:?}");
    assert!(note.help.as_ref().is_some_and(|help| help.contains("links that lead out")), "{note:?}");
    assert_eq!(made.outcome(), Outcome::Unfit);
}

#[test]
fn a_folder_is_not_outside_the_project() {
    let project = tempfile::tempdir().expect("a directory");
    Desk::with_picture(b"").remove("view.jpg").write(project.path());
    std::fs::create_dir(project.path().join("view.jpg")).expect("a folder");
    let files = Disk::new(house(), project.path()).expect("both are there");
    let error = files.open(Place::Edition, "view.jpg").expect_err("it is no file");
    assert_eq!(error.kind(), std::io::ErrorKind::IsADirectory);
    let made = job::run(&files, &Request::default(), &mut |_| {});
    let [note] = errors(&made)[..] else { panic!("{:?}", made.notes) };
    assert_eq!((note.code.0, place(&made, note).as_str()), ("file-unreadable", NAMED));
}
