//! 背题, 孤行 and 孤字: columns drawn leg by leg.

use std::time::{Duration, Instant};

use expect_test::{Expect, expect};

use super::*;
use crate::model::story::{Role, Text};
use crate::text::fixture::quanjiao;
use crate::text::setting::Setting;

/// Pours paragraphs into legs of a measure of 5 em; those that start with # are subheads, of as
/// many rows as they have #.
fn draw(paras: &[&str], legs: &[u32], lines: u16) -> String {
    let fixture = quanjiao();
    let prepared = paras.iter().map(|text| {
        let words = text.trim_start_matches('#');
        let role = if words == *text { Role::Body } else { Role::Subhead };
        let rows = (text.len() - words.len()).max(1) as u16;
        PreparedPara { rows, ..fixture.para_of(role, "song", words) }
    });
    let story = PreparedStory { paras: prepared.collect() };
    let legs: Vec<(u32, i32)> = legs.iter().map(|count| (*count, 5000)).collect();
    let filled = fill(&story, Cursor::default(), &rooms(&legs), &rules(fixture, lines));
    let mut drawn = String::new();
    for leg in 0..legs.len() {
        let lines = filled.lines.iter().filter(|line| line.room.leg.0 as usize == leg);
        let texts: Vec<&str> =
            lines.map(|line| story.paras[line.para as usize].text_of(line.cut.items.clone())).collect();
        drawn += &format!("{}\n", if texts.is_empty() { "-".to_owned() } else { texts.join(" / ") });
    }
    if !filled.end.is_end(&story) {
        drawn += "and more\n";
    }
    drawn
}

#[track_caller]
fn check(paras: &[&str], legs: &[u32], lines: u16, expected: Expect) {
    expected.assert_eq(&draw(paras, legs, lines));
}

const THREE: &str = "一一一一一二二二二二三三三";
const FIVE: &str = "一一一一一二二二二二三三三三三四四四四四五五五";

#[test]
fn a_subhead_stands_over_two_lines() {
    check(
        &[THREE, "#题", THREE],
        &[5, 9],
        1,
        expect![[r#"
        一一一一一 / 二二二二二 / 三三三
        题 / 一一一一一 / 二二二二二 / 三三三
    "#]],
    );
    check(
        &[THREE, "#题", THREE],
        &[6, 9],
        1,
        expect![[r#"
        一一一一一 / 二二二二二 / 三三三 / 题 / 一一一一一 / 二二二二二
        三三三
    "#]],
    );
    check(
        &[THREE, "##题", THREE],
        &[6, 9],
        1,
        expect![[r#"
        一一一一一 / 二二二二二 / 三三三
        题 / 一一一一一 / 二二二二二 / 三三三
    "#]],
    );
    check(
        &[THREE, "###题", THREE],
        &[8, 9],
        1,
        expect![[r#"
        一一一一一 / 二二二二二 / 三三三 / 题 / 一一一一一 / 二二二二二
        三三三
    "#]],
    );
}

#[test]
fn a_subhead_over_a_picture_across_its_column_stands_under_it() {
    let fixture = quanjiao();
    let subhead = fixture.para_of(Role::Subhead, "song", "小标题");
    let body = |text: &str| fixture.para_of(Role::Body, "song", text);
    // Rows in which the subhead and the line after it stand; the picture takes rows 4 to 6 of ten.
    let rows_of = |before: &str| {
        let paras = vec![body(before), subhead.clone(), body("国国国国国国国国国国国国国国国")];
        let mut rooms = rooms(&[(10, 5000)]);
        rooms.cut_rooms_of_last_leg(|room| if (4..7).contains(&room.row) { Vec::new() } else { vec![*room] });
        let filled = fill(&PreparedStory { paras }, Cursor::default(), &rooms, &rules(fixture, 1));
        let after = filled.lines.iter().skip_while(|line| line.para == 0);
        after.take(2).map(|line| line.room.row).collect::<Vec<i32>>()
    };
    assert_eq!(rows_of("国国国"), [1, 2], "two lines follow it");
    assert_eq!(rows_of("国国国国国国国国"), [7, 8], "one line would stand between it and the picture");
    assert_eq!(rows_of("国国国国国国国国国国国国国"), [7, 8], "none would");
}

#[test]
fn subheads_of_several_lines_and_in_a_row_go_over_together() {
    check(
        &[THREE, "#题题题题题题题", THREE],
        &[6, 9],
        1,
        expect![[r#"
        一一一一一 / 二二二二二 / 三三三
        题题题题题 / 题题 / 一一一一一 / 二二二二二 / 三三三
    "#]],
    );
    check(
        &[THREE, "#题", "#目", THREE],
        &[6, 9],
        1,
        expect![[r#"
        一一一一一 / 二二二二二 / 三三三
        题 / 目 / 一一一一一 / 二二二二二 / 三三三
    "#]],
    );
}

#[test]
fn a_subhead_in_the_last_column_is_set_though_little_follows() {
    check(
        &["#题", "一"],
        &[2],
        2,
        expect![[r#"
        题 / 一
    "#]],
    );
    check(
        &[THREE, "#题", "一"],
        &[5],
        2,
        expect![[r#"
        一一一一一 / 二二二二二 / 三三三 / 题 / 一
    "#]],
    );
}

#[test]
fn paragraphs_keep_two_lines_at_foot_and_head() {
    check(
        &["甲", FIVE],
        &[2, 9],
        2,
        expect![[r#"
        甲
        一一一一一 / 二二二二二 / 三三三三三 / 四四四四四 / 五五五
    "#]],
    );
    check(
        &[FIVE],
        &[4, 9],
        2,
        expect![[r#"
        一一一一一 / 二二二二二 / 三三三三三
        四四四四四 / 五五五
    "#]],
    );
    check(
        &["甲", THREE],
        &[3, 9],
        2,
        expect![[r#"
        甲
        一一一一一 / 二二二二二 / 三三三
    "#]],
    );
    check(
        &["甲", THREE],
        &[2, 9],
        2,
        expect![[r#"
        甲
        一一一一一 / 二二二二二 / 三三三
    "#]],
    );
    check(
        &["甲", FIVE],
        &[2, 9],
        1,
        expect![[r#"
        甲 / 一一一一一
        二二二二二 / 三三三三三 / 四四四四四 / 五五五
    "#]],
    );
}

#[test]
fn one_character_is_not_alone_at_a_column_head() {
    check(
        &["甲", "一一一一一二二二二二三。"],
        &[3, 5],
        1,
        expect![[r#"
        甲 / 一一一一一
        二二二二二 / 三。
    "#]],
    );
    check(
        &["甲", "一一一一一二。"],
        &[2, 5],
        1,
        expect![[r#"
        甲
        一一一一一 / 二。
    "#]],
    );
}

#[test]
fn columns_of_one_row_are_not_left_empty() {
    check(
        &[FIVE],
        &[1, 1, 1, 1, 1],
        2,
        expect![[r#"
        一一一一一
        二二二二二
        三三三三三
        四四四四四
        五五五
    "#]],
    );
}

#[test]
fn small_stories() {
    check(
        &[],
        &[2],
        2,
        expect![[r#"
            -
        "#]],
    );
    check(
        &["字"],
        &[2],
        2,
        expect![[r#"
        字
    "#]],
    );
    check(
        &["字"],
        &[],
        2,
        expect![[r#"
        and more
    "#]],
    );
}

#[test]
fn a_paragraph_of_fifty_thousand_characters_is_no_burden() {
    let fixture = quanjiao();
    for text in ["山南日报，".repeat(10_000), "？".repeat(50_000), "abcde".repeat(10_000)] {
        let story = PreparedStory { paras: vec![fixture.para(&text)] };
        let started = Instant::now();
        let filled = fill(&story, Cursor::default(), &rooms(&[(60_000, 17_000)]), &rules(fixture, 2));
        assert!(filled.end.is_end(&story));
        assert!(started.elapsed() < Duration::from_secs(5), "a pour is linear in its text");
    }
}

/// A plain line, a paragraph with a drop cap of three lines, another plain one, poured into legs of
/// 8 em: per line after the first its leg, row, and how much narrower than the column it is, in ems.
fn drawn_cap(text: &str, legs: &[u32]) -> Vec<(u32, i32, i32)> {
    let fixture = quanjiao();
    let setting = Setting { drop_cap: Some(3), ..Setting::plain(&fixture.layout) };
    let capped = fixture.marked(Text::plain(text), &setting);
    let inset = capped.cap.expect("it has one").inset;
    let story = PreparedStory { paras: vec![fixture.para("头"), capped, fixture.para("尾")] };
    let legs: Vec<(u32, i32)> = legs.iter().map(|count| (*count, 8000)).collect();
    let rooms = rooms(&legs);
    let filled = fill(&story, Cursor::default(), &rooms, &rules(fixture, 1));
    assert!(filled.end.is_end(&story), "all of it has room");
    let line = |line: &SetLine| {
        let narrower = ems(8000) - line.room.measure;
        assert!(narrower == Len::ZERO || narrower == inset);
        assert_eq!(narrower, line.room.inline, "what it lacks, it starts later");
        (line.room.leg.0, line.room.row, i32::from(narrower > Len::ZERO))
    };
    filled.lines.iter().skip(1).map(line).collect()
}

#[test]
fn lines_beside_a_drop_cap_stay_with_it_and_are_narrower() {
    let text = "清晨六点河谷里还压着一层雾老邮递员的摩托车已经出了镇子车后座绑着";
    let below = [(0, 1, 0), (0, 2, 1), (0, 3, 1), (0, 4, 0), (0, 5, 0), (0, 6, 0), (0, 7, 0)];
    assert_eq!(drawn_cap(text, &[9]), below);
    // A column's last two rows are too few for it.
    let over = [(1, 0, 0), (1, 1, 1), (1, 2, 1), (1, 3, 0), (1, 4, 0), (1, 5, 0), (1, 6, 0)];
    assert_eq!(drawn_cap(text, &[3, 9]), over);
}

#[test]
fn a_drop_cap_is_as_high_as_its_lines_though_its_text_is_short() {
    // One line beside the cap; the next paragraph starts under it.
    assert_eq!(drawn_cap("清晨六点", &[9]), [(0, 1, 0), (0, 4, 0)]);
}
