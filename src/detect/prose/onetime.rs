//! Codes of a few digits that a sentence gives without a verb or with another word than theirs: `OTP 482193 expires`, `it asks
//! for a PIN, enter 4821`, `the code: 482193, valid ten minutes`, `unlock the phone with 482193`.

use super::{super::assignment, value::push};
use crate::{detect::subject::Hits, scan::FOREIGN_CODES};

/// How far from its word a code stands, in bytes.
const REACH: usize = 48;

/// How much of a sentence around a code is looked at, in bytes.
const AROUND: usize = 120;

/// What stands between the word for a code and the code.
const LINKS: [&str; 22] = [
    ": ",
    " : ",
    ":",
    " - ",
    " – ",
    " = ",
    "=",
    " is ",
    " was ",
    " ist ",
    " est ",
    " es ",
    " è ",
    " é ",
    " to ",
    ", enter ",
    ", type ",
    ", use ",
    ", try ",
    ", it's ",
    ", give it ",
    " code ",
];

/// What is opened with a code, before the word for it: `door code: 4821`.
const PLACES: [&str; 9] = ["door", "gate", "alarm", "garage", "entry", "lock", "building", "sim", "puk"];

/// Whose a PIN is where nothing but a blank stands before it: `my PIN 4821`.
const OWNERS: [&str; 14] = [
    "voicemail",
    "my",
    "your",
    "her",
    "his",
    "our",
    "the",
    "card",
    "sim",
    "door",
    "phone",
    "tablet",
    "alarm",
    "app",
];

/// Words that tell what a code is for.
const PURPOSES: [&str; 21] = [
    "verif",
    "2fa",
    "mfa",
    "two-factor",
    "two factor",
    "sms",
    "texted",
    "log in",
    "login",
    "sign in",
    "signing in",
    "authent",
    "one-time",
    "expire",
    "valid",
    "minute",
    "otp",
    "unlock",
    "alarm",
    "door",
    "passcode",
];

/// What of a word of those languages near a number says that it is another one: an error's, a place's.
const ERRORS: [&str; 8] = ["error", "erro ", "errore", "ошибк", "postal", "fehler", "错误", "http"];

/// What follows a code that stands first: `482193 is your Acme code`, `use 482193 to verify`.
const BEHIND: [&str; 4] = [" to verify", " to sign in", " to log in", " to confirm"];

/// Words before `code` with which it is no secret.
const OTHERS: [&str; 18] = [
    "exit", "error", "status", "zip", "postal", "area", "country", "http", "return", "response", "product",
    "color", "colour", "dial", "char", "key", "source", "sort",
];

/// Looks at the word at byte `at`.
pub(super) fn find(bytes: &[u8], at: usize, hits: &mut Hits) {
    let is = |word: &[u8]| bytes.get(at..at + word.len()).is_some_and(|b| b.eq_ignore_ascii_case(word));
    let starts = at == 0 || !bytes[at - 1].is_ascii_alphanumeric() && bytes[at - 1] != b'_';
    let found = match bytes[at] | 0x20 {
        b'o' if starts && is(b"otp") => linked(bytes, at + 3).or_else(|| code(bytes, at + 3, b" ")),
        b'p' if starts && is(b"pin") => linked(bytes, at + 3).or_else(|| owned(bytes, at)),
        b'c' if is(b"code lautet") || is(b"codice ") => abroad(bytes, at),
        b'c' if is(b"code: ") => code(bytes, at + 6, b"").filter(|found| is_for_someone(bytes, at, *found)),
        b'c' if is(b"code is ") => code(bytes, at + 8, b"").filter(|found| is_for_someone(bytes, at, *found)),
        b'n' if bytes[..at].ends_with(b"u") && is(b"nlock ") => used(bytes, at + 6),
        b't' if is(b"to ") => before(bytes, at.saturating_sub(1)),
        b'a' if is(b"ation code") => yours(bytes, at),
        b't' if is(b"time code") => yours(bytes, at),
        _ => abroad(bytes, at),
    };
    if let Some((start, end)) = found.filter(|found| !assignment::is_known(hits, found.0, found.1)) {
        push(hits, start, end, "digits that a sentence calls a code");
    }
}

/// The number behind a word of another language that starts at byte `at`, in the same clause.
fn abroad(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let rest = &bytes[at..bytes.len().min(at + AROUND)];
    let is = |word: &&&str| {
        rest.get(..word.len())
            .is_some_and(|b| b == word.as_bytes() || b.eq_ignore_ascii_case(word.as_bytes()))
    };
    let word = FOREIGN_CODES.iter().find(is)?.len();
    let gap = rest[word..]
        .iter()
        .take(REACH)
        .position(|b| b.is_ascii_digit() || matches!(b, b'.' | b'\n' | b';' | b'('))?;
    let said = &bytes[at.saturating_sub(16)..at + word + gap];
    let other = |error: &&str| said.windows(error.len()).any(|w| w.eq_ignore_ascii_case(error.as_bytes()));
    let closed = |found: &(usize, usize)| found.1 - found.0 >= 6;
    code(bytes, at + word + gap, b"").filter(closed).filter(|_| !ERRORS.iter().any(other))
}

/// The number right before byte `at`, if what follows says that it is a code.
fn before(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    BEHIND.iter().any(|words| bytes[at..].starts_with(words.as_bytes())).then_some(())?;
    number_before(bytes, at).filter(|(start, _)| is_put_in(bytes, *start))
}

/// Whether the word before a number says that someone is to put it in; that of a commit or a ticket says what it is.
fn is_put_in(bytes: &[u8], start: usize) -> bool {
    const VERBS: [&[u8]; 10] =
        [b"use", b"enter", b"type", b"with", b"using", b"input", b"code", b"otp", b"pin", b"g"];
    let before = &bytes[..start];
    let signs = before
        .iter()
        .rev()
        .take(4)
        .take_while(|b| matches!(b, b' ' | b'"' | b'`' | b'*' | b':' | b'-'))
        .count();
    let before = &before[..start - signs];
    let word = before.iter().rev().take(8).take_while(|b| b.is_ascii_alphabetic()).count();
    let word = &before[before.len() - word..];
    let first = word.is_empty() && matches!(before.last(), None | Some(b'\n'));
    first || VERBS.iter().any(|verb| word.eq_ignore_ascii_case(verb))
}

/// `482193 is your verification code`, whose last words start at byte `at`.
fn yours(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    const YOURS: &[u8] = b" is your ";
    let from = at.saturating_sub(REACH);
    let said = memchr::memmem::rfind(&bytes[from..at], YOURS)?;
    if bytes[from + said..at].contains(&b'\n') {
        return None;
    }
    number_before(bytes, from + said)
}

/// The six to eight digits that end at byte `at`.
fn number_before(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let len = bytes[..at].iter().rev().take(10).take_while(|b| b.is_ascii_digit()).count();
    let start = at - len;
    let edge = start == 0
        || matches!(bytes[start - 1], b' ' | b'\n' | b'"' | b'`' | b'*' | b':')
        || bytes[..start].ends_with(b"G-");
    ((6..=8).contains(&len) && edge).then_some((start, at))
}

/// The code behind one of the links at byte `at`.
fn linked(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    LINKS.iter().find_map(|link| code(bytes, at, link.as_bytes()))
}

/// `PIN 4821`, `my pin 4821`: the code behind the word at byte `at` and a blank.
fn owned(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let before = bytes[..at].trim_ascii_end();
    let word = before.iter().rev().take(12).take_while(|b| b.is_ascii_alphabetic()).count();
    let owner = &before[before.len() - word..];
    let named =
        bytes[at..].starts_with(b"PIN") || OWNERS.iter().any(|w| owner.eq_ignore_ascii_case(w.as_bytes()));
    code(bytes, at + 3, b" ").filter(|_| named)
}

/// `unlock the phone with 482193`.
fn used(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    const WITH: &[u8] = b" with ";
    let near = &bytes[at..bytes.len().min(at + REACH)];
    let clause = near.iter().position(|b| matches!(b, b'\n' | b'.' | b';' | b',')).unwrap_or(near.len());
    let with = memchr::memmem::find(&near[..clause], WITH)?;
    let rest = at + with + WITH.len();
    let found = ["", "code ", "PIN ", "the code "].iter().find_map(|w| code(bytes, rest, w.as_bytes()))?;
    // A number of something: `with 4800 coins`.
    let ends = matches!(bytes.get(found.1), None | Some(b'\n' | b'.' | b',' | b')' | b'"' | b'`' | b'!'));
    ends.then_some(found)
}

/// The digits behind `link` at byte `at`, if they are as many as a code has and nothing goes on behind them.
fn code(bytes: &[u8], at: usize, link: &[u8]) -> Option<(usize, usize)> {
    let rest = bytes.get(at..)?.strip_prefix(link)?;
    let signs = rest.iter().take(3).take_while(|b| matches!(b, b'`' | b'*' | b'"' | b'\'')).count();
    let start = at + link.len() + signs;
    let digits =
        |at: usize| bytes[at.min(bytes.len())..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
    let first = digits(start);
    // `482 193`, `482-193`
    let halved = first == 3 && matches!(bytes.get(start + 3), Some(b' ' | b'-')) && digits(start + 4) == 3;
    let len = if halved { 7 } else { first };
    let next = bytes.get(start + len).copied().unwrap_or(b' ');
    let then = bytes.get(start + len + 1).copied().unwrap_or(b' ');
    let goes_on = next.is_ascii_alphanumeric()
        || matches!(next, b'_' | b'-' | b'/' | b'%' | b'(' | 0x80..)
        || matches!(next, b'.' | b':') && then.is_ascii_alphanumeric();
    let year = len == 4 && matches!(bytes[start..start + 2], [b'1', b'9'] | [b'2', b'0']);
    let same = bytes[start..start + len].iter().all(|b| *b == bytes[start]);
    ((4..=8).contains(&len) && !goes_on && !year && !same).then_some((start, start + len))
}

/// Whether the sentence around the word `code` at byte `at` and the code says that someone shall enter it.
fn is_for_someone(bytes: &[u8], at: usize, (start, end): (usize, usize)) -> bool {
    let before = bytes[..at].trim_ascii_end();
    let word = before.iter().rev().take(16).take_while(|b| b.is_ascii_alphabetic()).count();
    let kind = &before[before.len() - word..];
    let line = memchr::memrchr(b'\n', &bytes[at.saturating_sub(AROUND)..at]).map_or(0, |i| i + 1);
    let near = &bytes[at.saturating_sub(AROUND) + line..bytes.len().min(end + AROUND)];
    let said = |word: &&str| near.windows(word.len()).any(|w| w.eq_ignore_ascii_case(word.as_bytes()));
    let place = PLACES.iter().any(|w| kind.eq_ignore_ascii_case(w.as_bytes()));
    let yours = || memchr::memmem::rfind(&bytes[at.saturating_sub(32)..at], b"our ").is_some();
    if place {
        return true;
    }
    end - start >= 6 && yours() && !OTHERS.iter().any(|w| kind.eq_ignore_ascii_case(w.as_bytes()))
        || end - start >= 6
            && !OTHERS.iter().any(|w| kind.eq_ignore_ascii_case(w.as_bytes()))
            && PURPOSES.iter().any(said)
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::check;

    #[test]
    fn finds_codes() {
        for text in [
            "OTP «482193» expires in 5 minutes",
            "it asks for a PIN, enter «482193»",
            "the code: «482193», valid ten minutes",
            "they texted me, the code is «482193»",
            "my pin «4821» does not work",
            "PIN «4821»",
            "code PIN : «4821»",
            "unlock the phone with «482193»",
            "PIN code «4821»",
            "Your Acme code is «482193»",
            "«482193» is your one-time code",
            "Use «482193» to verify your account",
            "Enter «482193» to sign in",
            "«482193» to verify your account",
            "Ihr Code lautet «482193»",
            "Tu código de verificación es «482193»",
            "Votre code de vérification : «482193»",
            "Il tuo codice è «482193»",
            "Twój kod: «482193»",
            "验证码:«482193»,5分钟内有效",
            "인증번호 [«482193»]",
            "door code: «4821»",
            "voicemail pin «4821»",
            "the verification code: «482-193» expires soon",
        ] {
            check(text);
        }
    }

    #[test]
    fn leaves_other_numbers() {
        for text in [
            "error code: 500123, valid JSON expected",
            "the code: 404 means not found",
            "exit code is 137000 after ten minutes",
            "connect pin 1024 of the header",
            "PIN 2024 season",
            "port 482193 is your best guess",
            "unlock the mutex with 3 retries",
            "pin, type and size",
            "otherwise pin to\n1622\t// the epoch",
            "OTP 26.2 released",
            "the area code: 482193 is valid",
            "código de error 500123",
            "unlock level 12 with 4800 coins",
            "El código postal es 280013",
            "run 123456 to verify the build",
            "checked out commit 1234567 to verify the fix",
            "ticket 482193 to confirm shipping",
        ] {
            check(text);
        }
    }
}
