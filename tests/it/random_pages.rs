//! Whatever stands on a page: random stories over random blocks, and what holds for all of them.

mod dice;
mod made;

use std::panic::{AssertUnwindSafe, catch_unwind};

use duikai::diag::any_error;
use duikai::files::Disk;
use duikai::font::Face;
use duikai::geom::{Axis, Rect};
use duikai::job::faces;
use duikai::judge::pdf::read_back;
use duikai::judge::sheet::{page_rules, story_rules};
use duikai::model::edition::{Edition, Level};
use duikai::model::layout::Grid;
use duikai::model::story::count_chars;
use duikai::output::{self, Imprint, Intent};
use duikai::page::compose::{Composed, compose};
use duikai::page::offers::settle_jumps;
use duikai::page::reading;
use duikai::page::set::{ComposedBlock, LineRole, TextLine};
use duikai::paint::build::{Makeready, Purpose, build};
use duikai::paint::marks::Margin;
use duikai::source;
use duikai::text::shape::Shapers;
use duikai::unit::Len;
use rayon::prelude::*;

use super::sample::{house, solid};
use dice::Dice;
use made::{Size, random_edition};

/// How many editions of two pages are composed; the same ones on every run.
const CASES: u64 = 3_000;
/// Of so many one is written as PDFs too.
const WRITTEN: u64 = 20;

/// What random editions are made of: an edition with its layout and its faces.
struct House {
    edition: Edition,
    faces: Vec<Face>,
    intent: Intent,
}

impl House {
    fn open() -> Self {
        let files = Disk::new(house(), &house().join("samples/scripts")).expect("the sample is there");
        let edition = source::load(&files).value.edition.expect("the sample is in order");
        let mut notes = Vec::new();
        let faces = faces::open(&files, &edition.faces, &mut notes);
        assert_eq!(notes, []);
        let intent = Intent::new(&edition.condition);
        Self { edition, faces, intent }
    }
}

/// Whether everything that was typed could be proved, or an error stood in the way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Seen {
    Proved,
    Told,
}

/// Composes a random edition and holds it against all that is true of any.
fn check(house: &House, seed: u64, size: Size) -> Seen {
    let mut edition = random_edition(&mut Dice::new(seed), &house.edition, size);
    let shapers = Shapers::new(&house.faces);
    settle_jumps(&mut edition, &shapers);
    let mut pages: Vec<Composed> = Vec::new();
    let mut noted = Vec::new();
    for (checked, plan) in compose(&edition, &shapers).into_iter().zip(&edition.pages) {
        let mut notes = checked.notes;
        notes.extend(page_rules(&checked.value.page, plan, &edition, &house.faces, &notes));
        pages.push(checked.value);
        noted.push(notes);
    }
    let lost = story_rules(&edition, &pages, &noted);
    assert!(lost.is_empty(), "{lost:?}");
    let wrong = noted.iter().any(|notes| any_error(notes));
    for (page, notes) in pages.iter().zip(&noted) {
        let told = wrong || notes.iter().any(|note| note.code.0 == "block-outside");
        for block in &page.page.blocks {
            let axis = edition.pages.iter().flat_map(|plan| &plan.blocks);
            let axis = axis.filter(|own| own.story == block.story).map(|own| own.axis).next();
            lines_lie_well(block, axis.expect("it was planned"), &edition.layout.grid);
            let outside = block.lines().find(|line| !block.holds(line.rect));
            assert!(told || outside.is_none(), "outside its block and not told: {outside:?}");
        }
    }
    if wrong {
        return Seen::Told;
    }
    every_character_counts(&edition, &pages);
    if seed.is_multiple_of(WRITTEN) && pages.iter().all(|page| page.page.pictured().next().is_none()) {
        reads_as_it_was_set(house, &edition, &pages);
    }
    Seen::Proved
}

/// Body lines lie inside their block, on the rows of the grid, and not on one another.
fn lines_lie_well(block: &ComposedBlock, axis: Axis, grid: &Grid) {
    let lines: Vec<&TextLine> = block.columns.iter().flat_map(|column| &column.lines).collect();
    for (nth, line) in lines.iter().enumerate() {
        assert!(block.holds(line.rect), "outside its block: {} {:?}", line.text, line.rect);
        let over = lines[nth + 1..].iter().find(|other| other.rect.overlaps(line.rect));
        assert!(over.is_none(), "`{}` {:?} lies on {over:?}", line.text, line.rect);
        match axis {
            Axis::Horizontal => {
                assert!(on_rows(line.rect.y - grid.y(0), grid), "off the rows: {line:?}");
                let single = line.rect.height == grid.row;
                assert!(
                    !single || line.baseline == line.rect.y + grid.baseline,
                    "off its baseline: {line:?}"
                );
            }
            Axis::Vertical => {
                // Rows are counted from the right edge of the rectangle that a tier stands in.
                let hangs = |area: &Rect| on_rows(area.right() - line.rect.right(), grid);
                assert!(block.bounds.iter().chain(&block.areas).any(hangs) || is_inset(block), "{line:?}");
            }
        }
    }
}

fn on_rows(length: Len, grid: &Grid) -> bool {
    let (held, needed) = length.rows(grid.row);
    held == needed
}

/// Whether text keeps off the edges of its block: by a frame, or a heading at its side.
fn is_inset(block: &ComposedBlock) -> bool {
    !block.rules.is_empty() || !block.heads.is_empty()
}

/// Characters in = placed + overset + left out by rule, for every story.
fn every_character_counts(edition: &Edition, pages: &[Composed]) {
    let blocks = || pages.iter().flat_map(|page| &page.page.blocks);
    for fit in pages.iter().flat_map(|page| &page.fit.stories) {
        let of_story = |block: &&ComposedBlock| edition.stories[block.story.0 as usize].id == fit.id;
        let over = blocks().filter(of_story).flat_map(|block| &block.overset);
        // The report counts body text; words under pictures and in insets may be over as well.
        let other = over.filter(|line| line.role != LineRole::Text);
        let chars = |line: &TextLine| {
            count_chars(&line.text) + line.beside.iter().map(|run| count_chars(&run.text)).sum::<u32>()
        };
        let other: u32 = other.map(chars).sum();
        let known = fit.chars_placed + fit.chars_overset + other + fit.chars_dropped();
        assert_eq!(known, fit.chars_input, "{fit:?}");
    }
}

/// A page's PDF reads as the page was set, in the order of its map.
fn reads_as_it_was_set(house: &House, edition: &Edition, pages: &[Composed]) {
    for (composed, plan) in pages.iter().zip(&edition.pages) {
        let page = &composed.page;
        let makeready = Makeready {
            layout: &edition.layout,
            pictures: &[],
            first_picture: 0,
            ink_limit: edition.condition.ink_limit,
            margin: &Margin::default(),
            purpose: Purpose::Print,
        };
        let imprint = Imprint {
            title: page.id.clone(),
            paper: edition.paper.clone(),
            date: edition.date,
            revision: 0,
            level: Level::X1a2003,
            intent: &house.intent,
            spots: &edition.layout.spots,
            threads: Vec::new(),
        };
        let pdf = output::write(&[&build(page, &makeready)], &house.faces, &[], &[], &imprint);
        let read = read_back(&pdf.expect("it can be written")).expect("it can be read");
        let jumps = page.blocks.iter().flat_map(|block| &block.jumps);
        let front = page.furniture.iter().chain(jumps).map(|line| line.text.clone());
        let reading = reading::read(page, plan, edition);
        let lines =
            reading.articles.iter().flat_map(|article| &article.blocks).flat_map(|block| &block.lines);
        let set: String = front.chain(lines.map(|line| line.text.clone() + &line.ruby)).collect();
        assert_eq!(solid(&read.concat()), solid(&set));
    }
}

/// The same, with what a failure says.
fn seeded(house: &House, seed: u64, size: Size) -> Result<Seen, String> {
    catch_unwind(AssertUnwindSafe(|| check(house, seed, size))).map_err(|why| {
        let why = why.downcast_ref::<String>().map_or("it panics", String::as_str);
        format!("seed {seed}: {}", why.chars().take(400).collect::<String>())
    })
}

#[test]
fn random_pages_hold_what_was_typed() {
    let house = House::open();
    let seen: Vec<Result<Seen, String>> =
        (0..CASES).into_par_iter().map(|seed| seeded(&house, seed, Size::Usual)).collect();
    let failed: Vec<&String> = seen.iter().filter_map(|seen| seen.as_ref().err()).collect();
    assert!(failed.is_empty(), "{} editions fail: {failed:#?}", failed.len());
    let proved = seen.iter().filter(|seen| **seen == Ok(Seen::Proved)).count();
    assert!(proved * 2 > seen.len(), "{proved} of {} editions have no error that hides others", seen.len());
}

#[test]
fn a_book_is_told_to_be_too_long() {
    assert_eq!(seeded(&House::open(), 1, Size::Book), Ok(Seen::Proved));
}
