//! Opens the faces that a layout names.

use rayon::prelude::*;

use crate::diag::Diagnostic;
use crate::files::{Files, Place};
use crate::font::Face;
use crate::model::edition::FaceSpec;
use crate::source;

/// Opens the layout's faces in parallel; only the tables that shaping needs are read.
pub fn open(files: &dyn Files, specs: &[FaceSpec], notes: &mut Vec<Diagnostic>) -> Vec<Face> {
    let opened: Vec<Result<Face, Diagnostic>> = specs
        .par_iter()
        .map(|spec| {
            let path = format!("fonts/{}", spec.file);
            let blob = files
                .open(Place::House, &path)
                .map_err(|error| source::unreadable(&path, &error, Some(&spec.typed)))?;
            Face::read(&spec.id, blob).map_err(|error| {
                Diagnostic::error("font", format!("cannot use `{path}`: {error}"))
                    .at(spec.typed.clone())
                    .help("name an OpenType or TrueType font file under `fonts/`")
            })
        })
        .collect();
    let mut faces = Vec::new();
    for face in opened {
        match face {
            Ok(face) => faces.push(face),
            Err(note) => notes.push(note),
        }
    }
    faces
}
