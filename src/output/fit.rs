//! The fit report, `fit/1`: how each story fits, in lines and characters.

use serde::Serialize;

use crate::diag::Diagnostic;
use crate::page::fit::{Dropped, DroppedWhat, PageFit, StepTaken, StoryFit};
use crate::unit::Len;

/// How a page came out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Status {
    /// It prints.
    Fits,
    /// It prints, after steps a person should see.
    FitsWithChanges,
    /// It does not print.
    Unfit,
}

impl Status {
    /// The word in the report.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fits => "fits",
            Self::FitsWithChanges => "fits-with-changes",
            Self::Unfit => "unfit",
        }
    }
}

#[derive(Serialize)]
struct FitJson<'a> {
    schema: &'static str,
    page: &'a str,
    engine: &'static str,
    inputs_sha256: &'a str,
    pdf_sha256: Option<&'a str>,
    status: &'static str,
    stories: Vec<StoryJson<'a>>,
    continued: Vec<&'a str>,
    checks: ChecksJson<'a>,
}

#[derive(Serialize)]
struct StoryJson<'a> {
    id: &'a str,
    lines: LinesJson,
    chars: CharsJson<'a>,
    headline: Option<HeadlineJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<SummaryJson>,
    steps: Vec<StepJson<'a>>,
    columns: Vec<ColumnJson<'a>>,
    breaks: BreaksJson,
    loose_lines: Vec<LooseJson<'a>>,
    remedy: Option<String>,
    jump: Option<JumpJson<'a>>,
}

#[derive(Serialize)]
struct JumpJson<'a> {
    from_page: &'a str,
    to_page: &'a str,
    rows_before: u32,
    rows_after: u32,
}

#[derive(Serialize)]
struct LinesJson {
    need: u32,
    capacity: u32,
    overset: u32,
    underset: u32,
    taken_in: u32,
    driven_out: u32,
}

#[derive(Serialize)]
struct CharsJson<'a> {
    input: u32,
    placed: u32,
    overset: u32,
    dropped: Vec<DroppedJson<'a>>,
}

#[derive(Serialize)]
struct StepJson<'a> {
    step: &'a str,
    amount: &'a str,
    lines: i64,
    chars: u32,
}

#[derive(Serialize)]
struct DroppedJson<'a> {
    what: &'a str,
    paragraph: Option<usize>,
    rule: &'a str,
    chars: u32,
    text: &'a str,
}

#[derive(Serialize)]
struct HeadlineJson {
    size_pt: serde_json::Number,
    lines: u16,
    fill: serde_json::Number,
}

#[derive(Serialize)]
struct SummaryJson {
    lines: u32,
    overset: u32,
    rows: u16,
}

#[derive(Serialize)]
struct ColumnJson<'a> {
    page: &'a str,
    lines: u32,
    foot_rows: u32,
}

#[derive(Serialize)]
struct BreaksJson {
    widows: u32,
    orphans: u32,
    runts: u32,
    pushed_in: u32,
    pushed_out: u32,
    max_gap_em: serde_json::Number,
}

#[derive(Serialize)]
struct LooseJson<'a> {
    text: &'a str,
    gap_em: serde_json::Number,
}

#[derive(Serialize)]
struct ChecksJson<'a> {
    white_cells: u32,
    white_percent: serde_json::Number,
    findings: Vec<FindingJson<'a>>,
}

#[derive(Serialize)]
struct FindingJson<'a> {
    code: &'a str,
    message: &'a str,
    help: Option<&'a str>,
}

/// What a report says besides the fit.
pub struct FitAbout<'a> {
    /// The page's id.
    pub page: &'a str,
    /// SHA-256 over every input of the edition.
    pub inputs_sha256: &'a str,
    /// SHA-256 of the print PDF, if one was made.
    pub pdf_sha256: Option<&'a str>,
    /// How the page came out.
    pub status: Status,
    /// What was noticed on it.
    pub findings: &'a [Diagnostic],
}

/// Writes a report as JSON with a newline at its end.
pub fn write(about: &FitAbout<'_>, fit: &PageFit) -> String {
    let findings = about.findings.iter().map(|note| FindingJson {
        code: note.code.0,
        message: &note.message,
        help: note.help.as_deref(),
    });
    let white = if fit.cells == 0 { 0 } else { i64::from(fit.white_cells) * 100_000 / i64::from(fit.cells) };
    json(&FitJson {
        schema: "fit/1",
        page: about.page,
        engine: env!("CARGO_PKG_VERSION"),
        inputs_sha256: about.inputs_sha256,
        pdf_sha256: about.pdf_sha256,
        status: about.status.word(),
        stories: fit.stories.iter().map(story_json).collect(),
        continued: fit.continued.iter().map(|(id, _)| id.as_str()).collect(),
        checks: ChecksJson {
            white_cells: fit.white_cells,
            white_percent: decimal(white),
            findings: findings.collect(),
        },
    })
}

fn story_json(story: &StoryFit) -> StoryJson<'_> {
    let (lines, breaks) = (story.lines, story.breaks);
    StoryJson {
        id: &story.id,
        lines: LinesJson {
            need: lines.need,
            capacity: lines.capacity,
            overset: lines.overset,
            underset: lines.underset,
            taken_in: lines.taken_in,
            driven_out: lines.driven_out,
        },
        chars: CharsJson {
            input: story.chars_input,
            placed: story.chars_placed,
            overset: story.chars_overset,
            dropped: story.dropped.iter().map(dropped_json).collect(),
        },
        headline: story.head.map(|head| HeadlineJson {
            size_pt: points(head.size),
            lines: head.lines,
            fill: decimal(i64::from(head.fill)),
        }),
        summary: story.summary.map(|summary| SummaryJson {
            lines: summary.lines,
            overset: summary.overset,
            rows: summary.rows,
        }),
        steps: story.steps.iter().map(step_json).collect(),
        columns: story
            .columns
            .iter()
            .map(|column| ColumnJson { page: &column.page, lines: column.rows, foot_rows: column.foot_rows })
            .collect(),
        breaks: BreaksJson {
            widows: breaks.widows,
            orphans: breaks.orphans,
            runts: breaks.runts,
            pushed_in: breaks.pushed_in,
            pushed_out: breaks.pushed_out,
            max_gap_em: decimal(i64::from(breaks.max_gap)),
        },
        loose_lines: story
            .loose
            .iter()
            .map(|line| LooseJson { text: &line.text, gap_em: decimal(i64::from(line.gap)) })
            .collect(),
        remedy: story.remedy(),
        jump: story.jump.as_ref().map(|jump| JumpJson {
            from_page: &jump.from,
            to_page: &jump.to,
            rows_before: jump.rows_before,
            rows_after: jump.rows_after,
        }),
    }
}

fn step_json(taken: &StepTaken) -> StepJson<'_> {
    StepJson { step: taken.step.name(), amount: &taken.amount, lines: taken.rows, chars: taken.chars }
}

fn dropped_json(dropped: &Dropped) -> DroppedJson<'_> {
    DroppedJson {
        what: match dropped.what {
            DroppedWhat::Deck => "deck",
            DroppedWhat::Summary => "summary",
            DroppedWhat::Paragraph(_) => "paragraph",
            DroppedWhat::JumpHead => "jump-head",
        },
        paragraph: match dropped.what {
            DroppedWhat::Deck | DroppedWhat::Summary | DroppedWhat::JumpHead => None,
            DroppedWhat::Paragraph(nth) => Some(nth + 1),
        },
        rule: dropped.rule,
        chars: dropped.chars,
        text: &dropped.text,
    }
}

/// Points as a number.
fn points(length: Len) -> serde_json::Number {
    decimal(length.millipoints())
}

/// Thousandths as a decimal number of at most three places; a whole one has no point.
fn decimal(thousandths: i64) -> serde_json::Number {
    if thousandths % 1000 == 0 {
        return serde_json::Number::from(thousandths / 1000);
    }
    let sign = if thousandths < 0 { "-" } else { "" };
    let size = thousandths.unsigned_abs();
    let text = format!("{sign}{}.{:03}", size / 1000, size % 1000);
    let parsed = text.parse::<f64>().ok().and_then(serde_json::Number::from_f64);
    parsed.unwrap_or_else(|| serde_json::Number::from(thousandths / 1000))
}

/// A value as indented JSON with a newline at its end.
pub(super) fn json(value: &impl Serialize) -> String {
    let mut text =
        serde_json::to_string_pretty(value).expect("reports have no maps with keys that are not strings");
    text.push('\n');
    text
}
