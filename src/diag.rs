//! Spans, severities, codes: what a stage says about its input, for someone else to print.

use std::ops::Range;

/// Which of the files read for a job: an index into the job's list of [`Source`]s.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct FileId(pub u32);

/// A file as it was read, kept so that a message can show its lines.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Source {
    /// The path a person would open it by.
    pub name: String,
    /// Its text: what the byte offsets of a [`Span`] count in.
    pub text: String,
}

/// A stretch of bytes in a source file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Byte offsets into it.
    pub bytes: Range<u32>,
}

impl Span {
    /// The whole of a file, when no place in it is to blame.
    pub fn file(file: FileId) -> Self {
        Self { file, bytes: 0..0 }
    }
}

/// How much a desk should care.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// Nothing is wrong: something was not looked into.
    Note,
    /// Worth a look; the page prints.
    Warning,
    /// The input makes sense but the page does not print: its report and a draft are written.
    Unfit,
    /// The input makes no sense: nothing is written until it is mended.
    Error,
}

/// The stable name of a message, such as `glyph-missing`; `docs/messages.md` explains each.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Code(pub &'static str);

/// One thing to tell a desk: what, where, and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// Its stable name.
    pub code: Code,
    /// What is wrong: one clause, lower case, no full stop.
    pub message: String,
    /// Where, if a place in a file is to blame.
    pub at: Option<Span>,
    /// The remedy.
    pub help: Option<String>,
    /// The story or advertisement it is about, by its name, if it is about one.
    pub about: Option<String>,
}

impl Diagnostic {
    /// An error without place or remedy yet.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code: Code(code),
            message: message.into(),
            at: None,
            help: None,
            about: None,
        }
    }

    /// A warning without place or remedy yet.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// A page that does not print as it stands, without place or remedy yet.
    pub fn unfit(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Unfit, ..Self::error(code, message) }
    }

    /// The same, at a place.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.at = Some(span);
        self
    }

    /// The same, with a remedy.
    #[must_use]
    pub fn help(mut self, remedy: impl Into<String>) -> Self {
        self.help = Some(remedy.into());
        self
    }

    /// The same, about a story or an advertisement; one that says so already keeps its own.
    #[must_use]
    pub fn about(mut self, name: &str) -> Self {
        self.about.get_or_insert_with(|| name.to_owned());
        self
    }
}

/// A value and what there is to say about how it came to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked<T> {
    /// The value.
    pub value: T,
    /// What was noticed, in the order of the input.
    pub notes: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// A value about which there is nothing to say.
    pub fn clean(value: T) -> Self {
        Self { value, notes: Vec::new() }
    }

    /// The value, its notes moved onto the end of `notes`.
    pub fn take(self, notes: &mut Vec<Diagnostic>) -> T {
        notes.extend(self.notes);
        self.value
    }
}

/// Whether the input makes no sense.
pub fn any_error(notes: &[Diagnostic]) -> bool {
    notes.iter().any(|note| note.severity == Severity::Error)
}

/// Whether a page does not print as it stands.
pub fn any_unfit(notes: &[Diagnostic]) -> bool {
    notes.iter().any(|note| note.severity >= Severity::Unfit)
}
