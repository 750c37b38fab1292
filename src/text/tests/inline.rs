//! Inline matter: marks, ruby, dots, drop caps, hyphens, even spreading.

use super::super::fixture::{Fixture, SIZE, quanjiao};
use super::super::kinsoku::NEVER;
use super::super::linebreak::LineCut;
use super::super::measures::Measures;
use super::super::para::PreparedPara;
use super::super::run::{SetType, set};
use super::super::setting::Setting;
use super::super::total::best;
use crate::color::{Ink, Tint};
use crate::diag::{FileId, Span};
use crate::geom::{Axis, Point};
use crate::model::inline::{MarkIdx, MarkStyle};
use crate::model::layout::Layout;
use crate::model::story::{Mark, Ruby, Text};
use crate::model::style::{Language, Western};
use crate::unit::{Em, Len};

/// A mark that changes nothing.
fn plain() -> MarkStyle {
    MarkStyle {
        name: "x".to_owned(),
        faces: None,
        size: Em::ONE,
        raise: Em(0),
        ink: None,
        dots: false,
        even: None,
    }
}

/// The fixture's layout with one mark.
fn layout(fixture: &Fixture, mark: MarkStyle) -> Layout {
    Layout { marks: vec![mark], ..fixture.layout.clone() }
}

/// A text with the mark on a stretch of it.
fn marked(text: &str, on: &str, ruby: Option<&str>) -> Text {
    let start = text.find(on).expect("the words are in the text") as u32;
    let mut marked = Text::plain(text);
    let typed = Span::file(FileId(0));
    marked.marks.push(Mark {
        bytes: start..start + on.len() as u32,
        style: ruby.is_none().then_some(MarkIdx(0)),
        ruby: ruby.map(|text| Ruby { text: text.to_owned(), typed }),
    });
    marked
}

/// All of a paragraph on one line, at the page's corner.
fn line(para: &PreparedPara) -> SetType {
    let items = 0..para.items.len();
    let natural = para.natural(items.clone());
    let ending = super::super::linebreak::Ending::Last;
    set(para, &LineCut { items, natural, measure: natural, ending }, Point::default(), |_, _| Len::ZERO)
}

#[test]
fn a_mark_sets_face_size_ink_and_height_and_nothing_around_it() {
    let fixture = quanjiao();
    let grey = Ink::Black(Tint(500));
    let mark = MarkStyle {
        faces: Some(vec![fixture.face("dahei")]),
        size: Em(700),
        raise: Em(300),
        ink: Some(grey),
        ..plain()
    };
    let layout = layout(fixture, mark);
    let para = fixture.marked(marked("面积86平方", "平", None), &Setting::plain(&layout));
    let line = line(&para);
    let run = line.runs.iter().find(|run| run.text == "平").expect("a run of its own");
    assert_eq!((run.face, run.size, run.ink), (fixture.face("dahei"), Em(700).at(SIZE), grey));
    assert_eq!(run.origin.y, -Em(300).at(SIZE), "raised");
    let rest: String = line.runs.iter().filter(|run| run.text != "平").map(|run| run.text.as_str()).collect();
    assert_eq!(rest, "面积86方");
    assert!(
        line.runs.iter().filter(|run| run.text != "平").all(|run| run.size == SIZE && run.ink == Ink::BLACK)
    );
}

#[test]
fn dots_stand_under_what_is_read_and_have_no_text() {
    let fixture = quanjiao();
    let layout = layout(fixture, MarkStyle { dots: true, ..plain() });
    let para = fixture.marked(marked("要实事，求是。", "实事，求", None), &Setting::plain(&layout));
    let line = line(&para);
    let [dots] = &line.beside[..] else { panic!("one run of dots: {:?}", line.beside) };
    assert_eq!(dots.glyphs.len(), 3, "none under the comma");
    assert!(dots.text.is_empty());
    let apart: Vec<Len> = dots.glyphs.windows(2).map(|pair| pair[1].offset.x - pair[0].offset.x).collect();
    assert_eq!(apart, [SIZE, SIZE.times(2)]);
    assert!(dots.glyphs.iter().all(|glyph| glyph.offset.y > Len::ZERO), "under the line");
}

#[test]
fn ruby_stands_over_the_middle_and_parts_what_is_too_narrow() {
    let fixture = quanjiao();
    let setting = Setting::plain(&fixture.layout);
    let plain = fixture.marked(Text::plain("姓亓的人"), &setting);
    let narrow = fixture.marked(marked("姓亓的人", "亓", Some("qí")), &setting);
    let all = |para: &PreparedPara| para.natural(0..para.items.len());
    assert_eq!(all(&narrow), all(&plain), "short ruby takes no room");
    let wide = fixture.marked(marked("姓亓的人", "亓", Some("zhuāng")), &setting);
    let set = line(&wide);
    let [ruby] = &set.beside[..] else { panic!("one ruby") };
    assert_eq!(ruby.text, "zhuāng");
    assert_eq!(all(&wide) - all(&plain), wide.rubies[0].length - SIZE, "its characters part");
    // The ruby is as wide as its character has become, so both start together.
    assert!((ruby.origin.x - SIZE).abs() <= Len::from_units(1), "{:?}", ruby.origin);
    assert!(ruby.origin.y < -Em(880).at(SIZE), "above the em box");
    assert!(ruby.size >= Len::pt(6), "not smaller than newsprint holds");
}

#[test]
fn group_ruby_stays_on_one_line() {
    let fixture = quanjiao();
    let para = fixture.marked(marked("去山南看", "山南", Some("shānnán")), &Setting::plain(&fixture.layout));
    assert_eq!(para.gaps[1].penalty, NEVER);
    assert_eq!(para.rows, 2, "on rows of 12 pt a line with ruby takes two");
}

#[test]
fn names_are_spread_evenly() {
    let fixture = quanjiao();
    let layout = layout(fixture, MarkStyle { even: Some(Em(3000)), ..plain() });
    let setting = Setting::plain(&layout);
    let two = fixture.marked(marked("张三", "张三", None), &setting);
    let three = fixture.marked(marked("李四光", "李四光", None), &setting);
    assert_eq!(two.natural(0..2), SIZE.times(3));
    assert_eq!(three.natural(0..3), SIZE.times(3));
    assert_eq!(two.gaps[0].penalty, NEVER);
}

#[test]
fn a_drop_cap_is_as_high_as_its_lines_and_narrows_them() {
    let fixture = quanjiao();
    let setting = Setting { drop_cap: Some(3), ..Setting::plain(&fixture.layout) };
    let para = fixture.marked(Text::plain("清晨六点，河谷里还压着一层雾。"), &setting);
    let cap = para.cap.expect("it has one");
    let row = fixture.layout.grid.row;
    let size = para.runs[0].size;
    assert_eq!(size, SIZE + row.times(2));
    // The foot of its em box is that of the third line's.
    let foot = -para.runs[0].raise + Em(120).at(size);
    assert_eq!(foot, row.times(2) + Em(120).at(SIZE));
    assert_eq!(cap.inset.units() % SIZE.half().units(), 0, "whole half ems");
    assert!(cap.inset > size, "white beside it");
    assert_eq!(para.natural(0..2) - cap.inset, SIZE, "the text begins after it");
    // A mark cannot be a cap; the paragraph is set without one.
    let none = fixture.marked(Text::plain("，清晨"), &setting);
    assert!(none.cap.is_none());
    // An opening mark goes with its character.
    let quoted = fixture.marked(Text::plain("“清晨六点”"), &setting);
    let large = quoted.items.iter().filter(|item| quoted.runs[item.run as usize].size > SIZE).count();
    assert_eq!(large, 2);
}

#[test]
fn english_words_part_with_a_hyphen_that_is_no_text() {
    let fixture = quanjiao();
    let setting = Setting { language: Language::En, ..Setting::plain(&fixture.layout) };
    let text = "storytelling bilingual exhibition";
    let para = fixture.marked(Text::plain(text), &setting);
    let measures = Measures::all(SIZE.times(4));
    let lines = best(&para, 0, &measures, &fixture.layout.composition).lines;
    let set: Vec<SetType> =
        lines.iter().map(|cut| set(&para, cut, Point::default(), |_, _| Len::ZERO)).collect();
    let parted = set.iter().flat_map(|line| line.runs.last()).filter(|run| {
        run.glyphs.last().is_some_and(|glyph| glyph.text.is_empty())
            && run.text.ends_with(char::is_alphabetic)
    });
    assert!(parted.count() >= 1, "a word is parted: {lines:?}");
    let read: String = set.iter().flat_map(|line| &line.runs).map(|run| run.text.as_str()).collect();
    assert_eq!(read, text, "and the text is what was typed");
    let chinese = fixture.marked(Text::plain(text), &Setting::plain(&fixture.layout));
    assert!(chinese.gaps.iter().all(|gap| gap.hyphen.is_none()), "words in Chinese text are never parted");
}

#[test]
fn western_type_comes_from_a_face_of_its_own() {
    let fixture = quanjiao();
    let mut layout = fixture.layout.clone();
    let (hei, song) = (fixture.face("hei"), fixture.face("song"));
    for (name, style) in &mut layout.styles {
        if name == "body" {
            let western = Western { faces: vec![hei], size: Em(950), raise: Em(10) };
            style.body.western = Some(western);
        }
    }
    let fixture = fixture.with(layout);
    let para = fixture.marked(Text::plain("用N95口罩"), &Setting::plain(&fixture.layout));
    let line = line(&para);
    let runs: Vec<(&str, _, Len)> =
        line.runs.iter().map(|run| (run.text.as_str(), run.face, run.size)).collect();
    assert_eq!(runs, [("用", song, SIZE), ("N95", hei, Em(950).at(SIZE)), ("口罩", song, SIZE)]);
    assert_eq!(line.runs[1].origin.y, -Em(10).at(SIZE));
}

#[test]
fn ruby_on_one_of_two_digits_side_by_side_stands_over_both() {
    let fixture = quanjiao();
    let setting = Setting { axis: Axis::Vertical, ..Setting::plain(&fixture.layout) };
    let para = fixture.marked(marked("第12版", "2", Some("èr")), &setting);
    assert_eq!(para.rubies.len(), 1);
    assert_eq!(para.rubies[0].items, 1..2);
    assert_eq!(line(&para).beside[0].text, "èr", "it is not lost");
}

#[test]
fn the_drop_cap_of_an_english_text_is_its_first_letter() {
    let fixture = quanjiao();
    let setting = Setting { drop_cap: Some(2), language: Language::En, ..Setting::plain(&fixture.layout) };
    let para = fixture.marked(Text::plain("“Twice a week"), &setting);
    let large: String = (para.items.iter())
        .filter(|item| para.runs[item.run as usize].size > SIZE)
        .map(|item| &para.text[item.bytes.start as usize..item.bytes.end as usize])
        .collect();
    assert_eq!(large, "“T");
}
