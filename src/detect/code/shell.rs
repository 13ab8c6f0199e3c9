//! Fences of Markdown that hold commands rather than a script: programs, flags and paths stay, and the scripts on their
//! command lines are code.

use super::{
    command::{self, unquoted, word_end},
    fence,
    line::Verdict,
    page::{Block, Line},
    structure,
};

/// Words after a fence that announce commands.
static WORDS: [&[u8]; 8] =
    [b"bash", b"sh", b"shell", b"zsh", b"console", b"terminal", b"shell-session", b"sh-session"];

/// Programs that people tell others to run; sorted.
static PROGRAMS: &[&[u8]] = &[
    b"R",
    b"adb",
    b"ag",
    b"ansible",
    b"ansible-playbook",
    b"apt",
    b"apt-get",
    b"artisan",
    b"awk",
    b"aws",
    b"az",
    b"base64",
    b"bash",
    b"bazel",
    b"black",
    b"bq",
    b"brew",
    b"bun",
    b"bundle",
    b"bunx",
    b"cabal",
    b"cargo",
    b"cat",
    b"cd",
    b"chmod",
    b"chown",
    b"clang",
    b"claude",
    b"clickhouse-client",
    b"clippy-driver",
    b"cmake",
    b"code",
    b"codex",
    b"composer",
    b"cordova",
    b"cp",
    b"crontab",
    b"curl",
    b"cut",
    b"dart",
    b"date",
    b"deno",
    b"df",
    b"diff",
    b"dig",
    b"dnf",
    b"docker",
    b"docker-compose",
    b"dotnet",
    b"drizzle-kit",
    b"du",
    b"duckdb",
    b"echo",
    b"elixir",
    b"emacs",
    b"env",
    b"esbuild",
    b"eslint",
    b"expect",
    b"expo",
    b"fastlane",
    b"file",
    b"find",
    b"firebase",
    b"flutter",
    b"fly",
    b"free",
    b"g++",
    b"gcc",
    b"gcloud",
    b"gdb",
    b"gem",
    b"gemini",
    b"gh",
    b"ghc",
    b"git",
    b"glab",
    b"go",
    b"gofmt",
    b"golangci-lint",
    b"gradle",
    b"grep",
    b"groovy",
    b"gsutil",
    b"gunzip",
    b"gzip",
    b"head",
    b"helm",
    b"heroku",
    b"hostname",
    b"htop",
    b"hx",
    b"hyperfine",
    b"id",
    b"iex",
    b"java",
    b"javac",
    b"jest",
    b"journalctl",
    b"jq",
    b"jshell",
    b"julia",
    b"just",
    b"kill",
    b"kotlinc",
    b"kubectl",
    b"lein",
    b"lerna",
    b"less",
    b"lldb",
    b"ln",
    b"ls",
    b"lsof",
    b"lua",
    b"make",
    b"mariadb",
    b"md5sum",
    b"mise",
    b"mix",
    b"mkdir",
    b"mongo",
    b"mongosh",
    b"mv",
    b"mvn",
    b"mypy",
    b"mysql",
    b"nano",
    b"nc",
    b"netlify",
    b"netstat",
    b"next",
    b"ng",
    b"ninja",
    b"nix",
    b"node",
    b"nodemon",
    b"nohup",
    b"npm",
    b"npx",
    b"nvidia-smi",
    b"nvim",
    b"nvm",
    b"nx",
    b"opencode",
    b"openssl",
    b"osascript",
    b"perf",
    b"perl",
    b"php",
    b"ping",
    b"pip",
    b"pip3",
    b"pipx",
    b"pkill",
    b"playwright",
    b"pm2",
    b"pnpm",
    b"pod",
    b"podman",
    b"poetry",
    b"powershell",
    b"powershell.exe",
    b"pre-commit",
    b"prettier",
    b"printf",
    b"prisma",
    b"ps",
    b"psql",
    b"pwd",
    b"pwsh",
    b"pytest",
    b"python",
    b"python3",
    b"rails",
    b"rake",
    b"redis-cli",
    b"rg",
    b"rm",
    b"rmdir",
    b"rollup",
    b"rspec",
    b"rsync",
    b"ruby",
    b"ruff",
    b"rustc",
    b"rustfmt",
    b"rustup",
    b"sbt",
    b"scala",
    b"scp",
    b"screen",
    b"sed",
    b"sha256sum",
    b"shasum",
    b"simctl",
    b"sleep",
    b"sort",
    b"source",
    b"sqlite3",
    b"ss",
    b"ssh",
    b"stack",
    b"stat",
    b"strace",
    b"sudo",
    b"supabase",
    b"swift",
    b"swiftc",
    b"systemctl",
    b"tail",
    b"tar",
    b"task",
    b"tee",
    b"terraform",
    b"time",
    b"timeout",
    b"tmux",
    b"tofu",
    b"top",
    b"touch",
    b"tox",
    b"tr",
    b"tree",
    b"ts-node",
    b"tsc",
    b"tsx",
    b"turbo",
    b"uname",
    b"uniq",
    b"unzip",
    b"uv",
    b"uvx",
    b"valgrind",
    b"vercel",
    b"vim",
    b"vite",
    b"vitest",
    b"vue",
    b"watch",
    b"wc",
    b"webpack",
    b"wget",
    b"which",
    b"whoami",
    b"wrangler",
    b"xargs",
    b"xcodebuild",
    b"xcrun",
    b"yarn",
    b"yq",
    b"yum",
    b"zig",
    b"zip",
];

/// Whether the word `info` after a fence announces commands.
pub(super) fn is_announced(info: &[u8]) -> bool {
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(info))
}

/// Takes the lines `from..to` of a fence for what stays, if each command in them begins with a known program.
pub(super) fn read(text: &[u8], lines: &mut [Line], from: usize, to: usize) -> bool {
    let Some((start, end)) =
        lines[from..to].first().zip(lines[from..to].last()).map(|(a, b)| (a.start, b.end))
    else {
        return false;
    };
    let commands = are_commands(text, start, end);
    if commands {
        lines[from..to].iter_mut().for_each(|line| line.verdict = Verdict::Told);
    }
    commands
}

/// Appends the scripts in the commands that [`read`] has left.
pub(super) fn blocks(text: &[u8], lines: &[Line], out: &mut Vec<Block>) {
    let mut at = 0;
    while let Some(step) = lines[at..].iter().position(|line| line.verdict == Verdict::Told) {
        let first = at + step;
        let count = lines[first..].iter().take_while(|line| line.verdict == Verdict::Told).count();
        at = first + count;
        let opened = first.checked_sub(1).map(|above| lines[above].bytes(text));
        let info = opened.and_then(fence::opening).map(|fence| fence.info());
        if info.is_some_and(is_announced) {
            command::read(text, lines[first].start, lines[at - 1].end, 0, out);
        }
    }
}

/// Whether every command in `text[at..to]` begins with a known program, and there is one.
fn are_commands(text: &[u8], mut at: usize, to: usize) -> bool {
    let mut any = false;
    while at < to {
        match text[at] {
            b' ' | b'\t' | b'\r' | b'\n' => at += 1,
            b'#' => at = line_end(text, at, to),
            b'$' if text.get(at + 1) == Some(&b' ') => at += 2,
            _ => {
                if !is_known(text, at, to) {
                    return false;
                }
                (any, at) = (true, command_end(text, at, to));
            }
        }
    }
    any
}

/// Whether the command at byte `at` begins with a known program, settings of variables before it left out.
fn is_known(text: &[u8], mut at: usize, to: usize) -> bool {
    loop {
        let end = word_end(text, at, to);
        let (from, until) = unquoted(text, at, end);
        let word = &text[from..until];
        let name = word.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
        let sets = name > 0 && word.get(name) == Some(&b'=');
        let blank = text[end..to].iter().take_while(|b| **b == b' ').count();
        if !sets || blank == 0 {
            // A file that is run, or a program by its path.
            let by_path = memchr::memchr(b'/', word).is_some_and(|slash| slash + 1 < word.len());
            return by_path || PROGRAMS.binary_search(&word).is_ok();
        }
        at = end + blank;
    }
}

/// One past the line on which the command at byte `at` ends: its quotes, its continued lines and its here-documents are
/// part of it.
fn command_end(text: &[u8], mut at: usize, to: usize) -> usize {
    let first = at;
    while at < to && text[at] != b'\n' {
        at = match text[at] {
            b'\\' if text.get(at + 1) == Some(&b'\n') => at + 2,
            b' ' | b'\t' | b'\r' | b';' | b'|' | b'&' | b'(' | b')' | b'<' | b'>' | b'`' => at + 1,
            _ => word_end(text, at, to),
        };
    }
    let (mut head, mut end) = (&text[first..at.min(to)], at.min(to));
    while let Some(word) = structure::here_document(head) {
        let behind = word.as_ptr() as usize - head.as_ptr() as usize + word.len();
        head = &head[behind..];
        end = document_end(text, end + 1, to, word);
    }
    end
}

/// The end of the line that ends the here-document which begins at byte `at`.
fn document_end(text: &[u8], at: usize, to: usize, word: &[u8]) -> usize {
    let mut line = at;
    while line < to {
        let end = line_end(text, line, to);
        if text[line..end].trim_ascii() == word {
            return end;
        }
        line = end + 1;
    }
    to
}

fn line_end(text: &[u8], at: usize, to: usize) -> usize {
    memchr::memchr(b'\n', &text[at..to]).map_or(to, |step| at + step)
}

#[cfg(test)]
mod tests {
    use super::{PROGRAMS, are_commands};

    #[test]
    fn commands_are_told_from_scripts() {
        for text in [
            "cargo test --release 2>&1 | tail -40",
            "$ npm ci\n$ npm test",
            "# first\nRUST_LOG=debug cargo run -- serve",
            "python3 -c '\nimport a\na.b()\n' | tail",
            "git commit -m \"$(cat <<'EOF'\nSay more\n\nand again\nEOF\n)\"",
            "cat > a.py <<'A' && cat > b.py <<'B'\nset -e\nA\nfor\nB\nls",
            "docker run \\\n  -it alpine",
            "./run.sh --fast",
        ] {
            assert!(are_commands(text.as_bytes(), 0, text.len()), "{text}");
        }
        for text in [
            "set -e\ncargo test",
            "for f in *.log; do\n  cat $f\ndone",
            "settle() {\n  echo a\n}",
            "ROWS=$(rows --all)\necho $ROWS",
            "settle --rows 4",
            "# nothing",
            "",
        ] {
            assert!(!are_commands(text.as_bytes(), 0, text.len()), "{text}");
        }
        assert!(PROGRAMS.is_sorted());
    }
}
