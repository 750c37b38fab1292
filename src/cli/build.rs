//! `build` and `check`.

use std::io::{ErrorKind, IsTerminal, Write, stderr, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use duikai::diag::Diagnostic;
use duikai::files::Disk;
use duikai::job::{self, Cache, Made, Make, Outcome, Request, Unwritten};
use duikai::output::changes::Change;
use duikai::output::fit::Status;

use super::arguments::{BuildArguments, CheckArguments, EditionArguments};
use super::messages::{Colour, render};
use super::progress::Progress;
use super::root;
use super::timings::Timings;

/// Makes an edition and writes it.
pub(super) fn build(asked: &BuildArguments) -> ExitCode {
    let make = if asked.bind { Make::Bound } else { Make::Pages };
    let request = Request { make, level: asked.level.map(Into::into), ..Request::default() };
    let out = |edition: &Path| asked.out.clone().unwrap_or_else(|| edition.join("build"));
    run(&asked.edition, request, out)
}

/// Makes all of an edition but its PDFs, and writes nothing.
pub(super) fn check(asked: &CheckArguments) -> ExitCode {
    let request = Request { make: Make::Check, ..Request::default() };
    run(&asked.edition, request, |edition| edition.join("build"))
}

fn run(asked: &EditionArguments, request: Request, out: impl FnOnce(&Path) -> PathBuf) -> ExitCode {
    match try_run(asked, request, out) {
        Ok(outcome) => ExitCode::from(exit_code(outcome)),
        Err(note) => {
            complain(&render(&[], &[note], colour()));
            ExitCode::from(2)
        }
    }
}

/// How a job ends for whoever started the program.
pub(super) fn exit_code(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Fits => 0,
        Outcome::FitsWithChanges => 1,
        Outcome::Unfit => 2,
    }
}

/// What came of an edition, and the paths that were written; none are by a check.
pub(super) fn made(
    asked: &EditionArguments,
    request: Request,
    out: impl FnOnce(&Path) -> PathBuf,
    timings: &mut Timings,
) -> Result<(Made, Vec<PathBuf>), Diagnostic> {
    let refused = |message: String| Diagnostic::error("command", message);
    let edition = root::edition(&asked.edition).map_err(refused)?;
    let house = root::house(&edition, asked.root.as_deref()).map_err(refused)?;
    let out = out(&edition);
    let files =
        Disk::new(&house, &edition).map_err(|error| refused(format!("{}: {error}", house.display())))?;
    let cache = cache(asked, request.make, &out);
    let request = Request { only: asked.only.clone(), cache, ..request };
    // An own pool: its size is an argument, never the environment's.
    let threads = asked.threads.map_or_else(processors, usize::from);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|error| refused(format!("cannot start {threads} threads: {error}")))?;
    let mut progress = Progress::start();
    let mut finished = |stage| {
        progress.finished(stage);
        timings.finished(stage);
    };
    let result = pool.install(|| match request.make {
        Make::Check => Ok((job::run(&files, &request, &mut finished), Vec::new())),
        Make::Pages | Make::Bound => job::publish(&files, &request, &out, &mut finished),
    });
    progress.end();
    let (mut made, written) = result.map_err(|unwritten| not_written(&unwritten))?;
    for source in &mut made.sources {
        source.name = as_typed(&source.name, &edition, &house);
    }
    Ok((made, written))
}

fn try_run(
    asked: &EditionArguments,
    request: Request,
    out: impl FnOnce(&Path) -> PathBuf,
) -> Result<Outcome, Diagnostic> {
    let mut timings = Timings::start();
    let make = request.make;
    let mut folder = PathBuf::new();
    let out = |edition: &Path| {
        folder = out(edition);
        folder.clone()
    };
    let (made, written) = made(asked, request, out, &mut timings)?;
    complain(&render(&made.sources, &made.notes, colour()));
    timings.mark("deliver");
    for path in written {
        say(&path.display().to_string());
    }
    if make == Make::Bound && made.bound.is_none() && !made.pages.is_empty() {
        say("edition.pdf was not written");
    }
    for page in &made.pages {
        let change = page.change.map_or(String::new(), |change| format!(", {}", changed(change)));
        say(&format!("{} {}{change}", page.stem(), spoken(page.status)));
        if page.status == Status::FitsWithChanges {
            let report = folder.join(format!("{}.fit.json", page.stem()));
            tell_changes(&page.steps, (make != Make::Check).then_some(report));
        }
    }
    if asked.timings {
        complain(&timings.table(made.photographs, made.kept));
    }
    Ok(made.outcome())
}

/// A file that the disk refused, with what to do and what lies in the folder now.
fn not_written(unwritten: &Unwritten) -> Diagnostic {
    let remedy = match unwritten.error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "make it writable, or name another folder with `--out`"
        }
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => {
            "a file is in the place of the folder: name a folder with `--out`"
        }
        ErrorKind::IsADirectory => "a folder is in the place of the file: take it away",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "make room on the disk",
        _ => "look at the folder, or name another with `--out`",
    };
    let left = match unwritten.replaced {
        0 => "nothing was replaced: the last good files are as they were".to_owned(),
        replaced => format!("{replaced} of the files were replaced before it, each whole; build again"),
    };
    Diagnostic::error("command", format!("cannot write: {unwritten}")).help(format!("{remedy}\n{left}"))
}

/// The changes to look at, and the report that has all of them, if it was written.
fn tell_changes(steps: &[String], report: Option<PathBuf>) {
    for story in steps {
        say(&format!("  {story}"));
    }
    if let Some(report) = report {
        say(&format!("  report: {}", report.display()));
    }
}

/// Where what is worked out once is kept. A check writes nothing, so it only takes from there.
fn cache(asked: &EditionArguments, make: Make, out: &Path) -> Cache {
    if asked.no_cache {
        return Cache::default();
    }
    let folder = asked.cache.clone().unwrap_or_else(|| out.join(".cache"));
    let cache = Cache::at(folder);
    if make == Make::Check { cache.read_only() } else { cache }
}

/// A source's path from where the person stands, so that a terminal can open it.
pub(super) fn as_typed(name: &str, edition: &Path, house: &Path) -> String {
    let place = [edition, house].into_iter().map(|folder| folder.join(name)).find(|path| path.is_file());
    place.map_or_else(|| name.to_owned(), |path| path.display().to_string())
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn spoken(status: Status) -> &'static str {
    match status {
        Status::Fits => "fits",
        Status::FitsWithChanges => "fits, with changes to look at",
        Status::Unfit => "does not fit: no print PDF was written",
    }
}

fn changed(change: Change) -> &'static str {
    match change {
        Change::New => "new",
        Change::Changed => "changed",
        Change::AsBefore => "as before",
    }
}

pub(super) fn colour() -> Colour {
    if stderr().is_terminal() { Colour::Styled } else { Colour::Plain }
}

/// A line for the person; a closed pipe is the reader's choice and no fault.
pub(super) fn say(line: &str) {
    let _ = writeln!(stdout(), "{line}");
}

pub(super) fn complain(text: &str) {
    let _ = write!(stderr(), "{text}");
}
