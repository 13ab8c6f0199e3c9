//! The command line as people meet it. Cases are data in `tests/cmd/`: arguments, files in, files and messages out;
//! `TRYCMD=overwrite cargo test --test cli` rewrites what is expected. What a table cannot say stands here.
//!
//! `TRANSCRUB_BIN=PATH` runs all of it against that binary.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    env, fs,
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
    time::Instant,
};

/// The program under test.
fn program() -> PathBuf {
    env::var_os("TRANSCRUB_BIN").map_or_else(|| env!("CARGO_BIN_EXE_transcrub").into(), PathBuf::from)
}

#[test]
fn cases() {
    trycmd::TestCases::new()
        .register_bin("transcrub", program())
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .case("tests/cmd/*.toml")
        .case("tests/cmd/*.trycmd");
}

/// A record with a password, and one without anything.
const DIRTY: &str = "{\"type\":\"user\",\"message\":{\"content\":\"DB_PASSWORD=tr0ub4dor&3x\"}}\n";
const CLEAN: &str = "{\"type\":\"user\",\"message\":{\"content\":\"nothing here\"}}\n";
const PASSWORD: &str = "tr0ub4dor&3x";

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.args(args).env("XDG_CONFIG_HOME", "/nonexistent");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs the program with this input to its end.
fn run(args: &[&str], input: &[u8]) -> Output {
    let mut child = command(args).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let feeder = thread::spawn(move || {
        // A program that stops reading is judged by its exit code.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    output
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn every_help_text_can_be_printed() {
    for args in
        [&["--help"][..], &["filter", "-h"], &["scrub", "--help"], &["scan", "--help"], &["help", "rules"]]
    {
        let output = run(args, b"");
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        assert!(!output.stdout.is_empty() && output.stderr.is_empty());
    }
}

#[test]
fn shells_and_readers_of_manuals_are_served() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(stdout(&run(&["completions", shell], b"")).contains("in-place"), "{shell}");
    }
    assert!(stdout(&run(&["man"], b"")).starts_with(".ie"));
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("share/man/man1");
    let output = run(&["man", "--dir", folder.to_str().unwrap()], b"");
    assert!(folder.join("transcrub-scrub.1").exists(), "{}", stderr(&output));
}

#[test]
fn filter_passes_each_record_on_while_the_input_pauses() {
    let mut child = command(&["filter"]).spawn().unwrap();
    let (mut stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let mut lines = BufReader::new(stdout).lines();
    for record in [DIRTY, CLEAN, DIRTY] {
        stdin.write_all(record.as_bytes()).unwrap();
        let line = lines.next().unwrap().unwrap();
        assert!(!line.contains(PASSWORD) && line.contains("\"type\":\"user\""), "{line}");
    }
    drop(stdin);
    assert!(lines.next().is_none());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn check_writes_nothing_and_says_by_its_exit_code() {
    for (input, code) in [(DIRTY, 1), (CLEAN, 0), ("", 0)] {
        let output = run(&["filter", "--check"], input.as_bytes());
        assert_eq!((output.status.code(), output.stdout.len(), &*stderr(&output)), (Some(code), 0, ""));
        assert_eq!(run(&["scan", "-", "-q"], input.as_bytes()).status.code(), Some(code));
    }
}

#[test]
fn no_report_holds_a_value() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("session.jsonl");
    fs::write(&file, DIRTY).unwrap();
    for format in ["human", "jsonl", "sarif"] {
        let output = run(&["scan", "-v", "--format", format, file.to_str().unwrap()], b"");
        assert_eq!(output.status.code(), Some(1));
        assert!(
            !stdout(&output).contains("tr0ub") && stdout(&output).contains("secret.assignment"),
            "{format}"
        );
        assert_eq!(stderr(&output), "");
    }
}

#[test]
fn a_known_value_is_replaced_wherever_it_stands() {
    let dir = tempfile::tempdir().unwrap();
    let known = dir.path().join("known");
    fs::write(&known, "Quartz Lantern 7\n").unwrap();
    let output = run(&["filter", "--known", known.to_str().unwrap()], b"the Quartz Lantern 7 project\n");
    assert!(stdout(&output).starts_with("the [REDACTED:"), "{}", stdout(&output));
}

#[test]
fn a_reader_that_closes_the_pipe_is_success_without_a_word() {
    let input = DIRTY.repeat(200_000);
    let mut child = command(&["filter"]).spawn().unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    let feeder = thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    assert_eq!((output.status.code(), &*stderr(&output)), (Some(0), ""));
}

#[cfg(target_os = "linux")]
#[test]
fn no_space_is_an_error_that_names_the_output() {
    let full = || fs::File::options().write(true).open("/dev/full").unwrap();
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("session.jsonl");
    fs::write(&file, DIRTY).unwrap();
    let file = file.to_str().unwrap();
    let output = run(&["scrub", file, "-o", "/dev/full"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("cannot write /dev/full: No space left on device"),
        "{}",
        stderr(&output)
    );
    for args in [&["filter"][..], &["scan", file], &["scan", file, "--format", "jsonl"], &["profiles"]] {
        let mut child = command(args).stdout(full()).spawn().unwrap();
        drop(child.stdin.take().map(|mut stdin| stdin.write_all(DIRTY.as_bytes())));
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr(&output).contains("No space left"), "{args:?}: {}", stderr(&output));
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let pipe = dir.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for args in [&["scan", pipe.to_str().unwrap()][..], &["scrub", pipe.to_str().unwrap(), "-o", "-"]] {
        let output = run(args, b"");
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("is not a regular file"), "{}", stderr(&output));
    }
    let output = run(&["scan", dir.path().to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).contains("pipe: not a file, left out"));
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_fails_the_run_and_stops_no_other() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let (closed, open) = (dir.path().join("in/a"), dir.path().join("in/b"));
    fs::create_dir(dir.path().join("in")).unwrap();
    fs::write(&closed, DIRTY).unwrap();
    fs::write(&open, DIRTY).unwrap();
    fs::set_permissions(&closed, PermissionsExt::from_mode(0o0)).unwrap();
    if fs::File::open(&closed).is_ok() {
        return; // An administrator may read everything.
    }
    let out = dir.path().join("out");
    let output = run(&["scrub", dir.path().join("in").to_str().unwrap(), "-o", out.to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("in/a"), "{}", stderr(&output));
    assert!(out.join("b").exists() && !out.join("a").exists());
}

/// Whatever the moment at which a file shrinks or grows: either its copy is whole, or there is none and that is said.
#[test]
fn a_file_that_changes_while_it_is_read_kills_nobody_and_hides_nothing() {
    for grows in [false, true] {
        let dir = tempfile::tempdir().unwrap();
        let (file, out) = (dir.path().join("in"), dir.path().join("out"));
        let content = format!("{}{DIRTY}", CLEAN.repeat(500)).repeat(3);
        let args = |access| ["scrub", file.to_str().unwrap(), "-o", out.to_str().unwrap(), "-q", access];
        let change = || {
            let mut options = fs::File::options();
            if grows {
                options.append(true).open(&file).unwrap().write_all(DIRTY.as_bytes()).unwrap();
            } else {
                options.write(true).open(&file).unwrap().set_len(1_000).unwrap();
            }
        };
        fs::write(&file, &content).unwrap();
        let started = Instant::now();
        assert_eq!(run(&args("-j1"), b"").status.code(), Some(0));
        let whole = started.elapsed();
        fs::remove_file(&out).unwrap();
        let mut refused = 0;
        for (round, access) in (0..).zip(["--no-mmap", "-j1", "-j2"].into_iter().cycle()) {
            fs::write(&file, &content).unwrap();
            let child = command(&args(access)).spawn().unwrap();
            thread::sleep(whole * (round % 9) / 10);
            change();
            let output = child.wait_with_output().unwrap();
            match output.status.code() {
                Some(0) => {
                    let copy = fs::read_to_string(&out).unwrap();
                    assert!(!copy.contains(PASSWORD) && copy.ends_with("}\n") || copy.len() == 1_000);
                    fs::remove_file(&out).unwrap();
                }
                Some(2) => {
                    refused += 1;
                    // It may also be the verification that stumbles over bytes that changed under it.
                    let why = ["changed while it was read", "no copy was written"];
                    let told = stderr(&output);
                    assert!(why.iter().any(|why| told.contains(why)), "{told}");
                    assert!(!out.exists());
                }
                other => panic!("{other:?}: {}", stderr(&output)),
            }
            // When the change comes in time is for the machine to say: so until it did, within reason.
            if round >= 8 && (refused > 0 || round == 80) {
                break;
            }
        }
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "no draft is left");
    }
}

#[cfg(unix)]
#[test]
fn copies_of_edited_files_are_code_whatever_they_hold() {
    let folder = tempfile::tempdir().unwrap();
    let (source, target) = (folder.path().join("in"), folder.path().join("out"));
    let copy = Path::new("file-history/0a1b2c3d/9f8e7d6c@v1");
    for (folder, text) in [
        (copy, "The rows of the ledger\n\nare paid at once.\n"),
        (Path::new("plans/one.md"), "The rows are paid at once.\n"),
    ] {
        fs::create_dir_all(source.join(folder).parent().unwrap()).unwrap();
        fs::write(source.join(folder), text).unwrap();
    }
    let paths = [source.to_str().unwrap(), target.to_str().unwrap()];
    let out = run(&["scrub", paths[0], "-o", paths[1], "--profile", "bug", "-q"], b"");
    assert!(out.status.success(), "{}", stderr(&out));
    let left = fs::read_to_string(target.join(copy)).unwrap();
    assert!(!left.contains("ledger") && !left.contains("paid"), "{left}");
    assert_eq!(left.matches('\n').count(), 3);
    let plan = fs::read_to_string(target.join("plans/one.md")).unwrap();
    assert_eq!(plan, "The rows are paid at once.\n");
}

#[test]
fn copies_are_for_their_owner_and_what_is_replaced_in_place_keeps_its_mode() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let dir = tempfile::tempdir().unwrap();
    let (file, out) = (dir.path().join("in"), dir.path().join("out"));
    fs::write(&file, DIRTY).unwrap();
    fs::set_permissions(&file, PermissionsExt::from_mode(0o640)).unwrap();
    run(&["scrub", file.to_str().unwrap(), "-o", out.to_str().unwrap()], b"");
    assert_eq!(mode(&out), 0o600);
    let output = run(&["scrub", file.to_str().unwrap(), "--in-place"], b"");
    assert_eq!((output.status.code(), mode(&file)), (Some(0), 0o640), "{}", stderr(&output));
    assert!(!fs::read_to_string(&file).unwrap().contains(PASSWORD));
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2, "no backup is made: it would hold the value");
    let before = fs::metadata(&file).unwrap().modified().unwrap();
    run(&["scrub", file.to_str().unwrap(), "--in-place"], b"");
    assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), before, "a clean file is not touched");
}

#[test]
fn a_configuration_of_the_project_counts_unless_flags_say_otherwise() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("deep")).unwrap();
    let exempt = "[[allow]]\nregex = 'tr0ub4dor.*'\nreason = 'a well-known dummy'\n";
    fs::write(dir.path().join("transcrub.toml"), exempt).unwrap();
    let check = |args: &[&str]| {
        let mut child = command(&["filter", "--check"]);
        let mut child = child.args(args).current_dir(dir.path().join("deep")).spawn().unwrap();
        child.stdin.take().unwrap().write_all(DIRTY.as_bytes()).unwrap();
        child.wait().unwrap().code()
    };
    assert_eq!(check(&[]), Some(0));
    assert_eq!(check(&["--no-config"]), Some(1));
}
