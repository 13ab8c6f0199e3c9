//! The files of a run: all are searched first, so that a value found in one is replaced in all; then each is redacted.

use crate::{
    input::{Access, InputError, Source},
    pipeline::{Job, Names, Pipeline, PipelineError, Renamed, Survey},
    report::{Event, Silence, Sink, Totals},
};
use anyhow::Context as _;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// Files that share what becomes known.
pub(super) struct Files<'p> {
    job: Job<'p>,
    access: Access,
    /// Kept open where there is but one.
    only: Option<Source>,
    names: Names,
}

/// A file after its first search.
pub(super) struct Surveyed {
    path: PathBuf,
    survey: Survey,
    stamp: Stamp,
}

/// What tells that a file is not as it was.
type Stamp = (u64, Option<SystemTime>);

impl<'p> Files<'p> {
    /// Files to be run through `pipeline`.
    pub(super) fn new(pipeline: &'p Pipeline, access: Access) -> Self {
        Self { job: pipeline.job(), access, only: None, names: Names::default() }
    }

    /// Searches a file for the first time; `alone` if it is the only one.
    pub(super) fn survey(
        &mut self,
        path: &Path,
        alone: bool,
        sink: &mut dyn Sink,
    ) -> anyhow::Result<Surveyed> {
        let source = Source::open(path, self.access)?;
        let stamp = stamp(path)?;
        let survey = self.job.learn_file(path, &source);
        source.unchanged()?;
        sink.event(&Event::Progress { bytes: source.len() as u64 })?;
        self.only = alone.then_some(source);
        Ok(Surveyed { path: path.to_owned(), survey, stamp })
    }

    /// Looks for secrets in the names of files, so that none is told whole: by what is known now.
    pub(super) fn look_at_names<'a>(&mut self, paths: impl IntoIterator<Item = &'a Path>) -> Names {
        self.names = Names::of(&self.job, paths);
        self.names.clone()
    }

    /// Redacts a file to `output`, or tells what would be replaced.
    ///
    /// What was written is to be thrown away on an error.
    pub(super) fn redact(
        &self,
        file: &Surveyed,
        output: Option<&mut dyn Write>,
        sink: &mut dyn Sink,
    ) -> anyhow::Result<Totals> {
        let opened = match &self.only {
            Some(_) => None,
            None => Some(file.reopen(self.access)?),
        };
        let source = opened.as_ref().or(self.only.as_ref()).context("a file that was surveyed")?;
        let shown = self.names.shown(&file.path);
        let sink = &mut Renamed::new(sink, &shown);
        let totals = self.job.redact(source, Some(&file.path), &file.survey, output, sink);
        // A file that has changed is the reason for whatever else failed.
        source.unchanged()?;
        Ok(totals?)
    }
}

impl Files<'_> {
    /// The redacted copy of `bytes`, which stand in the file at `path` or were appended to it; they are searched anew unless
    /// they are those of `surveyed`.
    pub(super) fn rewrite(
        &mut self,
        path: &Path,
        bytes: &[u8],
        surveyed: Option<&Surveyed>,
    ) -> Result<Vec<u8>, PipelineError> {
        self.only = None;
        let fresh;
        let survey = match surveyed.filter(|file| file.is_still(path, bytes)) {
            Some(file) => &file.survey,
            None => {
                fresh = self.job.learn_file(path, bytes);
                &fresh
            }
        };
        let mut out = Vec::with_capacity(bytes.len());
        self.job.redact(bytes, Some(path), survey, Some(&mut out), &mut Silence)?;
        Ok(out)
    }
}

impl Surveyed {
    /// Whether `bytes`, which were read from the file at `path`, are all that was searched.
    fn is_still(&self, path: &Path, bytes: &[u8]) -> bool {
        bytes.len() as u64 == self.stamp.0 && stamp(path).is_ok_and(|now| now == self.stamp)
    }

    /// Opens the file again, if it is as it was.
    fn reopen(&self, access: Access) -> anyhow::Result<Source> {
        let source = Source::open(&self.path, access)?;
        let now = stamp(&self.path)?;
        if now != self.stamp {
            let (path, was, is) = (self.path.clone(), self.stamp.0, now.0);
            return Err(InputError::Changed { path, was, is }.into());
        }
        Ok(source)
    }
}

fn stamp(path: &Path) -> anyhow::Result<Stamp> {
    let meta = fs::metadata(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok((meta.len(), meta.modified().ok()))
}
