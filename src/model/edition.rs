//! An issue of a paper: its date, pages, stories, pictures and the condition it is printed under.

use std::fmt;
use std::sync::Arc;

use crate::diag::Span;
use crate::model::layout::Layout;
use crate::model::plan::PagePlan;
use crate::model::story::Story;

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

/// The printing condition a PDF is made for: profile, names and limits travel together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Condition {
    /// Name in the ICC characterization registry, such as `IFRA26`.
    pub identifier: String,
    /// What it is, for people.
    pub text: String,
    /// Where the identifier is registered.
    pub registry: String,
    /// ICC output profile, CMYK, class `prtr`.
    pub profile: Arc<[u8]>,
    /// ICC gray output profile: light to the black plate alone.
    pub gray_profile: Arc<[u8]>,
    /// Most ink that may lie in one place, in tenths of a percent: 2400 is 240 %.
    pub ink_limit: u16,
    /// Pixels per inch that the screen can hold (about twice its ruling).
    pub picture_ppi: u32,
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
    /// Values for the folio line, by name.
    pub variables: Vec<(String, String)>,
    /// The house style.
    pub layout: Layout,
    /// The faces, by index.
    pub faces: Vec<FaceSpec>,
    /// The printing condition.
    pub condition: Condition,
    /// The stories, by index.
    pub stories: Vec<Story>,
    /// The pages in order.
    pub pages: Vec<PagePlan>,
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
