//! What stands before a component: where the path begins and through which folders it comes.

use super::separator::{self, Family};
use crate::detect::word;

/// The most components looked at before a home directory.
const MAX_PARTS: usize = 7;

/// Longest component looked at before a home directory, in bytes.
const MAX_NAME: usize = 80;

/// What a development server's URLs have before a file of the disk.
const SERVED: &[u8] = b"@fs";

/// The way from the beginning of a path to one of its components.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Root<'a> {
    /// How the path begins.
    pub(super) begin: Begin<'a>,
    /// The components on the way, outermost first; empty ones left out.
    pub(super) parts: Vec<&'a [u8]>,
    /// Its first byte, drive and scheme not counted.
    pub(super) start: usize,
}

/// How a path begins.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Begin<'a> {
    /// With a separator where a word can begin.
    Absolute,
    /// With a drive: `C:`.
    Drive,
    /// With a scheme and two separators: `file://`, `https://`. The first part, if any, is a host.
    Scheme(&'a [u8]),
    /// With a name.
    Relative(&'a [u8]),
}

/// The way to the component whose separator (of `family`) starts at byte `at`.
pub(super) fn before(bytes: &[u8], at: usize, family: Family) -> Option<Root<'_>> {
    let (mut parts, mut at, mut double) = (Vec::new(), at, false);
    for _ in 0..MAX_PARTS {
        let start = name_start(bytes, at);
        let name = &bytes[start..at];
        if name == SERVED || is_window(name) {
            parts.reverse();
            return Some(Root { begin: Begin::Absolute, parts, start: at });
        }
        let escape = family == Family::Slash && name.len() == 1 && word::follows_escape(bytes, at);
        match separator::ending(bytes, start).filter(|s| s.family == family && !escape) {
            Some(separator) => {
                double = name.is_empty();
                if !double {
                    parts.push(name);
                }
                at = start - separator.width;
            }
            None => {
                parts.reverse();
                let start = start + unspaced(name).max(escape_letter(bytes, start, at, family));
                let begin = begin(bytes, start, at, double);
                if matches!(begin, Begin::Relative(_)) && is_in_volume(&bytes[..start]) {
                    parts.splice(0..0, [&b"Volumes"[..], name]);
                    return Some(Root { begin: Begin::Absolute, parts, start: at });
                }
                let start = if matches!(begin, Begin::Relative(_)) { start } else { at };
                return Some(Root { begin, parts, start });
            }
        }
    }
    None
}

/// Whether a name goes on that of a disk of macOS with blanks in it: `HD` in `/Volumes/Macintosh HD/Users/…`.
fn is_in_volume(before: &[u8]) -> bool {
    const VOLUMES: &[u8] = b"/Volumes/";
    if before.last() != Some(&b' ') {
        return false;
    }
    let near = &before[before.len().saturating_sub(MAX_NAME / 2)..];
    let Some(at) = memchr::memmem::rfind(near, VOLUMES) else { return false };
    near[at + VOLUMES.len()..].iter().all(|b| b.is_ascii_alphanumeric() || *b == b' ')
}

/// Length of the words of a language without blanks, at whose end a path begins: `ファイルは/home/…`.
fn unspaced(name: &[u8]) -> usize {
    let last = word::char_before(name, name.len()).map(|(c, _)| c);
    let wide = last.is_some_and(
        |c| matches!(c, '\u{3000}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'),
    );
    if wide { name.len() } else { 0 }
}

/// Whether a name says where a window of an editor is: `ssh-remote+box` in `vscode-remote://ssh-remote+box/home/…`.
fn is_window(name: &[u8]) -> bool {
    let kinds: [&[u8]; 6] =
        [b"ssh-remote+", b"wsl+", b"dev-container+", b"attached-container+", b"codespaces+", b"tunnel+"];
    kinds.iter().any(|kind| name.starts_with(kind))
}

/// Length of the letter of an escape that a relative path with slashes begins behind: `\nsrc/main.rs`.
fn escape_letter(bytes: &[u8], start: usize, at: usize, family: Family) -> usize {
    let escape = family == Family::Slash && at > start + 1 && bytes[..start].ends_with(b"\\");
    usize::from(escape && matches!(bytes[start], b'n' | b't' | b'r'))
}

/// Where the component that ends at byte `at` starts.
fn name_start(bytes: &[u8], at: usize) -> usize {
    let floor = at.saturating_sub(MAX_NAME);
    let mut start = at;
    while let Some((c, before)) = word::char_before(bytes, start) {
        let taken = c.is_alphanumeric()
            || word::is_accent(c)
            || b"._-+~@$%!".contains(&(c as u32 as u8)) && c.is_ascii();
        if !taken || before < floor || separator::ending(bytes, start).is_some() {
            break;
        }
        start = before;
    }
    start
}

/// How the path begins whose first name is `bytes[start..at]`; `double` if two separators follow.
fn begin(bytes: &[u8], start: usize, at: usize, double: bool) -> Begin<'_> {
    let name = &bytes[start..at];
    let encoded_colon = [&b"%3a"[..], b"%253a"]
        .into_iter()
        .find(|c| name.len() > c.len() && name[name.len() - c.len()..].eq_ignore_ascii_case(c));
    match encoded_colon {
        Some(colon) => after_colon(&name[..name.len() - colon.len()], double),
        None if name.is_empty() && bytes[..start].ends_with(b":") => {
            let from = name_start(bytes, start - 1);
            after_colon(&bytes[from..start - 1], double)
        }
        None if name.is_empty() || is_prefix(bytes, start, at) => Begin::Absolute,
        None => Begin::Relative(name),
    }
}

/// How a path begins behind `word` and a colon: a scheme before two separators, else a drive or anything, as in a list
/// of paths.
fn after_colon(word: &[u8], double: bool) -> Begin<'_> {
    // A letter behind an escape or a sign (`\nC:`, `=C:`, `%22C:`) is a drive too.
    let letter = word.last().is_some_and(u8::is_ascii_alphabetic);
    let option = matches!(word, [.., b'-', b'A'..=b'Z', _]);
    let alone = word.len() == 1 || option || word::follows_escape(word, word.len().saturating_sub(1));
    match word {
        _ if letter && alone => Begin::Drive,
        _ if double && !word.is_empty() => Begin::Scheme(word),
        _ => Begin::Absolute,
    }
}

/// Whether `bytes[start..at]` is no folder but what may stand right before an absolute path: the letter of an escape,
/// a diff's `a` or `b`, a compiler's option, an encoded quote, a line's sign in a patch.
fn is_prefix(bytes: &[u8], start: usize, at: usize) -> bool {
    let name = &bytes[start..at];
    // The sign of a line in a patch.
    let name = name.strip_prefix(b"+").filter(|rest| !rest.is_empty()).unwrap_or(name);
    let option = matches!(
        name,
        [b'-', b'A'..=b'Z'] | [b'-', b'o' | b'f' | b'd'] | b"-isystem" | b"-iquote" | b"-idirafter"
    );
    let diff = matches!(name, b"a" | b"b" | b"i" | b"w" | b"o");
    let sign =
        matches!(name, b"-" | b"+" | b"@" | b"!" | b"%" | b"." | b"..") && name != b"." && name != b"..";
    let encoded = name.len() >= 3 && {
        let tail = &name[name.len() - 3..];
        word::percent(tail).is_some_and(|b| !b.is_ascii_alphanumeric() && b < 0x80 && !b"._-~".contains(&b))
    };
    option || diff || sign || encoded || word::follows_escape(bytes, at) || name.ends_with(b"@")
}
