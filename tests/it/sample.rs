//! The sample page as the library makes it, once for all the tests that look at it.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use duikai::diag::any_error;
use duikai::files::{Blob, Disk, Files, Memory, Place};
use duikai::font::Face;
use duikai::job::{self, MadePage, Request};
use duikai::model::edition::Edition;
use duikai::model::story::{Role, Story, StoryIdx};
use duikai::page::compose::{Composed, compose};
use duikai::source;
use duikai::text::shape::Shapers;
use serde_json::Value;

/// The page that everything is asserted of.
pub(crate) const PAGE: &str = "A02";

/// Files in memory that hide those of the same name on disk.
pub(crate) struct Layered {
    pub(crate) over: Memory,
    pub(crate) under: Disk,
}

impl Files for Layered {
    fn open(&self, place: Place, path: &str) -> std::io::Result<Blob> {
        self.over.open(place, path).or_else(|_| self.under.open(place, path))
    }
}

/// The sample page in every form there is of it.
pub(crate) struct Sample {
    pub(crate) edition: Edition,
    pub(crate) composed: Composed,
    pub(crate) made: MadePage,
    pub(crate) fit: Value,
    map: Option<Value>,
}

/// The folder of `duikai.toml`.
pub(crate) fn house() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn folder() -> PathBuf {
    house().join("samples/shannan")
}

pub(crate) fn disk() -> Disk {
    Disk::new(house(), &folder()).expect("the sample is there")
}

/// The text of a file of the sample.
pub(crate) fn typed(path: &str) -> String {
    std::fs::read_to_string(folder().join(path)).expect("a file of the sample can be read")
}

/// The sample, made by the library as `duikai build` makes it.
pub(crate) fn sample() -> &'static Sample {
    static SAMPLE: LazyLock<Sample> = LazyLock::new(make);
    &SAMPLE
}

fn make() -> Sample {
    let files = disk();
    let loaded = source::load(&files);
    let edition = loaded.value.edition.expect("the sample is in order");
    let request = Request { only: vec![PAGE.to_owned()], ..Request::default() };
    let made = job::run(&files, &request, &mut |_| {});
    assert!(!any_error(&made.notes), "{:?}", made.notes);
    let made = made.pages.into_iter().next().expect("the page was made");
    let json = |text: &str| serde_json::from_str(text).expect("reports are JSON");
    let map = made.map.as_deref().map(json);
    let composed = composed(&files, &edition);
    Sample { fit: json(&made.fit), map, composed, made, edition }
}

fn composed(files: &Disk, edition: &Edition) -> Composed {
    let faces: Vec<Face> = edition
        .faces
        .iter()
        .map(|spec| {
            let blob = files.open(Place::House, &format!("fonts/{}", spec.file)).expect("the font is there");
            Face::read(&spec.id, blob).expect("it is a font")
        })
        .collect();
    let page = edition.pages.iter().position(|page| page.id == PAGE).expect("the sample has the page");
    compose(edition, &Shapers::new(&faces)).swap_remove(page).value
}

impl Sample {
    pub(crate) fn story(&self, id: &str) -> &Story {
        self.edition.stories.iter().find(|story| story.id == id).expect(id)
    }

    /// The columns of a story as they are set: the texts of their lines.
    pub(crate) fn columns(&self, id: &str) -> Vec<Vec<&str>> {
        let is = |story: StoryIdx| self.edition.stories[story.0 as usize].id == id;
        let block = self.composed.page.blocks.iter().find(|block| is(block.story)).expect(id);
        block
            .columns
            .iter()
            .map(|column| column.lines.iter().map(|line| line.text.as_str()).collect())
            .collect()
    }

    pub(crate) fn map(&self) -> &Value {
        self.map.as_ref().expect("only a page that fits has a map: see what `every_story_fits` says")
    }

    pub(crate) fn pdf(&self) -> &[u8] {
        self.made.pdf.as_deref().expect("only a page that fits has a PDF: see what `every_story_fits` says")
    }
}

/// The entry of a report's or a map's `list` whose `id` is this.
pub(crate) fn entry<'v>(report: &'v Value, list: &str, id: &str) -> &'v Value {
    entries(report, list)
        .iter()
        .find(|entry| entry["id"] == id)
        .unwrap_or_else(|| panic!("no {id} in {list}"))
}

/// The list of a report that has this name.
pub(crate) fn entries<'v>(report: &'v Value, list: &str) -> &'v [Value] {
    report[list].as_array().unwrap_or_else(|| panic!("`{list}` is no list in {report}"))
}

/// The texts of a map block's lines, one after the other.
pub(crate) fn text_of(block: &Value) -> String {
    entries(block, "lines").iter().map(|line| line["text"].as_str().expect("a line has a text")).collect()
}

/// What was typed for a story's columns: subheads, paragraphs, source line.
pub(crate) fn column_texts(story: &Story) -> impl Iterator<Item = &str> {
    story
        .paras
        .iter()
        .filter(|para| matches!(para.role, Role::Body | Role::Subhead | Role::SourceLine))
        .map(|para| para.text.text.as_str())
}

/// Without white space, which type shows by distance and no reader gets back.
pub(crate) fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Fails at the first character that two texts do not share, with what stands around it.
#[track_caller]
pub(crate) fn assert_same_text(what: &str, actual: &str, expected: &str) {
    let same = actual.chars().zip(expected.chars()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| {
        text.chars().skip(same.saturating_sub(12)).take(36).collect::<String>().replace('\n', "⏎")
    };
    assert!(
        actual == expected,
        "{what}: the same for {same} characters, then\n  expected …{}\n  is       …{}",
        around(expected),
        around(actual)
    );
}
