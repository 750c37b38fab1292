//! Whether the faces of a page may be embedded in what leaves the house.

use std::collections::BTreeSet;

use crate::diag::Diagnostic;
use crate::font::{Embedding, Face, FaceIdx};
use crate::page::set::TextLine;

/// What the makers of the faces of some lines forbid (OpenType, `OS/2` fsType; ISO 15930, fonts).
pub(super) fn licence_rules<'l>(
    lines: impl Iterator<Item = &'l TextLine>,
    faces: &[Face],
) -> Vec<Diagnostic> {
    let used: BTreeSet<FaceIdx> =
        lines.flat_map(|line| line.runs.iter().chain(&line.beside)).map(|run| run.face).collect();
    let used = used.into_iter().filter_map(|face| faces.get(usize::from(face.0)));
    used.filter_map(|face| {
        let forbidden = match face.metrics().embedding {
            Embedding::Allowed => return None,
            Embedding::Forbidden => "embedded",
            Embedding::WholeOnly => "cut down to what is printed",
        };
        let message = format!("the face `{}` may not be {forbidden}, says its maker (fsType)", face.id());
        Some(
            Diagnostic::unfit("FONT-17", message)
                .help("use a face whose licence allows it, or ask its maker"),
        )
    })
    .collect()
}
