//! One line by itself: code, perhaps code, or text that stays.

use super::{
    sentence,
    shape::{FEATURES, features},
    statement,
};

/// What a line is taken for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Verdict {
    /// Nothing but white space.
    Blank,
    /// Never code, whatever stands around it: a stack frame, a message, a listing, an outline.
    Firm,
    /// As firm, but for the code that it quotes: of an answer in JSON, or of what a result tells of an edit.
    Told,
    /// Words.
    Stay,
    /// Code if code stands right beside it.
    Weak,
    /// Code if code stands around it.
    Maybe,
    /// Code.
    Code,
}

/// What each feature of [`features`] adds to a line's score: a logistic regression, times 32, fitted to the lines of one
/// half of real transcripts and of the standard libraries of some languages (see `measure`).
static WEIGHTS: [i16; FEATURES] = [
    104, 45, 117, 105, 22, 0, 21, -2, -34, 43, 23, 53, 187, 120, 14, 16, 63, 23, 38, 21, 87, -73, -50, -45,
    19, -33, -74, -32, 28, -41, 23, -5, 18, -28, -18, -12, 6, 6, -1, 10, -13, 26, -47, 34, 13, 63, -11, 4,
    11, 2, 62, 33, 4, 7, -12, 12, 100, 12, -56, 3, 108, 71, 15, -68, -28, 51, 103, -107, -56, -37, -163, -73,
];

/// The score from which a line by itself is code. On the tuned half none of the agents' words outside fences reach it,
/// and 94 of 100 lines of files do.
const CODE: i32 = 40;

/// The score from which a line is rather code than not.
const MAYBE: i32 = -8;

/// The score up to which a line is words.
const WORDS: i32 = -48;

/// What a line that holds a placeholder or a pseudonym has to score more: it was looked at before, and stayed.
const SEEN: i32 = 80;

/// Bytes of a line that are looked at; what is longer is no sentence.
const LOOK: usize = 1024;

/// What a line without its end and its prefix is, looking at nothing else.
pub(super) fn judge(line: &[u8]) -> Verdict {
    let body = line.trim_ascii();
    if body.is_empty() {
        return Verdict::Blank;
    }
    if is_outline(body) || super::firm::is_firm(line) {
        return Verdict::Firm;
    }
    judge_loose(line)
}

/// As [`judge`], of a line that is known not to be firm.
pub(super) fn judge_loose(line: &[u8]) -> Verdict {
    let body = line.trim_ascii();
    if body.is_empty() {
        return Verdict::Blank;
    }
    if is_outline(body) {
        return Verdict::Firm;
    }
    if let Some(verdict) = statement::judge(body) {
        return verdict;
    }
    if line[0] == b'"' && sentence::is_quotation(line) {
        return Verdict::Stay;
    }
    let score = score(&line[..line.len().min(LOOK)]);
    let score = if score > WORDS && holds_tag(body) { score - SEEN } else { score };
    if score > WORDS && (sentence::is_one(body) || sentence::is_plain(body)) {
        return Verdict::Stay;
    }
    match score {
        MAYBE.. if is_bare(body) => Verdict::Weak,
        ..CODE if statement::is_variable(body) => Verdict::Maybe,
        // Letters alone, such as `do it`, are code only among code.
        CODE.. if body.iter().all(|b| b.is_ascii_alphabetic() || *b == b' ') => Verdict::Maybe,
        CODE.. => Verdict::Code,
        _ if is_sentence(body) => Verdict::Stay,
        MAYBE.. => Verdict::Maybe,
        WORDS.. => Verdict::Weak,
        _ => Verdict::Stay,
    }
}

/// Whether a line's letters alone say that it is code.
pub(super) fn is_plainly_code(line: &[u8]) -> bool {
    let body = line.trim_ascii();
    !is_sentence(body)
        && !sentence::is_one(body)
        && (score(&line[..line.len().min(LOOK)]) >= CODE || statement::judge(body) == Some(Verdict::Code))
}

/// One word without a mark, or a lone tag that HTML does not know: part of a list, or of a prompt's outline.
fn is_bare(body: &[u8]) -> bool {
    let word = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
    if body.strip_prefix(b"* ").unwrap_or(body).iter().all(word) {
        return true;
    }
    let Some(tag) = body.strip_prefix(b"<").and_then(|rest| rest.strip_suffix(b">")) else { return false };
    let name = tag.strip_prefix(b"/").unwrap_or(tag);
    name.iter().all(word) && !TAGS.iter().any(|known| known.as_bytes() == name)
}

/// Tags of HTML that stand alone on a line.
static TAGS: &[&str] = &[
    "html",
    "head",
    "body",
    "div",
    "span",
    "p",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "thead",
    "tbody",
    "form",
    "button",
    "label",
    "select",
    "script",
    "style",
    "section",
    "article",
    "nav",
    "main",
    "header",
    "footer",
    "template",
    "svg",
    "pre",
    "code",
    "h1",
    "h2",
    "h3",
    "dl",
    "dt",
    "dd",
    "fieldset",
    "figure",
    "dialog",
    "canvas",
    "video",
    "project",
    "dependency",
    "dependencies",
    "plugin",
    "configuration",
    "resources",
    "manifest",
    "application",
    "activity",
];

/// Whether a line starts with a capital, ends as a sentence or a heading does, and is words in between.
fn is_sentence(body: &[u8]) -> bool {
    let word = |b: &u8| {
        b.is_ascii_alphabetic() || matches!(b, b' ' | b',' | b'.' | b'\'' | b'-' | b':' | b'?' | b'!')
    };
    let plain = || body.iter().filter(|b| word(b)).count() * 10 >= body.len() * 9;
    let ends = matches!(body.last(), Some(b'.' | b':' | b'?' | b'!'));
    !body.is_empty()
        && body[0].is_ascii_uppercase()
        && ends
        && body.iter().filter(|b| **b == b' ').take(2).count() == 2
        && plain()
}

fn score(line: &[u8]) -> i32 {
    let features = features(line);
    features.iter().zip(&WEIGHTS).map(|(&feature, &weight)| i32::from(feature) * i32::from(weight)).sum()
}

/// Whether a line starts with what stands in the place of code.
pub(super) fn is_outline(line: &[u8]) -> bool {
    let body = line.trim_ascii_start();
    body.starts_with(b"[CODE ") || body.starts_with(b"[CODE]")
}

/// Whether a line holds a placeholder, or a word that ends in a tag: `user-7f3a9c`.
fn holds_tag(body: &[u8]) -> bool {
    memchr::memmem::find(body, b"[REDACTED:").is_some()
        || memchr::memchr_iter(b'-', body).any(|i| {
            let hex = body[i + 1..].iter().take_while(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')).count();
            let ends = !body.get(i + 1 + hex).is_some_and(u8::is_ascii_alphanumeric);
            hex == 6 && ends && i > 0 && body[i - 1].is_ascii_lowercase()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn all(lines: &[&str], wanted: &[Verdict]) {
        let wrong: Vec<_> =
            lines.iter().map(|l| (l, judge(l.as_bytes()))).filter(|(_, v)| !wanted.contains(v)).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn code_of_many_languages_is_code_or_perhaps() {
        all(
            &[
                "def settle_invoice(invoice, amount):",
                "    return total",
                "func (l *Ledger) Settle(ctx context.Context) error {",
                "pub fn settle(&mut self) -> Result<(), Error> {",
                "const [open, setOpen] = useState(false);",
                "public List<Invoice> findAll() {",
                "SELECT id, name FROM customers WHERE state = 'open';",
                "  <div className=\"ledger\">",
                "  \"name\": \"ledger-web\",",
                "export PATH=\"$HOME/bin:$PATH\"",
                "#include <stdio.h>",
                "}",
                "});",
                "    @Override",
                "items.each do |item|",
                "$total += $item->price;",
                "x = 1",
            ],
            &[Verdict::Code, Verdict::Maybe, Verdict::Weak],
        );
    }

    #[test]
    fn words_messages_and_listings_stay() {
        all(
            &[
                "Can you add a button to the ledger page?",
                "I'll fix the error in `src/ledger.rs:42` and run the tests.",
                "- Add the `settle_invoice()` function to `ledger.py`",
                "## Summary",
                "The bug is in `settle()`: it subtracts twice when the amount is zero.",
                "-rw-r--r--  1 ada  staff  1204 Jan 27 00:16 README.md",
                "uid=1001(ada) gid=1001(ada) groups=1001(ada),27(sudo)",
                "src/components/LedgerPage.tsx",
                "error[E0308]: mismatched types",
                "  --> src/main.rs:12:5",
                "test ledger::tests::settles ... ok",
                "TypeError: Cannot read properties of undefined (reading 'map')",
                "    at Object.<anonymous> (/srv/ledger/index.js:3:9)",
                "  File \"/srv/ledger/app.py\", line 12, in settle",
                "\tmodified:   src/main.rs",
                "2026-01-27T00:16:19Z INFO server started on port 8080",
                "main.go:12:2: undefined: settle",
                " 2 files changed, 12 insertions(+), 3 deletions(-)",
                "* main",
                "$ cargo test --lib ledger",
                "[CODE python 42 lines 7f3a9c]",
                "----------------------------",
                "<system-reminder>",
            ],
            &[Verdict::Stay, Verdict::Firm, Verdict::Weak],
        );
    }
}
