//! What the test files share: a pipeline with a fixed key, and every way to bring a transcript through it.

#![allow(dead_code, reason = "each test file uses a part")]
#![allow(clippy::unwrap_used, reason = "this is a test")]

use std::{
    io::{self, Read, Write as _},
    sync::{Arc, Mutex},
};
use transcrub::{
    input::{Access, Source},
    pipeline::{Pipeline, PipelineError, Settings},
    policy::{Allowlist, Policy, Profile},
    report::{Event, Silence, Sink},
    tag::Key,
    verify::Doubt,
};

/// A pipeline under `profile` with the same key every time.
pub(crate) fn pipeline(profile: &str, threads: usize) -> Pipeline {
    let policy = Policy::new(Profile::named(profile).unwrap(), Allowlist::default());
    let key = Key::from_material(b"a key for tests that is long enough");
    let settings = Settings { policy, key, known: Vec::new(), threads: Some(threads), access: Access::Map };
    Pipeline::new(settings)
}

/// A stream that comes in pieces of these sizes, over and over.
struct Pieces {
    bytes: Vec<u8>,
    at: usize,
    sizes: Vec<usize>,
    turn: usize,
}

impl Read for Pieces {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let size = self.sizes[self.turn % self.sizes.len()].min(out.len()).min(self.bytes.len() - self.at);
        self.turn += 1;
        out[..size].copy_from_slice(&self.bytes[self.at..self.at + size]);
        self.at += size;
        Ok(size)
    }
}

/// What a stream gives that comes in pieces of `sizes`.
pub(crate) fn filter(pipeline: &Pipeline, bytes: &[u8], sizes: &[usize]) -> Vec<u8> {
    let input = Pieces { bytes: bytes.to_vec(), at: 0, sizes: sizes.to_vec(), turn: 0 };
    let mut out = Vec::new();
    pipeline.filter(input, &mut out, &mut Silence).unwrap();
    out
}

/// What a file gives.
pub(crate) fn scrub(pipeline: &Pipeline, bytes: &[u8], access: Access) -> Vec<u8> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    let source = Source::open(file.path(), access).unwrap();
    let mut job = pipeline.job();
    let survey = job.learn(&source);
    let mut out = Vec::new();
    job.redact(&source, Some(file.path()), &survey, Some(&mut out), &mut Silence).unwrap();
    source.unchanged().unwrap();
    out
}

/// What a file gives; `None` if it is refused, because something in it cannot be verified.
pub(crate) fn scrub_or_refuse(pipeline: &Pipeline, bytes: &[u8]) -> Option<Vec<u8>> {
    match pipeline.redact_bytes(bytes, &mut Silence) {
        Ok(out) => Some(out),
        Err(PipelineError::Unverified { doubt, .. }) => {
            assert_ne!(doubt, Doubt::Fault);
            None
        }
        Err(error) => panic!("{error}"),
    }
}

/// A finding of a run: rule, record, first byte, byte after the last, tag.
pub(crate) type Seen = (String, u64, u64, u64, String);

#[derive(Clone, Default)]
struct Collect(Arc<Mutex<Vec<Seen>>>);

impl Sink for Collect {
    fn event(&mut self, event: &Event<'_>) -> io::Result<()> {
        if let Event::Found { place, finding } = event {
            let (start, end) = place.extent(finding);
            let rule = finding.rule.rule().id.to_owned();
            self.0.lock().unwrap().push((rule, place.record, start, end, finding.tag.to_string()));
        }
        Ok(())
    }
}

/// What is found in a file.
pub(crate) fn scan(pipeline: &Pipeline, bytes: &[u8]) -> Vec<Seen> {
    let mut job = pipeline.job();
    let survey = job.learn(bytes);
    let mut sink = Collect::default();
    job.redact(bytes, None, &survey, None, &mut sink).unwrap();

    sink.0.lock().unwrap().clone()
}

/// The bytes brought through in every way: as a stream in pieces of several sizes, as a file mapped and read, with
/// one thread and with several. All must agree; the agreed bytes come back.
#[track_caller]
pub(crate) fn every_way(profile: &str, bytes: &[u8]) -> Vec<u8> {
    let (one, many) = (pipeline(profile, 1), pipeline(profile, 3));
    let expected = filter(&one, bytes, &[usize::MAX]);
    // Byte by byte is slow, and says nothing new of a long transcript.
    let small: &[usize] = if bytes.len() < 2_000 { &[1] } else { &[4_099] };
    for sizes in [small, &[7, 64, 1, 4096], &[65_537], &[1 << 20]] {
        for pipeline in [&one, &many] {
            assert_same(&filter(pipeline, bytes, sizes), &expected, &format!("pieces of {sizes:?}"));
        }
    }
    for pipeline in [&one, &many] {
        for access in [Access::Map, Access::Read] {
            assert_same(&scrub(pipeline, bytes, access), &expected, &format!("a file, {access:?}"));
        }
    }
    expected
}

#[track_caller]
fn assert_same(got: &[u8], expected: &[u8], way: &str) {
    if got != expected {
        let at = got.iter().zip(expected).take_while(|(a, b)| a == b).count();
        let show = |bytes: &[u8]| {
            String::from_utf8_lossy(&bytes[at.saturating_sub(80)..bytes.len().min(at + 80)]).into_owned()
        };
        panic!("{way} differs at byte {at}:\n got      {}\n expected {}", show(got), show(expected));
    }
}
