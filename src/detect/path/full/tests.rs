use crate::{
    detect::{
        identity::tests::{hits, marked, plain},
        subject::Subject,
    },
    rule::Class,
    transcript::text::Field,
};

fn check(subject: Subject<'_>, expected: &str) {
    let text = std::str::from_utf8(subject.bytes).unwrap();
    assert_eq!(marked(text, &hits(&subject), |h| h.rule.rule().class == Class::Path), expected);
}

#[test]
fn unfamiliar_components_go_and_shape_stays() {
    for expected in [
        "/home/«maribel»/work/«acme-api»/src/«ledger».rs:12:5",
        "/Users/«maribel»/«acme-api»/tests/«billing»/«test_ledger».py",
        r"C:\Users\«Maribel»\source\repos\«Acme.Api»\Program.cs",
        r"C:\\Users\\«maribel»\\«acme»\\«Ledger».cs",
        "D:/work/«acme»/src/main.go",
        "/var/lib/jenkins/workspace/«acme-rates»/src/main.go",
        "/rustc/07dca489ac2d933c/library/std/src/panicking.rs",
        "the logger org.hibernate.SQL and «ledger».sql",
        "~/work/«acme-api»/README.md and ./«ledger».ts and ../«acme»/Cargo.toml",
        "src/«ledger»/mod.rs packages/«billing»/src/index.ts",
        "--- a/«acme»/«ledger».py",
        "/opt/«acme»/bin/«ledgerd» /etc/nginx/sites-enabled/«acme».conf",
        "file:///home/«maribel»/«acme-api»/src/«ledger».rs",
        "%2FUsers%2F«maribel»%2F«acme-api»%2Fsrc%2F«ledger».ts",
        "$HOME/«acme-api»/src and ${ROOT}/«acme»/x.py",
        "File \"/srv/«acme»/«ledger».py\", line 3",
        "/home/runner/work/«acme-api»/«acme-api»/src/lib.rs",
        "/home/«maribel»/«acme-api»/node_modules/left-pad/index.js",
        "components/«LedgerTable».test.tsx",
        "in `«ledger».py` the total is wrong",
        r"`.\«ledger»\main.go` and ..\«acme»\«zine».py",
        "http://localhost:3000/@fs/home/«maribel»/«acme-api»/src/«ledger».ts",
        "http://localhost:3000/open?a=1&file=%2FUsers%2F«maribel»%2F«acme-api»%2F«ledger».ts&x=1",
        "https://x.example/o?path=/home/«maribel»/«acme-api»/«ledger».ts",
        "~/.claude/projects/-home-«maribel»-work-«acme-api»/x.jsonl",
        "Users-«mkavinas»-code-«acme-api»\nhome-«mkavinas»-src-«acme»\nUsers-guide-for-all\nhome-page-icon",
        "cd ~/.cursor/projects/Users-«mkavinas»-code-«acme-api»/x",
        "in res://assets/«zorbs»/«kilnboat».gd:9 and https://x.example/kiln.gd",
        "ls \"/mnt/c/Users/«maribel»/«OneDrive - Zelmonta»/«Ablage»/«ledger-book»/x.txt\"",
    ] {
        let text = expected.replace(['«', '»'], "");
        check(plain(&text), expected);
    }
}

#[test]
fn a_program_ends_at_its_arguments() {
    for expected in [
        "./gradlew assembleDebug",
        "./«ledgerctl» rows",
        "`./gradlew test`",
        "wp-content/debug.log",
        "ui/«LedgerHud».gd and «PAYRUN».jcl",
        "java.lang.Thread.run (Thread.java:1583)",
    ] {
        let text = expected.replace(['«', '»'], "");
        check(plain(&text), expected);
    }
}

#[test]
fn what_is_no_path_stays() {
    for text in [
        "and/or, he/she, 1/2, TCP/IP, application/json, text/x-python, image/svg+xml, 2024/05/17",
        "https://docs.acme.example/guide/ledger.html and http://localhost:8080/api/ledger.json",
        "GET /api/ledger/42 and /users/:id and /v1/ledger",
        "import x from 'react-dom/client' and @scope/pkg/button and github.com/pkg/errors",
        "/usr/lib/python3.12/json/decoder.py and /usr/local/bin/acmectl and /nix/store/abc-foo/bin/x",
        r"of `ObjectsToPush`.\n\n`Other` (so far).\n- **False** is .\nFull and ..\t12",
        "Node.js and Next.js, response.json() and os.path, e.g. this, v1.2.3",
        "/home/user-7f3a9c/project-2b1d04/src/mod-91aa3e.rs",
        "/opt/hostedtoolcache/zorb/1.2/x64/zorb /opt/.asdf/zorb/y /usr/local/go/src/zorb/x.go",
        "C:\\Windows\\System32\\drivers\\etc\\hosts",
        "origin/main refs/heads/main s/foo/bar/g </div> // comment /* x */",
    ] {
        check(plain(text), text);
    }
}

#[test]
fn a_field_that_is_a_path_is_one_whole() {
    for expected in ["«acme»/«ledger»", "«ledger».rs", "src/«ledger book».md", "/«acme»/«ledger»"]
    {
        let text = expected.replace(['«', '»'], "");
        check(Subject { field: Field::Path, ..plain(&text) }, expected);
    }
}

#[test]
fn a_slug_is_cut_as_its_working_directory_is() {
    let expected = "x /-home-«m-ortiz»-work-«acme-api»-«front-end»/1";
    let text = expected.replace(['«', '»'], "");
    check(Subject { cwd: Some(b"/home/m.ortiz/work/acme_api/front-end"), ..plain(&text) }, expected);
}
