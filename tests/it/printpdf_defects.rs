//! What printpdf 0.12.8 does wrong when it is left alone, each asserted not to be in a file of ours.
//! Files are made at every level, of a page with a photograph; bound ones have two pages. To be
//! read again with every new printpdf: a test that fails names what came back.

use std::sync::LazyLock;

use duikai::job::Make;
use duikai::model::edition::Level;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object};

use super::desk::{Desk, errors};

const LEVELS: [(Level, &str); 4] =
    [(Level::X1a2001, "1.3"), (Level::X1a2003, "1.4"), (Level::X4, "1.6"), (Level::Pdf17, "1.7")];

/// What the story says: two lines on one baseline, a glyph of two characters, letters of another
/// width, a radical that shares its glyph with an ideograph.
const TEXT: &str = "日本⽇子——“小城”，Office 12.5%。";

/// A file of one level.
struct Made {
    level: Level,
    version: &'static str,
    bytes: Vec<u8>,
    document: Document,
}

/// The edition bound at each level: one page with a photograph, one without.
static ALL: LazyLock<Vec<Made>> =
    LazyLock::new(|| LEVELS.map(|(level, version)| made(level, version)).into());

fn edition() -> Desk {
    let photo = include_bytes!("../pictures/gray.jpg");
    let plain = Desk::new();
    let second =
        plain.text("pages/A02.toml").replace("page_no = 2", "page_no = 3").replace("\"one\"", "\"two\"");
    let story = plain.text("stories/one.toml").replace("\"one\"", "\"two\"");
    let first: String = "小城新事".repeat(32).chars().take(128).collect();
    let typed: String = TEXT.chars().chain("小城新事".repeat(32).chars().skip(26)).collect();
    Desk::with_picture(photo)
        .change("stories/one.toml", &first, &typed)
        .change("edition.toml", "[\"A02\"]", "[\"A02\", \"A03\"]")
        .put("pages/A03.toml", second.as_bytes())
        .put("stories/two.toml", story.as_bytes())
}

fn made(level: Level, version: &'static str) -> Made {
    let made = edition().make_at(Make::Bound, Some(level));
    assert!(errors(&made).is_empty(), "{:?}", errors(&made));
    let said = format!("{:?}", made.notes);
    let bytes = made.bound.unwrap_or_else(|| panic!("every page fits: {said}"));
    let document = Document::load_mem(&bytes).expect("it can be read");
    Made { level, version, bytes, document }
}

impl Made {
    fn pages(&self) -> Vec<&Dictionary> {
        let page = |id| self.document.get_dictionary(id).expect("a dictionary");
        self.document.page_iter().map(page).collect()
    }

    fn operators(&self, page: usize) -> Vec<Operation> {
        let id = self.document.page_iter().nth(page).expect("the page");
        Content::decode(&self.document.get_page_content(id)).expect("operators").operations
    }

    /// A category of a page's resources; empty if it has none.
    fn resource(&self, page: usize, category: &str) -> Dictionary {
        let resources = self.pages()[page].get_deref(b"Resources", &self.document);
        let resources = resources.and_then(Object::as_dict).expect("resources");
        let category = resources.get_deref(category.as_bytes(), &self.document).and_then(Object::as_dict);
        category.cloned().unwrap_or_default()
    }

    fn dictionaries(&self) -> impl Iterator<Item = &Dictionary> {
        self.document.objects.values().filter_map(|object| match object {
            Object::Dictionary(dictionary) => Some(dictionary),
            Object::Stream(stream) => Some(&stream.dict),
            _ => None,
        })
    }

    /// Fonts as pages name them, with the descendant of each.
    fn fonts(&self) -> Vec<(&Dictionary, &Dictionary)> {
        let fonts = self.dictionaries().filter(|dictionary| dictionary.has(b"DescendantFonts"));
        let descendant = |font: &Dictionary| -> Object {
            let all = font.get(b"DescendantFonts").and_then(Object::as_array).expect("descendants");
            all[0].clone()
        };
        fonts
            .map(|font| match descendant(font) {
                Object::Reference(id) => (font, self.document.get_dictionary(id).expect("a font")),
                _ => {
                    let all = font.get(b"DescendantFonts").and_then(Object::as_array).expect("descendants");
                    (font, all[0].as_dict().expect("a font"))
                }
            })
            .collect()
    }

    fn xmp(&self) -> String {
        let packet = self.document.catalog().and_then(|all| all.get_deref(b"Metadata", &self.document));
        let packet = packet.and_then(Object::as_stream).expect("a packet");
        assert!(!packet.dict.has(b"Filter"), "XMP is not compressed");
        String::from_utf8(packet.content.clone()).expect("UTF-8")
    }

    fn info(&self) -> &Dictionary {
        self.document
            .trailer
            .get_deref(b"Info", &self.document)
            .and_then(Object::as_dict)
            .expect("information")
    }
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn name<'a>(dictionary: &'a Dictionary, key: &str) -> &'a [u8] {
    dictionary.get(key.as_bytes()).and_then(Object::as_name).expect(key)
}

#[test]
fn the_version_is_fixed_at_1_3() {
    for made in ALL.iter() {
        assert!(made.bytes.starts_with(format!("%PDF-{}\n", made.version).as_bytes()), "{:?}", made.level);
    }
}

#[test]
fn boxes_are_written_as_place_and_size_and_there_is_no_bleed_box() {
    for made in ALL.iter() {
        for page in made.pages() {
            let corners = |name: &str| -> Vec<f32> {
                let corners = page.get(name.as_bytes()).and_then(Object::as_array).expect(name);
                corners.iter().map(|corner| corner.as_float().expect("a number")).collect()
            };
            assert_eq!(corners("TrimBox"), [28.346, 28.346, 1133.858, 1573.228]);
            assert_eq!(corners("BleedBox"), [19.843, 19.843, 1142.362, 1581.732]);
            assert!(!page.has(b"CropBox"));
        }
    }
}

#[test]
fn pages_have_empty_annotations() {
    for made in ALL.iter() {
        assert!(made.pages().iter().all(|page| !page.has(b"Annots")), "{:?}", made.level);
    }
}

#[test]
fn the_output_intent_is_always_fogra39_under_a_key_that_nobody_reads() {
    for made in ALL.iter() {
        for trace in [&b"FOGRA39"[..], b"Adobe Systems", b"DestinationOutputProfile", b"License"] {
            assert!(!holds(&made.bytes, trace), "{}", String::from_utf8_lossy(trace));
        }
        let intents = made.document.catalog().and_then(|all| all.get(b"OutputIntents")?.as_array());
        assert_eq!(intents.is_ok(), made.level.for_press());
        let Ok(intents) = intents else { continue };
        let intent = intents[0].as_dict().expect("an intent");
        let profile = intent.get_deref(b"DestOutputProfile", &made.document).and_then(Object::as_stream);
        assert_eq!(profile.and_then(|profile| profile.dict.get(b"N")?.as_i64()).expect("a profile"), 4);
        assert_eq!(intents.len(), 1);
    }
}

#[test]
fn information_has_an_empty_version_key_and_no_date() {
    for made in ALL.iter() {
        let version = made.info().get(b"GTS_PDFXVersion").and_then(Object::as_str);
        assert_eq!(version.is_ok_and(|version| !version.is_empty()), made.level.for_press());
        assert_eq!(made.info().has(b"GTS_PDFXVersion"), made.level.for_press());
        let date = made.info().get(b"CreationDate").and_then(Object::as_str).expect("a date");
        assert_eq!(date, b"D:20220905000000+08'00'");
    }
}

#[test]
fn xmp_is_not_escaped_and_dated_in_another_form() {
    let paper = edition().change("edition.toml", "示例日报", "甲<乙>&丙");
    let made = paper.make_at(Make::Bound, Some(Level::X4));
    let bytes = made.bound.expect("every page fits");
    let document = Document::load_mem(&bytes).expect("it can be read");
    let made = Made { level: Level::X4, version: "1.6", bytes, document };
    let xmp = made.xmp();
    assert!(xmp.contains("甲&lt;乙&gt;&amp;丙 2022-09-05"), "{xmp}");
    assert!(xmp.contains("<xmp:CreateDate>2022-09-05T00:00:00+08:00</xmp:CreateDate>"), "{xmp}");
    assert!(!xmp.contains("D:1970") && !xmp.contains("D:2022"), "{xmp}");
}

#[test]
fn identifiers_come_from_a_counter_of_the_process() {
    let again = made(Level::X4, "1.6");
    let first = ALL.iter().find(|made| made.level == Level::X4).expect("it is among them");
    assert!(again.bytes == first.bytes, "made again in the same process, it is another file");
}

#[test]
fn spot_inks_become_process_inks() {
    let made = super::press::spotted().make(Make::Pages);
    let bytes = made.pages[0].pdf.clone().expect("it fits");
    let document = Document::load_mem(&bytes).expect("it can be read");
    let made = Made { level: Level::X1a2003, version: "1.4", bytes, document };
    let spaces = made.resource(0, "ColorSpace");
    let space = spaces.get_deref(b"Spot1", &made.document).and_then(Object::as_array).expect("a separation");
    assert_eq!(space[1].as_name().expect("a name"), b"PANTONE 185 C");
    let inked = made.operators(0).iter().any(|operation| {
        operation.operator == "cs" && operation.operands[0].as_name().is_ok_and(|name| name == b"Spot1")
    });
    assert!(inked, "the page prints with it");
}

#[test]
fn operators_that_it_does_not_know_are_dropped() {
    for made in ALL.iter() {
        let operators = made.operators(0);
        let count = |name: &str| operators.iter().filter(|operation| operation.operator == name).count();
        assert!(count("cs") > 0 && count("cs") == count("scn"), "{:?}", made.level);
        assert!(count("f*") == 4, "the four register targets");
    }
}

#[test]
fn overprint_of_fills_and_strokes_is_swapped() {
    for made in ALL.iter() {
        for (state, on) in [("Overprint", true), ("Knockout", false)] {
            let states = made.resource(0, "ExtGState");
            let state = states.get_deref(state.as_bytes(), &made.document).and_then(Object::as_dict);
            let state = state.expect("both are used");
            for key in [&b"op"[..], b"OP"] {
                assert_eq!(state.get(key).and_then(Object::as_bool).expect("a boolean"), on);
            }
            assert_eq!(state.get(b"OPM").and_then(Object::as_i64).expect("a mode"), 1);
        }
    }
}

#[test]
fn pictures_are_decoded_made_smaller_and_turned_into_rgb() {
    for made in ALL.iter() {
        let images = made.document.objects.values().filter_map(|object| object.as_stream().ok());
        let images: Vec<_> = images
            .filter(|stream| {
                stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image")
            })
            .collect();
        let [image] = images[..] else { panic!("{} images", images.len()) };
        assert_eq!(name(&image.dict, "Filter"), b"DCTDecode");
        assert!(image.content.starts_with(&[0xFF, 0xD8]) && image.content.ends_with(&[0xFF, 0xD9]));
        let space = image.dict.get_deref(b"ColorSpace", &made.document).and_then(Object::as_array);
        assert_eq!(space.expect("a separation")[1].as_name().expect("a name"), b"Black");
    }
    for made in ALL.iter() {
        assert!(!holds(&made.bytes, b"DeviceRGB") && !holds(&made.bytes, b"ICCBased"));
        let light =
            |operation: &Operation| ["rg", "RG", "g", "G", "sh"].contains(&operation.operator.as_str());
        assert!(!(0..2).any(|page| made.operators(page).iter().any(light)));
    }
}

#[test]
fn every_page_refers_to_all_pictures_and_fonts() {
    for made in ALL.iter() {
        assert_eq!(made.resource(0, "XObject").len(), 1);
        assert_eq!(made.resource(1, "XObject").len(), 0);
        for page in 0..2 {
            let operators = made.operators(page);
            let used = |font: &[u8]| {
                operators
                    .iter()
                    .any(|o| o.operator == "Tf" && o.operands[0].as_name().is_ok_and(|n| n == font))
            };
            assert!(made.resource(page, "Font").iter().all(|(font, _)| used(font)));
        }
    }
}

#[test]
fn fonts_are_embedded_whole_and_without_a_tag() {
    for made in ALL.iter() {
        assert!(made.bytes.len() < 1_500_000, "{} bytes", made.bytes.len());
        for (font, descendant) in made.fonts() {
            let base = String::from_utf8_lossy(name(font, "BaseFont")).into_owned();
            let tag = base.split_once('+').expect("a tag").0;
            assert!(tag.len() == 6 && tag.bytes().all(|byte| byte.is_ascii_uppercase()), "{base}");
            let descriptor = descendant.get_deref(b"FontDescriptor", &made.document);
            let descriptor = descriptor.and_then(Object::as_dict).expect("a descriptor");
            assert_eq!(name(descriptor, "FontName"), base.as_bytes());
            assert_eq!(name(descendant, "BaseFont"), base.as_bytes());
        }
    }
}

#[test]
fn fonts_with_names_for_glyphs_are_embedded_as_opentype() {
    for made in ALL.iter() {
        let programs = made.dictionaries().filter_map(|descriptor| {
            descriptor.get_deref(b"FontFile3", &made.document).and_then(Object::as_stream).ok()
        });
        let mut count = 0;
        for program in programs {
            assert_eq!(name(&program.dict, "Subtype"), b"CIDFontType0C", "whole files are of PDF 1.6");
            count += 1;
        }
        assert!(count > 0, "{:?}", made.level);
    }
}

#[test]
fn advances_are_cut_off_and_capitals_as_high_as_ascenders() {
    for made in ALL.iter() {
        for (_, descendant) in made.fonts() {
            let descriptor = descendant.get_deref(b"FontDescriptor", &made.document);
            let descriptor = descriptor.and_then(Object::as_dict).expect("a descriptor");
            let number = |key: &str| descriptor.get(key.as_bytes()).and_then(Object::as_i64).expect(key);
            assert!(number("CapHeight") < number("Ascent"));
            assert_eq!(number("Flags"), 4, "symbolic");
            // An ideograph is an em wide, a whole thousand, in a face of any units.
            let usual = descendant.get(b"DW").and_then(Object::as_i64);
            assert_eq!(usual.expect("the usual advance"), 1000);
        }
    }
}

#[test]
fn columns_on_one_baseline_are_joined() {
    for made in ALL.iter() {
        let operators = made.operators(0);
        let mut rows = std::collections::BTreeMap::new();
        for operation in operators.iter().filter(|operation| operation.operator == "Tm") {
            *rows.entry(format!("{:?}", operation.operands[5])).or_insert(0) += 1;
        }
        assert!(rows.values().any(|count| *count > 1), "two columns share a baseline");
        let count = |name: &str| operators.iter().filter(|operation| operation.operator == name).count();
        assert!(count("Tm") >= count("BT"), "each text object has its own place");
    }
}

#[test]
fn the_last_text_of_a_glyph_wins_for_the_whole_file() {
    for made in ALL.iter() {
        let mut meanings = Vec::new();
        for (font, _) in made.fonts() {
            let map = font.get_deref(b"ToUnicode", &made.document).and_then(Object::as_stream);
            let map = map.and_then(|map| map.get_plain_content()).expect("a map");
            meanings.push(String::from_utf8(map).expect("ASCII"));
        }
        let all = meanings.join("\n").to_uppercase();
        assert!(all.contains("<65E5>"), "日 is 日");
        assert!(!all.contains("<2F47>"), "and not the radical, which is said where it stands");
        assert!(!all.contains("<FFFD>") && !all.contains("<0000>\n"), "every glyph means something");
        let actual = made.operators(0).into_iter().filter(|operation| operation.operator == "BDC");
        let actual: Vec<Vec<u8>> = actual
            .filter_map(|o| {
                o.operands[1].as_dict().ok()?.get(b"ActualText").ok()?.as_str().ok().map(<[u8]>::to_vec)
            })
            .collect();
        assert_eq!(actual, [b"\xFE\xFF\x2F\x47"], "one ⽇ is typed");
    }
}

#[test]
fn outlines_and_layers_are_malformed() {
    for made in ALL.iter() {
        let catalog = made.document.catalog().expect("a catalog");
        for key in [&b"Outlines"[..], b"PageMode", b"OCProperties", b"Names", b"OpenAction"] {
            assert!(!catalog.has(key), "{}", String::from_utf8_lossy(key));
        }
    }
}

#[test]
fn there_are_no_article_threads() {
    for made in ALL.iter() {
        let threads = made.document.catalog().and_then(|all| all.get(b"Threads")?.as_array());
        assert_eq!(threads.map_or(0, Vec::len), if made.level == Level::Pdf17 { 2 } else { 0 });
    }
}

#[test]
fn deflate_follows_from_the_features_of_other_crates() {
    for made in ALL.iter() {
        assert!(!holds(&made.bytes, b"/ObjStm") && !holds(&made.bytes, b"/XRef"), "{:?}", made.level);
        let streams = made.document.objects.values().filter_map(|object| object.as_stream().ok());
        let flate = streams
            .filter(|s| s.dict.get(b"Filter").and_then(Object::as_name).is_ok_and(|n| n == b"FlateDecode"));
        for stream in flate {
            // Our levels are RFC 1950's "fastest", and "default" for the profile; lopdf would have any
            // deflate there is, at its best.
            assert!(matches!(stream.content[..2], [0x78, 0x01 | 0x9C]), "{:?}", &stream.content[..2]);
        }
    }
}
