//! What an edition is: stories, styles, the layout, the plan of each page. No files, no TOML.

pub mod checks;
pub mod copyfit;
pub mod edges;
pub mod edition;
pub mod entry;
pub mod furniture;
pub mod grid;
pub mod inline;
pub mod inset;
pub mod layout;
pub mod numeral;
pub mod plan;
pub mod preflight;
pub mod story;
pub mod style;
pub mod thread;
pub mod wrap;
