//! Who and where: people, addresses, machines, accounts. One file per kind.

mod card;
mod email;
mod ip;
pub(super) mod login;
mod mac;
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
        }
        _ => {}
    }
}
