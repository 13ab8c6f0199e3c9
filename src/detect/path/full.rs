//! Every path in a text, for profiles that let no name of a project, folder or file out: what is not familiar becomes a
//! pseudonym, one component at a time.

use super::{
    familiar, home,
    name::{self, Shape},
    own,
    root::{self, Begin, Root},
    separator::{self, Family},
    slug,
};
use crate::detect::words::{WordSet, words};
use crate::{
    detect::{
        canonical::canonical,
        code::mention,
        identity::login,
        recall::Recall,
        subject::{Hit, Hits, Subject},
        word,
    },
    finding::Learn,
    rule::{RuleId, id},
    transcript::text::Field,
};
use std::cell::RefCell;

/// One component.
#[derive(Clone, Copy)]
struct Part {
    start: usize,
    end: usize,
}

/// A path in a text: how it begins, its components, where it ends.
struct Path<'a> {
    root: Root<'a>,
    parts: Vec<Part>,
    family: Family,
    end: usize,
    /// Whether a separator follows the last component.
    open: bool,
}

/// Adds a hit for every unfamiliar component of every path in the subject.
pub(super) fn find(subject: &Subject<'_>, hits: &mut Hits) {
    let bytes = subject.bytes;
    let mut at = 0;
    while let Some(found) = next_separator(bytes, at) {
        let end = match url_end(bytes, found) {
            Some(end) => end,
            None => match read(subject, found) {
                Some(path) => {
                    walk(subject, &path, hits);
                    path.end
                }
                None => found + 1,
            },
        };
        at = end.max(found + 1);
    }
    if at == 0 && matches!(subject.field, Field::Path | Field::WorkingDirectory) {
        lone_name(subject, hits);
    }
}

/// The first separator at or behind byte `at`.
fn next_separator(bytes: &[u8], at: usize) -> Option<usize> {
    let mut from = at;
    loop {
        let found = behind_wall(bytes, from + memchr::memchr3(b'/', b'\\', b'%', &bytes[from..])?);
        if bytes[found] != b'%' || separator::starting(bytes, found).is_some() {
            return Some(found);
        }
        from = found + 1;
    }
}

/// Where the backslashes at byte `at` may be a separator: so many of them as one is written with, if there are more.
fn behind_wall(bytes: &[u8], at: usize) -> usize {
    let count = bytes[at..].iter().take_while(|b| **b == b'\\').count();
    at + count.saturating_sub(separator::MAX_BACKSLASHES)
}

/// Where the URL of a web site ends whose `://` the separator at byte `at` begins; `None` if it is none.
fn url_end(bytes: &[u8], at: usize) -> Option<usize> {
    let head = bytes[..at].strip_suffix(b":").filter(|_| bytes[at..].starts_with(b"//"))?;
    let len = head.iter().rev().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+')).count();
    let ends = |b: &u8| {
        b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b'`' | b'<' | b'>' | b')' | b'\\' | b'|')
    };
    let end = bytes[at..].iter().position(ends).map_or(bytes.len(), |i| at + i);
    let url = &bytes[at..end];
    let scheme = &head[head.len() - len..];
    if !matches!(scheme, b"http" | b"https" | b"ws" | b"wss")
        && let Some(slash) = url.get(2..).and_then(|rest| memchr::memchr(b'/', rest)).filter(|len| *len > 0)
        && begins_home(&url[slash + 2..])
    {
        return Some(at + slash + 2);
    }
    if len < 2 || home::is_file_scheme(scheme) {
        return None;
    }
    let served = memchr::memmem::find(url, b"/@fs/").map(|i| i + b"/@fs".len());
    let told = || memchr::memchr_iter(b'=', url).map(|i| i + 1).find(|&i| begins_home(&url[i..]));
    Some(served.or_else(told).map_or(end, |i| at + i))
}

/// Whether a value in a URL's query is a path into a home: `?file=%2FUsers%2Fmaribel%2Fx`.
fn begins_home(value: &[u8]) -> bool {
    let heads: [&[u8]; 8] = [
        b"/Users/",
        b"/home/",
        b"/root/",
        b"%2FUsers%2F",
        b"%2Fhome%2F",
        b"%2Froot%2F",
        b"file:///",
        b"file%3A%2F%2F%2F",
    ];
    heads.iter().any(|head| value.get(..head.len()).is_some_and(|v| v.eq_ignore_ascii_case(head)))
}

/// The path around the first separator at byte `at`.
fn read<'a>(subject: &Subject<'a>, at: usize) -> Option<Path<'a>> {
    let bytes = subject.bytes;
    let first = separator::starting(bytes, at)?;
    let root = root::before(bytes, at, first.family)?;
    if first.family == Family::Backslash
        && first.width == 1
        && matches!(root.begin, Begin::Relative(_))
        && subject.is_json()
    {
        // The end of a line, written out.
        return None;
    }
    let windows = first.family == Family::Backslash || root.begin == Begin::Drive;
    let mut shape = Shape { separator: first, windows, start: root.start };
    let relative = matches!(root.begin, Begin::Relative(_));
    let mut path = Path { root, parts: Vec::new(), family: first.family, end: at, open: false };
    if relative {
        path.parts.push(Part { start: shape.start, end: at });
    }
    let mut from = at + first.width;
    loop {
        let end = name::end(subject, from, &shape);
        path.open = end == from;
        path.end = end;
        if !path.open {
            path.parts.push(Part { start: from, end });
        }
        let next = separator::starting(bytes, end);
        if let Some(next) = next.filter(|next| from == at + first.width && shape.is_share(*next)) {
            shape.separator = next;
        }
        match next.filter(|s| shape.goes_on(*s)) {
            Some(separator) => from = end + separator.width,
            None => break,
        }
    }
    (!path.parts.is_empty()).then_some(path)
}

/// Adds the hits for one path.
fn walk(subject: &Subject<'_>, path: &Path<'_>, hits: &mut Hits) {
    let bytes = subject.bytes;
    if !is_path(subject, path) {
        return;
    }
    let of_user = path.parts.first().filter(|part| is_users_tilde(&bytes[part.start..part.end]));
    if let Some(part) = of_user {
        let name = &bytes[part.start + 1..part.end];
        let hit = Hit::new(id::PATH_USER, part.start + 1, part.end, "home behind a tilde");
        hits.push(hit.canonical(canonical(name)).learn(Learn::Login));
    }
    let mut state = State {
        learn: subject.field == Field::WorkingDirectory,
        relative: matches!(path.root.begin, Begin::Relative(name) if !is_elsewhere(name)),
        ..State::default()
    };
    let count = path.parts.len();
    let mut index = 0;
    while index < count {
        let part = path.parts[index];
        if let Some(user) = user_behind(subject, path, index) {
            state.home = true;
            (state.system, state.foreign) = (false, false);
            index = path.parts.iter().position(|p| p.start >= user).unwrap_or(count);
            continue;
        }
        let last = index + 1 == count && !path.open;
        let text = &bytes[part.start..part.end];
        let parent = index.checked_sub(1).map(|i| &bytes[path.parts[i].start..path.parts[i].end]);
        state.foreign |= parent.is_some_and(|parent| familiar::is_foreign_in(parent, text));
        if !state.is_settled(text, index, path) && !slug_component(subject, part, hits) {
            state.component(text, part, last, hits);
        }
        state.managed |= is_managed(text);
        index += 1;
    }
}

/// Where the first component behind a user's starts, if the component at `index` holds the homes of users.
fn user_behind(subject: &Subject<'_>, path: &Path<'_>, index: usize) -> Option<usize> {
    let part = path.parts[index];
    home::may_hold_users(&subject.bytes[part.start..part.end]).then_some(())?;
    let home = home::locate(subject, part.start)?;
    (home.start > part.start).then_some(home.end)
}

/// What is known of a path on the way through it.
#[derive(Default)]
struct State {
    /// A user's folder was passed.
    home: bool,
    /// A project's folder was passed.
    project: bool,
    /// The rest came from elsewhere.
    foreign: bool,
    /// The way is through the system's own folders so far.
    system: bool,
    /// Names are to be known elsewhere.
    learn: bool,
    /// The path begins at a folder of the project.
    relative: bool,
    /// A folder was passed in which tools keep what they install.
    managed: bool,
}

impl State {
    /// Whether the component stays whatever its name: the rest of the system's folders and of packages.
    fn is_settled(&mut self, text: &[u8], index: usize, path: &Path<'_>) -> bool {
        let absolute = !matches!(path.root.begin, Begin::Relative(_)) && path.root.parts.is_empty();
        if index == 0 && absolute {
            self.system = SYSTEM.has(text);
            self.foreign |= WHOLLY_SYSTEM.has(text);
        } else if self.system {
            self.foreign |= WHOLLY_SYSTEM_BELOW.has(text);
            self.system = text == b"local";
        }
        let settled = self.foreign;
        self.foreign |= !self.learn && is_foreign(text);
        settled
    }

    /// Adds a hit for a component, unless it is familiar.
    fn component(&mut self, text: &[u8], part: Part, last: bool, hits: &mut Hits) {
        match recalled(text, last) {
            Name::Familiar => {}
            Name::File(stem, own) => self.push(id::PATH_FILE, &text[..stem], own, part.start, hits),
            Name::Folder(len, own) => {
                let rule = if self.home && !self.project { id::PATH_PROJECT } else { id::PATH_DIR };
                self.project |= self.home;
                self.push(rule, &text[..len], own, part.start, hits);
            }
        }
    }

    fn push(&self, rule: RuleId, text: &[u8], own: bool, start: usize, hits: &mut Hits) {
        let hit = Hit::new(rule, start, start + text.len(), "component of a path").canonical(canonical(text));
        let learn = if self.learn && super::is_telling(text) {
            Some(Learn::Project)
        } else {
            (own && !self.managed && (self.relative || self.project)).then_some(Learn::Component)
        };
        hits.push(learn.into_iter().fold(hit, Hit::learn));
    }
}

/// What a component is called.
#[derive(Clone, Copy)]
enum Name {
    /// What stays.
    Familiar,
    /// A file, with a stem of so many bytes, and whether that is a name of the project's own.
    File(usize, bool),
    /// A folder, with a name of so many bytes, and whether that is one of the project's own.
    Folder(usize, bool),
}

thread_local! {
    /// What components are called, those that are not the last of their path and those that are: a few hundred recur.
    static NAMES: RefCell<[Recall<Name, 1024>; 2]> = const { RefCell::new([Recall::new(), Recall::new()]) };
    /// Whether components hold what came from elsewhere.
    static FOREIGN: RefCell<Recall<bool, 1024>> = const { RefCell::new(Recall::new()) };
}

fn recalled(text: &[u8], last: bool) -> Name {
    NAMES.with_borrow_mut(|names| names[usize::from(last)].get(text, |text| called(text, last)))
}

fn is_foreign(text: &[u8]) -> bool {
    FOREIGN.with_borrow_mut(|foreign| foreign.get(text, familiar::is_foreign))
}

/// What a component is called, `last` of its path or not.
fn called(text: &[u8], last: bool) -> Name {
    if name::is_placeholder(text) || login::is_pseudonym(text) || is_sign(text) {
        return Name::Familiar;
    }
    let text = if last { without_line(text) } else { text };
    match stem(text).filter(|_| last || is_file(text)) {
        Some(stem) if familiar::is_stem(&text[..stem]) => Name::Familiar,
        Some(stem) => Name::File(stem, is_source_file(&text[stem..]) && own::is_own(&text[..stem])),
        None if familiar::is_folder(text) || last && familiar::is_stem(text) => Name::Familiar,
        None => Name::Folder(text.len(), own::is_own(text)),
    }
}

/// Whether a name is a file's wherever it stands: `settings.json/settings.local.json` are two files.
fn is_file(text: &[u8]) -> bool {
    memchr::memrchr(b'.', text).is_some_and(|dot| dot > 0 && familiar::is_extension(&text[dot + 1..]))
}

/// Whether a file with this behind its stem holds code of a project, and no settings of a tool.
fn is_source_file(behind: &[u8]) -> bool {
    memchr::memrchr(b'.', behind).is_some_and(|dot| SOURCE.has(&behind[dot + 1..]))
}

/// A file's name without the number that `grep -A` puts behind it: `x.go-12-`.
fn without_line(text: &[u8]) -> &[u8] {
    let Some(head) = text.strip_suffix(b"-") else { return text };
    let digits = head.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let name = head[..head.len() - digits].strip_suffix(b"-").filter(|_| digits > 0);
    name.unwrap_or(text)
}

/// Whether a path begins with the home of another user: `~maribel/x`.
fn is_users_tilde(text: &[u8]) -> bool {
    text.strip_prefix(b"~")
        .is_some_and(|name| name.first().is_some_and(u8::is_ascii_alphabetic) && login::is_person(name))
}

/// Whether a component is only signs: `.`, `..`, `~`.
fn is_sign(text: &[u8]) -> bool {
    text.iter().all(|b| matches!(b, b'.' | b'~' | b'-' | b'_' | b'+' | b'@' | b'!' | b'%'))
}

/// Length of a file's stem, if `text` has an extension: in `x.test.ts` that of `x`.
fn stem(text: &[u8]) -> Option<usize> {
    let dot = memchr::memrchr(b'.', text).filter(|&dot| dot > 0)?;
    let extension = &text[dot + 1..];
    let plausible = (1..=8).contains(&extension.len())
        && extension.iter().all(u8::is_ascii_alphanumeric)
        && extension.iter().any(u8::is_ascii_alphabetic);
    if !(plausible || familiar::is_extension(extension)) {
        return None;
    }
    let mut end = dot;
    while let Some(dot) = memchr::memrchr(b'.', &text[..end]).filter(|&dot| dot > 0) {
        if !familiar::is_infix(&text[dot + 1..end]) {
            break;
        }
        end = dot;
    }
    Some(untested(&text[..end]))
}

/// Length of what a file of tests is about, without the `_test` that Go, Ruby and others put behind it.
fn untested(stem: &[u8]) -> usize {
    let ends: [&[u8]; 3] = [b"_test", b"_spec", b"_tests"];
    let tested = ends.iter().find_map(|end| stem.strip_suffix(*end)).filter(|tested| !tested.is_empty());
    tested.map_or(stem.len(), <[u8]>::len)
}

/// Whether this is a path of a disk and not a route, a fraction, a choice of words, a type of media.
fn is_path(subject: &Subject<'_>, path: &Path<'_>) -> bool {
    let bytes = subject.bytes;
    let text = |part: &Part| &bytes[part.start..part.end];
    let (Some(first), Some(last)) = (path.parts.first().map(text), path.parts.last().map(text)) else {
        return false;
    };
    let extension = memchr::memrchr(b'.', last).filter(|&d| d > 0).map(|d| &last[d + 1..]);
    let file = extension.is_some_and(familiar::is_extension) && !path.open;
    if matches!(subject.field, Field::Path | Field::WorkingDirectory) {
        return true;
    }
    match path.root.begin {
        Begin::Drive => true,
        Begin::Scheme(scheme) => home::is_file_scheme(scheme),
        Begin::Absolute if path.family == Family::Backslash => {
            path.parts.len() > 1 && starts_unc(bytes, path)
        }
        Begin::Absolute => familiar::is_root(first) && (path.parts.len() > 1 || !path.open) || file,
        Begin::Relative(b"." | b"..") if path.family == Family::Backslash && has_escapes(bytes, path) => {
            false
        }
        Begin::Relative(name) if is_anchor(name) || is_users_tilde(name) => path.parts.len() > 1,
        Begin::Relative(name)
            if name.iter().all(u8::is_ascii_digit) || bytes[..path.root.start].ends_with(b"node:") =>
        {
            file
        }
        Begin::Relative(_) => {
            (file || is_numbered(&bytes[path.end..])) && is_plain(first)
                || familiar::is_source(first) && path.parts.len() > 1
        }
    }
}

/// Whether what follows the backslashes of a path looks like line breaks and tabs written out: the end of a sentence in a
/// text in a text, `.\n\n- **False`.
fn has_escapes(bytes: &[u8], path: &Path<'_>) -> bool {
    let escape = |part: &Part| match &bytes[part.start..part.end] {
        [b'n' | b'r' | b't'] => true,
        [b'n' | b'r' | b't', next, ..] => !next.is_ascii_lowercase() && !matches!(next, b'_' | b'-' | b'.'),
        _ => false,
    };
    // An item of a list follows the line break.
    let item = |part: &Part| {
        let rest = &bytes[part.start..];
        rest.starts_with(b"n- ") || rest.starts_with(b"n-") && part.end == part.start + 2
    };
    path.parts[1..].iter().any(|part| escape(part) || item(part))
}

/// Whether the number of a line follows, as `grep` writes it: `:12:`.
fn is_numbered(rest: &[u8]) -> bool {
    let Some(rest) = rest.strip_prefix(b":") else { return false };
    let digits = rest.iter().take(8).take_while(|b| b.is_ascii_digit()).count();
    digits > 0 && rest.get(digits) == Some(&b':')
}

/// Whether a relative path begins at a known place: `.`, `..`, `~`, a variable.
fn is_anchor(name: &[u8]) -> bool {
    matches!(name, b"." | b".." | b"~")
        || name.starts_with(b"$")
        || name.ends_with(b"}")
        || name.starts_with(b"%") && name.ends_with(b"%")
}

/// Whether a path that begins so leads out of the project: from a home, from what a variable says.
fn is_elsewhere(name: &[u8]) -> bool {
    is_anchor(name) && !matches!(name, b"." | b"..") || name.starts_with(b"@")
}

/// Whether tools keep what they install below a folder of this name: hidden ones, and those of agents' skills.
fn is_managed(name: &[u8]) -> bool {
    name.len() > 2 && name[0] == b'.' || matches!(name, b"skills" | b"plugins" | b"agents" | b"extensions")
}

/// Whether the first component of a relative path can be a folder: no host, no scope of a package.
fn is_plain(name: &[u8]) -> bool {
    !name.contains(&b'@') && !name.contains(&b'%') && !name.contains(&b'!')
}

/// Whether the path begins with the backslashes of a share: twice as many as stand between its folders. As many are
/// escapes that were escaped once more: `\\n\\n`.
fn starts_unc(bytes: &[u8], path: &Path<'_>) -> bool {
    let first = bytes[path.root.start..].iter().take_while(|b| **b == b'\\').count();
    let second =
        path.parts.first().map_or(0, |part| bytes[part.end..].iter().take_while(|b| **b == b'\\').count());
    first >= 2 && first > second
}

/// A text that is a path of one component.
fn lone_name(subject: &Subject<'_>, hits: &mut Hits) {
    let text = subject.bytes;
    let plain =
        !text.is_empty() && text.len() < 256 && !text.iter().any(|b| matches!(b, b'\n' | b'*' | b':' | b'"'));
    if plain {
        State::default().component(text, Part { start: 0, end: text.len() }, true, hits);
    }
}

/// Adds hits for what follows the user in a slug.
pub(super) fn slug(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let Some(slug) = slug::locate(subject, at) else { return };
    let whole = &subject.bytes[slug.start..slug.end];
    let behind = |cwd| slug::behind(cwd, whole, slug.user_end - slug.start);
    let known = subject.cwd.map_or(&[][..], behind);
    let state = State { home: true, ..State::default() };
    slug_parts(subject.bytes, slug.user_end, slug.end, known, state, hits);
}

/// Adds hits for the components of a slug in `from..end`, which are those of the path `known` as far as it goes.
fn slug_parts(bytes: &[u8], from: usize, end: usize, known: &[u8], mut state: State, hits: &mut Hits) {
    let (mut from, mut known) = (from, known);
    while from < end {
        from += bytes[from..end].iter().take_while(|b| **b == b'-').count();
        let (len, rest) = slug::part(&bytes[from..end], known);
        known = rest;
        state.component(&bytes[from..from + len], Part { start: from, end: from + len }, false, hits);
        from += len;
    }
}

/// Adds hits for a component that is a slug itself; says whether it is one.
fn slug_component(subject: &Subject<'_>, part: Part, hits: &mut Hits) -> bool {
    let text = &subject.bytes[part.start..part.end];
    if !slug::is_whole(text) {
        return false;
    }
    if !slug::has_user(text) {
        let known = subject.cwd.map_or(&[][..], |cwd| slug::behind(cwd, text, 0));
        slug_parts(subject.bytes, part.start, part.end, known, State::default(), hits);
    }
    true
}

/// Names of files without a folder, such as `invoice.py` in prose.
pub(super) fn lone_files(subject: &Subject<'_>, hits: &mut Hits) {
    let bytes = subject.bytes;
    for dot in memchr::memchr_iter(b'.', bytes) {
        let tail =
            bytes[dot + 1..].iter().take(12).take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
        let (extension, end) = (&bytes[dot + 1..dot + 1 + tail], dot + 1 + tail);
        let goes_on = matches!(bytes.get(end), Some(b'(' | b'/' | b'\\' | b'@' | b'='))
            || bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
        if tail == 0 || goes_on || !familiar::is_lone_extension(extension) {
            continue;
        }
        let start = lone_start(bytes, dot);
        let alone = !matches!(bytes[..start].last(), Some(b'/' | b'\\' | b'@' | b'$' | b'%' | b')' | b']'));
        let text = &bytes[start..end];
        let own = start < dot && alone && !is_product(text) && text[0].is_ascii_alphanumeric();
        if own && !is_of_library(&bytes[..start]) {
            State::default().component(text, Part { start, end }, true, hits);
        }
    }
}

/// Whether a file's name stands in the frame of a library: `java.util.ArrayList.forEach(ArrayList.java:1511)`.
fn is_of_library(head: &[u8]) -> bool {
    let Some(head) = head.strip_suffix(b"(") else { return false };
    let part = |b: &&u8| b.is_ascii_alphanumeric() || matches!(**b, b'.' | b'_' | b'$' | b'<' | b'>');
    let len = head.iter().rev().take(200).take_while(part).count();
    mention::is_library(&head[head.len() - len..])
}

/// Where the name starts that the dot at byte `dot` is in.
fn lone_start(bytes: &[u8], dot: usize) -> usize {
    let floor = dot.saturating_sub(128);
    let name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
    let mut start = dot - bytes[floor..dot].iter().rev().take_while(|b| name(b)).count();
    while start < dot && (word::follows_escape(bytes, start + 1) || matches!(bytes[start], b'-' | b'.')) {
        start += 1;
    }
    start
}

/// Whether `text` is a product or a member of a well-known object and no file: `Node.js`, `response.json`.
fn is_product(text: &[u8]) -> bool {
    let stem = memchr::memchr(b'.', text).map_or(text, |i| &text[..i]);
    let js = text.to_ascii_lowercase().ends_with(b"js");
    js && PRODUCTS.has(stem) || OBJECTS.has(stem)
}

/// Products whose names end like a script's; sorted.
static PRODUCTS: WordSet = words![
    "alpine",
    "angular",
    "backbone",
    "chart",
    "d3",
    "discord",
    "ember",
    "express",
    "fuse",
    "hapi",
    "highlight",
    "htmx",
    "koa",
    "moment",
    "mustache",
    "nest",
    "next",
    "node",
    "nuxt",
    "p5",
    "pdf",
    "pixi",
    "preact",
    "qwik",
    "react",
    "remix",
    "socket",
    "solid",
    "svelte",
    "tensorflow",
    "three",
    "typed",
    "vue",
];

/// Objects whose members look like files; sorted.
static OBJECTS: WordSet = words![
    "data", "document", "e", "fs", "i", "json", "math", "np", "os", "pd", "process", "req", "request", "res",
    "resp", "response", "self", "sys", "t", "this", "window",
];

/// Folders at the top of a disk that are the system's; sorted.
static SYSTEM: WordSet = words!["library", "opt", "program files", "program files (x86)", "usr", "var"];

/// Folders at the top of a disk that are wholly the system's; sorted.
static WHOLLY_SYSTEM: WordSet =
    words!["bin", "boot", "dev", "lib", "lib32", "lib64", "nix", "proc", "sbin", "sys", "system", "windows"];

/// Folders below one of [`SYSTEM`] that are wholly the system's; sorted.
static WHOLLY_SYSTEM_BELOW: WordSet =
    words!["bin", "frameworks", "homebrew", "include", "lib", "lib32", "lib64", "libexec", "sbin", "share"];

/// Extensions of files that hold code; sorted.
static SOURCE: WordSet = words![
    "c", "cc", "clj", "cpp", "cs", "cxx", "dart", "ex", "exs", "fs", "go", "h", "hpp", "hs", "ipynb", "java",
    "jl", "js", "jsx", "kt", "lua", "m", "mjs", "ml", "mm", "php", "pl", "proto", "py", "pyi", "r", "rb",
    "rs", "scala", "sql", "svelte", "swift", "ts", "tsx", "vue", "zig",
];

#[cfg(test)]
mod tests {
    use crate::{
        detect::{
            identity::tests::{hits, marked, plain},
            subject::Subject,
        },
        rule::Class,
        transcript::text::Field,
    };

    fn check(subject: Subject<'_>, expected: &str) {
        let text = std::str::from_utf8(subject.bytes).unwrap();
        assert_eq!(marked(text, &hits(&subject), |h| h.rule.rule().class == Class::Path), expected);
    }

    #[test]
    fn unfamiliar_components_go_and_shape_stays() {
        for expected in [
            "/home/«maribel»/work/«acme-api»/src/«ledger».rs:12:5",
            "/Users/«maribel»/«acme-api»/tests/«billing»/«test_ledger».py",
            r"C:\Users\«Maribel»\source\repos\«Acme.Api»\Program.cs",
            r"C:\\Users\\«maribel»\\«acme»\\«Ledger».cs",
            "D:/work/«acme»/src/main.go",
            "~/work/«acme-api»/README.md and ./«ledger».ts and ../«acme»/Cargo.toml",
            "src/«ledger»/mod.rs packages/«billing»/src/index.ts",
            "--- a/«acme»/«ledger».py",
            "/opt/«acme»/bin/«ledgerd» /etc/nginx/sites-enabled/«acme».conf",
            "file:///home/«maribel»/«acme-api»/src/«ledger».rs",
            "%2FUsers%2F«maribel»%2F«acme-api»%2Fsrc%2F«ledger».ts",
            "$HOME/«acme-api»/src and ${ROOT}/«acme»/x.py",
            "File \"/srv/«acme»/«ledger».py\", line 3",
            "/home/runner/work/«acme-api»/«acme-api»/src/lib.rs",
            "/home/«maribel»/«acme-api»/node_modules/left-pad/index.js",
            "components/«LedgerTable».test.tsx",
            "in `«ledger».py` the total is wrong",
            r"`.\«ledger»\main.go` and ..\«acme»\«zine».py",
            "http://localhost:3000/@fs/home/«maribel»/«acme-api»/src/«ledger».ts",
            "http://localhost:3000/open?a=1&file=%2FUsers%2F«maribel»%2F«acme-api»%2F«ledger».ts&x=1",
            "https://x.example/o?path=/home/«maribel»/«acme-api»/«ledger».ts",
            "~/.claude/projects/-home-«maribel»-work-«acme-api»/x.jsonl",
        ] {
            let text = expected.replace(['«', '»'], "");
            check(plain(&text), expected);
        }
    }

    #[test]
    fn what_is_no_path_stays() {
        for text in [
            "and/or, he/she, 1/2, TCP/IP, application/json, text/x-python, image/svg+xml, 2024/05/17",
            "https://docs.acme.example/guide/ledger.html and http://localhost:8080/api/ledger.json",
            "GET /api/ledger/42 and /users/:id and /v1/ledger",
            "import x from 'react-dom/client' and @scope/pkg/button and github.com/pkg/errors",
            "/usr/lib/python3.12/json/decoder.py and /usr/local/bin/acmectl and /nix/store/abc-foo/bin/x",
            r"of `ObjectsToPush`.\n\n`Other` (so far).\n- **False** is .\nFull and ..\t12",
            "Node.js and Next.js, response.json() and os.path, e.g. this, v1.2.3",
            "/home/user-7f3a9c/project-2b1d04/src/mod-91aa3e.rs",
            "/opt/hostedtoolcache/zorb/1.2/x64/zorb /opt/.asdf/zorb/y /usr/local/go/src/zorb/x.go",
            "C:\\Windows\\System32\\drivers\\etc\\hosts",
            "origin/main refs/heads/main s/foo/bar/g </div> // comment /* x */",
        ] {
            check(plain(text), text);
        }
    }

    #[test]
    fn a_field_that_is_a_path_is_one_whole() {
        for expected in ["«acme»/«ledger»", "«ledger».rs", "src/«ledger book».md", "/«acme»/«ledger»"]
        {
            let text = expected.replace(['«', '»'], "");
            check(Subject { field: Field::Path, ..plain(&text) }, expected);
        }
    }

    #[test]
    fn a_slug_is_cut_as_its_working_directory_is() {
        let expected = "x /-home-«m-ortiz»-work-«acme-api»-«front-end»/1";
        let text = expected.replace(['«', '»'], "");
        check(Subject { cwd: Some(b"/home/m.ortiz/work/acme_api/front-end"), ..plain(&text) }, expected);
    }
}
