//! How text goes round pictures and insets: the keys that their places in a page file share.

use serde::{Deserialize, Deserializer, de};
use toml::Spanned;

use super::typed::Length;
use super::{Reader, span_of};
use crate::diag::{Diagnostic, FileId, Span};
use crate::geom::Point;
use crate::geom::polygon::{Fault, Polygon};
use crate::model::layout::Grid;
use crate::model::wrap::{Around, Wrap};
use crate::unit::{Em, Len};

/// Most white round an obstacle, in ems.
const MOST_WHITE: i64 = 20;

#[derive(Deserialize, Clone, Copy, Default)]
#[serde(rename_all = "lowercase")]
pub(super) enum WrapToml {
    #[default]
    None,
    Beside,
    Both,
}

impl From<WrapToml> for Wrap {
    fn from(toml: WrapToml) -> Self {
        match toml {
            WrapToml::None => Self::None,
            WrapToml::Beside => Self::Beside,
            WrapToml::Both => Self::Both,
        }
    }
}

/// How text goes round an obstacle. Beside it there is an em of white unless the file says otherwise.
pub(super) fn around(
    reader: &mut Reader<'_>,
    at: &Span,
    wrap: WrapToml,
    (clear, clear_across): (Option<Length>, Option<Length>),
    grid: &Grid,
) -> Around {
    let wrap = Wrap::from(wrap);
    let usual = if wrap == Wrap::None { Len::ZERO } else { Em::ONE.at(grid.em) };
    let along = clear.map_or(usual, |clear| clear.at(grid.em));
    let across = clear_across.map_or(Len::ZERO, |clear| clear.at(grid.em));
    let most = grid.em.times(MOST_WHITE);
    let sensible = |white: Len| (Len::ZERO..=most).contains(&white);
    if sensible(along) && sensible(across) {
        return Around { wrap, along, across };
    }
    let wrong = if sensible(along) { across } else { along };
    reader.note(
        Diagnostic::error("wrap-clear", format!("{wrong} is no white between text and what it goes round"))
            .at(at.clone())
            .help(format!("write `clear` and `clear_across` of 0 to {MOST_WHITE} em")),
    );
    Around { wrap, along: usual, across: Len::ZERO }
}

/// A share of a picture's width or height, as `"12.5%"`, in thousandths.
#[derive(Clone, Copy)]
pub(super) struct PlaceShare(u16);

impl<'de> Deserialize<'de> for PlaceShare {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong =
            || de::Error::custom(format!("`{text}` is no share: write `0%` to `100%`, such as `12.5%`"));
        let number = text.trim().strip_suffix('%').ok_or_else(wrong)?;
        let (whole, tenth) = number.trim().split_once('.').unwrap_or((number.trim(), "0"));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if tenth.len() != 1 || !digits(whole) || !digits(tenth) {
            return Err(wrong());
        }
        let whole: u16 = whole.parse().map_err(|_| wrong())?;
        let tenth: u16 = tenth.parse().map_err(|_| wrong())?;
        match whole.checked_mul(10).and_then(|whole| whole.checked_add(tenth)) {
            Some(share) if share <= 1000 => Ok(Self(share)),
            _ => Err(wrong()),
        }
    }
}

/// The corners of a cut-out picture in thousandths of its place; none if the file gives none or what it
/// gives is no outline.
pub(super) fn shape(
    reader: &mut Reader<'_>,
    file: FileId,
    toml: Option<&Spanned<Vec<[PlaceShare; 2]>>>,
) -> Vec<(u16, u16)> {
    let Some(toml) = toml else { return Vec::new() };
    let shares: Vec<(u16, u16)> = toml.get_ref().iter().map(|[x, y]| (x.0, y.0)).collect();
    let corner = |(x, y): &(u16, u16)| Point { x: Len::mm(i64::from(*x)), y: Len::mm(i64::from(*y)) };
    let message = match Polygon::new(shares.iter().map(corner).collect()) {
        Ok(_) => return shares,
        Err(Fault::Few) => format!("{} corners enclose nothing", shares.len()),
        Err(Fault::Many) => format!("{} corners are more than {}", shares.len(), Polygon::MOST),
        Err(Fault::Crossing(one, other)) => {
            let name = |side: usize| format!("from corner {} to {}", side + 1, (side + 1) % shares.len() + 1);
            format!("the sides {} and {} cross or touch", name(one), name(other))
        }
    };
    reader.note(
        Diagnostic::error("picture-shape", message)
            .at(span_of(file, toml))
            .help("write three corners and more, one after another round the outline, each as `[\"12.5%\", \"40%\"]` of the picture's width and height"),
    );
    Vec::new()
}
