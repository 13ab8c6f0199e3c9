//! The rule files of identity and paths, each line of their tests against the detectors alone.

use crate::{
    detect::{
        Wanted, dispatch,
        subject::{Hit, Hits, Subject},
        whole_text,
    },
    rule::Class,
    scan::{Kinds, Scanner},
    transcript::text::{Field, Role},
};
use proptest::prelude::*;
use std::sync::LazyLock;

static SCANNER: LazyLock<Scanner> = LazyLock::new(|| Scanner::new(Kinds::ALL));

/// What the detectors of identity and paths find in a subject.
pub(in crate::detect) fn hits(subject: &Subject<'_>) -> Hits {
    let wanted = Wanted::new(|class, _| matches!(class, Class::Identity | Class::Path));
    let (mut candidates, mut hits) = (Vec::new(), Hits::new());
    SCANNER.scan(subject.bytes, &mut candidates);
    whole_text(subject, wanted, true, &mut hits, &mut Vec::new());
    for candidate in candidates {
        dispatch(subject, candidate, wanted, &mut hits);
    }
    hits
}

/// A text in no field, under no key.
pub(in crate::detect) fn plain(text: &str) -> Subject<'_> {
    Subject { bytes: text.as_bytes(), key: None, role: Role::Value, field: Field::Free, cwd: None }
}

/// `text` with what `chosen` says yes to marked.
pub(in crate::detect) fn marked(text: &str, hits: &Hits, chosen: impl Fn(&Hit) -> bool) -> String {
    let mut spans: Vec<_> = hits.iter().filter(|h| chosen(h)).map(|h| h.span.range()).collect();
    spans.sort_by_key(|s| (s.start, s.end));
    spans.dedup();
    // What stands within another finding is hidden by it.
    let all = spans.clone();
    spans.retain(|s| !all.iter().any(|o| o != s && o.start <= s.start && s.end <= o.end));
    let mut out = text.to_owned();
    for span in spans.into_iter().rev() {
        out.insert(span.end, '»');
        out.insert(span.start, '«');
    }
    out
}

/// Pieces that lead into every detector, and what stands between them.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let carriers: Vec<&str> = super::carrier::words().chain(WAYS.iter().copied()).collect();
    let word = prop::sample::select(carriers).prop_map(|w| w.as_bytes().to_vec());
    let bytes = prop::collection::vec(any::<u8>(), 0..6);
    let signs = "[ -~\\n]{0,8}".prop_map(String::into_bytes);
    let names = "[a-zé/\\\\.:@%~-]{0,12}".prop_map(String::into_bytes);
    let digits = "[0-9 .:/+()-]{0,20}".prop_map(String::into_bytes);
    let piece = prop_oneof![3 => word, 1 => bytes, 2 => signs, 2 => names, 2 => digits];
    prop::collection::vec(piece, 0..10).prop_map(|parts| parts.concat())
}

/// Beginnings of paths and addresses.
static WAYS: &[&str] = &[
    "/home/",
    "C:\\Users\\",
    "%2FUsers%2F",
    "-home-",
    "--Users-",
    "/var/folders/",
    "/run/user/",
    "@",
    "%40",
    "://",
    "~/",
    "&#x2F;home&#x2F;",
    "\\\\home\\",
    "git@",
    "::",
    "2a01:",
    "DE89",
    "+1",
    "(415)",
    "\u{301}",
    "/@fs/",
    "http://",
];

proptest! {
    #[test]
    fn no_bytes_do_harm(bytes in pieces(), field in 0usize..4, key in prop::option::of(pieces()), cwd in prop::option::of(pieces())) {
        let field = [Field::Free, Field::Path, Field::WorkingDirectory, Field::Repository][field];
        let subject = Subject { bytes: &bytes, key: key.as_deref(), role: Role::Value, field, cwd: cwd.as_deref() };
        for hit in hits(&subject) {
            prop_assert!(hit.span.start() < hit.span.end() && hit.span.end() <= bytes.len());
        }
    }
}

/// Lists what is found in the transcripts under `TRANSCRUB_CORPUS`, with what stands around it, for reading.
#[test]
#[ignore = "prints what is found in a folder of transcripts"]
fn list_what_is_found_in_a_corpus() {
    let Ok(corpus) = std::env::var("TRANSCRUB_CORPUS") else { return };
    let mut seen = std::collections::BTreeMap::new();
    for entry in ignore::Walk::new(corpus).flatten().filter(|e| e.path().is_file()) {
        let text = std::fs::read(entry.path()).unwrap_or_default();
        for line in text.split(|&b| b == b'\n') {
            match serde_json::from_slice(line) {
                Ok(value) => list(&value, None, &mut seen),
                Err(_) => note(&String::from_utf8_lossy(line), None, &mut seen),
            }
        }
    }
    for ((rule, value), (count, around)) in seen {
        println!("{rule}\t{count}\t{value}\t{around}");
    }
}

type Seen = std::collections::BTreeMap<(&'static str, String), (usize, String)>;

fn list(value: &serde_json::Value, key: Option<&str>, seen: &mut Seen) {
    use serde_json::Value;
    match value {
        Value::String(text) => note(text, key, seen),
        Value::Number(number) if number.to_string().len() > 11 => note(&number.to_string(), key, seen),
        Value::Array(values) => values.iter().for_each(|v| list(v, key, seen)),
        Value::Object(members) => {
            for (name, value) in members {
                note(name, None, seen);
                list(value, Some(name), seen);
            }
        }
        _ => {}
    }
}

fn note(text: &str, key: Option<&str>, seen: &mut Seen) {
    let subject = Subject { key: key.map(str::as_bytes), ..plain(text) };
    for hit in hits(&subject) {
        let range = hit.span.range();
        let (from, to) = (range.start.saturating_sub(40), (range.end + 30).min(text.len()));
        let around = String::from_utf8_lossy(&text.as_bytes()[from..to]).escape_debug().to_string();
        let value = String::from_utf8_lossy(&text.as_bytes()[range]).into_owned();
        seen.entry((hit.rule.rule().id, value)).or_insert((0, around)).0 += 1;
    }
}
