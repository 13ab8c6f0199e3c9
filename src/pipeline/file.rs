//! Files: all are searched first, so that what is found anywhere is replaced everywhere; then each is written.

use super::{
    Pipeline, PipelineError,
    chunk::{Chunk, Dirty, Redacted, Sighting},
    compact::Compact,
    kept::Folders,
    report,
    stream::{tell, write},
};
use crate::{
    detect::{Known, Talk},
    report::{Event, Place, Sink, Totals},
    transcript::record::{Cut, Splitter, is_lines_of_json, safe_cut},
};
use std::{
    collections::VecDeque,
    io::Write,
    ops::Range,
    path::Path,
    sync::{Arc, mpsc::sync_channel},
};

/// Bytes that a thread takes at a time, at most, and of a short file at least. They are gone through several times, so they
/// are to stay in the cache that each core has for itself.
const SHARE: usize = 1 << 18;
const LEAST_SHARE: usize = 1 << 16;

/// Into how many shares for each thread a short file is cut.
const SHARES: usize = 4;

/// Shares that are begun before they are written: so many for each thread, and at least so many.
const AHEAD: usize = 2;
const LEAST_AHEAD: usize = 8;

/// The folder in which Claude Code keeps files as they were before it edited them.
const FILE_HISTORY: &str = "file-history";

/// Files of one run: what is known from all of them.
#[derive(Clone)]
pub struct Job<'p> {
    pipeline: &'p Pipeline,
    known: Known,
    told: usize,
}

/// What the first search of some bytes saw in each of their shares, in order.
struct Sighted {
    sightings: Vec<(Range<usize>, Sighting)>,
    lines_of_json: bool,
    folders: Arc<Folders>,
}

/// What the first search of a file told; it says where to look when the file is redacted.
pub struct Survey {
    shares: Vec<Share>,
    /// What folders its session works in, where that is asked.
    folders: Arc<Folders>,
    /// What is asked for in it by the order of its records.
    talk: Talk,
}

/// A stretch of a file.
struct Share {
    range: Range<usize>,
    /// Lines before it.
    lines: u64,
    dirty: Vec<Dirty>,
    kept: Vec<Compact>,
    in_lines_of_json: bool,
}

impl std::fmt::Debug for Job<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Job(<{} known values>)", self.known.len())
    }
}

impl std::fmt::Debug for Survey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Survey({} shares)", self.shares.len())
    }
}

impl Survey {
    /// Whether nothing was found or asked for; a value that became known elsewhere may still stand in the file.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.talk.is_empty() && self.shares.iter().all(|share| share.dirty.iter().all(|dirty| !dirty.found))
    }
}

impl Pipeline {
    /// A run over files that share what becomes known.
    #[must_use]
    pub fn job(&self) -> Job<'_> {
        let known = self.told();
        Job { pipeline: self, told: known.len(), known }
    }

    /// The bytes of one text, redacted alone: for short texts that are no file, such as a hook's input.
    ///
    /// # Errors
    /// [`PipelineError::Unverified`] if a record of it cannot be verified.
    pub fn redact_bytes(&self, bytes: &[u8], sink: &mut dyn Sink) -> Result<Vec<u8>, PipelineError> {
        let mut job = self.job();
        let survey = job.learn(bytes);
        let mut out = Vec::with_capacity(bytes.len());
        job.redact(bytes, None, &survey, Some(&mut out), sink)?;
        Ok(out)
    }
}

impl Job<'_> {
    /// Whether values have become known since the start, so that clean files may hold one.
    #[must_use]
    pub fn has_news(&self) -> bool {
        self.known.len() > self.told
    }

    /// Searches the bytes of a file for the first time and keeps what values it holds.
    pub fn learn(&mut self, bytes: &[u8]) -> Survey {
        self.learn_as(bytes, false)
    }

    /// As [`Job::learn`], of the file at `path`: what an agent keeps of files before it edits them is code, all of it.
    pub fn learn_file(&mut self, path: &Path, bytes: &[u8]) -> Survey {
        self.learn_as(bytes, path.components().any(|part| part.as_os_str() == FILE_HISTORY))
    }

    /// Whether a first search of `bytes`, which are no file's, finds nothing. It learns nothing.
    pub(super) fn finds_nothing(&self, bytes: &[u8]) -> bool {
        let sighted = self.sight(bytes, false);
        sighted.sightings.iter().all(|(_, sighting)| sighting.dirty.iter().all(|dirty| !dirty.found))
    }

    fn sight(&self, bytes: &[u8], of_source: bool) -> Sighted {
        let pipeline = self.pipeline;
        let lines_of_json = is_lines_of_json(bytes) == Some(true);
        let ranges = if lines_of_json {
            shares(bytes, pipeline.share_of(bytes))
        } else {
            std::iter::once(0..bytes.len()).collect()
        };
        let known = &self.known;
        let folders = pipeline.folders(bytes, &ranges, lines_of_json, of_source);
        let sightings = pipeline.threads.side_by_side(&ranges, bytes.len(), |range| {
            let chunk = pipeline.chunk(bytes, range, lines_of_json, &folders);
            if lines_of_json {
                pipeline.sight(&chunk, known)
            } else {
                pipeline.sight_in_parallel(&chunk, known)
            }
        });
        let sightings = ranges.into_iter().zip(sightings).collect();
        Sighted { sightings, lines_of_json, folders }
    }

    fn learn_as(&mut self, bytes: &[u8], of_source: bool) -> Survey {
        let Sighted { sightings, lines_of_json, folders } = self.sight(bytes, of_source);
        let (mut out, mut lines) = (Vec::with_capacity(sightings.len()), 0);
        for (range, sighting) in sightings {
            // What is found anywhere counts everywhere.
            self.known.add(sighting.learned.into_iter().map(|(_, learned)| (0, learned)));
            self.known.ask(sighting.asked.into_iter().map(|(_, call)| (0, call)));
            let Sighting { dirty, kept, .. } = sighting;
            out.push(Share { range, lines, dirty, kept, in_lines_of_json: lines_of_json });
            lines += sighting.lines;
        }
        let mut survey = Survey { shares: out, folders, talk: Talk::default() };
        self.heed(bytes, &survey);
        survey.talk = self.known.take_talk();
        survey
    }

    /// Keeps what the answers to calls tell that are asked for.
    fn heed(&mut self, bytes: &[u8], survey: &Survey) {
        if self.known.asked() == 0 {
            return;
        }
        let pipeline = self.pipeline;
        let chunk =
            |share: &Share| pipeline.chunk(bytes, &share.range, share.in_lines_of_json, &survey.folders);
        let known = &self.known;
        let answers = |share: &Share| chunk(share).answers(known);
        let answers = pipeline.threads.side_by_side(&survey.shares, bytes.len(), answers);
        self.known.note_answers(answers.into_iter().flatten());
        let known = &self.known;
        let heed = |share: &Share| pipeline.heed(&chunk(share), known);
        let learned = pipeline.threads.side_by_side(&survey.shares, bytes.len(), heed);
        self.known.add(learned.into_iter().flatten().map(|(_, learned)| (0, learned)));
    }

    /// Redacts the bytes of a file to `output`, or only reports what would be replaced.
    ///
    /// # Errors
    /// [`PipelineError::Unverified`] for the first record that cannot be verified, if there is an `output`: what was
    /// written is then not to be kept. [`PipelineError::Output`], [`PipelineError::Report`].
    pub fn redact(
        &self,
        bytes: &[u8],
        path: Option<&Path>,
        survey: &Survey,
        mut output: Option<&mut dyn Write>,
        sink: &mut dyn Sink,
    ) -> Result<Totals, PipelineError> {
        let mut totals = Totals { bytes: bytes.len() as u64, ..Totals::default() };
        self.in_order(bytes, path, survey, |chunk, redacted| {
            totals.records += redacted.records;
            totals.changed += redacted.changed;
            for note in &redacted.notes {
                let place = Place { path, record: note.line, offset: note.offset };
                tell(place, &note.findings, note.doubt, sink)?;
                if let (Some(doubt), true) = (note.doubt, output.is_some()) {
                    let path = path.unwrap_or(Path::new("-")).to_path_buf();
                    let (record, offset) = (note.line, note.offset);
                    return Err(PipelineError::Unverified { path, record, offset, doubt });
                }
            }
            report(sink, &Event::Progress { bytes: chunk.bytes.len() as u64 })?;
            match &mut output {
                Some(output) => {
                    write(chunk, redacted, *output).map_err(|source| PipelineError::Output { source })
                }
                None => Ok(()),
            }
        })?;
        report(sink, &Event::End { path, totals })?;
        Ok(totals)
    }

    /// Redacts the shares of a file side by side and hands them to `take` one after the other, until that fails.
    fn in_order(
        &self,
        bytes: &[u8],
        path: Option<&Path>,
        survey: &Survey,
        mut take: impl FnMut(&Chunk<'_>, &Redacted) -> Result<(), PipelineError>,
    ) -> Result<(), PipelineError> {
        let known = &*self.known.with_talk(&survey.talk);
        let share = |share| self.share(bytes, path, share, known, &survey.folders);
        let Some(threads) = self.pipeline.threads.for_work(survey.shares.len(), bytes.len()) else {
            return survey.shares.iter().map(share).try_for_each(|(chunk, redacted)| take(&chunk, &redacted));
        };
        let ahead = (AHEAD * threads.current_num_threads()).max(LEAST_AHEAD);
        threads.in_place_scope_fifo(|scope| {
            let mut shares = survey.shares.iter().map(|next| {
                let (send, receive) = sync_channel(1);
                scope.spawn_fifo(move |_| {
                    // Nobody listens any more after an error.
                    let _ = send.send(share(next));
                });
                receive
            });
            let mut begun: VecDeque<_> = shares.by_ref().take(ahead).collect();
            while let Some(first) = begun.pop_front() {
                // What has panicked sends nothing; the scope passes that on.
                let Ok((chunk, redacted)) = first.recv() else { break };
                begun.extend(shares.next());
                take(&chunk, &redacted)?;
            }
            Ok(())
        })
    }

    fn share<'b>(
        &self,
        bytes: &'b [u8],
        path: Option<&Path>,
        share: &Share,
        known: &Known,
        folders: &Arc<Folders>,
    ) -> (Chunk<'b>, Redacted) {
        let chunk = self.pipeline.chunk(bytes, &share.range, share.in_lines_of_json, folders);
        let news = known.len() > self.told;
        let redacted =
            self.pipeline.redact(&chunk, path, (&share.dirty, &share.kept), known, news, share.lines);
        (chunk, redacted)
    }
}

impl Pipeline {
    /// What folders the sessions of a file work in, if code of some is kept.
    fn folders(
        &self,
        bytes: &[u8],
        ranges: &[Range<usize>],
        lines_of_json: bool,
        of_source: bool,
    ) -> Arc<Folders> {
        let mut folders = Folders::default();
        folders.of_source = of_source;
        let asked = if self.kept.is_some() { ranges } else { &[] };
        for range in asked {
            let chunk = self.chunk(bytes, range, lines_of_json, &Arc::default());
            chunk.records().for_each(|(_, record)| folders.note(&record));
        }
        Arc::new(folders)
    }

    /// The records of a stretch of a file.
    fn chunk<'b>(
        &self,
        bytes: &'b [u8],
        range: &Range<usize>,
        lines_of_json: bool,
        folders: &Arc<Folders>,
    ) -> Chunk<'b> {
        let part = &bytes[range.clone()];
        let mut splitter = match lines_of_json && range.start > 0 {
            true => Splitter::within_lines_of_json(self.grouping, 1),
            false => Splitter::new(self.grouping),
        };
        let (mut cuts, mut at, mut blank): (Vec<Cut>, _, _) = (Vec::new(), 0, 0);
        while let Some(cut) = splitter.cut(&part[at..], true) {
            at += cut.len;
            match cuts.last_mut() {
                // A file may hold nothing else for millions of lines.
                Some(last) if cut.body.is_empty() && last.body.is_empty() => {
                    last.len += cut.len;
                    blank += 1;
                }
                _ => cuts.push(cut),
            }
        }
        Chunk { bytes: part, offset: range.start as u64, cuts, blank, folders: Arc::clone(folders) }
    }

    /// How many of these bytes a thread takes at a time.
    fn share_of(&self, bytes: &[u8]) -> usize {
        (bytes.len() / (SHARES * self.threads.count(bytes.len()))).clamp(LEAST_SHARE, SHARE)
    }

    /// Searches the records of one large chunk side by side.
    fn sight_in_parallel(&self, chunk: &Chunk<'_>, known: &Known) -> Sighting {
        let share = self.share_of(chunk.bytes);
        let mut parts: Vec<(usize, Chunk<'_>)> = Vec::new();
        let (mut first, mut from, mut at) = (0, 0, 0);
        for (place, cut) in chunk.cuts.iter().enumerate() {
            at += cut.len;
            if at - from >= share || place + 1 == chunk.cuts.len() {
                let cuts = chunk.cuts[first..=place].to_vec();
                let part = Chunk {
                    bytes: &chunk.bytes[from..at],
                    offset: chunk.offset + from as u64,
                    cuts,
                    blank: 0,
                    folders: Arc::clone(&chunk.folders),
                };
                parts.push((first, part));
                (first, from) = (place + 1, at);
            }
        }
        let sightings =
            self.threads.side_by_side(&parts, chunk.bytes.len(), |(_, part)| self.sight(part, known));
        let mut all = Sighting::default();
        for ((first, _), sighting) in parts.iter().zip(sightings) {
            let stores = all.kept.len() as u32;
            let moved = |dirty: Dirty| Dirty {
                place: dirty.place + *first as u32,
                findings: dirty.findings.map(|(store, stretch)| (stores + store, stretch)),
                ..dirty
            };
            all.kept.extend(sighting.kept);
            all.dirty.extend(sighting.dirty.into_iter().map(moved));
            all.learned.extend(sighting.learned);
            all.asked.extend(sighting.asked);
            all.lines += sighting.lines;
        }
        all
    }
}

/// Cuts lines of JSON into shares of so many bytes, at safe places.
fn shares(bytes: &[u8], share: usize) -> Vec<Range<usize>> {
    let (mut out, mut from) = (Vec::new(), 0);
    while from < bytes.len() {
        let wish = (from + share).min(bytes.len());
        let to = safe_cut(bytes, wish.saturating_sub(1)).unwrap_or(bytes.len());
        out.push(from..to);
        from = to;
    }
    out
}
