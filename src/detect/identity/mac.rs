//! Addresses of network cards.

use super::super::{
    subject::{Hit, Hits, Subject},
    word,
};
use crate::rule::id;

/// Looks at the group of hexadecimal digits at byte `at`.
pub(super) fn find(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let Some((end, address)) = grouped(bytes, at, 2, 3).or_else(|| grouped(bytes, at, 4, 5)) else {
        return;
    };
    let before = !matches!(bytes[..at].last(), Some(b':' | b'-' | b'.'));
    let after = !matches!(bytes.get(end), Some(b':' | b'-')) || !hex_follows(bytes, end + 1);
    if before && after && word::starts_word(bytes, at) && word::ends_word(bytes, end) && is_someones(address)
    {
        hits.push(Hit::new(id::IDENTITY_MAC, at, end, "hardware address").canonical(address.to_vec()));
    }
}

/// Twelve hexadecimal digits from byte `at` on in groups of `width`, each `step` bytes after the one before.
fn grouped(bytes: &[u8], at: usize, width: usize, step: usize) -> Option<(usize, [u8; 6])> {
    let groups = 12 / width;
    let text = bytes.get(at..at + groups * step - 1)?;
    let sign = text[width];
    let signs: &[u8] = if width == 2 { b":-" } else { b"." };
    signs.contains(&sign).then_some(())?;
    let mut digits = Vec::with_capacity(12);
    for (i, &byte) in text.iter().enumerate() {
        if i % step == width {
            (byte == sign).then_some(())?;
        } else {
            digits.push(char::from(byte).to_digit(16)? as u8);
        }
    }
    let mut address = [0; 6];
    for (octet, pair) in address.iter_mut().zip(digits.chunks(2)) {
        *octet = pair[0] << 4 | pair[1];
    }
    Some((at + text.len(), address))
}

/// Looks at the line of `arp` on which `[ethernet]` stands at byte `at`: zeros are left out there, `a4:83:e7:2:1c:9`.
pub(super) fn printed(subject: &Subject<'_>, at: usize, _: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let (start, _) = word::line(bytes, at, 160);
    let Some(place) = memchr::memmem::find(&bytes[start.min(at)..at], b" at ") else { return };
    let from = start + place + b" at ".len();
    if let Some((end, address)) = short(bytes, from).filter(|(_, address)| is_someones(*address)) {
        hits.push(Hit::new(id::IDENTITY_MAC, from, end, "hardware address").canonical(address.to_vec()));
    }
}

/// Six groups of one or two hexadecimal digits from byte `at` on.
fn short(bytes: &[u8], at: usize) -> Option<(usize, [u8; 6])> {
    let (mut address, mut end) = ([0; 6], at);
    for (index, octet) in address.iter_mut().enumerate() {
        if index > 0 {
            (bytes.get(end) == Some(&b':')).then_some(())?;
            end += 1;
        }
        let digits = bytes[end..].iter().take(2).take_while(|b| b.is_ascii_hexdigit()).count();
        for byte in &bytes[end..end + digits] {
            *octet = *octet << 4 | char::from(*byte).to_digit(16)? as u8;
        }
        (digits > 0).then_some(())?;
        end += digits;
    }
    Some((end, address))
}

fn hex_follows(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(u8::is_ascii_hexdigit)
}

/// Whether the address names one card: no group address, no example, none that Docker makes.
fn is_someones(address: [u8; 6]) -> bool {
    let group = address[0] & 1 == 1;
    let equal = address.iter().all(|&b| b == address[0]);
    // IANA's own, for documentation; with the bit for what was set by hand, a pseudonym of ours.
    let documentation = matches!(address, [0x00 | 0x02, 0x00, 0x5e, ..]);
    let docker = address.starts_with(&[0x02, 0x42]);
    let ramp = address.windows(2).all(|w| w[1].wrapping_sub(w[0]) == address[1].wrapping_sub(address[0]));
    let example =
        matches!(address, [0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc] | [0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff]);
    ![group, equal, documentation, docker, ramp, example].contains(&true)
}
