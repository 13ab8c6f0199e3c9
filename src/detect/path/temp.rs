//! Temporary folders that belong to one user: `/var/folders/xx/…` on macOS, `/run/user/…` on Linux.

use super::{
    root,
    separator::{self, Separator},
};
use crate::{
    detect::subject::{Hit, Hits, Subject},
    rule::id,
};

/// Length of the second part of a user's temporary folder on macOS.
const FOLDER_HASH: usize = 30;

/// User numbers that systems give to their first users: they say nothing.
const COMMON: [std::ops::RangeInclusive<u32>; 3] = [0..=99, 500..=510, 1000..=1010];

/// Looks at the `folders` or `user` near byte `at`.
pub(super) fn find(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    if let Some(from) = behind(bytes, at, b"folders", &[b"var"]) {
        folders(bytes, from, hits);
    } else if let Some(from) = behind(bytes, at, b"user", &[b"run"]) {
        number(bytes, from.0, hits);
    }
}

/// Behind the folder `name` near byte `at`, if its path comes through a folder of `parents`.
fn behind(bytes: &[u8], at: usize, name: &[u8], parents: &[&[u8]]) -> Option<(usize, Separator)> {
    let window = &bytes[at..(at + name.len() + 8).min(bytes.len())];
    let start = at + window.windows(name.len()).position(|w| w == name)?;
    let before = separator::ending(bytes, start)?;
    let after = separator::starting(bytes, start + name.len())?;
    let root = root::before(bytes, start - before.width, before.family)?;
    let parent = root.parts.last().is_some_and(|p| parents.contains(p));
    parent.then_some((start + name.len() + after.width, after))
}

/// The two parts of a user's folder on macOS: `xx/` and thirty letters, digits and underscores.
fn folders(bytes: &[u8], (from, after): (usize, Separator), hits: &mut Hits) {
    let part =
        |at: usize| bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    let second = from + 2 + separator::starting(bytes, from + 2).map_or(0, |s| s.width);
    if part(from) != 2 || second == from + 2 || part(second) < FOLDER_HASH - 2 || after.width == 0 {
        return;
    }
    for (start, end) in [(from, from + 2), (second, second + part(second))] {
        let value = bytes[start..end].to_vec();
        hits.push(Hit::new(id::PATH_TEMP, start, end, "temporary folder of one user").canonical(value));
    }
}

/// The number of a user that is not one of the first on a machine.
fn number(bytes: &[u8], from: usize, hits: &mut Hits) {
    let digits = bytes[from..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
    let number = std::str::from_utf8(&bytes[from..from + digits]).ok().and_then(|s| s.parse().ok());
    if number.is_some_and(|n: u32| !COMMON.iter().any(|c| c.contains(&n))) {
        hits.push(Hit::new(id::PATH_TEMP, from, from + digits, "number of a user"));
    }
}
