//! What a person says right above or below code that they paste: `regex never matches`, `I use zig 0.13.` A few words without a mark may
//! be code for all that their letters say, and are taken along with the code beside them.

use super::{line::Verdict, page::Line, sentence};
use crate::detect::{
    vocabulary,
    words::{WordSet, words},
};

/// Words with which lines of code begin that hold nothing but words; sorted.
static BEGINS: WordSet = words![
    "abstract",
    "alias",
    "and",
    "architecture",
    "array",
    "as",
    "assert",
    "async",
    "await",
    "begin",
    "bool",
    "break",
    "call",
    "case",
    "catch",
    "char",
    "class",
    "commit",
    "component",
    "const",
    "constant",
    "contains",
    "continue",
    "copy",
    "data",
    "declare",
    "def",
    "default",
    "defer",
    "deriving",
    "dim",
    "do",
    "drop",
    "dynamic",
    "each",
    "echo",
    "elif",
    "else",
    "elseif",
    "elsif",
    "end",
    "endif",
    "ensure",
    "entity",
    "enum",
    "except",
    "exec",
    "exit",
    "explain",
    "export",
    "extends",
    "extern",
    "false",
    "feature",
    "final",
    "finally",
    "float",
    "fn",
    "for",
    "foreach",
    "from",
    "fun",
    "func",
    "function",
    "generic",
    "global",
    "goto",
    "grant",
    "group",
    "having",
    "if",
    "implements",
    "implicit",
    "import",
    "in",
    "include",
    "infix",
    "inline",
    "inner",
    "insert",
    "instance",
    "int",
    "integer",
    "interface",
    "internal",
    "join",
    "label",
    "lambda",
    "left",
    "let",
    "library",
    "limit",
    "local",
    "logical",
    "long",
    "loop",
    "macro",
    "match",
    "merge",
    "mixin",
    "module",
    "mut",
    "namespace",
    "native",
    "new",
    "nil",
    "none",
    "null",
    "object",
    "of",
    "on",
    "open",
    "option",
    "or",
    "order",
    "outer",
    "override",
    "package",
    "pass",
    "pragma",
    "print",
    "private",
    "proc",
    "procedure",
    "process",
    "program",
    "protected",
    "protocol",
    "public",
    "puts",
    "raise",
    "real",
    "record",
    "redo",
    "register",
    "rescue",
    "retry",
    "return",
    "right",
    "rollback",
    "scenario",
    "sealed",
    "select",
    "self",
    "set",
    "short",
    "signal",
    "signed",
    "static",
    "step",
    "string",
    "struct",
    "sub",
    "subroutine",
    "super",
    "switch",
    "table",
    "template",
    "then",
    "throw",
    "true",
    "truncate",
    "try",
    "type",
    "typealias",
    "typedef",
    "union",
    "unless",
    "unset",
    "until",
    "update",
    "use",
    "using",
    "val",
    "value",
    "values",
    "var",
    "variable",
    "view",
    "virtual",
    "void",
    "volatile",
    "when",
    "where",
    "while",
    "with",
    "yield",
];

/// How many words such a line has.
const COUNT: std::ops::RangeInclusive<usize> = 2..=16;

/// Takes the first and the last line of a text for words if they were code only by what stands beside them and are words.
pub(super) fn read(text: &[u8], lines: &mut [Line]) {
    let filled = |line: &Line| line.verdict != Verdict::Blank;
    let (first, last) = (lines.iter().position(filled), lines.iter().rposition(filled));
    if let Some((first, last)) = first.zip(last).filter(|(first, last)| first < last) {
        give_back(text, &mut lines[first], false);
        give_back(text, &mut lines[last], true);
    }
}

/// Takes a line for words if it is words; one at the end of a text must end as a sentence does.
fn give_back(text: &[u8], line: &mut Line, end: bool) {
    let bytes = line.bytes(text);
    if line.verdict == Verdict::Code
        && line.content == line.start
        && is_spoken(bytes)
        && (!end || matches!(bytes.trim_ascii_end().last(), Some(b'.' | b'?' | b'!')))
    {
        line.verdict = Verdict::Stay;
    }
}

/// Whether a line is words of a language that people speak, a number or a version among them: no sign but those of a sentence, a third of the
/// words or more known, and none before them with which code begins.
fn is_spoken(line: &[u8]) -> bool {
    let body = line.trim_ascii_end();
    let ends =
        body.last().is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b':' | b'?' | b'!'));
    if !ends || !body.first().is_some_and(u8::is_ascii_alphanumeric) {
        return false;
    }
    let body = body.strip_suffix(b":").unwrap_or(body);
    let (mut count, mut spoken, mut known) = (0, 0, 0);
    for word in body.split(|b| *b == b' ') {
        let word = word.strip_suffix(b",").unwrap_or(word);
        let word = word
            .strip_suffix(b".")
            .or_else(|| word.strip_suffix(b"?"))
            .or_else(|| word.strip_suffix(b"!"))
            .unwrap_or(word);
        let letters =
            !word.is_empty() && word.iter().all(|b| b.is_ascii_alphabetic() || matches!(b, b'\'' | b'-'));
        if !letters && !is_number(word) || count == 0 && is_begin(word) {
            return false;
        }
        count += 1;
        spoken += usize::from(letters);
        known +=
            usize::from(letters && (vocabulary::has(word) || sentence::is_small(&word.to_ascii_lowercase())));
    }
    COUNT.contains(&count) && known * 3 >= spoken && known > 0
}

/// A word that begins code, or one of capitals alone, as statements of some languages are written.
fn is_begin(word: &[u8]) -> bool {
    let shouted = word.len() > 1 && word.iter().all(u8::is_ascii_uppercase);
    shouted || BEGINS.has(&word.to_ascii_lowercase())
}

/// `0.13`, `502`, `S0C7`, `FS0001`: a number, a version, the number of a message.
fn is_number(word: &[u8]) -> bool {
    word.iter().any(u8::is_ascii_digit)
        && word.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-'))
        && word.first().is_some_and(u8::is_ascii_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::is_spoken;

    #[test]
    fn what_people_say_is_told_from_code() {
        for words in [
            "regex never matches",
            "I use zig 0.13.",
            "borrow checker:",
            "FS0001 in this function",
            "blank page on php 8.3:",
            "nothing renders with Vue 3.5",
            "undefined method for nil",
        ] {
            assert!(is_spoken(words.as_bytes()), "{words}");
        }
        for code in [
            "import sys",
            "SELECT name FROM rows",
            "end function settle",
            "return total unless paid",
            "implicit none",
            "rows.total",
            "settle(rows)",
            "name: rows",
            "    rows total",
            "end",
            "qwx zrt",
            "PERFORM SETTLE UNTIL DONE",
        ] {
            assert!(!is_spoken(code.as_bytes()), "{code}");
        }
    }
}
