//! What the second look finds in a copy goes too: no value that is glued to another makes a file unusable, and none stays.

#![allow(clippy::unwrap_used, reason = "this is a test")]

mod common;

use common::{pipeline, scrub, scrub_or_refuse};
use transcrub::{
    input::Access,
    pipeline::{Pipeline, Settings},
    policy::{Allowlist, Exemption, Policy, Profile},
    report::Silence,
    tag::Key,
};

const TOKEN: &str = "ghp_0A1b2C3d4E5f6G7h8I9j0K1l2M3n4O0p6UoB";
const OTHER: &str = "ghp_9z8Y7x6W5v4U3t2S1r0Q9p8O7n6M5l4aWc1D";
const KEY: &str = "sk-ant-api03-Vq3TzK8mYb1XcN5rLw7JdF2hGs9PaE4uRt6BxQ0oZi-Ul_CkHyWvMjDpSnAg";
const RANDOM: &str = "B7k1boYQ566HBtVw1xmN9FyEt";

fn user(content: &str) -> String {
    serde_json::json!({"type": "user", "message": {"role": "user", "content": content}}).to_string()
}

/// Texts in which one value hides another, and what must be gone from them.
fn glued() -> Vec<(String, Vec<&'static str>)> {
    // A token in base64 that was cut, behind letters and before a parameter.
    let encoded = "userZXlKaGJHY2lPaUpJVXpJMU5pSjkuZXlKemRXSWlPaUFpZG5obmVXZx?token=ttp/oeef:a4eQ7";
    vec![
        (format!("{KEY}\\{KEY}\\nNJMhTyLrISLKwoiAA"), vec![&KEY[13..]]),
        (format!("{RANDOM}\u{200b}{TOKEN}&{RANDOM}"), vec![RANDOM, &TOKEN[4..]]),
        (encoded.to_owned(), vec!["ZXlKaGJHY2lPaUpJVXpJMU5pSjku"]),
    ]
}

#[test]
fn values_that_hide_each_other_go_and_nothing_is_refused() {
    for (text, gone) in glued() {
        for record in [user(&text), text.clone(), user(&user(&format!("see\n{text}\nthen")))] {
            for profile in ["retain", "share", "bug"] {
                let pipeline = pipeline(profile, 1);
                let out = scrub_or_refuse(&pipeline, record.as_bytes())
                    .unwrap_or_else(|| panic!("refused under {profile}: {record}"));
                let shown = String::from_utf8(out.clone()).unwrap();
                for value in &gone {
                    assert!(!shown.contains(value), "{value} is left under {profile}: {shown}");
                }
                assert_eq!(scrub(&pipeline, &out, Access::Map), out, "twice under {profile}");
            }
        }
    }
}

#[test]
fn only_the_word_goes_that_tells_it() {
    let text = format!("before {RANDOM}\u{200b}{TOKEN}&{RANDOM} behind it\nand a line");
    let out = scrub_or_refuse(&pipeline("retain", 1), user(&text).as_bytes()).unwrap();
    let shown = String::from_utf8(out).unwrap();
    assert!(
        shown.contains("before [REDACTED:remnant:") && shown.contains(r"] behind it\nand a line"),
        "{shown}"
    );
}

/// A pipeline that leaves [`OTHER`] alone.
fn exempting() -> Pipeline {
    let mut allowlist = Allowlist::default();
    let exemption =
        Exemption { regex: Some(OTHER.to_owned()), reason: "a dummy".to_owned(), ..Exemption::default() };
    allowlist.add(&exemption).unwrap();
    let policy = Policy::new(Profile::named("retain").unwrap(), allowlist);
    let key = Key::from_material(b"a key for tests that is long enough");
    let settings = Settings { policy, key, known: Vec::new(), threads: Some(1), access: Access::Map };
    Pipeline::new(settings)
}

#[test]
fn what_is_exempt_may_stand_beside_what_goes() {
    for text in [format!("keep {OTHER}, drop {TOKEN}"), format!("{{\"a\": \"{OTHER}\"}}\t{TOKEN}")] {
        for record in [user(&text), text.clone()] {
            let out = exempting().redact_bytes(record.as_bytes(), &mut Silence).unwrap();
            let shown = String::from_utf8(out).unwrap();
            assert!(shown.contains(OTHER) && !shown.contains(TOKEN), "{shown}");
        }
    }
}

/// Logins that are words, or stand within words, paths, names of code, encoded texts and keys.
#[test]
fn a_login_that_is_a_piece_of_words_refuses_nothing() {
    let key = "MIIauthBAAKCAQEA0Z3VS5JJcds3xfnmaxGbePortygWyF8PbnGytess";
    for login in ["auth", "port", "tess", "ing", "kim", "max"] {
        let texts = [
            format!("ask {login} about {login}orization, author{login}, x{login}y, aGVsbG8{login}V29ybGQ="),
            format!("$ whoami\n{login}\nuid=1000({login}) gid=1000({login})\n{login}@box:~$ ls"),
            format!("-----BEGIN RSA PRIVATE KEY-----\n{key}\n-----END RSA PRIVATE KEY-----\nnear {login}s"),
            format!("{login}_{login} my{login}Thing password={login}-{TOKEN}"),
        ];
        let at_work = format!(r#"{{"type":"user","cwd":"/home/{login}/work/quartzite","message":{{}}}}"#);
        let session = [at_work].into_iter().chain(texts.iter().map(|text| user(text)));
        let session = session.collect::<Vec<_>>().join("\n");
        for profile in ["share", "bug"] {
            let out = scrub_or_refuse(&pipeline(profile, 1), session.as_bytes())
                .unwrap_or_else(|| panic!("refused for {login} under {profile}"));
            let shown = String::from_utf8(out).unwrap();
            for left in
                [format!("/home/{login}/"), format!("({login})"), format!("\\n{login}\\n"), TOKEN.into()]
            {
                assert!(!shown.contains(&left), "{left} under {profile}: {shown}");
            }
        }
    }
}

/// A raw control character in a string is an error to strict parsers; the fields of its record are what they are.
#[test]
fn a_raw_control_character_hides_no_field() {
    for control in ['\t', '\u{1}', '\u{1b}', '\0'] {
        let record = format!(
            r#"{{"type":"user","cwd":"/home/quinlan/work","gitBranch":"quartz-fix","x":"a{control}b {TOKEN}"}}"#
        );
        for profile in ["share", "bug"] {
            let pipeline = pipeline(profile, 1);
            let out = scrub_or_refuse(&pipeline, record.as_bytes()).unwrap();
            let shown = String::from_utf8(out.clone()).unwrap();
            for left in ["quinlan", "quartz-fix", TOKEN] {
                assert!(!shown.contains(left), "{left} under {profile}: {shown}");
            }
            assert_eq!(scrub(&pipeline, &out, Access::Map), out, "twice");
        }
    }
}
