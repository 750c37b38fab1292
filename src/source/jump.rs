//! `[jump]` of a layout: the lines that send a reader to another page and take them up there.

use serde::Deserialize;
use toml::Spanned;

use super::inks::InkToml;
use super::style::{AlignToml, Names, type_style};
use super::typed::{Count, Size};
use super::{Reader, span_of};
use crate::diag::{Diagnostic, FileId};
use crate::model::layout::JumpStyle;

/// Rows before and after a jump that a reader does not mind, if the layout does not say
/// (product design: 24 and 36 lines of 13 字).
const ROWS: (u16, u16) = (24, 36);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct JumpToml {
    to: Spanned<String>,
    from: Spanned<String>,
    faces: Vec<Spanned<String>>,
    size: Size,
    ink: Option<Spanned<InkToml>>,
    #[serde(default = "right")]
    to_align: AlignToml,
    #[serde(default = "left")]
    from_align: AlignToml,
    rows_before: Option<Count>,
    rows_after: Option<Count>,
}

fn right() -> AlignToml {
    AlignToml::Right
}

fn left() -> AlignToml {
    AlignToml::Left
}

/// How stories jump.
pub(super) fn jump(reader: &mut Reader<'_>, file: FileId, names: &Names<'_>, toml: &JumpToml) -> JumpStyle {
    for text in [&toml.to, &toml.from] {
        if !text.get_ref().contains("{page_no}") {
            reader.note(
                Diagnostic::error("jump-line", "a jump line that does not say the page leads nowhere")
                    .at(span_of(file, text))
                    .help("put `{page_no}` into it, such as `下转第{page_no}版`"),
            );
        }
    }
    JumpStyle {
        to: toml.to.get_ref().clone(),
        from: toml.from.get_ref().clone(),
        body: type_style(reader, names, &toml.faces, toml.size.0, toml.ink.as_ref()),
        to_align: toml.to_align.into(),
        from_align: toml.from_align.into(),
        rows_before: toml.rows_before.map_or(ROWS.0, |rows| rows.0),
        rows_after: toml.rows_after.map_or(ROWS.1, |rows| rows.0),
    }
}
