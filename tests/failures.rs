//! What made other redactors fail: each class of input, and what we do with it.

#![allow(clippy::unwrap_used, reason = "this is a test")]

mod common;

use common::{every_way, filter, pipeline, scan, scrub};
use transcrub::input::Access;

const TOKEN: &str = "ghp_0A1b2C3d4E5f6G7h8I9j0K1l2M3n4O0p6UoB";

fn user(content: &str) -> String {
    serde_json::json!({"type": "user", "message": {"role": "user", "content": content}}).to_string()
}

fn retain(text: &str) -> String {
    String::from_utf8(every_way("retain", text.as_bytes())).unwrap()
}

/// All records but those that hold the token come out as they went in.
#[track_caller]
fn only_the_token_goes(text: &str) {
    let out = retain(text);
    assert!(!out.contains(&TOKEN[6..]), "{out}");
    assert_eq!(out.split('\n').count(), text.split('\n').count());
    for (before, after) in text.split('\n').zip(out.split('\n')) {
        if !before.contains(TOKEN) {
            assert_eq!(before, after);
        }
    }
}

#[test]
fn deep_nesting_neither_kills_nor_blinds() {
    let deep = format!("{{\"x\":{}\"{TOKEN}\"{}}}", "[".repeat(1500), "]".repeat(1500));
    only_the_token_goes(&format!("{}\n{deep}\n{}\n", user("one"), user(&format!("two {TOKEN}"))));
}

#[test]
fn bad_utf8_and_lone_surrogates_stop_nothing() {
    let mut text = format!("{}\n", user("one")).into_bytes();
    text.extend_from_slice(b"{\"a\":\"\xff\xfe\"}\n{\"a\":\"\\ud83d\"}\n");
    text.extend_from_slice(user(&format!("x {TOKEN}")).as_bytes());
    let out = every_way("retain", &text);
    assert!(out.starts_with(&text[..text.len() - 60 - TOKEN.len()]));
    assert!(memchr::memmem::find(&out, &TOKEN.as_bytes()[6..]).is_none());
}

#[test]
fn line_separators_of_unicode_end_no_record() {
    only_the_token_goes(&format!(
        "{}\n{{\"a\":\"one\u{2028}two {TOKEN}\u{85}three\"}}\n{}\n",
        user("a"),
        user("b\u{2028}c")
    ));
}

#[test]
fn a_key_in_a_json_string_goes_with_its_body() {
    let body = "MIIEowIBAAKCAQEAu1SU1LfVLPHCozMxH2Mo4lgOEePzNm0tRgeLezV6ffAt0gun\nVTLw7onLRnrq0/IzW7yWR7QkrmBL7jTKEn5u+qKhbwKfBstIs+bMY2Zkp18gnTxK";
    let key = format!("-----BEGIN RSA PRIVATE KEY-----\n{body}\n-----END RSA PRIVATE KEY-----");
    let lines: Vec<_> = key.lines().map(|line| format!("+{line}")).collect();
    let patch = serde_json::json!({"toolUseResult": {"structuredPatch": [{"lines": lines}]}}).to_string();
    let nested = serde_json::json!({"a": user(&key)}).to_string();
    let without_end = user(key.split("\n-----END").next().unwrap());
    for text in [user(&key), patch, nested, without_end] {
        let out = retain(&text);
        for line in body.lines() {
            assert!(!out.contains(&line[8..40]), "{out}");
        }
        assert_eq!(out.matches("\\n").count(), text.matches("\\n").count(), "line breaks stay");
    }
}

#[test]
fn a_key_without_end_swallows_no_record_after_it() {
    let body = "MIIEowIBAAKCAQEAu1SU1LfVLPHCozMxH2Mo4lgOEePzNm0tRgeLezV6ffAt0gun";
    let head = user(&format!("a -----BEGIN RSA PRIVATE KEY-----\n{body}"));
    let (innocent, tail) = (user("an innocent remark"), user("x -----END RSA PRIVATE KEY----- y"));
    let out = retain(&format!("{head}\n{innocent}\n{tail}\n"));
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!((lines.len(), lines[1]), (3, innocent.as_str()), "{out}");
    assert!(!out.contains(&body[8..40]), "{out}");
}

#[test]
fn both_of_two_equal_keys_are_searched() {
    only_the_token_goes(&format!(
        r#"{{"message":{{"content":"{TOKEN}"}},"message":{{"content":"second"}}}}"#
    ));
}

#[test]
fn a_wrong_checksum_is_no_excuse() {
    for last in ["000000", "zzzzzz", "6UoB11"] {
        let token = format!("ghp_0A1b2C3d4E5f6G7h8I9j0K1l2M3n4O{last}");
        assert!(!retain(&user(&format!("x {token} y"))).contains(&token[6..]));
    }
}

#[test]
fn long_input_is_not_passed_through() {
    let text = format!("{}{TOKEN}", "x ".repeat(5000));
    assert!(!retain(&text).contains(&TOKEN[6..]));
    let lines = format!("{}{TOKEN}\n", "a line\n".repeat(5000));
    assert!(!retain(&lines).contains(&TOKEN[6..]));
}

#[test]
fn a_token_is_found_behind_escapes_and_colours() {
    for text in [format!("LIST\n{TOKEN}"), format!("a\t{TOKEN}"), format!("\u{1b}[32m{TOKEN}\u{1b}[0m")] {
        only_the_token_goes(&user(&text));
        only_the_token_goes(&user(&user(&text)));
        let out = retain(&user(&user(&user(&text))));
        assert!(!out.contains(&TOKEN[6..]), "{out}");
    }
}

/// Of a record's own objects each string is a text of its own: the name stands in another one than the value.
#[test]
fn what_a_member_names_goes() {
    const VALUE: &str = "Comet84xRiver";
    let call = |input: &str| {
        format!(
            r#"{{"type":"assistant","message":{{"role":"assistant","content":[{{"type":"tool_use","id":"toolu_01","name":"mcp__x__y","input":{input}}}]}}}}"#
        )
    };
    for input in [
        r#"{"env":[{"name":"DB_PASSWORD","value":"Comet84xRiver"}]}"#,
        r#"{"env":[{"value":"Comet84xRiver","name":"DB_PASSWORD"}]}"#,
        r#"{"key":"ADMIN_PASSWORD","value":"Comet84xRiver","type":"SecureString"}"#,
        r##"{"selector":"#login-password","value":"Comet84xRiver"}"##,
        r#"{"element":"Password field","ref":"e12","text":"Comet84xRiver"}"#,
        r#"{"fields":[{"name":"Password","type":"textbox","ref":"e9","value":"Comet84xRiver"}]}"#,
        r#"{"args":["--user","app","--password","Comet84xRiver"]}"#,
    ] {
        for profile in ["retain", "share", "bug"] {
            let out = String::from_utf8(every_way(profile, call(input).as_bytes())).unwrap();
            assert!(!out.contains(VALUE), "{profile}: {out}");
        }
    }
    for input in [
        r#"{"env":[{"name":"THEME","value":"Comet84xRiver"}]}"#,
        r#"{"element":"Search field","text":"Comet84xRiver"}"#,
        r#"{"name":"password","label":"Password","value":"required"}"#,
    ] {
        assert_eq!(retain(&call(input)), call(input));
    }
}

#[test]
fn what_comes_out_is_json() {
    for content in [
        "[default]\naws_access_key_id = AKIAQ4ZK7TNB2MXW5RJD\naws_secret_access_key = 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\n",
        "password: str = Field(...)\nAPI_KEY=${API_KEY}\n",
        "headers = f\"token={SECRET}\"\n",
        "url = f\"https://api.example/v1?token=apify_api_Zk3Vb8Nq2Wm7Xc4Lr9Tp1Hs6Yd5Gf0JuQeRa\"",
        "export API_KEY=\"q7Zr2Lk9Vw4Xc8Bn3Mt6Yp1H\"",
        "say \\\"password\\\": \\\"Tr0ub4dor&3x\\\"",
    ] {
        for text in [user(content), user(&user(content))] {
            for profile in ["retain", "share", "bug"] {
                let out = every_way(profile, text.as_bytes());
                let value: Result<serde_json::Value, _> = serde_json::from_slice(&out);
                assert!(value.is_ok(), "{profile}: {}", String::from_utf8_lossy(&out));
            }
        }
    }
    let out = retain(&user("export API_KEY=\"q7Zr2Lk9Vw4Xc8Bn3Mt6Yp1H\""));
    assert!(!out.contains("q7Zr2Lk9"), "{out}");
    let out =
        retain(&user("f\"https://api.example/v1?token=apify_api_Zk3Vb8Nq2Wm7Xc4Lr9Tp1Hs6Yd5Gf0JuQeRa\""));
    assert!(!out.contains("Zk3Vb8Nq2W"), "{out}");
}

#[test]
fn an_image_stays_as_it_is() {
    let data = format!("iVBORw0KGgo{}/AKIAQ4ZK7TNB2MXW5RJD{}", "Ab3+".repeat(60), "x9Q/".repeat(60));
    let image = serde_json::json!({"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": data}});
    let text =
        serde_json::json!({"type": "user", "message": {"role": "user", "content": [image]}}).to_string();
    assert_eq!(retain(&text), text);
}

#[test]
fn code_that_names_secrets_stays() {
    for content in [
        "password: str = Field(...)",
        "token = get_token(user)",
        "API_KEY=${API_KEY}",
        "GITHUB_TOKEN=<your-token>",
    ] {
        assert_eq!(retain(&user(content)), user(content));
    }
}

#[test]
fn one_broken_line_stops_no_other() {
    let text = format!("\u{feff}{}\n{}\n{{\"a\":\"torn {TOKEN}", user(&format!("x {TOKEN}")), user("plain"));
    only_the_token_goes(&text);
}

#[test]
fn a_tag_says_nothing_without_its_key() {
    let text = user("ADMIN_PASSWORD=hunter2!x7");
    let tag = |key: &[u8]| {
        use transcrub::{
            pipeline::Settings,
            policy::{Allowlist, Policy, Profile},
            tag::Key,
        };
        let policy = Policy::new(Profile::retain(), Allowlist::default());
        let key = Key::from_material(key);
        let settings = Settings { policy, key, known: Vec::new(), threads: Some(1), access: Access::Read };
        scan(&transcrub::pipeline::Pipeline::new(settings), text.as_bytes())[0].4.clone()
    };
    assert_ne!(tag(b"one key of thirty-two bytes or so"), tag(b"another key of thirty-two bytes.."));
}

#[test]
fn no_size_is_too_large_to_be_searched() {
    let long = format!("{{\"a\":\"{}{TOKEN}\"}}\n", "word and word ".repeat(220_000));
    let pipeline = pipeline("retain", 2);
    for out in
        [filter(&pipeline, long.as_bytes(), &[1 << 16]), scrub(&pipeline, long.as_bytes(), Access::Map)]
    {
        assert!(memchr::memmem::find(&out, &TOKEN.as_bytes()[6..]).is_none() && out.len() > 3_000_000);
    }
}

#[test]
fn a_word_that_stands_once_more_costs_no_record() {
    // What the check lets stay nowhere is redacted wherever it stands, though only one place says what it is.
    for (text, secret) in [
        ("the password is sunflowerfield\nsunflowerfield is a place", "sunflowerfield"),
        ("Utilise granitedagger comme mot de passe, granitedagger !", "granitedagger"),
        ("X xQ7kZ2mW9vLp4TtR8sNfYb3Hd and checksum: xQ7kZ2mW9vLp4TtR8sNfYb3Hd", "xQ7kZ2mW9vLp4TtR8sNfYb3Hd"),
    ] {
        let out = retain(&user(text));
        assert!(!out.contains(secret), "{out}");
        assert!(!out.contains("unverified"), "{out}");
    }
}

#[test]
fn a_login_without_a_password_is_no_error() {
    for text in ["credentials: root: and more", "buildah push --creds root:<password> a", "log in with root:"]
    {
        assert_eq!(retain(&user(text)), user(text));
    }
}
