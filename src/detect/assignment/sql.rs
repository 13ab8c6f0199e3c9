//! `IDENTIFIED BY` of SQL.

use super::{
    Value,
    judge::{Ground, judge},
    name::{Kind, Name},
    push,
    separator::{self, How},
    value,
};
use crate::{detect::subject::Hits, transcript::text::Field};

/// Whether `word` stands at `at`, in any case.
pub(super) fn is_word(bytes: &[u8], at: usize, word: &[u8]) -> bool {
    bytes.get(at..at + word.len()).is_some_and(|have| have.eq_ignore_ascii_case(word))
}

/// Whether a statement of SQL names a user or a role before its `IDENTIFIED BY`.
fn names_user(before: &[u8]) -> bool {
    let statement = memchr::memrchr(b';', before).map_or(before, |i| &before[i + 1..]);
    statement.windows(6).any(|w| {
        [&b" user "[..], b"grant ", b" role ", b" link "]
            .iter()
            .any(|word| w[..word.len()].eq_ignore_ascii_case(word))
    })
}

/// `CREATE USER u IDENTIFIED BY 'x'`, given where the two words stand.
pub(super) fn identified_by(bytes: &[u8], at: usize, hits: &mut Hits) {
    if !names_user(&bytes[at.saturating_sub(160)..at]) {
        return;
    }
    let at = separator::skip_blanks(bytes, at + 13);
    let at = at + if is_word(bytes, at, b"password ") { 9 } else { 0 };
    let name = Name { kind: Kind::Password, certain: true };
    let Some(value) = value::read(bytes, at, How::Space) else { return };
    let ground = if value.quoted { Ground::Literal } else { Ground::Code };
    if let Some((sure, evidence)) = judge(name, &bytes[value.start..value.end], ground, Field::Free) {
        push(hits, value.start, value.end, sure, evidence);
        replaced(bytes, &value, (name, ground), hits);
    }
}

/// `… BY x REPLACE y`: the password that another one takes the place of.
fn replaced(bytes: &[u8], by: &Value, (name, ground): (Name, Ground), hits: &mut Hits) {
    const WORD: &[u8] = b" replace ";
    let at = by.end + usize::from(by.quoted);
    if is_word(bytes, at, WORD)
        && let Some(old) = value::read(bytes, at + WORD.len(), How::Space)
        && let Some((sure, evidence)) = judge(name, &bytes[old.start..old.end], ground, Field::Free)
    {
        push(hits, old.start, old.end, sure, evidence);
    }
}

/// Where the literal is in `SET PASSWORD FOR 'bob'@'%' = 'x'`, given where its second word ends.
pub(super) fn set_password(bytes: &[u8], end: usize) -> Option<usize> {
    if !bytes[end..].starts_with(b" FOR ") {
        return None;
    }
    let rest = &bytes[end..bytes.len().min(end + 96)];
    let sign = memchr::memmem::find(rest, b" = ")?;
    (!rest[..sign].contains(&b'\n')).then_some(end + sign + 3)
}
