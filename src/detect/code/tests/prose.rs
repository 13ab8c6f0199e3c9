//! Prose with code in it, answers and documents.

use super::{super::*, check, stays};

#[test]
fn pasted_code_goes_and_words_around_it_stay() {
    check(
        Field::Prose,
        "This fails when the list is empty:\n\ndef settle(rows):\n    # sum them up\n    total = sum(r.amount for r in rows)\n    return total\n\nCan you fix it?",
        "This fails when the list is empty:\n\n[CODE text 4 lines]\n\n\n\n\nCan you fix it?",
    );
    check(
        Field::Output,
        ">>> import ledger\n>>> ledger.total(3)\n3\n",
        ">>> [CODE python 2 lines]\n>>> \n3\n",
    );
    check(
        Field::Output,
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ledger\nspec:\n  replicas: 3\n",
        "[CODE text 6 lines]\n\n\n\n\n\n",
    );
}

#[test]
fn texts_that_code_holds_go_with_it() {
    check(
        Field::Output,
        "func settleCmd() *cobra.Command {\n\tcmd := &cobra.Command{\n\t\tUse: \"settle\",\n\t\tLong: `settle pays what the ledger owes and writes a\nreport to disk. Every account is paid once.\n\nAll accounts are always settled, whatever they hold, since a part of\nthem would leave the ledger in a state that nobody wants.\n\nNothing is paid twice.`,\n\t}\n\treturn cmd\n}\n",
        "[CODE text 13 lines]\n\n\n\n\n\n\n\n\n\n\n\n\n",
    );
    check(
        Field::Output,
        "The call is `settle` and the file is open: `x\nIt is closed then.`\n",
        "The call is `settle` and the file is open: `x\nIt is closed then.`\n",
    );
}

#[test]
fn json_keeps_its_keys() {
    check(
        Field::Free,
        r#"{"cmd":"python -c 'import os; os.getcwd()'","workdir":"/srv"}"#,
        r#"{"cmd":"python -c '[CODE python 1 lines]'","workdir":"/srv"}"#,
    );
    check(
        Field::Free,
        r#"{"file_path":"a.py","content":"import os\n\nprint(1)\n"}"#,
        r#"{"file_path":"a.py","content":"[CODE python 3 lines]\n\n\n"}"#,
    );
    check(Field::Output, r#"{"title":"Fix the page","n":3}"#, r#"{"title":"Fix the page","n":3}"#);
}

#[test]
fn a_plain_line_that_is_json_stays_json() {
    let text = "[1]\n{\"command\":\"node -e 'pay(1)'\"}\nlet x = pay(1);\n";
    let subject =
        Subject { bytes: text.as_bytes(), key: None, role: Role::Plain, field: Field::Free, cwd: None };
    let mut hits = Hits::new();
    find(&subject, &mut hits, &mut Vec::new());
    let found: Vec<_> = hits.iter().map(|hit| &text[hit.span.range()]).collect();
    assert_eq!(found, ["pay(1)", "let x = pay(1);"]);
}

#[test]
fn answers_in_json_are_read_string_by_string() {
    let review = "{\n  \"findings\": [\n    {\"title\": \"Refunds are counted twice\", \"priority\": 1}\n  ],\n  \"verdict\": \"The patch is wrong.\"\n}";
    stays(Field::Answer, review);
    check(Field::Prose, review, "[CODE text 6 lines]\n\n\n\n\n");
    check(
        Field::Answer,
        "[\n  {\"body\": \"Take this:\\n```go\\nx := 1\\n```\"}\n]",
        "[\n  {\"body\": \"Take this:\\n```go\\n[CODE go 1 lines]\\n```\"}\n]",
    );
    check(
        Field::Answer,
        "{\n  \"name\": \"ledger\",\n  \"dependencies\": {\n    \"left-pad\": \"1.0.0\"\n  }\n}",
        "[CODE text 6 lines]\n\n\n\n\n",
    );
    for told in [
        "InputValidationError: [\n  {\n    \"code\": \"invalid_type\",\n    \"expected\": \"string\",\n    \"path\": [\n      \"query\"\n    ],\n    \"message\": \"Required\"\n  }\n]",
        "<tool_use_error>InputValidationError: [\n  {\n    \"code\": \"too_small\",\n    \"path\": [\"n\"],\n    \"message\": \"Too small\"\n  }\n]</tool_use_error>",
        "API Error: 400 {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"too long\"}}",
        "[\n  {\n    \"uri\": \"file:///srv/x\",\n    \"linesInFile\": 63,\n    \"diagnostics\": []\n  }\n]",
        "main\n---\n{\"headRefName\":\"main\",\"number\":12,\"title\":\"Round the totals\"}",
        "===\n{\n  \"number\": 4,\n  \"url\": \"https://github.com/o/r/issues/4\"\n}\nDone in one second.",
    ] {
        stays(Field::Output, told);
    }
    check(
        Field::Output,
        "got:\n{\"node_id\":\"x\",\"diff_hunk\":\"@@ -1,2 +1,2 @@\\n-x := 1\\n+x := 2\"}",
        "got:\n{\"node_id\":\"x\",\"diff_hunk\":\"@@ -1,2 +1,2 @@\\n-[CODE text 2 lines]\\n+\"}",
    );
    check(
        Field::Output,
        "{\"Issues\":[{\"Text\":\"not checked\",\"SourceLines\":[\"return rates\"]}],\"Report\":{}}",
        "{\"Issues\":[{\"Text\":\"not checked\",\"SourceLines\":[\"[CODE text 1 lines]\"]}],\"Report\":{}}",
    );
    check(
        Field::Output,
        "{\n  \"rates\": {\n    \"gold\": 3\n  },\n  \"title\": \"x\"\n}",
        "[CODE text 6 lines]\n\n\n\n\n",
    );
}

#[test]
fn statements_quoted_in_prose_go() {
    check(
        Field::Prose,
        "It fails before `rows, err := db.Rows(ctx)` around line 12, see `settle` and `go test ./...`.",
        "It fails before `[CODE text 1 lines]` around line 12, see `settle` and `go test ./...`.",
    );
    check(Field::Answer, "Is ``a.Len() == `b` `` right?", "Is ``[CODE text 1 lines]`` right?");
}

#[test]
fn documents_in_fences_of_markdown_go_and_words_in_them_stay() {
    for (above, inside) in [
        ("Something simpler?", "# Ledger\n\nIt holds the rates of gold."),
        ("", "---\nname: ledger\n---\nIt holds the rates."),
        ("Add to `docs/rates.md`:", "### Rates\n\nThe rates of gold."),
        ("**README.md**", "The rates of gold."),
    ] {
        let text = format!("{above}\n```markdown\n{inside}\n```\nBye.");
        let lines = inside.matches('\n').count();
        let expected = format!(
            "{above}\n```markdown\n[CODE markdown {} lines]{}\n```\nBye.",
            lines + 1,
            "\n".repeat(lines)
        );
        check(Field::Answer, &text, &expected);
    }
    for (above, inside) in [
        ("The text of the pull request:", "## Summary\n\nTotals are rounded."),
        ("Say this:", "Totals are rounded now."),
    ] {
        stays(Field::Answer, &format!("{above}\n```markdown\n{inside}\n```\nBye."));
    }
}

#[test]
fn sentences_keep_their_words_around_code() {
    for (text, expected) in [
        (
            "try settle(row.total, 'a b') and tell me what it prints",
            "try [CODE text 1 lines] and tell me what it prints",
        ),
        (
            "I think that it says strings.Contains(msg, \"unknown field\") there and in the other place",
            "I think that it says strings.Contains(msg, \"unknown field\") there and in the other place",
        ),
        ("The pattern `^rows_(?<id>\\d+)$` is wrong.", "The pattern `[CODE text 1 lines]` is wrong."),
        (
            "set limit = 875 in the config and restart the service",
            "set limit = 875 in the config and restart the service",
        ),
        (
            "```\n*1. (High) Totals of the rows are wrong, since what is paid twice is in them and not (yet) in the list*\nrow.rs:12 — total = (?i)[0-9]\n\nIt is all of them that this can be seen in, and the one in `rows` is the worst of those we have.\n\"#12\" -> [\"12\"]\n```",
            "```\n*1. (High) Totals of the rows are wrong, since what is paid twice is in them and not (yet) in the list*\nrow.rs:12 — total = (?i)[0-9]\n\nIt is all of them that this can be seen in, and the one in `rows` is the worst of those we have.\n[CODE text 1 lines]\n```",
        ),
    ] {
        check(Field::Prose, text, expected);
    }
}
