//! Mapped files that survive being truncated.
//!
//! Reading a mapped page that the file no longer has raises SIGBUS, which would end the process. A handler puts pages
//! of zeros under the whole mapping instead and notes that the mapping is torn; whoever read it asks afterwards.

use std::{
    fs::File,
    io,
    ops::Deref,
    sync::{
        Mutex, OnceLock,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

/// A file in memory. Its bytes turn to zeros if the file is truncated meanwhile.
pub(super) struct Mapping {
    map: memmap2::Mmap,
    slot: usize,
}

/// How many mappings can be guarded at once; a file beyond is read.
const SLOTS: usize = 64;

/// A mapped range that the handler knows.
struct Slot {
    start: AtomicUsize,
    len: AtomicUsize,
    torn: AtomicBool,
}

static GUARDED: [Slot; SLOTS] =
    [const { Slot { start: AtomicUsize::new(0), len: AtomicUsize::new(0), torn: AtomicBool::new(false) } };
        SLOTS];

/// Which slots are taken.
static TAKEN: Mutex<[bool; SLOTS]> = Mutex::new([false; SLOTS]);

impl Mapping {
    /// Maps a file that is not empty.
    ///
    /// # Errors
    /// What the system said, or that no more files can be guarded.
    pub(super) fn new(file: &File) -> io::Result<Self> {
        guard()?;
        // SAFETY: the mapping is private and read-only. If the file is truncated, the handler installed by `guard`
        // puts zeros under it, so no access faults; if it is written to, the bytes may change, and `&[u8]` of them is
        // only ever read byte by byte with results that are thrown away when `Source::unchanged` says so.
        #[expect(unsafe_code, reason = "a file cannot be mapped otherwise")]
        let map = unsafe { memmap2::MmapOptions::new().map(file)? };
        let slot = take_slot().ok_or_else(|| io::Error::other("too many mapped files"))?;
        GUARDED[slot].torn.store(false, Ordering::SeqCst);
        GUARDED[slot].len.store(map.len(), Ordering::SeqCst);
        GUARDED[slot].start.store(map.as_ptr().addr(), Ordering::SeqCst);
        Ok(Self { map, slot })
    }

    /// Whether bytes were read that the file no longer had.
    pub(super) fn is_torn(&self) -> bool {
        GUARDED[self.slot].torn.load(Ordering::SeqCst)
    }
}

impl Deref for Mapping {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.map
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        GUARDED[self.slot].start.store(0, Ordering::SeqCst);
        GUARDED[self.slot].len.store(0, Ordering::SeqCst);
        if let Ok(mut taken) = TAKEN.lock() {
            taken[self.slot] = false;
        }
    }
}

fn take_slot() -> Option<usize> {
    let mut taken = TAKEN.lock().ok()?;
    let slot = taken.iter().position(|&taken| !taken)?;
    taken[slot] = true;
    Some(slot)
}

/// Installs the handler, once.
fn guard() -> io::Result<()> {
    static INSTALLED: OnceLock<bool> = OnceLock::new();
    if *INSTALLED.get_or_init(install) { Ok(()) } else { Err(io::Error::other("no handler for torn files")) }
}

#[cfg(unix)]
#[expect(unsafe_code, reason = "a signal handler cannot be installed otherwise")]
fn install() -> bool {
    // SAFETY: `action` is a plain C struct for which zero is a valid value, filled as sigaction(2) asks; the handler
    // has the signature that SA_SIGINFO promises.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = on_fault as *const () as usize;
        action.sa_flags = libc::SA_SIGINFO;
        libc::sigemptyset(&raw mut action.sa_mask);
        libc::sigaction(libc::SIGBUS, &raw const action, std::ptr::null_mut()) == 0
    }
}

#[cfg(not(unix))]
fn install() -> bool {
    false
}

/// Puts zeros under the mapping that holds the address, or lets the process die as it would have.
#[cfg(unix)]
#[expect(unsafe_code, reason = "a signal handler speaks C")]
extern "C" fn on_fault(signal: libc::c_int, info: *mut libc::siginfo_t, _: *mut libc::c_void) {
    // SAFETY: the kernel hands a valid `info` to a handler installed with SA_SIGINFO; only atomics, mmap(2) and
    // signal(2) are used, all of which may be called in a handler; MAP_FIXED replaces only pages of a mapping that is
    // registered, hence alive.
    unsafe {
        let address = (*info).si_addr() as usize;
        for slot in &GUARDED {
            let (start, len) = (slot.start.load(Ordering::SeqCst), slot.len.load(Ordering::SeqCst));
            if start != 0 && (start..start + len).contains(&address) {
                slot.torn.store(true, Ordering::SeqCst);
                let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_FIXED;
                let zeros = libc::mmap(start as *mut libc::c_void, len, libc::PROT_READ, flags, -1, 0);
                if zeros != libc::MAP_FAILED {
                    return;
                }
            }
        }
        libc::signal(signal, libc::SIG_DFL);
    }
}
