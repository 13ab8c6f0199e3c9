//! Files replaced side by side: most of the time each of them waits for the disk.

use super::{Growth, ReplaceError, Replacer, Rewrite};
use std::{
    fs,
    path::Path,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

/// How many files are replaced side by side.
const WIDTH: usize = 8;

/// Larger files are replaced one at a time, in bytes: what stood in them and what is to stand there is in memory.
const LARGE: u64 = 4 << 20;

/// What became of files.
pub struct Replaced {
    /// For each, in order, whether it was replaced, or why it was left as it was.
    pub files: Vec<Result<bool, ReplaceError>>,
    /// Which replacements had to be undone since.
    pub undone: Vec<ReplaceError>,
}

/// Replaces files of which no two are names of one, as [`Replacer::replace`] does, and settles that.
#[must_use]
pub fn replace_all(rewrite: &Rewrite<'_>, files: &[(&Path, Growth)]) -> Replaced {
    let (next, large) = (AtomicUsize::new(0), Mutex::new(()));
    let work = || {
        let mut replacer = Replacer::one_of(WIDTH, rewrite);
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(&(path, growth)) = files.get(place) else { break };
            let is_large = fs::metadata(path).is_ok_and(|meta| meta.len() > LARGE);
            let _alone = is_large.then(|| large.lock().unwrap_or_else(PoisonError::into_inner));
            done.push((place, replacer.replace(path, growth)));
        }
        (done, replacer.settle())
    };
    let all = std::thread::scope(|scope| {
        let start = |_| std::thread::Builder::new().spawn_scoped(scope, work).ok();
        // Where no more threads can be had, those that there are do it.
        let others: Vec<_> = (1..WIDTH.min(files.len())).map_while(start).collect();
        let own = work();
        let theirs =
            others.into_iter().map(|other| other.join().unwrap_or_else(|e| std::panic::resume_unwind(e)));
        std::iter::once(own).chain(theirs).collect::<Vec<_>>()
    });
    let (mut done, mut undone) = (Vec::with_capacity(files.len()), Vec::new());
    for (some, failed) in all {
        done.extend(some);
        undone.extend(failed);
    }
    done.sort_unstable_by_key(|(place, _)| *place);
    Replaced { files: done.into_iter().map(|(_, result)| result).collect(), undone }
}
