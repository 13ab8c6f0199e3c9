//! Frames of stacks, whose packages, types and functions may be single words: `at com.acme.Quotes.bind(Quotes.java:3)`.

use super::{
    super::{
        super::identity::{self, login},
        plan,
    },
    Page, chain, is_letter,
};

/// Longest line that is read, in bytes.
const LONGEST: usize = 400;

/// Looks at the lines of `from..to`.
pub(super) fn find(page: &mut Page<'_, '_>, from: usize, to: usize) {
    let bytes = page.bytes;
    let mut at = from;
    while at < to {
        let end = memchr::memchr(b'\n', &bytes[at..to]).map_or(to, |i| at + i);
        if end - at < LONGEST {
            line(page, at, end);
        }
        at = end + 1;
    }
}

/// Looks at one line.
fn line(page: &mut Page<'_, '_>, start: usize, end: usize) {
    let bytes = page.bytes;
    let start = start + bytes[start..end].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    let rest = &bytes[start..end];
    match rest.first() {
        Some(b'a') if rest.starts_with(b"at ") => call(page, start + 3, end),
        Some(b'C') if rest.starts_with(b"Caused by: ") => class(page, start + 11, end),
        Some(b'0'..=b'9') if rest.get(4) == Some(&b'-') => logged(page, start, end),
        Some(b'0'..=b'9') => numbered(page, start, end),
        Some(b'[') if rest.get(5) == Some(&b'-') => logged(page, start, end),
        Some(b'm') if rest.starts_with(b"module.") => address(page, start, end),
        Some(b'#') if rest.starts_with(b"# module.") => address(page, start + 2, end),
        Some(b'o') if rest.starts_with(b"ok  \t") => folders(page, start + 5, end),
        Some(b'F') if rest.starts_with(b"FAIL\t") => folders(page, start + 5, end),
        Some(b'?') if rest.starts_with(b"?   \t") => folders(page, start + 5, end),
        Some(b'c') if rest.starts_with(b"created by ") => folders(page, start + 11, end),
        Some(b'-' | b'A'..=b'Z') => planned(page, start, end),
        _ if page.bytes[end..].starts_with(b"\n\t/") && rest.ends_with(b")") => go(page, start, end),
        _ => {}
    }
}

/// A frame behind `at`: a qualified name up to its parameters or its file.
fn call(page: &mut Page<'_, '_>, start: usize, end: usize) {
    let bytes = page.bytes;
    let from = start
        + [&b"async "[..], b"new "].iter().find(|w| bytes[start..end].starts_with(w)).map_or(0, |w| w.len());
    let from =
        from + memchr::memrchr(b'/', &bytes[from..qualified_end(bytes, from, end)]).map_or(0, |i| i + 1);
    let to = qualified_end(bytes, from, end);
    let placed = matches!(bytes.get(to), Some(b'(')) || bytes[to..end].starts_with(b" (");
    if placed && !is_foreign(&bytes[from..end]) && chain::parts(&bytes[from..to]).count() > 1 {
        chain::own(page, from, to);
    }
}

/// A step of a database's plan: its table and its index.
fn planned(page: &mut Page<'_, '_>, start: usize, end: usize) {
    let bytes = page.bytes;
    for (from, to) in plan::names(&bytes[start..end]) {
        let name = &bytes[start + from..start + to];
        if !name.starts_with(b"pg_") && !login::is_pseudonym(name) {
            page.push(start + from, start + to, false);
        }
    }
}

/// A frame of Go, whose file stands on the next line: `example.io/ledger/quotes.(*Quote).Bind(0xc000)`.
fn go(page: &mut Page<'_, '_>, start: usize, end: usize) {
    let next = &page.bytes[end + 1..];
    let file = &next[..memchr::memchr(b'\n', next).unwrap_or(next.len())];
    let places: [&[u8]; 4] = [b"/pkg/mod/", b"/go/src/", b"/vendor/", b"/usr/"];
    if memchr::memmem::find(file, b".go:").is_some()
        && !places.iter().any(|p| memchr::memmem::find(file, p).is_some())
    {
        folders(page, start, end);
    }
}

/// The package at byte `start` of a project in Go: the folders of its path, the host before them, its types.
fn folders(page: &mut Page<'_, '_>, start: usize, end: usize) {
    let bytes = page.bytes;
    let len = go_name(&bytes[start..end]);
    let path = &bytes[start..start + len];
    let named = path.iter().any(|b| matches!(b, b'.' | b'/')) && !path.contains(&b':');
    if !named || is_go_library(path) {
        return;
    }
    let slash = memchr::memchr(b'/', path);
    let host = slash.filter(|&slash| path[..slash].contains(&b'.'));
    if let Some(slash) = host {
        identity::own_host(bytes, start, start + slash, page.hits);
    }
    let from = start + host.map_or(0, |slash| slash + 1);
    let last = memchr::memrchr(b'/', &bytes[from..start + len]).map_or(from, |i| from + i + 1);
    let dot = memchr::memchr(b'.', &bytes[last..start + len]).map_or(start + len, |i| last + i);
    let mut at = from;
    for part in bytes[from..dot].split(|b| *b == b'/') {
        chain::folder(page, at, at + part.len());
        at += part.len() + 1;
    }
    if dot < start + len {
        chain::own(page, dot, start + len);
    }
}

/// Length of a package's path, with the method of a pointer behind it: `x.io/ledger/quotes.(*Quote).Bind`.
fn go_name(text: &[u8]) -> usize {
    let ends = |&i: &usize| match text[i] {
        b'\t' | b' ' => true,
        b'(' => text.get(i + 1) != Some(&b'*'),
        _ => false,
    };
    (0..text.len()).find(ends).unwrap_or(text.len())
}

/// Whether a path of a package is Go's own or of those who publish for everyone.
fn is_go_library(path: &[u8]) -> bool {
    let mut parts = path.split(|b| *b == b'/');
    let (host, owner) = (parts.next().unwrap_or_default(), parts.next());
    let hosts: [&[u8]; 7] = [
        b"golang.org",
        b"google.golang.org",
        b"gopkg.in",
        b"go.uber.org",
        b"k8s.io",
        b"sigs.k8s.io",
        b"cloud.google.com",
    ];
    let package = host.split(|b| *b == b'.').next().unwrap_or_default();
    hosts.contains(&host)
        || host == b"github.com" && owner.is_some_and(identity::is_public_org)
        || GO.binary_search_by(|known| known.as_bytes().cmp(package)).is_ok()
}

/// The first folders of Go's own packages; sorted.
static GO: &[&str] = &[
    "archive",
    "bufio",
    "bytes",
    "cmd",
    "compress",
    "container",
    "context",
    "crypto",
    "database",
    "debug",
    "embed",
    "encoding",
    "errors",
    "expvar",
    "flag",
    "fmt",
    "go",
    "hash",
    "html",
    "image",
    "index",
    "internal",
    "io",
    "log",
    "maps",
    "math",
    "mime",
    "net",
    "os",
    "path",
    "plugin",
    "reflect",
    "regexp",
    "runtime",
    "slices",
    "sort",
    "strconv",
    "strings",
    "sync",
    "syscall",
    "testing",
    "text",
    "time",
    "unicode",
    "unsafe",
    "vendor",
];

/// A line of a log that begins with its date: the logger behind its level, up to a colon.
fn logged(page: &mut Page<'_, '_>, start: usize, end: usize) {
    let bytes = page.bytes;
    let date = bytes[start..end]
        .iter()
        .take(36)
        .take_while(|b| !b.is_ascii_alphabetic() || matches!(b, b'T' | b'Z'));
    let mut from = start + date.count();
    let level = bytes[from..end].iter().take(9).take_while(|b| b.is_ascii_uppercase()).count();
    if level > 3 {
        from += level;
    }
    from += bytes[from..end].iter().take_while(|b| matches!(b, b' ' | b'[' | b'(')).count();
    let to = from + bytes[from..end].iter().take_while(|b| is_letter(**b) || **b == b'.').count();
    let behind = matches!(bytes.get(to), Some(b':' | b']' | b')')) || bytes[to..end].starts_with(b" -");
    let chain = &bytes[from..to];
    if behind && chain.contains(&b'.') && !chain::is_library(chain) {
        chain::own(page, from, to);
    }
}

/// An address of Terraform: `module.ledger["north"].aws_instance.quotes`.
fn address(page: &mut Page<'_, '_>, start: usize, end: usize) {
    let part = |b: &u8| is_letter(*b) || matches!(b, b'.' | b'[' | b']' | b'"' | b'-');
    let to = start + page.bytes[start..end].iter().take_while(|b| part(b)).count();
    chain::own(page, start, to);
}

/// Where a qualified name ends, with what compilers put into it: `Quotes$1.run`, `Quotes.<Bind>d__1.MoveNext`.
fn qualified_end(bytes: &[u8], from: usize, end: usize) -> usize {
    let part = |b: &u8| is_letter(*b) || matches!(b, b'.' | b'<' | b'>' | b'/' | b'`' | b'-' | b':');
    from + bytes[from..end].iter().take_while(|b| part(b)).count()
}

/// The class of an exception.
fn class(page: &mut Page<'_, '_>, start: usize, end: usize) {
    let to = qualified_end(page.bytes, start, end);
    let to = to - usize::from(page.bytes[..to].ends_with(b":"));
    if !chain::is_library(&page.bytes[start..to]) && chain::parts(&page.bytes[start..to]).count() > 2 {
        chain::own(page, start, to);
    }
}

/// A frame of Rust: `3: ledger::quotes::bind`.
fn numbered(page: &mut Page<'_, '_>, start: usize, end: usize) {
    let bytes = page.bytes;
    let digits = bytes[start..end].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
    let head = start + digits;
    if !bytes[head..end].starts_with(b": ") {
        return;
    }
    let from = head + 1 + bytes[head + 1..end].iter().take_while(|b| **b == b' ').count();
    let to = qualified_end(bytes, from, end);
    let parted = memchr::memmem::find(&bytes[from..to], b"::").is_some();
    if parted && to == end && !chain::is_library(&bytes[from..to]) {
        chain::own(page, from, to);
    }
}

/// Whether byte `at` stands in a frame of a library.
pub(super) fn is_of_library(bytes: &[u8], at: usize) -> bool {
    let (start, end) = crate::detect::word::line(bytes, at, LONGEST);
    let line = bytes[start..end].trim_ascii_start();
    line.starts_with(b"at ") && is_foreign(line)
}

/// Whether a frame, from its qualified name on, is one of a library: by its name, or by where its file lies.
fn is_foreign(frame: &[u8]) -> bool {
    let places: [&[u8]; 5] = [b"node_modules/", b"node:", b"/vendor/", b"site-packages/", b"(internal/"];
    chain::is_library(frame) || places.iter().any(|place| memchr::memmem::find(frame, place).is_some())
}
