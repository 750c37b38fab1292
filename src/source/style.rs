//! Styles of a layout file: faces and inks by their names, type, Western type in it, paragraphs.

use serde::Deserialize;
use toml::Spanned;

use super::inks::{InkToml, Inks};
use super::typed::{Ranged, Share, SignedShare, Size};
use super::{Reader, span_of, unknown};
use crate::color::Ink;
use crate::diag::{Diagnostic, FileId};
use crate::model::edition::FaceSpec;
use crate::model::style::{Align, FaceIdx, ParaStyle, TypeStyle, Western};
use crate::unit::{Em, Len};

/// What a style of a layout may refer to.
pub(super) struct Names<'a> {
    pub(super) file: FileId,
    pub(super) faces: &'a [FaceSpec],
    pub(super) inks: &'a Inks,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub(super) enum AlignToml {
    Justify,
    Left,
    Centre,
    Right,
}

impl From<AlignToml> for Align {
    fn from(toml: AlignToml) -> Self {
        match toml {
            AlignToml::Justify => Self::Justify,
            AlignToml::Left => Self::Left,
            AlignToml::Centre => Self::Centre,
            AlignToml::Right => Self::Right,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StyleToml {
    faces: Vec<Spanned<String>>,
    size: Size,
    ink: Option<Spanned<InkToml>>,
    align: AlignToml,
    indent: Option<Share>,
    source_tag: Option<Vec<Spanned<String>>>,
    run_in: Option<Vec<Spanned<String>>>,
    han_space: Option<Share>,
    rows: Option<Ranged<1, 20>>,
    tracking: Option<SignedShare>,
    western: Option<WesternToml>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WesternToml {
    faces: Vec<Spanned<String>>,
    size: Option<Share>,
    raise: Option<SignedShare>,
}

/// A named ink; black without a name.
pub(super) fn ink(reader: &mut Reader<'_>, names: &Names<'_>, toml: Option<&Spanned<InkToml>>) -> Ink {
    names.inks.find(reader, names.file, toml)
}

/// A chain of named faces: the first that has a character sets it.
pub(super) fn faces(reader: &mut Reader<'_>, names: &Names<'_>, toml: &[Spanned<String>]) -> Vec<FaceIdx> {
    let mut chain = Vec::new();
    for name in toml {
        match names.faces.iter().position(|face| face.id == *name.get_ref()) {
            Some(idx) => chain.push(FaceIdx(idx as u16)),
            None => reader.note(unknown(
                "face",
                name.get_ref(),
                names.faces.iter().map(|face| &face.id),
                span_of(names.file, name),
            )),
        }
    }
    if chain.is_empty() {
        // Already an error, here or where the list is empty in the file.
        if toml.is_empty() {
            reader.note(
                Diagnostic::error("face-none", "a style needs a face")
                    .at(crate::diag::Span::file(names.file))
                    .help("name at least one, such as `faces = [\"song\"]`"),
            );
        }
        chain.push(FaceIdx(0));
    }
    chain
}

/// A face chain at a size in an ink.
pub(super) fn type_style(
    reader: &mut Reader<'_>,
    names: &Names<'_>,
    chain: &[Spanned<String>],
    size: Len,
    named: Option<&Spanned<InkToml>>,
) -> TypeStyle {
    TypeStyle { faces: faces(reader, names, chain), size, ink: ink(reader, names, named), western: None }
}

/// Western type of a style.
pub(super) fn western(reader: &mut Reader<'_>, names: &Names<'_>, toml: &WesternToml) -> Western {
    Western {
        faces: faces(reader, names, &toml.faces),
        size: toml.size.map_or(Em::ONE, |size| size.0),
        raise: toml.raise.map_or(Em(0), |raise| raise.0),
    }
}

/// A paragraph style.
pub(super) fn para_style(reader: &mut Reader<'_>, names: &Names<'_>, toml: &StyleToml) -> ParaStyle {
    let mut body = type_style(reader, names, &toml.faces, toml.size.0, toml.ink.as_ref());
    body.western = toml.western.as_ref().map(|toml| western(reader, names, toml));
    let chain = |reader: &mut Reader<'_>, chain: &Option<Vec<Spanned<String>>>| match chain {
        Some(chain) => faces(reader, names, chain),
        None => body.faces.clone(),
    };
    ParaStyle {
        source_tag: chain(reader, &toml.source_tag),
        run_in: chain(reader, &toml.run_in),
        align: toml.align.into(),
        indent: toml.indent.map_or(Em(0), |share| share.0),
        han_space: toml.han_space.map(|share| share.0),
        rows: toml.rows.map_or(1, |rows| rows.0),
        tracking: toml.tracking.map_or(Em(0), |share| share.0),
        body,
    }
}
