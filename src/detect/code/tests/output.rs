//! What programs print: places stay, lines of source go.

use super::{check, redacted};
use crate::transcript::text::Field;

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
fn frames_and_plans_keep_what_is_no_source() {
    check(
        Field::Output,
        "│   on main.tf line 12, in resource \"aws_vpc\" \"x\":\n│   12: resource \"aws_vpc\" \"x\" {\n│ \n╵",
        "│   on main.tf line 12, in resource \"aws_vpc\" \"x\":\n│   12: [CODE text 1 lines]\n│ \n╵",
    );
    check(
        Field::Output,
        " Sort  (cost=0.00..431.00 rows=21 width=48)\n   Filter: (settled_at IS NULL)\n   Rows Removed by Filter: 12\n Planning Time: 0.121 ms",
        " Sort  (cost=0.00..431.00 rows=21 width=48)\n   Filter: [CODE text 1 lines]\n   Rows Removed by Filter: 12\n Planning Time: 0.121 ms",
    );
    check(
        Field::Code("rust"),
        "{\"output\":\"fn settle() {\\n}\\n\",\"metadata\":{\"exit_code\":0}}",
        "{\"output\":\"[CODE rust 2 lines]\\n\\n\",\"metadata\":{\"exit_code\":0}}",
    );
    check(
        Field::Code("rust"),
        "Command: cat a.rs\nDirectory: (root)\nOutput: \nfn settle() {\n}\nError: (none)\nExit Code: 0",
        "Command: cat a.rs\nDirectory: (root)\nOutput: \n[CODE rust 2 lines]\n\nError: (none)\nExit Code: 0",
    );
}

#[test]
fn messages_beside_source_lines_stay() {
    for text in [
        "stack traceback:\n\t[C]: in ?\n",
        "The following build commands failed:\n\tSwiftCompile normal arm64\n",
        "WNS(ns)      TNS(ns)  TNS Failing Endpoints\n -0.412       -18.221                     96\n",
        "Nov 20 10:02:11 web1 postfix/smtp[4121]: 4F1D2C3B: to=<a>, relay=none, delay=0.1\n",
        "Stacktrace:\n [1] top-level scope\n   @ none:1\n",
        " 1 File(s)         41,220 bytes\n",
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
fn a_file_as_an_agent_shows_it_keeps_what_stands_around_it() {
    check(
        Field::Code("go"),
        "<file>\n00001| package rows\n00002| \n\n(End of file - total 2 lines)\n</file>",
        "<file>\n00001| [CODE go 1 lines]\n00002| \n\n(End of file - total 2 lines)\n</file>",
    );
}

#[test]
fn what_went_wrong_stays_in_more_programs() {
    for text in [
        "Caused by:\n    0: An ARM specific error occurred.\n    1: The debug probe met an error.\n    2: No device.",
        "[rows-1] terminate called after throwing an instance of 'tf2::TimeoutException'\n[rows-1]   what():  Lookup would go too far.",
        "rows.vhd:9:16:error: no declaration for \"unsigned\"\nghdl:error: compilation error",
        "JOBID PARTITION     NAME     USER ST    NODES NODELIST(REASON)\n4410921 short kiln ada  R    4:12      2 n0217,n0218",
        "Sharename       Type      Comment\n---------       ----      -------\nrows            Disk      all\nIPC$            IPC       IPC Service",
        "3 rows\n<exited with exit code 0>",
    ] {
        check(Field::Output, text, text);
    }
}

#[test]
fn more_files_and_commands_go() {
    check(
        Field::Output,
        "[mills]\nmill-a ansible_host=10.2.0.4 ansible_user=ada\nmill-b ansible_host=10.2.0.5",
        "[CODE ini 3 lines]\n\n",
    );
    check(
        Field::Output,
        "Command: psql -c 'select rows from ledger where day = current_date'\nDirectory: (root)\nOutput: (empty)",
        "Command: psql -c '[CODE sql 1 lines]'\nDirectory: (root)\nOutput: (empty)",
    );
}
