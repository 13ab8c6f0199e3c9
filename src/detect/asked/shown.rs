//! Commands that show source files and nothing else: what they print is code, whatever it looks like.

use super::shell::{self, Statement};
use crate::transcript::agent::language;

/// Programs that print the files that they are given.
const PRINTERS: [&[u8]; 14] = [
    b"Get-Content",
    b"bat",
    b"batcat",
    b"cat",
    b"expand",
    b"gc",
    b"head",
    b"less",
    b"more",
    b"nl",
    b"pr",
    b"tac",
    b"tail",
    b"type",
];

/// Programs that run a command elsewhere, which stands among their arguments.
const CARRIERS: [&[u8]; 11] =
    [b"adb", b"docker", b"find", b"kubectl", b"nerdctl", b"nix", b"oc", b"podman", b"ssh", b"wsl", b"xargs"];

/// The language of the first source file that a script shows, if it prints nothing but source files and words of its own.
pub(super) fn language(statements: &[Statement<'_>]) -> Option<&'static str> {
    let mut shown = None;
    let mut looped = None;
    for stages in statements {
        let last = *stages.last()?;
        if last.starts_with(b"for ") {
            looped = looped.or_else(|| source(shell::words(last)));
        }
        if !shell::is_silent(last) && !is_remark(stages) {
            let language = of_pipeline(stages, looped)?;
            shown = shown.or(Some(language));
        }
    }
    shown
}

/// Whether a statement prints words of its own: `echo "---"`.
fn is_remark(stages: &[&[u8]]) -> bool {
    let [stage] = stages else { return false };
    matches!(shell::program(stage), b"echo" | b"printf" | b"true" | b"Write-Host")
        && !stage.windows(2).any(|two| two == b"$(")
        && !stage.contains(&b'`')
}

/// The language of the source files that a pipeline shows, if all that stands behind the first program lets lines pass.
/// `looped` is that of the files that a variable stands for.
fn of_pipeline(stages: &[&[u8]], looped: Option<&'static str>) -> Option<&'static str> {
    let (first, rest) = stages.split_first()?;
    if let Some((last, between)) = rest.split_last()
        && shell::program(last) == b"xargs"
    {
        let lists =
            matches!(shell::program(first), b"find" | b"fd" | b"ls" | b"git" | b"grep" | b"rg" | b"echo");
        let prints = carried(last).is_some_and(is_printer);
        return source(shell::words(first))
            .filter(|_| lists && prints && between.iter().all(|stage| passes(stage)));
    }
    of_stage(first, looped).filter(|_| rest.iter().all(|stage| passes(stage)))
}

/// Whether a program lets some lines of what it reads pass as they are.
fn passes(stage: &[u8]) -> bool {
    let program = shell::program(stage);
    match program {
        b"grep" | b"egrep" | b"fgrep" | b"rg" => !counts(stage),
        b"awk" | b"gawk" => prints_lines(stage),
        b"sed" | b"sort" | b"uniq" | b"column" | b"fold" | b"Select-Object" | b"Select-String" => true,
        _ => is_printer(program),
    }
}

fn is_printer(program: &[u8]) -> bool {
    PRINTERS.contains(&program)
}

/// The language of the source files that one program shows.
fn of_stage(stage: &[u8], looped: Option<&'static str>) -> Option<&'static str> {
    let program = shell::program(stage);
    if CARRIERS.contains(&program) {
        return carried(stage)
            .filter(|program| is_printer(program))
            .and_then(|_| source(shell::words(stage)));
    }
    match program {
        b"sed"
            if !shell::words(stage)
                .any(|word| word.starts_with(b"-i") || word.starts_with(b"--in-place")) =>
        {
            source(files(stage))
        }
        b"awk" | b"gawk" if prints_lines(stage) => source(files(stage)),
        b"grep" | b"egrep" | b"fgrep" | b"rg" if !counts(stage) => {
            // Of several files each line names its own, and what is found in a folder is told by that.
            let mut files = files(stage).skip(1);
            let file = files.next().filter(|_| files.next().is_none());
            source(file.into_iter())
        }
        b"git" => of_git(stage),
        _ if is_printer(program) => printed(stage, looped),
        _ => None,
    }
}

/// The language of the files that a program prints, if all of them are source files.
fn printed(stage: &[u8], looped: Option<&'static str>) -> Option<&'static str> {
    let mut found = None;
    for word in files(stage).filter(|word| !is_number(word)) {
        let language = match word.first() {
            Some(b'$') => looped?,
            _ => Some(language::of_path(word)).filter(|language| language::is_source(language))?,
        };
        found = found.or(Some(language));
    }
    found
}

/// The language of the file of a commit that git shows: `git show main:src/a.rs`.
fn of_git(stage: &[u8]) -> Option<&'static str> {
    let shows = shell::words(stage).any(|word| matches!(word, b"show" | b"cat-file"));
    let place = |word: &[u8]| memchr::memchr(b':', word).filter(|at| *at > 0);
    let file = shell::words(stage).find_map(|word| Some(&word[place(word)? + 1..]))?;
    Some(language::of_path(file)).filter(|language| shows && language::is_source(language))
}

/// The program that another runs elsewhere: the first word of its arguments that prints files.
fn carried(stage: &[u8]) -> Option<&[u8]> {
    shell::words(stage).skip(1).find(|word| is_printer(word))
}

/// The language of the first source file among words.
fn source<'w>(mut words: impl Iterator<Item = &'w [u8]>) -> Option<&'static str> {
    words.find_map(|word| Some(language::of_path(word)).filter(|language| language::is_source(language)))
}

/// The arguments of a program, without its options and what is redirected.
fn files(stage: &[u8]) -> impl Iterator<Item = &[u8]> {
    let program = shell::program(stage);
    let is_program = move |word: &&[u8]| word.ends_with(program);
    let rest = shell::words(stage).skip_while(move |word| !is_program(word)).skip(1);
    rest.filter(|word| !matches!(word, [b'-' | b'<' | b'>', ..] | [b'0'..=b'9' | b'&', b'>', ..]))
}

/// Whether a word is a number of lines or a range of them.
fn is_number(word: &[u8]) -> bool {
    word.iter().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'+' | b',' | b'-'))
}

/// Whether a search prints something else than lines, or their numbers and files before them, which stay.
fn counts(stage: &[u8]) -> bool {
    let quiet = |word: &[u8]| match word {
        [b'-', b'-', name @ ..] => {
            [&b"count"[..], b"files", b"line-number", b"quiet", b"version", b"with-filename"]
                .iter()
                .any(|start| name.starts_with(start))
        }
        [b'-', flags @ ..] => flags.iter().any(|b| b"HclLnqrR".contains(b)),
        _ => false,
    };
    shell::words(stage).skip(1).any(quiet)
}

/// Whether a script of awk prints lines as they are.
fn prints_lines(stage: &[u8]) -> bool {
    let whole = [&b"{print}"[..], b"{ print }", b"$0"];
    !stage.contains(&b'{') || whole.iter().any(|part| memchr::memmem::find(stage, part).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_that_show_source_files_alone() {
        for (script, wanted) in [
            ("cat src/kiln.rs", "rust"),
            ("cd app && cat -A src/kiln.py 2>/dev/null | head -50", "python"),
            ("sed -n '10,40p' lib/kiln.go", "go"),
            ("head -n 20 a.ts; echo ---; tail -n +40 b.ts", "typescript"),
            ("nl -ba Makefile", "make"),
            ("bat --style=plain -r 10:20 deploy/chart.yaml", "yaml"),
            ("git show HEAD~2:src/kiln.c | sed -n 1,80p", "c"),
            ("git -C app cat-file -p main:lib/kiln.rb", "ruby"),
            ("awk 'NR>=10 && NR<=20' kiln.lua", "lua"),
            ("awk '{print NR\": \"$0}' kiln.lua", "lua"),
            ("grep -A3 ramp kiln.swift", "swift"),
            ("for f in a.sql b.sql; do echo \"== $f\"; cat \"$f\"; done", "sql"),
            ("docker exec -it web cat /app/main.py", "python"),
            ("ssh kiln@box 'cat /etc/kiln/kiln.conf'", "ini"),
            ("find . -name '*.kt' | xargs head -40", "kotlin"),
            ("sudo cat /etc/systemd/system/kiln.service", "ini"),
            ("Get-Content .\\Kiln.cs -TotalCount 20", "csharp"),
        ] {
            assert_eq!(language(&shell::statements(script.as_bytes())), Some(wanted), "{script}");
        }
    }

    #[test]
    fn scripts_that_show_something_else_too() {
        for script in [
            "cat src/kiln.rs | wc -l",
            "cat notes.md",
            "cat build.log",
            "cat a.rs build.log",
            "cat > a.rs",
            "cat a.rs > b.rs",
            "cat a.rs && cargo test",
            "ls -la src; cat src/a.rs",
            "sed -i s/a/b/ a.rs",
            "grep -c ramp a.rs",
            "grep -n ramp a.rs",
            "grep ramp a.rs b.rs",
            "cat a.rs | grep -n ramp",
            "grep -l ramp a.rs",
            "grep -rn ramp src",
            "cat a.json | jq .name",
            "awk '{print $1}' a.rs",
            "git show HEAD --stat",
            "git diff a.rs",
            "python3 a.py",
            "docker run web",
            "echo done",
            "cat $f",
            "",
        ] {
            assert_eq!(language(&shell::statements(script.as_bytes())), None, "{script}");
        }
    }
}
