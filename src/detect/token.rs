//! Values whose shape tells what they are: the formats of the rules, found by their keys, by the length of a run, or by
//! a word near them.

mod dummy;
mod fit;
mod key;
mod near;

use super::subject::{Hit, Hits, Subject};
use crate::{
    rule::{
        Class, Confidence, Matcher, RuleId,
        shape::{self, Piece, Place, Shape},
    },
    scan::{follows_escape, is_random, true_start},
    span::{Span, Text},
    validator,
};
use dummy::{is_dummy, is_exempt};
use fit::{match_at, match_whole, starts_format};
use near::Near;

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

/// Looks for a value at byte `at` of the subject that only a word near it explains. Gives the values that none does.
pub(super) fn find_near(subject: &Subject<'_>, at: usize, hits: &mut Hits) -> Unexplained {
    let mut best = Best::default();
    let unexplained = best.offer_run_but(subject, at, hits);
    hits.extend(best.found.map(|found| found.hit(subject.bytes)));
    unexplained
}

/// Values that no word near them explains.
#[derive(Default)]
pub(super) struct Unexplained([Option<Span<Text>>; MOST_ENDS]);

impl Unexplained {
    fn note(&mut self, value: Span<Text>) {
        if let Some(free) = self.0.iter_mut().find(|noted| noted.is_none()) {
            *free = Some(value);
        }
    }
}

/// Says whose the values are that were found by their context alone since there were `from` hits: those that have a
/// format of a rule whose word is near.
pub(super) fn name(subject: &Subject<'_>, from: usize, hits: &mut Hits) {
    name_but(subject, &Unexplained::default(), from, hits);
}

/// The same, but for values of which it is known that no word near them explains them.
pub(super) fn name_but(subject: &Subject<'_>, unexplained: &Unexplained, from: usize, hits: &mut Hits) {
    for index in from..hits.len() {
        let hit = &hits[index];
        if is_format(hit.rule) || unexplained.0.contains(&Some(hit.span)) || has_format(subject, hit.span) {
            continue;
        }
        if let Some(rule) = contextual(subject, hit.span) {
            let named = Hit { rule, evidence: "context, format and word", ..hit.clone() };
            hits.push(named.confidence(Confidence::High));
        }
    }
}

/// Whether a value of a format that needs no word near it has been found at byte `at`, and ends where its run does: then
/// nothing else is to be asked of the run.
pub(super) fn is_found(bytes: &[u8], at: usize, hits: &Hits) -> bool {
    let goes_on = |b: &u8| b.is_ascii_alphanumeric() || b"_-+/=.".contains(b);
    hits.iter().rev().take(LATEST).any(|hit| {
        hit.span.start() == at
            && hit.confidence == Confidence::High
            && is_format(hit.rule)
            && hit.rule.rule().keywords.is_empty()
            && !bytes.get(hit.span.end()).is_some_and(goes_on)
    })
}

/// Among how many of the latest hits one of the same place is looked for.
const LATEST: usize = 8;

/// How many ends a run may have: with signs of base64 and its padding, without the padding, without the signs.
const MOST_ENDS: usize = 3;

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
        self.offer_run_but(subject, start, &[]);
    }

    /// The same, but for what one of `hits` is, which have been asked. Gives the values that no word near them explains.
    fn offer_run_but(&mut self, subject: &Subject<'_>, start: usize, hits: &[Hit]) -> Unexplained {
        let bytes = subject.bytes;
        let mut unexplained = Unexplained::default();
        if start > 0 && bytes[start - 1].is_ascii_alphanumeric() && !follows_escape(bytes, start) {
            return unexplained;
        }
        let end_of = |from: usize, signs: &[u8]| {
            let is_part = |b: &&u8| b.is_ascii_alphanumeric() || signs.contains(b);
            from + bytes[from..].iter().take(LONGEST_RUN).take_while(is_part).count()
        };
        let wide = end_of(start, b"_-+/");
        if wide == start + LONGEST_RUN {
            return unexplained;
        }
        let mut ends: [usize; MOST_ENDS] = [
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
            match asked(hits, value) {
                Some(Asked::Named) => break,
                Some(Asked::Unexplained) => {
                    unexplained.note(value);
                    continue;
                }
                None => {}
            }
            match contextual_near(subject, value, &mut near) {
                None => unexplained.note(value),
                Some(rule)
                    if !is_dummy(&bytes[value.range()])
                        && !is_public(bytes, start)
                        && !has_format(subject, value) =>
                {
                    let (end, evidence) = (value.end(), "format and word");
                    self.found = Some(Match { rule, start, end, anchored: false, evidence });
                    break;
                }
                Some(_) => {}
            }
        }
        unexplained
    }
}

/// What [`name`] has said of a value.
enum Asked {
    Named,
    Unexplained,
}

/// What has been said of `value`, if it is one of the latest `hits` for a secret.
fn asked(hits: &[Hit], value: Span<Text>) -> Option<Asked> {
    let same = |hit: &&Hit| hit.span == value && hit.rule.rule().class == Class::Secret;
    let mut same = hits.iter().rev().take(LATEST).filter(same).peekable();
    same.peek()?;
    Some(if same.any(|hit| is_format(hit.rule)) { Asked::Named } else { Asked::Unexplained })
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

/// Whether the value is a piece of a long random run, where any few letters occur by chance.
fn in_wall(bytes: &[u8], start: usize, end: usize) -> bool {
    let is_base = |b: &&u8| b.is_ascii_alphanumeric() || b"_-+/".contains(b);
    let before = bytes[..start].iter().rev().take(2 * WALL).take_while(is_base).count();
    let after = bytes[end..].iter().take(2 * WALL).take_while(is_base).count();
    before >= WALL && is_random(&bytes[start - before..start])
        || after >= WALL && is_random(&bytes[end..end + after])
}

#[cfg(test)]
mod tests;
