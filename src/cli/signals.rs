//! What becomes of files in the making when the program is told to end.

/// From now on `SIGINT`, `SIGTERM` and `SIGHUP` remove the drafts of this process before they end it, as they would have. One
/// that is ignored, as under `nohup`, stays ignored. A file that may not grow further is an error like any other.
#[cfg(unix)]
pub(super) fn watch() {
    use signal_hook::{consts, iterator::Signals, low_level::emulate_default_handler};

    let ignored = ignored();
    let wanted = [consts::SIGINT, consts::SIGTERM, consts::SIGHUP];
    let wanted = wanted.into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0);
    let wanted = wanted.chain([consts::SIGXFSZ]);
    // Without them the program ends as it does without us, and leaves a draft.
    let Ok(mut signals) = Signals::new(wanted) else { return };
    std::thread::spawn(move || {
        for signal in signals.forever().filter(|signal| *signal != consts::SIGXFSZ) {
            crate::output::abandon();
            if emulate_default_handler(signal).is_err() {
                std::process::exit(128 + signal);
            }
        }
    });
}

/// Where memory runs out, the standard library says so and ends the process by `SIGABRT`: from now on with the exit code that is
/// documented for what failed.
#[cfg(unix)]
pub(super) fn fail_where_memory_ends() {
    use signal_hook::{consts::SIGABRT, flag};
    use std::sync::{Arc, atomic::AtomicBool};

    let failed = super::ExitStatus::Failed as i32;
    // If that cannot be had, the process ends as it does without us.
    let _ = flag::register_conditional_shutdown(SIGABRT, failed, Arc::new(AtomicBool::new(true)));
}

/// Where signals are not known, there is nothing to watch for.
#[cfg(not(unix))]
pub(super) fn watch() {}

/// The same.
#[cfg(not(unix))]
pub(super) fn fail_where_memory_ends() {}

/// The signals that this process was started to ignore: bit `n - 1` for signal `n`. Where the system does not say, hanging up
/// counts as ignored, since that is what is ignored most.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let hang_up = 1 << (signal_hook::consts::SIGHUP - 1);
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(hang_up)
}
