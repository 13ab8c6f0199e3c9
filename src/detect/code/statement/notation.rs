//! Statements of languages whose lines are few short words: proofs, circuits, programs of machines, searches in logs.

use super::super::line::Verdict;
use crate::detect::vocabulary;

/// What a line of one of these languages is. `body` is trimmed and not empty.
pub(super) fn judge(body: &[u8]) -> Option<Verdict> {
    match body[0] {
        b'A'..=b'Z' => Some(body)
            .filter(|body| may_prove(body))
            .and_then(proof)
            .or_else(|| machine(body))
            .or_else(|| block(body))
            .or_else(|| is_segment(body).then_some(Verdict::Code))
            .or_else(|| part(body)),
        b'.' => directive(body),
        b'a'..=b'z' | b'|' | b'`' => search(body).or_else(|| tactic(body)),
        b'-' | b'+' | b'{' => tactic(body.get(1..)?.trim_ascii_start()),
        _ => None,
    }
}

fn words(body: &[u8]) -> impl Iterator<Item = &[u8]> + Clone {
    body.split(|b| *b == b' ').filter(|word| !word.is_empty())
}

/// What a proof begins and ends with.
const CLAIMS: [&[u8]; 11] = [
    b"Lemma",
    b"Theorem",
    b"Corollary",
    b"Proposition",
    b"Fact",
    b"Definition",
    b"Fixpoint",
    b"CoFixpoint",
    b"Inductive",
    b"Instance",
    b"Example",
];

/// What blocks of ABAP end with.
const ENDS: [&[u8]; 9] = [
    b"ENDLOOP.",
    b"ENDIF.",
    b"ENDFORM.",
    b"ENDMETHOD.",
    b"ENDCASE.",
    b"ENDDO.",
    b"ENDTRY.",
    b"ENDCLASS.",
    b"ENDWHILE.",
];

/// Whether a line may be one of a proof, by its last byte or a sign.
fn may_prove(body: &[u8]) -> bool {
    let sign = |at: usize| matches!(body.get(at + 1), Some(b'=' | b' '));
    body.ends_with(b".") || memchr::memchr(b':', body).is_some_and(sign)
}

/// `Lemma kiln_idem : forall k, fire (fire k) = fire k.`, `Proof.`, `Qed.`
fn proof(body: &[u8]) -> Option<Verdict> {
    if matches!(body, b"Proof." | b"Qed." | b"Defined." | b"Admitted.") || ENDS.contains(&body) {
        return Some(Verdict::Code);
    }
    let has = |sign: &[u8]| memchr::memmem::find(body, sign).is_some();
    let claims = || words(body).next().is_some_and(|first| CLAIMS.contains(&first));
    let stated = || has(" : ".as_bytes()) && body.ends_with(b".") || has(b" := ") || has(b" : forall ");
    let proves = || {
        [&b"Proof. "[..], b"Require Import ", b"From Coq ", b"Open Scope "]
            .iter()
            .any(|head| body.starts_with(head))
    };
    (proves() && body.ends_with(b".") || claims() && stated()).then_some(Verdict::Code)
}

/// What steps of a proof begin with, that no sentence begins with.
const TACTICS: [&[u8]; 16] = [
    b"intros",
    b"intro",
    b"induction",
    b"destruct",
    b"inversion",
    b"reflexivity",
    b"simpl",
    b"unfold",
    b"rewrite",
    b"lia",
    b"omega",
    b"eauto",
    b"eapply",
    b"apply",
    b"auto",
    b"subst",
];

/// `intros b. induction b; simpl; auto.`: steps of a proof.
fn tactic(body: &[u8]) -> Option<Verdict> {
    let steps = body.strip_suffix(b".")?;
    let tactic = |step: &[u8]| {
        let first = words(step.trim_ascii()).next().unwrap_or_default();
        TACTICS.contains(&first)
    };
    let all = || steps.split(|b| matches!(b, b'.' | b';')).all(tactic);
    let spoken = |word: &[u8]| word.len() > 2 && vocabulary::has(word) && !TACTICS.contains(&word);
    if !all() || words(steps).any(spoken) {
        return None;
    }
    Some(if steps.contains(&b' ') { Verdict::Code } else { Verdict::Maybe })
}

/// Whether a line is a segment of a message between firms or hospitals: a tag, then fields and what parts them, some of them
/// empty or of several parts. `PID|1||7714^^^LAB`, `NAD+CN+++Zelmo KG+Lippe`, `NM1*IL*1*KAVINAS**~`.
pub(super) fn is_segment(body: &[u8]) -> bool {
    let head = &body[..body.len().min(4)];
    let Some(len) = head.iter().position(|b| matches!(b, b'|' | b'+' | b'*')) else { return false };
    // Tags of two letters are those of X12 alone, whose segments have an end.
    if len < 2 || len == 2 && !(head[len] == b'*' && body.ends_with(b"~")) {
        return false;
    }
    let (tag, sign) = (&body[..len], body[len]);
    let parts: &[u8] = match sign {
        b'|' => b"^",
        b'+' => b":",
        b'*' => b">~",
        _ => return false,
    };
    let tagged =
        tag[0].is_ascii_uppercase() && tag.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let fields = &body[len..];
    let many = || memchr::memchr_iter(sign, fields).count() > 2;
    let empty = || memchr::memmem::find(fields, &[sign, sign]).is_some() && many();
    tagged && fields.get(1) != Some(&b' ') && (empty() || fields.iter().any(|b| parts.contains(b)))
}

/// What lines of controllers begin and end with.
const BLOCKS: [(&[u8], &[u8]); 5] =
    [(b"IF ", b" THEN"), (b"ELSIF ", b" THEN"), (b"FOR ", b" DO"), (b"WHILE ", b" DO"), (b"CASE ", b" OF")];

/// `IF bReady AND NOT bFault THEN`: the head of a block of Structured Text.
fn block(body: &[u8]) -> Option<Verdict> {
    let fits = |(head, tail): &(&[u8], &[u8])| body.starts_with(head) && body.ends_with(tail);
    BLOCKS.iter().any(fits).then_some(Verdict::Code)
}

/// Letters of the words of a program for a machine tool.
const AXES: &[u8] = b"ABCDEFGHIJKLMNPQRSTUVWXYZ";

/// `G1 X12.5 Y-4 F150`, `M3 S12000`: letters, each with its number.
fn machine(body: &[u8]) -> Option<Verdict> {
    if !matches!(body, [b'G' | b'M' | b'N' | b'T', b'0'..=b'9', ..]) {
        return None;
    }
    let body = &body[..memchr::memchr2(b';', b'(', body).unwrap_or(body.len())];
    let word = |word: &[u8]| {
        let number = word.get(1..).unwrap_or_default();
        let number = number.strip_prefix(b"-").unwrap_or(number);
        AXES.contains(&word[0])
            && number.first().is_some_and(|b| b.is_ascii_digit() || *b == b'.')
            && number.iter().all(|b| b.is_ascii_digit() || *b == b'.')
    };
    let mut all = words(body).peekable();
    let first = *all.peek()?;
    if first.len() > 6 || !all.clone().all(word) {
        return None;
    }
    // A list of cells, of chips, of roads is none: `M1 M2 M3`.
    let moves = all.skip(1).any(|word| word[0] != first[0] || first[0] == b'G');
    Some(if moves { Verdict::Code } else { Verdict::Weak })
}

/// Names of what many circuits have, and words that everyone knows.
const NODES: [&[u8]; 12] =
    [b"in", b"out", b"vcc", b"vdd", b"gnd", b"vss", b"base", b"gate", b"drain", b"source", b"bias", b"vout"];

/// `R1 in out 4.7k`: a part of a circuit, its nodes and its value.
fn part(body: &[u8]) -> Option<Verdict> {
    if !body.iter().take(5).skip(1).any(u8::is_ascii_digit) {
        return None;
    }
    let mut parts = words(body);
    let (name, from, to, value) = (parts.next()?, parts.next()?, parts.next()?, parts.last()?);
    let node = |word: &[u8]| {
        word.iter().all(u8::is_ascii_alphanumeric)
            && (NODES.iter().any(|node| node.eq_ignore_ascii_case(word)) || !vocabulary::has(word))
    };
    let numbered = name.len() < 6 && name.iter().skip(1).any(u8::is_ascii_digit);
    if !numbered
        || !matches!(name[0], b'R' | b'C' | b'L' | b'V' | b'I' | b'D' | b'Q' | b'M' | b'X')
        || !node(from)
        || !node(to)
    {
        return None;
    }
    let digits = value.iter().take_while(|b| b.is_ascii_digit() || **b == b'.').count();
    let scaled = digits > 0
        && matches!(value[digits..].to_ascii_lowercase().as_slice(), [b'f' | b'p' | b'n' | b'u' | b'm' | b'k' | b'g' | b't', rest @ ..] if rest.len() < 4);
    match name[0] {
        b'R' | b'C' | b'L' if scaled => Some(Verdict::Code),
        _ => Some(Verdict::Weak),
    }
}

/// Directives of a simulator of circuits that need no more than their names, and those that have arguments.
const DIRECTIVES: [&[u8]; 14] = [
    b".ac",
    b".dc",
    b".tran",
    b".op",
    b".model",
    b".subckt",
    b".ends",
    b".param",
    b".meas",
    b".include",
    b".lib",
    b".step",
    b".nodeset",
    b".end",
];

/// `.tran 10u 5m`, `.end`
fn directive(body: &[u8]) -> Option<Verdict> {
    let first = words(body).next()?;
    let known = DIRECTIVES.iter().any(|name| name.eq_ignore_ascii_case(first));
    known.then_some(if first.len() < body.len() { Verdict::Code } else { Verdict::Maybe })
}

/// What a search in logs and tables does step by step, behind its bars.
const STEPS: [&[u8]; 24] = [
    b"bin",
    b"chart",
    b"count",
    b"dedup",
    b"eval",
    b"extend",
    b"fields",
    b"join",
    b"json",
    b"lookup",
    b"order",
    b"project",
    b"rare",
    b"rename",
    b"rex",
    b"search",
    b"spath",
    b"stats",
    b"summarize",
    b"timechart",
    b"top",
    b"transaction",
    b"where",
    b"tstats",
];

/// `index=kiln sourcetype=x | stats count by rig`, `Kiln | where rig == 3 | summarize count() by rig`: a search with steps
/// that no shell has.
fn search(body: &[u8]) -> Option<Verdict> {
    let steps = || {
        memchr::memmem::find_iter(body, b"| ").filter(|&at| {
            let word = &body[at + 2..];
            let len = word.iter().take_while(|b| b.is_ascii_lowercase()).count();
            word.get(len) == Some(&b' ') && STEPS.contains(&&word[..len])
        })
    };
    let from = [&b"index="[..], b"index ", b"source=", b"sourcetype=", b"search ", b"| "];
    let begins = || from.iter().any(|head| body.starts_with(head));
    // What only such a search says.
    let counts = || [&b" by "[..], b"=", b"("].iter().any(|sign| memchr::memmem::find(body, sign).is_some());
    (body.contains(&b'|')
        && !body.ends_with(b"|")
        && (begins() && steps().next().is_some() || steps().nth(1).is_some())
        && counts())
    .then_some(Verdict::Code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_few_words_are_told_by_their_form() {
        for code in [
            "Lemma kiln_idem : forall k, fire (fire k) = fire k.",
            "Definition glaze := 3.",
            "Proof.",
            "Qed.",
            "ENDLOOP.",
            "Proof. intros. unfold fire. lia. Qed.",
            "intros k. induction k; simpl; auto.",
            "G21 G90",
            "G1 X12.5 Y-4 F150",
            "M3 S12000 ; spindle",
            "R1 in out 4.7k",
            "C12 n3 0 220nF",
            ".tran 10u 5m",
            "IF fbKiln.bReady AND NOT bFault THEN",
            "WHILE nStep < 4 DO",
            "index=kiln sourcetype=oven:reset | stats count by rig_id",
            "kiln | where rig == 3 | summarize count() by rig",
        ] {
            assert_eq!(judge(code.as_bytes()), Some(Verdict::Code), "{code}");
        }
        for other in [
            "Lemma is a word.",
            "Example: the kiln is hot.",
            "Proof of concept.",
            "apply the patch.",
            "rewrite it to the new form.",
            "auto merge.",
            "L2 cache misses 40k",
            "R2 bucket has 3k",
            "Q3 grew by 40k",
            "M1 is fast",
            "A1 B2 C3",
            "cat x.log | sort | uniq -c",
            "ps aux | grep kiln",
            "IF it fails THEN what?",
            "jq '.a' x.json | search | where",
            "| where | count |",
            ".env is missing",
        ] {
            assert_ne!(judge(other.as_bytes()), Some(Verdict::Code), "{other}");
        }
    }

    #[test]
    fn segments_of_messages_are_told_from_rows() {
        for segment in [
            "MSH|^~\\&|LAB|KILN||20261126101501||ADT^A08|00441|P|2.5",
            "PID|1||7714^^^LAB||KAVINAS^ZELMO",
            "UNB+UNOC:3+4388000000015:14+4012345000023:14+261126:1014+KA00091827",
            "NAD+CN+++Zelmonts KG+Am Kavin 7+Zorbedo++59557+DE",
            "NM1*IL*1*KAVINAS*ZELMO****MI*77120934~",
            "N3*418 KAVIN HOLLOW RD~",
        ] {
            assert!(is_segment(segment.as_bytes()), "{segment}");
        }
        for other in [
            "PID|USER|CMD",
            "A|B",
            "CPU||GPU",
            "ABC + DEF: a sum",
            "TCP|UDP",
            "RAM*2",
            "C++",
            "N3*4 is",
            "++",
            "",
        ] {
            assert!(!is_segment(other.as_bytes()), "{other}");
        }
    }
}
