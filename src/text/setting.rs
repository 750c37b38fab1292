//! What a paragraph is set by: the layout, the language, which way lines run.

use crate::geom::Axis;
use crate::model::layout::Layout;
use crate::model::story::Story;
use crate::model::style::{Composition, Language};

/// What a paragraph is set by besides its own style.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The layout: rules of composition, marks, ruby.
    pub layout: &'a Layout,
    /// The language.
    pub language: Language,
    /// Which way lines run.
    pub axis: Axis,
    /// Names and terms to keep together.
    pub lexicon: &'a [String],
    /// Lines that the first character is as high as, if it is a drop cap.
    pub drop_cap: Option<u16>,
}

impl<'a> Setting<'a> {
    /// Lines across, in simplified Chinese, with no names to keep together: for furniture.
    pub fn plain(layout: &'a Layout) -> Self {
        Self { layout, language: Language::default(), axis: Axis::default(), lexicon: &[], drop_cap: None }
    }

    /// Lines across for a story.
    pub fn of(story: &'a Story, layout: &'a Layout) -> Self {
        Self { language: story.language, lexicon: &story.lexicon, ..Self::plain(layout) }
    }

    /// The rules of composition.
    pub fn composition(&self) -> &'a Composition {
        &self.layout.composition
    }
}
