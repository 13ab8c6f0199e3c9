//! A receipt beside a bundle: what was done to it, and that it has not changed since.

use super::clone::{CloneError, Sanitized, failed, write_private};
use crate::store::ruleset;
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// The name of the receipt in a bundle.
pub const NAME: &str = "receipt.json";

/// What a receipt does not say, in words for whoever reads it.
const NOT_ATTESTED: [&str; 3] = [
    "that nothing confidential is left: only what the rules of this version find was replaced",
    "who made this bundle: the receipt is not signed, and whoever can write the bundle can write it",
    "that the original session was complete or genuine",
];

/// Why a bundle does not fit its receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// The receipt is not one.
    NoReceipt,
    /// A file is missing, or not as it was.
    Changed(PathBuf),
    /// A file is not in the receipt.
    Unlisted(PathBuf),
    /// There is a link, a pipe or the like, which no bundle has.
    NotAFile(PathBuf),
}

/// Writes a bundle: the sanitized files and a receipt for them.
///
/// # Errors
/// [`CloneError`] if a file is already there or cannot be written.
pub fn write(clone: &Sanitized, folder: &Path, profile: &str, inputs: &[PathBuf]) -> Result<(), CloneError> {
    clone.write(folder)?;
    let salt = salt()?;
    let mut outputs = Vec::new();
    for name in names(folder)? {
        outputs.push(entry(&salt, &folder.join(&name), &name.to_string_lossy())?);
    }
    let inputs: Vec<Value> = inputs
        .iter()
        .enumerate()
        .map(|(i, path)| entry(&salt, path, &format!("original {}", i + 1)))
        .collect::<Result<_, _>>()?;
    let made = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    let receipt = json!({
        "version": 1,
        "tool": concat!("transcrub ", env!("CARGO_PKG_VERSION")),
        "rules": ruleset(),
        "profile": profile,
        "made": made,
        "findings": clone.found.to_json(),
        "hash": "BLAKE3 keyed with the salt, hexadecimal",
        "salt": hex(&salt),
        "inputs": inputs,
        "outputs": outputs,
        "does_not_attest": NOT_ATTESTED,
    });
    let path = folder.join(NAME);
    write_private(&path, format!("{receipt:#}\n").as_bytes()).map_err(failed("write", &path))
}

/// Compares a bundle with its receipt; gives what does not fit.
///
/// # Errors
/// [`CloneError::Io`] if a file cannot be read.
pub fn check(folder: &Path) -> Result<Vec<Mismatch>, CloneError> {
    let path = folder.join(NAME);
    let (present, odd) = contents(folder)?;
    let mut wrong: Vec<Mismatch> = odd.into_iter().map(Mismatch::NotAFile).collect();
    if !fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_file()) {
        wrong.push(Mismatch::NoReceipt);
        return Ok(wrong);
    }
    let bytes = fs::read(&path).map_err(failed("read", &path))?;
    let receipt: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let known = receipt.as_object().is_some_and(|all| all.keys().all(|key| MEMBERS.contains(&key.as_str())));
    let (true, Some(1), Some(salt), Some(outputs)) = (
        known,
        receipt["version"].as_u64(),
        receipt["salt"].as_str().and_then(unhex),
        receipt["outputs"].as_array().filter(|o| !o.is_empty()),
    ) else {
        wrong.push(Mismatch::NoReceipt);
        return Ok(wrong);
    };
    for output in outputs {
        let name = PathBuf::from(output["name"].as_str().unwrap_or_default());
        let same =
            present.contains(&name) && entry(&salt, &folder.join(&name), &name.to_string_lossy())? == *output;
        if !same {
            wrong.push(Mismatch::Changed(name));
        }
    }
    let listed = |name: &PathBuf| outputs.iter().any(|o| o["name"].as_str().map(Path::new) == Some(name));
    wrong.extend(present.into_iter().filter(|n| !listed(n)).map(Mismatch::Unlisted));
    Ok(wrong)
}

/// The members of a receipt. What else stands in one, no check vouches for.
const MEMBERS: [&str; 11] = [
    "version",
    "tool",
    "rules",
    "profile",
    "made",
    "findings",
    "hash",
    "salt",
    "inputs",
    "outputs",
    "does_not_attest",
];

/// The files of a bundle but the receipt, sorted.
///
/// # Errors
/// [`CloneError::Io`] if a folder cannot be read.
pub fn names(folder: &Path) -> Result<Vec<PathBuf>, CloneError> {
    Ok(contents(folder)?.0)
}

/// The plain files of a bundle but the receipt, and what is neither file nor folder; both sorted. Links are not followed.
fn contents(root: &Path) -> Result<(Vec<PathBuf>, Vec<PathBuf>), CloneError> {
    let (mut files, mut odd, mut open) = (Vec::new(), Vec::new(), vec![root.to_owned()]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).map_err(failed("read", &folder))? {
            let entry = entry.map_err(failed("read", &folder))?;
            let (path, kind) = (entry.path(), entry.file_type().map_err(failed("read", &folder))?);
            let name = path.strip_prefix(root).unwrap_or(&path).to_owned();
            match kind {
                kind if kind.is_dir() => open.push(path),
                kind if kind.is_file() => files.push(name),
                _ => odd.push(name),
            }
        }
    }
    files.retain(|name| name != Path::new(NAME));
    files.sort();
    odd.sort();
    Ok((files, odd))
}

fn entry(salt: &[u8; 32], path: &Path, name: &str) -> Result<Value, CloneError> {
    let bytes = fs::read(path).map_err(failed("read", path))?;
    let hash = blake3::keyed_hash(salt, &bytes).to_hex();
    Ok(json!({ "name": name, "bytes": bytes.len(), "hash": hash.as_str() }))
}

fn salt() -> Result<[u8; 32], CloneError> {
    let mut salt = [0; 32];
    getrandom::fill(&mut salt).map_err(|_| CloneError::Random)?;
    Ok(salt)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let digits = text.as_bytes().chunks_exact(2);
    let bytes: Vec<u8> =
        digits.map(|d| u8::from_str_radix(std::str::from_utf8(d).ok()?, 16).ok()).collect::<Option<_>>()?;
    bytes.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Tally;

    #[test]
    fn a_bundle_fits_its_receipt_until_something_changes() {
        let dir = tempfile::tempdir().unwrap();
        let (bundle, original) = (dir.path().join("b"), dir.path().join("o"));
        fs::write(&original, "original").unwrap();
        let files =
            vec![(PathBuf::new(), b"{}\n".to_vec()), (PathBuf::from("subagents/a.jsonl"), b"x".to_vec())];
        let clone = Sanitized { id: "id".to_owned(), found: Tally::default(), files };
        write(&clone, &bundle, "bug", std::slice::from_ref(&original)).unwrap();
        assert_eq!(check(&bundle).unwrap(), []);
        let text = fs::read_to_string(bundle.join(NAME)).unwrap();
        assert!(!text.contains(dir.path().to_str().unwrap()), "the receipt names no path of the machine");
        assert!(write(&clone, &bundle, "bug", &[]).is_err(), "nothing is overwritten");
        fs::write(bundle.join("id.jsonl"), "{} ").unwrap();
        fs::write(bundle.join("new"), "").unwrap();
        fs::remove_file(bundle.join("id/subagents/a.jsonl")).unwrap();
        let wrong = check(&bundle).unwrap();
        assert_eq!(wrong.len(), 3, "{wrong:?}");
        for broken in ["{}", "", "[]", "{\"version\":2}"] {
            fs::write(bundle.join(NAME), broken).unwrap();
            assert_eq!(check(&bundle).unwrap(), [Mismatch::NoReceipt]);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_bundle_with_links_pipes_or_more_in_its_receipt_does_not_fit() {
        let dir = tempfile::tempdir().unwrap();
        let bundle = dir.path().join("b");
        let files = vec![(PathBuf::new(), b"{}\n".to_vec())];
        let clone = Sanitized { id: "id".to_owned(), found: Tally::default(), files };
        write(&clone, &bundle, "bug", &[]).unwrap();
        let receipt = bundle.join(NAME);
        let good = fs::read_to_string(&receipt).unwrap();
        fs::write(&receipt, good.replacen('{', "{\"note\": \"something else\",", 1)).unwrap();
        assert_eq!(check(&bundle).unwrap(), [Mismatch::NoReceipt]);
        fs::write(&receipt, &good).unwrap();
        std::os::unix::fs::symlink("/", bundle.join("all")).unwrap();
        assert_eq!(check(&bundle).unwrap(), [Mismatch::NotAFile("all".into())]);
        fs::remove_file(bundle.join("all")).unwrap();
        rustix::fs::mknodat(
            rustix::fs::CWD,
            bundle.join("pipe"),
            rustix::fs::FileType::Fifo,
            0o600.into(),
            0,
        )
        .unwrap();
        assert_eq!(check(&bundle).unwrap(), [Mismatch::NotAFile("pipe".into())]);
        fs::remove_file(bundle.join("pipe")).unwrap();
        fs::rename(&receipt, bundle.with_extension("moved")).unwrap();
        std::os::unix::fs::symlink(bundle.with_extension("moved"), &receipt).unwrap();
        assert_eq!(check(&bundle).unwrap(), [Mismatch::NotAFile(NAME.into()), Mismatch::NoReceipt]);
    }
}
