//! Values to be known that stand in texts of the user's own: an environment, credential files. What is a secret there
//! is told as everywhere else, so that `true`, a name or a path is none.

use crate::{
    detect::{Detector, Found, Known, Scratch, Wanted},
    rule::Class,
    tag::Key,
    transcript::record::Record,
};

/// The longest value that is learned, in bytes: longer ones are documents.
const LONGEST: usize = 16 << 10;

/// Tells the secrets of a text, and keeps nothing.
pub struct Learner {
    detector: Detector,
    scratch: Scratch,
}

impl Learner {
    /// A learner; `key` is that of the run.
    #[must_use]
    pub fn new(key: Key) -> Self {
        let detector = Detector::new(key, Wanted::new(|class, _| class == Class::Secret));
        Self { detector, scratch: Scratch::default() }
    }

    /// The secrets in `text`, each as it stands there and with JSON's escapes undone, in no order; some may be there twice.
    pub fn secrets(&mut self, text: &[u8]) -> Vec<Vec<u8>> {
        let mut found = Found::default();
        let record = Record { bytes: text, offset: 0, line: 1 };
        self.detector.search(&record, &Known::default(), &mut self.scratch, &mut found);
        let spans = found.findings.iter().flat_map(|finding| &*finding.spans);
        let values = spans.map(|span| &text[span.range()]).filter(|value| value.len() <= LONGEST);
        values.flat_map(|value| [Some(value.to_vec()), unescaped(value)]).flatten().collect()
    }
}

impl std::fmt::Debug for Learner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Learner")
    }
}

/// What a JSON string of these bytes holds, if it holds anything else.
fn unescaped(value: &[u8]) -> Option<Vec<u8>> {
    memchr::memchr(b'\\', value)?;
    let quoted = [b"\"", value, b"\""].concat();
    serde_json::from_slice::<String>(&quoted).ok().map(String::into_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(text: &str) -> Vec<String> {
        let key = Key::random().unwrap();
        let mut values = Learner::new(key).secrets(text.as_bytes());
        values.sort_unstable();
        values.dedup();
        values.into_iter().map(|value| String::from_utf8(value).unwrap()).collect()
    }

    #[test]
    fn tells_secrets_from_settings() {
        for (text, expected) in [
            ("DB_PASSWORD=Turtle923x\n", &["Turtle923x"][..]),
            ("machine git.internal.example login bob password GyTgv0GIIxYH\n", &["GyTgv0GIIxYH"]),
            (
                "//registry.example/:_authToken=7cb90ac0-c274-4e07-9b63-f955dfccb2ce",
                &["7cb90ac0-c274-4e07-9b63-f955dfccb2ce"],
            ),
            ("db.internal.example:5432:app:bob:GyTgv0GIIxYH\n", &["GyTgv0GIIxYH"]),
            (
                "[default]\naws_secret_access_key = wJ7bQx2Tz9LmR4vK8sYpD1hGf6NcA3eU0iXoZqBt\n",
                &["wJ7bQx2Tz9LmR4vK8sYpD1hGf6NcA3eU0iXoZqBt"],
            ),
            (r#"{"password": "a\u0062c-x7Kq9z"}"#, &[r"a\u0062c-x7Kq9z", "abc-x7Kq9z"]),
            ("USE_PASSWORD=true\nPASSWORD=password\nTOKEN_HOST=localhost\nHOME=/home/bob\nSECRET=\n", &[]),
        ] {
            assert_eq!(secrets(text), expected, "{text}");
        }
    }
}
