//! Questions: commands whose answer, in another record, is a secret, a name or code and nothing that says so.

mod answer;
mod call;
mod order;
mod pair;
mod row;
mod secret;
mod shell;
mod shown;
mod talk;
mod who;

use super::{Wanted, assignment::Name};
use crate::rule::Class;
pub(super) use answer::{find, is_failure, lines};
pub(super) use call::{
    Question, answering, answers, id, is_only, is_said_by_tool, places, questions, tagged, tellings,
};
pub(super) use order::{NEAR, dialogue, is_said};
pub(super) use talk::{Turn, said, turn};

impl Ask {
    /// The kind of secret that is asked for in talk.
    pub(super) fn in_talk(self) -> Option<Name> {
        match self {
            Self::Said(name) | Self::Typed(name) => Some(name),
            _ => None,
        }
    }
}

/// What a command asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    /// A secret of this kind.
    Secret(Name),
    /// A secret of this kind, of which a person tells in words.
    Said(Name),
    /// A secret of this kind, which an agent types where a program asked.
    Typed(Name),
    /// The part of each row that is a password.
    Row(row::Row),
    /// A login.
    Login,
    /// A person's name.
    Person,
    /// A machine's name.
    Host,
    /// A branch.
    Branch,
    /// A project, a context, an account by its name.
    Project,
}

impl Ask {
    /// Whether it is of a class that is searched for.
    fn is_wanted(self, wanted: Wanted) -> bool {
        wanted.has(if matches!(self, Self::Secret(_) | Self::Said(_) | Self::Typed(_) | Self::Row(_)) {
            Class::Secret
        } else {
            Class::Identity
        })
    }

    /// Whether a line answers it that looks like an answer, whatever else is printed.
    fn is_told_by_shape(&self) -> bool {
        matches!(self, Self::Secret(_) | Self::Row(_))
    }
}

/// What a script asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// A secret or a name that it asks for.
    pub(super) ask: Option<Ask>,
    /// Whether every line that it prints is an answer to that.
    pub(super) alone: bool,
    /// What each of its statements asks for, if it has several.
    pub(super) each: Each,
    /// The language of the source files that it shows, if it prints nothing else.
    pub(super) shows: Option<&'static str>,
}

impl Asked {
    /// What is asked for and nothing else.
    fn only(ask: Ask) -> Self {
        Self { ask: Some(ask), alone: true, each: Each::default(), shows: None }
    }

    /// What the line `index`, one of `of` that were printed, answers.
    fn of_line(&self, index: usize, of: usize) -> Option<Ask> {
        let whole = self.ask.filter(|ask| ask.is_told_by_shape() || of == 1 || self.alone);
        if !self.each.fits(of) {
            return whole.or_else(|| self.each.at_ends(index, of));
        }
        let own = self.each.asks.get(index).copied().flatten();
        own.or_else(|| whole.filter(Ask::is_told_by_shape))
    }
}

/// What each statement of a script asks for that prints something: where each prints one line, that line answers it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Each {
    asks: [Option<Ask>; Each::MOST],
    count: usize,
}

impl Each {
    /// Most statements of a script.
    const MOST: usize = 8;

    /// Adds a statement.
    fn add(&mut self, ask: Option<Ask>) {
        if let Some(place) = self.asks.get_mut(self.count) {
            *place = ask;
        }
        self.count += 1;
    }

    /// What the first or the last of more lines than statements answers, if what they ask for is told in one line.
    fn at_ends(&self, index: usize, of: usize) -> Option<Ask> {
        if !(2..=Self::MOST).contains(&self.count) || of <= self.count {
            return None;
        }
        let place = match index {
            0 => 0,
            _ if index + 1 == of => self.count - 1,
            _ => return None,
        };
        self.asks[place].filter(|ask| matches!(ask, Ask::Login | Ask::Host))
    }

    /// Whether so many lines may be an answer to each statement.
    fn fits(&self, lines: usize) -> bool {
        self.count == lines && (2..=Self::MOST).contains(&lines)
    }
}

/// What a script asks for, if it is of a class that is wanted: a secret before any name.
pub(super) fn of_script(script: &[u8], wanted: Wanted) -> Option<Asked> {
    let statements = shell::statements(script);
    let asked = pair::printed(&statements).unwrap_or_else(|| asked(&statements, wanted));
    let shows = wanted.has(Class::Code).then(|| shown::language(&statements)).flatten();
    (asked.ask.is_some() || shows.is_some()).then_some(Asked { shows, ..asked })
}

/// The secret or name that statements ask for.
fn asked(statements: &[shell::Statement<'_>], wanted: Wanted) -> Asked {
    let names = wanted.has(Class::Identity);
    let mut all = Asked { ask: None, alone: true, each: Each::default(), shows: None };
    for stages in statements {
        if stages.last().is_some_and(|stage| shell::is_silent(stage)) {
            continue;
        }
        let row = row::printed(stages).map(Ask::Row);
        let secret = row.or_else(|| secret::printed(stages).map(Ask::Secret));
        let ask = secret.or_else(|| names.then(|| who::printed(stages))?).filter(|ask| ask.is_wanted(wanted));
        all.alone &= ask.is_some();
        all.each.add(ask);
        all.ask = match (all.ask, ask) {
            (Some(Ask::Secret(name)), _) if name.certain => all.ask,
            (_, Some(Ask::Secret(_))) | (None, Some(_)) => ask,
            _ => all.ask,
        };
    }
    all
}

/// What a file holds that is read as a whole, if it is a secret and nothing else.
pub(super) fn of_file(path: &[u8], wanted: Wanted) -> Option<Asked> {
    let ask = || row::file(path).map(Ask::Row).or_else(|| secret::file(path).map(Ask::Secret));
    let asked = || pair::file(path).or_else(|| ask().map(Asked::only));
    wanted.has(Class::Secret).then(asked).flatten()
}

#[cfg(test)]
mod tests;
