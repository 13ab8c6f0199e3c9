//! What tells one machine from all others: serial numbers, identifiers, security identifiers of Windows.

use super::{
    super::{
        subject::{Hit, Hits, Subject},
        word,
    },
    account,
    context::value_behind,
    domain,
};
use crate::rule::id;

/// How far behind its word a value may start, in bytes.
const REACH: usize = 36;

/// Looks at the value behind `Serial Number` and its like.
pub(super) fn serial(subject: &Subject<'_>, at: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    if !word::starts_word(bytes, at) && !bytes[at].is_ascii_uppercase() {
        return;
    }
    let from = begin(bytes, end);
    let start = value_behind(bytes, from, REACH);
    let len = bytes[start..].iter().take(65).take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
    let value = &bytes[start..start + len];
    let assigned = start > end;
    if account::is_uuid(value) {
        hits.push(Hit::new(id::IDENTITY_DEVICE_UUID, start, start + len, "identifier of a machine"));
    } else if assigned
        && is_serial(value)
        && word::ends_word(bytes, start + len)
        && !goes_on(bytes, start + len)
    {
        hits.push(Hit::new(id::IDENTITY_DEVICE, start, start + len, "identifier of a machine"));
    }
}

/// Words that may stand between `Serial number` and the number.
const SMALL: [&[u8]; 4] = [b" (system)", b" assigned to", b" is", b"]"];

/// Where to look for the value behind a word that ends at byte `end`: behind a small word, or below a heading.
fn begin(bytes: &[u8], end: usize) -> usize {
    let rest = &bytes[end..];
    let small = SMALL.iter().find(|word| rest.starts_with(word)).map_or(0, |word| word.len());
    let breaks = |b: &u8| matches!(b, b'\n' | b'\r');
    let blanks = rest[small..].iter().take(REACH).take_while(|b| **b == b' ').count();
    let below = rest[small + blanks..].iter().take(3).take_while(|b| breaks(b)).count();
    end + small + if below > 0 { blanks + below } else { 0 }
}

/// Adds the identifier of a graphics card behind `GPU-`, as drivers print it.
pub(super) fn card(subject: &Subject<'_>, at: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let value = bytes.get(end..end + UUID).unwrap_or_default();
    if account::is_uuid(value) && word::starts_word(bytes, at) && word::ends_word(bytes, end + UUID) {
        hits.push(Hit::new(id::IDENTITY_DEVICE, at, end + UUID, "identifier of a graphics card"));
    }
}

/// Length of a UUID.
const UUID: usize = 36;

/// Looks at the value behind `serial ` and `serial:`, the sign of which is one before byte `end`.
pub(super) fn told(subject: &Subject<'_>, at: usize, end: usize, hits: &mut Hits) {
    serial(subject, at, end - 1, hits);
}

/// Adds the serial number of an attached device, before the blanks that end at byte `at`: `0A061FDD4003HR   device usb:1-1`.
pub(super) fn attached(subject: &Subject<'_>, at: usize, _: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let (start, _) = word::line(bytes, at, 80);
    let end = start + bytes[start..at].trim_ascii_end().len();
    row(bytes, (start, end), hits);
}

/// Adds the serial number that is all of `start..end`.
pub(super) fn row(bytes: &[u8], (start, end): (usize, usize), hits: &mut Hits) {
    if is_serial(&bytes[start..end]) {
        hits.push(Hit::new(id::IDENTITY_DEVICE, start, end, "serial number in its column"));
    }
}

/// Whether what follows makes the value code: a call, a member.
fn goes_on(bytes: &[u8], end: usize) -> bool {
    matches!(bytes.get(end), Some(b'(' | b'[' | b'.' | b'='))
        && bytes.get(end + 1).is_some_and(|b| !b.is_ascii_whitespace())
}

/// Whether a value can be a serial number: capitals and digits, or hexadecimal digits.
fn is_serial(value: &[u8]) -> bool {
    let digits = value.iter().filter(|b| b.is_ascii_digit()).count();
    let capitals = value.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'-');
    let hex = value.iter().all(u8::is_ascii_hexdigit);
    let different = value.iter().any(|b| *b != value[0]);
    (8..=64).contains(&value.len()) && digits >= 2 && (capitals || hex) && different
}

/// Looks at the security identifier at byte `at`.
pub(super) fn sid(subject: &Subject<'_>, at: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let len = bytes[end..].iter().take(48).take_while(|b| b.is_ascii_digit() || **b == b'-').count();
    let mut end = end + len;
    while bytes[end - 1] == b'-' {
        end -= 1;
    }
    let parts = bytes[at..end].iter().filter(|b| **b == b'-').count();
    if parts >= 6 && word::starts_word(bytes, at) {
        hits.push(Hit::new(id::IDENTITY_DEVICE, at, end, "security identifier"));
        domain::before(bytes, at, hits);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{hits, marked, plain};
    use crate::rule::id;

    #[test]
    fn devices_are_told_by_words_and_headings() {
        for text in [
            "Serial number assigned to: \"«F4-9KWD-27XN-BB3C»\"",
            "[ro.serialno]: [«R5ZX20TBLHZ»]\n[gsm.imei]: [«356938035643809»]",
            "SerialNumber  \n«5CG2194XKQ»  \n",
            "  iSerial                 3 «000960114827»",
            "GPU 0: NVIDIA H100 (UUID: «GPU-8f3c2d71-40be-9a16-77e2-5b0c9d1e4fa3»)",
            "IMEI «352656100418821» ICCID «89470060220418827713»",
            "the serial number is wrong\nthe next line 12345678",
            "gpu-accelerated, GPU-0, the simsi 12345678",
        ] {
            let plainly = text.replace(['«', '»'], "");
            let device = |hit: &crate::detect::subject::Hit| {
                hit.rule == id::IDENTITY_DEVICE || hit.rule == id::IDENTITY_DEVICE_UUID
            };
            assert_eq!(marked(&plainly, &hits(&plain(&plainly)), device), text);
        }
    }
}
