use crate::detect::identity::tests::{hits, marked, plain};
use crate::rule::Class;

#[test]
fn hosts_of_ones_own_are_found() {
    for text in [
        "jdbc:postgresql://«db.ledgerly.net»:5432/postgres and postgresql://«db.ledgerly.net»/«premia_rates»",
        "postgres://mkavinas:x@«db.ledgerly.net»:5432/«premia_rates»?ssl=1 smb://«mkavinas»@«ledgerbox»/x",
        "http://«srv-ledger4»:9200/_cluster/health",
        "wss://«live.ledgerly.net»/socket and amqp://«ledgerbox»:5672",
        "Kubernetes control plane is running at https://«premia.ledgerly.net»:6443",
        "GET https://«grafana.ledgerly.net»/d/1 and https://«quotes-staging.ledgerly.io»",
        "https://«premia-x7k2-ew.a.run.app» and https://«premia-rates.onrender.com»/x",
        "https://sentry.io/organizations/«zelmont»/issues/1/",
        "DATABASE_HOST=«db.ledgerly.net»",
        "«web1.ledgerly.net» ansible_port=22 ansible_user=«maribel»",
        "«ledgerbox»:/export/x  /mnt/x  nfs4  rw  0 0",
        "127.0.1.1\t«kavinas.ledgerly.net» «kavinas»\n10.20.0.4  «ledgerbox-2»",
        "GET https://«npm.ledgerly.net»/@«ledgerly»%2f«premia-rates» 404",
        "vscode-remote://ssh-remote%2B«ledgerbox»/srv",
        "From ssh://«git.ledgerly.net»:7999/«zelmont»/«premia-rates»",
    ] {
        assert_eq!(found(text), text);
    }
}

#[test]
fn hosts_of_everyones_stay() {
    for text in [
        "https://docs.python.org/3/library and https://registry.example:443/react",
        "http://localhost:3000 redis://redis:6379 postgres://localhost:5432/x amqp://rabbitmq",
        "https://git.kernel.org/x https://wiki.archlinux.org/x https://play.grafana.org/d",
        "https://vercel.com/docs/x and https://linear.app/docs",
        "http://localhost:9200 http://api:8080/x http://my-host:80 http://127.0.0.1:80",
        "postgres://postgres:postgres@localhost:5432/test",
        "app_host = config.get(\"x\")",
        "127.0.0.1 localhost\n10.0.0.4 timed out\n10.0.0.4 is up",
        "DATABASE_HOST=localhost DB_HOST=db REDIS_HOST=redis.example.com",
    ] {
        assert_eq!(found(text), text);
    }
}

/// `text` without marks, hosts and owners in it marked.
fn found(text: &str) -> String {
    let text = text.replace(['«', '»'], "");
    let found = hits(&plain(&text));
    marked(&text, &found, |hit| hit.rule.rule().class == Class::Identity)
}
