//! Values whose shape tells what they are: the formats of the rules, found by their keys, by the length of a run, or by
//! a word near them.

mod key;
mod near;

use super::subject::{Hit, Hits, Subject};
use crate::{
    rule::{
        Confidence, Matcher, Rule, RuleId,
        shape::{self, Piece, Place, Set, Shape},
    },
    scan::{follows_escape, is_random, true_start},
    span::{Span, Text},
    validator,
};
use memchr::memmem::Finder;
use near::Near;
use std::sync::LazyLock;

/// An anchor this long occurs nowhere by chance, not in the longest base64 text.
const STRONG: usize = 6;
/// So many random characters right beside a value are a sign that it is a piece of something longer.
const WALL: usize = 24;

/// Looks for formats with a key, a literal or a run of telling length at byte `at` of the subject; the longest wins.
pub(super) fn find(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let taken = |hit: &Hit| {
        is_format(hit.rule) && hit.rule.rule().keywords.is_empty() && hit.span.range().contains(&at)
    };
    if at >= bytes.len() || hits.last().is_some_and(taken) {
        return;
    }
    let mut best = Best::default();
    for place in places(bytes, at) {
        for start in at.saturating_sub(place.max.into())..=at.saturating_sub(place.min.into()) {
            best.offer(subject, place.shape(), start);
        }
    }
    if best.found.is_none() {
        best.offer_run(subject, at);
    }
    let Some(found) = best.found else { return };
    match found.rule.rule().id {
        "twilio.account-sid" => hits.extend(secret_behind(bytes, found.end)),
        "aws.access-key-id" | "aws.sts-access-key-id" => key::behind(bytes, found.end, hits),
        _ => {}
    }
    let end = found.end;
    hits.push(found.hit(bytes));
    find_glued(subject, end, hits);
}

/// Looks for further values right behind one that ends at `at`, as of files without a last line break.
fn find_glued(subject: &Subject<'_>, mut at: usize, hits: &mut Hits) {
    while subject.bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
        let mut best = Best { glued: Some(at), ..Best::default() };
        for place in places(subject.bytes, at).filter(|place| place.min == 0) {
            best.offer(subject, place.shape(), at);
        }
        let Some(found) = best.found.filter(|found| found.anchored) else { return };
        at = found.end;
        hits.push(found.hit(subject.bytes));
    }
}

/// The token behind the id of an account of Twilio that ends at `end`: `Client("AC…", "32 digits")`, `AC…:32 digits`.
fn secret_behind(bytes: &[u8], end: usize) -> Option<Hit> {
    let gap = bytes[end..].iter().take(8).take_while(|b| b"\"'`\\,: \n".contains(b)).count();
    let start = end + gap;
    let len = bytes[start..].iter().take(33).take_while(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')).count();
    let ends = !bytes.get(start + len).is_some_and(u8::is_ascii_alphanumeric);
    let rule = RuleId::from_name("twilio.auth-token").filter(|_| gap > 0 && len == 32 && ends)?;
    Some(
        Hit::new(rule, start, start + len, "a token behind the id of its account")
            .confidence(Confidence::High),
    )
}

/// The longest word to whose end a value may be glued, in bytes.
const LONGEST_WORD: usize = 24;

/// Looks for a value that is glued to the end of the word at byte `at`, as where a label and a value are printed without a
/// blank: `tokenghp_…`.
pub(super) fn find_behind_word(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let letters = bytes[at..].iter().take(LONGEST_WORD).take_while(|b| b.is_ascii_alphabetic()).count();
    // A key ends with a sign that no letter of the word is: `ghp_`, `xoxb-`.
    if !matches!(bytes.get(at + letters), Some(b'_' | b'-')) {
        return;
    }
    for start in at + 1..at + letters {
        let mut best = Best { glued: Some(start), ..Best::default() };
        for place in places(bytes, start).filter(|place| place.min == 0 && has_long_key(place.shape())) {
            best.offer(subject, place.shape(), start);
        }
        if let Some(found) = best.found {
            return hits.push(found.hit(bytes));
        }
    }
}

/// Whether a shape starts with a key that no word ends in: `ghp_`, `xoxb-`.
fn has_long_key(shape: &Shape) -> bool {
    let Some(Piece::Literal(text)) = shape.pieces.first() else { return false };
    text.len() >= 4 && text.contains(&b'_') || text.len() >= 5 && text.contains(&b'-')
}

/// Looks for a value at byte `at` of the subject that only a word near it explains.
pub(super) fn find_near(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let mut best = Best::default();
    best.offer_run(subject, at);
    hits.extend(best.found.map(|found| found.hit(subject.bytes)));
}

/// Says whose the values are that were found by their context alone since there were `from` hits: those that have a
/// format of a rule whose word is near.
pub(super) fn name(subject: &Subject<'_>, from: usize, hits: &mut Hits) {
    for index in from..hits.len() {
        let hit = &hits[index];
        if is_format(hit.rule) || has_format(subject, hit.span) {
            continue;
        }
        if let Some(rule) = contextual(subject, hit.span) {
            let named = Hit { rule, evidence: "context, format and word", ..hit.clone() };
            hits.push(named.confidence(Confidence::High));
        }
    }
}

/// Whether a value has a format that needs no word near it.
fn has_format(subject: &Subject<'_>, value: Span<Text>) -> bool {
    places(subject.bytes, value.start()).any(|place| {
        let shape = place.shape();
        let plain = place.min == 0 && shape.rule.rule().keywords.is_empty();
        plain && match_at(shape, subject.bytes, value.start()) == Some(value.end())
    })
}

/// Whether a rule says what its values look like, not where they stand.
fn is_format(rule: RuleId) -> bool {
    matches!(rule.rule().matcher, Matcher::Formats(_))
}

/// The rule whose format the value at `value` has and one of whose words is near: what a value is that nothing else
/// tells. Where several fit, the one whose word is nearest.
pub(super) fn contextual(subject: &Subject<'_>, value: Span<Text>) -> Option<RuleId> {
    contextual_near(subject, value, &mut None)
}

/// The same with the words near a value that started there too, if they have been looked for.
fn contextual_near<'s>(
    subject: &Subject<'s>,
    value: Span<Text>,
    near: &mut Option<Near<'s>>,
) -> Option<RuleId> {
    let bytes = &subject.bytes[value.range()];
    let mut fits = shape::contextual(value.len(), |shape| match_whole(shape, bytes)).peekable();
    fits.peek()?;
    let reach = shape::reach(value.len());
    let found = match near.take() {
        Some(near) => near.ending_at(subject, value, reach),
        None => Near::new(subject, value, reach),
    };
    let near = near.insert(found);
    if near.is_empty() {
        return None;
    }
    let words = near.marks();
    let near_ones = fits.filter(|(_, marks)| words & marks != 0);
    let distances = near_ones.filter_map(|(shape, _)| Some((near.distance(shape.rule.rule())?, shape.rule)));
    distances.min().map(|(_, rule)| rule)
}

/// A run as long as this is a wall and no value, in bytes.
const LONGEST_RUN: usize = 1 << 14;

/// Where formats may have what leads to them at byte `at`.
fn places(bytes: &[u8], at: usize) -> impl Iterator<Item = Place> + use<'_> {
    let rest = &bytes[at..];
    let wide = rest
        .iter()
        .take(LONGEST_RUN)
        .take_while(|b| b.is_ascii_alphanumeric() || b"_-+/".contains(b))
        .count();
    // Of a wall no part is a value of a length that says so.
    let wide = if wide < LONGEST_RUN { wide } else { 0 };
    let narrow = rest[..wide].iter().take_while(|b| !b"+/".contains(b)).count();
    let lengths = if wide == narrow { [narrow, 0] } else { [narrow, wide] };
    let runs = lengths.into_iter().flat_map(move |length| shape::of_length(length, bytes, at)).copied();
    shape::keyed(rest).into_iter().flatten().copied().chain(shape::literals_at(rest)).chain(runs)
}

/// The best match so far.
#[derive(Default)]
struct Best {
    found: Option<Match>,
    /// Where another value ends that has been found, behind which one may start.
    glued: Option<usize>,
}

/// A value that has a rule's format.
struct Match {
    rule: RuleId,
    start: usize,
    end: usize,
    anchored: bool,
    evidence: &'static str,
}

impl Best {
    /// Takes the value of this shape at `start`, if there is one and it is better than what was found.
    fn offer(&mut self, subject: &Subject<'_>, shape: &Shape, start: usize) {
        let bytes = subject.bytes;
        let glued = self.glued == Some(start);
        if !glued && !may_start(shape, bytes, start) {
            return;
        }
        let Some(end) = match_at(shape, bytes, start) else { return };
        let found = Match { rule: shape.rule, start, end, anchored: shape.anchored, evidence: "format" };
        if self.found.as_ref().is_some_and(|best| best.rank() >= found.rank()) {
            return;
        }
        let (rule, value) = (shape.rule.rule(), Span::new(start, end));
        let anchor = anchor_length(shape);
        let walled = || in_wall(bytes, start, end) && !glued && !starts_format(bytes, end);
        if anchor < STRONG && walled() || is_exempt(rule, shape, &bytes[start..end]) {
            return;
        }
        if rule.keywords.is_empty()
            || !is_public(bytes, start)
                && Near::new(subject, value, usize::from(rule.within)).distance(rule).is_some()
        {
            self.found = Some(found);
        }
    }

    /// Takes the run at `start` as a whole, with or without signs of base64, if a word near it says what it is.
    fn offer_run(&mut self, subject: &Subject<'_>, start: usize) {
        let bytes = subject.bytes;
        if start > 0 && bytes[start - 1].is_ascii_alphanumeric() && !follows_escape(bytes, start) {
            return;
        }
        let end_of = |from: usize, signs: &[u8]| {
            let is_part = |b: &&u8| b.is_ascii_alphanumeric() || signs.contains(b);
            from + bytes[from..].iter().take(LONGEST_RUN).take_while(is_part).count()
        };
        let wide = end_of(start, b"_-+/");
        if wide == start + LONGEST_RUN {
            return;
        }
        let mut ends = [
            wide + bytes[wide..].iter().take(2).take_while(|&&b| b == b'=').count(),
            wide,
            end_of(start, b"_-"),
        ];
        ends.sort_unstable();
        let ends = match ends {
            [a, b, c] if a == b && b == c => &ends[..1],
            [a, b, _] if a == b => &ends[1..],
            [_, b, c] if b == c => &ends[..2],
            _ => &ends[..],
        };
        let mut near = None;
        for value in ends.iter().copied().rev().filter(|&end| end > start).map(|end| Span::new(start, end)) {
            if let Some(rule) = contextual_near(subject, value, &mut near)
                && !is_dummy(&bytes[value.range()])
                && !is_public(bytes, start)
                && !has_format(subject, value)
            {
                let (end, evidence) = (value.end(), "format and word");
                self.found = Some(Match { rule, start, end, anchored: false, evidence });
                return;
            }
        }
    }
}

/// Whether the name right before a value says that all may read it: `PublicKey = x`, beside the private one.
fn is_public(bytes: &[u8], start: usize) -> bool {
    const NAMES: [&[u8]; 4] = [b"publickey", b"public_key", b"public key", b"pubkey"];
    let sign = |b: &u8| matches!(b, b'=' | b':' | b' ' | b'"' | b'\'' | b'\\');
    let signs = bytes[..start].iter().rev().take(16).take_while(|b| sign(b)).count();
    let before = &bytes[..start - signs];
    NAMES.iter().any(|name| {
        before.len() >= name.len() && before[before.len() - name.len()..].eq_ignore_ascii_case(name)
    })
}

impl Match {
    /// Longer is better, then a format with a literal, then one that hardly anything else has.
    fn rank(&self) -> (usize, bool, Confidence) {
        (self.end - self.start, self.anchored, self.rule.rule().confidence)
    }

    fn hit(self, bytes: &[u8]) -> Hit {
        let hit = Hit::new(self.rule, self.start, self.end, self.evidence);
        let checksum = self.rule.rule().checksum.and_then(validator::by_name);
        match checksum.is_some_and(|fits| fits(&bytes[self.start..self.end])) {
            true => Hit { evidence: "format and checksum", ..hit }.confidence(Confidence::High),
            false => hit,
        }
    }
}

/// The length of the literal that a shape starts with, or of its longest if it starts with none.
fn anchor_length(shape: &Shape) -> usize {
    let length = |piece: &Piece| if let Piece::Literal(text) = piece { text.len() } else { 0 };
    match shape.pieces.first().map(length) {
        Some(0) | None => shape.pieces.iter().map(length).max().unwrap_or(0),
        Some(anchor) => anchor,
    }
}

/// Whether a value may start here: not inside a word.
fn may_start(shape: &Shape, bytes: &[u8], start: usize) -> bool {
    let Some(&before) = start.checked_sub(1).and_then(|at| bytes.get(at)) else {
        return start == 0;
    };
    let joined = match &shape.pieces[0] {
        Piece::Literal(text) => before.is_ascii_alphanumeric() && text[0].is_ascii_alphanumeric(),
        // How Telegram's addresses name a bot by its token: `/bot5162982819:AA…`.
        Piece::Run { .. } if bytes[..start].ends_with(b"/bot") => return bytes[start].is_ascii_digit(),
        Piece::Run { .. } if true_start(bytes, start) != start => return false,
        Piece::Run { set, .. } => set.contains(before) || before.is_ascii_alphanumeric(),
    };
    !joined || follows_escape(bytes, start)
}

/// Where the value ends that starts at `start`, if it has this shape and ends with its word.
///
/// A last run of fixed length must end there, or go on in a word if a literal tells the format; a longer one than known is
/// taken whole if one does.
fn match_at(shape: &Shape, bytes: &[u8], start: usize) -> Option<usize> {
    let mut end = match_pieces(shape.pieces, bytes, start)?;
    if let Some(Piece::Run { set, min, max }) = shape.pieces.last() {
        if min == max && goes_on(set, bytes, end) {
            return is_telling(shape, end - start).then(|| end_of_glued(bytes, end));
        } else if min != max {
            let more = set.run(&bytes[end..], usize::MAX);
            if more > 0 && !shape.anchored {
                return None;
            }
            end += more;
            while end > start + shape.least as usize && is_stop(bytes[end - 1]) {
                end -= 1;
            }
        }
    }
    let glued =
        bytes[end - 1].is_ascii_alphanumeric() && bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
    match glued {
        true => is_telling(shape, end - start).then(|| end_of_glued(bytes, end)),
        false => Some(end),
    }
}

/// Whether the literal that a shape starts with is enough to tell it where a word is glued to its end: `ghp_`, `AKIA`, `hf_`.
fn is_telling(shape: &Shape, length: usize) -> bool {
    let Some(Piece::Literal(text)) = shape.pieces.first() else { return false };
    (text.len() >= 4 || text.len() == 3 && text.ends_with(b"_")) && length >= text.len() + 16
}

/// The longest word that is told from the rest of a longer value, in bytes.
const WORD: usize = 24;

/// Where the value ends that has all of its format at `end` and goes on: there if a word or another value follows, as where
/// a file without a last line break is shown, else where its run ends.
fn end_of_glued(bytes: &[u8], end: usize) -> usize {
    let rest = &bytes[end..];
    let run = rest.iter().take(2 * WALL).take_while(|b| b.is_ascii_alphanumeric()).count();
    let letters = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let word = letters > 0 && run <= WORD && rest[letters..run].iter().all(u8::is_ascii_digit);
    if word || starts_format(bytes, end) { end } else { end + run }
}

/// Whether a format that a literal tells has all of its pieces at byte `at`.
fn starts_format(bytes: &[u8], at: usize) -> bool {
    let mut places =
        shape::keyed(&bytes[at..]).into_iter().flatten().copied().chain(shape::literals_at(&bytes[at..]));
    places.any(|place| {
        place.min == 0 && place.shape().anchored && match_pieces(place.shape().pieces, bytes, at).is_some()
    })
}

/// Whether a run goes on at `end`; the stop at the end of a sentence is no part of it.
fn goes_on(set: &Set, bytes: &[u8], end: usize) -> bool {
    let next = |at: usize| bytes.get(at).is_some_and(|&b| set.contains(b));
    next(end) && (!is_stop(bytes[end]) || next(end + 1))
}

fn is_stop(byte: u8) -> bool {
    matches!(byte, b'.' | b',' | b':' | b';' | b'?' | b'!')
}

fn match_whole(shape: &Shape, value: &[u8]) -> bool {
    match_at(shape, value, 0) == Some(value.len())
}

fn match_pieces(pieces: &[Piece], bytes: &[u8], at: usize) -> Option<usize> {
    let Some((piece, later)) = pieces.split_first() else {
        return Some(at);
    };
    let rest = bytes.get(at..)?;
    match *piece {
        Piece::Literal(text) => {
            rest.starts_with(text).then(|| match_pieces(later, bytes, at + text.len()))?
        }
        Piece::Run { set, min, max } => {
            let longest = set.run(rest, max as usize);
            let shortest = match later.first() {
                Some(Piece::Literal(text)) if !set.contains(text[0]) => longest.max(min as usize),
                None => longest.max(min as usize),
                _ => min as usize,
            };
            (shortest..=longest).rev().find_map(|length| match_pieces(later, bytes, at + length))
        }
    }
}

/// Whether the value is a piece of a long random run, where any few letters occur by chance.
fn in_wall(bytes: &[u8], start: usize, end: usize) -> bool {
    let is_base = |b: &&u8| b.is_ascii_alphanumeric() || b"_-+/".contains(b);
    let before = bytes[..start].iter().rev().take(2 * WALL).take_while(is_base).count();
    let after = bytes[end..].iter().take(2 * WALL).take_while(is_base).count();
    before >= WALL && is_random(&bytes[start - before..start])
        || after >= WALL && is_random(&bytes[end..end + after])
}

/// Whether the value is a published or an obvious dummy.
fn is_exempt(rule: &Rule, shape: &Shape, value: &[u8]) -> bool {
    rule.allow.iter().any(|allowed| allowed.as_bytes() == value) || is_dummy(&body(shape, value))
}

/// The bytes of a value without the literals of its shape's start and end.
fn body(shape: &Shape, value: &[u8]) -> Vec<u8> {
    let literal = |piece: Option<&Piece>| match piece {
        Some(Piece::Literal(text)) => text.len(),
        _ => 0,
    };
    let from = literal(shape.pieces.first());
    let to = value.len() - if shape.pieces.len() > 1 { literal(shape.pieces.last()) } else { 0 };
    value.get(from..to).unwrap_or(value).to_vec()
}

/// Words that stand in for a value; the first few are so short that long random values hold them by chance.
const STAND_INS: [&str; 14] = [
    "your",
    "xxxx",
    "fake",
    "...",
    "example",
    "placeholder",
    "redacted",
    "dummy",
    "changeme",
    "replace",
    "insert",
    "sample",
    "notreal",
    "testtest",
];
/// How many of the words above are too short for long values.
const SHORT_STAND_INS: usize = 4;
/// From this length on a value is long.
const LONG: usize = 100;
/// So many characters of the alphabet in order are no accident.
const ORDERED: usize = 10;

/// Whether a value stands in for one: a word that says so, one character over and over, the alphabet.
fn is_dummy(body: &[u8]) -> bool {
    let lower = body.to_ascii_lowercase();
    static FINDERS: LazyLock<[Finder<'static>; STAND_INS.len()]> =
        LazyLock::new(|| STAND_INS.map(Finder::new));
    let words = if body.len() >= LONG { &FINDERS[SHORT_STAND_INS..] } else { &FINDERS[..] };
    let seen = lower.iter().fold(0_u128, |seen, b| seen | 1 << (b & 127));
    body.len() >= 8 && seen.count_ones() <= 3
        || words.iter().any(|word| holds_word(body, &lower, word))
        || (1..=4).any(|period| lower.len() >= 4 * period && lower[period..] == lower[..lower.len() - period])
        || longest_ordered(&lower) >= ORDERED
}

/// Whether `word` stands in `body` in one of the cases that people write: `fake`, `Fake`, `FAKE`. Letters that random
/// characters make by chance are mixed.
fn holds_word(body: &[u8], lower: &[u8], word: &Finder<'_>) -> bool {
    word.find_iter(lower).any(|at| {
        let rest = &body[at + 1..at + word.needle().len()];
        !rest.iter().any(u8::is_ascii_uppercase)
            || !body[at].is_ascii_lowercase() && !rest.iter().any(u8::is_ascii_lowercase)
    })
}

fn longest_ordered(bytes: &[u8]) -> usize {
    let (mut longest, mut length) = (0, 1);
    for pair in bytes.windows(2) {
        length = if pair[1] == pair[0] + 1 || (pair[0], pair[1]) == (b'9', b'0') { length + 1 } else { 1 };
        longest = longest.max(length);
    }
    longest
}

#[cfg(test)]
mod tests;
