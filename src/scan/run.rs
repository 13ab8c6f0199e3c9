//! Runs of 20 or more characters, judged by their shape: formats that only a run's length tells, random values, encoded
//! text, and values that a word near them explains.

use super::{
    Candidate, Kind, Kinds, encoded,
    prefix::{Fit, fit, true_start},
    simd::class::{BASE, CLASSES, NARROW},
};
use crate::rule::shape::{of_length, word_starts};

/// Longer runs are no single random value.
const LONGEST: usize = 512;
/// The least length of a run that is judged.
const SHORTEST: usize = 20;
/// How far before a run a word may stand, in bytes after decoding.
const NEAR: usize = 96;
/// The same before decoding, at most.
const NEAR_RAW: usize = 8 * NEAR;

/// Adds the candidates of the run that starts at `position`; returns where it ends, or `position` if what starts in it
/// is still to be judged.
pub(super) fn candidates(bytes: &[u8], position: usize, wanted: Kinds, out: &mut Vec<Candidate>) -> usize {
    let start = true_start(bytes, position);
    let narrow = end_of(bytes, start, NARROW);
    let wide = end_of(bytes, narrow, BASE);
    for end in [narrow, wide] {
        judge(bytes, start, end, wanted, out);
        if narrow == wide {
            break;
        }
    }
    if wide - start > LONGEST || is_random(&bytes[start..wide]) { wide } else { narrow.max(position + 1) }
}

fn end_of(bytes: &[u8], start: usize, class: u8) -> usize {
    let in_class = |&b: &u8| CLASSES[usize::from(b)] & class != 0;
    bytes[start..].iter().position(|b| !in_class(b)).map_or(bytes.len(), |length| start + length)
}

fn judge(bytes: &[u8], start: usize, end: usize, wanted: Kinds, out: &mut Vec<Candidate>) {
    let run = &bytes[start..end];
    if run.len() < SHORTEST {
        return;
    }
    if wanted.contains(Kind::Encoded) && encoded::is_text(run) {
        out.push(Candidate { at: start, kind: Kind::Encoded });
    }
    if run.len() > LONGEST {
        return;
    }
    let explained = is_explained(run);
    let by_length =
        of_length(run.len()).iter().any(|place| fit(*place, &bytes[start..], usize::MAX) == Fit::Good);
    let token = by_length || explained && !is_record_id(bytes, start) && word_near(bytes, start);
    if wanted.contains(Kind::Token) && token {
        out.push(Candidate { at: start, kind: Kind::Token });
    }
    if wanted.contains(Kind::Random) && !explained && is_random(run) {
        out.push(Candidate { at: start, kind: Kind::Random });
    }
}

/// Whether the shape says what it is: a UUID, a hash, a number. Such a value is a secret only if a word says so.
fn is_explained(run: &[u8]) -> bool {
    let hash = matches!(run.len(), 32 | 40 | 64 | 96 | 128) && run.iter().all(u8::is_ascii_hexdigit);
    hash || is_uuid(run)
}

fn is_uuid(run: &[u8]) -> bool {
    run.len() == 36
        && run.iter().enumerate().all(|(i, b)| match i {
            8 | 13 | 18 | 23 => *b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
}

/// Whether the value stands, unescaped, under a key of the transcript's own ids.
fn is_record_id(bytes: &[u8], start: usize) -> bool {
    let Some(before) =
        bytes[..start].strip_suffix(b"\":\"").or_else(|| bytes[..start].strip_suffix(b"\": \""))
    else {
        return false;
    };
    [&b"uuid"[..], b"Uuid", b"sessionId", b"promptId", b"messageId", b"toolUseID"]
        .iter()
        .any(|key| before.ends_with(key))
}

/// Whether a word of a contextual rule stands before `start`.
fn word_near(bytes: &[u8], start: usize) -> bool {
    let mut from = start;
    let mut weight = 0;
    while from > 0 && weight < NEAR && start - from < NEAR_RAW {
        from -= 1;
        weight += usize::from(bytes[from] != b'\\');
    }
    let mut before = b' ';
    for at in from..start {
        let byte = bytes[at];
        let starts =
            !before.is_ascii_alphanumeric() || byte.is_ascii_uppercase() && before.is_ascii_lowercase();
        if starts && byte.is_ascii_alphanumeric() {
            let escaped = true_start(bytes, at);
            if word_starts(&bytes[at..]) || escaped != at && word_starts(&bytes[escaped..]) {
                return true;
            }
        }
        before = byte;
    }
    false
}

/// Prefixes of ids that agents and their services give.
const IDS: [&[u8]; 12] = [
    b"msg_",
    b"toolu_",
    b"srvtoolu_",
    b"req_0",
    b"chatcmpl-",
    b"msgbatch_",
    b"container_",
    b"call_",
    b"resp_",
    b"thread_",
    b"asst_",
    b"agent-",
];

/// Whether a run looks as if drawn at random from letters and digits: its kinds of characters change often, as they do
/// in no identifier, path or number.
pub(crate) fn is_random(run: &[u8]) -> bool {
    if run.len() < SHORTEST || IDS.iter().any(|id| run.starts_with(id)) {
        return false;
    }
    let mut changes = 0;
    let mut seen = 0_u128;
    let mut before = 0;
    for &byte in run.iter().take(LONGEST) {
        let class = match byte {
            b'0'..=b'9' => 1,
            b'a'..=b'z' => 2,
            b'A'..=b'Z' => 3,
            _ => 0,
        };
        seen |= 1 << (byte & 127);
        changes += usize::from(class != before && class * before != 0 && (before, class) != (3, 2));
        before = class;
    }
    changes * 5 >= run.len().min(LONGEST) && seen.count_ones() >= 9
}
