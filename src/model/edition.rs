//! An issue of a paper: its date, pages, stories, pictures and the condition it is printed under.

use std::fmt;
use std::sync::Arc;

use crate::diag::Span;
use crate::model::entry::PageEntry;
use crate::model::layout::Layout;
use crate::model::plan::PagePlan;
use crate::model::story::{Story, StoryPicture};

/// A calendar day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct Date {
    /// 1900 to 2999.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to the month's length.
    pub day: u8,
}

impl Date {
    /// A day that exists, between the years 1900 and 2999.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u8::from(leap),
            1..=12 => 31,
            _ => return None,
        };
        ((1900..3000).contains(&year) && (1..=days).contains(&day)).then_some(Self { year, month, day })
    }

    /// 0 for Sunday to 6 for Saturday (Sakamoto's rule for the Gregorian calendar).
    pub fn weekday(self) -> usize {
        const SHIFT: [usize; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
        let year = usize::from(self.year) - usize::from(self.month < 3);
        (year + year / 4 - year / 100
            + year / 400
            + SHIFT[usize::from(self.month) - 1]
            + usize::from(self.day))
            % 7
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// What a PDF promises to whoever prints it. The inks are the same at every level: colour is
/// decided before anything is written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Default)]
pub enum Level {
    /// PDF/X-1a:2001 (ISO 15930-1): PDF 1.3, CMYK and spot inks, no transparency.
    X1a2001,
    /// PDF/X-1a:2003 (ISO 15930-4): the same on PDF 1.4.
    #[default]
    X1a2003,
    /// PDF/X-4 (ISO 15930-7:2010): PDF 1.6, identified in XMP.
    X4,
    /// PDF 1.7 without any key of PDF/X: a proof, not to be printed from.
    Pdf17,
}

impl Level {
    /// Its name in standards and on the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::X1a2001 => "PDF/X-1a:2001",
            Self::X1a2003 => "PDF/X-1a:2003",
            Self::X4 => "PDF/X-4",
            Self::Pdf17 => "PDF 1.7",
        }
    }

    /// Its name in `edition.toml`, on the command line and in files for programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::X1a2001 => "x1a-2001",
            Self::X1a2003 => "x1a-2003",
            Self::X4 => "x4",
            Self::Pdf17 => "pdf-1.7",
        }
    }

    /// Whether an output profile of that major version of the ICC's specification may stand in it
    /// (ISO 15930-1, -4 and -7, output intents; each goes by the version of PDF that it is based on).
    pub fn takes_profile(self, version: u8) -> bool {
        match self {
            Self::X1a2001 | Self::X1a2003 => version == 2,
            Self::X4 | Self::Pdf17 => matches!(version, 2 | 4),
        }
    }

    /// Whether plates are made from it.
    pub fn for_press(self) -> bool {
        self != Self::Pdf17
    }
}

/// The printing condition a PDF is made for: profile, names and limits travel together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Condition {
    /// Name in the ICC characterization registry, such as `IFRA26`.
    pub identifier: String,
    /// What it is, for people.
    pub text: String,
    /// Where the identifier is registered; empty for a condition of one's own.
    pub registry: String,
    /// ICC output profile, CMYK, class `prtr`, version 2 or 4.
    pub profile: Arc<[u8]>,
    /// Where the condition names that profile.
    pub typed: Span,
    /// ICC gray output profile: light to the black plate alone. Without one, the black plate is
    /// what `profile` says of black alone.
    pub gray_profile: Option<Arc<[u8]>>,
    /// Most ink that may lie in one place, in tenths of a percent: 2400 is 240 %.
    pub ink_limit: u16,
    /// Screen ruling (网线), lines per inch.
    pub ruling: u16,
    /// Whether the press prints spot inks, for layouts that do not say.
    pub spots: SpotInks,
    /// Pixels per inch that the screen can hold: twice its ruling, if not given.
    pub picture_ppi: u32,
    /// How pictures become ink.
    pub conversion: Conversion,
}

/// Whether a page may be printed with spot inks (专色).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum SpotInks {
    /// The press has four inks, which is usual for newspapers.
    #[default]
    Refused,
    /// It has units for more.
    Allowed,
}

/// How pictures become ink under a condition.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Conversion {
    /// How colours that the press cannot print are brought among those it can.
    pub rendering: Rendering,
    /// Whether the picture's black becomes the press's, and all between them moves along
    /// (ISO 18619). The black plate of a gray picture is always made so.
    pub black_point: bool,
    /// Sharpening in percent; 0 is none. Ink values are never sharpened.
    pub sharpen: u16,
    /// JPEG quality, 1 to 100.
    pub quality: u8,
    /// Tints under this many percent are left white, and those just above it lightened towards
    /// it: smaller dots do not print evenly.
    pub highlight: u8,
    /// Whether CMYK pictures with more ink than the limit are separated anew.
    pub ink_saving: bool,
}

impl Default for Conversion {
    fn default() -> Self {
        Self {
            rendering: Rendering::Perceptual,
            black_point: false,
            sharpen: 60,
            quality: 88,
            highlight: 0,
            ink_saving: false,
        }
    }
}

/// Rendering intents (ICC.1:2022, 0.5).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Default)]
pub enum Rendering {
    /// The whole picture gives way, so that its colours keep their distances: photographs.
    #[default]
    Perceptual,
    /// What can be printed stays, relative to the paper; the rest becomes the nearest.
    Relative,
    /// Colours stay strong: charts.
    Saturation,
    /// As [`Self::Relative`], with the tint of the original's paper.
    Absolute,
}

/// An issue of a paper (一期报纸).
#[derive(Debug)]
pub struct Edition {
    /// The paper's name.
    pub paper: String,
    /// Which edition of the day, such as `A`.
    pub edition: String,
    /// Its day.
    pub date: Date,
    /// How often it was changed after it was first closed (改版).
    pub revision: u32,
    /// What its PDFs promise.
    pub level: Level,
    /// Which issue of the year it is.
    pub issue: Option<u32>,
    /// Which issue it is since the first (总期号).
    pub total_issue: Option<u32>,
    /// The paper's name as a picture, for nameplates that have a place for one.
    pub name_art: Option<StoryPicture>,
    /// Every page of the issue, whichever of them are made; of a spread both.
    pub contents: Vec<PageEntry>,
    /// Values for the folio line, by name.
    pub variables: Vec<(String, String)>,
    /// All that its file says besides its pages, zones and variables, in one form however it was
    /// typed: what every page follows from.
    pub said: String,
    /// The house style.
    pub layout: Layout,
    /// The house style of spreads, if there are any.
    pub spread: Option<Layout>,
    /// The faces, by index.
    pub faces: Vec<FaceSpec>,
    /// The printing condition.
    pub condition: Condition,
    /// The stories, by index.
    pub stories: Vec<Story>,
    /// The pages in order.
    pub pages: Vec<PagePlan>,
    /// Editions for parts of its readers, in which some of the pages are others.
    pub zones: Vec<Zone>,
}

/// An edition for some of the readers (分区版): all pages of the edition but those it has its own of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Zone {
    /// Its name, and that of the folder of its pages.
    pub id: String,
    /// Values for the folio lines of its own pages, the edition's among them.
    pub variables: Vec<(String, String)>,
    /// Its own pages in the order of the edition's, each under the id of the one it stands for.
    pub pages: Vec<PagePlan>,
}

impl Edition {
    /// The house style as a page has it: of a spread its sheet and grid are twice as wide.
    pub fn layout_of(&self, plan: &PagePlan) -> &Layout {
        self.spread.as_ref().filter(|_| plan.right.is_some()).unwrap_or(&self.layout)
    }
}

/// A face that the layout names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FaceSpec {
    /// Its name in styles, such as `song`.
    pub id: String,
    /// Its file, under `fonts/` of the house.
    pub file: String,
    /// Where the layout says so.
    pub typed: Span,
}
