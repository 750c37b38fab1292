//! The sample's PDF read back from its bytes: its text in the order of the page map, its black,
//! its boxes, what it says it is. Knows the PDF Reference and nothing of how the file was made.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object};

use super::sample::{assert_same_text, entries, sample, solid, text_of};

static PDF: LazyLock<Document> =
    LazyLock::new(|| Document::load_mem(sample().pdf()).expect("the page is a PDF"));

/// Text as one operator shows it.
struct Shown {
    text: String,
    /// Type size in thousandths of a point.
    size: i64,
    /// Operands of the last `k` in thousandths; empty in another colour space.
    ink: Vec<i64>,
    overprints: bool,
}

/// A number in thousandths.
fn thousandths(object: &Object) -> i64 {
    match object {
        Object::Integer(whole) => whole * 1000,
        Object::Real(real) => format!("{real:.3}").replace('.', "").parse().expect("a number"),
        other => panic!("{other:?} is no number"),
    }
}

fn page() -> &'static Dictionary {
    let id = PDF.page_iter().next().expect("a page");
    PDF.get_dictionary(id).expect("a dictionary")
}

/// One entry of the page's resources.
fn resource(category: &str, name: &[u8]) -> &'static Dictionary {
    let resources = page().get_deref(b"Resources", &PDF).and_then(Object::as_dict).expect("resources");
    let category = resources.get_deref(category.as_bytes(), &PDF).and_then(Object::as_dict).expect(category);
    category.get_deref(name, &PDF).and_then(Object::as_dict).expect("a resource that the page names")
}

fn operations() -> Vec<Operation> {
    let id = PDF.page_iter().next().expect("a page");
    Content::decode(&PDF.get_page_content(id)).expect("operators").operations
}

/// The text of UTF-16, big end first.
fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
    String::from_utf16(&units).expect("UTF-16")
}

/// A font's ToUnicode CMap: `bfchar` pairs, and `bfrange`s to one text or to a list.
fn to_unicode(font: &Dictionary) -> BTreeMap<u32, String> {
    let stream = font.get_deref(b"ToUnicode", &PDF).and_then(Object::as_stream).expect("a ToUnicode CMap");
    let cmap = stream.get_plain_content().expect("it inflates");
    let cmap = String::from_utf8(cmap).expect("a CMap is ASCII").replace('<', " <").replace('>', "> ");
    let cmap = cmap.replace('[', " [ ").replace(']', " ] ");
    let mut words = cmap.split_whitespace();
    let mut texts = BTreeMap::new();
    while let Some(word) = words.next() {
        match word {
            "beginbfchar" => {
                while let Some(code) = words.next().and_then(hex) {
                    texts.insert(number(&code), utf16(&words.next().and_then(hex).expect("a text")));
                }
            }
            "beginbfrange" => {
                while let Some(first) = words.next().and_then(hex) {
                    let last = words.next().and_then(hex).expect("the end of a range");
                    let codes = number(&first)..=number(&last);
                    match words.next().expect("what a range means") {
                        "[" => {
                            for code in codes {
                                texts.insert(code, utf16(&words.next().and_then(hex).expect("a text")));
                            }
                            assert_eq!(words.next(), Some("]"));
                        }
                        word => {
                            let mut text = hex(word).expect("a text");
                            for code in codes {
                                texts.insert(code, utf16(&text));
                                // Only its last byte counts up (PDF Reference 1.4, 5.9.2).
                                *text.last_mut().expect("a byte") += u8::from(code != number(&last));
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }
    texts
}

/// The bytes of `<1234>`; nothing for another word.
fn hex(word: &str) -> Option<Vec<u8>> {
    let digits = word.strip_prefix('<')?.strip_suffix('>')?;
    let pairs = (0..digits.len() / 2).map(|idx| u8::from_str_radix(&digits[idx * 2..idx * 2 + 2], 16));
    pairs.collect::<Result<_, _>>().ok()
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

/// All text of the page in content order.
fn shown() -> Vec<Shown> {
    let mut cmaps: BTreeMap<Vec<u8>, BTreeMap<u32, String>> = BTreeMap::new();
    let (mut font, mut size, mut ink, mut overprints) = (Vec::new(), 0, Vec::new(), false);
    let mut shown = Vec::new();
    // Marked content that is open, each with whether it says what its glyphs mean.
    let mut spans: Vec<bool> = Vec::new();
    for Operation { operator, operands } in operations() {
        match operator.as_str() {
            "q" | "Q" => assert!(spans.is_empty(), "no state is kept across text"),
            "Tf" => {
                font = operands[0].as_name().expect("a font").to_vec();
                size = thousandths(&operands[1]);
                cmaps.entry(font.clone()).or_insert_with(|| to_unicode(resource("Font", &font)));
            }
            "gs" => {
                let state = resource("ExtGState", operands[0].as_name().expect("a state"));
                let is = |key: &[u8], value: &Object| state.get(key).is_ok_and(|object| object == value);
                overprints = is(b"op", &Object::Boolean(true)) && is(b"OPM", &Object::Integer(1));
            }
            "k" => ink = operands.iter().map(thousandths).collect(),
            "cs" => ink.clear(),
            "BDC" | "BMC" => {
                let meaning = operands.get(1).and_then(|object| object.as_dict().ok());
                let meaning = meaning.and_then(|dictionary| dictionary.get(b"ActualText").ok());
                if let Some(meaning) = meaning {
                    let text = meaning.as_str().expect("a text").strip_prefix(b"\xFE\xFF").map(utf16);
                    let text = text.expect("UTF-16 with its mark");
                    shown.push(Shown { text, size, ink: ink.clone(), overprints });
                }
                spans.push(meaning.is_some());
            }
            "EMC" => assert!(spans.pop().is_some(), "marked content ends that never began"),
            "Tj" | "TJ" if !spans.contains(&true) => {
                let cmap = &cmaps[&font];
                let pieces = match &operands[0] {
                    Object::Array(pieces) => pieces.as_slice(),
                    _ => &operands[..1],
                };
                let codes = pieces.iter().filter_map(|piece| piece.as_str().ok()).flat_map(|bytes| {
                    assert!(bytes.len().is_multiple_of(2), "two bytes a code");
                    bytes.as_chunks::<2>().0.iter().map(|pair| number(pair))
                });
                let text = codes.map(|code| cmap[&code].as_str()).collect();
                shown.push(Shown { text, size, ink: ink.clone(), overprints });
            }
            _ => {}
        }
    }
    shown
}

/// White space removed, and U+200B, which is how a glyph says that it stands for nothing.
fn read(text: &str) -> String {
    solid(text).replace('\u{200B}', "")
}

/// What the sample's slug line says, without its spaces.
const SLUG: &str = "示例日报2022-09-05AA02疫情防控专版改版0IFRA26PDF/X-1a:2003CyanMagentaYellowBlack";

#[test]
fn the_text_reads_as_the_map_does() {
    let text: String = shown().iter().map(|shown| read(&shown.text)).collect();
    let articles = entries(sample().map(), "articles").iter();
    let map: String =
        articles.flat_map(|article| entries(article, "blocks")).map(|b| read(&text_of(b))).collect();
    let folio: String = sample().composed.page.furniture.iter().map(|line| read(&line.text)).collect();
    assert!(map.chars().count() > 4000, "the map holds a page of text");
    assert_same_text("the PDF", &text, &format!("{SLUG}{folio}{map}"));
}

#[test]
fn body_type_is_black_alone_and_overprints() {
    let body = sample().edition.layout.grid.em.millipoints();
    let shown: Vec<Shown> = shown().into_iter().filter(|shown| shown.size == body).collect();
    let chars: usize = shown.iter().map(|shown| shown.text.chars().count()).sum();
    assert!(chars > 4000, "{chars} characters at the body's size");
    for Shown { text, ink, overprints, .. } in shown {
        assert_eq!((ink.as_slice(), overprints), (&[0, 0, 0, 1000][..], true), "{text}");
    }
}

/// Every name and every profile's count of components in an object and what it holds.
fn colours(object: &Object, found: &mut Vec<String>) {
    let dictionary = |dictionary: &Dictionary, found: &mut Vec<String>| {
        dictionary.iter().for_each(|(_, value)| colours(value, found));
    };
    match object {
        Object::Name(name) => found.push(String::from_utf8_lossy(name).into_owned()),
        Object::Array(array) => array.iter().for_each(|object| colours(object, found)),
        Object::Dictionary(inner) => dictionary(inner, found),
        Object::Stream(stream) => {
            found.extend(stream.dict.get(b"N").ok().map(|count| format!("N {}", thousandths(count) / 1000)));
            dictionary(&stream.dict, found);
        }
        _ => {}
    }
}

#[test]
fn nothing_is_in_light() {
    let forbidden = ["DeviceRGB", "CalRGB", "DeviceGray", "CalGray", "Lab", "ICCBased", "N 1", "N 3"];
    let mut found = Vec::new();
    PDF.objects.values().for_each(|object| colours(object, &mut found));
    assert!(found.iter().any(|name| name == "DeviceCMYK"), "the page has colour");
    for Operation { operator, operands } in operations() {
        assert!(!["rg", "RG", "g", "G", "sh", "BI"].contains(&operator.as_str()), "{operator} {operands:?}");
        operands.iter().for_each(|object| colours(object, &mut found));
    }
    found.retain(|name| forbidden.contains(&name.as_str()));
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn the_boxes_are_the_sheets() {
    let boxes = ["MediaBox", "BleedBox", "TrimBox"].map(|name| {
        let corners = page().get(name.as_bytes()).and_then(Object::as_array).expect(name);
        let corners: Vec<i64> = corners.iter().map(thousandths).collect();
        <[i64; 4]>::try_from(corners).expect("four numbers")
    });
    let [media, bleed, trim] = boxes;
    // 390 x 545 mm in thousandths of a point, each corner rounded by itself.
    let near = |is: i64, wanted: i64| (is - wanted).abs() <= 1;
    assert!(near(trim[2] - trim[0], 1_105_512) && near(trim[3] - trim[1], 1_544_882), "{trim:?}");
    let holds = |outer: [i64; 4], inner: [i64; 4], least: i64| {
        (0..2).all(|idx| inner[idx] - outer[idx] >= least && outer[idx + 2] - inner[idx + 2] >= least)
    };
    assert!(holds(bleed, trim, 8_503), "3 mm of bleed: {bleed:?} round {trim:?}");
    assert!(holds(media, bleed, 0), "{media:?} round {bleed:?}");
    assert!(page().get(b"CropBox").is_err(), "a crop box would hide what is to be printed");
}

#[test]
fn it_says_what_it_is() {
    let info = PDF.trailer.get_deref(b"Info", &PDF).and_then(Object::as_dict).expect("document information");
    let text = |key: &str| info.get(key.as_bytes()).and_then(Object::as_str).expect(key);
    assert_eq!(text("GTS_PDFXVersion"), b"PDF/X-1a:2003");
    assert_eq!(info.get(b"Trapped").and_then(Object::as_name).expect("whether it is trapped"), b"False");
    assert_eq!(PDF.version, "1.4");
    assert_eq!(PDF.get_pages().len(), 1, "a page is a file");
    let intents =
        PDF.catalog().and_then(|all| all.get(b"OutputIntents")?.as_array()).expect("an output intent");
    assert_eq!(intents.len(), 1);
    assert!(sample().pdf().len() < 6_000_000, "{} bytes", sample().pdf().len());
}

#[test]
fn no_profile_of_others_is_in_it() {
    let mark = b"FOGRA39";
    let streams = PDF.objects.values().filter_map(|object| object.as_stream().ok());
    let contents =
        streams.map(|stream| stream.get_plain_content().unwrap_or_else(|_| stream.content.clone()));
    for bytes in contents.chain([sample().pdf().to_vec()]) {
        assert!(!bytes.windows(mark.len()).any(|bytes| bytes == mark), "a FOGRA39 profile");
    }
}
