//! Vertical lines: what stands upright, what is turned, what marks give up.

use super::super::class::classify;
use super::super::fixture::{Fixture, SIZE, quanjiao};
use super::super::linebreak::{Ending, LineCut};
use super::super::para::PreparedPara;
use super::super::run::set;
use super::super::setting::Setting;
use super::super::vertical::{Stand, stands};
use crate::geom::{Axis, Point, Turn};
use crate::model::story::Text;
use crate::model::style::Language;
use crate::unit::{Em, Len};

fn vertical(fixture: &Fixture, text: &str) -> PreparedPara {
    let setting = Setting { axis: Axis::Vertical, ..Setting::plain(&fixture.layout) };
    fixture.marked(Text::plain(text), &setting)
}

fn whole(para: &PreparedPara) -> LineCut {
    let items = 0..para.items.len();
    let natural = para.natural(items.clone());
    LineCut { items, natural, measure: natural, ending: Ending::Last }
}

#[test]
fn two_or_three_digits_stand_side_by_side_and_words_are_turned() {
    let drawn = |text: &str| -> String {
        let letter = |stand: &Stand| match stand {
            Stand::Upright => 'u',
            Stand::Turned => 't',
            Stand::Transformed => 'v',
            Stand::Combined => 'c',
        };
        stands(&classify(text, Language::ZhHans)).iter().map(letter).collect()
    };
    for (text, expected) in [
        ("第12版", "uccu"),
        ("365天", "cccu"),
        ("2022年", "ttttu"),
        ("8月", "cu"),
        ("用GDP算", "utttu"),
        ("Wi-Fi信号", "tttttuu"),
        ("The Times报", "tttttttttu"),
        ("（甲）——“乙”……", "vuvvvvuvvv"),
        ("占３％", "uuu"),
        ("37℃", "ccu"),
        ("甲：乙；丙！", "uuuuuu"),
    ] {
        assert_eq!(drawn(text), expected, "{text}");
    }
}

#[test]
fn digits_side_by_side_take_one_em_whatever_they_are() {
    let fixture = quanjiao();
    for text in ["国8国", "国12国", "国365国"] {
        let para = vertical(fixture, text);
        assert_eq!(para.items.len(), 3, "{text}: the digits are one item");
        assert_eq!(para.natural(0..3), SIZE.times(3), "{text}");
    }
    // Three are set smaller, evenly, and none of them outside the em.
    let para = vertical(fixture, "国365国");
    let item = &para.items[1];
    let size = para.runs[item.run as usize].size;
    assert!(size < SIZE && size > Em(600).at(SIZE), "{size}");
    let glyphs = &para.glyphs[item.glyphs.start as usize..item.glyphs.end as usize];
    assert!(glyphs.iter().all(|glyph| (glyph.at.x.abs() - SIZE.half()) <= Len::from_units(3)));
}

#[test]
fn marks_give_up_what_their_ink_leaves() {
    let fixture = quanjiao();
    let inside = |text: &str| {
        let para = vertical(fixture, &format!("国{text}国"));
        (para.natural(0..para.items.len()) - SIZE.times(2)).permille_of(SIZE)
    };
    for (text, expected) in [
        ("，", 1000),
        ("。”", 1500),
        ("、《", 1500),
        // These fill their em in a vertical line (CLREQ 3.1.6.1).
        ("！", 1000),
        ("！”", 2000),
        ("：“", 2000),
        ("——", 2000),
        ("……", 2000),
        ("·", 500),
    ] {
        assert_eq!(inside(text), expected, "{text}");
    }
}

#[test]
fn a_line_runs_down_its_middle() {
    let fixture = quanjiao();
    let para = vertical(fixture, "国人GDP民");
    let middle = Point { x: Len::mm(100), y: Len::mm(50) };
    let line = set(&para, &whole(&para), middle, |_, _| Len::ZERO);
    let turns: Vec<(&str, Turn)> = line.runs.iter().map(|run| (run.text.as_str(), run.turn)).collect();
    assert_eq!(turns, [("国人", Turn::Upright), ("GDP", Turn::Clockwise), ("民", Turn::Upright)]);
    for run in &line.runs {
        let downs: Vec<Len> = run.glyphs.iter().map(|glyph| run.origin.y + glyph.offset.y).collect();
        assert!(downs.is_sorted_by(|a, b| a < b), "{}: each glyph under the last", run.text);
        for glyph in &run.glyphs {
            // An ideograph's origin is half an em left of the middle, a turned letter's baseline 0.38.
            let aside = (run.origin.x + glyph.offset.x - middle.x).permille_of(SIZE);
            assert_eq!(aside, if run.turn == Turn::Upright { -500 } else { -380 }, "{}", run.text);
        }
    }
}

#[test]
fn a_dash_without_a_form_for_vertical_lines_is_turned() {
    let fixture = quanjiao();
    let text = Text::plain("国——国");
    let setting = Setting { axis: Axis::Vertical, ..Setting::plain(&fixture.layout) };
    let dash_turns = |face: &str| {
        let mut style = fixture.layout.style("body").expect("every layout has it").clone();
        style.body.faces = vec![fixture.face(face)];
        let para = crate::model::story::Paragraph {
            role: crate::model::story::Role::Body,
            text: text.clone(),
            source_tag: 0..0,
            run_in: 0..0,
        };
        let para = super::super::prepare::prepare(&para, &style, &setting, &fixture.shapers()).value;
        para.runs[para.items[1].run as usize].turn
    };
    assert_eq!(dash_turns("song"), Turn::Upright, "宋 has a form of its own");
    assert_eq!(dash_turns("kai"), Turn::Clockwise, "文楷 has none");
}
