//! Pictures and documents in base64: what they are by their first bytes, and the least of each kind.

use super::text::MediaKind;
use base64::{
    Engine as _,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

/// One grey pixel.
const PNG: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNgAAAAAgAB5Sfe/AAAAABJRU5ErkJggg==";
/// One grey pixel.
const JPEG: &str = concat!(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP//////////////////////////////////////////////////////////////////////////",
    "////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z",
);
/// One black pixel.
const GIF: &str = "R0lGODdhAQABAIAAAAAAAAAAACwAAAAAAQABAAAIBAABBAQAOw==";
/// One black pixel, lossless.
const WEBP: &str = "UklGRhYAAABXRUJQVlA4TAkAAAAvAAAAAIiI/gcA";
/// One empty page.
const PDF: &str = concat!(
    "JVBERi0xLjQKMSAwIG9iajw8L1R5cGUvQ2F0YWxvZy9QYWdlcyAyIDAgUj4+ZW5kb2JqCjIgMCBvYmo8PC9UeXBlL1BhZ2VzL0tpZHNbMyAw",
    "IFJdL0NvdW50IDE+PmVuZG9iagozIDAgb2JqPDwvVHlwZS9QYWdlL1BhcmVudCAyIDAgUi9NZWRpYUJveFswIDAgMSAxXT4+ZW5kb2JqCnhy",
    "ZWYKMCA0CjAwMDAwMDAwMDAgNjU1MzUgZiAKMDAwMDAwMDAwOSAwMDAwMCBuIAowMDAwMDAwMDUyIDAwMDAwIG4gCjAwMDAwMDAxMDEgMDAw",
    "MDAgbiAKdHJhaWxlcjw8L1NpemUgNC9Sb290IDEgMCBSPj4Kc3RhcnR4cmVmCjE2MAolJUVPRgoK",
);
/// Nothing drawn.
const SVG: &str = "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=";
/// One black pixel.
const BMP: &str = "Qk06AAAAAAAAADYAAAAoAAAAAQAAAAEAAAABABgAAAAAAAQAAAATCwAAEwsAAAAAAAAAAAAAAAAAAA==";
/// No sound.
const WAV: &str = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";
/// An archive of nothing.
const ZIP: &str = "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==";
/// One black pixel.
const TIFF: &str = concat!(
    "SUkqAAgAAAAJAAABAwABAAAAAQAAAAEBAwABAAAAAQAAAAIBAwABAAAACAAAAAMBAwABAAAAAQAAAAYBAwABAAAAAQAAABEBBAABAAAAegAAAB",
    "UBAwABAAAAAQAAABYBAwABAAAAAQAAABcBBAABAAAAAQAAAAAAAAAA",
);
/// One black pixel.
const ICO: &str =
    "AAABAAEAAQEAAAEAIAAwAAAAFgAAACgAAAABAAAAAgAAAAEAIAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAD/AAAAAA==";
/// One black pixel, as HEVC.
const HEIC: &str = concat!(
    "AAAAGGZ0eXBoZWljAAAAAG1pZjFoZWljAAABfG1ldGEAAAAAAAAAIWhkbHIAAAAAAAAAAHBpY3QAAAAAAAAAAAAAAAAAAAAAImlsb2MAAAAARE",
    "AAAQABAAAAAAGcAAEAAAAAAAAAIgAAACNpaW5mAAAAAAABAAAAFWluZmUCAAAAAAEAAGh2YzEAAAAADnBpdG0AAAAAAAEAAAD8aXBycAAAANxp",
    "cGNvAAAAdWh2Y0MBA3AAAACQAAAAAAAe8AD8/fj4AAAPA2AAAQAYQAEMAf//A3AAAAMAkAAAAwAAAwAeugJAYQABAClCAQEDcAAAAwCQAAADAA",
    "ADAB6gIIEFluqumubgIaDAgAAADIAAAAMAhGIAAQAGRAHBc8GJAAAAE2NvbHJuY2x4AAEADQAGgAAAABRpc3BlAAAAAAAAAEAAAABAAAAAKGNs",
    "YXAAAAABAAAAAQAAAAEAAAAB////wQAAAAL////BAAAAAgAAABBwaXhpAAAAAAMICAgAAAAYaXBtYQAAAAAAAAABAAEFgQIDBYQAAAAqbWRhdA",
    "AAAB4oAa8FEhJM4PoDvef+6D6IWYCvu2VYo5lcYJNTt4A=",
);
/// One black pixel, as AV1.
const AVIF: &str = concat!(
    "AAAAHGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZgAAAOltZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAA",
    "AAAAABAAAAHmlsb2MAAAAARAAAAQABAAAAAQAAAQ0AAAAaAAAAKGlpbmYAAAAAAAEAAAAaaW5mZQIAAAAAAQAAYXYwMUNvbG9yAAAAAGhpcHJw",
    "AAAASWlwY28AAAAUaXNwZQAAAAAAAAABAAAAAQAAAA5waXhpAAAAAAEIAAAADGF2MUOBABwAAAAAE2NvbHJuY2x4AAEADQAGgAAAABdpcG1hAA",
    "AAAAAAAAEAAQQBAoMEAAAAIm1kYXQSAAoHGAAGmAhoNTINH/UV3/4sAJA1kW5ccA==",
);
/// One frame of nothing to hear.
const MP3: &str = concat!(
    "//sQxAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
);
/// One packet of nothing to hear, of Opus.
const OGG: &str = concat!(
    "T2dnUwACAAAAAAAAAAABAAAAAAAAAIRs2SQBE09wdXNIZWFkAQEAAIC7AAAAAABPZ2dTAAAAAAAAAAAAAAEAAAABAAAAh1hgGgEQT3B1c1RhZ3",
    "MAAAAAAAAAAE9nZ1MABMADAAAAAAAAAQAAAAIAAAApk7DdAQP4//4=",
);
/// What a sound is like, and no frame of it.
const FLAC: &str = "ZkxhQ4AAACIQABAAAAAAAAAACsRA8AAAAAAAAAAAAAAAAAAAAAAAAAAA";
/// A film without tracks.
const MP4: &str = concat!(
    "AAAAFGZ0eXBpc29tAAAAAGlzb20AAAB0bW9vdgAAAGxtdmhkAAAAAAAAAAAAAAAAAAAD6AAAAAAAAQAAAQAAAAAAAAAAAAAAAAEAAAAAAAAAAA",
    "AAAAAAAAABAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQ==",
);
/// A film without tracks.
const WEBM: &str = "GkXfo59ChoEBQveBAULygQRC84EIQoKEd2VibUKHgQJChYECGFOAZ5QVSalmjyrXsYMPQkBNgIEtV0GBLQ==";
/// Nothing, compressed.
const GZIP: &str = "H4sIAAAAAAAAAwMAAAAAAAAAAAA=";

/// One dash: a document may not be empty.
const TEXT: &str = "LQ==";

/// The least valid medium of a kind in base64; nothing where there is none.
#[must_use]
pub(crate) fn minimal(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Png => PNG,
        MediaKind::Jpeg => JPEG,
        MediaKind::Gif => GIF,
        MediaKind::Webp => WEBP,
        MediaKind::Pdf => PDF,
        MediaKind::Svg => SVG,
        MediaKind::Bmp => BMP,
        MediaKind::Wav => WAV,
        MediaKind::Zip => ZIP,
        MediaKind::Tiff => TIFF,
        MediaKind::Ico => ICO,
        MediaKind::Heic => HEIC,
        MediaKind::Avif => AVIF,
        MediaKind::Mp3 => MP3,
        MediaKind::Ogg => OGG,
        MediaKind::Flac => FLAC,
        MediaKind::Mp4 => MP4,
        MediaKind::Webm => WEBM,
        MediaKind::Gzip => GZIP,
        MediaKind::Text => TEXT,
        MediaKind::Other => "",
    }
}

/// The start of a medium's base64, and what it is.
static MAGIC: &[(&[u8], MediaKind)] = &[
    (b"iVBORw0KGgo", MediaKind::Png),
    (b"/9j/", MediaKind::Jpeg),
    (b"R0lGOD", MediaKind::Gif),
    (b"UklGR", MediaKind::Webp),
    (b"JVBERi0", MediaKind::Pdf),
    (b"UklGR", MediaKind::Wav),
    (b"PHN2Z", MediaKind::Svg),
    (b"Qk", MediaKind::Bmp),
    (b"UEsDB", MediaKind::Zip),
    (b"UEsFBg", MediaKind::Zip),
    (b"SUkqA", MediaKind::Tiff),
    (b"TU0AK", MediaKind::Tiff),
    (b"SUQz", MediaKind::Mp3),
    (b"//", MediaKind::Mp3),
    (b"T2dnU", MediaKind::Ogg),
    (b"ZkxhQ", MediaKind::Flac),
    (b"GkXfo", MediaKind::Webm),
    (b"H4sIA", MediaKind::Gzip),
    (b"AAAA", MediaKind::Avif),
    (b"AAAA", MediaKind::Heic),
    (b"AAAA", MediaKind::Mp4),
    (b"AAABAA", MediaKind::Ico),
];

/// The first bytes of what has a magic number.
static FIRST: &[u8] = b"i/RUJPQSTAGHZ\\";

/// The kind of the medium whose base64 starts like this; slashes may be escaped as JSON allows.
#[must_use]
pub(crate) fn kind_by_magic(value: &[u8]) -> Option<MediaKind> {
    if !value.first().is_some_and(|first| FIRST.contains(first)) {
        return None;
    }
    let mut head = [0; 16];
    let mut len = 0;
    for &b in value.iter().filter(|&&b| b != b'\\').take(head.len()) {
        head[len] = b;
        len += 1;
    }
    let head = &head[..len];
    let fits = |&&(magic, kind): &&(&[u8], MediaKind)| head.starts_with(magic) && says(kind, magic, head);
    MAGIC.iter().find(fits).map(|&(_, kind)| kind)
}

/// Whether the bytes behind a magic number that others have too say that it is this kind.
fn says(kind: MediaKind, magic: &[u8], head: &[u8]) -> bool {
    let bytes = || decode(head).unwrap_or_default();
    match kind {
        // Any RIFF file starts so; it says what it is in the third word.
        MediaKind::Webp => bytes().get(8..12) == Some(b"WEBP"),
        MediaKind::Wav => bytes().get(8..12) == Some(b"WAVE"),
        // Two words of nothing behind the length.
        MediaKind::Bmp => bytes().get(6..10) == Some(&[0; 4]),
        // Frames of a sound: eleven bits that are set, the third layer, a rate that there is.
        MediaKind::Mp3 if magic == b"//" => {
            matches!(bytes()[..], [0xff, second, third, ..]
                if second & 0xe6 == 0xe2 && second & 0x18 != 0x08 && !matches!(third >> 4, 0 | 15) && third & 0x0c != 0x0c)
        }
        // `ftyp` of films and of pictures made like them, which say what they are behind it.
        MediaKind::Avif => brand(&bytes()).is_some_and(|brand| matches!(brand, b"avif" | b"avis")),
        MediaKind::Heic => brand(&bytes())
            .is_some_and(|brand| matches!(brand, b"heic" | b"heix" | b"heif" | b"mif1" | b"hevc" | b"msf1")),
        MediaKind::Mp4 => brand(&bytes()).is_some(),
        _ => true,
    }
}

/// What a film or a picture made like one says it is, behind `ftyp`.
fn brand(bytes: &[u8]) -> Option<&[u8]> {
    (bytes.get(4..8) == Some(b"ftyp")).then(|| bytes.get(8..12)).flatten()
}

/// Whether the first bytes are text: then it is searched, whatever it says it is.
#[must_use]
pub(crate) fn decodes_to_text(value: &[u8]) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [MediaKind; 19] = [
        MediaKind::Png,
        MediaKind::Jpeg,
        MediaKind::Gif,
        MediaKind::Webp,
        MediaKind::Pdf,
        MediaKind::Svg,
        MediaKind::Bmp,
        MediaKind::Wav,
        MediaKind::Zip,
        MediaKind::Tiff,
        MediaKind::Ico,
        MediaKind::Heic,
        MediaKind::Avif,
        MediaKind::Mp3,
        MediaKind::Ogg,
        MediaKind::Flac,
        MediaKind::Mp4,
        MediaKind::Webm,
        MediaKind::Gzip,
    ];

    fn bytes(kind: MediaKind) -> Vec<u8> {
        base64::prelude::BASE64_STANDARD.decode(minimal(kind)).unwrap()
    }

    /// The checksum of a chunk of a PNG (RFC 2083, appendix 15).
    fn crc(bytes: &[u8]) -> u32 {
        let step = |crc: u32| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 };
        !bytes.iter().fold(!0, |crc, &b| (0..8).fold(crc ^ u32::from(b), |crc, _| step(crc)))
    }

    #[test]
    fn the_least_media_are_what_they_say_they_are() {
        for kind in KINDS {
            assert_eq!(kind_by_magic(minimal(kind).as_bytes()), Some(kind));
        }
        assert!(
            bytes(MediaKind::Jpeg).starts_with(&[0xff, 0xd8])
                && bytes(MediaKind::Jpeg).ends_with(&[0xff, 0xd9])
        );
        assert!(bytes(MediaKind::Gif).ends_with(b";"));
        let webp = bytes(MediaKind::Webp);
        assert_eq!(u32::from_le_bytes(webp[4..8].try_into().unwrap()) as usize, webp.len() - 8);
        let bmp = bytes(MediaKind::Bmp);
        assert_eq!(u32::from_le_bytes(bmp[2..6].try_into().unwrap()) as usize, bmp.len());
        assert_eq!(bytes(MediaKind::Wav).len(), 44);
        assert_eq!(bytes(MediaKind::Zip).len(), 22);
        assert_eq!(bytes(MediaKind::Mp3).len(), 144 * 32_000 / 44_100);
        let ogg = bytes(MediaKind::Ogg);
        assert_eq!(memchr::memmem::find_iter(&ogg, b"OggS").count(), 3);
        for kind in [MediaKind::Mp4, MediaKind::Avif, MediaKind::Heic] {
            let (film, mut at) = (bytes(kind), 0);
            while let Some(len) = film.get(at..at + 4) {
                at += u32::from_be_bytes(len.try_into().unwrap()) as usize;
            }
            assert_eq!(at, film.len(), "{kind:?}");
        }
        let pdf = bytes(MediaKind::Pdf);
        let start = memchr::memmem::find(&pdf, b"xref\n0 4").unwrap();
        assert!(memchr::memmem::find(&pdf, format!("startxref\n{start}\n%%EOF").as_bytes()).is_some());
    }

    #[test]
    fn the_png_has_true_checksums_and_ends() {
        let png = bytes(MediaKind::Png);
        let mut at = 8;
        let mut names = Vec::new();
        while at < png.len() {
            let len = u32::from_be_bytes(png[at..at + 4].try_into().unwrap()) as usize;
            let (body, sum) = (&png[at + 4..at + 8 + len], &png[at + 8 + len..at + 12 + len]);
            assert_eq!(crc(body).to_be_bytes(), sum);
            names.push(body[..4].to_vec());
            at += 12 + len;
        }
        assert_eq!(names, [b"IHDR", b"IDAT", b"IEND"]);
    }

    #[test]
    fn other_riff_and_text_are_no_media() {
        // An AVI film, and words that begin as others do.
        for other in [
            "UklGRiQAAABBVkkgTElTVCAAAAABAAEA",
            "QkQuSecretOfTheLedger123",
            "AAAA",
            "AAAAledgerOfTheHouse1234",
        ] {
            assert_eq!(kind_by_magic(other.as_bytes()), None, "{other}");
        }
        assert_eq!(kind_by_magic(b"AAAAGGZ0eXBtcDQyAAAA"), Some(MediaKind::Mp4));
        // Comments, and a hash that begins like a sound.
        for other in ["//settle/the/rows/of/it", "//8AAAAAAAAAAAAA"] {
            assert_eq!(kind_by_magic(other.as_bytes()), None, "{other}");
        }
        assert!(decodes_to_text(b"aGVsbG8gd29ybGQgaGVsbG8gd29ybGQ="));
        assert!(!decodes_to_text(b"AAECAwQFBgcICQoLDA0ODw=="));
    }
}
