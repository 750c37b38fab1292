//! Grey areas: text so deep and so wide that nothing on it catches the eye.

use std::collections::BTreeSet;

use super::scene::{Scene, StoryArea};
use crate::diag::Diagnostic;
use crate::geom::{Axis, Rect};
use crate::model::plan::RuleRun;
use crate::page::set::TextLine;
use crate::unit::Len;

/// A stretch of text, columns side by side, deeper than the layout's limit without a head, a
/// subhead, a picture or a frame, and as wide as it says. Of a story the deepest is told, then what
/// stories, or blocks of one, are together of which none is told yet.
pub(super) fn grey_areas(scene: &Scene<'_>) -> Vec<Diagnostic> {
    let limits = &scene.layout.checks.limits;
    let mut notes = Vec::new();
    let mut told = vec![false; scene.stories.len()];
    let mut fields = Vec::new();
    for (idx, area) in
        scene.stories.iter().enumerate().filter(|(_, area)| area.block.axis == Axis::Horizontal)
    {
        let columns = stretches(scene, area);
        let deepest: Vec<Rect> = columns.iter().map(|runs| deepest(runs)).collect();
        let wide = |idx: usize| widest(&deepest[idx..], limits.grey_depth);
        let grey = (0..deepest.len()).filter_map(wide).filter(|grey| grey.width >= limits.grey_width);
        if let Some(grey) = grey.max_by_key(|grey| (grey.height, -grey.x)) {
            told[idx] = true;
            notes.push(note(scene, area, &format!("`{}` has", area.story.id), grey));
        }
        // A frame parts its text from all others.
        if area.block.boxed.is_none() {
            let runs = columns.into_iter().flatten();
            fields.extend(runs.map(|rect| Field { rect, blocks: vec![idx] }));
        }
    }
    let fields = stacked(fields, scene.layout.grid.row);
    let together = |idx: usize| {
        let field = beside(scene, &fields, idx, limits.grey_depth)?;
        (field.rect.width >= limits.grey_width && field.blocks.len() > 1).then_some(field)
    };
    let mut greys: Vec<Field> = (0..fields.len()).filter_map(together).collect();
    greys.sort_by_key(|grey| (-grey.rect.height, grey.rect.x, grey.rect.y));
    for grey in greys {
        if grey.blocks.iter().any(|block| told[*block]) {
            continue;
        }
        grey.blocks.iter().for_each(|block| told[*block] = true);
        let area = &scene.stories[grey.blocks[0]];
        // A story may come back after another that stands between two of its blocks.
        let mut seen = BTreeSet::new();
        let ids = grey.blocks.iter().map(|block| &scene.stories[*block].story.id);
        let names: Vec<String> = ids.filter(|id| seen.insert(*id)).map(|id| format!("`{id}`")).collect();
        let whose = match &names[..] {
            [only] => format!("the blocks of {only} are together"),
            all => format!("{} are together", all.join(" and ")),
        };
        notes.push(note(scene, area, &whose, grey.rect));
    }
    notes
}

/// What is told of a grey area.
fn note(scene: &Scene<'_>, area: &StoryArea<'_>, whose: &str, grey: Rect) -> Diagnostic {
    let message = format!(
        "{whose} a grey area {} mm deep and {} mm wide: {}",
        grey.height.micrometres() / 1000,
        grey.width.micrometres() / 1000,
        scene.place(grey),
    );
    area.note("makeup-grey", message, "break it with a subhead, a picture, a pull quote or a box")
}

/// The unbroken stretches of each text column.
fn stretches(scene: &Scene<'_>, area: &StoryArea<'_>) -> Vec<Vec<Rect>> {
    let body = &scene.layout.styles[area.block.style].1.body;
    // What looks like body text breaks nothing, whatever it is.
    let plain = |line: &TextLine| {
        line.runs.iter().any(|run| run.size == body.size && body.faces.first() == Some(&run.face))
    };
    let column = |lines: &[TextLine]| {
        let mut runs: Vec<Rect> = Vec::new();
        let mut open = false;
        for line in lines {
            let row = scene.layout.grid.row;
            match runs.last_mut().filter(|last| open && line.rect.y - last.bottom() < row) {
                Some(last) if plain(line) => last.height = line.rect.bottom() - last.y,
                _ if plain(line) => runs.push(line.rect),
                _ => {}
            }
            open = plain(line);
        }
        runs
    };
    area.set.columns.iter().map(|own| column(&own.lines)).collect()
}

/// The deepest of some stretches, the first of equals.
fn deepest(runs: &[Rect]) -> Rect {
    let deeper = |best: Rect, run: &Rect| if run.height > best.height { *run } else { best };
    runs.iter().fold(Rect::default(), deeper)
}

/// From the first column on, the widest rectangle over columns side by side that is still so deep.
fn widest(columns: &[Rect], depth: Len) -> Option<Rect> {
    let mut grey = columns.first().copied().filter(|first| first.height >= depth)?;
    for next in &columns[1..] {
        let (top, foot) = (grey.y.max(next.y), grey.bottom().min(next.bottom()));
        if foot - top < depth {
            break;
        }
        grey = Rect::new(grey.x, top, next.right() - grey.x, foot - top);
    }
    Some(grey)
}

/// Text without a break, and the blocks that it is of, by their places on the page.
#[derive(Clone)]
struct Field {
    rect: Rect,
    blocks: Vec<usize>,
}

impl Field {
    fn with(&self, rect: Rect, other: &Self) -> Self {
        let mut blocks = [&self.blocks[..], &other.blocks].concat();
        blocks.sort_unstable();
        blocks.dedup();
        Self { rect, blocks }
    }
}

/// Stretches of text, joined where one goes on under another in the same column without a row of white.
fn stacked(mut fields: Vec<Field>, row: Len) -> Vec<Field> {
    fields.sort_by_key(|field| (field.rect.y, field.rect.x));
    let mut joined: Vec<Field> = Vec::new();
    for field in fields {
        let rect = field.rect;
        let above = joined.iter_mut().find(|above| {
            let gap = rect.y - above.rect.bottom();
            (above.rect.x, above.rect.width) == (rect.x, rect.width) && Len::ZERO <= gap && gap < row
        });
        match above {
            Some(above) => {
                *above = above.with(Rect { height: rect.bottom() - above.rect.y, ..above.rect }, &field);
            }
            None => joined.push(field),
        }
    }
    joined
}

/// From a stretch of text on to the right, the widest rectangle over stretches side by side that is
/// still so deep: less than two gutters apart, and no rule between them.
fn beside(scene: &Scene<'_>, fields: &[Field], first: usize, depth: Len) -> Option<Field> {
    let mut grey = fields[first].clone();
    if grey.rect.height < depth {
        return None;
    }
    loop {
        let own = grey.rect;
        let deep = |next: &Rect| own.bottom().min(next.bottom()) - own.y.max(next.y);
        let near = |next: &&Field| {
            let gap = next.rect.x - own.right();
            Len::ZERO <= gap && gap < scene.layout.grid.gutter.times(2) && deep(&next.rect) >= depth
        };
        let next = fields.iter().filter(near).max_by_key(|next| (deep(&next.rect), -next.rect.x));
        let Some(next) = next else { return Some(grey) };
        let (top, deep) = (own.y.max(next.rect.y), deep(&next.rect));
        let gap = Rect::new(own.right(), top, next.rect.x - own.right(), deep);
        if ruled(scene, gap) {
            return Some(grey);
        }
        grey = grey.with(Rect::new(own.x, top, next.rect.right() - own.x, deep), next);
    }
}

/// Whether a rule of the page runs down a gutter.
fn ruled(scene: &Scene<'_>, gap: Rect) -> bool {
    let grid = &scene.layout.grid;
    scene.plan.rules.iter().any(|rule| match rule.run {
        RuleRun::Down { after, row, rows } => {
            let left = grid.x(after) + grid.measure;
            let height = grid.row.times(i64::from(rows));
            gap.overlaps(Rect::new(left, grid.y(i32::from(row)), grid.x(after + 1) - left, height))
        }
        RuleRun::Across { .. } => false,
    })
}
