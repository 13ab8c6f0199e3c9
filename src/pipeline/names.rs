//! Names of files that hold a secret. Names stay as they are on the disk, but no report may show them whole.

use super::{Job, Pipeline};
use crate::{
    finding::Finding,
    redact::{self, PLACEHOLDER_OPENING},
    report::{Event, Place, Sink},
    rule::Class,
};
use std::{
    borrow::Cow,
    collections::BTreeMap,
    io,
    ops::Range,
    path::{MAIN_SEPARATOR, Path, PathBuf},
};

/// The secrets that stand in names of files and folders, each with its placeholder.
#[derive(Clone, Default)]
pub struct Names(BTreeMap<String, String>);

impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Names(<{} secrets>)", self.0.len())
    }
}

impl Names {
    /// The secrets in `paths`, by what `job` knows; it learns nothing from them.
    pub fn of<'a>(job: &Job<'_>, paths: impl IntoIterator<Item = &'a Path>) -> Self {
        // What is known is much, and hardly any name holds a secret.
        let mut job = Cow::Borrowed(job);
        let mut out = Self::default();
        for path in paths {
            let text = path.to_string_lossy();
            if !job.finds_nothing(text.as_bytes()) {
                out.look(job.to_mut(), &text);
            }
        }
        out
    }

    fn look(&mut self, job: &mut Job<'_>, text: &str) {
        let survey = job.learn(text.as_bytes());
        let mut found = Secrets::default();
        // Nothing is written, so that nothing can fail but the sink, which takes all.
        let _ = job.redact(text.as_bytes(), None, &survey, None, &mut found);
        for (range, placeholder) in found.0 {
            if let Some(secret) = text.get(range).filter(|secret| !secret.is_empty()) {
                self.0.insert(secret.to_owned(), placeholder);
            }
        }
    }

    /// Whether no name holds a secret.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `text` with a placeholder for each of the secrets, the longest first.
    #[must_use]
    pub fn hide<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut out = Cow::Borrowed(text);
        let mut secrets: Vec<_> =
            self.0.iter().filter(|(secret, _)| text.contains(secret.as_str())).collect();
        secrets.sort_by_key(|(secret, _)| std::cmp::Reverse(secret.len()));
        for (secret, placeholder) in secrets {
            out = Cow::Owned(out.replace(secret.as_str(), placeholder));
        }
        out
    }

    /// How `path` may be shown.
    #[must_use]
    pub fn shown<'p>(&self, path: &'p Path) -> Cow<'p, Path> {
        if self.is_empty() {
            return Cow::Borrowed(path);
        }
        let text = path.to_string_lossy();
        match self.hide(&text) {
            hidden if hidden == text => Cow::Borrowed(path),
            hidden => Cow::Owned(PathBuf::from(hidden.into_owned())),
        }
    }

    /// The names among `paths` that hold a secret, as they may be shown: a folder once, not with all that lies in it.
    #[must_use]
    pub fn told<'a>(&self, paths: impl IntoIterator<Item = &'a Path>) -> Vec<PathBuf> {
        let mut out: Vec<PathBuf> = paths
            .into_iter()
            .filter(|path| self.shown(path) != *path)
            .map(|p| head(&self.shown(p)))
            .collect();
        out.sort();
        out.dedup();
        out
    }
}

/// A shown path up to the first name in it that holds a placeholder.
fn head(shown: &Path) -> PathBuf {
    let text = shown.to_string_lossy();
    let opening = text.find(PLACEHOLDER_OPENING).unwrap_or(0);
    let end = text[opening..].find(MAIN_SEPARATOR).map_or(text.len(), |length| opening + length);
    PathBuf::from(&text[..end])
}

/// Keeps the secrets that are found in one text.
#[derive(Default)]
struct Secrets(Vec<(Range<usize>, String)>);

impl Secrets {
    fn found(&mut self, place: &Place<'_>, finding: &Finding) {
        let rule = finding.rule.rule();
        if rule.class == Class::Secret {
            let (start, end) = place.extent(finding);
            let at = |offset: u64| usize::try_from(offset).unwrap_or(usize::MAX);
            self.0.push((at(start)..at(end), redact::placeholder(rule.label, finding.tag)));
        }
    }
}

impl Sink for Secrets {
    fn event(&mut self, event: &Event<'_>) -> io::Result<()> {
        if let Event::Found { place, finding } = event {
            self.found(place, finding);
        }
        Ok(())
    }
}

/// Gives events on to another sink under the name by which a transcript may be shown.
pub struct Renamed<'a> {
    sink: &'a mut dyn Sink,
    shown: &'a Path,
}

impl<'a> Renamed<'a> {
    /// Shows every transcript that has a name as `shown`.
    pub fn new(sink: &'a mut dyn Sink, shown: &'a Path) -> Self {
        Self { sink, shown }
    }
}

impl Sink for Renamed<'_> {
    fn event(&mut self, event: &Event<'_>) -> io::Result<()> {
        let named = |path: Option<&Path>| path.map(|_| self.shown);
        let place =
            |place: &Place<'_>| Place { path: named(place.path), record: place.record, offset: place.offset };
        match event {
            Event::Found { place: at, finding } => {
                self.sink.event(&Event::Found { place: place(at), finding })
            }
            Event::Refused { place: at, reason } => {
                self.sink.event(&Event::Refused { place: place(at), reason })
            }
            Event::End { path, totals } => {
                self.sink.event(&Event::End { path: named(*path), totals: *totals })
            }
            other => self.sink.event(other),
        }
    }
}

impl Pipeline {
    /// The secrets in `paths`, by what we were told and what they say themselves.
    pub fn names<'a>(&self, paths: impl IntoIterator<Item = &'a Path>) -> Names {
        Names::of(&self.job(), paths)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        input::Access,
        pipeline::Settings,
        policy::{Allowlist, Policy, Profile},
        tag::Key,
    };

    const TOKEN: &str = "ghp_Vq3TzK8mYb1XcN5rLw7JdF2hGs9PaE4uRt6B";

    fn pipeline() -> Pipeline {
        let policy = Policy::new(Profile::share(), Allowlist::default());
        let key = Key::from_material(&[7; 32]);
        let known = vec![b"Otter-84-lamp".to_vec()];
        Pipeline::new(Settings { policy, key, known, threads: Some(1), access: Access::Read })
    }

    #[test]
    fn only_secrets_are_hidden_and_folders_told_once() {
        let (folder, plain) = (format!("/home/maribel/{TOKEN}.d"), "/home/maribel/a.jsonl");
        let inside = [format!("{folder}/a"), format!("{folder}/b"), "x/Otter-84-lamp.txt".to_owned()];
        let paths: Vec<&Path> = inside.iter().map(String::as_str).chain([plain]).map(Path::new).collect();
        let names = pipeline().names(paths.iter().copied());
        assert_eq!(names.shown(Path::new(plain)), Path::new(plain));
        let shown = names.shown(paths[0]).to_string_lossy().into_owned();
        assert!(
            shown.starts_with("/home/maribel/[REDACTED:github-pat-classic:") && shown.ends_with("].d/a"),
            "{shown}"
        );
        let told = names.told(paths.iter().copied());
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told.iter().all(|path| !path.ends_with("a")), "{told:?}");
        assert!(!names.hide(&format!("cannot read {}", inside[2])).contains("Otter"));
    }
}
