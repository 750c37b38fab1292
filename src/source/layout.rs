//! `layouts/NAME.toml`: a house style, put together from its parts.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::ad::{AdMarkToml, ad_mark};
use super::checks::{MakeupToml, limits};
use super::composition::{CompositionToml, composition};
use super::copyfit::{CopyfitToml, ladders};
use super::grid::{GridToml, SpreadToml, fold_gutter, grid};
use super::head::{HeadToml, head_sizes, head_style};
use super::inks::{self, InkDefinitionToml, InkToml, SpotPolicy, SpotToml};
use super::inline::{DropCapToml, MarkToml, RubyToml, drop_cap, mark, ruby};
use super::inset::{self, InsetsToml};
use super::jump::{JumpToml, jump};
use super::preflight::{VerdictToml, verdicts};
use super::punctuation::PunctuationToml;
use super::rule::{RuleToml, rule, rule_named};
use super::sheet::{SheetToml, sheet};
use super::strip::{
    Known, NameplateToml, PanelStyleToml, StripItemToml, StripRuleToml, StripToml, nameplate, panel_style,
    strip, strip_item, strip_rules,
};
use super::style::{AlignToml, Names, StyleToml, ink, para_style, type_style};
use super::typed::{Fixed, Share, SignedShare, Size};
use super::{Reader, span_of};
use crate::diag::{Diagnostic, Span};
use crate::files::Place;
use crate::model::checks::{CHECKS, Checks};
use crate::model::edition::{FaceSpec, SpotInks};
use crate::model::furniture::PanelStyle;
use crate::model::inset::InsetKind;
use crate::model::layout::{ColumnHeadStyle, Layout};
use crate::model::preflight::{Preflight, RULES};
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
struct FaceToml {
    file: Spanned<String>,
    shift: Option<SignedShare>,
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
    let heads =
        toml.head.style.iter().map(|(name, style)| head_style(reader, &names, name, style, body)).collect();
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
