//! Who and where: people, addresses, machines, accounts. One file per kind.

mod account;
mod address;
mod answered;
mod around;
mod birth;
mod branch;
mod card;
mod carrier;
mod chat;
mod context;
mod csv;
mod device;
mod domain;
mod email;
mod filed;
mod firm;
mod given;
mod history;
mod host;
mod iban;
mod insert;
mod ip;
mod keyed;
mod listing;
pub(super) mod login;
mod mac;
mod message;
mod name;
mod national;
mod numbered;
mod object;
mod owner;
mod phone;
mod place;
mod printed;
mod remote;
mod slash;
mod spelled;
mod spelling;
mod street;
mod table;
#[cfg(test)]
pub(super) mod tests;
mod told;
mod tracker;
mod user;
mod windows;

pub(super) use answered::find as answered;
pub(super) use spelling::{Spelling, spellings};

use super::subject::{Hits, Subject};
use crate::{
    scan::{Candidate, Kind},
    transcript::text::{Field, Role},
};

/// Adds the host of a project's own packages.
pub(super) fn own_host(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    host::push(bytes, start, end, "host of a project's packages", hits);
}

/// Adds the ticket at `start..end`, unless it is a standard or a step of a list.
pub(super) fn ticket(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    message::ticket(bytes, start, end, hits);
}

/// Whether an owner's repositories are public.
pub(super) fn is_public_org(name: &[u8]) -> bool {
    owner::is_public(name)
}

/// Looks at a candidate of any kind; names of code in what programs say are wanted if `code` says so.
pub(super) fn find(subject: &Subject<'_>, candidate: Candidate, code: bool, hits: &mut Hits) {
    let at = candidate.at;
    match candidate.kind {
        Kind::At => email::find(subject, at, hits),
        Kind::Url => address::find(subject, at, hits),
        Kind::Digits => {
            ip::find(subject, at, hits);
            mac::find(subject, at, hits);
            card::find(subject, at, hits);
            iban::find(subject, at, hits);
            phone::find(subject, at, hits);
            national::find(subject, at, hits);
            chat::numbered(subject, at, hits);
        }
        Kind::Carrier => {
            carrier::find(subject, at, hits);
            message::find(subject, at, code, hits);
        }
        _ => {}
    }
}

/// Looks at a text as a whole: what its key and its field say of it, and what no candidate points at.
pub(super) fn find_whole(subject: &Subject<'_>, code: bool, hits: &mut Hits) {
    // Where code goes, a file goes with its names.
    let filed = !code
        && matches!(
            subject.field,
            Field::Code(
                "" | "text" | "markdown" | "csv" | "rst" | "asciidoc" | "yaml" | "xml" | "toml" | "ini"
            )
        );
    if (filed || matches!(subject.field, Field::Free | Field::Prose | Field::Answer | Field::Output))
        && subject.role != Role::Key
    {
        message::lines::find(subject, code, hits);
        given::find_all(subject, hits);
        chat::tags(subject.bytes, hits);
        if matches!(subject.field, Field::Prose | Field::Answer) {
            told::find_all(subject, code, hits);
        }
        printed::find(subject, hits);
        csv::find(subject, hits);
        slash::find_all(subject, hits);
    }
    let told = subject.field == Field::Free && matches!(subject.key, Some(b"cmd" | b"command"));
    if subject.field == Field::Command || told {
        message::argument::find(subject, hits);
    }
    if !matches!(subject.field, Field::Structural | Field::Opaque | Field::Path | Field::WorkingDirectory) {
        domain::find_all(subject, hits);
        numbered::find_all(subject, hits);
        user::tildes(subject, hits);
    }
    match subject.field {
        Field::Branch => branch::whole(subject, hits),
        Field::Repository => remote::whole_repository(subject, hits),
        Field::Account => account::whole(subject, hits),
        Field::Name => keyed::whole(subject, hits),
        Field::Structural | Field::Opaque => {}
        _ if subject.key.is_some() && subject.role != Role::Key => {
            national::find_keyed(subject, hits);
            keyed::find_keyed(subject, hits);
            chat::keyed(subject, hits);
            place::keyed(subject, hits);
            account::find_keyed(subject, hits);
            remote::find_keyed(subject, hits);
            if code {
                tracker::find_keyed(subject, hits);
            }
        }
        _ => {}
    }
}
