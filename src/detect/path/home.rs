//! Home directories in every spelling, and the other folders that name a user.

use super::{
    name,
    root::{self, Begin, Root},
    separator::{self, Family},
};
use crate::detect::words::{WordSet, words};
use crate::{
    detect::{
        canonical::canonical,
        identity::login,
        subject::{Hit, Hits, Subject},
        word,
    },
    finding::Learn,
    rule::id,
};

/// A folder whose entries are users' own.
struct Place {
    /// Its name, lower case.
    name: &'static str,
    /// Whether a path that comes through these folders leads to it.
    fits: fn(&Root<'_>) -> bool,
    /// Whether case matters, as on Linux.
    exact: Option<&'static str>,
}

/// Every such folder.
static PLACES: &[Place] = &[
    Place { name: "home", fits: is_home_root, exact: Some("home") },
    Place { name: "users", fits: is_users_root, exact: None },
    Place { name: "homes", fits: |r| r.is_through(&[&[], &["*"]]), exact: None },
    Place { name: "documents and settings", fits: is_disk, exact: None },
    Place { name: "mail", fits: |r| r.is_through(&[&["var"], &["var", "spool"]]), exact: None },
    Place { name: "crontabs", fits: |r| r.is_through(&[&["var", "spool", "cron"]]), exact: None },
    Place { name: "media", fits: |r| r.is_through(&[&[], &["run"]]), exact: Some("media") },
    Place { name: "user", fits: |r| r.is_through(&[&["afs", "*"]]), exact: Some("user") },
    Place { name: "per-user", fits: |r| r.is_through(&[&["nix", "var", "nix", "*"]]), exact: None },
    Place { name: "linger", fits: |r| r.is_through(&[&["var", "lib", "systemd"]]), exact: None },
    Place { name: "scratch", fits: |r| r.is_through(&[&[], &["*"]]), exact: Some("scratch") },
    Place { name: "lustre", fits: |r| r.is_through(&[&[], &["mnt"]]), exact: Some("lustre") },
];

/// A component that names a user: where it stands.
pub(super) struct Home {
    /// First byte of the name.
    pub(super) start: usize,
    /// One past its last byte.
    pub(super) end: usize,
}

/// Looks at the folder whose name and separators start at byte `at`.
pub(super) fn find(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    if let Some(home) = locate(subject, at) {
        push(subject, &home, hits);
    }
}

/// Whether a folder of this name may hold the homes of users.
pub(super) fn may_hold_users(name: &[u8]) -> bool {
    PLACES.iter().any(|place| place.name.as_bytes().eq_ignore_ascii_case(name))
}

/// Adds the hit for `home`, if it names a person.
fn push(subject: &Subject<'_>, home: &Home, hits: &mut Hits) {
    let name = &subject.bytes[home.start..home.end];
    if !login::may_be_person(name) || name::is_placeholder(name) {
        return;
    }
    let hit = Hit::new(id::PATH_USER, home.start, home.end, "home directory");
    let hit = hit.canonical(canonical(own_name(name)));
    let plain = login::is_learnable(name) && !name.contains(&b'%') && !name.contains(&b'\\');
    hits.push(if plain { hit.learn(Learn::Login) } else { hit });
}

/// A login without the domain or the number that Windows puts behind it: `alice@corp`, `ALICE~1`.
fn own_name(name: &[u8]) -> &[u8] {
    let end = name.iter().position(|b| matches!(b, b'@' | b'~')).filter(|&i| i > 0);
    &name[..end.unwrap_or(name.len())]
}

/// The user's component behind the folder whose name and separators start near byte `at`.
pub(super) fn locate(subject: &Subject<'_>, at: usize) -> Option<Home> {
    let bytes = subject.bytes;
    let (place, start, end) = place(bytes, at)?;
    let separator = separator::ending(bytes, start)?;
    let after = separator::starting(bytes, end).filter(|s| s.family == separator.family)?;
    let root = root::before(bytes, start - separator.width, separator.family)?;
    let spelled = &bytes[start..end];
    let exact = place.exact.is_none_or(|e| e.as_bytes() == spelled || is_disk(&root));
    if !exact || !(place.fits)(&root) || place.name == "users" && !is_cased(spelled, &root) {
        return None;
    }
    let windows = separator.family == Family::Backslash || is_disk(&root);
    let shape = name::Shape { separator: after, windows, start: root.start };
    let (start, end) = user(bytes, end + after.width, subject, &shape, place.name)?;
    let name = &bytes[start..end];
    let drive = place.name == "media" && (is_drive(name) || separator::starting(bytes, end).is_none());
    (!drive && !is_route(name, &bytes[..root.start], place)).then_some(Home { start, end })
}

/// Whether a folder of `/media` is a drive and no user.
fn is_drive(name: &[u8]) -> bool {
    let drives = ["cdrom", "data", "disk", "dvd", "external", "floppy", "sdcard", "usb"];
    word::listed(&drives, name.strip_suffix(b"0").or_else(|| name.strip_suffix(b"1")).unwrap_or(name))
}

/// The place named at or shortly behind byte `at`.
fn place(bytes: &[u8], at: usize) -> Option<(&'static Place, usize, usize)> {
    (at..(at + 8).min(bytes.len())).find_map(|start| {
        let first = bytes[start] | 0x20;
        PLACES.iter().filter(|place| place.name.as_bytes()[0] == first).find_map(|place| {
            let end = start + place.name.len();
            let fits = bytes.get(start..end)?.eq_ignore_ascii_case(place.name.as_bytes());
            (fits && separator::starting(bytes, end).is_some() && separator::ending(bytes, start).is_some())
                .then_some((place, start, end))
        })
    })
}

/// The user's name from byte `from` on: on clusters behind a letter or a group.
fn user(
    bytes: &[u8],
    from: usize,
    subject: &Subject<'_>,
    shape: &name::Shape,
    place: &str,
) -> Option<(usize, usize)> {
    let (mut from, mut end) = (from, name::end(subject, from, shape));
    // In a cell the first letters of a name are folders of their own: `/afs/cell/user/a/al/alice`.
    while place == "user" && (1..=2).contains(&(end - from)) {
        let Some(next) = separator::starting(bytes, end).filter(|s| s.family == shape.separator.family)
        else {
            break;
        };
        let start = end + next.width;
        (from, end) = (start, name::end(subject, start, shape));
    }
    let first = bytes.get(from..end).filter(|n| !n.is_empty())?;
    let next = separator::starting(bytes, end).filter(|s| s.family == shape.separator.family);
    // Below the root of such a system stand projects, and users in them.
    let filed = place == "lustre";
    let grouped = matches!(place, "home" | "homes" | "scratch") && (GROUPS.has(first) || first.len() == 1);
    let grouped = grouped || filed && next.is_some() && !SHARED.has(first);
    if let Some(separator) = next.filter(|_| grouped) {
        let inner = end + separator.width;
        let inner_end = name::end(subject, inner, shape);
        let named = inner_end > inner && (first.len() > 1 || bytes[inner].eq_ignore_ascii_case(&first[0]));
        if named {
            return Some((inner, inner_end));
        }
    }
    (!filed).then_some((from, end))
}

/// Folders at the root of a cluster's file system that hold no users' own; sorted.
static SHARED: WordSet = words![
    "app",
    "apps",
    "containers",
    "data",
    "database",
    "databases",
    "datasets",
    "images",
    "lib",
    "modules",
    "opt",
    "public",
    "ref",
    "reference",
    "shared",
    "software",
    "sw",
    "system",
    "tools",
];

/// Folders between `/home` and the users, on clusters; sorted.
static GROUPS: WordSet =
    words!["faculty", "grad", "groups", "guests", "people", "staff", "students", "ugrad", "users"];

/// Whether `name` is a page of a web site, where `before` is what stands before the path.
fn is_route(name: &[u8], before: &[u8], place: &Place) -> bool {
    let verb =
        [&b"GET "[..], b"POST ", b"PUT ", b"DELETE ", b"PATCH ", b"HEAD ", b"href=\"", b"href='", b"to=\""];
    let asked = verb.iter().any(|v| before.ends_with(v));
    let page = [&b".html"[..], b".htm", b".php", b".aspx"].iter().find_map(|e| name.strip_suffix(*e));
    place.name == "home" && (asked || page.is_some() || PAGES.has(name)) || name.starts_with(b"UserList")
}

/// Pages below `/home` on web sites; sorted.
static PAGES: WordSet = words![
    "about",
    "api",
    "assets",
    "contact",
    "dashboard",
    "explore",
    "feed",
    "index",
    "index.html",
    "index.js",
    "index.php",
    "index.tsx",
    "login",
    "logout",
    "main",
    "news",
    "notifications",
    "overview",
    "page",
    "posts",
    "profile",
    "search",
    "settings",
    "signin",
    "signup",
    "timeline",
    "welcome",
];

/// Whether `/users` is spelled as a disk has it: `Users` on macOS, in any case on Windows.
fn is_cased(spelled: &[u8], root: &Root<'_>) -> bool {
    spelled == b"Users" || is_disk(root)
}

/// Whether the path is on a Windows disk: a drive, its mount, a share of it.
fn is_disk(root: &Root<'_>) -> bool {
    let letter =
        |name: &[u8]| matches!(name, [b'a'..=b'z' | b'A'..=b'Z'] | [b'a'..=b'z' | b'A'..=b'Z', b'$']);
    let mounted = matches!(root.parts[..], [.., drive] if letter(drive)) && root.parts.len() <= 5;
    root.begin == Begin::Drive && root.parts.is_empty() || mounted && is_local(root) || is_system_drive(root)
}

/// `%SystemDrive%\Users`, `$env:SystemDrive\Users`.
fn is_system_drive(root: &Root<'_>) -> bool {
    let name = match root.begin {
        Begin::Relative(name) => name,
        _ => root.parts.first().copied().unwrap_or_default(),
    };
    word::has(name, b"systemdrive") || matches!(root.parts[..], [b"?" | b".", drive] if drive.ends_with(b":"))
}

/// Whether the path is of a file system and not of a web site.
fn is_local(root: &Root<'_>) -> bool {
    match root.begin {
        Begin::Absolute | Begin::Drive => true,
        Begin::Scheme(scheme) => is_file_scheme(scheme),
        Begin::Relative(_) => false,
    }
}

/// Whether URLs of `scheme` name files of a machine.
pub(super) fn is_file_scheme(scheme: &[u8]) -> bool {
    let start = scheme.iter().rposition(|b| !(b.is_ascii_alphanumeric() || *b == b'-')).map_or(0, |i| i + 1);
    FILE_SCHEMES.has(&scheme[start..])
}

/// Schemes whose URLs name files of a machine; sorted.
static FILE_SCHEMES: WordSet = words![
    "abstract",
    "cursor",
    "file",
    "git",
    "idea",
    "jar",
    "jetbrains",
    "nfs",
    "rsync",
    "scp",
    "sftp",
    "smb",
    "sqlite",
    "ssh",
    "unix",
    "vscode",
    "vscode-file",
    "vscode-insiders",
    "vscode-remote",
    "vscode-userdata",
    "webpack",
    "webpack-internal",
    "windsurf",
];

impl Root<'_> {
    /// The folders on the way, without a URL's host.
    fn folders(&self) -> &[&[u8]] {
        let hosted =
            matches!(self.begin, Begin::Scheme(scheme) if !self.parts.is_empty() && !scheme.is_empty());
        &self.parts[usize::from(hosted)..]
    }

    /// Whether the way is one of `ways`; `*` is any one folder.
    fn is_through(&self, ways: &[&[&str]]) -> bool {
        let folders = self.folders();
        let same = |(want, have): (&&str, &&[u8])| *want == "*" || want.as_bytes().eq_ignore_ascii_case(have);
        is_local(self) && ways.iter().any(|w| w.len() == folders.len() && w.iter().zip(folders).all(same))
    }
}

/// Whether `/home` at the end of the way holds home directories.
fn is_home_root(root: &Root<'_>) -> bool {
    let folders = root.folders();
    let first = folders.first().is_none_or(|name| HOME_ROOTS.has(name));
    is_local(root) && folders.len() <= 4 && first || is_disk(root)
}

/// Folders that `home` may be in; sorted.
static HOME_ROOTS: WordSet = words![
    "afs",
    "ceph",
    "chroot",
    "cluster",
    "data",
    "export",
    "gpfs",
    "host",
    "host_mnt",
    "hostfs",
    "lustre",
    "mnt",
    "nas",
    "net",
    "newroot",
    "nfs",
    "private",
    "rootfs",
    "run",
    "srv",
    "storage",
    "sysroot",
    "usr",
    "var",
    "vol",
    "volumes",
    "wsl$",
    "wsl.localhost",
];

/// Whether `/Users` at the end of the way holds home directories.
fn is_users_root(root: &Root<'_>) -> bool {
    const WAYS: &[&[&str]] = &[
        &[],
        &["volumes", "*"],
        &["system", "volumes", "data"],
        &["host_mnt"],
        &["private"],
        &["host", "mnt"],
    ];
    let share = matches!(root.parts[..], [server] if server.len() > 1 && root.begin == Begin::Absolute);
    root.is_through(WAYS) || is_disk(root) || share
}
