//! Reads an edition: the only reader of TOML. Files in, an `Edition` with all its plans out, or
//! what is wrong with them and where.

mod ad;
mod area;
mod block;
mod checks;
mod columns;
mod composition;
mod condition;
mod copyfit;
mod edition;
mod furniture;
mod grid;
mod group;
mod head;
mod inks;
mod inline;
mod inset;
mod jump;
mod layout;
mod page;
mod parts;
mod preflight;
mod punctuation;
mod rule;
mod sheet;
mod side;
mod story;
mod strip;
mod style;
mod summary;
mod typed;
mod wrap;
mod zone;

use std::io;

use serde::de::DeserializeOwned;

use crate::diag::{Checked, Diagnostic, FileId, Source, Span};
use crate::files::{Files, Place};
use crate::model::edition::{Condition, Edition, FaceSpec, SpotInks};
use crate::model::layout::Layout;

pub use self::condition::unfit_for_level;
pub use self::zone::variables_used;

/// Largest TOML file that is read: a megabyte of text fills some thirty broadsheet pages.
const LARGEST: u64 = 1 << 20;

/// What was read: the edition, if it makes sense, and every text file for showing places in it.
#[derive(Debug)]
pub struct Loaded {
    /// The edition, unless something is wrong with it.
    pub edition: Option<Edition>,
    /// The text files, by `FileId`.
    pub sources: Vec<Source>,
}

/// Reads `edition.toml` of the edition's folder and all that it names.
///
/// Stages do not fail, they report: with an error among the notes there is no edition.
pub fn load(files: &dyn Files) -> Checked<Loaded> {
    let mut reader = Reader { files, sources: Vec::new(), notes: Vec::new() };
    let edition = edition::read(&mut reader);
    let edition = edition.filter(|_| !crate::diag::any_error(&reader.notes));
    Checked { value: Loaded { edition, sources: reader.sources }, notes: reader.notes }
}

/// A house's layout read by itself: no edition, no page.
#[derive(Debug)]
pub struct LoadedLayout {
    /// The layout and the faces it names, unless something is wrong with it.
    pub layout: Option<(Layout, Vec<FaceSpec>)>,
    /// The text files, by `FileId`.
    pub sources: Vec<Source>,
}

/// Reads `layouts/NAME.toml`, set up with one of its punctuation styles. Without a printing condition
/// no spot ink is refused but by the layout itself.
pub fn load_layout(files: &dyn Files, name: &str, punctuation: &str) -> Checked<LoadedLayout> {
    let mut reader = Reader { files, sources: Vec::new(), notes: Vec::new() };
    let nowhere = Span::file(FileId(0));
    let name = toml::Spanned::new(0..0, name.to_owned());
    let wanted = toml::Spanned::new(0..0, punctuation.to_owned());
    let wanted = Some((&wanted, nowhere.clone()));
    let layout = layout::read(&mut reader, &name, &nowhere, SpotInks::Allowed, wanted);
    let layout = layout.filter(|_| !crate::diag::any_error(&reader.notes));
    Checked { value: LoadedLayout { layout, sources: reader.sources }, notes: reader.notes }
}

/// Reads `profiles/NAME.toml` of the house and the profiles it names: a printing condition by itself.
/// Nothing of it if something is wrong; the files it was read from in any case.
pub fn load_condition(files: &dyn Files, name: &str) -> Checked<(Option<Condition>, Vec<Source>)> {
    let mut reader = Reader { files, sources: Vec::new(), notes: Vec::new() };
    let name = toml::Spanned::new(0..0, name.to_owned());
    let condition = condition::read(&mut reader, &name, &Span::file(FileId(0)));
    let condition = condition.filter(|_| !crate::diag::any_error(&reader.notes));
    Checked { value: (condition, reader.sources), notes: reader.notes }
}

/// Opens and parses files, keeping their texts and what there is to say about them.
struct Reader<'a> {
    files: &'a dyn Files,
    sources: Vec<Source>,
    notes: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Reads and parses a file. `asked` is the place that names it, if a file does.
    fn parse<T: DeserializeOwned>(
        &mut self,
        place: Place,
        path: &str,
        asked: Option<&Span>,
    ) -> Option<(FileId, T)> {
        let bytes = match self.files.open(place, path).and_then(|blob| blob.read_all(LARGEST)) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.notes.push(unreadable(path, &error, asked));
                return None;
            }
        };
        let file = FileId(self.sources.len() as u32);
        let text = match text(bytes) {
            Ok(text) => text,
            Err(wrong) => {
                let at = wrong.text.len() as u32;
                self.notes.push(
                    Diagnostic::error("file-unreadable", format!("cannot read `{path}`: {}", wrong.why))
                        .at(Span { file, bytes: at..at + REPLACED.len_utf8() as u32 })
                        .help("save the file as UTF-8: an editor that wrote GBK, GB 18030 or UTF-16 (\u{201c}Unicode\u{201d}) has to be told"),
                );
                let text = wrong.text + REPLACED.encode_utf8(&mut [0; 4]);
                self.sources.push(Source { name: path.to_owned(), text });
                return None;
            }
        };
        let parsed = toml::from_str::<T>(&text);
        let is_toml = parsed.is_ok() || toml::from_str::<toml::Table>(&text).is_ok();
        self.sources.push(Source { name: path.to_owned(), text });
        match parsed {
            Ok(value) => Some((file, value)),
            Err(error) => {
                self.notes.push(malformed(file, &error, is_toml));
                None
            }
        }
    }

    fn note(&mut self, note: Diagnostic) {
        self.notes.push(note);
    }
}

/// Stands in a message for the first byte that is no text.
const REPLACED: char = char::REPLACEMENT_CHARACTER;

/// A file that is no UTF-8.
struct NotText {
    /// What of it is: all before the byte that is not.
    text: String,
    why: String,
}

/// The text of a file, without a byte order mark.
fn text(bytes: Vec<u8>) -> Result<String, NotText> {
    let bare = |text: &str| text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
    String::from_utf8(bytes).map(|text| bare(&text)).map_err(|error| {
        let bytes = error.as_bytes();
        let offset = error.utf8_error().valid_up_to();
        let why = match bytes {
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "it is UTF-16, not UTF-8".to_owned(),
            _ => format!("byte {offset} is not UTF-8"),
        };
        NotText { text: bare(&String::from_utf8_lossy(&bytes[..offset])), why }
    })
}

/// A file that cannot be read, with the remedy that fits the reason.
pub fn unreadable(path: &str, error: &io::Error, asked: Option<&Span>) -> Diagnostic {
    let because = |why: &str| format!("cannot read `{path}`: {why}");
    let mut note = match error.kind() {
        io::ErrorKind::NotFound => Diagnostic::error("file-missing", because("it is not there"))
            .help("check the name, or add the file"),
        io::ErrorKind::InvalidInput => Diagnostic::error("path-outside", because(&error.to_string())).help(
            "name files relative to the project folder, without `..` and without links that lead out of it",
        ),
        _ => Diagnostic::error("file-unreadable", because(&error.to_string()))
            .help("check the file and who may read it"),
    };
    note.at = asked.cloned();
    note
}

/// What the TOML reader says, at its place. `is_toml` if only its keys or values are wrong.
fn malformed(file: FileId, error: &toml::de::Error, is_toml: bool) -> Diagnostic {
    let span = error.span().unwrap_or(0..0);
    let message = error.message().trim().replace('\n', "; ");
    let help = if !is_toml {
        "write `key = \"text\"`, each on a line of its own, with `\\\"` for quotation marks inside the text"
    } else if message.starts_with("unknown field") {
        "the keys that may stand here are listed above; check the spelling"
    } else if message.starts_with("missing field") {
        "add the key"
    } else {
        "docs/keys.md says what may stand here"
    };
    Diagnostic::error("toml", message).at(Span { file, bytes: span.start as u32..span.end as u32 }).help(help)
}

/// A span of a parsed value.
fn span_of<T>(file: FileId, spanned: &toml::Spanned<T>) -> Span {
    let range = spanned.span();
    Span { file, bytes: range.start as u32..range.end as u32 }
}

/// A name that is not among those known, with the ones that are.
fn unknown(kind: &str, name: &str, known: impl Iterator<Item = impl AsRef<str>>, at: Span) -> Diagnostic {
    let known: Vec<String> = known.map(|name| format!("`{}`", name.as_ref())).collect();
    Diagnostic::error("name-unknown", format!("there is no {kind} `{name}`")).at(at).help(
        if known.is_empty() {
            format!("no {kind} is defined")
        } else {
            format!("known: {}", known.join(", "))
        },
    )
}
