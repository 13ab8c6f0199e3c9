//! Programs that take a script on their command line, and where it stands.

/// A program that takes a script on its command line.
#[derive(Clone, Copy)]
pub(super) struct Program {
    names: &'static [&'static str],
    /// The flags before the script; none if it is the first word that is no flag.
    pub(super) flags: &'static [&'static str],
    pub(super) language: &'static str,
}

pub(super) static PROGRAMS: &[Program] = &[
    Program {
        names: &["python", "python3", "python2", "pypy", "pypy3", "ipython", "uv"],
        flags: &["-c"],
        language: "python",
    },
    Program {
        names: &["node", "bun", "tsx", "ts-node", "nodejs"],
        flags: &["-e", "-p", "-pe", "--eval", "--print"],
        language: "javascript",
    },
    Program { names: &["deno"], flags: &["eval"], language: "javascript" },
    Program { names: &["ruby"], flags: &["-e"], language: "ruby" },
    Program { names: &["perl"], flags: &["-e", "-E"], language: "perl" },
    Program { names: &["php", "artisan"], flags: &["-r", "--execute"], language: "php" },
    Program {
        names: &["Rscript", "lua", "luajit", "elixir", "ghc", "groovy", "scala", "osascript"],
        flags: &["-e"],
        language: "",
    },
    Program { names: &["mix", "iex"], flags: &["-e", "--eval"], language: "elixir" },
    Program { names: &["rails"], flags: &["runner", "r"], language: "ruby" },
    Program { names: &["redis-cli", "valkey-cli"], flags: &["eval", "EVAL"], language: "lua" },
    Program { names: &["erl"], flags: &["-eval"], language: "erlang" },
    Program { names: &["raku", "bb", "ocaml", "janet"], flags: &["-e"], language: "" },
    Program { names: &["wp", "crystal"], flags: &["eval"], language: "" },
    Program { names: &["cypher-shell"], flags: &[], language: "cypher" },
    Program { names: &["julia"], flags: &["-e", "-E"], language: "julia" },
    Program { names: &["psql"], flags: &["-c", "--command"], language: "sql" },
    Program { names: &["mysql", "mariadb"], flags: &["-e", "--execute"], language: "sql" },
    Program { names: &["clickhouse-client"], flags: &["-q", "--query"], language: "sql" },
    Program { names: &["vim", "nvim", "vi", "ex"], flags: &["-c"], language: "" },
    Program { names: &["emacs"], flags: &["--eval"], language: "" },
    Program { names: &["mongosh", "mongo"], flags: &["--eval"], language: "javascript" },
    Program { names: &["sqlite3", "duckdb", "bq"], flags: &[], language: "sql" },
    Program { names: &["awk", "gawk", "mawk"], flags: &[], language: "awk" },
    Program { names: &["sed", "gsed"], flags: &[], language: "sed" },
    Program { names: &["pwsh", "powershell"], flags: &["-Command", "-c"], language: "powershell" },
    Program {
        names: &["bash", "sh", "zsh", "dash"],
        flags: &["-c", "-lc", "-ic", "-lic", "-xc"],
        language: "bash",
    },
    Program { names: &["ssh"], flags: &[], language: "bash" },
    Program { names: &["eval"], flags: &[], language: "bash" },
    Program { names: &["jq", "yq", "gojq"], flags: &[], language: "jq" },
    Program { names: &["grep", "egrep", "rg", "ag", "ack"], flags: &[], language: "regex" },
    Program {
        names: &["curl", "http", "xh", "grpcurl"],
        flags: &["-d", "--data", "--data-raw", "--data-binary", "--json"],
        language: "json",
    },
    Program { names: &["expect"], flags: &["-c"], language: "tcl" },
    Program {
        names: &["racket", "guile", "sbcl", "swift", "kotlin", "crystal", "clojure", "clj"],
        flags: &["-e", "--eval", "-c"],
        language: "",
    },
    Program { names: &["nix", "nix-instantiate"], flags: &["--expr"], language: "nix" },
    Program { names: &["gdb", "lldb"], flags: &["-ex", "-o", "--eval-command"], language: "" },
    Program {
        names: &["trino", "presto", "hive", "beeline", "spark-sql", "cqlsh", "snowsql", "influx"],
        flags: &["-e", "-q", "--execute", "--query", "-execute"],
        language: "sql",
    },
    Program { names: &["sqlcmd"], flags: &["-Q", "-q"], language: "sql" },
    Program { names: &["kubectl", "oc"], flags: &["-p", "--patch", "--overrides"], language: "json" },
    Program {
        names: &["ast-grep", "sg"],
        flags: &["-p", "-r", "--pattern", "--rewrite", "--inline-rules"],
        language: "",
    },
    Program { names: &["comby"], flags: &[], language: "" },
    Program { names: &["octave", "matlab"], flags: &["--eval", "-batch", "-r"], language: "octave" },
];

impl Program {
    /// The program that is called by `word`: a name, or a path to it.
    pub(super) fn called(word: &[u8]) -> Option<&'static Self> {
        let name = memchr::memrchr(b'/', word).map_or(word, |slash| &word[slash + 1..]);
        PROGRAMS.iter().find(|program| program.names.iter().any(|known| known.as_bytes() == name))
    }
}
