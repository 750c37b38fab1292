//! `inspect`: the ledger of a story, and records of single texts.

use std::io::{BufRead, Read, Write, stdin, stdout};
use std::process::ExitCode;

use duikai::diag::{Diagnostic, any_error};
use duikai::files::Disk;
use duikai::font::Face;
use duikai::inspect::advances::advances;
use duikai::inspect::breaks::breaks;
use duikai::inspect::ledger::ledger;
use duikai::inspect::lines::{Asked, lines};
use duikai::inspect::setup::{Setup, setup};
use duikai::job::{faces, measure};
use duikai::model::style::FaceIdx;
use duikai::page::compose::{Composed, compose};
use duikai::source;
use duikai::text::shape::Shapers;
use duikai::unit::{Em, Len, Written, parse_length};
use serde::{Deserialize, Serialize};

use super::arguments::{InspectArguments, LinesArguments, TypeArguments, Window};
use super::build::{as_typed, colour, complain, say};
use super::messages::render;
use super::root;

/// Longest record that is read: a story of a hundred pages.
const LONGEST: u64 = 4 << 20;

/// One text to look at.
#[derive(Deserialize)]
struct Asking {
    #[serde(default)]
    id: serde_json::Value,
    text: String,
    #[serde(default)]
    lexicon: Vec<String>,
}

/// What was found, under the name that the text came with.
#[derive(Serialize)]
struct Answer<'a, T> {
    id: &'a serde_json::Value,
    #[serde(flatten)]
    found: T,
}

/// Why there is nothing to find.
#[derive(Serialize)]
struct Refusal<'a> {
    id: &'a serde_json::Value,
    line: usize,
    error: String,
}

/// Shows what was asked for.
pub(super) fn inspect(asked: &InspectArguments) -> ExitCode {
    let shown = match &asked.window {
        None => show_ledger(asked),
        Some(Window::Breaks(window)) => {
            let (language, strictness) = (window.lang.into(), window.strictness.into());
            each_record(|asking| Ok(breaks(&asking.text, language, strictness, &asking.lexicon)))
        }
        Some(Window::Advances(window)) => with_setup(&window.type_, |setup, shapers, face| {
            each_record(|asking| {
                let para = prepared(setup, shapers, face, Len::ZERO, asking)?;
                Ok(advances(&para, window.edges))
            })
        }),
        Some(Window::Lines(window)) => show_lines(window),
    };
    match shown {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(2),
        Err(message) => {
            complain(&render(&[], &[Diagnostic::error("command", message)], colour()));
            ExitCode::from(2)
        }
    }
}

fn show_lines(window: &LinesArguments) -> Result<bool, String> {
    let asked = match (window.first_fit, window.lines) {
        (true, _) => Asked::First,
        (false, Some(count)) => Asked::Exactly(count),
        (false, None) => Asked::Best,
    };
    let (measure, indent) = (parse_length(&window.measure)?, parse_length(&window.indent)?);
    with_setup(&window.type_, |setup, shapers, face| {
        let (measure, indent) = (setup.length(measure), setup.length(indent));
        if measure <= indent || indent < Len::ZERO {
            return Err("`--measure` is more than `--indent`, and neither is negative".to_owned());
        }
        each_record(|asking| {
            let para = prepared(setup, shapers, face, indent, asking)?;
            lines(&para, measure, setup.rules(), asked, window.explain)
                .ok_or_else(|| "it cannot be set in so many lines within the layout's limits".to_owned())
        })
    })
}

/// Opens the house of a command without an edition.
fn with_setup(
    asked: &TypeArguments,
    show: impl FnOnce(&Setup, &Shapers<'_>, FaceIdx) -> Result<bool, String>,
) -> Result<bool, String> {
    let house = root::own_house(asked.root.as_deref())?;
    let files = Disk::new(&house, &house).map_err(|error| format!("{}: {error}", house.display()))?;
    let mut notes = Vec::new();
    let (setup, sources) = setup(&files, &asked.layout, &asked.punctuation).take(&mut notes);
    let Some(mut setup) = setup else {
        complain(&render(&sources, &notes, colour()));
        return Ok(false);
    };
    setup.layout.composition.punctuation.autospace = match parse_length(&asked.autospace)? {
        Written::Relative(em) if em >= Em(0) && em <= Em(1000) => em,
        _ => return Err(format!("`--autospace {}`: write 0em to 1em", asked.autospace)),
    };
    setup.layout.composition.strictness = asked.strictness.into();
    setup.language = asked.lang.into();
    let face: FaceIdx = setup.face(&asked.font)?;
    let opened: &[Face] = &setup.faces;
    show(&setup, &Shapers::new(opened), face)
}

fn prepared(
    setup: &Setup,
    shapers: &Shapers<'_>,
    face: FaceIdx,
    indent: Len,
    asking: &Asking,
) -> Result<duikai::text::para::PreparedPara, String> {
    setup.para(shapers, &asking.text, face, indent, &asking.lexicon).map_err(|notes| {
        let messages: Vec<String> = notes.into_iter().map(|note| note.message).collect();
        messages.join("; ")
    })
}

/// Answers each line of standard input with one of standard output. Whether all were answered.
fn each_record<T: Serialize>(find: impl Fn(&Asking) -> Result<T, String>) -> Result<bool, String> {
    let (mut input, mut out) = (stdin().lock(), stdout().lock());
    let mut all = true;
    for number in 1.. {
        let mut line = Vec::new();
        let read = input.by_ref().take(LONGEST + 1).read_until(b'\n', &mut line);
        if read.map_err(|error| format!("cannot read standard input: {error}"))? == 0 {
            break;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let none = serde_json::Value::Null;
        let answer = if line.len() as u64 > LONGEST {
            Err((none, format!("a record has at most {LONGEST} bytes")))
        } else {
            match serde_json::from_slice::<Asking>(&line) {
                Err(error) => Err((id_of(&line), format!("not a record {{\"id\", \"text\"}}: {error}"))),
                Ok(asking) => match find(&asking) {
                    Ok(found) => json(&Answer { id: &asking.id, found }).map_err(|error| (none, error)),
                    Err(error) => Err((asking.id, error)),
                },
            }
        };
        let too_long = answer.is_err() && line.len() as u64 > LONGEST;
        let text = match answer {
            Ok(text) => text,
            Err((id, error)) => {
                all = false;
                json(&Refusal { id: &id, line: number, error })?
            }
        };
        // A closed pipe is the reader's choice and no fault.
        if writeln!(out, "{text}").and_then(|()| out.flush()).is_err() || too_long {
            break;
        }
    }
    Ok(all)
}

fn json(value: &impl Serialize) -> Result<String, String> {
    serde_json::to_string(value).map_err(|error| error.to_string())
}

/// The id of a record that lacks something else.
fn id_of(line: &[u8]) -> serde_json::Value {
    let value: Option<serde_json::Value> = serde_json::from_slice(line).ok();
    value.and_then(|value| value.get("id").cloned()).unwrap_or_default()
}

/// Composes an edition and prints the lines of its stories.
fn show_ledger(asked: &InspectArguments) -> Result<bool, String> {
    let Some(edition) = &asked.edition else { return Err("name an edition".to_owned()) };
    let folder = root::edition(edition)?;
    let house = root::house(&folder, asked.root.as_deref())?;
    let files = Disk::new(&house, &folder).map_err(|error| format!("{}: {error}", house.display()))?;
    let mut notes = Vec::new();
    let mut loaded = source::load(&files).take(&mut notes);
    for source in &mut loaded.sources {
        source.name = as_typed(&source.name, &folder, &house);
    }
    let faces = match &loaded.edition {
        Some(edition) => faces::open(&files, &edition.faces, &mut notes),
        None => Vec::new(),
    };
    let Some(mut edition) = loaded.edition.filter(|_| !any_error(&notes)) else {
        complain(&render(&loaded.sources, &notes, colour()));
        return Ok(false);
    };
    measure(&files, &mut edition);
    let shapers = Shapers::new(&faces);
    let mut shown = 0;
    let composed: Vec<_> = compose(&edition, &shapers).into_iter().map(|checked| checked.value).collect();
    let pages: Vec<&Composed> = composed.iter().collect();
    for thread in edition.threads() {
        let id = &edition.stories[thread.story.0 as usize].id;
        let page = &edition.pages[thread.blocks[0].page].id;
        let wanted = asked.page.as_ref().is_none_or(|wanted| page == wanted)
            && asked.story.as_ref().is_none_or(|wanted| id == wanted);
        if let Some(table) =
            ledger(&pages, (thread.story, id), &edition.layout.composition).filter(|_| wanted)
        {
            if shown > 0 {
                say("");
            }
            say(table.trim_end());
            shown += 1;
        }
    }
    if shown > 0 {
        return Ok(true);
    }
    let pages: Vec<&str> = edition.pages.iter().map(|page| page.id.as_str()).collect();
    let stories: Vec<&str> = edition.stories.iter().map(|story| story.id.as_str()).collect();
    Err(format!("no such story there; pages: {}; stories: {}", pages.join(", "), stories.join(", ")))
}
