//! What an edition is: stories, styles, the layout, the plan of each page. No files, no TOML.

pub mod edition;
