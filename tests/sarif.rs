//! A SARIF log against the schema of SARIF 2.1.0 (`sarif-schema-2.1.0.json`, by OASIS, white space taken out).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use regex::Regex;
use serde_json::Value;
use std::{fs, process::Command};

#[test]
fn logs_hold_to_the_schema() {
    let dir = tempfile::tempdir().unwrap();
    let (dirty, clean) = (dir.path().join("a b.jsonl"), dir.path().join("ü.jsonl"));
    fs::write(&dirty, "{\"DB_PASSWORD\":\"tr0ub4dor&3x\",\"mail\":\"maribel@ledgerly.io\"}\n").unwrap();
    fs::write(&clean, "{}\n").unwrap();
    for (path, results) in [(&dirty, 2), (&clean, 0)] {
        let program = env!("CARGO_BIN_EXE_transcrub");
        let output =
            Command::new(program).args(["scan", "--no-config", "--format", "sarif"]).arg(path).output();
        let log: Value = serde_json::from_slice(&output.unwrap().stdout).unwrap();
        assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), results);
        assert_eq!(faults(&log), Vec::<String>::new());
    }
}

#[test]
fn the_check_can_fail() {
    let log = |text: &str| faults(&serde_json::from_str(text).unwrap()).join("; ");
    let with = |results: &str| {
        format!(
            r#"{{"version":"2.1.0","runs":[{{"tool":{{"driver":{{"name":"x"}}}},"results":[{results}]}}]}}"#
        )
    };
    assert_eq!(log(&with(r#"{"message":{"text":"x"}}"#)), "");
    assert!(log(r#"{"version":"2.1.0"}"#).contains("runs"));
    assert!(log(&with("{}")).contains("message"));
    assert!(log(&with(r#"{"message":{"text":"x"},"colour":1}"#)).contains("colour"));
    assert!(log(&with(r#"{"message":{"text":7}}"#)).contains("text"));
    assert!(log(&with(r#"{"message":{"text":"x"},"level":"grave"}"#)).contains("level"));
    assert!(log(&with(r#"{"message":{"text":"x"},"ruleIndex":-7}"#)).contains("ruleIndex"));
    assert!(log(&with(r#"{"message":{}}"#)).contains("message"));
}

fn faults(log: &Value) -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sarif-schema-2.1.0.json");
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let mut faults = Vec::new();
    check(log, &schema, &schema, "log", &mut faults);
    faults
}

/// Notes where `value` does not hold to `schema`: the keywords of JSON Schema that this schema uses, and no others.
fn check(value: &Value, schema: &Value, root: &Value, at: &str, faults: &mut Vec<String>) {
    if let Some(target) = schema.get("$ref") {
        let target = root.pointer(target.as_str().unwrap().strip_prefix('#').unwrap()).unwrap();
        return check(value, target, root, at, faults);
    }
    check_alone(value, schema, at, faults);
    for (keyword, want) in schema.as_object().unwrap() {
        match keyword.as_str() {
            "properties" | "additionalProperties" => {}
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(item, want, root, &format!("{at}[{index}]"), faults);
                }
            }
            "anyOf" | "oneOf" | "allOf" => {
                let part = |schema: &Value| {
                    let mut part = Vec::new();
                    check(value, schema, root, at, &mut part);
                    part.is_empty()
                };
                let (all, held) = (want.as_array().unwrap().len(), want.as_array().unwrap());
                let held = held.iter().filter(|schema| part(schema)).count();
                if (keyword == "oneOf" && held != 1) || held == 0 || (keyword == "allOf" && held != all) {
                    faults.push(format!("{at}: holds to {held} of {keyword}"));
                }
            }
            known => assert!(KNOWN.contains(&known), "the schema uses {known}"),
        }
    }
    for (name, item) in value.as_object().into_iter().flatten() {
        let at = format!("{at}.{name}");
        match (schema["properties"].get(name), schema.get("additionalProperties")) {
            (Some(want), _) => check(item, want, root, &at, faults),
            (None, Some(Value::Bool(false))) => faults.push(format!("{at}: is not known")),
            (None, Some(want @ Value::Object(_))) => check(item, want, root, &at, faults),
            (None, _) => {}
        }
    }
}

/// The keywords that say something about `value` itself, not about its parts.
fn check_alone(value: &Value, schema: &Value, at: &str, faults: &mut Vec<String>) {
    let mut fault = |what: &str| faults.push(format!("{at}: {what}"));
    let at_least = |limit: &Value, have: Option<f64>| have.is_none_or(|n| n >= limit.as_f64().unwrap());
    for (keyword, want) in schema.as_object().unwrap() {
        match keyword.as_str() {
            "type" if !is_a(value, want) => fault(&format!("is no {want}")),
            "enum" if !want.as_array().unwrap().contains(value) => fault("is none of the values"),
            "minimum" if !at_least(want, value.as_f64()) => fault("is too small"),
            "maximum" if value.as_f64() > want.as_f64() => fault("is too large"),
            "minItems" if !at_least(want, value.as_array().map(|a| a.len() as f64)) => fault("has too few"),
            "minProperties" if !at_least(want, value.as_object().map(|o| o.len() as f64)) => {
                fault("has too few")
            }
            "pattern" if value.as_str().is_some_and(|v| !regex(want).is_match(v)) => {
                fault("has another form")
            }
            "format" if value.as_str().is_some_and(|v| v.contains([' ', '"', '\\'])) => {
                fault("is no URI or date")
            }
            "uniqueItems" if value.as_array().is_some_and(|a| has_equal(a)) => fault("has equal items"),
            "required" => {
                for name in want.as_array().unwrap().iter().filter_map(Value::as_str) {
                    if value.as_object().is_some_and(|object| !object.contains_key(name)) {
                        fault(&format!("has no {name}"));
                    }
                }
            }
            _ => {}
        }
    }
}

/// Keywords that are checked above, or say nothing about a value.
const KNOWN: &[&str] = &[
    "$schema",
    "$id",
    "title",
    "description",
    "default",
    "definitions",
    "type",
    "enum",
    "minimum",
    "maximum",
    "minItems",
    "minProperties",
    "pattern",
    "format",
    "uniqueItems",
    "required",
];

fn is_a(value: &Value, kinds: &Value) -> bool {
    let is = |kind: &Value| match kind.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        other => panic!("the schema uses type {other}"),
    };
    kinds.as_array().map_or_else(|| is(kinds), |kinds| kinds.iter().any(is))
}

fn regex(pattern: &Value) -> Regex {
    Regex::new(pattern.as_str().unwrap()).unwrap()
}

fn has_equal(items: &[Value]) -> bool {
    items.iter().enumerate().any(|(i, item)| items[..i].contains(item))
}
