//! One page of a PDF: where it stands in the tree of pages, and how it lies.

use std::collections::BTreeSet;

use super::{AdError, unreadable};
use crate::pdf::bounds::{MOST_PAGES, Work};
use crate::pdf::file::Pdf;
use crate::pdf::object::{Dict, Id, Object};

/// Bytes of content, unfolded: a page drawn with a million strokes has some 30 MB.
const LARGEST_CONTENT: usize = 64 << 20;

/// Folders of pages inside one another.
const DEEPEST_TREE: usize = 64;

/// A page, and what it inherits from the folders it is in (PDF Reference 1.4, 3.6.2).
pub(super) struct Leaf<'p> {
    pdf: &'p Pdf<'p>,
    /// The page, then its folders from the inside out.
    line: Vec<&'p Dict>,
}

impl<'p> Leaf<'p> {
    /// The page of that number, counted from 1.
    pub(super) fn find(pdf: &'p Pdf<'p>, asked: u16) -> Result<Self, AdError> {
        let mut seen: BTreeSet<Id> = BTreeSet::new();
        let mut pages = 0;
        // The folders that are open, from the outside in, and what of each is still to be looked at.
        let root = pdf.catalog().raw("Pages").map(std::slice::from_ref).unwrap_or_default();
        let mut open = vec![(root.iter(), None)];
        while let Some((kids, _)) = open.last_mut() {
            let Some(value) = kids.next() else {
                open.pop();
                continue;
            };
            let Some(dict) = pdf.resolve(value).dict() else { continue };
            let twice = matches!(value, Object::Ref(id) if !seen.insert(*id));
            if twice || open.len() > DEEPEST_TREE || pages > MOST_PAGES {
                return Err(AdError::Unreadable("its pages have no order that ends".to_owned()));
            }
            if let Some(kids) = pdf.array(dict, "Kids") {
                open.push((kids.iter(), Some(dict)));
                continue;
            }
            pages += 1;
            if pages == usize::from(asked) {
                let folders = open.iter().rev().filter_map(|(_, folder)| *folder);
                return Ok(Self { pdf, line: std::iter::once(dict).chain(folders).collect() });
            }
        }
        Err(AdError::NoPage { asked, pages })
    }

    fn page(&self) -> &'p Dict {
        self.line[0]
    }

    /// A value of the page or of the nearest folder that has one.
    fn inherited(&self, key: &str) -> Option<&'p Object> {
        self.line.iter().find_map(|dict| self.pdf.get(dict, key))
    }

    pub(super) fn resources(&self) -> &'p Dict {
        static NONE: Dict = Dict(std::collections::BTreeMap::new());
        self.inherited("Resources").and_then(Object::dict).unwrap_or(&NONE)
    }

    pub(super) fn group(&self) -> Option<&'p Dict> {
        self.pdf.dict(self.page(), "Group")
    }

    pub(super) fn annotations(&self) -> usize {
        self.pdf.array(self.page(), "Annots").map_or(0, <[Object]>::len)
    }

    /// The identifier of the output intent for PDF/X.
    pub(super) fn condition(&self) -> Option<String> {
        let intents = self.pdf.array(self.pdf.catalog(), "OutputIntents")?;
        let mut intents = intents.iter().filter_map(|intent| self.pdf.resolve(intent).dict());
        let print = intents.find(|intent| self.pdf.name(intent, "S") == Some("GTS_PDFX"))?;
        self.pdf.text(print, "OutputConditionIdentifier")
    }

    /// The trimmed page in its own coordinates, and the matrix that puts it upright at 0 0.
    pub(super) fn upright(&self) -> Result<([i64; 4], [i64; 6]), AdError> {
        let whole = self.pdf.number(self.page(), "UserUnit").unwrap_or(1.0);
        if thousandths(whole) != Some(1000) {
            return Err(AdError::Askew("a unit of its own"));
        }
        let [left, bottom, right, top] = self.trim()?;
        let quarters = match self.inherited("Rotate").map(|turn| turn.int().filter(|turn| turn % 90 == 0)) {
            None => 0,
            Some(Some(degrees)) => degrees.rem_euclid(360) / 90,
            Some(None) => return Err(AdError::Askew("a rotation that is not by quarters")),
        };
        // Clockwise (PDF Reference 1.4, table 3.18).
        let matrix = match quarters {
            0 => [1, 0, 0, 1, -left, -bottom],
            1 => [0, -1, 1, 0, -bottom, right],
            2 => [-1, 0, 0, -1, right, top],
            _ => [0, 1, -1, 0, top, -left],
        };
        Ok(([left, bottom, right, top], matrix))
    }

    /// The trim or art box, as far as the crop and media boxes show it.
    fn trim(&self) -> Result<[i64; 4], AdError> {
        let own = |key: &str| self.pdf.get(self.page(), key);
        let trim =
            own("TrimBox").or_else(|| own("ArtBox")).map(|corners| self.corners(corners)).transpose()?;
        let seen = self.shown()?;
        let seen = trim.map_or(seen, |trim| common(seen, trim));
        if seen[0] < seen[2] && seen[1] < seen[3] { Ok(seen) } else { Err(AdError::NoArea) }
    }

    /// The bleed box, as far as the page shows it, and at least the trimmed page: a page without one
    /// has no bleed, and one that makes no sense is none.
    pub(super) fn bleed(&self, trim: [i64; 4]) -> [i64; 4] {
        let own = self.pdf.get(self.page(), "BleedBox").and_then(|corners| self.corners(corners).ok());
        let seen = own.and_then(|own| Some(common(self.shown().ok()?, own))).unwrap_or(trim);
        [trim[0].min(seen[0]), trim[1].min(seen[1]), trim[2].max(seen[2]), trim[3].max(seen[3])]
    }

    /// What of the medium is shown.
    fn shown(&self) -> Result<[i64; 4], AdError> {
        let media = self.corners(self.inherited("MediaBox").ok_or(AdError::NoArea)?)?;
        let crop = self.inherited("CropBox").map(|corners| self.corners(corners)).transpose()?;
        Ok(crop.map_or(media, |crop| common(media, crop)))
    }

    /// A rectangle in thousandths of a point: two opposite corners, in any order.
    fn corners(&self, value: &Object) -> Result<[i64; 4], AdError> {
        let numbers = value.array().and_then(|values| self.pdf.all_numbers(values));
        let numbers: Option<Vec<i64>> = numbers.and_then(|all| all.into_iter().map(thousandths).collect());
        match numbers.as_deref() {
            Some(&[a, b, c, d]) => Ok([a.min(c), b.min(d), a.max(c), b.max(d)]),
            _ => Err(AdError::NoArea),
        }
    }

    /// What it paints: its content streams as one. They may break between any two of its words
    /// (PDF Reference 1.4, table 3.18, Contents).
    pub(super) fn content(&self, work: &mut Work) -> Result<Vec<u8>, AdError> {
        let streams: Vec<&Object> = match self.pdf.get(self.page(), "Contents") {
            None => Vec::new(),
            Some(Object::Array(streams)) => streams.iter().map(|stream| self.pdf.resolve(stream)).collect(),
            Some(stream) => vec![stream],
        };
        let mut content = Vec::new();
        for stream in streams {
            let stream = stream.stream().ok_or(AdError::Unreadable("its content is no stream".to_owned()))?;
            let bytes = self.pdf.bytes_of(stream, work).map_err(|fault| unreadable("its content", fault))?;
            if content.len() + bytes.len() > LARGEST_CONTENT {
                return Err(AdError::Unreadable("its content is larger than that of any page".to_owned()));
            }
            content.extend_from_slice(&bytes);
            content.push(b'\n');
        }
        Ok(content)
    }
}

/// What two boxes have in common.
fn common(one: [i64; 4], other: [i64; 4]) -> [i64; 4] {
    [one[0].max(other[0]), one[1].max(other[1]), one[2].min(other[2]), one[3].min(other[3])]
}

/// A number in thousandths, by its decimals: no arithmetic on what may be infinite.
fn thousandths(number: f64) -> Option<i64> {
    // No page is larger than 14 400 points; a hundred times that keeps every sum small.
    if !(-1_440_000.0..=1_440_000.0).contains(&number) {
        return None;
    }
    format!("{number:.3}").replace('.', "").parse().ok()
}
