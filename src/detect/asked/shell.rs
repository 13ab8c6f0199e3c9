//! Scripts of a shell cut into what each statement runs: as much of the grammar as it takes to tell programs apart.

/// A statement: the programs of its pipeline in order, each with its arguments, as written.
pub(super) type Statement<'s> = Vec<&'s [u8]>;

/// The statements of a script, those within parentheses and loops too.
pub(super) fn statements(script: &[u8]) -> Vec<Statement<'_>> {
    let (mut out, mut stages) = (Vec::new(), Vec::new());
    let (mut from, mut at) = (0, 0);
    while at < script.len() {
        let len = sign(script, at);
        let ends = match &script[at..at + len] {
            b";" | b"&&" | b"||" | b"\n" => true,
            b"|" | b"|&" => false,
            _ => {
                at += len;
                continue;
            }
        };
        stages.push(script[from..at].trim_ascii());
        at += len;
        from = at;
        if ends {
            out.push(std::mem::take(&mut stages));
        }
    }
    stages.push(script[from..].trim_ascii());
    out.push(stages);
    out.retain(|stages| stages.iter().any(|stage| !stage.is_empty()));
    out
}

/// The length of the sign at byte `at`: an operator, a quoted stretch, an escaped byte, or one byte of anything else.
fn sign(script: &[u8], at: usize) -> usize {
    let rest = &script[at..];
    match rest {
        [b'\\', _, ..] | [b'&', b'&', ..] | [b'|', b'|' | b'&', ..] => 2,
        [b'\'', ..] => quoted(rest, b'\''),
        [b'"', ..] => quoted(rest, b'"'),
        _ => 1,
    }
}

/// The length of the quoted stretch at the start of `rest`; one byte if its quote is not closed, as an apostrophe's.
fn quoted(rest: &[u8], quote: u8) -> usize {
    let mut at = 1;
    while let Some(&byte) = rest.get(at) {
        at += if byte == b'\\' && quote == b'"' { 2 } else { 1 };
        if byte == quote {
            return at;
        }
    }
    1
}

/// The program of a stage, without its folder and what it is run by: `sudo -u x /usr/bin/openssl rand` is `openssl`.
pub(super) fn program(stage: &[u8]) -> &[u8] {
    let mut words = words(stage).peekable();
    while let Some(word) = words.next() {
        let name = word.rsplit(|b| matches!(b, b'/' | b'\\')).next().unwrap_or(word);
        match name {
            b"sudo" | b"doas" | b"env" | b"time" | b"command" | b"exec" | b"nohup" | b"do" | b"then"
            | b"else" | b"if" | b"!" | b"{" | b"(" | b"builtin" => {
                while words.next_if(|word| word.starts_with(b"-")).is_some() {}
            }
            _ if is_setting(word) => {}
            _ => return name.trim_ascii_start().strip_prefix(b"(").unwrap_or(name),
        }
    }
    b""
}

/// Whether a word sets a variable for what follows it: `FOO=bar`.
fn is_setting(word: &[u8]) -> bool {
    let name = word.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    name > 0 && word.get(name) == Some(&b'=') && !word[0].is_ascii_digit()
}

/// The words of a stage, without the quotes around them.
pub(super) fn words(stage: &[u8]) -> impl Iterator<Item = &[u8]> {
    let blank = |b: &u8| b.is_ascii_whitespace();
    let bare = |b: &u8| matches!(b, b'"' | b'\'' | b'`');
    stage
        .split(blank)
        .map(move |word| {
            let start = word.iter().take_while(|b| bare(b)).count();
            let end = word.iter().rev().take_while(|b| bare(b)).count();
            &word[start..(word.len() - end).max(start)]
        })
        .filter(|word| !word.is_empty())
}

/// Whether what a stage prints goes to a file, to nobody, or to a variable.
pub(super) fn is_silent(stage: &[u8]) -> bool {
    const SILENT: [&[u8]; 27] = [
        b".", b":", b"cd", b"chmod", b"chown", b"cp", b"done", b"esac", b"export", b"fi", b"for", b"local",
        b"ln", b"mkdir", b"mv", b"popd", b"pushd", b"read", b"rm", b"set", b"sleep", b"source", b"touch",
        b"umask", b"[", b"[[", b"test",
    ];
    let program = program(stage);
    program.is_empty() || SILENT.contains(&program) || keeps(stage) || is_redirected(stage)
}

/// Whether a stage keeps what it runs in a variable: `TOKEN=$(openssl rand -hex 32)`.
fn keeps(stage: &[u8]) -> bool {
    let first = words(stage).next().unwrap_or_default();
    let value = memchr::memchr(b'=', first).map_or(&b""[..], |sign| &first[sign + 1..]);
    is_setting(first) && [&b"$("[..], b"\"$(", b"`"].iter().any(|open| value.starts_with(open))
}

/// Whether the standard output of a stage is redirected: `> file`, `>> file`, `&> file`; not `2> file`, `>&2`.
fn is_redirected(stage: &[u8]) -> bool {
    let mut at = 0;
    while at < stage.len() {
        let len = sign(stage, at);
        if len == 1 && stage[at] == b'>' {
            let before = stage[..at].last().copied().unwrap_or(b' ');
            let behind = stage.get(at + 1).copied().unwrap_or(b' ');
            if !matches!(before, b'2' | b'-' | b'=' | b'<') && !matches!(behind, b'(' | b'=') {
                return true;
            }
            at += usize::from(behind == b'>');
        }
        at += len;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_cut_at_operators_outside_quotes() {
        let cut = |script: &str| -> String {
            let stages = |statement: Statement<'_>| {
                statement
                    .iter()
                    .map(|stage| String::from_utf8_lossy(stage).into_owned())
                    .collect::<Vec<_>>()
                    .join(" | ")
            };
            statements(script.as_bytes()).into_iter().map(stages).collect::<Vec<_>>().join(" ; ")
        };
        for (script, expected) in [
            ("a | b && c; d\ne || f", "a | b ; c ; d ; e ; f"),
            ("jq -r '.a | .b' x.json", "jq -r '.a | .b' x.json"),
            (r#"echo "a; b" |& c"#, r#"echo "a; b" | c"#),
            (r"echo a\;b", r"echo a\;b"),
            ("it's | b", "it's | b"),
            (";;", ""),
        ] {
            assert_eq!(cut(script), expected, "{script}");
        }
    }

    #[test]
    fn programs_are_told_behind_what_runs_them() {
        for (stage, name) in [
            ("/usr/bin/openssl rand -hex 3", "openssl"),
            ("sudo -n cat x", "cat"),
            ("FOO=bar BAZ=1 env printenv X", "printenv"),
            ("do openssl rand", "openssl"),
            ("(cat x)", "cat"),
            ("A=b", ""),
        ] {
            assert_eq!(program(stage.as_bytes()), name.as_bytes(), "{stage}");
        }
    }

    #[test]
    fn what_prints_nothing_is_silent() {
        for stage in ["cd x", "A=$(openssl rand -hex 3)", "openssl rand -hex 3 > key", "a &> x", "a >> x", ""]
        {
            assert!(is_silent(stage.as_bytes()), "{stage}");
        }
        for stage in ["a 2>/dev/null", "a 2>&1", "echo 'x > y'", "cat <x", "perl -e '$a->b'"] {
            assert!(!is_silent(stage.as_bytes()), "{stage}");
        }
    }
}
