//! Files of two bare lines, a login and its password, as who dials into a network keeps them: `auth-user-pass` of OpenVPN.

use super::{
    Ask, Asked, Each,
    secret::{PASSWORD, holds},
    shell,
};

/// What such files are called, without what stands behind a dot.
const STEMS: [&[u8]; 10] = [
    b"auth",
    b"auth-user-pass",
    b"client-auth",
    b"creds",
    b"credentials",
    b"login",
    b"pass",
    b"up",
    b"user-pass",
    b"userpass",
];

/// What a script asks for that shows such a file and nothing else.
pub(super) fn printed(statements: &[shell::Statement<'_>]) -> Option<Asked> {
    let [stages] = statements else { return None };
    let [stage] = &stages[..] else { return None };
    let mut words = shell::words(stage);
    let shows = matches!(shell::program(stage), b"cat" | b"head" | b"type" | b"more" | b"less" | b"tail");
    (shows && words.any(is_named)).then(asked)
}

/// What such a file holds that is read as a whole.
pub(super) fn file(path: &[u8]) -> Option<Asked> {
    is_named(path).then(asked)
}

fn asked() -> Asked {
    let secret = Ask::Secret(PASSWORD);
    let mut each = Each::default();
    each.add(Some(Ask::Login));
    each.add(Some(secret));
    Asked { ask: Some(secret), alone: true, each, shows: None }
}

/// Whether a path names such a file: `/etc/openvpn/auth.txt`.
fn is_named(path: &[u8]) -> bool {
    let name = path.rsplit(|b| matches!(b, b'/' | b'\\')).next().unwrap_or(path);
    let (stem, ending) = match memchr::memrchr(b'.', name).filter(|dot| *dot > 0) {
        Some(dot) => (&name[..dot], &name[dot + 1..]),
        None => (name, &b""[..]),
    };
    holds(path, b"vpn/")
        && STEMS.contains(&stem)
        && matches!(ending, b"" | b"txt" | b"conf" | b"cred" | b"pass")
}

#[cfg(test)]
mod tests {
    use super::is_named;

    #[test]
    fn only_files_of_who_dials_in_are_pairs() {
        for path in ["/etc/openvpn/auth.txt", "vpn/auth-user-pass", "~/openvpn/login.conf"] {
            assert!(is_named(path.as_bytes()), "{path}");
        }
        for path in ["/etc/openvpn/server.conf", "src/auth.txt", "vpn/login.rs", "auth"] {
            assert!(!is_named(path.as_bytes()), "{path}");
        }
    }
}
