//! Commands, scripts in them, and what interpreters are told and answer.

use super::{check, redacted};
use crate::transcript::text::Field;

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
fn what_codex_tells_of_where_it_works_stays() {
    for line in ["<cwd>/srv/ledger</cwd>", "<shell>zsh</shell>", "<sandbox_mode>read-only</sandbox_mode>"] {
        let text = format!("<environment_context>\n  {line}\n  <cwd>/srv</cwd>\n</environment_context>");
        assert_eq!(redacted(&text, Field::Free), text);
    }
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
