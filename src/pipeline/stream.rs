//! A stream, redacted record by record as it comes, in bounded memory.

use super::{
    Pipeline, PipelineError,
    chunk::{Chunk, Part, Redacted},
    kept::Folders,
    report,
};
use crate::{
    detect::Known,
    input::Blocks,
    report::{Event, Place, Sink, Totals},
    transcript::record::{Cut, Splitter},
};
use std::{
    io::{ErrorKind, IoSlice, Read, Write},
    sync::Arc,
};

/// Bytes that are worked on at a time, if that many wait; a record that is longer, by itself.
const BATCH: usize = 1 << 21;

/// Records that are worked on at a time: of short ones, what is noted of them takes more memory than their bytes.
const MOST_RECORDS: usize = 1 << 14;

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
        let mut state = Stream {
            splitter: Splitter::new(self.grouping),
            known: self.told(),
            totals: Totals::default(),
            folders: Arc::default(),
        };
        let mut buffer = Vec::new();
        loop {
            let read = state.totals.bytes + buffer.len() as u64;
            let more = blocks.fill(&mut buffer, BATCH);
            let more = more.map_err(|source| PipelineError::Stream { offset: read, source })?;
            let mut used = 0;
            loop {
                let step = self.batch(&buffer[used..], !more, &mut state, output, sink)?;
                if step == 0 {
                    break;
                }
                used += step;
            }
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

    /// Works on complete records at the start of `buffer`, up to a batch; gives their length, 0 if there are none.
    fn batch(
        &self,
        buffer: &[u8],
        last: bool,
        state: &mut Stream,
        output: &mut dyn Write,
        sink: &mut dyn Sink,
    ) -> Result<usize, PipelineError> {
        let (mut chunks, used) = state.cut(buffer, last);
        if self.kept.is_some() {
            state.note_folders(&mut chunks);
        }
        let threads = &self.threads;
        let sightings = threads.side_by_side(&chunks, used, |chunk| self.sight(chunk, &state.known));
        let before = state.known.len();
        let mut dirty = Vec::with_capacity(chunks.len());
        for sighting in sightings {
            state.known.add(sighting.learned);
            state.known.ask(sighting.asked);
            dirty.push((sighting.dirty, sighting.kept));
        }
        if state.known.asked() > 0 {
            let answers = |chunk: &Chunk<'_>| chunk.answers(&state.known);
            let answers = threads.side_by_side(&chunks, used, answers);
            state.known.note_answers(answers.into_iter().flatten());
            let learned = threads.side_by_side(&chunks, used, |chunk| self.heed(chunk, &state.known));
            state.known.add(learned.into_iter().flatten());
        }
        let news = state.known.len() > before;
        let known = &state.known;
        let work: Vec<_> = chunks.iter().zip(&dirty).collect();
        let redacted = threads.side_by_side(&work, used, |(chunk, (dirty, kept))| {
            self.redact(chunk, None, (dirty, kept), known, news, 0)
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
    folders: Arc<Folders>,
}

impl Stream {
    /// Reads what the records of the next chunks say of folders.
    fn note_folders(&mut self, chunks: &mut [Chunk<'_>]) {
        chunks.iter_mut().for_each(|chunk| chunk.folders = Arc::default());
        let folders = Arc::make_mut(&mut self.folders);
        chunks.iter().flat_map(Chunk::records).for_each(|(_, record)| folders.note(&record));
        chunks.iter_mut().for_each(|chunk| chunk.folders = Arc::clone(&self.folders));
    }

    /// Complete records at the start of `buffer`, up to a batch, in shares, and their length.
    fn cut<'b>(&mut self, buffer: &'b [u8], last: bool) -> (Vec<Chunk<'b>>, usize) {
        let (mut chunks, mut from, mut at, mut records) = (Vec::new(), 0, 0, 0);
        let mut cuts: Vec<Cut> = Vec::new();
        let chunk = |from: usize, at: usize, cuts: &mut Vec<Cut>| Chunk {
            bytes: &buffer[from..at],
            offset: self.totals.bytes + from as u64,
            cuts: std::mem::take(cuts),
            blank: 0,
            folders: Arc::default(),
        };
        while at < BATCH
            && records < MOST_RECORDS
            && let Some(cut) = self.splitter.cut(&buffer[at..], last)
        {
            at += cut.len;
            records += 1;
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

/// Writes a redacted chunk, all of its parts at once where the output can.
pub(super) fn write(chunk: &Chunk<'_>, redacted: &Redacted, output: &mut dyn Write) -> std::io::Result<()> {
    let parts = redacted.parts.iter().map(|part| match part {
        Part::Kept(range) => &chunk.bytes[range.clone()],
        Part::Fresh(range) => &redacted.fresh[range.clone()],
    });
    let mut parts: Vec<_> = parts.filter(|part| !part.is_empty()).map(IoSlice::new).collect();
    let mut parts = &mut parts[..];
    while !parts.is_empty() {
        match output.write_vectored(parts) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(written) => IoSlice::advance_slices(&mut parts, written),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::record::Grouping;

    /// The batches of a text that is there as a whole: their bytes and records.
    fn batches(text: &[u8]) -> Vec<(usize, usize)> {
        let splitter = Splitter::new(Grouping::Lines);
        let mut state =
            Stream { splitter, known: Known::default(), totals: Totals::default(), folders: Arc::default() };
        let (mut out, mut at) = (Vec::new(), 0);
        loop {
            let (chunks, used) = state.cut(&text[at..], true);
            if used == 0 {
                assert_eq!(at, text.len());
                return out;
            }
            out.push((used, chunks.iter().map(|chunk| chunk.cuts.len()).sum()));
            at += used;
        }
    }

    /// A document that never ends is looked at line by line when it ends after all: 50 MB of short lines took 1 GB.
    #[test]
    fn a_batch_is_bounded_in_bytes_and_in_records() {
        let long =
            [&b"[\n"[..], &format!("{{\"a\":\"{}\"}},\n", "x".repeat(1000)).into_bytes().repeat(5_000)]
                .concat();
        for (name, text) in
            [("blank", b"\n".repeat(100_000)), ("short", b"[\n{},\n".repeat(50_000)), ("long", long)]
        {
            let batches = batches(&text);
            assert!(batches.len() > 1, "{name}");
            for (bytes, records) in batches {
                assert!(
                    bytes < BATCH + 2_000 && records <= MOST_RECORDS,
                    "{name}: {bytes} bytes, {records} records"
                );
            }
        }
    }
}
