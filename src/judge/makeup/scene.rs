//! A composed page as make-up looks at it: which cells hold what, and where the heads stand.

use crate::diag::{Diagnostic, Span};
use crate::geom::{Axis, Rect};
use crate::model::edition::Edition;
use crate::model::layout::Layout;
use crate::model::plan::{Block, Cells, PagePlan};
use crate::model::story::Story;
use crate::page::set::{ComposedBlock, ComposedPage, LineRole, TextLine};
use crate::unit::Len;

/// A page to be looked at.
pub(super) struct Scene<'a> {
    pub(super) layout: &'a Layout,
    pub(super) plan: &'a PagePlan,
    /// Its stories, in reading order.
    pub(super) stories: Vec<StoryArea<'a>>,
}

/// A story's place on the page and what stands there.
pub(super) struct StoryArea<'a> {
    pub(super) story: &'a Story,
    pub(super) block: &'a Block,
    pub(super) set: &'a ComposedBlock,
    /// Its heading, if it has one here.
    pub(super) head: Option<Head>,
}

/// A heading on the page.
#[derive(Clone, Copy)]
pub(super) struct Head {
    /// Kicker, headline and deck.
    pub(super) group: Rect,
    /// The headline alone.
    pub(super) headline: Rect,
    /// The headline's size.
    pub(super) size: Len,
    /// Which way it runs.
    pub(super) axis: Axis,
}

impl<'a> Scene<'a> {
    pub(super) fn of(
        page: &'a ComposedPage,
        plan: &'a PagePlan,
        edition: &'a Edition,
        layout: &'a Layout,
    ) -> Self {
        let story = |(block, set): (&'a Block, &'a ComposedBlock)| StoryArea {
            story: &edition.stories[set.story.0 as usize],
            block,
            set,
            head: head(block, set),
        };
        let stories = plan.blocks.iter().zip(&page.blocks).map(story).collect();
        Self { layout, plan, stories }
    }

    /// Stories with their headings, where these run from left to right.
    pub(super) fn heads(&self) -> impl Iterator<Item = (&StoryArea<'a>, Head)> {
        let headed = |area: &'_ StoryArea<'a>| area.head.filter(|head| head.axis == Axis::Horizontal);
        self.stories.iter().filter_map(move |area| headed(area).map(|head| (area, head)))
    }

    /// The cells of advertisements, and the bounds of blocks: where these lie across a line, so does a
    /// block of several rectangles, for it hangs together.
    pub(super) fn taken(&self) -> impl Iterator<Item = Cells> {
        self.stories.iter().map(|area| area.block.cells).chain(self.plan.ads.iter().map(|ad| ad.cells))
    }

    /// The first and the last basic column that a rectangle touches, from 0.
    pub(super) fn columns(&self, rect: Rect) -> Option<(u16, u16)> {
        let grid = &self.layout.grid;
        let touched = |column: &u16| {
            let left = grid.x(*column);
            left < rect.right() && rect.x < left + grid.measure
        };
        let mut columns = (0..grid.columns).filter(touched);
        let first = columns.next()?;
        Some((first, columns.next_back().unwrap_or(first)))
    }

    /// Where a rectangle is, in columns and rows as page files count them.
    pub(super) fn place(&self, rect: Rect) -> String {
        let grid = &self.layout.grid;
        let top = grid.y(0);
        let row = |y: Len| (y - top).rows(grid.row);
        let (first, last) = self.columns(rect).unwrap_or_default();
        let (from, to) = (row(rect.y).0 + 1, row(rect.bottom()).1);
        format!("{}, {}", span("column", (first + 1).into(), (last + 1).into()), span("row", from, to))
    }
}

impl StoryArea<'_> {
    /// A finding about this story, at its block.
    pub(super) fn note(&self, code: &'static str, message: String, remedy: &str) -> Diagnostic {
        Diagnostic::warning(code, message).at(self.block.typed.clone()).help(remedy).about(&self.story.id)
    }
}

/// A finding about the page as a whole.
pub(super) fn page_note(at: &Span, code: &'static str, message: String, remedy: &str) -> Diagnostic {
    Diagnostic::warning(code, message).at(at.clone()).help(remedy)
}

fn head(block: &Block, set: &ComposedBlock) -> Option<Head> {
    let of = |roles: &[LineRole]| {
        let lines = set.heads.iter().filter(|line| roles.contains(&line.role));
        lines.map(|line| line.rect).reduce(around)
    };
    let size = set.heads.iter().filter(|line| line.role == LineRole::Headline).map(size_of).max()?;
    let side = block.head.as_ref().and_then(|place| place.side);
    Some(Head {
        group: of(&[LineRole::Kicker, LineRole::Headline, LineRole::Deck])?,
        headline: of(&[LineRole::Headline])?,
        size,
        axis: if side.is_some() { Axis::Vertical } else { Axis::Horizontal },
    })
}

/// The largest type of a line.
pub(super) fn size_of(line: &TextLine) -> Len {
    line.runs.iter().map(|run| run.size).max().unwrap_or_default()
}

/// The smallest rectangle round two.
fn around(one: Rect, other: Rect) -> Rect {
    let (x, y) = (one.x.min(other.x), one.y.min(other.y));
    Rect::new(x, y, one.right().max(other.right()) - x, one.bottom().max(other.bottom()) - y)
}

/// `columns 1 to 4`, or `column 1`.
pub(super) fn span(what: &str, from: i64, to: i64) -> String {
    if from >= to { format!("{what} {from}") } else { format!("{what}s {from} to {to}") }
}
