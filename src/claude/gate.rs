//! Whether a conversation may go out as it is: searched in memory and on disk under the profile of a bug report.

use super::clone::{CloneError, failed};
use crate::{
    pipeline::{Pipeline, Survey},
    report::{Event, Sink},
    store::Tally,
    transcript::{json::Kind, tree::Tree},
};
use serde_json::Value;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// What would be replaced in the messages in memory (JSON, an array or lines) and in the session's files.
///
/// # Errors
/// [`CloneError`]: then nothing may go out either.
pub fn findings(pipeline: &Pipeline, messages: &[u8], files: &[&Path]) -> Result<Tally, CloneError> {
    let contents = contents(messages, files)?;
    let mut job = pipeline.job();
    let surveys: Vec<_> = contents.iter().map(|bytes| job.learn(bytes)).collect();
    let mut found = Tally::default();
    for (i, (bytes, survey)) in contents.iter().zip(&surveys).enumerate() {
        let path = i.checked_sub(1).map(|i| files[i]);
        job.redact(bytes, path, survey, None, &mut found)?;
    }
    Ok(found)
}

/// Whether nothing would be replaced: the quick way to let a clean session pass. It stops at the first finding.
///
/// # Errors
/// [`CloneError`]: then nothing may go out either.
pub fn nothing_found(pipeline: &Pipeline, messages: &[u8], files: &[&Path]) -> Result<bool, CloneError> {
    let contents = contents(messages, files)?;
    let mut job = pipeline.job();
    let surveys: Vec<_> = contents.iter().map(|bytes| job.learn(bytes)).collect();
    if surveys.iter().all(Survey::is_clean) && !job.has_news() {
        return Ok(true);
    }
    // What the first search took for something may be a pseudonym of our own.
    let mut found = First(false);
    for (bytes, survey) in contents.iter().zip(&surveys) {
        let outcome = job.redact(bytes, None, survey, None, &mut found);
        if found.0 {
            return Ok(false);
        }
        outcome?;
    }
    Ok(true)
}

/// The messages, one a line, and the bytes of each file.
fn contents(messages: &[u8], files: &[&Path]) -> Result<Vec<Vec<u8>>, CloneError> {
    let read = |file: &&Path| fs::read(file).map_err(failed("read", file));
    std::iter::once(Ok(lines(messages))).chain(files.iter().map(read)).collect()
}

/// Ends the work at the first finding, or at what cannot be verified.
struct First(bool);

impl Sink for First {
    fn event(&mut self, event: &Event<'_>) -> io::Result<()> {
        self.0 |= matches!(event, Event::Found { .. } | Event::Refused { .. });
        if self.0 { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) }
    }
}

/// Whether this can be what the client has in memory: a JSON array, or objects line by line. Nothing at all is not: then
/// the messages were lost on the way.
#[must_use]
pub fn are_messages(bytes: &[u8]) -> bool {
    let mut tree = Tree::default();
    if tree.read(bytes).is_ok() {
        return tree.tokens().first().is_some_and(|t| matches!(t.kind, Kind::ArrayStart | Kind::ObjectStart));
    }
    let mut lines = bytes.split(|b| *b == b'\n').filter(|line| !line.trim_ascii().is_empty()).peekable();
    lines.peek().is_some() && lines.all(|line| tree.read(line).is_ok())
}

/// The folder in which the session was last, if the client would add a git repository's remote, branch and commit to a
/// report from there.
#[must_use]
pub fn repository(transcript: &[u8]) -> Option<PathBuf> {
    let lines =
        transcript.rsplit(|b| *b == b'\n').filter_map(|line| serde_json::from_slice::<Value>(line).ok());
    let cwd = lines.filter_map(|row| row["cwd"].as_str().map(PathBuf::from)).next()?;
    cwd.ancestors().any(|folder| folder.is_absolute() && folder.join(".git").exists()).then_some(cwd)
}

/// An array of messages as one message a line, so that each is read as a record; anything else as it is.
fn lines(messages: &[u8]) -> Vec<u8> {
    let mut tree = Tree::default();
    let array =
        tree.read(messages).is_ok() && tree.tokens().first().is_some_and(|t| t.kind == Kind::ArrayStart);
    if !array {
        return messages.to_vec();
    }
    let mut out = Vec::with_capacity(messages.len());
    for item in tree.children(0) {
        let item = &messages[tree.extent(item)];
        // A line break between tokens of a message means nothing; one inside a string is always escaped.
        out.extend(item.iter().map(|b| if matches!(b, b'\n' | b'\r') { b' ' } else { *b }));
        out.push(b'\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_becomes_a_line_for_each_message() {
        let text = br#"[ {"a":[1,{"b":"],"}]} ,
            "x",5,{"c":
            2}]"#;
        let got = String::from_utf8(lines(text)).unwrap();
        let rows: Vec<_> = got.lines().map(|l| serde_json::from_str::<Value>(l).unwrap()).collect();
        assert_eq!(Value::from(rows), serde_json::from_slice::<Value>(text).unwrap());
        assert_eq!(lines(b"{}\n{}\n"), b"{}\n{}\n");
        assert_eq!(lines(b"not json"), b"not json");
        assert_eq!(lines(b"[]"), b"");
    }

    #[test]
    fn only_what_would_be_replaced_stops_a_session() {
        use crate::{
            input::Access,
            pipeline::Settings,
            policy::{Allowlist, Policy, Profile},
            tag::Key,
        };
        let policy = Policy::new(Profile::bug(), Allowlist::default());
        let key = Key::from_material(&[7; 32]);
        let settings = Settings { policy, key, known: Vec::new(), threads: Some(2), access: Access::Read };
        let pipeline = Pipeline::new(settings).unwrap();
        let token = ["ghp", "_", "0A1b2C3d4E5f0A1b2C3d4E5f0A1b2C3d4E5f"].concat();
        for (text, clean) in [
            ("{\"t\":\"plain words\"}\n".to_owned(), true),
            // What redaction leaves is met as something, and is none.
            (
                "{\"cwd\":\"/home/user-7f3a9c/work/project-0a1b2c\",\"t\":\"ask user-7f3a9c\"}\n".to_owned(),
                true,
            ),
            (format!("{{\"t\":\"{token}\"}}\n"), false),
            ("{\"cwd\":\"/home/maribel/work\"}\n".to_owned(), false),
        ] {
            let found = nothing_found(&pipeline, text.as_bytes(), &[]).unwrap();
            assert_eq!(found, clean, "{text}");
            assert_eq!(findings(&pipeline, text.as_bytes(), &[]).unwrap().is_empty(), clean, "{text}");
        }
    }

    #[test]
    fn what_was_lost_on_the_way_is_no_messages() {
        for (text, are) in [
            ("[]", true),
            ("[{\"a\":1}]\n", true),
            ("{\"a\":1}\n\n{\"b\":2}", true),
            ("", false),
            ("\n \n", false),
            ("undefined", false),
            ("null", false),
            ("[{\"a\":", false),
            ("{\"a\":1}\n{\"b\":", false),
        ] {
            assert_eq!(are_messages(text.as_bytes()), are, "{text:?}");
        }
    }

    #[test]
    fn a_session_in_a_repository_is_one_of_which_more_would_be_sent() {
        let dir = tempfile::tempdir().unwrap();
        let deep = dir.path().join("work/src");
        fs::create_dir_all(&deep).unwrap();
        let text = format!(
            "{{\"cwd\":\"/elsewhere\"}}\n{{\"cwd\":{:?}}}\n{{\"no\":1}}\ntorn",
            deep.to_str().unwrap()
        );
        assert_eq!(repository(text.as_bytes()), None);
        fs::create_dir(dir.path().join("work/.git")).unwrap();
        assert_eq!(repository(text.as_bytes()), Some(deep));
        assert_eq!(repository(b"{\"cwd\":\"relative\"}"), None);
        assert_eq!(repository(b""), None);
    }
}
