//! `[checks]` and `[makeup]` of a layout: what the house makes of each rule of make-up and form, and
//! where its limits are.

use serde::Deserialize;
use toml::Spanned;

use super::typed::{Fixed, Ranged};
use super::{Reader, span_of, unknown};
use crate::diag::FileId;
use crate::model::checks::{ImprintItem, Limits};

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct MakeupToml {
    head_step: Option<Ranged<100, 1000>>,
    dominant: Option<Ranged<100, 10_000>>,
    grey_depth: Option<Fixed>,
    grey_width: Option<Fixed>,
    imprint: Option<Vec<Spanned<String>>>,
}

/// The limits of a layout; what it leaves out is as usual.
pub(super) fn limits(reader: &mut Reader<'_>, file: FileId, toml: &MakeupToml) -> Limits {
    let usual = Limits::default();
    let imprint = toml.imprint.as_ref().map(|names| imprint(reader, file, names));
    Limits {
        head_step: toml.head_step.map_or(usual.head_step, |percent| percent.0),
        dominant: toml.dominant.map_or(usual.dominant, |percent| percent.0),
        grey_depth: toml.grey_depth.map_or(usual.grey_depth, |depth| depth.0),
        grey_width: toml.grey_width.map_or(usual.grey_width, |width| width.0),
        imprint: imprint.unwrap_or(usual.imprint),
    }
}

fn imprint(reader: &mut Reader<'_>, file: FileId, names: &[Spanned<String>]) -> Vec<ImprintItem> {
    let mut wanted = Vec::new();
    for name in names {
        match ImprintItem::ALL.into_iter().find(|item| item.key() == name.get_ref()) {
            Some(item) => wanted.push(item),
            None => {
                let known = ImprintItem::ALL.iter().map(|item| item.key());
                reader.note(unknown("item of the imprint", name.get_ref(), known, span_of(file, name)));
            }
        }
    }
    wanted
}
