//! Names that code takes from another file of its own project.

use super::definition::{Kind, Names, is_letter, push};

/// How a line begins that takes names from elsewhere.
static BEGINS: [&[u8]; 8] =
    [b"import ", b"from ", b"use ", b"pub use ", b"export {", b"export * ", b"const {", b"const "];

/// How another file of the same project is named.
static OWN: [&[u8]; 12] = [
    b"\"./", b"'./", b"\"../", b"'../", b"\"@/", b"'@/", b"\"~/", b"'~/", b"crate::", b"super::", b"from .",
    b"self::",
];

/// Appends the names that the line takes from a file of its project; says whether it is a line that takes names.
pub(super) fn read(line: &[u8], out: &mut Names) -> bool {
    if !BEGINS.iter().any(|begin| line.starts_with(begin)) {
        return false;
    }
    let variable = line.starts_with(b"const ") && memchr::memmem::find(line, b"require(").is_none();
    if variable {
        return false;
    }
    if OWN.iter().any(|own| memchr::memmem::find(line, own).is_some()) {
        for part in line.split(|b| matches!(b, b'"' | b'\'')).step_by(2) {
            words(part).for_each(|(word, behind)| push(kind(word, behind), word, out));
        }
    }
    true
}

/// What a name's letters, and what stands behind it, say it stands for.
fn kind(name: &[u8], behind: &[u8]) -> Kind {
    let holds = [&b"::"[..], b".", b" import "].iter().any(|mark| behind.starts_with(mark));
    match name[0] {
        _ if holds => Kind::Type,
        _ if !name.iter().any(u8::is_ascii_lowercase) => Kind::Constant,
        first if first.is_ascii_uppercase() => Kind::Type,
        _ => Kind::Function,
    }
}

/// The words of `text`, each with what stands behind it.
fn words(text: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let from = rest.iter().position(|&b| is_letter(b))?;
        let len = rest[from..].iter().take_while(|&&b| is_letter(b)).count();
        let word = &rest[from..from + len];
        rest = &rest[from + len..];
        Some((word, rest))
    })
}
