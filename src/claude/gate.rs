//! Whether a conversation may go out as it is: searched in memory and on disk under the profile of a bug report.

mod again;

use super::clone::{CloneError, failed};
use crate::{
    pipeline::{Job, Pipeline, Survey},
    report::{Event, Sink},
    store::Tally,
    transcript::json::{Kind, Token, tokenize},
};
use serde_json::Value;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The files of a session, and what is in memory of it, searched once: what is known from all of them, and where each
/// may hold something.
pub struct Searched<'p> {
    job: Job<'p>,
    /// What of the messages in memory stands in no file.
    memory: Option<(Vec<u8>, Survey)>,
    /// The files, in the order in which they were named.
    pub(super) files: Vec<SearchedFile>,
}

/// A file of a session with what the search has told.
pub(super) struct SearchedFile {
    pub(super) path: PathBuf,
    pub(super) bytes: Vec<u8>,
    survey: Survey,
}

impl<'p> Searched<'p> {
    /// Searches messages in memory, one a line, and files.
    ///
    /// # Errors
    /// [`CloneError::Io`] if a file cannot be read.
    pub fn new(pipeline: &'p Pipeline, memory: Option<Vec<u8>>, paths: &[&Path]) -> Result<Self, CloneError> {
        let mut job = pipeline.job();
        let read = |path: &&Path| fs::read(path).map_err(failed("read", path));
        let contents: Vec<Vec<u8>> = paths.iter().map(read).collect::<Result<_, _>>()?;
        let memory = memory.map(|bytes| {
            let on_disk: Vec<&[u8]> = contents.iter().map(Vec::as_slice).collect();
            let bytes = again::only_in_memory(&bytes, &on_disk);
            let survey = job.learn(&bytes);
            (bytes, survey)
        });
        let mut files = Vec::with_capacity(paths.len());
        for (path, bytes) in paths.iter().zip(contents) {
            let survey = job.learn(&bytes);
            files.push(SearchedFile { path: path.to_path_buf(), bytes, survey });
        }
        Ok(Self { job, memory, files })
    }

    /// What would be replaced.
    ///
    /// # Errors
    /// [`CloneError::Pipeline`]: then nothing may go out either.
    pub fn findings(&self) -> Result<Tally, CloneError> {
        let mut found = Tally::default();
        for (path, bytes, survey) in self.parts() {
            self.job.redact(bytes, path, survey, None, &mut found)?;
        }
        Ok(found)
    }

    /// Whether nothing would be replaced: stops at the first finding.
    ///
    /// # Errors
    /// [`CloneError::Pipeline`]: then nothing may go out either.
    pub fn nothing_found(&self) -> Result<bool, CloneError> {
        if self.parts().all(|(_, _, survey)| survey.is_clean()) && !self.job.has_news() {
            return Ok(true);
        }
        // What the first search took for something may be a pseudonym of our own.
        let mut found = First(false);
        for (_, bytes, survey) in self.parts() {
            let outcome = self.job.redact(bytes, None, survey, None, &mut found);
            if found.0 {
                return Ok(false);
            }
            outcome?;
        }
        Ok(true)
    }

    /// A file's bytes as they may go out.
    ///
    /// # Errors
    /// [`CloneError::Pipeline`] if a record cannot be redacted safely.
    pub(super) fn redacted(&self, file: &SearchedFile, found: &mut Tally) -> Result<Vec<u8>, CloneError> {
        let mut out = Vec::with_capacity(file.bytes.len());
        self.job.redact(&file.bytes, Some(&file.path), &file.survey, Some(&mut out), found)?;
        Ok(out)
    }

    /// The folder in which the session was last, if the client would add a git repository's remote, branch and commit to
    /// a report from there. The first file is its transcript.
    #[must_use]
    pub fn repository(&self) -> Option<PathBuf> {
        repository(&self.files.first()?.bytes)
    }

    fn parts(&self) -> impl Iterator<Item = (Option<&Path>, &[u8], &Survey)> {
        let memory = self.memory.iter().map(|(bytes, survey)| (None, bytes.as_slice(), survey));
        memory.chain(self.files.iter().map(|f| (Some(f.path.as_path()), f.bytes.as_slice(), &f.survey)))
    }
}

/// Ends the work at the first finding, or at what cannot be verified.
struct First(bool);

impl Sink for First {
    fn event(&mut self, event: &Event<'_>) -> io::Result<()> {
        self.0 |= matches!(event, Event::Found { .. } | Event::Refused { .. });
        if self.0 { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) }
    }
}

/// What the client has in memory (a JSON array, or objects line by line) as one message a line, so that each is read as a
/// record. `None` if this cannot be it: nothing at all, or no messages, since then they were lost on the way.
#[must_use]
pub fn messages(bytes: Vec<u8>) -> Option<Vec<u8>> {
    let bytes = by_line(bytes);
    let mut tokens = Vec::new();
    if let Some(row) = Row::of(&bytes, &mut tokens) {
        return (row == Row::Said).then_some(bytes);
    }
    let rows = bytes.split(|b| *b == b'\n').filter(|row| !row.trim_ascii().is_empty());
    let rows: Option<Vec<Row>> = rows.map(|row| Row::of(row, &mut tokens)).collect();
    rows?.contains(&Row::Said).then_some(bytes)
}

/// JSON with the items of an array on lines of their own; anything else as it is.
fn by_line(mut bytes: Vec<u8>) -> Vec<u8> {
    let mut tokens = Vec::new();
    if tokenize(&bytes, &mut tokens).is_ok() && tokens.first().is_some_and(|t| t.kind == Kind::ArrayStart) {
        break_lines(&mut bytes, &tokens);
    }
    bytes
}

/// What a row in memory is: everything there says of what kind it is, or who says what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    /// Something that was said: a conversation has at least one.
    Said,
    /// Something of another kind that stands between.
    Other,
}

impl Row {
    /// The row in these bytes; `None` if it is no object, or one that tells nothing of a message, as an error's does.
    fn of(bytes: &[u8], tokens: &mut Vec<Token>) -> Option<Self> {
        tokenize(bytes, tokens).ok()?;
        (tokens.first()?.kind == Kind::ObjectStart).then_some(())?;
        let (mut depth, mut row) = (0, None);
        for token in tokens.iter() {
            match token.kind {
                Kind::ObjectStart | Kind::ArrayStart => depth += 1,
                Kind::ObjectEnd | Kind::ArrayEnd => depth -= 1,
                Kind::Key if depth == 1 => match token.bytes(bytes) {
                    b"role" | b"message" | b"content" => return Some(Self::Said),
                    b"type" => row = Some(Self::Other),
                    _ => {}
                },
                _ => {}
            }
        }
        row
    }
}

/// The folder that the last row names which names any, if it is in a git repository.
fn repository(transcript: &[u8]) -> Option<PathBuf> {
    let lines =
        transcript.rsplit(|b| *b == b'\n').filter_map(|line| serde_json::from_slice::<Value>(line).ok());
    let cwd = lines.filter_map(|row| row["cwd"].as_str().map(PathBuf::from)).next()?;
    cwd.ancestors().any(|folder| folder.is_absolute() && folder.join(".git").exists()).then_some(cwd)
}

/// Puts the items of the array that `array` is, with these tokens, on lines of their own, where they stand.
fn break_lines(array: &mut [u8], tokens: &[Token]) {
    // A line break between tokens means nothing; one inside a string is always escaped.
    array.iter_mut().filter(|b| matches!(b, b'\n' | b'\r')).for_each(|b| *b = b' ');
    let (mut depth, mut behind) = (0, 0);
    for token in tokens {
        let quote = u32::from(token.kind == Kind::String);
        let start = (token.start - quote) as usize;
        depth -= u32::from(matches!(token.kind, Kind::ObjectEnd | Kind::ArrayEnd));
        if depth == 1 && behind > 0 {
            // A comma stands between two items.
            array[behind..start].iter_mut().filter(|b| **b == b',').for_each(|b| *b = b'\n');
            behind = 0;
        }
        match depth {
            0 => array[start] = if token.kind == Kind::ArrayEnd { b'\n' } else { b' ' },
            1 if !matches!(token.kind, Kind::ObjectStart | Kind::ArrayStart) => {
                behind = (token.end + quote) as usize
            }
            _ => {}
        }
        depth += u32::from(matches!(token.kind, Kind::ObjectStart | Kind::ArrayStart));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_becomes_a_line_for_each_message() {
        let text = br#"[ {"a":[1,{"b":"],"}]} ,
            "x",5,{"c":
            2}, [], [[1],{}], null, "", ",",[","]]"#;
        let got = String::from_utf8(by_line(text.to_vec())).unwrap();
        let rows: Vec<_> = got.lines().map(|l| serde_json::from_str::<Value>(l).unwrap()).collect();
        assert_eq!(Value::from(rows), serde_json::from_slice::<Value>(text).unwrap());
        assert_eq!(by_line(b"{}\n{}\n".to_vec()), b"{}\n{}\n");
        assert_eq!(by_line(b" [ ]".to_vec()).trim_ascii(), b"");
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
        let pipeline = Pipeline::new(settings);
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
            let searched = Searched::new(&pipeline, Some(text.clone().into_bytes()), &[]).unwrap();
            assert_eq!(searched.nothing_found().unwrap(), clean, "{text}");
            assert_eq!(searched.findings().unwrap().is_empty(), clean, "{text}");
        }
    }

    #[test]
    fn what_was_lost_on_the_way_is_no_messages() {
        for (text, are) in [
            (r#"[{"type":"user","message":{"content":"hello"}}]"#, true),
            (r#"[{"type":"mode","x":1},{"role":"user","content":"hello"}]"#, true),
            ("{\"role\":\"user\",\n \"content\":[]}", true),
            ("{\"type\":\"mode\"}\n\n{\"type\":\"user\",\"message\":{}}", true),
            ("[]", false),
            ("{}", false),
            ("[{}]", false),
            (r#"["hello"]"#, false),
            (r#"{"error":"x"}"#, false),
            (r#"{"type":"error","error":{"message":"x","type":"y"}}"#, false),
            (r#"[{"type":"mode"}]"#, false),
            (r#"[{"role":"user","content":"hello"},null]"#, false),
            (r#"[{"role":"user","content":"hello"},{"x":1}]"#, false),
            (r#"[["role","user"]]"#, false),
            ("", false),
            ("\n \n", false),
            ("undefined", false),
            ("null", false),
            ("[{\"a\":", false),
            ("{\"a\":1}\n{\"b\":", false),
        ] {
            assert_eq!(messages(text.as_bytes().to_vec()).is_some(), are, "{text:?}");
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
