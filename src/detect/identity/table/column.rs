//! What columns hold, and what a cell of each kind is.

use super::{Cell, EVIDENCE};
use crate::{
    detect::{
        canonical::canonical,
        code::distinct,
        identity::{account, branch, device, history, host, login, name, owner, remote},
        subject::{Hit, Hits},
    },
    finding::Learn,
    rule::id,
};

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// Names of containers, pods, services, namespaces.
    Object,
    /// Names of images.
    Image,
    /// Repositories with their owners.
    Repo,
    /// Machines.
    Host,
    /// Users.
    Login,
    /// People, by their names or their logins.
    Person,
    /// Branches.
    Branch,
    /// Projects and accounts.
    Org,
    /// Serial numbers.
    Serial,
    /// Numbers of cloud accounts.
    Account,
    /// Anything else.
    Other,
}

/// What stands in a column of that heading.
pub(super) fn column(heading: &[u8]) -> Column {
    match heading {
        b"NAME" | b"NAMES" | b"NAMESPACE" | b"OBJECT" | b"SERVICE" | b"CLUSTER" | b"RELEASE" | b"CHART"
        | b"STACK" | b"SSID" | b"VOLUME NAME" | b"DEPLOYMENT" | b"datname" | b"Name" | b"Repository"
        | b"ResourceGroup" => Column::Object,
        b"REPO" => Column::Repo,
        b"IMAGE" | b"REPOSITORY" => Column::Image,
        b"NODE" | b"HOST" | b"HOSTS" | b"HOSTNAME" | b"SERVER" | b"NODELIST(REASON)" | b"Host"
        | b"HostName" | b"ComputerName" | b"MachineName" | b"NodeList" => Column::Host,
        b"USER" | b"USERNAME" | b"Role name" | b"OWNER" | b"AUTHINFO" | b"AUTHOR" | b"CREATOR"
        | b"usename" | b"Owner" | b"User" | b"UserName" | b"Username" | b"Login" | b"LoginName"
        | b"SamAccountName" => Column::Login,
        b"Assignee" | b"Author" | b"Reporter" | b"Reviewer" | b"Maintainer" | b"Contact" | b"Lead"
        | b"DRI" => Column::Person,
        b"BRANCH" | b"HEAD BRANCH" | b"Branch" => Column::Branch,
        b"PROJECT" | b"PROJECT_ID" | b"Account" => Column::Org,
        b"PROJECT_NUMBER" | b"ACCOUNT_ID" | b"ACCOUNT ID" => Column::Account,
        b"SERIAL" | b"SERIALNUMBER" | b"SerialNumber" | b"Serial" => Column::Serial,
        _ => Column::Other,
    }
}

/// Adds what a cell of a column holds.
pub(super) fn push(bytes: &[u8], kind: Column, (start, end): Cell, hits: &mut Hits) {
    match kind {
        Column::Object => object(bytes, start, end, hits),
        Column::Repo if bytes[start..end].contains(&b'/') => remote::push_path(bytes, start, hits),
        Column::Image => image(bytes, start, end, hits),
        Column::Host if bytes[start..end].iter().any(u8::is_ascii_alphabetic) => {
            machine(bytes, start, end, hits)
        }
        Column::Login if !bytes[start..end].contains(&b'@') => {
            name::login_at(&bytes[..end], start, EVIDENCE, hits);
        }
        Column::Person => person(bytes, (start, end), hits),
        Column::Account => account::number_alone(bytes, start, end, hits),
        Column::Serial => device::row(bytes, (start, end), hits),
        Column::Branch if !bytes[start..end].contains(&b' ') => branch::push(bytes, start, end, hits),
        Column::Org if !bytes[start..end].contains(&b' ') => remote::push_org(bytes, start, end, hits),
        _ => {}
    }
}

/// Adds a person by name or login.
fn person(bytes: &[u8], (start, end): Cell, hits: &mut Hits) {
    let start = start + usize::from(bytes[start] == b'@');
    let text = &bytes[start..end];
    if text.contains(&b' ') && history::is_name(text) {
        name::push_person(bytes, start, end, hits);
    } else if !text.contains(&b' ') && distinct::is_unusual(text) {
        name::login_at(&bytes[..end], start, EVIDENCE, hits);
    }
}

/// Adds a machine, but for those of everyone.
pub(super) fn machine(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let name = &bytes[start..end];
    let shaped = name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
    if shaped && name.len() > 2 && distinct::is_unusual(name) && !host::is_known(name) {
        host::push(bytes, start, end, EVIDENCE, hits);
    }
}

/// Adds the name of a container, a pod, a service: without its kind before it and without what is drawn by lot or counted
/// behind it, and only if a word of it is none of everyone's.
pub(in super::super) fn object(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let start = start + memchr::memchr(b'/', &bytes[start..end]).map_or(0, |i| i + 1);
    let name = &bytes[start..end];
    let shaped = name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
    let name = &name[..base(name)];
    let everyones = name.starts_with(b"kube-") || !login::may_be_person(name);
    // `sda1` and `eth0` are everyone's.
    let short = name.len() < 5 && !name.iter().any(|b| matches!(b, b'-' | b'_'));
    if !shaped || short || name.len() < 3 || everyones || !distinct::is_unusual(name) {
        return;
    }
    let hit = Hit::new(id::IDENTITY_RESOURCE, start, start + name.len(), EVIDENCE).canonical(canonical(name));
    let telling = name.len() >= 6 && name.iter().any(|b| matches!(b, b'-' | b'_'));
    hits.push(if telling { hit.learn(Learn::Branch) } else { hit });
}

/// Length of a name without the numbers and the random parts that Kubernetes and Docker put behind it.
fn base(name: &[u8]) -> usize {
    let mut len = name.len();
    for longest in [5, 10] {
        let Some(sign) = name[..len].iter().rposition(|b| matches!(b, b'-' | b'_')) else { break };
        let tail = &name[sign + 1..len];
        let digits = tail.iter().any(u8::is_ascii_digit);
        let random = tail.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        let counted = tail.iter().all(u8::is_ascii_digit);
        let pod =
            longest == 5 && tail.len() == 5 && name[..sign].iter().rev().take(12).any(u8::is_ascii_digit);
        if tail.is_empty() || !(counted || random && (digits && tail.len() <= longest || pod)) {
            break;
        }
        len = sign;
    }
    len
}

/// Adds what says something in the name of an image: its registry, its owner, its own name.
pub(in super::super) fn image(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let name = &bytes[start..end];
    let slash = memchr::memrchr(b'/', name).map_or(0, |i| i + 1);
    let len = memchr::memchr2(b':', b'@', &name[slash..]).map_or(name.len(), |i| slash + i);
    let mut at = start;
    for (index, part) in name[..len].split(|b| *b == b'/').enumerate() {
        let to = at + part.len();
        if index == 0 && slash > 0 && part.contains(&b'.') {
            machine(bytes, at, to, hits);
        } else if index == 0 && slash > 0 && owner::is_public(part) {
            return;
        } else {
            object(bytes, at, to, hits);
        }
        at = to + 1;
    }
}
