//! Credential files whose secrets have no word directly beside them: Kubernetes secrets, password files, Wi-Fi codes,
//! recovery codes, seed phrases, tables with a column of passwords.

mod asciidoc;
mod code;
mod kubernetes;
mod page;
mod table;

use super::{
    assignment, reference,
    secret::Word,
    subject::{Hit, Hits, Subject},
};
use crate::rule::{Confidence, id};

/// Parts of names for codes that stand in for a second factor: `backup_codes`, `recoveryCodes`.
const CODES: [&[u8]; 4] = [b"p_code", b"pcode", b"y_code", b"ycode"];

/// Looks at the word at byte `at`.
pub(super) fn find(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let first = bytes[at] | 0x20;
    let is = |word: &[u8]| {
        word[0] == first && bytes.get(at..at + word.len()).is_some_and(|have| have.eq_ignore_ascii_case(word))
    };
    if is(b"password\"") && bytes[..at].ends_with(b"random_") {
        generated(bytes, at + 8, hits);
    } else if is(b"key content") {
        rest_of_line(bytes, at + 11, hits);
    } else if is(b"key ") && bytes[..at].ends_with(b"nseal ") {
        rest_of_line(bytes, at + 5, hits);
    } else if is(b"secret") {
        kubernetes::find(bytes, at, hits);
    } else if is(b":5432:") || is(b":*:") {
        pgpass(bytes, at, hits);
    } else if is(b"wifi:") {
        wifi(bytes, at, hits);
    } else if is(b"backup code")
        || is(b"recovery code")
        || is(b"scratch")
        || CODES.iter().any(|part| is(part))
    {
        code::find(bytes, at, hits);
    } else if is(b"ocommunity ") || is(b"wcommunity ") {
        community(bytes, at + 11, hits);
    } else if is(b"snmp-server community ") {
        community(bytes, at + 22, hits);
    } else if is(b"snmp community ") {
        community(bytes, at + 15, hits);
    } else if is(b"snmp-server host ") {
        trapped(bytes, at + 17, hits);
    } else if is(b"authenticator") {
        groups(bytes, at + 13, hits);
    } else if is(b"mnemonic")
        || is(b"seed words")
        || is(b"words: ") && is_counted(&bytes[..at])
        || is(b"phrase") && is_of_wallet(&bytes[..at])
    {
        phrase(bytes, at, hits);
    } else if is_kty(bytes, at) {
        jwk(bytes, at, hits);
    }
}

/// Whether what the word at byte `at` leads to may stand far from it: a Kubernetes document, a JSON Web Key, a table.
pub(super) fn reaches_far(bytes: &[u8], at: usize) -> bool {
    let is = |word: &[u8]| bytes.get(at..at + word.len()).is_some_and(|have| have.eq_ignore_ascii_case(word));
    let kind = || memchr::memmem::find(&bytes[at.saturating_sub(16)..at], b"kind").is_some();
    is(b"secret") && kind() || is_kty(bytes, at) || table::may_be_head(bytes, at) || is_page(bytes, at)
}

/// Whether the word around byte `at` may head a column of a page's table.
fn is_page(bytes: &[u8], at: usize) -> bool {
    let start = at
        - bytes[..at]
            .iter()
            .rev()
            .take(32)
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'_' | b'-'))
            .count();
    page::is_head(bytes, start)
}

/// Whether the line around byte `at` may be the head of a table.
pub(super) fn may_be_head(bytes: &[u8], at: usize) -> bool {
    table::may_be_head(bytes, at)
}

/// Whether the line `line` may be the head of a table with a column whose name stands at byte `at`.
pub(super) fn may_be_head_alone(line: &[u8], at: usize) -> bool {
    table::is_head_alone(line, at)
}

/// Looks at a word that may head a column of secrets.
pub(super) fn find_column(bytes: &[u8], word: Word, hits: &mut Hits) {
    if let Some(name) = word.name {
        table::find(bytes, word.start, word.end, name, hits);
        page::find(bytes, (word.start, word.end), name, hits);
    }
}

/// Adds a hit unless it is known.
fn push(hits: &mut Hits, start: usize, end: usize, confidence: Confidence, evidence: &'static str) {
    if start < end && !assignment::is_known(hits, start, end) {
        hits.push(Hit::new(id::SECRET_CREDENTIAL_FILE, start, end, evidence).confidence(confidence));
    }
}

/// Whether the member `kty` of a JSON Web Key stands at byte `at`, not a word with these letters in it.
fn is_kty(bytes: &[u8], at: usize) -> bool {
    let apart = |b: Option<&u8>| b.is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'_');
    bytes[at..].starts_with(b"kty") && apart(bytes.get(at + 3)) && apart(at.checked_sub(1).map(|i| &bytes[i]))
}

/// The private members of a JSON Web Key, in the braces around its `"kty"`, at any depth of escaping.
fn jwk(bytes: &[u8], at: usize, hits: &mut Hits) {
    let from = at.saturating_sub(4096);
    let open = memchr::memrchr(b'{', &bytes[from..at]).map_or(from, |i| from + i);
    let limit = bytes.len().min(at + 4096);
    let close = memchr::memchr(b'}', &bytes[at..limit]).map_or(limit, |i| at + i);
    let mut at = open;
    while let Some(colon) = memchr::memchr(b':', &bytes[at..close]).map(|i| at + i) {
        let name = bytes[at..colon]
            .iter()
            .rev()
            .skip_while(|b| !b.is_ascii_alphanumeric())
            .take_while(|b| b.is_ascii_alphanumeric());
        let name: Vec<u8> = name.copied().take(3).collect();
        let start = colon
            + 1
            + bytes[colon + 1..close].iter().take_while(|b| matches!(b, b' ' | b'"' | b'\\' | b'\n')).count();
        let len = bytes[start..close]
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
            .count();
        let private = matches!(&name[..], b"d" | b"p" | b"q" | b"pd" | b"qd" | b"iq" | b"k");
        if private && len >= 16 {
            push(hits, start, start + len, Confidence::High, "a private member of a JSON Web Key");
        }
        at = (start + len).max(colon + 1);
    }
}

/// The `result` of a resource of Terraform that makes a password, whose type ends at `end`.
fn generated(bytes: &[u8], end: usize, hits: &mut Hits) {
    const NEAR: usize = 400;
    let rest = &bytes[end..bytes.len().min(end + NEAR)];
    let Some(at) = memchr::memmem::find(rest, b"result").map(|i| end + i + 6) else { return };
    let signs =
        bytes[at..].iter().take(16).take_while(|b| matches!(b, b' ' | b'=' | b':' | b'"' | b'\\')).count();
    let open =
        at + bytes[at..at + signs].iter().rposition(|b| matches!(b, b'=' | b':')).map_or(signs, |i| i + 1);
    let open = open + bytes[open..].iter().take(4).take_while(|b| **b == b' ').count();
    let Some(value) = assignment::literal(bytes, open) else { return };
    if !reference::is_explained(&bytes[value.start..value.end]) {
        push(hits, value.start, value.end, Confidence::High, "a password that was made");
    }
}

/// `Key Content   : x`, `Unseal Key 1: x`: what stands behind the colon.
fn rest_of_line(bytes: &[u8], at: usize, hits: &mut Hits) {
    let rest = &bytes[at..bytes.len().min(at + 160)];
    let line = &rest[..memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len())];
    let Some(colon) = memchr::memchr(b':', line) else { return };
    let value = line[colon + 1..].trim_ascii();
    let blank = line[..colon].iter().all(|b| b.is_ascii_whitespace() || b.is_ascii_digit());
    let start = at + line.len() - line[colon + 1..].trim_ascii_start().len();
    if blank && value.len() >= 4 && !value.contains(&b' ') && !reference::is_explained(value) {
        push(hits, start, start + value.len(), Confidence::Medium, "what a program shows of a key");
    }
}

/// `host:port:database:user:password` on a line of its own.
fn pgpass(bytes: &[u8], at: usize, hits: &mut Hits) {
    let from = at.saturating_sub(256);
    let start = memchr::memrchr3(b'\n', b' ', b'\t', &bytes[from..at]).map_or(from, |i| from + i + 1);
    let start = memchr::memmem::rfind(&bytes[start..at], "→".as_bytes()).map_or(start, |i| start + i + 3);
    let limit = bytes.len().min(at + 512);
    let end =
        bytes[at..limit].iter().position(|&b| b <= b' ' || b == b'"' || b == b'\\').map_or(limit, |i| at + i);
    let mut fields = bytes[start..end].split(|&b| b == b':');
    let (Some(host), Some(port), Some(_), Some(_), Some(password), None) =
        (fields.next(), fields.next(), fields.next(), fields.next(), fields.next(), fields.next())
    else {
        return;
    };
    let number = port == b"*" || !port.is_empty() && port.iter().all(u8::is_ascii_digit);
    let name = host == b"*" || host.iter().all(|b| b.is_ascii_alphanumeric() || b".-_/".contains(b));
    if number && name && password.len() >= 3 && !reference::is_explained(password) {
        push(hits, end - password.len(), end, Confidence::Medium, "the last field of a password file");
    }
}

/// `rocommunity x`, `snmp-server community x RO`: a name that is as good as a password, but for those that come with it.
fn community(bytes: &[u8], start: usize, hits: &mut Hits) {
    let len = bytes[start..].iter().take(64).take_while(|b| **b > b' ' && !b"\"'\\".contains(b)).count();
    let value = &bytes[start..start + len];
    if len >= 4 && !reference::is_explained(value) && !matches!(value, b"public" | b"private" | b"string") {
        push(hits, start, start + len, Confidence::Medium, "a community of SNMP");
    }
}

/// Groups of four letters and digits behind a colon on the same line: `abcd efgh ijkl mnop`.
fn groups(bytes: &[u8], at: usize, hits: &mut Hits) {
    const MOST: usize = 13;
    let line = &bytes[at..bytes.len().min(at + 160)];
    let line = &line[..memchr::memchr(b'\n', line).unwrap_or(line.len())];
    let Some(colon) = memchr::memchr(b':', line) else { return };
    let start =
        at + colon + 1 + line[colon + 1..].iter().take_while(|b| matches!(b, b' ' | b'*' | b'`')).count();
    let (mut end, mut count) = (start, 0);
    let lower = bytes.get(start).is_some_and(u8::is_ascii_lowercase);
    let of = |b: &u8| {
        matches!(b, b'2'..=b'7') || if lower { b.is_ascii_lowercase() } else { b.is_ascii_uppercase() }
    };
    let mut from = start;
    while count < MOST && bytes[from..].iter().take(5).take_while(|b| of(b)).count() == 4 {
        (end, count) = (from + 4, count + 1);
        if bytes.get(end) != Some(&b' ') {
            break;
        }
        from = end + 1;
    }
    if count >= 4 {
        push(hits, start, end, Confidence::Medium, "a key of a second factor");
    }
}

/// `WIFI:S:name;T:WPA;P:password;;`.
fn wifi(bytes: &[u8], at: usize, hits: &mut Hits) {
    let limit = bytes.len().min(at + 256);
    let line = memchr::memchr(b'\n', &bytes[at..limit]).map_or(limit, |i| at + i);
    let Some(mark) = [&b";P:"[..], b":P:"].iter().find_map(|m| memchr::memmem::find(&bytes[at..line], m))
    else {
        return;
    };
    let start = at + mark + 3;
    let mut end = start;
    while end < line && bytes[end] != b';' {
        end += 1 + usize::from(bytes[end] == b'\\');
    }
    let end = end.min(line);
    if !reference::is_explained(&bytes[start..end]) {
        push(hits, start, end, Confidence::High, "the password of a Wi-Fi code");
    }
}

/// `snmp-server host 10.0.0.4 version 2c x`: the community to which a router sends.
fn trapped(bytes: &[u8], start: usize, hits: &mut Hits) {
    let rest = &bytes[start..bytes.len().min(start + 160)];
    let line = &rest[..memchr::memchr2(b'\n', b'\\', rest).unwrap_or(rest.len())];
    let versions = [&b" version 1 "[..], b" version 2c "];
    let found = versions.iter().filter_map(|v| Some(memchr::memmem::find(line, v)? + v.len())).next();
    if let Some(at) = found {
        community(bytes, start + at, hits);
    }
}

/// Whether words are as many as a seed phrase has: `my 24 words: `.
fn is_counted(before: &[u8]) -> bool {
    const COUNTS: [&[u8]; 8] =
        [b"12 ", b"15 ", b"18 ", b"24 ", b"welve ", b"-four ", b"recovery ", b"mnemonic "];
    COUNTS.iter().any(|count| before.ends_with(count))
}

/// Whether a phrase is one that opens a wallet, by the word before: `seed phrase`, `recovery_phrase`, `seedphrase`.
fn is_of_wallet(before: &[u8]) -> bool {
    const WORDS: [&[u8]; 6] = [b"seed", b"recovery", b"backup", b"wallet", b"secret", b"mnemonic"];
    let before = before.strip_suffix(b" ").or(before.strip_suffix(b"_")).unwrap_or(before);
    let before = before.strip_suffix(b"-").unwrap_or(before);
    WORDS.iter().any(|word| {
        before.len() >= word.len() && before[before.len() - word.len()..].eq_ignore_ascii_case(word)
    })
}

/// How many words a seed phrase has.
const PHRASES: [usize; 5] = [12, 15, 18, 21, 24];

/// Twelve to twenty-four words after the words for such a phrase.
fn phrase(bytes: &[u8], at: usize, hits: &mut Hits) {
    let limit = bytes.len().min(at + 480);
    let sign =
        bytes[at..limit.min(at + 64)].iter().position(|b| matches!(b, b':' | b'=' | b'"' | b'`' | b'\n'));
    let is_start = [&b" is "[..], b" is\n", b" ist ", b" lautet ", b" est ", b" es "]
        .iter()
        .filter_map(|is| memchr::memmem::find(&bytes[at..limit.min(at + 64)], is))
        .min()
        .map(|i| i + 2);
    // Of a word with a verb before it: `lautet` is none of the phrase.
    let is_start =
        is_start.map(|i| i + bytes[at + i + 1..].iter().take(7).position(|b| *b == b' ').unwrap_or(0));
    let Some(mut start) = [sign, is_start].into_iter().flatten().min().map(|i| at + i + 1) else { return };
    start += bytes[start..limit].iter().take_while(|b| !b.is_ascii_lowercase()).count();
    let (mut end, mut count) = (start, 0);
    let mut from = start;
    loop {
        let len = bytes[from..limit].iter().take_while(|b| b.is_ascii_lowercase()).count();
        if !(3..=8).contains(&len) || is_function_word(&bytes[from..from + len]) {
            break;
        }
        count += 1;
        end = from + len;
        let gap = bytes[end..limit].iter().take_while(|b| matches!(b, b' ' | b',' | b'\n')).count();
        from = end + gap;
        // A phrase may go on in the next line.
        if gap == 0 || gap > 2 || PHRASES.contains(&count) && bytes[end] == b'\n' {
            break;
        }
    }
    if PHRASES.contains(&count) {
        push(hits, start, end, Confidence::High, "a seed phrase");
    }
}

/// Words that sentences have and lists of seed words have not.
fn is_function_word(word: &[u8]) -> bool {
    const WORDS: &[&str] = &[
        "the", "and", "for", "with", "from", "are", "was", "not", "but", "your", "into", "must", "have",
        "has", "any", "its",
    ];
    WORDS.iter().any(|w| w.as_bytes() == word)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn finds_the_secrets_of_credential_files() {
        for text in [
            "db.internal.example:5432:shop:app:«hunter2»\n",
            "cat ~/.pgpass\n*:*:*:app:«x7Kq9z»",
            "{\"kty\":\"OKP\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\",\"d\":\"«nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A»\"}",
            "WIFI:S:HomeNet;T:WPA;P:«hunter2 home»;;",
            "rocommunity «Comet84x» 10.0.0.0/8",
            "snmp-server community «Comet84x» RO",
            "set snmp community «Comet84x» authorization read-only",
            "Enter this key in your authenticator app: «MP3T 4DN5 7FGP KYLQ»",
            "     7\tlocalhost:5432:*:app:«x7Kq9z»",
            "Backup codes:\n1. «1234-5678»\n2. «8765-4321»\n",
            "recovery codes: «a1b2c-3d4e5» «f6a7b-8c9d0»",
            "Backup codes:\n1. «4294 7337»\n2. «7685 3651»\n",
            "mnemonic: \"«legal winner thank year wave sausage worth useful legal winner thank yellow»\"",
            "my seed phrase is «legal winner thank year wave sausage worth useful legal winner thank yellow»",
        ] {
            check(text);
        }
    }

    #[test]
    fn leaves_what_only_looks_so() {
        for text in [
            "the server listens on 0.0.0.0:5432:tcp",
            "ports: \"5432:5432\"",
            "rocommunity public",
            "the open source community thrives",
            "Open your authenticator app: scan the code",
            "The mnemonic is a list of words that people write down when they make a wallet for the first time.",
            "backup codes are shown once",
        ] {
            check(text);
        }
    }
}
