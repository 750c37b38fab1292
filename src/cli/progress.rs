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
        self.show(stage, || stderr().is_terminal().then(ProgressDrawTarget::stderr));
    }

    /// Fills the bar on a terminal, if there is one.
    fn show(&mut self, stage: Stage, terminal: impl FnOnce() -> Option<ProgressDrawTarget>) {
        let Stage::Page { done, of } = stage else { return };
        if self.bar.is_none()
            && of > 1
            && self.started.elapsed() > PATIENCE
            && let Some(terminal) = terminal()
        {
            let bar = ProgressBar::with_draw_target(Some(of as u64), terminal);
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

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use indicatif::TermLike;

    use super::*;

    /// A terminal that keeps what is written on it.
    #[derive(Clone, Debug, Default)]
    struct Paper(Arc<Mutex<String>>);

    impl Paper {
        fn put(&self, text: &str) -> std::io::Result<()> {
            self.0.lock().expect("nobody panics").push_str(text);
            Ok(())
        }
    }

    impl TermLike for Paper {
        fn width(&self) -> u16 {
            80
        }

        fn move_cursor_up(&self, _: usize) -> std::io::Result<()> {
            Ok(())
        }

        fn move_cursor_down(&self, _: usize) -> std::io::Result<()> {
            Ok(())
        }

        fn move_cursor_right(&self, _: usize) -> std::io::Result<()> {
            Ok(())
        }

        fn move_cursor_left(&self, _: usize) -> std::io::Result<()> {
            Ok(())
        }

        fn write_line(&self, text: &str) -> std::io::Result<()> {
            self.put(&format!("{text}\n"))
        }

        fn write_str(&self, text: &str) -> std::io::Result<()> {
            self.put(text)
        }

        fn clear_line(&self) -> std::io::Result<()> {
            self.put("<cleared>")
        }

        fn flush(&self) -> std::io::Result<()> {
            Ok(())
        }
    }

    /// What a terminal shows of these stages of a job that began some time ago, and whether its bar is
    /// taken away at the end.
    fn shown(ago: Duration, stages: &[Stage], is_terminal: bool) -> (String, bool) {
        let started = Instant::now().checked_sub(ago).expect("the clock runs longer than that");
        let (mut progress, paper) = (Progress { started, bar: None }, Paper::default());
        for stage in stages {
            let terminal = || ProgressDrawTarget::term_like(Box::new(paper.clone()));
            progress.show(*stage, || is_terminal.then(terminal));
        }
        let before = paper.0.lock().expect("nobody panics").clone();
        progress.end();
        let after = paper.0.lock().expect("nobody panics").clone();
        let cleared = after[before.len()..].contains("<cleared>");
        (before, cleared)
    }

    #[test]
    fn a_long_job_fills_a_bar_and_takes_it_away() {
        let pages = [1, 2, 3].map(|done| Stage::Page { done, of: 3 });
        let (text, cleared) = shown(PATIENCE * 2, &pages, true);
        assert!(text.contains("1 of 3 pages") && text.contains("3 of 3 pages"), "{text}");
        assert!(cleared, "what is said afterwards stands where it stood");
        assert!(!text.contains("0 of 3 pages"), "{text}");
    }

    #[test]
    fn a_short_job_a_single_page_and_a_file_have_no_bar() {
        let pages = [1, 2].map(|done| Stage::Page { done, of: 2 });
        assert_eq!(shown(Duration::ZERO, &pages, true).0, "");
        assert_eq!(shown(PATIENCE * 2, &[Stage::Page { done: 1, of: 1 }], true).0, "");
        assert_eq!(shown(PATIENCE * 2, &pages, false).0, "");
        assert_eq!(shown(PATIENCE * 2, &[Stage::Compose, Stage::Write], true).0, "");
    }
}
