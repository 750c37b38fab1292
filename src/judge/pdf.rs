//! Judges any PDF from its bytes: ours before it leaves the house, an advertiser's before it is placed.
//!
//! It shares no code with what writes our pages, nor with the checker in `tests/judge/`; the three
//! agree on the names of the rules. What it reads is hostile until shown otherwise: [`bounds`] says
//! how much of it is looked at before the file is refused.

#![expect(clippy::float_arithmetic, reason = "numbers of a PDF are reals: no page is made from them")]

mod boxes;
mod canvas;
mod catalog;
mod cff;
mod cmap;
mod colour;
mod content;
mod coverage;
mod encoding;
mod envelope;
pub mod findings;
mod font;
mod fonts;
mod geometry;
mod glyphs;
mod images;
mod intent;
mod jpeg;
mod judging;
mod metadata;
mod pages;
mod paint;
mod path;
mod picture;
mod program;
mod read_back;
pub mod rules;
mod run;
mod state;
mod text;
mod type1;
mod xml;
mod xmp;

use crate::model::edition::Condition;
pub use crate::pdf::bounds;
use crate::pdf::{file, filter, indirect, lexer, object, reader};
use crate::unit::Len;

use bounds::{Refusal, Work};
use findings::Findings;
use judging::Judging;

pub use findings::Finding;
pub use read_back::read_back;
pub use rules::{Rule, RuleId};

/// The standard that a file is judged by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Standard {
    /// PDF/X-1a:2001 (ISO 15930-1), on PDF 1.3.
    X1a2001,
    /// PDF/X-1a:2003 (ISO 15930-4), on PDF 1.4.
    X1a2003,
    /// PDF/X-4 (ISO 15930-7), on PDF 1.6.
    X4,
}

impl Standard {
    /// As it is typed: `x1a-2001`, `x1a-2003`, `x4`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::X1a2001 => "x1a-2001",
            Self::X1a2003 => "x1a-2003",
            Self::X4 => "x4",
        }
    }

    /// The minor number of the PDF version it is based on.
    pub(crate) const fn base(self) -> u8 {
        match self {
            Self::X1a2001 => 3,
            Self::X1a2003 => 4,
            Self::X4 => 6,
        }
    }

    /// Whether transparency, layers and managed colour are outside the standard.
    pub(crate) const fn is_x1a(self) -> bool {
        !matches!(self, Self::X4)
    }
}

/// What a press holds, and what was ordered. The defaults are those of newsprint
/// (prepress rules, section 3: WAN-IFRA, GWG2015 newspaper variants, shop rules).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Most ink in one place, in tenths of a percent: 2400 is 240 %.
    pub ink: u16,
    /// Text below this size is judged as small text.
    pub small_text: Len,
    /// Smallest text.
    pub least_text: Len,
    /// Smallest reversed text (反白).
    pub least_reversed: Len,
    /// Thinnest line in one ink.
    pub least_line: Len,
    /// Thinnest line in several inks, or reversed.
    pub least_line_inks: Len,
    /// Effective pixels per inch of a photograph: refused below the first, reported below the
    /// second and above the third.
    pub ppi: [u32; 3],
    /// Fewest effective pixels per inch of 1-bit art.
    pub ppi_one_bit: u32,
    /// Bleed on each side that has any.
    pub bleed: Len,
    /// Width and height of the trim as ordered.
    pub trim: Option<(Len, Len)>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            ink: 2400,
            small_text: Len::pt(12),
            least_text: Len::pt(6),
            least_reversed: Len::pt(8),
            least_line: Len::centipoints(25),
            least_line_inks: Len::centipoints(50),
            ppi: [100, 150, 450],
            ppi_one_bit: 600,
            bleed: Len::mm(3),
            trim: None,
        }
    }
}

impl Limits {
    /// The defaults with what a printing condition says about ink.
    pub fn of(condition: &Condition) -> Self {
        Self { ink: condition.ink_limit, ..Self::default() }
    }
}

/// Everything there is to say about a file, by page (the file as a whole first), then by severity,
/// errors first and notes last, then by rule. Empty, or notes alone, if it may go to the press as it
/// is.
///
/// A file that cannot be read gives one finding that says why. One that asks for more work than
/// [`bounds`] allow gives that and what was seen up to there. [`is_refused`] tells both.
pub fn judge(bytes: &[u8], standard: Standard, limits: &Limits) -> Vec<Finding> {
    within(Work::default(), bytes, standard, limits)
}

/// The same with some of the work already done, which tests of the bounds need not wait for.
fn within(mut work: Work, bytes: &[u8], standard: Standard, limits: &Limits) -> Vec<Finding> {
    let mut findings = Findings::default();
    if bytes.len() > bounds::LARGEST_FILE {
        findings.refuse("FILE-06", "the file is larger than any page");
        return findings.sorted();
    }
    envelope::judge_bytes(bytes, &mut findings);
    let mut lost = Vec::new();
    let pdf = match reader::read(bytes, &mut lost, &mut work) {
        Ok(pdf) => pdf,
        Err(refusal) => {
            // What was seen of it says nothing beside this.
            findings = Findings::default();
            findings.refuse("FILE-06", format!("the file cannot be read: {refusal}"));
            return findings.sorted();
        }
    };
    for message in lost {
        findings.add("FILE-06", message);
    }
    if pdf.trailer.has("Encrypt") {
        findings = Findings::default();
        findings.refuse("FILE-02", "the file is encrypted: what is in it cannot be judged");
        return findings.sorted();
    }
    let mut judging = Judging::new(&pdf, standard, limits, findings, work);
    if let Err(refusal) = whole(&mut judging) {
        judging.findings.refuse("FILE-06", format!("the file was not read to its end: {refusal}"));
    }
    judging.findings.sorted()
}

/// Whether the file was refused unread, or after only a part of it.
pub fn is_refused(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.refused)
}

fn whole(judging: &mut Judging<'_>) -> Result<(), Refusal> {
    envelope::judge(judging);
    metadata::judge(judging)?;
    judging.intent = intent::judge(judging)?;
    catalog::judge(judging);
    catalog::judge_objects(judging)?;
    let pdf = judging.pdf;
    let pages = pages::pages(pdf, &mut judging.findings)?;
    let mut sizes = Vec::new();
    for (number, page) in (1..).zip(&pages) {
        judging.findings.page = Some(number);
        if let Some(boxes) = boxes::judge(judging, page) {
            sizes.push(boxes.size());
            boxes::judge_notes(judging, page, boxes)?;
            content::judge_page(judging, page, boxes.trim)?;
        }
    }
    judging.findings.page = None;
    sizes.sort_unstable();
    sizes.dedup();
    if sizes.len() > 1 {
        judging.findings.add("NP-PAGES", format!("the pages have {} sizes or rotations", sizes.len()));
    }
    glyphs::judge(judging)
}

#[cfg(test)]
mod tests;
