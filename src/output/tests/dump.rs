use super::*;
use crate::output::{pdf, seal, subset};
#[test]
fn dump() {
    let (mut sheet, pictures) = page();
    let mut run = shaped(SONG, Len::pt(10), Ink::BLACK, at(20, 170), "空文本后面的字");
    run.glyphs[0].text = 0..0;
    run.glyphs[3].text = 9..9;
    sheet.items.push(Item::Glyphs(run));
    for _ in 0..3 {
        let t = std::time::Instant::now();
        let bytes = write(&[&sheet], &FACES, &pictures, &imprint(Level::X1a2003)).expect("written");
        eprintln!("{:?} {}", t.elapsed(), bytes.len());
        std::fs::write("target/page.pdf", &bytes).expect("x");
    }
    let covers: Vec<char> = (0x4E00..0x9FA5_u32)
        .filter_map(char::from_u32)
        .filter(|c| FACES[0].shaper().glyph_index(*c).is_some())
        .collect();
    let sheets: Vec<Sheet> = (0..5)
        .map(|page| {
            let mut items = Vec::new();
            for l in 0..300 {
                let text: String = (0..20)
                    .map(|c| covers[((l * 20 + c) * 7 + page * 3) % (if l < 250 { 900 } else { 300 }) * 3])
                    .collect();
                let face = FaceIdx(if l < 250 {
                    0
                } else if l < 280 {
                    2
                } else {
                    1
                });
                let mut run = shaped(
                    face,
                    Len::pt(9),
                    Ink::BLACK,
                    at(20 + 70 * (l as i64 % 5), 20 + (l as i64 / 5) * 5),
                    &text,
                );
                for (i, g) in run.glyphs.iter_mut().enumerate() {
                    g.offset.x += Len::from_units(i as i64 * 1234);
                }
                items.push(Item::Glyphs(run));
            }
            super::sheet(items)
        })
        .collect();
    let i = imprint(Level::X1a2003);
    let all: Vec<&Sheet> = sheets.iter().collect();
    std::fs::write("target/five.pdf", write(&all, &FACES, &[], &i).unwrap()).unwrap();
    std::fs::write("target/draft.pdf", written(&[&page().0], Level::Draft)).unwrap();
    for n in [1, 5] {
        let sheets: Vec<&Sheet> = sheets.iter().take(n).collect();
        for _ in 0..3 {
            let t = std::time::Instant::now();
            let subsets = subset::cut(&sheets, &FACES, i.level).unwrap();
            let a = t.elapsed();
            let pages = pdf::lay(&sheets, &subsets).unwrap();
            let b = t.elapsed();
            let bytes = seal::seal(pages, &sheets, &subsets, &[], &i).unwrap();
            eprintln!(
                "{n}: cut {a:?} lay {:?} seal {:?} {} programs {}",
                b - a,
                t.elapsed() - b,
                bytes.len(),
                subsets.iter().map(|s| s.program.len()).sum::<usize>()
            );
            let t = std::time::Instant::now();
            let p: Vec<_> =
                subsets.iter().map(|s| FACES[s.face.0 as usize].program().unwrap().len()).collect();
            let t2 = std::time::Instant::now();
            let h = crate::fingerprint::sha256(&[&bytes]);
            let a2 = t2.elapsed();
            let mut d = Document::load_mem(&bytes).unwrap();
            let t3 = std::time::Instant::now();
            let mut v = Vec::new();
            d.save_to(&mut v).unwrap();
            let a3 = t3.elapsed();
            let t4 = std::time::Instant::now();
            d.prune_objects();
            d.renumber_objects();
            eprintln!("   hash {a2:?} save {a3:?} renumber {:?} {}", t4.elapsed(), h[0]);
            eprintln!("   reading {p:?} {:?}", t.elapsed());
        }
    }
    let refs: Vec<&Sheet> = sheets.iter().take(1).collect();
    let subsets = subset::cut(&refs, &FACES, i.level).unwrap();
    for level in [1, 2, 3, 4, 5, 6, 7, 8, 9] {
        for s in &subsets {
            let t = std::time::Instant::now();
            let n = miniz_oxide::deflate::compress_to_vec_zlib(&s.program, level).len();
            eprintln!("font {level} {} {n} {:?}", s.program.len(), t.elapsed());
        }
    }
    for s in &subsets {
        let t = std::time::Instant::now();
        let whole = FACES[s.face.0 as usize].program().unwrap();
        let a = t.elapsed();
        let glyphs: Vec<u16> =
            (1..FACES[s.face.0 as usize].metrics().glyphs).filter(|g| s.code(*g) > 0).collect();
        let r = subsetter::GlyphRemapper::new_from_glyphs_sorted(&glyphs);
        let sub = subsetter::subset(&whole, 0, &r).unwrap();
        eprintln!("read {a:?} subset {:?} {}", t.elapsed() - a, sub.len());
    }
    for level in [4, 5, 6, 7, 8, 9, 10] {
        let t = std::time::Instant::now();
        let n = miniz_oxide::deflate::compress_to_vec_zlib(&INTENT.condition.profile, level).len();
        eprintln!("icc {level} {n} {:?}", t.elapsed());
    }
}
