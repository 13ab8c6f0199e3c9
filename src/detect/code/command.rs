//! Commands: here-documents and scripts on the command line are code; programs, flags and paths stay.

use super::{definition, interpreter::Program, line::is_outline, page::Block, span, structure};
use crate::transcript::agent::language;

/// How deep commands in commands are followed: `bash -c 'python -c "…"'`.
const MAX_DEPTH: usize = 4;

/// Appends the code in the command `text[from..to]`.
pub(super) fn read(text: &[u8], from: usize, to: usize, depth: usize, out: &mut Vec<Block>) {
    let documents = Vec::new();
    let mut shell = Shell {
        text,
        to,
        depth,
        program: None,
        expects: false,
        documents,
        said: Said::default(),
        line: from,
    };
    let mut at = from;
    while at < to {
        at = shell.step(at, out);
    }
}

/// What the shell takes for the script where an outline stands without quotes.
const OUTLINE: &[u8] = b"[CODE";

/// Programs that print their words.
static PRINTERS: [&[u8]; 2] = [b"echo", b"printf"];

/// What `echo` or `printf` says, until it is known where it goes.
#[derive(Default)]
struct Said {
    /// Whether the words that come are said.
    open: bool,
    /// Whether the next word names the file that they go to.
    written: bool,
    /// The words in quotes, each `start..end`.
    words: Vec<(usize, usize)>,
}

/// A reader of one command.
struct Shell<'t> {
    text: &'t [u8],
    to: usize,
    depth: usize,
    /// The program of the simple command that is being read, and whether its name has been seen.
    program: Option<&'static Program>,
    /// Whether the next word is a script.
    expects: bool,
    /// The words that end the here-documents of this line, and where each command starts.
    documents: Vec<(usize, usize)>,
    /// What was printed in this pipe.
    said: Said,
    /// Where this line starts.
    line: usize,
}

impl Shell<'_> {
    /// Takes what starts at byte `at`; says where to go on.
    fn step(&mut self, at: usize, out: &mut Vec<Block>) -> usize {
        match self.text[at] {
            b' ' | b'\t' | b'\r' => at + 1,
            b'\\' if self.text.get(at + 1) == Some(&b'\n') => at + 2,
            b'\n' => self.line_break(at, out),
            b';' | b'&' | b'|' | b'(' | b')' | b'{' | b'}' | b'`' => {
                (self.program, self.expects) = (None, false);
                self.said.open = false;
                if self.text[at] != b'|' {
                    self.said = Said::default();
                }
                at + 1
            }
            b'#' => memchr::memchr(b'\n', &self.text[at..self.to]).map_or(self.to, |step| at + step),
            b'<' if self.text[at..self.to].starts_with(b"<<") && self.text.get(at + 2) != Some(&b'<') => {
                self.here(at)
            }
            b'>' => {
                self.said.written = !self.said.words.is_empty();
                at + 1
            }
            b'<' => at + 1,
            b'$' if self.text.get(at + 1) == Some(&b'(') => at + 2,
            _ => self.word(at, out),
        }
    }

    /// Remembers a here-document whose `<<` stands at byte `at`.
    fn here(&mut self, at: usize) -> usize {
        let line_end = memchr::memchr(b'\n', &self.text[at..self.to]).map_or(self.to, |step| at + step);
        match structure::here_document(&self.text[at..line_end]) {
            Some(word) => {
                let start = word.as_ptr() as usize - self.text.as_ptr() as usize;
                self.documents.push((start, start + word.len()));
                (start + word.len() + 1).min(line_end)
            }
            None => at + 2,
        }
    }

    /// The end of a line: here-documents come next.
    fn line_break(&mut self, at: usize, out: &mut Vec<Block>) -> usize {
        let head = (self.line, at);
        let mut next = at + 1;
        for (start, end) in std::mem::take(&mut self.documents) {
            next = self.document(next, (start, end), head, out);
        }
        (self.program, self.expects) = (None, false);
        self.said = Said::default();
        self.line = next;
        next
    }

    /// A here-document that starts at byte `from`; says where its last line ends.
    fn document(
        &self,
        from: usize,
        word: (usize, usize),
        head: (usize, usize),
        out: &mut Vec<Block>,
    ) -> usize {
        let word = &self.text[word.0..word.1];
        let mut at = from;
        let (end, next) = loop {
            if at >= self.to {
                break (self.to, self.to);
            }
            let line_end = memchr::memchr(b'\n', &self.text[at..self.to]).map_or(self.to, |step| at + step);
            if self.text[at..line_end].trim_ascii() == word {
                break (at.saturating_sub(1).max(from), line_end);
            }
            at = line_end + 1;
        };
        let head = &self.text[head.0..head.1];
        if from < end {
            self.document_body(head, from, end, out);
        }
        next.min(self.to)
    }

    /// What stands in a here-document: words of a commit or a pull request, a patch, or code.
    fn document_body(&self, head: &[u8], from: usize, end: usize, out: &mut Vec<Block>) {
        let has = |word: &str| memchr::memmem::find(head, word.as_bytes()).is_some();
        let body = &self.text[from..end];
        if PROSE_TAKERS.iter().any(|taker| has(taker)) {
            super::text_blocks(body, from, out);
        } else if body.starts_with(super::PATCH)
            || body.starts_with(b"diff --git ")
            || body.starts_with(b"--- ")
        {
            super::patch_blocks(body, from, "", out);
        } else {
            super::code_blocks(body, from, head_language(head), out);
        }
    }

    /// A word of the command that starts at byte `at`.
    fn word(&mut self, at: usize, out: &mut Vec<Block>) -> usize {
        let end = word_end(self.text, at, self.to);
        let (from, to) = unquoted(self.text, at, end);
        let word = &self.text[from..to];
        let flag = word.first() == Some(&b'-');
        if word.starts_with(super::PATCH) {
            super::patch_blocks(word, from, "", out);
        } else if self.said.written {
            if !flag {
                self.written(language::of_path(word), out);
            }
        } else if self.said.open {
            if from > at {
                self.said.words.push((from, to));
            }
        } else if std::mem::take(&mut self.expects) {
            self.script(from, to, out);
            // Programs without a language of their own take one script after the other: `-ex run -ex 'print a'`.
            self.program = self.program.filter(|program| program.language.is_empty());
        } else if from > at && self.is_statement(at, (from, to)) {
            self.block((from, to), "", out);
        } else if let Some(program) = self.program {
            self.argument(program, (from, to), flag, out);
        } else {
            let name = memchr::memrchr(b'/', word).map_or(word, |slash| &word[slash + 1..]);
            self.program = Program::called(word);
            self.expects = name == b"eval";
            self.said.open = PRINTERS.contains(&name);
            self.said.written = name == b"tee" && !self.said.words.is_empty();
        }
        end
    }

    /// Whether the word in quotes at `at`, whose bytes are `from..to`, is a statement of a language, whatever program takes it: not
    /// behind a flag for words, and not one of a shell.
    fn is_statement(&self, at: usize, (from, to): (usize, usize)) -> bool {
        if memchr::memchr3(b'(', b'=', b';', &self.text[from..to]).is_none() {
            return false;
        }
        const WORDS: [&[u8]; 8] =
            [b"-m", b"--message", b"--title", b"--body", b"-t", b"-b", b"--notes", b"--description"];
        let shell =
            self.program.is_some_and(|program| matches!(program.language, "bash" | "regex" | "jq" | "json"));
        let before = self.text[self.line..at].trim_ascii_end();
        let flag = before
            .iter()
            .rposition(|b| matches!(b, b' ' | b'\t'))
            .map_or(before, |blank| &before[blank + 1..]);
        !shell && !WORDS.contains(&flag) && span::is_statement(&self.text[from..to])
    }

    /// What was said goes to a file of that language.
    fn written(&mut self, language: &'static str, out: &mut Vec<Block>) {
        let words = std::mem::take(&mut self.said).words;
        if language::is_source(language) {
            words.into_iter().for_each(|(from, to)| self.block((from, to), language, out));
        }
    }

    /// A word after the name of a program that takes scripts.
    fn argument(
        &mut self,
        program: &'static Program,
        (from, to): (usize, usize),
        flag: bool,
        out: &mut Vec<Block>,
    ) {
        let word = &self.text[from..to];
        if program.flags.is_empty() {
            let quoted = from > 0 && matches!(self.text[from - 1], b'\'' | b'"');
            let calls = match program.language {
                "jq" => word.contains(&b'('),
                "regex" => searches_code(word),
                _ => true,
            };
            if !flag && quoted && calls {
                self.script(from, to, out);
            }
            return;
        }
        self.expects = program.flags.iter().any(|f| f.as_bytes() == word)
            || matches!(program.language, "perl" | "ruby") && ends_in_script(word);
        if let Some((_, flags)) = program.flags.iter().find_map(|f| {
            let rest = word.strip_prefix(f.as_bytes())?.strip_prefix(b"=")?;
            Some((f, rest.len()))
        }) {
            let (from, to) = unquoted(self.text, to - flags, to);
            self.script(from, to, out);
        }
    }

    /// A script in `from..to`.
    fn script(&self, from: usize, to: usize, out: &mut Vec<Block>) {
        let program = self.program.map_or("bash", |p| p.language);
        if program == "json" && !matches!(self.text[from..to].first(), Some(b'{' | b'[')) {
            return;
        }
        if program == "bash" && self.depth < MAX_DEPTH {
            read(self.text, from, to, self.depth + 1, out);
        } else {
            self.block((from, to), program, out);
        }
    }

    /// Code in that language in `from..to`.
    fn block(&self, (from, to): (usize, usize), language: &'static str, out: &mut Vec<Block>) {
        let body = &self.text[from..to];
        // A lone word names nothing: `-ex run`.
        let word = body.len() < 12 && body.iter().all(u8::is_ascii_alphabetic);
        if !word && has_name(body) && !is_outline(body) && body != OUTLINE {
            let lines = memchr::memchr_iter(b'\n', body).count() + 1;
            let mut names = Vec::new();
            definition::read(body, language, &mut names);
            out.push(Block { language, lines, spans: vec![(from, to)], names });
        }
    }
}

/// Whether an expression to search for is written as code is: `fn settle\(.*Row`, not `TODO|FIXME` or words of a message.
fn searches_code(word: &[u8]) -> bool {
    const ANNOUNCE: [&[u8]; 14] = [
        b"fn ",
        b"func ",
        b"def ",
        b"class ",
        b"struct ",
        b"enum ",
        b"interface ",
        b"trait ",
        b"impl ",
        b"type ",
        b"const ",
        b"function ",
        b"import ",
        b"async ",
    ];
    let starts = |part: &[u8]| {
        let bare = part.strip_prefix(b"^").unwrap_or(part);
        ANNOUNCE.iter().any(|start| bare.starts_with(start))
    };
    word.split(|b| matches!(b, b'|' | b'(')).any(starts)
}

/// Flags of one letter in one word, the last of which takes a script: `-lne`, `-i.bak` apart, `-0777pe`.
fn ends_in_script(word: &[u8]) -> bool {
    let Some(letters) = word.strip_prefix(b"-") else { return false };
    matches!(letters.last(), Some(b'e' | b'E')) && letters.iter().all(u8::is_ascii_alphanumeric)
}

/// Commands that take words from a here-document.
static PROSE_TAKERS: &[&str] = &[
    "git commit",
    "git tag",
    "git notes",
    "gh pr",
    "gh issue",
    "gh release",
    "gh api",
    "glab ",
    "hub ",
    "jj ",
    "MSG=",
    "BODY=",
];

/// The language of what a here-document is written to or run by.
fn head_language(head: &[u8]) -> &'static str {
    let mut found = "";
    for word in head.split(|b| matches!(b, b' ' | b'\t' | b'>' | b'|' | b';' | b'"' | b'\'' | b'&')) {
        let by_path = language::of_path(word);
        if let Some(program) = Program::called(word) {
            found = program.language;
        } else if word.contains(&b'.') && !by_path.is_empty() {
            found = by_path;
        }
    }
    found
}

/// Whether three letters stand in a row: `10,20p` names nothing.
fn has_name(body: &[u8]) -> bool {
    body.windows(3).any(|w| w.iter().all(u8::is_ascii_alphabetic))
}

/// One past the last byte of the word that starts at byte `at`, quotes within it taken whole.
pub(super) fn word_end(text: &[u8], at: usize, to: usize) -> usize {
    let mut i = at;
    while i < to {
        match text[i] {
            b'\\' => i = escaped_quote_end(text, i, to).unwrap_or(i + 2),
            b'[' if is_outline(&text[i..to]) => {
                i = memchr::memchr(b']', &text[i..to]).map_or(to, |step| i + step + 1)
            }
            b'\'' => i = memchr::memchr(b'\'', &text[i + 1..to]).map_or(to, |step| i + step + 2),
            b'"' => i = double_quote_end(text, i, to),
            b' ' | b'\t' | b'\n' | b'\r' | b';' | b'|' | b'&' | b'(' | b')' | b'<' | b'>' | b'`' => break,
            _ => i += 1,
        }
    }
    i.min(to).max(at + 1)
}

/// One past the escaped quote that closes the one at byte `at`, as in a command within a command: `\"select …\"`.
fn escaped_quote_end(text: &[u8], at: usize, to: usize) -> Option<usize> {
    let quote = text[at..to].get(..2).filter(|quote| matches!(quote[1], b'"' | b'\''))?;
    memchr::memmem::find(&text[at + 2..to], quote).map(|step| at + 2 + step + 2)
}

/// One past the quote that closes the one at byte `at`.
fn double_quote_end(text: &[u8], at: usize, to: usize) -> usize {
    let mut i = at + 1;
    while i < to {
        match text[i] {
            b'\\' => i += 2,
            b'"' => return i + 1,
            _ => i += 1,
        }
    }
    to
}

/// The bytes of the word `from..to` without the quotes around all of it.
pub(super) fn unquoted(text: &[u8], from: usize, to: usize) -> (usize, usize) {
    let from = if text[from..to].starts_with(b"$'") { from + 1 } else { from };
    if let Some(end) = escaped_quote_end(text, from, to).filter(|&end| end == to) {
        return (from + 2, end - 2);
    }
    let Some(&quote @ (b'\'' | b'"')) = text[..to].get(from) else { return (from, to) };
    let closed = to - from > 1 && text[to - 1] == quote;
    (from + 1, if closed { to - 1 } else { to })
}
