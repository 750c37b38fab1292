//! A small edition that fits, to be spoiled: one page, one block, one story, with the house's own
//! layout and faces.

use std::collections::BTreeMap;
use std::path::Path;

use duikai::color::Plate;
use duikai::diag::{Diagnostic, Severity};
use duikai::files::{Disk, Memory, Place};
use duikai::job::{self, Finished, Made, Make, Request, faces};
use duikai::model::edition::{Edition, Level};
use duikai::page::compose::compose;
use duikai::page::set::{ComposedPage, TextLine};
use duikai::paint::slug::slug_line;
use duikai::source;
use duikai::text::shape::Shapers;

use super::sample::{Layered, house};

const EDITION: &str = r#"paper = "示例日报"
date = 2022-09-05
layout = "duikai-6x17"
condition = "newsprint"
pages = ["A02"]

[variables]
editor = "示例"
designer = "示例"
"#;

const PAGE: &str = r#"page_no = 2
section = "要闻"

[[block]]
story = "one"
cells = { col = 1, row = 1, cols = 2, rows = 12 }
head = { style = "song", rows = 8 }
"#;

const STORY: &str = r#"id = "one"
headline = "小城|新事"

[[body]]
text = "TEXT"
"#;

/// What makes the page one with a picture.
const PLACED: &str = r#"columns = { count = 2, measure = "17em", row = 21, rows = 4 }

[[block.picture]]
picture = "view"
left = "0em"
width = "20em"
row = 9
rows = 11
"#;

const PICTURE: &str = r#"
[[picture]]
id = "view"
file = "view.jpg"
"#;

/// The files of an edition.
#[derive(Clone)]
pub(crate) struct Desk {
    files: BTreeMap<String, Vec<u8>>,
    /// Files that hide those of the house.
    house: BTreeMap<String, Vec<u8>>,
}

impl Desk {
    /// An edition whose story fills its two columns of four lines.
    pub(crate) fn new() -> Self {
        let story = STORY.replace("TEXT", &"小城新事".repeat(32));
        let files = [("edition.toml", EDITION), ("pages/A02.toml", PAGE), ("stories/one.toml", &story)];
        let owned = |(path, text): (&str, &str)| (path.to_owned(), text.as_bytes().to_vec());
        Self { files: files.map(owned).into(), house: BTreeMap::new() }
    }

    /// The same with a picture, made of these bytes.
    pub(crate) fn with_picture(bytes: &[u8]) -> Self {
        let place = "rows = 12 }\nhead = { style = \"song\", rows = 8 }\n";
        let higher = format!("rows = 24 }}\nhead = {{ style = \"song\", rows = 8 }}\n{PLACED}");
        let mut desk = Self::new().change("pages/A02.toml", place, &higher).put("view.jpg", bytes);
        desk.files.get_mut("stories/one.toml").expect("it is there").extend(PICTURE.as_bytes());
        desk
    }

    #[must_use]
    pub(crate) fn put(mut self, path: &str, bytes: &[u8]) -> Self {
        self.files.insert(path.to_owned(), bytes.to_vec());
        self
    }

    #[must_use]
    pub(crate) fn remove(mut self, path: &str) -> Self {
        assert!(self.files.remove(path).is_some(), "{path} is there");
        self
    }

    /// The same with one thing typed otherwise.
    #[must_use]
    pub(crate) fn change(self, path: &str, from: &str, to: &str) -> Self {
        let text = self.text(path);
        assert!(text.contains(from), "{path} holds {from}");
        let text = text.replacen(from, to, 1);
        self.put(path, text.as_bytes())
    }

    /// The same with the house's layout typed otherwise in one place.
    #[must_use]
    pub(crate) fn change_layout(self, from: &str, to: &str) -> Self {
        self.change_house("layouts/duikai-6x17.toml", from, to)
    }

    /// The same with one thing of a file of the house otherwise.
    #[must_use]
    pub(crate) fn change_house(mut self, path: &str, from: &str, to: &str) -> Self {
        let on_disk = || std::fs::read(house().join(path)).expect("the house has it");
        let text = self.house.remove(path).unwrap_or_else(on_disk);
        let text = String::from_utf8(text).expect("it is text");
        assert!(text.contains(from), "{path} holds {from}");
        self.house.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
        self
    }

    /// The same with another file in the house.
    #[must_use]
    pub(crate) fn put_house(mut self, path: &str, bytes: &[u8]) -> Self {
        self.house.insert(path.to_owned(), bytes.to_vec());
        self
    }

    pub(crate) fn text(&self, path: &str) -> String {
        String::from_utf8(self.files[path].clone()).expect("it is text")
    }

    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Makes the edition in memory; only the house is read from disk.
    pub(crate) fn make(&self, make: Make) -> Made {
        self.make_at(make, None)
    }

    /// The same at a level of its own.
    pub(crate) fn make_at(&self, make: Make, level: Option<Level>) -> Made {
        self.make_with(&Request { make, level, ..Request::default() })
    }

    /// The same by a request of one's own.
    pub(crate) fn make_with(&self, request: &Request) -> Made {
        self.make_hearing(request, &mut |_| {})
    }

    /// The same, hearing of the stages.
    pub(crate) fn make_hearing(&self, request: &Request, finished: &mut Finished<'_>) -> Made {
        self.with_files(|files| job::run(files, request, finished))
    }

    /// Makes the edition into a folder.
    pub(crate) fn publish(&self, request: &Request, out: &Path) -> Made {
        let published = self.with_files(|files| job::publish(files, request, out, &mut |_| {}));
        published.expect("there is room").0
    }

    /// The edition as it was typed, read but not composed.
    pub(crate) fn edition(&self) -> Edition {
        let loaded = self.with_files(|files| source::load(files));
        loaded.value.edition.unwrap_or_else(|| panic!("{:?}", loaded.notes))
    }

    /// The edition's pages, composed.
    pub(crate) fn composed(&self) -> Vec<ComposedPage> {
        let edition = self.edition();
        let mut notes = Vec::new();
        let faces = self.with_files(|files| faces::open(files, &edition.faces, &mut notes));
        let pages = compose(&edition, &Shapers::new(&faces));
        pages.into_iter().map(|checked| checked.value.page).collect()
    }

    /// The slug line of its first page, as it is printed on these plates.
    pub(crate) fn slug(&self, plates: &[Plate]) -> Vec<TextLine> {
        let edition = self.edition();
        let mut notes = Vec::new();
        let faces = self.with_files(|files| faces::open(files, &edition.faces, &mut notes));
        slug_line(&edition, &edition.pages[0], plates, &[], &Shapers::new(&faces)).value
    }

    fn with_files<T>(&self, make: impl FnOnce(&Layered) -> T) -> T {
        // An edition's folder without a file in it: nothing on disk shows through.
        let nowhere = tempfile::tempdir().expect("a directory");
        let mut over = Memory::default();
        for (path, bytes) in &self.files {
            over.put(Place::Edition, path, bytes);
        }
        for (path, bytes) in &self.house {
            over.put(Place::House, path, bytes);
        }
        let under = Disk::new(house(), nowhere.path()).expect("the house is there");
        make(&Layered { over, under })
    }

    /// Writes the edition's files into a folder.
    pub(crate) fn write(&self, folder: &Path) {
        for (path, bytes) in &self.files {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder");
            std::fs::write(path, bytes).expect("a file");
        }
    }
}

/// The errors among what a job has to say.
pub(crate) fn errors(made: &Made) -> Vec<&Diagnostic> {
    made.notes.iter().filter(|note| note.severity == Severity::Error).collect()
}

/// Where a message points, as a person sees it: file, line and column, the column counted in
/// characters; a file alone where none of its lines is to blame; nothing without a file.
pub(crate) fn place(made: &Made, note: &Diagnostic) -> String {
    let Some(span) = &note.at else { return String::new() };
    let source = &made.sources[span.file.0 as usize];
    if span.bytes == (0..0) {
        return source.name.clone();
    }
    let before = &source.text[..span.bytes.start as usize];
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    format!("{}:{line}:{column}", source.name)
}
