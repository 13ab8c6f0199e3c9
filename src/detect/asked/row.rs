//! Rows of which one part is a password, as the command or the file says: what a cracker found, who may dial in.

use super::{secret::holds, shell};
use crate::detect::reference;
use std::ops::Range;

/// The rows that a command prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::detect) enum Row {
    /// `bob:x:1001:…`, `HASH:x`, `x  (bob)`.
    Cracked,
    /// `bob * x *`.
    Dialled,
}

/// The shortest part that is taken, in bytes.
const LEAST: usize = 4;

/// What the last line of a pipeline's output is a row of.
pub(super) fn printed(stages: &[&[u8]]) -> Option<Row> {
    let first = stages.first()?;
    match shell::program(first) {
        b"john" | b"hashcat" => Some(Row::Cracked),
        b"cat" | b"head" | b"tail" | b"grep" | b"less" => shell::words(first).skip(1).find_map(file),
        _ => None,
    }
}

/// What the lines of a file are rows of.
pub(super) fn file(path: &[u8]) -> Option<Row> {
    let named = path.ends_with(b"pap-secrets") || path.ends_with(b"chap-secrets");
    (named && !holds(path, b"://")).then_some(Row::Dialled)
}

impl Row {
    /// Where the password stands in a line.
    pub(super) fn password(self, line: &[u8]) -> Option<Range<usize>> {
        let part = match self {
            Self::Cracked => cracked(line)?,
            Self::Dialled => column(line)?,
        };
        let value = &line[part.clone()];
        (value.len() >= LEAST && value[0] != b' ' && !reference::is_explained(value)).then_some(part)
    }
}

/// The password of a line that a cracker printed.
fn cracked(line: &[u8]) -> Option<Range<usize>> {
    let word = line.iter().take_while(|b| !b.is_ascii_whitespace()).count();
    let rest = line[word..].trim_ascii();
    if rest.starts_with(b"(") && rest.ends_with(b")") {
        return Some(0..word);
    }
    let colon = memchr::memchr(b':', line)?;
    let head = &line[..colon];
    if head.contains(&b' ') {
        return None;
    }
    let hash = head.starts_with(b"$") || head.len() >= 16 && head.iter().all(u8::is_ascii_hexdigit);
    if hash {
        return memchr::memrchr(b':', line).map(|last| last + 1..line.len());
    }
    let end = memchr::memchr(b':', &line[colon + 1..]).map_or(line.len(), |i| colon + 1 + i);
    Some(colon + 1..end)
}

/// The third column of a line, without its quotes.
fn column(line: &[u8]) -> Option<Range<usize>> {
    if line.starts_with(b"#") {
        return None;
    }
    let mut at = 0;
    let words = line.split(u8::is_ascii_whitespace).filter_map(|word| {
        let start = at;
        at += word.len() + 1;
        (!word.is_empty()).then_some(start..start + word.len())
    });
    let part = words.into_iter().nth(2)?;
    let quoted =
        line[part.clone()].starts_with(b"\"") && line[part.clone()].ends_with(b"\"") && part.len() > 2;
    Some(if quoted { part.start + 1..part.end - 1 } else { part })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_password_of_a_row() {
        for (row, line, wanted) in [
            (Row::Cracked, "bob:Comet84x:1001:1001::/home/bob:/bin/sh", Some("Comet84x")),
            (Row::Cracked, "8846f7eaee8fb117ad06bdd830b7586c:Comet84x", Some("Comet84x")),
            (Row::Cracked, "$1$ab$cd:Comet84x", Some("Comet84x")),
            (Row::Cracked, "Comet84x         (bob)", Some("Comet84x")),
            (Row::Cracked, "2 password hashes cracked, 0 left", None),
            (Row::Cracked, "Session..........: hashcat", None),
            (Row::Cracked, "Loaded 2 password hashes with no different salts (NT [MD4 128/128])", None),
            (Row::Dialled, "bob  *  Comet84x  *", Some("Comet84x")),
            (Row::Dialled, "\"bob\"\tl2tpd\t\"Comet84x\"\t*", Some("Comet84x")),
            (Row::Dialled, "# client server secret IP", None),
            (Row::Dialled, "bob * * *", None),
        ] {
            let found = row.password(line.as_bytes()).map(|part| &line[part]);
            assert_eq!(found, wanted, "{line}");
        }
    }

    #[test]
    fn commands_and_files_say_so() {
        for (script, row) in [
            (&b"john --show shadow.txt"[..], Some(Row::Cracked)),
            (b"cat /etc/ppp/chap-secrets", Some(Row::Dialled)),
            (b"cat notes.txt", None),
        ] {
            assert_eq!(printed(&[script]), row);
        }
    }
}
