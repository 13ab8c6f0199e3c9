//! What Snakemake prints of a job: its rule and, indented below, its files, its threads, why it runs. It looks like the rule
//! in the workflow, of which the files stand in quotes.

use super::{
    line::Verdict,
    page::Line,
    structure::{indent, is_open},
};

/// The most lines of one job.
const MOST: usize = 60;

/// What is said of a job; sorted.
static SAID: [&[u8]; 15] = [
    b"affected files",
    b"benchmark",
    b"conda-env",
    b"error",
    b"input",
    b"jobid",
    b"log",
    b"message",
    b"output",
    b"priority",
    b"reason",
    b"resources",
    b"shell",
    b"threads",
    b"wildcards",
];

/// Takes what is said of jobs for what stays.
pub(super) fn read(text: &[u8], lines: &mut [Line]) {
    let mut at = 0;
    while at + 1 < lines.len() {
        at += 1;
        if !heads(lines[at - 1].bytes(text)) || !is_said(lines[at].bytes(text)) {
            continue;
        }
        let part = |line: &&Line| is_said(line.bytes(text)) || is_file(line.bytes(text));
        let count = lines[at..].iter().take(MOST).take_while(part).count();
        for line in lines[at - 1..at + count].iter_mut() {
            if is_open(line.verdict) || line.verdict == Verdict::Code {
                (line.verdict, line.content) = (Verdict::Firm, line.start);
            }
        }
        at += count;
    }
}

/// `rule settle:`, `Error in rule settle:`, `Missing input files for rule settle:`
fn heads(line: &[u8]) -> bool {
    let Some(head) = line.strip_suffix(b":") else { return false };
    indent(line) == 0
        && [&b"rule "[..], b"localrule ", b"checkpoint ", b"localcheckpoint "].iter().any(|kind| {
            memchr::memmem::rfind(head, kind)
                .is_some_and(|i| (i == 0 || head[i - 1] == b' ') && !head[i + kind.len()..].contains(&b' '))
        })
}

/// `    input: rows/a.fq, rows/b.fq`: a word for a part of a job and, without quotes, what it is.
fn is_said(line: &[u8]) -> bool {
    let body = line.trim_ascii();
    let Some(colon) = memchr::memchr(b':', body).filter(|_| indent(line) > 0) else { return false };
    let value = &body[colon + 1..];
    let shell = &body[..colon] == b"shell";
    SAID.contains(&&body[..colon])
        && !shell
        && (value.starts_with(b" ") || &body[..colon] == b"affected files")
        && !value.iter().any(|b| matches!(b, b'"' | b'\''))
}

/// A file on a line of its own, further in.
fn is_file(line: &[u8]) -> bool {
    let body = line.trim_ascii();
    indent(line) > 4
        && !body.is_empty()
        && !body.iter().any(|b| matches!(b, b' ' | b'"' | b'\'' | b'(' | b'='))
}

#[cfg(test)]
mod tests {
    use super::super::tests::marks;

    #[test]
    fn jobs_are_told_from_the_rules_of_a_workflow() {
        for (text, wanted) in [
            (
                "Error in rule settle:\n    jobid: 3\n    output: rows/a.fa\n    log: logs/a.log (check log file(s) for error details)\n",
                "....",
            ),
            (
                "Missing input files for rule settle:\n    output: rows/a.fa\n    affected files:\n        rows/a_R2.fq.gz\n",
                "....",
            ),
            (
                "rule settle:\n    input:\n        \"rows/{s}.fq\"\n    output:\n        \"rows/{s}.fa\"\n",
                "ccccc",
            ),
        ] {
            assert_eq!(marks(text.trim_end()), wanted, "{text}");
        }
    }
}
