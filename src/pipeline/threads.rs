//! The threads of a pipeline: started when there is work for more than one, since a short text is done before they are awake.

use rayon::{ThreadPool, ThreadPoolBuilder, prelude::*};
use std::{num::NonZeroUsize, sync::OnceLock, thread};

/// Bytes from which on work is handed to the threads though there is one piece of it: a long record is verified by two.
const LONG: usize = 64 << 10;

/// Threads that are started when they are first asked for.
pub(super) struct Threads {
    /// How many; as many as the machine has cores if nobody says.
    wanted: Option<usize>,
    pool: OnceLock<Option<ThreadPool>>,
}

impl Threads {
    pub(super) fn new(wanted: Option<usize>) -> Self {
        Self { wanted, pool: OnceLock::new() }
    }

    /// The threads for some pieces of work on so many bytes; `None` if whoever asks is as fast alone, or if the system lets
    /// no thread be started.
    pub(super) fn for_work(&self, pieces: usize, bytes: usize) -> Option<&ThreadPool> {
        if pieces < 2 && bytes < LONG {
            return None;
        }
        self.pool.get_or_init(|| start(self.wanted)).as_ref()
    }

    /// How many there are for work on so many bytes, the one that asks if there are none.
    pub(super) fn count(&self, bytes: usize) -> usize {
        self.for_work(1, bytes).map_or(1, ThreadPool::current_num_threads)
    }

    /// Does `work` on every item, of so many bytes in all; each item is taken by itself, so that none waits in the hands of a
    /// thread that is busy while another one has nothing to do.
    pub(super) fn side_by_side<T: Sync, R: Send>(
        &self,
        items: &[T],
        bytes: usize,
        work: impl Fn(&T) -> R + Send + Sync,
    ) -> Vec<R> {
        match self.for_work(items.len(), bytes) {
            Some(pool) => pool.install(|| items.par_iter().with_max_len(1).map(work).collect()),
            None => items.iter().map(work).collect(),
        }
    }
}

/// As many threads as are wanted, or as the system lets be started.
fn start(wanted: Option<usize>) -> Option<ThreadPool> {
    let build = |count| ThreadPoolBuilder::new().num_threads(count).build().ok();
    build(wanted.unwrap_or(0)).or_else(|| {
        let most = wanted.or_else(|| thread::available_parallelism().ok().map(NonZeroUsize::get))?;
        std::iter::successors(Some(most / 2), |count| Some(count / 2))
            .take_while(|&count| count > 0)
            .find_map(build)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_are_started_for_more_than_one_piece_of_work_or_a_long_one() {
        let threads = Threads::new(Some(2));
        let inside = |_: &u8| rayon::current_thread_index().is_some();
        assert_eq!(threads.side_by_side(&[7], 1_000, inside), [false]);
        assert_eq!(threads.count(1_000), 1);
        assert!(threads.pool.get().is_none());
        assert_eq!(threads.side_by_side(&[7, 8], 1_000, inside), [true, true]);
        assert_eq!(threads.side_by_side(&[7], LONG, inside), [true]);
        assert_eq!(threads.count(LONG), 2);
    }

    #[test]
    fn results_are_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..100).collect();
        for count in [1, 4] {
            let threads = Threads::new(Some(count));
            assert_eq!(
                threads.side_by_side(&items, LONG, |item| item * 2),
                items.iter().map(|i| i * 2).collect::<Vec<_>>()
            );
        }
    }
}
