//! Runs of 20 or more characters, judged by their shape: formats that only a run's length tells, random values, encoded
//! text, and values that a word near them explains.

use super::{
    Candidate, Kind, Kinds, encoded,
    encoded::may_be_text,
    prefix::{is_there, true_start},
};
use crate::{
    rule::shape::{has_length, kinds_of_length, word_starts},
    simd::{
        Masks, STEP,
        class::{BASE, CLASSES, NARROW},
    },
};

/// Longer runs are no single random value.
const LONGEST: usize = 512;
/// The least length of a run that is judged.
const SHORTEST: usize = 20;
/// How far before a run a word may stand, in bytes after decoding.
const NEAR: usize = 96;
/// The same before decoding, at most.
const NEAR_RAW: usize = 8 * NEAR;

/// The start of a run, as the masks of its block and of the next one show it.
pub(super) struct Run {
    /// Its first byte.
    start: usize,
    /// How many of its first 64 bytes belong to it.
    seen: u32,
    /// The same of the narrower alphabet.
    narrow: u32,
    /// How many of those seen are of another kind than the one before: a digit after a letter, a capital after a small
    /// letter.
    changes: u32,
    /// The dashes and lines among those seen.
    joints: u64,
}

impl Run {
    /// The run that starts at byte `start`, bit `bit` of the block `here`.
    pub(super) fn of(start: usize, bit: u32, here: &Masks, after: &Masks) -> Self {
        let both = |first: u64, second: u64| first >> bit | (second << 1) << (63 - bit);
        let seen = both(here.base, after.base).trailing_ones();
        let narrow = both(here.narrow, after.narrow).trailing_ones();
        let inside = if seen < 64 { (1 << seen) - 1 } else { u64::MAX };
        let digit = both(here.digit, after.digit);
        let alnum = both(here.alnum, after.alnum);
        let small = alnum & !digit & both(here.small, after.small);
        let capital = alnum & !digit & !small;
        let (digits, smalls, capitals) = (digit << 1, small << 1, capital << 1);
        let changes = digit & (smalls | capitals) | capital & (digits | smalls) | small & digits;
        let joints = both(here.narrow & !here.alnum, after.narrow & !after.alnum) & inside;
        Self { start, seen, narrow, changes: (changes & inside).count_ones(), joints }
    }

    /// The same behind the letters of an escape that it starts with.
    pub(super) fn behind_escape(self, bytes: &[u8]) -> Self {
        let start = true_start(bytes, self.start);
        let letters = (start - self.start) as u32;
        let rest = |seen: u32| if seen < 64 { seen.saturating_sub(letters) } else { seen };
        Self {
            start,
            seen: rest(self.seen),
            narrow: rest(self.narrow),
            joints: self.joints >> letters,
            ..self
        }
    }

    /// Adds its candidates; returns where it ends if what starts in it needs no judgement of its own.
    pub(super) fn candidates(&self, bytes: &[u8], wanted: Kinds, out: &mut Vec<Candidate>) -> usize {
        let start = self.start;
        let lively = self.changes * RARE >= self.seen;
        let digits = without_radix(&bytes[start..]);
        if !lively && !self.is_uuid() && !may_be_text(digits) && !has_length(self.seen as usize) {
            return start;
        }
        if is_id(&bytes[start..]) {
            return start + self.seen as usize;
        }
        if let Some(end) = digest_end(bytes, start) {
            return end;
        }
        if self.is_uuid() {
            if wanted.contains(Kind::Token) && is_asked_for(bytes, start) {
                out.push(Candidate { at: start, kind: Kind::Token });
            }
            return start + self.seen as usize;
        }
        let narrow = self.end(bytes, start, self.narrow, NARROW);
        let wide = self.end(bytes, narrow, self.seen, BASE);
        let random = wide - start > LONGEST || lively && is_varied(&bytes[start..wide]);
        judge(bytes, start, narrow, wanted, random, out);
        if narrow < wide {
            judge(bytes, start, wide, wanted, random, out);
        }
        if random { wide } else { narrow }
    }

    /// Where a run of `class` ends of which the masks show `seen` bytes and which goes on from `from`.
    fn end(&self, bytes: &[u8], from: usize, seen: u32, class: u8) -> usize {
        if seen < 64 { self.start + seen as usize } else { end_of(bytes, from, class) }
    }

    /// Whether it is as long as a UUID and has its joints.
    fn is_uuid(&self) -> bool {
        self.seen == 36 && self.joints == 1 << 8 | 1 << 13 | 1 << 18 | 1 << 23
    }
}

/// What stands before the signature of a thought: it opens nothing, and must stay.
const SIGNATURE: &[u8] = b"\"signature\":\"";

/// A run looks random if one in so many of its characters is of another kind than the one before.
const RARE: u32 = 5;

/// The end of the run of `class`, [`NARROW`] or [`BASE`], that goes on from `start`.
fn end_of(bytes: &[u8], start: usize, class: u8) -> usize {
    let (steps, _) = bytes[start..].as_chunks::<STEP>();
    let whole = steps.iter().take_while(|step| is_whole(step, class == BASE)).count() * STEP;
    let in_class = |&b: &u8| CLASSES[usize::from(b)] & class != 0;
    let rest = &bytes[start + whole..];
    start + whole + rest.iter().position(|b| !in_class(b)).unwrap_or(rest.len())
}

/// Whether all bytes are of [`BASE`], or of [`NARROW`]: without a branch or a table, so that they are looked at together.
#[inline]
fn is_whole(step: &[u8; STEP], base: bool) -> bool {
    let signs = if base { [b'+', b'/'] } else { [b'_'; 2] };
    step.iter().fold(true, |all, &b| {
        let letter = (b | 0x20).wrapping_sub(b'a') < 26;
        let digit = b.wrapping_sub(b'0') < 10;
        all & (letter | digit | (b == b'_') | (b == b'-') | (b == signs[0]) | (b == signs[1]))
    })
}

fn judge(bytes: &[u8], start: usize, end: usize, wanted: Kinds, random: bool, out: &mut Vec<Candidate>) {
    let run = &bytes[start..end];
    if run.len() < SHORTEST || bytes[..start].ends_with(SIGNATURE) {
        return;
    }
    // The sign of a patch's line is no part of what is encoded.
    let signed = || matches!(run[0], b'+' | b'-') && encoded::is_text(&run[1..]);
    if wanted.contains(Kind::Encoded) && (encoded::is_text(without_radix(run)) || signed()) {
        out.push(Candidate { at: start, kind: Kind::Encoded });
    }
    if run.len() > LONGEST {
        return;
    }
    let explained = is_hash(run);
    if wanted.contains(Kind::Token)
        && (by_length(bytes, start, run.len()) || explained && is_asked_for(bytes, start))
    {
        out.push(Candidate { at: start, kind: Kind::Token });
    }
    if wanted.contains(Kind::Random) && random && !explained {
        out.push(Candidate { at: start, kind: Kind::Random });
    }
}

/// A run without the `0x` of a number in hexadecimal digits.
fn without_radix(run: &[u8]) -> &[u8] {
    run.strip_prefix(b"0x").or_else(|| run.strip_prefix(b"0X")).unwrap_or(run)
}

/// Whether a format that a run's length leads to is there, from its start to its end.
fn by_length(bytes: &[u8], start: usize, length: usize) -> bool {
    kinds_of_length(length, bytes, start).any(|place| is_there(*place, bytes, start))
}

/// Whether a word before a run that its shape explains may make it a secret.
fn is_asked_for(bytes: &[u8], start: usize) -> bool {
    !is_record_id(bytes, start) && word_near(bytes, start)
}

/// Whether the shape says that it is a hash. Such a value is a secret only if a word says so.
fn is_hash(run: &[u8]) -> bool {
    matches!(run.len(), 32 | 40 | 64 | 96 | 128) && run.iter().all(u8::is_ascii_hexdigit)
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
const IDS: [&[u8]; 13] = [
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
    b"agent_msg_",
];

/// Whether a run starts as one of [`IDS`].
fn is_id(run: &[u8]) -> bool {
    matches!(run[0], b'm' | b't' | b's' | b'r' | b'c' | b'a') && IDS.iter().any(|id| run.starts_with(id))
}

/// How lock files write digests in base64: what stands before, and the length without padding.
const DIGESTS: [(&[u8], usize); 4] = [(b"sha512-", 86), (b"sha256-", 43), (b"sha384-", 64), (b"sha1-", 27)];

/// Where the digest ends that a run is or, behind `h1:` as in a `go.sum`, that it consists of.
fn digest_end(bytes: &[u8], start: usize) -> Option<usize> {
    let run = &bytes[start..];
    let named = if run[0] == b's' { DIGESTS.iter().find(|(name, _)| run.starts_with(name)) } else { None };
    let (from, length) = match named {
        Some((name, length)) => (start + name.len(), *length),
        None if is_sum(&bytes[..start]) => (start, 43),
        None => return None,
    };
    let end = end_of(bytes, from, BASE);
    (end - from == length).then_some(end)
}

/// Whether what stands before a run says that it is a sum of Go: `h1:` as a word of its own, not as the end of `auth1:`.
fn is_sum(before: &[u8]) -> bool {
    before.strip_suffix(b"h1:").is_some_and(|head| !head.last().is_some_and(u8::is_ascii_alphanumeric))
}

/// The least count of different characters among the first 64 of a random run.
const VARIED: u32 = 9;

/// Whether a run has as many different characters as a random one of its length would.
fn is_varied(run: &[u8]) -> bool {
    let mut seen = [0_u64; 2];
    let mut ended = run.chunks(16).take(4);
    ended.any(|some| {
        for b in some {
            seen[usize::from(b >> 6 & 1)] |= 1 << (b & 63);
        }
        seen[0].count_ones() + seen[1].count_ones() >= VARIED
    })
}

/// Whether bytes look as if drawn at random from letters and digits: their kind changes often, as it does in no
/// identifier, path or number.
pub(crate) fn is_random(run: &[u8]) -> bool {
    let class = |byte: u8| match byte {
        b'0'..=b'9' => 1,
        b'a'..=b'z' => 2,
        b'A'..=b'Z' => 3,
        _ => 0,
    };
    let change = |pair: &&[u8]| {
        let (before, here) = (class(pair[0]), class(pair[1]));
        before != here && before * here != 0 && (before, here) != (3, 2)
    };
    let run = &run[..run.len().min(LONGEST)];
    run.len() >= SHORTEST
        && run.windows(2).filter(change).count() * RARE as usize >= run.len()
        && is_varied(run)
}
