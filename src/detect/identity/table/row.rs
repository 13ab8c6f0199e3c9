//! Rows whose shape says what they are where the heading was cut off.

use super::{
    Cell, MAX_LINE, cells,
    column::{image, machine, object},
};
use crate::detect::{
    subject::{Hits, Subject},
    word,
};

/// A row of `docker ps` without a heading; `at` is in the column of its age.
pub(in super::super) fn container(subject: &Subject<'_>, at: usize, _: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let (start, end) = word::line(bytes, at, MAX_LINE);
    let row = cells(bytes, start, end);
    let [(from, to), of, .., last] = row[..] else { return };
    if to - from >= 12 && bytes[from..to].iter().all(u8::is_ascii_hexdigit) && row.len() > 4 {
        image(bytes, of.0, of.1, hits);
        object(bytes, last.0, last.1, hits);
    }
}

/// A row of `kubectl get pods` without a heading; `at` is before the column of its status.
pub(in super::super) fn pod(subject: &Subject<'_>, at: usize, _: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let (start, end) = word::line(bytes, at, MAX_LINE);
    let row = cells(bytes, start, end);
    let ready = |&(from, to): &Cell| {
        let cell = &bytes[from..to];
        cell.contains(&b'/') && cell.iter().all(|b| b.is_ascii_digit() || *b == b'/')
    };
    let Some(place) = row.iter().position(ready).filter(|place| (1..3).contains(place)) else { return };
    for &(from, to) in &row[..place] {
        object(bytes, from, to, hits);
    }
    if let Some(&(from, to)) = row.get(place + 5) {
        machine(bytes, from, to, hits);
    }
}
