//! What was found, counted by class and rule: a report for people who decide.

use crate::report::{Event, Sink};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

/// How many places of a rule are kept to be told.
const PLACES: usize = 3;

/// What was found of one rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// How often.
    pub times: u64,
    /// The first places: file and record, counted from 1.
    pub places: Vec<(PathBuf, u64)>,
}

/// What was found, by class and rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally(BTreeMap<&'static str, BTreeMap<&'static str, Count>>);

impl Tally {
    /// Classes, each with its rules.
    pub fn classes(&self) -> impl Iterator<Item = (&'static str, &BTreeMap<&'static str, Count>)> {
        self.0.iter().map(|(class, rules)| (*class, rules))
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How often anything was found.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.0.values().flat_map(BTreeMap::values).map(|count| count.times).sum()
    }

    /// Gives the files other names.
    pub(super) fn rename(&mut self, shown: &dyn Fn(&PathBuf) -> PathBuf) {
        for count in self.0.values_mut().flat_map(BTreeMap::values_mut) {
            count.places.iter_mut().for_each(|(path, _)| *path = shown(path));
        }
    }

    /// `{class: {rule: times}}`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let rules = |rules: &BTreeMap<&'static str, Count>| -> Value {
            rules.iter().map(|(rule, count)| ((*rule).to_owned(), Value::from(count.times))).collect()
        };
        self.0.iter().map(|(class, all)| ((*class).to_owned(), rules(all))).collect()
    }
}

impl Sink for Tally {
    fn event(&mut self, event: &Event<'_>) -> io::Result<()> {
        if let Event::Found { place, finding } = event {
            let rule = finding.rule.rule();
            let count = self.0.entry(rule.class.name()).or_default().entry(rule.id).or_default();
            count.times += 1;
            if count.places.len() < PLACES {
                count.places.push((place.path.unwrap_or(Path::new("-")).to_owned(), place.record));
            }
        }
        Ok(())
    }
}
