//! What a replacement promises, tried against writers and kills.

use super::{files::exchange_in_steps, *};
use std::{
    fs::OpenOptions,
    io::Write as _,
    os::unix::fs::{MetadataExt as _, PermissionsExt as _},
    process::{Command, Stdio},
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
};

/// Replaces each `SECRET` by `-`, as a redaction would: shorter, as many lines.
#[expect(clippy::unnecessary_wraps, reason = "it stands for a rewriting that can fail")]
fn scrub(_: &Path, bytes: &[u8]) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(i) = memchr::memmem::find(rest, b"SECRET") {
        out.extend(&rest[..i]);
        out.push(b'-');
        rest = &rest[i + 6..];
    }
    out.extend(rest);
    Ok(out)
}

fn folder_with(content: &str) -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("session.jsonl");
    fs::write(&path, content).unwrap();
    (dir, path)
}

fn settled(replacer: &mut Replacer<'_>) {
    let failed = replacer.settle();
    assert!(failed.is_empty(), "{failed:?}");
}

fn names(dir: &Path) -> Vec<String> {
    fs::read_dir(dir).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect()
}

fn line(number: usize) -> String {
    format!("{{\"n\":{number},\"key\":\"SECRET\",\"text\":\"{}\"}}\n", "x".repeat(number % 70))
}

fn scrubbed(count: usize) -> String {
    (0..count).map(|n| line(n).replace("SECRET", "-")).collect()
}

fn assert_lines(path: &Path, count: usize) {
    let (got, want) = (fs::read_to_string(path).unwrap(), scrubbed(count));
    let wrong = got.lines().zip(want.lines()).find(|(a, b)| a != b);
    assert!(wrong.is_none() && got == want, "{wrong:?}; {} lines of {count}", got.lines().count());
}

#[test]
fn keeps_mode_and_times_and_leaves_nothing_beside() {
    let (dir, path) = folder_with("a SECRET\nb\n");
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    File::options().write(true).open(&path).unwrap().set_modified(old).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let mut replacer = Replacer::new(&scrub);
    assert!(replacer.replace(&path, Growth::Lines).unwrap());
    settled(&mut replacer);
    assert_eq!(fs::read_to_string(&path).unwrap(), "a -\nb\n");
    let metadata = fs::metadata(&path).unwrap();
    assert_eq!((metadata.mode() & 0o777, metadata.modified().unwrap()), (0o640, old));
    assert_eq!(names(dir.path()), ["session.jsonl"]);
    assert!(!replacer.replace(&path, Growth::Lines).unwrap(), "a clean file is not touched");
}

#[test]
fn does_not_follow_links_and_refuses_folders() {
    let (dir, path) = folder_with("SECRET");
    let link = dir.path().join("link");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    let mut replacer = Replacer::new(&scrub);
    for odd in [&link, &dir.path().to_owned()] {
        assert!(matches!(replacer.replace(odd, Growth::Whole), Err(ReplaceError::NotAFile { .. })));
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), "SECRET");
}

#[test]
fn a_rewriting_that_fails_leaves_the_file() {
    let (dir, path) = folder_with("SECRET");
    let mut replacer = Replacer::new(&|_, _| Err("doubt".into()));
    assert!(matches!(replacer.replace(&path, Growth::Whole), Err(ReplaceError::Rewrite { .. })));
    assert_eq!((fs::read_to_string(&path).unwrap().as_str(), names(dir.path()).len()), ("SECRET", 1));
}

#[test]
fn what_arrives_late_is_put_where_it_belongs() {
    for (first, late) in [("1 SECRET\n", "2 SECRET\n"), ("1 SECRET\n2 SE", "CRET\n")] {
        let (dir, path) = folder_with(first);
        let mut early = OpenOptions::new().append(true).open(&path).unwrap();
        let mut replacer = Replacer::new(&scrub);
        assert!(replacer.replace(&path, Growth::Lines).unwrap());
        early.write_all(late.as_bytes()).unwrap();
        drop(early);
        append(&path, b"3 SECRET\n").unwrap();
        settled(&mut replacer);
        assert_eq!(fs::read_to_string(&path).unwrap(), "1 -\n2 -\n3 -\n", "{first:?}");
        assert_eq!(names(dir.path()).len(), 1);
    }
}

#[test]
fn a_writer_that_keeps_the_file_open_gets_it_back() {
    let (dir, path) = folder_with("1 SECRET\n");
    let mut writer = OpenOptions::new().append(true).open(&path).unwrap();
    let mut replacer = Replacer::new(&scrub);
    assert!(replacer.replace(&path, Growth::Lines).unwrap());
    writer.write_all(b"2\n").unwrap();
    append(&path, b"3\n").unwrap();
    assert!(matches!(replacer.settle()[..], [ReplaceError::Held { .. }]));
    writer.write_all(b"4\n").unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "1 SECRET\n2\n3\n4\n");
    assert_eq!(names(dir.path()).len(), 1);
}

#[test]
fn a_file_written_anew_meanwhile_is_not_overwritten() {
    let (_dir, path) = folder_with("SECRET old");
    let once = AtomicBool::new(true);
    let other = path.clone();
    let rewrite = |p: &Path, bytes: &[u8]| {
        if once.swap(false, Ordering::Relaxed) {
            let fresh = other.with_extension("fresh");
            fs::write(&fresh, "SECRET new").unwrap();
            fs::rename(fresh, &other).unwrap();
        }
        scrub(p, bytes)
    };
    let mut replacer = Replacer::new(&rewrite);
    assert!(replacer.replace(&path, Growth::Whole).unwrap());
    settled(&mut replacer);
    assert_eq!(fs::read_to_string(&path).unwrap(), "- new");
}

#[test]
fn where_names_cannot_be_exchanged_in_one_step_it_is_done_in_three() {
    let (dir, path) = folder_with("old");
    let kept = dir.path().join(".transcrub-0-l-1-1-1-1-1-1");
    fs::write(&kept, "new").unwrap();
    exchange_in_steps(&kept, &path).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    assert_eq!(fs::read_to_string(&kept).unwrap(), "old");
    assert_eq!(names(dir.path()).len(), 2);
}

/// How the writer of a race appends.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Writer {
    PerLine,
    KeptOpen,
}

fn write_lines(path: &Path, count: usize, writer: Writer) {
    let mut kept = OpenOptions::new().append(true).open(path).unwrap();
    for n in 0..count {
        match writer {
            Writer::KeptOpen => kept.write_all(line(n).as_bytes()).unwrap(),
            Writer::PerLine => append(path, line(n).as_bytes()).unwrap(),
        }
        if n == 0 && writer == Writer::PerLine {
            kept = File::open("/dev/null").unwrap();
        }
        if n % 16 == 0 {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

#[test]
fn twenty_thousand_appended_lines_survive_ten_scrubs_and_more() {
    for writer in [Writer::PerLine, Writer::KeptOpen] {
        let (dir, path) = folder_with("");
        let (to, done) = (path.clone(), AtomicBool::new(false));
        let mut replaced = 0;
        std::thread::scope(|scope| {
            let _done = Stop(&done);
            scope.spawn(|| {
                write_lines(&to, 20_000, writer);
                done.store(true, Ordering::Relaxed);
            });
            let mut runs = 0;
            while !done.load(Ordering::Relaxed) || runs < 10 {
                let mut replacer = Replacer::new(&scrub);
                let begun = replacer.replace(&path, Growth::Lines).unwrap();
                let undone = replacer.settle().len();
                replaced += usize::from(begun) - undone;
                runs += 1;
                std::thread::sleep(Duration::from_millis(5));
            }
        });
        let mut last = Replacer::new(&scrub);
        last.replace(&path, Growth::Lines).unwrap();
        settled(&mut last);
        assert_lines(&path, 20_000);
        assert_eq!(names(dir.path()).len(), 1);
        assert!(writer == Writer::KeptOpen || replaced >= 10, "{writer:?} {replaced}");
    }
}

const CHILD: &str = "TRANSCRUB_TEST_REPLACE";

/// Not a test of its own: what the process does that the next test kills.
#[test]
fn child_that_is_killed() {
    let Ok(path) = std::env::var(CHILD) else { return };
    loop {
        let mut replacer = Replacer::new(&scrub);
        replacer.replace(Path::new(&path), Growth::Lines).unwrap();
        drop(replacer);
    }
}

fn recover_all(dir: &Path) {
    let mut replacer = Replacer::new(&scrub);
    for name in names(dir).iter().filter(|n| is_leftover(OsStr::new(n))) {
        replacer.recover(&dir.join(name)).unwrap();
    }
    let failed = replacer.settle();
    assert!(failed.is_empty(), "{failed:?}");
}

/// Ends the writer of a race however the test ends.
struct Stop<'a>(&'a AtomicBool);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Two replacements one after the other, killed before either had cleared up: whichever is recovered first, what the
/// first has carried over is not put there once more.
#[test]
fn the_order_in_which_leftovers_are_found_does_not_matter() {
    for last_first in [true, false] {
        let (dir, path) = folder_with("1 -\n2 -\n3 -\n");
        let (first, second) = (dir.path().join("first"), dir.path().join("second"));
        fs::write(&first, "1 SECRET\n2 SECRET\n").unwrap();
        fs::write(&second, "1 -\n3 -\n").unwrap();
        let ino = |path: &Path| fs::metadata(path).unwrap().ino();
        let names_of = |old: &Path, new: &Path, consumed, length| Names {
            target: leftover::hash(OsStr::new("session.jsonl")),
            lines: true,
            old: ino(old),
            consumed,
            torn: 0,
            new: ino(new),
            length,
            settled: length,
        };
        let (one, two) = (names_of(&first, &second, 9, 4), names_of(&second, &path, 8, 12));
        let kept = [one, two].map(|names| dir.path().join(names.file_name()));
        fs::rename(first, &kept[0]).unwrap();
        fs::rename(second, &kept[1]).unwrap();
        let mut replacer = Replacer::new(&scrub);
        for i in if last_first { [1, 0] } else { [0, 1] } {
            replacer.recover(&kept[i]).unwrap();
        }
        settled(&mut replacer);
        assert_eq!(fs::read_to_string(&path).unwrap(), "1 -\n2 -\n3 -\n", "{last_first}");
        assert_eq!(names(dir.path()), ["session.jsonl"]);
    }
}

/// A hundred with `TRANSCRUB_FULL=1`.
#[test]
fn kills_lose_double_and_disorder_nothing() {
    let kills = if std::env::var_os("TRANSCRUB_FULL").is_some() { 100_u64 } else { 15 };
    let (dir, path) = folder_with("");
    let (stop, next) = (AtomicBool::new(false), AtomicU64::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                let n = next.fetch_add(1, Ordering::Relaxed) as usize;
                append(&path, line(n).as_bytes()).unwrap();
                std::thread::sleep(Duration::from_micros(400));
            }
        });
        let _stop = Stop(&stop);
        let own = std::env::current_exe().unwrap();
        for round in 0..kills {
            let mut child = Command::new(&own)
                .args(["--exact", "store::replace::tests::child_that_is_killed"])
                .env(CHILD, &path)
                .stdout(Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(Duration::from_micros(15_000 + round * 7_919 % 20_000));
            child.kill().unwrap();
            child.wait().unwrap();
            let whole = fs::read(&path).unwrap();
            assert!(whole.is_empty() || whole.starts_with(b"{\"n\":0,"), "round {round}");
            recover_all(dir.path());
        }
    });
    let mut last = Replacer::new(&scrub);
    last.replace(&path, Growth::Lines).unwrap();
    settled(&mut last);
    let count = next.load(Ordering::Relaxed) as usize;
    assert_lines(&path, count);
    assert_eq!(names(dir.path()), ["session.jsonl"]);
}

#[test]
fn many_are_replaced_side_by_side_and_told_in_order() {
    let dir = tempfile::tempdir().unwrap();
    let paths: Vec<_> = (0..40).map(|n| dir.path().join(format!("{n}.jsonl"))).collect();
    let expected = |n: usize| if n % 7 == 3 { None } else { Some(n.is_multiple_of(3)) };
    for (n, path) in paths.iter().enumerate().filter(|(n, _)| expected(*n).is_some()) {
        fs::write(path, if n % 3 == 0 { line(n) } else { "clean\n".to_owned() }).unwrap();
    }
    let work: Vec<_> = paths.iter().map(|path| (&**path, Growth::Lines)).collect();
    let Replaced { files, undone } = replace_all(&scrub, &work);
    assert!(undone.is_empty(), "{undone:?}");
    for (n, result) in files.iter().enumerate() {
        assert_eq!(result.as_ref().ok().copied(), expected(n), "{n}: {result:?}");
    }
    for (n, path) in paths.iter().enumerate().filter(|(n, _)| expected(*n) == Some(true)) {
        assert_eq!(fs::read_to_string(path).unwrap(), line(n).replace("SECRET", "-"));
    }
    assert_eq!(names(dir.path()).len(), (0..40).filter(|n| expected(*n).is_some()).count());
}
