//! The whole way through: bytes in, records, findings, decisions, bytes out, verified. The only module that knows
//! every stage.

mod chunk;
mod compact;
mod file;
mod kept;
mod learn;
mod names;
mod stream;
mod threads;

pub use file::{Job, Survey};
use kept::Kept;
pub use kept::PatternError;
pub use learn::Learner;
pub use names::{Names, Renamed};
use threads::Threads;

use crate::{
    detect::{Detector, Known, Wanted},
    input::{Access, InputError, Source},
    policy::Policy,
    report::Sink,
    rule::{Class, id},
    tag::Key,
    transcript::record::Grouping,
    verify::Doubt,
};
use std::{
    io,
    path::{Path, PathBuf},
};

/// What a run needs to know.
#[derive(Debug)]
pub struct Settings {
    /// What to replace.
    pub policy: Policy,
    /// The key of tags.
    pub key: Key,
    /// Values that we were told, as they are.
    pub known: Vec<Vec<u8>>,
    /// Number of threads; `None` for as many as there are cores.
    pub threads: Option<usize>,
    /// How files are brought in.
    pub access: Access,
}

/// Why a run failed. Never a byte of a transcript.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PipelineError {
    /// A file could not be had.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The stream could not be read.
    #[error("cannot read the stream after byte {offset}")]
    Stream {
        /// Bytes read before.
        offset: u64,
        /// What the system said.
        source: io::Error,
    },
    /// The output could not be written.
    #[error("cannot write the redacted copy")]
    Output {
        /// What the system said.
        source: io::Error,
    },
    /// The report could not be written.
    #[error("cannot write the report")]
    Report {
        /// What the system said.
        source: io::Error,
    },
    /// A record could not be verified: nothing is written.
    #[error(
        "{}: record {record} at byte {offset} cannot be redacted safely: {doubt}; no copy was written",
        path.display()
    )]
    Unverified {
        /// The file.
        path: PathBuf,
        /// The record, counted from 1.
        record: u64,
        /// Where it starts, in bytes.
        offset: u64,
        /// Why.
        doubt: Doubt,
    },
}

/// Everything that stays the same during a run. Shared by all threads.
pub struct Pipeline {
    detector: Detector,
    policy: Policy,
    key: Key,
    known: Vec<Vec<u8>>,
    access: Access,
    grouping: Grouping,
    kept: Option<Kept>,
    threads: Threads,
}

impl std::fmt::Debug for Pipeline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pipeline(profile {})", self.policy.profile().name())
    }
}

impl Pipeline {
    /// A pipeline for these settings.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let Settings { policy, key, known, threads, access } = settings;
        let profile = policy.profile().clone();
        let wanted = Wanted::new(|class, level| profile.replaces(class, level));
        let grouping = if wanted.has(Class::Code) { Grouping::Paragraphs } else { Grouping::Lines };
        let detector = Detector::new(key.clone(), wanted).where_all_code_goes(!policy.exempts());
        let threads = Threads::new(threads);
        Self { detector, policy, key, known, access, grouping, kept: None, threads }
    }

    /// The same pipeline, which leaves code where it is in records of folders and files that fit a pattern of `.gitignore`.
    ///
    /// # Errors
    /// [`PatternError`] if one is no pattern.
    pub fn keep_code_of(self, patterns: &[String]) -> Result<Self, PatternError> {
        let kept = Kept::new(patterns)?;
        let all_code_goes = kept.is_none() && !self.policy.exempts();
        let detector = self.detector.where_all_code_goes(all_code_goes);
        Ok(Self { kept, detector, ..self })
    }

    /// The values that we were told, as a table; those too short to be searched are left out.
    #[must_use]
    pub fn told(&self) -> Known {
        let mut known = Known::default();
        for value in &self.known {
            known.tell(value, id::SECRET_KNOWN, &self.key);
        }
        known
    }

    /// Opens a file, in the way that the settings say.
    ///
    /// # Errors
    /// As [`Source::open`].
    pub fn open(&self, path: &Path) -> Result<Source, InputError> {
        Source::open(path, self.access)
    }

    /// The policy.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }
}

fn report(sink: &mut dyn Sink, event: &crate::report::Event<'_>) -> Result<(), PipelineError> {
    sink.event(event).map_err(|source| PipelineError::Report { source })
}
