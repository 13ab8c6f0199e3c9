//! The bar on a terminal, for work over a second.

use crate::report::{Event, Sink};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::{
    io::{self, IsTerminal as _},
    time::{Duration, Instant},
};

/// Work that is done sooner needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// Shows how far the work is, pass by pass; nothing where stderr is no terminal.
pub(super) struct Progress {
    started: Instant,
    /// What is done to all bytes in this pass.
    pass: &'static str,
    pass_started: Instant,
    total: u64,
    done: u64,
    wanted: bool,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// A bar for a first pass, named so, over `total` bytes; never shown if not `wanted`.
    pub(super) fn new(pass: &'static str, total: u64, wanted: bool) -> Self {
        let wanted = wanted && io::stderr().is_terminal();
        let now = Instant::now();
        Self { started: now, pass, pass_started: now, total, done: 0, wanted, bar: None }
    }

    /// Begins another pass over the same bytes.
    pub(super) fn next(&mut self, pass: &'static str) {
        (self.pass, self.pass_started, self.done) = (pass, Instant::now(), 0);
        if self.bar.is_some() {
            self.show();
        }
    }

    fn show(&mut self) {
        let text = told(self.pass, self.done, self.total, self.pass_started.elapsed());
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(Some(self.total), ProgressDrawTarget::stderr());
            let style = ProgressStyle::with_template("{bar:40} {msg}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar
        });
        bar.set_position(self.done);
        bar.set_message(text);
    }
}

/// How far a pass is after `elapsed`: `searched 76.0 MB of 152.0 MB, 38.0 MB/s, 2 s left`.
fn told(pass: &str, done: u64, total: u64, elapsed: Duration) -> String {
    let mb = |bytes: f64| bytes / 1e6;
    let far = format!("{pass} {:.1} MB of {:.1} MB", mb(done as f64), mb(total as f64));
    if done == 0 {
        return far;
    }
    let rate = done as f64 / elapsed.as_secs_f64().max(0.001);
    let left = total.saturating_sub(done) as f64 / rate;
    format!("{far}, {:.1} MB/s, {left:.0} s left", mb(rate))
}

impl Sink for Progress {
    fn event(&mut self, event: &Event<'_>) -> io::Result<()> {
        if let Event::Progress { bytes } = event {
            self.done += bytes;
            if self.wanted && self.started.elapsed() > PATIENCE {
                self.show();
            }
        }
        Ok(())
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pass_has_its_own_pace() {
        let second = Duration::from_secs(1);
        assert_eq!(
            told("searched", 76_000_000, 152_000_000, 2 * second),
            "searched 76.0 MB of 152.0 MB, 38.0 MB/s, 2 s left"
        );
        let mut progress = Progress::new("searched", 100, false);
        progress.event(&Event::Progress { bytes: 100 }).unwrap();
        progress.next("written");
        progress.event(&Event::Progress { bytes: 40 }).unwrap();
        assert_eq!((progress.done, progress.pass, progress.total), (40, "written", 100));
        assert_eq!(told("written", 0, 100, Duration::ZERO), "written 0.0 MB of 0.0 MB");
    }
}
