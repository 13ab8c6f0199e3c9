//! Paths: what in them says who, where and what is built. A hit is one component, so that all else in a path stays as
//! it is: its depth, its separators, its extension.

mod home;
mod name;
mod root;
mod separator;
mod slug;
mod temp;

use super::subject::{Hits, Subject};
use crate::scan::{Candidate, Kind};

/// Looks at a candidate of any kind: at the folder of users, in any spelling, that starts at or shortly behind it.
pub(super) fn find(subject: &Subject<'_>, candidate: Candidate, hits: &mut Hits) {
    let at = candidate.at;
    if candidate.kind != Kind::Home {
        return;
    }
    if subject.bytes[at] == b'-' {
        slug::find(subject, at, hits);
    } else {
        home::find(subject, at, hits);
        temp::find(subject, at, hits);
    }
}
