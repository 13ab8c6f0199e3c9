//! Fields that hold a picture or a document in base64, by the first bytes or by the type beside them.

use super::{Walk, scene::Scene, shape};
use crate::transcript::{
    media::{decodes_to_text, kind_by_magic, minimal},
    text::{Field, MediaKind},
};

/// What `value` under a key for data is, in the innermost object of `walk`.
pub(super) fn field(walk: &mut Walk<'_>, value: &[u8]) -> Field {
    let document = walk.frames.last().is_some_and(|frame| frame.scene == Scene::Source);
    if value.len() < 16 || !shape::base64(value) {
        // A document that is text as it stands: a file that a person attached.
        return if document && is_text(walk) { Field::Code("") } else { Field::Free };
    }
    if is_delta(walk) {
        // What a command prints, bit by bit; its end tells all of it in clear.
        return Field::Media(MediaKind::Text);
    }
    if let Some(kind) = kind_by_magic(value) {
        let least = !kind.is_opaque() && value == minimal(kind).as_bytes();
        return if least { Field::Opaque } else { Field::Media(kind) };
    }
    match says_media(walk) {
        // `<?xml` of a picture in XML.
        true if value.starts_with(b"PD94bWwg") => Field::Media(MediaKind::Svg),
        true if !decodes_to_text(value) => Field::Media(MediaKind::Other),
        true if document => Field::Media(MediaKind::Text),
        _ => Field::Free,
    }
}

/// Whether the innermost object is a part of what a command of Codex prints.
fn is_delta(walk: &mut Walk<'_>) -> bool {
    let Some(frame) = walk.frames.last().copied() else { return false };
    let known = frame
        .delta
        .unwrap_or_else(|| walk.member(frame.start as usize, b"type") == Some(b"exec_command_output_delta"));
    if let Some(last) = walk.frames.last_mut() {
        last.delta = Some(known);
    }
    known
}

/// Whether the innermost object says that its data is text.
fn is_text(walk: &Walk<'_>) -> bool {
    walk.frames.last().is_some_and(|frame| walk.member(frame.start as usize, b"type") == Some(b"text"))
}

/// Whether the innermost object says that it holds a picture, a document, a sound.
fn says_media(walk: &mut Walk<'_>) -> bool {
    let Some(frame) = walk.frames.last().copied() else { return false };
    let known = frame.media.unwrap_or_else(|| {
        let names: [&[u8]; 5] = [b"media_type", b"mediaType", b"mimeType", b"mime_type", b"type"];
        let member = |name| walk.member(frame.start as usize, name);
        names.iter().filter_map(|name| member(name)).any(is_media_type)
            || member(b"format").is_some_and(|format| FORMATS.contains(&format))
    });
    if let Some(last) = walk.frames.last_mut() {
        last.media = Some(known);
    }
    known
}

/// Formats of sounds and pictures that stand beside them in one word.
static FORMATS: [&[u8]; 14] = [
    b"mp3", b"wav", b"flac", b"ogg", b"opus", b"aac", b"m4a", b"webm", b"pcm16", b"png", b"jpeg", b"gif",
    b"webp", b"pdf",
];

/// Whether a media type, or the type of a block, is that of a medium.
fn is_media_type(value: &[u8]) -> bool {
    let starts: [&[u8]; 8] =
        [b"image", b"audio", b"video", b"application/", b"application\\/", b"font", b"document", b"base64"];
    starts.iter().any(|start| value.starts_with(start))
}
