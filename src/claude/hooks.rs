//! The hooks in a settings file: put there, taken away, looked up. What others put there stays as it is.

use super::{
    made::Before,
    settings::{Settings, SettingsError},
};
use crate::store::Surroundings;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Which settings file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The user's, for all projects.
    User,
    /// The project's, shared with others.
    Project,
    /// The project's, on this machine only.
    Local,
}

/// What a hook is called for: event, tools it is asked about, and whether a hook that cannot run stops the matter.
struct Hook {
    event: &'static str,
    matcher: Option<&'static str>,
    blocks: bool,
}

/// All hooks. Events that cannot be blocked, and `Stop`, where blocking keeps the agent going, let a failure pass.
const HOOKS: [Hook; 5] = [
    Hook { event: "UserPromptSubmit", matcher: None, blocks: true },
    Hook { event: "PreToolUse", matcher: Some("SendFeedback"), blocks: true },
    Hook { event: "PostToolUse", matcher: Some("*"), blocks: true },
    Hook { event: "Stop", matcher: None, blocks: false },
    Hook { event: "SessionEnd", matcher: None, blocks: false },
];

/// What stands in a settings file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// All hooks.
    Installed,
    /// Some of them, or in another form.
    Partly,
    /// None.
    Missing,
}

impl Scope {
    /// Its settings file.
    #[must_use]
    pub fn file(self, around: &Surroundings) -> Option<PathBuf> {
        match self {
            Self::User => around.claude_root().map(|root| root.join("settings.json")),
            Self::Project => Some(around.cwd().join(".claude/settings.json")),
            Self::Local => Some(around.cwd().join(".claude/settings.local.json")),
        }
    }
}

/// Puts the hooks into `settings`, in place of older ones; `program` is what they run, `before` what there was first.
///
/// # Errors
/// [`SettingsError`] if the file's hooks have an unexpected form; it is then not written.
pub fn install(settings: &mut Settings, program: &str, before: &Before) -> Result<(), SettingsError> {
    if state(settings, program)? == State::Installed {
        return Ok(());
    }
    remove(settings, before)?;
    for hook in &HOOKS {
        settings.push(&["hooks", hook.event], &hook.group(program))?;
    }
    Ok(())
}

/// The events that hooks are installed for.
pub fn events() -> impl Iterator<Item = &'static str> {
    HOOKS.iter().map(|hook| hook.event)
}

/// Takes the hooks out of `settings`; what was empty in `before` stays. Tells whether there were any.
///
/// # Errors
/// [`SettingsError`] as for [`install`].
pub fn remove(settings: &mut Settings, before: &Before) -> Result<bool, SettingsError> {
    let events: Vec<String> = match &settings.value()?["hooks"] {
        Value::Object(hooks) => hooks.keys().cloned().collect(),
        _ => Vec::new(),
    };
    let stays: Vec<_> = before.empty().collect();
    let mut any = false;
    for event in &events {
        any |= settings.retract(&["hooks", event], is_ours, &stays)?;
    }
    Ok(any)
}

/// Puts the hooks into the settings file at `file`. Tells whether it was written.
///
/// # Errors
/// [`SettingsError`]; the file is then as it was.
pub fn put(file: &Path, program: &str, around: &Surroundings) -> Result<bool, SettingsError> {
    let mut settings = Settings::read(file)?;
    let (now, noted) = (Before::of(&settings), Before::noted(file, around));
    install(&mut settings, program, noted.as_ref().unwrap_or(&now))?;
    let written = settings.write()?;
    now.note(file, around);
    Ok(written)
}

/// Takes the hooks out of the settings file at `file`, which is then as it was before [`put`], or gone if there was
/// none. Tells whether there were any.
///
/// # Errors
/// [`SettingsError`]; the file is then as it was.
pub fn take(file: &Path, around: &Surroundings) -> Result<bool, SettingsError> {
    let mut settings = Settings::read(file)?;
    let before = Before::noted(file, around).unwrap_or_default();
    Ok(remove(&mut settings, &before)? && before.restore(&mut settings, around)?)
}

/// What of the hooks stands in `settings`.
///
/// # Errors
/// [`SettingsError`] as for [`install`].
pub fn state(settings: &Settings, program: &str) -> Result<State, SettingsError> {
    let value = settings.value()?;
    let groups = |event: &str| value["hooks"][event].as_array().cloned().unwrap_or_default();
    let found = HOOKS.iter().filter(|h| groups(h.event).contains(&h.group(program))).count();
    let ours: usize = match &value["hooks"] {
        Value::Object(all) => {
            all.values().filter_map(Value::as_array).flatten().filter(|g| is_ours(g)).count()
        }
        _ => 0,
    };
    Ok(match (found, ours) {
        (_, 0) => State::Missing,
        (found, ours) if found == HOOKS.len() && ours == found => State::Installed,
        _ => State::Partly,
    })
}

impl Hook {
    fn group(&self, program: &str) -> Value {
        let program = shell_word(program);
        // A program that is missing or killed must not let the matter pass: any failure becomes the code that blocks.
        let command =
            if self.blocks { format!("{program} hook || exit 2") } else { format!("{program} hook") };
        let handlers = json!([{ "type": "command", "command": command }]);
        match self.matcher {
            Some(matcher) => json!({ "matcher": matcher, "hooks": handlers }),
            None => json!({ "hooks": handlers }),
        }
    }
}

/// Whether all that a group does is to run this program's hook.
fn is_ours(group: &Value) -> bool {
    let runs = |handler: &Value| handler["command"].as_str().is_some_and(runs_hook);
    group["hooks"].as_array().is_some_and(|handlers| !handlers.is_empty() && handlers.iter().all(runs))
}

fn runs_hook(command: &str) -> bool {
    let command = command.strip_suffix(" || exit 2").unwrap_or(command);
    let Some(program) = command.strip_suffix(" hook") else { return false };
    let name = Path::new(program.trim_matches(['\'', '"'])).file_stem();
    name.is_some_and(|name| name == "transcrub")
}

/// A word for the shell: quoted if need be.
pub(super) fn shell_word(word: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"/._-+:@%".contains(&b);
    if word.bytes().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("settings.json");
        std::fs::write(&path, text).unwrap();
        (dir, path)
    }

    #[test]
    fn twice_is_once_and_removing_gives_back_every_byte() {
        let foreign = "{\n  \"hooks\": {\n    \"Stop\": [\n      {\"hooks\": [{\"type\": \"command\", \
                       \"command\": \"say done\"}]}\n    ]\n  },\n  \"model\": \"opus\"\n}\n";
        for text in ["{}", foreign] {
            for program in ["transcrub", "/opt/a b/it's/transcrub"] {
                let (_dir, path) = file(text);
                let mut settings = Settings::read(&path).unwrap();
                assert_eq!(state(&settings, program).unwrap(), State::Missing);
                install(&mut settings, program, &Before::default()).unwrap();
                let once = settings.text().to_owned();
                install(&mut settings, program, &Before::default()).unwrap();
                assert_eq!(settings.text(), once);
                assert_eq!(state(&settings, program).unwrap(), State::Installed);
                assert_eq!(state(&settings, "/elsewhere/transcrub").unwrap(), State::Partly);
                install(&mut settings, "/elsewhere/transcrub", &Before::default()).unwrap();
                assert_eq!(settings.text().matches(" hook").count(), HOOKS.len(), "no second set");
                assert!(remove(&mut settings, &Before::default()).unwrap());
                assert_eq!(settings.text(), text);
            }
        }
    }

    #[test]
    fn removing_leaves_what_was_there_or_nothing_where_nothing_was() {
        let texts = [
            None,
            Some("{}"),
            Some("{ }\n"),
            Some("{\n}\n"),
            Some("{\"hooks\":{}}"),
            Some("{\"hooks\": {\n  }, \"model\": \"x\"}\n"),
            Some("{\"hooks\": {\"Stop\": [ ], \"Mine\": []}}"),
            Some("{\"hooks\": {\"Stop\": [{\"hooks\": []}]}}"),
            Some("{\r\n  \"env\": {}\r\n}\r\n"),
        ];
        for text in texts {
            let dir = tempfile::tempdir().unwrap();
            let home = dir.path().join("home");
            let around = Surroundings::new([("HOME", home.to_str().unwrap())], &dir.path().join("work/deep"));
            let file = Scope::Project.file(&around).unwrap();
            std::fs::create_dir_all(dir.path().join("work")).unwrap();
            if let Some(text) = text {
                std::fs::create_dir_all(file.parent().unwrap()).unwrap();
                std::fs::write(&file, text).unwrap();
            }
            for program in ["/a/transcrub", "/b/transcrub"] {
                put(&file, program, &around).unwrap();
                put(&file, program, &around).unwrap();
            }
            assert!(file.exists() && take(&file, &around).unwrap());
            assert_eq!(std::fs::read_to_string(&file).ok().as_deref(), text);
            assert!(!take(&file, &around).unwrap(), "twice is once");
            assert_eq!(std::fs::read_to_string(&file).ok().as_deref(), text);
            assert!(text.is_some() || !dir.path().join("work/deep").exists(), "folders made for it go too");
            assert!(!home.exists(), "no trace of the list either");
        }
    }

    #[test]
    fn several_files_that_were_made_go_one_by_one_and_the_list_with_the_last() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().join("home");
        let around = Surroundings::new([("HOME", home.to_str().unwrap())], &dir.path().join("work"));
        let files = [Scope::User, Scope::Project, Scope::Local].map(|scope| scope.file(&around).unwrap());
        files.iter().for_each(|file| assert!(put(file, "transcrub", &around).unwrap()));
        for (i, file) in files.iter().enumerate() {
            assert!(take(file, &around).unwrap());
            assert!(
                files[..=i].iter().all(|gone| !gone.exists()) && files[i + 1..].iter().all(|f| f.exists())
            );
        }
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_settings_stays_one() {
        let dir = tempfile::tempdir().unwrap();
        let around = Surroundings::new([("HOME", dir.path().to_str().unwrap())], dir.path());
        let file = Scope::User.file(&around).unwrap();
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(dir.path().join("dotfiles.json"), &file).unwrap();
        assert!(put(&file, "transcrub", &around).is_err() && file.is_symlink());
        std::fs::write(dir.path().join("dotfiles.json"), "{}").unwrap();
        assert!(put(&file, "transcrub", &around).unwrap() && take(&file, &around).unwrap());
        assert!(file.is_symlink() && std::fs::read_to_string(&file).unwrap() == "{}");
    }

    #[test]
    fn a_file_that_was_made_stays_if_something_else_came_into_it() {
        let dir = tempfile::tempdir().unwrap();
        let around = Surroundings::new([("HOME", dir.path().to_str().unwrap())], dir.path());
        let file = Scope::User.file(&around).unwrap();
        put(&file, "transcrub", &around).unwrap();
        let mut settings = Settings::read(&file).unwrap();
        settings.set(&["model"], &json!("opus")).unwrap();
        settings.write().unwrap();
        assert!(take(&file, &around).unwrap());
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "{\n  \"model\": \"opus\"\n}\n");
        std::fs::write(&file, "{}\n").unwrap();
        assert!(!take(&file, &around).unwrap() && file.exists());
    }

    #[test]
    fn hooks_of_others_are_never_taken_for_ours() {
        for command in
            ["transcrubber hook", "echo transcrub hook; x", "transcrub", "my-transcrub hook", "hook"]
        {
            assert!(!runs_hook(command), "{command}");
        }
        for command in ["transcrub hook", "/a/transcrub hook || exit 2", "'/a b/transcrub' hook"] {
            assert!(runs_hook(command), "{command}");
        }
    }

    #[test]
    fn each_scope_has_its_file() {
        let around = Surroundings::new([("HOME", "/h")], Path::new("/p"));
        let of = |scope: Scope| scope.file(&around).unwrap();
        assert_eq!(of(Scope::User), Path::new("/h/.claude/settings.json"));
        assert_eq!(of(Scope::Project), Path::new("/p/.claude/settings.json"));
        assert_eq!(of(Scope::Local), Path::new("/p/.claude/settings.local.json"));
    }
}
