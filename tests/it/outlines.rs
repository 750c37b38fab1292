//! Subsets are put together of outlines that were read and resolved one by one: they are those that
//! would be cut from the whole font.

use duikai::files::{Blob, Disk, Files, Place};
use duikai::font::Face;
use subsetter::GlyphRemapper;

use super::sample::house;

fn check(file: &str, glyphs: &[&[u16]]) {
    let disk = Disk::new(house(), house()).expect("the house is there");
    let blob: Blob = disk.open(Place::House, &format!("fonts/{file}")).expect("the font is there");
    let whole = blob.read_all(u64::MAX).expect("it can be read");
    let face = Face::read("face", blob).expect("it is a font");
    for glyphs in glyphs {
        let remapper = GlyphRemapper::new_from_glyphs_sorted(glyphs);
        let expected = subsetter::subset(&whole, 0, &remapper).expect("it can be cut");
        let cut = face.cut(&remapper).expect("it can be cut");
        // Of a font with a `CFF ` table that table is what a PDF takes.
        let table = |font: &[u8]| {
            let parsed = ttf_parser::RawFace::parse(font, 0).expect("it is a font");
            parsed.table(ttf_parser::Tag::from_bytes(b"CFF ")).map(<[u8]>::to_vec)
        };
        match table(&expected) {
            Some(expected) => assert!(table(&cut) == Some(expected), "{file}: {glyphs:?}"),
            None => assert!(cut == expected, "{file}: {glyphs:?}"),
        }
    }
}

#[test]
fn subsets_are_those_of_the_whole_font() {
    // The second asks for some that are there and some that are not; é and ắ are made of parts.
    let asked: [&[u16]; 3] = [&[1, 34, 900, 5000], &[2, 34, 901, 7000], &[34]];
    check("NotoSerifSC-Regular.otf", &asked);
    check("NotoSansCJKsc-Black-subset.otf", &asked);
    // Offsets of one byte, of two, of three.
    let many: Vec<u16> = (40..2000).collect();
    check("NotoSansSC-Regular.otf", &[&[1], &[40, 41, 42, 43], &many]);
    let all_latin: Vec<u16> = (1..1500).collect();
    check("LXGWWenKai-Regular.ttf", &[&[1, 34, 900, 5000], &all_latin]);
    check("NotoSerifTibetan_400Regular.ttf", &[&[1, 34, 90], &[5, 34, 91, 300]]);
}
