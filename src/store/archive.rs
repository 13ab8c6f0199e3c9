//! Zip archives, as Claude Code's `/feedback` writes where it cannot send (2.1.330: `cc-<time>-<hex>.zip` with
//! `feedback.json` and `transcript.jsonl`): read as a whole, and written anew as a whole if something in them changes.
//!
//! Nothing is unpacked to the disk, so that names that lead elsewhere lead nowhere.

use super::unfold;
use std::io::{Cursor, Read as _, Write as _};
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter, result::ZipError, write::SimpleFileOptions};

/// How every zip archive of files begins.
const START: &[u8] = b"PK\x03\x04";

/// How the end of an archive begins, which is where it is read from, and how far from the end of the file that may be.
const END: &[u8] = b"PK\x05\x06";
const END_REACH: usize = 22 + 0xffff;

/// Whether a file is an archive: as it begins, or, since bytes may stand before the first entry, as it ends.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(END_REACH)..];
    bytes.starts_with(START) || memchr::memmem::rfind(tail, END).is_some()
}

/// How the list of an archive's entries begins, once for each entry.
const LISTED: &[u8] = b"PK\x01\x02";

/// The most that an archive may hold unpacked, in bytes, and the most entries: more is a bomb, or not ours.
const MOST: u64 = 1 << 30;
const MOST_ENTRIES: usize = 10_000;

/// The names that the client itself gives, which say nothing.
const OWN_NAMES: [&str; 2] = ["feedback.json", "transcript.jsonl"];

/// Why an archive is not looked into.
#[derive(Debug, thiserror::Error)]
pub(super) enum ArchiveError {
    /// It is broken, or packed in a way that is not known.
    #[error("an archive that cannot be read: not searched")]
    Unreadable,
    /// It holds too much, or says so.
    #[error("an archive of more than {} MB or {MOST_ENTRIES} files: not searched", MOST >> 20)]
    TooLarge,
    /// A password, or a link.
    #[error("an archive with locked files or links: not searched")]
    Odd,
}

impl From<ZipError> for ArchiveError {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Self::Odd,
            _ => Self::Unreadable,
        }
    }
}

/// What an archive holds.
pub(super) struct Archive {
    pub(super) entries: Vec<Entry>,
    /// Whether there is more in it than its entries tell: comments, files that are not listed, bytes before the first.
    has_more: bool,
}

/// A file or folder in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    modified: Option<DateTime>,
    mode: Option<u32>,
}

impl Archive {
    /// Unpacks an archive.
    ///
    /// # Errors
    /// [`ArchiveError`].
    pub(super) fn read(bytes: &[u8]) -> Result<Self, ArchiveError> {
        let mut zip = ZipArchive::new(Cursor::new(bytes))?;
        let says_more = zip.decompressed_size().is_some_and(|bytes| bytes > u128::from(MOST));
        if zip.len() > MOST_ENTRIES || says_more {
            return Err(ArchiveError::TooLarge);
        }
        let count = |mark: &[u8]| memchr::memmem::find_iter(bytes, mark).count();
        let mut has_more = zip.offset() != 0
            || !zip.comment().is_empty()
            || count(LISTED) != zip.len()
            || count(START) != zip.len();
        let (mut entries, mut left) = (Vec::with_capacity(zip.len()), MOST);
        for index in 0..zip.len() {
            let mut file = zip.by_index(index)?;
            if file.encrypted() || file.is_symlink() {
                return Err(ArchiveError::Odd);
            }
            has_more |= !file.comment().is_empty();
            let mut content = Vec::new();
            // An archive may say less than it holds.
            file.by_ref().take(left + 1).read_to_end(&mut content).map_err(|_| ArchiveError::Unreadable)?;
            left = left.checked_sub(content.len() as u64).ok_or(ArchiveError::TooLarge)?;
            entries.push(Entry {
                name: file.name().to_owned(),
                bytes: content,
                modified: file.last_modified(),
                mode: file.unix_mode(),
            });
        }
        Ok(Self { entries, has_more })
    }

    /// The archive's bytes with names and contents of its entries replaced by what `redact` gives for them; those it was
    /// read from, if nothing changes. Entries stay in their order.
    ///
    /// # Errors
    /// What `redact` says.
    pub(super) fn rewritten<E: From<ArchiveError>>(
        &self,
        before: &[u8],
        redact: unfold::Look<'_, E>,
    ) -> Result<Vec<u8>, E> {
        let mut entries: Vec<Entry> = Vec::with_capacity(self.entries.len());
        for entry in &self.entries {
            let name = match OWN_NAMES.contains(&entry.name.as_str()) {
                true => entry.name.clone(),
                false => String::from_utf8_lossy(&redact(entry.name.as_bytes())?).into_owned(),
            };
            let taken = |name: &String| entries.iter().any(|other| other.name == *name);
            let numbered = (2..).map(|n| format!("{name}-{n}"));
            let name = std::iter::once(name.clone()).chain(numbered).find(|name| !taken(name));
            let (name, bytes) = (name.unwrap_or_default(), unfold::each(&entry.bytes, redact)?);
            entries.push(Entry { name, bytes, ..*entry });
        }
        if entries == self.entries && !self.has_more {
            return Ok(before.to_vec());
        }
        write(&entries).map_err(|error| E::from(error.into()))
    }
}

fn write(entries: &[Entry]) -> Result<Vec<u8>, ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for entry in entries {
        let mut options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        options = entry.modified.map_or(options, |time| options.last_modified_time(time));
        options = entry.mode.map_or(options, |mode| options.unix_permissions(mode));
        if entry.name.ends_with('/') && entry.bytes.is_empty() {
            zip.add_directory(entry.name.as_str(), options)?;
        } else {
            zip.start_file(entry.name.as_str(), options)?;
            zip.write_all(&entry.bytes)?;
        }
    }
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, bytes: &[u8]) -> Entry {
        Entry { name: name.to_owned(), bytes: bytes.to_vec(), modified: None, mode: Some(0o600) }
    }

    fn replaced(bytes: &[u8]) -> Result<Vec<u8>, ArchiveError> {
        let text = String::from_utf8_lossy(bytes).replace("SECRET", "[R]");
        Ok(text.into_bytes())
    }

    fn rewritten(bytes: &[u8]) -> Vec<u8> {
        Archive::read(bytes).unwrap().rewritten(bytes, &mut replaced).unwrap()
    }

    fn contents(bytes: &[u8]) -> Vec<(String, String)> {
        let entries = Archive::read(bytes).unwrap().entries;
        entries.into_iter().map(|e| (e.name, String::from_utf8(e.bytes).unwrap())).collect()
    }

    #[test]
    fn names_and_contents_are_replaced_in_their_order() {
        let files = [
            entry("feedback.json", b"{\"t\":\"SECRET\"}"),
            entry("a/", b""),
            entry("a/SECRET.txt", b"plain"),
            entry("a/[R].txt", b"taken"),
            entry("../out", b"SECRET"),
        ];
        let new = rewritten(&write(&files).unwrap());
        let expected = [
            ("feedback.json", "{\"t\":\"[R]\"}"),
            ("a/", ""),
            ("a/[R].txt", "plain"),
            ("a/[R].txt-2", "taken"),
            ("../out", "[R]"),
        ];
        assert_eq!(contents(&new), expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
        assert_eq!(rewritten(&new), new, "twice is once");
    }

    #[test]
    fn what_is_clean_keeps_its_bytes_and_what_is_hidden_goes() {
        let clean = write(&[entry("feedback.json", b"{}")]).unwrap();
        assert_eq!(rewritten(&clean), clean);
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("feedback.json", SimpleFileOptions::default()).unwrap();
        zip.set_comment("SECRET").unwrap();
        let commented = zip.finish().unwrap().into_inner();
        let before = [b"SECRET before".as_slice(), &clean].concat();
        // An entry that the list of entries does not name any more.
        let two = write(&[entry("a", b"{}"), entry("b", b"SECRET")]).unwrap();
        let list = memchr::memmem::rfind(&two, LISTED).unwrap();
        let mut hidden = [&two[..list], &two[two.len() - 22..]].concat();
        let (end, size) = (list + 8, (list - memchr::memmem::find(&two, LISTED).unwrap()) as u32);
        hidden[end..end + 4].copy_from_slice(&[1, 0, 1, 0]);
        hidden[end + 4..end + 8].copy_from_slice(&size.to_le_bytes());
        for odd in [commented, before, hidden] {
            let new = rewritten(&odd);
            assert!(memchr::memmem::find(&new, b"SECRET").is_none() && contents(&new).len() == 1);
            assert!(Archive::read(&new).is_ok_and(|archive| !archive.has_more));
        }
    }

    #[test]
    fn what_cannot_be_looked_into_is_told() {
        let whole = write(&[entry("a", &[b'x'; 1000])]).unwrap();
        let torn = &whole[..whole.len() / 2];
        assert!(matches!(Archive::read(torn), Err(ArchiveError::Unreadable)));
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.add_symlink("a", "/etc/passwd", SimpleFileOptions::default()).unwrap();
        let link = zip.finish().unwrap().into_inner();
        assert!(matches!(Archive::read(&link), Err(ArchiveError::Odd)));
        let mut locked = whole.clone();
        let list = memchr::memmem::find(&locked, LISTED).unwrap();
        (locked[6], locked[list + 8]) = (1, 1);
        assert!(matches!(Archive::read(&locked), Err(ArchiveError::Odd)));
    }

    #[test]
    #[ignore = "unpacks a gigabyte"]
    fn a_bomb_is_not_unpacked() {
        let bomb = write(&[entry("a", &vec![0; 1 << 29]), entry("b", &vec![0; (1 << 29) + 1])]).unwrap();
        assert!(bomb.len() < 2 << 20 && matches!(Archive::read(&bomb), Err(ArchiveError::TooLarge)));
    }
}
