//! How fast the pass and its stages are, on ordinary and on bad inputs: `cargo bench`. Every bench asserts its answer.

#![allow(missing_docs, reason = "benches have no readers but their names")]
#![allow(clippy::unwrap_used, reason = "a bench that fails should stop")]

mod material;

use divan::{Bencher, counter::BytesCount};
use std::{io, sync::LazyLock};
use transcrub::{
    input::Access,
    pipeline::{Pipeline, Settings},
    policy::{Allowlist, Policy, Profile},
    report::{Event, Sink},
    scan::{Kind, Kinds, Scanner},
    tag::Key,
    transcript::json,
};

/// Bytes of an ordinary session.
const ORDINARY: usize = 8 << 20;

/// Bytes of a bad input.
const BAD: usize = 1 << 20;

static SESSION: LazyLock<(Vec<u8>, usize)> = LazyLock::new(|| material::session(ORDINARY));

fn main() {
    divan::main();
}

fn pipeline(profile: &str, threads: usize) -> Pipeline {
    let policy = Policy::new(Profile::named(profile).unwrap(), Allowlist::default());
    let key = Key::from_material(b"a key for benches that is long enough");
    let known = Vec::new();
    Pipeline::new(Settings { policy, key, known, threads: Some(threads), access: Access::Map }).unwrap()
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
fn redact(pipeline: &Pipeline, bytes: &[u8]) -> usize {
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
        .bench_local(|| assert!(redact(&pipeline, bytes) >= *planted || profile == "bug"));
}

#[divan::bench(args = material::WORST, sample_count = 5)]
fn worst(bencher: Bencher<'_, '_>, name: &str) {
    let bytes = material::worst(name, BAD);
    let pipeline = pipeline("retain", 1);
    let tokens = memchr::memmem::find_iter(&bytes, b"ghp_").count();
    bencher
        .counter(BytesCount::of_slice(&bytes))
        .bench_local(|| assert!(redact(&pipeline, &bytes) * 1000 >= tokens * 999, "{name}: {tokens}"));
}

/// The same bad inputs at four times the size: the speed must be about that of `worst`.
#[divan::bench(args = material::WORST, sample_count = 3)]
fn worst_four_times(bencher: Bencher<'_, '_>, name: &str) {
    let bytes = material::worst(name, 4 * BAD);
    let pipeline = pipeline("retain", 1);
    bencher.counter(BytesCount::of_slice(&bytes)).bench_local(|| redact(&pipeline, &bytes));
}
