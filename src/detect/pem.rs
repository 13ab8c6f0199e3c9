//! Private keys: PEM, OpenSSH, PGP, PuTTY; whole, torn, on one line, or without their header.

use super::{
    assignment,
    shape::Shape,
    subject::{Hit, Hits, Subject},
};
use crate::rule::{Confidence, id};

/// The longest header or footer line, in bytes.
const LONGEST_LABEL: usize = 80;

/// The longest body that is looked at, in bytes: an RSA key of 16384 bits in PGP armor with gutters.
const LONGEST_BODY: usize = 64 << 10;

/// The least stretch of base64 that makes a body more than an ellipsis, in bytes.
const SHORTEST_RUN: usize = 24;

/// Looks at the header, the footer, the words or the first bytes of a body at byte `at`.
pub(super) fn find(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let is = |word: &[u8]| bytes.get(at..at + word.len()).is_some_and(|have| have.eq_ignore_ascii_case(word));
    if is(b"-----begin") || is(b"---- begin") {
        block(bytes, at, hits);
    } else if is(b"private key") {
        footer(bytes, at, hits);
    } else if is(b"putty-user-key-file") {
        putty(bytes, at, hits);
    } else {
        body_alone(bytes, at, hits);
    }
}

/// Header, body and footer; or header and body, to the end of the body.
fn block(bytes: &[u8], at: usize, hits: &mut Hits) {
    let Some(label) = label_end(bytes, at + 10) else { return };
    if !is_private(&bytes[at..label]) {
        return;
    }
    let start = at - usize::from(at > 0 && bytes[at] == b' ' && bytes[at - 1] == b'-');
    let (end, evidence) = match end_of_block(bytes, label) {
        Some(end) => (end, "a private key from header to footer"),
        None => (body_end(bytes, label), "a private key's header and body"),
    };
    if has_body(&bytes[label..end]) {
        push(hits, start, end, evidence);
    }
}

/// Where the header's label and its dashes end; they stand on one line.
fn label_end(bytes: &[u8], from: usize) -> Option<usize> {
    let limit = bytes.len().min(from + LONGEST_LABEL);
    let rest = &bytes[from..limit];
    let label = rest.iter().position(|&b| b == b'-' || b == b'\n')?;
    let dashes = rest[label..].iter().take_while(|&&b| b == b'-').count();
    (dashes >= 4).then_some(from + label + dashes)
}

fn is_private(header: &[u8]) -> bool {
    let has = |word: &[u8]| header.windows(word.len()).any(|w| w.eq_ignore_ascii_case(word));
    has(b"PRIVATE KEY") || has(b"OpenVPN Static key")
}

/// The end of the footer that belongs to the header before `from`: the next dashes must be its own.
fn end_of_block(bytes: &[u8], from: usize) -> Option<usize> {
    let limit = bytes.len().min(from + LONGEST_BODY);
    let mut at = from;
    loop {
        let dashes = at + memchr::memmem::find(&bytes[at..limit], b"----")?;
        let word = dashes + bytes[dashes..].iter().take(8).take_while(|&&b| b == b'-').count();
        let rest = bytes[word..].trim_ascii_start();
        if rest.len() >= 3 && rest[..3].eq_ignore_ascii_case(b"END") {
            return Some(label_end(bytes, word).unwrap_or_else(|| end_of_word(bytes, word)));
        }
        if rest.len() >= 5 && rest[..5].eq_ignore_ascii_case(b"BEGIN") {
            return None;
        }
        at = word;
    }
}

/// The end of a torn footer: letters and blanks.
fn end_of_word(bytes: &[u8], from: usize) -> usize {
    from + bytes[from..]
        .iter()
        .take(LONGEST_LABEL)
        .take_while(|b| b.is_ascii_uppercase() || matches!(b, b' ' | b'-'))
        .count()
}

/// The end of the body at `from`: base64, its line breaks written or escaped, the fields some keys start with, and
/// what gutters, quotes and concatenation put between lines. It ends before a line that holds none of it, and before the
/// header of another.
fn body_end(bytes: &[u8], from: usize) -> usize {
    let limit = bytes.len().min(from + LONGEST_BODY);
    let limit = memchr::memmem::find(&bytes[from..limit], b"-----").map_or(limit, |dashes| from + dashes);
    let (mut end, mut at) = (from, from);
    while at < limit {
        let line_end = memchr::memchr(b'\n', &bytes[at..limit]).map_or(limit, |i| at + i);
        let line = &bytes[at..line_end];
        match last_of_body(line) {
            Some(last) => end = at + last,
            None if line.trim_ascii().is_empty() || is_field(line) => {}
            None => break,
        }
        at = line_end + 1;
    }
    end
}

/// One past the last byte of base64 in a line of a body, if there is any.
fn last_of_body(line: &[u8]) -> Option<usize> {
    let is_base64 = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
    let (mut last, mut at) = (None, 0);
    while at < line.len() {
        let run = line[at..].iter().take_while(|b| is_base64(b)).count();
        let whole = run == line.trim_ascii().len();
        if run >= SHORTEST_RUN
            || (whole && run > 0 && !Shape::of(&line[at..at + run]).reads_as_words())
            || line[at..at + run].ends_with(b"==")
        {
            last = Some(at + run);
        }
        at += run + 1;
    }
    last
}

/// `Proc-Type: 4,ENCRYPTED`, `DEK-Info: …`, `Version: …`, `Comment: …`.
fn is_field(line: &[u8]) -> bool {
    ["Proc-Type", "DEK-Info", "Version", "Comment", "Hash", "Charset"]
        .iter()
        .any(|f| memchr::memmem::find(&line[..line.len().min(40)], f.as_bytes()).is_some())
}

/// Whether there is a stretch of base64 that is more than an ellipsis or a word.
fn has_body(body: &[u8]) -> bool {
    let is_base64 = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
    body.split(|b| !is_base64(b)).any(|run| {
        let shape = Shape::of(run);
        run.len() >= SHORTEST_RUN && (shape.looks_random() || shape.hex) && run.iter().any(|b| *b != run[0])
    })
}

/// What a footer has before its label, in any case of letters as a header.
const FOOTER: &[u8] = b"----END ";

/// A footer whose header is not there: the body before it.
fn footer(bytes: &[u8], at: usize, hits: &mut Hits) {
    let before = &bytes[at.saturating_sub(32)..at];
    let end_word = before.windows(FOOTER.len()).rposition(|have| have.eq_ignore_ascii_case(FOOTER));
    let Some(end_word) = end_word.map(|i| at - before.len() + i) else { return };
    let dash = bytes[..end_word].iter().rev().take(8).take_while(|&&b| b == b'-').count();
    let footer_start = end_word - dash;
    let start = body_start(bytes, footer_start);
    let covered = hits.iter().rev().take(8).any(|hit| hit.span.start() <= start && hit.span.end() >= at);
    if !covered && has_body(&bytes[start..footer_start]) {
        let end = label_end(bytes, end_word + 4).unwrap_or(at + 11);
        push(hits, start, end, "a private key's body and footer");
    }
}

/// The start of the body that ends at `end`: back over lines of base64.
fn body_start(bytes: &[u8], end: usize) -> usize {
    let limit = end.saturating_sub(LONGEST_BODY);
    let (mut start, mut at) = (end, end);
    while at > limit {
        let line_start = memchr::memrchr(b'\n', &bytes[limit..at]).map_or(limit, |i| limit + i + 1);
        let line = bytes[line_start..at].trim_ascii();
        let base64 =
            line.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'\\'));
        if !base64 {
            break;
        }
        if !line.is_empty() {
            start = line_start;
        }
        if line_start == limit {
            break;
        }
        at = line_start - 1;
    }
    start
}

/// A PuTTY key: the lines after `Private-Lines:` and the `Private-MAC:`.
fn putty(bytes: &[u8], at: usize, hits: &mut Hits) {
    let limit = bytes.len().min(at + LONGEST_BODY);
    let Some(lines) = memchr::memmem::find(&bytes[at..limit], b"Private-Lines:").map(|i| at + i) else {
        return;
    };
    let Some(start) = memchr::memchr(b'\n', &bytes[lines..limit]).map(|i| lines + i + 1) else { return };
    let mac = memchr::memmem::find(&bytes[start..limit], b"Private-MAC:").map(|i| start + i);
    let end = match mac {
        Some(mac) => {
            mac + bytes[mac..limit].iter().position(|&b| b == b'\n' || b == b'"').unwrap_or(limit - mac)
        }
        None => body_end(bytes, start),
    };
    if has_body(&bytes[start..end]) {
        push(hits, start, end, "a PuTTY private key");
    }
}

/// What the bodies of unencrypted private keys start with, by the structure they encode: PKCS#1, PKCS#8 and SEC 1 keys
/// and the OpenSSH magic. `?` is any byte (a length).
const BODY_HEADS: &[&str] = &[
    "MII???IBAAKC",
    "MII???IBAAKB",
    "MIIBOgIBAAJB",
    "MII???IBADANBgkqhkiG9w0BAQEFAAS",
    "MHcCAQEEI",
    "MIGHAgEAMBMGByqGSM49",
    "MIGkAgEBBD",
    "MIHcAgEBBE",
    "MIG2AgEAMBAGByqGSM49",
    "MC4CAQAwBQYDK2V",
    "b3BlbnNzaC1rZXktdjEA",
];

/// A body whose header is not there, when its first bytes are unmistakable.
fn body_alone(bytes: &[u8], at: usize, hits: &mut Hits) {
    let start = at
        - bytes[..at]
            .iter()
            .rev()
            .take(8)
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/'))
            .count();
    let fits = |head: &&str| {
        bytes
            .get(start..start + head.len())
            .is_some_and(|have| have.iter().zip(head.bytes()).all(|(b, h)| *b == h || h == b'?'))
    };
    let covered = hits.iter().rev().take(8).any(|hit| hit.span.start() <= start && hit.span.end() > start);
    if covered || !BODY_HEADS.iter().any(fits) {
        return;
    }
    let end = end_of_block(bytes, start)
        .filter(|&end| last_of_body_only(&bytes[start..end]))
        .unwrap_or_else(|| body_end(bytes, start));
    if end - start >= 48 && has_body(&bytes[start..end]) {
        push(hits, start, end, "the body of a private key");
    }
}

/// Whether a footer found after a body is near: nothing but the body lies between.
fn last_of_body_only(block: &[u8]) -> bool {
    let body = body_end(block, 0);
    block[body..]
        .iter()
        .take_while(|&&b| b != b'-')
        .all(|b| b.is_ascii_whitespace() || *b == b'\\' || *b == b'n' || b.is_ascii_alphanumeric())
}

fn push(hits: &mut Hits, start: usize, end: usize, evidence: &'static str) {
    if start < end && !assignment::is_known(hits, start, end) {
        hits.push(Hit::new(id::SECRET_PRIVATE_KEY, start, end, evidence).confidence(Confidence::High));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    const BODY: &str = "o8r3QnKKQGZLsB/qrhK09WgsbZIKhu6qlPXYi8tHhlciIn7kNFoKlkyugnrvZQFy\nzkbDFzPQTIJjsF8QXM3UVzqnFd4Om33kL0wBeZU5LMmCavcvsjihDeWEURm6oLL+\nCdGJLmzmYpwG9WNqWm+03ITTmaHFsT==";

    #[test]
    fn finds_private_keys_whole_torn_and_on_one_line() {
        for kind in [
            "PRIVATE KEY",
            "RSA PRIVATE KEY",
            "OPENSSH PRIVATE KEY",
            "ENCRYPTED PRIVATE KEY",
            "PGP PRIVATE KEY BLOCK",
        ] {
            check(&format!("$ cat key\n«-----BEGIN {kind}-----\n{BODY}\n-----END {kind}-----»\n$ "));
            check(&format!("«-----BEGIN {kind}-----\n{BODY}»\nok"));
            check(&format!("«-----BEGIN {kind}-----\n{BODY}»"));
            let one = BODY.replace('\n', "\\n");
            check(&format!("{{\"k\":\"«-----BEGIN {kind}-----\\n{one}\\n-----END {kind}-----»\\n\"}}"));
            let blank = BODY.replace('\n', " ");
            check(&format!("K=«-----BEGIN {kind}----- {blank} -----END {kind}-----»"));
        }
        for footer in ["END RSA PRIVATE KEY", "End RSA Private Key", "end private key"] {
            check(&format!("tail:\n«{BODY}\n-----{footer}-----»\nok"));
        }
        check(&format!("x\n«MHcCAQEEI{BODY}»\nok"));
        check(&format!(
            "«-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A\n\n{BODY}\n-----END RSA PRIVATE KEY-----»"
        ));
        check(&format!(
            "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: c\nPublic-Lines: 1\nAAAA\nPrivate-Lines: 2\n«{BODY}\nPrivate-MAC: 0a1b2c»\n"
        ));
    }

    #[test]
    fn leaves_public_keys_and_mentions() {
        for text in [
            format!("-----BEGIN PUBLIC KEY-----\n{BODY}\n-----END PUBLIC KEY-----"),
            format!("-----BEGIN CERTIFICATE-----\n{BODY}\n-----END CERTIFICATE-----"),
            "if line == \"-----BEGIN PRIVATE KEY-----\":\n    return True".to_owned(),
            "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----".to_owned(),
            "\"-----BEGIN RSA PRIVATE KEY-----\\n\" + body + \"\\n-----END RSA PRIVATE KEY-----\"".to_owned(),
            "-----BEGIN RSA PRIVATE KEY-----\n[REDACTED:private-key:7f3a9c]\n-----END RSA PRIVATE KEY-----"
                .to_owned(),
            "The private key stays on the machine.".to_owned(),
        ] {
            check(&text);
        }
    }
}
