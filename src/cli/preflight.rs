//! `preflight`: PDFs judged from their bytes and editions before they are written, for people and
//! for programs.

mod edition;

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use duikai::diag::{Diagnostic, Severity, any_error};
use duikai::files::Disk;
use duikai::judge::pdf::bounds::LARGEST_FILE;
use duikai::judge::pdf::rules::rules;
use duikai::judge::pdf::{Finding, Limits, Standard, is_refused, judge};
use duikai::source::load_condition;
use serde::Serialize;

use super::arguments::PreflightArguments;
use super::build::{as_typed, colour, complain, say};
use super::messages::render;
use super::root;

/// A file and what was found: one line of JSON.
#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    file: String,
    level: &'static str,
    /// `clean`, `warnings`, `errors` or `refused`.
    status: &'static str,
    errors: usize,
    warnings: usize,
    notes: usize,
    findings: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    rule: &'static str,
    severity: &'static str,
    page: Option<u32>,
    count: u32,
    /// Left, top, width, height from the trim's top left corner.
    place_um: Option<[i64; 4]>,
    message: &'a str,
    remedy: &'static str,
}

/// Judges what was asked for.
pub(super) fn preflight(asked: &PreflightArguments) -> ExitCode {
    if asked.rules {
        list_rules();
        return ExitCode::SUCCESS;
    }
    let limits = match limits(asked) {
        Ok(limits) => limits,
        Err(text) => {
            complain(&text);
            return ExitCode::from(2);
        }
    };
    let standard = Standard::from(asked.level);
    let mut worst = 0;
    for path in &asked.files {
        if is_edition(path) {
            worst = worst.max(edition::preflight(path, asked));
            continue;
        }
        let bytes = match read(path) {
            Ok(bytes) => bytes,
            Err(message) => {
                complain(&render(&[], &[Diagnostic::error("command", message)], colour()));
                worst = 2;
                continue;
            }
        };
        let findings = judge(&bytes, standard, &limits);
        let report = report(path, standard, &findings);
        worst = worst.max(match report.status {
            "clean" => 0,
            "warnings" => 1,
            _ => 2,
        });
        if asked.json {
            match serde_json::to_string(&report) {
                Ok(line) => say(&line),
                Err(error) => complain(&format!("{error}\n")),
            }
        } else {
            say(text(&report, &findings).trim_end());
        }
    }
    ExitCode::from(worst)
}

/// Whether an argument names an edition and not a PDF: a folder, or its `edition.toml`.
fn is_edition(path: &Path) -> bool {
    path.is_dir() || path.extension().is_some_and(|kind| kind == "toml")
}

fn limits(asked: &PreflightArguments) -> Result<Limits, String> {
    let plain = |message: String| render(&[], &[Diagnostic::error("command", message)], colour());
    let limits = match &asked.condition {
        None => Limits::default(),
        Some(name) => {
            let house = root::own_house(asked.root.as_deref()).map_err(plain)?;
            let files = Disk::new(&house, &house);
            let files = files.map_err(|error| plain(format!("{}: {error}", house.display())))?;
            let mut notes = Vec::new();
            let (condition, mut sources) = load_condition(&files, name).take(&mut notes);
            for source in &mut sources {
                source.name = as_typed(&source.name, &house, &house);
            }
            match condition.filter(|_| !any_error(&notes)) {
                Some(condition) => Limits::of(&condition),
                None => return Err(render(&sources, &notes, colour())),
            }
        }
    };
    Ok(Limits { trim: asked.trim, ..limits })
}

/// The bytes of a file, as many as are judged and one more, which says that there are too many.
fn read(path: &Path) -> Result<Vec<u8>, String> {
    let cannot = |error: std::io::Error| format!("cannot read `{}`: {error}", path.display());
    let mut bytes = Vec::new();
    let most = LARGEST_FILE as u64 + 1;
    File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)).map_err(cannot)?;
    Ok(bytes)
}

fn report<'a>(path: &Path, standard: Standard, findings: &'a [Finding]) -> Report<'a> {
    let count = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let notes = count(Severity::Note);
    let status = match (is_refused(findings), errors, warnings) {
        (true, ..) => "refused",
        (_, 0, 0) => "clean",
        (_, 0, _) => "warnings",
        _ => "errors",
    };
    let item = |finding: &'a Finding| Item {
        rule: finding.rule.0,
        severity: spoken(finding.severity),
        page: finding.page,
        count: finding.count,
        place_um: finding
            .place
            .map(|place| [place.x, place.y, place.width, place.height].map(duikai::unit::Len::micrometres)),
        message: &finding.message,
        remedy: finding.remedy,
    };
    let findings = findings.iter().map(item).collect();
    let file = path.display().to_string();
    Report { schema: "preflight/1", file, level: standard.name(), status, errors, warnings, notes, findings }
}

fn spoken(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Unfit | Severity::Error => "error",
    }
}

/// For people: page by page, the remedy under what is wrong.
fn text(report: &Report<'_>, findings: &[Finding]) -> String {
    let mut verdict = match report.status {
        "clean" => "nothing found".to_owned(),
        "refused" => "refused".to_owned(),
        _ => format!("{}, {}", counted(report.errors, "error"), counted(report.warnings, "warning")),
    };
    if report.notes > 0 {
        verdict += &format!(", {}", counted(report.notes, "note"));
    }
    let mut text = format!("{} ({}): {verdict}\n", report.file, report.level);
    let mut page = None;
    for finding in findings {
        if page != Some(finding.page) {
            page = Some(finding.page);
            match finding.page {
                None => text.push_str("  the file\n"),
                Some(number) => text.push_str(&format!("  page {number}\n")),
            }
        }
        let place = finding.place.map(|place| format!(" (first at {}, {})", place.x, place.y));
        let times = if finding.count > 1 { format!(", {} times", finding.count) } else { String::new() };
        text.push_str(&format!(
            "    {:<7} {:<11} {}{times}{}\n                        {}\n",
            spoken(finding.severity),
            finding.rule,
            finding.message,
            place.unwrap_or_default(),
            finding.remedy
        ));
    }
    text
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn list_rules() {
    for rule in rules() {
        say(&format!(
            "{:<11} {:<7} {:<3} {} [{}]",
            rule.id,
            spoken(rule.severity),
            rule.levels.name(),
            rule.statement,
            rule.source
        ));
    }
}
