//! `[folio]`, `[nameplate.NAME]`, `[footer.NAME]` and `[panel.NAME]` of a layout.

use serde::Deserialize;
use toml::Spanned;

use super::inks::InkToml;
use super::rule::rule_named;
use super::style::{AlignToml, Names, ink, type_style};
use super::typed::{Count, Fixed, Length, Ordinal, Share, Size};
use super::{Reader, span_of, unknown};
use crate::diag::{Diagnostic, FileId, Span};
use crate::geom::Rect;
use crate::model::furniture::{
    Ear, Nameplate, PanelStyle, PanelTitle, Stand, Strip, StripBox, StripItem, StripPlace, StripRule,
    StripRun,
};
use crate::model::style::{Align, ParaStyle, RuleStyle};
use crate::unit::{Em, Len};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StripItemToml {
    text: String,
    faces: Vec<Spanned<String>>,
    size: Size,
    ink: Option<Spanned<InkToml>>,
    place: StripPlaceToml,
    inset: Option<Fixed>,
    baseline: Fixed,
    left: Option<Fixed>,
    width: Option<Fixed>,
    apart: Option<Share>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum StripPlaceToml {
    Outer,
    Centre,
    Inner,
    Left,
    Right,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StripRuleToml {
    rule: Spanned<String>,
    top: Fixed,
    left: Option<Fixed>,
    width: Option<Fixed>,
    height: Option<Fixed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StripToml {
    rows: Ordinal,
    #[serde(default, rename = "item")]
    items: Vec<StripItemToml>,
    #[serde(default, rename = "rule")]
    rules: Vec<StripRuleToml>,
    #[serde(default, rename = "box")]
    boxes: Vec<StripBoxToml>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NameplateToml {
    rows: Ordinal,
    #[serde(default, rename = "item")]
    items: Vec<StripItemToml>,
    #[serde(default, rename = "rule")]
    rules: Vec<StripRuleToml>,
    #[serde(default, rename = "box")]
    boxes: Vec<StripBoxToml>,
    #[serde(default)]
    ear: EarPlacesToml,
    art: Option<PlaceToml>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StripBoxToml {
    left: Fixed,
    top: Fixed,
    width: Fixed,
    height: Fixed,
    frame: Option<Spanned<String>>,
    ground: Option<Spanned<InkToml>>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(deny_unknown_fields)]
struct PlaceToml {
    left: Fixed,
    top: Fixed,
    width: Fixed,
    height: Fixed,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct EarPlacesToml {
    left: Option<EarPlaceToml>,
    right: Option<EarPlaceToml>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EarPlaceToml {
    panel: Spanned<String>,
    left: Fixed,
    top: Fixed,
    width: Fixed,
    height: Fixed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PanelStyleToml {
    frame: Option<Spanned<String>>,
    ground: Option<Spanned<InkToml>>,
    inset: Option<Length>,
    #[serde(default)]
    rows: Count,
    title: PanelTitleToml,
    style: Option<Spanned<String>>,
    value: Option<ValueToml>,
    leading: Option<Fixed>,
    #[serde(default)]
    stand: StandToml,
    #[serde(default)]
    leader: String,
    page: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PanelTitleToml {
    faces: Vec<Spanned<String>>,
    size: Size,
    ink: Option<Spanned<InkToml>>,
    bar: Option<Spanned<InkToml>>,
    align: Option<AlignToml>,
    rows: Option<Ordinal>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ValueToml {
    faces: Vec<Spanned<String>>,
    size: Option<Size>,
    ink: Option<Spanned<InkToml>>,
}

#[derive(Deserialize, Clone, Copy, Default)]
#[serde(rename_all = "lowercase")]
enum StandToml {
    #[default]
    Top,
    Middle,
    Spread,
}

/// How another page is named where a panel does not say.
const PAGE: &str = "{page_no}版";

/// What strips and panels of a layout may refer to.
pub(super) struct Known<'a> {
    pub(super) names: &'a Names<'a>,
    pub(super) rules: &'a [RuleStyle],
    pub(super) styles: &'a [(String, ParaStyle)],
    /// Height of a row.
    pub(super) row: Len,
}

/// Something said in a strip.
pub(super) fn strip_item(reader: &mut Reader<'_>, names: &Names<'_>, toml: &StripItemToml) -> StripItem {
    StripItem {
        text: toml.text.clone(),
        body: type_style(reader, names, &toml.faces, toml.size.0, toml.ink.as_ref()),
        place: match toml.place {
            StripPlaceToml::Outer => StripPlace::Outer,
            StripPlaceToml::Centre => StripPlace::Centre,
            StripPlaceToml::Inner => StripPlace::Inner,
            StripPlaceToml::Left => StripPlace::Left,
            StripPlaceToml::Right => StripPlace::Right,
        },
        inset: toml.inset.map_or(Len::ZERO, |inset| inset.0),
        baseline: toml.baseline.0,
        room: toml.width.map(|width| (toml.left.map_or(Len::ZERO, |left| left.0), width.0)),
        apart: toml.apart.map_or(Em(0), |apart| apart.0),
    }
}

/// The rules of a strip.
pub(super) fn strip_rules(
    reader: &mut Reader<'_>,
    file: FileId,
    toml: &[StripRuleToml],
    rules: &[RuleStyle],
) -> Vec<StripRule> {
    let placed = toml.iter().filter_map(|line| {
        Some(StripRule {
            rule: rule_named(reader, file, &line.rule, rules)?,
            left: line.left.map_or(Len::ZERO, |left| left.0),
            top: line.top.0,
            run: match (line.width, line.height) {
                (_, Some(height)) => StripRun::Down(height.0),
                (Some(width), None) => StripRun::Across(width.0),
                (None, None) => StripRun::ToTheRight,
            },
        })
    });
    placed.collect()
}

/// A footer.
pub(super) fn strip(reader: &mut Reader<'_>, known: &Known<'_>, name: &str, toml: &StripToml) -> Strip {
    Strip {
        name: name.to_owned(),
        rows: toml.rows.0,
        items: toml.items.iter().map(|item| strip_item(reader, known.names, item)).collect(),
        rules: strip_rules(reader, known.names.file, &toml.rules, known.rules),
        boxes: toml.boxes.iter().filter_map(|toml| strip_box(reader, known, toml)).collect(),
    }
}

fn strip_box(reader: &mut Reader<'_>, known: &Known<'_>, toml: &StripBoxToml) -> Option<StripBox> {
    let frame = match &toml.frame {
        Some(name) => Some(rule_named(reader, known.names.file, name, known.rules)?),
        None => None,
    };
    Some(StripBox {
        rect: Rect::new(toml.left.0, toml.top.0, toml.width.0, toml.height.0),
        frame,
        ground: toml.ground.as_ref().map(|name| ink(reader, known.names, Some(name))),
    })
}

/// A nameplate.
pub(super) fn nameplate(
    reader: &mut Reader<'_>,
    known: &Known<'_>,
    panels: &[PanelStyle],
    name: &str,
    toml: &NameplateToml,
) -> Nameplate {
    let mut ear = |toml: &Option<EarPlaceToml>| {
        let toml = toml.as_ref()?;
        let wanted = toml.panel.get_ref();
        let Some(panel) = panels.iter().position(|panel| panel.name == *wanted) else {
            let names = panels.iter().map(|panel| &panel.name);
            reader.note(unknown("panel", wanted, names, span_of(known.names.file, &toml.panel)));
            return None;
        };
        Some(Ear { rect: Rect::new(toml.left.0, toml.top.0, toml.width.0, toml.height.0), panel })
    };
    let ears = [ear(&toml.ear.left), ear(&toml.ear.right)];
    Nameplate {
        strip: Strip {
            name: name.to_owned(),
            rows: toml.rows.0,
            items: toml.items.iter().map(|item| strip_item(reader, known.names, item)).collect(),
            rules: strip_rules(reader, known.names.file, &toml.rules, known.rules),
            boxes: toml.boxes.iter().filter_map(|toml| strip_box(reader, known, toml)).collect(),
        },
        ears,
        art: toml.art.map(|art| Rect::new(art.left.0, art.top.0, art.width.0, art.height.0)),
    }
}

/// A panel's look.
pub(super) fn panel_style(
    reader: &mut Reader<'_>,
    known: &Known<'_>,
    name: &str,
    toml: &Spanned<PanelStyleToml>,
) -> Option<PanelStyle> {
    let (names, at) = (known.names, span_of(known.names.file, toml));
    let toml = toml.get_ref();
    let frame = match &toml.frame {
        Some(name) => Some(rule_named(reader, names.file, name, known.rules)?),
        None => None,
    };
    let wanted = toml.style.as_ref().map_or("body", |name| name.get_ref());
    let Some(style) = known.styles.iter().position(|(own, _)| own == wanted) else {
        let at = toml.style.as_ref().map_or_else(|| Span::file(names.file), |name| span_of(names.file, name));
        reader.note(unknown("style", wanted, known.styles.iter().map(|(name, _)| name), at));
        return None;
    };
    let text = &known.styles[style].1.body;
    let leading = toml.leading.map_or(known.row, |leading| leading.0);
    if leading < text.size {
        reader.note(
            Diagnostic::error("panel-leading", format!("the lines of the panel `{name}` lie on one another"))
                .at(at)
                .help(format!("its type is {}: a `leading` of as much or more", text.size)),
        );
        return None;
    }
    let value = match &toml.value {
        None => text.clone(),
        Some(value) => {
            let size = value.size.map_or(text.size, |size| size.0);
            let mut body = type_style(reader, names, &value.faces, size, value.ink.as_ref());
            if value.ink.is_none() {
                body.ink = text.ink;
            }
            body
        }
    };
    Some(PanelStyle {
        name: name.to_owned(),
        frame,
        ground: toml.ground.as_ref().map(|name| ink(reader, names, Some(name))),
        inset: toml.inset.map_or(Len::ZERO, |inset| inset.at(text.size)),
        rows: toml.rows.0,
        title: PanelTitle {
            body: {
                let mut body =
                    type_style(reader, names, &toml.title.faces, toml.title.size.0, toml.title.ink.as_ref());
                if toml.title.ink.is_none() && toml.title.bar.is_some() {
                    body.ink = crate::color::Ink::PAPER;
                }
                body
            },
            bar: toml.title.bar.as_ref().map(|bar| ink(reader, names, Some(bar))),
            align: toml.title.align.map_or(Align::Centre, Into::into),
            rows: toml.title.rows.map_or(2, |rows| rows.0),
        },
        style,
        value,
        leading,
        stand: match toml.stand {
            StandToml::Top => Stand::Top,
            StandToml::Middle => Stand::Middle,
            StandToml::Spread => Stand::Spread,
        },
        leader: toml.leader.clone(),
        page: toml.page.clone().unwrap_or_else(|| PAGE.to_owned()),
    })
}
