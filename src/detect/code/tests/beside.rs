//! What programs and people say beside code stays, and code in what they say goes.

use super::{check, redacted};
use crate::transcript::text::Field;

#[test]
fn what_programs_say_stays_beside_code() {
    for text in [
        "1:  7c1d2aa ! 1:  90bfe10 Say more when it fails\n-:  ------- > 2:  33cc44d Add the changelog entry\n",
        "FAILURE: Build failed with an exception.\n\n* Where:\nBuild file 'a.kts' line: 12\n",
        "not ok 3 - refuses an empty list\n  ---\n  duration_ms: 1.83\n  failureType: 'testCodeFailure'\n  code: 'ERR_ASSERTION'\n  ...\n# tests 12\n# pass 11\n# fail 1\n",
        "  [FAILED] Expected\n      <int>: 3\n  to equal\n      <int>: 4\n",
        "Failures:\n\n  1) Rows keeps the order\n\n       expected: [1]\n            got: [2, 3]\n",
        "info: Microsoft.EntityFrameworkCore.Database.Command[20101]\n      Executed DbCommand (3ms) [Parameters=[@__p_0='?' (DbType = Int32)], CommandType='Text', CommandTimeout='30']\n",
        "(1/2) Stage this hunk [y,n,q,a,d,e,?]? y\n",
        "[doctest] doctest version is \"2.4.11\"\n",
        "Resources:\n    + 1 to create\n    4 unchanged\n",
        "Summary\n  './new' ran\n    1.42 ± 0.03 times faster than './old'\n",
        "```\nfn a() {}\n=================================== FAILURES ===================================\n1 failed, 8 passed in 0.41s\n2 passed; 0 skipped; 1 failed.\nsvelte-check found 1 error and 0 warnings in 1 file\n```",
        "Error: ENOENT: no such file or directory, open '/tmp/x.json'\n    at Object.openSync (node:fs:601:3)\n    at Module._compile (node:internal/modules/cjs/loader:1254:14) {\n  errno: -2,\n  code: 'ENOENT',\n  syscall: 'open',\n  path: '/tmp/x.json'\n}\n\nNode.js v20.11.1",
        "[4417:0x5581c3e0]    45012 ms: Mark-sweep 2046.1 (2081.8) -> 2045.9 (2082.3) MB, 812.3 / 0.0 ms  (average mu = 0.112)\n 1: 0xb7a940 node::Abort() [node]\n 2: 0xa8e823  [node]\n",
        "{\"level\":\"error\",\"ts\":\"2026-05-12T09:14:02Z\",\"msg\":\"connection refused while dialing\",\"attempt\":3}\n{\"level\":\"warn\",\"ts\":\"2026-05-12T09:14:03Z\",\"msg\":\"retrying in two seconds\",\"attempt\":4}\n",
        "{\"Time\":\"2026-05-12T09:14:02Z\",\"Action\":\"fail\",\"Package\":\"ledger.example/rows\",\"Elapsed\":0.3}\n{\"Time\":\"2026-05-12T09:14:03Z\",\"Action\":\"pass\",\"Package\":\"ledger.example/all\",\"Elapsed\":0.1}\n",
        "info: Microsoft.Hosting.Lifetime[14]\n      Now listening on: http://localhost:5000\n",
        "```\nfn a() {}\n[doctest] test cases: 4 | 3 passed | 1 failed | 0 skipped\n```",
        "{\"output\": \"2 passed in 0.4s\", \"exit_code\": 1}\nno module provides the package; to add it:\n\tgo get github.com/google/uuid\n",
        "With 40 workers and 3 s per job we get 40 / 3 = 13.3 jobs per second, so 48,000 per hour; the queue grows by 2,000 per hour (50,000 - 48,000 = 2,000), so it is full in five.",
        "<bash-stdout>Caused by: java.io.IOException: Broken pipe\n\t... 12 more</bash-stdout><bash-stderr></bash-stderr>",
    ] {
        let left = redacted(text, Field::Output);
        let wanted = text.replace("fn a() {}", "[CODE text 1 lines 7f3a9c]");
        assert_eq!(left, wanted);
        assert_eq!(redacted(&left, Field::Output), left, "twice");
    }
}

#[test]
fn words_beside_code_stay_and_code_in_words_goes() {
    check(
        Field::Prose,
        "view does not update:\nstruct RowView: View {\n    var body: some View { Text(rows.total) }\n}\nany idea?",
        "view does not update:\n[CODE text 3 lines]\n\n\nany idea?",
    );
    check(
        Field::Prose,
        "Use this:\n\n~~~~\nRewrite the loop below so that it stops early.\n\n```go\nfor _, row := range rows {\n\tpay(row)\n}\n```\n~~~~\n",
        "Use this:\n\n~~~~\nRewrite the loop below so that it stops early.\n\n```go\n[CODE go 3 lines]\n\n\n```\n~~~~\n",
    );
    check(
        Field::Prose,
        "Result of calling the Read tool: \"     1→# pays\\n     2→def settle(rows):\\n     3→    assert rows, \\\"no rows\\\"\"\nGo on.",
        "Result of calling the Read tool: \"[CODE text 1 lines]\"\nGo on.",
    );
    check(
        Field::Prose,
        "Run it yourself:\n\n    sed -i -E -e 's/settle\\((\\w+)\\)/pay(\\1)/g' src/a.py\n\nand tell me.",
        "Run it yourself:\n\n    sed -i -E -e '[CODE sed 1 lines]' src/a.py\n\nand tell me.",
    );
    check(
        Field::Prose,
        "Running command: perl -i -pe 's/Rows\\.settle/Rows.pay/g' a.pl",
        "Running command: perl -i -pe '[CODE perl 1 lines]' a.pl",
    );
    check(
        Field::Free,
        "<tool_response>\n{\"output\": \"12 |     # pays the rows\\n13 |     let rows = settle(quay);\", \"exit_code\": 1}\n</tool_response>",
        "<tool_response>\n{\"output\": \"12 | [CODE text 2 lines]\\n13 | \", \"exit_code\": 1}\n</tool_response>",
    );
    check(
        Field::Answer,
        "I run it.\n\n<execute_command>\n<command>docker compose exec db mysql -e \"select total from rows\"</command>\n</execute_command>",
        "I run it.\n\n<execute_command>\n<command>docker compose exec db mysql -e \"[CODE sql 1 lines]\"</command>\n</execute_command>",
    );
    check(
        Field::Prose,
        "```bash\noctave --eval \"rows = load('a.mat'); disp(rows)\"\n```",
        "```bash\noctave --eval \"[CODE octave 1 lines]\"\n```",
    );
}

#[test]
fn members_of_an_error_that_tell_of_the_program_go() {
    check(
        Field::Output,
        "    at settle (node_modules/axios/lib/core/settle.js:19:12) {\n  code: 'ERR_BAD_RESPONSE',\n  config: {\n    url: rowsOf(quay),\n  },\n  status: 502\n}\n",
        "    at settle (node_modules/axios/lib/core/settle.js:19:12) {\n  code: 'ERR_BAD_RESPONSE',\n[CODE text 3 lines]\n\n\n  status: 502\n}\n",
    );
}

#[test]
fn code_of_more_forms_goes() {
    check(Field::Output, "%start <Rows.t> settle_all\n", "[CODE text 1 lines]\n");
    check(
        Field::Output,
        "────────────────\n Dockerfile:1\n────────────────\n   1 [ FROM settle-base\n────────────────\n",
        "────────────────\n Dockerfile:1\n────────────────\n   1 [ [CODE text 1 lines]\n────────────────\n",
    );
    check(
        Field::Output,
        " a.tf:1-3\n   1 ┌ resource \"bucket\" \"rows\" {\n   2 │   acl = \"open\"\n   3 └ }\n",
        " a.tf:1-3\n   1 ┌ [CODE text 3 lines]\n   2 │ \n   3 └ \n",
    );
    check(
        Field::Output,
        "msgid \"the rows are paid\"\nmsgstr \"sie sind bezahlt\"\n",
        "[CODE text 2 lines]\n\n",
    );
    check(Field::Output, "settle_all := \"rows-of-may\"\n", "[CODE text 1 lines]\n");
    check(
        Field::Command,
        "kubectl patch deployment web --type=json -p='[{\"op\":\"add\",\"path\":\"/rows\"}]' -n prod",
        "kubectl patch deployment web --type=json -p='[CODE json 1 lines]' -n prod",
    );
    check(
        Field::Command,
        "ast-grep run -p 'settle($A, rows)' -r 'pay($A)' -l ts src",
        "ast-grep run -p '[CODE text 1 lines]' -r '[CODE text 1 lines]' -l ts src",
    );
}
