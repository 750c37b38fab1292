//! What each level promises, and what is the same at all of them.

use super::*;
use crate::output::threads::follow;
use crate::page::reading::{Article, BlockKind, ReadBlock, Reading};

const LEVELS: [Level; 4] = [Level::X1a2001, Level::X1a2003, Level::X4, Level::Pdf17];

fn loaded(bytes: &[u8]) -> Document {
    Document::load_mem(bytes).expect("it can be read")
}

/// The document information: its text strings, and `Trapped` by its name.
fn info(document: &Document) -> Vec<(String, String)> {
    let info = document.trailer.get_deref(b"Info", document).and_then(Object::as_dict).expect("information");
    let value = |object: &Object| match object {
        Object::Name(name) => String::from_utf8_lossy(name).into_owned(),
        other => match other.as_str().expect("a string") {
            [0xFE, 0xFF, utf16 @ ..] => {
                let units = utf16.chunks_exact(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]]));
                String::from_utf16(&units.collect::<Vec<u16>>()).expect("UTF-16")
            }
            ascii => String::from_utf8_lossy(ascii).into_owned(),
        },
    };
    info.iter().map(|(key, object)| (String::from_utf8_lossy(key).into_owned(), value(object))).collect()
}

fn xmp(document: &Document) -> String {
    let packet = document.catalog().and_then(|catalog| catalog.get_deref(b"Metadata", document));
    let packet = packet.and_then(Object::as_stream).expect("a packet");
    assert!(!packet.dict.has(b"Filter"), "programs that know no PDF find it");
    String::from_utf8(packet.content.clone()).expect("UTF-8")
}

/// The text of an element of a packet.
fn element(xmp: &str, name: &str) -> Option<String> {
    let (_, rest) = xmp.split_once(&format!("<{name}"))?;
    let (_, rest) = rest.split_once('>')?;
    let (text, _) = rest.split_once(&format!("</{name}>"))?;
    let plain: String = text
        .split('<')
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) })
        .collect();
    Some(plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}

#[test]
fn a_level_is_known_by_its_keys() {
    let check = |level: Level, version: &str, keys: &[(&str, &str)]| {
        let bytes = written(&[&page().0], level);
        assert!(bytes.starts_with(format!("%PDF-{version}\n%").as_bytes()), "{level:?}");
        let document = loaded(&bytes);
        assert!(!document.catalog().expect("a catalog").has(b"Version"));
        let own = info(&document).into_iter().filter(|(key, _)| key.starts_with("GTS_"));
        let wanted: Vec<_> = keys.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        assert_eq!(own.collect::<Vec<_>>(), wanted, "{level:?}");
        assert_eq!(document.catalog().expect("a catalog").has(b"OutputIntents"), !keys.is_empty());
    };
    let version = "GTS_PDFXVersion";
    check(Level::X1a2001, "1.3", &[(version, "PDF/X-1:2001"), ("GTS_PDFXConformance", "PDF/X-1a:2001")]);
    check(Level::X1a2003, "1.4", &[(version, "PDF/X-1a:2003")]);
    check(Level::X4, "1.6", &[(version, "PDF/X-4")]);
    check(Level::Pdf17, "1.7", &[]);
}

#[test]
fn information_and_xmp_say_the_same_at_every_level() {
    for level in LEVELS {
        let title = "示例日报\n<A02> & \u{1}(要闻)".to_owned();
        let imprint = Imprint { title, ..imprint(level) };
        let bytes = write(&[&sheet(vec![line(SONG, 20, 20, "同步")])], &FACES, &[], &[], &imprint);
        let document = loaded(&bytes.expect("written"));
        let (info, xmp) = (info(&document), xmp(&document));
        let of = |key: &str| info.iter().find(|(own, _)| own == key).map(|(_, value)| value.clone());
        assert_eq!(of("Title").as_deref(), Some("示例日报 <A02> & (要闻)"));
        let space = if level == Level::X4 { "pdfxid" } else { "pdfx" };
        for (key, name) in [
            ("Title", "dc:title".to_owned()),
            ("Author", "dc:creator".to_owned()),
            ("Creator", "xmp:CreatorTool".to_owned()),
            ("Producer", "pdf:Producer".to_owned()),
            ("Trapped", "pdf:Trapped".to_owned()),
            ("GTS_PDFXVersion", format!("{space}:GTS_PDFXVersion")),
            ("GTS_PDFXConformance", format!("{space}:GTS_PDFXConformance")),
        ] {
            assert_eq!(of(key), element(&xmp, &name), "{level:?}: {key} and {name}");
        }
        for key in ["CreationDate", "ModDate"] {
            assert_eq!(of(key).as_deref(), Some("D:20220905000000+08'00'"));
        }
        for name in ["xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"] {
            assert_eq!(element(&xmp, name).as_deref(), Some("2022-09-05T00:00:00+08:00"));
        }
        assert_eq!(element(&xmp, "xmpMM:VersionID").as_deref(), Some("2"));
        assert!(element(&xmp, "xmpMM:DocumentID").expect("an id").starts_with("uuid:"));
    }
}

#[test]
fn identifiers_follow_from_the_content() {
    let id = |text: &str, revision: u32| {
        let imprint = Imprint { revision, ..imprint(Level::X4) };
        let bytes = write(&[&sheet(vec![line(SONG, 20, 20, text)])], &FACES, &[], &[], &imprint);
        let document = loaded(&bytes.expect("written"));
        let ids = document.trailer.get(b"ID").and_then(Object::as_array).expect("identifiers").clone();
        assert_eq!(ids[0], ids[1]);
        (ids[0].as_str().expect("bytes").to_vec(), element(&xmp(&document), "xmpMM:DocumentID"))
    };
    assert_eq!(id("一版", 0), id("一版", 0));
    assert_ne!(id("一版", 0), id("二版", 0));
}

#[test]
fn the_inks_are_the_same_at_every_level() {
    let content = |level| {
        let document = loaded(&written(&[&page().0], level));
        document.get_page_content(document.page_iter().next().expect("a page"))
    };
    for level in LEVELS {
        assert!(content(level) == content(Level::X1a2003), "{level:?}");
    }
}

/// An article of blocks one under the other.
fn article(id: &str, title: &str, blocks: i64) -> Article {
    let block = |row: i64| ReadBlock {
        kind: BlockKind::Text,
        number: 1,
        rect: Rect::new(Len::mm(20), Len::mm(20 + row * 50), Len::mm(60), Len::mm(40)),
        picture: None,
        ad: None,
        lines: Vec::new(),
    };
    Article {
        id: id.to_owned(),
        number: 1,
        genre: "article".to_owned(),
        intro: String::new(),
        title: title.to_owned(),
        subtitle: String::new(),
        summary: Vec::new(),
        author: Vec::new(),
        source: String::new(),
        continues: None,
        continued_from: None,
        polygon: Vec::new(),
        blocks: (0..blocks).map(block).collect(),
    }
}

#[test]
fn a_reader_follows_a_story_over_columns_and_pages() {
    let first = Reading { articles: vec![article("lead", "头条", 2), article("brief", "简讯", 1)] };
    let second = Reading { articles: vec![article("lead", "头条", 3), article("none", "无", 0)] };
    let threads = follow([&first, &second]);
    let (one, two) = (sheet(vec![line(SONG, 20, 20, "一")]), sheet(vec![line(SONG, 20, 20, "二")]));
    let imprint = Imprint { threads, ..imprint(Level::Pdf17) };
    let document = loaded(&write(&[&one, &two], &FACES, &[], &[], &imprint).expect("written"));
    let pages: Vec<_> = document.page_iter().collect();
    let listed = document.catalog().and_then(|all| all.get(b"Threads")?.as_array()).expect("threads");
    let mut seen = Vec::new();
    for thread in listed {
        let id = thread.as_reference().expect("a reference");
        let thread = document.get_dictionary(id).expect("a thread");
        let start = thread.get(b"F").and_then(Object::as_reference).expect("its first bead");
        let (mut on, mut at) = (Vec::new(), start);
        loop {
            let bead = document.get_dictionary(at).expect("a bead");
            let own = bead.get(b"T").and_then(Object::as_reference).ok();
            assert_eq!(own, (at == start).then_some(id), "the first bead names its thread");
            let page = bead.get(b"P").and_then(Object::as_reference).expect("its page");
            let beads = document.get_dictionary(page).and_then(|page| page.get(b"B")?.as_array());
            assert!(beads.expect("beads of a page").contains(&Object::Reference(at)));
            let rect = bead.get(b"R").and_then(Object::as_array).expect("its place");
            assert_eq!(format!("{:?}", rect[0]), "85.039", "20 mm from the trim, 10 mm of slug");
            on.push(pages.iter().position(|known| *known == page).expect("a page of the file"));
            let next = bead.get(b"N").and_then(Object::as_reference).expect("the next bead");
            let back = document.get_dictionary(next).and_then(|next| next.get(b"V")?.as_reference());
            assert_eq!(back.expect("the bead before"), at);
            at = next;
            if at == start {
                break;
            }
        }
        seen.push(on);
    }
    assert_eq!(seen, [vec![0, 0, 1, 1, 1], vec![0]]);
}

#[test]
fn a_file_for_the_press_has_nothing_to_click_on() {
    let reading = Reading { articles: vec![article("lead", "头条", 2)] };
    for level in LEVELS.into_iter().filter(|level| level.for_press()) {
        let imprint = Imprint { threads: follow([&reading]), ..imprint(level) };
        let sheet = sheet(vec![line(SONG, 20, 20, "一")]);
        let document = loaded(&write(&[&sheet], &FACES, &[], &[], &imprint).expect("written"));
        let catalog = document.catalog().expect("a catalog");
        let keys: Vec<&[u8]> = catalog.iter().map(|(key, _)| &key[..]).collect();
        assert_eq!(keys, [&b"Type"[..], b"Pages", b"OutputIntents", b"Metadata"], "{level:?}");
        assert!(!page_dict(&document, 0).has(b"B") && !page_dict(&document, 0).has(b"Annots"));
    }
}
