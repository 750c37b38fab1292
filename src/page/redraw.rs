//! A story and its blocks as the steps of copyfitting have them: both are data, and so is what a
//! step makes of them.

use super::story::Part;
use crate::model::copyfit::Fitting;
use crate::model::plan::{Block, PicturePlace};
use crate::model::story::{Story, Title};

/// The story without what is left out of it, and its blocks with their headings and pictures as
/// high as they have become.
pub(super) fn redrawn(story: &Story, parts: &[Part<'_>], fitting: &Fitting) -> (Story, Vec<Block>) {
    let mut story = story.clone();
    if fitting.no_deck {
        story.deck = Title::default();
    }
    let mut para = 0..;
    story.paras.retain(|_| para.next().is_some_and(|para: usize| !fitting.left_out.contains(&para)));
    let blocks = parts.iter().map(|part| block(part, fitting)).collect();
    (story, blocks)
}

fn block(part: &Part<'_>, fitting: &Fitting) -> Block {
    let mut block = part.block.clone();
    if fitting.pictures != 0 {
        for idx in 0..block.pictures.len() {
            move_picture(&mut block, idx, fitting.pictures);
        }
    }
    block
}

/// Makes a picture so many rows higher or lower, and moves what stands under it along: pictures and
/// text that start at its foot or below.
fn move_picture(block: &mut Block, idx: usize, by: i16) {
    let own = &block.pictures[idx];
    let foot = own.row + own.rows + own.caption_rows;
    let Some(rows) = own.rows.checked_add_signed(by).filter(|rows| *rows > 0) else { return };
    block.pictures[idx].rows = rows;
    let moved = |row: u16| if row >= foot { row.saturating_add_signed(by) } else { row };
    let beside = |place: &PicturePlace, other: &PicturePlace| {
        place.left < other.left + other.width && other.left < place.left + place.width
    };
    let own = block.pictures[idx].clone();
    for place in &mut block.pictures {
        if beside(place, &own) {
            place.row = moved(place.row);
        }
    }
    block.columns.row = block.columns.row.map(moved);
}
