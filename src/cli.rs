//! What a person at a terminal meets: the only code that prints, and the only one that knows of
//! terminals. It sets no type; it asks the library and shows what the library said.

mod arguments;
mod build;
mod inspect;
pub(crate) mod messages;
mod preflight;
mod progress;
mod root;
mod timings;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};

/// Reads the arguments and does what they ask.
pub(crate) fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Build(asked) => build::build(&asked),
        Command::Check(asked) => build::check(&asked),
        Command::Inspect(asked) => inspect::inspect(&asked),
        Command::Preflight(asked) => preflight::preflight(&asked),
    }
}
