//! The bar on a terminal, for work over a second.

use crate::report::{Event, Sink};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::{
    io::{self, IsTerminal as _},
    time::{Duration, Instant},
};

/// Work that is done sooner needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// Shows how far the work is; nothing where stderr is no terminal.
pub(super) struct Progress {
    started: Instant,
    total: u64,
    done: u64,
    wanted: bool,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// A bar over `total` bytes; never shown if not `wanted`.
    pub(super) fn new(total: u64, wanted: bool) -> Self {
        let wanted = wanted && io::stderr().is_terminal();
        Self { started: Instant::now(), total, done: 0, wanted, bar: None }
    }

    fn show(&mut self) {
        let (total, done) = (self.total, self.done);
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
            let style = ProgressStyle::with_template(
                "{bar:40} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left",
            );
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar
        });
        bar.set_position(done);
    }
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
