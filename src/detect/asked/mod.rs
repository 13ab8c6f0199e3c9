//! Questions: commands whose answer, in another record, is a secret, a name or code and nothing that says so.

mod answer;
mod call;
mod order;
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
}

/// What a script asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// A secret or a name that it asks for.
    pub(super) ask: Option<Ask>,
    /// Whether every line that it prints is an answer to that.
    pub(super) alone: bool,
    /// The language of the source files that it shows, if it prints nothing else.
    pub(super) shows: Option<&'static str>,
}

/// What a script asks for, if it is of a class that is wanted: a secret before any name.
pub(super) fn of_script(script: &[u8], wanted: Wanted) -> Option<Asked> {
    let statements = shell::statements(script);
    let (ask, alone) = asked(&statements, wanted);
    let shows = wanted.has(Class::Code).then(|| shown::language(&statements)).flatten();
    (ask.is_some() || shows.is_some()).then_some(Asked { ask, alone, shows })
}

/// The secret or name that statements ask for, and whether they print nothing else.
fn asked(statements: &[shell::Statement<'_>], wanted: Wanted) -> (Option<Ask>, bool) {
    let names = wanted.has(Class::Identity);
    let (mut asked, mut alone): (Option<Ask>, bool) = (None, true);
    for stages in statements {
        if stages.last().is_some_and(|stage| shell::is_silent(stage)) {
            continue;
        }
        let row = row::printed(stages).map(Ask::Row);
        let secret = row.or_else(|| secret::printed(stages).map(Ask::Secret));
        let ask = secret.or_else(|| names.then(|| who::printed(stages))?).filter(|ask| ask.is_wanted(wanted));
        alone &= ask.is_some();
        asked = match (asked, ask) {
            (Some(Ask::Secret(name)), _) if name.certain => asked,
            (_, Some(Ask::Secret(_))) | (None, Some(_)) => ask,
            _ => asked,
        };
    }
    (asked, alone)
}

/// What a file holds that is read as a whole, if it is a secret and nothing else.
pub(super) fn of_file(path: &[u8], wanted: Wanted) -> Option<Asked> {
    let ask = || row::file(path).map(Ask::Row).or_else(|| secret::file(path).map(Ask::Secret));
    let ask = wanted.has(Class::Secret).then(ask)??;
    Some(Asked { ask: Some(ask), alone: true, shows: None })
}

#[cfg(test)]
mod tests;
