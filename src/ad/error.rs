//! Why an advertisement cannot be placed, and what to ask of whoever sent it.

use std::fmt;

/// Why an advertisement cannot be placed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AdError {
    /// The file is larger than is read.
    Large,
    /// The file cannot be read, or not within bounds: why.
    Unreadable(String),
    /// The file is locked.
    Encrypted,
    /// The file has no such page.
    NoPage {
        /// The page that was asked for.
        asked: u16,
        /// How many it has.
        pages: usize,
    },
    /// The page has no area, or its boxes are no rectangles.
    NoArea,
    /// The page is not turned by quarters, or not measured in points.
    Askew(&'static str),
    /// The page has layers, which a page of ours would all show.
    Layers,
    /// The page needs more objects than is sensible.
    Many(usize),
}

impl fmt::Display for AdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Large => write!(f, "the file is over {} MiB", super::LARGEST_FILE >> 20),
            Self::Unreadable(why) => f.write_str(why),
            Self::Encrypted => f.write_str("it is locked with a password"),
            Self::NoPage { asked, pages } => write!(f, "it has no page {asked}: it has {pages}"),
            Self::NoArea => f.write_str("its page has no area"),
            Self::Askew(what) => write!(f, "its page has {what}"),
            Self::Layers => {
                f.write_str("it has layers that can be switched off, and all of them would print")
            }
            Self::Many(most) => write!(f, "its page needs more than {most} objects"),
        }
    }
}

impl std::error::Error for AdError {}

impl AdError {
    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Large => "ask for a file with its pictures at 200 to 300 pixels per inch",
            Self::Unreadable(_) => "ask for the file again, written anew as PDF/X",
            Self::Encrypted => "ask for a file without a password: print files are never locked",
            Self::NoPage { .. } => "write the `page` that is meant, counted from 1",
            Self::NoArea => "ask for a file whose trim box is the size that was booked",
            Self::Askew(_) => "ask for a file in its printed size, upright or turned by quarters",
            Self::Layers => "ask for a file flattened to PDF/X-1a",
            Self::Many(_) => "ask for a file flattened to fewer pieces",
        }
    }
}
