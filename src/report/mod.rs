//! Reports: what was found and done, as events. No event holds a byte of a transcript, so no report can leak one.

mod human;
mod json;
#[cfg(test)]
mod samples;
mod sarif;

pub use human::{Listing, Summary, printable};
pub use json::{Evidence, Jsonl};
pub use sarif::Sarif;

use crate::finding::Finding;
use std::{io, path::Path};

/// Where something stands in a transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The transcript; `None` for a stream.
    pub path: Option<&'a Path>,
    /// The record, counted from 1.
    pub record: u64,
    /// Where the record starts, in bytes of the file or stream.
    pub offset: u64,
}

impl Place<'_> {
    /// The bytes of the file, from the first to the last, that a finding covers.
    #[must_use]
    pub fn extent(&self, finding: &Finding) -> (u64, u64) {
        let extent = finding.extent();
        (self.offset + extent.start() as u64, self.offset + extent.end() as u64)
    }
}

/// What became of a transcript.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Records read.
    pub records: u64,
    /// Records that were changed or, when nothing is written, would be.
    pub changed: u64,
    /// Bytes read.
    pub bytes: u64,
}

/// Something that happened, in the order of the transcript.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// Something that the policy replaces.
    Found {
        /// The record it stands in.
        place: Place<'a>,
        /// What it is.
        finding: &'a Finding,
    },
    /// A record that could not be verified after redaction, so that all of its texts were replaced or nothing was
    /// written.
    Refused {
        /// The record.
        place: Place<'a>,
        /// Why, without a byte of it.
        reason: &'static str,
    },
    /// So many more bytes of the transcript are done.
    Progress {
        /// Since the last such event.
        bytes: u64,
    },
    /// The end of a transcript.
    End {
        /// The transcript; `None` for a stream.
        path: Option<&'a Path>,
        /// What became of it.
        totals: Totals,
    },
}

/// Takes events, in the order of each transcript.
pub trait Sink {
    /// Takes one event.
    ///
    /// # Errors
    /// Whatever the report's own output met.
    fn event(&mut self, event: &Event<'_>) -> io::Result<()>;
}

/// Gives every event to each of several sinks, in turn.
#[derive(Default)]
pub struct Fan<'a>(Vec<&'a mut dyn Sink>);

impl<'a> Fan<'a> {
    /// Adds a sink.
    pub fn add(&mut self, sink: &'a mut dyn Sink) {
        self.0.push(sink);
    }
}

impl Sink for Fan<'_> {
    fn event(&mut self, event: &Event<'_>) -> io::Result<()> {
        self.0.iter_mut().try_for_each(|sink| sink.event(event))
    }
}

/// Takes every event and forgets it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silence;

impl Sink for Silence {
    fn event(&mut self, _: &Event<'_>) -> io::Result<()> {
        Ok(())
    }
}
