//! Secrets that are piped into a program that asks for one: `echo X | sudo -S`, `echo user:X | chpasswd`.

use super::{
    Hits,
    argument::{Argument, argument},
    login, secret,
};

/// What the program takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// A password or a token.
    Secret,
    /// `user:password`.
    Login,
}

/// How far before the program, or behind it, what is piped into it may stand, in bytes.
pub(super) const REACH: usize = 256;

/// Looks at what is piped into the program or the option at byte `start`.
pub(super) fn find(bytes: &[u8], start: usize, what: What, hits: &mut Hits) {
    let from = start.saturating_sub(REACH);
    let line = memchr::memrchr(b'\n', &bytes[from..start]).map_or(from, |i| from + i + 1);
    let Some(pipe) = memchr::memrchr(b'|', &bytes[line..start]).map(|i| line + i) else { return };
    let Some(arg) = said(bytes, line, pipe) else { return };
    match what {
        What::Login => login(bytes, arg.start, arg.end, b':', hits),
        What::Secret => secret(bytes, arg.start, arg.end, hits),
    }
}

/// `echo X > ~/.vault_pass`: what is written to a file named `word`, at byte `start`, that says it holds a secret.
pub(super) fn into_file(bytes: &[u8], start: usize, word: &[u8], hits: &mut Hits) {
    let named = |stem: &[u8]| word.windows(stem.len()).any(|w| w.eq_ignore_ascii_case(stem));
    let folder = bytes[..start].iter().rev().take(64);
    let folder = folder.take_while(|b| b.is_ascii_alphanumeric() || b"/._-~$".contains(b)).count();
    let Some(command) = bytes[..start - folder].trim_ascii_end().strip_suffix(b">") else { return };
    if !(named(b"pass") || named(b"pwd") || named(b"secret") || named(b"token")) {
        return;
    }
    let sign = command.len() - command.iter().rev().take_while(|b| **b == b'>').count();
    let from = sign.saturating_sub(REACH);
    let line = memchr::memrchr(b'\n', &bytes[from..sign]).map_or(from, |i| from + i + 1);
    if let Some(arg) = said(bytes, line, sign) {
        secret(bytes, arg.start, arg.end, hits);
    }
}

/// The one argument of the `echo` or `printf` in `line..pipe`.
fn said(bytes: &[u8], line: usize, pipe: usize) -> Option<Argument> {
    const HEADS: [&[u8]; 6] = [b"yes ", b"echo -n ", b"echo -e ", b"echo -ne ", b"echo ", b"printf "];
    let before = &bytes[line..pipe];
    let at = HEADS.iter().find_map(|h| memchr::memmem::rfind(before, h).map(|i| line + i + h.len()))?;
    let first = argument(bytes, at, pipe)?;
    // The format of `printf '%s\n' x`.
    let format = bytes[..at].ends_with(b"printf ") && bytes[first.start..first.end].starts_with(b"%");
    if format { argument(bytes, first.next, pipe) } else { Some(first) }
}

/// What is fed to the program whose name ends at `end`: `<<< 'x'`, or the lines of a document, `<<EOF`.
pub(super) fn fed(bytes: &[u8], end: usize, what: What, hits: &mut Hits) {
    let limit = bytes.len().min(end + REACH);
    let line = memchr::memchr(b'\n', &bytes[end..limit]).map_or(limit, |i| end + i);
    let Some(sign) = memchr::memmem::find(&bytes[end..line], b"<<").map(|i| end + i + 2) else { return };
    if what == What::Secret && memchr::memmem::find(&bytes[end..sign], b"chpasswd").is_some() {
        return;
    }
    if bytes.get(sign) == Some(&b'<') {
        let blank = bytes[sign + 1..line].iter().take_while(|b| **b == b' ').count();
        let spelled = bytes[sign + 1 + blank..line].starts_with(b"$'");
        let Some(arg) = argument(bytes, sign + 1 + blank + usize::from(spelled), line) else { return };
        // `$'x\\nx\\n'`: lines that are spelled out.
        let mut at = arg.start;
        for part in memchr::memmem::find_iter(&bytes[arg.start..arg.end], b"\\n").chain([arg.end - arg.start])
        {
            let end = (arg.start + part).min(arg.end);
            if at < end {
                take(bytes, at, end, what, hits);
            }
            at = end + 2;
        }
        return;
    }
    let mark = bytes[sign..line].iter().position(|b| b.is_ascii_alphabetic()).map_or(line, |i| sign + i);
    let mark = &bytes[mark..line];
    let mark = &mark[..mark.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(mark.len())];
    let mut at = line + 1;
    while at < limit && !mark.is_empty() {
        let stop = memchr::memchr(b'\n', &bytes[at..limit]).map_or(limit, |i| at + i);
        let text = bytes[at..stop].trim_ascii();
        if text.ends_with(mark) || text.contains(&b' ') || text.is_empty() {
            return;
        }
        let start = stop - bytes[at..stop].trim_ascii_start().len();
        take(bytes, start, start + text.len(), what, hits);
        at = stop + 1;
    }
}

/// Programs that ask for a password and read it from what they are fed.
const ASKING: [&[u8]; 10] = [
    b"cryptsetup",
    b"hdiutil",
    b"keepassxc-cli",
    b"openconnect",
    b"zfs",
    b"bw",
    b"su",
    b"gpg",
    b"passwd",
    b"pass",
];

/// `openconnect vpn <<< 'x'`: what is fed, by the sign at byte `at`, to a program that asks for a password.
pub(in crate::detect) fn here(bytes: &[u8], at: usize, hits: &mut Hits) {
    let from = at.saturating_sub(REACH);
    let divides = |b: &u8| matches!(b, b'\n' | b'|' | b';' | b'&' | b'(' | b'"' | b'`');
    let command = &bytes[bytes[from..at].iter().rposition(divides).map_or(from, |i| from + i + 1)..at];
    let mut words = command.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let program = words.find(|word| !matches!(*word, b"sudo" | b"$" | b"+" | b"#"));
    if program.is_some_and(|program| ASKING.contains(&program)) {
        fed(bytes, at, What::Secret, hits);
    }
}

fn take(bytes: &[u8], start: usize, end: usize, what: What, hits: &mut Hits) {
    // Behind the sign of a patch.
    let start = start + usize::from(what == What::Login && matches!(bytes.get(start), Some(b'+' | b'-')));
    match what {
        What::Login => login(bytes, start, end, b':', hits),
        What::Secret => secret(bytes, start, end, hits),
    }
}
