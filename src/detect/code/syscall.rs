//! Calls of a system, as programs that trace others show them.

/// Calls of a system as `strace` shows them.
static CALLS: &[&[u8]] = &[
    b"access",
    b"arch_prctl",
    b"bind",
    b"brk",
    b"chdir",
    b"clone",
    b"clone3",
    b"close",
    b"connect",
    b"dup2",
    b"epoll_ctl",
    b"epoll_wait",
    b"execve",
    b"exit_group",
    b"fcntl",
    b"fork",
    b"fstat",
    b"fsync",
    b"futex",
    b"getcwd",
    b"getdents64",
    b"getpid",
    b"getrandom",
    b"getuid",
    b"ioctl",
    b"kill",
    b"listen",
    b"lseek",
    b"lstat",
    b"mkdir",
    b"mmap",
    b"mprotect",
    b"munmap",
    b"newfstatat",
    b"open",
    b"openat",
    b"pipe2",
    b"poll",
    b"prctl",
    b"pread64",
    b"prlimit64",
    b"read",
    b"readlink",
    b"recvfrom",
    b"rename",
    b"rseq",
    b"rt_sigaction",
    b"rt_sigprocmask",
    b"select",
    b"sendto",
    b"set_robust_list",
    b"set_tid_address",
    b"setsockopt",
    b"socket",
    b"stat",
    b"statfs",
    b"statx",
    b"unlink",
    b"unlinkat",
    b"wait4",
    b"write",
    b"writev",
];

/// `openat(AT_FDCWD, "/etc/hosts", O_RDONLY) = 3`: a known call and what it gave back.
pub(super) fn is_one(body: &[u8]) -> bool {
    let name =
        body.iter().take_while(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || **b == b'_').count();
    if body.get(name) != Some(&b'(') || CALLS.binary_search(&&body[..name]).is_err() {
        return false;
    }
    let given = memchr::memmem::rfind(body, b" = ").filter(|&at| body[..at].trim_ascii_end().ends_with(b")"));
    given.is_some_and(|at| matches!(body.get(at + 3), Some(b'0'..=b'9' | b'-' | b'?')))
}

/// `+++ exited with 1 +++`, `--- SIGCHLD {si_signo=SIGCHLD} ---`: what else such a program tells.
pub(super) fn is_told(body: &[u8]) -> bool {
    body.starts_with(b"+++ ") && body.ends_with(b" +++")
        || body.starts_with(b"--- SIG") && body.ends_with(b" ---")
}

#[cfg(test)]
mod tests {
    use super::{is_one, is_told};

    #[test]
    fn calls_are_told_from_code() {
        for call in [
            "openat(AT_FDCWD, \"/etc/hosts\", O_RDONLY) = 3",
            "exit_group(1)                           = ?",
            "close(3) = 0",
        ] {
            assert!(is_one(call.as_bytes()), "{call}");
        }
        for code in ["settle(3) = 0", "open(rows) == 3", "close(3)"] {
            assert!(!is_one(code.as_bytes()), "{code}");
        }
        assert!(is_told(b"+++ exited with 1 +++") && is_told(b"--- SIGSEGV {si_signo=SIGSEGV} ---"));
        assert!(!is_told(b"+++ b/src/rows.rs") && !is_told(b"--- a/src/rows.rs"));
    }
}
