//! Statements of SQL in lines that programs write: `Hibernate: select r.id from rows r where r.total > ?`. What stands before
//! them stays.

/// How far from the start of a statement the words stand that make it one, in bytes.
const REACH: usize = 1024;

/// Words that stand before nouns in sentences, and that no column, table or variable is called.
const ARTICLES: [&[u8]; 22] = [
    b"a", b"an", b"another", b"any", b"each", b"every", b"from", b"how", b"in", b"it", b"my", b"one", b"our",
    b"some", b"that", b"the", b"these", b"this", b"those", b"what", b"which", b"your",
];

/// What is made, changed or dropped.
const OBJECTS: [&[u8]; 14] = [
    b"database",
    b"extension",
    b"function",
    b"index",
    b"policy",
    b"procedure",
    b"role",
    b"schema",
    b"sequence",
    b"table",
    b"trigger",
    b"type",
    b"user",
    b"view",
];

/// What may stand between a verb and its object.
const KINDS: [&[u8]; 10] = [
    b"concurrently",
    b"external",
    b"global",
    b"local",
    b"materialized",
    b"or",
    b"replace",
    b"temp",
    b"temporary",
    b"unique",
];

/// Where a statement starts in a line, if one does: at its start, or behind a sign or the name of what writes it.
pub(super) fn statement(line: &[u8]) -> Option<usize> {
    let is_free = |at: usize| at.checked_sub(1).is_none_or(|last| !line[last].is_ascii_alphanumeric());
    let may_be_verb = line.iter().enumerate().filter(|&(_, &byte)| FIRST_LETTERS[usize::from(byte)]);
    may_be_verb
        .map(|(at, _)| at)
        .filter(|&at| is_free(at) && is_verb(&line[at..]))
        .find(|&at| begins(&line[at..]) && may_start(&line[..at]))
}

/// How the verbs of statements begin.
const VERBS: [&[u8; 4]; 11] =
    [b"sele", b"inse", b"upda", b"dele", b"crea", b"alte", b"drop", b"with", b"repl", b"trun", b"merg"];

/// Which bytes verbs start with, small or not.
static FIRST_LETTERS: [bool; 256] = {
    let (mut first, mut verb) = ([false; 256], 0);
    while verb < VERBS.len() {
        first[VERBS[verb][0] as usize] = true;
        first[VERBS[verb][0].to_ascii_uppercase() as usize] = true;
        verb += 1;
    }
    first
};

/// Whether a verb of a statement begins so.
fn is_verb(rest: &[u8]) -> bool {
    let Some(four) = rest.first_chunk::<4>() else { return false };
    let small = u32::from_le_bytes(*four) | 0x2020_2020;
    VERBS.iter().any(|verb| u32::from_le_bytes(**verb) == small)
}

/// Whether a statement may start behind this: nothing, a sign, the name of what writes it, or what says that it is one.
fn may_start(before: &[u8]) -> bool {
    let text = before.trim_ascii_end();
    let Some(&last) = text.last() else { return true };
    let gap = before.len() - text.len();
    let name = text.rsplit(|b| *b == b' ').next().unwrap_or_default();
    let part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b':');
    let logger = || {
        let marked = name.iter().any(|b| matches!(b, b'.' | b':')) && name.iter().all(part);
        gap == 1 && (marked || is_one(name, &[b"query", b"statement", b"sql", b"executing", b"execute"]))
    };
    matches!(last, b':' | b')' | b']' | b'=' | b'>' | b'-' | b'|' | b'\'' | b'"' | b'`')
        && (gap > 0 || matches!(last, b'=' | b':' | b'\'' | b'"' | b'`'))
        || gap > 1 && last.is_ascii_alphanumeric()
        || logger()
}

/// Whether these bytes begin a statement.
fn begins(rest: &[u8]) -> bool {
    let text = Text { bytes: &rest[..rest.len().min(REACH)], shouts: rest[0].is_ascii_uppercase() };
    let Some((verb, at)) = text.keyword(0) else { return false };
    match verb.to_ascii_lowercase().as_slice() {
        b"select" => text.selects(at),
        b"insert" | b"merge" | b"replace" => text.phrase(at, &[b"into"]).is_some_and(|at| text.fills(at)),
        b"update" => text.updates(at),
        b"delete" => text.phrase(at, &[b"from"]).is_some_and(|at| text.deletes(at)),
        b"truncate" => text.phrase(at, &[b"table"]).is_some_and(|at| text.name(at).is_some()),
        b"create" | b"alter" | b"drop" => text.defines(at),
        b"with" => text.names_query(at),
        _ => false,
    }
}

/// What may be a statement.
struct Text<'t> {
    bytes: &'t [u8],
    /// Whether its words are in capitals; they all are, or none.
    shouts: bool,
}

impl<'t> Text<'t> {
    /// The word at byte `at`, all in the case of the statement, and where what follows it starts.
    fn keyword(&self, at: usize) -> Option<(&'t [u8], usize)> {
        let rest = &self.bytes[at..];
        let len = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let word = &rest[..len];
        let cased = word.iter().all(|b| b.is_ascii_uppercase() == self.shouts);
        let ends = rest.get(len).is_none_or(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'_' | b'-'));
        (len > 0 && cased && ends).then(|| (word, self.behind(at + len)))
    }

    /// Where what follows the blanks at byte `at` starts.
    fn behind(&self, at: usize) -> usize {
        at + self.bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count()
    }

    /// Where what follows these words starts, if they stand at byte `at`.
    fn phrase(&self, at: usize, words: &[&[u8]]) -> Option<usize> {
        words.iter().try_fold(at, |at, wanted| {
            self.keyword(at).filter(|(word, _)| word.eq_ignore_ascii_case(wanted)).map(|(_, next)| next)
        })
    }

    /// Where the next of these words stands, alone, from byte `at` on.
    fn find(&self, at: usize, word: &[u8]) -> Option<usize> {
        let spelled = if self.shouts { word.to_ascii_uppercase() } else { word.to_vec() };
        let alone = |&i: &usize| {
            let behind = self.bytes.get(i + word.len());
            self.bytes[i - 1].is_ascii_whitespace()
                && behind.is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'_')
        };
        let places = memchr::memmem::find_iter(&self.bytes[at..], &spelled);
        places.map(|i| at + i).find(|i| *i > at && alone(i))
    }

    /// The name at byte `at`, with its quotes and the schema before it, and where what follows it starts.
    fn name(&self, at: usize) -> Option<(&'t [u8], usize)> {
        let rest = &self.bytes[at..];
        let part = |b: &u8| {
            b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'"' | b'`' | b'[' | b']' | b'$' | b'#')
        };
        let len = rest.iter().take_while(|b| part(b)).count();
        let name = &rest[..len];
        let named = name.iter().any(u8::is_ascii_alphabetic) && !name.ends_with(b".");
        (named && !is_article(name)).then(|| (name, self.behind(at + len)))
    }

    /// Whether what is selected from byte `at` on is no sentence's.
    fn selects(&self, at: usize) -> bool {
        let Some(from) = self.find(at, b"from") else { return self.calls(at) };
        let list = self.bytes[at..from].trim_ascii();
        let table = self.behind(from + b"from".len());
        let query = self.bytes.get(table) == Some(&b'(');
        let Some((name, behind)) = self.name(table).or(query.then_some((b"", table))) else { return false };
        let items = list.split(|b| *b == b',').all(is_item);
        let signs =
            |text: &[u8]| text.iter().any(|b| matches!(b, b'*' | b'(' | b'_' | b'.' | b'"' | b'`' | b'='));
        let rest = &self.bytes[behind..];
        let clear = || {
            signs(list)
                || list.contains(&b',')
                || signs(name)
                || query
                || self.compares(behind)
                || rest == b";"
        };
        items && !list.is_empty() && (self.shouts || clear())
    }

    /// Whether a function is called or a number given alone, as in a look whether a server is there: `SELECT 1`,
    /// `SELECT pg_sleep(2)`.
    fn calls(&self, at: usize) -> bool {
        let rest = self.bytes[at..].trim_ascii_end();
        let rest = rest.strip_suffix(b";").unwrap_or(rest);
        let call = || {
            let name = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
            name > 2 && rest.get(name) == Some(&b'(') && rest.ends_with(b")")
        };
        self.shouts && call()
    }

    /// Whether rows are given to the table at byte `at`.
    fn fills(&self, at: usize) -> bool {
        let Some((_, behind)) = self.name(at) else { return false };
        let then = self.keyword(behind).map(|(word, _)| word.to_ascii_lowercase());
        self.bytes.get(behind) == Some(&b'(')
            || then
                .is_some_and(|word| matches!(&*word, b"values" | b"select" | b"default" | b"using" | b"set"))
    }

    /// Whether columns of the table at byte `at` are set.
    fn updates(&self, at: usize) -> bool {
        let Some((_, behind)) = self.name(at) else { return false };
        let Some(set) = self.find(at, b"set") else { return false };
        let column = self.name(self.behind(set + b"set".len()));
        set <= behind + 24 && column.is_some_and(|(_, then)| self.bytes.get(then) == Some(&b'='))
    }

    /// Whether rows of the table at byte `at` are deleted.
    fn deletes(&self, at: usize) -> bool {
        let Some((_, behind)) = self.name(at) else { return false };
        let rest = self.bytes[behind..].trim_ascii();
        let ends = rest.starts_with(b";") || rest.is_empty() && self.shouts;
        ends || self.shouts && self.phrase(behind, &[b"where"]).is_some() || self.compares(behind)
    }

    /// Whether rows are compared with something, from byte `at` on.
    fn compares(&self, at: usize) -> bool {
        let sign = |b: &u8| matches!(b, b'=' | b'<' | b'>' | b'?');
        let is = |place: usize| {
            let rest = &self.bytes[place + b"where".len()..];
            rest.iter().take(80).any(sign)
                || [&b" in ("[..], b" is null", b" like '"]
                    .iter()
                    .any(|w| memchr::memmem::find(&rest[..rest.len().min(80)], w).is_some())
        };
        self.find(at.saturating_sub(1), b"where").is_some_and(is)
    }

    /// Whether an object is made, changed or dropped whose kind stands at byte `at`.
    fn defines(&self, mut at: usize) -> bool {
        while let Some((_, next)) = self.keyword(at).filter(|(word, _)| is_one(word, &KINDS)) {
            at = next;
        }
        let Some((_, next)) = self.keyword(at).filter(|(word, _)| is_one(word, &OBJECTS)) else {
            return false;
        };
        let next = self
            .phrase(next, &[b"if", b"not", b"exists"])
            .or_else(|| self.phrase(next, &[b"if", b"exists"]))
            .unwrap_or(next);
        let Some((name, behind)) = self.name(next) else { return false };
        let then = self.bytes.get(behind);
        let word = self.keyword(behind).map(|(word, _)| word.to_ascii_lowercase());
        let goes_on = word.is_some_and(|word| {
            matches!(
                &*word,
                b"add" | b"as" | b"drop" | b"modify" | b"on" | b"rename" | b"cascade" | b"using" | b"enable"
            )
        });
        matches!(then, Some(b'(' | b';'))
            || goes_on
            || then.is_none() && (self.shouts || name.contains(&b'_'))
    }

    /// Whether a query is named at byte `at`: `WITH late AS (SELECT`.
    fn names_query(&self, at: usize) -> bool {
        let at = self.phrase(at, &[b"recursive"]).unwrap_or(at);
        let Some((_, behind)) = self.name(at) else { return false };
        self.phrase(behind, &[b"as"]).is_some_and(|open| self.bytes.get(open) == Some(&b'('))
    }
}

fn is_article(word: &[u8]) -> bool {
    is_one(word, &ARTICLES)
}

fn is_one(word: &[u8], words: &[&[u8]]) -> bool {
    words.iter().any(|one| word.eq_ignore_ascii_case(one))
}

/// Whether a column of what is selected is no part of a sentence.
fn is_item(item: &[u8]) -> bool {
    let mut words = item.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let Some(first) = words.next() else { return false };
    let count = 1 + words.clone().count();
    let named = words.any(|word| word.eq_ignore_ascii_case(b"as"));
    let special =
        item.iter().any(|b| matches!(b, b'(' | b')' | b'=' | b'*' | b'+' | b'|' | b'\'' | b'"' | b'`'));
    !is_article(first) && (count <= 2 || named || special)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_found_in_lines() {
        for line in [
            "Hibernate: «select q1_0.id from quotes q1_0 where q1_0.rate_id=?",
            "    «select q1_0.id, q1_0.rate from quotes q1_0",
            "LOG:  statement: «SELECT id, rate FROM quotes WHERE rate_id = 4",
            "(0.002) «SELECT \"quotes\".\"id\" FROM \"quotes\"; args=()",
            "sqlalchemy.engine.Engine «SELECT quotes.id AS quotes_id FROM quotes",
            "  Quote Load (0.4ms)  «SELECT `quotes`.* FROM `quotes` LIMIT 1",
            "DEBUG o.h.SQL - «insert into quotes (rate, id) values (?, ?)",
            "slow query (1203 ms): «update quotes set rate = rate + 1 where id in (1, 2)",
            "failed at: «delete from quotes where rate < 4",
            "ERROR 1064: near '«SELECT * FROM quotes",
            "-- «CREATE TABLE IF NOT EXISTS quotes (id INT)",
            "migrating: «alter table quotes add column rate int",
            "executing> «with late as (select id from quotes) select 1",
            "[query] «SELECT count(*) FROM quotes",
            "prisma:query «SELECT 1 AS one FROM quotes",
            "Executing query «SELECT id FROM quotes",
            "probe: «SELECT pg_sleep(2)",
            "sql=«drop table if exists quotes;",
        ] {
            let start = line.find('«').unwrap();
            let plain = line.replace('«', "");
            assert_eq!(statement(plain.as_bytes()), Some(start), "{line}");
        }
    }

    #[test]
    fn sentences_are_none() {
        for line in [
            "please select a file from the list (where you saved it)",
            "Select the rows from the table below.",
            "next: select one of the options from the menu. Then go on.",
            "note: update the docs set in the folder (see below)",
            "todo: delete from the list what is not used.",
            "- delete from it; then add",
            "hint: create table of contents (optional).",
            "You can drop in a view.",
            "- insert into the document (at the end)",
            "expected SELECT, INSERT or UPDATE.",
            "error: with this as (optional)",
            "I ran select and then from there (again).",
            "WITH care (please).",
            "- drop user data. It is gone",
            "select-none from (x)",
        ] {
            assert_eq!(statement(line.as_bytes()), None, "{line}");
        }
    }
}
