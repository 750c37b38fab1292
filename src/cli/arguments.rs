//! What can be typed after `duikai`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use duikai::judge::pdf::Standard;
use duikai::model::edition::Level;
use duikai::model::style::{Language, Strictness};
use duikai::unit::{Len, Written, parse_length};

/// Sets newspaper pages from stories and photographs and writes PDFs for the press.
#[derive(Parser, Debug)]
#[command(name = "duikai", version, about, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Write a print PDF, a fit report and a page map for each page
    ///
    /// Exit code 0: every page fits. 1: it fits after steps a person should see. 2: something is
    /// wrong with the input and nothing was written, or a page does not fit: then its report and
    /// a draft with the overset text in red were written, and its last good PDF is as it was.
    Build(BuildArguments),
    /// Do all of a build but the PDFs, and write nothing
    ///
    /// Exit codes as for `build`.
    Check(CheckArguments),
    /// Show how lines are made: tables for people, records for programs
    ///
    /// With an edition: the lines of a story, how far each was squeezed or opened, why it ends
    /// where it does. `breaks`, `advances` and `lines` read JSON lines `{"id": .., "text": ..}` from
    /// standard input and write one JSON line for each; `docs/inspect.md` says what stands in them.
    /// Exit code 2 if a record or the story could not be shown.
    Inspect(InspectArguments),
    /// Judge PDFs before they go to the press, ours or an advertiser's, or editions before they are built
    ///
    /// An edition is judged as `check` does, exit codes included, and what was found is grouped by
    /// page and story. PDFs: exit code 0: nothing was found. 1: there are warnings. 2: there are errors, or a file cannot
    /// be read. `docs/preflight.md` explains what is judged and what stands in the JSON.
    Preflight(PreflightArguments),
}

#[derive(Args, Debug)]
pub(crate) struct PreflightArguments {
    /// What to judge: PDFs, or the folders of editions
    #[arg(value_name = "FILE.pdf|EDITION", required_unless_present = "rules")]
    pub(crate) files: Vec<PathBuf>,
    /// Of an edition, judge only these pages; may be given several times
    #[arg(long, value_name = "PAGE", value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// The standard to judge them by
    #[arg(long, value_enum, default_value_t = StandardArgument::X1a2003)]
    pub(crate) level: StandardArgument,
    /// The printing condition whose ink limit counts, by its name in `profiles` [default: 240 %]
    #[arg(long, value_name = "NAME")]
    pub(crate) condition: Option<String>,
    /// The size that was ordered, such as `390x540` in millimetres
    #[arg(long, value_name = "SIZE", value_parser = trim_size)]
    pub(crate) trim: Option<(Len, Len)>,
    /// Write a line of JSON for each file or edition
    #[arg(long)]
    pub(crate) json: bool,
    /// List every rule instead: name, severity, levels, what it says, where it is from
    #[arg(long)]
    pub(crate) rules: bool,
    /// The house: the folder with `profiles` [default: the program's own]
    #[arg(long, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
}

/// Standards that a file can be judged by.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum StandardArgument {
    /// PDF/X-1a:2001
    #[value(name = "x1a-2001")]
    X1a2001,
    /// PDF/X-1a:2003
    #[value(name = "x1a-2003")]
    X1a2003,
    /// PDF/X-4
    #[value(name = "x4")]
    X4,
}

impl From<StandardArgument> for Standard {
    fn from(standard: StandardArgument) -> Self {
        match standard {
            StandardArgument::X1a2001 => Self::X1a2001,
            StandardArgument::X1a2003 => Self::X1a2003,
            StandardArgument::X4 => Self::X4,
        }
    }
}

fn trim_size(typed: &str) -> Result<(Len, Len), String> {
    let side = |typed: &str| match parse_length(&format!("{}mm", typed.trim()))? {
        Written::Absolute(len) if len > Len::ZERO => Ok(len),
        _ => Err("a side is more than nothing".to_owned()),
    };
    let (width, height) = typed.split_once('x').ok_or("write width and height, such as `390x540`")?;
    Ok((side(width)?, side(height)?))
}

#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct InspectArguments {
    #[command(subcommand)]
    pub(crate) window: Option<Window>,
    /// The edition's folder, or its `edition.toml`
    #[arg(value_name = "EDITION", required = true)]
    pub(crate) edition: Option<PathBuf>,
    /// The page to look at [default: every page]
    #[arg(long, value_name = "PAGE")]
    pub(crate) page: Option<String>,
    /// The story to look at [default: every story of the page]
    #[arg(long, value_name = "STORY")]
    pub(crate) story: Option<String>,
    /// The house, as for `build`
    #[arg(long, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Window {
    /// Where lines may begin, counted in characters (Unicode scalar values)
    Breaks(BreaksArguments),
    /// How wide each character stands on one endless line, in thousandths of an em
    Advances(AdvancesArguments),
    /// The lines a paragraph is set in, in thousandths of an em
    Lines(LinesArguments),
}

#[derive(Args, Debug)]
pub(crate) struct BreaksArguments {
    /// The language of the text
    #[arg(long, value_enum, default_value_t = Lang::ZhHans)]
    pub(crate) lang: Lang,
    /// How strictly marks are kept from line edges (避头尾)
    #[arg(long, value_enum, default_value_t = Step::Gb)]
    pub(crate) strictness: Step,
}

#[derive(Args, Debug)]
pub(crate) struct TypeArguments {
    /// The face, by its id in the layout
    #[arg(long, value_name = "FACE", default_value = "song")]
    pub(crate) font: String,
    /// The language of the text
    #[arg(long, value_enum, default_value_t = Lang::ZhHans)]
    pub(crate) lang: Lang,
    /// The punctuation style, by its name in the layout
    #[arg(long, value_name = "NAME", default_value = "quanjiao")]
    pub(crate) punctuation: String,
    /// The gap between Han and Western, such as `0.125em` [default: 0.25em]
    #[arg(long, value_name = "LENGTH", default_value = "0.25em", hide_default_value = true)]
    pub(crate) autospace: String,
    /// How strictly marks are kept from line edges (避头尾)
    #[arg(long, value_enum, default_value_t = Step::Gb)]
    pub(crate) strictness: Step,
    /// The layout that has faces, punctuation and weights
    #[arg(long, value_name = "NAME", default_value = "duikai-6x17")]
    pub(crate) layout: String,
    /// The house: the folder with `fonts` and `layouts` [default: the program's own]
    #[arg(long, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct AdvancesArguments {
    #[command(flatten)]
    pub(crate) type_: TypeArguments,
    /// Trim the marks at both ends as at a line's edges
    #[arg(long)]
    pub(crate) edges: bool,
}

#[derive(Args, Debug)]
pub(crate) struct LinesArguments {
    #[command(flatten)]
    pub(crate) type_: TypeArguments,
    /// The measure, such as `13em`; a point of it is a tenth of an em
    #[arg(long, value_name = "LENGTH")]
    pub(crate) measure: String,
    /// Indent of the first line
    #[arg(long, value_name = "LENGTH", default_value = "0em", hide_default_value = true)]
    pub(crate) indent: String,
    /// The lines of the fit rule instead of the best
    #[arg(long, conflicts_with = "lines")]
    pub(crate) first_fit: bool,
    /// The best setting in so many lines
    #[arg(long, value_name = "N")]
    pub(crate) lines: Option<usize>,
    /// Say why each line ends where it does
    #[arg(long)]
    pub(crate) explain: bool,
}

/// Languages that texts can be looked at in.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Lang {
    /// Chinese in simplified characters
    #[value(name = "zh-Hans")]
    ZhHans,
    /// Chinese in traditional characters
    #[value(name = "zh-Hant")]
    ZhHant,
    /// Japanese
    Ja,
    /// Tibetan
    Bo,
    /// English
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::ZhHans => Self::ZhHans,
            Lang::ZhHant => Self::ZhHant,
            Lang::Ja => Self::Ja,
            Lang::Bo => Self::Bo,
            Lang::En => Self::En,
        }
    }
}

/// Steps of strictness.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Step {
    /// Lines break anywhere but inside words, numbers and marks of two characters
    None,
    /// No closing mark or solidus starts a line, no opening mark ends one
    Basic,
    /// And no solidus ends a line (GB/T 15834-2011)
    Gb,
    /// And dashes and ellipses start no line
    Strict,
}

impl From<Step> for Strictness {
    fn from(step: Step) -> Self {
        match step {
            Step::None => Self::None,
            Step::Basic => Self::Basic,
            Step::Gb => Self::Gb,
            Step::Strict => Self::Strict,
        }
    }
}

/// Levels of a PDF.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum LevelArgument {
    /// PDF/X-1a:2001, on PDF 1.3
    #[value(name = "x1a-2001")]
    X1a2001,
    /// PDF/X-1a:2003, on PDF 1.4
    #[value(name = "x1a-2003")]
    X1a2003,
    /// PDF/X-4, on PDF 1.6
    X4,
    /// Plain PDF 1.7: a proof, not for plates
    #[value(name = "pdf-1.7")]
    Pdf17,
}

impl From<LevelArgument> for Level {
    fn from(level: LevelArgument) -> Self {
        match level {
            LevelArgument::X1a2001 => Self::X1a2001,
            LevelArgument::X1a2003 => Self::X1a2003,
            LevelArgument::X4 => Self::X4,
            LevelArgument::Pdf17 => Self::Pdf17,
        }
    }
}

#[derive(Args, Debug)]
pub(crate) struct BuildArguments {
    #[command(flatten)]
    pub(crate) edition: EditionArguments,
    /// Folder to write to [default: `build` in the edition's folder]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// What the PDFs promise [default: the edition's `level`, else x1a-2003]
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) level: Option<LevelArgument>,
    /// Also write the whole edition as `edition.pdf`, and that of each zone; every page is built anew
    #[arg(long, conflicts_with = "only")]
    pub(crate) bind: bool,
}

#[derive(Args, Debug)]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    pub(crate) edition: EditionArguments,
}

#[derive(Args, Debug)]
pub(crate) struct EditionArguments {
    /// The edition's folder, or its `edition.toml`
    #[arg(value_name = "EDITION")]
    pub(crate) edition: PathBuf,
    /// Make only these pages, such as `A02,A03`, or `north/A02` of one zone alone; may be given several
    /// times. Pages that share stories with them are composed, too, but not written
    #[arg(long, value_name = "PAGE", value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// The house: the folder with `fonts`, `layouts` and `profiles` [default: the nearest folder
    /// above the edition that holds `duikai.toml`, else the program's own]
    #[arg(long, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
    /// How many threads to use; any number gives the same bytes [default: one per processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) threads: Option<u16>,
    /// Print how long each stage took, how many photographs were converted, and how many pages were as
    /// before
    #[arg(long)]
    pub(crate) timings: bool,
    /// Where converted photographs, the deflated profile and records of pages are kept between builds;
    /// nothing in it changes a page [default: `.cache` in the folder written to]
    #[arg(long, value_name = "DIR")]
    pub(crate) cache: Option<PathBuf>,
    /// Build every page and convert every photograph anew, and keep nothing
    #[arg(long, conflicts_with = "cache")]
    pub(crate) no_cache: bool,
}
