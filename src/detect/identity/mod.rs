//! Who and where: people, addresses, machines, accounts. One file per kind.

mod card;
mod context;
mod email;
mod iban;
mod ip;
pub(super) mod login;
mod mac;
mod national;
mod phone;
#[cfg(test)]
pub(super) mod tests;

use super::subject::{Hits, Subject};
use crate::scan::{Candidate, Kind};

/// Looks at a candidate of any kind.
pub(super) fn find(subject: &Subject<'_>, candidate: Candidate, hits: &mut Hits) {
    let at = candidate.at;
    match candidate.kind {
        Kind::At => email::find(subject, at, hits),
        Kind::Digits => {
            ip::find(subject, at, hits);
            mac::find(subject, at, hits);
            card::find(subject, at, hits);
            iban::find(subject, at, hits);
            phone::find(subject, at, hits);
            national::find(subject, at, hits);
        }
        Kind::Carrier => national::find_named(subject, at, hits),
        _ => {}
    }
}

/// Looks at a text as a whole: what its key and its field say of it.
pub(super) fn find_whole(subject: &Subject<'_>, hits: &mut Hits) {
    if subject.key.is_some() {
        national::find_keyed(subject, hits);
    }
}
