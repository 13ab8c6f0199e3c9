use super::*;
use crate::detect::{
    identity::tests::{hits, marked, plain},
    subject::Subject,
};
use crate::transcript::text::Field;

#[test]
fn firms_are_found_where_people_speak_of_them() {
    for text in [
        "ask Maribel from «Zelmonta» whether it stays",
        "I'm Tomasz, I work at «Zelmonta» on billing",
        "she works for «Zelmonta» now, and we at «Zelmonta» agree",
        "our client «Zelmonta» wants it; the customer, «Zelmonta», too",
        "At «Zelmonta», we deploy on Fridays",
        "Ich arbeite bei «Zelmonta» in Wien",
        "je travaille chez «Zelmonta», trabajo en «Zelmonta», pracuję w «Zelmonta»",
        "я работаю в «Zelmonta»",
        "I was hired by «Zelmonta» last month",
        "it works for Vitest and at Midnight, from Redux to Zustand, built by Webpack",
        "the client Axios works at Runtime, our customer Service, the company Stripe",
        "move from Jest to Vitest at Build, ask Maribel from Monday on",
        "«Zelmonta» acquired us, the contract with «Zelmonta», we use «Zelmonta»'s SSO at the «Zelmonta» office",
        "I'm building «Zelmonta», a scheduling app; «Zelmonta» is our client",
        "I'm building Docker, a container, and running Postgres, the database",
        "Tomasz Kavinas («Zelmonta») and Annika Kavinas (Backend)",
        "Best regards,\nTomasz Kavinas\n«Zelmonta»",
        "we at Google, the company ACME, Microsoft's API, Node acquired the lock",
    ] {
        assert_eq!(found(text, Field::Prose), text);
    }
}

#[test]
fn firms_are_found_before_their_form() {
    for text in [
        "subject: O=«Zelmonta» B.V.; C=NL",
        "Gegner «Zelmonta» GmbH; by «Zelmonta» AS. All rights; SELECT Zelmonta AS z",
        "Zelm Labs, «Zelmonta» GmbH and «Zelmonta», Inc. agree",
        "«Zelmonta Logistics» (Pty) Ltd, our «Zelmont Süd» GmbH and «Zelmonta» Lda",
        "Copyright Google Inc. and Acme Ltd, see License Inc",
    ] {
        assert_eq!(found(text, Field::Output), text);
    }
}

#[test]
fn firms_are_found_before_their_trade() {
    for text in [
        "the importer of «Zelmonta» Verlag fails",
        "samples from «Zelmonta» Diagnostics, a parcel of «Zelmonta» Freight",
        "the Central Bank, our Solar Energy, Data Engineering, Google Energy, Maribel Bank",
        "zelmonta bank and Zelmonta banking",
        "the press of Mosterei «Zelmonta» and Sparkasse «Kavinas», our «Zelmonta» Genomics and Interactive",
    ] {
        assert_eq!(found(text, Field::Output), text);
    }
}

#[test]
fn whose_domain_it_is() {
    for (host, name) in [
        ("harborlight.io", Some("harborlight")),
        ("db.eu.harborlight.co.uk", Some("harborlight")),
        ("nas.harborlight.lan", Some("harborlight")),
        ("nas.lan", None),
        ("co.uk", None),
        ("x", None),
    ] {
        let found = registered(host.as_bytes()).map(|(from, to)| &host[from..to]);
        assert_eq!(found, name, "{host}");
    }
}

/// `text` without marks, the firms in it marked.
fn found(text: &str, field: Field) -> String {
    let text = text.replace(['«', '»'], "");
    let found = hits(&Subject { field, ..plain(&text) });
    marked(&text, &found, |hit| hit.rule == id::IDENTITY_ORG)
}
