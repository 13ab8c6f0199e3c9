//! SARIF 2.1.0, for viewers of analysis results. Results are written as they come; what a log says about the tool
//! and its rules follows them.

use super::{Event, Place, Sink, json::name};
use crate::{
    finding::Finding,
    rule::{Rule, RuleId, Severity},
};
use serde_json::{Value, json};
use std::{
    io::{self, Write},
    path::{Component, Path},
};

/// Where the schema of SARIF 2.1.0 lives.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Writes one SARIF log. [`Sarif::finish`] ends it.
#[derive(Debug)]
pub struct Sarif<W> {
    out: W,
    /// The rules met so far: a result names its rule by the place in this list.
    rules: Vec<RuleId>,
    notifications: Vec<Value>,
    empty: bool,
}

impl<W: Write> Sarif<W> {
    /// Starts a log.
    ///
    /// # Errors
    /// Whatever `out` met.
    pub fn new(mut out: W) -> io::Result<Self> {
        write!(out, r#"{{"$schema":"{SCHEMA}","version":"2.1.0","runs":[{{"results":["#)?;
        Ok(Self { out, rules: Vec::new(), notifications: Vec::new(), empty: true })
    }

    /// Ends the log.
    ///
    /// # Errors
    /// Whatever the output met.
    pub fn finish(mut self) -> io::Result<()> {
        let rules: Vec<_> = self.rules.iter().map(|id| describe(id.rule())).collect();
        let tool = json!({ "driver": {
            "name": "transcrub",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules,
        }});
        let invocations = json!([{
            "executionSuccessful": self.notifications.is_empty(),
            "toolExecutionNotifications": self.notifications,
        }]);
        writeln!(self.out, r#"],"tool":{tool},"invocations":{invocations}}}]}}"#)?;
        self.out.flush()
    }

    fn found(&mut self, place: &Place<'_>, finding: &Finding) -> io::Result<()> {
        let index = self.rules.iter().position(|id| *id == finding.rule).unwrap_or_else(|| {
            self.rules.push(finding.rule);
            self.rules.len() - 1
        });
        let rule = finding.rule.rule();
        let (start, end) = place.extent(finding);
        let result = json!({
            "ruleId": rule.id,
            "ruleIndex": index,
            "level": level(rule.severity),
            "message": { "text": format!("{}: {}", rule.name, finding.evidence) },
            "locations": [location(place, start, end - start)],
            "partialFingerprints": { "keyedTag/v1": finding.tag.to_string() },
            "properties": {
                "class": rule.class.name(),
                "severity": rule.severity.name(),
                "confidence": finding.confidence.name(),
            },
        });
        if !std::mem::take(&mut self.empty) {
            self.out.write_all(b",")?;
        }
        serde_json::to_writer(&mut self.out, &result)?;
        Ok(())
    }
}

impl<W: Write> Sink for Sarif<W> {
    fn event(&mut self, event: &Event<'_>) -> io::Result<()> {
        match event {
            Event::Found { place, finding } => self.found(place, finding)?,
            Event::Refused { place, reason } => self.notifications.push(json!({
                "level": "error",
                "message": { "text": format!("record refused: {reason}") },
                "locations": [location(place, place.offset, 0)],
            })),
            Event::End { .. } | Event::Progress { .. } => {}
        }
        Ok(())
    }
}

fn describe(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.name },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "class": rule.class.name(), "tags": [rule.class.name(), rule.severity.name()] },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
    }
}

fn location(place: &Place<'_>, offset: u64, length: u64) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": place.path.map_or_else(|| "stdin".to_owned(), uri) },
        "region": { "startLine": place.record, "byteOffset": offset, "byteLength": length },
    }})
}

/// A path as a URI reference: `file:///a/b` where it is absolute, else relative.
fn uri(path: &Path) -> String {
    let shown = name(Some(path)).replace(std::path::MAIN_SEPARATOR, "/");
    let mut out = String::new();
    match path.components().next() {
        Some(Component::Prefix(_)) => out += "file:///",
        Some(Component::RootDir) => out += "file://",
        _ => {}
    }
    for byte in shown.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out += &format!("%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn a_log_is_whole_with_and_without_results() {
        for rounds in [0, 1, 2] {
            let mut out = Vec::new();
            let mut sarif = Sarif::new(&mut out).unwrap();
            (0..rounds).for_each(|_| samples::play(&mut sarif));
            sarif.finish().unwrap();
            let log: Value = serde_json::from_slice(&out).unwrap();
            let results = log["runs"][0]["results"].as_array().unwrap();
            assert_eq!(results.len(), 3 * rounds);
            for result in results {
                let index = result["ruleIndex"].as_u64().unwrap() as usize;
                assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
            }
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_path_is_a_uri_reference() {
        assert_eq!(uri(Path::new("a b/ü.jsonl")), "a%20b/%C3%BC.jsonl");
        assert_eq!(uri(Path::new("/x:y/z")), "file:///x%3Ay/z");
    }
}
