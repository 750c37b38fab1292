//! How long each stage took: the only clock in the program, and nothing on a page depends on it.

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
            Stage::Compose => "shape and compose",
            Stage::Photographs => "convert photographs",
            Stage::Write => "subset, deflate, seal",
        });
    }

    /// Something has ended.
    pub(super) fn mark(&mut self, name: &'static str) {
        let now = Instant::now();
        self.stages.push((name, now - self.last));
        self.last = now;
    }

    /// A table of microseconds, and how many photographs were converted and how many kept.
    pub(super) fn table(&self, (converted, kept): (usize, usize)) -> String {
        let mut table = String::new();
        let mut whole = Duration::ZERO;
        for (name, time) in &self.stages {
            whole += *time;
            let _ = writeln!(table, "{name:<24}{:>9} µs", time.as_micros());
        }
        let _ = writeln!(table, "{:<24}{:>9} µs", "all", whole.as_micros());
        let _ = writeln!(table, "photographs: {converted} converted, {kept} from the cache");
        table
    }
}
