//! Calls whose answers are asked for: the ids of commands that print a secret or a name, wherever they stand again.

use super::{
    super::asked::{Ask, Asked},
    index::Index,
};
use foldhash::{HashMap, HashSet};
use std::sync::Arc;

/// The most calls that are kept: a stream may go on for ever.
const MAX_CALLS: usize = 1 << 14;

/// How long what all ids begin with must be to be searched for, in bytes.
const RARE: usize = 5;

/// A call whose answer is asked for.
#[derive(Clone)]
pub struct Call {
    /// Its id, raw.
    pub(in crate::detect) id: Arc<[u8]>,
    pub(in crate::detect) of: Of,
}

/// What is asked for where an id stands again.
#[derive(Clone)]
pub(in crate::detect) enum Of {
    /// This.
    Asked(Asked),
    /// What is asked for in talk where this id stands, if anything: a record between question and answer has both.
    Same(Arc<[u8]>),
}

/// Never the id.
impl std::fmt::Debug for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Call")
    }
}

/// All calls whose answers are asked for.
#[derive(Clone, Default)]
pub(super) struct Calls {
    all: Vec<(Asked, u64)>,
    places: HashMap<Arc<[u8]>, usize>,
    /// What all ids begin with.
    prefix: Option<Vec<u8>>,
    /// Searched where that is too short to be rare.
    index: Index,
    /// Where records start that answer one.
    answers: HashSet<u64>,
}

impl Calls {
    /// Adds a call with the record in which it stands; the first record counts.
    pub(super) fn add(&mut self, since: u64, Call { id, of }: Call) {
        let asked = match of {
            Of::Asked(asked) => Some(asked),
            Of::Same(other) => {
                let asked = self.places.get(&other).map(|&place| self.all[place].0);
                asked.filter(|asked| asked.ask.and_then(Ask::in_talk).is_some())
            }
        };
        let Some(asked) = asked else { return };
        if let Some(&place) = self.places.get(&id) {
            self.all[place].1 = self.all[place].1.min(since);
        } else if self.all.len() < MAX_CALLS {
            let common = |prefix: &[u8]| prefix.iter().zip(&*id).take_while(|(a, b)| a == b).count();
            let len = self.prefix.as_deref().map_or(id.len(), common);
            self.prefix = Some(id[..len].to_vec());
            self.index.add(id.to_vec());
            self.places.insert(id, self.all.len());
            self.all.push((asked, since));
        }
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Notes that the record at byte `at` answers a call.
    pub(super) fn note(&mut self, at: u64) {
        self.answers.insert(at);
    }

    /// Whether the record at byte `at` has been noted.
    pub(super) fn is_answer(&self, at: u64) -> bool {
        self.answers.contains(&at)
    }

    /// Where ids of calls that were made in the record at byte `at` or before stand in the bytes of that record, with what
    /// their answers are.
    pub(super) fn find(&self, at: u64, record: &[u8]) -> Vec<(usize, Asked)> {
        let mut found = Vec::new();
        let mut see = |place: usize, start: usize, end: usize| {
            let (asked, since) = self.all[place];
            let quoted = record.get(end) == Some(&b'"') && start > 0 && record[start - 1] == b'"';
            if since <= at && quoted {
                found.push((start, asked));
            }
        };
        match &self.prefix {
            Some(prefix) if prefix.len() >= RARE => {
                for start in memchr::memmem::find_iter(record, prefix) {
                    let end = start + record[start..].iter().take_while(|b| **b != b'"').count();
                    if let Some(&place) = self.places.get(&record[start..end]) {
                        see(place, start, end);
                    }
                }
            }
            _ => self.index.find(record, see),
        }
        found
    }
}
