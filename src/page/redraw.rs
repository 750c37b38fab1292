//! A story and its blocks as the steps of copyfitting have them: both are data, and so is what a
//! step makes of them.

use super::pictures::picture_size;
use super::story::Part;
use crate::model::copyfit::Fitting;
use crate::model::layout::Layout;
use crate::model::plan::{Block, PicturePlace};
use crate::model::story::{Story, StoryPicture};
use crate::picture::cover;

/// The story without the paragraphs that are left out of it, and its blocks with their pictures as high as they have
/// become.
pub(super) fn redrawn(story: &Story, parts: &[Part<'_>], fitting: &Fitting) -> (Story, Vec<Block>) {
    let blocks = parts.iter().map(|part| block(part, story, fitting.pictures)).collect();
    let mut story = story.clone();
    let mut para = 0..;
    story.paras.retain(|_| para.next().is_some_and(|para: usize| !fitting.left_out.contains(&para)));
    (story, blocks)
}

/// How many rows higher each picture of a story becomes that is to be so many rows higher, by its name;
/// negative where it becomes lower.
pub(super) fn picture_rows<'s>(story: &'s Story, parts: &[Part<'_>], by: i16) -> Vec<(&'s str, i32)> {
    let of_part = |part: &Part<'_>| {
        let places = part.block.pictures.clone().into_iter().zip(block(part, story, by).pictures);
        let moved = |(planned, now): (PicturePlace, PicturePlace)| {
            let id = story.pictures[planned.picture].id.as_str();
            (id, i32::from(now.rows) - i32::from(planned.rows))
        };
        places.map(moved).collect::<Vec<_>>()
    };
    parts.iter().flat_map(of_part).collect()
}

/// A block with each of its pictures so many rows higher or lower, or as many of those as it bears.
fn block(part: &Part<'_>, story: &Story, by: i16) -> Block {
    let mut block = part.block.clone();
    for idx in 0..block.pictures.len() {
        let nearer = (1..=by.abs()).rev().filter_map(|rows| moved(&block, idx, rows * by.signum()));
        let picture = &story.pictures[block.pictures[idx].picture];
        let mut borne =
            nearer.filter(|moved| keeps(&moved.pictures[idx], picture, part.layout) && stands(moved));
        if let Some(moved) = borne.next() {
            block = moved;
        }
    }
    block
}

/// Whether all that is to be kept of a picture stays in view in its place. A picture of which nothing is
/// to be kept, or whose size nobody knows, is cut as its place wants it.
fn keeps(place: &PicturePlace, picture: &StoryPicture, layout: &Layout) -> bool {
    let (Some(keep), Some(pixels)) = (&picture.keep, picture.pixels) else { return true };
    cover(pixels, picture_size(place, layout), picture.focus, Some(keep.edges)).1.is_none()
}

/// Whether what stands in a block keeps inside it, and off each other.
fn stands(block: &Block) -> bool {
    let foot = |place: &PicturePlace| place.row + place.rows + place.caption_rows;
    let inside = block.pictures.iter().all(|place| foot(place) <= block.cells.rows);
    let mut pairs = (0..).zip(&block.pictures);
    let apart = pairs.all(|(idx, place)| !block.pictures[..idx].iter().any(|other| place.overlaps(other)));
    let off_insets = block.pictures.iter().all(|place| {
        !block.insets.iter().any(|inset| {
            place.row < inset.row + inset.rows
                && inset.row < foot(place)
                && place.left < inset.left + inset.width
                && inset.left < place.left + place.width
        })
    });
    inside && apart && off_insets
}

/// A block with one picture so many rows higher or lower, and what stands under it moved along: pictures
/// and text that start at its foot or below. The text keeps its own foot.
fn moved(block: &Block, idx: usize, by: i16) -> Option<Block> {
    let mut block = block.clone();
    let own = block.pictures[idx].clone();
    let foot = own.row + own.rows + own.caption_rows;
    let rows = own.rows.checked_add_signed(by).filter(|rows| *rows > 0)?;
    let moved = |row: u16| if row >= foot { row.saturating_add_signed(by) } else { row };
    for place in &mut block.pictures {
        if place.left < own.left + own.width && own.left < place.left + place.width {
            place.row = moved(place.row);
        }
    }
    block.pictures[idx].rows = rows;
    if let Some(first) = block.columns.row {
        let lower = i32::from(moved(first)) - i32::from(first);
        block.columns.row = Some(moved(first));
        let left = |rows: u16| u16::try_from(i32::from(rows) - lower).ok().filter(|rows| *rows > 0);
        if let Some(rows) = block.columns.rows {
            block.columns.rows = Some(left(rows)?);
        }
    }
    Some(block)
}
