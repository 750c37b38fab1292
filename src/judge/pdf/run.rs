//! A content stream being run: what it is judged with, and how far it has come.

use super::canvas::Canvas;
use super::geometry::Matrix;
use super::judging::Judging;
use super::object::{Dict, Object, shown};
use super::path::Path;
use super::state::State;

/// One stream being run.
pub(super) struct Run<'r, 'a> {
    pub(super) judging: &'r mut Judging<'a>,
    pub(super) canvas: &'r mut Canvas,
    pub(super) resources: &'a Dict,
    pub(super) state: State,
    pub(super) path: Path,
    /// The text matrix, and where its line began.
    pub(super) text: Matrix,
    pub(super) line: Matrix,
    /// Whether it is between BT and ET.
    pub(super) in_text: bool,
    /// States that were put aside.
    pub(super) kept: Vec<State>,
    /// Streams that run one another.
    pub(super) depth: usize,
}

impl<'a> Run<'_, 'a> {
    /// What a name of the resources stands for.
    pub(super) fn resource(&mut self, kind: &str, name: &str) -> Option<&'a Object> {
        let pdf = self.judging.pdf;
        let found = pdf.dict_or_none(self.resources, kind).raw(name);
        if found.is_none_or(|object| *pdf.resolve(object) == Object::Null) {
            let message = format!("{kind} {} is not in the resources", shown(name));
            self.judging.findings.add("COL-10", message);
            return None;
        }
        found
    }
}
