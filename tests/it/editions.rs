//! Editions of several pages: what is built again and what is not, zones, single pages, bound files.

use std::collections::BTreeMap;
use std::path::Path;

use duikai::files::Disk;
use duikai::job::{self, Cache, Made, Make, Request, Stage};
use duikai::model::edition::Level;
use serde_json::Value;

use super::desk::{Desk, errors};
use super::sample::house;
use super::threads::{LEAD, jumping};

/// Three pages of a story each; that of A03 has a picture.
fn three() -> Desk {
    let plain = Desk::new();
    let other = |page: &str, number: &str, story: &str| {
        let text = plain.text("pages/A02.toml").replace("page_no = 2", &format!("page_no = {number}"));
        (format!("pages/{page}.toml"), text.replace("\"one\"", &format!("\"{story}\"")))
    };
    let story = |id: &str| plain.text("stories/one.toml").replace("id = \"one\"", &format!("id = \"{id}\""));
    let picture = std::fs::read(house().join("tests/pictures/progressive.jpg")).expect("a picture");
    let pictured = Desk::with_picture(&picture);
    let page =
        pictured.text("pages/A02.toml").replace("page_no = 2", "page_no = 3").replace("\"one\"", "\"two\"");
    let two = pictured.text("stories/one.toml").replace("id = \"one\"", "id = \"two\"");
    let (last, last_page) = other("A04", "4", "three");
    plain
        .clone()
        .change("edition.toml", "[\"A02\"]", "[\"A02\", \"A03\", \"A04\"]")
        .put("pages/A03.toml", page.as_bytes())
        .put("stories/two.toml", two.as_bytes())
        .put("view.jpg", &picture)
        .put(&last, last_page.as_bytes())
        .put("stories/three.toml", story("three").as_bytes())
}

/// The same with a zone that has its own A04.
fn zoned() -> Desk {
    let desk = three();
    let page = desk.text("pages/A04.toml").replace("\"three\"", "\"north\"");
    let story = desk
        .text("stories/three.toml")
        .replace("id = \"three\"", "id = \"north\"")
        .replace("新事\"", "北事\"");
    let edition =
        desk.text("edition.toml") + "\n[[zone]]\nid = \"north\"\nreplace = { A04 = \"A04-north\" }\n";
    desk.put("edition.toml", edition.as_bytes())
        .put("pages/A04-north.toml", page.as_bytes())
        .put("stories/north.toml", story.as_bytes())
}

fn kept_in(folder: &Path) -> Request {
    Request { cache: Cache::at(folder.join(".cache")), ..Request::default() }
}

/// Every promised file under a folder, by its path from there.
fn promised(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_file() {
            if name != "changed.json" {
                files.insert(name, std::fs::read(&path).expect("a file"));
            }
        } else if name != ".cache" {
            files.extend(promised(&path).into_iter().map(|(own, bytes)| (format!("{name}/{own}"), bytes)));
        }
    }
    files
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("lists are JSON")
}

/// What the list of changes says of each page.
fn changes(made: &Made) -> Vec<String> {
    let list = json(made.changes.as_deref().expect("pages went to a folder"));
    let pages = list["pages"].as_array().expect("a list").iter();
    pages
        .map(|page| {
            format!("{} {}", page["file"].as_str().expect("a file"), page["change"].as_str().expect("a word"))
        })
        .collect()
}

/// Builds an edition over what was built of another, and fails unless all is as if it had been built
/// anew and so many pages were kept.
#[track_caller]
fn check_warm(what: &str, before: &Desk, after: &Desk, level: Option<Level>, kept: usize) {
    let (warm, cold) = (tempfile::tempdir().expect("a directory"), tempfile::tempdir().expect("a directory"));
    let request = Request { level, ..kept_in(warm.path()) };
    before.publish(&kept_in(warm.path()), warm.path());
    let again = after.publish(&request, warm.path());
    let anew = after.publish(&Request { level, ..Request::default() }, cold.path());
    assert!(errors(&anew).is_empty(), "{what}: {:?}", anew.notes);
    assert_eq!(again.kept, kept, "{what}: pages that were not built again");
    assert_eq!(again.notes, anew.notes, "{what}: what is said");
    assert_eq!(again.judged, anew.judged, "{what}: what is said of pages");
    let (mut old, new) = (promised(warm.path()), promised(cold.path()));
    old.retain(|name, _| new.contains_key(name));
    for (name, bytes) in &new {
        assert!(old.get(name) == Some(bytes), "{what}: {name} is not as if built anew");
    }
    assert_eq!((again.delivery, again.zones), (anew.delivery, anew.zones), "{what}: the delivery lists");
}

#[test]
fn a_page_is_built_again_when_what_it_follows_from_changes_and_only_then() {
    let base = three();
    check_warm("nothing", &base, &base, None, 3);
    let typed = |path: &str, from: &str, to: &str, kept: usize| {
        check_warm(
            &format!("{path}: {from} -> {to}"),
            &base,
            &base.clone().change(path, from, to),
            None,
            kept,
        );
    };
    typed("stories/one.toml", "小城|新事", "小城|旧事", 2);
    typed("pages/A04.toml", "要闻", "新闻", 2);
    typed("stories/two.toml", "file = \"view.jpg\"", "file = \"view.jpg\"\nfocus = [400, 500]", 2);
    typed("edition.toml", "paper = \"示例日报\"", "paper = \"示例晚报\"", 0);
    typed("edition.toml", "date = 2022-09-05", "date = 2022-09-06", 0);
    typed("edition.toml", "date = 2022-09-05", "date = 2022-09-05\nrevision = 1", 0);
    typed("edition.toml", "date = 2022-09-05", "date = 2022-09-05 # Monday", 3);
    typed("edition.toml", "editor = \"示例\"", "editor = \"例示\"", 0);
    typed("edition.toml", "editor = \"示例\"", "editor = \"示例\"\nnobody = \"asks\"", 3);
    typed("edition.toml", "\"A02\", \"A03\", \"A04\"", "\"A04\", \"A02\"", 2);
    check_warm("a level", &base, &base, Some(Level::X4), 0);
    let other = std::fs::read(house().join("tests/pictures/exif_orientation_1.jpg")).expect("a picture");
    check_warm("a photograph", &base, &base.clone().put("view.jpg", &other), None, 2);
    let layout = base.clone().change_layout("slug = \"10mm\"", "slug = \"11mm\"");
    check_warm("the layout", &base, &layout, None, 0);
    let condition = base.clone().change_house("profiles/newsprint.toml", "ink_limit", "# less\nink_limit");
    check_warm("a comment on the condition", &base, &condition, None, 3);
    let face = std::fs::read(house().join("fonts/NotoSerifCJKsc-Bold-subset.otf")).expect("a font");
    check_warm("a face", &base, &base.clone().put_house("fonts/NotoSerifSC-Regular.otf", &face), None, 0);
    let zoned = zoned();
    check_warm("a zone", &base, &zoned, None, 3);
    check_warm("a zone's page", &zoned, &zoned.clone().change("stories/north.toml", "北事", "北话"), None, 3);
    check_warm(
        "a shared page",
        &zoned,
        &zoned.clone().change("stories/one.toml", "小城|新事", "小城|旧事"),
        None,
        3,
    );
}

#[test]
fn files_that_someone_changed_are_not_taken_for_good() {
    let (desk, folder) = (three(), tempfile::tempdir().expect("a directory"));
    let (out, request) = (folder.path(), kept_in(folder.path()));
    assert_eq!(changes(&desk.publish(&request, out)), ["A02.pdf new", "A03.pdf new", "A04.pdf new"]);
    let good = promised(out);
    for (name, kept) in [("A02.pdf", 2), ("A03.map.json", 2), ("A04.fit.json", 2), ("delivery.json", 3)] {
        let mut bytes = good[name].clone();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        std::fs::write(out.join(name), bytes).expect("a file");
        assert_eq!(desk.publish(&request, out).kept, kept, "{name} was changed");
        assert!(promised(out) == good, "{name} is good again");
        std::fs::remove_file(out.join(name)).expect("a file");
        assert_eq!(desk.publish(&request, out).kept, kept, "{name} was taken away");
        assert!(promised(out) == good, "{name} is there again");
    }
    assert_eq!(desk.publish(&Request::default(), out).kept, 0, "without what was kept");
    let changed = desk.clone().change("stories/one.toml", "小城|新事", "小城|旧事").publish(&request, out);
    assert_eq!(changes(&changed), ["A02.pdf changed", "A03.pdf as-before", "A04.pdf as-before"]);
}

#[test]
fn one_wrong_page_leaves_all_that_lies_there() {
    let (desk, folder) = (three(), tempfile::tempdir().expect("a directory"));
    let request = kept_in(folder.path());
    desk.publish(&request, folder.path());
    let good = promised(folder.path());
    let wrong = desk.clone().change("stories/one.toml", "小城|新事", "小城|旧事").change(
        "stories/three.toml",
        "小城新事小城",
        "小城新事😀城",
    );
    let made = wrong.publish(&request, folder.path());
    assert_eq!(errors(&made).len(), 1);
    assert!(made.pages.is_empty() && promised(folder.path()) == good);
    let long = desk.change(
        "stories/three.toml",
        "\"\n\n[[body]]",
        "\"\n\n[[body]]\ntext = \"多写的一段。\"\n\n[[body]]",
    );
    let made = long.publish(&request, folder.path());
    assert_eq!((made.kept, made.pages.len()), (2, 3));
    let unfit = promised(folder.path());
    assert!(unfit["A04.pdf"] == good["A04.pdf"] && unfit.contains_key("A04.draft.pdf"));
    let list = json(made.delivery.as_deref().expect("two pages were made"));
    assert_eq!(list["files"].as_array().map(Vec::len), Some(2));
}

#[test]
fn what_there_is_to_say_of_a_kept_page_is_said_again() {
    let coarse = three().change_layout("[composition]", "[preflight]\nNP-PPI = \"warning\"\n\n[composition]");
    let small = std::fs::read(house().join("tests/pictures/lowres_200x112.jpg")).expect("a picture");
    let coarse = coarse.put("view.jpg", &small);
    let folder = tempfile::tempdir().expect("a directory");
    let cold = coarse.publish(&kept_in(folder.path()), folder.path());
    let warm = coarse.publish(&kept_in(folder.path()), folder.path());
    assert!(cold.notes.iter().any(|note| note.code.0 == "NP-PPI"), "{:?}", cold.notes);
    assert_eq!((warm.notes, warm.judged, warm.kept), (cold.notes, cold.judged, 3));
}

#[test]
fn only_what_was_asked_for_is_written() {
    let folder = tempfile::tempdir().expect("a directory");
    let only = |names: &[&str]| {
        let only = names.iter().map(|name| (*name).to_owned()).collect();
        let out = folder.path().join(names.concat());
        zoned().publish(&Request { only, ..Request::default() }, &out);
        promised(&out).into_keys().filter(|name| name.ends_with(".pdf")).collect::<Vec<_>>()
    };
    assert_eq!(only(&["A03", "A02"]), ["A02.pdf", "A03.pdf"]);
    assert_eq!(only(&["A04"]), ["A04.pdf", "north/A04.pdf"]);
    assert_eq!(only(&["north/A04"]), ["north/A04.pdf"]);
    let made = zoned().make_with(&Request { only: vec!["north/A02".into()], ..Request::default() });
    assert_eq!(errors(&made)[0].code.0, "page-unknown");
}

#[test]
fn pages_of_one_story_are_composed_together_and_written_one_by_one() {
    let desk = jumping(6, 8, &LEAD.repeat(14));
    let headline = desk.clone().change("stories/one.toml", "小城|新事", "小城|旧事");
    check_warm("a story on both pages", &desk, &headline, None, 0);
    let renumbered = desk.clone().change("pages/A03.toml", "page_no = 3", "page_no = 5");
    check_warm("the number of the page it goes on on", &desk, &renumbered, None, 0);
    let folder = tempfile::tempdir().expect("a directory");
    let (out, request) = (folder.path(), kept_in(folder.path()));
    desk.publish(&Request { only: vec!["A03".to_owned()], ..request.clone() }, out);
    let alone = promised(out);
    assert_eq!(
        alone.keys().collect::<Vec<_>>(),
        ["A03.fit.json", "A03.map.json", "A03.pdf", "delivery.json"]
    );
    assert_eq!(desk.publish(&request, out).kept, 1);
    let both = promised(out);
    assert!(alone.iter().all(|(name, bytes)| name == "delivery.json" || both[name] == *bytes));
    std::fs::remove_file(out.join("A03.pdf")).expect("a file");
    assert_eq!(desk.publish(&request, out).kept, 1);
    assert!(promised(out) == both);
}

#[test]
fn zones_share_what_is_not_their_own() {
    let made = zoned().make_with(&Request { make: Make::Bound, ..Request::default() });
    assert!(errors(&made).is_empty(), "{:?}", made.notes);
    let stems: Vec<String> = made.pages.iter().map(|page| page.stem()).collect();
    assert_eq!(stems, ["A02", "A03", "A04", "north/A04"]);
    let files = |list: &Option<String>| -> Vec<String> {
        let list = json(list.as_deref().expect("a list"));
        let files = list["files"].as_array().expect("files").iter();
        files.map(|file| format!("{} {}", file["file"], file["pages"]).replace('"', "")).collect()
    };
    assert_eq!(
        files(&made.delivery),
        ["A02.pdf [A02]", "A03.pdf [A03]", "A04.pdf [A04]", "edition.pdf [A02,A03,A04]"]
    );
    let zone = &made.zones[0];
    assert_eq!(
        files(&zone.delivery),
        ["A02.pdf [A02]", "A03.pdf [A03]", "north/A04.pdf [A04]", "north/edition.pdf [A02,A03,A04]"]
    );
    assert_eq!(json(zone.delivery.as_deref().expect("a list"))["zone"], "north");
    for bound in [&made.bound, &zone.bound] {
        let bound = lopdf::Document::load_mem(bound.as_deref().expect("it is bound")).expect("a PDF");
        assert_eq!(bound.get_pages().len(), 3);
    }
    assert_ne!(made.bound, zone.bound);
}

#[test]
fn zones_that_cannot_share() {
    let check = |from: &str, to: &str, code: &str| {
        let made = zoned().change("edition.toml", from, to).make(Make::Check);
        let errors = errors(&made);
        assert!(errors.iter().any(|note| note.code.0 == code), "{code}: {errors:?}");
    };
    check("id = \"north\"", "id = \"../north\"", "zone-id");
    check("A04 = \"A04-north\"", "A09 = \"A04-north\"", "zone-page");
    check("id = \"north\"", "id = \"north\"\nvariables = { editor = \"北\" }", "zone-variable");
    let twice = zoned().change("pages/A04-north.toml", "\"north\"", "\"one\"").make(Make::Check);
    assert!(errors(&twice).iter().any(|note| note.code.0 == "zone-story"), "{:?}", twice.notes);
    // The same story in place of itself is fine, and so is a variable that no shared page asks for.
    let own = "id = \"north\"\nvariables = { where = \"北\" }";
    let alike = zoned()
        .change("pages/A04-north.toml", "\"north\"", "\"three\"")
        .change("edition.toml", "id = \"north\"", own)
        .make(Make::Check);
    assert!(errors(&alike).is_empty(), "{:?}", alike.notes);
}

#[test]
fn each_page_is_told_when_it_is_done() {
    let mut told = Vec::new();
    let made = three().make_hearing(&Request::default(), &mut |stage| {
        if let Stage::Page { done, of } = stage {
            told.push((done, of));
        }
    });
    assert_eq!((made.pages.len(), told), (3, vec![(1, 3), (2, 3), (3, 3)]));
}

#[test]
fn a_page_with_a_free_offer_is_not_built_again_and_says_so_again() {
    let desk = three();
    let page = desk.text("pages/A04.toml")
        + "\n[[block]]\noffered_to = [\"one\"]\ncells = { col = 3, row = 1, cols = 2, rows = 12 }\n";
    let desk = desk.put("pages/A04.toml", page.as_bytes()).change(
        "pages/A02.toml",
        "head = {",
        "jump = \"auto\"\nhead = {",
    );
    let folder = tempfile::tempdir().expect("a directory");
    let cold = desk.publish(&kept_in(folder.path()), folder.path());
    let warm = desk.publish(&kept_in(folder.path()), folder.path());
    assert!(cold.notes.iter().any(|note| note.code.0 == "offer-free"), "{:?}", cold.notes);
    assert_eq!((warm.notes, warm.judged, warm.kept), (cold.notes, cold.judged, 3));
}

#[test]
fn a_whole_issue_built_again_keeps_every_page() {
    let files = Disk::new(house(), &house().join("samples/edition")).expect("the sample is there");
    let folder = tempfile::tempdir().expect("a directory");
    let publish = || job::publish(&files, &kept_in(folder.path()), folder.path(), &mut |_| {});
    let (cold, _) = publish().expect("there is room");
    let (warm, _) = publish().expect("there is room");
    assert_eq!((cold.kept, warm.kept), (0, cold.pages.len()));
    assert_eq!((warm.notes, warm.judged), (cold.notes, cold.judged));
}
