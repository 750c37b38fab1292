//! An edition judged before anything of it is written: page by page, story by story.

use std::collections::BTreeMap;
use std::path::Path;

use duikai::diag::{Diagnostic, Severity, Source};
use duikai::job::{Judged, Made, Make, Outcome, Request};
use serde::Serialize;

use super::super::arguments::{EditionArguments, PreflightArguments};
use super::super::build::{self, colour, complain, say};
use super::super::messages::render;
use super::super::timings::Timings;
use super::spoken;

/// An edition and what was found: one line of JSON.
#[derive(Serialize)]
struct Report {
    schema: &'static str,
    edition: String,
    /// `fits`, `fits-with-changes` or `unfit`.
    status: &'static str,
    errors: usize,
    warnings: usize,
    /// What is about no page.
    findings: Vec<Item>,
    pages: Vec<Page>,
}

#[derive(Serialize)]
struct Page {
    page: String,
    findings: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    rule: &'static str,
    severity: &'static str,
    /// The story or the advertiser.
    about: Option<String>,
    file: Option<String>,
    /// From 1, in characters.
    line: Option<usize>,
    column: Option<usize>,
    message: String,
    remedy: Option<String>,
}

/// Judges an edition; the exit code is that of `check`.
pub(super) fn preflight(path: &Path, asked: &PreflightArguments) -> u8 {
    let edition = EditionArguments {
        edition: path.to_path_buf(),
        only: asked.only.clone(),
        root: asked.root.clone(),
        threads: None,
        timings: false,
        cache: None,
        no_cache: false,
    };
    let request = Request { make: Make::Check, ..Request::default() };
    match build::made(&edition, request, |edition| edition.join("build"), &mut Timings::start()) {
        Ok((made, _)) => {
            let report = report(path, &made);
            if asked.json {
                match serde_json::to_string(&report) {
                    Ok(line) => say(&line),
                    Err(error) => complain(&format!("{error}\n")),
                }
            } else {
                say(text(&report).trim_end());
            }
            build::exit_code(made.outcome())
        }
        Err(note) => {
            complain(&render(&[], &[note], colour()));
            2
        }
    }
}

fn report(path: &Path, made: &Made) -> Report {
    let of_pages: Vec<&Diagnostic> = made.judged.iter().flat_map(|judged| &judged.notes).collect();
    let others = made.notes.iter().filter(|note| !of_pages.contains(note));
    let count = |errors: bool| {
        made.notes.iter().filter(|note| (note.severity != Severity::Warning) == errors).count()
    };
    Report {
        schema: "preflight-edition/1",
        edition: path.display().to_string(),
        status: match made.outcome() {
            Outcome::Fits => "fits",
            Outcome::FitsWithChanges => "fits-with-changes",
            Outcome::Unfit => "unfit",
        },
        errors: count(true),
        warnings: count(false),
        findings: others.map(|note| item(note, &made.sources)).collect(),
        pages: made.judged.iter().map(|judged| page(judged, &made.sources)).collect(),
    }
}

/// A page's findings, what holds it back first.
fn page(judged: &Judged, sources: &[Source]) -> Page {
    let mut notes: Vec<&Diagnostic> = judged.notes.iter().collect();
    notes.sort_by_key(|note| note.severity == Severity::Warning);
    Page { page: judged.page.clone(), findings: notes.into_iter().map(|note| item(note, sources)).collect() }
}

fn item(note: &Diagnostic, sources: &[Source]) -> Item {
    let source = note.at.as_ref().and_then(|at| Some((sources.get(at.file.0 as usize)?, at)));
    // A file as a whole has no line to blame.
    let place = source.filter(|(_, at)| at.bytes != (0..0)).and_then(|(source, at)| {
        let before = source.text.get(..at.bytes.start as usize)?;
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        Some((before.matches('\n').count() + 1, before[line_start..].chars().count() + 1))
    });
    Item {
        rule: note.code.0,
        severity: spoken(note.severity),
        about: note.about.clone(),
        file: source.map(|(source, _)| source.name.clone()),
        line: place.map(|(line, _)| line),
        column: place.map(|(_, column)| column),
        message: note.message.clone(),
        remedy: note.help.clone(),
    }
}

/// For people: page by page, on it story by story, the remedy and the place under what is wrong.
fn text(report: &Report) -> String {
    let verdict = match (report.errors, report.warnings) {
        (0, 0) => "nothing found".to_owned(),
        (errors, warnings) => format!("{}, {}", counted(errors, "error"), counted(warnings, "warning")),
    };
    let mut text = format!("{}: {verdict}\n", report.edition);
    let edition = (!report.findings.is_empty()).then_some(("the edition".to_owned(), &report.findings));
    let pages = report.pages.iter().map(|page| (format!("page {}", page.page), &page.findings));
    for (name, findings) in edition.into_iter().chain(pages) {
        if findings.is_empty() {
            text.push_str(&format!("  {name}: nothing found\n"));
            continue;
        }
        text.push_str(&format!("  {name}\n"));
        for (about, findings) in by_story(findings) {
            text.push_str(&format!("    {}\n", about.unwrap_or("the page itself")));
            for item in findings {
                text.push_str(&line(item));
            }
        }
    }
    text
}

fn counted(count: usize, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}

/// Findings by what they are about, in the order in which each is met first.
fn by_story(findings: &[Item]) -> Vec<(Option<&str>, Vec<&Item>)> {
    let mut order: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    let mut groups: Vec<(Option<&str>, Vec<&Item>)> = Vec::new();
    for item in findings {
        let about = item.about.as_deref();
        let at = *order.entry(about).or_insert_with(|| {
            groups.push((about, Vec::new()));
            groups.len() - 1
        });
        groups[at].1.push(item);
    }
    groups
}

fn line(item: &Item) -> String {
    const INDENT: &str = "                            ";
    let mut text = format!("      {:<7} {:<13} {}\n", item.severity, item.rule, item.message);
    if let Some(remedy) = &item.remedy {
        text.push_str(&format!("{INDENT}{remedy}\n"));
    }
    match (&item.file, item.line, item.column) {
        (Some(file), Some(line), Some(column)) => text.push_str(&format!("{INDENT}{file}:{line}:{column}\n")),
        (Some(file), ..) => text.push_str(&format!("{INDENT}{file}\n")),
        (None, ..) => {}
    }
    text
}
