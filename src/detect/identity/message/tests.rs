//! Messages with what is found in them, and messages in which nothing is.

use super::{
    super::tests::{hits, marked, plain},
    anchors,
};
use crate::{
    rule::Class,
    scan::{Candidate, Kind, Kinds, Scanner},
};

#[test]
fn the_scan_knows_every_anchor() {
    let scanner = Scanner::new(Kinds::ALL);
    for anchor in anchors() {
        let (text, mut out) = (format!("x {anchor} x"), Vec::new());
        scanner.scan(text.as_bytes(), &mut out);
        assert!(out.contains(&Candidate { at: 2, kind: Kind::Carrier }), "{anchor}");
    }
}

#[test]
fn messages_are_read() {
    let mut wrong = Vec::new();
    for expected in HITS.iter().chain(MISSES) {
        let text = expected.replace(['«', '»'], "");
        let found = hits(&plain(&text));
        let got = marked(&text, &found, |hit| hit.rule.rule().class == Class::Identity);
        if &got != expected {
            wrong.push(format!("{got}\n  should be\n{expected}\n"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn messages_name_code() {
    for expected in NAMES {
        let text = expected.replace(['«', '»'], "");
        let mut found = Vec::new();
        for at in 0..text.len() {
            super::find(&plain(&text), at, true, &mut found);
        }
        assert_eq!(&marked(&text, &found, |hit| hit.rule.rule().class == Class::Code), expected);
    }
}

static NAMES: &[&str] = &[
    "NameError: name '«compute_premium»' is not defined",
    "AttributeError: '«PolicyQuote»' object has no attribute '«bind_premium»'",
    "ImportError: cannot import name '«bindPremium»' from 'ledger.quotes' (/srv/x.py)",
    "TypeError: «bind_premium»() missing 1 required positional argument: 'x'",
    "ReferenceError: «bindPremium» is not defined",
    "error[E0425]: cannot find function `«bind_premium»` in this scope",
    "./main.go:12:2: undefined: «bindPremium»",
    "ERROR:  relation \"«premium_quotes»\" does not exist",
    "pydantic_core.ValidationError: 1 validation error for «PolicyQuote»",
    "AttributeError: 'DataFrame' object has no attribute 'append'",
    "TypeError: document.getElementById is not a function",
    "NameError: name 'xrange' is not defined",
    "ImportError: cannot import name 'ThreadPoolExecutor' from 'concurrent'",
    "ReferenceError: «bindPremium» is not defined, and name 'read_file' is",
];

static HITS: &[&str] = &[
    "«mkavinas» ALL=(ALL) NOPASSWD: ALL\n%«zelmont-admins» ALL=(ALL) ALL",
    "«mkavinas» in 🌐 «ledgerbox» in premia on  main",
    "up\tcodecommit::eu-west-1://«zelmont»@«premia-rates» (fetch)",
    "cd 'C:/OneDrive - «Zelmonta»/x'",
    "name: «mkavinas»\npassword: ********\nuid: 501",
    "user «mkavinas»\nhostname «db.eu.ledgerly.net»\nport 22",
    "Host «ledgerbox» «ledgerbox-two»\n  HostName %h.«ledgerly.net»\n  User «mkavinas»",
    "Saved working directory and index state WIP on «mkavinas/premia-rates»: 1f0a9c3 wip",
    "X «mkavinas/premia-rates» CI #482 · 99123",
    "Merge branch 'main' of github.com:«zelmont»/«premia» into «mkavinas/premia-rates»",
    "Copyright © 2026 «Zelmonta». All rights reserved.",
    "Copyright © 2026 Google. All rights reserved.",
    "Identifier=io.«zelmonta».ledger",
    "Authority=Developer ID Application: «Zelmonta» AS (9X8Y7Z6W5V)",
    "reviewers:\n  - «mkavinas»\n  - «zelmokav»\n",
    "- **«Tomasz»**: cache is done\n- «Tomasz»: blocked",
    "- **Vitest**: cache is done\n- Redis: blocked",
    "Present: «Tomasz», «Annika», «Zelmo Kavinas» (remote)",
    "Present: values, Keys and Maps",
    "     3\u{2192}Present: «Tomasz», «Annika»",
    "- 10:00-10:30 Sync «Tomasz» & «Annika»",
    "Terms & Conditions, Read / Write",
    "1f0a9c3 src/x.py («Zelmo Kavinas»    2026-05-12 1) \n1f0a9c4 src/x.py («mkavinas» 2026-05-01 2) ",
    "     38\t«Zelmo Kavinas»\n     14\t«mkavinas»",
    "    214 «Zelmo Kavinas»\n      3 Merge It All Up",
    "PID    COMMAND      %CPU TIME     USER\n4821   node         2.0  00:07.00 «mkavinas»",
    "  PID USER       PRI  NI  VIRT   RES S CPU% MEM%   TIME+  Command\n 4821 «mkavinas»    20   0  969M 93000 S  2.0  1.1  0:07.00 node",
    "systemd+     733  0.0  0.1 /lib/systemd/systemd-resolved",
    "NAME   SERIAL          MODEL\nsda    «F02C0JFRWSQ2»  Samsung SSD 870",
    "«F02C0JFRWSQ2»       device usb:1-1 product:oriole model:Pixel_6",
    "InternationalMobileEquipmentIdentity: «353057574327394»",
    "on 192.168.1.31 («TOMASZ-LT809») via eth0, [ $n -lt 500 ], x86_64-pc-linux, UTF-PC12",
    "origin\thttps://«mkavinas»@bitbucket.org/«zelmont»/«premia-rates».git (fetch)",
    "mongodb://«db1.ledgerly.net»:27017,«db2.ledgerly.net»:27017/«premia_rates»?replicaSet=rs0",
    "x or «0049 30 8523817»",
    "my SIN: «676 083 215»",
    "{\"id\":\"«5bba2b65-dfa5-465b-ab4a-015222c58433»\",\"tenantId\":\"«6bba2b65-dfa5-465b-ab4a-015222c58433»\",\"x\":1}",
    "{\"auths\":{\"«registry.ledgerly.net»\":{}}}",
    "authors = [\"«Zelmo Kavinas»\", \"«Maribel Ortiz» <x@example.com>\"]",
    "authors = [{name = \"«Zelmo Kavinas»\", x = \"y\"}, {name = \"«Maribel Ortiz»\"}]",
    "GITLAB_USER_LOGIN=«mkavinas»",
    "«zelmonts»/«premia-rates»   Payments glue   private   2026-05-12",
    "On call this week: «Zelmo Kavinas»",
    "backup\n«db.eu.ledgerly.net»\nend",
    "2026-05-11 09:12:33 «zelmont-backups»",
    "image: «registry.ledgerly.net»/«zelmont»/«premia»:1.2",
    "+----+---------------+\n| id | full_name     |\n+----+---------------+\n| 1  | «Zelmo Kavinas» |\n+----+---------------+",
    " first_name | phone\n------------+-------\n «Zelmo»      | «0151 23456789»\n",
    "USER         PID CMD\n«mkavinas»     4312 node server.js\nroot           1 /sbin/init",
    "Matching Defaults entries for «mkavinas» on «ledgerbox»:",
    "sn: «Kavinas»",
    "┌─[«mkavinas»@«ledgerbox»]─[~/app]\n└──╼ $ cargo build",
    "relay=«mx.ledgerly.net»[«185.14.2.9»]:25",
    "https://«gitlab.ledgerly.net»/«zelmont»/«premia-rates»/-/jobs/1234",
    "curl -H 'Host: «app.ledgerly.net»' http://10.0.0.5/",
    "deploy to «zelmont-premia».fly.dev and tell me",
    "https://sqs.eu-west-1.amazonaws.com/«482913650774»/«premia-jobs»",
    "May 17 10:00:00 «ledgerbox» kernel: usb 1-1: new device",
    "url:\thttps://github.com/«zelmonts»/«premia-rates»/pull/12\n",
    "12\tFix it\t«mkavinas»:«fix-premia»\tOPEN\t2026-05-11",
    "«mkavinas»  tty7         2026-05-17 09:00 (:0)",
    "organization: «zelmonts»",
    "gitStatus: Current branch: «mkavinas/zorblatt»\n",
    "«corpnet»\\«kavinas» «S-1-5-21-3623811015-3361044348-30300820-1013»",
    "TODO(«mkavinas»): drop this",
    "psycopg2.OperationalError: could not translate host name \"«db.ledgerly.net»\" to address",
    "HTTPSConnectionPool(host='«api.ledgerly.net»', port=443): Max retries",
    "Error 111 connecting to «cache.ledgerly.net»:6379. Connection refused.",
    "«ledgerbox»     : ok=3    changed=1    unreachable=0    failed=0",
    "fatal: [«ledgerbox»]: UNREACHABLE! => {}",
    ";; ANSWER SECTION:\n«db.ledgerly.net».  300  IN  A  10.0.0.1",
    "*/5 * * * * «maribel» /opt/x.sh\n0 3 * * 1 «kavinas» /usr/local/bin/backup --all",
    "uid=1001(«maribel») gid=1001(«maribel») groups=1001(«maribel»),27(sudo),1500(«zelmont-devs»)",
    "┌──(«mkavinas»㉿«ledgerbox»)-[~/x]",
    "●  «premia.service» - x",
    "[10:22] «Zelmo Kavinas»: it fails",
    "$ git merge --no-ff «premium-rates»",
    "Already on '«premium-rates»'",
    " * branch            «premium-rates» -> FETCH_HEAD",
    "module github.com/«zelmont»/«premia-rates»",
    "projects/«zelmont-prod-4821»/locations/europe-west1/services/«premia-api»",
    "to gke_«zelmont-prod»_europe-west1_«premia»",
    "{\"id\":\"«PRR_kwDOR9xyY88AAAABDRavQq»\"}",
    "useradd: user '«mkavinas»' already exists",
    "DNS:*.«ledgerly.net», DNS:«db.ledgerly.net»",
    "[1f0a9c3] «Zelmo Kavinas»: fix it",
    "name,mail\n«Zelmo Kavinas»,«zelmo@ledgerly.net»,12",
    "«kavinas»   pts/1        «box.ledgerly.net»  Mon May 18 08:00 - 17:10  (09:10)",
    "From: \"«Kavinas», «Zelmo»\" <«zelmo@ledgerly.net»>",
    "«maribel» is not in the sudoers file.",
    "[sudo] password for «maribel»:",
    "FATAL:  role \"«maribel»\" does not exist",
    "«maribel»@«ledgerbox»: Permission denied (publickey).",
    "Hi «maribel»! You've successfully authenticated, but GitHub does not provide shell access.",
    "May 21 09:12:01 «ledgerbox» sshd[2211]: Accepted publickey for «maribel.ortiz» from 10.0.0.1 port 51122 ssh2",
    "node  4321 «maribel»  23u  IPv4 0x1234  0t0  TCP *:3000 (LISTEN)",
    "Access: (0644/-rw-r--r--)  Uid: ( 1000/ «maribel»)   Gid: ( 1000/ «maribel»)",
    "* 1f0a9c3 (3 days ago) <«Maribel Ortiz»> Fix the build",
    " * 1f0a9c3 - Fix the build («Maribel Ortiz», 3 days ago)",
    "ssh: connect to host «ledgerbox» port 22: Connection refused",
    "curl: (6) Could not resolve host: «db.ledgerly.net»",
    "Error: getaddrinfo ENOTFOUND «db.ledgerly.net»",
    "The authenticity of host '«build.ledgerly.net» (10.0.0.1)' can't be established.",
    "Linux «ledgerbox» 6.8.0-41-generic #41-Ubuntu SMP x86_64 GNU/Linux",
    "Host box\n  HostName «build.ledgerly.net»\n  User «maribel»\n  Port 22",
    "https://«ledgerly».atlassian.net/browse/«PAY-42»",
    "Switched to a new branch '«premium-rates»'",
    "Deleted branch «premium-rates» (was 1f0a9c3).",
    "Merge pull request #42 from «ledgerly»/«premium-rates»",
    "## «premium-rates»...origin/«premium-rates» [ahead 1]",
    "Your branch and 'origin/«premium-rates»' have diverged,",
    "error: pathspec '«premium-rates»' did not match any file(s) known to git",
    "Fixes «PAY-42»",
    "Started by user «Maribel Ortiz»",
    "Running on «ledgerbox» in /srv",
    "# Copyright (c) 2019-2026 «Maribel Ortiz» and contributors",
    "/* Copyright © 2026 «Maribel Ortiz». All rights reserved. */",
    "SPDX-FileCopyrightText: 2026 «Maribel Ortiz»",
    "✓ Created fork «maribel»/«premia-rates»",
    "1f0a9c3|«Maribel Ortiz»|2 days ago|Fix the build",
    "1f0a9c3 - «Maribel Ortiz», 2 days ago : Fix the build",
    "«Maribel Ortiz» (14):\n      Fix the build\n",
    "   214\t«Maribel Ortiz»\n    17\tdependabot[bot]",
    "/src/ledger/ @«ledgerly»/«zelmonts» @«maribel»",
    "203.0.113.9 - «maribel» [21/May/2026:09:12:01 +0000] \"GET / HTTP/1.1\" 200 12",
    "deployment.apps/«premia-api» configured",
    "[«premium-rates» 1f0a9c3] Fix the build",
    "Merge remote-tracking branch '«premium-rates»' into «quote-binding»",
    "* [new branch]          «premium-rates» -> «premium-rates»",
    "ORGANIZER;CN=«Maribel Ortiz»:mailto:x@example.com",
    "«maribel»     20411  1.2  3.4 123 98 ?        Sl   09:12   0:14 node x",
    "«maribel»     20411     1  0 May20 ?        00:00:14 java -jar x.jar",
    "-rw-r--r-- «maribel» «ledgerly» x.txt",
];

static MISSES: &[&str] = &[
    "Title: Getting Started",
    "The framework: Spring Boot",
    "docs.python.org",
    "2026-05-11 09:12:33 started",
    "+----+-------+\n| id | name  |\n+----+-------+\n| 1  | Basic Plan |\n+----+-------+",
    "the input device is not a TTY",
    "organization: string",
    "Connected to github.com («140.82.121.4»)",
    "TODO(perf): x and TODO(#12): y",
    "ok: [localhost]",
    "Connecting to database...",
    "HTTPSConnectionPool(host='api.github.com', port=443)",
    "cc @types/node",
    "[12:01:02] Starting compilation in watch mode...",
    "*/5 * * * * cd /app && make\n0 3 * * * /usr/bin/backup\n17 * * * * root cd /",
    "Name: requests\nVersion: 2.32.3",
    "uid=33(www-data) gid=33(www-data) groups=33(www-data),27(sudo)",
    "root is not in the sudoers file.",
    "FATAL:  role \"postgres\" does not exist",
    "curl: (6) Could not resolve host: registry.example",
    "Error: getaddrinfo ENOTFOUND registry.example",
    "ssh: connect to host github.com port 22: Connection refused",
    "Switched to branch 'main'",
    "HEAD detached at 1f0a9c3",
    "Your branch is up to date with 'origin/main'.",
    "error: pathspec 'src/main.rs' did not match any file(s) known to git",
    "this fixes UTF-8 and closes the file",
    "The host is down, so connect to host and port again",
    "   1\tGetting Started\n   2\tThe Next Part",
    "     3\tGetting Started",
    "Copyright notices must stay",
    "Copyright (C) 2018-2022 Free Software Foundation, Inc.",
    "Copyright (c) 2019 The Premia Authors. All rights reserved.",
    "/srv/x.py:14:    @property",
    "Started by user root",
    "+ @types/node@20.1.0",
    "deployment.apps/nginx configured",
    "root         1  0.0  0.1 168 11 ?        Ss   May20   0:03 /sbin/init",
    "-rw-r--r-- root root x.txt",
    "127.0.0.1 - - [21/May/2026:09:12:01 +0000] \"GET / HTTP/1.1\" 200 12",
];
