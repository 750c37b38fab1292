//! The tightness ledger: every line of a story and how it was made to fit.

use crate::model::story::StoryIdx;
use crate::model::style::Composition;
use crate::page::compose::Composed;
use crate::page::set::{ComposedBlock, TextLine};

/// Width of the text column of the ledger, in half ems.
const TEXT_WIDTH: usize = 48;

/// The lines of a story as a table, column after column, on whatever pages they stand. Nothing if it
/// starts on none of them.
pub fn ledger(pages: &[&Composed], story: (StoryIdx, &str), rules: &Composition) -> Option<String> {
    let (story, id) = story;
    let (page, fit) = pages.iter().find_map(|page| {
        let fit = page.fit.stories.iter().find(|fit| fit.id == id)?;
        Some((&page.page.id, fit))
    })?;
    let mut parts: Vec<&ComposedBlock> =
        pages.iter().flat_map(|page| &page.page.blocks).filter(|block| block.story == story).collect();
    parts.sort_by_key(|block| block.part);
    let columns = || parts.iter().flat_map(|block| &block.columns);
    let mut table = format!(
        "{id} on {page}: {} lines, {} of them squeezed, widest gap {} em\n",
        fit.lines.need,
        columns().flat_map(|column| &column.lines).filter(|line| squeezed(line) > 0).count(),
        em(fit.breaks.max_gap),
    );
    for (nth, column) in (1..).zip(columns()) {
        table.push_str(&format!("\ncolumn {nth}\n"));
        for (row, line) in (1..).zip(&column.lines) {
            table.push_str(&entry(row, line, rules));
        }
    }
    let overset: Vec<&TextLine> = parts.iter().flat_map(|block| &block.overset).collect();
    if !overset.is_empty() {
        table.push_str("\noverset\n");
        for (row, line) in (1..).zip(overset) {
            table.push_str(&entry(row, line, rules));
        }
    }
    Some(table)
}

/// One line: its number, its text, its natural width of its measure, what it took, why it ends.
fn entry(row: usize, line: &TextLine, rules: &Composition) -> String {
    let tightness = &line.tightness;
    let taken = rules.punctuation.tiers.iter().zip(tightness.squeezed).filter(|(_, taken)| *taken > 0);
    let mut took: Vec<String> =
        taken.map(|(tier, taken)| format!("-{} {}", em(taken), tier.name())).collect();
    if line.stretched > 0 {
        let loose = if line.stretched > rules.stretch.loose.0 { " LOOSE" } else { "" };
        took.push(format!("+{} a gap{loose}", em(line.stretched)));
    }
    let why = tightness.ending.words();
    let why = why.split_once(':').map_or(why, |(name, _)| name);
    format!(
        "{row:>4}  {}{} {:>6} of {:>6}  {:<24} {why}\n",
        line.text,
        " ".repeat(TEXT_WIDTH.saturating_sub(half_ems(&line.text))),
        em(tightness.natural),
        em(tightness.measure),
        took.join(", "),
    )
}

fn squeezed(line: &TextLine) -> i32 {
    line.tightness.squeezed.iter().sum()
}

/// How many cells a terminal gives a text: two to all but Western characters.
fn half_ems(text: &str) -> usize {
    text.chars().map(|char| if char < '\u{1100}' { 1 } else { 2 }).sum()
}

/// Thousandths as ems: `0.125`.
fn em(thousandths: i32) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    let size = thousandths.unsigned_abs();
    format!("{sign}{}.{:03}", size / 1000, size % 1000)
}
