//! For tests: the sample's own layout and faces, with the punctuation style that a test asks for.

use std::io;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use arbtest::arbitrary::{Result, Unstructured};

use super::para::PreparedPara;
use super::prepare::prepare;
use super::setting::Setting;
use super::shape::Shapers;
use crate::files::{Blob, Disk, Files, Memory, Place};
use crate::font::{Face, FaceIdx};
use crate::model::edition::Edition;
use crate::model::layout::Layout;
use crate::model::story::{Paragraph, Role, Text};
use crate::model::style::{Align, ParaStyle};
use crate::source::load;
use crate::unit::{Em, Len};

/// The sample's files, its `edition.toml` replaced.
struct Amended {
    disk: Disk,
    memory: Memory,
}

impl Files for Amended {
    fn open(&self, place: Place, path: &str) -> io::Result<Blob> {
        self.memory.open(place, path).or_else(|_| self.disk.open(place, path))
    }
}

/// A layout and its faces.
pub(crate) struct Fixture {
    pub(crate) layout: Layout,
    faces: Arc<Vec<Face>>,
}

impl Fixture {
    fn read(punctuation: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut memory = Memory::default();
        let edition = format!(
            "paper = \"示例日报\"\ndate = 2022-09-05\nedition = \"A\"\nlayout = \"duikai-6x17\"\n\
             condition = \"newsprint\"\npages = [\"A02\"]\npunctuation = \"{punctuation}\"\n\
             [variables]\neditor = \"示例\"\n"
        );
        memory.put(Place::Edition, "edition.toml", edition.as_bytes());
        let disk = Disk::new(root, &root.join("samples/shannan")).expect("the sample is there");
        let files = Amended { disk, memory };
        let loaded = load(&files);
        let edition: Edition =
            loaded.value.edition.unwrap_or_else(|| panic!("the sample reads: {:?}", loaded.notes));
        let faces = edition
            .faces
            .iter()
            .map(|spec| {
                let blob = files.open(Place::House, &format!("fonts/{}", spec.file)).expect("a font");
                Face::read(&spec.id, blob).expect("a face")
            })
            .collect();
        Self { layout: edition.layout, faces: Arc::new(faces) }
    }

    /// The same faces with another layout.
    pub(crate) fn with(&self, layout: Layout) -> Self {
        Self { layout, faces: Arc::clone(&self.faces) }
    }

    /// The faces, opened.
    pub(crate) fn shapers(&self) -> Shapers<'_> {
        Shapers::new(&self.faces)
    }

    /// A face by its id.
    pub(crate) fn face(&self, id: &str) -> FaceIdx {
        let idx = self.faces.iter().position(|face| face.id() == id).expect("a face of the layout");
        FaceIdx(idx as u16)
    }

    /// A paragraph in 宋 of [`SIZE`], without an indent.
    pub(crate) fn para(&self, text: &str) -> PreparedPara {
        self.para_of(Role::Body, "song", text)
    }

    /// A paragraph in 宋 of [`SIZE`] with marks, set by `setting`: of its layout only the marks count
    /// that a test has added to it.
    pub(crate) fn marked(&self, text: Text, setting: &Setting<'_>) -> PreparedPara {
        let mut style: ParaStyle = self.layout.style("body").expect("every layout has it").clone();
        style.body.size = SIZE;
        style.body.faces = vec![self.face("song")];
        style.indent = Em(0);
        let para = Paragraph { role: Role::Body, text, source_tag: 0..0, run_in: 0..0 };
        let prepared = prepare(&para, &style, setting, &self.shapers());
        assert!(prepared.notes.is_empty(), "{:?}", prepared.notes);
        prepared.value
    }

    /// A paragraph of a role in a face.
    pub(crate) fn para_of(&self, role: Role, face: &str, text: &str) -> PreparedPara {
        let mut style: ParaStyle = self.layout.style("body").expect("every layout has it").clone();
        style.body.size = SIZE;
        style.body.faces = vec![self.face(face)];
        style.indent = Em(0);
        style.align = Align::Justify;
        let text = Text::plain(text);
        let para = Paragraph { role, text, source_tag: 0..0, run_in: 0..0 };
        prepare(&para, &style, &Setting::plain(&self.layout), &self.shapers()).value
    }
}

/// A size at which a thousandth of an em is a whole number of units.
pub(crate) const SIZE: Len = Len::pt(10);

/// 全角式.
pub(crate) fn quanjiao() -> &'static Fixture {
    static READ: OnceLock<Fixture> = OnceLock::new();
    READ.get_or_init(|| Fixture::read("quanjiao"))
}

/// 开明式.
pub(crate) fn kaiming() -> &'static Fixture {
    static READ: OnceLock<Fixture> = OnceLock::new();
    READ.get_or_init(|| Fixture::read("kaiming"))
}

/// Thousandths of an em of [`SIZE`].
pub(crate) fn ems(thousandths: i32) -> Len {
    Em(thousandths).at(SIZE)
}

/// Text of 1 to `most` pieces: Han, marks, digits, Latin words.
pub(crate) fn any_text(u: &mut Unstructured<'_>, most: usize) -> Result<String> {
    const PIECES: [&str; 24] = [
        "国", "人", "民", "日", "报", "字", "中", "文", "，", "。", "、", "：", "“", "”", "（", "）", "《",
        "》", "——", "……", "·", "2022", " ab ", "？！",
    ];
    (0..u.int_in_range(1..=most)?).map(|_| u.choose(&PIECES).copied()).collect()
}
