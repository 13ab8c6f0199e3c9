//! Which files are read, and where each goes. Everything that can be refused is refused here, before a byte is
//! written.

use crate::{
    output::{DRAFT_PREFIX, FileIdentity, Target, folder_of},
    report::printable,
};
use anyhow::{Context as _, bail};
use ignore::{DirEntry, WalkBuilder};
use std::{
    collections::HashMap,
    fs::{self, File},
    path::{Path, PathBuf},
};

/// A file to read and where its redacted copy goes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Job {
    pub(super) input: PathBuf,
    pub(super) target: Target,
}

/// What a run will do.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Folders to make first, parents before children.
    pub(super) folders: Vec<PathBuf>,
    /// Folders that are read.
    pub(super) read: Vec<PathBuf>,
    /// Files in the making in folders whose files are replaced.
    pub(super) drafts: Vec<PathBuf>,
    pub(super) jobs: Vec<Job>,
    /// What is left out and why.
    pub(super) notes: Vec<String>,
    /// What could not be read: the rest is done, the run has failed.
    pub(super) failures: Vec<String>,
}

/// What a walk found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Files, by name.
    pub(super) files: Vec<PathBuf>,
    pub(super) folders: Vec<PathBuf>,
    /// Files in the making, of another run or of one that did not end.
    drafts: Vec<PathBuf>,
    /// What is left out and why.
    pub(super) notes: Vec<String>,
    /// What could not be read.
    pub(super) failures: Vec<String>,
}

impl Plan {
    /// The files and folders that are read.
    pub(super) fn names(&self) -> impl Iterator<Item = &Path> + Clone {
        self.read.iter().chain(self.jobs.iter().map(|job| &job.input)).map(PathBuf::as_path)
    }
}

/// Every file that `paths` name, or that stands in a folder they name: hidden and ignored ones too. Links in folders
/// are not followed.
pub(super) fn files(paths: &[PathBuf]) -> anyhow::Result<Found> {
    let mut found = Found::default();
    for path in paths {
        if path.is_dir() {
            found.walk(path);
        } else {
            check_readable(path)?;
            found.files.push(path.clone());
        }
    }
    Ok(found)
}

/// The size of all files together, in bytes.
pub(super) fn size(files: &[PathBuf]) -> u64 {
    files.iter().filter_map(|path| fs::metadata(path).ok()).map(|meta| meta.len()).sum()
}

/// Refuses to write a report over what is read or written.
pub(super) fn refuse_report(plan: &Plan, report: &Path) -> anyhow::Result<()> {
    let file = FileIdentity::of(report);
    let clashes = |path: &Path| path == report || (file.is_some() && FileIdentity::of(path) == file);
    if let Some(job) = plan.jobs.iter().find(|job| clashes(&job.input) || clashes(job.target.path())) {
        bail!("report {} is {} or its output: write it elsewhere", report.display(), job.input.display());
    }
    Ok(())
}

/// Each file of `paths` goes back where it stands.
pub(super) fn in_place(paths: &[PathBuf]) -> anyhow::Result<Plan> {
    let Found { files, folders: read, drafts, mut notes, failures } = files(paths)?;
    let mut jobs = Vec::new();
    for input in files {
        let target = Target::new(&input)?;
        if !matches!(target, Target::File(_)) {
            bail!("{} is no file: it cannot be replaced in place", input.display());
        }
        jobs.push(Job { input, target });
    }
    notes.extend(other_names(&jobs));
    Ok(Plan { folders: Vec::new(), read, drafts, jobs, notes, failures })
}

/// Each file of `paths` goes to `out`: a file to a file or into a folder, a folder to the same tree there, several
/// into a folder under their own names.
pub(super) fn copy(paths: &[PathBuf], out: &Path) -> anyhow::Result<Plan> {
    let mut plan = match paths {
        [file] if !file.is_dir() && !names_folder(out) => {
            check_readable(file)?;
            check_folder(out)?;
            Plan { jobs: vec![Job { input: file.clone(), target: Target::new(out)? }], ..Plan::default() }
        }
        _ if !matches!(Target::new(out)?, Target::File(_)) => {
            bail!("{} takes one file: name a folder for more", out.display())
        }
        [folder] if folder.is_dir() => tree(folder, out)?,
        several => into_folder(several, out)?,
    };
    refuse_overlap(paths, out)?;
    refuse_collisions(&plan)?;
    refuse_own_input(&plan)?;
    plan.folders.dedup();
    Ok(plan)
}

/// Whether `out` is or must be a folder.
fn names_folder(out: &Path) -> bool {
    out.is_dir() || out.as_os_str().to_string_lossy().ends_with(std::path::is_separator)
}

/// The files of `folder`, under the same names below `out`.
fn tree(folder: &Path, out: &Path) -> anyhow::Result<Plan> {
    if fs::metadata(out).is_ok_and(|meta| !meta.is_dir()) {
        bail!("{} is a folder and {} is not: name a folder to write to", folder.display(), out.display());
    }
    let mut found = Found::default();
    found.walk(folder);
    let below = |path: &Path| out.join(path.strip_prefix(folder).unwrap_or(path));
    let job = |input: &PathBuf| anyhow::Ok(Job { input: input.clone(), target: Target::new(&below(input))? });
    Ok(Plan {
        folders: found.folders.iter().map(|path| below(path)).collect(),
        jobs: found.files.iter().map(job).collect::<anyhow::Result<_>>()?,
        read: found.folders,
        drafts: Vec::new(),
        notes: found.notes,
        failures: found.failures,
    })
}

/// Each of `paths` under its own name in the folder `out`.
fn into_folder(paths: &[PathBuf], out: &Path) -> anyhow::Result<Plan> {
    if fs::metadata(out).is_ok_and(|meta| !meta.is_dir()) {
        bail!("{} is not a folder: several inputs need one", out.display());
    }
    let mut plan = Plan { folders: vec![out.to_owned()], ..Plan::default() };
    for path in paths {
        let full = path.canonicalize().with_context(|| format!("cannot read {}", path.display()))?;
        let name = path.file_name().or(full.file_name());
        let name = name.with_context(|| format!("{} has no name of its own", path.display()))?;
        if path.is_dir() {
            let part = tree(path, &out.join(name))?;
            plan.folders.extend(part.folders);
            plan.read.extend(part.read);
            plan.jobs.extend(part.jobs);
            plan.notes.extend(part.notes);
            plan.failures.extend(part.failures);
        } else {
            check_readable(path)?;
            plan.jobs.push(Job { input: path.clone(), target: Target::new(&out.join(name))? });
        }
    }
    Ok(plan)
}

impl Found {
    /// What was named, and the files and folders below.
    pub(super) fn names(&self) -> impl Iterator<Item = &Path> + Clone {
        self.folders.iter().chain(&self.files).map(PathBuf::as_path)
    }

    fn walk(&mut self, root: &Path) {
        let mut builder = WalkBuilder::new(root);
        builder.standard_filters(false).follow_links(false).sort_by_file_name(Ord::cmp);
        for entry in builder.build() {
            match entry {
                Ok(entry) => self.take(&entry),
                Err(error) => self.failures.push(format!("cannot read all of {}: {error}", root.display())),
            }
        }
    }

    fn take(&mut self, entry: &DirEntry) {
        let path = entry.path();
        match entry.file_type() {
            // The root itself may be a link to a folder.
            Some(kind) if kind.is_dir() || entry.depth() == 0 => self.folders.push(path.to_owned()),
            // The old content, or half of the new: whose run it was, that one or the next sees to it.
            Some(kind) if kind.is_file() && is_draft(path) => {
                self.notes.push(format!("{}: left by a run that did not end, not read", printable(path)));
                self.drafts.push(path.to_owned());
            }
            Some(kind) if kind.is_file() => self.files.push(path.to_owned()),
            Some(kind) if kind.is_symlink() => {
                self.notes.push(format!("{}: a link, not followed", printable(path)));
            }
            _ => self.notes.push(format!("{}: not a file, left out", printable(path))),
        }
    }
}

/// Whether a file is one in the making, by its name.
fn is_draft(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(DRAFT_PREFIX.as_bytes()))
}

/// Refuses what is no file, or is one that may not be read.
fn check_readable(path: &Path) -> anyhow::Result<()> {
    let shown = || format!("cannot read {}", path.display());
    // Opening a pipe would wait for its writer, so look first.
    if !fs::metadata(path).with_context(shown)?.is_file() {
        bail!("{} is not a regular file: pipe it through `transcrub filter`", path.display());
    }
    File::open(path).map(drop).with_context(shown)
}

/// Refuses output in a folder that does not exist: only folders that are copied are made.
fn check_folder(out: &Path) -> anyhow::Result<()> {
    let folder = folder_of(out);
    if !folder.is_dir() {
        bail!("there is no folder {}: make it first", folder.display());
    }
    Ok(())
}

/// Refuses to write into a folder that is read, where output would become input.
fn refuse_overlap(paths: &[PathBuf], out: &Path) -> anyhow::Result<()> {
    let Some(out_full) = nearest_existing(out) else { return Ok(()) };
    for folder in paths.iter().filter(|path| path.is_dir()) {
        let full = folder.canonicalize().with_context(|| format!("cannot read {}", folder.display()))?;
        if out_full.starts_with(&full) {
            bail!(
                "{} lies in {}, which is read: write elsewhere, or use --in-place",
                out.display(),
                folder.display()
            );
        }
    }
    Ok(())
}

/// The full name of `path`, as far as it exists.
fn nearest_existing(path: &Path) -> Option<PathBuf> {
    let mut missing = Vec::new();
    let mut here = path;
    loop {
        if let Ok(full) = here.canonicalize() {
            return Some(missing.iter().rev().fold(full, |full, name| full.join(name)));
        }
        missing.push(here.file_name()?);
        here = folder_of(here);
    }
}

fn refuse_collisions(plan: &Plan) -> anyhow::Result<()> {
    let mut taken = HashMap::new();
    for job in &plan.jobs {
        if let Target::File(path) = &job.target
            && let Some(other) = taken.insert(path, &job.input)
        {
            bail!(
                "{} and {} would both become {}: scrub them one by one",
                other.display(),
                job.input.display(),
                path.display()
            );
        }
    }
    Ok(())
}

/// Refuses to write over anything that is read, by whatever name.
fn refuse_own_input(plan: &Plan) -> anyhow::Result<()> {
    let inputs: HashMap<_, _> =
        plan.jobs.iter().filter_map(|job| Some((FileIdentity::of(&job.input)?, &job.input))).collect();
    for target in plan.jobs.iter().map(|job| job.target.path()) {
        if let Some(own) = FileIdentity::of(target).and_then(|file| inputs.get(&file)) {
            bail!(
                "output {} is input {}: write elsewhere, or use --in-place",
                target.display(),
                own.display()
            );
        }
    }
    Ok(())
}

/// A file with several names keeps its old content under those that are not replaced too.
#[cfg(unix)]
fn other_names(jobs: &[Job]) -> Vec<String> {
    use std::os::unix::fs::MetadataExt as _;
    let mut names: HashMap<FileIdentity, u64> = HashMap::new();
    for file in jobs.iter().filter_map(|job| FileIdentity::of(&job.input)) {
        *names.entry(file).or_default() += 1;
    }
    let told = |job: &Job| {
        let here = names.get(&FileIdentity::of(&job.input)?)?;
        let others = fs::metadata(&job.input).ok()?.nlink().saturating_sub(*here);
        let path = printable(&job.input);
        (others > 0).then(|| {
            format!("{path}: {others} more hard link(s) to this file keep the old content: scrub those too")
        })
    };
    jobs.iter().filter_map(told).collect()
}

#[cfg(not(unix))]
fn other_names(_: &[Job]) -> Vec<String> {
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder `in` with a file, a hidden one and one below, and a file `b` beside it.
    fn world() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        fs::create_dir_all(at("in/deep")).unwrap();
        for name in ["in/a", "in/.hidden", "in/deep/a", "b"] {
            fs::write(at(name), name).unwrap();
        }
        fs::write(at("in/.gitignore"), "*").unwrap();
        dir
    }

    fn plan(dir: &tempfile::TempDir, inputs: &[&str], out: &str) -> anyhow::Result<Vec<String>> {
        let paths: Vec<_> = inputs.iter().map(|name| dir.path().join(name)).collect();
        let plan = copy(&paths, &dir.path().join(out))?;
        let shown = |path: &Path| path.strip_prefix(dir.path()).unwrap().display().to_string();
        Ok(plan
            .jobs
            .iter()
            .map(|job| format!("{} > {}", shown(&job.input), shown(job.target.path())))
            .collect())
    }

    #[test]
    fn a_file_goes_to_a_file_or_into_a_folder() {
        let dir = world();
        assert_eq!(plan(&dir, &["b"], "c").unwrap(), ["b > c"]);
        fs::create_dir(dir.path().join("out")).unwrap();
        assert_eq!(plan(&dir, &["b"], "out").unwrap(), ["b > out/b"]);
        assert_eq!(plan(&dir, &["b"], "new/").unwrap(), ["b > new/b"]);
    }

    #[test]
    fn a_folder_goes_to_the_same_tree_with_everything_in_it() {
        let all = [
            "in/.gitignore > out/.gitignore",
            "in/.hidden > out/.hidden",
            "in/a > out/a",
            "in/deep/a > out/deep/a",
        ];
        assert_eq!(plan(&world(), &["in"], "out").unwrap(), all);
        let mixed = plan(&world(), &["b", "in/deep"], "out").unwrap();
        assert_eq!(mixed, ["b > out/b", "in/deep/a > out/deep/a"]);
    }

    #[test]
    fn output_never_meets_input() {
        let dir = world();
        let refused = |inputs: &[&str], out: &str| format!("{:#}", plan(&dir, inputs, out).unwrap_err());
        assert!(refused(&["b"], "b").contains("is input"));
        assert!(refused(&["in"], "in").contains("lies in"));
        assert!(refused(&["in"], "in/new/deep").contains("lies in"));
        assert!(refused(&["in/a", "in/deep/a"], "out").contains("would both become"));
        assert!(refused(&["in/a"], "in").contains("is input"));
        assert!(refused(&["in"], "b").contains("is not"));
        assert!(refused(&["in/a", "b"], "b").contains("not a folder"));
        assert!(refused(&["no"], "c").contains("cannot read"));
    }

    #[cfg(unix)]
    #[test]
    fn output_never_meets_input_by_a_link() {
        let dir = world();
        let at = |name: &str| dir.path().join(name);
        fs::hard_link(at("b"), at("hard")).unwrap();
        std::os::unix::fs::symlink("b", at("soft")).unwrap();
        std::os::unix::fs::symlink("in", at("in-again")).unwrap();
        for out in ["hard", "soft"] {
            assert!(plan(&dir, &["b"], out).unwrap_err().to_string().contains("is input"), "{out}");
        }
        assert!(plan(&dir, &["soft"], "b").unwrap_err().to_string().contains("is input"));
        assert!(plan(&dir, &["in"], "in-again/x").unwrap_err().to_string().contains("lies in"));
        let found = files(&[dir.path().to_owned()]).unwrap();
        assert_eq!(found.notes.len(), 2, "{:?}", found.notes);
        assert_eq!(in_place(&[at("b")]).unwrap().notes.len(), 1);
    }
}
