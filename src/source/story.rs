//! `stories/NAME.toml`: a story's heads, paragraphs and pictures.

use serde::Deserialize;
use toml::Spanned;

use super::copyfit::{Asked, ladder_asked};
use super::inline::{MarkedToml, apply};
use super::inset::{InsetToml, inset};
use super::summary::{self, SummaryToml};
use super::typed::Ranged;
use super::{Reader, span_of, typed};
use crate::diag::{Diagnostic, FileId, Span};
use crate::files::Place;
use crate::model::copyfit::Spare;
use crate::model::layout::Layout;
use crate::model::story::{Keep, Paragraph, Role, Story, StoryPicture, Text, Title};
use crate::model::style::Language;

/// Most breaks that a heading may mark.
const MOST_BREAKS: usize = 16;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoryToml {
    id: Spanned<String>,
    #[serde(default)]
    genre: Option<String>,
    copyfit: Option<Spanned<String>>,
    column_head: Option<Spanned<String>>,
    kicker: Option<Spanned<String>>,
    headline: Spanned<String>,
    deck: Option<Spanned<String>>,
    summary: Option<Spanned<SummaryToml>>,
    jump_head: Option<Spanned<String>>,
    byline: Option<Spanned<String>>,
    source_tag: Option<Spanned<String>>,
    source_line: Option<Spanned<String>>,
    #[serde(default)]
    language: LanguageToml,
    #[serde(default)]
    marks: Vec<MarkedToml>,
    #[serde(default)]
    lexicon: Vec<String>,
    #[serde(default)]
    body: Vec<BodyToml>,
    #[serde(default, rename = "picture")]
    pictures: Vec<PictureToml>,
    #[serde(default, rename = "inset")]
    insets: Vec<InsetToml>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BodyToml {
    text: Option<Spanned<String>>,
    run_in: Option<Spanned<String>>,
    subhead: Option<Spanned<String>>,
    #[serde(default)]
    optional: bool,
    cut: Option<Ranged<1, 99>>,
    #[serde(default)]
    marks: Vec<MarkedToml>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PictureToml {
    id: String,
    file: Spanned<String>,
    caption: Option<Spanned<String>>,
    credit: Option<Spanned<String>>,
    #[serde(default)]
    gray: bool,
    #[serde(default)]
    marks: Vec<MarkedToml>,
    focus: Option<Spanned<(u16, u16)>>,
    keep: Option<Spanned<[u16; 4]>>,
    #[serde(default)]
    as_is: bool,
    #[serde(default)]
    ink_saving: bool,
    inverted: Option<bool>,
}

#[derive(Deserialize, Clone, Copy, Default)]
enum LanguageToml {
    #[default]
    #[serde(rename = "zh-Hans")]
    ZhHans,
    #[serde(rename = "zh-Hant")]
    ZhHant,
    #[serde(rename = "ja")]
    Ja,
    #[serde(rename = "bo")]
    Bo,
    #[serde(rename = "en")]
    En,
}

impl From<LanguageToml> for Language {
    fn from(toml: LanguageToml) -> Self {
        match toml {
            LanguageToml::ZhHans => Self::ZhHans,
            LanguageToml::ZhHant => Self::ZhHant,
            LanguageToml::Ja => Self::Ja,
            LanguageToml::Bo => Self::Bo,
            LanguageToml::En => Self::En,
        }
    }
}

/// Reads a story, and what it says of its ladder of copyfitting. `asked` is the place that names it.
pub(super) fn read(
    reader: &mut Reader<'_>,
    name: &str,
    asked: &Span,
    layout: &Layout,
) -> Option<(Story, Asked)> {
    let marks = &layout.marks;
    let path = format!("stories/{name}.toml");
    let (file, raw) = reader.parse::<StoryToml>(Place::Edition, &path, Some(asked))?;
    if raw.id.get_ref() != name {
        reader.note(
            Diagnostic::error(
                "story-id",
                format!("the story calls itself `{}`, its file `{name}`", raw.id.get_ref()),
            )
            .at(span_of(file, &raw.id))
            .help("a story's id is the name of its file, so that reports and page files mean the same"),
        );
    }
    let source = reader.sources[file.0 as usize].text.clone();
    let title = |typed: &Option<Spanned<String>>| {
        typed.as_ref().map_or_else(Title::default, |typed| typed::title(file, &source, typed))
    };
    let para = |role: Role, typed: &Spanned<String>| Paragraph {
        role,
        text: typed::text(file, &source, typed),
        source_tag: 0..0,
        run_in: 0..0,
    };
    let (mut paras, mut spare) = (Vec::new(), Vec::new());
    let mut source_tag = raw.source_tag.as_ref();
    for entry in &raw.body {
        match body(file, &source, entry, source_tag) {
            Ok(mut para) => {
                apply(reader, file, &mut [&mut para.text], &entry.marks, marks);
                if para.role == Role::Body {
                    source_tag = None;
                }
                if entry.optional || entry.cut.is_some() {
                    spare.push(Spare { para: paras.len(), cut: entry.cut.map_or(0, |cut| cut.0) });
                }
                paras.push(para);
            }
            Err(note) => reader.note(note),
        }
    }
    if let Some(tag) = source_tag {
        reader.note(
            Diagnostic::error("source-tag", "the source tag has no body paragraph to open")
                .at(span_of(file, tag))
                .help("add a `[[body]]` with `text`, or remove `source_tag`"),
        );
    }
    paras.extend(raw.source_line.as_ref().map(|typed| para(Role::SourceLine, typed)));
    let pictures = raw
        .pictures
        .iter()
        .map(|picture| {
            let mut caption = picture.caption.as_ref().map(|typed| para(Role::Caption, typed));
            let mut credit = picture.credit.as_ref().map(|typed| para(Role::Credit, typed));
            let mut words: Vec<&mut Text> =
                caption.iter_mut().chain(&mut credit).map(|para| &mut para.text).collect();
            apply(reader, file, &mut words, &picture.marks, marks);
            StoryPicture {
                id: picture.id.clone(),
                file: picture.file.get_ref().clone(),
                typed: span_of(file, &picture.file),
                caption,
                credit,
                gray: picture.gray,
                focus: focus(reader, file, picture.focus.as_ref()),
                keep: picture.keep.as_ref().and_then(|typed| keep(reader, file, typed)),
                pixels: None,
                as_is: picture.as_is,
                ink_saving: picture.ink_saving,
                inverted: picture.inverted,
            }
        })
        .collect();
    let insets = raw.insets.iter().filter_map(|toml| inset(reader, file, &source, toml, marks)).collect();
    let summary = summary::paras(reader, file, &source, raw.summary.as_ref());
    let mut story = Story {
        id: name.to_owned(),
        typed: span_of(file, &raw.headline),
        genre: raw.genre.unwrap_or_else(|| "article".to_owned()),
        column_head: title(&raw.column_head),
        kicker: title(&raw.kicker),
        headline: typed::title(file, &source, &raw.headline),
        deck: title(&raw.deck),
        summary,
        jump_head: title(&raw.jump_head),
        byline: raw.byline.as_ref().map(|typed| para(Role::Byline, typed)),
        paras,
        spare,
        pictures,
        insets,
        lexicon: raw.lexicon,
        language: raw.language.into(),
    };
    let mut heads: Vec<&mut Text> =
        [&mut story.column_head, &mut story.kicker, &mut story.headline, &mut story.deck]
            .into_iter()
            .map(|title| &mut title.text)
            .chain(story.summary.iter_mut().map(|para| &mut para.text))
            .chain(std::iter::once(&mut story.jump_head.text))
            .chain(story.byline.iter_mut().map(|para| &mut para.text))
            .collect();
    apply(reader, file, &mut heads, &raw.marks, marks);
    if story.headline.text.is_empty() {
        reader.note(
            Diagnostic::error("headline-empty", format!("the story `{}` has no headline", story.id))
                .at(story.typed.clone())
                .help("write the words that stand over the story: `headline = \"…\"`"),
        );
    }
    for para in story.paras.iter().filter(|para| para.text.is_empty()) {
        let mut note = Diagnostic::error("body", "a paragraph has no characters")
            .help("write its text, or take the `[[body]]` out");
        note.at = para.text.typed(0..0);
        reader.note(note);
    }
    refuse_controls(reader, &story);
    refuse_many_breaks(reader, &story);
    let ladder = ladder_asked(reader, file, raw.copyfit.as_ref(), &layout.ladders);
    Some((story, ladder))
}

/// One `[[body]]`: a paragraph, opened by the source tag or a run-in head, or a subhead.
fn body(
    file: FileId,
    source: &str,
    entry: &BodyToml,
    source_tag: Option<&Spanned<String>>,
) -> Result<Paragraph, Diagnostic> {
    match (&entry.text, &entry.subhead) {
        (Some(typed), None) => {
            let mut text = Text::default();
            let mut tag_end = 0;
            if let Some(tag) = source_tag {
                typed::append(&mut text, file, source, tag);
                tag_end = text.text.len() as u32;
                // The space after a source tag is the trade's, not the typist's.
                text.text.push(' ');
            }
            let run_start = text.text.len() as u32;
            if let Some(run_in) = &entry.run_in {
                typed::append(&mut text, file, source, run_in);
            }
            let run_in = run_start..text.text.len() as u32;
            typed::append(&mut text, file, source, typed);
            Ok(Paragraph { role: Role::Body, text, source_tag: 0..tag_end, run_in })
        }
        (None, Some(typed)) if entry.run_in.is_none() => Ok(Paragraph {
            role: Role::Subhead,
            text: typed::text(file, source, typed),
            source_tag: 0..0,
            run_in: 0..0,
        }),
        (text, subhead) => {
            let place = text.as_ref().or(subhead.as_ref()).or(entry.run_in.as_ref());
            let note = Diagnostic::error("body", "a `[[body]]` is one paragraph: either `text` or `subhead`")
                .help("write `text = \"…\"` (with `run_in = \"…\"` before it if it opens with a run-in head) or `subhead = \"…\"`");
            Err(note.at(place.map_or_else(|| Span::file(file), |typed| span_of(file, typed))))
        }
    }
}

fn focus(reader: &mut Reader<'_>, file: FileId, typed: Option<&Spanned<(u16, u16)>>) -> (u16, u16) {
    let Some(typed) = typed else { return (500, 500) };
    let (x, y) = *typed.get_ref();
    if x > 1000 || y > 1000 {
        reader.note(
            Diagnostic::error("focus", "a focus lies inside the picture")
                .at(span_of(file, typed))
                .help("write its place in thousandths of width and height, each 0 to 1000"),
        );
    }
    (x.min(1000), y.min(1000))
}

fn keep(reader: &mut Reader<'_>, file: FileId, typed: &Spanned<[u16; 4]>) -> Option<Keep> {
    let edges @ [left, top, right, bottom] = *typed.get_ref();
    let typed = span_of(file, typed);
    if left < right && top < bottom && right <= 1000 && bottom <= 1000 {
        return Some(Keep { edges, typed });
    }
    reader.note(Diagnostic::error("keep", "what is to be kept of a picture is a part of it").at(typed).help(
        "write `keep = [left, top, right, bottom]` in thousandths of width and height, each 0 to 1000",
    ));
    None
}

/// Every choice of a heading's breaks is weighed, so there may not be many.
fn refuse_many_breaks(reader: &mut Reader<'_>, story: &Story) {
    for title in [&story.column_head, &story.kicker, &story.headline, &story.deck, &story.jump_head] {
        if title.breaks.len() > MOST_BREAKS {
            let mut note = Diagnostic::error(
                "head-breaks",
                format!(
                    "a heading marks {} breaks, and at most {MOST_BREAKS} are weighed",
                    title.breaks.len()
                ),
            )
            .help("mark only the places where a line may break by sense; `||` sets a `|`");
            note.at = title.text.typed(0..title.text.text.len() as u32);
            reader.note(note);
        }
    }
}

/// Line breaks and control characters inside a paragraph have no meaning in type.
fn refuse_controls(reader: &mut Reader<'_>, story: &Story) {
    for text in story.texts() {
        let found = text.text.char_indices().find(|(_, char)| char.is_control());
        if let Some((byte, char)) = found {
            let byte = byte as u32;
            let mut note = Diagnostic::error(
                "control-character",
                format!("a paragraph holds the control character U+{:04X}", u32::from(char)),
            )
            .help("a line break ends a paragraph: begin a new `[[body]]`, or in a summary a new string of the list; remove other control characters");
            note.at = text.typed(byte..byte + char.len_utf8() as u32);
            reader.note(note);
        }
    }
}
