//! The page map, `pagemap/1`: a page's articles for e-paper, archive and golden comparison.
//!
//! Lengths are whole micrometres from the trim's top left corner, y downwards.

use serde::Serialize;

use crate::font::Face;
use crate::geom::{PageBoxes, Point, Rect};
use crate::model::entry::PageEntry;
use crate::page::reading::{Article, BlockKind, Continues, ReadBlock, ReadLine, Reading};
use crate::unit::Len;

/// What a map says of its page besides the articles.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PageAbout {
    /// The paper.
    pub paper: String,
    /// Its day, as `2022-09-05`.
    pub date: String,
    /// Which edition of the day.
    pub edition: String,
    /// How often it was changed after it was first closed.
    pub revision: u32,
    /// Its pages from left to right: two of a spread. Their PDF is named by the first.
    pub pages: Vec<PageEntry>,
    /// The page's boxes.
    pub boxes: PageBoxes,
    /// File name and SHA-256 of the PDF the map belongs to.
    pub pdf: Option<(String, String)>,
}

#[derive(Serialize)]
struct MapJson<'a> {
    schema: &'static str,
    paper: &'a str,
    date: &'a str,
    edition: &'a str,
    revision: u32,
    page: &'a str,
    page_no: u16,
    section: &'a str,
    pages: Vec<PageJson<'a>>,
    trim_um: [i64; 2],
    bleed_um: i64,
    pdf: Option<&'a str>,
    pdf_sha256: Option<&'a str>,
    image: Option<()>,
    articles: Vec<ArticleJson<'a>>,
}

/// A page of the sheet and where it is.
#[derive(Serialize)]
struct PageJson<'a> {
    page: &'a str,
    page_no: u16,
    section: &'a str,
    bbox_um: [i64; 4],
}

#[derive(Serialize)]
struct ArticleJson<'a> {
    id: &'a str,
    order: usize,
    page_no: u16,
    intro: &'a str,
    title: &'a str,
    subtitle: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    summary: &'a [String],
    author: &'a [String],
    source: &'a str,
    genre: &'a str,
    polygon_um: Vec<[i64; 2]>,
    continues: Option<ContinuesJson<'a>>,
    continued_from: Option<ContinuesJson<'a>>,
    blocks: Vec<BlockJson<'a>>,
}

/// The other page of a story that jumps, and the line that says so; an article has the same id there.
#[derive(Serialize)]
struct ContinuesJson<'a> {
    page: &'a str,
    page_no: u16,
    label: &'a str,
}

#[derive(Serialize)]
struct BlockJson<'a> {
    kind: &'static str,
    page_no: u16,
    bbox_um: [i64; 4],
    #[serde(skip_serializing_if = "Option::is_none")]
    src: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ppi: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credit: Option<&'a str>,
    lines: Vec<LineJson<'a>>,
}

#[derive(Serialize)]
struct LineJson<'a> {
    bbox_um: [i64; 4],
    text: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    ruby: &'a str,
    font: String,
}

/// Writes a map as JSON with a newline at its end. `ppi` is the effective resolution of each
/// picture of the page, in reading order. A map is about a page, so there is at least one.
pub fn write(about: &PageAbout, reading: &Reading, faces: &[Face], ppi: &[u32]) -> String {
    let mut ppi = ppi.iter().copied();
    let first = &about.pages[0];
    let articles = reading
        .articles
        .iter()
        .enumerate()
        .map(|(idx, article)| article_json(idx + 1, article, faces, &mut ppi));
    let map = MapJson {
        schema: "pagemap/1",
        paper: &about.paper,
        date: &about.date,
        edition: &about.edition,
        revision: about.revision,
        page: &first.id,
        page_no: first.number,
        section: &first.section,
        pages: pages(about),
        trim_um: [about.boxes.trim.width.micrometres(), about.boxes.trim.height.micrometres()],
        bleed_um: (about.boxes.trim.x - about.boxes.bleed.x).micrometres(),
        pdf: about.pdf.as_ref().map(|(file, _)| file.as_str()),
        pdf_sha256: about.pdf.as_ref().map(|(_, digest)| digest.as_str()),
        image: None,
        articles: articles.collect(),
    };
    super::fit::json(&map)
}

/// Pages of one sheet are equally wide, so that each has as much of its trim.
fn pages(about: &PageAbout) -> Vec<PageJson<'_>> {
    let (trim, count) = (about.boxes.trim, about.pages.len() as i64);
    let edge = |nth: i64| trim.x + trim.width.scale(nth, count);
    let pages = (0..).zip(&about.pages).map(|(nth, page)| PageJson {
        page: &page.id,
        page_no: page.number,
        section: &page.section,
        bbox_um: bbox(Rect { x: edge(nth), width: edge(nth + 1) - edge(nth), ..trim }),
    });
    pages.collect()
}

fn article_json<'a>(
    order: usize,
    article: &'a Article,
    faces: &[Face],
    ppi: &mut impl Iterator<Item = u32>,
) -> ArticleJson<'a> {
    ArticleJson {
        id: &article.id,
        order,
        page_no: article.number,
        intro: &article.intro,
        title: &article.title,
        subtitle: &article.subtitle,
        summary: &article.summary,
        author: &article.author,
        source: &article.source,
        genre: &article.genre,
        polygon_um: article.polygon.iter().map(|point| corner(*point)).collect(),
        continues: article.continues.as_ref().map(continues_json),
        continued_from: article.continued_from.as_ref().map(continues_json),
        blocks: article.blocks.iter().map(|block| block_json(block, faces, ppi)).collect(),
    }
}

fn continues_json(other: &Continues) -> ContinuesJson<'_> {
    ContinuesJson { page: &other.page, page_no: other.number, label: &other.label }
}

fn block_json<'a>(
    block: &'a ReadBlock,
    faces: &[Face],
    ppi: &mut impl Iterator<Item = u32>,
) -> BlockJson<'a> {
    BlockJson {
        kind: match block.kind {
            BlockKind::Head => "head",
            BlockKind::Text => "text",
            BlockKind::Photo => "photo",
            BlockKind::Inset => "inset",
            BlockKind::Ad => "ad",
        },
        page_no: block.number,
        bbox_um: bbox(block.rect),
        src: block.picture.as_ref().map(|picture| picture.src.as_str()).or(block.ad.as_deref()),
        ppi: block.picture.as_ref().and_then(|_| ppi.next()),
        credit: block.picture.as_ref().map(|picture| picture.credit.as_str()),
        lines: block.lines.iter().map(|line| line_json(line, faces)).collect(),
    }
}

fn line_json<'a>(line: &'a ReadLine, faces: &[Face]) -> LineJson<'a> {
    let face = faces.get(usize::from(line.face.0)).map_or("", Face::id);
    LineJson {
        bbox_um: bbox(line.rect),
        text: &line.text,
        ruby: &line.ruby,
        font: format!("{face}-{}", line.size.to_points_text()),
    }
}

fn corner(point: Point) -> [i64; 2] {
    [point.x, point.y].map(Len::micrometres)
}

/// Left, top, right, bottom.
fn bbox(rect: Rect) -> [i64; 4] {
    [rect.x, rect.y, rect.right(), rect.bottom()].map(Len::micrometres)
}
