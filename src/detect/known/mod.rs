//! Known values: literals that we were told, or have found under a rule, wherever they recur.

mod asked;
mod brand;
mod common;
mod everyday;
mod filter;
mod form;
mod grams;
mod index;

pub use asked::Call;

use super::{
    asked::Asked,
    code::{Definition, distinct},
    identity::{self, Spelling},
    recall::Recall,
    subject::{Hit, Hits},
    vocabulary, word,
};
use crate::{
    finding::{Finding, Learn},
    rule::{Class, Confidence, RuleId, Severity, Style},
    span::{Raw, Span},
    tag::{Key, Tag},
};
use asked::Calls;
use foldhash::HashMap;
use index::Index;
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// The least length of a value that is learned from a finding, in bytes. Shorter ones would be met by chance.
const MIN_LEARNED: usize = 6;

/// The least length of a value that we are told, in bytes.
const MIN_TOLD: usize = 3;

/// The least length of a secret that counts wherever it stands, also within a word, in bytes: that from which on
/// [`crate::verify`] lets none of it stay.
const ANYWHERE: usize = 12;

/// The least length of a line of a value over lines (a key's body) that counts on its own, in bytes.
const MIN_LINE: usize = 20;

/// The most values that are kept. A stream may go on for ever; its memory may not.
const MAX_VALUES: usize = 1 << 16;

/// How many values there may be when a name that code defines is added: they must not take the place of secrets.
const MAX_NAMES: usize = MAX_VALUES / 4 * 3;

/// How many values there may be when one of that kind is added.
fn most(learn: Learn) -> usize {
    if matches!(learn, Learn::Name | Learn::Component) { MAX_NAMES } else { MAX_VALUES }
}

/// A value found in one record, on its way to the table.
#[derive(Clone)]
pub struct Learned {
    value: Arc<[u8]>,
    rule: RuleId,
    learn: Learn,
    tag: Tag,
}

impl Learned {
    /// The class of the rule under which it was found.
    #[must_use]
    pub fn class(&self) -> Class {
        self.rule.rule().class
    }
}

/// Never the value.
impl std::fmt::Debug for Learned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Learned(<{} bytes>, {})", self.value.len(), self.tag)
    }
}

/// Everything known, and since when. A value is met from the record on in which it was found, so that a stream gives
/// the same bytes however it is cut.
#[derive(Clone, Default)]
pub struct Known {
    entries: Vec<Entry>,
    /// How many of the entries are forms of others.
    forms: usize,
    /// How many of the entries, the first ones, we were told.
    told: usize,
    places: HashMap<Vec<u8>, usize>,
    /// The places of words that are names only where they are marked: they may be known as names too.
    brands: HashMap<Vec<u8>, usize>,
    /// The values in all their forms: form `f` of entry `e` is literal `e * FORMS + f`.
    index: Index,
    /// Calls whose answers are asked for.
    calls: Calls,
    /// Tells this state from every other, of this table or another.
    version: u64,
}

/// Which of the known values are searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// All of them.
    All,
    /// Secrets: the text is a word of the format, in which no name stands.
    Secrets,
    /// Those that we were told: the text is put together on a guess, which is not made again when more becomes known.
    Told,
}

/// A value with lines that end in `\n` alone.
fn plain_lines(value: &[u8]) -> Vec<u8> {
    let ends = |at: usize| value[at] == b'\r' && value.get(at + 1) == Some(&b'\n');
    (0..value.len()).filter(|&at| !ends(at)).map(|at| value[at]).collect()
}

/// A number that nobody else in this process has.
pub(super) fn fresh_number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

#[derive(Clone)]
struct Entry {
    rule: RuleId,
    /// A rule that says more of it, and the first record for which it counts.
    clearer: Option<(RuleId, u64)>,
    learn: Learn,
    tag: Tag,
    /// The first record that may hold it; 0 for all.
    since: u64,
    /// Whether it counts within a word too: a long secret, or what an encoding makes of a short one.
    anywhere: bool,
    /// Whether it is the name of a project and a word that everyone uses.
    everyday: bool,
}

impl Known {
    /// Adds a value that we were told, for all records. Says whether it was long enough to be added.
    pub fn tell(&mut self, value: &[u8], rule: RuleId, key: &Key) -> bool {
        let value = value.trim_ascii();
        // In the texts that are searched no line ends as Windows ends it; the raw bytes tell where to look.
        if memchr::memmem::find(value, b"\r\n").is_some() {
            self.tell(&plain_lines(value), rule, key);
        }
        let worth = value.len() >= MIN_TOLD && !is_common(value);
        if worth {
            let learned = Learned { value: value.into(), rule, learn: Learn::Secret, tag: key.tag(value) };
            self.add(std::iter::once((0, learned)));
            self.told = self.entries.len();
        }
        worth
    }

    /// Adds values with the records in which they were found; the first record that holds one counts.
    pub fn add(&mut self, learned: impl IntoIterator<Item = (u64, Learned)>) {
        for (since, Learned { value, rule, learn, tag }) in learned {
            let brand = learn == Learn::Brand;
            let places = if brand { &mut self.brands } else { &mut self.places };
            if let Some(&place) = places.get(&*value) {
                let entry = &mut self.entries[place];
                let sooner = entry.clearer.is_none_or(|(_, known)| since < known);
                if entry.is_vaguer(rule, tag) && sooner {
                    entry.clearer = Some((rule, since));
                    self.version = fresh_number();
                }
                if since < entry.since {
                    entry.since = since;
                    self.version = fresh_number();
                }
            } else if self.entries.len() < most(learn) {
                let anywhere = learn == Learn::Secret && value.len() >= ANYWHERE;
                self.index.add(value.to_vec());
                if value.iter().any(|b| matches!(b, b'"' | b'\\' | b'\n' | b'\t' | b'\r')) {
                    let once = escaped(&value);
                    let twice = escaped(&once);
                    self.index.add(once);
                    self.index.add(twice);
                } else {
                    self.index.skip();
                    self.index.skip();
                }
                let forms = if learn == Learn::Secret { form::forms(&value) } else { Vec::new() };
                places.insert(value.to_vec(), self.entries.len());
                let everyday = learn == Learn::Project && vocabulary::has(&value);
                self.entries.push(Entry { rule, clearer: None, learn, tag, since, anywhere, everyday });
                forms.into_iter().for_each(|form| self.add_form(form, rule, tag, since));
                self.version = fresh_number();
            }
        }
    }

    /// Adds a form in which a secret may recur, unless it is known.
    fn add_form(&mut self, form: Vec<u8>, rule: RuleId, tag: Tag, since: u64) {
        if self.entries.len() < MAX_VALUES && !self.places.contains_key(&form) {
            self.index.add(form.clone());
            self.index.skip();
            self.index.skip();
            self.places.insert(form, self.entries.len());
            self.entries.push(Entry {
                rule,
                clearer: None,
                learn: Learn::Secret,
                tag,
                since,
                anywhere: true,
                everyday: false,
            });
            self.forms += 1;
        }
    }

    /// Adds calls whose answers are asked for, with the records in which they stand.
    pub fn ask(&mut self, calls: impl IntoIterator<Item = (u64, Call)>) {
        calls.into_iter().for_each(|(since, call)| self.calls.add(since, call));
    }

    /// Whether the record at byte `at` holds the id of a call, made there or before, whose answer is asked for.
    #[must_use]
    pub fn may_answer(&self, at: u64, record: &[u8]) -> bool {
        !self.calls.find(at, record).is_empty()
    }

    /// Notes where records start that answer calls.
    pub fn note_answers(&mut self, at: impl IntoIterator<Item = u64>) {
        at.into_iter().for_each(|at| self.calls.note(at));
    }

    /// Whether the record at byte `at` has been noted as an answer.
    #[must_use]
    pub fn is_answer(&self, at: u64) -> bool {
        self.calls.is_answer(at)
    }

    /// The calls that the record at byte `at` answers: where the id of each stands.
    pub(super) fn calls(&self, at: u64, record: &[u8]) -> Vec<(usize, Asked)> {
        if self.is_answer(at) { self.calls.find(at, record) } else { Vec::new() }
    }

    /// Whether nothing is known, and no answer asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.calls.len() == 0
    }

    /// A number for this state: it changes whenever the table does.
    pub(super) fn version(&self) -> u64 {
        self.version
    }

    /// Number of values, and of calls whose answers are asked for.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len() - self.forms + self.calls.len()
    }

    /// Number of calls whose answers are asked for.
    #[must_use]
    pub fn asked(&self) -> usize {
        self.calls.len()
    }

    /// Appends the offsets in the raw bytes of the record at byte `at` where a value, as it is or with JSON escapes, may
    /// stand.
    pub(crate) fn raw(&self, at: u64, record: &[u8], out: &mut Vec<usize>) {
        self.index.find(record, |literal, start, end| {
            let entry = &self.entries[literal / FORMS];
            if entry.since <= at && entry.stands_alone(record, start, end) {
                out.push(start);
            }
        });
        out.extend(self.calls(at, record).into_iter().map(|(start, _)| start));
    }

    /// The values in the raw bytes of the record at byte `at` of which `findings` do not tell, in order: a value is told
    /// that stands within one of them and, where it is all of one, is replaced in the same way.
    pub(super) fn untold(&self, at: u64, record: &[u8], findings: &[Finding]) -> Vec<Untold> {
        let (mut untold, mut covers) = (Vec::new(), None);
        self.index.find(record, |literal, start, end| {
            let entry = literal / FORMS;
            if self.entries[entry].since <= at && self.entries[entry].stands_alone(record, start, end) {
                let covers = covers.get_or_insert_with(|| Covers::of(findings, at));
                if !covers.tell(&self.entries[entry], start, end) {
                    untold.push(Untold { start, end, entry });
                }
            }
        });
        untold.sort_unstable_by_key(|value| value.start);
        untold
    }

    /// Whether `findings` tell of all of these values.
    pub(super) fn are_told(&self, at: u64, findings: &[Finding], untold: &[Untold]) -> bool {
        let covers = Covers::of(findings, at);
        untold.iter().all(|value| covers.tell(&self.entries[value.entry], value.start, value.end))
    }

    /// Pushes a hit for every value of `which` in decoded bytes of the record at byte `at`. Says whether another place in
    /// the transcript might have given other hits.
    pub(super) fn find(&self, at: u64, bytes: &[u8], which: Which, hits: &mut Hits) -> bool {
        let mut timed = false;
        self.index.find(bytes, |literal, start, end| {
            let entry = &self.entries[literal / FORMS];
            let asked = match which {
                Which::All => true,
                Which::Secrets => entry.learn == Learn::Secret,
                Which::Told => literal / FORMS < self.told,
            };
            if asked && literal % FORMS == 0 && entry.stands_alone(bytes, start, end) {
                timed |= entry.since > 0 || entry.clearer.is_some_and(|(_, since)| since > 0);
                if entry.since <= at {
                    let hit = Hit::new(entry.rule_at(at), start, end, "a value found or told elsewhere");
                    hits.push(Hit { tag: Some(entry.tag), ..hit.confidence(Confidence::High) });
                }
            }
        });
        timed
    }
}

/// A value in the raw bytes of a record of which no finding tells.
#[derive(Clone, Copy)]
pub(super) struct Untold {
    /// Its first byte.
    pub(super) start: usize,
    end: usize,
    entry: usize,
}

/// The spans of findings, to be asked what covers a value.
struct Covers<'f> {
    /// Sorted, each with its finding and how far it and all before it reach.
    spans: Vec<(Span<Raw>, &'f Finding, usize)>,
    /// Where their record starts.
    at: u64,
}

impl<'f> Covers<'f> {
    fn of(findings: &'f [Finding], at: u64) -> Self {
        let all =
            findings.iter().flat_map(|finding| finding.spans.iter().map(move |&span| (span, finding, 0)));
        let mut spans: Vec<_> = all.collect();
        spans.sort_unstable_by_key(|(span, ..)| (span.start(), span.end()));
        let mut reach = 0;
        for (span, _, far) in &mut spans {
            reach = reach.max(span.end());
            *far = reach;
        }
        Self { spans, at }
    }

    /// Whether the entry's value at `start..end` stands within one and is not all of one that is replaced otherwise.
    fn tell(&self, entry: &Entry, start: usize, end: usize) -> bool {
        self.reach(start) >= end && self.may_be(entry, start, end)
    }

    /// How far a span that covers byte `start` reaches.
    fn reach(&self, start: usize) -> usize {
        let after = self.spans.partition_point(|(span, ..)| span.start() <= start);
        after.checked_sub(1).map_or(0, |last| self.spans[last].2)
    }

    /// Whether no finding has just that span, or one that is replaced as the entry's value is.
    fn may_be(&self, entry: &Entry, start: usize, end: usize) -> bool {
        let first = self.spans.partition_point(|(span, ..)| (span.start(), span.end()) < (start, end));
        let mut same = self.spans[first..]
            .iter()
            .take_while(|(span, ..)| (span.start(), span.end()) == (start, end))
            .peekable();
        same.peek().is_none() || same.any(|(_, finding, _)| entry.stands_as(finding, self.at))
    }
}

impl Entry {
    /// Whether the value is known as the name of any folder or file, and `rule` says what it is: a name has one pseudonym,
    /// also in a path.
    fn is_vaguer(&self, rule: RuleId, tag: Tag) -> bool {
        let vague = |rule: RuleId| matches!(rule.rule().style, Style::Dir | Style::File);
        let style = rule.rule().style;
        self.tag == tag && vague(self.rule) && matches!(style, Style::Org | Style::Project | Style::User)
    }

    /// The rule that tells most of it in the record at byte `at`.
    fn rule_at(&self, at: u64) -> RuleId {
        self.clearer.filter(|(_, since)| *since <= at).map_or(self.rule, |(rule, _)| rule)
    }

    /// Whether the same stands in the place of the value, in the record at byte `at`, as in that of the finding.
    fn stands_as(&self, finding: &Finding, at: u64) -> bool {
        let rule = self.rule_at(at);
        let (style, other) = (rule.rule().style, finding.rule.rule().style);
        self.tag == finding.tag && (rule == finding.rule || style == other && style != Style::Tag)
    }

    /// A long secret counts wherever it stands; what may be met by chance only as a word.
    fn stands_alone(&self, bytes: &[u8], start: usize, end: usize) -> bool {
        if self.anywhere {
            return true;
        }
        if self.learn == Learn::Brand && !brand::is_marked(bytes, start, end) {
            return false;
        }
        if self.everyday && everyday::is_common(bytes, start, end) {
            return false;
        }
        let (before, behind) = (word::char_before(bytes, start), word::char_at(bytes, end));
        let starts =
            before.is_none_or(|(c, _)| !word::is_letter(c) || self.parts(c, char::from(bytes[start])));
        let ends =
            behind.is_none_or(|(c, _)| !word::is_letter(c) || self.parts(char::from(bytes[end - 1]), c));
        (starts || follows_escape(&bytes[..start])) && ends
    }

    /// Whether a word of a name ends between two letters of it: `testBindQuote` has `BindQuote` in it.
    fn parts(&self, left: char, right: char) -> bool {
        matches!(self.learn, Learn::Name | Learn::Component)
            && !left.is_ascii_uppercase()
            && left.is_ascii()
            && right.is_ascii_uppercase()
    }
}

/// Whether the letters at the end of `before` belong to no word but to an escape (`\n`, `\u000a`, `%20`, a terminal's
/// `[1;31m`).
fn follows_escape(before: &[u8]) -> bool {
    match before {
        [.., b'\\', letter] if letter.is_ascii_alphabetic() => true,
        [.., b'\\', b'u', _, _, _, _] => true,
        [.., b'%', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => true,
        [head @ .., letter] if letter.is_ascii_alphabetic() => {
            let numbers = |b: &&u8| b.is_ascii_digit() || **b == b';';
            let len = head.iter().rev().take(16).take_while(numbers).count();
            let escape = head[..head.len() - len].strip_suffix(b"[");
            escape
                .is_some_and(|e| [&b"\x1b"[..], b"1b", b"1B", b"033", b"\\e"].iter().any(|s| e.ends_with(s)))
        }
        _ => false,
    }
}

/// The forms in which a value is searched in raw bytes: as it is, and with JSON escapes once and twice.
const FORMS: usize = 3;

/// The bytes as they stand in a JSON string.
fn escaped(value: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len());
    for &byte in value {
        match byte {
            b'"' | b'\\' => out.extend([b'\\', byte]),
            b'\n' => out.extend(b"\\n"),
            b'\t' => out.extend(b"\\t"),
            b'\r' => out.extend(b"\\r"),
            _ => out.push(byte),
        }
    }
    out
}

/// What is to be learned from a hit on `value`: the value, or its lines if it has several.
pub(super) fn lessons(hit: &Hit, value: &[u8], tag: Tag, key: &Key) -> Vec<Learned> {
    let rule = hit.rule.rule();
    let learn = match hit.learn {
        Some(learn) => learn,
        None if rule.class == Class::Secret && (rule.severity > Severity::Low || value.len() >= ANYWHERE) => {
            Learn::Secret
        }
        None => return Vec::new(),
    };
    if value.contains(&b'\n') {
        let lines = value.split(|&b| b == b'\n').map(<[u8]>::trim_ascii);
        let lines = lines
            .filter(|line| line.len() >= MIN_LINE && !line.starts_with(b"-----") && !line.contains(&b' '));
        return lines
            .map(|line| Learned { value: line.into(), rule: hit.rule, learn, tag: key.tag(line) })
            .collect();
    }
    let worth = match learn {
        Learn::Secret => {
            let varied = value.iter().any(u8::is_ascii_digit) || value.iter().any(u8::is_ascii_punctuation);
            // What the verification lets stay nowhere is to go everywhere.
            value.len() >= ANYWHERE
                || value.len() >= MIN_LEARNED && varied && hit.confidence > Confidence::Low
        }
        _ => value.len() >= MIN_TOLD,
    };
    if !worth || is_common(value) {
        return Vec::new();
    }
    let spelled = |spelling: Spelling| {
        let tag = spelling.own.map_or(tag, |canonical| key.tag(&canonical));
        Learned { value: spelling.text.into(), rule: hit.rule, learn: spelling.learn, tag }
    };
    identity::spellings(learn, value).into_iter().map(spelled).collect()
}

/// What is to be learned from a name that code defines: its spellings, which have one tag.
fn names(definition: Definition, key: &Key) -> impl Iterator<Item = Learned> + use<> {
    let Definition { rule, name } = definition;
    let tag = key.tag(&distinct::folded(&name));
    let spellings = identity::spellings(Learn::Name, &name).into_iter();
    spellings.map(move |s| Learned { value: s.text.into(), rule, learn: Learn::Name, tag })
}

/// What is to be learned from names, which recur.
#[derive(Default)]
pub(super) struct Lessons(Recall<Arc<[Learned]>, 1024>);

impl Lessons {
    /// What is to be learned from a name that code defines, under the same key every time.
    pub(super) fn names(
        &mut self,
        definition: Definition,
        key: &Key,
    ) -> impl Iterator<Item = Learned> + use<> {
        let Definition { rule, name } = definition;
        let make = |name: &[u8]| names(Definition { rule, name: name.to_owned() }, key).collect();
        let recalled: Arc<[Learned]> = self.0.get(&name, make);
        // A name may be defined as what it was not before.
        let learned =
            if recalled.iter().all(|learned| learned.rule == rule) { recalled } else { make(&name) };
        (0..learned.len()).map(move |at| learned[at].clone())
    }
}

fn is_common(value: &[u8]) -> bool {
    value.iter().all(u8::is_ascii_digit) && value.len() < 8
        || common::WORDS.has(value)
        || value.first().is_some_and(|first| value.iter().all(|b| b == first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::id;

    fn found(known: &Known, line: u64, text: &str) -> Vec<String> {
        let mut hits = Hits::new();
        known.find(line, text.as_bytes(), Which::All, &mut hits);
        // A place may be told twice.
        let mut spans: Vec<_> = hits.iter().map(|hit| hit.span.range()).collect();
        spans.dedup();
        spans.into_iter().map(|span| text[span].to_owned()).collect()
    }

    fn table(values: &[(&str, Learn, u64)]) -> Known {
        let key = Key::from_material(&[1; 32]);
        let rule = crate::rule::all().next().unwrap();
        let mut known = Known::default();
        for &(value, learn, since) in values {
            let learned =
                Learned { value: value.as_bytes().into(), rule, learn, tag: key.tag(value.as_bytes()) };
            known.add([(since, learned)]);
        }
        known
    }

    #[test]
    fn a_value_with_lines_of_windows_is_met_with_others() {
        let mut known = Known::default();
        let rule = crate::rule::all().next().unwrap();
        assert!(known.tell(b"red 7 oak\r\nblue 9 elm\r\n", rule, &Key::from_material(&[1; 32])));
        assert_eq!(found(&known, 1, "x red 7 oak\nblue 9 elm y"), ["red 7 oak\nblue 9 elm"]);
        assert_eq!(found(&known, 1, "x red 7 oak\r\nblue 9 elm y"), ["red 7 oak\r\nblue 9 elm"]);
    }

    #[test]
    fn a_word_is_met_alone_and_a_long_secret_anywhere() {
        let known = table(&[("maribel", Learn::Login, 0), ("0123456789abcdefXY", Learn::Secret, 0)]);
        assert_eq!(found(&known, 1, "maribel, maribels maribel_x xmaribel"), ["maribel", "maribel"]);
        assert_eq!(found(&known, 1, "zz0123456789abcdefXYzz"), ["0123456789abcdefXY"]);
        let known = table(&[("Tr0ub4dor3xy", Learn::Secret, 0), ("Tr0ub4dor3x", Learn::Secret, 0)]);
        assert_eq!(
            found(&known, 1, "aTr0ub4dor3xyb aTr0ub4dor3xb Tr0ub4dor3x"),
            ["Tr0ub4dor3xy", "Tr0ub4dor3x"]
        );
        // Words of a few letters between signs, the first one glued to letters.
        let known = table(&[("x9!k2$a7#b3%c5", Learn::Secret, 0), ("pass!x9!k2$a", Learn::Secret, 0)]);
        assert_eq!(found(&known, 1, "-px9!k2$a7#b3%c5 zzpass!x9!k2$a"), ["x9!k2$a7#b3%c5", "pass!x9!k2$a"]);
    }

    #[test]
    fn a_word_is_met_beside_signs_and_letters_beyond_ascii() {
        let known = table(&[("maribel", Learn::Login, 0)]);
        for text in
            ["“maribel”", "→maribel…", "x—maribel—", "我是maribel的", "「maribel」", "\u{a0}maribel\u{a0}"]
        {
            assert_eq!(found(&known, 1, text), ["maribel"], "{text}");
        }
        assert!(found(&known, 1, "émaribel maribelé").is_empty());
    }

    #[test]
    fn the_kind_that_says_more_is_kept() {
        let key = Key::from_material(&[1; 32]);
        let met = |rules: [RuleId; 2], tags: [&[u8]; 2]| {
            let mut known = Known::default();
            for (rule, tag) in rules.into_iter().zip(tags) {
                let (value, tag) = (Arc::from(&b"zelmonta"[..]), key.tag(tag));
                known.add([(0, Learned { value, rule, learn: Learn::Org, tag })]);
            }
            let mut hits = Hits::new();
            known.find(1, b"in zelmonta/x", Which::All, &mut hits);
            hits[0].rule
        };
        let (dir, org, project) = (id::PATH_DIR, id::IDENTITY_ORG, id::PATH_PROJECT);
        for (rules, kind) in
            [([dir, org], org), ([org, dir], org), ([dir, project], project), ([project, org], project)]
        {
            assert_eq!(met(rules, [b"zelmonta"; 2]), kind, "{rules:?}");
        }
        // Another name with the same letters stays what it was.
        assert_eq!(met([dir, org], [b"zelmonta", b"zel-monta"]), dir);
    }

    /// What a stream has said cannot be taken back, however it was cut.
    #[test]
    fn the_kind_that_says_more_counts_from_the_record_on_that_tells_it() {
        let mut known = Known::default();
        let tag = Key::from_material(&[1; 32]).tag(b"zelmonta");
        for (since, rule) in [(3, id::PATH_DIR), (7, id::IDENTITY_ORG), (5, id::IDENTITY_ORG)] {
            let value = Arc::from(&b"zelmonta"[..]);
            known.add([(since, Learned { value, rule, learn: Learn::Org, tag })]);
        }
        for (at, rule) in [(3, id::PATH_DIR), (4, id::PATH_DIR), (5, id::IDENTITY_ORG), (9, id::IDENTITY_ORG)]
        {
            let mut hits = Hits::new();
            known.find(at, b"in zelmonta/x", Which::All, &mut hits);
            assert_eq!(hits[0].rule, rule, "{at}");
        }
    }

    #[test]
    fn a_value_is_met_from_its_first_record_on() {
        let known = table(&[("hunter2!", Learn::Secret, 5), ("hunter2!", Learn::Secret, 3)]);
        assert!(found(&known, 2, "hunter2!").is_empty());
        assert_eq!(found(&known, 3, "hunter2!"), ["hunter2!"]);
    }

    #[test]
    fn raw_bytes_are_searched_with_escapes() {
        let known = table(&[("a\"b\\c-d", Learn::Secret, 0)]);
        for raw in [r#"a\"b\\c-d"#, r#"x a\\\"b\\\\c-d"#, r#"\na\"b\\c-d"#] {
            let mut at = Vec::new();
            known.raw(1, raw.as_bytes(), &mut at);
            assert_eq!(at.len(), 1, "{raw}");
        }
    }

    /// What the full search sees through must not be passed over by the quick one.
    #[test]
    fn raw_bytes_are_searched_behind_what_is_not_seen() {
        let known = table(&[("maribel", Learn::Login, 0)]);
        for (raw, times) in [
            ("\u{200b}maribel x", 1),
            ("maribel\u{200b} x", 1),
            ("x \u{ad}maribel\u{feff}.", 1),
            ("\\u001b[31mmaribel\\u001b[0m", 1),
            ("\\u001b[1;38;5;9mmaribel", 1),
            ("\u{1b}[0mmaribel", 1),
            ("\\u001b[Kmaribel", 1),
            ("a%20maribel%20b", 1),
            ("\\nmaribel", 1),
            ("ümaribel", 0),
            ("[31xmaribel", 0),
            ("xmaribel", 0),
            ("m%axmaribel", 0),
        ] {
            let mut at = Vec::new();
            known.raw(1, raw.as_bytes(), &mut at);
            assert_eq!(at.len(), times, "{raw:?}");
        }
    }

    #[test]
    fn many_additions_keep_every_value() {
        let values: Vec<String> = (0..200).map(|i| format!("value-number-{i:05}")).collect();
        let known = table(&values.iter().map(|v| (v.as_str(), Learn::Secret, 0)).collect::<Vec<_>>());
        for value in &values {
            assert_eq!(found(&known, 1, value).len(), 1);
        }
        // Of every length from three bytes on, many of each: they are searched in different ways.
        let values: Vec<String> = (0..240).map(|i| format!("{i:03}qwxz")[..3 + i % 5].to_owned()).collect();
        let known = table(&values.iter().map(|v| (v.as_str(), Learn::Login, 0)).collect::<Vec<_>>());
        for value in &values {
            assert_eq!(found(&known, 1, &format!("of {value}, x")), [value.as_str()]);
        }
    }
}
