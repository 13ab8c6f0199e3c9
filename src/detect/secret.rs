//! Secrets told by their context: hands each candidate to the code that knows what may follow it.

use super::{
    assignment, command, credential_file, header, pem, prose, random,
    subject::{Hits, Subject},
    token, url,
};
use crate::scan::{Candidate, Kind};

/// Looks at what stands under a key that says what it is.
pub(super) fn find_keyed(subject: &Subject<'_>, hits: &mut Hits) {
    if subject.key.is_some() {
        let from = hits.len();
        assignment::find_keyed(subject, hits);
        header::find_keyed(subject, hits);
        token::name(subject, from, hits);
    }
}

/// Looks at one candidate.
pub(super) fn find(subject: &Subject<'_>, candidate: Candidate, hits: &mut Hits) {
    let from = hits.len();
    match candidate.kind {
        Kind::Word => find_word(subject, candidate.at, hits),
        Kind::Random => {
            token::find_near(subject, candidate.at, hits);
            random::find(subject, candidate.at, hits);
        }
        Kind::Pem => pem::find(subject, candidate.at, hits),
        Kind::Token => token::find(subject, candidate.at, hits),
        Kind::Url => url::find(subject, candidate.at, hits),
        _ => {}
    }
    token::name(subject, from, hits);
}

fn find_word(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    match subject.bytes[at] {
        b'?' | b'&' => url::find_parameter(subject, at, hits),
        b'@' => url::find_bare(subject, at, hits),
        _ => {
            assignment::find(subject, at, hits);
            header::find(subject, at, hits);
            if subject.bytes[at..].starts_with(b"thin:") {
                url::find_bare(subject, at, hits);
            }
            prose::find(subject, at, hits);
            command::find(subject, at, hits);
            credential_file::find(subject, at, hits);
        }
    }
}
