//! A heading's sizes and lines, drawn with the size in points and the fill in thousandths.

use expect_test::{Expect, expect};

use super::*;
use crate::diag::Span;
use crate::model::plan::SummaryPlace;
use crate::model::story::Text;
use crate::text::fixture::quanjiao;

fn title(marked: &str) -> Title {
    let mut title = Title::default();
    for piece in marked.split('|') {
        if !title.text.text.is_empty() || marked.starts_with('|') {
            title.breaks.push(title.text.text.len() as u32);
        }
        title.text.text.push_str(piece);
    }
    title
}

#[track_caller]
fn check(headline: &str, ems: i64, size: Option<Len>, rows: Option<u16>, expected: Expect) {
    let fixture = quanjiao();
    let layout = &fixture.layout;
    let style = layout.heads.iter().position(|head| head.name == "song").expect("the layout has it");
    let place = HeadPlace {
        side: None,
        width: Len::ZERO,
        style,
        rows,
        from: 0,
        over: None,
        kicker_at: KickerPlace::Above,
        aside: None,
        lines: None,
        size,
        kicker_size: None,
        deck_size: None,
        summary: SummaryPlace::default(),
        raise: Len::ZERO,
    };
    let story = Story {
        id: "x".to_owned(),
        typed: Span::file(crate::diag::FileId(0)),
        genre: String::new(),
        column_head: Title::default(),
        kicker: Title::default(),
        headline: title(headline),
        deck: Title { text: Text::default(), breaks: Vec::new() },
        summary: Vec::new(),
        jump_head: Title::default(),
        byline: None,
        paras: Vec::new(),
        spare: Vec::new(),
        pictures: Vec::new(),
        insets: Vec::new(),
        lexicon: Vec::new(),
        language: crate::model::style::Language::default(),
    };
    // The taste of the sample's layout may change; what is tested here does not hang on it.
    let style = HeadStyle { white_rows: 1, break_space: Em(0), ..layout.heads[style].clone() };
    let room = HeadRoom {
        place: &place,
        style: &style,
        axis: Axis::Horizontal,
        language: story.language,
        length: Len::pt(10).times(ems),
        below: Len::ZERO,
        depth: place.rows.map(|rows| layout.grid.row.times(i64::from(rows))),
        layout,
    };
    let set = set_head(&story, &room, &fixture.shapers());
    let head = set.value;
    let lines: Vec<&str> = head.lines.iter().map(|line| line.para.text_of(line.cut.items.clone())).collect();
    let codes: Vec<&str> = set.notes.iter().map(|note| note.code.0).collect();
    expected.assert_eq(&format!(
        "{} / {} rows / {} / {} {codes:?}",
        head.size,
        head.rows,
        head.fill,
        lines.join(" | ")
    ));
}

#[test]
fn the_largest_size_that_fits_is_taken() {
    check("山南日报", 20, None, None, expect!["48pt / 5 rows / 960 / 山南日报 []"]);
    check(
        "山南市疫情防控|工作有力有序",
        20,
        None,
        None,
        expect!["26pt / 6 rows / 910 / 山南市疫情防控 | 工作有力有序 []"],
    );
    check(
        "山南市疫情防控|工作有力有序",
        20,
        None,
        Some(3),
        expect!["14pt / 3 rows / 910 / 山南市疫情防控工作有力有序 []"],
    );
}

#[test]
fn lines_break_at_marks_and_balance() {
    check("一二三|四五|六七八", 12, None, None, expect!["22pt / 6 rows / 917 / 一二三 | 四五六七八 []"]);
    check("一二|三四五|六七|八", 12, None, None, expect!["22pt / 6 rows / 917 / 一二三四五 | 六七八 []"]);
}

#[test]
fn a_size_of_the_page_file_may_fill_the_width() {
    check("山南日报", 12, Some(Len::pt(30)), None, expect!["30pt / 4 rows / 1000 / 山南日报 []"]);
}

#[test]
fn a_headline_that_is_too_large_is_reported_and_still_set() {
    check(
        "山南市疫情防控工作有力有序",
        10,
        None,
        None,
        expect![[r#"14pt / 3 rows / 1820 / 山南市疫情防控工作有力有序 ["head-large"]"#]],
    );
    check(
        "山南市疫情防控工作|",
        5,
        None,
        None,
        expect![[r#"14pt / 3 rows / 2520 / 山南市疫情防控工作 ["head-large"]"#]],
    );
    check(
        "|山南市疫情防控工作",
        5,
        None,
        None,
        expect![[r#"14pt / 3 rows / 2520 / 山南市疫情防控工作 ["head-large"]"#]],
    );
}

/// The lines that a headline without marks is scored into, as many as these.
fn scored(lines: &str) -> String {
    let para = quanjiao().para(&lines.replace('|', ""));
    let count = lines.split('|').count();
    let found = crate::flow::scored::edges(&para, count, None, |from, to| para.seen(from..to));
    let edges = found.expect("it can be broken so");
    let cut: Vec<&str> = edges.windows(2).map(|pair| para.text_of(pair[0]..pair[1])).collect();
    cut.join("|")
}

#[test]
fn unmarked_headlines_break_where_they_read_best() {
    let mut wrong = Vec::new();
    for lines in [
        // after the mark or space that parts clauses, though lines are less even
        "守住民生底线，|让困难群众安心过冬",
        "不负韶华 |青年党员冲在前",
        "市委常委会召开会议：|部署疫情防控工作",
        // even lines
        "山南市疫情|防控有力",
        "驻村工作队员|践行服务宗旨",
        // no line opens with what leans back
        "用行动践行的|初心和使命",
        "写在高原上的|青春答卷",
        "老人笑了|邻居们都来了",
        // titles and quotations are whole
        "《西藏日报》|创刊六十周年",
        "我市举办“喜迎二十大”|演讲比赛",
        // numbers keep to their units
        "驻村三年走遍|126户群众家",
        // three lines
        "党员冲锋在前，|群众守望相助，|共筑抗疫防线",
    ] {
        wrong.extend(Some(scored(lines)).filter(|found| found != lines));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn an_unmarked_headline_that_needs_lines_is_scored_and_told() {
    check(
        "山南市疫情防控工作有力有序",
        12,
        None,
        Some(5),
        expect![[r#"16pt / 5 rows / 933 / 山南市疫情防控 | 工作有力有序 ["head-scored"]"#]],
    );
}

#[test]
fn no_line_of_a_scored_headline_is_one_character() {
    use crate::text::fixture::any_text;
    use arbtest::arbtest;
    arbtest(|u| {
        let para = quanjiao().para(&any_text(u, 30)?);
        let lines = u.int_in_range(1..=4)?;
        if let Some(edges) = crate::flow::scored::edges(&para, lines, None, |from, to| para.seen(from..to)) {
            assert_eq!((edges[0], edges[lines], edges.len()), (0, para.items.len(), lines + 1));
            assert!(edges.is_sorted());
            for pair in edges.windows(2) {
                assert!(para.spoken(pair[0], 2) == 2, "{}", para.text);
            }
        }
        Ok(())
    });
}
