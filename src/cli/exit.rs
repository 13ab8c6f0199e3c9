//! What the caller learns from the exit code.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExitStatus {
    /// Done; for `scan` and `--check`: nothing was found.
    Clean = 0,
    /// `scan` and `--check` only: something was found.
    Findings = 1,
    /// Refused or failed; nothing is half-written.
    Failed = 2,
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(status as u8)
    }
}
