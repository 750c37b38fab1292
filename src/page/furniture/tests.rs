//! A page one's furniture, line by line.

use std::io;
use std::path::Path;

use super::*;
use crate::files::{Blob, Disk, Files, Memory, Place};
use crate::font::Face;
use crate::source::load;

/// The front page of the tests, on the sample's stories.
struct Front {
    disk: Disk,
    memory: Memory,
}

impl Files for Front {
    fn open(&self, place: Place, path: &str) -> io::Result<Blob> {
        self.memory.open(place, path).or_else(|_| self.disk.open(place, path))
    }
}

const EDITION: &str = include_str!("../../../tests/front/edition.toml");
const FIRST: &str = include_str!("../../../tests/front/A01.toml");
const SECOND: &str = include_str!("../../../tests/front/A02.toml");

/// The furniture of the first page, and what there was to say.
fn front(edition: &str, first: &str, second: &str) -> (Furniture, Vec<Diagnostic>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut memory = Memory::default();
    for (path, text) in [("edition.toml", edition), ("pages/A01.toml", first), ("pages/A02.toml", second)] {
        memory.put(Place::Edition, path, text.as_bytes());
    }
    let disk = Disk::new(root, &root.join("samples/shannan")).expect("the sample is there");
    let files = Front { disk, memory };
    let loaded = load(&files);
    let edition = loaded.value.edition.unwrap_or_else(|| panic!("it reads: {:?}", loaded.notes));
    let open = |file: &str| files.open(Place::House, &format!("fonts/{file}")).expect("a font");
    let faces: Vec<Face> =
        edition.faces.iter().map(|spec| Face::read(&spec.id, open(&spec.file)).expect("a face")).collect();
    let mut notes = loaded.notes;
    let set = furniture(&edition, &edition.pages[0], &Shapers::new(&faces), &mut notes);
    (set, notes)
}

fn said(set: &Furniture) -> Vec<&str> {
    set.lines.iter().map(|line| line.text.as_str()).collect()
}

fn codes(notes: &[Diagnostic]) -> Vec<&str> {
    notes.iter().map(|note| note.code.0).collect()
}

#[test]
fn a_nameplate_says_all_that_page_one_must_carry() {
    let (set, notes) = front(EDITION, FIRST, SECOND);
    assert_eq!(codes(&notes), [""; 0]);
    let said = said(&set);
    for wanted in [
        "示例日报",
        "二〇二二年九月五日　星期一　农历壬寅年八月初十",
        "总第12345期　今日2版",
        "国内统一连续出版物号：CN 00-0000",
        "中共示例市委主管主办　示例日报社出版",
        "www.example.com",
        "第一版　要闻　零售每份1.00元",
        "责编：示例　版式：示例　校对：示例",
    ] {
        assert!(said.contains(&wanted), "{wanted}: {said:?}");
    }
    let size = |line: &TextLine| line.runs.first().map(|run| run.size);
    let largest = set.lines.iter().max_by_key(|line| size(line)).expect("there are lines");
    assert_eq!(largest.text, "示例日报");
    assert!(!said.contains(&"2022年9月5日　星期一"), "the folio line gives way");
}

#[test]
fn a_list_names_pages_by_their_numbers() {
    let listed = |second: &str| {
        let (set, notes) = front(EDITION, FIRST, second);
        assert_eq!(codes(&notes), [""; 0]);
        let at = set.lines.iter().position(|line| line.text.starts_with("用实干担当使命 用行动践行初心——"));
        let rest: Vec<TextLine> = set.lines[at.expect("it is listed")..].to_vec();
        rest.into_iter().find(|line| line.text.ends_with('版')).expect("it has a page")
    };
    assert_eq!(listed(SECOND).text, "2版");
    assert_eq!(listed(&SECOND.replace("page_no = 2", "page_no = 16")).text, "16版");
    // Numbers of one digit and of two end at one place.
    let right = |line: &TextLine| line.rect.right();
    assert_eq!(right(&listed(SECOND)), right(&listed(&SECOND.replace("page_no = 2", "page_no = 16"))));
}

#[test]
fn leaders_fill_what_is_between() {
    let (set, _) = front(EDITION, FIRST, SECOND);
    let at = set.lines.iter().position(|line| line.text == "企业助力疫情防控").expect("it is listed");
    let [entry, leader, page] = &set.lines[at..at + 3] else { panic!("an entry, a leader, a page") };
    assert!(leader.text.chars().all(|dot| dot == '·') && leader.text.chars().count() > 10, "{leader:?}");
    assert_eq!(page.text, "1版");
    assert!(
        entry.runs[0].origin.x < leader.runs[0].origin.x && leader.runs[0].origin.x < page.runs[0].origin.x
    );
    assert!(leader.rect.right() <= page.runs[0].origin.x, "a leader keeps off what it leads to");
}

#[test]
fn spread_entries_stand_evenly_from_head_to_foot() {
    let (set, _) = front(EDITION, FIRST, SECOND);
    let first = set.lines.iter().position(|line| line.text == "疫情防控咨询").expect("it is listed");
    let entries: Vec<Len> = set.lines[first..]
        .iter()
        .filter(|line| ["疫情防控咨询", "民政服务", "市民热线", "新闻热线"].contains(&line.text.as_str()))
        .map(|line| line.rect.y)
        .collect();
    let steps: Vec<i64> = entries.windows(2).map(|pair| (pair[1] - pair[0]).units()).collect();
    assert_eq!(steps.len(), 3);
    assert!(steps.iter().all(|step| (step - steps[0]).abs() <= 1), "{steps:?}");
}

#[test]
fn what_a_panel_has_no_room_for_is_told() {
    let long = FIRST.replace("天气\"", "天气\"\ntext = [\"晴\", \"晴\", \"晴\", \"晴\", \"晴\", \"晴\"]");
    let (set, notes) = front(EDITION, &long, SECOND);
    assert_eq!(codes(&notes), ["panel-overset"]);
    assert!(notes[0].message.contains("超 6 行"), "{}", notes[0].message);
    assert_eq!(said(&set).iter().filter(|text| **text == "晴").count(), 6, "and stays on the draft");
}

#[test]
fn words_that_do_not_stand_in_their_strip_are_told() {
    let long = EDITION.replace("中共示例市委", &"中共示例市委".repeat(12));
    assert_eq!(codes(&front(&long, FIRST, SECOND).1), ["strip-collision"]);
    let wide = EDITION.replace("示例市示例路1号", &"示例市示例路1号".repeat(20));
    assert!(codes(&front(&wide, FIRST, SECOND).1).contains(&"strip-outside"));
    let name = EDITION.replace("paper = \"示例日报\"", "paper = \"示例示例日报\"");
    let notes = front(&name, FIRST, SECOND).1;
    assert!(notes[0].message.ends_with("collide in the nameplate"), "it runs into the ears: {notes:?}");
}

#[test]
fn a_number_that_is_asked_for_and_not_given_is_told() {
    let (_, notes) = front(&EDITION.replace("total_issue = 12345\n", ""), FIRST, SECOND);
    assert_eq!(codes(&notes), ["variable-unknown"]);
    assert_eq!(notes[0].help.as_deref(), Some("add `total_issue = 1` to `edition.toml`"));
}
