//! The reference page's body text at three measures: what the total-fit composer reaches.

use std::fs;
use std::path::Path;

use crate::text::fixture::{ems, quanjiao};
use crate::text::kinsoku::NEVER;
use crate::text::measures::Measures;
use crate::text::total::{best, first_fit};
use crate::unit::Em;

/// Lines of the reference text that end where a printed column ended.
const BROKEN: [usize; 10] = [12, 17, 22, 28, 50, 72, 84, 96, 102, 108];

/// The reference text's paragraphs of 20 characters and more, those that a column broke rejoined.
fn paragraphs() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/shannan-page.txt");
    let text = fs::read_to_string(path).expect("the reference text can be read");
    let (mut all, mut open) = (Vec::new(), String::new());
    let mut skip = false;
    for (idx, line) in text.lines().enumerate() {
        if std::mem::take(&mut skip) {
            continue;
        }
        open.push_str(line);
        if BROKEN.contains(&(idx + 1)) {
            skip = true;
        } else {
            all.push(std::mem::take(&mut open));
        }
    }
    all.retain(|text| text.chars().count() >= 20);
    all
}

/// What a measure gives: lines, lines with gaps over 0.05 em, the widest gap, 孤字.
fn figures(measure: i32) -> (usize, usize, i32, usize) {
    let house = quanjiao();
    let rules = &house.layout.composition;
    let (mut lines, mut loose, mut widest, mut runts) = (0, 0, 0, 0);
    for text in paragraphs() {
        let mut para = house.para(&text);
        para.indent = Em(2000).at(para.size);
        let measures = Measures::all(ems(measure));
        let first = first_fit(&para, 0, &measures, usize::MAX);
        let total = best(&para, 0, &measures, rules);
        assert!(total.lines.len() <= first.len(), "{text}");
        for cut in &total.lines {
            let end = cut.items.end;
            assert!(end == para.items.len() || para.gaps[end - 1].penalty != NEVER, "{text}");
            let gap = crate::text::justify::justify(&para, cut).stretched.permille_of(para.size);
            loose += usize::from(gap > 50);
            widest = widest.max(gap);
        }
        let last = total.lines.last().expect("a line");
        runts += usize::from(last.items.start > 0 && para.spoken(last.items.start, 2) < 2);
        lines += total.lines.len();
    }
    (lines, loose, widest, runts)
}

#[test]
fn the_reference_text_reaches_its_figures() {
    let all = paragraphs();
    let chars: usize = all.iter().map(|text| text.chars().count()).sum();
    assert_eq!((all.len(), chars), (38, 5307));
    for (measure, most_lines, most_loose, widest) in
        [(13_000, 424, 25, 125), (16_000, 350, 8, 100), (17_000, 326, 8, 100)]
    {
        let found = figures(measure);
        println!("{measure}: {found:?}");
        assert!(
            found.0 <= most_lines && found.1 <= most_loose && found.2 <= widest && found.3 == 0,
            "at {measure}: {found:?}"
        );
    }
}
