//! Repositories whose code is public and stays: `--keep-code-of`.

use crate::transcript::{agent::Fields, record::Record, text::Field, tree::Tree, view::unescape};
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use serde_json::Value;
use std::collections::HashMap;

/// Folders and files whose code stays, as patterns of `.gitignore`.
pub(super) struct Kept {
    patterns: Gitignore,
}

/// Why a pattern was refused.
#[derive(Debug, thiserror::Error)]
#[error("`{pattern}` is no pattern of folders: {why}")]
pub struct PatternError {
    pattern: String,
    why: String,
}

impl Kept {
    /// Reads patterns such as `/home/maribel/oss/**`; nothing without any.
    pub(super) fn new(patterns: &[String]) -> Result<Option<Self>, PatternError> {
        let mut builder = GitignoreBuilder::new("");
        // Git takes a bracket that is not closed for itself; whoever writes one here has made a mistake.
        builder.allow_unclosed_class(false);
        for pattern in patterns {
            let refused = |why: String| PatternError { pattern: pattern.clone(), why };
            if pattern.starts_with('!') || pattern.trim().is_empty() {
                return Err(refused("it names nothing".to_owned()));
            }
            builder
                .add_line(None, &pattern.replace('\\', "/"))
                .map_err(|error| refused(error.to_string()))?;
        }
        let patterns = builder
            .build()
            .map_err(|error| PatternError { pattern: patterns.join(" "), why: error.to_string() })?;
        Ok((!patterns.is_empty()).then_some(Self { patterns }))
    }

    /// Whether the code in a record stays: every file that it names fits a pattern, or, if it names none, the folder that
    /// it was written in, which `folders` know where it does not say. One of which neither is known loses its code.
    pub(super) fn keeps(&self, record: &Record<'_>, folders: &Folders) -> bool {
        let mut tree = Tree::default();
        if tree.read(record.bytes).is_err() {
            return false;
        }
        let mut fields = Fields::default();
        fields.read(record.bytes, &tree);
        let text = |index: usize| {
            let token = tree.tokens()[index];
            String::from_utf8_lossy(unescape(token.bytes(record.bytes), 0).bytes()).replace('\\', "/")
        };
        let folder = fields.find(Field::WorkingDirectory).map(text);
        let known = || folders.of(record.offset, call_of(record.bytes).as_deref()).map(str::to_owned);
        let folder = folder.or_else(known);
        let mut files = (0..tree.tokens().len())
            .filter(|&i| fields.get(i) == Field::Path)
            .map(text)
            .chain(patched(record.bytes))
            .peekable();
        if files.peek().is_none() {
            return folder.is_some_and(|folder| self.fits(&folder));
        }
        files.all(|file| match folder.as_deref().filter(|_| is_relative(&file)) {
            Some(folder) => self.fits(&format!("{folder}/{file}")),
            None => self.fits(&file),
        })
    }

    /// Whether a path, or a folder that it is in, fits a pattern. One that leads upwards fits none.
    fn fits(&self, path: &str) -> bool {
        let inner = path.trim_start_matches('/');
        let upwards = path.split('/').any(|name| name == "..");
        !inner.is_empty() && !upwards && self.patterns.matched_path_or_any_parents(inner, true).is_ignore()
    }
}

/// The id of the call that a record of Codex has to do with.
fn call_of(record: &[u8]) -> Option<String> {
    memchr::memmem::find(record, b"\"call_id\"")?;
    let value = serde_json::from_slice::<Value>(record).ok()?;
    value["payload"]["call_id"].as_str().map(str::to_owned)
}

/// The files that a patch of Codex in the record names, as far as their names have no escape.
fn patched(record: &[u8]) -> Vec<String> {
    const HEADS: [&[u8]; 4] =
        [b"*** Add File: ", b"*** Update File: ", b"*** Delete File: ", b"*** Move to: "];
    let heads =
        HEADS.iter().flat_map(|head| memchr::memmem::find_iter(record, head).map(|at| at + head.len()));
    let name = |at: usize| {
        let len = record[at..].iter().take_while(|b| !matches!(b, b'\\' | b'"' | b'\n')).count();
        String::from_utf8_lossy(&record[at..at + len]).into_owned()
    };
    heads.map(name).collect()
}

/// The folders in which a session of Codex works, as far as its records were read: an answer names none, so it is known
/// from what was said before it.
#[derive(Clone, Debug, Default)]
pub(super) struct Folders {
    /// Whether the file is a copy of a source file.
    pub(super) of_source: bool,
    /// The session's own folder, from the record at that byte on, in order.
    session: Vec<(u64, String)>,
    /// The folder of a call that names its own, by the call's id, and where it was called.
    calls: HashMap<String, (u64, String)>,
}

impl Folders {
    /// Reads what a record says of folders.
    pub(super) fn note(&mut self, record: &Record<'_>) {
        let bytes = record.bytes;
        let has = |word: &[u8]| memchr::memmem::find(bytes, word).is_some();
        let session = has(b"\"session_meta\"") || has(b"\"turn_context\"");
        let call = has(b"\"call_id\"") && (has(b"workdir") || has(b"working_directory"));
        if !session && !call {
            return;
        }
        let Ok(value) = serde_json::from_slice::<Value>(bytes) else { return };
        let payload = &value["payload"];
        if let (Some("session_meta" | "turn_context"), Some(cwd)) =
            (value["type"].as_str(), payload["cwd"].as_str())
        {
            self.session.push((record.offset, slashed(cwd)));
        }
        let (Some(id), Some(folder)) = (payload["call_id"].as_str(), folder_of_call(payload)) else { return };
        let folder = match self.session.last() {
            Some((_, session)) if is_relative(&folder) => format!("{session}/{folder}"),
            _ => folder,
        };
        self.calls.insert(id.to_owned(), (record.offset, folder));
    }

    /// The folder of the record at byte `offset` that has to do with a call of that id.
    fn of(&self, offset: u64, call: Option<&str>) -> Option<&str> {
        let own = call.and_then(|id| self.calls.get(id)).filter(|(since, _)| *since <= offset);
        let session = || self.session.iter().rfind(|(since, _)| *since <= offset);
        own.or_else(session).map(|(_, folder)| &**folder)
    }
}

/// The folder that a call of Codex names.
fn folder_of_call(payload: &Value) -> Option<String> {
    let arguments = payload["arguments"].as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
    let places = [arguments.as_ref(), Some(&payload["action"]), Some(&payload["input"])];
    let names = ["workdir", "working_directory"];
    let folders = places.into_iter().flatten().flat_map(|place| names.map(|name| place[name].as_str()));
    folders.flatten().next().map(slashed)
}

/// A path with slashes only.
fn slashed(path: &str) -> String {
    path.replace('\\', "/")
}

fn is_relative(path: &str) -> bool {
    !path.starts_with('/') && path.as_bytes().get(1) != Some(&b':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keeps(patterns: &[&str], record: &str) -> bool {
        let patterns: Vec<_> = patterns.iter().map(|p| (*p).to_owned()).collect();
        let record = Record { bytes: record.as_bytes(), offset: 0, line: 1 };
        Kept::new(&patterns).unwrap().is_some_and(|kept| kept.keeps(&record, &Folders::default()))
    }

    #[test]
    fn code_stays_where_all_files_fit() {
        let read = r#"{"cwd":"/srv/oss/app","message":{"content":[{"type":"tool_use","name":"Read","input":{"file_path":"FILE"}}]}}"#;
        for (file, kept) in [
            ("/srv/oss/app/src/main.rs", true),
            ("src/main.rs", true),
            ("/srv/work/secret.rs", false),
            ("../../work/secret.rs", false),
        ] {
            assert_eq!(keeps(&["/srv/oss/**"], &read.replace("FILE", file)), kept, "{file}");
        }
        assert!(keeps(&["oss"], r#"{"type":"user","cwd":"/srv/oss/app"}"#));
        assert!(keeps(&["C:/oss/*"], r#"{"type":"user","cwd":"C:\\oss\\app"}"#));
        for record in [r#"{"type":"user","cwd":"/srv/app"}"#, r#"{"type":"user"}"#, "no JSON"] {
            assert!(!keeps(&["/srv/oss"], record), "{record}");
        }
        for broken in ["!x", " ", "[", "/srv/{a", "/srv/[b-a]"] {
            assert!(Kept::new(&[broken.to_owned()]).is_err(), "{broken}");
        }
        assert!(Kept::new(&[]).unwrap().is_none());
    }

    /// An answer of Codex names no folder: that of its call counts, else that of the session then.
    #[test]
    fn code_stays_in_answers_by_the_folder_of_the_call_or_of_the_session_then() {
        let patterns = Kept::new(&["/srv/oss/**".to_owned()]).unwrap().unwrap();
        let mut folders = Folders::default();
        let mut offset = 0;
        let mut kept = |bytes: &str| {
            offset += 100;
            let record = Record { bytes: bytes.as_bytes(), offset, line: 1 };
            folders.note(&record);
            patterns.keeps(&record, &folders)
        };
        let output = |id: &str| {
            format!(
                r#"{{"type":"response_item","payload":{{"type":"function_call_output","call_id":"{id}","output":"x"}}}}"#
            )
        };
        let patch = |file: &str| {
            format!(
                r#"{{"type":"response_item","payload":{{"type":"custom_tool_call","call_id":"p","name":"apply_patch","input":"*** Begin Patch\n*** Add File: {file}\n+x\n*** End Patch"}}}}"#
            )
        };
        assert!(!kept(&output("a")), "nothing is known yet");
        kept(r#"{"type":"session_meta","payload":{"id":"s","cwd":"/srv/oss/app"}}"#);
        kept(
            r#"{"type":"response_item","payload":{"type":"function_call","name":"shell","call_id":"b","arguments":"{\"command\":[\"ls\"],\"workdir\":\"/srv/work/app\"}"}}"#,
        );
        kept(
            r#"{"type":"response_item","payload":{"type":"function_call","name":"shell","call_id":"c","arguments":"{\"command\":[\"ls\"],\"workdir\":\"crates/x\"}"}}"#,
        );
        assert!(kept(&output("a")) && kept(&output("c")) && !kept(&output("b")));
        assert!(kept(&patch("src/x.rs")) && !kept(&patch("/srv/work/x.rs")) && !kept(&patch("../x.rs")));
        kept(r#"{"type":"turn_context","payload":{"cwd":"/srv/work/app"}}"#);
        assert!(!kept(&output("a")) && kept(&output("c")));
    }
}
