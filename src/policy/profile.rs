//! Profiles: a named choice of what happens to each class. A profile is data; `transcrub profiles` prints them all.

use crate::rule::{Class, Level};

/// What happens to findings of a class that knows no halves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// They stay.
    Keep,
    /// A placeholder or pseudonym takes their place.
    Replace,
}

/// What happens to paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PathAction {
    /// They stay.
    Keep,
    /// Home directories and the users they name are replaced, the rest stays.
    Home,
    /// Home, user, project and every name that is not a well-known one are replaced; depth and extension stay.
    Full,
}

/// What happens to source code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CodeAction {
    /// It stays.
    Keep,
    /// Language, number of lines and diff signs stay.
    Outline,
    /// Only the line breaks stay.
    Drop,
}

/// A named choice of what happens to each class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    name: String,
    purpose: &'static str,
    secret: Action,
    identity: Action,
    path: PathAction,
    code: CodeAction,
    media: Action,
}

/// Why a profile or one of its settings was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileError {
    /// No profile has that name.
    #[error("there is no profile `{0}`: use one of retain, share, bug")]
    UnknownProfile(String),
    /// No class has that name.
    #[error("there is no class `{0}`: use one of secret, identity, path, code, media")]
    UnknownClass(String),
    /// The class has no such action.
    #[error("class `{class}` has no action `{action}`: use one of {}", actions(*class).join(", "))]
    UnknownAction {
        /// The class.
        class: Class,
        /// What was asked for.
        action: String,
    },
}

impl Profile {
    /// Keeps the cache usable: only secrets go, a session still resumes.
    #[must_use]
    pub fn retain() -> Self {
        Self {
            name: "retain".to_owned(),
            purpose: "keep a cache usable: a session still resumes",
            secret: Action::Replace,
            identity: Action::Keep,
            path: PathAction::Keep,
            code: CodeAction::Keep,
            media: Action::Keep,
        }
    }

    /// For colleagues, data sets and publication: who and where go too, code stays.
    #[must_use]
    pub fn share() -> Self {
        Self {
            name: "share".to_owned(),
            purpose: "hand to a colleague, publish, make a data set",
            secret: Action::Replace,
            identity: Action::Replace,
            path: PathAction::Home,
            code: CodeAction::Keep,
            media: Action::Replace,
        }
    }

    /// For a bug report that others keep for years: code and project names go too.
    #[must_use]
    pub fn bug() -> Self {
        Self {
            name: "bug".to_owned(),
            purpose: "send a bug report that is kept for years elsewhere",
            path: PathAction::Full,
            code: CodeAction::Outline,
            ..Self::share()
        }
    }

    /// The built-in profiles, mildest first.
    #[must_use]
    pub fn all() -> [Self; 3] {
        [Self::retain(), Self::share(), Self::bug()]
    }

    /// The built-in profile of that name.
    ///
    /// # Errors
    /// [`ProfileError::UnknownProfile`] if there is none.
    pub fn named(name: &str) -> Result<Self, ProfileError> {
        let found = Self::all().into_iter().find(|profile| profile.name == name);
        found.ok_or_else(|| ProfileError::UnknownProfile(name.to_owned()))
    }

    /// What can be done to findings of a class, mildest first.
    #[must_use]
    pub fn actions(class: Class) -> &'static [&'static str] {
        actions(class)
    }

    /// Its name; one that was changed is told by a `+`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is for, in a few words.
    #[must_use]
    pub fn purpose(&self) -> &'static str {
        self.purpose
    }

    /// What happens to code.
    #[must_use]
    pub fn code(&self) -> CodeAction {
        self.code
    }

    /// What happens to paths.
    #[must_use]
    pub fn path(&self) -> PathAction {
        self.path
    }

    /// Whether findings of `class` are replaced; for paths, those of rules that apply from `level` on.
    #[must_use]
    pub fn replaces(&self, class: Class, level: Level) -> bool {
        match class {
            Class::Secret => self.secret == Action::Replace,
            Class::Identity => self.identity == Action::Replace,
            Class::Path => match self.path {
                PathAction::Keep => false,
                PathAction::Home => level == Level::Home,
                PathAction::Full => true,
            },
            Class::Code => self.code != CodeAction::Keep,
            Class::Media => self.media == Action::Replace,
        }
    }

    /// The word for what happens to `class`, as [`Profile::set`] takes it.
    #[must_use]
    pub fn action(&self, class: Class) -> &'static str {
        let whole = |action| if action == Action::Keep { "keep" } else { "replace" };
        match class {
            Class::Secret => whole(self.secret),
            Class::Identity => whole(self.identity),
            Class::Media => whole(self.media),
            Class::Path => match self.path {
                PathAction::Keep => "keep",
                PathAction::Home => "home",
                PathAction::Full => "full",
            },
            Class::Code => match self.code {
                CodeAction::Keep => "keep",
                CodeAction::Outline => "outline",
                CodeAction::Drop => "drop",
            },
        }
    }

    /// Changes what happens to `class`.
    ///
    /// # Errors
    /// [`ProfileError::UnknownAction`] if the class knows no such action; the profile is as it was.
    pub fn set(&mut self, class: Class, action: &str) -> Result<(), ProfileError> {
        let before = self.action(class);
        match (class, action) {
            (Class::Path, "home") => self.path = PathAction::Home,
            (Class::Path, "full" | "replace") => self.path = PathAction::Full,
            (Class::Path, "keep") => self.path = PathAction::Keep,
            (Class::Code, "outline" | "replace") => self.code = CodeAction::Outline,
            (Class::Code, "drop") => self.code = CodeAction::Drop,
            (Class::Code, "keep") => self.code = CodeAction::Keep,
            (Class::Secret | Class::Identity | Class::Media, "keep") => self.put(class, Action::Keep),
            (Class::Secret | Class::Identity | Class::Media, "replace") => self.put(class, Action::Replace),
            _ => return Err(ProfileError::UnknownAction { class, action: action.to_owned() }),
        }
        if self.action(class) != before && !self.name.ends_with('+') {
            self.name.push('+');
        }
        Ok(())
    }

    /// Lets findings of `class` stay.
    pub fn skip(&mut self, class: Class) {
        self.set(class, "keep").expect("every class can be kept");
    }

    fn put(&mut self, class: Class, action: Action) {
        match class {
            Class::Secret => self.secret = action,
            Class::Identity => self.identity = action,
            Class::Media => self.media = action,
            Class::Path | Class::Code => unreachable!("these have their own actions"),
        }
    }
}

/// What can be done to findings of a class, mildest first.
fn actions(class: Class) -> &'static [&'static str] {
    match class {
        Class::Path => &["keep", "home", "full"],
        Class::Code => &["keep", "outline", "drop"],
        Class::Secret | Class::Identity | Class::Media => &["keep", "replace"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_of_every_class_can_be_set_and_read_back() {
        for class in Class::ALL {
            for action in actions(class) {
                let mut profile = Profile::share();
                profile.set(class, action).unwrap();
                assert_eq!(profile.action(class), *action);
                assert_eq!(profile.replaces(class, Level::Home), *action != "keep");
            }
            let refused = Profile::bug().set(class, "shred").unwrap_err();
            assert!(refused.to_string().contains(actions(class)[1]), "{refused}");
        }
    }

    #[test]
    fn the_profiles_are_those_of_the_design() {
        let table = Profile::all().map(|p| Class::ALL.map(|class| p.action(class)));
        assert_eq!(
            table,
            [
                ["replace", "keep", "keep", "keep", "keep"],
                ["replace", "replace", "home", "keep", "replace"],
                ["replace", "replace", "full", "outline", "replace"],
            ]
        );
    }

    #[test]
    fn a_changed_profile_says_so_in_its_name_once() {
        let mut profile = Profile::named("bug").unwrap();
        profile.set(Class::Code, "outline").unwrap();
        assert_eq!(profile.name(), "bug");
        profile.skip(Class::Code);
        profile.skip(Class::Media);
        assert_eq!(profile.name(), "bug+");
        assert!(Profile::named("bug+").is_err());
    }

    #[test]
    fn a_path_rule_of_the_full_level_waits_for_the_full_action() {
        assert!(!Profile::share().replaces(Class::Path, Level::Full));
        assert!(Profile::share().replaces(Class::Path, Level::Home));
        assert!(Profile::bug().replaces(Class::Path, Level::Full));
    }
}
