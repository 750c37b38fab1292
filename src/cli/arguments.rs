//! What can be typed after `duikai`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

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
}

#[derive(Args, Debug)]
pub(crate) struct BuildArguments {
    #[command(flatten)]
    pub(crate) edition: EditionArguments,
    /// Folder to write to [default: `build` in the edition's folder]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Also write the whole edition as `edition.pdf`
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
    /// Make only this page; may be given several times
    #[arg(long, value_name = "PAGE")]
    pub(crate) only: Vec<String>,
    /// The house: the folder with `fonts`, `layouts` and `profiles` [default: the nearest folder
    /// above the edition that holds `duikai.toml`, else the program's own]
    #[arg(long, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
    /// How many threads to use; any number gives the same bytes [default: one per processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) threads: Option<u16>,
    /// Print how long each stage took
    #[arg(long)]
    pub(crate) timings: bool,
}
