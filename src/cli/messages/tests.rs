//! Messages as a desk sees them. A caret is right when as many columns stand before it as before
//! the text it points at, a Chinese character being two columns wide.

use duikai::diag::FileId;
use expect_test::{Expect, expect};

use super::*;

const STORY: &str =
    "id = \"lead\"\nheadline = \"让党旗在抗疫一线高高飘扬\"\ndeck = \"——我市党员干部抗疫工作掠影\"\n";

fn story(text: &str) -> Vec<Source> {
    vec![Source { name: "stories/lead.toml".into(), text: text.into() }]
}

fn span(bytes: Range<u32>) -> Span {
    Span { file: FileId(0), bytes }
}

/// The span of the first `words` in `text`.
fn span_of(text: &str, words: &str) -> Span {
    let start = text.find(words).expect("the words stand in the text");
    let offset = |byte: usize| u32::try_from(byte).expect("a short text");
    span(offset(start)..offset(start + words.len()))
}

fn check(text: &str, note: Diagnostic, expected: &Expect) {
    expected.assert_eq(&render(&story(text), &[note], Colour::Plain));
}

/// Columns a terminal gives a text: two for what East Asian fonts draw full width.
fn columns(text: &str) -> usize {
    let wide = |c: char| matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}');
    text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}

/// Fails unless the carets stand under `words`, all of them and nothing else.
fn carets_stand_under(words: &str, rendered: &str) {
    let lines: Vec<&str> = rendered.lines().collect();
    let at = lines.iter().position(|line| line.contains('^')).expect("a caret");
    let (above, carets) = (lines[at - 1], lines[at]);
    let before = &above[..above.find(words).expect("the words stand above the carets")];
    assert_eq!(columns(before), carets.find('^').expect("a caret"), "\n{rendered}");
    assert_eq!(columns(words), carets.matches('^').count(), "\n{rendered}");
}

#[test]
fn carets_stand_right_under_chinese() {
    for words in ["让党旗", "在抗疫一线", "扬", "headline", "让党旗在抗疫一线高高飘扬", "——我市"]
    {
        let note = Diagnostic::error("glyph-missing", "the face has no glyph").at(span_of(STORY, words));
        carets_stand_under(words, &render(&story(STORY), &[note], Colour::Plain));
    }
}

#[test]
fn place_line_caret_and_remedy() {
    check(
        STORY,
        Diagnostic::error("glyph-missing", "the face `tehei` has no glyph for 旗")
            .at(span_of(STORY, "旗"))
            .help("choose a face that has it, or write another character"),
        &expect![[r#"
            error[glyph-missing]: the face `tehei` has no glyph for 旗
             --> stories/lead.toml:2:15
              |
            2 | headline = "让党旗在抗疫一线高高飘扬"
              |                 ^^
              |
              = help: choose a face that has it, or write another character
        "#]],
    );
}

#[test]
fn a_long_paragraph_is_cut_round_the_place() {
    let text = format!(
        "text = \"{}措美县{}\"\n",
        "驻村工作队践行为人民服务宗旨，".repeat(30),
        "疫情防控。".repeat(60)
    );
    let note = Diagnostic::warning("text-repeats", "said before").at(span_of(&text, "措美县"));
    let rendered = render(&story(&text), std::slice::from_ref(&note), Colour::Plain);
    carets_stand_under("措美县", &rendered);
    check(
        &text,
        note,
        &expect![[r#"
        warning[text-repeats]: said before
         --> stories/lead.toml:1:459
          |
        1 | ... 驻村工作队践行为人民服务宗旨，驻村工作队践行为人民服务宗旨，措美县疫情防控。疫情防控。疫情防控。疫情防控。疫情防控。疫情防控。疫...
          |                                                                 ^^^^^^
    "#]],
    );
}

#[test]
fn a_whole_file_shows_no_line() {
    check(
        STORY,
        Diagnostic::error("story-missing", "no such file").at(Span::file(FileId(0))),
        &expect![[r#"
            error[story-missing]: no such file
            --> stories/lead.toml
        "#]],
    );
}

#[test]
fn no_place_at_all() {
    check(
        STORY,
        Diagnostic::warning("ink-heavy", "too much ink").help("lighten it"),
        &expect![[r#"
        warning[ink-heavy]: too much ink
         |
         = help: lighten it
    "#]],
    );
}

#[test]
fn notes_are_set_apart() {
    let notes = [
        Diagnostic::error("unknown-key", "unknown key `headlin`").at(span_of(STORY, "headline")),
        Diagnostic::warning("ink-heavy", "too much ink"),
    ];
    expect![[r#"
        error[unknown-key]: unknown key `headlin`
         --> stories/lead.toml:2:1
          |
        2 | headline = "让党旗在抗疫一线高高飘扬"
          | ^^^^^^^^

        warning[ink-heavy]: too much ink
    "#]]
    .assert_eq(&render(&story(STORY), &notes, Colour::Plain));
    assert_eq!(render(&[], &[], Colour::Plain), "");
}

#[test]
fn colour_is_an_addition() {
    let note = [Diagnostic::error("unknown-key", "unknown key").at(span_of(STORY, "deck"))];
    let styled = render(&story(STORY), &note, Colour::Styled);
    assert!(styled.contains("\u{1b}["));
    assert!(!render(&story(STORY), &note, Colour::Plain).contains('\u{1b}'));
}

#[test]
fn a_bad_span_costs_its_place_not_the_message() {
    let length = u32::try_from(STORY.len()).expect("a short text");
    // One byte inside a character, backwards, at the end, beyond it, and as far as numbers go.
    let inside = span_of(STORY, "让").bytes.start + 1;
    let backwards = Range { start: inside, end: 3 };
    for bytes in [inside..inside + 1, backwards, length..length, length + 9..length + 20, 0..u32::MAX] {
        let note = Diagnostic::error("bad-span", "still said").at(span(bytes.clone()));
        for text in [STORY, "", "\n", "没有换行", "a\r\nb\r\n"] {
            assert!(
                render(&story(text), std::slice::from_ref(&note), Colour::Plain).contains("still said"),
                "{bytes:?}"
            );
        }
    }
    let elsewhere = Diagnostic::error("bad-span", "still said").at(Span { file: FileId(7), bytes: 0..4 });
    check(
        STORY,
        elsewhere,
        &expect![[r#"
        error[bad-span]: still said
    "#]],
    );
}

#[test]
fn half_a_character_is_shown_whole() {
    let whole = span_of(STORY, "党").bytes;
    let note = Diagnostic::error("bad-span", "half").at(span(whole.start + 1..whole.end - 1));
    carets_stand_under("党", &render(&story(STORY), &[note], Colour::Plain));
}
