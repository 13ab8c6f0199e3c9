//! Statements that look like a few words: what they begin with and how many words follow tells them from a sentence.

use super::line::Verdict;

/// What a line is if it is a statement of one of a few forms, whatever its letters look like.
pub(super) fn judge(body: &[u8]) -> Option<Verdict> {
    if body.len() > 160 {
        return None;
    }
    let mut words = body.split(|b| *b == b' ').filter(|word| !word.is_empty());
    let (first, second) = (words.next()?, words.next()?);
    let binding = first == b"let" && body.ends_with(b" =");
    if binding
        || first == b"|>"
        || is_declaration(body)
        || is_basic(first, second)
        || is_signature(first, second)
        || is_symbol_call(first, second, body)
        || is_arm(first, body)
        || is_make(first, second, body)
        || is_style(body)
        || is_markup(first, body)
        || is_instruction(first, second, body)
        || is_cobol(first, second, body)
        || is_required(first, second, body)
        || is_document(first, body)
        || is_plan(body)
        || is_translation(first, second)
    {
        return Some(Verdict::Code);
    }
    let (third, more) = (words.next(), words.count());
    match first {
        b"(ns" => Some(Verdict::Code),
        b"from" => (third == Some(b"import")).then_some(Verdict::Code),
        b"defmodule" | b"#include" | b"#import" | b"#define" | b"#pragma" | b"#version" | b"#extension" => {
            Some(Verdict::Code)
        }
        b"import" if second == b"qualified" || third == Some(b"from") => Some(Verdict::Code),
        b"import" | b"package" | b"namespace" | b"using" | b"use" | b"require" | b"open" | b"library" => {
            named(second, third, more)
        }
        b"return" | b"end" | b"extends" | b"raise" | b"goto" => {
            (third.is_none() && is_name(second)).then_some(Verdict::Maybe)
        }
        b"module" if body.ends_with(b" where") => Some(Verdict::Code),
        // The first line of a `go.mod`.
        b"module" if third.is_none() && second.contains(&b'/') && second.contains(&b'.') => {
            Some(Verdict::Code)
        }
        b"module" | b"End" => (third.is_none() && is_name(second)).then_some(Verdict::Maybe),
        _ => None,
    }
}

/// Words that a declaration of a type begins with, and those that may stand before them.
static TYPES: &[&[u8]] = &[
    b"class",
    b"interface",
    b"object",
    b"trait",
    b"struct",
    b"enum",
    b"protocol",
    b"record",
    b"union",
    b"actor",
    b"mixin",
];
static MODIFIERS: &[&[u8]] = &[
    b"public",
    b"private",
    b"protected",
    b"internal",
    b"abstract",
    b"sealed",
    b"final",
    b"static",
    b"data",
    b"case",
    b"open",
    b"export",
    b"default",
    b"pub",
    b"partial",
    b"inner",
    b"value",
    b"enum",
    b"annotation",
    b"companion",
    b"unsafe",
    b"readonly",
];

/// `class Ledger < Record`, `data class Row(val id: Int)`, `pub struct Row {`: a word for types, a name, and then what no
/// sentence goes on with.
fn is_declaration(body: &[u8]) -> bool {
    let mut rest = body;
    let mut modified = false;
    loop {
        let len = rest.iter().take_while(|b| b.is_ascii_lowercase()).count();
        let word = &rest[..len];
        let Some(next) = rest[len..].strip_prefix(b" ") else { return false };
        let last = TYPES.contains(&word) && !next.starts_with(b"class ");
        if !last && !MODIFIERS.contains(&word) {
            return false;
        }
        rest = next;
        if last {
            break;
        }
        modified = true;
    }
    let len = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    let (name, behind) = rest.split_at(len);
    let named = name.first().is_some_and(u8::is_ascii_alphabetic);
    let goes_on =
        [&b" <"[..], b"<", b"(", b":", b" :", b" {", b"{", b" extends ", b" implements ", b" where", b" ("];
    let capital = name.first().is_some_and(u8::is_ascii_uppercase);
    let alone = behind.is_empty() && (modified || capital);
    let words = behind.starts_with(b" (") && !behind.contains(&b':') || behind.starts_with(b":") && !capital;
    named && (alone || !words && goes_on.iter().any(|sign| behind.starts_with(sign)))
}

/// `Public Class Ledger`, `Private Sub Post()`, of Visual Basic.
fn is_basic(first: &[u8], second: &[u8]) -> bool {
    let shown = [&b"Public"[..], b"Private", b"Friend", b"Protected", b"Partial"].contains(&first);
    shown
        && [&b"Class"[..], b"Module", b"Sub", b"Function", b"Structure", b"Interface", b"Enum"]
            .contains(&second)
}

/// `settle :: Ledger -> Int`, of Haskell.
fn is_signature(first: &[u8], second: &[u8]) -> bool {
    let name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'\'');
    second == b"::" && first.iter().all(name)
}

/// `belongs_to :account`, `attr_reader :rows, :total`, of Ruby.
fn is_symbol_call(first: &[u8], second: &[u8], body: &[u8]) -> bool {
    let name = |b: &u8| b.is_ascii_lowercase() || matches!(b, b'_' | b'?' | b'!');
    let symbol = second
        .strip_prefix(b":")
        .is_some_and(|s| s.len() > 2 && s[..s.len() - 1].iter().all(|b| name(b) || b.is_ascii_digit()));
    let one = body.len() == first.len() + 1 + second.len() || second.ends_with(b",");
    symbol && one && first.len() > 2 && first.iter().all(name)
}

/// `| c :: rest when c < limit -> c`, an arm of a match; a row of a table ends with a bar.
fn is_arm(first: &[u8], body: &[u8]) -> bool {
    first == b"|" && !body.ends_with(b"|") && memchr::memmem::find(body, b" -> ").is_some()
}

/// `CHARTS := $(wildcard charts/*)` of a Makefile, `add_library(sonar STATIC a.c)` of CMake.
fn is_make(first: &[u8], second: &[u8], body: &[u8]) -> bool {
    let name = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    let binds = matches!(second, b":=" | b"?=" | b"+=" | b"=") && first.iter().all(name);
    let calls = body.ends_with(b")") && !body.contains(&b';');
    let told = second == b":=" && matches!(body.last(), Some(b'"' | b'\'')) && body.len() > first.len() + 6;
    binds && (told || memchr::memmem::find(body, b" $(").is_some())
        || calls
            && [&b"add_"[..], b"target_", b"find_package(", b"set_"]
                .iter()
                .any(|start| first.starts_with(start))
            && first.contains(&b'(')
}

/// `.legend { display: none; margin: 0 }`: a rule of a style sheet on one line.
fn is_style(body: &[u8]) -> bool {
    let Some(open) = memchr::memchr(b'{', body).filter(|_| body.ends_with(b"}")) else { return false };
    let (selector, rules) = (&body[..open], &body[open + 1..]);
    let name = rules.trim_ascii_start().iter().take_while(|b| b.is_ascii_lowercase() || **b == b'-').count();
    let quoted = |b: &u8| matches!(b, b'"' | b'\'' | b'`' | b'=' | b'$');
    !selector.is_empty()
        && !selector.iter().any(quoted)
        && name > 1
        && rules.trim_ascii_start().get(name) == Some(&b':')
        && (rules.contains(&b';') || matches!(selector[0], b'.' | b'#' | b'@' | b':'))
}

/// Tags of HTML that a line of a page begins with.
static PAGE: &[&[u8]] = &[
    b"!doctype",
    b"html",
    b"head",
    b"body",
    b"div",
    b"span",
    b"p",
    b"ul",
    b"ol",
    b"li",
    b"table",
    b"tr",
    b"td",
    b"th",
    b"form",
    b"label",
    b"input",
    b"select",
    b"option",
    b"button",
    b"a",
    b"img",
    b"script",
    b"style",
    b"link",
    b"meta",
    b"title",
    b"section",
    b"nav",
    b"main",
    b"header",
    b"footer",
    b"svg",
    b"path",
    b"h1",
    b"h2",
    b"h3",
    b"template",
    b"slot",
];

/// `<body><div id="root"></div></body>`, `{rows.length && <Rows rows={rows} />}`: elements of a page with members or in one
/// another.
fn is_markup(first: &[u8], body: &[u8]) -> bool {
    let Some(end) = body.strip_suffix(b">").or_else(|| body.strip_suffix(b">}")) else { return false };
    let Some(tag) = first.strip_prefix(b"<") else {
        let within =
            || memchr::memmem::find(body, b" <").is_some_and(|at| body[at + 2].is_ascii_alphabetic());
        return first.starts_with(b"{") && body.ends_with(b"}") && end.ends_with(b"/") && within();
    };
    let len = tag.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'!').count();
    let name = &tag[..len];
    let component = name.first().is_some_and(u8::is_ascii_uppercase) && end.ends_with(b"/");
    component || PAGE.iter().any(|known| known.eq_ignore_ascii_case(name)) && body.len() > len + 6
}

/// Instructions of processors, those that are no words of a sentence with an operand in a register.
static INSTRUCTIONS: &[&[u8]] = &[
    b"mov", b"movl", b"movq", b"movzx", b"movsx", b"movzbl", b"push", b"pushq", b"pop", b"popq", b"lea",
    b"leaq", b"xor", b"add", b"addq", b"sub", b"subq", b"and", b"or", b"cmp", b"test", b"call", b"callq",
    b"jmp", b"je", b"jne", b"jz", b"jnz", b"jl", b"jle", b"jg", b"jge", b"ja", b"jb", b"inc", b"dec",
    b"imul", b"mul", b"shl", b"shr", b"sar", b"ldr", b"str", b"ldp", b"stp", b"bl", b"b", b"cbz", b"cbnz",
    b"adrp",
];

/// `mov     rbp, rsp`, `jne .Lnext`, `movl %eax, 4(%rbp)`
fn is_instruction(first: &[u8], second: &[u8], body: &[u8]) -> bool {
    let operand = second.strip_suffix(b",").unwrap_or(second);
    let register = operand.starts_with(b"%")
        || operand.starts_with(b".L")
        || matches!(
            operand,
            [b'r' | b'e', b'a'..=b'd', b'x'] | [b'r' | b'e', b's' | b'd' | b'b' | b'i', b'p' | b'i'] | b"sp"
        )
        || second.ends_with(b",")
            && matches!(operand, [b'x' | b'w' | b'r', digits @ ..] if !digits.is_empty() && digits.iter().all(u8::is_ascii_digit));
    register && body.len() < 80 && INSTRUCTIONS.contains(&first)
}

/// Verbs of COBOL, in capitals.
static VERBS: [&[u8]; 14] = [
    b"MOVE",
    b"PERFORM",
    b"DISPLAY",
    b"COMPUTE",
    b"ADD",
    b"SUBTRACT",
    b"EVALUATE",
    b"ACCEPT",
    b"OPEN",
    b"CLOSE",
    b"READ",
    b"WRITE",
    b"CALL",
    b"INITIALIZE",
];

/// `PROGRAM-ID. LEDGER.`, `PROCEDURE DIVISION.`, `01 WS-ROW PIC 9(4).`, `MOVE WS-ROW TO OUT-ROW.`
fn is_cobol(first: &[u8], second: &[u8], body: &[u8]) -> bool {
    let has = |sign: &[u8]| memchr::memmem::find(body, sign).is_some();
    let heading = second == b"DIVISION." || second == b"SECTION." || first == b"PROGRAM-ID.";
    let level = first.len() == 2 && first.iter().all(u8::is_ascii_digit) && has(b" PIC ");
    let verb = || VERBS.contains(&first) && (body.ends_with(b".") || has(b" TO ") || has(b" UNTIL "));
    let shouted = || !body.iter().any(u8::is_ascii_lowercase);
    let operand = || second.contains(&b'-') || second.starts_with(b"\"") || shouted();
    heading || level || verb() && operand()
}

/// `require ledger.example/rows v0.1.0`, `replace ledger.example/rows => ../rows`: what a module of Go takes.
fn is_required(first: &[u8], second: &[u8], body: &[u8]) -> bool {
    let named = || second.contains(&b'/') && second.contains(&b'.');
    match first {
        b"require" | b"exclude" => named() && memchr::memmem::find(body, b" v").is_some(),
        b"replace" => named() && memchr::memmem::find(body, b" => ").is_some(),
        _ => false,
    }
}

/// `<?xml version="1.0"?>`, `<ledger xmlns="urn:a">`: what documents in XML begin with.
fn is_document(first: &[u8], body: &[u8]) -> bool {
    first.starts_with(b"<")
        && body.ends_with(b">")
        && (first == b"<?xml" || memchr::memmem::find(body, b" xmlns").is_some())
}

/// `Seq Scan on rows  (cost=0.00..35.50 rows=10 width=36)`: a step of a database's plan.
fn is_plan(body: &[u8]) -> bool {
    matches!(body, [.., b'0'..=b'9', b')'])
        && [&b" (cost="[..], b" (actual time="].iter().any(|sign| memchr::memmem::find(body, sign).is_some())
}

/// `msgid "the rows are paid"`, of a catalogue of messages; `%token <int> ROW`, of a grammar; `section .text`, of an assembler.
fn is_translation(first: &[u8], second: &[u8]) -> bool {
    match first {
        b"msgid" | b"msgstr" | b"msgctxt" | b"msgid_plural" => second.starts_with(b"\""),
        b"%token" | b"%start" | b"%type" | b"%left" | b"%right" | b"%nonassoc" => second.len() > 1,
        b"section" | b"segment" => matches!(second, b".text" | b".data" | b".bss" | b".rodata"),
        _ => false,
    }
}

/// `import kotlinx.flow`, `package main`, `use foo::bar as baz`: a name, and nothing or a new name for it.
fn named(name: &[u8], third: Option<&[u8]>, more: usize) -> Option<Verdict> {
    let name = name.strip_suffix(b";").unwrap_or(name);
    let renamed = match third {
        None => true,
        Some(b"as") => more == 1,
        Some(b"{" | b"where" | b"=") => true,
        Some(_) => false,
    };
    let parts = name.iter().any(|b| matches!(b, b'.' | b':' | b'/' | b'\\' | b'"' | b'\''));
    if !renamed || name.ends_with(b".") || name.ends_with(b":") || name.is_empty() {
        return None;
    }
    Some(if parts { Verdict::Code } else { Verdict::Maybe })
}

fn is_name(word: &[u8]) -> bool {
    let word = word.strip_suffix(b";").unwrap_or(word);
    !word.is_empty() && word.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'))
}

/// `DEPOT_REGION=north`: a variable of an environment.
pub(super) fn is_variable(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"export ").unwrap_or(body);
    let name =
        body.iter().take_while(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || **b == b'_').count();
    name >= 2 && body.get(name) == Some(&b'=') && body.get(name + 1) != Some(&b'=')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_told_from_sentences() {
        for code in [
            "from dataclasses import dataclass, field",
            "import kotlinx.coroutines.flow.Flow",
            "package a.b",
            "namespace Parcels.Web",
            "import qualified Data.Map as M",
            "use std::fmt;",
            "defmodule Depot.Sync do",
            "class Depot < ApplicationRecord",
            "data class Row(val id: Int)",
            "public sealed class Depot : IDepot",
            "pub struct Row {",
            "class Depot:",
            "settle' :: Ledger -> Int",
            "belongs_to :account",
            "|> List.map (fun row -> row.total)",
            "let settle (rows: int list) =",
            "Public Class Ledger",
            "attr_reader :rows, :total",
            "| row :: rest when row.total < limit -> rest",
            "ROWS := $(wildcard rows/*.csv)",
            "add_library(ledger STATIC src/a.c)",
            ".row__total { display: none; margin: 0 }",
            "mov     rbp, rsp",
            "jne     .Lnext",
            "movl %eax, -4(%rbp)",
            "<body><div id=\"root\"> </div></body>",
            "<!doctype html><title>a b</title>",
            "<Rows rows={rows} />",
            "module ledger.example/settle",
            "{rows.length && <Rows rows={rows} />}",
            "PROCEDURE DIVISION.",
            "01  WS-ROW PIC 9(4) VALUE 3.",
            "MOVE WS-ROW TO OUT-ROW.",
            "DISPLAY \"DONE\".",
            "require ledger.example/rows v0.1.0",
            "replace ledger.example/rows => ../rows",
            "<?xml version=\"1.0\"?>",
            "<ledger xmlns=\"urn:a\">",
            "->  Seq Scan on rows  (cost=0.00..35.50 rows=10 width=36)",
        ] {
            assert_eq!(judge(code.as_bytes()), Some(Verdict::Code), "{code}");
        }
        for perhaps in ["import os", "package main", "return Depot", "import numpy as np"] {
            assert_eq!(judge(perhaps.as_bytes()), Some(Verdict::Maybe), "{perhaps}");
        }
        for words in [
            "import the file again",
            "use it.",
            "from the start",
            "package manager is npm",
            "return to the page",
            "class names are wrong",
            "object storage: it fails",
            "interface changes",
            "the class Depot is too large",
            "class (of 2024)",
            "ok then :smile: good",
            "| a | b -> c |",
            "add rows, please",
            "test r2 again {fine}",
            "set {a: 1}",
            "call ebay, not us",
            "| start | 2.1 s | 0.8 s |",
            "<file_path>a b</file_path>",
            "<system-reminder> a b </system-reminder>",
            "a < b and c > d",
            "OPEN QUESTIONS remain.",
            "READ THIS first",
            "require a review",
            "replace rows => lines",
        ] {
            assert_eq!(judge(words.as_bytes()), None, "{words}");
        }
        assert!(is_variable(b"DEPOT_REGION=north") && is_variable(b"export PATH=$PATH:x"));
        assert!(!is_variable(b"exit=1") && !is_variable(b"A=b") && !is_variable(b"X == Y"));
    }
}
