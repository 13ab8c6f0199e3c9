//! A login and its password with a stroke between: `admin/x on the router`, `bob@acme.io / x`.

use super::{
    super::{
        assignment, reference,
        subject::{Hits, Subject},
    },
    is_at, is_of_login, line_before, take,
};
use crate::transcript::text::Field;

/// Logins that everyone has, what divides them from their password, and how much the scan leaves out.
pub(super) const LOGINS: [(&str, usize); 3] = [("admin/", 2), ("admin / ", 2), ("root/", 0)];

/// What divides an address of mail or of a machine from its password.
const STROKE: &str = " / ";

/// Looks at the pair whose literal is at byte `at`, and says whether there may be one.
pub(super) fn find(subject: &Subject<'_>, at: usize, hits: &mut Hits) -> bool {
    let bytes = subject.bytes;
    for (login, skip) in LOGINS {
        if let Some(start) = at.checked_sub(skip).filter(|start| is_at(bytes, *start, login)) {
            said(subject, start, start + login.len(), hits);
            return true;
        }
    }
    let stroke = bytes[at..].starts_with(STROKE.as_bytes());
    if stroke && let Some(start) = address(bytes, at) {
        said(subject, start, at + STROKE.len(), hits);
    }
    stroke
}

/// Where the address starts that ends at byte `end`, perhaps before a quote: `bob@acme.io`, `root@10.0.0.4`.
fn address(bytes: &[u8], end: usize) -> Option<usize> {
    let text = line_before(bytes, end);
    let text = text.strip_suffix(b"`").or(text.strip_suffix(b"\"")).unwrap_or(text);
    let text = text.strip_suffix(b"**").unwrap_or(text);
    let login = text.iter().rev().take_while(|b| is_of_login(**b)).count();
    let word = &text[text.len() - login..];
    let sign = memchr::memchr(b'@', word)?;
    let named = sign > 0 && sign + 2 < word.len();
    let start = end - line_before(bytes, end).len() + text.len() - login;
    named.then_some(start)
}

/// `admin/x on the router`: a login and a password, where people say something.
fn said(subject: &Subject<'_>, at: usize, start: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let before = &bytes[..at];
    let edge = before.last().is_none_or(|b| {
        matches!(
            b,
            b' ' | b'\n' | b'\t' | b'(' | b'[' | b'>' | b'"' | b'\'' | b'`' | b'*' | b':' | b'_' | b'-'
        )
    });
    if matches!(subject.field, Field::Code(_) | Field::Patch(_)) || !edge {
        return;
    }
    let start = start + usize::from(matches!(bytes.get(start), Some(b'`' | b'"')));
    let stop =
        |b: &u8| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b'`' | b',' | b')' | b'(' | b'\\');
    let limit = bytes.len().min(start + 64);
    let length = bytes[start..limit].iter().position(stop).unwrap_or(limit - start);
    let end = assignment::trim_tail(bytes, start, start + length);
    let value = &bytes[start..end];
    if !value.contains(&b'/') && reference::is_strongly_made_up(value) {
        take(bytes, (start, end), true, hits);
    }
}
