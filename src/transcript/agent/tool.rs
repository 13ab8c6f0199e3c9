//! Tools by what they do.

/// What a tool does, as far as its input and output are concerned.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Tool {
    /// Anything else.
    #[default]
    Other,
    /// Runs commands.
    Command,
    /// Shows a file.
    Read,
    /// Changes a file.
    Write,
    /// Applies a patch.
    Patch,
    /// Searches in files.
    Search,
    /// Lists names.
    List,
    /// Speaks for a program that shows no files: one of a server's tools, a hook.
    Served,
}

/// Names in lower case without separators, and what they do.
static TOOLS: &[(&str, Tool)] = &[
    ("bash", Tool::Command),
    ("shell", Tool::Command),
    ("localshell", Tool::Command),
    ("powershell", Tool::Command),
    ("execcommand", Tool::Command),
    ("containerexec", Tool::Command),
    ("runcommand", Tool::Command),
    ("runterminalcmd", Tool::Command),
    ("runterminalcommand", Tool::Command),
    ("runshellcommand", Tool::Command),
    ("executecommand", Tool::Command),
    ("execute", Tool::Command),
    ("exec", Tool::Command),
    ("terminal", Tool::Command),
    ("writestdin", Tool::Command),
    ("monitor", Tool::Command),
    ("read", Tool::Read),
    ("readfile", Tool::Read),
    ("readtextfile", Tool::Read),
    ("view", Tool::Read),
    ("viewfile", Tool::Read),
    ("openfile", Tool::Read),
    ("notebookread", Tool::Read),
    ("getfiletextbypath", Tool::Read),
    ("readmanyfiles", Tool::Read),
    ("readmultiplefiles", Tool::Read),
    ("write", Tool::Write),
    ("writefile", Tool::Write),
    ("writetofile", Tool::Write),
    ("create", Tool::Write),
    ("createfile", Tool::Write),
    ("edit", Tool::Write),
    ("editfile", Tool::Write),
    ("multiedit", Tool::Write),
    ("notebookedit", Tool::Write),
    ("replace", Tool::Write),
    ("replaceinfile", Tool::Write),
    ("searchreplace", Tool::Write),
    ("strreplace", Tool::Write),
    ("strreplaceeditor", Tool::Write),
    ("strreplacebasededittool", Tool::Write),
    ("strreplacefile", Tool::Write),
    ("texteditor", Tool::Write),
    ("editblock", Tool::Write),
    ("insertcontent", Tool::Write),
    ("createtextfile", Tool::Write),
    ("createnewfile", Tool::Write),
    ("createorupdatefile", Tool::Write),
    ("pushfiles", Tool::Write),
    ("replacetextinfile", Tool::Write),
    ("replacefilecontent", Tool::Write),
    ("multireplacefilecontent", Tool::Write),
    ("replacefiletextbypath", Tool::Write),
    ("replaceregex", Tool::Write),
    ("replacecontent", Tool::Write),
    ("replacesymbolbody", Tool::Write),
    ("insertaftersymbol", Tool::Write),
    ("insertbeforesymbol", Tool::Write),
    ("applypatch", Tool::Patch),
    ("applydiff", Tool::Patch),
    ("grep", Tool::Search),
    ("grepsearch", Tool::Search),
    ("search", Tool::Search),
    ("searchfiles", Tool::Search),
    ("searchfilecontent", Tool::Search),
    ("ripgrep", Tool::Search),
    ("codesearch", Tool::Search),
    ("lsp", Tool::Search),
    ("glob", Tool::List),
    ("find", Tool::List),
    ("ls", Tool::List),
    ("listdir", Tool::List),
    ("listdirectory", Tool::List),
];

impl Tool {
    /// What the tool of that name does; `mcp__server__write_file` is `write_file`.
    pub(super) fn named(name: &[u8]) -> Self {
        let own = memchr::memmem::rfind(name, b"__").map_or(name, |at| &name[at + 2..]);
        let letters = || own.iter().filter(|b| b.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase);
        let known = TOOLS.iter().find(|(known, _)| known.bytes().eq(letters()));
        let tool = known.map_or(Self::Other, |&(_, tool)| tool);
        if name.starts_with(b"mcp__") { tool.or_served() } else { tool }
    }

    /// What a server's tool does: unless its name says so, it shows no files.
    pub(super) fn or_served(self) -> Self {
        if self == Self::Other { Self::Served } else { self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_in_any_spelling() {
        for (name, tool) in [
            ("MultiEdit", Tool::Write),
            ("mcp__files__write_file", Tool::Write),
            ("run_terminal_cmd", Tool::Command),
            ("WebFetch", Tool::Other),
            ("mcp__tracker__get_issue", Tool::Served),
            ("", Tool::Other),
        ] {
            assert_eq!(Tool::named(name.as_bytes()), tool, "{name}");
        }
    }
}
