//! Diagnostics as text for a terminal: place, line, caret, remedy.
//!
//! Reads nothing and prints nothing: the caller holds the sources, decides about colour and
//! chooses the stream.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use duikai::diag::{Diagnostic, Severity, Source, Span};

/// Whether the text carries terminal colours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Colour {
    /// Bare text, for files and pipes.
    Plain,
    /// ANSI escapes.
    Styled,
}

/// All the notes in their order, an empty line between two of them, a line end after the last.
///
/// A span that its file does not have is moved to the nearest place the file does have; one
/// whose file is not among the sources loses its place. A message is never lost to a bad span.
pub(crate) fn render(sources: &[Source], notes: &[Diagnostic], style: Colour) -> String {
    let renderer = match style {
        Colour::Plain => Renderer::plain(),
        Colour::Styled => Renderer::styled(),
    }
    .decor_style(DecorStyle::Ascii);
    let each: Vec<String> = notes.iter().map(|note| renderer.render(&[report(sources, note)])).collect();
    let mut all = each.join("\n\n");
    if !all.is_empty() {
        all.push('\n');
    }
    all
}

fn report<'a>(sources: &'a [Source], note: &'a Diagnostic) -> Group<'a> {
    let level = match note.severity {
        Severity::Error | Severity::Unfit => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let group = Group::with_title(level.primary_title(note.message.as_str()).id(note.code.0));
    let group = match note.at.as_ref().and_then(|span| Some((source_of(sources, span)?, span))) {
        None => group,
        Some((source, span)) if span.bytes == (0..0) => group.element(Origin::path(source.name.as_str())),
        Some((source, span)) => {
            let place = AnnotationKind::Primary.span(whole_characters(&source.text, &span.bytes));
            group.element(Snippet::source(source.text.as_str()).path(source.name.as_str()).annotation(place))
        }
    };
    match &note.help {
        None => group,
        Some(remedy) => group.element(Level::HELP.message(remedy.as_str())),
    }
}

fn source_of<'a>(sources: &'a [Source], span: &Span) -> Option<&'a Source> {
    sources.get(usize::try_from(span.file.0).ok()?)
}

/// The bytes as a range the text can be sliced by: inside it, and no character cut in two.
fn whole_characters(text: &str, bytes: &Range<u32>) -> Range<usize> {
    let inside = |offset: u32| usize::try_from(offset).unwrap_or(usize::MAX).min(text.len());
    let start = text.floor_char_boundary(inside(bytes.start));
    start..text.ceil_char_boundary(inside(bytes.end)).max(start)
}

#[cfg(test)]
mod tests;
