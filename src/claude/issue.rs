//! A pre-filled issue in the public tracker, from a sanitized transcript.

use serde_json::Value;

/// Where issues of Claude Code are opened.
const TRACKER: &str = "https://github.com/anthropics/claude-code/issues/new";

/// The longest address that the tracker takes in practice is about 8 KB (see the many issues about longer ones).
const MAX_URL: usize = 7_500;

/// The longest quotation, in characters.
const MAX_QUOTE: usize = 600;

/// What is said when not everything fits.
const CUT: &str = "\n\n**Note:** Content was truncated.";

/// What an issue says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issue {
    /// The first line.
    pub title: String,
    /// Markdown.
    pub body: String,
}

impl Issue {
    /// What a sanitized transcript tells: the version, the last prompt, the last errors.
    #[must_use]
    pub fn of(transcript: &[u8]) -> Self {
        let rows: Vec<Value> =
            transcript.split(|b| *b == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect();
        let version = rows.iter().rev().find_map(|row| row["version"].as_str()).unwrap_or("unknown");
        let prompt = rows.iter().rev().find_map(prompt).unwrap_or_default();
        let errors: Vec<String> = rows.iter().rev().flat_map(errors).take(3).collect();
        let mut body = format!(
            "**Bug Description**\n\n_What happened, and what should have?_\n\n> {}\n\n**Environment Info**\n\
             - Platform: {}\n- Version: {version}\n",
            quote(&prompt).replace('\n', "\n> "),
            std::env::consts::OS,
        );
        if !errors.is_empty() {
            body += "\n**Errors**\n";
        }
        for error in errors {
            body += &format!("\n```\n{}\n```\n", quote(&error).replace("```", "'''"));
        }
        Self { title: "[BUG] ".to_owned(), body }
    }

    /// The address that opens the form with this filled in, cut to a length that works.
    #[must_use]
    pub fn url(&self) -> String {
        let head = format!("{TRACKER}?labels=user-reported%2Cbug&title={}&body=", encode(&self.title));
        let room = MAX_URL.saturating_sub(head.len());
        if encode(&self.body).len() <= room {
            return head + &encode(&self.body);
        }
        let room = room.saturating_sub(encode(CUT).len());
        let mut used = 0;
        let fits = |c: &char| {
            used += encode(c.encode_utf8(&mut [0; 4])).len();
            used <= room
        };
        let kept: String = self.body.chars().take_while(fits).collect();
        head + &encode(&kept) + &encode(CUT)
    }
}

/// The text of a prompt that a person typed.
fn prompt(row: &Value) -> Option<String> {
    let other = ["isMeta", "isSidechain", "isCompactSummary", "isVisibleInTranscriptOnly"];
    let typed = row["type"] == "user" && other.iter().all(|flag| row[flag] != true);
    let text = text(&row["message"]["content"])?;
    (typed && !text.starts_with('<')).then_some(text)
}

/// What failed in a row.
fn errors(row: &Value) -> Vec<String> {
    let blocks = row["message"]["content"].as_array().cloned().unwrap_or_default();
    let mut found: Vec<String> =
        blocks.iter().filter(|b| b["is_error"] == true).filter_map(|b| text(&b["content"])).collect();
    if row["isApiErrorMessage"] == true {
        found.extend(text(&row["message"]["content"]));
    }
    found
}

/// A text, or the first of several.
fn text(content: &Value) -> Option<String> {
    let block = |block: &Value| block["text"].as_str().map(str::to_owned);
    match content {
        Value::String(text) => Some(text.clone()),
        Value::Array(blocks) => blocks.iter().find_map(block),
        _ => None,
    }
}

fn quote(text: &str) -> String {
    let cut: String = text.chars().take(MAX_QUOTE).collect();
    if cut.len() < text.len() { cut + " …" } else { cut }
}

fn encode(text: &str) -> String {
    let keep = |b: u8| b.is_ascii_alphanumeric() || b"-_.~".contains(&b);
    text.bytes().map(|b| if keep(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_issue_says_what_was_asked_and_what_failed_and_stays_short() {
        let long = "é".repeat(5_000);
        let rows = [
            json!({"type": "user", "version": "2.1.330", "message": {"content": "fix the build"}}),
            json!({"type": "user", "isCompactSummary": true, "message": {"content": "This session is being continued"}}),
            json!({"type": "user", "message": {"content": [
                {"type": "tool_result", "is_error": true, "content": "exit 1"}]}}),
            json!({"type": "user", "message": {"content": [
                {"type": "tool_result", "is_error": true, "content": [{"type": "text", "text": long}]}]}}),
        ];
        let transcript: String = rows.iter().map(|row| format!("{row}\nnot json\n")).collect();
        let issue = Issue::of(transcript.as_bytes());
        for part in ["fix the build", "exit 1", "2.1.330"] {
            assert!(issue.body.contains(part), "{part}");
        }
        assert!(!issue.body.contains("being continued"));
        let url = issue.url();
        assert!(url.len() <= MAX_URL && url.is_ascii(), "{}", url.len());
        let longer = Issue { body: "x y".repeat(9_000), ..issue };
        assert!(longer.url().len() <= MAX_URL && longer.url().ends_with(&encode(CUT)));
    }
}
