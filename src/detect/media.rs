//! Pictures and documents in base64: by field, in `data:` URIs, and where a whole text is one.

use super::subject::{Hit, Hits, Subject};
use crate::{
    finding::Detail,
    rule::id,
    span::{Span, Text},
    transcript::{
        media::{decodes_to_text, kind_by_magic, minimal},
        text::{Field, MediaKind},
    },
};

use memchr::memmem::Finder;
use std::sync::LazyLock;

/// The least length of base64 in a `data:` URI that is worth replacing, in bytes: shorter holds no picture.
const LEAST: usize = 24;

/// Finds media in a subject, and takes back what others have found inside them: random letters look like anything.
/// Called once per text, last.
pub(crate) fn find(subject: &Subject<'_>, hits: &mut Hits) {
    let mut found = Hits::new();
    match subject.field {
        Field::Media(kind) => push(0, subject.bytes.len(), kind, "field", &mut found),
        _ => find_in_text(subject.bytes, &mut found),
    }
    if found.is_empty() {
        return;
    }
    let nothing = |hit: &&Hit| is_opaque(hit) || is_least(subject.bytes, hit);
    let media: Vec<_> = found.iter().filter(nothing).map(|hit| hit.span).collect();
    hits.retain(|hit| !is_inside(&media, hit.span));
    hits.extend(found.into_iter().filter(|hit| !is_least(subject.bytes, hit)));
}

/// Whether a medium is the least of its kind already.
fn is_least(bytes: &[u8], hit: &Hit) -> bool {
    matches!(hit.detail, Detail::Media(kind) if &bytes[hit.span.range()] == minimal(kind).as_bytes())
}

/// Whether `span` is part of one of `media`, which are sorted and disjoint.
fn is_inside(media: &[Span<Text>], span: Span<Text>) -> bool {
    let before = media.partition_point(|medium| medium.start() <= span.start());
    before > 0 && media[before - 1].covers(span)
}

/// Whether the bytes of a hit mean nothing but the medium. What is of no kind we know may hold text.
fn is_opaque(hit: &Hit) -> bool {
    matches!(hit.detail, Detail::Media(kind) if kind.is_opaque())
}

fn find_in_text(bytes: &[u8], hits: &mut Hits) {
    let whole = bytes.trim_ascii_end();
    if let Some(kind) =
        kind_by_magic(whole).filter(|_| whole.len() >= LEAST && body_len(whole) == whole.len())
    {
        push(0, whole.len(), kind, "whole text", hits);
        return;
    }
    static MARK: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b";base64,"));
    for at in MARK.find_iter(bytes) {
        let start = at + b";base64,".len();
        let end = start + body_len(&bytes[start..]);
        if let Some(kind) = uri_kind(bytes, at, &bytes[start..end]) {
            push(start, end, kind, "data URI", hits);
        }
    }
}

/// The kind of medium of a `data:` URI whose `;base64,` stands at byte `at`; text is none.
fn uri_kind(bytes: &[u8], at: usize, body: &[u8]) -> Option<MediaKind> {
    let head = &bytes[at.saturating_sub(100)..at];
    let media_type = &head[memchr::memmem::rfind(head, b"data:")? + b"data:".len()..];
    if body.len() < LEAST {
        return None;
    }
    let families: [&[u8]; 5] = [b"image/", b"audio/", b"video/", b"font/", b"application/"];
    kind_by_magic(body).or_else(|| {
        let named = families.iter().any(|family| media_type.starts_with(family));
        (named && (!decodes_to_text(body) || media_type.starts_with(b"image/"))).then_some(MediaKind::Other)
    })
}

/// Number of bytes of base64 at the start of `bytes`, padding included.
fn body_len(bytes: &[u8]) -> usize {
    let body = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_');
    let letters = bytes.iter().take_while(|b| body(b)).count();
    letters + bytes[letters..].iter().take(2).take_while(|b| **b == b'=').count()
}

/// Adds a hit.
fn push(start: usize, end: usize, kind: MediaKind, evidence: &'static str, hits: &mut Hits) {
    if start < end {
        hits.push(Hit::new(id::MEDIA_BASE64, start, end, evidence).detail(Detail::Media(kind)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::text::Role;

    fn found(text: &str, field: Field) -> Vec<(String, Detail)> {
        let subject = Subject { bytes: text.as_bytes(), key: None, role: Role::Value, field, cwd: None };
        let mut hits = Hits::new();
        find(&subject, &mut hits);
        hits.iter().map(|hit| (text[hit.span.range()].to_owned(), hit.detail)).collect()
    }

    const BODY: &str = "iVBORw0KGgoAAAANSUhEUgAAAF4AAABoCAYAAAB48UfeAAAMTWlDQ1BJQ0M=";

    #[test]
    fn media_are_found_in_fields_uris_and_whole_texts() {
        let png = Detail::Media(MediaKind::Png);
        assert_eq!(found(BODY, Field::Media(MediaKind::Png)), [(BODY.to_owned(), png)]);
        assert_eq!(found(BODY, Field::Free), [(BODY.to_owned(), png)]);
        assert_eq!(found(&format!("{BODY}\n\n"), Field::Free), [(BODY.to_owned(), png)]);
        let uri = format!("see ![x](data:image/png;base64,{BODY}) and data:image/png;base64,{BODY}");
        assert_eq!(found(&uri, Field::Free), [(BODY.to_owned(), png), (BODY.to_owned(), png)]);
    }

    #[test]
    fn the_least_media_and_text_are_left_alone() {
        for kind in [MediaKind::Png, MediaKind::Pdf, MediaKind::Heic, MediaKind::Gzip, MediaKind::Other] {
            assert_eq!(found(minimal(kind), Field::Media(kind)), []);
        }
        let uri = format!("data:image/png;base64,{}", minimal(MediaKind::Png));
        assert_eq!(found(&uri, Field::Free), []);
        let text =
            "data:text/plain;base64,aGVsbG8gd29ybGQgaGVsbG8gd29ybGQ= and ;base64,AAECAwQFBgcICQoLDA0ODwAA";
        assert_eq!(found(text, Field::Free), []);
    }

    #[test]
    fn what_others_found_inside_goes() {
        let text = format!("key data:image/png;base64,{BODY}");
        let mut hits =
            vec![Hit::new(id::MEDIA_BASE64, 0, 3, "outside"), Hit::new(id::MEDIA_BASE64, 40, 50, "inside")];
        let subject =
            Subject { bytes: text.as_bytes(), key: None, role: Role::Value, field: Field::Free, cwd: None };
        find(&subject, &mut hits);
        assert_eq!(hits.iter().map(|h| h.evidence).collect::<Vec<_>>(), ["outside", "data URI"]);
        for kind in [MediaKind::Png, MediaKind::Gzip] {
            let least = minimal(kind);
            let mut hits = vec![Hit::new(id::MEDIA_BASE64, 0, least.len(), "random")];
            let subject = Subject {
                bytes: least.as_bytes(),
                key: None,
                role: Role::Value,
                field: Field::Free,
                cwd: None,
            };
            find(&subject, &mut hits);
            assert!(hits.is_empty(), "{kind:?}");
        }
    }
}
