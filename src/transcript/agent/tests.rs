use super::*;
use crate::transcript::text::MediaKind;

/// The fields of every string and key of `record` that is not free, by its bytes.
fn fields(record: &str) -> Vec<(String, Field)> {
    let mut tree = Tree::default();
    tree.read(record.as_bytes()).unwrap();
    let mut fields = Fields::default();
    fields.read(record.as_bytes(), &tree);
    let text = |t: &Token| String::from_utf8(t.bytes(record.as_bytes()).to_vec()).unwrap();
    let all = tree.tokens().iter().enumerate();
    all.filter(|(_, t)| matches!(t.kind, Kind::Key | Kind::String))
        .map(|(i, t)| (text(t), fields.get(i)))
        .filter(|(_, field)| *field != Field::Free)
        .collect()
}

/// Checks the field of each text in `expected`.
fn check(record: &str, expected: &[(&str, Field)]) {
    let found = fields(record);
    for &(text, field) in expected {
        let own: Vec<_> = found.iter().filter(|(t, _)| t == text).map(|&(_, f)| f).collect();
        match field {
            Field::Free => assert!(own.is_empty(), "{text:?} is {own:?} in {record}"),
            _ => assert!(
                !own.is_empty() && own.iter().all(|f| *f == field),
                "{text:?} is {own:?}, not {field:?}"
            ),
        }
    }
}

#[test]
fn claude_tool_calls_whatever_the_order_of_their_members() {
    check(
        r#"{"type":"assistant","uuid":"d833c85c-46d6-4a3c-9b1e-0123456789ab","cwd":"/home/maribel/p","gitBranch":"maribel/fix","message":{"role":"assistant","model":"claude-sonnet-4-5-20251001","content":[
        {"type":"text","text":"I write it."},
        {"type":"thinking","thinking":"signed words","signature":"EqUCCkYICxgCKkAJtW/clNWdtclAZAEqUCCkYICxgCKkAJtW/clNWdtclAZAEqUCCg=="},
        {"type":"thinking","thinking":"bare words","signature":""},
        {"type":"redacted_thinking","data":"EmwKAhgBEgy3va3pzix8AAAAEmwKAhgBEgy3va3pzix8AAAAEmwKAhgBEgy3va3pzix8AAAA"},
        {"input":{"content":"x = 1","file_path":"a/b.py"},"name":"Write","id":"toolu_01AMSUGee7o5spxBfWrzj6GG","type":"tool_use"},
        {"type":"tool_use","name":"MultiEdit","input":{"file_path":"b.rs","edits":[{"old_string":"fn a","new_string":"fn b"}]}},
        {"type":"tool_use","name":"Bash","input":{"command":"ls -l","description":"List"}},
        {"type":"tool_use","name":"Grep","input":{"pattern":"fn \\w+","path":"src"}},
        {"type":"tool_use","name":"Glob","input":{"pattern":"**/*.rs"}},
        {"type":"tool_use","name":"TodoWrite","input":{"todos":[{"content":"Do it","id":"ghp_x"}]}}]}}"#,
        &[
            ("d833c85c-46d6-4a3c-9b1e-0123456789ab", Field::Structural),
            ("toolu_01AMSUGee7o5spxBfWrzj6GG", Field::Structural),
            ("claude-sonnet-4-5-20251001", Field::Structural),
            ("/home/maribel/p", Field::WorkingDirectory),
            ("maribel/fix", Field::Branch),
            ("I write it.", Field::Answer),
            ("signed words", Field::SignedThinking),
            ("bare words", Field::Prose),
            ("EqUCCkYICxgCKkAJtW/clNWdtclAZAEqUCCkYICxgCKkAJtW/clNWdtclAZAEqUCCg==", Field::Opaque),
            ("EmwKAhgBEgy3va3pzix8AAAAEmwKAhgBEgy3va3pzix8AAAAEmwKAhgBEgy3va3pzix8AAAA", Field::Opaque),
            ("x = 1", Field::Code("python")),
            ("fn a", Field::Code("rust")),
            ("fn b", Field::Code("rust")),
            ("a/b.py", Field::Path),
            ("ls -l", Field::Command),
            ("List", Field::Prose),
            (r"fn \\w+", Field::Code("regex")),
            ("**/*.rs", Field::Free),
            ("Do it", Field::Prose),
            ("ghp_x", Field::Free),
        ],
    );
}

#[test]
fn claude_results_in_both_places() {
    check(
        r#"{"type":"user","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_01AMSUGee7o5spxBfWrzj6GG","content":"1\tfn main() {}"}]},
        "toolUseResult":{"type":"text","file":{"filePath":"/srv/a.rs","content":"fn main() {}","numLines":1}}}"#,
        &[("1\\tfn main() {}", Field::Code("rust")), ("fn main() {}", Field::Code("rust"))],
    );
    check(
        r#"{"type":"user","message":{"role":"user","content":[{"type":"tool_result","content":"updated"}]},
        "toolUseResult":{"filePath":"/srv/a.go","oldString":"old","newString":"new","originalFile":"whole","structuredPatch":[{"oldStart":1,"lines":[" a","+b"]}]}}"#,
        &[
            ("updated", Field::Output),
            ("old", Field::Code("go")),
            ("whole", Field::Code("go")),
            ("+b", Field::Patch("go")),
        ],
    );
    check(
        r#"{"type":"user","message":{"content":[{"type":"tool_result","is_error":true,"content":"no such file"}]},"toolUseResult":"Error: no such file"}"#,
        &[("no such file", Field::Output), ("Error: no such file", Field::Output)],
    );
    check(
        r#"{"toolUseResult":{"stdout":"out","stderr":"err"},"type":"user","message":{"role":"user","content":"a prompt"}}"#,
        &[("out", Field::Output), ("err", Field::Output), ("a prompt", Field::Prose)],
    );
}

#[test]
fn claude_other_records() {
    check(
        r#"{"type":"progress","data":{"type":"agent_progress","prompt":"look","message":{"type":"assistant","message":{"role":"assistant","content":[{"type":"tool_use","name":"Edit","input":{"file_path":"x.ts","old_string":"let a"}}]}}}}"#,
        &[("look", Field::Prose), ("let a", Field::Code("typescript"))],
    );
    check(
        r#"{"type":"file-history-snapshot","snapshot":{"messageId":"d833c85c-46d6-4a3c-9b1e-0123456789ab","trackedFileBackups":{"src/a.rs":{"backupFileName":"d833c85c46d6a3cc@v1","backupTime":"2026-01-27T00:29:02.921Z"}}}}"#,
        &[("src/a.rs", Field::Path), ("2026-01-27T00:29:02.921Z", Field::Structural)],
    );
    check(
        r#"{"type":"attachment","attachment":{"type":"edited_text_file","filename":"a.py","snippet":"1\tx"}}"#,
        &[("a.py", Field::Path), ("1\\tx", Field::Code("python"))],
    );
    check(
        r#"{"type":"attachment","attachment":{"type":"hook_success","content":"done","stdout":"o","command":"make"}}"#,
        &[("done", Field::Answer), ("o", Field::Answer), ("make", Field::Command)],
    );
    check(
        r#"{"type":"attachment","attachment":{"type":"file","filename":"a.c","content":{"type":"text","file":{"filePath":"a.c","content":"int x;"}}}}"#,
        &[("int x;", Field::Code("c"))],
    );
    check(
        r#"{"type":"bridge-session","ownerAccountUuid":"d833c85c-46d6-4a3c-9b1e-0123456789ab","prUrl":"https://example.com/o/r/pull/1","agentName":"scout"}"#,
        &[
            ("d833c85c-46d6-4a3c-9b1e-0123456789ab", Field::Account),
            ("https://example.com/o/r/pull/1", Field::Repository),
            ("scout", Field::Name),
        ],
    );
    check(
        r#"{"toolUseResult":{"type":"notebook","file":{"filePath":"a.ipynb","cells":[{"cell_type":"code","source":"x=1"}]}}}"#,
        &[("x=1", Field::Code("python"))],
    );
}

#[test]
fn a_secret_in_a_structural_place_is_still_searched() {
    check(
        r#"{"type":"ghp_0A1b2C3d4E5f0A1b2C3d4E5f0A1b2C3d4E5f","uuid":"hunter2 hunter2","timestamp":"yesterday","signature":"not base64!"}"#,
        &[
            ("ghp_0A1b2C3d4E5f0A1b2C3d4E5f0A1b2C3d4E5f", Field::Free),
            ("hunter2 hunter2", Field::Free),
            ("yesterday", Field::Free),
            ("not base64!", Field::Free),
        ],
    );
}

#[test]
fn media_in_any_agent_by_magic_or_type() {
    check(
        r#"{"message":{"content":[{"type":"image","source":{"data":"iVBORw0KGgoAAAANSUhEUgAAAF4=","media_type":"image/png"}}]},
        "parts":[{"inlineData":{"mimeType":"application/pdf","data":"JVBERi0xLjcKAAAAAAAAAAAA"}},{"mimeType":"audio/wav","blob":"AAECAwQFBgcICQoLDA0ODw=="}],
        "file":{"base64":"/9j/4AAQSkZJRgABAQAAAQAB"},"data":"aGVsbG8gd29ybGQgaGVsbG8gd29ybGQ="}"#,
        &[
            ("iVBORw0KGgoAAAANSUhEUgAAAF4=", Field::Media(MediaKind::Png)),
            ("JVBERi0xLjcKAAAAAAAAAAAA", Field::Media(MediaKind::Pdf)),
            ("AAECAwQFBgcICQoLDA0ODw==", Field::Media(MediaKind::Other)),
            ("/9j/4AAQSkZJRgABAQAAAQAB", Field::Media(MediaKind::Jpeg)),
            ("aGVsbG8gd29ybGQgaGVsbG8gd29ybGQ=", Field::Free),
        ],
    );
    check(
        r#"{"type":"input_audio","input_audio":{"data":"//uQAAECAwQFBgcICQoLDA0ODw==","format":"mp3"}}"#,
        &[("//uQAAECAwQFBgcICQoLDA0ODw==", Field::Media(MediaKind::Mp3))],
    );
}

#[test]
fn edits_of_an_editor_are_code() {
    check(
        r#"{"response":[{"kind":"textEditGroup","edits":[[{"text":"rows of the quay","range":{"startLineNumber":1}}]]},{"text":"Done so far."}]}"#,
        &[("rows of the quay", Field::Code("")), ("Done so far.", Field::Prose)],
    );
}

#[test]
fn codex_events() {
    check(
        r#"{"type":"response_item","payload":{"type":"custom_tool_call","name":"apply_patch","input":"*** Begin Patch\n+x"}}"#,
        &[("*** Begin Patch\\n+x", Field::Patch(""))],
    );
    check(
        r#"{"type":"event_msg","payload":{"type":"patch_apply_end","changes":{"/srv/a.go":{"update":{"unified_diff":"@@ -1 +1 @@"}},"b.py":{"add":{"content":"x"}}}}}"#,
        &[
            ("/srv/a.go", Field::Path),
            ("@@ -1 +1 @@", Field::Patch("go")),
            ("b.py", Field::Path),
            ("x", Field::Code("python")),
        ],
    );
    check(
        r#"{"type":"event_msg","payload":{"type":"exec_command_end","command":["bash","-lc","cat a"],"cwd":"/srv","aggregated_output":"out","parsed_cmd":[{"type":"read","cmd":"cat a"}]}}"#,
        &[("cat a", Field::Command), ("/srv", Field::WorkingDirectory), ("out", Field::Output)],
    );
    check(
        r#"{"type":"event_msg","payload":{"type":"exec_command_output_delta","stream":"stdout","chunk":"ZGVmIHNldHRsZShyb3dzKTo="}}"#,
        &[("ZGVmIHNldHRsZShyb3dzKTo=", Field::Media(MediaKind::Text))],
    );
    check(
        r#"{"type":"event_msg","payload":{"type":"agent_message_delta","chunk":"ZGVmIHNldHRsZShyb3dzKTo="}}"#,
        &[("ZGVmIHNldHRsZShyb3dzKTo=", Field::Free)],
    );
    check(
        r#"{"type":"session_meta","payload":{"id":"019dad78-1ed8-72f2-bb83-2e3a74a3e6df","git":{"branch":"x","repository_url":"git@example.com:o/r.git"}}}"#,
        &[("x", Field::Branch), ("git@example.com:o/r.git", Field::Repository)],
    );
    check(
        r#"{"type":"response_item","payload":{"type":"reasoning","encrypted_content":"gAAAAABnZ2dnZ2dnZ2dngAAAAABnZ2dnZ2dnZ2dngAAAAABnZ2dnZ2dnZ2dngAAAAABnZ2dn"}}"#,
        &[("gAAAAABnZ2dnZ2dnZ2dngAAAAABnZ2dnZ2dnZ2dngAAAAABnZ2dnZ2dnZ2dngAAAAABnZ2dn", Field::Opaque)],
    );
}

#[test]
fn a_script_in_a_command_that_is_an_array_is_code() {
    check(
        r#"{"payload":{"command":["/usr/bin/python3","-c","import os"],"cmd":["bash","-lc","ls"]}}"#,
        &[("import os", Field::Code("python")), ("ls", Field::Command), ("-c", Field::Command)],
    );
}

#[test]
fn other_agents() {
    check(
        r#"{"type":"tool_use","part":{"type":"tool","tool":"write","state":{"input":{"filePath":"fib.py","content":"def fib"},"output":"Wrote","metadata":{"diff":"+def"}}}}"#,
        &[("def fib", Field::Code("python")), ("Wrote", Field::Output), ("+def", Field::Patch(""))],
    );
    check(
        r#"{"messages":[{"type":"gemini","content":"words","toolCalls":[{"name":"replace","args":{"file_path":"a.js","old_string":"let x"},"resultDisplay":{"fileDiff":"-let x","originalContent":"whole","fileName":"a.js"}}]}]}"#,
        &[
            ("let x", Field::Code("javascript")),
            ("-let x", Field::Patch("javascript")),
            ("whole", Field::Code("javascript")),
        ],
    );
    check(
        r#"{"type":"message","message":{"role":"toolResult","content":[{"type":"text","text":"printed"}]}}"#,
        &[("printed", Field::Output)],
    );
}

#[test]
fn hostile_nesting_costs_little() {
    let deep = format!("{}1{}", r#"{"message":{"content":[{"input":"#.repeat(30_000), "}]}}".repeat(30_000));
    assert!(fields(&deep).is_empty());
    let wide = format!(
        "{{{}\"type\":\"x\"}}",
        r#""data":"AAECAwQFBgcICQoLDA0ODw==","chunk":"AAECAwQFBgcICQoLDA0ODw==","thinking":"a","content":"b","#.repeat(20_000)
    );
    let _ = fields(&wide);
}

#[test]
fn answers_are_what_agents_say_and_what_tools_give_back_that_show_no_files() {
    check(
        r#"{"type":"user","message":{"role":"user","content":[{"type":"tool_result","content":[{"type":"text","text":"an issue"}]}]},"toolUseResult":[{"type":"text","text":"an issue"}]}"#,
        &[("an issue", Field::Answer)],
    );
    check(
        r#"{"type":"user","message":{"role":"user","content":[{"type":"tool_result","content":[{"type":"text","text":"a report"}]}]},"toolUseResult":{"status":"completed","content":[{"type":"text","text":"a report"}]}}"#,
        &[("a report", Field::Output)],
    );
    check(
        r#"{"type":"user","message":{"role":"user","content":[{"type":"tool_result","content":[{"type":"text","text":"a report"}]}]},"toolUseResult":{"status":"completed","agentId":"a1b2c3d","content":[{"type":"text","text":"a report"}]}}"#,
        &[("a report", Field::Answer)],
    );
    check(
        r#"{"type":"user","message":{"role":"user","content":[{"type":"tool_result","content":[{"type":"resource","resource":{"uri":"file:///srv/a.py","text":"rates"}}]}]},"toolUseResult":[{"type":"text","text":"an issue"}]}"#,
        &[("rates", Field::Code("python")), ("an issue", Field::Answer)],
    );
    check(
        r#"{"type":"event_msg","payload":{"type":"agent_message","message":"it says"}}"#,
        &[("it says", Field::Answer)],
    );
    check(
        r#"{"type":"event_msg","payload":{"type":"task_complete","last_agent_message":"it says"}}"#,
        &[("it says", Field::Answer)],
    );
    check(
        r#"{"type":"event_msg","payload":{"type":"user_message","message":"he says"}}"#,
        &[("he says", Field::Prose)],
    );
    check(
        r#"{"type":"response_item","payload":{"type":"message","role":"assistant","content":[{"type":"output_text","text":"it says"}]}}"#,
        &[("it says", Field::Answer)],
    );
    check(
        r#"{"type":"response_item","payload":{"type":"message","role":"user","content":[{"type":"input_text","text":"he says"}]}}"#,
        &[("he says", Field::Prose)],
    );
    check(
        r#"{"type":"event_msg","payload":{"type":"mcp_tool_call_end","invocation":{"server":"tracker","tool":"get_issue"},"result":{"Ok":{"content":[{"type":"text","text":"an issue"}]}}}}"#,
        &[("an issue", Field::Answer)],
    );
    check(
        r#"{"type":"event_msg","payload":{"type":"mcp_tool_call_end","invocation":{"server":"files","tool":"read_file"},"result":{"Ok":{"content":[{"type":"text","text":"a file"}]}}}}"#,
        &[("a file", Field::Code(""))],
    );
}

#[test]
fn files_that_tools_of_servers_and_other_agents_write_and_show() {
    check(
        r#"{"type":"assistant","message":{"role":"assistant","content":[{"type":"tool_use","name":"mcp__ide__replace_symbol_body","input":{"relative_path":"a.rs","body":"fn a() {}"}},
        {"type":"tool_use","name":"mcp__ide__create_new_file","input":{"pathInProject":"b.py","text":"x = 1"}},
        {"type":"tool_use","name":"mcp__tracker__create_issue","input":{"title":"It fails","body":"on Windows"}}]}}"#,
        &[
            ("a.rs", Field::Path),
            ("fn a() {}", Field::Code("rust")),
            ("x = 1", Field::Code("python")),
            ("on Windows", Field::Free),
        ],
    );
    check(
        r#"{"type":"tool_use","part":{"type":"tool","tool":"read","state":{"status":"completed","input":{"filePath":"a.rs"},"output":"1| fn a","metadata":{"preview":"fn b"}}}}"#,
        &[("1| fn a", Field::Code("")), ("fn b", Field::Code(""))],
    );
    check(
        r#"{"type":"tool_use","part":{"type":"tool","tool":"read","state":{"status":"error","error":"no such file"}}}"#,
        &[("no such file", Field::Output)],
    );
}

#[test]
fn documents_that_are_text() {
    check(
        r#"{"message":{"role":"user","content":[{"type":"document","source":{"type":"text","media_type":"text/plain","data":"let x = 1;"}},
        {"type":"document","source":{"type":"base64","media_type":"text/plain","data":"bGV0IHggPSAxOyAvLyByb3dz"}}]}}"#,
        &[("let x = 1;", Field::Code("")), ("bGV0IHggPSAxOyAvLyByb3dz", Field::Media(MediaKind::Text))],
    );
}

#[test]
fn a_plan_is_words_also_where_it_is_a_file() {
    for (path, field) in [
        ("/home/maribel/.claude/plans/steady-otter.md", Field::Answer),
        ("/home/maribel/ledger/plans/steady.md", Field::Code("markdown")),
    ] {
        let record = format!(
            r##"{{"type":"assistant","message":{{"content":[{{"type":"tool_use","name":"Write","input":{{"file_path":"{path}","content":"# Fix the total"}}}}]}}}}"##
        );
        check(&record, &[("# Fix the total", field)]);
    }
}

#[test]
fn what_a_server_is_asked_is_an_expression_or_words() {
    for (query, field) in [
        ("MATCH (r:Row)-[:IN]->(l) RETURN r", Field::Code("")),
        ("Rows | where Total > 100 | summarize count() by Kind", Field::Code("")),
        ("why does it time out (again)", Field::Free),
    ] {
        let record = format!(
            r#"{{"type":"assistant","message":{{"content":[{{"type":"tool_use","name":"mcp__graph__ask","input":{{"query":"{query}"}}}}]}}}}"#
        );
        check(&record, &[(query, field)]);
    }
}

#[test]
fn what_is_said_in_events_of_copilot_is_prose() {
    check(
        r#"{"type":"user.message","data":{"content":"Do it","transformedContent":"Do it now","attachments":[]},"id":"e1"}"#,
        &[("Do it", Field::Prose), ("Do it now", Field::Prose)],
    );
    check(
        r#"{"type":"assistant.message","data":{"messageId":"m","content":"Done."},"id":"e2"}"#,
        &[("Done.", Field::Answer)],
    );
    check(
        r#"{"type":"tool.execution_complete","data":{"content":"Done."},"id":"e2"}"#,
        &[("Done.", Field::Free)],
    );
}
