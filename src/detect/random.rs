//! Long random strings that nothing explains: no word beside them says what they are, and their shape is that of no
//! hash, identifier, medium or encoded text.

mod words;

use super::{
    assignment, reference,
    shape::Shape,
    subject::{Hit, Hits, Subject},
};
use crate::{
    rule::{Confidence, id},
    scan::{is_encoded_text, is_random},
    transcript::text::Field,
};
use words::EXPLAINING;

/// The least length of a value that is taken without a word beside it, in bytes.
const SHORTEST: usize = 24;

/// The greatest, in bytes: longer ones are encoded data.
const LONGEST: usize = 128;

/// How far before a value a word that explains it may stand, in bytes.
const NEAR: usize = 40;

/// Looks at the run at byte `at`.
pub(super) fn find(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    if matches!(subject.field, Field::Path | Field::WorkingDirectory | Field::Branch | Field::Media(_)) {
        return;
    }
    let end = at + bytes[at..].iter().take(LONGEST + 1).take_while(|&&b| is_token(b)).count();
    let at = after_name(bytes, at, end);
    let value = &bytes[at..end];
    if !(SHORTEST..=LONGEST).contains(&value.len())
        || is_part(bytes, at, end)
        || is_armored(subject, at, end)
        || is_below_public_header(&bytes[..at])
        || !is_constant(&bytes[..at])
            && !is_named(&bytes[at.saturating_sub(NEAR)..at])
            && is_explained_before(last_column(&bytes[at.saturating_sub(NEAR)..at]))
        || is_coordinate(&bytes[..at], subject.key)
        || subject.key.is_some_and(|key| value.len() == bytes.trim_ascii().len() && is_id_key(key))
        || !is_secret(value)
    {
        return;
    }
    if !assignment::is_known(hits, at, end) {
        hits.push(
            Hit::new(id::SECRET_RANDOM, at, end, "a random string that nothing explains")
                .confidence(Confidence::Low),
        );
    }
}

/// Past the sign of a patch, and past `--name=` and `name=`: the value starts behind them.
fn after_name(bytes: &[u8], at: usize, end: usize) -> usize {
    let run = &bytes[at..end];
    let padding = run.iter().rev().take_while(|&&b| b == b'=').count();
    if let Some(sign) = memchr::memrchr(b'=', &run[..run.len() - padding]) {
        return at + sign + 1;
    }
    let line = at == 0 || bytes[at - 1] == b'\n';
    let signed = match run.first() {
        Some(b'+') => line || bytes[at - 1] == b' ',
        Some(b'-') => line,
        _ => false,
    };
    at + usize::from(signed)
}

fn is_token(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'+' | b'/' | b'=' | b'~')
}

/// Whether all kinds of characters are mixed as no name or number mixes them.
fn is_secret(value: &[u8]) -> bool {
    let shape = Shape::of(value);
    let long = shape.len >= 32 && shape.upper >= 8 && shape.lower >= 8 && shape.digits >= 1;
    let mixed = long || shape.upper >= 4 && shape.lower >= 4 && shape.digits >= 3;
    let signs = value.iter().filter(|b| matches!(b, b'_' | b'-' | b'/' | b'+' | b'~')).count();
    let few_words = shape.wordy * 3 < shape.letters();
    mixed
        && few_words
        && signs * 8 <= value.len()
        && is_random(value)
        && !is_encoded_text(value)
        && !has_prefix_of_id(value)
        && !reference::is_explained(value)
}

/// `msg_…`, `toolu_…`, `req_…`: a short word and a line, which is how ids are made; formats know those that are secrets.
fn has_prefix_of_id(value: &[u8]) -> bool {
    let prefix = value.iter().position(|b| matches!(b, b'_' | b'-'));
    prefix.is_some_and(|len| (2..=12).contains(&len) && value[..len].iter().all(u8::is_ascii_lowercase))
}

/// Whether the run is a piece of something longer: a path, a URL, a file's name, a list of base64 lines.
fn is_part(bytes: &[u8], at: usize, end: usize) -> bool {
    let before = at.checked_sub(1).map(|i| bytes[i]);
    let after = bytes.get(end).copied();
    let joined = |b: Option<u8>| {
        b.is_some_and(|b| {
            matches!(b, b'.' | b'/' | b'\\' | b'%' | b'#' | b'$' | b'@' | b'&' | b'?') || b >= 0x80
        })
    };
    let dot = after == Some(b'.') && bytes.get(end + 1).is_none_or(u8::is_ascii_whitespace);
    let parameter = before == Some(b'=') && after == Some(b'&');
    (joined(before) && before != Some(b'\\'))
        || (joined(after) && !dot && !parameter && after != Some(b'\\'))
        || after == Some(b'(')
        || in_lines(bytes, at, end)
}

/// Whether the line before or after is of the same kind: the run is a line of encoded data.
fn in_lines(bytes: &[u8], at: usize, end: usize) -> bool {
    const LINE: usize = 32;
    let above = before_break(&bytes[..at])
        .is_some_and(|above| above.iter().rev().take(LINE).filter(|&&b| is_token(b)).count() == LINE);
    let below = after_break(&bytes[end..])
        .is_some_and(|below| below.iter().take(LINE).filter(|&&b| is_token(b)).count() == LINE);
    above || below
}

/// What stands before a line break at the end of `bytes`, a real one or a spelled one, and the sign of a patch after it.
fn before_break(bytes: &[u8]) -> Option<&[u8]> {
    let bytes = bytes.strip_suffix(b"+").or_else(|| bytes.strip_suffix(b"-")).unwrap_or(bytes);
    let blank = bytes.iter().rev().take(32).take_while(|b| matches!(b, b' ' | b'\t')).count();
    let (body, blanks) = bytes.split_at(bytes.len() - blank);
    let digits = body.iter().rev().take(8).take_while(|b| b.is_ascii_digit()).count();
    let body = match blanks.first() {
        Some(b'\t') if digits > 0 => &body[..body.len() - digits],
        _ => without_number_of_line(body),
    };
    if let Some(above) = body.strip_suffix(b"\n") {
        return Some(above.strip_suffix(b"\\").unwrap_or(above));
    }
    let text = bytes.strip_suffix(b"n")?;
    let slashes = text.iter().rev().take(16).take_while(|b| **b == b'\\').count();
    (slashes > 0).then(|| &text[..text.len() - slashes])
}

/// Without the number that a reader of files puts before a line.
fn without_number_of_line(bytes: &[u8]) -> &[u8] {
    let Some(rest) = bytes.strip_suffix("→".as_bytes()) else {
        return without_place(bytes);
    };
    let digits = rest.iter().rev().take(8).take_while(|b| b.is_ascii_digit()).count();
    let blank = rest[..rest.len() - digits].iter().rev().take(12).take_while(|b| **b == b' ').count();
    &rest[..rest.len() - digits - blank]
}

/// Without what a search puts before a line that it found: `app/a.pem:12:`.
fn without_place(bytes: &[u8]) -> &[u8] {
    let Some(rest) = bytes.strip_suffix(b":") else { return bytes };
    let digits = rest.iter().rev().take(8).take_while(|b| b.is_ascii_digit()).count();
    let Some(rest) = rest[..rest.len() - digits].strip_suffix(b":").filter(|_| digits > 0) else {
        return bytes;
    };
    &rest[..rest.len() - rest.iter().rev().take(160).take_while(|b| is_of_path(**b)).count()]
}

/// What stands behind that at the start of a line, or behind its number.
fn behind_place(line: &[u8]) -> &[u8] {
    let path = line.iter().take(160).take_while(|b| is_of_path(**b)).count();
    let digits = |from: usize| line[from..].iter().take(8).take_while(|b| b.is_ascii_digit()).count();
    let (number, sign) = match line.get(path) {
        Some(b':') => (path + 1 + digits(path + 1), 1),
        Some(b'\t') => (digits(0), 1),
        _ if line[path..].starts_with("→".as_bytes()) => (digits(0), 3),
        _ => return line,
    };
    let placed =
        number > 0 && (line.get(number) == Some(&b':') || sign == 3 || line.get(number) == Some(&b'\t'));
    if placed { &line[number + sign..] } else { line }
}

fn is_of_path(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'.' | b'/' | b'_' | b'-')
}

/// What stands after a line break at the start of `bytes`, a real one or a spelled one.
fn after_break(bytes: &[u8]) -> Option<&[u8]> {
    if let Some(below) = bytes.strip_prefix(b"\n") {
        return Some(behind_place(below));
    }
    let slashes = bytes.iter().take(16).take_while(|b| **b == b'\\').count();
    if let Some(below) = bytes[slashes..].strip_prefix(b"\n") {
        return Some(below.trim_ascii_start());
    }
    (slashes > 0).then(|| bytes[slashes..].strip_prefix(b"n")).flatten()
}

/// Whether the value is all of a line of a patch and as long as a line of a certificate or a public key.
fn is_armored(subject: &Subject<'_>, at: usize, end: usize) -> bool {
    let bytes = subject.bytes;
    let value = &bytes[at..end];
    let alone = end == bytes.len() && (at == 0 || at == 1 && matches!(bytes[0], b'+' | b'-' | b' '));
    alone
        && matches!(subject.field, Field::Patch(_))
        && matches!(value.len(), 64 | 76)
        && value.iter().any(|b| matches!(b, b'+' | b'/'))
        && !value.iter().any(|b| matches!(b, b'-' | b'_'))
}

/// Whether the line above is the header of what all may read: `-----BEGIN PUBLIC KEY-----`, whose body may be one line.
fn is_below_public_header(before: &[u8]) -> bool {
    const PUBLIC: [&[u8]; 3] = [b"PUBLIC KEY", b"CERTIFICATE", b"SIGNATURE"];
    let Some(head) = before_break(before).and_then(|above| above.trim_ascii_end().strip_suffix(b"----"))
    else {
        return false;
    };
    let head = &head[head.len().saturating_sub(48)..];
    memchr::memmem::rfind(head, b"-- BEGIN ")
        .or_else(|| memchr::memmem::rfind(head, b"--BEGIN "))
        .is_some_and(|at| PUBLIC.iter().any(|kind| memchr::memmem::find(&head[at..], kind).is_some()))
}

/// Whether the value is given to a constant that is named `KEY` and nothing else: `const KEY = "x`.
fn is_constant(before: &[u8]) -> bool {
    let before = before.strip_suffix(b"\"").or(before.strip_suffix(b"'")).unwrap_or(before);
    let before = before.strip_suffix(b"\\").unwrap_or(before).trim_ascii_end();
    let Some(name) = before.strip_suffix(b"=").map(<[u8]>::trim_ascii_end) else { return false };
    let Some(lead) = name.strip_suffix(b"KEY") else { return false };
    lead.last().is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'+' | b'-'))
}

/// Names of values that open something, though a word of theirs explains others; lower case, without signs.
const NAMES: [&[u8]; 10] = [
    b"codeverifier",
    b"devicecode",
    b"authcode",
    b"authorizationcode",
    b"bwsession",
    b"primarykey",
    b"secondarykey",
    b"accountkey",
    b"sharedkey",
    b"sessioncookie",
];

/// Whether the name of such a value stands right before it, behind signs, or `code` where a form sends it: `code_verifier=`,
/// `"deviceCode": "`, `-d code=`.
fn is_named(before: &[u8]) -> bool {
    let sign = |b: &u8| matches!(b, b'=' | b':' | b'"' | b'\'' | b'\\' | b' ');
    let end = before.iter().rposition(|b| !sign(b)).map_or(0, |i| i + 1);
    if end == before.len() || !before[end..].iter().any(|b| matches!(b, b'=' | b':')) {
        return false;
    }
    let part = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    let len = before[..end].iter().rev().take_while(part).count();
    let (lead, name) = before[..end].split_at(end - len);
    let plain: Vec<u8> =
        name.iter().filter(|b| b.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase).collect();
    NAMES.iter().any(|known| plain.ends_with(known))
        || plain == b"code"
            && [&b"-d "[..], b"-d '", b"-d \"", b"-urlencode "].iter().any(|d| lead.ends_with(d))
}

/// Whether the value is a number of a public key: `"x": "…"`, `"y": "…"`, `"n": "…"` of a JSON Web Key.
fn is_coordinate(before: &[u8], key: Option<&[u8]>) -> bool {
    let name = |name: &[u8]| matches!(name, b"x" | b"y" | b"n");
    if before.is_empty() {
        return key.is_some_and(name);
    }
    let sign = |b: &u8| matches!(b, b'"' | b'\\' | b':' | b' ');
    let signs = before.iter().rev().take(12).take_while(|b| sign(b)).count();
    let rest = &before[..before.len() - signs];
    signs > 2 && rest.len() > 1 && name(&rest[rest.len() - 1..]) && rest[rest.len() - 2] == b'"'
}

/// What stands in the column right before a value, where several are divided by blanks: what another says explains it not.
fn last_column(before: &[u8]) -> &[u8] {
    let text = before.trim_ascii_end();
    let gap = if before.len() - text.len() > 1 { memchr::memmem::rfind(text, b"  ") } else { None };
    &before[gap.unwrap_or(0)..]
}

/// Whether a word just before says that the value is an identifier, a digest or public.
fn is_explained_before(before: &[u8]) -> bool {
    let line = memchr::memrchr(b'\n', before).map_or(0, |i| i + 1);
    let before = &before[line..];
    // The last key of an object speaks of what stands under it alone.
    let key = memchr::memmem::rfind(before, b"\":").and_then(|end| memchr::memrchr(b'"', &before[..end]));
    let web_key = memchr::memmem::find(before, b"kty").is_some();
    web_key
        || before[key.unwrap_or(0)..]
            .split(|b| !b.is_ascii_alphanumeric())
            .flat_map(|word| word.chunk_by(|a, b| !(a.is_ascii_lowercase() && b.is_ascii_uppercase())))
            .flat_map(|word| [word, without_number(word)])
            .any(explains)
}

/// Whether a word, or what is left of it without the letter of a plural, is one that explains what follows.
fn explains(word: &[u8]) -> bool {
    let singular = word.split_last().map_or(word, |(_, rest)| rest);
    EXPLAINING.has(word) || singular.len() > 3 && EXPLAINING.has(singular)
}

/// `SHA256`: the word before a number.
fn without_number(word: &[u8]) -> &[u8] {
    let digits = word.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    &word[..word.len() - digits]
}

/// Whether a key explains the value that stands under it alone; `content` and `message` explain no piece of a text.
fn is_id_key(key: &[u8]) -> bool {
    is_explained_before(key) && !is_named(&[key, b":"].concat())
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn finds_random_strings_that_nothing_explains() {
        for text in [
            "const KEY = \"«x7Kq9zB2mW4vL8pTq3NfR6yD1hJ5»\"; // to sign with",
            "KEY='«x7Kq9zB2mW4vL8pTq3NfR6yD1hJ5»'",
            "try this one: «x7Kq9zB2mW4vL8pTq3NfR6yD1hJ5»",
            "line one\n«x7Kq9zB2mW4vL8pTq3NfR6yD1hJ5sGcA»\nline three",
            "got «x7Kq9zB2mW4v+8pTq3NfR6yD1hJ5sG/cAe0UoX4bV» from the server",
            r#"{\"id\": 7, \"body\": \"got «x7Kq9zB2mW4vL8pTq3NfR6yD1hJ5sGcA»\"}"#,
            "serve --with=«x7Kq9zB2mW4vL8pTq3NfR6yD1hJ5sGcA» --fast",
            "curl https://idp.acme.io/token -d code=«x7Kq9zB2mW4vL8pTq3NfR6yD1hJ5sGcA» -d code_verifier=«y8Lr0aC3nX5wM9qUr4OgS7zE2iK6tHdB»",
            r#"{\"device_code\":\"«x7Kq9zB2mW4vL8pTq3NfR6yD1hJ5sGcA»\"}"#,
            "export BW_SESSION=\"«x7Kq9zB2mW4vL8pTq3NfR6yD1hJ5sGcAe0UoX4bVtRe9WnYs5Hj2Lk8PzQm7Vd3Xc6Bf1Ga4Tr0Ei2Uq1==»\"",
            "\"primaryKey\": \"«x7Kq9zB2mW4vL8pTq3NfR6yD1hJ5sGcAe0UoX4bVtRe=»\"",
            "2026-01-02T03:04:05  key1     FULL         «x7Kq9zB2mW4vL8pTq3NfR6yD1hJ5sGcAe0UoX4bVtRe9WnYs5Hj2Lk8PzQm7Vd3Xc6Bf1Ga4Tr0Ei2Uq1==»",
            "https://api.internal.example/v1?q=«x7Kq9zB2mW4vL8pTq3NfR6yD1hJ5sGcA»&n=2",
        ] {
            check(text);
        }
    }

    #[test]
    fn leaves_random_strings_that_something_explains() {
        for text in [
            "toolu_01du1ocUHM2bW6nxooPKCjp6",
            "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAdHVQcX9kU5PcEuRGbRk3cPcOwuTzLcBkqKv0Mz1kYzE=\n-----END PUBLIC KEY-----",
            "CACHE_KEY = \"x7Kq9zB2mW4vL8pTq3NfR6yD1hJ5\"",
            "<Row key=\"x7Kq9zB2mW4vL8pTq3NfR6yD1hJ5\"/>",
            "id: x7Kq9zB2mW4vL8pTq3NfR6yD1hJ5",
            "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"x7Kq9zB2mW4vL8pTq3NfR6yD1hJ5sGcAe0UoX4bVtRe\",\"y\":\"y8Lr0aC3nX5wM9qUr4OgS7zE2iK6tHdBf1VpY5cWuSf\"}",
            "bob   build   x7Kq9zB2mW4vL8pTq3NfR6yD1hJ5",
            "exit code: x7Kq9zB2mW4vL8pTq3NfR6yD1hJ5",
            "SHA256:x7Kq9zB2mW4v8pTq3NfR6yD1hJ5sGcAe0UoX4bVtRe",
            "'+ PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+'",
            "assert_eq!(\"Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0Z2FycGx5eg==\")",
            "/watch?list=1&si=x7Kq9zB2mW4vL8pTq3NfR6yD1hJ5&n=2",
            "\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEy\\\n         D0+P0BBQkNERUZHSElKS0xNTk9QUVJTVFVWV1hZWltcXV5fYGFiY2RlZmdoaWpr\\\n  =\"",
            "   445→    w6HDoMOkw6nDqMSZw7bFkcOhw6DDpMOpw6jEmcO2xZHDocOgw6TDqcOoxJnD\n   446→    tsWRw6HDoMOkw6nDqMSZw7bFkcOhw6DDpMOpw6jEmcO2xZHDocOgw6TDqcOo\n",
            "a/b.pem:11:-----BEGIN CERTIFICATE-----\na/b.pem:12:kIhR5FTDb0nNoVW4xlnxLtlZqXJTfNEFil7gBOoZ9kB5q3YXNBNT2phiB\na/b.pem:13:5aXTAQWApEzRtufD47g0ScqdADreeDEmBK7XMpa6UM2IcNICsOqiOe9rQ\n",
            "11\tkIhR5FTDb0nNoVW4xlnxLtlZqXJTfNEFil7gBOoZ9kB5q3YXNBNT2phiB\n12\t5aXTAQWApEzRtufD47g0ScqdADreeDEmBK7XMpa6UM2IcNICsOqiOe9rQ\n",
            "+req_011x7Kq9zB2mW4vL8pTq3NfR",
            " first -old +msg_01pjmRVFFOSp9Gt8V5TJQuqT last",
            r"-----BEGIN CERTIFICATE-----\nMIIDILAD4EgoFioyNBhQpyR/r80a70c4xNfAjrfK/jF49qNoMpPzOIoJ9ek5sbSQ\nYxgqtOqV5lXS5GLpfoalV7m4qsKIvztFFbHHWszkggTmDmega9Yc/XpjaHosGckn\n-----END",
            "sha512-VdJm2GiBKUXKWaCNfY+KL6UfVi07Jt1V/124jijedNVNZwuq3LTRCJ5vWAfXOQQqNM1vQTqxZpgLpDcq3bg+f6==",
            "https://cdn.example/a/x7Kq9zB2mW4vL8pTq3NfR6yD1hJ5/b.js",
            "dist/x7Kq9zB2mW4vL8pTq3NfR6yD1hJ5.js",
            "0c8a7085fdb75782abbb8be3fe75c8761f763136",
            "e56a7175-68be-4395-82ef-c5e802068622",
            "ulid 01HV3Z8Q6N2J4R7T9XBCDEFGHK nanoid V1StGXR8_Z5jdHi6B-myT",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "github.com/pkg/errors v0.9.1 h1:qoxEuAgJqLkIdcKyEmtum5KLO/rUMRoctdDK6vWITOQ=",
        ] {
            check(text);
        }
    }
}
