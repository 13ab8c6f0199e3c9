//! JSON within JSON, and messages in arrays, each taken for what it is.
//!
//! The report in an archive of `/feedback` (2.1.330) is `{"content": "…"}`: a text that is JSON, in which `transcript` is an
//! array of the session's records and `rawTranscriptJsonl` a text of JSON lines. What a record's members mean is known of
//! records only, so each is looked at as one, alone.

use crate::transcript::{
    json::{Kind, Token},
    tree::Tree,
};
use serde_json::Value;

/// What looks at a text and gives what is to stand there.
pub(super) type Look<'l, E> = &'l mut dyn FnMut(&[u8]) -> Result<Vec<u8>, E>;

/// The document with each of its parts replaced by what `look` gives for it; the same bytes if none changes. What is no
/// single JSON document, and a record, is looked at as it is.
///
/// # Errors
/// What `look` says.
pub(super) fn each<E>(document: &[u8], look: Look<'_, E>) -> Result<Vec<u8>, E> {
    let Some(mut frame) = container(document).filter(|frame| !is_record(frame)) else {
        return look(document);
    };
    let mut changed = false;
    let mut inner = Vec::new();
    take_out(&mut frame, &mut inner);
    let mut new = Vec::with_capacity(inner.len());
    for part in inner {
        let looked = part.looked_at(look)?;
        changed |= looked != part;
        new.push(looked);
    }
    let before = frame.to_string();
    let after = look(before.as_bytes())?;
    changed |= after != before.as_bytes();
    // Redaction keeps the structure of JSON; where it gave something else, that stands alone.
    let Ok(mut frame) = serde_json::from_slice(&after) else { return Ok(after) };
    put_back(&mut frame, &mut new.into_iter());
    if !changed {
        return Ok(document.to_vec());
    }
    let end = &document[document.trim_ascii_end().len()..];
    Ok([frame.to_string().as_bytes(), end].concat())
}

/// What was taken out of a document.
#[derive(PartialEq)]
enum Part {
    /// A text that is a document itself.
    Document(String),
    /// A text of JSON lines.
    Lines(String),
    /// An array of records, one a line.
    Rows(Vec<u8>),
}

impl Part {
    fn of(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) if container(text.as_bytes()).is_some() => Some(Self::Document(text.clone())),
            Value::String(text) if is_lines(text) => Some(Self::Lines(text.clone())),
            Value::Array(items) if items.iter().any(is_record) => {
                let rows = items.iter().flat_map(|item| [item.to_string(), "\n".to_owned()]);
                Some(Self::Rows(rows.collect::<String>().into_bytes()))
            }
            _ => None,
        }
    }

    fn looked_at<E>(&self, look: Look<'_, E>) -> Result<Self, E> {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Ok(match self {
            Self::Document(document) => Self::Document(text(each(document.as_bytes(), look)?)),
            Self::Lines(lines) => Self::Lines(text(look(lines.as_bytes())?)),
            Self::Rows(rows) => Self::Rows(look(rows)?),
        })
    }

    fn into_value(self) -> Value {
        let row = |row: &[u8]| -> Value {
            serde_json::from_slice(row).unwrap_or_else(|_| String::from_utf8_lossy(row).into_owned().into())
        };
        match self {
            Self::Document(text) | Self::Lines(text) => text.into(),
            Self::Rows(rows) => {
                rows.split(|b| *b == b'\n').filter(|line| !line.is_empty()).map(row).collect()
            }
        }
    }
}

/// The document, if it is an object or an array of which nothing is lost when it is read.
fn container(bytes: &[u8]) -> Option<Value> {
    let begins = bytes.trim_ascii_start().first().is_some_and(|b| matches!(b, b'{' | b'['));
    let value = if begins { serde_json::from_slice::<Value>(bytes).ok()? } else { return None };
    is_whole(bytes, &value).then_some(value)
}

/// Whether all of the document is in `value`: of members with one name only the last is, of long numbers not each digit.
fn is_whole(document: &[u8], value: &Value) -> bool {
    let read = value.to_string();
    let (mut before, mut after) = (Tree::default(), Tree::default());
    if before.read(document).is_err() || after.read(read.as_bytes()).is_err() {
        return false;
    }
    let same = |(one, other): (&Token, &Token)| {
        one.kind == other.kind
            && (one.kind != Kind::Number || one.bytes(document) == other.bytes(read.as_bytes()))
    };
    before.tokens().len() == after.tokens().len() && before.tokens().iter().zip(after.tokens()).all(same)
}

fn is_lines(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).peekable();
    lines.peek().is_some() && lines.all(|line| line.starts_with('{') && container(line.as_bytes()).is_some())
}

/// Whether this is a message, or a record of a session.
fn is_record(value: &Value) -> bool {
    value.get("message").is_some() || value.get("role").is_some() || value.get("uuid").is_some()
}

/// Takes out what is looked at alone, in order, and leaves `null` there.
fn take_out(value: &mut Value, out: &mut Vec<Part>) {
    if let Some(part) = Part::of(value) {
        out.push(part);
        *value = Value::Null;
        return;
    }
    // What was null before goes the same way and comes back, so that each place counts.
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| take_out(item, out)),
        Value::Object(members) => members.values_mut().for_each(|member| take_out(member, out)),
        Value::Null => out.push(Part::Document("null".to_owned())),
        _ => {}
    }
}

/// Puts parts where `null` stands, in order.
fn put_back(value: &mut Value, parts: &mut impl Iterator<Item = Part>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| put_back(item, parts)),
        Value::Object(members) => members.values_mut().for_each(|member| put_back(member, parts)),
        Value::Null => match parts.next() {
            Some(Part::Document(text)) if text == "null" => {}
            part => *value = part.map_or(Value::Null, Part::into_value),
        },
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Takes the value of `branch` only where a line is a record; notes what it was shown.
    fn looked(document: &str) -> (String, Vec<String>) {
        let mut shown = Vec::new();
        let new = each::<()>(document.as_bytes(), &mut |bytes| {
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            shown.push(text.clone());
            Ok(text.replace("\"branch\":\"secret\"", "\"branch\":\"[R]\"").into_bytes())
        });
        (String::from_utf8(new.unwrap()).unwrap(), shown)
    }

    #[test]
    fn each_part_is_looked_at_as_what_it_is() {
        let record = json!({"uuid": "u", "branch": "secret", "nothing": null});
        let report = json!({
            "nothing": null,
            "description": "it {fails}",
            "transcript": [record, record],
            "agents": {"a": [{"message": {"branch": "secret"}}]},
            "raw": format!("{record}\n{record}\n"),
            "numbers": [1, 2.5, null],
        });
        let outer = json!({"content": report.to_string(), "n": null});
        let (new, shown) = looked(&outer.to_string());
        let new: Value = serde_json::from_str(&new).unwrap();
        let inner: Value = serde_json::from_str(new["content"].as_str().unwrap()).unwrap();
        assert_eq!(inner.to_string(), report.to_string().replace("secret", "[R]"));
        let (rows, _) = looked(&json!([record]).to_string());
        assert_eq!(rows, json!([record]).to_string().replace("secret", "[R]"));
        let line = format!("{record}\n");
        assert_eq!(looked(&line), (line.replace("secret", "[R]"), vec![line.clone()]), "a record is one");
        assert!(looked(&format!("{outer}\n")).0.ends_with("}\n"));
        assert!(new["n"].is_null() && shown.contains(&format!("{record}\n{record}\n")), "{shown:?}");
    }

    #[test]
    fn what_reading_would_lose_is_looked_at_as_it_is() {
        for part in [
            r#"{"a":"secret","a":"b"}"#,
            r#"{"b":{"a":["secret"],"c":1,"a":2}}"#,
            r#"{"a":123456789012345678901234567890}"#,
        ] {
            let outer = json!({"content": part}).to_string();
            let lines = json!({"raw": format!("{part}\n{{\"n\":1}}\n")}).to_string();
            for document in [part, &outer, &lines] {
                let (new, shown) = looked(document);
                assert_eq!(new, document);
                assert_eq!(shown.last().unwrap(), document, "nothing of it is left out");
            }
        }
    }

    #[test]
    fn what_does_not_change_keeps_its_bytes() {
        for document in [
            "{ \"a\" : 1.0e2, \"b\": \"[1, 2]\", \"c\": [{\"uuid\":  null}], \"d\": null }\n",
            "{\"a\":1}\n{\"b\":2}\n",
            "plain text",
            "\"{\\\"a\\\":1}\"",
            "{ broken",
            "",
            "[]",
            "[{\"uuid\": \"u\"}, 1]",
        ] {
            assert_eq!(looked(document).0, document);
        }
    }
}
