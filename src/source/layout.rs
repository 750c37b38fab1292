//! `layouts/NAME.toml`: a house style.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::ad::{AdMarkToml, ad_mark};
use super::checks::{MakeupToml, limits};
use super::composition::{CompositionToml, composition};
use super::copyfit::{CopyfitToml, ladders};
use super::inks::{self, InkDefinitionToml, InkToml, SpotPolicy, SpotToml, SpotsToml};
use super::inline::{DropCapToml, MarkToml, RubyToml, WesternToml, drop_cap, mark, ruby, western};
use super::inset::{self, InsetsToml};
use super::jump::{JumpToml, jump};
use super::preflight::{VerdictToml, verdicts};
use super::strip::{
    Known, NameplateToml, PanelStyleToml, StripItemToml, StripRuleToml, StripToml, nameplate, panel_style,
    strip, strip_item, strip_rules,
};
use super::style::{
    AlignToml, Names, PunctuationToml, RuleToml, StyleToml, ink, para_style, rule, type_style,
};
use super::typed::{Count, Fixed, Length, Ranged, Share, SignedShare, Size};
use super::{Reader, span_of, unknown};
use crate::color::Ink;
use crate::diag::{Diagnostic, FileId, Span};
use crate::files::Place;
use crate::geom::Point;
use crate::model::checks::{CHECKS, Checks};
use crate::model::edition::{FaceSpec, SpotInks};
use crate::model::furniture::PanelStyle;
use crate::model::inset::InsetKind;
use crate::model::layout::{ColumnHeadStyle, CropMarks, Grid, HeadLine, HeadStyle, Layout, Marks, SheetSpec};
use crate::model::preflight::{Preflight, RULES};
use crate::model::style::RuleStyle;
use crate::unit::{Em, Len};

/// Paragraph styles that every layout has, because every story may need them.
const STYLES: [&str; 6] = ["body", "subhead", "byline", "source_line", "caption", "credit"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LayoutToml {
    sheet: Spanned<SheetToml>,
    grid: Spanned<GridToml>,
    faces: BTreeMap<String, FaceToml>,
    #[serde(default)]
    inks: BTreeMap<String, Spanned<InkDefinitionToml>>,
    #[serde(default)]
    spots: BTreeMap<String, SpotToml>,
    composition: CompositionToml,
    punctuation: BTreeMap<String, PunctuationToml>,
    rules: BTreeMap<String, RuleToml>,
    styles: BTreeMap<String, StyleToml>,
    #[serde(default)]
    marks: BTreeMap<String, MarkToml>,
    #[serde(default)]
    ruby: RubyToml,
    #[serde(default)]
    drop_cap: DropCapToml,
    head: HeadToml,
    column_head: ColumnHeadToml,
    #[serde(default)]
    pictures: PicturesToml,
    #[serde(default)]
    inset: InsetsToml,
    ads: Option<AdMarkToml>,
    jump: Option<JumpToml>,
    #[serde(default)]
    copyfit: CopyfitToml,
    #[serde(default)]
    spread: SpreadToml,
    #[serde(default)]
    folio: FolioToml,
    #[serde(default)]
    nameplate: BTreeMap<String, NameplateToml>,
    #[serde(default)]
    footer: BTreeMap<String, StripToml>,
    #[serde(default)]
    panel: BTreeMap<String, Spanned<PanelStyleToml>>,
    #[serde(default)]
    preflight: BTreeMap<Spanned<String>, VerdictToml>,
    #[serde(default)]
    checks: BTreeMap<Spanned<String>, VerdictToml>,
    #[serde(default)]
    makeup: MakeupToml,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct PicturesToml {
    white: Option<Fixed>,
    keyline: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SheetToml {
    width: Fixed,
    height: Fixed,
    bleed: Fixed,
    slug: Fixed,
    crop_marks: Option<CropMarksToml>,
    #[serde(default)]
    folds: Vec<Fixed>,
    spots: Option<SpotsToml>,
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GridToml {
    columns: Count,
    measure: Length,
    gutter: Length,
    column_step: Option<Share>,
    row: Fixed,
    rows: Count,
    folio_rows: Count,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FaceToml {
    file: Spanned<String>,
    shift: Option<SignedShare>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadToml {
    sizes: Spanned<Vec<Size>>,
    fill_least: Count,
    fill_most: Count,
    style: BTreeMap<String, HeadStyleToml>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadStyleToml {
    headline: HeadLineToml,
    kicker: HeadLineToml,
    deck: HeadLineToml,
    align: AlignToml,
    lines: Ranged<1, 6>,
    leading: Share,
    apart: Share,
    white_rows: Count,
    han_space: Share,
    break_space: Option<Share>,
    open_short: Option<Share>,
    bar: Option<Spanned<InkToml>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadLineToml {
    faces: Vec<Spanned<String>>,
    size: Size,
    ink: Option<Spanned<InkToml>>,
    western: Option<WesternToml>,
    lines: Option<Ranged<1, 6>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnHeadToml {
    faces: Vec<Spanned<String>>,
    size: Size,
    ink: Spanned<InkToml>,
    bar: Spanned<InkToml>,
    inset: Share,
    align: AlignToml,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct SpreadToml {
    fold_gutter: Option<Spanned<Length>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct FolioToml {
    #[serde(default, rename = "item")]
    items: Vec<StripItemToml>,
    #[serde(default, rename = "rule")]
    rules: Vec<StripRuleToml>,
}

/// Reads a layout. `press` is what the printing condition says of spot inks, which counts where the
/// layout says nothing; `wanted` is an edition's own choice of punctuation.
pub(super) fn read(
    reader: &mut Reader<'_>,
    name: &Spanned<String>,
    asked: &Span,
    press: SpotInks,
    wanted: Option<(&Spanned<String>, Span)>,
) -> Option<(Layout, Vec<FaceSpec>)> {
    let path = format!("layouts/{}.toml", name.get_ref());
    let (file, toml) = reader.parse::<LayoutToml>(Place::House, &path, Some(asked))?;
    let faces: Vec<FaceSpec> = toml
        .faces
        .iter()
        .map(|(id, face)| FaceSpec {
            id: id.clone(),
            file: face.file.get_ref().clone(),
            typed: span_of(file, &face.file),
        })
        .collect();
    if faces.is_empty() {
        reader.note(
            Diagnostic::error("face-none", "the layout has no faces")
                .at(Span::file(file))
                .help("add a `[faces]` table"),
        );
        return None;
    }
    for (id, face) in
        toml.faces.iter().filter(|(_, face)| face.shift.is_some_and(|shift| shift.0.0.abs() > 1000))
    {
        reader.note(
            Diagnostic::error("face-shift", format!("the face `{id}` is shifted by more than an em"))
                .at(span_of(file, &face.file))
                .help("a shift evens out how faces sit on a line: a few hundredths of an em"),
        );
    }
    let preflight =
        Preflight { verdicts: verdicts(reader, file, &toml.preflight, ("rule of the press", &RULES)) };
    let own = toml.sheet.get_ref().spots.map(SpotInks::from);
    let policy = SpotPolicy { spots: own.unwrap_or(press), preflight: preflight.clone() };
    let (inks, spots) = inks::read(reader, file, &toml.inks, &toml.spots, policy);
    let names = Names { file, faces: &faces, inks: &inks };
    let styles = toml
        .styles
        .iter()
        .map(|(name, style)| (name.clone(), para_style(reader, &names, style)))
        .collect::<Vec<_>>();
    for wanted in STYLES.iter().filter(|wanted| !toml.styles.contains_key(**wanted)) {
        reader.note(
            Diagnostic::error("style-missing", format!("the layout has no style `{wanted}`"))
                .at(Span::file(file))
                .help(format!("add `[styles.{wanted}]` with `faces`, `size` and `align`")),
        );
    }
    let body_style = styles.iter().find(|(name, _)| name == "body").map(|(_, style)| style.clone())?;
    let text = body_style.body.clone();
    let body = text.size;
    let marks = toml.marks.iter().map(|(name, toml)| mark(reader, &names, name, toml)).collect();
    let ruby = ruby(reader, &names, &toml.ruby, &text.faces);
    let drop_cap = drop_cap(reader, &names, &toml.drop_cap, &text.faces);
    let rules = toml.rules.iter().map(|(name, toml)| rule(reader, &names, name, toml)).collect::<Vec<_>>();
    let folio_rules = strip_rules(reader, file, &toml.folio.rules, &rules);
    let picture_keyline =
        toml.pictures.keyline.as_ref().and_then(|name| rule_named(reader, file, name, &rules));
    let style = |name: &str| {
        let own = styles.iter().find(|(own, _)| own == name);
        own.map_or(&body_style, |(_, style)| style).clone()
    };
    let (quote, boxed) = (toml.inset.quote.as_ref(), toml.inset.boxed.as_ref());
    let quote = inset::style(reader, &names, quote, InsetKind::Quote, &rules, style);
    let inset_box = inset::style(reader, &names, boxed, InsetKind::Box, &rules, style);
    let sheet = sheet(reader, &names, &toml.sheet);
    let credit = styles.iter().find(|(name, _)| name == "credit").map(|(_, style)| style);
    let ad_mark = ad_mark(reader, &names, toml.ads.as_ref(), credit);
    let jump = toml.jump.as_ref().map(|toml| jump(reader, file, &names, toml));
    let grid = grid(reader, file, &toml.grid, body, &sheet);
    let fold_gutter = grid.as_ref().and_then(|grid| fold_gutter(reader, file, &toml.spread, grid, &sheet));
    let composition = composition(reader, file, &toml.composition, &toml.punctuation, wanted);
    let head_sizes = head_sizes(reader, file, &toml.head.sizes);
    let heads = toml.head.style.iter().map(|(name, style)| head_style(reader, &names, name, style)).collect();
    let column_head = ColumnHeadStyle {
        body: type_style(
            reader,
            &names,
            &toml.column_head.faces,
            toml.column_head.size.0,
            Some(&toml.column_head.ink),
        ),
        bar: ink(reader, &names, Some(&toml.column_head.bar)),
        inset: toml.column_head.inset.0,
        align: toml.column_head.align.into(),
    };
    let folio = toml.folio.items.iter().map(|item| strip_item(reader, &names, item)).collect();
    let known = Known { names: &names, rules: &rules, styles: &styles, row: toml.grid.get_ref().row.0 };
    let panels: Vec<PanelStyle> =
        toml.panel.iter().filter_map(|(name, toml)| panel_style(reader, &known, name, toml)).collect();
    let nameplates =
        toml.nameplate.iter().map(|(name, toml)| nameplate(reader, &known, &panels, name, toml)).collect();
    let footers = toml.footer.iter().map(|(name, toml)| strip(reader, &known, name, toml)).collect();
    let (ladders, ladder) = ladders(reader, file, &toml.copyfit);
    let layout = Layout {
        name: name.get_ref().clone(),
        sheet,
        spots,
        grid: grid?,
        shifts: toml.faces.values().map(|face| face.shift.map_or(Em(0), |shift| shift.0)).collect(),
        composition: composition?,
        styles,
        marks,
        ruby,
        drop_cap,
        head_sizes,
        head_fill: (toml.head.fill_least.0, toml.head.fill_most.0),
        heads,
        column_head,
        picture_white: toml.pictures.white.map_or(Len::ZERO, |white| white.0.min(body)),
        picture_keyline,
        jump,
        ladders,
        ladder,
        quote,
        inset_box,
        ad_mark: ad_mark?,
        rules,
        fold_gutter,
        folio,
        folio_rules,
        nameplates,
        footers,
        panels,
        preflight,
        checks: Checks {
            verdicts: verdicts(reader, file, &toml.checks, ("rule of make-up", &CHECKS)),
            limits: limits(reader, file, &toml.makeup),
        },
    };
    Some((layout, faces))
}

/// Least width of a page between folds.
const LEAST_PAGE: Len = Len::mm(20);
/// Least side of a page whose targets and patches keep off one another.
const MARKED_PAGE: Len = Len::mm(120);

fn sheet(reader: &mut Reader<'_>, names: &Names<'_>, toml: &Spanned<SheetToml>) -> SheetSpec {
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

fn grid(
    reader: &mut Reader<'_>,
    file: FileId,
    toml: &Spanned<GridToml>,
    em: Len,
    sheet: &SheetSpec,
) -> Option<Grid> {
    let raw = toml.get_ref();
    let mut grid = Grid {
        em,
        columns: raw.columns.0,
        measure: raw.measure.at(em),
        gutter: raw.gutter.at(em),
        column_step: raw.column_step.map_or(Em::ONE, |step| step.0).at(em),
        row: raw.row.0,
        rows: raw.rows.0,
        folio_rows: raw.folio_rows.0,
        origin: Point::default(),
        baseline: Len::ZERO,
        fold: None,
    };
    let counts = grid.columns >= 1 && grid.rows >= 1 && grid.folio_rows < grid.rows;
    let steps = [Em::ONE, Em::HALF].map(|step| step.at(em));
    let lengths =
        grid.measure >= em && grid.gutter >= Len::ZERO && grid.row >= em && steps.contains(&grid.column_step);
    if !counts || !lengths {
        reader.note(
            Diagnostic::error("grid", "the grid is not one that type can stand on")
                .at(span_of(file, toml))
                .help("1 to 1000 columns and rows, a measure of at least an em, rows at least as high as the body type, a `column_step` of 1em or 0.5em"),
        );
        return None;
    }
    let area = grid.type_area();
    if area.width > sheet.width || area.height > sheet.height {
        reader.note(
            Diagnostic::error(
                "grid",
                format!("the type area of {} x {} is larger than the trimmed page", area.width, area.height),
            )
            .at(span_of(file, toml))
            .help("fewer columns or rows, a smaller measure or gutter, or a larger sheet"),
        );
        return None;
    }
    grid.origin = Point { x: (sheet.width - area.width).half(), y: (sheet.height - area.height).half() };
    // The em box stands in the middle of its row; ideographs stand 0.88 em over the baseline.
    grid.baseline = (grid.row - em).half() + Em(880).at(em);
    Some(grid)
}

/// The gutter over the fold of a spread, where the layout says how wide it is.
fn fold_gutter(
    reader: &mut Reader<'_>,
    file: FileId,
    toml: &SpreadToml,
    grid: &Grid,
    sheet: &SheetSpec,
) -> Option<Len> {
    let typed = toml.fold_gutter.as_ref()?;
    let gutter = typed.get_ref().at(grid.em);
    let most = (sheet.width - grid.width()).times(2);
    if gutter < grid.gutter || gutter > most {
        reader.note(
            Diagnostic::error(
                "spread-gutter",
                format!("a fold gutter of {gutter} does not fit the sheets of a spread"),
            )
            .at(span_of(file, typed))
            .help(format!(
                "write {} to {most}, or leave it out: then it is what the margins are",
                grid.gutter
            )),
        );
    }
    Some(gutter)
}

fn head_sizes(reader: &mut Reader<'_>, file: FileId, toml: &Spanned<Vec<Size>>) -> Vec<Len> {
    let mut sizes: Vec<Len> = toml.get_ref().iter().map(|size| size.0).collect();
    sizes.sort_unstable();
    sizes.dedup();
    if sizes.is_empty() {
        reader.note(
            Diagnostic::error("head-sizes", "the list of headline sizes is empty")
                .at(span_of(file, toml))
                .help("name at least one, such as `sizes = [\"24pt\"]`"),
        );
    }
    sizes
}

/// Lines that a deck may take if its style does not say.
const MOST_DECK_LINES: u16 = 2;

fn head_style(reader: &mut Reader<'_>, names: &Names<'_>, name: &str, toml: &HeadStyleToml) -> HeadStyle {
    let line = |reader: &mut Reader<'_>, line: &HeadLineToml, most: u16| {
        let mut body = type_style(reader, names, &line.faces, line.size.0, line.ink.as_ref());
        body.western = line.western.as_ref().map(|toml| western(reader, names, toml));
        if line.ink.is_none() && toml.bar.is_some() {
            body.ink = Ink::PAPER;
        }
        HeadLine { body, lines: line.lines.map_or(most, |lines| lines.0) }
    };
    HeadStyle {
        name: name.to_owned(),
        headline: line(reader, &toml.headline, toml.lines.0),
        kicker: line(reader, &toml.kicker, 1),
        deck: line(reader, &toml.deck, MOST_DECK_LINES),
        align: toml.align.into(),
        leading: toml.leading.0,
        apart: toml.apart.0,
        white_rows: toml.white_rows.0,
        han_space: toml.han_space.0,
        break_space: toml.break_space.map_or(Em(0), |space| space.0),
        open_short: toml.open_short.map_or(Em(0), |space| space.0),
        bar: toml.bar.as_ref().map(|bar| ink(reader, names, Some(bar))),
    }
}

/// A rule of the layout by its name.
pub(super) fn rule_named(
    reader: &mut Reader<'_>,
    file: FileId,
    name: &Spanned<String>,
    rules: &[RuleStyle],
) -> Option<usize> {
    let found = rules.iter().position(|rule| rule.name == *name.get_ref());
    if found.is_none() {
        reader.note(unknown(
            "rule",
            name.get_ref(),
            rules.iter().map(|rule| &rule.name),
            span_of(file, name),
        ));
    }
    found
}
