//! What a client says to a server that asks who it is: `AUTH x` of Redis, `AUTH PLAIN x` of SMTP.

use super::{piped::REACH, secret};
use crate::detect::subject::Hits;

/// Looks at the word in `start..end`.
pub(super) fn find(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    match &bytes[start..end] {
        b"AUTH" if is_said(&bytes[..start]) => said(bytes, end, hits),
        // Behind a line break that a string spells out.
        b"nAUTH" if bytes[..start].ends_with(b"\\") => said(bytes, end, hits),
        // `Password:` in base64, as a mail server asks for it; the answer is the next line.
        b"UGFzc3dvcmQ6" if bytes[..start].ends_with(b"334 ") => answer(bytes, end, hits),
        _ => {}
    }
}

/// Whether something is typed behind `before`: a prompt, a quote, the start of a line.
fn is_said(before: &[u8]) -> bool {
    before.is_empty() || [&b"> "[..], b"C: ", b"\n", b"'", b"\""].iter().any(|lead| before.ends_with(lead))
}

/// The password in what follows `AUTH`: the last of one or two words, or what is encoded behind `PLAIN`.
fn said(bytes: &[u8], end: usize, hits: &mut Hits) {
    let limit = bytes.len().min(end + REACH);
    let stop = |b: &u8| matches!(b, b'\n' | b'\r' | b'\\' | b'"' | b'\'');
    let line = bytes[end..limit].iter().position(stop).map_or(limit, |i| end + i);
    let mut words = bytes[end..line].split(|b| *b == b' ').filter(|word| !word.is_empty());
    let (Some(first), second) = (words.next(), words.next()) else { return };
    let plain = first == b"PLAIN";
    let shouted = first.iter().all(|b| b.is_ascii_uppercase() || b"0123456789-".contains(b));
    let word = if plain { second } else { second.or(Some(first)) };
    let Some(word) = word.filter(|_| words.next().is_none() && (plain || !shouted)) else { return };
    // `\0user\0password` in base64.
    let encoded = word.len() >= 12 && word.starts_with(b"A") && word.iter().any(u8::is_ascii_lowercase);
    if encoded || !plain && word.iter().any(u8::is_ascii_digit) {
        let start = bytes[..line].trim_ascii_end().len() - word.len();
        secret(bytes, start, start + word.len(), hits);
    }
}

/// The line below the one that ends behind byte `end`.
fn answer(bytes: &[u8], end: usize, hits: &mut Hits) {
    let limit = bytes.len().min(end + REACH);
    let Some(line) = memchr::memchr(b'\n', &bytes[end..limit]).map(|i| end + i + 1) else { return };
    let is_base = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
    let length = bytes[line..limit].iter().take_while(is_base).count();
    let ends = matches!(bytes.get(line + length), None | Some(b'\n' | b'\r'));
    if length >= 8 && length % 4 == 0 && ends {
        secret(bytes, line, line + length, hits);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::check;

    #[test]
    fn finds_what_a_client_says() {
        for text in [
            "127.0.0.1:6379> AUTH «Comet84x»\nOK",
            "127.0.0.1:6379> AUTH bob «Comet84x»\nOK",
            r"printf 'AUTH «Comet84x»\r\nPING\r\n' | nc cache 6379",
            r"printf 'EHLO x\r\nAUTH PLAIN «AGJvYgBDb21ldDg0eA==»\r\n' | nc mail 25",
            "AUTH LOGIN\n334 VXNlcm5hbWU6\nYm9i\n334 UGFzc3dvcmQ6\n«Q29tZXQ4NHg=»\n235 ok",
            "+OK ready\nUSER bob\n+OK\nPASS «Comet84x»\n",
        ] {
            check(text);
        }
    }

    #[test]
    fn leaves_what_a_server_offers() {
        for text in ["250-AUTH PLAIN LOGIN\n250 HELP", "AUTH LOGIN\n", "> AUTH CRAM-MD5\n", "AUTH failed"] {
            check(text);
        }
    }
}
