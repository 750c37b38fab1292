//! What a desk hands in: a story's heads, its paragraphs, its pictures, its quotes and boxes.

use std::ops::Range;

use super::copyfit::Spare;
use super::inline::MarkIdx;
use super::inset::InsetKind;
use super::style::Language;
use crate::diag::Span;

/// Which story: an index into an edition's stories.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct StoryIdx(pub u32);

/// Text and where each of its bytes was typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Text {
    /// The characters, as typed.
    pub text: String,
    /// Stretches typed in one place, in order; together they cover the text.
    pub pieces: Vec<Piece>,
    /// Stretches set otherwise than the rest, by their start; of two that overlap the later wins.
    pub marks: Vec<Mark>,
}

/// A stretch of a text that is set otherwise than the rest.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    /// Its bytes.
    pub bytes: Range<u32>,
    /// How it is set.
    pub style: Option<MarkIdx>,
    /// What stands in small type beside it (注音).
    pub ruby: Option<Ruby>,
}

/// Small type beside a stretch of text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ruby {
    /// Its characters, as typed.
    pub text: String,
    /// Where it was typed.
    pub typed: Span,
}

/// A stretch of text that stands in one place of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    /// Where it starts in the text.
    pub start: u32,
    /// Where it was typed, without its quotation marks.
    pub typed: Span,
    /// Offsets in the file at which escape sequences begin, and how many bytes longer each is
    /// than what it stands for.
    pub escapes: Vec<(u32, u32)>,
}

impl Text {
    /// A text that nobody typed.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// The small type beside it, in reading order.
    pub fn rubies(&self) -> impl Iterator<Item = &Ruby> {
        self.marks.iter().filter_map(|mark| mark.ruby.as_ref())
    }

    /// Where a stretch of the text was typed. A byte that nobody typed belongs to the piece before it.
    pub fn typed(&self, bytes: Range<u32>) -> Option<Span> {
        let piece =
            self.pieces.iter().rev().find(|piece| piece.start <= bytes.start).or(self.pieces.first())?;
        let place = |byte: u32| {
            let mut at = piece.typed.bytes.start + byte.saturating_sub(piece.start);
            for (escape, longer) in &piece.escapes {
                if *escape < at {
                    at += longer;
                }
            }
            at.min(piece.typed.bytes.end)
        };
        Some(Span { file: piece.typed.file, bytes: place(bytes.start)..place(bytes.end) })
    }

    /// Its characters and those of the small type beside it, as reports count them.
    pub fn chars(&self) -> u32 {
        count_chars(&self.text) + self.rubies().map(|ruby| count_chars(&ruby.text)).sum::<u32>()
    }

    /// Whether there is nothing to set.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// A heading with the places where its lines may break by sense.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Title {
    /// The words.
    pub text: Text,
    /// Byte offsets at which a line may begin, ascending.
    pub breaks: Vec<u32>,
}

/// What a paragraph is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Role {
    /// Body text (正文).
    Body,
    /// A heading inside the text (小标题).
    Subhead,
    /// The author's line (作者署名).
    Byline,
    /// Where the text came from, at its end.
    SourceLine,
    /// Words under a picture (图片说明).
    Caption,
    /// Who took a picture, and what it is (摄影者).
    Credit,
    /// Text of a quote or a box, and its title.
    Inset,
    /// A point of the summary under a heading (提要题).
    Summary,
}

/// One paragraph.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paragraph {
    /// What it is.
    pub role: Role,
    /// Its text; a source tag or a run-in head is part of it.
    pub text: Text,
    /// Bytes of the source tag (电头, 本报讯) it opens with; empty without one.
    pub source_tag: Range<u32>,
    /// Bytes of the run-in head it opens with; empty without one.
    pub run_in: Range<u32>,
}

/// A photograph of a story.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoryPicture {
    /// Its name within the story.
    pub id: String,
    /// Path within the edition's folder.
    pub file: String,
    /// Where the path was typed.
    pub typed: Span,
    /// Words under it.
    pub caption: Option<Paragraph>,
    /// The line that names its photographer and says what it is.
    pub credit: Option<Paragraph>,
    /// Whether to print it in black alone.
    pub gray: bool,
    /// The point round which it is cropped, in thousandths of its width and height.
    pub focus: (u16, u16),
    /// What must stay in view when it is cropped.
    pub keep: Option<Keep>,
    /// Its width and height in pixels, upright, as its file says; none before that was looked at.
    pub pixels: Option<(u32, u32)>,
    /// Whether its CMYK values are meant for the printing condition, whatever profile it has.
    pub as_is: bool,
    /// Whether its CMYK values may be separated anew to have less ink.
    pub ink_saving: bool,
    /// Whether a CMYK JPEG has 255 for bare paper, where the file does not say.
    pub inverted: Option<bool>,
}

/// The part of a picture that must stay in view.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Keep {
    /// Left, top, right and bottom, in thousandths of its width and height.
    pub edges: [u16; 4],
    /// Where it was typed.
    pub typed: Span,
}

/// An inset of a story.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Inset {
    /// Its name within the story.
    pub id: String,
    /// Where the name was typed.
    pub typed: Span,
    /// What it is.
    pub kind: InsetKind,
    /// The words over it.
    pub title: Option<Paragraph>,
    /// Its text.
    pub paras: Vec<Paragraph>,
}

/// One story (稿件).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Story {
    /// Its name in page files and reports.
    pub id: String,
    /// The file it was typed in.
    pub typed: Span,
    /// What kind of item it is, for the page map: `article`, `brief`, `photo`.
    pub genre: String,
    /// Name of the column it belongs to (栏目名).
    pub column_head: Title,
    /// 引题.
    pub kicker: Title,
    /// 主题.
    pub headline: Title,
    /// 副题.
    pub deck: Title,
    /// 提要题: its points, each a paragraph.
    pub summary: Vec<Paragraph>,
    /// The heading over what goes on on another page (转文题); the headline again, if there is none.
    pub jump_head: Title,
    /// 作者署名.
    pub byline: Option<Paragraph>,
    /// Subheads, body and source line in reading order.
    pub paras: Vec<Paragraph>,
    /// Those of them that may be left out.
    pub spare: Vec<Spare>,
    /// Its photographs.
    pub pictures: Vec<StoryPicture>,
    /// Its quotes and boxes.
    pub insets: Vec<Inset>,
    /// Names and terms to keep together where a line can spare it.
    pub lexicon: Vec<String>,
    /// What it is written in.
    pub language: Language,
}

impl Story {
    /// Every stretch of text of the story in reading order: heads first, then the body, captions and
    /// insets.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        [&self.column_head, &self.kicker, &self.headline, &self.deck]
            .into_iter()
            .map(|title| &title.text)
            .chain(self.summary.iter().map(|para| &para.text))
            .chain(std::iter::once(&self.jump_head.text))
            .chain(self.byline.iter().chain(&self.paras).map(|para| &para.text))
            .chain(
                self.pictures.iter().flat_map(|p| p.caption.iter().chain(&p.credit)).map(|para| &para.text),
            )
            .chain(
                self.insets
                    .iter()
                    .flat_map(|inset| inset.title.iter().chain(&inset.paras))
                    .map(|para| &para.text),
            )
            .filter(|text| !text.is_empty())
    }

    /// Characters of the story as reports count them: Unicode scalar values that are not white space.
    pub fn chars(&self) -> u32 {
        self.texts().map(Text::chars).sum()
    }
}

/// Unicode scalar values that are not white space.
pub fn count_chars(text: &str) -> u32 {
    u32::try_from(text.chars().filter(|c| !c.is_whitespace()).count()).unwrap_or(u32::MAX)
}
