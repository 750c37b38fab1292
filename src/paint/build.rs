//! A composed page into a sheet: z-order, inks, reading order of the type.
//!
//! Back to front: advertisements, marks, which nothing lies on, grounds, pictures, rules, then all type:
//! what is in no story first, then the stories in reading order. Solid black overprints what lies under
//! it, unless that has too much ink; everything else knocks out (`Ink::overlay`).

use std::collections::BTreeSet;

use super::display::{GlyphRun, Item, PictureIdx, Sheet};
use super::marks::{Margin, around};
use super::under::Under;
use crate::color::{Ink, Plate, Tint};
use crate::model::layout::Layout;
use crate::page::set::{ComposedBlock, ComposedPage, Rule, Stroke, TextLine};
use crate::picture::{Picture, Plates};

/// Whether a sheet is for the press or for the desk's eyes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// For plates.
    Print,
    /// For the desk: text that found no room is shown in red.
    Draft,
}

/// What a page is painted with and for (上版准备).
#[derive(Clone, Copy, Debug)]
pub struct Makeready<'a> {
    /// The sheet's marks and boxes.
    pub layout: &'a Layout,
    /// The page's pictures, in reading order.
    pub pictures: &'a [Picture],
    /// What the first of them is called.
    pub first_picture: u32,
    /// Most ink in one place, in tenths of a percent.
    pub ink_limit: u16,
    /// What the marks say. A draft has no slug line: it is no plate.
    pub margin: &'a Margin,
    /// What the sheet is for.
    pub purpose: Purpose,
}

/// What overset text is shown with, in a draft only.
const OVERSET: Ink = Ink::Cmyk([Tint(0), Tint(1000), Tint(1000), Tint(0)]);

/// Builds a page's sheet.
pub fn build(page: &ComposedPage, makeready: &Makeready<'_>) -> Sheet {
    let under = Under::new(page, makeready.pictures, makeready.ink_limit);
    let art = page.ads.iter().filter_map(|ad| ad.art).map(|(ad, rect)| Item::Form { ad, rect });
    let marks = match makeready.purpose {
        Purpose::Print => around(&makeready.layout.sheet, &page.boxes, makeready.margin),
        Purpose::Draft => around(
            &makeready.layout.sheet,
            &page.boxes,
            &Margin { slug: Vec::new(), ..makeready.margin.clone() },
        ),
    };
    let fill = |stroke: &Stroke| Item::Fill { rect: stroke.rect, ink: stroke.ink };
    let mut items: Vec<Item> = art.chain(marks).collect();
    items.extend(page.ads.iter().flat_map(|ad| &ad.ground).map(fill));
    items.extend(page.grounds.iter().map(fill));
    items.extend(page.blocks.iter().flat_map(|block| &block.grounds).map(fill));
    items.extend(page.pictured().zip(makeready.first_picture..).map(|((rect, shape), idx)| Item::Picture {
        picture: PictureIdx(idx),
        rect,
        shape: shape.cloned(),
    }));
    let rules = page.blocks.iter().flat_map(|block| &block.rules).chain(&page.rules);
    let rules = rules.chain(page.ads.iter().flat_map(|ad| &ad.rules));
    items.extend(rules.map(|rule| ruled(rule, &under)));
    items.extend(page.furniture.iter().flat_map(|line| type_of(line, &under)));
    items.extend(page.ads.iter().flat_map(|ad| type_of(&ad.mark, &under)));
    // Lines that lead to other pages are in no story: what follows them is the page map's text.
    items.extend(page.blocks.iter().flat_map(|block| &block.jumps).flat_map(|line| type_of(line, &under)));
    items.extend(page.blocks.iter().flat_map(ComposedBlock::lines).flat_map(|line| type_of(line, &under)));
    if makeready.purpose == Purpose::Draft {
        items.extend(page.blocks.iter().flat_map(|block| overset(block, page)));
    }
    Sheet { page: page.id.clone(), boxes: page.boxes, items }
}

/// The plates that a page puts ink on, in their order. Marks come on those plates and on no others.
pub fn plates(page: &ComposedPage, pictures: &[Picture]) -> Vec<Plate> {
    let grounds = page.blocks.iter().flat_map(|block| &block.grounds).chain(&page.grounds);
    let grounds = grounds.map(|ground| ground.ink);
    let rules = page.blocks.iter().flat_map(|block| &block.rules).chain(&page.rules).map(Rule::ink);
    let lines = page.furniture.iter().chain(page.blocks.iter().flat_map(ComposedBlock::printed));
    let lines = lines.flat_map(|line| line.runs.iter().chain(&line.beside)).map(|run| run.ink);
    let pictured = pictures.iter().flat_map(|picture| match picture.plates {
        Plates::Black => vec![Plate::Black],
        Plates::Cmyk => Plate::PROCESS.to_vec(),
    });
    // An advertisement may have any of the four; a spot ink in it is told by the judge.
    let advertised = page.ads.first().map(|_| Plate::PROCESS).into_iter().flatten();
    let inked = grounds.chain(rules).chain(lines).flat_map(Ink::plates);
    let all: BTreeSet<Plate> = inked.chain(pictured).chain(advertised).collect();
    all.into_iter().collect()
}

/// A rule or an ornament.
fn ruled(rule: &Rule, under: &Under<'_>) -> Item {
    let ink = under.of_rule(rule);
    match rule {
        Rule::Solid(stroke) => Item::Fill { rect: stroke.rect, ink },
        Rule::Drawn(drawn) => Item::Path { segments: drawn.segments.clone(), paint: drawn.paint, ink },
    }
}

fn type_of(line: &TextLine, under: &Under<'_>) -> impl Iterator<Item = Item> {
    let settled = |run: &GlyphRun| GlyphRun { ink: under.of_run(run, line.rect), ..run.clone() };
    line.runs.iter().chain(&line.beside).map(settled).map(Item::Glyphs).collect::<Vec<_>>().into_iter()
}

/// Overset lines as far as the medium shows them.
fn overset<'p>(block: &'p ComposedBlock, page: &'p ComposedPage) -> impl Iterator<Item = Item> + 'p {
    block
        .overset
        .iter()
        .filter(|line| line.rect.bottom() <= page.boxes.media.bottom())
        .flat_map(|line| line.runs.iter().cloned())
        .map(|run| Item::Glyphs(GlyphRun { ink: OVERSET, ..run }))
}
