//! Every path in a text, for profiles that let no name of a project, folder or file out: what is not familiar becomes a
//! pseudonym, one component at a time.

mod component;
mod lone;
mod read;
mod slugs;
mod state;

pub(super) use lone::lone_files;
pub(super) use slugs::slug;

use super::{familiar, home, root::Begin};
use crate::{
    detect::{
        canonical::canonical,
        identity::login,
        subject::{Hit, Hits, Subject},
    },
    finding::Learn,
    rule::id,
    transcript::text::Field,
};
use read::{Part, Path, is_elsewhere, is_of_project, is_path, next_separator, read, url_end};
use slugs::slug_component;
use state::State;

/// Adds a hit for every unfamiliar component of every path in the subject.
pub(super) fn find(subject: &Subject<'_>, hits: &mut Hits) {
    let bytes = subject.bytes;
    let (mut at, mut parts) = (0, Vec::new());
    while let Some(found) = next_separator(bytes, at) {
        let end = match url_end(bytes, found) {
            Some(end) => end,
            None => match read(subject, found, &mut parts) {
                Some(path) => {
                    walk(subject, &path, hits);
                    // Its memory is used again.
                    parts = path.parts;
                    path.end
                }
                None => found + 1,
            },
        };
        at = end.max(found + 1);
    }
    if at == 0 && matches!(subject.field, Field::Path | Field::WorkingDirectory) {
        lone_name(subject, hits);
    }
}

/// Adds the hits for one path.
fn walk(subject: &Subject<'_>, path: &Path<'_>, hits: &mut Hits) {
    let bytes = subject.bytes;
    if !is_path(subject, path) {
        return;
    }
    let of_user = path.parts.first().filter(|part| is_users_tilde(&bytes[part.start..part.end]));
    if let Some(part) = of_user {
        let name = &bytes[part.start + 1..part.end];
        let hit = Hit::new(id::PATH_USER, part.start + 1, part.end, "home behind a tilde");
        hits.push(hit.canonical(canonical(name)).learn(Learn::Login));
    }
    let mut state = State {
        learn: subject.field == Field::WorkingDirectory,
        relative: match path.root.begin {
            Begin::Relative(name) => !is_elsewhere(name),
            Begin::Scheme(scheme) => is_of_project(scheme),
            Begin::Absolute | Begin::Drive => false,
        },
        ..State::default()
    };
    let count = path.parts.len();
    let mut index = 0;
    while index < count {
        let part = path.parts[index];
        if let Some(user) = user_behind(subject, path, index) {
            state.home = true;
            (state.system, state.foreign) = (false, false);
            index = path.parts.iter().position(|p| p.start >= user).unwrap_or(count);
            continue;
        }
        let last = index + 1 == count && !path.open;
        let text = &bytes[part.start..part.end];
        let parent = index.checked_sub(1).map(|i| &bytes[path.parts[i].start..path.parts[i].end]);
        state.foreign |= parent.is_some_and(|parent| familiar::is_foreign_in(parent, text));
        if !state.is_settled(text, index, path) && !slug_component(subject, part, hits) {
            state.component(text, part, last, hits);
        }
        state.managed |= is_managed(text);
        // What a system's folder holds of a server's jobs is nobody's but theirs.
        state.foreign &= !parent.is_some_and(|parent| parent == b"jenkins" && text == b"workspace");
        index += 1;
    }
}

/// Where the first component behind a user's starts, if the component at `index` holds the homes of users.
fn user_behind(subject: &Subject<'_>, path: &Path<'_>, index: usize) -> Option<usize> {
    let part = path.parts[index];
    home::may_hold_users(&subject.bytes[part.start..part.end]).then_some(())?;
    let home = home::locate(subject, part.start)?;
    (home.start > part.start).then_some(home.end)
}

/// Whether a path begins with the home of another user: `~maribel/x`.
fn is_users_tilde(text: &[u8]) -> bool {
    text.strip_prefix(b"~")
        .is_some_and(|name| name.first().is_some_and(u8::is_ascii_alphabetic) && login::is_person(name))
}

/// Whether tools keep what they install below a folder of this name: hidden ones, and those of agents' skills.
fn is_managed(name: &[u8]) -> bool {
    name.len() > 2 && name[0] == b'.' || matches!(name, b"skills" | b"plugins" | b"agents" | b"extensions")
}

/// A text that is a path of one component.
fn lone_name(subject: &Subject<'_>, hits: &mut Hits) {
    let text = subject.bytes;
    let plain =
        !text.is_empty() && text.len() < 256 && !text.iter().any(|b| matches!(b, b'\n' | b'*' | b':' | b'"'));
    if plain {
        State::default().component(text, Part { start: 0, end: text.len() }, true, hits);
    }
}

#[cfg(test)]
mod tests;
