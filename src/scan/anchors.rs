//! The literals that start a candidate, in any case of letters.

use super::Kind;

/// Literal (lower case) and what it may be the start of.
pub(super) static ANCHORS: &[(&str, Kind)] = &[
    ("passw", Kind::Word),
    ("secret", Kind::Word),
    ("://", Kind::Url),
    ("@", Kind::At),
    ("-----begin", Kind::Pem),
    ("private key", Kind::Pem),
    ("/home/", Kind::Home),
    ("/users/", Kind::Home),
    ("\\u00", Kind::Escape),
    ("\\/", Kind::Escape),
];
