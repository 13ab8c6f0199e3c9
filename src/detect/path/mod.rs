//! Paths: what in them says who, where and what is built. A hit is one component, so that all else in a path stays as
//! it is: its depth, its separators, its extension.

mod familiar;
mod full;
mod home;
mod name;
mod own;
mod root;
mod separator;
mod slug;
mod temp;

use super::{
    subject::{Hits, Subject},
    words::{WordSet, words},
};
use crate::{
    rule::Level,
    scan::{Candidate, Kind},
    transcript::text::Field,
};

/// The least length of a name that is known wherever it stands, in bytes.
const MIN_TELLING: usize = 4;

/// Looks at all paths of a text, for profiles that let no unfamiliar component out.
pub(super) fn find_all(subject: &Subject<'_>, hits: &mut Hits) {
    full::find(subject, hits);
    if !matches!(subject.field, Field::Path | Field::WorkingDirectory) {
        full::lone_files(subject, hits);
    }
}

/// Looks at a candidate of any kind: at the folder of users, in any spelling, that starts at or shortly behind it.
pub(super) fn find(subject: &Subject<'_>, candidate: Candidate, level: Level, hits: &mut Hits) {
    let at = candidate.at;
    if candidate.kind != Kind::Home {
        return;
    }
    if subject.bytes[at] == b'-' || slug::may_be_bare(subject.bytes, at) {
        slug::find(subject, at, hits);
        if level == Level::Full {
            full::slug(subject, at, hits);
        }
    } else {
        home::find(subject, at, hits);
        temp::find(subject, at, hits);
    }
}

/// Whether a name is one that no sentence has by chance: a word of it is none of everyone's.
pub(super) fn is_own(name: &[u8]) -> bool {
    own::is_own(name)
}

/// Whether the name of a project or a folder says enough to be known wherever it stands alone as a word.
fn is_telling(name: &[u8]) -> bool {
    name.len() >= MIN_TELLING && !familiar::is_folder(name) && !familiar::is_stem(name) && !is_tool(name)
}

/// Whether a folder is called like what its files are made with, of which every other text speaks: `~/julia/x`.
fn is_tool(name: &[u8]) -> bool {
    static TOOLS: WordSet = words![
        "ansible",
        "arduino",
        "blender",
        "clojure",
        "docker",
        "elixir",
        "erlang",
        "flutter",
        "fortran",
        "godot",
        "golang",
        "haskell",
        "java",
        "javascript",
        "julia",
        "jupyter",
        "kotlin",
        "kubernetes",
        "latex",
        "matlab",
        "node",
        "ocaml",
        "octave",
        "perl",
        "python",
        "ruby",
        "rust",
        "scala",
        "solidity",
        "swift",
        "terraform",
        "typescript",
        "unity",
        "unreal",
        "verilog",
        "vhdl",
    ];
    TOOLS.has(name)
}

/// Whether this is the extension of files that are named alone: in `x.py`, not in `x.id`.
pub(super) fn is_file_extension(extension: &[u8]) -> bool {
    familiar::is_lone_extension(extension)
}

/// Whether a word is the name of folders and files in every other project, such as `install` or `scripts`.
pub(super) fn is_common_name(word: &[u8]) -> bool {
    familiar::is_folder(word) || familiar::is_stem(word)
}
