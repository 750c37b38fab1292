//! The file as a whole: identification, boxes, syntax, determinism, and what is refused.

use super::*;

/// The document information.
fn info(document: &Document) -> &Dictionary {
    document.trailer.get_deref(b"Info", document).and_then(Object::as_dict).expect("information")
}

fn string<'a>(dictionary: &'a Dictionary, key: &str) -> &'a [u8] {
    dictionary.get(key.as_bytes()).and_then(Object::as_str).expect(key)
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn the_same_page_is_the_same_bytes() {
    let (sheet, _) = page();
    let first = written(&[&sheet], Level::X1a2003);
    // printpdf draws identifiers from a counter of the process: something else in between.
    written(&[&super::sheet(vec![line(KAI, 20, 20, "别的")])], Level::Pdf17);
    assert!(first == written(&[&sheet], Level::X1a2003));
}

#[test]
fn the_file_is_plain_pdf_1_4() {
    let bytes = written(&[&page().0], Level::X1a2003);
    assert!(bytes.starts_with(b"%PDF-1.4\n%"), "printpdf writes 1.3");
    assert!(bytes[10..14].iter().all(|byte| *byte > 127), "a binary comment on the second line");
    assert!(!holds(&bytes, b"/ObjStm") && !holds(&bytes, b"/XRef"));
    let document = Document::load_mem(&bytes).expect("it can be read");
    let catalog = document.catalog().expect("a catalog");
    let keys: Vec<&[u8]> = catalog.iter().map(|(key, _)| &key[..]).collect();
    assert_eq!(keys, [&b"Type"[..], b"Pages", b"OutputIntents", b"Metadata"]);
    assert_eq!(document.objects.keys().map(|id| id.0).max(), Some(document.objects.len() as u32));
    for object in document.objects.values() {
        let Ok(stream) = object.as_stream() else { continue };
        match stream.dict.get(b"Filter").and_then(Object::as_name) {
            Ok(filter) => assert!(filter == b"FlateDecode" || filter == b"DCTDecode"),
            Err(_) => assert!(stream.dict.has_type(b"Metadata"), "only XMP is not compressed"),
        }
    }
}

#[test]
fn boxes_are_where_the_page_has_them() {
    let document = read(vec![line(SONG, 20, 20, "版心")]);
    let page = page_dict(&document, 0);
    let corners = |name: &str| -> Vec<f32> {
        let corners = page.get(name.as_bytes()).and_then(Object::as_array).expect(name);
        corners.iter().map(|corner| corner.as_float().expect("a number")).collect()
    };
    // printpdf writes x, y, width, height where a PDF wants two corners.
    assert_eq!(corners("MediaBox"), [0.0, 0.0, 1162.205, 1601.575]);
    assert_eq!(corners("BleedBox"), [19.843, 19.843, 1142.362, 1581.732]);
    assert_eq!(corners("TrimBox"), [28.346, 28.346, 1133.858, 1573.228]);
    for absent in [&b"CropBox"[..], b"ArtBox", b"Annots", b"Rotate", b"UserUnit", b"Group"] {
        assert!(!page.has(absent), "{}", String::from_utf8_lossy(absent));
    }
}

#[test]
fn a_print_file_says_what_it_is() {
    let document = read(vec![line(SONG, 20, 20, "版权")]);
    let info = info(&document);
    assert_eq!(string(info, "GTS_PDFXVersion"), b"PDF/X-1a:2003");
    assert_eq!(string(info, "CreationDate"), b"D:20220905000000+08'00'");
    assert_eq!(string(info, "ModDate"), string(info, "CreationDate"));
    assert_eq!(string(info, "Producer"), b"duikai 0.1.0");
    assert!(string(info, "Title").starts_with(b"\xFE\xFF\x79\x3A"), "UTF-16 of 示");
    assert_eq!(info.get(b"Trapped").and_then(Object::as_name).expect("a name, not a string"), b"False");
    let ids = document.trailer.get(b"ID").and_then(Object::as_array).expect("identifiers");
    assert!(ids.len() == 2 && ids.iter().all(|id| id.as_str().expect("a string").len() == 16));

    let xmp = document.catalog().and_then(|catalog| catalog.get(b"Metadata")).expect("XMP");
    let (_, packet) = document.dereference(xmp).expect("a packet");
    let packet = String::from_utf8(packet.as_stream().expect("a stream").content.clone()).expect("UTF-8");
    for part in [
        "示例日报 &lt;A02&gt; &amp; (要闻)</rdf:li>",
        "<xmp:CreateDate>2022-09-05T00:00:00+08:00</xmp:CreateDate>",
        "<xmpMM:VersionID>2</xmpMM:VersionID>",
        "<xmpMM:RenditionClass>default</xmpMM:RenditionClass>",
        "<xmpMM:DocumentID>uuid:",
        "<pdf:Trapped>False</pdf:Trapped>",
    ] {
        assert!(packet.contains(part), "{part}");
    }
}

#[test]
fn the_output_intent_is_ours() {
    let bytes = written(&[&page().0], Level::X1a2003);
    let document = Document::load_mem(&bytes).expect("it can be read");
    let intents = document.catalog().and_then(|catalog| catalog.get(b"OutputIntents")?.as_array());
    let [intent] = &intents.expect("output intents")[..] else { panic!("one output intent") };
    let intent = intent.as_dict().expect("a dictionary");
    assert_eq!(intent.get(b"S").and_then(Object::as_name).expect("a name"), b"GTS_PDFX");
    assert_eq!(string(intent, "OutputConditionIdentifier"), b"IFRA26");
    assert_eq!(string(intent, "RegistryName"), b"http://www.color.org");
    assert!(intent.has(b"Info") && intent.has(b"OutputCondition"));
    // printpdf has another key here, which no reader knows.
    let profile = intent.get(b"DestOutputProfile").expect("the profile");
    assert!(stream(&document, profile) == *INTENT.condition.profile);
}

#[test]
fn a_profile_is_deflated_to_the_same_bytes() {
    // Kept between builds: when this digest changes, `Intent::VERSION` does, too.
    let digest = crate::fingerprint::sha256_hex(INTENT.deflated());
    expect_test::expect!["333f9845af6584c7"].assert_eq(&digest[..16]);
    assert_eq!(Intent::VERSION, 1);
}

#[test]
fn no_file_holds_the_profile_in_printpdf() {
    let bytes = written(&[&page().0], Level::X1a2003);
    let document = Document::load_mem(&bytes).expect("it can be read");
    let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
    let plain = streams.map(|stream| stream.get_plain_content().unwrap_or_default());
    for part in [bytes].into_iter().chain(plain) {
        for trace in [&b"FOGRA39"[..], b"Adobe Systems", b"BUNDLING"] {
            assert!(!holds(&part, trace), "{}", String::from_utf8_lossy(trace));
        }
    }
}

#[test]
fn a_draft_has_no_key_of_pdf_x() {
    let bytes = written(&[&page().0], Level::Pdf17);
    assert!(bytes.starts_with(b"%PDF-1.7\n"));
    assert!(!holds(&bytes, b"GTS_PDFX") && !holds(&bytes, b"OutputIntent"));
    assert!(Document::load_mem(&bytes).expect("it can be read").page_iter().count() == 1);
}

#[test]
fn a_page_refers_to_what_it_needs() {
    let photo = |index, x| Item::Picture {
        picture: PictureIdx(index),
        rect: Rect::new(Len::mm(x), Len::mm(20), Len::mm(60), Len::mm(40)),
        shape: None,
    };
    let (one, two) = (
        sheet(vec![photo(1, 20), line(SONG, 20, 100, "第一版")]),
        sheet(vec![line(KAI, 20, 100, "第二版"), photo(0, 20), photo(0, 100)]),
    );
    let document = Document::load_mem(&written(&[&one, &two], Level::X1a2003)).expect("it can be read");
    let names = |page, category| -> Vec<String> {
        let names = resource(&document, page, category).iter();
        names.map(|(name, _)| String::from_utf8_lossy(name).into_owned()).collect()
    };
    assert_eq!((names(0, "Font"), names(0, "XObject")), (vec!["F1".to_owned()], vec!["X1".to_owned()]));
    assert_eq!((names(1, "Font"), names(1, "XObject")), (vec!["F2".to_owned()], vec!["X2".to_owned()]));
    assert!(
        !page_dict(&document, 0).get(b"Resources").and_then(Object::as_dict).expect("own").has(b"ColorSpace")
    );
}

#[test]
fn what_cannot_be_printed_is_refused() {
    let refused = |sheet: &Sheet, imprint: &Imprint<'_>| {
        let error = write(&[sheet], &FACES, &[], &[], imprint).expect_err("it is refused");
        error.to_string()
    };
    let print = imprint(Level::X1a2003);
    let untitled = Imprint { title: " ".to_owned(), ..print.clone() };
    assert!(refused(&sheet(vec![]), &untitled).contains("no title"));

    let mut spilt = sheet(vec![]);
    spilt.boxes.bleed = spilt.boxes.media.grown(Len::mm(1));
    assert!(refused(&spilt, &print).contains("A02: the trim"));
    let mut vast = sheet(vec![]);
    vast.boxes.media = vast.boxes.media.grown(Len::mm(3_000));
    assert!(refused(&vast, &print).contains("5.08 m"));

    let photo = Item::Picture { picture: PictureIdx(0), rect: Rect::default(), shape: None };
    assert!(refused(&sheet(vec![photo]), &print).contains("a picture that does not exist"));
    let run = shaped(SONG, Len::pt(9), Ink::BLACK, at(0, 9), "字");
    let broken = |change: &dyn Fn(&mut GlyphRun)| {
        let mut run = run.clone();
        change(&mut run);
        refused(&sheet(vec![Item::Glyphs(run)]), &print)
    };
    assert!(broken(&|run| run.face = FaceIdx(9)).contains("a face"));
    assert!(broken(&|run| run.glyphs[0].glyph = u16::MAX).contains("a glyph"));
    assert!(broken(&|run| run.glyphs[0].text = 1..3).contains("text"));
    assert!(broken(&|run| run.glyphs[0].glyph = 0).contains("no glyph for `字`"));
    assert!(broken(&|run| run.ink = Ink::Black(Tint(1001))).contains("a tint over 100 %"));
}
