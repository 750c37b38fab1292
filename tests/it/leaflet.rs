//! Advertisements for tests: one that the engine sets itself, and small ones written object by
//! object, to be in order or to break one rule.

use std::sync::LazyLock;

use duikai::job::Make;

use super::desk::Desk;
use super::sample::house;

const LAYOUT: &str = "layouts/duikai-6x17.toml";

/// An advertisement of 322.2 x 216 pt, set by the engine from the desk's story: two basic columns by
/// eighteen rows, without a folio line and without marks round it.
pub(crate) fn bookshop() -> &'static [u8] {
    static BOOKSHOP: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let layout = std::fs::read_to_string(house().join(LAYOUT)).expect("the layout is there");
        let layout = layout.split("[[folio.item]]").next().expect("it has something before the folio");
        // An advertisement comes without marks.
        let marks = ["crop_marks = ", "[sheet.marks]", "register = ", "patches = ", "slug_line = "];
        let unmarked = |line: &&str| !marks.iter().any(|mark| line.starts_with(mark));
        let layout: Vec<&str> = layout.lines().filter(unmarked).collect();
        let layout = layout.join("\n");
        let desk = Desk::new()
            .put_house(LAYOUT, layout.as_bytes())
            .change_house(
                LAYOUT,
                "width = \"390mm\"\nheight = \"545mm\"",
                "width = \"322.2pt\"\nheight = \"216pt\"",
            )
            .change_house(LAYOUT, "columns = 6\n", "columns = 2\n")
            .change_house(LAYOUT, "rows = 115\nfolio_rows = 5", "rows = 18\nfolio_rows = 0")
            .change("edition.toml", "示例日报", "示例书店")
            .change("pages/A02.toml", "row = 1,", "row = 4,")
            .change("stories/one.toml", "小城|新事", "新书|上架");
        let made = desk.make(Make::Pages);
        made.pages.into_iter().next().and_then(|page| page.pdf).unwrap_or_else(|| panic!("{:?}", made.notes))
    });
    &BOOKSHOP
}

/// A file of one page in thousandths of a point, written object by object. Its page starts at 40 50.
pub(crate) struct Leaflet {
    width: i64,
    height: i64,
    turn: i64,
    content: String,
    resources: String,
    entries: String,
    catalog: String,
    pages: &'static str,
    more: Vec<String>,
}

impl Leaflet {
    /// A page with a bar in black: in order by every rule.
    pub(crate) fn new(width: i64, height: i64) -> Self {
        Self {
            width,
            height,
            turn: 0,
            content: "0 0 0 1 k 60 70 100 50 re f".to_owned(),
            resources: String::new(),
            entries: String::new(),
            catalog: String::new(),
            pages: "2 0 R",
            more: Vec::new(),
        }
    }

    /// The same as it is seen, drawn a quarter turned.
    pub(crate) fn turned(self) -> Self {
        Self { width: self.height, height: self.width, turn: 90, ..self }
    }

    /// The same with something else on it.
    pub(crate) fn showing(self, content: &str, resources: &str) -> Self {
        Self { content: content.to_owned(), resources: resources.to_owned(), ..self }
    }

    /// The same with an object more, from number 5 on.
    pub(crate) fn with(mut self, object: &str) -> Self {
        self.more.push(object.to_owned());
        self
    }

    /// The same with entries of its page.
    pub(crate) fn with_entries(self, entries: &str) -> Self {
        Self { entries: entries.to_owned(), ..self }
    }

    /// The same for a printing condition.
    pub(crate) fn made_for(self, condition: &str) -> Self {
        let intent = format!("<< /S /GTS_PDFX /OutputConditionIdentifier ({condition}) >>");
        Self { catalog: format!("/OutputIntents [{intent}]"), ..self }
    }

    /// The same with a link on it.
    pub(crate) fn with_link(self) -> Self {
        self.with_entries("/Annots [<< /Type /Annot /Subtype /Link /Rect [60 60 90 90] >>]")
    }

    /// The same with a tree of pages that leads in a circle.
    pub(crate) fn with_catalog_for_pages(self) -> Self {
        Self { pages: "9 0 R", ..self }
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let point = |thousandths: i64| format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
        let (right, top) = (point(40_000 + self.width), point(50_000 + self.height));
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {right} {top}] /TrimBox [40 50 {right} {top}] /Rotate {} \
             /Resources << {} >> /Contents 4 0 R {} >>",
            self.turn, self.resources, self.entries
        );
        let content = format!("<< /Length {} >>\nstream\n{}\nendstream", self.content.len(), self.content);
        let mut objects = vec![
            format!("<< /Type /Catalog /Pages {} {} >>", self.pages, self.catalog),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            page,
            content,
        ];
        objects.extend(self.more.iter().cloned());
        let mut bytes = b"%PDF-1.4\n%\xE2\xE3\xCF\xD3\n".to_vec();
        let mut entries = String::from("0000000000 65535 f \n");
        for (idx, object) in objects.iter().enumerate() {
            entries.push_str(&format!("{:010} 00000 n \n", bytes.len()));
            bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", idx + 1).bytes());
        }
        let (start, size) = (bytes.len(), objects.len() + 1);
        bytes.extend(format!("xref\n0 {size}\n{entries}").bytes());
        bytes.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
        bytes
    }
}
