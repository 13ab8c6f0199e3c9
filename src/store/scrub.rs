//! Searches stores and scrubs them in place: finished sessions, without loss, each file on its own.

mod batch;

use super::{
    Surroundings, Tally,
    layout::{self, Agent, Kind, Listing, Stored},
    live::{self, Activity, FileId, OpenFiles},
    state::State,
};
use crate::pipeline::{Names, Pipeline};
use batch::{Batch, names_of_session};
use std::{
    collections::{HashMap, HashSet},
    fs,
    path::PathBuf,
    time::{Duration, SystemTime},
};

/// What to do.
pub struct Request<'a> {
    /// What finds and replaces.
    pub pipeline: &'a Pipeline,
    /// What tells these rules and this policy from others.
    pub fingerprint: String,
    /// Whose stores; all if empty.
    pub agents: Vec<Agent>,
    /// Only the places with these patterns, apart from what is known of others; all if empty.
    pub places: &'static [&'static str],
    /// Only files that have not been written for so long.
    pub older_than: Duration,
    /// Whether sessions that are in use are scrubbed too.
    pub include_active: bool,
    /// Whether files are replaced, or only searched.
    pub write: bool,
}

/// What was done.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Files in the places of the agents.
    pub files: usize,
    /// Files that were read; the others were clean before and have not changed.
    pub read: usize,
    /// Files that were replaced.
    pub replaced: usize,
    /// What was found.
    pub found: Tally,
    /// Files that were left out, and why.
    pub skipped: Vec<(PathBuf, String)>,
    /// Files that hold something and must not be changed.
    pub kept: Vec<(PathBuf, &'static str)>,
    /// Files that were replaced and have other names outside the stores, under which the old content is still there.
    pub linked: Vec<PathBuf>,
    /// What went wrong, file by file.
    pub failed: Vec<String>,
}
/// Why a link is not searched.
const IS_LINK: &str = "a link: not followed";

/// Searches the stores, or scrubs them.
#[must_use]
pub fn run(request: &Request<'_>, around: &Surroundings) -> Outcome {
    let mut outcome = Outcome::default();
    let mut state = match request.places {
        [] => State::load(around.cache(), &request.fingerprint),
        _ => State::default(),
    };
    let listings = list(&request.agents, around);
    let leftovers: Vec<PathBuf> = listings.iter().flat_map(|l| l.leftovers.clone()).collect();
    outcome.failed.extend(listings.iter().flat_map(|l| l.errors.clone()));
    outcome
        .skipped
        .extend(listings.iter().flat_map(|l| l.links.clone()).map(|link| (link, IS_LINK.to_owned())));
    let mut files: Vec<Stored> = listings.into_iter().flat_map(|l| l.files).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|a, b| a.path == b.path);
    files.retain(|file| request.places.is_empty() || request.places.contains(&file.place.pattern));
    outcome.files = files.len();
    if !request.agents.is_empty() {
        state.keep_all();
    }
    files.iter().for_each(|file| state.keep(&file.path));
    let batch = Batch::new(request.pipeline, &files);
    if request.write {
        outcome.failed.extend(batch.recover(&leftovers));
    }
    let wanted = select(files, request, &mut outcome);
    let dirty = batch.survey(wanted, &mut state, &mut outcome);
    if request.write {
        batch.replace(&dirty, &mut state, &mut outcome);
    } else {
        batch.tell(&dirty, &mut outcome);
    }
    state.save();
    let skipped = outcome.skipped.iter().map(|(path, _)| path.as_path());
    let names = batch.names_in(skipped.chain(dirty.iter().map(|file| file.path.as_path())));
    outcome.found = batch.into_found();
    outcome.hide(&names);
    outcome
}

impl Outcome {
    /// Shows no name whole that holds a secret.
    fn hide(&mut self, names: &Names) {
        if names.is_empty() {
            return;
        }
        let shown = |path: &PathBuf| names.shown(path).into_owned();
        self.found.rename(&shown);
        for path in self.linked.iter_mut().chain(self.kept.iter_mut().map(|(path, _)| path)) {
            *path = shown(path);
        }
        for (path, reason) in &mut self.skipped {
            (*path, *reason) = (shown(path), names.hide(reason).into_owned());
        }
        self.failed.iter_mut().for_each(|text| *text = names.hide(text).into_owned());
    }
}

/// Scrubs these transcripts with what lies beside them, and the history of prompts, whether or not they are in use.
/// Gives what went wrong.
#[must_use]
pub fn sessions(pipeline: &Pipeline, transcripts: &[PathBuf], around: &Surroundings) -> Vec<String> {
    let ids: HashSet<String> = transcripts
        .iter()
        .filter_map(|path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()))
        .collect();
    let history = around.claude_root().map(|root| root.join("history.jsonl"));
    let mut files: Vec<Stored> = list(&[Agent::Claude], around).into_iter().flat_map(|l| l.files).collect();
    files.retain(|f| layout::belongs_to(&f.path, &ids) || Some(&f.path) == history.as_ref());
    let mut outcome = Outcome::default();
    let batch = Batch::new(pipeline, &files);
    let mut state = State::default();
    let dirty = batch.survey(files, &mut state, &mut outcome);
    batch.replace(&dirty, &mut state, &mut outcome);
    if !outcome.failed.is_empty() {
        outcome.hide(&batch.names_in(dirty.iter().map(|file| file.path.as_path())));
    }
    outcome.failed
}

fn list(agents: &[Agent], around: &Surroundings) -> Vec<Listing> {
    let roots = layout::roots(around).into_iter();
    roots
        .filter(|root| agents.is_empty() || agents.contains(&root.agent))
        .map(|root| layout::files(&root))
        .collect()
}

/// The files that are to be searched; the others are noted with their reason.
fn select(files: Vec<Stored>, request: &Request<'_>, outcome: &mut Outcome) -> Vec<Stored> {
    let now = SystemTime::now();
    let activity = activities(&files, now);
    let active_ids: HashSet<String> = files
        .iter()
        .filter(|f| f.place.session && f.place.kind == Kind::Lines && activity.contains_key(&f.path))
        .flat_map(|f| names_of_session(&f.path))
        .collect();
    let mut wanted = Vec::new();
    for file in files {
        let reason = match file.place.kind {
            Kind::Unsupported => Some(format!("not supported: {}", file.place.content)),
            Kind::Kept => Some(format!("never changed: {}", file.place.content)),
            _ if now.duration_since(file.modified).unwrap_or_default() < request.older_than => continue,
            _ if request.include_active || !request.write => None,
            _ => activity.get(&file.path).map(ToString::to_string).or_else(|| {
                let part = file.place.session && layout::belongs_to(&file.path, &active_ids);
                part.then(|| "belongs to an active session".to_owned())
            }),
        };
        match reason {
            Some(reason) => outcome.skipped.push((file.path, reason)),
            None => wanted.push(file),
        }
    }
    wanted
}

/// The files that another process holds open, and which.
#[must_use]
pub fn in_use(files: &[Stored]) -> HashMap<PathBuf, String> {
    let all = activities(files, SystemTime::now());
    let open = all.into_iter().filter(|(_, activity)| matches!(activity, Activity::Open(_)));
    open.map(|(path, activity)| (path, activity.to_string())).collect()
}

/// The files in use, and how. Only files of sessions count as used by having been written just now.
fn activities(files: &[Stored], now: SystemTime) -> HashMap<PathBuf, Activity> {
    let metadata: Vec<_> = files.iter().map(|f| fs::symlink_metadata(&f.path).ok()).collect();
    let ids: HashSet<FileId> = metadata.iter().flatten().map(FileId::of).collect();
    let open = OpenFiles::look(|id| ids.contains(&id));
    let mut found = HashMap::new();
    for (file, data) in files.iter().zip(&metadata) {
        let Some(data) = data else { continue };
        let quiet = if file.place.session { live::QUIET } else { Duration::ZERO };
        match live::activity(data, &open, now, quiet) {
            Activity::Finished => {}
            active => drop(found.insert(file.path.clone(), active)),
        }
    }
    found
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
