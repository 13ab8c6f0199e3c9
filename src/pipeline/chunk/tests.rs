//! Records redacted one by one, and what one tells of another.

use crate::{
    input::Access,
    pipeline::{Pipeline, PipelineError, Settings},
    policy::{Allowlist, Exemption, Policy, Profile},
    report::Silence,
    tag::Key,
    verify::Doubt,
};

const STONE: &[u8] = b"a stone to stumble over";

/// Stands for an error of ours that a record brings to light.
pub(super) fn stumble(record: &[u8]) {
    assert!(memchr::memmem::find(record, STONE).is_none(), "stumbled");
}

fn redacted(profile: Profile, text: &str) -> String {
    redacted_but(profile, Allowlist::default(), &[], text)
}

/// The same, where the user wants some of it to stay.
fn redacted_but(profile: Profile, allowlist: Allowlist, kept: &[String], text: &str) -> String {
    let policy = Policy::new(profile, allowlist);
    let key = Key::from_material(&[7; 32]);
    let settings = Settings { policy, key, known: Vec::new(), threads: Some(1), access: Access::Read };
    let pipeline = Pipeline::new(settings).keep_code_of(kept).unwrap();
    String::from_utf8(pipeline.redact_bytes(text.as_bytes(), &mut Silence).unwrap()).unwrap()
}

/// What a later record tells is looked for again only where it may stand: in every wrapping that is searched.
#[test]
fn a_value_that_a_later_record_tells_goes_in_every_wrapping() {
    const TELLS: &str = r#"{"type":"user","cwd":"/home/maribel/ledger","message":{"content":"go on"}}"#;
    let before = |text: &str| format!(r#"{{"type":"user","message":{{"role":"user","content":"{text}"}}}}"#);
    let note = r#"{"type":"user","toolUseResult":{"notes of maribel":12},"message":{"content":"a note"}}"#;
    let long = format!("{} as maribel says {}", "All is well. ".repeat(600), "All is well. ".repeat(600));
    for (name, record) in [
        ("plain", before("please ask maribel about it")),
        ("after an escape", before(r"please ask\nmaribel about it")),
        ("in a long text", before(&long)),
        ("in JSON", before(r#"{\"to\":\"maribel\",\"n\":1}"#)),
        ("in JSON in JSON", before(r#"{\"to\":\"{\\\"who\\\":\\\"maribel\\\"}\"}"#)),
        ("with a code unit", before(r"please ask \u006daribel about it")),
        ("in base64", before("cGxlYXNlIGFzayBtYXJpYmVsIGFib3V0IHRoZSB0b3RhbHMgb2YgTWF5")),
        (
            "beside a finding",
            before("mail ada@corp-ledger.example or ask maribel, ticket in https://a.b/?q=1"),
        ),
        ("as a key", note.to_owned()),
    ] {
        for profile in [Profile::share(), Profile::bug()] {
            let out = redacted(profile, &format!("{record}\n{TELLS}\n"));
            let first = out.lines().next().unwrap();
            let left = ["maribel", r"\u006daribel", "cGxlYXNlIGFzayBtYXJpYmVs"];
            assert!(!left.iter().any(|left| first.contains(left)), "{name}: {first}");
            assert!(first.starts_with(r#"{"type":"user","#), "{name}: {first}");
        }
    }
}

/// Where most texts were never searched, what a later record tells is looked for as if nothing had been.
#[test]
fn a_secret_that_a_later_record_tells_goes_whole_in_every_wrapping() {
    const TELLS: &str = r#"{"message":{"content":"password = \"qTG3Nthb\""}}"#;
    let before = |text: &str| format!(r#"{{"message":{{"content":"why does {text} fail"}}}}"#);
    for (name, text, left) in [
        ("plain", "qTG3Nthb", &["qTG3Nthb"][..]),
        ("in JSON", r#"{\"k\":\"qTG3Nthb\"}"#, &["qTG3Nthb"]),
        ("in JSON in JSON", r#"\"{\\\"k\\\": \\\"qTG3Nthb\\\"}\""#, &["qTG3Nthb"]),
        ("with a code unit", r"\u0071TG3Nthb", &["TG3N"]),
        ("with a percent sign", "qTG3%4Ethb", &["qTG3", "thb"]),
        ("in short base64", "enogcVRHM050aGIgeXk=", &["enog", "eXk="]),
        ("in hexadecimal", "715447334e746862", &["7154", "6862"]),
    ] {
        let out = redacted(Profile::retain(), &format!("{}\n{TELLS}\n", before(text)));
        let first = out.lines().next().unwrap();
        assert!(!left.iter().any(|left| first.contains(left)), "{name}: {first}");
        assert!(first.starts_with(r#"{"message":{"content":"why does "#), "{name}: {first}");
        assert!(first.ends_with(r#" fail"}}"#), "{name}: {first}");
    }
}

/// What stands in code that goes is told by the code alone, but counts elsewhere.
#[test]
fn what_code_tells_counts_elsewhere() {
    let text = concat!(
        r#"{"type":"user","message":{"content":"who is maribel, and where is quote_ledger?"}}"#,
        "\n",
        r#"{"type":"user","message":{"content":"```python\n# see /home/maribel/work/x.py\ndef quote_ledger(rows):\n    return rows\n```"}}"#,
        "\n"
    );
    let out = redacted(Profile::bug(), text);
    assert!(!out.contains("maribel") && !out.contains("quote_ledger"), "{out}");
    assert!(out.contains("who is user-") && out.contains("[CODE python 3 lines"), "{out}");
}

/// What looks like a name in code is a secret all the same where something says so.
#[test]
fn a_password_like_a_name_in_code_is_a_secret() {
    let record = |text: &str| format!(r#"{{"type":"user","message":{{"role":"user","content":"{text}"}}}}"#);
    for value in ["8bj7AscNE", "kbj7AscNE", "QwLq7Aeb"] {
        let told = record(&format!(r#"run with password = \"{value}\" of a file"#));
        let (head, tail) = value.split_at(1);
        let seen = record(&format!("this %{:02X}{tail} of the server", head.as_bytes()[0]));
        for profile in [Profile::retain(), Profile::share(), Profile::bug()] {
            let out = redacted(profile, &[&*told, &*seen, ""].join("\n"));
            assert!(out.matches("[REDACTED:secret:").count() == 2 && !out.contains(tail), "{out}");
        }
    }
}

/// What stays since the user wants it hides no known value.
#[test]
fn a_secret_goes_in_what_stays() {
    let code = r#"fn main() {\n    connect(\"Otter-84-lamp\");\n    let a = 1;\n}\n"#;
    let read = format!(
        r#"{{"type":"user","cwd":"/home/ada/oss/app","message":{{"role":"user","content":[{{"type":"tool_result","tool_use_id":"t1","content":"{code}"}}]}},"toolUseResult":{{"type":"text","file":{{"filePath":"/home/ada/oss/app/src/main.rs","content":"{code}"}}}}}}"#
    );
    let seen = r#"{"type":"user","message":{"role":"user","content":"see /srv/Otter-84-lamp/quotes.db"}}"#;
    let told = r#"{"type":"user","message":{"role":"user","content":"the password is Otter-84-lamp"}}"#;
    let allowed = |rule: &str| {
        let mut allowlist = Allowlist::default();
        let (rule, reason) = (Some(rule.to_owned()), "made up".to_owned());
        let exemption = Exemption { rule, reason, ..Exemption::default() };
        allowlist.add(&exemption).unwrap();
        allowlist
    };
    for (stays, allowlist, kept) in [
        ("fn main()", Allowlist::default(), vec!["/home/ada/oss/**".to_owned()]),
        ("fn main()", allowed("code.block"), vec![]),
        ("/srv/", allowed("path.dir"), vec![]),
    ] {
        let text = [&read, seen, told, ""].join("\n");
        let out = redacted_but(Profile::bug(), allowlist, &kept, &text);
        assert!(!out.contains("Otter-84-lamp") && out.contains(stays), "{stays}: {out}");
    }
}

/// What one session asks for by the order of its records, another does not answer.
#[test]
fn a_question_in_talk_is_answered_in_its_own_session_only() {
    let say = |role: &str, text: &str| {
        format!(
            r#"{{"type":"response_item","payload":{{"type":"message","role":"{role}","content":"{text}"}}}}"#
        )
    };
    let asks = [say("assistant", "What is the db password?"), say("user", "otter7Piston")].join("\n");
    let other = [say("assistant", "Which branch shall I take for the next"), say("user", "use release2024")];
    let other = other.join("\n");
    let policy = Policy::new(Profile::retain(), Allowlist::default());
    let key = Key::from_material(&[7; 32]);
    let settings = Settings { policy, key, known: Vec::new(), threads: Some(1), access: Access::Read };
    let pipeline = Pipeline::new(settings);
    let mut job = pipeline.job();
    let surveys = [&asks, &other].map(|text| job.learn(text.as_bytes()));
    assert_eq!(surveys.each_ref().map(crate::pipeline::Survey::is_clean), [false, true]);
    let [first, second] = [(&asks, &surveys[0]), (&other, &surveys[1])].map(|(text, survey)| {
        let mut out = Vec::new();
        job.redact(text.as_bytes(), None, survey, Some(&mut out), &mut Silence).unwrap();
        String::from_utf8(out).unwrap()
    });
    assert!(first.contains("[REDACTED:secret") && !first.contains("otter7Piston"), "{first}");
    assert_eq!(second, other);
}

/// A secret that is a part of a name goes as the secret, as it does where it was known before the name was found: what comes
/// out must not depend on how a stream is cut.
#[test]
fn a_secret_that_becomes_known_after_the_name_around_it_goes_as_one() {
    let told = r#"{"type":"user","message":{"role":"user","content":"the db password is Comet84x!7"}}"#;
    let name =
        r#"{"type":"user","cwd":"/home/Comet84x!7.zelmont/work","message":{"role":"user","content":"ls"}}"#;
    for profile in [Profile::share(), Profile::bug()] {
        let out = redacted(profile, &format!("{told}\n{name}\n"));
        assert!(out.contains(r#""cwd":"/home/[REDACTED:secret"#) && !out.contains("zelmont"), "{out}");
    }
}

/// A line that ends within a character tells half of it: that is no value in the midst of others.
#[test]
fn half_a_character_of_a_torn_record_is_met_nowhere() {
    let torn = [&b"{\"cwd\":\"/home/"[..], "名前".as_bytes().split_last().unwrap().1, b"\n"].concat();
    let whole = r#"{"type":"user","message":{"role":"user","content":"私の名前は x, see 名前"}}"#;
    for profile in [Profile::share(), Profile::bug()] {
        let policy = Policy::new(profile, Allowlist::default());
        let key = Key::from_material(&[7; 32]);
        let settings = Settings { policy, key, known: Vec::new(), threads: Some(1), access: Access::Read };
        let text = [&torn[..], whole.as_bytes(), b"\n"].concat();
        let out = Pipeline::new(settings).redact_bytes(&text, &mut Silence).unwrap();
        let last = out.split(|b| *b == b'\n').nth(1).unwrap();
        assert!(std::str::from_utf8(last).is_ok(), "{:?}", String::from_utf8_lossy(last));
    }
}

/// What such a line tells of a secret up to there is met.
#[test]
fn a_secret_that_is_torn_within_a_character_is_met_up_to_it() {
    let torn = [&b"{\"content\":\"password = \\\"Zq7!kx9Wm"[..], &"名".as_bytes()[..2], b"\n"].concat();
    let text = [&torn[..], "{\"content\":\"see Zq7!kx9Wm名x2\"}\n".as_bytes()].concat();
    let policy = Policy::new(Profile::retain(), Allowlist::default());
    let key = Key::from_material(&[7; 32]);
    let settings = Settings { policy, key, known: Vec::new(), threads: Some(1), access: Access::Read };
    let out = Pipeline::new(settings).redact_bytes(&text, &mut Silence).unwrap();
    let last = String::from_utf8(out.split(|b| *b == b'\n').nth(1).unwrap().to_vec()).unwrap();
    assert!(last.contains("see [REDACTED:secret") && last.contains("]名x2"), "{last}");
}

/// Its outline stands without quotes too, and is no script.
#[test]
fn a_script_without_quotes_goes_once() {
    let text = r#"{"type":"assistant","message":{"content":[{"type":"tool_use","name":"Bash","input":{"command":"node -p process.platform"}}]}}"#;
    let out = redacted(Profile::bug(), text);
    assert!(out.contains("node -p [CODE javascript 1 line"), "{out}");
}

#[test]
fn an_error_of_ours_in_one_record_costs_that_record_only_and_is_told() {
    let policy = Policy::new(Profile::retain(), Allowlist::default());
    let key = Key::from_material(&[7; 32]);
    let settings = Settings { policy, key, known: Vec::new(), threads: Some(2), access: Access::Read };
    let pipeline = Pipeline::new(settings);
    let token = ["ghp", "_", "0A1b2C3d4E5f0A1b2C3d4E5f0A1b2C3d4E5f"].concat();
    let text = format!(
        "{{\"type\":\"user\",\"t\":\"a stone to stumble over {token}\"}}\n{{\"t\":\"{token}\"}}\n{{\"t\":\"plain\"}}\n"
    );
    let mut out = Vec::new();
    pipeline.filter(std::io::Cursor::new(text.clone().into_bytes()), &mut out, &mut Silence).unwrap();
    let out = String::from_utf8(out).unwrap();
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].ends_with("\"t\":\"[REDACTED:unverified]\"}") && !out.contains(&token), "{out}");
    assert!(lines[1].starts_with("{\"t\":\"[REDACTED:github") && lines[2] == "{\"t\":\"plain\"}", "{out}");
    let refused = pipeline.redact_bytes(text.as_bytes(), &mut Silence);
    assert!(matches!(refused, Err(PipelineError::Unverified { doubt: Doubt::Fault, record: 1, .. })));
}

/// What was asked for.
const VALUE: &str = "4b1f0c9de2a87653b1c4d0e9f8a73521";

/// Records with a question and its answer, and in how many places the value may stay.
fn questions() -> Vec<(&'static str, Vec<String>, usize)> {
    let ask = |id: &str, command: &str| {
        format!(
            r#"{{"type":"assistant","message":{{"content":[{{"type":"tool_use","id":"{id}","name":"Bash","input":{{"command":"{command}"}}}}]}}}}"#
        )
    };
    let answer = |id: &str, text: &str| {
        format!(
            r#"{{"type":"user","message":{{"content":[{{"tool_use_id":"{id}","type":"tool_result","content":"{text}"}}]}},"toolUseResult":{{"stdout":"{text}","stderr":""}}}}"#
        )
    };
    let (a, b) = ("toolu_01AbCdEfGh", "toolu_01IjKlMnOp");
    let claude =
        [ask(a, "openssl rand -hex 16"), ask(b, "git rev-parse HEAD"), answer(b, VALUE), answer(a, VALUE)];
    let gutter = [
        format!(
            r#"{{"message":{{"content":[{{"type":"tool_use","id":"{a}","name":"Read","input":{{"file_path":"/srv/x/config/master.key"}}}}]}}}}"#
        ),
        answer(a, &format!("     1→{VALUE}")),
    ];
    let user = [
        r#"{"type":"user","message":{"content":"<bash-input>openssl rand -hex 16</bash-input>"},"uuid":"6c1d7a0e-77aa-4d1c-9b1e-0123456789ab"}"#.to_owned(),
        format!(r#"{{"parentUuid":"6c1d7a0e-77aa-4d1c-9b1e-0123456789ab","type":"user","message":{{"content":"<bash-stdout>{VALUE}</bash-stdout><bash-stderr></bash-stderr>"}}}}"#),
    ];
    let chat = [
        format!(
            r#"{{"role":"assistant","tool_calls":[{{"id":"call_{a}","function":{{"name":"bash","arguments":"{{\"command\":\"openssl rand -hex 16\"}}"}}}}]}}"#
        ),
        format!(r#"{{"role":"tool","tool_call_id":"call_{a}","content":"<stdout>{VALUE}</stdout>"}}"#),
    ];
    let part = [format!(
        r#"{{"type":"tool","callID":"call_{a}","tool":"bash","state":{{"input":{{"command":"openssl rand -hex 16"}},"output":"{VALUE}\n"}}}}"#
    )];
    let old = [
        ask(a, "openssl rand -hex 16"),
        answer(a, &format!(r#"{{\"output\":\"{VALUE}\\n\",\"metadata\":{{\"exit_code\":0}}}}"#)),
    ];
    let talk = [
        r#"{"parentUuid":null,"type":"assistant","message":{"role":"assistant","content":[{"type":"text","text":"What is the password of the database?"}]},"uuid":"6c1d7a0e-77aa-4d1c-9b1e-0123456789ab"}"#.to_owned(),
        r#"{"parentUuid":"6c1d7a0e-77aa-4d1c-9b1e-0123456789ab","type":"system","subtype":"turn_duration","uuid":"7d1d7a0e-77aa-4d1c-9b1e-0123456789ab"}"#.to_owned(),
        format!(r#"{{"parentUuid":"7d1d7a0e-77aa-4d1c-9b1e-0123456789ab","type":"user","message":{{"role":"user","content":"try {VALUE}"}},"uuid":"8e1d7a0e-77aa-4d1c-9b1e-0123456789ab"}}"#),
    ];
    let typed = [
        r#"{"type":"user","message":{"content":[{"type":"tool_result","tool_use_id":"toolu_01AbCdEfGh","content":"bob@web's password:"}]},"uuid":"6c1d7a0e-77aa-4d1c-9b1e-0123456789ab"}"#.to_owned(),
        format!(r#"{{"parentUuid":"6c1d7a0e-77aa-4d1c-9b1e-0123456789ab","type":"assistant","message":{{"content":[{{"type":"tool_use","id":"toolu_01IjKlMnOp","name":"mcp__pty__write","input":{{"input":"{VALUE}\n"}}}}]}},"uuid":"8e1d7a0e-77aa-4d1c-9b1e-0123456789ab"}}"#),
    ];
    let mut all = vec![
        ("a question in talk", talk.to_vec(), 0),
        ("a prompt", typed.to_vec(), 0),
        ("a chat", chat.to_vec(), 0),
        ("Claude Code", claude.to_vec(), 2),
        ("a user's shell", user.to_vec(), 0),
        ("a file that was read", gutter.to_vec(), 0),
        ("a part with both", part.to_vec(), 0),
        ("JSON beside an exit code", old.to_vec(), 0),
    ];
    all.extend(of_codex(a));
    all.extend(in_order(a));
    all
}

/// The same as Codex notes it.
fn of_codex(a: &str) -> Vec<(&'static str, Vec<String>, usize)> {
    let codex = [
        format!(
            r#"{{"type":"response_item","payload":{{"type":"function_call","name":"shell","arguments":"{{\"command\":[\"bash\",\"-lc\",\"cat config/master.key\"]}}","call_id":"call_{a}"}}}}"#
        ),
        format!(
            r#"{{"type":"response_item","payload":{{"type":"function_call_output","call_id":"call_{a}","output":"Exit code: 0\nWall time: 0.1 seconds\nOutput:\n{VALUE}\n"}}}}"#
        ),
    ];
    let brackets = [
        format!(
            r#"{{"type":"response_item","payload":{{"type":"function_call","name":"shell","arguments":"{{\"command\":[\"bash\",\"-lc\",\"if [ -f key ]; then cat config/master.key; fi\"]}}","call_id":"call_{a}"}}}}"#
        ),
        format!(
            r#"{{"type":"response_item","payload":{{"type":"function_call_output","call_id":"call_{a}","output":"{VALUE}\n"}}}}"#
        ),
    ];
    let event = [format!(
        r#"{{"type":"event_msg","payload":{{"type":"exec_command_end","call_id":"call_{a}","command":["zsh","-lc","openssl rand -hex 16"],"stdout":"{VALUE}\n","exit_code":0}}}}"#
    )];
    vec![
        ("Codex", codex.to_vec(), 0),
        ("brackets in a script", brackets.to_vec(), 0),
        ("an event with both", event.to_vec(), 0),
    ]
}

/// Talk where no record names the one before it, and rows of which one part was asked for.
fn in_order(a: &str) -> Vec<(&'static str, Vec<String>, usize)> {
    let says = |role: &str, text: &str| {
        format!(
            r#"{{"type":"response_item","payload":{{"type":"message","role":"{role}","content":[{{"type":"text","text":"{text}"}}]}}}}"#
        )
    };
    let codex = [
        says("assistant", "What is the password of the database?"),
        r#"{"type":"event_msg","payload":{"type":"token_count","info":null}}"#.to_owned(),
        says("user", &format!("try {VALUE}")),
    ];
    let document = [format!(
        r#"{{"messages":[{{"type":"gemini","content":"What is the root password?"}},{{"type":"user","content":"{VALUE}"}}]}}"#
    )];
    let cracked = [
        format!(
            r#"{{"type":"response_item","payload":{{"type":"function_call","name":"shell","arguments":"{{\"command\":[\"bash\",\"-lc\",\"john --show shadow.txt\"]}}","call_id":"call_{a}"}}}}"#
        ),
        format!(
            r#"{{"type":"response_item","payload":{{"type":"function_call_output","call_id":"call_{a}","output":"bob:{VALUE}:1001:1001::/srv:/bin/sh\n"}}}}"#
        ),
    ];
    vec![
        ("talk in order", codex.to_vec(), 0),
        ("talk in a document", document.to_vec(), 0),
        ("rows of a cracker", cracked.to_vec(), 0),
    ]
}

/// A command that shows source files and nothing else says that its answer is code, whatever that looks like.
#[test]
fn a_file_that_a_command_shows_is_code() {
    const FILE: &str = "kiln relay driver\\nthe ramp is sixty to the hour";
    let ask = |command: &str| {
        format!(
            r#"{{"type":"assistant","message":{{"content":[{{"type":"tool_use","id":"toolu_01AbCdEfGh","name":"Bash","input":{{"command":"{command}"}}}}]}}}}"#
        )
    };
    let answer = |text: &str| {
        format!(
            r#"{{"type":"user","message":{{"content":[{{"tool_use_id":"toolu_01AbCdEfGh","type":"tool_result","content":"{text}"}}]}},"toolUseResult":{{"stdout":"{text}","stderr":""}}}}"#
        )
    };
    let codex = [
        r#"{"type":"response_item","payload":{"type":"function_call","name":"exec_command","arguments":"{\"cmd\":\"sed -n 1,40p relay.cir\"}","call_id":"call_01AbCdEfGh"}}"#.to_owned(),
        format!(r#"{{"type":"response_item","payload":{{"type":"function_call_output","call_id":"call_01AbCdEfGh","output":"Wall time: 0.1 seconds\nOutput:\n{FILE}\n"}}}}"#),
    ];
    let failed = format!("Exit code 1\\n{FILE}\\ncat: b.lean: No such file or directory");
    for (name, records, stays) in [
        ("Claude Code", vec![ask("cd x && cat relay.cir"), answer(FILE)], None),
        ("Codex", codex.to_vec(), Some("Wall time: 0.1 seconds")),
        ("one file is missing", vec![ask("cat a.lean b.lean"), answer(&failed)], Some("Exit code 1")),
    ] {
        let out = redacted(Profile::bug(), &(records.join("\n") + "\n"));
        assert!(!out.contains("relay driver") && !out.contains("sixty to the hour"), "{name}: {out}");
        assert!(out.contains("[CODE ") && stays.is_none_or(|stays| out.contains(stays)), "{name}: {out}");
    }
    for (command, text) in [
        ("cat notes.md", FILE),
        ("cat relay.cir; date", FILE),
        ("cat relay.cir", "cat: relay.cir: No such file or directory"),
        ("cat relay.cir", "(Bash completed with no output)"),
    ] {
        let out = redacted(Profile::bug(), &(ask(command) + "\n" + &answer(text) + "\n"));
        assert!(!out.contains("[CODE "), "{command}: {out}");
    }
}

/// A command in one record says what its answer in another is, whatever stands between and however that comes.
#[test]
fn an_answer_goes_by_its_question() {
    for (name, records, left) in questions() {
        let text = records.join("\n") + "\n";
        for profile in [Profile::retain(), Profile::share(), Profile::bug()] {
            let name = format!("{name} under {profile:?}");
            let out = redacted(profile.clone(), &text);
            let copies = out.matches(VALUE).count();
            // What a question about something else printed is the same value, which is known from the first.
            assert!(copies == 0 || left > 0 && copies <= left, "{name}: {out}");
            let policy = Policy::new(profile, Allowlist::default());
            let key = Key::from_material(&[7; 32]);
            let settings =
                Settings { policy, key, known: Vec::new(), threads: Some(1), access: Access::Read };
            let mut piped = Vec::new();
            let pipeline = Pipeline::new(settings);
            pipeline
                .filter(std::io::Cursor::new(text.clone().into_bytes()), &mut piped, &mut Silence)
                .unwrap();
            assert!(String::from_utf8_lossy(&piped).matches(VALUE).count() <= left, "{name}, piped");
        }
    }
}

/// What Windows' shell writes to a file, under the profile that looks at raw bytes first.
#[test]
fn a_text_in_utf_16_or_32_is_seen() {
    let text = "DB_PASSWORD=Tq7vN2xkRw9d\r\nnext\r\n";
    let wide = |marks: &[u8], of: fn(char) -> Vec<u8>| {
        [marks, &text.chars().flat_map(of).collect::<Vec<_>>()].concat()
    };
    let small = |c: char| vec![c as u8, 0];
    for bytes in [
        wide(b"\xff\xfe", small),
        wide(b"", small),
        wide(b"\xfe\xff", |c| vec![0, c as u8]),
        wide(b"\xff\xfe\0\0", |c| vec![c as u8, 0, 0, 0]),
    ] {
        let key = Key::from_material(&[7; 32]);
        let policy = Policy::new(Profile::retain(), Allowlist::default());
        let settings = Settings { policy, key, known: Vec::new(), threads: Some(1), access: Access::Read };
        let out = Pipeline::new(settings).redact_bytes(&bytes, &mut Silence).unwrap();
        let plain: Vec<u8> = out.into_iter().filter(|byte| *byte != 0).collect();
        let plain = String::from_utf8_lossy(&plain);
        assert!(!plain.contains("Tq7vN2xkRw9d") && plain.contains("DB_PASSWORD=["), "{plain}");
    }
}
