//! Scripts and what they ask for, and answers in records of their own.

use super::{Ask, Wanted, of_file, of_script};
use crate::detect::assignment::Kind;

/// What a script asks for, in a word.
fn asks(script: &str) -> &'static str {
    let asked = of_script(script.as_bytes(), Wanted::new(|_, _| true));
    word(asked.and_then(|asked| asked.ask))
}

/// What is asked for, in a word.
fn word(ask: Option<Ask>) -> &'static str {
    match ask {
        Some(Ask::Secret(name)) if name.kind == Kind::Password => "password",
        Some(Ask::Secret(_)) => "secret",
        Some(Ask::Login) => "login",
        Some(Ask::Person) => "person",
        Some(Ask::Host) => "host",
        Some(Ask::Branch) => "branch",
        Some(Ask::Project) => "project",
        Some(Ask::Said(_) | Ask::Typed(_)) => "talk",
        Some(Ask::Row(_)) => "row",
        None => "",
    }
}

#[test]
fn scripts_that_ask_for_a_secret() {
    for script in [
        "openssl rand -hex 32",
        "cd app && openssl rand -base64 24 2>/dev/null",
        "head -c 24 /dev/urandom | base64",
        "LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom | head -c 30; echo",
        "python3 -c 'import secrets; print(secrets.token_urlsafe(24))'",
        r#"node -e "console.log(require('crypto').randomBytes(24).toString('hex'))""#,
        "echo $API_TOKEN",
        r#"printf '%s\n' "${API_TOKEN}""#,
        "docker compose exec -T web printenv SECRET_KEY_BASE",
        "ssh deploy@web1 'cat /etc/app/token'",
        "cat config/master.key",
        "sudo cat /run/secrets/signing",
        "jq -r '.auth.access_token' config.json",
        "curl -s https://a.example/x | jq -r .token",
        "gh auth token",
        "grep '^API_TOKEN=' .env | cut -d= -f2",
        "sed -n 's/^API_TOKEN=//p' .env",
        "python -c \"import os; print(os.environ['API_TOKEN'])\"",
        "kubectl create token ci-bot",
        "wg genkey | tee /dev/stderr",
        "for i in 1 2; do openssl rand -hex 16; done",
        "wsl cat ~/.vault-token",
        "if [ -f x ]; then cat config/master.key; fi",
    ] {
        assert!(matches!(asks(script), "secret" | "password"), "{script}: {}", asks(script));
    }
    for script in [
        "pass show web/router",
        "op read op://Private/router/password",
        "vault kv get -field=password kv/db",
        "terraform output -raw db_password",
        "echo %DB_PASSWORD%",
        "$env:DB_PASSWORD",
        "Get-Content db_password.txt",
        "kubectl -n x get secret db -o jsonpath='{.data.password}' | base64 -d; echo",
        "aws secretsmanager get-secret-value --secret-id db --query SecretString --output text",
        "security find-generic-password -s router -w",
    ] {
        assert_eq!(asks(script), "password", "{script}");
    }
}

#[test]
fn scripts_that_ask_for_none() {
    for script in [
        "openssl rand -hex 32 > key",
        "export TOKEN=$(openssl rand -hex 32)",
        "TOKEN=$(gh auth token)",
        "echo -n x | sha256sum",
        "cat token.txt | wc -c",
        "openssl rand -hex 32 | sha256sum",
        "grep -rn password src",
        "grep -c token log.txt",
        "cat src/token.rs",
        "cat password_test.go",
        "ls secrets/",
        "echo ${API_TOKEN:+set}",
        "gh auth token | docker login ghcr.io -u x --password-stdin",
        "op read --help",
        "cargo test token",
        "cat ~/.ssh/id_ed25519.pub",
        "grep -E 'PASS|FAIL' log | cut -c1-80",
        "echo 'no token' && ls",
        "git log --grep password --format=%h",
        "man pwgen",
    ] {
        assert_eq!(asks(script), "", "{script}");
    }
}

#[test]
fn scripts_that_ask_who_and_where() {
    for (script, ask) in [
        ("whoami", "login"),
        ("cd x; id -un", "login"),
        ("stat -c %U file", "login"),
        ("ls -ld . | awk '{print $3}'", "login"),
        ("echo \"$USER\"", "login"),
        ("git log -1 --format=%an", "person"),
        ("git config --get user.name", "person"),
        ("hostname -f", "host"),
        ("cat /etc/hostname", "host"),
        ("git branch --show-current", "branch"),
        ("git rev-parse --abbrev-ref HEAD", "branch"),
        ("gcloud config get-value project", "project"),
        ("kubectl config current-context", "project"),
        ("aws configure list-profiles", "project"),
        ("kubectl config get-contexts -o name", "project"),
        ("tofu workspace list", "project"),
        ("vercel whoami", "login"),
        ("whoami | wc -c", ""),
        ("curl --hostname x", ""),
        ("git log --oneline", ""),
        ("ls", ""),
    ] {
        assert_eq!(asks(script), ask, "{script}");
    }
}

#[test]
fn each_line_answers_the_statement_that_printed_it() {
    for (script, lines, expected) in [
        ("whoami; hostname", 2, "login host"),
        ("hostname && sw_vers -productVersion && whoami", 3, "host - login"),
        ("cd x; echo ---; whoami", 2, "- login"),
        ("whoami; hostname", 3, "login login login"),
        ("whoami; uname -a; date", 2, "- -"),
        ("vercel whoami", 2, "login login"),
        ("whoami; gh auth token", 2, "login password"),
        ("gh auth token; date", 2, "password password"),
    ] {
        let asked = of_script(script.as_bytes(), Wanted::new(|_, _| true)).expect("it asks");
        let words: Vec<&str> = (0..lines)
            .map(|line| word(asked.of_line(line, lines)))
            .map(|word| if word.is_empty() { "-" } else { word })
            .collect();
        assert_eq!(words.join(" "), expected, "{script}");
    }
}

#[test]
fn files_that_hold_a_secret_and_nothing_else() {
    let secret = |path: &str| of_file(path.as_bytes(), Wanted::new(|_, _| true)).is_some();
    for path in [
        "/home/u/.vault-token",
        "config/master.key",
        "/run/secrets/db",
        "C:\\app\\api_token.txt",
        "a/db.password",
    ] {
        assert!(secret(path), "{path}");
    }
    for path in [
        "src/token.rs",
        "internal/auth",
        "README.md",
        "passwords.csv",
        "~/.ssh/id_rsa.pub",
        "a/keys/list.txt",
    ] {
        assert!(!secret(path), "{path}");
    }
}
