//! Files told by how they begin, of which single lines look like words or tables: scenarios, diagrams, tables of a
//! database's own, rows below names of columns, numbered lines.

use super::{
    line::{Verdict, is_plainly_code},
    page::Line,
    structure::{indent, is_open},
};

/// Takes for code what such files show. Looks at the first bytes of each line alone, unless one begins a form.
pub(super) fn read(text: &[u8], lines: &mut [Line]) {
    let mut at = 0;
    while at < lines.len() {
        let end = if lines[at].verdict == Verdict::Blank { None } else { one(text, lines, at) };
        at = end.unwrap_or(at + 1).max(at + 1);
    }
}

/// Takes the form that begins at line `at`; says where the text goes on.
fn one(text: &[u8], lines: &mut [Line], at: usize) -> Option<usize> {
    let first = lines[at].content(text).iter().find(|b| **b != b' ');
    let end = match first? {
        b'F' | b'S' | b'B' | b'R' => scenario(text, lines, at),
        b'@' => enclosed(text, lines, at),
        b'*' => rules(text, lines, at),
        b'g' | b'f' | b's' | b'c' | b'e' => diagram(text, lines, at),
        b'T' | b'V' | b'P' | b'M' => table(text, lines, at),
        b'0'..=b'9' => return numbered(text, lines, at),
        b'"' | b'_' | b'a'..=b'z' | b'A'..=b'Z' => None,
        _ => return None,
    };
    end.or_else(|| rows(text, lines, at))
}

/// Takes the filled lines `from..to` for code.
fn take(
    text: &[u8],
    lines: &mut [Line],
    (from, to): (usize, usize),
    language: &'static str,
) -> Option<usize> {
    for line in lines[from..to].iter_mut().filter(|line| line.verdict != Verdict::Told) {
        line.is_code(text, line.content, language);
    }
    Some(to)
}

/// How the lines of a scenario begin.
static STEPS: [&[u8]; 5] = [b"Given ", b"When ", b"Then ", b"And ", b"But "];

/// What stands above them.
static TITLES: [&[u8]; 6] =
    [b"Feature:", b"Scenario:", b"Scenario Outline:", b"Background:", b"Rule:", b"Examples:"];

/// `Scenario: …` with `Given …` below, of Gherkin: titles, steps, rows and what is indented between them.
fn scenario(text: &[u8], lines: &mut [Line], at: usize) -> Option<usize> {
    let begins = |body: &[u8], words: &[&[u8]]| words.iter().any(|word| body.starts_with(word));
    begins(lines[at].content(text).trim_ascii(), &TITLES).then_some(())?;
    let (mut steps, mut end) = (0, at);
    for (index, line) in lines.iter().enumerate().skip(at) {
        let body = line.content(text).trim_ascii();
        let step = begins(body, &STEPS);
        let row = body.starts_with(b"|") || body.starts_with(b"@") || body.starts_with(b"* ");
        let within = line.content(text).starts_with(b"  ");
        if !(body.is_empty() || step || row || within || begins(body, &TITLES)) {
            break;
        }
        steps += usize::from(step);
        end = if body.is_empty() { end } else { index + 1 };
    }
    (steps >= 2).then(|| take(text, lines, (at, end), "gherkin"))?
}

/// The most lines of one diagram.
const MAX_DIAGRAM: usize = 400;

/// `@startuml` to `@enduml`.
fn enclosed(text: &[u8], lines: &mut [Line], at: usize) -> Option<usize> {
    let word = lines[at].content(text).trim_ascii().strip_prefix(b"@start")?;
    let name = word.split(|b| *b == b' ').next().filter(|name| !name.is_empty())?;
    let ends = |line: &Line| line.content(text).trim_ascii().strip_prefix(b"@end") == Some(name);
    let end = lines[at..].iter().take(MAX_DIAGRAM).position(ends)?;
    take(text, lines, (at, at + end + 1), "plantuml")
}

/// `*filter` to `COMMIT`, as iptables saves its rules.
fn rules(text: &[u8], lines: &mut [Line], at: usize) -> Option<usize> {
    let table = lines[at].content(text).trim_ascii().strip_prefix(b"*")?;
    [&b"filter"[..], b"nat", b"mangle", b"raw", b"security"].contains(&table).then_some(())?;
    let ends = |line: &Line| line.content(text).trim_ascii() == b"COMMIT";
    let end = lines[at..].iter().take(MAX_DIAGRAM).position(ends)?;
    take(text, lines, (at, at + end + 1), "iptables")
}

/// What a diagram of Mermaid begins with.
static DIAGRAMS: [&[u8]; 6] =
    [b"sequenceDiagram", b"classDiagram", b"erDiagram", b"stateDiagram", b"stateDiagram-v2", b"gantt"];

/// `graph TD`, `sequenceDiagram`, and what is indented below.
fn diagram(text: &[u8], lines: &mut [Line], at: usize) -> Option<usize> {
    let body = lines[at].content(text).trim_ascii();
    let way = body.strip_prefix(b"graph ").or_else(|| body.strip_prefix(b"flowchart "));
    let drawn = way.is_some_and(|way| matches!(way, b"TD" | b"TB" | b"LR" | b"RL" | b"BT"));
    (drawn || DIAGRAMS.contains(&body)).then_some(())?;
    let below = |line: &&Line| line.content(text).starts_with(b"  ");
    let count = lines[at + 1..].iter().take_while(below).count();
    (count > 0).then(|| take(text, lines, (at, at + 1 + count), "mermaid"))?
}

/// What a database calls what it describes.
static KINDS: [&[u8]; 5] =
    [b"Table ", b"View ", b"Partitioned table ", b"Materialized view ", b"Foreign table "];

/// `Table "public.rows"` and its columns, up to an empty line, as psql describes it.
fn table(text: &[u8], lines: &mut [Line], at: usize) -> Option<usize> {
    let body = lines[at].content(text).trim_ascii();
    let named = KINDS.iter().find_map(|kind| body.strip_prefix(*kind))?;
    let quoted = named.starts_with(b"\"") && named.ends_with(b"\"") && !named.contains(&b' ');
    let columns = lines.get(at + 1).is_some_and(|line| line.content(text).contains(&b'|'));
    (quoted && columns).then_some(())?;
    let count = lines[at..].iter().take_while(|line| line.verdict != Verdict::Blank).count();
    // The heading of the columns stays.
    take(text, lines, (at, at + 1), "sql");
    take(text, lines, (at + 3.min(count), at + count), "sql")
}

/// Names of columns with commas between, and rows of as many cells below.
fn rows(text: &[u8], lines: &mut [Line], at: usize) -> Option<usize> {
    let cells = columns(lines[at].content(text).trim_ascii())?;
    let row = |line: &&Line| {
        matches!(
            line.verdict,
            Verdict::Code | Verdict::Maybe | Verdict::Weak | Verdict::Stay | Verdict::Blank
        ) && cell_count(line.content(text).trim_ascii()) == cells
    };
    let count = lines[at + 1..].iter().take_while(row).count();
    (count > 0).then(|| take(text, lines, (at, at + 1 + count), "csv"))?
}

/// How many names a line has, if it is names alone with commas between: three or more, one of them of two words.
fn columns(line: &[u8]) -> Option<usize> {
    let comma = memchr::memchr(b',', line)?;
    let name = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_' || *b == b'"';
    let plain = line[..comma].iter().all(name) && line.iter().all(|b| name(b) || *b == b',');
    let count = cell_count(line);
    let named = plain && count >= 3 && !line.starts_with(b",") && line.contains(&b'_');
    (named || is_titled(line, count)).then_some(count)
}

/// Whether a line has so many names of one or two words with no blank behind any comma: `Surname,Test 1,Test 2,Paid`.
fn is_titled(line: &[u8], count: usize) -> bool {
    let title = |cell: &[u8]| {
        (2..=24).contains(&cell.len())
            && cell[0].is_ascii_uppercase()
            && cell.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'_' | b'-' | b'.'))
    };
    count >= 4 && line.split(|b| *b == b',').all(title)
}

/// How many cells a row has: commas in quotes part none.
fn cell_count(line: &[u8]) -> usize {
    let mut quoted = false;
    let parts = line.iter().filter(|b| {
        quoted ^= **b == b'"';
        **b == b',' && !quoted
    });
    parts.count() + 1
}

/// The least lines that are numbered one after the other.
const LEAST: usize = 3;

/// `1. fn main() {`, `12  return rows`: lines of a file that count up, of which a third are code.
fn numbered(text: &[u8], lines: &mut [Line], at: usize) -> Option<usize> {
    let first = number(lines[at].bytes(text)).filter(|_| is_open(lines[at].verdict))?;
    let follows = |(index, line): (usize, &Line)| {
        is_open(line.verdict)
            && number(line.bytes(text))
                .is_some_and(|own| own.value == first.value + index && own.mark == first.mark)
    };
    let count = lines[at..].iter().enumerate().take_while(|&(index, line)| follows((index, line))).count();
    let content = |line: &Line| line.start + number(line.bytes(text)).map_or(0, |number| number.len);
    let shown = &lines[at..at + count];
    let code = shown.iter().filter(|line| is_plainly_code(&text[content(line)..line.end])).count();
    let filled = shown.iter().filter(|line| content(line) < line.end).count();
    if count < LEAST || code < 2 || code * 3 < filled {
        return Some(at + count);
    }
    for line in &mut lines[at..at + count] {
        let content = content(line);
        line.is_code(text, content, "");
    }
    Some(at + count)
}

/// A number at the start of a line, what follows it, and the length of both.
struct Number {
    value: usize,
    mark: u8,
    len: usize,
}

/// `12. ` and `12  `; a line of the file that is empty has a number alone.
fn number(line: &[u8]) -> Option<Number> {
    let lead = indent(line);
    let digits = line[lead..].iter().take_while(|b| b.is_ascii_digit()).count();
    if digits == 0 || digits > 6 || lead > 8 {
        return None;
    }
    let value = line[lead..lead + digits].iter().fold(0, |n, b| n * 10 + usize::from(b - b'0'));
    let at = lead + digits;
    let mark = match line[at..] {
        [b'.'] | [b'.', b' ', ..] => b'.',
        [b' ', b' ', ..] => b' ',
        _ => return None,
    };
    Some(Number { value, mark, len: (at + 2).min(line.len()) })
}

#[cfg(test)]
mod tests {
    use super::super::tests::marks;

    #[test]
    fn files_of_words_and_tables_are_told_by_how_they_begin() {
        for (text, wanted) in [
            (
                "It says this here:\n\nFeature: pay\n  Scenario: a row\n    Given a row\n    Then it is paid\n\nIs that so?",
                "..cccc..",
            ),
            ("Feature: this one is new\nThen I stopped.", ".."),
            ("@startuml\nLedger -> Rows : read\nnote right: again\n@enduml", "cccc"),
            ("graph TD\n  A[paid rows] --> B\n  B --> C\n\nso it is", "ccc.."),
            ("graph TD is what I want", "."),
            ("  Table \"public.rows\"\n Column | Type\n--------+-----\n id | text\n\nok", "c..c.."),
            ("id,row_total,paid\n1,20,yes\n2,\"a, b\",no\n\nthat is it", "ccc.."),
            ("apples,pears,plums", "."),
            ("Surname,Paid,Test 1,Test 2\nZorb,yes,1,2\nKavin,no,3,4\n\nso it is", "ccc.."),
            ("Red, Green, Blue, Black\nand, then, it, is", ".."),
            ("1. use std::fmt;\n2. \n3. fn settle(rows: &[Row]) {\n4.     rows.len();\n5. }", "c.ccc"),
            ("1. Run the tests\n2. Fix `settle()`\n3. Run them again", "..."),
        ] {
            assert_eq!(marks(text), wanted, "{text}");
        }
    }
}
