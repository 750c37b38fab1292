//! The proof that what a block holds lies inside it and keeps off the rest.

use crate::diag::Diagnostic;
use crate::geom::Rect;
use crate::model::story::Story;
use crate::page::set::ComposedBlock;

/// Proves that what a block holds lies inside it, and that its heading, byline, text and pictures
/// keep off one another. A line's room counts, not its ink.
pub(super) fn places(block: &ComposedBlock, story: &Story) -> Vec<Diagnostic> {
    let pictures: Vec<Rect> = block
        .pictures
        .iter()
        .flat_map(|picture| std::iter::once(picture.rect).chain(picture.lines.iter().map(|line| line.rect)))
        .collect();
    let text = || block.columns.iter().flat_map(|column| &column.lines).map(|line| line.rect);
    let outside = block.lines().map(|line| line.rect).chain(pictures.iter().copied());
    let outside = outside.filter(|rect| !block.holds(*rect)).count();
    let on_text = |rect: Rect| text().any(|line| rect.overlaps(line));
    let on_pictures = |rect: Rect| pictures.iter().any(|picture| rect.overlaps(*picture));
    let heads = block.heads.iter().enumerate();
    let collide = heads.clone().any(|(idx, line)| {
        let others = block.heads[idx + 1..].iter().filter(|other| other.role != line.role);
        on_text(line.rect)
            || on_pictures(line.rect)
            || others.map(|other| other.rect).any(|rect| line.rect.overlaps(rect))
    });
    let collide = collide || pictures.iter().any(|rect| on_text(*rect));
    let mut notes = Vec::new();
    if outside > 0 {
        notes.push(
            Diagnostic::unfit(
                "block-outside",
                format!("{outside} lines or pictures of `{}` do not lie in its block", story.id),
            )
            .help("give the block more rows, or its heading, column head or byline fewer"),
        );
    }
    if collide {
        notes.push(
            Diagnostic::unfit(
                "block-collision",
                format!("heading, byline, text or pictures of `{}` lie on one another", story.id),
            )
            .help("look at the draft; move the `row` of text or pictures below the heading's rows"),
        );
    }
    notes
}
