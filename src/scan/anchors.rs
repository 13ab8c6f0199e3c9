//! The literals that start a candidate, in any case of letters.

use super::Kind;

/// Literal (lower case) and what it may be the start of.
pub(super) static ANCHORS: &[(&str, Kind)] = &[
    // Stems of names that mean a secret. What follows one: up to 60 bytes of a name `[A-Za-z0-9_.-]`; then up to 16 of
    // `"'`]*_\\`; then blanks; then one of `= : , ( > | ? - < →` or a blank. So a stem is no candidate if the first byte
    // after name, closers and blanks is a letter and there was no blank.
    ("pass", Kind::Word),
    ("pwd", Kind::Word),
    ("secret", Kind::Word),
    ("token", Kind::Word),
    ("key", Kind::Word),
    ("auth", Kind::Word),
    ("credential", Kind::Word),
    ("jwt", Kind::Word),
    ("psk", Kind::Word),
    // Schemes and headers.
    ("bearer", Kind::Word),
    ("basic ", Kind::Word),
    ("cookie", Kind::Word),
    // Parameters of a URL that is not written in full.
    ("?code=", Kind::Word),
    ("&code=", Kind::Word),
    ("?sig=", Kind::Word),
    ("&sig=", Kind::Word),
    ("?key=", Kind::Word),
    ("&key=", Kind::Word),
    ("://", Kind::Url),
    ("@", Kind::At),
    ("-----begin", Kind::Pem),
    ("private key", Kind::Pem),
    ("---- begin", Kind::Pem),
    ("putty-user-key-file", Kind::Pem),
    // Inside the first bytes of a private key's body: see `BODY_HEADS` in `detect/pem.rs`.
    ("ibaakc", Kind::Pem),
    ("ibaakb", Kind::Pem),
    ("ibadanbgkqhk", Kind::Pem),
    ("mhccaqee", Kind::Pem),
    ("mighageambmg", Kind::Pem),
    ("migkagebb", Kind::Pem),
    ("mihcagebb", Kind::Pem),
    ("mig2ageambag", Kind::Pem),
    ("mc4caqawbq", Kind::Pem),
    ("b3blbnnzac1rzxktdj", Kind::Pem),
    ("/home/", Kind::Home),
    ("/users/", Kind::Home),
    ("\\u00", Kind::Escape),
    ("\\/", Kind::Escape),
];
