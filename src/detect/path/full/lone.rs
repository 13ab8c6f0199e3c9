//! Names of files without a folder, such as `invoice.py` in prose.

use super::{super::familiar, Part, State};
use crate::{
    detect::{
        code::mention,
        subject::{Hits, Subject},
        word,
        words::{WordSet, words},
    },
    simd,
};

/// Names of files without a folder, such as `invoice.py` in prose.
pub(in crate::detect::path) fn lone_files(subject: &Subject<'_>, hits: &mut Hits) {
    let bytes = subject.bytes;
    for dot in simd::places(b'.', bytes) {
        let tail =
            bytes[dot + 1..].iter().take(12).take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
        let (extension, end) = (&bytes[dot + 1..dot + 1 + tail], dot + 1 + tail);
        let goes_on = matches!(bytes.get(end), Some(b'(' | b'/' | b'\\' | b'@' | b'='))
            || bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
        if tail == 0 || goes_on || !familiar::is_lone_extension(extension) {
            continue;
        }
        let start = lone_start(bytes, dot);
        let alone = !matches!(bytes[..start].last(), Some(b'/' | b'\\' | b'@' | b'$' | b'%' | b')' | b']'));
        let text = &bytes[start..end];
        let own = start < dot && alone && !is_product(text) && text[0].is_ascii_alphanumeric();
        // `org.hibernate.SQL` is a logger.
        let class = || extension[0].is_ascii_uppercase() && mention::is_library(text);
        if own && !is_of_library(&bytes[..start]) && !class() {
            State::default().component(text, Part { start, end }, true, hits);
        }
    }
}

/// Whether a file's name stands in the frame of a library: `java.util.ArrayList.forEach(ArrayList.java:1511)`.
fn is_of_library(head: &[u8]) -> bool {
    let Some(head) = head.strip_suffix(b"(") else { return false };
    let head = head.strip_suffix(b" ").unwrap_or(head);
    let part = |b: &&u8| b.is_ascii_alphanumeric() || matches!(**b, b'.' | b'_' | b'$' | b'<' | b'>');
    let len = head.iter().rev().take(200).take_while(part).count();
    mention::is_library(&head[head.len() - len..])
}

/// Where the name starts that the dot at byte `dot` is in.
fn lone_start(bytes: &[u8], dot: usize) -> usize {
    let floor = dot.saturating_sub(128);
    let name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
    let mut start = dot - bytes[floor..dot].iter().rev().take_while(|b| name(b)).count();
    while start < dot && (word::follows_escape(bytes, start + 1) || matches!(bytes[start], b'-' | b'.')) {
        start += 1;
    }
    start
}

/// Whether `text` is a product or a member of a well-known object and no file: `Node.js`, `response.json`.
fn is_product(text: &[u8]) -> bool {
    let stem = memchr::memchr(b'.', text).map_or(text, |i| &text[..i]);
    let js = text.to_ascii_lowercase().ends_with(b"js");
    js && PRODUCTS.has(stem) || OBJECTS.has(stem)
}

/// Products whose names end like a script's; sorted.
static PRODUCTS: WordSet = words![
    "alpine",
    "angular",
    "backbone",
    "chart",
    "d3",
    "discord",
    "ember",
    "express",
    "fuse",
    "hapi",
    "highlight",
    "htmx",
    "koa",
    "moment",
    "mustache",
    "nest",
    "next",
    "node",
    "nuxt",
    "p5",
    "pdf",
    "pixi",
    "preact",
    "qwik",
    "react",
    "remix",
    "socket",
    "solid",
    "svelte",
    "tensorflow",
    "three",
    "typed",
    "vue",
];

/// Objects whose members look like files; sorted.
static OBJECTS: WordSet = words![
    "data", "document", "e", "fs", "i", "json", "math", "np", "os", "pd", "process", "req", "request", "res",
    "resp", "response", "self", "sys", "t", "this", "window",
];
