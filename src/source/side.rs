//! `side` of what stands beside something else on a page: a heading, a part of one, a summary.

use serde::Deserialize;

use crate::model::plan::HeadSide;

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub(super) enum SideToml {
    Left,
    Right,
}

impl From<SideToml> for HeadSide {
    fn from(toml: SideToml) -> Self {
        match toml {
            SideToml::Left => Self::Left,
            SideToml::Right => Self::Right,
        }
    }
}
