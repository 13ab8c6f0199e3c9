//! Bytes to bit masks, 64 bytes at a time, by the fastest way this machine has. What looks for something works on the
//! masks, so engines differ in speed only; tests hold them equal.

pub(crate) mod class;
#[cfg(target_arch = "aarch64")]
mod neon;
mod portable;
mod runs;
mod step;
#[cfg(target_arch = "x86_64")]
mod x86;

use std::sync::LazyLock;

pub(crate) use runs::{Nibbles, each_run};
pub(crate) use step::{STEP, before, places};

/// Bytes per block: one bit each in a mask.
pub(crate) const BLOCK: usize = 64;

/// How many bytes of a literal's start the first look takes in. The build script has the same.
pub(crate) const WINDOW: usize = 4;

/// What the bytes of one block are, one bit per byte, the lowest bit for the first byte. Bytes past the end are none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Masks {
    /// `[A-Za-z0-9]`
    pub(crate) alnum: u64,
    /// `[A-Za-z0-9_-]`
    pub(crate) narrow: u64,
    /// `[A-Za-z0-9_+/-]`
    pub(crate) base: u64,
    /// Anything a token may hold: every class of [`class`].
    pub(crate) token: u64,
    /// `[0-9]`
    pub(crate) digit: u64,
    /// Bytes with the bit that tells small letters from capitals.
    pub(crate) small: u64,
    /// A backslash.
    pub(crate) slash: u64,
    /// What ends a text and begins the next one, `","`, or the next block of an array, `"},{`; perhaps with a blank behind
    /// the comma, behind which a brace is not looked for.
    pub(crate) joint: u64,
    /// Some literal may start here.
    pub(crate) literal: u64,
}

/// The first look at literals: groups of them, eight to a half, one bit each. A byte's nibbles look up the groups that
/// may have it in that place; a literal may start where some group is left after all places. With more groups less
/// passes that is no literal, and the look costs more: as many as there are literals for.
#[derive(Clone, Debug)]
pub(crate) enum Teddy {
    Few(&'static [Half; FEW]),
    Many(&'static [Half; MANY]),
}

/// Eights of groups. The build script has the same.
pub(crate) const FEW: usize = 4;
pub(crate) const MANY: usize = 6;

/// The tables of eight groups.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Half {
    /// Groups by the low nibble, for each place of the window.
    pub(crate) low: [[u8; 16]; WINDOW],
    /// Groups by the high nibble.
    pub(crate) high: [[u8; 16]; WINDOW],
}

/// Fills masks for as many blocks as `out` has; `bytes` hold them and `WINDOW - 1` more.
type Kernel = fn(&Teddy, &[u8], &mut [Masks]);

/// Fills masks with which bytes are of a class, for as many blocks as `out` has, all of which `bytes` hold.
type Members = fn(&Nibbles, &[u8], &mut [u64]);

/// One way of making masks.
#[derive(Clone, Copy)]
pub(crate) struct Engine {
    #[cfg_attr(not(test), expect(dead_code, reason = "tests say which engine failed"))]
    name: &'static str,
    kernel: Kernel,
    members: Members,
}

impl Engine {
    /// The fastest that runs here.
    pub(crate) fn best() -> Self {
        static BEST: LazyLock<Engine> = LazyLock::new(|| Engine::all().pop().unwrap_or(PORTABLE));
        *BEST
    }

    /// Every engine that runs here, the slowest first.
    pub(crate) fn all() -> Vec<Self> {
        let mut all = vec![PORTABLE];
        #[cfg(target_arch = "x86_64")]
        all.extend(x86::engines());
        #[cfg(target_arch = "aarch64")]
        all.push(neon::ENGINE);
        all
    }

    /// What it is called.
    #[cfg(test)]
    pub(crate) fn name(self) -> &'static str {
        self.name
    }

    /// Makes the masks of block `first` of `bytes` and of those after it. Blocks past the end are empty.
    pub(crate) fn fill(self, teddy: &Teddy, bytes: &[u8], first: usize, out: &mut [Masks]) {
        let rest = &bytes[(first * BLOCK).min(bytes.len())..];
        let whole = (rest.len().saturating_sub(WINDOW - 1) / BLOCK).min(out.len());
        let (head, tail) = out.split_at_mut(whole);
        (self.kernel)(teddy, rest, head);
        let rest = &rest[whole * BLOCK..];
        // The last places of a block look into the next one, so that two blocks may be left.
        let left = rest.len().div_ceil(BLOCK).min(tail.len()).min(2);
        let (last, behind) = tail.split_at_mut(left);
        if left > 0 {
            let mut padded = [0; 2 * BLOCK + WINDOW];
            let taken = rest.len().min(padded.len());
            padded[..taken].copy_from_slice(&rest[..taken]);
            (self.kernel)(teddy, &padded, last);
        }
        for (i, masks) in last.iter_mut().enumerate() {
            masks.literal &= up_to(rest.len() - i * BLOCK);
        }
        behind.fill(Masks::default());
    }

    /// Which bytes of block `first` of `bytes` and of those after it are of `class`. Blocks past the end have none.
    fn members(self, class: &Nibbles, bytes: &[u8], first: usize, out: &mut [u64]) {
        let rest = &bytes[(first * BLOCK).min(bytes.len())..];
        let whole = (rest.len() / BLOCK).min(out.len());
        let (head, tail) = out.split_at_mut(whole);
        (self.members)(class, rest, head);
        tail.fill(0);
        let rest = &rest[whole * BLOCK..];
        if !rest.is_empty() && !tail.is_empty() {
            let mut padded = [0; BLOCK];
            padded[..rest.len()].copy_from_slice(rest);
            (self.members)(class, &padded, &mut tail[..1]);
        }
    }
}

const PORTABLE: Engine = Engine { name: "portable", kernel: portable::fill, members: portable::members };

/// The lowest `count` bits.
fn up_to(count: usize) -> u64 {
    if count >= BLOCK { u64::MAX } else { (1 << count) - 1 }
}
