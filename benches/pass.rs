//! How fast the pass and its stages are, on ordinary and on bad inputs: `cargo bench`. Every bench asserts its answer.

#![allow(missing_docs, reason = "benches have no readers but their names")]
#![allow(clippy::unwrap_used, reason = "a bench that fails should stop")]

mod material;

use divan::{Bencher, counter::BytesCount};
use std::{io, sync::LazyLock};
use transcrub::{
    detect::{Detector, Found, Known, Scratch, Wanted},
    input::Access,
    pipeline::{Pipeline, Settings},
    policy::{Allowlist, Policy, Profile},
    redact,
    report::{Event, Sink},
    scan::{Kind, Kinds, Scanner},
    tag::Key,
    transcript::{json, record::Record, view::unescape},
};

/// Bytes of an ordinary session.
const ORDINARY: usize = 8 << 20;

/// Bytes of a bad input.
const BAD: usize = 1 << 20;

/// Bytes of a wall of marks.
const WALL: usize = 1 << 17;

static SESSION: LazyLock<(Vec<u8>, usize)> = LazyLock::new(|| material::session(ORDINARY));

fn main() {
    divan::main();
}

fn pipeline(profile: &str, threads: usize) -> Pipeline {
    let policy = Policy::new(Profile::named(profile).unwrap(), Allowlist::default());
    let key = Key::from_material(b"a key for benches that is long enough");
    let known = Vec::new();
    Pipeline::new(Settings { policy, key, known, threads: Some(threads), access: Access::Map })
}

/// Counts the findings of one rule.
struct Count(&'static str, usize);

impl Sink for Count {
    fn event(&mut self, event: &Event<'_>) -> io::Result<()> {
        if let Event::Found { finding, .. } = event {
            self.1 += usize::from(finding.rule.rule().id == self.0);
        }
        Ok(())
    }
}

/// Redacts `bytes` and gives how many tokens were found.
fn tokens_found(pipeline: &Pipeline, bytes: &[u8]) -> usize {
    let mut count = Count("github.pat.classic", 0);
    let mut job = pipeline.job();
    let survey = job.learn(bytes);
    job.redact(bytes, None, &survey, Some(&mut io::sink()), &mut count).unwrap();
    count.1
}

#[divan::bench(args = ["secrets", "everything"])]
fn scan(bencher: Bencher<'_, '_>, kinds: &str) {
    let (bytes, planted) = &*SESSION;
    let scanner = Scanner::new(if kinds == "secrets" { Kinds::SECRETS } else { Kinds::ALL });
    let mut out = Vec::new();
    bencher.counter(BytesCount::of_slice(bytes)).bench_local(|| {
        out.clear();
        scanner.scan(bytes, &mut out);
        assert!(out.iter().filter(|candidate| candidate.kind == Kind::Token).count() >= *planted);
    });
}

#[divan::bench]
fn tokenize(bencher: Bencher<'_, '_>) {
    let (bytes, _) = &*SESSION;
    let mut tokens = Vec::new();
    bencher.counter(BytesCount::of_slice(bytes)).bench_local(|| {
        let mut strings = 0;
        for line in bytes.split(|b| *b == b'\n').filter(|line| !line.is_empty()) {
            tokens.clear();
            json::tokenize(line, &mut tokens).unwrap();
            strings += tokens.iter().filter(|token| token.kind == json::Kind::String).count();
        }
        assert!(strings > 0);
    });
}

/// Escapes undone in every string, with the way back to the raw bytes.
#[divan::bench]
fn views(bencher: Bencher<'_, '_>) {
    let strings = strings();
    let bytes = strings.iter().map(|raw| raw.len()).sum::<usize>();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        let decoded = strings.iter().map(|raw| unescape(raw, 0).bytes().len()).sum::<usize>();
        assert!(decoded > bytes / 2 && decoded < bytes);
    });
}

/// The strings of the session as they are written, without their quotes.
fn strings() -> Vec<&'static [u8]> {
    let (bytes, _) = &*SESSION;
    let mut strings = Vec::new();
    let mut tokens = Vec::new();
    for line in bytes.split(|b| *b == b'\n').filter(|line| !line.is_empty()) {
        tokens.clear();
        json::tokenize(line, &mut tokens).unwrap();
        let of_line = tokens.iter().filter(|token| token.kind == json::Kind::String);
        strings.extend(of_line.map(|token| token.bytes(line)));
    }
    strings
}

/// The search alone, record by record, without what a chunk shares.
#[divan::bench(args = ["retain", "share", "bug"], sample_count = 10)]
fn search(bencher: Bencher<'_, '_>, profile: &str) {
    let (bytes, planted) = &*SESSION;
    let detector = detector(profile);
    let (known, mut scratch, mut found) = (Known::default(), Scratch::default(), Found::default());
    bencher.counter(BytesCount::of_slice(bytes)).bench_local(|| {
        let mut tokens = 0;
        for record in records(bytes) {
            detector.search(&record, &known, &mut scratch, &mut found);
            tokens += found.findings.iter().filter(|f| f.rule.rule().id == "github.pat.classic").count();
        }
        assert!(tokens >= *planted || profile == "bug");
    });
}

/// Decisions made into bytes: long stretches copied, values replaced.
#[divan::bench(args = ["retain", "share", "bug"])]
fn splice(bencher: Bencher<'_, '_>, profile: &str) {
    let (bytes, _) = &*SESSION;
    let detector = detector(profile);
    let policy = Policy::new(Profile::named(profile).unwrap(), Allowlist::default());
    let (known, mut scratch, mut found) = (Known::default(), Scratch::default(), Found::default());
    let decided: Vec<_> = records(bytes)
        .map(|record| {
            detector.search(&record, &known, &mut scratch, &mut found);
            (record.bytes, policy.resolve(&mut found.findings, None, record.bytes))
        })
        .collect();
    let edits = decided.iter().map(|(_, decisions)| decisions.edits().len()).sum::<usize>();
    assert!(edits > 0);
    let mut out = Vec::new();
    bencher.counter(BytesCount::of_slice(bytes)).bench_local(|| {
        out.clear();
        let apply = |(record, decisions): &(&[u8], _)| redact::apply(record, decisions, &mut out).len();
        assert_eq!(decided.iter().map(apply).sum::<usize>(), edits);
    });
}

fn detector(profile: &str) -> Detector {
    let profile = Profile::named(profile).unwrap();
    let key = Key::from_material(b"a key for benches that is long enough");
    Detector::new(key, Wanted::new(|class, level| profile.replaces(class, level)))
}

fn records(bytes: &[u8]) -> impl Iterator<Item = Record<'_>> {
    let lines = bytes.split(|b| *b == b'\n').filter(|line| !line.is_empty()).enumerate();
    let start = bytes.as_ptr() as usize;
    lines.map(move |(line, bytes)| Record {
        bytes,
        offset: (bytes.as_ptr() as usize - start) as u64,
        line: line as u64 + 1,
    })
}

#[divan::bench(args = ["retain", "share", "bug"], sample_count = 10)]
fn ordinary_one_thread(bencher: Bencher<'_, '_>, profile: &str) {
    ordinary(bencher, profile, 1);
}

#[divan::bench(args = ["retain", "share", "bug"], sample_count = 10)]
fn ordinary_two_threads(bencher: Bencher<'_, '_>, profile: &str) {
    ordinary(bencher, profile, 2);
}

fn ordinary(bencher: Bencher<'_, '_>, profile: &str, threads: usize) {
    let (bytes, planted) = &*SESSION;
    let pipeline = pipeline(profile, threads);
    bencher
        .counter(BytesCount::of_slice(bytes))
        .bench_local(|| assert!(tokens_found(&pipeline, bytes) >= *planted || profile == "bug"));
}

#[divan::bench(args = material::WORST, sample_count = 5)]
fn worst(bencher: Bencher<'_, '_>, name: &str) {
    let bytes = material::worst(name, BAD);
    let pipeline = pipeline("retain", 1);
    let tokens = memchr::memmem::find_iter(&bytes, b"ghp_").count();
    bencher
        .counter(BytesCount::of_slice(&bytes))
        .bench_local(|| assert!(tokens_found(&pipeline, &bytes) * 1000 >= tokens * 999, "{name}: {tokens}"));
}

/// The same bad inputs at four times the size: the speed must be about that of `worst`.
#[divan::bench(args = material::WORST, sample_count = 3)]
fn worst_four_times(bencher: Bencher<'_, '_>, name: &str) {
    let bytes = material::worst(name, 4 * BAD);
    let pipeline = pipeline("retain", 1);
    bencher.counter(BytesCount::of_slice(&bytes)).bench_local(|| tokens_found(&pipeline, &bytes));
}

/// Marks with which code may begin, where code is looked for.
#[divan::bench(args = material::WALLS, sample_count = 3)]
fn walls(bencher: Bencher<'_, '_>, name: &str) {
    wall(bencher, name, WALL);
}

/// The same at four times the size: the speed must be about that of `walls`.
#[divan::bench(args = material::WALLS, sample_count = 3)]
fn walls_four_times(bencher: Bencher<'_, '_>, name: &str) {
    wall(bencher, name, 4 * WALL);
}

fn wall(bencher: Bencher<'_, '_>, name: &str, size: usize) {
    let bytes = material::wall(name, size);
    let pipeline = pipeline("bug", 1);
    bencher.counter(BytesCount::of_slice(&bytes)).bench_local(|| {
        let mut job = pipeline.job();
        let (survey, mut out) = (job.learn(&bytes), Vec::new());
        job.redact(&bytes, None, &survey, Some(&mut out), &mut Count("", 0)).unwrap();
        assert!(!out.is_empty() && memchr::memmem::find(&out, b"ghp_").is_none());
    });
}
