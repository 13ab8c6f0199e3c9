//! Candidates tried on the few bytes around them, so that a text is decoded as a whole only where one of them holds.
//!
//! What a detector needs of a text stands near its candidate, but for tables, Kubernetes documents and keys of the JSON
//! Web kind: those are not tried here. A window is a part of one JSON string, decoded, so that a detector sees what it
//! would see of the whole text; where the quotes around a candidate are not those of a JSON string, nothing is tried
//! and the candidate stays.

use super::{
    credential_file, secret,
    shape::Shape,
    sibling,
    subject::{Hits, Subject},
};
use crate::{
    scan::{Candidate, Kind, is_spelled_blank},
    simd::{STEP, before},
    transcript::{
        text::{Field, Role},
        view,
    },
};

use window::Window;
pub(super) use window::{Strings, next_quote};

mod window;

/// How often a window is unescaped: texts in texts in texts.
const DEEPEST: usize = 4;

/// The memory of a probe, reused from candidate to candidate.
#[derive(Default)]
pub(super) struct Probe {
    text: Vec<u8>,
    next: Vec<u8>,
    key: Vec<u8>,
    hits: Hits,
}

impl Probe {
    /// Whether the candidate in a raw record, whose strings these are, may lead to a finding.
    pub(super) fn holds(&mut self, strings: &mut Strings<'_>, candidate: Candidate) -> bool {
        if !may_lead(strings.record(), candidate) {
            return false;
        }
        if !matches!(candidate.kind, Kind::Word | Kind::Form | Kind::Url | Kind::Token | Kind::Random) {
            return true;
        }
        let Some(window) = strings.window(candidate.at) else { return true };
        self.text.clear();
        unescape(window.before, &mut self.text);
        let mut at = self.text.len();
        unescape(window.after, &mut self.text);
        for _ in 0..DEEPEST {
            if self.says_yes(&window, Candidate { at, ..candidate }) {
                return true;
            }
            if memchr::memchr(b'\\', &self.text).is_none() {
                return false;
            }
            self.next.clear();
            unescape(&self.text[..at], &mut self.next);
            let moved = self.next.len();
            unescape(&self.text[at..], &mut self.next);
            std::mem::swap(&mut self.text, &mut self.next);
            if self.text.len() == self.next.len() {
                return false;
            }
            at = moved;
        }
        true
    }

    fn says_yes(&mut self, window: &Window<'_>, candidate: Candidate) -> bool {
        let text = &self.text;
        if candidate.at >= text.len() || needs_more(text, candidate, window) {
            return true;
        }
        self.key.clear();
        unescape(window.key.unwrap_or_default(), &mut self.key);
        let key = window.key.map(|_| &self.key[..]);
        let subject = Subject { bytes: text, key, role: Role::Value, field: Field::Free, cwd: None };
        self.hits.clear();
        secret::find(&subject, candidate, &mut self.hits);
        !self.hits.is_empty()
    }
}

/// Whether what the detector wants may stand before a candidate: a login before the quote of a form, which the quote that
/// opens a text of JSON has none before (`"text":" * a remark`), and the end of a footer before the words `private key`.
fn may_lead(record: &[u8], candidate: Candidate) -> bool {
    let (before, first) = (&record[..candidate.at], record[candidate.at]);
    match candidate.kind {
        Kind::Form if first == b'"' => !before.ends_with(b"\":"),
        Kind::Pem if matches!(first, b'p' | b'P') && !record[candidate.at..].starts_with(b"PuTTY") => before
            [before.len().saturating_sub(FOOTER)..]
            .windows(4)
            .any(|word| word.eq_ignore_ascii_case(b"-END")),
        _ => true,
    }
}

/// How far before its last words a footer starts, in raw bytes.
const FOOTER: usize = 48;

/// Where the text of JSON ends that a candidate stands in; where the candidate does, if that may be no text.
pub(super) fn text_end(record: &[u8], candidate: Candidate) -> usize {
    // A number may be a token or random, but is no word.
    if !matches!(candidate.kind, Kind::Word | Kind::Form | Kind::Url) {
        return candidate.at;
    }
    next_quote(record, candidate.at)
}

/// Whether what the candidate leads to may lie outside of the window, or go on in another text.
fn needs_more(text: &[u8], candidate: Candidate, window: &Window<'_>) -> bool {
    let rest = &text[candidate.at..];
    match candidate.kind {
        Kind::Word if !window.cut && sibling::may_name(window.key, text) => true,
        Kind::Word => {
            credential_file::reaches_far(text, candidate.at)
                || is_spelled(text, candidate.at)
                || view::leads_on(text, candidate.at)
                || window.joins && window.element && leads_on(text, candidate.at)
        }
        Kind::Token if window.element && candidate.at < NEAR && !is_member(rest) => true,
        // What goes on in the next line is hinted at by the line's end.
        Kind::Token => {
            let end = rest.iter().take_while(|b| in_token(**b)).count();
            window.joins && end == rest.len() && !is_in_blob(text, candidate.at)
                || goes_on(&rest[end..])
                || is_part(&text[..candidate.at], &rest[end..])
        }
        // A long user part or query goes on where the window ends.
        Kind::Url => window.cut && !rest.iter().any(|b| *b <= b' ' || matches!(b, b'"' | b'\'' | b'`')),
        _ => false,
    }
}

/// Whether the blank behind the word at byte `at` is spelled as URLs spell it: `password%20is%20x`.
fn is_spelled(text: &[u8], at: usize) -> bool {
    let rest = &text[at..];
    let name = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
    is_spelled_blank(&rest[name..])
}

/// As long a run of base64 before a token makes it a part of that, by chance.
const BLOB: usize = 64;

/// Whether what starts at byte `at` is the middle of a run of base64: a signature, a picture.
fn is_in_blob(text: &[u8], at: usize) -> bool {
    let of_run = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/');
    text[..at].iter().rev().take(BLOB).take_while(of_run).count() == BLOB
}

/// Whether what looks like a token is a member of code, `s.stateStore.LoadState`: a word before it makes no secret of it.
fn is_member(rest: &[u8]) -> bool {
    let length = rest.iter().take_while(|b| in_token(**b)).count();
    let shape = Shape::of(&rest[..length]);
    shape.digits == 0 && rest[..length].contains(&b'.') && shape.reads_as_words()
}

/// How long the rest of a list of literals may be that are put together, in bytes.
const LIST: usize = 400;

/// How near the start of an element a value is that a word in the one before may name, in bytes.
const NEAR: usize = 40;

/// Whether the word at byte `at` of an array's element names what the next one holds: nothing but signs follows, or it
/// heads a column.
fn leads_on(text: &[u8], at: usize) -> bool {
    let rest = &text[at..];
    let name = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
    let rest = rest[name..].trim_ascii();
    let signs = rest.len() < 8 && rest.iter().all(|b| b"\"'`:=|>-+([{*\\,".contains(b)) && !rest.is_empty();
    let named = rest.is_empty() && text[..at].windows(5).any(|w| matches!(w, b"name:" | b" key:" | b"Name:"));
    let option = rest.is_empty() && text.starts_with(b"--") || text == b"-p";
    let header = rest.is_empty() && matches!(text, [b'X' | b'x', b'-', ..]);
    signs || named || option || header || credential_file::may_be_head_alone(text, at)
}

/// Whether a token may go on behind what `rest` starts with: in another literal, or behind the markup of a page.
fn goes_on(rest: &[u8]) -> bool {
    match rest {
        [b'\'' | b'"', b',', rest @ ..] => {
            memchr::memmem::find(&rest[..rest.len().min(LIST)], b"].join(").is_some()
        }
        [b'\'' | b'"', next, ..] => matches!(next, b' ' | b'+' | b'.' | b'&' | b'|' | b'~' | b'<'),
        [b'`' | b' ' | b'*' | b'|', ..] if ends_cell(rest) => true,
        _ => {
            rest.starts_with(b"</span><span")
                || rest.starts_with(b"</td><td")
                || rest.starts_with(b"<wbr>")
                || rest.starts_with(b"<br>")
        }
    }
}

/// Whether the literal that `rest` ends is one of those that the call before it puts together: `concat!("ab", "cd")`.
fn is_part(before: &[u8], rest: &[u8]) -> bool {
    let near = &before[before.len().saturating_sub(CALL)..];
    matches!(rest, [b'\'' | b'"', b',', ..])
        && near.windows(4).any(|w| matches!(w, b"onca" | b"ONCA" | b"oin(" | b"ste0" | b"lode"))
}

/// How far before a literal the call that puts it together with others begins at most, in bytes.
const CALL: usize = 40;

/// Whether what `rest` starts with ends the cell of a table that a value stands in.
fn ends_cell(rest: &[u8]) -> bool {
    let signs = rest.iter().take(8).take_while(|b| matches!(b, b'`' | b' ' | b'*')).count();
    rest.get(signs) == Some(&b'|') || view::opens_with_bar(&rest[signs..])
}

/// Whether a byte may be of a token.
pub(super) fn in_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+' | b'/' | b'=' | b'.' | b'~')
}

/// How many steps without an escape are copied by themselves before the next escape is searched.
const STEPS: usize = 4;

/// Appends `raw` with its JSON escapes undone, as [`view::unescape`] does it; what is none stays.
pub(super) fn unescape(raw: &[u8], out: &mut Vec<u8>) {
    let start = out.len();
    // Nothing grows.
    out.resize(start + raw.len() + STEP, 0);
    let (mut at, mut filled, mut whole) = (0, start, 0);
    while at < raw.len() {
        let rest = &raw[at..];
        let plain = match rest.first_chunk::<STEP>() {
            // What has none for so long has none for longer.
            Some(step) if whole < STEPS => {
                out[filled..filled + STEP].copy_from_slice(step);
                before(b'\\', step)
            }
            _ => copy_plain(rest, &mut out[filled..]),
        };
        whole = if plain == STEP { whole + 1 } else { 0 };
        (at, filled) = (at + plain, filled + plain);
        if raw.get(at) == Some(&b'\\') {
            let (read, written) = escape(&raw[at..], &mut out[filled..]);
            (at, filled) = (at + read, filled + written);
        }
    }
    out.truncate(filled);
}

/// Copies what stands before the first backslash; its length.
fn copy_plain(raw: &[u8], out: &mut [u8]) -> usize {
    let plain = memchr::memchr(b'\\', raw).unwrap_or(raw.len());
    out[..plain].copy_from_slice(&raw[..plain]);
    plain
}

/// Undoes the escape that `raw` starts with, into `out`: how many bytes it is, and how many were written.
#[inline]
fn escape(raw: &[u8], out: &mut [u8]) -> (usize, usize) {
    let plain = raw.get(1).map_or(0, |&b| PLAIN[usize::from(b)]);
    if plain != 0 {
        out[0] = plain;
        return (2, 1);
    }
    rare_escape(raw, out)
}

/// What escapes of two bytes stand for, by the second one; 0 for those that are seldom met.
const PLAIN: [u8; 256] = {
    let mut plain = [0; 256];
    plain[b'n' as usize] = b'\n';
    plain[b't' as usize] = b'\t';
    plain[b'"' as usize] = b'"';
    plain[b'\\' as usize] = b'\\';
    plain[b'/' as usize] = b'/';
    plain
};

/// The same of the others.
fn rare_escape(raw: &[u8], out: &mut [u8]) -> (usize, usize) {
    let plain = match raw.get(1) {
        Some(b'r') if raw[2..].starts_with(b"\\n") => return (2, 0),
        Some(b'r') => b'\r',
        Some(b'b') => 8,
        Some(b'f') => 12,
        Some(b'u') => match character(&raw[2..]) {
            Some(character) => return (6, character.encode_utf8(out).len()),
            None => b'\\',
        },
        _ => b'\\',
    };
    out[0] = plain;
    (if plain == b'\\' { 1 } else { 2 }, 1)
}

/// The character of a `\u` with these digits; half of a pair is U+FFFD.
fn character(digits: &[u8]) -> Option<char> {
    let digits = digits.get(..4)?;
    let unit = digits.iter().try_fold(0, |unit, &b| Some(unit << 4 | char::from(b).to_digit(16)?))?;
    Some(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::{Kinds, Scanner};

    fn holding(record: &str) -> usize {
        let (mut out, mut probe) = (Vec::new(), Probe::default());
        Scanner::new(Kinds::SECRETS).scan(record.as_bytes(), &mut out);
        let mut strings = Strings::of(record.as_bytes());
        out.iter().filter(|&&candidate| probe.holds(&mut strings, candidate)).count()
    }

    #[test]
    fn what_leads_to_a_finding_holds() {
        for record in [
            r#"{"text":"the password is hunter2!"}"#,
            r#"{"text":"{\"a\":\"password = \\\"x7Kq9zB2\\\"\"}"}"#,
            r#"{"heroku_api_key":"1c2e3f40-5a6b-4c7d-8e9f-0a1b2c3d4e5f"}"#,
            r#"{"password":"hunter2!"}"#,
            r#"{ password = "x7Kq9zB2" }"#,
            r#"{"lines":["+T=ghp_a1b2c3d4e5f6","+g7h8i9j0"]}"#,
            r#"{"text":"user,password\nann,x7Kq9zB2\n"}"#,
            r#"{"text":"kind: Secret\ndata:\n  a: eDdLcTl6QjI=\n"}"#,
            r#"{"text":"AAAA\n-----End RSA Private Key-----\n"}"#,
            r#"{"text":"postgres://app:x7Kq9zB2@db.internal/app"}"#,
        ] {
            assert!(holding(record) > 0, "{record}");
        }
    }

    #[test]
    fn a_url_that_goes_on_behind_the_window_holds() {
        for length in [400, 1_800] {
            let record = format!(r#"{{"text":"x postgres://u:{}@db.acme.io/x"}}"#, "p4S".repeat(length / 3));
            assert!(holding(&record) > 0, "{length}");
        }
        let query =
            format!(r#"{{"text":"https://a.b/c?d={}&sig=x7Kq9zB2mW4vL8pTq3NfR6yD"}}"#, "e".repeat(3_000));
        assert!(holding(&query) > 0);
    }

    #[test]
    fn what_leads_to_none_does_not() {
        for record in [
            r#"{"text":"def token(self): return self.token_value\n"}"#,
            r#"{"text":"import { skipProjectConfig } from './a'"}"#,
            r#"{"text":"see https://example.com/a?b=c for more"}"#,
            r#"{"a":{"text":"const char *pass, int passlen,\n    PKCS8_PRIV_KEY_INFO *p8inf\n"}}"#,
        ] {
            assert_eq!(holding(record), 0, "{record}");
        }
    }

    #[test]
    fn windows_are_unescaped_as_texts_are() {
        for (raw, wanted) in [
            (&br"a\nb\u0041\ud83d\\n\x\/"[..], "a\nbA\u{fffd}\\n\\x/"),
            (br"12345678\n12345678\r\n1\t", "12345678\n12345678\n1\t"),
            (br"\u00e9\u20ac\u004", "\u{e9}\u{20ac}\\u004"),
            (br"1234567\", "1234567\\"),
            (br"0123456789012345678901234567890\", "0123456789012345678901234567890\\"),
            (br"0123456789012345678901234567890\n.", "0123456789012345678901234567890\n."),
            (br"01234567890123456789012345678901234567\n.", "01234567890123456789012345678901234567\n."),
            (br"\", "\\"),
            (b"", ""),
        ] {
            let mut out = b"before".to_vec();
            unescape(raw, &mut out);
            assert_eq!(&out[6..], wanted.as_bytes());
        }
    }

    proptest::proptest! {
        #[test]
        fn long_windows_are_unescaped_as_texts_are(raw in r#"([a-z ]{0,200}|\\n|\\r\\n|\\\\|\\u00e9|\\"|\\x|é){0,20}"#) {
            let mut out = Vec::new();
            unescape(raw.as_bytes(), &mut out);
            let text = view::unescape(raw.as_bytes(), 0);
            proptest::prop_assert_eq!(&out[..], text.bytes());
        }
    }
}
