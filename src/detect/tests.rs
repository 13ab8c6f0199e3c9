//! A bench for detectors: texts with the exact bytes to be found between `«` and `»`.

use super::{Hits, Subject, Wanted, dispatch, secret};
use crate::{
    scan::Scanner,
    transcript::text::{Field, Role},
};
use std::sync::LazyLock;

/// Made once: that takes a while where nothing is optimised.
static SCANNER: LazyLock<Scanner> = LazyLock::new(Scanner::default);

/// What every detector finds in `text`, as one subject: the spans, sorted, overlapping ones merged.
pub(super) fn found(text: &[u8], key: Option<&[u8]>) -> Vec<(usize, usize)> {
    let subject = Subject { bytes: text, key, role: Role::Value, field: Field::Free, cwd: None };
    let (mut candidates, mut hits) = (Vec::new(), Hits::new());
    SCANNER.scan(text, &mut candidates);
    secret::find_keyed(&subject, &mut hits);
    for candidate in candidates {
        dispatch(&subject, candidate, Wanted::new(|_, _| true), &mut hits);
    }
    let mut spans: Vec<_> = hits
        .iter()
        .filter(|hit| hit.rule.rule().class == crate::rule::Class::Secret)
        .map(|hit| (hit.span.start(), hit.span.end()))
        .collect();
    spans.sort_unstable();
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (start, end) in spans {
        match out.last_mut() {
            Some(last) if start < last.1 => last.1 = last.1.max(end),
            _ => out.push((start, end)),
        }
    }
    out
}

/// Fails unless exactly the marked bytes of `text` are found.
#[track_caller]
pub(super) fn check(text: &str) {
    assert_eq!(marked(text), text);
}

/// `text` with what is found in it marked, instead of what was.
pub(super) fn marked(text: &str) -> String {
    let plain = text.replace(['«', '»'], "");
    let mut marked = plain.clone();
    for (start, end) in found(plain.as_bytes(), None).into_iter().rev() {
        marked.insert(end, '»');
        marked.insert(start, '«');
    }
    marked
}

/// Whether anything is found in `value` under the JSON key `key`.
pub(super) fn keyed(key: &str, value: &str) -> bool {
    !found(value.as_bytes(), Some(key.as_bytes())).is_empty()
}
