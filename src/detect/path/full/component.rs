//! What one component of a path is called: what is familiar stays, a file keeps its extension.

use super::super::{familiar, name, own};
use crate::detect::{
    identity::login,
    recall::Recall,
    words::{WordSet, words},
};
use std::cell::RefCell;

/// What a component is called.
#[derive(Clone, Copy)]
pub(super) enum Name {
    /// What stays.
    Familiar,
    /// A file, with a stem of so many bytes, and whether that is a name of the project's own.
    File(usize, bool),
    /// A folder, with a name of so many bytes, and whether that is one of the project's own.
    Folder(usize, bool),
}

thread_local! {
    /// What components are called, those that are not the last of their path and those that are: a few hundred recur.
    static NAMES: RefCell<[Recall<Name, 4096>; 2]> = const { RefCell::new([Recall::new(), Recall::new()]) };
    /// Whether components hold what came from elsewhere.
    static FOREIGN: RefCell<Recall<bool, 4096>> = const { RefCell::new(Recall::new()) };
}

pub(super) fn recalled(text: &[u8], last: bool) -> Name {
    NAMES.with_borrow_mut(|names| names[usize::from(last)].get(text, |text| called(text, last)))
}

pub(super) fn is_foreign(text: &[u8]) -> bool {
    FOREIGN.with_borrow_mut(|foreign| foreign.get(text, familiar::is_foreign))
}

/// What a component is called, `last` of its path or not.
fn called(text: &[u8], last: bool) -> Name {
    if name::is_placeholder(text) || login::is_pseudonym(text) || is_sign(text) {
        return Name::Familiar;
    }
    let text = if last { without_line(text) } else { text };
    match stem(text).filter(|_| last || is_file(text)) {
        Some(stem) if familiar::is_stem(&text[..stem]) => Name::Familiar,
        Some(stem) => Name::File(stem, is_source_file(&text[stem..]) && own::is_own(&text[..stem])),
        None if familiar::is_folder(text) || last && familiar::is_stem(text) => Name::Familiar,
        None => Name::Folder(text.len(), own::is_own(text)),
    }
}

/// Whether a name is a file's wherever it stands: `settings.json/settings.local.json` are two files.
fn is_file(text: &[u8]) -> bool {
    memchr::memrchr(b'.', text).is_some_and(|dot| dot > 0 && familiar::is_extension(&text[dot + 1..]))
}

/// Whether a file with this behind its stem holds code of a project, and no settings of a tool.
fn is_source_file(behind: &[u8]) -> bool {
    memchr::memrchr(b'.', behind).is_some_and(|dot| SOURCE.has(&behind[dot + 1..]))
}

/// A file's name without the number that `grep -A` puts behind it: `x.go-12-`.
fn without_line(text: &[u8]) -> &[u8] {
    let Some(head) = text.strip_suffix(b"-") else { return text };
    let digits = head.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let name = head[..head.len() - digits].strip_suffix(b"-").filter(|_| digits > 0);
    name.unwrap_or(text)
}

/// Whether a component is only signs: `.`, `..`, `~`.
fn is_sign(text: &[u8]) -> bool {
    text.iter().all(|b| matches!(b, b'.' | b'~' | b'-' | b'_' | b'+' | b'@' | b'!' | b'%'))
}

/// Length of a file's stem, if `text` has an extension: in `x.test.ts` that of `x`.
fn stem(text: &[u8]) -> Option<usize> {
    let dot = memchr::memrchr(b'.', text).filter(|&dot| dot > 0)?;
    let extension = &text[dot + 1..];
    let plausible = (1..=8).contains(&extension.len())
        && extension.iter().all(u8::is_ascii_alphanumeric)
        && extension.iter().any(u8::is_ascii_alphabetic);
    if !(plausible || familiar::is_extension(extension)) {
        return None;
    }
    let mut end = dot;
    while let Some(dot) = memchr::memrchr(b'.', &text[..end]).filter(|&dot| dot > 0) {
        if !familiar::is_infix(&text[dot + 1..end]) {
            break;
        }
        end = dot;
    }
    Some(untested(&text[..end]))
}

/// Length of what a file of tests is about, without the `_test` that Go, Ruby and others put behind it.
fn untested(stem: &[u8]) -> usize {
    let ends: [&[u8]; 3] = [b"_test", b"_spec", b"_tests"];
    let tested = ends.iter().find_map(|end| stem.strip_suffix(*end)).filter(|tested| !tested.is_empty());
    tested.map_or(stem.len(), <[u8]>::len)
}

/// Extensions of files that hold code; sorted.
static SOURCE: WordSet = words![
    "c", "cc", "clj", "cpp", "cs", "cxx", "dart", "ex", "exs", "fs", "go", "h", "hpp", "hs", "ipynb", "java",
    "jl", "js", "jsx", "kt", "lua", "m", "mjs", "ml", "mm", "php", "pl", "proto", "py", "pyi", "r", "rb",
    "rs", "scala", "sql", "svelte", "swift", "ts", "tsx", "vue", "zig",
];
