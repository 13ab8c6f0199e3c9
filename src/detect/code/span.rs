//! Statements in backquotes within prose: a line of code quoted in a sentence. Names, commands, flags, paths, versions,
//! settings and messages in backquotes stay.

use super::{
    firm,
    line::{Verdict, is_outline},
    mention,
    page::{Block, Line},
    sentence,
};

/// How long such a statement is, in bytes.
const LENGTH: std::ops::RangeInclusive<usize> = 6..=400;

/// Appends the statements in backquotes in the lines that stay.
pub(super) fn blocks(text: &[u8], lines: &[Line], out: &mut Vec<Block>) {
    if memchr::memchr3(b'`', b'(', b';', text).is_none() {
        return;
    }
    let words = |line: &&Line| matches!(line.verdict, Verdict::Stay | Verdict::Weak | Verdict::Maybe);
    for line in lines.iter().filter(words) {
        let bytes = line.content(text);
        if memchr::memchr(b'`', bytes).is_none() {
            let head = signature(bytes)
                .or_else(|| called(bytes))
                .or_else(|| behind_colon(bytes))
                .map(|(start, end)| vec![(line.content + start, line.content + end)]);
            out.extend(head.map(|spans| Block { lines: 1, spans, ..Block::default() }));
            continue;
        }
        let mut at = 0;
        while let Some((start, end, behind)) = next(bytes, at) {
            at = behind;
            if is_code(&bytes[start..end]) {
                let span = (line.content + start, line.content + end);
                out.push(Block { lines: 1, spans: vec![span], ..Block::default() });
            }
        }
    }
}

/// Whether a stretch that stands for itself is a statement, or an expression to match.
pub(super) fn is_code(body: &[u8]) -> bool {
    is_statement(body) || is_expression(body)
}

/// The next span of code in a line from byte `at` on: where what is in it starts and ends, and where the line goes on.
fn next(line: &[u8], at: usize) -> Option<(usize, usize, usize)> {
    let open = memchr::memchr(b'`', line.get(at..)?)? + at;
    let width = line[open..].iter().take_while(|b| **b == b'`').count();
    let start = open + width;
    let step = memchr::memmem::find(&line[start..], &line[open..start])?;
    Some((start, start + step, start + step + width))
}

/// Words that announce a function with its parameters.
static FUNCTIONS: [&[u8]; 4] = [b"fn ", b"def ", b"func ", b"function "];

/// Where a function's head stands in a sentence without quotes: `fn settle(rows: &[Row]) -> Result<u32, Fault>`.
fn signature(line: &[u8]) -> Option<(usize, usize)> {
    let open = memchr::memchr(b'(', line)?;
    let name = line[..open].iter().rev().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    let head = &line[..open - name];
    let word = FUNCTIONS.iter().find(|word| head.ends_with(word)).filter(|_| name > 0)?;
    let start = head.len() - word.len();
    let close = close_of(line, open)?;
    let takes = line[open + 1..close].iter().any(|b| b.is_ascii_alphanumeric());
    let apart = start == 0 || line[start - 1] == b' ';
    (takes && apart).then(|| (start, result_end(line, close + 1)))
}

/// Where the bracket at byte `open` closes on its line.
fn close_of(line: &[u8], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in line.iter().enumerate().skip(open) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(at),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Where a call stands in a sentence without quotes, if it takes a text or a member: `settle(row.total, 'a b')`.
fn called(line: &[u8]) -> Option<(usize, usize)> {
    let open = memchr::memchr(b'(', line)?;
    let part = |b: &&u8| b.is_ascii_alphanumeric() || matches!(**b, b'_' | b'.' | b':');
    let name = line[..open].iter().rev().take_while(part).count();
    let close = close_of(line, open).filter(|_| name > 2)?;
    let takes = &line[open + 1..close];
    let chain = &line[open - name..open];
    let root = chain.iter().position(|b| matches!(b, b'.' | b':')).map(|end| &chain[..end]);
    let text = takes.contains(&b'\'') && takes.contains(&b',') || takes.contains(&b'"');
    let apart = open == name || line[open - name - 1] == b' ';
    let own = !root.is_some_and(mention::is_of_library);
    (apart && text && own && !takes.contains(&b'`')).then_some((open - name, close + 1))
}

/// Where a statement or a call stands behind a colon in a sentence: `why does this throw: silo.fill(batch.weight) when …`
fn behind_colon(line: &[u8]) -> Option<(usize, usize)> {
    let colon = memchr::memmem::find(line, b": ").filter(|&at| line[..at].contains(&b' '))?;
    let start = colon + 2;
    let end = start + code_len(&line[start..]);
    let code = line[start..end].trim_ascii_end();
    let call = || {
        let open = memchr::memchr(b'(', code).filter(|&open| open > 0 && is_name(code[open - 1]))?;
        let root = code.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
        let chain = root > 2 && has_member(&code[..open]) && !mention::is_of_library(&code[..root]);
        let takes = code[open + 1..].iter().filter(|b| b.is_ascii_alphabetic()).count() > 2;
        let ends = code.ends_with(b")") || has_member(&code[open..]);
        (chain && takes && ends && !code.contains(&b',')).then_some(())
    };
    let signs = || code.iter().any(|b| matches!(b, b'(' | b'[' | b'='));
    (is_statement(code) && signs() || call().is_some()).then_some((start, start + code.len()))
}

/// How long what looks like code at the start of `text` is: up to a plain word outside brackets that is none of a statement's.
fn code_len(text: &[u8]) -> usize {
    let (mut depth, mut at, mut signs) = (0_usize, 0, false);
    for word in text.split(|b| *b == b' ') {
        let plain =
            word.iter().all(|b| b.is_ascii_alphabetic() || matches!(b, b',' | b'.' | b'?' | b'!' | b'\''));
        if depth == 0 && plain && !OPENS.contains(&word) && (signs || at > 0) {
            break;
        }
        signs |= !plain;
        for byte in word {
            match byte {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        at += word.len() + 1;
    }
    if signs { at.saturating_sub(1).min(text.len()) } else { 0 }
}

/// One past the type behind ` -> ` at byte `at`, or `at`.
fn result_end(line: &[u8], at: usize) -> usize {
    if !line[at..].starts_with(b" -> ") {
        return at;
    }
    let mut depth = 0_usize;
    for (end, byte) in line.iter().enumerate().skip(at + 4) {
        match byte {
            b'<' | b'(' | b'[' => depth += 1,
            b'>' | b')' | b']' => depth = depth.saturating_sub(1),
            b' ' | b'`' if depth == 0 => return end,
            _ => {}
        }
    }
    line.len()
}

/// Whether what stands in backquotes is a statement or an expression rather than a name, a command or a message.
pub(super) fn is_statement(span: &[u8]) -> bool {
    let body = span.trim_ascii();
    LENGTH.contains(&body.len())
        && body.contains(&b' ')
        && begins(body[0])
        && !is_outline(body)
        && has_form(body)
        && !is_command(body)
        && !firm::is_firm(body)
        && !sentence::is_one(body)
}

/// Whether what stands in backquotes is an expression to match: two of its signs, and a name among them.
pub(super) fn is_expression(span: &[u8]) -> bool {
    let body = span.trim_ascii();
    // What every such expression has one of.
    memchr::memchr3(b'\\', b'[', b'*', body).or_else(|| memchr::memchr(b'?', body)).is_some()
        && is_matcher(body)
}

/// Whether two signs of an expression to match stand in `body`.
fn is_matcher(body: &[u8]) -> bool {
    const SIGNS: [&[u8]; 9] = [b"\\d", b"\\w", b"\\s", b"\\b", b"(?", b"[^", b"[a-z", b".*", b"]+"];
    let ends = usize::from(body.starts_with(b"^")) + usize::from(body.ends_with(b"$"));
    let signs = SIGNS.iter().filter(|sign| memchr::memmem::find(body, sign).is_some()).count();
    let named = || body.split(|b| !b.is_ascii_alphabetic()).any(|word| word.len() >= 4);
    LENGTH.contains(&body.len()) && ends + signs >= 2 && signs > 0 && !is_outline(body) && named()
}

fn begins(first: u8) -> bool {
    first.is_ascii_alphabetic() || matches!(first, b'_' | b'(' | b'!' | b'*' | b'&' | b'@' | b'$')
}

/// Whether a span has what only code has: a binding, a comparison, the end of a statement, a word that begins one.
fn has_form(body: &[u8]) -> bool {
    let has = |sign: &[u8]| memchr::memmem::find(body, sign).is_some();
    let calls = || has_call(body);
    has(b" := ")
        || has(b" = ") && (calls() || assigns_member(body))
        || [&b" == "[..], b" != ", b" === ", b" !== ", b" <= ", b" >= ", b" += "].iter().any(|sign| has(sign))
            && (calls() || has_member(body))
        || has(b"=> ") && body.contains(&b'(')
        || body.ends_with(b";") && !has(b"; ")
        || (body.ends_with(b"{") || body.ends_with(b":") || calls()) && opens_statement(body)
}

/// Words that a statement begins with.
static OPENS: &[&[u8]] = &[
    b"return",
    b"if",
    b"elif",
    b"for",
    b"while",
    b"switch",
    b"match",
    b"func",
    b"fn",
    b"def",
    b"async",
    b"await",
    b"const",
    b"let",
    b"var",
    b"throw",
    b"raise",
    b"class",
    b"defer",
    b"yield",
    b"public",
    b"private",
    b"pub",
    b"static",
    b"assert",
    b"catch",
    b"except",
    b"with",
    b"impl",
    b"export",
    b"function",
];

fn opens_statement(body: &[u8]) -> bool {
    let word = body.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    body.get(word) == Some(&b' ') && OPENS.contains(&&body[..word])
}

/// Whether a name stands right before a bracket: `settle(`.
fn has_call(body: &[u8]) -> bool {
    memchr::memchr_iter(b'(', body)
        .any(|at| at > 0 && (body[at - 1].is_ascii_alphanumeric() || body[at - 1] == b'_'))
}

/// Whether a name's member is named: `row.total`, not `1.2` and not the end of a sentence.
fn has_member(body: &[u8]) -> bool {
    body.windows(3).any(|w| w[1] == b'.' && is_name(w[0]) && (w[2].is_ascii_alphabetic() || w[2] == b'_'))
        || memchr::memmem::find(body, b"->").is_some()
        || memchr::memmem::find(body, b"::").is_some()
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | b')' | b']')
}

/// Whether a member of something is what is assigned to: `this.total = 0`.
fn assigns_member(body: &[u8]) -> bool {
    let objects: [&[u8]; 4] = [b"this.", b"self.", b"const ", b"let "];
    objects.iter().any(|start| body.starts_with(start))
}

/// Whether a span is a command line: a program and one of its flags, a variable of the shell before a program.
fn is_command(body: &[u8]) -> bool {
    let program =
        body.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.')).count();
    let named = program > 0 && body.get(program) == Some(&b' ');
    let flag = |w: &[u8]| w[0] == b' ' && w[1] == b'-' && (w[2].is_ascii_alphabetic() || w[2] == b'-');
    let pipes =
        || [&b" | "[..], b" && ", b"$("].iter().any(|sign| memchr::memmem::find(body, sign).is_some());
    named && (body.windows(3).any(flag) || pipes() && !opens_statement(body) && !has_call(body))
}

#[cfg(test)]
mod tests {
    use super::{behind_colon, is_statement, signature};

    #[test]
    fn heads_of_functions_in_sentences_are_found() {
        for (line, head) in [
            (
                "change fn settle(rows: &[Row]) -> Result<u32, Fault> so that",
                Some("fn settle(rows: &[Row]) -> Result<u32, Fault>"),
            ),
            ("why does def settle(self, rows) fail?", Some("def settle(self, rows)")),
            ("the function settle() is slow (very)", None),
            ("the function (see below) is slow", None),
            ("my_fn settle(a) is slow", None),
        ] {
            let found = signature(line.as_bytes()).map(|(start, end)| &line[start..end]);
            assert_eq!(found, head, "{line}");
        }
    }

    #[test]
    fn code_behind_a_colon_is_found() {
        for (line, code) in [
            (
                "why does this throw: silo.fill(batch!.weight) when it is null?",
                Some("silo.fill(batch!.weight)"),
            ),
            ("what does this return: return rows.get(key)", Some("return rows.get(key)")),
            ("it fails here: if (!ready(row)) return 0; even at night", Some("if (!ready(row)) return 0;")),
            (
                "why does this panic: readings.last().unwrap().rpm when empty",
                Some("readings.last().unwrap().rpm"),
            ),
            ("convert: use SetEncodedRow; rename the flag", None),
            ("add it. Files: kiln_rows_test.go (14), kiln_test.go (2)", None),
            ("two ways: if the file exists (see main()) we read it", None),
            ("note that: console.log(value) is fine", None),
            ("the rule: settle() is called twice", None),
            ("error in step: cannot open the file (code 3)", None),
            ("for the record: it works", None),
        ] {
            let found = behind_colon(line.as_bytes()).map(|(start, end)| &line[start..end]);
            assert_eq!(found, code, "{line}");
        }
    }

    #[test]
    fn statements_are_told_from_all_else_in_backquotes() {
        for code in [
            "rows, err := db.Rows(ctx)",
            "total, _ := settle(...)",
            "invoice.Len() == 0",
            "cmd.Flags().Lookup(name).Value = \"\"",
            "const rows = await load(id)",
            "if err != nil {",
            "return total / count;",
            "rows.map((row) => row.total)",
            "self.total = 0",
            "raise LedgerError(\"no rows\")",
            "order->total >= limit",
            "for _, row := range rows",
            "def settle(rows):",
            "let total = rows.iter().sum();",
        ] {
            assert!(is_statement(code.as_bytes()), "{code}");
        }
        for other in [
            "settle",
            "go test ./... -run TestSettle",
            "npm run build -- --watch",
            "git log --format=\"%h == %s\"",
            "FOO=1 make",
            "retry = 3",
            "strict = true",
            "src/app/main.go",
            "requests == 2.31.0",
            "python >= 3.8",
            "error: expected `;`",
            "TypeError: total is not a function",
            "main.go:12: total != rows.Len()",
            "{\"total\": 1}",
            "\"total\": rows.total",
            "settle()",
            "rows.total",
            "Bearer <token>",
            "v1.2.3 -> v1.3.0",
            "docker compose up -d && make",
            "the total == the sum of it",
            "[CODE go 1 line 7f3a9c]",
            "fix: rounding of totals (again)",
            "feat(ledger): settle at night",
            "SELECT 1",
        ] {
            assert!(!is_statement(other.as_bytes()), "{other}");
        }
    }
}
