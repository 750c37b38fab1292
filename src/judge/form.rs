//! Judges what a newspaper says of itself: nameplate, imprint, page numbers, marks of
//! advertisements, by 《报纸期刊质量管理规定》 (国家新闻出版署, 2020) and its
//! 《报纸出版形式差错数计算方法》. A missing nameplate, or one that is not the largest type of page 1,
//! is four form errors there; anything else counts as one here, its least. More than three fail an issue.

mod imprint;

use crate::diag::Diagnostic;
use crate::model::edition::Edition;
use crate::model::layout::Layout;
use crate::model::plan::PagePlan;
use crate::page::set::{ComposedBlock, ComposedPage, TextLine};
use crate::unit::Len;

/// Form errors of a nameplate that is missing or not the largest type of the page.
const NAMEPLATE: usize = 4;
/// An issue with more form errors than this fails (第七条).
const ALLOWED: usize = 3;
/// Genres of stories that are advertisements.
const SOLD: [&str; 3] = ["ad", "advertisement", "广告"];
/// The mark of an advertisement.
const MARK: &str = "广告";

/// What there is to say about the form of a page.
pub fn form(page: &ComposedPage, plan: &PagePlan, edition: &Edition, layout: &Layout) -> Vec<Diagnostic> {
    let found = found(page, plan, edition, layout);
    let errors = sum(&found);
    let mut notes: Vec<Diagnostic> = found.into_iter().map(|(_, note)| note).collect();
    if errors > ALLOWED {
        let message =
            format!("page {} has {errors} form errors, and an issue with more than {ALLOWED} fails", plan.id);
        let remedy = "mend what is found by the other `form-` rules";
        notes.push(Diagnostic::warning("form-score", message).help(remedy));
    }
    notes.into_iter().map(|note| if note.at.is_some() { note } else { note.at(plan.typed.clone()) }).collect()
}

/// The form errors of a page, counted as the rule does.
pub fn form_errors(page: &ComposedPage, plan: &PagePlan, edition: &Edition, layout: &Layout) -> usize {
    sum(&found(page, plan, edition, layout))
}

/// What there is to say about an issue of these pages, each with its form errors: it is the issue that fails.
/// One page that has them all says so itself.
pub fn issue_form(pages: &[(&str, usize)]) -> Option<Diagnostic> {
    let wrong: Vec<&(&str, usize)> = pages.iter().filter(|(_, errors)| *errors > 0).collect();
    let errors: usize = wrong.iter().map(|(_, errors)| errors).sum();
    if wrong.len() < 2 || errors <= ALLOWED {
        return None;
    }
    let each: Vec<String> = wrong.iter().map(|(page, errors)| format!("{page}: {errors}")).collect();
    let message = format!(
        "the issue has {errors} form errors ({}), and one with more than {ALLOWED} fails",
        each.join(", ")
    );
    Some(Diagnostic::warning("form-score", message).help("mend what is found by the other `form-` rules"))
}

fn sum(found: &[(usize, Diagnostic)]) -> usize {
    found.iter().map(|(errors, _)| errors).sum()
}

/// What is found on a page, each with its form errors.
fn found(
    page: &ComposedPage,
    plan: &PagePlan,
    edition: &Edition,
    layout: &Layout,
) -> Vec<(usize, Diagnostic)> {
    let furniture: Vec<Printed> = page.furniture.iter().map(Printed::of).collect();
    let mut found = Vec::new();
    if plan.number == 1 {
        found.extend(nameplate(page, edition, &furniture).map(|note| (NAMEPLATE, note)));
        let missing = imprint::missing(&furniture, edition, &layout.checks.limits.imprint);
        found.extend(imprint::note(&missing).map(|note| (missing.len(), note)));
    }
    let numbers = plan.numbers().filter_map(|number| page_number(plan, number, edition, &furniture));
    found.extend(numbers.map(|note| (1, note)));
    let unmarked = unmarked(page, plan, edition);
    found.extend(unmarked.into_iter().map(|note| (1, note)));
    found
}

/// A line of furniture: its characters without white space, and its largest size.
struct Printed {
    text: String,
    size: Len,
}

impl Printed {
    fn of(line: &TextLine) -> Self {
        Self { text: solid(&line.text), size: size_of(line) }
    }
}

fn solid(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace()).collect()
}

fn size_of(line: &TextLine) -> Len {
    line.runs.iter().map(|run| run.size).max().unwrap_or_default()
}

/// The paper's name is the largest type of page 1.
fn nameplate(page: &ComposedPage, edition: &Edition, furniture: &[Printed]) -> Option<Diagnostic> {
    // A name that is drawn is as large as it is drawn.
    if page.art.is_some() {
        return None;
    }
    let name = solid(&edition.paper);
    let Some(plate) = furniture.iter().filter(|line| line.text.contains(&name)).map(|line| line.size).max()
    else {
        let message =
            format!("page 1 does not show the paper's name, `{name}` (报头): {NAMEPLATE} form errors");
        let remedy = "add it to the page's furniture with `{paper}`, larger than everything else";
        return Some(Diagnostic::warning("form-nameplate", message).help(remedy));
    };
    let lines = page.blocks.iter().flat_map(ComposedBlock::lines).chain(&page.furniture);
    let others = lines.filter(|line| !solid(&line.text).contains(&name));
    let largest = others.max_by_key(|line| size_of(line)).filter(|line| size_of(line) >= plate)?;
    let message = format!(
        "the paper's name is set in {plate} and `{}` in {}: {NAMEPLATE} form errors",
        largest.text,
        size_of(largest)
    );
    let remedy =
        "the nameplate is larger than all other type of page 1: enlarge it, or set the other smaller";
    Some(Diagnostic::warning("form-nameplate", message).help(remedy))
}

/// Every page says which it is (版序).
fn page_number(plan: &PagePlan, number: u16, edition: &Edition, furniture: &[Printed]) -> Option<Diagnostic> {
    let date = imprint::date(edition);
    let shown = furniture.iter().any(|line| {
        let text = line.text.replace(&date, "");
        let mut numbers = text.split(|char: char| !char.is_ascii_digit());
        numbers.any(|digits| digits.parse() == Ok(number))
    });
    if shown {
        return None;
    }
    let message = format!("page {} does not say that it is page {number} (版次)", plan.id);
    let remedy = "give the layout a `[[folio.item]]` with `{page_no}`";
    Some(Diagnostic::warning("form-page-number", message).help(remedy))
}

/// Advertisements that do not say that they are: placed ones, and those set as stories.
fn unmarked(page: &ComposedPage, plan: &PagePlan, edition: &Edition) -> Vec<Diagnostic> {
    let note = |name: &str| {
        let message = format!("the advertisement `{name}` is not marked {MARK}");
        let remedy = "give the story the `column_head` 广告, or place the advertisement as an `[[ad]]`";
        Diagnostic::warning("form-ad", message).help(remedy).about(name)
    };
    let ads = plan.ads.iter().zip(&page.ads).filter(|(_, set)| !set.mark.text.contains(MARK));
    let ads = ads.map(|(place, _)| note(&place.advertiser).at(place.typed.clone()));
    let stories = plan.blocks.iter().zip(&page.blocks).filter_map(|(place, set)| {
        let story = &edition.stories[set.story.0 as usize];
        let marked = set.heads.iter().any(|line| solid(&line.text).contains(MARK));
        let sold = SOLD.contains(&story.genre.as_str());
        (sold && !marked).then(|| note(&story.id).at(place.typed.clone()))
    });
    ads.chain(stories).collect()
}
