//! Calls whose answers are asked for: the ids of commands that print a secret or a name, wherever they stand again.

use super::{
    super::asked::{Ask, Asked, NEAR, is_said},
    index::Index,
};
use foldhash::{HashMap, HashSet};
use memchr::memmem::Finder;
use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

/// The most calls that are kept: a stream may go on for ever.
const MAX_CALLS: usize = 1 << 14;

/// How long what all ids begin with must be to be searched for, in bytes.
const RARE: usize = 5;

/// The name of what tells which record stands before one, with its quote.
static PARENT: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("parentUuid\""));

/// A call whose answer is asked for.
#[derive(Clone)]
pub struct Call {
    /// Its id, raw; none of what only its place in order tells.
    pub(in crate::detect) id: Arc<[u8]>,
    /// Whether that is the id of a record, which the next one names as the one before it.
    pub(in crate::detect) of_record: bool,
    pub(in crate::detect) of: Of,
}

/// What is asked for where an id stands again.
#[derive(Clone)]
pub(in crate::detect) enum Of {
    /// This.
    Asked(Asked),
    /// What is asked for in talk where this id stands, if anything: a record between question and answer has both.
    Same(Arc<[u8]>),
    /// This, of what a person says soon behind the record at this byte.
    Next(Asked, u64),
    /// Whatever is asked for within the record at this byte.
    Within(u64),
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
    /// The ids that are not of records.
    commands: Ids,
    /// Whether some are of records: those are asked for only where a record names the one before it.
    of_records: bool,
    /// Where records start that answer one.
    answers: HashSet<u64>,
    /// What only the order of records tells, of the transcript that is read.
    pub(super) talk: Talk,
}

/// Questions in talk by where their records start, of one transcript: another one has other records there.
#[derive(Clone, Default)]
pub struct Talk {
    /// What is asked for, and is answered by what comes next.
    open: BTreeMap<u64, Asked>,
    /// Where records start that hold questions with their answers.
    dialogues: HashSet<u64>,
}

impl Talk {
    fn len(&self) -> usize {
        self.open.len() + self.dialogues.len()
    }

    /// Whether nothing is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Ids that are searched for wherever they may stand.
#[derive(Clone, Default)]
struct Ids {
    /// What all begin with.
    prefix: Option<Vec<u8>>,
    /// Searched where that is too short to be rare.
    index: Index,
    /// The place of each of the index among all calls.
    places: Vec<usize>,
}

impl Ids {
    fn add(&mut self, id: &[u8], place: usize) {
        let common = |prefix: &[u8]| prefix.iter().zip(id).take_while(|(a, b)| a == b).count();
        let len = self.prefix.as_deref().map_or(id.len(), common);
        self.prefix = Some(id[..len].to_vec());
        self.index.add(id.to_vec());
        self.places.push(place);
    }

    /// Calls `see` with the place, the start and the end of each id in `record`.
    fn find(
        &self,
        record: &[u8],
        of: impl Fn(&[u8]) -> Option<usize>,
        mut see: impl FnMut(usize, usize, usize),
    ) {
        let Some(prefix) = &self.prefix else { return };
        if prefix.len() < RARE {
            return self.index.find(record, |id, start, end| see(self.places[id], start, end));
        }
        // Only what stands in quotes: what does not has no end near it, and may be met at every few bytes.
        let quoted = |start: &usize| *start > 0 && record[start - 1] == b'"';
        for start in memchr::memmem::find_iter(record, prefix).filter(quoted) {
            let end = end_of_id(record, start);
            if let Some(place) = of(&record[start..end]) {
                see(place, start, end);
            }
        }
    }
}

/// The end of the id that starts at byte `start`.
fn end_of_id(record: &[u8], start: usize) -> usize {
    start + record[start..].iter().take_while(|b| **b != b'"').count()
}

/// Where a record names the one before it: the start and the end of that id.
fn parents(record: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    PARENT.find_iter(record).filter_map(|at| {
        let from = at + PARENT.needle().len();
        let blank = record[from..].iter().take_while(|b| matches!(b, b':' | b' ')).count();
        let start = from + blank + 1;
        (record.get(start - 1) == Some(&b'"')).then(|| (start, end_of_id(record, start)))
    })
}

impl Calls {
    /// Adds a call with the record in which it stands; the first record counts.
    pub(super) fn add(&mut self, since: u64, Call { id, of_record, of }: Call) {
        let asked = match of {
            Of::Asked(asked) => Some(asked),
            Of::Same(other) => {
                let asked = self.places.get(&other).map(|&place| self.all[place].0);
                asked.filter(|asked| asked.ask.and_then(Ask::in_talk).is_some())
            }
            Of::Next(asked, at) => {
                if self.talk.open.len() < MAX_CALLS {
                    self.talk.open.entry(at).or_insert(asked);
                }
                None
            }
            Of::Within(at) => {
                if self.talk.dialogues.len() < MAX_CALLS {
                    self.talk.dialogues.insert(at);
                }
                None
            }
        };
        let Some(asked) = asked else { return };
        if let Some(&place) = self.places.get(&id) {
            self.all[place].1 = self.all[place].1.min(since);
        } else if self.all.len() < MAX_CALLS {
            let place = self.all.len();
            if of_record {
                self.of_records = true;
            } else {
                self.commands.add(&id, place);
            }
            self.places.insert(id, place);
            self.all.push((asked, since));
        }
    }

    pub(super) fn len(&self) -> usize {
        self.all.len() + self.talk.len()
    }

    /// What was asked for soon before the record at byte `at`, if a person speaks in it.
    pub(super) fn before(&self, at: u64, record: &[u8]) -> Option<Asked> {
        let (_, asked) = self.talk.open.range(at.saturating_sub(NEAR)..at).next_back()?;
        is_said(record).then_some(*asked)
    }

    /// Whether the record at byte `at` may hold questions with their answers.
    pub(super) fn is_dialogue(&self, at: u64) -> bool {
        self.talk.dialogues.contains(&at)
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
        let of = |id: &[u8]| self.places.get(id).copied();
        self.commands.find(record, of, &mut see);
        if self.of_records {
            for (start, end) in parents(record) {
                if let Some(place) = of(&record[start..end]) {
                    see(place, start, end);
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::{Wanted, asked::of_script};

    #[test]
    fn ids_without_quotes_are_not_followed_to_the_end() {
        let id = b"toolu_01AbCdEfGh";
        let mut calls = Calls::default();
        let all = Wanted::new(|_, _| true);
        let of = Of::Asked(of_script(b"openssl rand -hex 16", all).expect("a secret is asked for"));
        calls.add(0, Call { id: id[..].into(), of_record: false, of });
        let wall = id.repeat(200_000);
        let record = [b"\"", &wall[..], b"\",\"", id, b"\""].concat();
        assert_eq!(calls.find(1, &record).iter().map(|(at, _)| *at).collect::<Vec<_>>(), [wall.len() + 4]);
    }
}
