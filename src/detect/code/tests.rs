use super::*;
use proptest::prelude::*;

/// `text` with its code replaced, as a redactor does it: the outline in the first span, nothing in the others, line
/// breaks kept. The outline is `[CODE language lines lines 7f3a9c]`.
pub(super) fn redacted(text: &str, field: Field) -> String {
    let subject = Subject { bytes: text.as_bytes(), key: None, role: Role::Value, field, cwd: None };
    let mut hits = Hits::new();
    find(&subject, &mut hits, &mut Vec::new());
    let view = View::identity(text.as_bytes(), 0);
    let mut edits = Vec::new();
    for hit in hits.iter().filter(|hit| hit.rule == id::CODE_BLOCK) {
        for (i, span) in view.raw(hit.span).into_iter().enumerate() {
            let with = match hit.detail {
                Detail::Outline { language, lines } if i == 0 => {
                    let language = if language.is_empty() { "text" } else { language };
                    format!("[CODE {language} {lines} lines 7f3a9c]")
                }
                _ => String::new(),
            };
            edits.push((span.start(), span.end(), with));
        }
    }
    edits.sort();
    assert!(edits.windows(2).all(|w| w[0].1 <= w[1].0), "disjoint in {text:?}");
    let mut out = text.as_bytes().to_vec();
    for (start, end, with) in edits.into_iter().rev() {
        out.splice(start..end, with.into_bytes());
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Checks what becomes of `text`, and that nothing more becomes of it the second time.
#[track_caller]
fn check(field: Field, text: &str, expected: &str) {
    let once = redacted(text, field);
    assert_eq!(once.replace("7f3a9c]", "]").replace(" ]", "]"), expected, "of {text}");
    assert_eq!(redacted(&once, field), once, "twice");
    assert_eq!(once.matches('\n').count(), text.matches('\n').count());
}

#[test]
fn fields_that_are_code_go_whole_and_line_numbers_stay() {
    check(Field::Code("rust"), "fn a() {\n\n    b();\n}\n", "[CODE rust 4 lines]\n\n\n\n");
    check(
        Field::Code("go"),
        "     1→package a\n     2→\n     3→func b() {}",
        "     1→[CODE go 3 lines]\n     2→\n     3→",
    );
    check(Field::Code("go"), "12\tpackage a\n13\t\n14\tx", "12\t[CODE go 3 lines]\n13\t\n14\t");
    check(Field::Code(""), "word", "[CODE text 1 lines]");
    check(Field::Code(""), "\r\nlet x = 1;\r\nlet y = 2;\r\n", "\r\n[CODE text 2 lines]\r\n\r\n");
}

#[test]
fn patches_keep_signs_and_headers() {
    check(
        Field::Output,
        "diff --git a/src/a.go b/src/a.go\nindex 12ab..34cd 100644\n--- a/src/a.go\n+++ b/src/a.go\n@@ -1,3 +1,3 @@ func Settle() {\n x := 1\n-y := 2\n+y := 3\n\nDone in one second.\n",
        "diff --git a/src/a.go b/src/a.go\nindex 12ab..34cd 100644\n--- a/src/a.go\n+++ b/src/a.go\n@@ -1,3 +1,3 @@ [CODE go 4 lines]\n \n-\n+\n\nDone in one second.\n",
    );
    check(
        Field::Patch(""),
        "*** Begin Patch\n*** Update File: src/app.js\n@@ function pay() {\n const x = 1;\n-const y = 2;\n+const y = 3;\n*** Add File: b.py\n+import os\n+\n*** End Patch",
        "*** Begin Patch\n*** Update File: src/app.js\n@@ [CODE javascript 4 lines]\n \n-\n+\n*** Add File: b.py\n+[CODE python 1 lines]\n+\n*** End Patch",
    );
    check(Field::Patch("go"), "+\tx := 1", "+[CODE go 1 lines]");
    check(Field::Patch("go"), " ", " ");
    check(Field::Output, "3c3\n< let a = 1\n---\n> let a = 2\n", "3c3\n< [CODE text 3 lines]\n---\n> \n");
    check(
        Field::Free,
        "*** a.c\n--- b.c\n***************\n*** 1,2 ****\n  int x;\n! int y;\n--- 1,2 ----\n  int x;\n! int z;\n",
        "*** a.c\n--- b.c\n***************\n*** 1,2 ****\n  [CODE c 2 lines]\n! \n--- 1,2 ----\n  [CODE c 2 lines]\n! \n",
    );
    check(
        Field::Prose,
        "Take this:\n```diff\n- old_call(a)\n+ new_call(b)\n```\nThanks.",
        "Take this:\n```diff\n-[CODE text 2 lines]\n+\n```\nThanks.",
    );
    check(
        Field::Output,
        "<<<<<<< HEAD\nlet a = 1;\n=======\nlet a = 2;\n>>>>>>> main\n",
        "<<<<<<< HEAD\n[CODE text 1 lines]\n=======\n[CODE text 1 lines]\n>>>>>>> main\n",
    );
}

#[test]
fn fences_of_both_kinds_nested_indented_unclosed() {
    check(
        Field::Prose,
        "Look:\n```python\nimport os\nx\n```\nFine.",
        "Look:\n```python\n[CODE python 2 lines]\n\n```\nFine.",
    );
    check(Field::Prose, "~~~ rust\nwords here\n~~~\n", "~~~ rust\n[CODE rust 1 lines]\n~~~\n");
    check(
        Field::Prose,
        "1. Do:\n   ```js\n   a()\n   ```\n",
        "1. Do:\n   ```js\n[CODE javascript 1 lines]\n   ```\n",
    );
    check(Field::Prose, "```go\nfunc a() {}\nmore", "```go\n[CODE go 2 lines]\n");
    check(
        Field::Prose,
        "````markdown\nRead this:\n```python\nx = 1\n```\nand go on.\n````\nBye.",
        "````markdown\nRead this:\n```python\n[CODE python 1 lines]\n```\nand go on.\n````\nBye.",
    );
    check(Field::Prose, "```\ndef a(b):\n    return b\n```", "```\n[CODE text 2 lines]\n\n```");
    check(
        Field::Prose,
        "```\nTypeError: x is not a function\n    at a (/srv/b.js:1:2)\n```",
        "```\nTypeError: x is not a function\n    at a (/srv/b.js:1:2)\n```",
    );
    check(Field::Prose, "> ```py\n> import os\n> ```", "> ```py\n[CODE python 1 lines]\n> ```");
}

#[test]
fn commands_keep_programs_and_lose_scripts() {
    check(Field::Command, "cargo test --lib && ls -l src", "cargo test --lib && ls -l src");
    check(
        Field::Command,
        "python3 -c 'import ledger; print(ledger.total())' | head",
        "python3 -c '[CODE python 1 lines]' | head",
    );
    check(
        Field::Command,
        "cat > src/a.py <<'EOF'\nimport os\n\nprint(1)\nEOF\nls",
        "cat > src/a.py <<'EOF'\n[CODE python 3 lines]\n\n\nEOF\nls",
    );
    check(Field::Command, "psql -h db -c \"select * from users\"", "psql -h db -c \"[CODE sql 1 lines]\"");
    check(
        Field::Command,
        "bash -lc \"node -e 'settle(1)'\"",
        "bash -lc \"node -e '[CODE javascript 1 lines]'\"",
    );
    check(Field::Command, "sed -n '10,20p' src/a.rs", "sed -n '10,20p' src/a.rs");
    check(Field::Command, "sed -i 's/settleOld/settleNew/g' a.ts", "sed -i '[CODE sed 1 lines]' a.ts");
    check(
        Field::Command,
        "git commit -m \"$(cat <<'EOF'\nFix the rounding of the ledger\n\nIt was wrong.\nEOF\n)\"",
        "git commit -m \"$(cat <<'EOF'\nFix the rounding of the ledger\n\nIt was wrong.\nEOF\n)\"",
    );
    check(
        Field::Command,
        "apply_patch <<'EOF'\n*** Begin Patch\n*** Update File: a.go\n@@\n-x := 1\n+x := 2\n*** End Patch\nEOF",
        "apply_patch <<'EOF'\n*** Begin Patch\n*** Update File: a.go\n@@\n-[CODE go 2 lines]\n+\n*** End Patch\nEOF",
    );
}

#[test]
fn scripts_behind_flags_in_pipes_and_in_what_is_printed_to_files_go() {
    for (command, expected) in [
        ("perl -pi -e 's/settle_old/settle/g' a.rs", "perl -pi -e '[CODE perl 1 lines]' a.rs"),
        ("perl -i.bak -0777pe 's/settle_old/x/' a", "perl -i.bak -0777pe '[CODE perl 1 lines]' a"),
        ("ruby -rjson -ne 'puts settle($_)' a", "ruby -rjson -ne '[CODE ruby 1 lines]' a"),
        ("curl -s x | jq -r '.rows | map(.total)'", "curl -s x | jq -r '[CODE jq 1 lines]'"),
        ("jq -r '.version' package.json", "jq -r '.version' package.json"),
        ("echo 'const STEP = 50;' >> src/a.ts", "echo '[CODE typescript 1 lines]' >> src/a.ts"),
        ("printf \"def step(day):\\n\" | tee -a a.py", "printf \"[CODE python 1 lines]\" | tee -a a.py"),
        (
            "echo 'tests failed' > out.txt; echo 'done again'",
            "echo 'tests failed' > out.txt; echo 'done again'",
        ),
        ("echo 'all is done' && cat a.py > b.py", "echo 'all is done' && cat a.py > b.py"),
        ("grep -re 'settle_old' src", "grep -re 'settle_old' src"),
        ("node -p process.version", "node -p [CODE javascript 1 lines]"),
        (
            "clickhouse-client --query=\"SELECT a FROM rows\"",
            "clickhouse-client --query=\"[CODE sql 1 lines]\"",
        ),
        (
            "sh -lc \"psql -c \\\"select total from rows where a > 4\\\" | head\"",
            "sh -lc \"psql -c \\\"[CODE sql 1 lines]\\\" | head\"",
        ),
        ("vim -es -c '%s/settle_old/settle/g' -c wq a", "vim -es -c '[CODE text 1 lines]' -c wq a"),
    ] {
        check(Field::Command, command, expected);
    }
}

#[test]
fn search_output_keeps_its_places() {
    check(
        Field::Output,
        "src/a.rs:12:fn settle() {\nsrc/a.rs-13-    words of it\n--\nsrc/b.py:3:def pay(x):",
        "src/a.rs:12:[CODE rust 2 lines]\nsrc/a.rs-13-\n--\nsrc/b.py:3:[CODE python 1 lines]",
    );
    check(
        Field::Output,
        "./a/b.go:94:\tif strings.Contains(err.Error(), \"x\") {\n./a/c.go:9:\t\treturn x",
        "./a/b.go:94:[CODE go 2 lines]\n./a/c.go:9:",
    );
    check(Field::Output, "811:func settle() {\n815:func pay() {", "811:[CODE text 2 lines]\n815:");
    check(
        Field::Output,
        "12:34:56 server started\n12:34:57 ready",
        "12:34:56 server started\n12:34:57 ready",
    );
    check(
        Field::Output,
        "main.go:12:2: undefined: settle\nmain.go:14:2: \"fmt\" imported and not used",
        "main.go:12:2: undefined: settle\nmain.go:14:2: \"fmt\" imported and not used",
    );
}

#[test]
fn compilers_and_tracebacks_keep_messages_and_lose_lines() {
    check(
        Field::Output,
        "error[E0308]: mismatched types\n  --> src/main.rs:12:5\n   |\n12 |     settle(x)\n   |     ^^^^^^^^^ expected `i32`\n   = note: see this\n",
        "error[E0308]: mismatched types\n  --> src/main.rs:12:5\n   |\n12 | [CODE text 1 lines]\n   |     ^^^^^^^^^ expected `i32`\n   = note: see this\n",
    );
    check(
        Field::Output,
        "Traceback (most recent call last):\n  File \"/srv/a.py\", line 3, in settle\n    total = ledger.total\nAttributeError: no total",
        "Traceback (most recent call last):\n  File \"/srv/a.py\", line 3, in settle\n[CODE python 1 lines]\nAttributeError: no total",
    );
    check(
        Field::Output,
        "/srv/a.js:3\n    throw new Error('x')\n    ^\n\nError: x\n    at settle (/srv/a.js:3:11)\n",
        "/srv/a.js:3\n[CODE text 1 lines]\n    ^\n\nError: x\n    at settle (/srv/a.js:3:11)\n",
    );
    check(
        Field::Output,
        "a.c:5:3: error: expected ';'\n    5 |   foo()\n      |   ^~~\n",
        "a.c:5:3: error: expected ';'\n    5 | [CODE text 1 lines]\n      |   ^~~\n",
    );
}

#[test]
fn messages_beside_source_lines_stay() {
    for text in [
        "src/a.jsx\n  12:7   error    'total' is assigned a value but never used    no-unused-vars\n",
        "    expect(received).rejects.toThrow()\n\n    Received promise resolved instead of rejected\n",
        "IllegalStateException: closed\n\tat java.util.Objects.requireNonNull(Objects.java:259)\n\t... 12 more\n",
        "   0: rust_begin_unwind\n             at /rustc/a.rs:665:5\n   1: core::panicking::panic_fmt\n   2: core::option::unwrap_failed\n",
        "a.rb:9:in `settle': undefined method (NoMethodError)\n\tfrom bin/a:4:in `<main>'\n",
        "    2 Warning(s)\n    1 Error(s)\n",
        "(gdb) bt\n(Pdb) c\n",
        "[1/4] compile: ok\n[2/4] link: ok\n[3/4] test: failed\n",
        "** (KeyError) key :total not found in: %{}\n    (stdlib 6.1) :maps.get(:total, %{})\n    (elixir 1.17.3) lib/enum.ex:1703: Enum.map/2\n",
        "* thread #1, stop reason = EXC_BAD_ACCESS (code=1, address=0x0)\n    frame #0: 0x0000000100003f2c\n",
        "it runs on every page load\nthis is faster:\n",
    ] {
        check(Field::Output, text, text);
    }
    check(
        Field::Output,
        "  cp $cell $root/cells/\n     ^---^ SC2086 (info): Double quote to prevent globbing.\n",
        "[CODE text 1 lines]\n     ^---^ SC2086 (info): Double quote to prevent globbing.\n",
    );
    check(
        Field::Output,
        "ERROR:  column does not exist\nLINE 3: join rows on total\n             ^\n",
        "ERROR:  column does not exist\nLINE 3: [CODE sql 1 lines]\n             ^\n",
    );
}

#[test]
fn sections_and_quoted_lines_go() {
    check(
        Field::Output,
        "[Unit]\nDescription=Settles rows\n[Service]\nExecStart=/bin/settle --all\nRestart=no\n",
        "[CODE ini 5 lines]\n\n\n\n\n",
    );
    check(
        Field::Output,
        "Module parse failed:\n| const row = ({ rows }) => (\n|   <tr data-row={rows.code}>\n",
        "Module parse failed:\n| [CODE text 2 lines]\n| \n",
    );
    check(
        Field::Output,
        "a.go=18=type row struct { total, rest float64 }\na.go:19:func settle(r row) float64 {",
        "a.go=18=[CODE go 2 lines]\na.go:19:",
    );
    check(
        Field::Output,
        "a.yaml:1:version: 2\na.yaml-2-kind: Rows\n",
        "a.yaml:1:[CODE yaml 2 lines]\na.yaml-2-\n",
    );
    check(
        Field::Output,
        "Updated cell 7f3a with use strict;\n\nthe end\n",
        "Updated cell 7f3a with [CODE text 3 lines]\n\n\n",
    );
}

#[test]
fn what_interpreters_answer_stays_and_what_was_typed_goes() {
    check(
        Field::Output,
        "irb(main):001> settle(rows).first\n=> nil\nirb(main):002:0> rows.sum\n=> 3\n",
        "irb(main):001> [CODE ruby 1 lines]\n=> nil\nirb(main):002:0> [CODE ruby 1 lines]\n=> 3\n",
    );
    check(
        Field::Prose,
        "see what happens here:\n\nIn [3]: rows = load(\"x\")\n\nIn [4]: rows.total.max()\nOut[4]: 12.5\n\nwhy so high?",
        "see what happens here:\n\nIn [3]: [CODE python 3 lines]\n\nIn [4]: \nOut[4]: 12.5\n\nwhy so high?",
    );
    check(
        Field::Prose,
        "<bash-stdout>template <typename Key>\nclass Rows {\n</bash-stdout>",
        "<bash-stdout>[CODE text 2 lines]\n\n</bash-stdout>",
    );
    check(
        Field::Prose,
        "<bash-input>python3 -c 'settle(1)'</bash-input>",
        "<bash-input>python3 -c '[CODE python 1 lines]'</bash-input>",
    );
    check(
        Field::Output,
        "3f2a91bc (A B 2024-03-02 11:20:31 +0100 14) total = 1\n^0a1b2c3 (A B 2024-03-02 11:20:31 +0100 15) end",
        "3f2a91bc (A B 2024-03-02 11:20:31 +0100 14) [CODE text 2 lines]\n^0a1b2c3 (A B 2024-03-02 11:20:31 +0100 15) ",
    );
    check(
        Field::Output,
        "    1139:\t55                   \tpush   %rbp\n",
        "    1139:\t55                   \t[CODE asm 1 lines]\n",
    );
    check(Field::Output, "14c\nlevels of it\n.\n", "14c\n[CODE text 1 lines]\n.\n");
    check(Field::Output, r#"{"version":3,"names":["settleRows"],"mappings":"AAAA"}"#, "[CODE json 1 lines]");
}

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
fn words_and_output_without_source_stay() {
    for text in [
        "Please make the login page faster, it takes ten seconds to load.",
        "total 8\n-rw-r--r-- 1 ada staff 12 Jan 27 00:16 a.rs\ndrwxr-xr-x 3 ada staff 96 Jan 27 00:16 src\n",
        "On branch main\nChanges not staged for commit:\n  (use \"git add <file>...\" to update what will be committed)\n\tmodified:   src/a.rs\n",
        "   Compiling ledger v0.1.0 (/srv/ledger)\n    Finished dev [unoptimized] target(s) in 1.23s\n     Running unittests src/main.rs\n\nrunning 2 tests\ntest a::b ... ok\n\ntest result: ok. 2 passed; 0 failed\n",
        "## Summary\n\n- Added `settle()` to `ledger.py`\n- **Tests**: all 12 pass\n\nNext steps:\n1. Review the change\n2. Deploy it\n",
        "Error: listen EADDRINUSE: address already in use :::3000\n    at Server.setupListenHandle [as _listen2] (node:net:1463:16)\n    at listenInCluster (node:net:1511:12)\n",
        "src/a.rs\nsrc/b.rs\ntests/ledger_test.go\n",
        "2026-01-27T00:16:19Z INFO started port=8080\n2026-01-27T00:16:20Z ERROR failed err=timeout\n",
        "",
        "\n\n",
    ] {
        for field in [Field::Output, Field::Prose, Field::Free] {
            assert_eq!(redacted(text, field), text);
        }
    }
}

/// Their speed is measured by `cargo bench walls`.
#[test]
fn walls_of_marks_come_to_an_end() {
    for mark in ["<<<<<<< x\n", "cat <<EOF\n", "```a\n", "1:\n", "a-1-", "((((", "{\"a\":", "'\"", "sh -c '"]
    {
        let text = mark.repeat(1_000);
        for field in [Field::Output, Field::Command, Field::Code(""), Field::Patch("")] {
            assert!(redacted(&text, field).len() <= text.len() + 100, "{mark}");
        }
    }
}

/// Lines that mean something to some part of this detector.
const PIECES: &[&str] = &[
    "```python",
    "```",
    "~~~",
    "````md",
    "> ```",
    "diff --git a/x.go b/x.go",
    "--- a/x.go",
    "+++ b/x.go",
    "@@ -1,2 +1,2 @@ fn a",
    "@@",
    "+x = 1",
    "-y = 2",
    " z",
    "<<<<<<< HEAD",
    "=======",
    ">>>>>>> main",
    "cat <<'EOF'",
    "EOF",
    "     1→let a = 1;",
    "     2→",
    "3\tfoo",
    "4\tbar",
    "a.rs:12:fn b() {",
    "a.rs-13-  c",
    "12:x",
    "13:y",
    "words of a sentence.",
    "x = f(y);",
    "    return x",
    "}",
    "",
    "  File \"a.py\", line 3, in f",
    "    a.b()",
    "    ^^^",
    "12 |   foo",
    "   | ^^^ no",
    "key: value",
    "  nested: 1",
    "- item",
    ">>> a",
    "$ ls -l",
    "python -c 'a(b)' \\",
    "\"open",
    "{\"a\":\"x = f(y);\\n}\"}",
    "*** Begin Patch",
    "*** Update File: a.js",
    "3c3",
    "< a",
    "> b",
    "// comment",
    "# heading",
    "[CODE go 3 lines 7f3a9c]",
    "user-7f3a9c = f(x);",
    "node -p a.b(cde)",
    "x --query=\"select abc\" psql --command=\"select abc\"",
    "sh -c \"psql -c \\\"select abc\\\"\"",
    "ghci> f x",
    "LINE 3: abc",
    "echo 'let abc' | tee a.ts",
    "echo 'let abc' > a.ts",
    "14c",
    ".",
    "change fn abc(d: e) -> Rows<f, g> so that",
    "3f2a91bc (A 2024-01-01 11:20:31 +0100 1) abc",
    "<bash-stdout>let abc = 1;",
    "(gdb) p a.b",
    "... 12 more",
    "it is in the way of it",
    "\r",
    "a\rb",
];

proptest! {
    #[test]
    fn line_counts_are_kept_and_twice_is_once(
        picks in prop::collection::vec(0..PIECES.len(), 0..14),
        kind in 0..5,
    ) {
        let text = picks.iter().map(|&i| PIECES[i]).collect::<Vec<_>>().join("\n");
        let field = [Field::Output, Field::Prose, Field::Command, Field::Code("go"), Field::Patch("")][kind as usize];
        let once = redacted(&text, field);
        prop_assert_eq!(once.matches('\n').count(), text.matches('\n').count());
        prop_assert_eq!(redacted(&once, field), once);
    }

    #[test]
    fn any_bytes_do_no_harm(text in ".{0,200}", command in any::<bool>()) {
        let field = if command { Field::Command } else { Field::Free };
        let _ = redacted(&text, field);
    }
}

/// The names that code of that language defines, in order.
fn names(language: &'static str, code: &str) -> Vec<String> {
    let field = Field::Code(language);
    let subject = Subject { bytes: code.as_bytes(), key: None, role: Role::Value, field, cwd: None };
    let mut names = Vec::new();
    find(&subject, &mut Hits::new(), &mut names);
    let kind = |name: &Definition| name.rule.rule().label.chars().next().unwrap();
    names.iter().map(|name| format!("{}:{}", kind(name), String::from_utf8_lossy(&name.name))).collect()
}

/// A fence closes also with white space behind it that ASCII does not have, so that the words behind it stay.
#[test]
fn a_fence_closes_before_white_space_that_is_hardly_seen() {
    for wide in ["\u{2028}", "\u{feff}", " \u{200b}\u{a0}", "\u{85}\u{3000} "] {
        let text = format!(
            "Look:\n```python\nimport os\nx = compute(1)\n```{wide}\nand it fails, why is that so?\n"
        );
        let once = redacted(&text, Field::Prose);
        let wanted = format!(
            "Look:\n```python\n[CODE python 2 lines 7f3a9c]\n\n```{wide}\nand it fails, why is that so?\n"
        );
        assert_eq!(once, wanted);
        assert_eq!(redacted(&once, Field::Prose), once);
    }
}

#[test]
fn what_codex_tells_of_where_it_works_stays() {
    for line in ["<cwd>/srv/ledger</cwd>", "<shell>zsh</shell>", "<sandbox_mode>read-only</sandbox_mode>"] {
        let text = format!("<environment_context>\n  {line}\n  <cwd>/srv</cwd>\n</environment_context>");
        assert_eq!(redacted(&text, Field::Free), text);
    }
}

/// Lines of languages and the names that they define: functions, types, constants.
static DEFINED: &[(&str, &str, &str)] = &[
    ("python", "    async def bind_quote(self, x):", "f:bind_quote"),
    ("python", "class QuoteEngine(Base, metaclass=M):", "t:QuoteEngine"),
    ("python", "@app.get(\"/x\")\ndef bind_quote(): pass", "f:bind_quote"),
    (
        "python",
        "from .tariff_book import bind_quote, QuoteEngine as Q",
        "t:tariff_book f:bind_quote t:QuoteEngine",
    ),
    ("python", "    __tablename__ = \"tariff_rows\"", "t:tariff_rows"),
    ("rust", "pub(crate) async fn bind_quote<T>(x: T) -> u8 {", "f:bind_quote"),
    ("rust", "#[derive(Debug)] pub struct QuoteEngine;", "t:QuoteEngine"),
    ("rust", "pub const TARIFF_LIMIT: u32 = 3;", "c:TARIFF_LIMIT"),
    ("rust", "use super::tariff::{QuoteEngine, bind_quote};", "t:QuoteEngine f:bind_quote"),
    ("rust", "macro_rules! bind_quote {", "f:bind_quote"),
    ("rust", "pub(crate) mod tariff_book;", "t:tariff_book"),
    ("rust", "unsafe extern \"C\" fn bind_quote(x: i32) {", "f:bind_quote"),
    ("go", "func (q *QuoteEngine) BindQuote(ctx context.Context) error {", "t:QuoteEngine f:BindQuote"),
    ("go", "type QuoteEngine struct {", "t:QuoteEngine"),
    ("go", "type TariffFunc func(int) error", "t:TariffFunc"),
    ("typescript", "export default async function bindQuote(x: X): Promise<Y> {", "f:bindQuote"),
    ("typescript", "export const bindQuote = async (x: X) => {", "f:bindQuote"),
    ("typescript", "export abstract class QuoteEngine<T> extends Base {", "t:QuoteEngine"),
    ("typescript", "  private async bindQuote(policy: Policy): Promise<Quote> {", "f:bindQuote"),
    ("typescript", "  bindQuote(policy: Policy): Quote;", "f:bindQuote"),
    ("typescript", "  bindQuote = (policy) => {", "f:bindQuote"),
    ("typescript", "import { bindQuote, type QuoteEngine } from '../tariff';", "f:bindQuote t:QuoteEngine"),
    ("typescript", "export type TariffBook = {", "t:TariffBook"),
    ("javascript", "exports.bindQuote = function (x) {", "f:bindQuote"),
    ("javascript", "  bindQuote(x) {", "f:bindQuote"),
    ("javascript", "const TARIFF_LIMIT = 3;", "c:TARIFF_LIMIT"),
    ("java", "    public static Quote bindQuote(Policy policy) throws IOException {", "f:bindQuote"),
    ("java", "    Quote bindQuote(Policy policy);", "f:bindQuote"),
    ("java", "@Override public List<Quote> bindQuotes(Policy p) {", "f:bindQuotes"),
    ("java", "  private static final int TARIFF_LIMIT = 3;", "c:TARIFF_LIMIT"),
    ("csharp", "    [Fact] public async Task BindQuote_Fails()", "f:BindQuote_Fails"),
    ("csharp", "namespace Acme.TariffBook;", "t:TariffBook"),
    ("c", "static int bind_quote(struct quote *q)", "f:bind_quote"),
    ("c", "#define TARIFF_LIMIT 3", "f:TARIFF_LIMIT"),
    ("c", "struct tariff_book {", "t:tariff_book"),
    ("c", "} tariff_book;", "t:tariff_book"),
    ("c", "static int\nbind_quote(struct policy *p, int a)\n{", "f:bind_quote"),
    ("cpp", "  void bindQuote(T a) override;", "f:bindQuote"),
    ("cpp", "using TariffBook = std::map<int, int>;", "t:TariffBook"),
    ("haskell", "data TariffBook = TariffBook { a :: Int }", "t:TariffBook"),
    ("python", "TariffRow = namedtuple('x', 'a b')", "t:TariffRow"),
    ("lua", "local TariffBook = {}", "t:TariffBook"),
    ("perl", "package Acme::TariffBook;", "t:TariffBook"),
    ("terraform", "resource \"aws_s3_bucket\" \"tariff_rows\" {", "t:tariff_rows"),
    ("terraform", "variable \"tariff_rows\" {", "t:tariff_rows"),
    ("cpp", "Quote QuoteEngine::bindQuote(const Policy& p) const {", "f:bindQuote t:QuoteEngine"),
    ("cpp", "enum class TariffKind : int {", "t:TariffKind"),
    ("kotlin", "private suspend fun bindQuote(p: Policy) = p", "f:bindQuote"),
    ("kotlin", "data class TariffBook(val x: Int)", "t:TariffBook"),
    ("swift", "  @objc public func bindQuote(_ p: Policy) {", "f:bindQuote"),
    ("ruby", "  def self.bind_quote(x)", "f:bind_quote"),
    ("ruby", "create_table :tariff_rows do |t|", "t:tariff_rows"),
    ("php", "    public function bindQuote($x) {", "f:bindQuote"),
    ("elixir", "defmodule Acme.TariffBook do\n  defp bind_quote(x) do", "t:TariffBook f:bind_quote"),
    ("perl", "sub bind_quote {", "f:bind_quote"),
    ("lua", "local function bind_quote(x)\nfunction M.tariff_book()", "f:bind_quote f:tariff_book"),
    ("r", "bind_quote <- function(x) {", "f:bind_quote"),
    ("bash", "bind_quote() {", "f:bind_quote"),
    ("haskell", "bindQuote :: Policy -> Quote", "f:bindQuote"),
    ("ocaml", "let rec bind_quote policy x =", "f:bind_quote"),
    ("erlang", "bind_quote(Policy) ->", "f:bind_quote"),
    ("clojure", "(defn bind-tariff-quote [x]", "f:bind-tariff-quote"),
    ("sql", "CREATE TABLE IF NOT EXISTS public.\"tariff_rows\" (", "t:tariff_rows"),
    ("sql", "create or replace function bind_quote(x int)", "f:bind_quote"),
    ("proto", "message TariffBook {\nrpc BindQuote(X) returns (Y);", "t:TariffBook f:BindQuote"),
    ("solidity", "contract TariffBook is Base {", "t:TariffBook"),
];

#[test]
fn definitions_name_what_they_define_in_any_language() {
    let mut wrong = Vec::new();
    for &(language, code, wanted) in DEFINED {
        let given = names(language, code).join(" ");
        if given != wanted {
            wrong.push(format!("{language}: {code}\n    gives {given}, not {wanted}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn uses_of_names_define_nothing() {
    for (language, code) in [
        (
            "python",
            "x = bind_quote(1)\nreturn bind_quote(x)\nprint(bind_quote)\nfrom tariff_book import bind_quote",
        ),
        ("python", "if bind_quote(x):\nfor x in tariff_rows(y):\nawait bind_quote(x)\nassert bind_quote(x)"),
        (
            "javascript",
            "bindQuote(x, () => {\nawait bindQuote(x);\nreturn bindQuote(x);\nexpect(bindQuote(x)).toBe(1);",
        ),
        (
            "javascript",
            "if (bindQuote(x)) {\nthrow new TariffError(x);\nq.bindQuote(x);\nimport { bindQuote } from 'tariff-book';",
        ),
        (
            "javascript",
            "useEffect(() => {\n  const tariffBook = 3;\nconst { tariffBook } = useTariff();\nlet tariffBook = bindQuote(x);",
        ),
        (
            "rust",
            "let x = bind_quote(y);\nSome(tariff_rows(x)) => bind_quote(y),\nuse tariff_book::QuoteEngine;",
        ),
        ("kotlin", "bindQuote(x) {\n  TariffBook(x) {"),
        ("go", "go bindQuote(x)\ndefer closeTariff()\nif err := bindQuote(x); err != nil {"),
        ("c", "struct tariff_book *x;\nreturn bind_quote(x);\nbind_quote(x);"),
        ("sql", "SELECT tariff_rate FROM tariff_rows WHERE bind_quote(x) = 1;"),
        ("yaml", "type: TariffBook\nmodel: TariffBook"),
    ] {
        assert_eq!(names(language, code), [""; 0], "{language}: {code}");
    }
}

/// Checks that a text stays as it is.
#[track_caller]
fn stays(field: Field, text: &str) {
    assert_eq!(redacted(text, field), text);
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
fn what_edits_say_they_replaced_is_code() {
    check(
        Field::Output,
        "The file /srv/a.go has been updated. All occurrences of 's.settle(id, \"x\")' were successfully replaced with 's.settle(id, rate)'.",
        "The file /srv/a.go has been updated. All occurrences of '[CODE text 1 lines]' were successfully replaced with '[CODE text 1 lines]'.",
    );
    check(
        Field::Output,
        "The file a.env has been updated. All occurrences of '# The rates\n# of gold' were successfully replaced with '# None'.",
        "The file a.env has been updated. All occurrences of '[CODE text 2 lines]\n' were successfully replaced with '[CODE text 1 lines]'.",
    );
    check(
        Field::Output,
        "Applied 2 edits to /srv/a.md:\n1. Replaced \"A ledger for gold...\" with \"A ledger for silver...\"\n2. Replaced \"- **Rates**: the rates\n- **Row...\" with \"\"",
        "Applied 2 edits to /srv/a.md:\n1. Replaced \"[CODE text 1 lines]\" with \"[CODE text 1 lines]\"\n2. Replaced \"[CODE text 2 lines]\n\" with \"\"",
    );
    check(
        Field::Output,
        "Saved.\n<final_file_content path=\"a.txt\">\nthe rates of gold\n</final_file_content>\nGo on.",
        "Saved.\n<final_file_content path=\"a.txt\">\n[CODE text 1 lines]\n</final_file_content>\nGo on.",
    );
    check(
        Field::Output,
        "Successfully modified file: a.txt (1 replacements). Here is the updated code:\nthe rates of gold\n",
        "Successfully modified file: a.txt (1 replacements). Here is the updated code:\n[CODE text 1 lines]\n",
    );
    check(
        Field::Output,
        "<tool_use_error>String to replace not found in file.\nString: \tpath := join(root, Name)</tool_use_error>",
        "<tool_use_error>String to replace not found in file.\nString: [CODE text 1 lines]</tool_use_error>",
    );
    check(
        Field::Output,
        "<tool_use_error>String to replace not found in file.\nString: ## The rates\n\nof gold</tool_use_error>",
        "<tool_use_error>String to replace not found in file.\nString: [CODE text 3 lines]\n\n</tool_use_error>",
    );
    check(
        Field::Output,
        "Found 3 matches of the string to replace, but replace_all is false.\nString: \tpath := join(root, \"x\")",
        "Found 3 matches of the string to replace, but replace_all is false.\nString: [CODE text 1 lines]",
    );
    check(
        Field::Output,
        "No replacement was performed, old_str `the rates\nof gold` did not appear verbatim in /srv/a.md.\nTry again.",
        "No replacement was performed, old_str `[CODE text 2 lines]\n` did not appear verbatim in /srv/a.md.\nTry again.",
    );
    check(
        Field::Output,
        "apply_patch verification failed: Failed to find expected lines in /srv/a.md:\nthe rates\nof gold",
        "apply_patch verification failed: Failed to find expected lines in /srv/a.md:\n[CODE text 2 lines]\n",
    );
    stays(Field::Prose, "2. Replaced \"gold\" with \"silver\" in the heading.");
    stays(Field::Prose, "1. Replaced the old rates.\nAll occurrences of gold are gone.");
}

#[test]
fn markers_of_the_client_stay_and_end_code() {
    check(
        Field::Code("yaml"),
        "     1→a: 1\n     2→b: 2\n\n<system-reminder>\nThink about the file.\n</system-reminder>\n",
        "     1→[CODE yaml 2 lines]\n     2→\n\n<system-reminder>\nThink about the file.\n</system-reminder>\n",
    );
    check(Field::Code("go"), "x := \"<system-reminder>\"\ny := 1\n", "[CODE go 2 lines]\n\n");
    check(
        Field::Output,
        "import os\nx = os.getcwd()\n\n... [600615 characters truncated] ...\n\ny = os.listdir(x)",
        "[CODE text 2 lines]\n\n\n... [600615 characters truncated] ...\n\n[CODE text 1 lines]",
    );
    check(
        Field::Output,
        "x := settle(a)\ny := set…12 tokens truncated…tle(b)\nz := settle(c)",
        "[CODE text 3 lines]\n…12 tokens truncated…\n",
    );
    check(
        Field::Output,
        "src/a.go:12:x := settle(a)\n\n[Showing results with pagination = limit: 10, offset: 0]",
        "src/a.go:12:[CODE go 1 lines]\n\n[Showing results with pagination = limit: 10, offset: 0]",
    );
    check(
        Field::Output,
        "Chunk ID: 12ab\nWall time: 0.05 seconds\nProcess exited with code 0\nOriginal token count: 12\nOutput:\n\tx := settle(a)\n",
        "Chunk ID: 12ab\nWall time: 0.05 seconds\nProcess exited with code 0\nOriginal token count: 12\nOutput:\n[CODE text 1 lines]\n",
    );
    check(
        Field::Output,
        "a.go:60:7: G306: Expect permissions (gosec)\n\t_ = os.WriteFile(path, rows, 0o644)\n\t    ^\n2 issues:\n* gosec: 2\n[lint] ERROR task failed",
        "a.go:60:7: G306: Expect permissions (gosec)\n[CODE text 1 lines]\n\t    ^\n2 issues:\n* gosec: 2\n[lint] ERROR task failed",
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
fn one_printed_file_goes_whole() {
    check(
        Field::Output,
        "module ledger.example/rates\n\nrequire (\n\tgithub.com/go-git/gcfg v1.5.1\n\tgithub.com/spf13/cobra v1.9.1 // indirect\n)\n",
        "[CODE text 6 lines]\n\n\n\n\n\n",
    );
    check(
        Field::Output,
        "import os\nx = os.getcwd()\ny = os.listdir(x)\nz = os.walk(y)\n\n  The rates of gold and silver are here.\n",
        "[CODE text 6 lines]\n\n\n\n\n\n",
    );
    check(
        Field::Prose,
        "import os\nx = os.getcwd()\ny = os.listdir(x)\n\nCan you say why the list is empty here?",
        "[CODE text 3 lines]\n\n\n\nCan you say why the list is empty here?",
    );
    check(
        Field::Output,
        "import os\nx = os.getcwd()\ny = os.listdir(x)\n$ ledger --rates\nThe rates of gold and silver are here.",
        "[CODE text 3 lines]\n\n\n$ ledger --rates\nThe rates of gold and silver are here.",
    );
}

#[test]
fn what_programs_frame_number_and_point_at_goes() {
    for (text, expected) in [
        (
            "│   40 │   rows = read(a)        │\n│ ❱ 41 │   │   settle(rows)      │\nValueError: no rows",
            "│   40 │[CODE text 2 lines]\n│ ❱ 41 │\nValueError: no rows",
        ),
        (
            "   1   │ name: rows\n   2   │ kind: ledger\n───────┴────",
            "   1   │ [CODE text 2 lines]\n   2   │ \n───────┴────",
        ),
        (
            "    1     1 │ rows: 12\n    2       │-paid: 3\n          2 │+paid: 4",
            "    1     1 │ [CODE text 3 lines]\n    2       │\n          2 │",
        ),
        ("→ 31   return rows.first()\nIt is empty.", "→ 31 [CODE text 1 lines]\nIt is empty."),
        (
            "00000000: 6465 6620 7365 7474  def sett\n00000010: 6c65 2872 6f77 7329  le(rows)",
            "00000000: [CODE text 2 lines]\n00000010: ",
        ),
        ("0000000000001139 <settle>:\n", "0000000000001139 [CODE asm 1 lines]\n"),
        ("rows.json:  \"total\": 12,\nrows.json:}", "rows.json:[CODE json 2 lines]\nrows.json:"),
        (
            "At C:\\srv\\a.ps1:12 char:5\n+     Get-Rows -All $x\n+     ~~~~~~~~\n    + CategoryInfo          : NotFound: (:) [], E",
            "At C:\\srv\\a.ps1:12 char:5\n+ [CODE powershell 1 lines]\n+     ~~~~~~~~\n    + CategoryInfo          : NotFound: (:) [], E",
        ),
        ("Did you mean: \n  settle --rows \"$1\"\n", "Did you mean: \n[CODE text 1 lines]\n"),
        (
            "> (settle-rows 4)\n=> nil\n127.0.0.1:6379> GET rows:42\n(empty array)",
            "> [CODE text 1 lines]\n=> nil\n127.0.0.1:6379> [CODE text 1 lines]\n(empty array)",
        ),
        ("     expected: 14\n          got: 12\n", "     expected: 14\n          got: 12\n"),
        ("openat(AT_FDCWD, \"/etc/hosts\", 0) = 3\n", "openat(AT_FDCWD, \"/etc/hosts\", 0) = 3\n"),
    ] {
        check(Field::Output, text, expected);
    }
}

#[test]
fn colours_hide_no_code() {
    let text = "\x1b[32m+\x1b[m\x1b[32mname: rows\x1b[m\n";
    let patch = format!("\x1b[1mdiff --git a/a.yaml b/a.yaml\x1b[m\n\x1b[36m@@ -1,0 +1,1 @@\x1b[m\n{text}");
    let once = redacted(&patch, Field::Output);
    assert!(
        !once.contains("rows") && once.contains("diff --git a/a.yaml") && once.contains("@@ -1,0 +1,1 @@")
    );
    assert_eq!(redacted(&once, Field::Output), once, "twice");
}

#[test]
fn commands_in_fences_stay_and_scripts_in_them_go() {
    check(
        Field::Answer,
        "Run this:\n\n```bash\ncargo test --lib\nperl -ne 'print if /rows_of_(\\w+)/' a.log | head\n```\nThen look.",
        "Run this:\n\n```bash\ncargo test --lib\nperl -ne '[CODE perl 1 lines]' a.log | head\n```\nThen look.",
    );
    check(
        Field::Answer,
        "```sh\nset -e\nfor f in $(rows --all); do\n  settle \"$f\"\ndone\n```",
        "```sh\n[CODE text 4 lines]\n\n\n\n```",
    );
    for (text, expected) in [
        ("rg -n \"fn settle\\(.*Row\" src", "rg -n \"[CODE regex 1 lines]\" src"),
        ("rg -n \"TODO|FIXME\" src", "rg -n \"TODO|FIXME\" src"),
        ("curl -d '{\"row_total\": 12}' http://localhost", "curl -d '[CODE json 1 lines]' http://localhost"),
        ("curl -d 'a=b' http://localhost", "curl -d 'a=b' http://localhost"),
        ("gdb -ex run -ex 'print row->total' a", "gdb -ex run -ex '[CODE text 1 lines]' a"),
    ] {
        check(Field::Command, text, expected);
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

#[test]
fn a_file_as_an_agent_shows_it_keeps_what_stands_around_it() {
    check(
        Field::Code("go"),
        "<file>\n00001| package rows\n00002| \n\n(End of file - total 2 lines)\n</file>",
        "<file>\n00001| [CODE go 1 lines]\n00002| \n\n(End of file - total 2 lines)\n</file>",
    );
}
