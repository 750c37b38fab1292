//! `[sheet]` of a layout: the paper, and what is printed outside its trim.

use serde::Deserialize;
use toml::Spanned;

use super::inks::SpotsToml;
use super::style::{Names, type_style};
use super::typed::{Fixed, Size};
use super::{Reader, span_of};
use crate::diag::Diagnostic;
use crate::model::layout::{CropMarks, Marks, SheetSpec};
use crate::unit::Len;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SheetToml {
    width: Fixed,
    height: Fixed,
    bleed: Fixed,
    slug: Fixed,
    crop_marks: Option<CropMarksToml>,
    #[serde(default)]
    folds: Vec<Fixed>,
    pub(super) spots: Option<SpotsToml>,
    #[serde(default)]
    marks: MarksToml,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct MarksToml {
    #[serde(default)]
    register: bool,
    #[serde(default)]
    patches: bool,
    slug_line: Option<SlugLineToml>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SlugLineToml {
    faces: Vec<Spanned<String>>,
    size: Size,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CropMarksToml {
    offset: Fixed,
    length: Fixed,
    weight: Fixed,
}

/// Least width of a page between folds.
const LEAST_PAGE: Len = Len::mm(20);
/// Least side of a page whose targets and patches keep off one another.
const MARKED_PAGE: Len = Len::mm(120);

/// The sheet, which is one that a press can print and trim.
pub(super) fn sheet(reader: &mut Reader<'_>, names: &Names<'_>, toml: &Spanned<SheetToml>) -> SheetSpec {
    let sheet = toml.get_ref();
    let spec = SheetSpec {
        width: sheet.width.0,
        height: sheet.height.0,
        bleed: sheet.bleed.0,
        slug: sheet.slug.0,
        crop_marks: sheet.crop_marks.as_ref().map(|marks| CropMarks {
            offset: marks.offset.0,
            length: marks.length.0,
            weight: marks.weight.0,
        }),
        folds: sheet.folds.iter().map(|fold| fold.0).collect(),
        marks: Marks {
            register: sheet.marks.register,
            patches: sheet.marks.patches,
            slug_line: sheet
                .marks
                .slug_line
                .as_ref()
                .map(|line| type_style(reader, names, &line.faces, line.size.0, None)),
        },
    };
    let marks = spec.crop_marks.as_ref().map_or(Len::ZERO, |marks| marks.offset + marks.length);
    let edges = [&[Len::ZERO], &spec.folds[..], &[spec.width]].concat();
    let pages_least = edges.windows(2).map(|page| page[1] - page[0]).min().unwrap_or(spec.width);
    let (near, far) = spec.band();
    let (band, squares) = (far - near, spec.marks.register || spec.marks.patches);
    let limits = [
        (spec.width >= Len::mm(20) && spec.height >= Len::mm(20), "a page is at least 20 mm wide and high"),
        (spec.width <= Len::mm(2000) && spec.height <= Len::mm(2000), "a page is at most 2 m wide and high"),
        (
            spec.bleed >= Len::ZERO && spec.bleed <= spec.slug && spec.slug <= Len::mm(100),
            "bleed lies inside the slug, and the slug is at most 100 mm",
        ),
        (marks <= spec.slug, "crop marks lie inside the slug"),
        (
            spec.crop_marks.as_ref().is_none_or(|marks| marks.offset >= spec.bleed),
            "crop marks keep off the bleed",
        ),
        (pages_least >= LEAST_PAGE, "folds ascend, inside the sheet, and leave 20 mm and more for each page"),
        (
            spec.folds.is_empty() || spec.crop_marks.is_some(),
            "fold marks take their measures from `crop_marks`",
        ),
        (
            !squares || band >= SheetSpec::MARK && pages_least.min(spec.height) >= MARKED_PAGE,
            "register targets and patches need 6 mm of slug outside the bleed and pages of 120 mm",
        ),
        (
            spec.marks.slug_line.as_ref().is_none_or(|line| line.size <= band),
            "the slug line lies inside the slug, a millimetre off the bleed",
        ),
    ];
    for (_, rule) in limits.iter().filter(|(kept, _)| !kept) {
        reader.note(
            Diagnostic::error("sheet", *rule)
                .at(span_of(names.file, toml))
                .help("change `width`, `height`, `bleed`, `slug`, `folds`, `crop_marks` or `marks`"),
        );
    }
    spec
}
