//! How long each stage took. With `progress` the only clock in the program, and nothing on a page
//! depends on it.

use std::fmt::Write;
use std::time::{Duration, Instant};

use duikai::job::Stage;

/// Times of the stages that have ended.
pub(super) struct Timings {
    last: Instant,
    stages: Vec<(&'static str, Duration)>,
}

impl Timings {
    /// Starts the clock.
    pub(super) fn start() -> Self {
        Self { last: Instant::now(), stages: Vec::new() }
    }

    /// A stage of the job has ended.
    pub(super) fn finished(&mut self, stage: Stage) {
        self.mark(match stage {
            Stage::Read => "read and resolve TOML",
            Stage::Faces => "open faces",
            Stage::Compare => "compare with last build",
            Stage::Compose => "shape and compose",
            Stage::Photographs => "convert photographs",
            Stage::Write => "subset, deflate, seal",
            Stage::Page { .. } => return,
        });
    }

    /// Something has ended; what it is called may end again.
    pub(super) fn mark(&mut self, name: &'static str) {
        let now = Instant::now();
        let time = now - self.last;
        match self.stages.iter_mut().find(|(own, _)| *own == name) {
            Some((_, sum)) => *sum += time,
            None => self.stages.push((name, time)),
        }
        self.last = now;
    }

    /// A table of microseconds, how many photographs were converted and how many kept, and how many
    /// pages were not built again.
    pub(super) fn table(&self, (converted, kept): (usize, usize), as_before: usize) -> String {
        let mut table = String::new();
        let mut whole = Duration::ZERO;
        for (name, time) in &self.stages {
            whole += *time;
            let _ = writeln!(table, "{name:<24}{:>9} µs", time.as_micros());
        }
        let _ = writeln!(table, "{:<24}{:>9} µs", "all", whole.as_micros());
        let _ = writeln!(table, "photographs: {converted} converted, {kept} from the cache");
        let _ = writeln!(table, "pages: {as_before} not built again");
        table
    }
}
