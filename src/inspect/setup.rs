//! A layout and its faces, set up to look at single paragraphs.

use crate::diag::{Checked, Diagnostic, Source, any_error};
use crate::files::Files;
use crate::font::Face;
use crate::job::faces;
use crate::model::layout::Layout;
use crate::model::story::{Paragraph, Role, Text};
use crate::model::style::{Align, Axis, Composition, FaceIdx, Language, ParaStyle};
use crate::source::load_layout;
use crate::text::para::PreparedPara;
use crate::text::prepare::prepare;
use crate::text::setting::Setting;
use crate::text::shape::Shapers;
use crate::unit::{Em, Len, Written};

/// The type size that widths are found at: a thousandth of its em is a whole number of units.
pub const SIZE: Len = Len::pt(10);

/// A layout with its faces open.
#[derive(Debug)]
pub struct Setup {
    /// The layout.
    pub layout: Layout,
    /// Its faces.
    pub faces: Vec<Face>,
    /// The language of the texts.
    pub language: Language,
    /// Which way their lines run.
    pub axis: Axis,
}

/// Reads a layout, with one of its punctuation styles, and opens its faces. Nothing of it with an
/// error among the notes; the files it was read from in any case.
pub fn setup(files: &dyn Files, layout: &str, punctuation: &str) -> Checked<(Option<Setup>, Vec<Source>)> {
    let mut notes = Vec::new();
    let loaded = load_layout(files, layout, punctuation).take(&mut notes);
    let setup = loaded.layout.map(|(layout, specs)| {
        let faces = faces::open(files, &specs, &mut notes);
        Setup { layout, faces, language: Language::default(), axis: Axis::default() }
    });
    Checked { value: (setup.filter(|_| !any_error(&notes)), loaded.sources), notes }
}

impl Setup {
    /// A face by its id.
    ///
    /// # Errors
    /// A sentence that lists the ids there are.
    pub fn face(&self, id: &str) -> Result<FaceIdx, String> {
        let found = self.faces.iter().position(|face| face.id() == id);
        found.map(|idx| FaceIdx(idx as u16)).ok_or_else(|| {
            let ids: Vec<&str> = self.faces.iter().map(Face::id).collect();
            format!("the layout has no face `{id}`; it has {}", ids.join(", "))
        })
    }

    /// The rules of composition.
    pub fn rules(&self) -> &Composition {
        &self.layout.composition
    }

    /// A length as typed, given that an em is of [`SIZE`].
    pub fn length(&self, written: Written) -> Len {
        written.at(SIZE)
    }

    /// Prepares a paragraph of body text in one face.
    ///
    /// # Errors
    /// What the face lacks.
    pub fn para(
        &self,
        shapers: &Shapers<'_>,
        text: &str,
        face: FaceIdx,
        indent: Len,
        lexicon: &[String],
    ) -> Result<PreparedPara, Vec<Diagnostic>> {
        let body = self.layout.style("body").unwrap_or(&self.layout.styles[0].1);
        let mut style: ParaStyle = body.clone();
        style.body.size = SIZE;
        style.body.faces = vec![face];
        style.indent = Em(0);
        style.align = Align::Justify;
        let text = Text::plain(text);
        let para = Paragraph { role: Role::Body, text, source_tag: 0..0, run_in: 0..0 };
        let setting =
            Setting { language: self.language, axis: self.axis, lexicon, ..Setting::plain(&self.layout) };
        let prepared = prepare(&para, &style, &setting, shapers);
        if any_error(&prepared.notes) {
            return Err(prepared.notes);
        }
        let mut para = prepared.value;
        para.indent = indent;
        Ok(para)
    }
}
