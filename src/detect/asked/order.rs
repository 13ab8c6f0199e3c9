//! Questions in talk where no record names the one before it: the answer is what a person says next.

use super::{Asked, talk};
use crate::transcript::{agent::Fields, json::Kind, text::Field, tree::Tree};
use memchr::memmem;

/// How much of a record is looked at for who speaks, in bytes.
const HEAD: usize = 768;

/// The longest record that asks or answers, in bytes; a document of many messages may be longer.
const LONGEST: usize = 16 << 10;

/// How far behind a question its answer may begin, in bytes: notes of the client stand between, or the question once more.
pub(in crate::detect) const NEAR: u64 = 16 << 10;

/// How many objects around a text may say who speaks, and how many members of each are looked at.
const AROUND: usize = 4;
const MEMBERS: usize = 16;

/// How records say that an agent or a person speaks.
const AGENTS: [&[u8]; 7] =
    [b"assistant", b"assistant.message", b"agent", b"agent_message", b"ai", b"gemini", b"model"];
const PERSONS: [&[u8]; 5] = [b"user", b"user.message", b"user_message", b"human", b"turn.prompt"];

/// Names of members that hold who speaks.
const SPEAKERS: [&[u8]; 4] = [b"role", b"type", b"from", b"sender"];

/// Names of members that hold what is said.
const WORDS: [&[u8]; 3] = [b"\"text\":", b"\"content\":", b"\"message\":"];

/// Whether one of `speakers` speaks in a raw record, as its first bytes say.
fn speaks(record: &[u8], speakers: &[&[u8]]) -> bool {
    let head = &record[..record.len().min(HEAD)];
    SPEAKERS.iter().any(|key| {
        memmem::find_iter(head, key).any(|at| {
            let rest = head[at + key.len()..].strip_prefix(b"\":").unwrap_or_default().trim_ascii_start();
            let Some(rest) = rest.strip_prefix(b"\"") else { return false };
            memchr::memchr(b'"', rest).is_some_and(|end| speakers.contains(&&rest[..end]))
        })
    })
}

/// What a person says begins with in a transcript that is a page.
const HEADING: &[u8] = b"#### ";

/// Whether a record is lines of a page and no JSON.
fn is_page(record: &[u8]) -> bool {
    !matches!(record.first(), None | Some(b'{' | b'[' | b' ' | b'\t' | b'>' | b'#'))
}

/// What a raw record asks for in which an agent speaks.
pub(super) fn asked(record: &[u8]) -> Option<Asked> {
    if is_page(record) && record.len() <= LONGEST {
        let text = record.trim_ascii_end();
        return talk::question(&text[text.len().saturating_sub(talk::END)..]).map(Asked::only);
    }
    if record.len() > LONGEST || !speaks(record, &AGENTS) {
        return None;
    }
    let ask = WORDS.iter().find_map(|key| {
        let at = memmem::find(record, key)? + key.len();
        let start = at + usize::from(record.get(at) == Some(&b' '));
        (record.get(start) == Some(&b'"')).then_some(())?;
        talk::question(talk::end_of_text(record, start + 1)?)
    })?;
    Some(Asked::only(ask))
}

/// Whether a raw record holds many messages.
pub(super) fn is_dialogue(record: &[u8]) -> bool {
    let head = &record[..record.len().min(HEAD)];
    let holds = |part: &[u8]| memmem::find(head, part).is_some();
    holds(b"\"messages\"") || holds(b"\"history\"") || head.starts_with(b"[") && holds(b"\"role\"")
}

/// Whether a person speaks in a raw record.
pub(in crate::detect) fn is_said(record: &[u8]) -> bool {
    record.len() <= LONGEST && (record.starts_with(HEADING) || speaks(record, &PERSONS))
}

/// The texts of a document in which a person answers what an agent asked for right before, with what that was.
pub(in crate::detect) fn dialogue(record: &[u8], tree: &Tree, fields: &Fields) -> Vec<(usize, Asked)> {
    let bytes = |index: usize| tree.tokens()[index].bytes(record);
    let (mut open, mut found): (Option<Asked>, Vec<_>) = (None, Vec::new());
    for index in (0..tree.tokens().len()).filter(|&index| tree.tokens()[index].kind == Kind::String) {
        let said = tree.key(index).is_some_and(|key| is_message(bytes(key)));
        let text = bytes(index);
        match said.then(|| speaker(record, tree, index)).flatten() {
            Some(true) => {
                let end = talk::trimmed(&text[text.len().saturating_sub(talk::END)..]);
                open = talk::question(end).map(Asked::only);
            }
            Some(false) if fields.get(index) != Field::Structural => {
                found.extend(open.map(|asked| (index, asked)));
            }
            _ => {}
        }
    }
    found
}

/// Whether a member of that name holds what is said.
pub(super) fn is_message(key: &[u8]) -> bool {
    matches!(key, b"content" | b"message" | b"text")
}

/// Whether an agent rather than a person says the text `index`, if one of them does.
fn speaker(record: &[u8], tree: &Tree, index: usize) -> Option<bool> {
    let bytes = |index: usize| tree.tokens()[index].bytes(record);
    let holders = std::iter::successors(tree.parent(index), |&holder| tree.parent(holder));
    let objects = holders.filter(|&holder| tree.tokens()[holder].kind == Kind::ObjectStart);
    objects.take(AROUND).find_map(|object| {
        tree.children(object).take(MEMBERS).find_map(|member| {
            tree.key(member).filter(|key| SPEAKERS.contains(&bytes(*key)))?;
            let who = bytes(member);
            AGENTS.contains(&who).then_some(true).or_else(|| PERSONS.contains(&who).then_some(false))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_who_asks_and_who_answers() {
        for asks in [
            r#"{"type":"response_item","payload":{"type":"message","role":"assistant","content":[{"type":"output_text","text":"What is the db password?"}]}}"#,
            r#"{"role": "assistant", "content": "Which API token should I use?"}"#,
            r#"{"type":"event_msg","payload":{"type":"agent_message","message":"Please paste the root password."}}"#,
            r#"{"id":"1","type":"gemini","content":"What is the root password?"}"#,
            "I have to log in. What is the db password?\n",
        ] {
            assert!(asked(asks.as_bytes()).is_some(), "{asks}");
            assert!(!is_said(asks.as_bytes()), "{asks}");
        }
        assert!(is_said(b"#### otter7Piston") && asked(b"#### What is the db password?").is_none());
        assert!(asked(b"> What is the db password?").is_none() && !is_said(b"otter7Piston"));
        for said in [
            r#"{"type":"response_item","payload":{"type":"message","role":"user","content":[{"type":"input_text","text":"What is the db password?"}]}}"#,
            r#"{"type":"event_msg","payload":{"type":"user_message","message":"otter7Piston"}}"#,
        ] {
            assert!(asked(said.as_bytes()).is_none(), "{said}");
            assert!(is_said(said.as_bytes()), "{said}");
        }
    }

    #[test]
    fn finds_the_answers_of_a_document() {
        let record = br#"{"sessionId":"a","messages":[{"type":"user","content":"go"},{"type":"gemini","content":"What is the root password?"},{"type":"info","content":"x"},{"type":"user","content":"otter7Piston"},{"type":"gemini","content":"Thanks."},{"type":"user","content":"and now?"}]}"#;
        let (mut tree, mut fields) = (Tree::default(), Fields::default());
        tree.read(record).unwrap();
        fields.read(record, &tree);
        let found = dialogue(record, &tree, &fields);
        let texts: Vec<_> = found.iter().map(|(index, _)| tree.tokens()[*index].bytes(record)).collect();
        assert_eq!(texts, [b"otter7Piston"]);
        assert!(is_dialogue(record));
    }
}
