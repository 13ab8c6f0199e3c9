//! What is known of a path on the way through it, and which of its components go.

use super::{
    super::{is_telling, root::Begin},
    component::{Name, is_foreign, recalled},
    read::{Part, Path},
};
use crate::{
    detect::{
        canonical::canonical,
        subject::{Hit, Hits},
        words::{WordSet, words},
    },
    finding::Learn,
    rule::{RuleId, id},
};

/// What is known of a path on the way through it.
#[derive(Default)]
pub(super) struct State {
    /// A user's folder was passed.
    pub(super) home: bool,
    /// A project's folder was passed.
    pub(super) project: bool,
    /// The rest came from elsewhere.
    pub(super) foreign: bool,
    /// The way is through the system's own folders so far.
    pub(super) system: bool,
    /// Names are to be known elsewhere.
    pub(super) learn: bool,
    /// The path begins at a folder of the project.
    pub(super) relative: bool,
    /// A folder was passed in which tools keep what they install.
    pub(super) managed: bool,
}

impl State {
    /// Whether the component stays whatever its name: the rest of the system's folders and of packages.
    pub(super) fn is_settled(&mut self, text: &[u8], index: usize, path: &Path<'_>) -> bool {
        let absolute = !matches!(path.root.begin, Begin::Relative(_)) && path.root.parts.is_empty();
        if index == 0 && absolute {
            self.system = SYSTEM.has(text);
            self.foreign |= WHOLLY_SYSTEM.has(text);
        } else if self.system {
            self.foreign |= WHOLLY_SYSTEM_BELOW.has(text);
            self.system = text == b"local";
        }
        let settled = self.foreign;
        self.foreign |= !self.learn && is_foreign(text);
        settled
    }

    /// Adds a hit for a component, unless it is familiar.
    pub(super) fn component(&mut self, text: &[u8], part: Part, last: bool, hits: &mut Hits) {
        match recalled(text, last) {
            Name::Familiar => {}
            Name::File(stem, own) => self.push(id::PATH_FILE, &text[..stem], own, part.start, hits),
            Name::Folder(len, own) => {
                let rule = if self.home && !self.project { id::PATH_PROJECT } else { id::PATH_DIR };
                self.project |= self.home;
                self.push(rule, &text[..len], own, part.start, hits);
            }
        }
    }

    fn push(&self, rule: RuleId, text: &[u8], own: bool, start: usize, hits: &mut Hits) {
        let hit = Hit::new(rule, start, start + text.len(), "component of a path").canonical(canonical(text));
        let learn = if self.learn && is_telling(text) {
            Some(Learn::Project)
        } else {
            (own && !self.managed && (self.relative || self.project)).then_some(Learn::Component)
        };
        hits.push(learn.into_iter().fold(hit, Hit::learn));
    }
}

/// Folders at the top of a disk that are the system's; sorted.
static SYSTEM: WordSet = words!["library", "opt", "program files", "program files (x86)", "usr", "var"];

/// Folders at the top of a disk that are wholly the system's; sorted.
static WHOLLY_SYSTEM: WordSet = words![
    "bin", "boot", "dev", "lib", "lib32", "lib64", "nix", "proc", "rustc", "sbin", "sys", "system", "windows"
];

/// Folders below one of [`SYSTEM`] that are wholly the system's; sorted.
static WHOLLY_SYSTEM_BELOW: WordSet =
    words!["bin", "frameworks", "homebrew", "include", "lib", "lib32", "lib64", "libexec", "sbin", "share"];
