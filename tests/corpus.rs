//! Real transcripts through the program, if `TRANSCRUB_CORPUS` names a folder of them; `TRANSCRUB_BIN` names the
//! program to try (a release build, for speed). Nothing of what is found is printed.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Value;
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

#[test]
fn real_transcripts_keep_their_form() {
    let Some(corpus) = env::var_os("TRANSCRUB_CORPUS") else { return };
    let dir = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    collect(Path::new(&corpus), &mut files);
    assert!(!files.is_empty(), "no file in TRANSCRUB_CORPUS");
    let mut faults = Vec::new();
    for file in files {
        for profile in ["retain", "share", "bug"] {
            let fault = try_file(&file, profile, dir.path());
            faults.extend(fault.map(|fault| format!("{} under {profile}: {fault}", file.display())));
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// What is wrong with the copy of a file, if anything.
fn try_file(file: &Path, profile: &str, dir: &Path) -> Option<String> {
    let (once, twice) = (dir.join("once"), dir.join("twice"));
    if let Some(fault) = scrub(file, &once, profile).or_else(|| scrub(&once, &twice, profile)) {
        return Some(fault);
    }
    let [before, after, again] = [file, &once, &twice].map(|path| fs::read(path).unwrap());
    if after != again {
        return Some("redacting twice is not redacting once".to_owned());
    }
    let [before, after] = [&before, &after].map(|bytes| bytes.split(|b| *b == b'\n').collect::<Vec<_>>());
    if before.len() != after.len() {
        return Some(format!("{} lines became {}", before.len(), after.len()));
    }
    let changed = before.iter().zip(&after).enumerate().filter(|(_, (a, b))| a != b);
    for (index, (before, after)) in changed {
        let Ok(before) = serde_json::from_slice::<Value>(before) else { continue };
        match serde_json::from_slice::<Value>(after) {
            Err(_) => return Some(format!("line {} is no JSON any more", index + 1)),
            Ok(after) if shape(&before) != shape(&after) => {
                return Some(format!("line {} has another shape", index + 1));
            }
            Ok(_) => {}
        }
    }
    None
}

/// Redacts a file; what went wrong, if anything.
fn scrub(input: &Path, output: &Path, profile: &str) -> Option<String> {
    let program = env::var_os("TRANSCRUB_BIN").unwrap_or_else(|| env!("CARGO_BIN_EXE_transcrub").into());
    let key = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/scrub.in/key");
    let done = Command::new(program)
        .args(["scrub", "--no-config", "-q", "--profile", profile, "-o"])
        .args([output, input])
        .arg("--key-file")
        .arg(key)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    (!done.status.success() || !told.is_empty()).then(|| format!("{}: {told}", done.status))
}

/// How many things of which kind stand where; a number may have become a string. Names of keys may have changed.
fn shape(value: &Value) -> String {
    match value {
        Value::Object(members) => format!("{{{}}}", members.values().map(shape).collect::<String>()),
        Value::Array(items) => format!("[{}]", items.iter().map(shape).collect::<String>()),
        Value::String(_) | Value::Number(_) => "s".to_owned(),
        other => other.to_string(),
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
    files.sort();
}
