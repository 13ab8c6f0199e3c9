//! Files replaced where they stand, while others may append to them.

use super::{files::Files, tell_error};
use crate::pipeline::Names;
use std::{error::Error, path::Path};

/// Ends what runs before this one left, of which `drafts` are files, and replaces each of `paths` by its redacted copy, which
/// keeps mode and owner; says whether one was left as it was.
#[cfg(unix)]
pub(super) fn replace(files: Files<'_>, paths: &[&Path], drafts: &[&Path], names: &Names) -> bool {
    use crate::{
        output::rounds,
        store::{
            is_leftover,
            replace::{Growth, Replacer},
        },
    };
    use std::sync::{Mutex, PoisonError};

    let files = Mutex::new(files);
    let rewrite = |path: &Path, bytes: &[u8]| {
        let mut files = files.lock().unwrap_or_else(PoisonError::into_inner);
        files.rewrite(path, bytes).map_err(Box::<dyn Error + Send + Sync>::from)
    };
    let mut replacer = Replacer::new(&rewrite);
    let own = drafts.iter().filter(|path| path.file_name().is_some_and(is_leftover));
    let mut errors: Vec<_> = own.filter_map(|path| replacer.recover(path).err()).collect();
    errors.extend(replacer.settle());
    for round in rounds(paths.to_vec(), |path| path) {
        for path in round {
            let is_document = path.extension().is_some_and(|extension| extension == "json");
            let growth = if is_document { Growth::Whole } else { Growth::Lines };
            errors.extend(replacer.replace(path, growth).err());
        }
        errors.extend(replacer.settle());
    }
    for error in &errors {
        tell_error(&names.hide(&chain(error)));
    }
    !errors.is_empty()
}

/// Replaces each of `paths` by its redacted copy; says whether one was left as it was.
#[cfg(not(unix))]
pub(super) fn replace(mut files: Files<'_>, paths: &[&Path], _drafts: &[&Path], names: &Names) -> bool {
    use crate::output::{Draft, Target};
    use std::io::Write as _;

    let mut replace = |path: &Path| -> anyhow::Result<()> {
        let bytes = std::fs::read(path)?;
        let mut draft = Draft::new(Target::File(path.to_owned()))?;
        draft.write_all(&files.rewrite(path, &bytes)?)?;
        draft.file().set_permissions(std::fs::metadata(path)?.permissions())?;
        Ok(draft.commit()?)
    };
    let mut failed = false;
    for path in paths {
        if let Err(error) = replace(path) {
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
