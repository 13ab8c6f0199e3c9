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
    b"Rscript",
    b"ab",
    b"act",
    b"adb",
    b"ag",
    b"aider",
    b"airflow",
    b"ansible",
    b"ansible-playbook",
    b"ant",
    b"apt",
    b"apt-get",
    b"arduino-cli",
    b"artisan",
    b"asdf",
    b"ast-grep",
    b"autopep8",
    b"awk",
    b"aws",
    b"az",
    b"bandit",
    b"base64",
    b"bash",
    b"bat",
    b"bats",
    b"bazel",
    b"biome",
    b"black",
    b"bq",
    b"brew",
    b"buf",
    b"bun",
    b"bundle",
    b"bunx",
    b"cabal",
    b"caddy",
    b"cargo",
    b"cat",
    b"ccache",
    b"cd",
    b"cdk",
    b"celery",
    b"certbot",
    b"chmod",
    b"chown",
    b"clang",
    b"clang++",
    b"clang-format",
    b"clang-tidy",
    b"claude",
    b"clickhouse-client",
    b"clippy-driver",
    b"cmake",
    b"cmp",
    b"code",
    b"codex",
    b"comby",
    b"composer",
    b"conan",
    b"conda",
    b"cordova",
    b"corepack",
    b"coverage",
    b"cp",
    b"cpan",
    b"cppcheck",
    b"crontab",
    b"ctags",
    b"ctest",
    b"cue",
    b"curl",
    b"cut",
    b"cypress",
    b"dart",
    b"date",
    b"dbt",
    b"dd",
    b"deno",
    b"df",
    b"diff",
    b"dig",
    b"direnv",
    b"django-admin",
    b"dmesg",
    b"dnf",
    b"docker",
    b"docker-compose",
    b"dotnet",
    b"dpkg",
    b"drizzle-kit",
    b"du",
    b"duckdb",
    b"echo",
    b"egrep",
    b"elixir",
    b"elm",
    b"emacs",
    b"env",
    b"erl",
    b"esbuild",
    b"eslint",
    b"etcdctl",
    b"expect",
    b"expo",
    b"fastlane",
    b"fd",
    b"ffmpeg",
    b"fgrep",
    b"file",
    b"find",
    b"firebase",
    b"flake8",
    b"flask",
    b"flutter",
    b"fly",
    b"forge",
    b"free",
    b"fzf",
    b"g++",
    b"gcc",
    b"gcloud",
    b"gdb",
    b"gem",
    b"gemini",
    b"gh",
    b"ghc",
    b"ghci",
    b"git",
    b"glab",
    b"gleam",
    b"go",
    b"gofmt",
    b"golangci-lint",
    b"gpg",
    b"gradle",
    b"gradlew",
    b"grep",
    b"groovy",
    b"grpcurl",
    b"gsutil",
    b"gunicorn",
    b"gunzip",
    b"gzip",
    b"hadolint",
    b"hatch",
    b"head",
    b"helm",
    b"heroku",
    b"hg",
    b"hostname",
    b"htop",
    b"http",
    b"hugo",
    b"hx",
    b"hyperfine",
    b"iconv",
    b"id",
    b"iex",
    b"ip",
    b"isort",
    b"istioctl",
    b"java",
    b"javac",
    b"jekyll",
    b"jest",
    b"jj",
    b"journalctl",
    b"jq",
    b"jshell",
    b"julia",
    b"just",
    b"k3d",
    b"k6",
    b"kill",
    b"kind",
    b"kotlin",
    b"kotlinc",
    b"kubectl",
    b"kustomize",
    b"launchctl",
    b"ldd",
    b"lein",
    b"lerna",
    b"less",
    b"lldb",
    b"ln",
    b"ls",
    b"lsof",
    b"lua",
    b"luajit",
    b"make",
    b"mamba",
    b"mariadb",
    b"matlab",
    b"md5sum",
    b"meson",
    b"minikube",
    b"mise",
    b"mix",
    b"mkdir",
    b"mkdocs",
    b"mocha",
    b"mongo",
    b"mongodump",
    b"mongosh",
    b"mount",
    b"mv",
    b"mvn",
    b"mypy",
    b"mysql",
    b"mysqldump",
    b"nano",
    b"nc",
    b"netlify",
    b"netstat",
    b"next",
    b"nextflow",
    b"ng",
    b"nginx",
    b"nim",
    b"ninja",
    b"nix",
    b"nl",
    b"nmap",
    b"node",
    b"nodemon",
    b"nohup",
    b"nox",
    b"npm",
    b"npx",
    b"nslookup",
    b"nvidia-smi",
    b"nvim",
    b"nvm",
    b"nx",
    b"objdump",
    b"oc",
    b"ocaml",
    b"octave",
    b"od",
    b"opam",
    b"opencode",
    b"openssl",
    b"osascript",
    b"oxlint",
    b"patch",
    b"pdm",
    b"perf",
    b"perl",
    b"pg_dump",
    b"pg_restore",
    b"pgrep",
    b"php",
    b"phpunit",
    b"ping",
    b"pip",
    b"pip3",
    b"pipx",
    b"pixi",
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
    b"printenv",
    b"printf",
    b"prisma",
    b"ps",
    b"psql",
    b"pulumi",
    b"puppet",
    b"pwd",
    b"pwsh",
    b"pylint",
    b"pyright",
    b"pytest",
    b"python",
    b"python3",
    b"rails",
    b"rake",
    b"readelf",
    b"readlink",
    b"realpath",
    b"redis-cli",
    b"restic",
    b"rg",
    b"rm",
    b"rmdir",
    b"rollup",
    b"rspec",
    b"rsync",
    b"rubocop",
    b"ruby",
    b"ruff",
    b"rustc",
    b"rustfmt",
    b"rustup",
    b"sam",
    b"sass",
    b"sbt",
    b"scala",
    b"scp",
    b"screen",
    b"sed",
    b"semgrep",
    b"seq",
    b"serverless",
    b"sg",
    b"sha256sum",
    b"shasum",
    b"shellcheck",
    b"simctl",
    b"skaffold",
    b"sleep",
    b"snyk",
    b"solc",
    b"sops",
    b"sort",
    b"source",
    b"sqlcmd",
    b"sqlfluff",
    b"sqlite3",
    b"sqlplus",
    b"ss",
    b"ssh",
    b"stack",
    b"stat",
    b"strace",
    b"su",
    b"sudo",
    b"supabase",
    b"svn",
    b"swift",
    b"swiftc",
    b"swiftlint",
    b"sysctl",
    b"systemctl",
    b"tail",
    b"tar",
    b"task",
    b"tcpdump",
    b"tee",
    b"terraform",
    b"terragrunt",
    b"tflint",
    b"time",
    b"timeout",
    b"tmux",
    b"tofu",
    b"top",
    b"touch",
    b"tox",
    b"tr",
    b"traceroute",
    b"tree",
    b"trivy",
    b"ts-node",
    b"tsc",
    b"tsx",
    b"turbo",
    b"uname",
    b"uniq",
    b"unzip",
    b"uv",
    b"uvicorn",
    b"uvx",
    b"vagrant",
    b"valgrind",
    b"vault",
    b"vercel",
    b"vim",
    b"vite",
    b"vitest",
    b"volta",
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
    b"xxd",
    b"yamllint",
    b"yarn",
    b"yq",
    b"yum",
    b"zcat",
    b"zgrep",
    b"zig",
    b"zip",
    b"zola",
    b"zstd",
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

/// How far the end of a command in tags is looked for, in lines.
const MAX_TAGGED: usize = 200;

/// What stands around a command that an agent calls for in XML.
const TAGS: (&[u8], &[u8]) = (b"<command>", b"</command>");

/// Takes the command in tags that opens on line `at` for what stays, but for its scripts; says where the text goes on.
pub(super) fn tagged(text: &[u8], lines: &mut [Line], at: usize, to: usize) -> Option<usize> {
    let closes = |line: &Line| memchr::memmem::find(line.bytes(text), TAGS.1).is_some();
    let count = lines[at..to].iter().take(MAX_TAGGED).position(closes)?;
    lines[at..=at + count].iter_mut().for_each(|line| line.verdict = Verdict::Told);
    Some(at + count + 1)
}

/// Appends the scripts in the command in tags that opens on `line`.
fn tagged_scripts(text: &[u8], line: &Line, out: &mut Vec<Block>) {
    let lead = line.bytes(text).iter().take_while(|b| **b == b' ').count();
    let from = line.start + lead;
    if text[from..].starts_with(TAGS.0)
        && let Some(len) = memchr::memmem::find(&text[from..], TAGS.1)
    {
        command::read(text, from + TAGS.0.len(), from + len, 0, out);
    }
}

/// Takes a command that stands alone below a sentence for what stays, but for its scripts.
pub(super) fn alone(text: &[u8], lines: &mut [Line]) {
    for at in 2..lines.len() {
        let blank = |index: usize| lines.get(index).is_none_or(|line| line.verdict == Verdict::Blank);
        if lines[at].verdict == Verdict::Code
            && blank(at - 1)
            && blank(at + 1)
            && lines[at - 2].verdict == Verdict::Stay
            && lines[at - 2].bytes(text).trim_ascii_end().ends_with(b":")
        {
            let line = &lines[at];
            let lead = line.bytes(text).iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
            let flags = memchr::memmem::find(line.bytes(text), b" -").is_some();
            if flags && is_known(text, line.start + lead, line.end) {
                (lines[at].verdict, lines[at].content) = (Verdict::Firm, line.start);
            }
        }
    }
}

/// Appends the scripts in lines of words that are commands, with a prompt before them or none.
pub(super) fn typed(text: &[u8], lines: &[Line], out: &mut Vec<Block>) {
    for line in lines {
        match line.verdict {
            Verdict::Told => tagged_scripts(text, line, out),
            Verdict::Firm | Verdict::Stay | Verdict::Weak | Verdict::Maybe => typed_scripts(text, line, out),
            Verdict::Blank | Verdict::Code => {}
        }
    }
}

/// As [`typed`], of one line. A line with backquotes is a sentence, in which each is looked at.
fn typed_scripts(text: &[u8], line: &Line, out: &mut Vec<Block>) {
    let bytes = line.bytes(text);
    let lead = bytes.iter().take_while(|b| matches!(b, b' ' | b'\t' | b'$' | b'%' | b'>' | b'+')).count();
    let lead =
        lead + bytes[lead..].strip_prefix(b"Running command: ").map_or(0, |_| b"Running command: ".len());
    if bytes.get(lead).is_some_and(|b| b.is_ascii_lowercase() || *b == b'R')
        && memchr::memchr2(b'\'', b'"', bytes).is_some()
        && is_known(text, line.start + lead, line.end)
        && memchr::memchr(b'`', bytes).is_none()
    {
        command::read(text, line.start + lead, line.end, 0, out);
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
