//! The rim of the program: signals, drafts that were left, what cannot be read or written, options that make no sense.
//!
//! `TRANSCRUB_BIN=PATH` runs all of it against that binary.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    env, fs,
    io::Write as _,
    os::unix::process::ExitStatusExt as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::{Duration, Instant, SystemTime},
};

const TOKEN: &str = "ghp_Vq3TzK8mYb1XcN5rLw7JdF2hGs9PaE4uRt6B";

fn command(home: &Path, args: &[&str]) -> Command {
    let program =
        env::var_os("TRANSCRUB_BIN").map_or_else(|| env!("CARGO_BIN_EXE_transcrub").into(), PathBuf::from);
    let mut command = Command::new(program);
    command.env_clear().env("PATH", "/usr/bin:/bin").env("HOME", home).args(args).current_dir(home);
    // The real one lies outside the home.
    command.env("CLAUDE_CODE_TMPDIR", home.join("tmp")).stdin(Stdio::null());
    command
}

fn transcrub(home: &Path, args: &[&str]) -> (Option<i32>, String) {
    let Output { status, stdout, stderr } = command(home, args).output().unwrap();
    (status.code(), String::from_utf8_lossy(&[stdout, stderr].concat()).into_owned())
}

fn drafts(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with(".transcrub-")).collect()
}

/// The signals that are ignored, a bit each; where there is no /proc, hanging up.
fn ignored() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.map_or(1, |mask| u64::from_str_radix(mask.trim(), 16).unwrap())
}

/// A session that takes a while.
fn long_session() -> String {
    let line =
        format!("{{\"type\":\"user\",\"message\":{{\"content\":\"GITHUB_TOKEN={TOKEN} and N words\"}}}}\n");
    (0..8_000).map(|n| line.replace('N', &n.to_string())).collect()
}

#[test]
fn a_run_that_is_told_to_end_leaves_no_draft() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("s.jsonl"), long_session()).unwrap();
    // What this test is started to ignore, as an interrupt in the background of a shell, is ignored by what it starts.
    let ignored = ignored();
    let signals = [("INT", 2), ("TERM", 15), ("HUP", 1)];
    for (name, number) in signals.into_iter().filter(|(_, number)| ignored >> (number - 1) & 1 == 0) {
        let mut child = command(home.path(), &["scrub", "s.jsonl", "-o", "out.jsonl", "-q"]).spawn().unwrap();
        let begun = Instant::now();
        while drafts(home.path()).is_empty() && begun.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(1));
        }
        let pid = child.id().to_string();
        assert!(Command::new("kill").args(["-s", name, &pid]).status().unwrap().success());
        assert_eq!(child.wait().unwrap().signal(), Some(number), "it ends as others do");
        assert_eq!(drafts(home.path()), Vec::<String>::new(), "{name}");
        assert!(!home.path().join("out.jsonl").exists());
    }
}

/// What a run under limits of the shell gives.
#[cfg(target_os = "linux")]
fn limited(home: &Path, limits: &str, args: &str) -> (Option<i32>, String) {
    let program = command(home, &[]).get_program().to_owned();
    let run = format!("{limits}; exec \"$0\" {args} -q -j 1");
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(run).arg(program).current_dir(home).env("HOME", home);
    let out = shell.output().unwrap();
    (out.status.code(), String::from_utf8_lossy(&out.stderr).into_owned())
}

#[test]
#[cfg(target_os = "linux")]
fn where_files_may_not_grow_and_memory_ends_it_fails_as_it_says() {
    const COPY: &str = "scrub s.jsonl -o out.jsonl";
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("s.jsonl"), long_session()).unwrap();
    let (code, said) = limited(home.path(), "ulimit -f 64", COPY);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("out.jsonl was not written") && said.contains("too large"), "{said}");
    assert_eq!(drafts(home.path()), Vec::<String>::new());
    // A line that needs more than there is.
    let words = "a ".repeat(12 << 20);
    let line =
        format!("{{\"type\":\"user\",\"message\":{{\"content\":\"GITHUB_TOKEN={TOKEN} {words}\"}}}}\n");
    fs::write(home.path().join("s.jsonl"), line).unwrap();
    let (code, said) = limited(home.path(), "ulimit -v 120000", COPY);
    assert!(code == Some(2) && said.contains("memory allocation"), "{code:?} {said}");
    assert!(!home.path().join("out.jsonl").exists());
}

/// Whoever replaces many files side by side keeps old and new ones open for a while: no more of them than before.
#[test]
#[cfg(target_os = "linux")]
fn many_files_are_replaced_where_few_may_be_open() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("many");
    fs::create_dir(&folder).unwrap();
    for n in 0..600 {
        fs::write(folder.join(format!("{n}.jsonl")), format!("{{\"a\":\"GITHUB_TOKEN={TOKEN}\"}}\n"))
            .unwrap();
    }
    let (code, said) = limited(home.path(), "ulimit -n 256", "scrub --in-place many");
    assert_eq!((code, &*said), (Some(0), ""));
    assert_eq!(drafts(&folder), Vec::<String>::new());
    for file in fs::read_dir(&folder).unwrap() {
        assert!(!fs::read_to_string(file.unwrap().path()).unwrap().contains(TOKEN));
    }
}

#[test]
fn an_output_that_cannot_be_written_is_named() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("s.jsonl"), "x\n").unwrap();
    if let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") {
        let out = command(home.path(), &["scan", "s.jsonl"]).stdout(full).output().unwrap();
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(2), "{said}");
        assert!(said.contains("cannot write the standard output: "), "{said}");
    }
}

#[test]
fn a_signal_that_is_ignored_stays_ignored() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("s.jsonl"), long_session()).unwrap();
    let program = command(home.path(), &[]).get_program().to_owned();
    let mut child = Command::new("nohup");
    child.arg(program).args(["scrub", "s.jsonl", "-o", "out.jsonl", "-q"]).current_dir(home.path());
    let mut child = child.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while drafts(home.path()).is_empty() && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    Command::new("kill").args(["-s", "HUP", &child.id().to_string()]).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(home.path().join("out.jsonl").exists());
}

#[test]
fn drafts_are_no_input_and_those_nobody_owns_go() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("in");
    fs::create_dir(&folder).unwrap();
    let old = SystemTime::now() - Duration::from_secs(3600);
    let put = |name: &str, age: SystemTime| {
        let mut file = fs::File::create(folder.join(name)).unwrap();
        writeln!(file, "GITHUB_TOKEN={TOKEN}").unwrap();
        file.set_modified(age).unwrap();
    };
    put("a.txt", old);
    put(".transcrub-Ab3xYz.tmp", old);
    put(".transcrub-New9Qq.tmp", SystemTime::now());
    put(".transcrub-draft-1f-0", old);
    put(".transcrub-mine", old);
    let (code, said) = transcrub(home.path(), &["scrub", "in", "-o", "out"]);
    assert_eq!((code, drafts(&home.path().join("out")).len()), (Some(0), 0), "{said}");
    assert_eq!(said.matches("left by a run that did not end").count(), 4, "{said}");
    assert_eq!(drafts(&folder).len(), 4);
    let (code, said) = transcrub(home.path(), &["scrub", "in", "--in-place"]);
    assert_eq!(code, Some(0), "{said}");
    let mut left = drafts(&folder);
    left.sort();
    assert_eq!(left, [".transcrub-New9Qq.tmp", ".transcrub-mine"]);
    assert!(!fs::read_to_string(folder.join("a.txt")).unwrap().contains(TOKEN));
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_found_is_said_only_of_what_was_read() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("clean.txt"), "nothing\n").unwrap();
    let (code, said) = transcrub(home.path(), &["scan", "/proc/self/mem"]);
    assert!(code == Some(2) && said.contains("cannot read") && !said.contains("nothing found"), "{said}");
    for command in [&["scan"][..], &["scrub", "--check"]] {
        let (code, said) = transcrub(home.path(), &[command, &["clean.txt", "/proc/self/mem"]].concat());
        assert!(code == Some(2) && said.contains("nothing found in what could be read"), "{said}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_cannot_be_written_is_told_for_what_it_is() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("s.txt"), format!("x {TOKEN}\n")).unwrap();
    let (code, said) = transcrub(home.path(), &["scrub", "s.txt", "-o", "out", "--report", "/dev/full"]);
    assert!(code == Some(2) && said.contains("the copies are written, the report is not"), "{said}");
    let (code, said) = transcrub(home.path(), &["scrub", "s.txt", "-o", "out2", "--report", "none/r"]);
    assert!(code == Some(2) && !said.contains(".transcrub-") && said.contains("in none"), "{said}");
    assert!(!home.path().join("out2").exists());
}

#[test]
fn what_makes_no_sense_is_refused_by_name() {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| home.path().join(name);
    fs::write(at("s.txt"), "x\n").unwrap();
    fs::write(at("off.toml"), "[profiles.retain]\nsecret = 'keep'\n").unwrap();
    fs::write(at("bad.toml"), "[profiles.bug]\ncode = 'nonsense'\n").unwrap();
    fs::write(at("key"), "0".repeat(64)).unwrap();
    for (args, told) in [
        (&["filter", "--keep-code-of", "["][..], "is no pattern of folders"),
        (&["filter", "s.txt"], "filter reads standard input: `transcrub filter < FILE`"),
        (&["rules", "show", "github.pat"], "there is github.pat.classic"),
        (&["rules", "show", "no.such"], "`transcrub rules list` shows them"),
        (&["scan", "s.txt", "-j", "257"], "257 is not in 1..=256"),
        (&["scan", "s.txt", "--key-file", "key"], "is a few bytes over and over"),
        (&["scan", "s.txt", "--config", "bad.toml"], "`profiles.bug.code` is no action"),
        (
            &["scan", "s.txt", "--config", "off.toml", "--profile", "retain"],
            "profile `retain` with `[profiles.retain]` in the configuration replaces nothing: change it",
        ),
    ] {
        let (code, said) = transcrub(home.path(), args);
        assert!(code == Some(2) && said.contains(told) && !said.contains("nonsense"), "{args:?}: {said}");
    }
}

#[test]
fn the_pipe_of_the_examples_passes_over_what_nobody_said() {
    let home = tempfile::tempdir().unwrap();
    let odd = [
        "{\"type\":\"summary\"}",
        "not json",
        "[1]",
        "7",
        "{\"message\":\"x\"}",
        "{\"message\":{\"content\":[\"x\",{\"type\":\"text\"}]}}",
        "{\"message\":{\"role\":\"user\",\"content\":\"hi\"}}",
    ];
    fs::write(home.path().join("odd.jsonl"), odd.join("\n") + "\n").unwrap();
    let program = PathBuf::from(command(home.path(), &[]).get_program());
    let bin = home.path().join("bin");
    fs::create_dir(&bin).unwrap();
    std::os::unix::fs::symlink(fs::canonicalize(program).unwrap(), bin.join("transcrub")).unwrap();
    let mut pipe = Command::new("bash");
    pipe.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/pipe.sh")).arg("odd.jsonl");
    pipe.env("ONCE", "1").env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", bin.display()));
    let output = pipe.current_dir(home.path()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    assert!(String::from_utf8_lossy(&output.stdout).ends_with("user: hi\n"), "{said}");
}
