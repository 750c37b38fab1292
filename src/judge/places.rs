//! The proof that what a block holds lies inside it and keeps off the rest.

use crate::diag::Diagnostic;
use crate::geom::Rect;
use crate::model::story::Story;
use crate::page::set::ComposedBlock;

/// Proves that what a block holds lies inside it, and that its heading, byline, text, pictures
/// and insets keep off one another. A line's room counts, not its ink; of a cut-out picture what is shown.
pub(super) fn places(block: &ComposedBlock, story: &Story) -> Vec<Diagnostic> {
    let words = block.pictures.iter().flat_map(|picture| &picture.lines).map(|line| line.rect);
    let others: Vec<Rect> = words.chain(block.insets.iter().map(|inset| inset.rect)).collect();
    let text = || block.columns.iter().flat_map(|column| &column.lines).map(|line| line.rect);
    let outside = block.lines().map(|line| line.rect).chain(others.iter().copied());
    let outside = outside.chain(block.pictures.iter().map(|picture| picture.rect));
    let outside = outside.filter(|rect| !block.holds(*rect)).count();
    let on_text = |rect: Rect| text().any(|line| rect.overlaps(line));
    let on_pictures = |rect: Rect| {
        let shown = block.pictures.iter().any(|picture| picture.overlaps(rect));
        shown || others.iter().any(|other| rect.overlaps(*other))
    };
    let heads = block.heads.iter().enumerate();
    let collide = heads.clone().any(|(idx, line)| {
        let others = block.heads[idx + 1..].iter().filter(|other| other.role != line.role);
        on_text(line.rect)
            || on_pictures(line.rect)
            || others.map(|other| other.rect).any(|rect| line.rect.overlaps(rect))
    });
    let collide = collide || text().any(on_pictures);
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
                format!("heading, byline, text, pictures or insets of `{}` lie on one another", story.id),
            )
            .help("look at the draft; move the `row` of text or pictures below the heading's rows"),
        );
    }
    notes
}
