//! Statements that look like a few words: what they begin with and how many words follow tells them from a sentence.

mod declaration;
mod language;
mod markup;
mod notation;

use super::{line::Verdict, span};
use declaration::{is_basic, is_declaration, is_signature, is_symbol_call};
use language::{
    is_arm, is_bytecode, is_cobol, is_graph_query, is_instruction, is_make, is_required, is_translation,
};
use markup::{is_document, is_markup, is_style, is_template};

/// What a line is if it is a statement of one of a few forms, whatever its letters look like.
pub(super) fn judge(body: &[u8]) -> Option<Verdict> {
    if body.len() > 160 {
        return notation::is_segment(body).then_some(Verdict::Code);
    }
    let mut words = body.split(|b| *b == b' ').filter(|word| !word.is_empty());
    let first = words.next()?;
    if let Some(verdict) = notation::judge(body) {
        return Some(verdict);
    }
    let Some(second) = words.next() else {
        return is_pattern(body).then_some(Verdict::Code).or(is_section(body).then_some(Verdict::Maybe));
    };
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
        || is_template(body)
        || is_graph_query(first, body)
        || is_pattern(body)
        || is_bytecode(body)
        || is_translation(first, second)
    {
        return Some(Verdict::Code);
    }
    // `package rows // import "ledger.example/rows"`, as Go shows what it documents.
    let (third, more) = match (words.next(), words.count()) {
        (Some(b"//"), _) => (None, 0),
        found => found,
    };
    match first {
        b"(ns" => Some(Verdict::Code),
        b"from" => (third == Some(b"import") || is_joined(body)).then_some(Verdict::Code),
        b"defmodule" | b"#include" | b"#import" | b"#define" | b"#pragma" | b"#version" | b"#extension" => {
            Some(Verdict::Code)
        }
        // What Go's documentation shows of a function: no brace follows.
        b"func" if second.contains(&b'(') && body.ends_with(b")") => Some(Verdict::Code),
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

/// `VAR_INPUT`, `END_IF;`: what opens and closes a section in languages of controllers.
fn is_section(body: &[u8]) -> bool {
    let name = body.strip_suffix(b";").unwrap_or(body);
    (name.starts_with(b"VAR_") || name.starts_with(b"END_"))
        && name.iter().all(|b| b.is_ascii_uppercase() || *b == b'_')
}

/// `from rows r left join depots d using (depot_id)`: tables of a query that are put together.
fn is_joined(body: &[u8]) -> bool {
    let join = memchr::memmem::find(body, b" join ").map(|at| &body[at..]).unwrap_or_default();
    memchr::memmem::find(join, b" using (").is_some()
        || memchr::memmem::find(join, b" on ").is_some_and(|at| join[at..].contains(&b'='))
}

/// `^(?<row>[A-Z]{3}-\d{4})\s+$`: an expression to match that stands for itself.
fn is_pattern(body: &[u8]) -> bool {
    matches!(body.first(), Some(b'^' | b'/' | b'(' | b'\\'))
        && !body.starts_with(b"//")
        && span::is_expression(body)
        && memchr::memchr_iter(b' ', body).count() < 3
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
            "from rows r left join ledger.depots d using (depot_id)",
            "import qualified Data.Map as M",
            "func Settle(ctx context.Context, rows []Row) ([]Row, error)",
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
            "2           0 LOAD_FAST                0 (claim)",
            "8 RETURN_VALUE",
            "MATCH (r:Row)-[:IN]->(l:Ledger) RETURN r",
            "- name: {{ printf \"%s\" $.Release.Name | quote }}",
            "^(?<row>[A-Z]{3}-\\d{4})\\s+(?:total=)(?!NaN)$",
            "PROCEDURE DIVISION.",
            "01  WS-ROW PIC 9(4) VALUE 3.",
            "MOVE WS-ROW TO OUT-ROW.",
            "DISPLAY \"DONE\".",
            "require ledger.example/rows v0.1.0",
            "replace ledger.example/rows => ../rows",
            "<?xml version=\"1.0\"?>",
            "<ledger xmlns=\"urn:a\">",
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
            "3 RETURNS were late",
            "{{ name }} is replaced",
            "MATCH found (two rows)",
            "/srv/ledger/rows.rs",
            "^ this one is wrong",
        ] {
            assert_eq!(judge(words.as_bytes()), None, "{words}");
        }
        assert!(is_variable(b"DEPOT_REGION=north") && is_variable(b"export PATH=$PATH:x"));
        assert!(!is_variable(b"exit=1") && !is_variable(b"A=b") && !is_variable(b"X == Y"));
    }
}
