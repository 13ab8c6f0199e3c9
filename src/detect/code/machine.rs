//! What programs print of a machine: its processor, its libraries, its system. Facts that a report of a bug needs, in forms
//! that look like settings.

use super::{
    line::Verdict,
    page::Line,
    structure::{indent, is_open},
};

/// The least facts below one another.
const LEAST: usize = 3;

/// Takes runs of facts for what stays.
pub(super) fn read(text: &[u8], lines: &mut [Line]) {
    everyones(text, lines);
    let mut at = 0;
    while at < lines.len() {
        let Some(first) =
            Some(&lines[at]).filter(|line| is_open(line.verdict)).and_then(|line| fact(text, line))
        else {
            at += 1;
            continue;
        };
        let run = lines[at..].iter().map_while(|line| same(text, line, first));
        let (count, spoken) =
            run.fold((0, 0), |(count, spoken), fact| (count + 1, spoken + usize::from(fact.spoken)));
        if count >= LEAST && spoken * 4 >= count {
            lines[at..at + count].iter_mut().for_each(stay);
        }
        at += count.max(1);
    }
}

fn stay(line: &mut Line) {
    (line.verdict, line.content) = (Verdict::Firm, line.start);
}

/// A label and its value.
#[derive(Clone, Copy)]
struct Fact {
    /// The column of the value; 0 if a tab stands before it.
    column: usize,
    /// Whether no setting is written so: with a label of two words, dots that lead to the value, or a tab before it.
    spoken: bool,
}

/// The fact on a line that goes on a run which began with `first`.
fn same(text: &[u8], line: &Line, first: Fact) -> Option<Fact> {
    fact(text, line).filter(|fact| fact.column == first.column)
}

/// `CPU family:        25`, `model name\t: Ryzen 7`, `ProductName:\t\tmacOS`: a label in plain letters, a colon, and a value in a
/// column of its own.
fn fact(text: &[u8], line: &Line) -> Option<Fact> {
    let bytes = line.bytes(text);
    let judged = is_open(line.verdict) || matches!(line.verdict, Verdict::Code | Verdict::Firm);
    if !judged || line.content > line.start && line.verdict == Verdict::Code {
        return None;
    }
    let colon = memchr::memchr(b':', bytes).filter(|&colon| colon > 1 && colon < 48)?;
    let label = bytes[..colon].trim_ascii_end();
    let tab = bytes[label.len()..colon].contains(&b'\t');
    let plain = |b: &u8| b.is_ascii_alphanumeric() || b" ()-_./".contains(b);
    let value = &bytes[colon + 1..];
    let gap = indent(value);
    let ends = matches!(bytes.last(), Some(b',' | b';' | b'{' | b'['));
    // `checks.....: 98 %`: dots lead to the value.
    let led = bytes[..colon].ends_with(b"...");
    let apart = led || tab || gap >= 2 && gap < value.len() || value.starts_with(b"\t");
    let label = label.trim_ascii_start();
    if !apart
        || ends
        || matches!(value.first(), Some(b'=' | b':'))
        || !label.first()?.is_ascii_alphabetic()
        || !label.iter().all(plain)
    {
        return None;
    }
    let column = if tab || value.starts_with(b"\t") { 0 } else { colon + 1 + gap };
    let spoken = led || label.contains(&b' ') || column == 0;
    Some(Fact { column, spoken })
}

/// `libz.so.1 => /lib/libz.so.1 (0x00007f2c1a6d2000)`, `libgcc_s.so.1 => not found`: what a program is linked with.
pub(super) fn is_library(body: &[u8]) -> bool {
    if body.ends_with(b" => not found") {
        return true;
    }
    let Some(rest) = body.strip_suffix(b")") else { return false };
    let digits = rest.iter().rev().take_while(|b| b.is_ascii_hexdigit()).count();
    digits >= 8
        && rest[..rest.len() - digits]
            .strip_suffix(b" (0x")
            .is_some_and(|named| memchr::memmem::find(named, b".so").is_some())
}

/// `psql (16.4)`: a program and its version.
pub(super) fn is_version(body: &[u8]) -> bool {
    let name =
        body.iter().take_while(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || **b == b'-').count();
    let version = body[name..].strip_prefix(b" (").and_then(|rest| rest.strip_suffix(b")"));
    name > 1
        && version.is_some_and(|version| {
            version.first().is_some_and(u8::is_ascii_digit)
                && version.contains(&b'.')
                && version
                    .iter()
                    .all(|b| b.is_ascii_digit() || b.is_ascii_lowercase() || matches!(b, b'.' | b'-'))
        })
}

/// Variables that everyone has: what `/etc/os-release` says of a system, `locale` of a language, `go env` of a compiler; sorted.
static EVERYONES: &[&str] = &[
    "ANSI_COLOR",
    "BUG_REPORT_URL",
    "BUILD_ID",
    "CI",
    "COLORTERM",
    "CPE_NAME",
    "DISPLAY",
    "DOCUMENTATION_URL",
    "EDITOR",
    "HOME_URL",
    "ID",
    "ID_LIKE",
    "LANG",
    "LANGUAGE",
    "LOGO",
    "NAME",
    "NODE_ENV",
    "PAGER",
    "PLATFORM_ID",
    "PRETTY_NAME",
    "PRIVACY_POLICY_URL",
    "SHELL",
    "SHLVL",
    "SUPPORT_URL",
    "TERM",
    "TZ",
    "UBUNTU_CODENAME",
    "VARIANT",
    "VARIANT_ID",
    "VERSION",
    "VERSION_CODENAME",
    "VERSION_ID",
];

/// How the names of more of them begin.
static FAMILIES: [&[u8]; 4] = [b"LC_", b"GO", b"CGO_", b"XDG_"];

/// What settings of a kernel begin with.
static KERNEL: [&[u8]; 7] = [b"vm.", b"net.", b"kernel.", b"fs.", b"hw.", b"kern.", b"machdep."];

/// Takes runs of settings that every system has for what stays.
fn everyones(text: &[u8], lines: &mut [Line]) {
    let mut at = 0;
    while at < lines.len() {
        let count = lines[at..].iter().take_while(|line| is_everyones(line.bytes(text))).count();
        if count >= LEAST {
            lines[at..at + count].iter_mut().for_each(stay);
        }
        at += count.max(1);
    }
}

/// `VERSION_ID="12"`, `LC_ALL=`, `GOOS='linux'`, `vm.swappiness = 60`
fn is_everyones(line: &[u8]) -> bool {
    if !matches!(line.first(), Some(b'A'..=b'Z' | b'f' | b'h' | b'k' | b'm' | b'n' | b'v')) {
        return false;
    }
    let name = line.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.')).count();
    let (name, rest) = line.split_at(name);
    match rest {
        [b'=', ..] if name.iter().all(|b| b.is_ascii_uppercase() || *b == b'_' || b.is_ascii_digit()) => {
            let listed = EVERYONES.binary_search_by(|known| known.as_bytes().cmp(name)).is_ok();
            listed || FAMILIES.iter().any(|family| name.len() > family.len() && name.starts_with(family))
        }
        [b' ', b'=', ..] | [b':' | b'=', ..] => KERNEL.iter().any(|start| name.starts_with(start)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::marks, *};

    #[test]
    fn facts_of_a_machine_stay() {
        for text in [
            "Architecture:            x86_64\n  CPU family:            25\nThread(s) per core:      2\nBogoMIPS:                7585.67",
            "processor\t: 3\ncpu family\t: 6\nmodel\t\t: 142\nmodel name\t: A B\ncpu MHz\t\t: 800.021",
            "ProductName:\t\tmacOS\nProductVersion:\t\t14.5\nBuildVersion:\t\t23F79",
            "\tlinux-vdso.so.1 (0x00007ffd2b9e2000)\n\tlibz.so.1 => /lib/libz.so.1 (0x00007f2c1a6d2000)\n\tlibx.so => not found",
            "LANG=en_US.UTF-8\nLC_CTYPE=\"C\"\nLC_ALL=\n",
            "GOARCH='amd64'\nGOOS='linux'\nCGO_ENABLED='1'",
            "vm.swappiness = 60\nnet.core.somaxconn = 4096\nkernel.pid_max = 4194304",
            "    checks......: 98.21% ok\n    duration....: avg=84.12ms min=2.1ms\n    vus.........: 50  min=50",
            "psql (16.4)\nType \"help\" for help.",
            "PRETTY_NAME=\"Debian 12\"\nNAME=\"Debian\"\nVERSION_ID=\"12\"\nID=debian\nHOME_URL=\"https://www.debian.org/\"",
        ] {
            assert!(!marks(text).contains('c'), "{text}\n{}", marks(text));
        }
    }

    #[test]
    fn the_lists_are_sorted() {
        assert!(EVERYONES.is_sorted());
    }

    #[test]
    fn settings_in_columns_are_no_facts() {
        for text in [
            "\trows := ledger.Rows(a)\n\tnext := rows.Next(b)\n\tlast := rows.Last(c)\n\ttotal := last.Total()",
            "name:      quotes\nreplicas:  3\nimage:     acme/quotes\n  port:    8080",
            "const a = {\n  name:      'x',\n  total:     row.total,\n  other:     3,\n}",
            "LEDGER_NAME=\"a\"\nNODE_ENV=b\nLEDGER_ID=12\nLEDGER_URL=b",
        ] {
            assert!(marks(text).contains('c'), "{text}");
        }
    }
}
