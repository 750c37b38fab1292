//! The smallest file that keeps every rule, and what each change to it is called.

mod fonts;
mod hostile;
mod paint;
mod structure;

use std::path::Path;
use std::sync::LazyLock;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use subsetter::GlyphRemapper;
use ttf_parser::{Face, GlyphId};

use super::*;

/// A font cut to two glyphs: its program, and the advances of glyphs 1 and 2 in thousandths.
pub(super) struct Cut {
    pub(super) program: Vec<u8>,
    pub(super) widths: [i64; 2],
}

fn cut(file: &str) -> Cut {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts").join(file);
    let whole = std::fs::read(path).expect("the font is there");
    let face = Face::parse(&whole, 0).expect("a font");
    let mut glyphs = GlyphRemapper::new();
    let taken = ['(', '།', ')', '中']
        .into_iter()
        .filter_map(|c| face.glyph_index(c))
        .take(2)
        .collect::<Vec<GlyphId>>();
    for glyph in &taken {
        glyphs.remap(glyph.0);
    }
    let advance = |glyph: GlyphId| {
        let units = i64::from(face.glyph_hor_advance(glyph).expect("it has an advance"));
        units * 1000 / i64::from(face.units_per_em())
    };
    let program = subsetter::subset(&whole, 0, &glyphs).expect("it can be cut");
    Cut { program, widths: [advance(taken[0]), advance(taken[1])] }
}

/// Outlines of TrueType.
pub(super) static TRUE_TYPE: LazyLock<Cut> = LazyLock::new(|| cut("NotoSerifTibetan_400Regular.ttf"));

/// A CID-keyed CFF program by itself, as `FontFile3` has it.
pub(super) static CFF: LazyLock<Cut> = LazyLock::new(|| {
    let cut = cut("NotoSansSC-Regular.otf");
    let face = ttf_parser::RawFace::parse(&cut.program, 0).expect("a font");
    let table = face.table(ttf_parser::Tag::from_bytes(b"CFF ")).expect("it has outlines");
    Cut { program: table.to_vec(), widths: cut.widths }
});

/// The head of an ICC profile: enough for the rules, too little for a colour.
pub(super) fn profile(class: &[u8; 4], space: &[u8; 4], major: u8) -> Vec<u8> {
    let tags = [*b"A2B0", *b"B2A0"];
    let mut bytes = vec![0; 128];
    bytes[8] = major;
    bytes[12..16].copy_from_slice(class);
    bytes[16..20].copy_from_slice(space);
    bytes[36..40].copy_from_slice(b"acsp");
    bytes.extend(u32::try_from(tags.len()).expect("two").to_be_bytes());
    for tag in tags {
        bytes.extend(tag);
        bytes.extend([0; 8]);
    }
    let size = u32::try_from(bytes.len()).expect("it is small").to_be_bytes();
    bytes[..4].copy_from_slice(&size);
    bytes
}

/// A file in the making.
pub(super) struct Draft {
    pub(super) document: Document,
    pub(super) catalog: ObjectId,
    pub(super) info: ObjectId,
    pub(super) intent: ObjectId,
    pub(super) profile: ObjectId,
    pub(super) page: ObjectId,
    pub(super) resources: ObjectId,
    pub(super) font: ObjectId,
    pub(super) cid_font: ObjectId,
    pub(super) descriptor: ObjectId,
    pub(super) program: ObjectId,
    pub(super) image: ObjectId,
    pub(super) content: String,
}

const TO_UNICODE: &[u8] = b"2 beginbfchar <0001> <4E00> <0002> <4E8C> endbfchar";

impl Draft {
    /// A page of 200 by 300 points that keeps every rule of the standard.
    pub(super) fn new(standard: Standard) -> Self {
        let mut document = Document::with_version(format!("1.{}", standard.base()));
        document.reference_table.cross_reference_type = lopdf::xref::XrefType::CrossReferenceTable;
        let cut = &*TRUE_TYPE;
        let name = "ABCDEF+Test";
        let program = document.add_object(Stream::new(Dictionary::new(), cut.program.clone()));
        let descriptor = document.add_object(dictionary! {
            "Type" => "FontDescriptor", "FontName" => name, "Flags" => 4, "ItalicAngle" => 0,
            "FontBBox" => numbers(&[0, 0, 1000, 1000]), "Ascent" => 800, "Descent" => -200,
            "CapHeight" => 700, "StemV" => 80, "FontFile2" => program,
        });
        let collection = dictionary! {
            "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal("Identity"),
            "Supplement" => 0,
        };
        let cid_font = document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => name, "CIDSystemInfo" => collection,
            "FontDescriptor" => descriptor, "CIDToGIDMap" => "Identity",
            "W" => vec![1.into(), Object::Array(numbers(&cut.widths))],
        });
        let to_unicode = document.add_object(Stream::new(Dictionary::new(), TO_UNICODE.to_vec()));
        let font = document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type0", "BaseFont" => name, "Encoding" => "Identity-H",
            "DescendantFonts" => vec![cid_font.into()], "ToUnicode" => to_unicode,
        });
        let image = document.add_object(Stream::new(
            dictionary! {
                "Subtype" => "Image", "Width" => 20, "Height" => 20, "BitsPerComponent" => 8,
                "ColorSpace" => "DeviceCMYK",
            },
            vec![40; 1600],
        ));
        let state = |on: bool| dictionary! { "OP" => on, "op" => on, "OPM" => 1 };
        let resources = document.add_object(dictionary! {
            "Font" => dictionary! { "F" => font }, "XObject" => dictionary! { "I" => image },
            "ExtGState" => dictionary! { "On" => state(true), "Off" => state(false) },
            "ColorSpace" => Dictionary::new(),
        });
        let page = document.add_object(dictionary! {
            "Type" => "Page", "MediaBox" => numbers(&[0, 0, 220, 320]), "Resources" => resources,
            "BleedBox" => numbers(&[1, 1, 219, 319]), "TrimBox" => numbers(&[10, 10, 210, 310]),
        });
        let pages = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
        let pages = document.add_object(pages);
        let profile = profile(b"prtr", b"CMYK", 2);
        let profile = document.add_object(Stream::new(dictionary! { "N" => 4 }, profile));
        let text = Object::string_literal;
        let intent = document.add_object(dictionary! {
            "Type" => "OutputIntent", "S" => "GTS_PDFX", "OutputConditionIdentifier" => text("Test"),
            "OutputCondition" => text("Test"), "Info" => text("Test"), "DestOutputProfile" => profile,
        });
        let mut root =
            dictionary! { "Type" => "Catalog", "Pages" => pages, "OutputIntents" => vec![intent.into()] };
        let mut info = dictionary! {
            "Title" => text("A01"), "Creator" => text("t"), "Producer" => text("t"), "Trapped" => "False",
            "CreationDate" => text("D:20260101000000Z"), "ModDate" => text("D:20260101000000Z"),
        };
        match standard {
            Standard::X1a2001 => {
                info.set("GTS_PDFXVersion", text("PDF/X-1:2001"));
                info.set("GTS_PDFXConformance", text("PDF/X-1a:2001"));
            }
            Standard::X1a2003 => info.set("GTS_PDFXVersion", text("PDF/X-1a:2003")),
            Standard::X4 => {
                let metadata = document.add_object(Stream::new(Dictionary::new(), xmp().into_bytes()));
                root.set("Metadata", metadata);
            }
        }
        let info = document.add_object(info);
        let catalog = document.add_object(root);
        document.trailer.set("Root", catalog);
        document.trailer.set("Info", info);
        document.trailer.set("ID", vec![text("id"), text("id")]);
        let content = "q /On gs 0 0 0 1 k BT /F 9 Tf 50 100 Td <00010002> Tj ET Q\n\
            q /Off gs 0 0.5 0.5 0 k 50 200 40 40 re f Q\nq 8 0 0 8 100 200 cm /I Do Q\n"
            .to_owned();
        Self {
            document,
            catalog,
            info,
            intent,
            profile,
            page,
            resources,
            font,
            cid_font,
            descriptor,
            program,
            image,
            content,
        }
    }

    pub(super) fn dict(&mut self, id: ObjectId) -> &mut Dictionary {
        match self.document.get_object_mut(id).expect("it was put there") {
            Object::Stream(stream) => &mut stream.dict,
            object => object.as_dict_mut().expect("it is a dictionary"),
        }
    }

    pub(super) fn stream(&mut self, id: ObjectId) -> &mut Stream {
        self.document.get_object_mut(id).and_then(Object::as_stream_mut).expect("it is a stream")
    }

    /// Puts something under a name of a kind of resources.
    pub(super) fn resource(&mut self, kind: &str, name: &str, value: impl Into<Object>) {
        let mut all =
            self.dict(self.resources).get(kind.as_bytes()).cloned().unwrap_or(Dictionary::new().into());
        all.as_dict_mut().expect("resources are dictionaries").set(name, value);
        self.dict(self.resources).set(kind, all);
    }

    pub(super) fn paint(&mut self, content: &str) {
        self.content.push_str(content);
    }

    pub(super) fn save(mut self) -> Vec<u8> {
        let content = std::mem::take(&mut self.content).into_bytes();
        let content = self.document.add_object(Stream::new(Dictionary::new(), content));
        self.dict(self.page).set("Contents", content);
        let mut bytes = Vec::new();
        self.document.save_to(&mut bytes).expect("memory takes it");
        bytes
    }
}

pub(super) fn numbers(values: &[i64]) -> Vec<Object> {
    values.iter().map(|value| (*value).into()).collect()
}

fn xmp() -> String {
    let spaces = [
        ("xmp", "http://ns.adobe.com/xap/1.0/"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("xmpMM", "http://ns.adobe.com/xap/1.0/mm/"),
        ("pdfxid", "http://www.npes.org/pdfx/ns/id/"),
    ];
    let spaces: String = spaces.iter().map(|(prefix, uri)| format!(" xmlns:{prefix}='{uri}'")).collect();
    let date = "2026-01-01T00:00:00Z";
    format!(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description{spaces} \
         xmp:CreateDate='{date}' xmp:ModifyDate='{date}' xmp:MetadataDate='{date}' xmpMM:DocumentID='uuid:1' \
         xmpMM:VersionID='1' xmpMM:RenditionClass='default' pdfxid:GTS_PDFXVersion='PDF/X-4'>\
         <dc:title><rdf:Alt><rdf:li>A01</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF>"
    )
}

/// The rules that a file breaks, each once, in order.
pub(super) fn broken(bytes: &[u8], standard: Standard) -> Vec<&'static str> {
    let mut rules: Vec<_> =
        judge(bytes, standard, &Limits::default()).iter().map(|finding| finding.rule.0).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

/// Fails unless the change, and nothing but it, breaks these rules.
#[track_caller]
pub(super) fn check(standard: Standard, change: impl FnOnce(&mut Draft), expected: &[&str]) {
    let mut draft = Draft::new(standard);
    change(&mut draft);
    let bytes = draft.save();
    assert_eq!(broken(&bytes, standard), expected, "{:#?}", judge(&bytes, standard, &Limits::default()));
}

#[test]
fn the_unchanged_file_keeps_every_rule() {
    for standard in [Standard::X1a2001, Standard::X1a2003, Standard::X4] {
        check(standard, |_| {}, &[]);
    }
}

#[test]
fn a_finding_says_where_and_how_often() {
    let mut draft = Draft::new(Standard::X1a2003);
    draft.paint("0 0 0 1 K 0.1 w 20 300 m 60 300 l S 20 200 m 60 200 l S");
    let findings = judge(&draft.save(), Standard::X1a2003, &Limits::default());
    let [finding] = &findings[..] else { panic!("{findings:#?}") };
    assert_eq!((finding.rule.0, finding.page, finding.count), ("NP-LINE", Some(1), 2));
    assert_eq!(finding.message, "a line is 0.100 pt wide, and 0.25pt is the least");
    let place = finding.place.expect("a line has a place");
    assert_eq!((place.x, place.y, place.width), (Len::pt(10), Len::pt(10), Len::pt(40)));
}

#[test]
fn every_rule_has_a_name_of_its_own_and_words() {
    let mut names: Vec<_> = rules::rules().map(|rule| rule.id).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!((names.len(), count), (121, 121));
    assert!(rules::rules().all(|rule| ![rule.statement, rule.remedy, rule.source].contains(&"")));
}
