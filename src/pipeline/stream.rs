//! A stream, redacted record by record as it comes, in bounded memory.

use super::{
    Pipeline, PipelineError,
    chunk::{Chunk, Part, Redacted, Sighting},
    report,
};
use crate::{
    detect::Known,
    input::Blocks,
    report::{Event, Place, Sink, Totals},
    transcript::record::{Cut, Splitter},
};
use rayon::prelude::*;
use std::io::{Read, Write};

/// Bytes that are worked on at a time, if that many wait.
const BATCH: usize = 1 << 21;

/// Bytes that a thread takes at a time.
const SHARE: usize = 1 << 17;

impl Pipeline {
    /// Redacts `input` to `output`: records in order, each as soon as it is complete and the input pauses.
    ///
    /// A record that cannot be verified is replaced as a whole, and that is reported.
    ///
    /// # Errors
    /// [`PipelineError::Stream`], [`PipelineError::Output`], [`PipelineError::Report`].
    pub fn filter(
        &self,
        input: impl Read + Send + 'static,
        output: &mut dyn Write,
        sink: &mut dyn Sink,
    ) -> Result<Totals, PipelineError> {
        let blocks = Blocks::new(input);
        let mut state =
            Stream { splitter: Splitter::new(self.grouping), known: self.told(), totals: Totals::default() };
        let mut buffer = Vec::new();
        loop {
            let read = state.totals.bytes + buffer.len() as u64;
            let more = blocks.fill(&mut buffer, BATCH);
            let more = more.map_err(|source| PipelineError::Stream { offset: read, source })?;
            let used = self.batch(&buffer, !more, &mut state, output, sink)?;
            buffer.drain(..used);
            if buffer.is_empty() && buffer.capacity() > 4 * BATCH {
                buffer = Vec::new();
            }
            if !more {
                report(sink, &Event::End { path: None, totals: state.totals })?;
                return Ok(state.totals);
            }
        }
    }

    /// Works on the complete records at the start of `buffer`; gives their length.
    fn batch(
        &self,
        buffer: &[u8],
        last: bool,
        state: &mut Stream,
        output: &mut dyn Write,
        sink: &mut dyn Sink,
    ) -> Result<usize, PipelineError> {
        let (chunks, used) = state.cut(buffer, last);
        let sightings: Vec<Sighting> =
            self.threads.install(|| chunks.par_iter().map(|chunk| self.sight(chunk, &state.known)).collect());
        let before = state.known.len();
        let mut dirty = Vec::with_capacity(chunks.len());
        for sighting in sightings {
            state.known.add(sighting.learned);
            dirty.push(sighting.dirty);
        }
        let news = state.known.len() > before;
        let known = &state.known;
        let redacted: Vec<Redacted> = self.threads.install(|| {
            let work = chunks.par_iter().zip(&dirty);
            work.map(|(chunk, dirty)| self.redact(chunk, None, dirty, known, news, 0)).collect()
        });
        for (chunk, redacted) in chunks.iter().zip(redacted) {
            write(chunk, &redacted, output).map_err(|source| PipelineError::Output { source })?;
            state.totals.records += redacted.records;
            state.totals.changed += redacted.changed;
            for note in &redacted.notes {
                let place = Place { path: None, record: note.line, offset: note.offset };
                tell(place, &note.findings, note.doubt, sink)?;
            }
        }
        output.flush().map_err(|source| PipelineError::Output { source })?;
        state.totals.bytes += used as u64;
        Ok(used)
    }
}

/// Where a stream stands.
struct Stream {
    splitter: Splitter,
    known: Known,
    totals: Totals,
}

impl Stream {
    /// The complete records at the start of `buffer`, in shares, and their length.
    fn cut<'b>(&mut self, buffer: &'b [u8], last: bool) -> (Vec<Chunk<'b>>, usize) {
        let (mut chunks, mut from, mut at) = (Vec::new(), 0, 0);
        let mut cuts: Vec<Cut> = Vec::new();
        let chunk = |from: usize, at: usize, cuts: &mut Vec<Cut>| Chunk {
            bytes: &buffer[from..at],
            offset: self.totals.bytes + from as u64,
            cuts: std::mem::take(cuts),
        };
        while let Some(cut) = self.splitter.cut(&buffer[at..], last) {
            at += cut.len;
            cuts.push(cut);
            if at - from >= SHARE {
                chunks.push(chunk(from, at, &mut cuts));
                from = at;
            }
        }
        if !cuts.is_empty() {
            chunks.push(chunk(from, at, &mut cuts));
        }
        (chunks, at)
    }
}

/// Writes a redacted chunk.
pub(super) fn write(chunk: &Chunk<'_>, redacted: &Redacted, output: &mut dyn Write) -> std::io::Result<()> {
    for part in &redacted.parts {
        match part {
            Part::Kept(range) => output.write_all(&chunk.bytes[range.clone()])?,
            Part::Fresh(range) => output.write_all(&redacted.fresh[range.clone()])?,
        }
    }
    Ok(())
}

/// Reports what was found in a record.
pub(super) fn tell(
    place: Place<'_>,
    findings: &[crate::finding::Finding],
    doubt: Option<crate::verify::Doubt>,
    sink: &mut dyn Sink,
) -> Result<(), PipelineError> {
    for finding in findings {
        report(sink, &Event::Found { place, finding })?;
    }
    match doubt {
        Some(doubt) => report(sink, &Event::Refused { place, reason: doubt.reason() }),
        None => Ok(()),
    }
}
