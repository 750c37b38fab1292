//! How well each story fits its room: counts in lines and characters, for the fit report.

use super::set::{ComposedBlock, LineRole, TextLine};
use crate::flow::feet::is_runt;
use crate::flow::headline::SetHead;
use crate::flow::jump::{Break, Poured};
use crate::flow::thread::Fill;
use crate::geom::Axis;
use crate::model::copyfit::Step;
use crate::model::layout::Layout;
use crate::model::story::{Role, Story, count_chars};
use crate::room::{Leg, Rooms};
use crate::text::linebreak::Ending;
use crate::text::para::PreparedStory;
use crate::unit::Len;

/// A story's text against its room, in rows of the grid.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct LineCounts {
    /// Rows the text needs in this measure.
    pub need: u32,
    /// Rows there are, without those a block declares empty.
    pub capacity: u32,
    /// Rows of text that found no room.
    pub overset: u32,
    /// Rows left empty that no block declares so.
    pub underset: u32,
    /// Lines saved in paragraphs that were set tighter than they would best be, to fit.
    pub taken_in: u32,
    /// Lines gained in paragraphs that were set wider, to fit.
    pub driven_out: u32,
}

/// What line breaking did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Breaks {
    /// Last lines of paragraphs alone at a column's head (孤行).
    pub widows: u32,
    /// First lines of paragraphs alone at a column's foot (孤行).
    pub orphans: u32,
    /// Last lines of one character (孤字).
    pub runts: u32,
    /// Lines that squeezed a character in (挤进).
    pub pushed_in: u32,
    /// Lines that carried a character over for a mark's sake (推出).
    pub pushed_out: u32,
    /// The most that one gap was stretched, in thousandths of the type size.
    pub max_gap: i32,
}

/// A line opened wider than the layout likes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LooseLine {
    /// Its characters.
    pub text: String,
    /// What each gap was given, in thousandths of the type size.
    pub gap: i32,
}

/// How a heading came out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HeadFit {
    /// Size of the headline.
    pub size: Len,
    /// Its lines.
    pub lines: u16,
    /// How much of its width it fills, in thousandths.
    pub fill: u16,
}

/// How a summary came out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SummaryFit {
    /// Its lines on the page.
    pub lines: u32,
    /// Those without room.
    pub overset: u32,
    /// Rows it takes.
    pub rows: u16,
}

/// A column as it was filled.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ColumnFit {
    /// The page it stands on.
    pub page: String,
    /// Rows of text.
    pub rows: u32,
    /// Rows left empty at its foot that its block does not declare.
    pub foot_rows: u32,
}

/// Rows of a column of a thread.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ColumnRows {
    /// Rows of text.
    pub rows: u32,
    /// Rows left empty at its foot that its block does not declare.
    pub foot_rows: u32,
}

/// A step of copyfitting that was taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StepTaken {
    /// The step.
    pub step: Step,
    /// How far it was taken, in words.
    pub amount: String,
    /// Rows that it gained; those it filled, negative.
    pub rows: i64,
    /// Characters that it left out.
    pub chars: u32,
}

/// What of a story a rule leaves out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DroppedWhat {
    /// 副题.
    Deck,
    /// 提要题.
    Summary,
    /// One of its paragraphs.
    Paragraph(usize),
    /// 转文题, of a story of which nothing goes on under a heading.
    JumpHead,
}

/// Text that was left out by a rule that the desk wrote.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dropped {
    /// What it is of the story.
    pub what: DroppedWhat,
    /// The rule: `deck`, `summary`, `optional`, `cut`; `jump` of a jump head without a jump.
    pub rule: &'static str,
    /// Its characters.
    pub chars: u32,
    /// The text.
    pub text: String,
}

/// Where a story goes on on another page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JumpFit {
    /// The page it leaves.
    pub from: String,
    /// The page it goes on on.
    pub to: String,
    /// Rows of text before the break.
    pub rows_before: u32,
    /// Rows of text after it.
    pub rows_after: u32,
    /// How well the text breaks there.
    pub breaks: Break,
}

/// One story's part of the fit report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoryFit {
    /// The story.
    pub id: String,
    /// Rows.
    pub lines: LineCounts,
    /// Characters of all its texts.
    pub chars_input: u32,
    /// Characters that were placed. A headline that stands over the rest of its story once more is not
    /// counted again.
    pub chars_placed: u32,
    /// Characters of body text that found no room.
    pub chars_overset: u32,
    /// Characters that the empty rows would take, about.
    pub chars_underset: u32,
    /// Its heading.
    pub head: Option<HeadFit>,
    /// Its summary.
    pub summary: Option<SummaryFit>,
    /// Its columns.
    pub columns: Vec<ColumnFit>,
    /// The steps of copyfitting that were taken, in the order of the ladder.
    pub steps: Vec<StepTaken>,
    /// What was left out.
    pub dropped: Vec<Dropped>,
    /// Where it jumps.
    pub jump: Option<JumpFit>,
    /// Line breaking.
    pub breaks: Breaks,
    /// Lines opened too wide, those reported and those refused.
    pub loose: Vec<LooseLine>,
    /// Whether one of them is wider than any line may be.
    pub too_loose: bool,
}

impl StoryFit {
    /// Whether the story prints as it stands: nothing lost, at most one row short (product gate).
    pub fn fits(&self) -> bool {
        self.lines.overset == 0
            && self.lines.underset <= 1
            && !self.too_loose
            && self.chars_placed + self.chars_dropped() == self.chars_input
    }

    /// Characters that were left out by rule.
    pub fn chars_dropped(&self) -> u32 {
        self.dropped.iter().map(|dropped| dropped.chars).sum()
    }

    /// Whether a person should look at what copyfitting did.
    pub fn is_changed(&self) -> bool {
        self.steps.iter().any(|taken| taken.step.is_seen())
    }

    /// The steps that were taken, in the words of the fit report: `river: head-rows -1 row, deck left out`.
    /// Nothing if none was that a person should look at.
    pub fn steps_told(&self) -> Option<String> {
        let told = |taken: &StepTaken| format!("{} {}", taken.step.name(), taken.amount);
        let steps: Vec<String> = self.steps.iter().map(told).collect();
        self.is_changed().then(|| format!("{}: {}", self.id, steps.join(", ")))
    }

    /// What an editor would have to do, in the desk's words; nothing if the story fits.
    pub fn remedy(&self) -> Option<String> {
        let columns = u32::try_from(self.columns.len()).unwrap_or(1).max(1);
        let rows = |lines: u32| lines.div_ceil(columns);
        if self.lines.overset > 0 {
            let (lines, chars) = (self.lines.overset, self.chars_overset);
            let rows = rows(lines);
            Some(format!(
                "超 {lines} 行 ({chars} 字)：删 {lines} 行 ({chars} 字), or {rows} more {} for the block",
                rows_word(rows)
            ))
        } else if self.lines.underset > 1 {
            let (lines, chars) = (self.lines.underset, self.chars_underset);
            let rows = lines / columns;
            let fewer = if rows > 0 {
                format!(", or {rows} fewer {} for the block", rows_word(rows))
            } else {
                String::new()
            };
            Some(format!("欠 {lines} 行：补 {lines} 行 (约 {chars} 字){fewer}"))
        } else {
            None
        }
    }
}

fn rows_word(rows: u32) -> &'static str {
    if rows == 1 { "row" } else { "rows" }
}

/// How a page's stories fit.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PageFit {
    /// Those that start on it, in reading order.
    pub stories: Vec<StoryFit>,
    /// Those that go on on it: their ids, and whether they fit. They are reported where they start.
    pub continued: Vec<(String, bool)>,
    /// Grid cells (column by row) that hold nothing: no block, no rule.
    pub white_cells: u32,
    /// All grid cells below the folio line.
    pub cells: u32,
}

impl PageFit {
    /// Whether a person should look at what copyfitting did on the page.
    pub fn is_changed(&self) -> bool {
        self.stories.iter().any(StoryFit::is_changed)
    }

    /// Whether every story that stands on the page fits.
    pub fn fits(&self) -> bool {
        self.stories.iter().all(StoryFit::fits) && self.continued.iter().all(|(_, fits)| *fits)
    }
}

/// How a story came out that was poured through its thread. `pages` has the page of each of its
/// legs.
pub(super) fn story_fit(
    story: &Story,
    composed: &[ComposedBlock],
    poured: &Poured,
    prepared: &PreparedStory,
    (pages, head): (&[&str], Option<&SetHead>),
    layout: &Layout,
) -> StoryFit {
    let Poured { fill, rooms, taken_in, driven_out, .. } = poured;
    let columns = columns(fill, rooms);
    let placed: u32 = columns.iter().map(|column| column.rows).sum();
    let over = || composed.iter().flat_map(|part| &part.overset).filter(|line| line.role == LineRole::Text);
    let axis = prepared.paras.first().map_or(Axis::Horizontal, |para| para.axis);
    let deep = |line: &TextLine| match axis {
        Axis::Horizontal => line.rect.height,
        Axis::Vertical => line.rect.width,
    };
    let overset: u32 = over().map(|line| deep(line).rows(layout.grid.row).0 as u32).sum();
    let capacity: u32 = rooms.legs.iter().map(|leg| leg.count).sum();
    let underset = if overset > 0 { 0 } else { columns.iter().map(|column| column.foot_rows).sum() };
    let per_row = rooms.rooms.first().map_or(0, |room| room.measure.rows(layout.grid.em).0 as u32);
    let body = || composed.iter().flat_map(|part| &part.columns).flat_map(|column| &column.lines);
    let rules = &layout.composition;
    let forced = fill.lines.iter().any(|line| line.cut.ending == Ending::Forced);
    StoryFit {
        id: story.id.clone(),
        lines: LineCounts {
            need: placed + overset,
            capacity,
            overset,
            underset,
            taken_in: *taken_in,
            driven_out: *driven_out,
        },
        chars_input: story.chars(),
        chars_placed: composed
            .iter()
            .flat_map(ComposedBlock::lines)
            .filter(|line| !(line.role == LineRole::JumpHead && story.jump_head.text.is_empty()))
            .map(chars_of)
            .sum(),
        chars_overset: over().map(chars_of).sum(),
        chars_underset: underset * per_row,
        head: head.map(|head| HeadFit { size: head.size, lines: head.headline_lines, fill: head.fill }),
        summary: None,
        columns: columns
            .iter()
            .zip(pages)
            .map(|(own, page)| ColumnFit {
                page: (*page).to_owned(),
                rows: own.rows,
                foot_rows: own.foot_rows,
            })
            .collect(),
        steps: Vec::new(),
        dropped: Vec::new(),
        jump: None,
        breaks: breaks(fill, prepared, body().map(|line| line.stretched)),
        loose: body()
            .filter(|line| line.stretched > rules.stretch.loose.0)
            .map(|line| LooseLine { text: line.text.clone(), gap: line.stretched })
            .collect(),
        too_loose: forced || body().any(|line| line.stretched > rules.stretch.loosest.0),
    }
}

/// Characters of a line, ruby included.
fn chars_of(line: &TextLine) -> u32 {
    count_chars(&line.text) + line.beside.iter().map(|run| count_chars(&run.text)).sum::<u32>()
}

/// Counts the rows of each column, leg by leg. A room that a line skipped, since it has too few rows
/// together or holds nothing that starts here, is no row at the foot.
pub fn columns(fill: &Fill, rooms: &Rooms) -> Vec<ColumnRows> {
    let mut taken = vec![(0_u32, None); rooms.legs.len()];
    for line in &fill.lines {
        let (rows, last) = &mut taken[line.room.leg.0 as usize];
        *rows += u32::from(line.rows);
        *last = Some((line.room.row + i32::from(line.rows) - 1, line.room.inline));
    }
    let of_leg = |leg: &Leg| &rooms.rooms[leg.first as usize..(leg.first + leg.count) as usize];
    let foot = |leg: &Leg, last: Option<(i32, Len)>| {
        of_leg(leg).iter().filter(|room| last.is_none_or(|last| last < (room.row, room.inline))).count()
    };
    let counted = rooms.legs.iter().zip(taken);
    counted.map(|(leg, (rows, last))| ColumnRows { rows, foot_rows: foot(leg, last) as u32 }).collect()
}

/// What line breaking did to a filled story.
pub fn breaks(fill: &Fill, story: &PreparedStory, gaps: impl Iterator<Item = i32>) -> Breaks {
    let mut breaks = Breaks { max_gap: gaps.max().unwrap_or(0), ..Breaks::default() };
    for (idx, line) in fill.lines.iter().enumerate() {
        let para = &story.paras[line.para as usize];
        let (first, last) = (line.cut.items.start == 0, line.cut.items.end == para.items.len());
        let leg =
            |other: Option<usize>| other.and_then(|other| fill.lines.get(other)).map(|line| line.room.leg);
        if para.role == Role::Body && !(first && last) {
            let opens = leg(idx.checked_sub(1)).is_some_and(|leg| leg != line.room.leg);
            let closes = leg(Some(idx + 1)).is_some_and(|leg| leg != line.room.leg);
            breaks.widows += u32::from(last && opens);
            breaks.orphans += u32::from(first && closes);
            breaks.runts += u32::from(last && is_runt(para, line.cut.items.start));
        }
        match line.cut.ending {
            Ending::PushedIn => breaks.pushed_in += 1,
            Ending::PushedOut => breaks.pushed_out += 1,
            Ending::Full | Ending::Early | Ending::Last | Ending::Forced => {}
        }
    }
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::thread::{Cursor, SetLine};
    use crate::room::{LegIdx, LineRoom};
    use crate::text::linebreak::LineCut;

    #[test]
    fn a_room_that_was_skipped_is_no_row_at_the_foot() {
        let pitch = Len::pt(12);
        let first =
            LineRoom { leg: LegIdx(0), row: 0, inline: Len::ZERO, block: Len::ZERO, measure: Len::pt(100) };
        let mut rooms = Rooms::default();
        rooms.push_leg(first, 8, 0, pitch);
        // Two rooms beside one another on each of the rows 2 and 3.
        rooms.cut_rooms_of_last_leg(|room| {
            let right = LineRoom { inline: Len::pt(60), measure: Len::pt(40), ..*room };
            if (2..4).contains(&room.row) {
                vec![LineRoom { measure: Len::pt(40), ..*room }, right]
            } else {
                vec![*room]
            }
        });
        let line = |row: i32| SetLine {
            room: LineRoom { row, ..first },
            para: 0,
            rows: 2,
            cut: LineCut { items: 0..0, natural: Len::ZERO, measure: Len::ZERO, ending: Ending::Full },
        };
        let filled = |rows: &[i32]| {
            let fill =
                Fill { lines: rows.iter().map(|row| line(*row)).collect(), end: Cursor { para: 0, byte: 0 } };
            let own = columns(&fill, &rooms)[0];
            (own.rows, own.foot_rows)
        };
        assert_eq!(filled(&[0, 4]), (4, 2), "two rows at the foot are empty, four rooms were skipped");
        assert_eq!(filled(&[0, 6]), (4, 0));
        assert_eq!(filled(&[]), (0, 10));
    }
}
