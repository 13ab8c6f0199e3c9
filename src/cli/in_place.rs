//! Files replaced where they stand, while others may append to them.

use super::{
    files::{Files, Surveyed},
    tell_error,
};
use crate::pipeline::Names;
use std::{error::Error, path::Path};

/// A file to be replaced, and what its first search told.
pub(super) type Dirty<'a> = (&'a Path, &'a Surveyed);

/// Ends what runs before this one left, of which `drafts` are files, and replaces each of `dirty` by its redacted copy, which
/// keeps mode and owner; says whether one was left as it was.
#[cfg(unix)]
pub(super) fn replace(files: Files<'_>, dirty: &[Dirty<'_>], drafts: &[&Path], names: &Names) -> bool {
    use crate::{
        output::rounds,
        store::{
            is_leftover,
            replace::{Growth, Replacer, replace_all},
        },
    };
    use std::{
        collections::HashMap,
        sync::{Mutex, PoisonError},
    };

    let files = Mutex::new(files);
    let surveyed: HashMap<&Path, &Surveyed> = dirty.iter().copied().collect();
    let rewrite = |path: &Path, bytes: &[u8]| {
        let mut files = files.lock().unwrap_or_else(PoisonError::into_inner);
        let surveyed = surveyed.get(path).copied();
        files.rewrite(path, bytes, surveyed).map_err(Box::<dyn Error + Send + Sync>::from)
    };
    let mut replacer = Replacer::new(&rewrite);
    let own = drafts.iter().filter(|path| path.file_name().is_some_and(is_leftover));
    let mut errors: Vec<_> = own.filter_map(|path| replacer.recover(path).err()).collect();
    errors.extend(replacer.settle());
    let growth = |path: &Path| match path.extension() {
        Some(extension) if extension == "json" => Growth::Whole,
        _ => Growth::Lines,
    };
    for round in rounds(dirty.to_vec(), |(path, _)| path) {
        let work: Vec<_> = round.into_iter().map(|(path, _)| (path, growth(path))).collect();
        let replaced = replace_all(&rewrite, &work);
        errors.extend(replaced.files.into_iter().filter_map(Result::err).chain(replaced.undone));
    }
    for error in &errors {
        tell_error(&names.hide(&chain(error)));
    }
    !errors.is_empty()
}

/// Replaces each of `paths` by its redacted copy; says whether one was left as it was.
#[cfg(not(unix))]
pub(super) fn replace(mut files: Files<'_>, dirty: &[Dirty<'_>], _drafts: &[&Path], names: &Names) -> bool {
    use crate::output::{Draft, Target};
    use std::io::Write as _;

    let mut replace = |path: &Path, surveyed: &Surveyed| -> anyhow::Result<()> {
        let bytes = std::fs::read(path)?;
        let mut draft = Draft::new(Target::File(path.to_owned()))?;
        draft.write_all(&files.rewrite(path, &bytes, Some(surveyed))?)?;
        draft.file().set_permissions(std::fs::metadata(path)?.permissions())?;
        Ok(draft.commit()?)
    };
    let mut failed = false;
    for (path, surveyed) in dirty {
        if let Err(error) = replace(path, surveyed) {
            tell_error(&names.hide(&format!("{} was left as it was: {error:#}", path.display())));
            failed = true;
        }
    }
    failed
}

/// An error and its causes, in one line.
#[cfg(unix)]
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text += &format!(": {error}");
        cause = error.source();
    }
    text
}
