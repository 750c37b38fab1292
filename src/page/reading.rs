//! What reads after what on a page: articles, their blocks and lines, for the page map.

use super::set::{ComposedAd, ComposedBlock, ComposedPage, LineRole, TextLine};
use crate::font::FaceIdx;
use crate::geom::outline::outline;
use crate::geom::{Point, Rect};
use crate::model::edition::Edition;
use crate::model::layout::Layout;
use crate::model::plan::{AdPlace, PagePlan};
use crate::model::story::{Story, Title};
use crate::model::thread::{BlockAt, Thread};
use crate::unit::Len;

/// What a block of an article holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BlockKind {
    /// A line group of the heading: column head, kicker, headline, deck, summary, byline.
    Head,
    /// A column of text.
    Text,
    /// A picture with the lines under it.
    Photo,
    /// A quote or a box inside the text.
    Inset,
    /// An advertisement with the word that marks it.
    Ad,
}

/// A line as a reader meets it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReadLine {
    /// Its room.
    pub rect: Rect,
    /// Its characters.
    pub text: String,
    /// The small type beside it.
    pub ruby: String,
    /// Its first face.
    pub face: FaceIdx,
    /// Its size.
    pub size: Len,
}

/// A picture of an article.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReadPicture {
    /// Its path in the edition's folder.
    pub src: String,
    /// Who took it.
    pub credit: String,
}

/// A block of an article.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReadBlock {
    /// What it holds.
    pub kind: BlockKind,
    /// The number of the page that its left edge is on.
    pub number: u16,
    /// Where it is.
    pub rect: Rect,
    /// The picture, in a photo block.
    pub picture: Option<ReadPicture>,
    /// The path of its file, in an advertisement.
    pub ad: Option<String>,
    /// Its lines.
    pub lines: Vec<ReadLine>,
}

/// The other end of a jump.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Continues {
    /// The id of the page there; of a spread that of its files.
    pub page: String,
    /// The number of the page there.
    pub number: u16,
    /// The jump line's words.
    pub label: String,
}

/// An article on a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Article {
    /// The story's id.
    pub id: String,
    /// The number of the page that it starts on.
    pub number: u16,
    /// What kind of item it is.
    pub genre: String,
    /// 引题.
    pub intro: String,
    /// 主题.
    pub title: String,
    /// 副题.
    pub subtitle: String,
    /// 提要题: its points, where it stands on the page.
    pub summary: Vec<String>,
    /// Its authors, as the byline names them.
    pub author: Vec<String>,
    /// Where the text came from.
    pub source: String,
    /// Where it goes on, if a line says so.
    pub continues: Option<Continues>,
    /// Where it comes from, if a line says so.
    pub continued_from: Option<Continues>,
    /// Its corners on the page, clockwise.
    pub polygon: Vec<Point>,
    /// Its blocks in the order they are read.
    pub blocks: Vec<ReadBlock>,
}

/// A page's articles in reading order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reading {
    /// The articles.
    pub articles: Vec<Article>,
}

/// Reads a composed page: its stories, then its advertisements.
pub fn read(page: &ComposedPage, plan: &PagePlan, edition: &Edition) -> Reading {
    let threads = edition.threads();
    let layout = edition.layout_of(plan);
    let pages = Pages { first: plan.number, fold: layout.grid.fold.map(|_| layout.sheet.width.half()) };
    let articles = page.blocks.iter().zip(&plan.blocks).map(|(block, place)| {
        let number = edition.number_of(plan, place);
        let ends = ends(block, &threads, edition);
        article((block, number), ends, &edition.stories[block.story.0 as usize], layout, pages)
    });
    let ads = page.ads.iter().zip(&plan.ads).enumerate();
    let ads =
        ads.map(|(idx, (ad, place))| advertisement(ad, place, format!("{}-ad{}", page.id, idx + 1), pages));
    Reading { articles: articles.chain(ads).collect() }
}

/// The pages of a sheet, to tell which of them something is on.
#[derive(Clone, Copy)]
struct Pages {
    /// The number of the first.
    first: u16,
    /// Where the next begins, from the trim's left edge, if there is one.
    fold: Option<Len>,
}

impl Pages {
    /// The number of the page that the left edge of a rectangle is on.
    fn number(self, rect: Rect) -> u16 {
        self.first + u16::from(self.fold.is_some_and(|fold| rect.x >= fold))
    }
}

/// An advertisement as an item of the page: what it says is its own.
fn advertisement(ad: &ComposedAd, place: &AdPlace, id: String, pages: Pages) -> Article {
    let number = pages.number(ad.room);
    Article {
        id,
        number,
        genre: "ad".to_owned(),
        intro: String::new(),
        title: place.advertiser.clone(),
        subtitle: String::new(),
        summary: Vec::new(),
        author: Vec::new(),
        source: String::new(),
        continues: None,
        continued_from: None,
        polygon: corners(ad.rect),
        blocks: vec![ReadBlock {
            kind: BlockKind::Ad,
            number,
            rect: ad.room,
            picture: None,
            ad: Some(place.file.clone()),
            lines: vec![read_line(&ad.mark)],
        }],
    }
}

/// Where a block's text goes on and where it comes from, as its jump lines say.
fn ends(
    block: &ComposedBlock,
    threads: &[Thread],
    edition: &Edition,
) -> (Option<Continues>, Option<Continues>) {
    let thread = threads.iter().find(|thread| thread.story == block.story);
    let nth = usize::from(block.part) - 1;
    let other = |at: Option<BlockAt>, role: LineRole| {
        let line = block.jumps.iter().find(|line| line.role == role)?;
        let plan = &edition.pages[at?.page];
        let number = edition.number_of(plan, edition.block(at?));
        Some(Continues { page: plan.id.clone(), number, label: line.text.clone() })
    };
    let to = thread.and_then(|thread| thread.jumps_after(nth, edition));
    let from = thread.and_then(|thread| thread.jumps_before(nth, edition));
    (other(to, LineRole::JumpTo), other(from, LineRole::JumpFrom))
}

fn article(
    (block, number): (&ComposedBlock, u16),
    (continues, continued_from): (Option<Continues>, Option<Continues>),
    story: &Story,
    layout: &Layout,
    pages: Pages,
) -> Article {
    let mut blocks = Vec::new();
    if !block.heads.is_empty() {
        blocks.push(text_block(BlockKind::Head, &block.heads, pages));
    }
    blocks.extend(
        block
            .columns
            .iter()
            .filter(|column| !column.lines.is_empty())
            .map(|column| text_block(BlockKind::Text, &column.lines, pages)),
    );
    blocks.extend(block.pictures.iter().map(|picture| {
        let from = &story.pictures[picture.picture];
        let credit = from.credit.as_ref().map_or_else(String::new, |credit| credit.text.text.clone());
        ReadBlock {
            kind: BlockKind::Photo,
            number: pages.number(picture.rect),
            rect: picture.rect,
            picture: Some(ReadPicture { src: from.file.clone(), credit }),
            ad: None,
            lines: picture.lines.iter().map(read_line).collect(),
        }
    }));
    blocks.extend(block.insets.iter().map(|inset| ReadBlock {
        rect: inset.rect,
        number: pages.number(inset.rect),
        ..text_block(BlockKind::Inset, &inset.lines, pages)
    }));
    // Half the gutter round a block belongs to its article, so that polygons leave no seams.
    let half = layout.grid.gutter.half();
    let areas: Vec<Rect> = block.areas.iter().map(|area| clipped(area.grown(half), *area, layout)).collect();
    // What stands over the first part alone.
    let first = |title: &Title| if block.part == 1 { title.text.text.clone() } else { String::new() };
    let points = story.summary.iter().map(|point| point.text.text.clone());
    let summed_up = block.heads.iter().any(|line| line.role == LineRole::Summary);
    let title = match block.part {
        1 => &story.headline,
        _ if story.jump_head.text.is_empty() => &story.headline,
        _ => &story.jump_head,
    };
    Article {
        id: story.id.clone(),
        number,
        genre: story.genre.clone(),
        intro: first(&story.kicker),
        title: title.text.text.clone(),
        subtitle: first(&story.deck),
        summary: if summed_up { points.collect() } else { Vec::new() },
        author: story
            .byline
            .iter()
            .filter(|_| block.part == 1)
            .map(|byline| byline.text.text.clone())
            .collect(),
        source: story
            .paras
            .iter()
            .find(|para| para.role == crate::model::story::Role::SourceLine)
            .map_or_else(String::new, |para| para.text.text.clone()),
        continues,
        continued_from,
        polygon: outline(&areas),
        blocks,
    }
}

/// A rectangle of a block, grown, kept inside the type area and off the rows of its neighbours.
fn clipped(area: Rect, block: Rect, layout: &Layout) -> Rect {
    let inside = layout.grid.type_area();
    let left = area.x.max(inside.x);
    let right = area.right().min(inside.right());
    Rect::new(left, block.y, right - left, block.height)
}

fn corners(rect: Rect) -> Vec<Point> {
    [(rect.x, rect.y), (rect.right(), rect.y), (rect.right(), rect.bottom()), (rect.x, rect.bottom())]
        .map(|(x, y)| Point { x, y })
        .to_vec()
}

fn text_block(kind: BlockKind, lines: &[TextLine], pages: Pages) -> ReadBlock {
    let rect = around(lines);
    ReadBlock {
        kind,
        number: pages.number(rect),
        rect,
        picture: None,
        ad: None,
        lines: lines.iter().map(read_line).collect(),
    }
}

fn read_line(line: &TextLine) -> ReadLine {
    let first = line.runs.first();
    ReadLine {
        rect: line.rect,
        text: line.text.clone(),
        ruby: line
            .beside
            .iter()
            .map(|run| run.text.as_str())
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(" "),
        face: first.map_or(FaceIdx(0), |run| run.face),
        size: first.map_or(Len::ZERO, |run| run.size),
    }
}

/// The rectangle round some lines; of nothing, nothing.
fn around(lines: &[TextLine]) -> Rect {
    let mut rects = lines.iter().map(|line| line.rect);
    let Some(first) = rects.next() else { return Rect::default() };
    rects.fold(first, |all, rect| {
        let (x, y) = (all.x.min(rect.x), all.y.min(rect.y));
        Rect::new(x, y, all.right().max(rect.right()) - x, all.bottom().max(rect.bottom()) - y)
    })
}

/// Characters of the roles of a block's lines, in order, without white space: what was placed.
pub fn placed_text(block: &ComposedBlock, role: LineRole) -> String {
    let lines = block.lines().filter(|line| line.role == role);
    lines
        .flat_map(|line| line.runs.iter())
        .flat_map(|run| run.text.chars())
        .filter(|c| !c.is_whitespace())
        .collect()
}
