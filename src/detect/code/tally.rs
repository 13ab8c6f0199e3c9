//! What programs say of what they did, in numbers and fixed words: summaries, banners, steps, questions.

use memchr::memmem::Finder;
use std::sync::LazyLock;

/// What summaries count.
static COUNTED: &[&[u8]] = &[
    b"passed",
    b"failed",
    b"skipped",
    b"pending",
    b"passing",
    b"failing",
    b"todo",
    b"ignored",
    b"error",
    b"errors",
    b"warning",
    b"warnings",
    b"problem",
    b"problems",
    b"issue",
    b"issues",
    b"hint",
    b"hints",
    b"tests",
    b"test",
    b"suites",
    b"suite",
    b"assertions",
    b"failures",
    b"failure",
    b"examples",
    b"specs",
    b"diagnostics",
    b"diagnostic",
    b"violations",
    b"offenses",
    b"seconds",
    b"unchanged",
    b"matches",
    b"total",
    b"matched",
    b"files",
    b"file",
    b"lines",
    b"bytes",
    b"packages",
    b"modules",
    b"ms",
];

/// Words of a summary.
const MOST: usize = 16;

/// `2 passed; 0 skipped; 1 failed.`, `found 1 error and 0 warnings in 1 file`: plain words, a number before something
/// that is counted.
pub(super) fn is_one(body: &[u8]) -> bool {
    let plain = |b: &u8| {
        b.is_ascii_alphanumeric()
            || matches!(b, b' ' | b'.' | b',' | b';' | b':' | b'%' | b'|' | b'-' | b'=' | b'*' | b'>')
    };
    if !body.iter().all(plain) || body.len() > 100 || !body.iter().any(u8::is_ascii_digit) {
        return false;
    }
    // A setting: `timeout: 3 seconds`.
    let first = body.split(|b| *b == b' ').next().unwrap_or_default();
    if first.ends_with(b":") && first[0].is_ascii_lowercase() {
        return false;
    }
    let (mut number, mut counts, mut words) = (false, false, 0);
    for word in body.split(|b| *b == b' ') {
        let word = word.trim_ascii();
        let bare =
            word.strip_suffix(b".").or_else(|| word.strip_suffix(b",")).or_else(|| word.strip_suffix(b";"));
        let bare = bare.unwrap_or(word);
        counts |= number && COUNTED.contains(&bare);
        number = word.first().is_some_and(u8::is_ascii_digit)
            && word.iter().all(|b| b.is_ascii_digit() || *b == b'.');
        words += usize::from(!word.is_empty());
    }
    counts && words <= MOST && !holds_code(body)
}

/// Whether an equals sign or a dot stands as it does in code: `a = 1`, `rows.total`.
fn holds_code(body: &[u8]) -> bool {
    body.windows(3).any(|w| {
        w == b" = "
            || matches!(w, [a, b'.' | b'=' | b':', b] if a.is_ascii_lowercase() && b.is_ascii_alphanumeric())
    })
}

/// `1:  7c1d2aa ! 1:  90bfe10 …` of a comparison of ranges, `+ 1 to create` of a plan, `1.42 ± 0.03 times faster than …`.
pub(super) fn is_counted_off(body: &[u8]) -> bool {
    let rest = body.strip_prefix(b"+ ").or_else(|| body.strip_prefix(b"- ")).unwrap_or(body);
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    let behind = &rest[digits..];
    (digits > 0 || body.starts_with(b"-:")) && is_range(behind.strip_prefix(b"-").unwrap_or(behind))
        || digits > 0 && is_planned(behind)
        || is_one(rest)
        || digits > 0 && is_comparison(behind)
}

/// ` ± 0.03 times faster than …`
fn is_comparison(behind: &[u8]) -> bool {
    static TIMES: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"er than "));
    let said: [&[u8]; 2] = [b" times fast", b" times slow"];
    TIMES.find_iter(behind).any(|at| said.iter().any(|said| behind[..at].ends_with(said)))
}

/// `:  7c1d2aa ! 1:  90bfe10 …`
fn is_range(rest: &[u8]) -> bool {
    let Some(rest) = rest.strip_prefix(b":  ") else { return false };
    let hash = rest.iter().take_while(|b| b.is_ascii_hexdigit() || **b == b'-').count();
    hash >= 7 && matches!(rest[hash..], [b' ', b'=' | b'!' | b'<' | b'>', b' ', ..])
}

/// ` to create`
fn is_planned(rest: &[u8]) -> bool {
    const PLANNED: [&[u8]; 9] = [
        b" to create",
        b" to update",
        b" to delete",
        b" to replace",
        b" to add",
        b" to change",
        b" to destroy",
        b" to import",
        b" unchanged",
    ];
    PLANNED.contains(&rest)
}

/// `==== FAILURES ====`, `____ test_a ____`: words between two rulers.
pub(super) fn is_banner(body: &[u8]) -> bool {
    let ruler = [body[0]; 4];
    body.len() > 10 && body.starts_with(&ruler) && body.ends_with(&ruler) && body.contains(&b' ')
}

/// `(1/2) Stage this hunk [y,n,q,a,d,e,?]? y`
pub(super) fn is_asked(body: &[u8]) -> bool {
    let counter = |b: &u8| b.is_ascii_digit() || *b == b'/';
    let len = body[1..].iter().take_while(|b| counter(b)).count();
    body[1..][..len].contains(&b'/')
        && body[1 + len..].starts_with(b") ")
        && body.get(len + 3).is_some_and(u8::is_ascii_uppercase)
}

/// `(1 row)`, `(12 rows)`, `(0 rows affected)`: how much a database gave.
pub(super) fn is_row_count(body: &[u8]) -> bool {
    let digits = body[1..].iter().take_while(|b| b.is_ascii_digit()).count();
    digits > 0 && matches!(&body[1 + digits..], b" row)" | b" rows)" | b" row affected)" | b" rows affected)")
}

/// `[doctest] doctest version is "2.4.11"`: the name of a program or a level, and words.
pub(super) fn is_tagged(body: &[u8]) -> bool {
    let name = body[1..].iter().take_while(|b| b.is_ascii_alphabetic() || **b == b'-').count();
    let Some(words) = body[1 + name..].strip_prefix(b"] ").filter(|_| name >= 3) else { return false };
    let code = |b: &u8| matches!(b, b'(' | b'{' | b'}' | b';' | b'<' | b'$' | b'=' | b'[');
    let mut parts = words.split(|b| *b == b' ');
    let word = |part: &[u8]| {
        let part = part.strip_suffix(b":").unwrap_or(part);
        part.len() > 1 && part.iter().all(u8::is_ascii_alphabetic)
    };
    parts.next().is_some_and(word) && parts.next().is_some_and(word) && !words.iter().any(code)
}

/// `info: Microsoft.Hosting.Lifetime[14]`: a level of a log of .NET, who speaks, and a number.
pub(super) fn is_level(body: &[u8]) -> bool {
    const LEVELS: [&[u8]; 6] = [b"trce: ", b"dbug: ", b"info: ", b"warn: ", b"fail: ", b"crit: "];
    let Some(name) = body.strip_suffix(b"]").filter(|_| LEVELS.iter().any(|level| body.starts_with(level)))
    else {
        return false;
    };
    let digits = name.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    digits > 0 && name[..name.len() - digits].ends_with(b"[") && !body[6..].contains(&b' ')
}

/// `[4417:0x5581c3e0]    45012 ms: Mark-sweep …`: what V8 says of its memory.
pub(super) fn is_collection(body: &[u8]) -> bool {
    let digits = body[1..].iter().take_while(|b| b.is_ascii_digit()).count();
    digits > 0 && body[1 + digits..].starts_with(b":0x") && memchr::memmem::find(body, b" ms: ").is_some()
}

/// `<int>: 3`, `<bool>: true`, as Gomega shows what it compares: a number or a fixed word.
pub(super) fn is_typed(body: &[u8]) -> bool {
    let name = body[1..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    let Some(value) = body[1 + name..].strip_prefix(b">: ").filter(|_| name > 0) else { return false };
    matches!(value, b"true" | b"false" | b"nil")
        || value.iter().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-'))
}

/// `# tests 12`, `# fail 1`: the end of what a test runner says in TAP.
pub(super) fn is_tap(line: &[u8]) -> bool {
    const WORDS: [&[u8]; 8] =
        [b"tests", b"suites", b"pass", b"fail", b"cancelled", b"skipped", b"todo", b"duration_ms"];
    let Some(rest) = line.strip_prefix(b"# ") else { return false };
    let mut words = rest.trim_ascii_end().split(|b| *b == b' ');
    let (name, count) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let number = !count.is_empty() && count.iter().all(|b| b.is_ascii_digit() || *b == b'.');
    number && words.next().is_none() && WORDS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_are_told_from_code() {
        for words in [
            "1 failed, 8 passed in 0.41s",
            "2 passed; 0 skipped; 1 failed.",
            "svelte-check found 1 error and 0 warnings in 1 file",
            "Found 3 issues.",
        ] {
            assert!(is_one(words.as_bytes()), "{words}");
        }
        for code in
            ["total = 3 tests", "rows.count 3 tests", "return 3", "case 4 error: x=3", "if n == 0 errors"]
        {
            assert!(!is_one(code.as_bytes()) || code.starts_with("if"), "{code}");
        }
        assert!(is_tagged(b"[nodemon] restarting due to changes"));
        for code in [
            "[a] + [b]",
            "[rows] = settle pays x",
            "[head tail] foo bar",
            "[INFO] x y",
            "[Fact] public void Pays()",
        ] {
            assert!(!is_tagged(code.as_bytes()), "{code}");
        }
        assert!(is_counted_off("1.42 ± 0.03 times faster than ./settle".as_bytes()));
        assert!(
            is_counted_off(b"12.10 times slower than ./settle")
                && !is_counted_off(b"3 rows are newer than it")
        );
        assert!(is_banner(b"==== FAILURES ====") && !is_banner(b"==========") && !is_banner(b"==== a"));
    }
}
