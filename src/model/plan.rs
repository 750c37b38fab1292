//! The dummy (版样) as data: which story stands where on a page.

use crate::diag::Span;
use crate::geom::Axis;
use crate::model::furniture::PageFurniture;
pub use crate::model::grid::Cells;
use crate::model::inset::InsetPlace;
use crate::model::story::StoryIdx;
use crate::model::wrap::Around;
use crate::unit::Len;

/// A rectangle of a block, and how many text columns stand in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Area {
    /// Its cells.
    pub cells: Cells,
    /// Its text columns; tiers (段) where lines are vertical.
    pub columns: u16,
}

/// How a block's text goes on on another page (转版).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Jump {
    /// With the lines 下转 and 上接, where it does go on on another page.
    #[default]
    Told,
    /// Without them: the reader sees both pages at once.
    Silent,
    /// In one of the blocks that pages offer it, where it fits best.
    Auto,
}

/// How the columns of a block end.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Balance {
    /// At the foot of the block, each filled before the next.
    #[default]
    AtFoot,
    /// Level, where the text ends, and white under them.
    Level,
}

/// The text columns of a block.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Columns {
    /// The width of each, rectangle after rectangle; gutters take the rest.
    pub measures: Vec<Len>,
    /// Rows that each column starts lower, by column; missing ones 0.
    pub start_lower: Vec<u16>,
    /// Rows that each column ends higher, by column; missing ones 0.
    pub end_higher: Vec<u16>,
    /// First row of the text within the block, from 0; the first free row if not given.
    pub row: Option<u16>,
    /// Rows of the text; all that are left if not given.
    pub rows: Option<u16>,
    /// How they end if the story is shorter than they are.
    pub balance: Balance,
    /// The rule between columns: an index into the layout's rules.
    pub rule: Option<usize>,
}

/// At which side of its text a vertical heading stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum HeadSide {
    /// Left of it.
    Left,
    /// Right of it, where vertical text begins.
    Right,
}

/// Where a kicker stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum KickerPlace {
    /// Over the headline (引题).
    #[default]
    Above,
    /// Left of it (肩题).
    Beside,
}

/// A part of a heading that may stand aside.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum HeadPart {
    /// 引题.
    Kicker,
    /// 副题.
    Deck,
}

/// A part of a heading in a vertical strip beside the text: with the headline over the text, an L.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Aside {
    /// Which part.
    pub part: HeadPart,
    /// At which side of the text.
    pub side: HeadSide,
    /// Width of the strip.
    pub width: Len,
}

/// Where a block has its summary (提要题).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct SummaryPlace {
    /// Rows it takes (占行); as many as it needs if not given.
    pub rows: Option<u16>,
    /// Its measure; as wide as its heading if not given.
    pub width: Option<Len>,
    /// The side of the heading at which it stands, a gutter off it; under the heading if none is given.
    pub side: Option<HeadSide>,
}

impl SummaryPlace {
    /// Its least measure, in ems of the text: marks and numbers need some room to be kept off the ends of
    /// lines.
    pub const LEAST_EMS: i64 = 4;
}

/// Where and how a block's heading stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HeadPlace {
    /// Its style: an index into the layout's heads.
    pub style: usize,
    /// The side of the text at which it stands as a vertical heading (竖题); over the text if none
    /// is given.
    pub side: Option<HeadSide>,
    /// Width of the strip that a vertical heading takes; zero for one over the text.
    pub width: Len,
    /// Rows it takes; as many as it needs if not given.
    pub rows: Option<u16>,
    /// The first text column it stands over, from 0: those before it are as high as the block, and so
    /// are those after it (文包题).
    pub from: u16,
    /// How many text columns it stands over; all from there on if not given.
    pub over: Option<u16>,
    /// Where its kicker stands.
    pub kicker_at: KickerPlace,
    /// A part of it that stands as a vertical strip beside the text, under the rest (题包文).
    pub aside: Option<Aside>,
    /// Lines of the headline, when the page file decides them.
    pub lines: Option<u16>,
    /// Headline size, when the page file decides it.
    pub size: Option<Len>,
    /// Kicker size, when the page file decides it.
    pub kicker_size: Option<Len>,
    /// Deck size, when the page file decides it.
    pub deck_size: Option<Len>,
    /// Where the summary stands.
    pub summary: SummaryPlace,
    /// How far the heading is moved up from the middle of its rows; down when negative.
    pub raise: Len,
}

/// A drawn frame round a block (加框).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Boxed {
    /// Its rule: an index into the layout's rules.
    pub rule: usize,
    /// White between rule and text, left and right.
    pub inset: Len,
    /// Rows of white at head and foot.
    pub rows: u16,
    /// How far the frame reaches beyond its cells at head and foot, to meet a neighbour's rule.
    pub reach: Len,
    /// Tint behind the block, in tenths of a percent of black.
    pub tint: u16,
}

/// A picture in a block.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PicturePlace {
    /// Index into the story's pictures.
    pub picture: usize,
    /// From the block's inner left edge.
    pub left: Len,
    /// Its width.
    pub width: Len,
    /// Its first row within the block, from 0.
    pub row: u16,
    /// Its rows.
    pub rows: u16,
    /// Rows under it for credit and caption.
    pub caption_rows: u16,
    /// How text goes round it.
    pub around: Around,
    /// The corners of what is shown of it (去底图), in thousandths of its width and height; all of it
    /// if there are none.
    pub shape: Vec<(u16, u16)>,
}

impl PicturePlace {
    /// Whether two pictures of a block, with the words under them, share room.
    pub fn overlaps(&self, other: &Self) -> bool {
        let rows = |place: &Self| place.row..place.row + place.rows + place.caption_rows;
        let (own, others) = (rows(self), rows(other));
        own.start < others.end
            && others.start < own.end
            && self.left < other.left + other.width
            && other.left < self.left + self.width
    }
}

/// A story's place on a page (文区). A story that is broken over several blocks, on one page or on
/// several, fills them in the order of their parts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
    /// The story.
    pub story: StoryIdx,
    /// Which of the story's blocks it is, from 1.
    pub part: u16,
    /// Where the page file says so.
    pub typed: Span,
    /// The cells of its bounds.
    pub cells: Cells,
    /// The rectangles it is made of, in the order in which they are filled; at least one.
    pub areas: Vec<Area>,
    /// How its text goes on on another page.
    pub jump: Jump,
    /// Which way its text runs. Columns of vertical text are tiers (段), one under the other.
    pub axis: Axis,
    /// Its text columns.
    pub columns: Columns,
    /// The ladder of copyfitting for its story: an index into the layout's. Without one, lines are
    /// all that is changed.
    pub ladder: Option<usize>,
    /// The group of its page that its story is fitted with, counted from 0.
    pub group: Option<usize>,
    /// Whether it was offered to stories that jump, and the engine chose it for this one.
    pub offered: bool,
    /// The style of its body text: an index into the layout's styles.
    pub style: usize,
    /// Its heading.
    pub head: Option<HeadPlace>,
    /// Lines that the first character of its text is as high as (首字下沉).
    pub drop_cap: Option<u16>,
    /// Rows of the column head's bar across its top.
    pub column_head_rows: u16,
    /// Rows over its first column for the byline.
    pub byline_rows: u16,
    /// Its frame.
    pub boxed: Option<Boxed>,
    /// Its pictures.
    pub pictures: Vec<PicturePlace>,
    /// Its quotes and boxes.
    pub insets: Vec<InsetPlace>,
}

impl Block {
    /// Whether it shares a cell with a rectangle.
    pub fn overlaps(&self, cells: Cells) -> bool {
        self.areas.iter().any(|area| area.cells.overlaps(cells))
    }

    /// Its text columns that stand side by side from its head on: those that a heading may stand
    /// over.
    pub fn headed_columns(&self) -> u16 {
        self.headed().iter().map(|area| area.columns).sum()
    }

    /// The measures of the text columns in one of its rectangles.
    pub fn measures(&self, area: usize) -> &[Len] {
        let before: u16 = self.areas[..area].iter().map(|area| area.columns).sum();
        let first = usize::from(before);
        &self.columns.measures[first..first + usize::from(self.areas[area].columns)]
    }

    /// The rectangles at its head.
    pub fn headed(&self) -> &[Area] {
        headed(&self.areas)
    }
}

/// The rectangles at a block's head: the first, and those that go on to the right of it from the
/// same row.
pub fn headed(areas: &[Area]) -> &[Area] {
    let beside = |pair: &[Area]| {
        let (own, next) = (pair[0].cells, pair[1].cells);
        next.row == own.row && next.col == own.col + own.cols
    };
    let count = areas.windows(2).take_while(|pair| beside(pair)).count();
    &areas[..areas.len().min(count + 1)]
}

/// How an advertisement takes its room.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AdFit {
    /// At its own size, which is the size of the room: what was booked.
    Exact,
    /// As large as the room holds, in its own shape.
    Contain,
}

/// An advertisement's place on a page (广告): a page of a PDF that was delivered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AdPlace {
    /// Who advertises, for messages and the page map.
    pub advertiser: String,
    /// Path of the PDF within the edition's folder.
    pub file: String,
    /// Where the path was typed.
    pub typed: Span,
    /// Which page of it, from 1.
    pub page: u16,
    /// Its cells.
    pub cells: Cells,
    /// How it takes its room.
    pub fit: AdFit,
    /// White between the edges of its cells, or its frame, and its room.
    pub inset: Len,
    /// Its frame: an index into the layout's rules.
    pub frame: Option<usize>,
}

/// A rule between blocks: a cutoff rule (隔线) or a column rule (栏线).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RulePlace {
    /// Its look: an index into the layout's rules.
    pub rule: usize,
    /// Which way it runs, and where.
    pub run: RuleRun,
}

/// Which way a rule runs. Columns and rows count from 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RuleRun {
    /// Across, in the middle of a row, from the first column to the last.
    Across {
        /// The row.
        row: u16,
        /// First basic column.
        col: u16,
        /// How many.
        cols: u16,
    },
    /// Down, in the middle of the gutter after a column.
    Down {
        /// The column it follows.
        after: u16,
        /// First row.
        row: u16,
        /// How many.
        rows: u16,
    },
}

impl RuleRun {
    /// Whether it would strike through a block.
    pub fn crosses(self, cells: Cells) -> bool {
        match self {
            Self::Across { row, col, cols } => cells.overlaps(Cells { col, row, cols, rows: 1 }),
            Self::Down { after, row, rows } => {
                let beside = cells.col <= after && after + 1 < cells.col + cells.cols;
                beside && cells.overlaps(Cells { col: after, row, cols: 1, rows })
            }
        }
    }
}

/// A block that is free for the rest of one of several stories.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offer {
    /// The stories that may go on in it.
    pub stories: Vec<StoryIdx>,
    /// The block, as the first of them would have it.
    pub block: Block,
}

/// The right page of a spread, as far as it is another than the left one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RightPage {
    /// Its id, if it is not the one that follows the left page's.
    pub id: Option<String>,
    /// Its section, if it is not the left page's.
    pub section: Option<String>,
    /// Values for its folio line, by name, before the left page's.
    pub variables: Vec<(String, String)>,
}

/// One page's dummy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PagePlan {
    /// Its id, such as `A02`; of a spread that of its left page. Its files are named by it.
    pub id: String,
    /// Its page number (版次); of a spread that of its left page.
    pub number: u16,
    /// The right page, numbered next, if it is two pages on one sheet (跨版).
    pub right: Option<RightPage>,
    /// Its section, such as 综合新闻; of a spread that of its left page.
    pub section: String,
    /// The file it was typed in.
    pub typed: Span,
    /// Values for the folio line, by name.
    pub variables: Vec<(String, String)>,
    /// Every story that its file names, by index.
    pub stories: Vec<StoryIdx>,
    /// Its blocks in reading order.
    pub blocks: Vec<Block>,
    /// Its blocks that are offered to stories that jump.
    pub offers: Vec<Offer>,
    /// Its advertisements.
    pub ads: Vec<AdPlace>,
    /// Its rules.
    pub rules: Vec<RulePlace>,
    /// Its nameplate, footer and panels.
    pub furniture: PageFurniture,
}

impl PagePlan {
    /// The numbers of its pages, from left to right.
    pub fn numbers(&self) -> impl Iterator<Item = u16> + use<> {
        self.number..=self.number + u16::from(self.right.is_some())
    }
}
