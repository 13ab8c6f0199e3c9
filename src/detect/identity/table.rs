//! Tables of containers, pods, images, branches and the like: what stands in a column under a heading that names it, and
//! rows whose shape says what they are where the heading was cut off.

use super::{
    super::{
        canonical::canonical,
        code::distinct,
        subject::{Hit, Hits, Subject},
        word,
    },
    account, branch, csv, device, history, host, listing, login, name, owner, remote,
};
use crate::{finding::Learn, rule::id};

/// Longest row that is looked at, in bytes.
const MAX_LINE: usize = 512;

/// Most rows of a table.
const MAX_ROWS: usize = 2_000;

/// Why a cell was found.
const EVIDENCE: &str = "column of a table";

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    /// Names of containers, pods, services, namespaces.
    Object,
    /// Names of images.
    Image,
    /// Machines.
    Host,
    /// Users.
    Login,
    /// People, by their names or their logins.
    Person,
    /// Branches.
    Branch,
    /// Projects and accounts.
    Org,
    /// Serial numbers.
    Serial,
    /// Numbers of cloud accounts.
    Account,
    /// Anything else.
    Other,
}

/// A cell: its bytes' range.
type Cell = (usize, usize);

/// What stands in a column of that heading.
fn column(heading: &[u8]) -> Column {
    match heading {
        b"NAME" | b"NAMES" | b"NAMESPACE" | b"OBJECT" | b"SERVICE" | b"CLUSTER" | b"RELEASE" | b"CHART"
        | b"STACK" | b"VOLUME NAME" | b"DEPLOYMENT" | b"datname" | b"Name" | b"Repository"
        | b"ResourceGroup" => Column::Object,
        b"IMAGE" | b"REPOSITORY" => Column::Image,
        b"NODE" | b"HOST" | b"HOSTS" | b"HOSTNAME" | b"SERVER" | b"NODELIST(REASON)" | b"Host"
        | b"HostName" | b"ComputerName" | b"MachineName" | b"NodeList" => Column::Host,
        b"USER" | b"USERNAME" | b"Role name" | b"OWNER" | b"AUTHINFO" | b"AUTHOR" | b"CREATOR"
        | b"usename" | b"Owner" | b"User" | b"UserName" | b"Username" | b"Login" | b"LoginName"
        | b"SamAccountName" => Column::Login,
        b"Assignee" | b"Author" | b"Reporter" | b"Reviewer" | b"Maintainer" | b"Contact" | b"Lead"
        | b"DRI" => Column::Person,
        b"BRANCH" | b"HEAD BRANCH" | b"Branch" => Column::Branch,
        b"PROJECT" | b"PROJECT_ID" | b"Account" => Column::Org,
        b"PROJECT_NUMBER" | b"ACCOUNT_ID" | b"ACCOUNT ID" => Column::Account,
        b"SERIAL" | b"SERIALNUMBER" | b"SerialNumber" | b"Serial" => Column::Serial,
        _ => Column::Other,
    }
}

/// The cells of a line, which two blanks or more, or a tab, part.
fn cells(bytes: &[u8], start: usize, end: usize) -> Vec<Cell> {
    let mut out = Vec::new();
    let mut at = start;
    while at < end && out.len() < 16 {
        at += bytes[at..end].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        let from = at;
        while at < end
            && bytes[at] != b'\t'
            && !(bytes[at] == b' ' && matches!(bytes.get(at + 1), Some(b' ' | b'\t')))
        {
            at += 1;
        }
        let len = bytes[from..at].trim_ascii_end().len();
        if len > 0 {
            out.push((from, from + len));
        }
    }
    out
}

/// The line behind the one that ends at byte `end`.
fn next_line(bytes: &[u8], end: usize) -> Option<(usize, usize)> {
    let breaks = bytes[end..].iter().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
    let start = end + breaks;
    (breaks > 0 && start < bytes.len()).then(|| {
        let end = memchr::memchr2(b'\n', b'\r', &bytes[start..]).map_or(bytes.len(), |i| start + i);
        (start, end)
    })
}

/// The rows below the heading in which byte `at` stands: no letter of it is small.
pub(super) fn heading(subject: &Subject<'_>, at: usize, _: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let (start, mut end) = word::line(bytes, at, MAX_LINE);
    let line = &bytes[start..end];
    if line.iter().any(u8::is_ascii_lowercase) && !is_titled(bytes, start, end) {
        return;
    }
    if memchr::memmem::find(line, b" PID ").is_some() || line.starts_with(b"PID ") {
        if line.starts_with(b"USER") || line.ends_with(b" USER") {
            listing::processes(subject, at, end, hits);
        }
        return;
    }
    let headings = cells(bytes, start, end);
    if headings.len() < 2 {
        return;
    }
    let last = end;
    for _ in 0..MAX_ROWS {
        let Some((from, to)) = next_line(bytes, end) else { return };
        users(bytes, (start, last), (from, to.min(from + MAX_LINE)), hits);
        let row = cells(bytes, from, to.min(from + MAX_LINE));
        // Of a row some cells may be empty, but not most; what follows the table is none.
        if row.len() < 2.max(headings.len() / 2) && headings.len() > 1 {
            return;
        }
        for (index, &(start, end)) in headings.iter().enumerate() {
            let kind = column(&bytes[start..end]);
            let found = below(bytes, &headings, index, (from, to), &row).filter(|_| kind != Column::Other);
            if let Some(cell) = found {
                push(bytes, kind, cell, hits);
            }
        }
        end = to;
    }
}

/// Whether a line is the heading of a table whose columns begin with capitals, as those of `doctl` do: three cells or more,
/// and as many in the line below.
fn is_titled(bytes: &[u8], start: usize, end: usize) -> bool {
    let headings = cells(bytes, start, end);
    let titled = headings.len() > 2
        && headings.iter().all(|&(from, to)| {
            bytes[from].is_ascii_uppercase() && to - from < 20 && !bytes[from..to].contains(&b':')
        });
    titled
        && next_line(bytes, end)
            .is_some_and(|(from, to)| cells(bytes, from, to.min(from + MAX_LINE)).len() == headings.len())
}

/// The logins below `USER` where single blanks part the columns: `UID USER  PROC`, `2 1001 maribel seat0`.
fn users(bytes: &[u8], (start, end): Cell, row: Cell, hits: &mut Hits) {
    let Some(place) = memchr::memmem::find(&bytes[start..end], b"D USER ").map(|i| i + 2) else { return };
    let line = &bytes[row.0..row.1];
    let Some(word) = line.get(place..) else { return };
    let login = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-');
    let len = word.iter().take_while(|b| login(b)).count();
    if line.is_ascii()
        && line[place - 1] == b' '
        && word.get(len) == Some(&b' ')
        && word[0].is_ascii_lowercase()
    {
        name::login_at(bytes, row.0 + place, EVIDENCE, hits);
    }
}

/// The cell of a row under the heading of number `index`: where it starts if the columns are aligned, else by its number,
/// of the last one the last.
fn below(bytes: &[u8], headings: &[Cell], index: usize, (from, to): Cell, row: &[Cell]) -> Option<Cell> {
    if row.len() == headings.len() {
        return row.get(index).copied();
    }
    let line = bytes[..headings[0].0].iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
    let text = std::str::from_utf8(&bytes[from..to]).ok()?;
    let (at, _) = text.char_indices().nth(headings[index].0 - line)?;
    let start = from + at;
    let aligned = at == 0 || bytes[start - 1] == b' ';
    let cell = row.iter().find(|cell| cell.0 == start).filter(|_| aligned).copied();
    let cell = cell.or_else(|| flush(bytes, headings[index].1 - line, (from, to), text, row));
    cell.or_else(|| row.last().copied().filter(|_| index + 1 == headings.len() && row.len() > 2))
}

/// The cell of a row that ends where its heading does, of which `column` characters of the line are before the end: numbers
/// and some names stand so.
fn flush(bytes: &[u8], column: usize, (from, to): Cell, text: &str, row: &[Cell]) -> Option<Cell> {
    let end = text.char_indices().nth(column).map_or(to, |(at, _)| from + at);
    row.iter().find(|cell| cell.1 == end && bytes.get(end).is_none_or(u8::is_ascii_whitespace)).copied()
}

/// Adds what a cell of a column holds.
fn push(bytes: &[u8], kind: Column, (start, end): Cell, hits: &mut Hits) {
    match kind {
        Column::Object => object(bytes, start, end, hits),
        Column::Image => image(bytes, start, end, hits),
        Column::Host if bytes[start..end].iter().any(u8::is_ascii_alphabetic) => {
            machine(bytes, start, end, hits)
        }
        Column::Login if !bytes[start..end].contains(&b'@') => {
            name::login_at(&bytes[..end], start, EVIDENCE, hits);
        }
        Column::Person => person(bytes, (start, end), hits),
        Column::Account => account::number_alone(bytes, start, end, hits),
        Column::Serial => device::row(bytes, (start, end), hits),
        Column::Branch if !bytes[start..end].contains(&b' ') => branch::push(bytes, start, end, hits),
        Column::Org if !bytes[start..end].contains(&b' ') => remote::push_org(bytes, start, end, hits),
        _ => {}
    }
}

/// Adds a person by name or login.
fn person(bytes: &[u8], (start, end): Cell, hits: &mut Hits) {
    let start = start + usize::from(bytes[start] == b'@');
    let text = &bytes[start..end];
    if text.contains(&b' ') && history::is_name(text) {
        name::push_person(bytes, start, end, hits);
    } else if !text.contains(&b' ') && distinct::is_unusual(text) {
        name::login_at(&bytes[..end], start, EVIDENCE, hits);
    }
}

/// Adds a machine, but for those of everyone.
fn machine(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let name = &bytes[start..end];
    let shaped = name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
    if shaped && name.len() > 2 && distinct::is_unusual(name) && !host::is_known(name) {
        host::push(bytes, start, end, EVIDENCE, hits);
    }
}

/// Adds the name of a container, a pod, a service: without its kind before it and without what is drawn by lot or counted
/// behind it, and only if a word of it is none of everyone's.
pub(super) fn object(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let start = start + memchr::memchr(b'/', &bytes[start..end]).map_or(0, |i| i + 1);
    let name = &bytes[start..end];
    let shaped = name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
    let name = &name[..base(name)];
    let everyones = name.starts_with(b"kube-") || !login::may_be_person(name);
    // `sda1` and `eth0` are everyone's.
    let short = name.len() < 5 && !name.iter().any(|b| matches!(b, b'-' | b'_'));
    if !shaped || short || name.len() < 3 || everyones || !distinct::is_unusual(name) {
        return;
    }
    let hit = Hit::new(id::IDENTITY_RESOURCE, start, start + name.len(), EVIDENCE).canonical(canonical(name));
    let telling = name.len() >= 6 && name.iter().any(|b| matches!(b, b'-' | b'_'));
    hits.push(if telling { hit.learn(Learn::Branch) } else { hit });
}

/// Length of a name without the numbers and the random parts that Kubernetes and Docker put behind it.
fn base(name: &[u8]) -> usize {
    let mut len = name.len();
    for longest in [5, 10] {
        let Some(sign) = name[..len].iter().rposition(|b| matches!(b, b'-' | b'_')) else { break };
        let tail = &name[sign + 1..len];
        let digits = tail.iter().any(u8::is_ascii_digit);
        let random = tail.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        let counted = tail.iter().all(u8::is_ascii_digit);
        let pod =
            longest == 5 && tail.len() == 5 && name[..sign].iter().rev().take(12).any(u8::is_ascii_digit);
        if tail.is_empty() || !(counted || random && (digits && tail.len() <= longest || pod)) {
            break;
        }
        len = sign;
    }
    len
}

/// Adds what says something in the name of an image: its registry, its owner, its own name.
pub(super) fn image(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let name = &bytes[start..end];
    let slash = memchr::memrchr(b'/', name).map_or(0, |i| i + 1);
    let len = memchr::memchr2(b':', b'@', &name[slash..]).map_or(name.len(), |i| slash + i);
    let mut at = start;
    for (index, part) in name[..len].split(|b| *b == b'/').enumerate() {
        let to = at + part.len();
        if index == 0 && slash > 0 && part.contains(&b'.') {
            machine(bytes, at, to, hits);
        } else if index == 0 && slash > 0 && owner::is_public(part) {
            return;
        } else {
            object(bytes, at, to, hits);
        }
        at = to + 1;
    }
}

/// A row of `docker ps` without a heading; `at` is in the column of its age.
pub(super) fn container(subject: &Subject<'_>, at: usize, _: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let (start, end) = word::line(bytes, at, MAX_LINE);
    let row = cells(bytes, start, end);
    let [(from, to), of, .., last] = row[..] else { return };
    if to - from >= 12 && bytes[from..to].iter().all(u8::is_ascii_hexdigit) && row.len() > 4 {
        image(bytes, of.0, of.1, hits);
        object(bytes, last.0, last.1, hits);
    }
}

/// A row of `kubectl get pods` without a heading; `at` is before the column of its status.
pub(super) fn pod(subject: &Subject<'_>, at: usize, _: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let (start, end) = word::line(bytes, at, MAX_LINE);
    let row = cells(bytes, start, end);
    let ready = |&(from, to): &Cell| {
        let cell = &bytes[from..to];
        cell.contains(&b'/') && cell.iter().all(|b| b.is_ascii_digit() || *b == b'/')
    };
    let Some(place) = row.iter().position(ready).filter(|place| (1..3).contains(place)) else { return };
    for &(from, to) in &row[..place] {
        object(bytes, from, to, hits);
    }
    if let Some(&(from, to)) = row.get(place + 5) {
        machine(bytes, from, to, hits);
    }
}

/// A table with a ruled heading, as `psql` prints it; `at` is in the rule.
pub(super) fn ruled(subject: &Subject<'_>, at: usize, _: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let (rule, end) = word::line(bytes, at, MAX_LINE);
    let first = bytes[rule..at].iter().all(|b| matches!(b, b'-' | b'+'));
    let Some(above) = rule.checked_sub(1).filter(|_| first) else { return };
    let (start, stop) = word::line(bytes, above, MAX_LINE);
    rows(bytes, &piped(bytes, start, stop), end, hits);
}

/// The rows below a heading of these cells and its rule, which ends at byte `end`.
fn rows(bytes: &[u8], headings: &[Cell], mut end: usize, hits: &mut Hits) {
    let kinds: Vec<Column> = headings.iter().map(|&(from, to)| column(&bytes[from..to])).collect();
    let named: Vec<csv::Column<'_>> =
        headings.iter().map(|&(from, to)| csv::column(&bytes[from..to])).collect();
    let people = csv::is_about_people(&named);
    if kinds.iter().all(|kind| *kind == Column::Other) && !people {
        return;
    }
    for _ in 0..MAX_ROWS {
        let Some((from, to)) = next_line(bytes, end) else { return };
        let row = piped(bytes, from, to.min(from + MAX_LINE));
        if row.len() != kinds.len() {
            return;
        }
        for (index, &cell) in row.iter().enumerate().filter(|(_, cell)| cell.0 < cell.1) {
            push(bytes, kinds[index], cell, hits);
            csv::push(bytes, named[index], cell, people, hits);
        }
        end = to;
    }
}

/// A table of Markdown, of which `start..end` is the line of dashes.
pub(super) fn marked(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let rule = bytes[start..end].iter().all(|b| matches!(b, b'-' | b'|' | b':' | b' ' | b'\r'));
    let above = word::line(bytes, start, MAX_LINE).0.checked_sub(1);
    if let Some(above) = above.filter(|_| rule) {
        let heading = word::line(bytes, above, MAX_LINE);
        let headings = piped(bytes, heading.0, heading.1);
        let people = |cell: &Cell| column(&bytes[cell.0..cell.1]) == Column::Person;
        let named: Vec<_> = headings.iter().map(|cell| csv::column(&bytes[cell.0..cell.1])).collect();
        if headings.iter().any(people) || csv::is_about_people(&named) {
            rows(bytes, &headings, end, hits);
        }
    }
}

/// A table whose heading has dashes under each column, and none between, as Slurm and PowerShell print it; `start..end` are
/// the dashes.
pub(super) fn dashed(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let Some(above) = start.checked_sub(1).filter(|_| is_rule(&bytes[start..end])) else { return };
    let heading = word::line(bytes, above, MAX_LINE);
    let columns: Vec<(Column, Cell)> = stretches(&bytes[start..end])
        .map(|place| (place, within(bytes, heading, place)))
        .map(|(place, (from, to))| (column(&bytes[from..to]), place))
        .filter(|(kind, _)| *kind != Column::Other)
        .collect();
    let mut last = end;
    for _ in 0..MAX_ROWS {
        let row = next_line(bytes, last).filter(|row| row.0 < row.1 && !columns.is_empty());
        let Some((from, to)) = row else { return };
        for &(kind, place) in &columns {
            let cell = within(bytes, (from, to), place);
            if cell.0 < cell.1 {
                push(bytes, kind, cell, hits);
            }
        }
        last = to;
    }
}

/// Whether a line is of dashes and blanks.
fn is_rule(line: &[u8]) -> bool {
    line.iter().all(|b| matches!(b, b'-' | b' ' | b'\r'))
}

/// Where the columns stand over which a rule has dashes: each goes up to the next.
fn stretches(rule: &[u8]) -> impl Iterator<Item = Cell> {
    let starts =
        |from: usize| (from..rule.len()).find(|&at| rule[at] == b'-' && (at == 0 || rule[at - 1] != b'-'));
    let mut next = starts(0);
    std::iter::from_fn(move || {
        let start = next?;
        next = starts(start + 1);
        Some((start, next.unwrap_or(MAX_LINE)))
    })
}

/// What stands at a place of a line, without blanks around it; nothing if something goes over the place's edges.
fn within(bytes: &[u8], (start, end): Cell, (left, right): Cell) -> Cell {
    let (from, to) = ((start + left).min(end), (start + right).min(end));
    let cut = |at: usize| at > start && at < end && bytes[at - 1] > b' ' && bytes[at] > b' ';
    let blank = bytes[from..to].iter().take_while(|b| **b == b' ').count();
    let len = bytes[from..to].trim_ascii().len();
    if cut(from) || cut(to) { (from, from) } else { (from + blank, from + blank + len) }
}

/// The cells of a line that `|` parts.
fn piped(bytes: &[u8], start: usize, end: usize) -> Vec<Cell> {
    let mut at = start;
    let cell = |part: &[u8]| {
        let from = at + part.len() - part.trim_ascii_start().len();
        let cell = (from, from + part.trim_ascii().len());
        at += part.len() + 1;
        cell
    };
    bytes[start..end].split(|b| *b == b'|').map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{hits, marked, plain};
    use crate::rule::Class;

    fn found(text: &str) -> String {
        let found = hits(&plain(text));
        marked(text, &found, |hit| hit.rule.rule().class == Class::Identity)
    }

    /// The marked spans are all that is found.
    #[test]
    fn columns_are_found_by_their_headings_and_rows_by_their_shape() {
        for text in [
            "CONTAINER ID   IMAGE                COMMAND   CREATED       STATUS       PORTS     NAMES\n3f1b2c4d5e6f   «zelmont»/«premia»:1.4   \"node\"    2 hours ago   Up 2 hours             «premia_web»_1",
            "3f1b2c4d5e6f   «premia-api»   \"node x\"   2 hours ago   Up 2 hours   80/tcp   «premia-api»-1",
            "NAME                       READY   STATUS    RESTARTS   AGE\n«premia-api»-7d9c6b5f4-x2x9k   1/1     Running   0          3d\nredis-0   1/1     Running   0          3d",
            "«premia-api»-7d9c6b5f4-x2x9k   1/1   Running   0   3d",
            "NAMESPACE     NAME                 READY   STATUS    RESTARTS   AGE\nkube-system   coredns-5d78c9869d-4k2lm   1/1     Running   3     90d\n«zelmont»       «premia»-5d78c9869d-4k2lm   1/1     Running   3     90d",
            "ID   TITLE   BRANCH   CREATED AT\n#42   Fix   «premium-rates»   about 2 days ago",
            "JobID    User     Account  State\n-------- -------- -------- -----\n48213    «maribel»  «zelmont»  RUNNING\n48214    root     «zelmont»  FAILED",
            "Name   UserName        Id\n----   --------        --\nPC-1   «maribel.ortiz»    3\nPC-2   root            4",
            "| Assignee | Ticket |\n|---|---|\n| «Zelmo Kavinas» | x |\n| «mkavinas» | y |",
            "   Name   |  Owner  | Encoding\n----------+---------+----------\n «premia»  | «maribel» | UTF8\n postgres | postgres | UTF8",
        ] {
            assert_eq!(found(&text.replace(['«', '»'], "")), text);
        }
    }

    #[test]
    fn tables_of_everyones_things_stay() {
        for text in [
            "IMAGE   STATUS   NAMES\npostgres:16   Up 2 hours   postgres",
            "kube-system   coredns-5d78c9869d-4k2lm   1/1     Running   3          90d",
            "the   status   is fine\nand   the   rest",
            " Name | Count\n------+------\n x | 3",
            "| Feature | Owner |\n|---|---|\n| Login | Backend |",
        ] {
            assert_eq!(found(text), text);
        }
    }
}
