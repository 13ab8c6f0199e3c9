//! Pictures and documents in base64: what they are by their first bytes, by their type where these say nothing.

use super::{Walk, shape};
use crate::transcript::text::{Field, MediaKind};
use base64::{
    Engine as _,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

/// The start of a medium's base64, and what it is.
static MAGIC: &[(&[u8], MediaKind)] = &[
    (b"iVBORw0KGgo", MediaKind::Png),
    (b"/9j/", MediaKind::Jpeg),
    (b"R0lGOD", MediaKind::Gif),
    (b"UklGR", MediaKind::Webp),
    (b"JVBERi0", MediaKind::Pdf),
];

/// The kind of the medium whose base64 starts like this; slashes may be escaped as JSON allows.
pub(crate) fn kind_by_magic(value: &[u8]) -> Option<MediaKind> {
    let mut head = [0; 16];
    let mut len = 0;
    for &b in value.iter().filter(|&&b| b != b'\\').take(head.len()) {
        head[len] = b;
        len += 1;
    }
    let kind = MAGIC.iter().find(|(magic, _)| head[..len].starts_with(magic)).map(|&(_, kind)| kind)?;
    // Any RIFF file starts so; WebP says what it is in the third word.
    (kind != MediaKind::Webp || webp(&head[..len])).then_some(kind)
}

fn webp(head: &[u8]) -> bool {
    decode(head).is_some_and(|bytes| bytes.get(8..12) == Some(b"WEBP"))
}

/// What `value` under a key for data is, in the innermost object of `walk`.
pub(super) fn field(walk: &mut Walk<'_>, value: &[u8]) -> Field {
    if value.len() < 16 || !shape::base64(value) {
        return Field::Free;
    }
    if let Some(kind) = kind_by_magic(value) {
        return Field::Media(kind);
    }
    if says_media(walk) && !decodes_to_text(value) { Field::Media(MediaKind::Other) } else { Field::Free }
}

/// Whether the innermost object says that it holds a picture, a document, a sound.
fn says_media(walk: &mut Walk<'_>) -> bool {
    let Some(frame) = walk.frames.last().copied() else { return false };
    let known = frame.media.unwrap_or_else(|| {
        let names: [&[u8]; 5] = [b"media_type", b"mediaType", b"mimeType", b"mime_type", b"type"];
        names.iter().filter_map(|name| walk.member(frame.start as usize, name)).any(is_media_type)
    });
    if let Some(last) = walk.frames.last_mut() {
        last.media = Some(known);
    }
    known
}

/// Whether a media type, or the type of a block, is that of a medium.
fn is_media_type(value: &[u8]) -> bool {
    let starts: [&[u8]; 8] =
        [b"image", b"audio", b"video", b"application/", b"application\\/", b"font", b"document", b"base64"];
    starts.iter().any(|start| value.starts_with(start))
}

/// Whether the first bytes are text: then it is searched, whatever it says it is.
fn decodes_to_text(value: &[u8]) -> bool {
    let mut head = [0; 64];
    let mut len = 0;
    for &b in value.iter().filter(|&&b| b != b'\\').take(head.len()) {
        head[len] = b;
        len += 1;
    }
    let text = |b: &u8| matches!(b, b'\t' | b'\n' | b'\r' | 0x20..=0x7e);
    decode(&head[..len]).is_none_or(|bytes| bytes.iter().all(text))
}

fn decode(head: &[u8]) -> Option<Vec<u8>> {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let whole = &head[..head.len() / 4 * 4];
    GeneralPurpose::new(&STANDARD, config).decode(whole).ok()
}
