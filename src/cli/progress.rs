//! A bar that fills page by page, for builds that a person has to wait for.

use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

use duikai::job::Stage;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What takes no longer has no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// How far a job is.
pub(super) struct Progress {
    started: Instant,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Starts the clock. Nothing is shown yet, and nothing at all where no terminal is.
    pub(super) fn start() -> Self {
        Self { started: Instant::now(), bar: None }
    }

    /// A stage of the job has ended.
    pub(super) fn finished(&mut self, stage: Stage) {
        let Stage::Page { done, of } = stage else { return };
        if self.bar.is_none() && of > 1 && self.started.elapsed() > PATIENCE && stderr().is_terminal() {
            let bar = ProgressBar::with_draw_target(Some(of as u64), ProgressDrawTarget::stderr());
            let style = ProgressStyle::with_template("{bar:40} {pos} of {len} pages");
            self.bar = Some(style.map_or(bar.clone(), |style| bar.with_style(style)));
        }
        if let Some(bar) = &self.bar {
            bar.set_position(done as u64);
        }
    }

    /// Takes the bar away: what is said afterwards stands where it stood.
    pub(super) fn end(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}
