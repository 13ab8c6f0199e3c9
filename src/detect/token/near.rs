//! Words near a value: those of the rules, and those that any credential may have.

use crate::{
    detect::subject::Subject,
    rule::Rule,
    rule::shape,
    span::{Span, Text},
};

/// What `credential` in a rule's `also` stands for.
const CREDENTIAL: &[&str] = &[
    "key",
    "token",
    "secret",
    "auth",
    "pass",
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "credential",
    "cred",
    "creds",
    "bearer",
    "license",
    "pat",
    "authorization",
    "authentication",
    "authtoken",
];

/// The words of rules around a value, with how far from it each stands.
pub(super) struct Near<'s> {
    key: &'s [u8],
    before: &'s [u8],
    after: &'s [u8],
    words: Vec<(&'static str, usize)>,
    /// How far was looked, in bytes.
    reach: usize,
    /// How many of the words stand before the value, or in its key.
    first: usize,
}

impl<'s> Near<'s> {
    /// Looks `reach` bytes around `value`; a word in the text's key is as near as can be.
    pub(super) fn new(subject: &Subject<'s>, value: Span<Text>, reach: usize) -> Self {
        let (bytes, key) = (subject.bytes, subject.key.unwrap_or_default());
        let (before, floor) = (&bytes[..value.start()], value.start().saturating_sub(reach));
        let mut words = Vec::new();
        collect(key, 0, |_| 0, &mut words);
        collect(before, floor, |at| before.len() - at, &mut words);
        let first = words.len();
        Self { key, before: &before[floor..], after: &[], words, reach, first }
            .looking_behind(subject, value.end())
    }

    /// The same for a value that starts there too and ends elsewhere.
    pub(super) fn ending_at(mut self, subject: &Subject<'s>, value: Span<Text>, reach: usize) -> Self {
        if reach > self.reach {
            return Self::new(subject, value, reach);
        }
        self.words.truncate(self.first);
        self.looking_behind(subject, value.end())
    }

    fn looking_behind(mut self, subject: &Subject<'s>, end: usize) -> Self {
        self.after = &subject.bytes[end..(end + self.reach).min(subject.bytes.len())];
        collect(self.after, 0, |at| at + 1, &mut self.words);
        self
    }

    /// Whether no rule's word is near.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The marks of the words, see [`shape::mark`].
    pub(super) fn marks(&self) -> u64 {
        self.words.iter().fold(0, |marks, (word, _)| marks | shape::mark(word))
    }

    /// How far from the value the nearest of the rule's words stands, if what the rule asks for is there.
    pub(super) fn distance(&self, rule: &Rule) -> Option<usize> {
        let own =
            self.words.iter().filter(|(word, _)| rule.keywords.contains(word)).map(|&(_, far)| far).min()?;
        let reach = usize::from(rule.within);
        (own <= reach && (rule.also.is_empty() || self.has_any(rule.also, reach))).then_some(own)
    }

    fn has_any(&self, words: &[&str], reach: usize) -> bool {
        let before = &self.before[self.before.len().saturating_sub(reach)..];
        let after = &self.after[..self.after.len().min(reach)];
        let has = |text: &[u8], word: &str| match word {
            "credential" => {
                (0..text.len()).any(|at| CREDENTIAL.iter().any(|word| shape::ends_well(&text[at..], word)))
            }
            _ => (0..text.len()).any(|at| shape::word_at(&text[at..], word)),
        };
        words.iter().any(|word| [self.key, before, after].into_iter().any(|text| has(text, word)))
    }
}

/// Adds the words of rules that start from byte `from` of the text on.
fn collect(
    text: &[u8],
    from: usize,
    distance: impl Fn(usize) -> usize,
    out: &mut Vec<(&'static str, usize)>,
) {
    let mut before = from.checked_sub(1).map_or(0, |at| CLASS[usize::from(text[at])]);
    for (at, &byte) in text.iter().enumerate().skip(from) {
        let here = CLASS[usize::from(byte)];
        if STARTS[usize::from(before)] >> here & 1 == 1 {
            out.extend(shape::words_at(&text[at..]).map(|word| (word, distance(at))));
        }
        before = here;
    }
}

/// What a byte is to the start of a word: a small letter, a capital, a digit, anything else.
static CLASS: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' => 1,
            b'A'..=b'Z' => 2,
            b'0'..=b'9' => 3,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

/// After which class a word may start with which: after no letter or digit with any, after a small letter with a capital.
static STARTS: [u8; 4] = [0b1110, 0b0100, 0, 0];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        rule::RuleId,
        transcript::text::{Field, Role},
    };

    fn distance(rule: &str, key: Option<&str>, text: &str) -> Option<usize> {
        let (start, end) = (text.find('«').unwrap(), text.find('»').unwrap() - "«".len());
        let plain = text.replace(['«', '»'], "");
        let key = key.map(str::as_bytes);
        let subject =
            Subject { bytes: plain.as_bytes(), key, role: Role::Value, field: Field::Free, cwd: None };
        let rule = RuleId::from_name(rule).unwrap().rule();
        Near::new(&subject, Span::new(start, end), usize::from(rule.within)).distance(rule)
    }

    #[test]
    fn a_vendor_and_a_credential_must_stand_near() {
        for text in
            ["SENTRY_TOKEN=«x»", "sentry: {\n  secret: «x»", "sentryAuthToken(«x»)", "«x» is the sentry key"]
        {
            assert!(distance("sentry.legacy-token", None, text).is_some(), "{text}");
        }
        for text in
            ["sentry commit «x»", "token «x»", "sentry author «x»", "resentry key «x»", "sentry keyboard «x»"]
        {
            assert_eq!(distance("sentry.legacy-token", None, text), None, "{text}");
        }
        assert_eq!(distance("sentry.legacy-token", Some("sentryToken"), "«x»"), Some(0));
    }

    #[test]
    fn short_words_stand_alone() {
        assert!(distance("exa.api-key", None, "EXA_API_KEY=«x»").is_some());
        assert_eq!(distance("exa.api-key", None, "example key «x»"), None);
    }

    #[test]
    fn nothing_reaches_too_far() {
        let far = format!("SENTRY_TOKEN={}«x»", " ".repeat(60));
        assert_eq!(distance("sentry.legacy-token", None, &far), None);
    }
}
