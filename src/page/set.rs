//! What a composed page is made of: lines of type, pictures, frames, rules, each at its place.

use crate::ad::AdIdx;
use crate::color::Ink;
use crate::geom::outline::covers;
use crate::geom::path::{Paint, Segment};
use crate::geom::polygon::Polygon;
use crate::geom::{Axis, PageBoxes, Point, Rect};
use crate::model::layout::Layout;
use crate::model::story::StoryIdx;
use crate::model::style::TIERS;
use crate::room::LineRoom;
use crate::text::linebreak::{Ending, LineCut};
use crate::text::para::PreparedPara;
use crate::text::run::{GlyphRun, SetType, set};
use crate::unit::{Em, Len};

/// What a line of type is to its reader.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum LineRole {
    /// 栏目名.
    ColumnHead,
    /// 引题.
    Kicker,
    /// 主题.
    Headline,
    /// 副题.
    Deck,
    /// 提要题.
    Summary,
    /// 作者署名.
    Byline,
    /// Body, subheads and source line, in the columns.
    Text,
    /// 图片说明.
    Caption,
    /// The line under a picture that names its photographer.
    Credit,
    /// The heading over what goes on of a story that has broken off before (转文题).
    JumpHead,
    /// 下转第n版: in no story.
    JumpTo,
    /// 上接第n版: in no story.
    JumpFrom,
    /// The words over a quote or a box inside a story.
    InsetTitle,
    /// The text of a quote or a box inside a story.
    Inset,
    /// Furniture: in no story.
    Folio,
    /// The word 广告 at an advertisement: in no story.
    AdMark,
}

/// A line of type on the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextLine {
    /// What it is.
    pub role: LineRole,
    /// The room it fills: its measure by its rows.
    pub rect: Rect,
    /// Its baseline, from the trim's top; of a vertical line its middle, from the trim's left.
    pub baseline: Len,
    /// Its type.
    pub runs: Vec<GlyphRun>,
    /// Ruby and emphasis dots beside it.
    pub beside: Vec<GlyphRun>,
    /// Its characters.
    pub text: String,
    /// The most that one gap was stretched, in thousandths of the type size.
    pub stretched: i32,
    /// How it was made to fit its measure.
    pub tightness: Tightness,
}

/// How a line was made to fit its measure, in thousandths of the type size.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tightness {
    /// Its width before it was squeezed or opened.
    pub natural: i32,
    /// Its measure, the indent taken off.
    pub measure: i32,
    /// What was squeezed out, by tier of the punctuation style.
    pub squeezed: [i32; TIERS],
    /// Why it ends where it does.
    pub ending: Ending,
}

/// A picture on the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SetPicture {
    /// Index into the story's pictures.
    pub picture: usize,
    /// Where it is printed.
    pub rect: Rect,
    /// What is shown of it (去底图); all of it if nothing is said.
    pub shape: Option<Polygon>,
    /// The lines under it: caption, then credit.
    pub lines: Vec<TextLine>,
}

impl SetPicture {
    /// Whether it has ink somewhere in a rectangle.
    pub fn overlaps(&self, rect: Rect) -> bool {
        self.rect.overlaps(rect) && self.shape.as_ref().is_none_or(|shape| shape.overlaps(rect))
    }
}

/// A quote or a box inside a story, on the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SetInset {
    /// Index into the story's insets.
    pub inset: usize,
    /// All of it, frame and white included.
    pub rect: Rect,
    /// Its lines: the title, then the text.
    pub lines: Vec<TextLine>,
}

/// A column of a story as it was set.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SetColumn {
    /// Its lines, top to bottom.
    pub lines: Vec<TextLine>,
    /// Rows left empty at its foot beyond those its block declares.
    pub foot_rows: u32,
}

/// A stroke or area of ink.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stroke {
    /// Where.
    pub rect: Rect,
    /// With what.
    pub ink: Ink,
}

/// An ornament of ink along a path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Drawn {
    /// The path.
    pub segments: Vec<Segment>,
    /// How it is inked.
    pub paint: Paint,
    /// With what.
    pub ink: Ink,
    /// The strips of the page that it runs in.
    pub areas: Vec<Rect>,
    /// Its finest part, across.
    pub finest: Len,
}

/// What a rule or a frame puts on the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Rule {
    /// A straight stroke, or one of its dots.
    Solid(Stroke),
    /// An ornament.
    Drawn(Drawn),
}

impl Rule {
    /// What it is printed with.
    pub fn ink(&self) -> Ink {
        match self {
            Self::Solid(stroke) => stroke.ink,
            Self::Drawn(drawn) => drawn.ink,
        }
    }

    /// Where it is.
    pub fn areas(&self) -> &[Rect] {
        match self {
            Self::Solid(stroke) => std::slice::from_ref(&stroke.rect),
            Self::Drawn(drawn) => &drawn.areas,
        }
    }

    /// How thick its finest part is.
    pub fn finest(&self) -> Len {
        match self {
            Self::Solid(stroke) => stroke.rect.width.min(stroke.rect.height),
            Self::Drawn(drawn) => drawn.finest,
        }
    }
}

/// A story's block, composed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ComposedBlock {
    /// The story.
    pub story: StoryIdx,
    /// Which of its blocks, from 1.
    pub part: u16,
    /// The smallest rectangle that holds the block.
    pub rect: Rect,
    /// The rectangles it is made of.
    pub areas: Vec<Rect>,
    /// Those rectangles, each to the middle of the gutters inside the block, or the block with its
    /// frame: nothing of the story stands outside.
    pub bounds: Vec<Rect>,
    /// Tints and bars, under everything.
    pub grounds: Vec<Stroke>,
    /// Frame and column rules.
    pub rules: Vec<Rule>,
    /// Column head, kicker, headline, deck, summary, byline.
    pub heads: Vec<TextLine>,
    /// Its text columns.
    pub columns: Vec<SetColumn>,
    /// Its pictures.
    pub pictures: Vec<SetPicture>,
    /// The lines that lead to and from other pages.
    pub jumps: Vec<TextLine>,
    /// Its quotes and boxes.
    pub insets: Vec<SetInset>,
    /// Lines that found no room, run on below the last column; for a draft only.
    pub overset: Vec<TextLine>,
}

/// The room of an advertisement, composed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ComposedAd {
    /// Its cells.
    pub rect: Rect,
    /// Where the advertisement itself may stand.
    pub room: Rect,
    /// The advertisement and where its trimmed page stands, once it has been read.
    pub art: Option<(AdIdx, Rect)>,
    /// White under a mark that stands inside the advertisement.
    pub ground: Option<Stroke>,
    /// Its frame.
    pub rules: Vec<Rule>,
    /// The word that says what it is.
    pub mark: TextLine,
}

/// A page, composed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ComposedPage {
    /// Its id.
    pub id: String,
    /// Its boxes.
    pub boxes: PageBoxes,
    /// Its blocks in reading order.
    pub blocks: Vec<ComposedBlock>,
    /// Its advertisements, in the order of the page file.
    pub ads: Vec<ComposedAd>,
    /// Grounds of its furniture.
    pub grounds: Vec<Stroke>,
    /// Rules between blocks and of its furniture.
    pub rules: Vec<Rule>,
    /// The type of its furniture: folio line, nameplate and ears, footer, panels.
    pub furniture: Vec<TextLine>,
    /// Where the paper's name stands as a picture, after all other pictures.
    pub art: Option<Rect>,
}

impl ComposedPage {
    /// Where its pictures are printed, in the order in which they are asked for: its stories', then
    /// the paper's name.
    pub fn pictured(&self) -> impl Iterator<Item = (Rect, Option<&Polygon>)> {
        let pictures = self.blocks.iter().flat_map(|block| &block.pictures);
        pictures.map(|set| (set.rect, set.shape.as_ref())).chain(self.art.map(|rect| (rect, None)))
    }
}

impl ComposedBlock {
    /// Every line of type of the story that found room, in the order it is painted and read.
    pub fn lines(&self) -> impl Iterator<Item = &TextLine> {
        self.heads
            .iter()
            .chain(self.columns.iter().flat_map(|column| &column.lines))
            .chain(self.pictures.iter().flat_map(|picture| &picture.lines))
            .chain(self.insets.iter().flat_map(|inset| &inset.lines))
    }
}

impl ComposedBlock {
    /// Every line of type in the block, those that lead to other pages included.
    pub fn printed(&self) -> impl Iterator<Item = &TextLine> {
        self.lines().chain(&self.jumps)
    }

    /// Whether a rectangle lies wholly inside the block: in one of its rectangles, or across several
    /// and the gutters between them.
    pub fn holds(&self, rect: Rect) -> bool {
        covers(&self.bounds, rect)
    }
}

/// Where a line stands: its room, and the baseline inside it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LinePlace {
    /// The room.
    pub rect: Rect,
    /// The baseline, from the trim's top; of a vertical line its middle, from the trim's left.
    pub baseline: Len,
}

/// Sets a cut line at a place.
pub fn text_line(
    role: LineRole,
    para: &PreparedPara,
    cut: &LineCut,
    place: LinePlace,
    layout: &Layout,
) -> TextLine {
    let start = match para.axis {
        Axis::Horizontal => Point { x: place.rect.x, y: place.baseline },
        Axis::Vertical => Point { x: place.baseline, y: place.rect.y },
    };
    let SetType { runs, beside, justified } = set(para, cut, start, |face, size| layout.shift(face, size));
    TextLine {
        role,
        rect: place.rect,
        baseline: place.baseline,
        runs,
        beside,
        text: para.text_of(cut.items.clone()).to_owned(),
        stretched: justified.stretched.permille_of(para.size),
        tightness: Tightness {
            natural: cut.natural.permille_of(para.size),
            measure: cut.measure.permille_of(para.size),
            squeezed: justified.squeezed.map(|taken| taken.permille_of(para.size)),
            ending: cut.ending,
        },
    }
}

/// Where a paragraph's line stands in its room: on its row's baseline, a line of several rows in
/// their middle. One with ruby stands on the last of its rows, its ruby in those before.
pub fn line_place(para: &PreparedPara, room: &LineRoom, layout: &Layout) -> LinePlace {
    let grid = &layout.grid;
    let extra = grid.row.times(i64::from(para.rows) - 1);
    let into = if para.rubies.is_empty() { extra.half() } else { extra };
    let rect = room.rect(para.axis, grid.row + extra);
    let baseline = match para.axis {
        Axis::Horizontal => rect.y + into + grid.baseline,
        Axis::Vertical => rect.right() - into - grid.row.half(),
    };
    LinePlace { rect, baseline }
}

/// Sets lines of a paragraph from a room on, row by row. The first `count` of the rows are theirs;
/// lines that need more come second.
pub fn set_from(
    role: LineRole,
    para: &PreparedPara,
    cuts: &[LineCut],
    (first, count): (LineRoom, u32),
    layout: &Layout,
) -> (Vec<TextLine>, Vec<TextLine>) {
    let rows = u32::from(para.rows);
    let set = |(nth, cut): (u32, &LineCut)| {
        let before = layout.grid.row.times(i64::from(nth * rows));
        let room = LineRoom { block: first.block + before, ..first };
        text_line(role, para, cut, line_place(para, &room, layout), layout)
    };
    let mut lines: Vec<TextLine> = (0..).zip(cuts).map(set).collect();
    let over = lines.split_off(lines.len().min((count / rows.max(1)) as usize));
    (lines, over)
}

/// The baseline of type of a size whose em box stands in the middle of a rectangle. An
/// ideograph's em box stands 0.88 em over its baseline.
pub fn centred_baseline(rect: Rect, size: Len) -> Len {
    rect.y + (rect.height - size).half() + Em(880).at(size)
}
