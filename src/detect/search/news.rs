//! The search for values that have become known since a record was searched.

use super::{Item, Search, Token, Tree, View, role_of, unescape, which};
use crate::{
    detect::{Unwrapped, known::Untold},
    transcript::text::{Field, Role},
};

impl Search<'_> {
    /// Looks again at the texts of a record in which one of the values `untold` stands, which have become known since
    /// `unwrapped` was noted, and at those in which one may be hidden.
    pub(in crate::detect) fn news(
        &mut self,
        record: &[u8],
        tree: &Tree,
        untold: &[Untold],
        unwrapped: &[Unwrapped],
    ) {
        let mut fields = std::mem::take(&mut self.scratch.fields);
        fields.read(record, tree);
        let cwd = fields.find(Field::WorkingDirectory).and_then(|index| tree.tokens().get(index));
        let cwd = cwd.map(|t| unescape(t.bytes(record), t.start as usize));
        let cwd = cwd.as_ref().map(View::bytes);
        for (index, token) in tree.tokens().iter().enumerate() {
            let Some(role) = role_of(token) else { continue };
            let (start, end) = (token.start as usize, token.end as usize);
            let noted = unwrapped.binary_search_by_key(&token.start, |text| text.at).ok();
            let noted = noted.and_then(|noted| unwrapped.get(noted));
            let escaped = noted.is_some_and(|text| text.escaped);
            let first = untold.partition_point(|value| value.start < start);
            let untold = &untold[first..];
            let untold = &untold[..untold.partition_point(|value| value.start < end)];
            let field = fields.get(index);
            let hides = noted.is_some_and(|text| text.hides(self.known, self.at));
            if !hides && !escaped && untold.is_empty() || !self.wants(true, role, field, token) {
                continue;
            }
            // What stands in something wrapped may be told by a look at the text around it; but of what was never searched
            // nobody knows what is wrapped in it.
            let never = !self.detector.wanted.asks_fields();
            if never || hides || !self.known_alone(record, token, (role, field), untold) && noted.is_some() {
                self.known_within(record, token, (role, field), cwd);
            }
        }
        self.scratch.fields = fields;
    }

    /// Finds the known values of a text and of what is wrapped in it. What the detectors find in both does not depend on
    /// what is known, so the first search has told all of that.
    fn known_within(
        &mut self,
        record: &[u8],
        token: &Token,
        (role, field): (Role, Field),
        cwd: Option<&[u8]>,
    ) {
        let before = self.out.findings.len();
        let view = unescape(token.bytes(record), token.start as usize);
        self.known_only = true;
        self.all(Item { view, key: None, role, field, joined: false }, cwd);
        self.known_only = false;
        self.mark(before, role, field, token);
    }

    /// Finds the known values of a text, but not of what is wrapped in it. Says whether those are all of `untold`.
    fn known_alone(
        &mut self,
        record: &[u8],
        token: &Token,
        (role, field): (Role, Field),
        untold: &[Untold],
    ) -> bool {
        let view = unescape(token.bytes(record), token.start as usize);
        let before = self.out.findings.len();
        let mut hits = std::mem::take(&mut self.scratch.hits);
        self.known.find(self.at, view.bytes(), which(role, &view), &mut hits);
        for hit in hits.drain(..) {
            self.keep(&view, hit);
        }
        self.scratch.hits = hits;
        self.mark(before, role, field, token);
        self.known.are_told(self.at, &self.out.findings[before..], untold)
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        detect::{Detector, Found, Known, Scratch, Sighted, Wanted},
        rule::id,
        tag::Key,
        transcript::record::Record,
    };
    use base64::{Engine as _, prelude::BASE64_STANDARD};

    #[test]
    fn news_are_found_where_a_search_would_find_them() {
        let (key, value) = (Key::from_material(&[1; 32]), "Otter-84-lamp");
        let detector = Detector::new(key.clone(), Wanted::new(|_, _| true));
        let mut known = Known::default();
        known.tell(value.as_bytes(), id::SECRET_KNOWN, &key);
        for text in [
            value,
            &BASE64_STANDARD.encode(format!("note: {value} of it")),
            &format!(r#"{{\"a\":\"x {value}\"}}"#),
            &format!(r#"{{\"a\":\"x {}\"}}"#, BASE64_STANDARD.encode(format!("note: {value} of it"))),
            &format!(r"    12→x {value}\n    13→y Otter-84-l\n    14→amp and more"),
            r"Otter-\u0038\u0034-lamp in /srv/maribel/ledger/quotes.rs",
            "%4Ftter-84-lamp of maribel@harborlight.example",
            "Otter&#45;84-lamp",
        ] {
            let bytes =
                format!(r#"{{"type":"user","message":{{"role":"user","content":"see {text} and tell"}}}}"#);
            let record = Record { bytes: bytes.as_bytes(), offset: 0, line: 1 };
            let (mut scratch, mut found) = (Scratch::default(), Found::default());
            let told = |found: &Found| {
                let mut told: Vec<_> =
                    found.findings.iter().map(|f| (f.rule, f.tag, f.spans.to_vec())).collect();
                told.sort_by_key(|(rule, _, spans)| (*rule, spans[0].start(), spans[0].end()));
                told.dedup();
                told
            };
            detector.search(&record, &Known::default(), &mut scratch, &mut found);
            let first = Found {
                findings: found.findings.clone(),
                unwrapped: found.unwrapped.clone(),
                ..Found::default()
            };
            detector.search(&record, &known, &mut scratch, &mut found);
            let expected = told(&found);
            assert!(expected.len() > told(&first).len() || text.contains("84-l\\n"), "{text}");
            let sighted = Sighted { findings: first.findings, unwrapped: &first.unwrapped };
            detector.search_news(&record, &known, sighted, &mut scratch, &mut found);
            assert_eq!(told(&found), expected, "{text}");
        }
    }
}
