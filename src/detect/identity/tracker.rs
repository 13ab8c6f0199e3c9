//! What issue trackers, forges and clouds call the things of a firm in their answers: the value under `project`, `team`,
//! `milestone`, `workspace`, `customer`.

use super::{
    super::{
        canonical::canonical,
        path,
        subject::{Hit, Hits, Subject},
        vocabulary,
        words::{WordSet, words},
    },
    host, login, owner, table,
};
use crate::{
    finding::Learn,
    rule::{Confidence, id},
};

/// The longest name, in bytes.
const LONGEST: usize = 60;

/// The most words of a name.
const MOST_WORDS: usize = 5;

/// Looks at a text whose key says that it is the name of a project or of a group of people.
pub(super) fn find_keyed(subject: &Subject<'_>, hits: &mut Hits) {
    let text = subject.bytes;
    if text.is_empty() || text.len() > LONGEST {
        return;
    }
    let key = subject.key.unwrap_or_default();
    let mut letters = [0; 24];
    let mut len = 0;
    for &byte in key.iter().filter(|b| b.is_ascii_alphabetic()) {
        let Some(slot) = letters.get_mut(len) else { return };
        *slot = byte;
        len += 1;
    }
    let (rule, learn) = match &letters[..len] {
        key if PROJECTS.has(key) => (id::PATH_PROJECT, Learn::Project),
        key if GROUPS.has(key) => (id::IDENTITY_ORG, Learn::Org),
        key if RESOURCES.has(key) && text[0].is_ascii_lowercase() => {
            return table::object(text, 0, text.len(), hits);
        }
        _ => return,
    };
    if is_name(text) {
        let learn = if vocabulary::has(text) { Learn::Brand } else { learn };
        let hit = Hit::new(rule, 0, text.len(), "key for a project or a group").canonical(canonical(text));
        hits.push(hit.confidence(Confidence::Medium).learn(learn));
    }
}

/// Whether a text is a name and no path, address, number, sentence or setting.
fn is_name(text: &[u8]) -> bool {
    let plain =
        |b: &u8| b.is_ascii_alphanumeric() || *b >= 0x80 || matches!(b, b' ' | b'-' | b'_' | b'&' | b'\'');
    text[0].is_ascii_alphabetic()
        && text.iter().all(plain)
        && text.iter().filter(|b| **b == b' ').count() < MOST_WORDS
        && text.len() > 2
        && !SETTINGS.has(text)
        && !login::is_pseudonym(text)
        && login::may_be_person(text)
        && !path::is_common_name(text)
        && !owner::is_public(text)
        && !host::is_public(text)
}

/// Keys of projects, letters only; sorted.
static PROJECTS: WordSet = words![
    "epic",
    "initiative",
    "initiativename",
    "milestone",
    "product",
    "productname",
    "project",
    "projectid",
    "projectkey",
    "projectname",
    "projectslug",
    "projecttitle"
];

/// Keys of firms and of groups of people, letters only; sorted.
static GROUPS: WordSet = words![
    "client",
    "clientname",
    "company",
    "companyname",
    "customer",
    "customername",
    "department",
    "employer",
    "org",
    "organisation",
    "organisationname",
    "organization",
    "organizationname",
    "orgname",
    "squad",
    "team",
    "teamname",
    "tenant",
    "tenantname",
    "workspace",
    "workspacename"
];

/// Keys of what a firm runs, letters only; sorted.
static RESOURCES: WordSet = words![
    "appname",
    "bucket",
    "bucketname",
    "cluster",
    "clustername",
    "databasename",
    "dbname",
    "namespace",
    "resourcegroup",
    "service",
    "servicename",
    "stackname",
];

/// What stands under such keys without being a name; sorted.
static SETTINGS: WordSet = words![
    "active",
    "all",
    "any",
    "auto",
    "chrome",
    "chromium",
    "current",
    "custom",
    "default",
    "disabled",
    "enabled",
    "enterprise",
    "external",
    "false",
    "firefox",
    "free",
    "global",
    "high",
    "inherit",
    "internal",
    "library",
    "local",
    "low",
    "max",
    "medium",
    "mobile",
    "monorepo",
    "none",
    "null",
    "object",
    "open",
    "other",
    "owner",
    "personal",
    "premium",
    "private",
    "pro",
    "project",
    "public",
    "required",
    "shared",
    "single",
    "solo",
    "standard",
    "string",
    "team",
    "true",
    "undefined",
    "unknown",
    "user",
    "webkit"
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::text::{Field, Role};

    #[test]
    fn what_a_tracker_calls_its_things_is_found() {
        let found = |key: &str, text: &str| {
            let subject = Subject {
                bytes: text.as_bytes(),
                key: Some(key.as_bytes()),
                role: Role::Value,
                field: Field::Free,
                cwd: None,
            };
            let mut hits = Hits::new();
            find_keyed(&subject, &mut hits);
            hits.into_iter().next().and_then(|hit| hit.learn)
        };
        for (key, text, learn) in [
            ("project", "Zorblatt", Learn::Project),
            ("project_name", "Orchard", Learn::Brand),
            ("team", "Payments Core", Learn::Org),
            ("teamName", "zorb-platform", Learn::Org),
            ("customer", "Zorb & Sons", Learn::Org),
        ] {
            assert_eq!(found(key, text), Some(learn), "{key} {text}");
        }
        for (key, text) in [
            ("project", "tsconfig.json"),
            ("project", "src/app"),
            ("project", "default"),
            ("team", "true"),
            ("name", "Zorblatt"),
            ("project", "the one that we talked about yesterday"),
            ("project", "dir-7f3a9c"),
            ("workspace", "12345"),
            ("organization", "kubernetes"),
        ] {
            assert_eq!(found(key, text), None, "{key} {text}");
        }
    }
}
