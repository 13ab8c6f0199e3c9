//! What stands before a name.

/// What stands before a name and says what kind of place this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    /// `?name=`, `&name=`, `#name=`.
    Parameter,
    /// `--name`, `-name`, `/name:`.
    Option,
    /// `export name`, `-e name`, `ENV name`, a line's start before an upper-case name.
    Environment,
    /// Anything else.
    Other,
}

impl Lead {
    pub(super) fn of(bytes: &[u8], start: usize) -> Self {
        let before = &bytes[start.saturating_sub(32)..start];
        match before.last() {
            Some(b'?' | b'&') => return Self::Parameter,
            Some(b'#') if before.len() > 1 && !before[before.len() - 2].is_ascii_whitespace() => {
                return Self::Parameter;
            }
            // At a line's start it is the sign of a patch.
            Some(b'-') if before.len() > 1 && before[before.len() - 2] != b'\n' => return Self::Option,
            Some(b';') if before.ends_with(b"&amp;") => return Self::Parameter,
            _ => {}
        }
        let trimmed = before.trim_ascii_end();
        let word = trimmed
            .rsplit(|b| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b'$' | b'`'))
            .next()
            .unwrap_or(b"");
        // Behind the sign of a patch or the number of a line.
        let word = word.iter().rposition(|b| *b >= 0x80).map_or(word, |i| &word[i + 1..]);
        let word = if word.len() > 2 { word.strip_prefix(b"+").unwrap_or(word) } else { word };
        const ENVIRONMENT: &[&str] = &[
            "export",
            "-e",
            "--env",
            "env",
            "ENV",
            "ARG",
            "set",
            "setx",
            "SET",
            "declare",
            "-x",
            "-gx",
            "--build-arg",
            "-Ux",
            "-xg",
            "config:set",
            "secrets",
            "readonly",
            "local",
            "--set",
            "--set-string",
            "--from-literal",
            "+",
            "-D",
            "sudo",
            "-env",
            "-var",
            "--var",
            "setenv",
            "SetEnv",
            "env:set",
            "-Uxg",
            "etcdctl",
        ];
        let glued = word == b"+" && trimmed.len() == before.len();
        let known = !glued && ENVIRONMENT.iter().any(|e| e.as_bytes() == word)
            || word.ends_with(b"--from-literal=")
            || word.ends_with(b"--build-arg=")
            || word.ends_with(b"--env=")
            || word.ends_with(b"env:")
            || is_put(trimmed);
        if known { Self::Environment } else { Self::Other }
    }
}

/// `consul kv put app/`, `etcdctl put /app/`: what stands before the last part of a key that is given a value.
fn is_put(before: &[u8]) -> bool {
    let path = before.iter().rev().take_while(|b| b.is_ascii_alphanumeric() || b"/_-.".contains(b)).count();
    path > 0 && before.ends_with(b"/") && before[..before.len() - path].ends_with(b" put ")
}
