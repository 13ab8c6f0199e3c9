use super::{
    heads::{self, may_be},
    lookup::{CLEAR, COMMON, HEADS},
};
use crate::detect::lexicon;
use crate::detect::{
    identity::tests::{hits, marked, plain},
    subject::Subject,
};
use crate::{rule::Class, transcript::text::Field};

#[test]
fn the_lists_are_sorted_and_share_no_name() {
    let names = |list: &'static str| list.lines().filter(|line| !line.starts_with('#'));
    assert!(names(CLEAR).is_sorted() && names(COMMON).is_sorted());
    let twice = names(CLEAR).find(|name| lexicon::has(COMMON, name.as_bytes()));
    assert!(names(CLEAR).count() > 15_000 && twice.is_none(), "{twice:?}");
}

#[test]
fn every_name_has_a_head_and_few_words_have() {
    assert_eq!(HEADS, heads::of(&[CLEAR, COMMON]));
    for name in CLEAR.lines().filter(|line| !line.starts_with('#')) {
        assert!(
            may_be(&HEADS, name.as_bytes()) && may_be(&HEADS, name.to_ascii_uppercase().as_bytes()),
            "{name}"
        );
    }
    let words = ["queue", "string", "xyzzy", "https", "vector"];
    assert!(words.iter().any(|word| !may_be(&HEADS, word.as_bytes())));
}

#[test]
fn people_are_known_by_their_given_names() {
    for text in [
        "«Stefanie Kavinas» (QA) found it",
        "laut «Rashida» stimmt der Cache nicht",
        "selon «Inaya», le cache est faux",
        "Can you ask «Tomasz» about it?",
        "«Annika» said the retry logic is wrong, see «Priya Venkataraman»'s comment",
        "per «Tomasz»'s comment",
        "Attendees: «Annika Feldkamp», «Scott Brevik»",
        "| «Annika Feldkamp» | Done |",
        "as «Annika van der Feldkamp» wants smaller commits",
        "Hi «Tomasz»,",
        "«Željko» wrote it",
        "«Łukasz Brzezicki» wrote it",
        "Ask Claude, Jenkins or Travis about it, and Scott too",
        "Alice Johnson and John Smith are examples, Sean is none",
        "Anna Database, Peter Error, Maria Config are no people",
        "The Tomasz-2 engine runs on MariaDB",
        "Hugo said so",
        "According to «Zelmo Kavinas», it must stay, as Stripe Docs say",
        "Dear «Zelmo»,",
        "Hi «Zelmo»!",
        "My name is «Zelmo Kavinas» and I work",
        "As «Zelmo Kavinas» pointed out, see «Zelmo»'s comment",
        "@«zelmokav» can you look? @Override is none",
        "cc @«zelmokav» @«maribelo»",
        "ping @«zelmokav» and ask @dependabot, use @types/node and @Override",
        "Best regards,\n«Zelmo Kavinas»",
        "Fix it, please. Kind regards, «Zelmo Kavinas»",
        "Mit freundlichen Grüßen, «Odd Kavinas»",
        "Pozdrawiam, «Żaneta Kavinas»",
        "Mi nombre es «Zelmo Kavinas»",
        "Thanks, All Tests pass; regards, the team",
        "«Tomasz» (QA) asked whether «Annika» can review, if «Sarah» agrees",
        "Hallo «Tomasz», kannst du das prüfen?",
        "Ciao «Tomasz»,\nti giro il bug.\nGrazie,\n«Zelmo Kavinas»",
        "I've added «Tomasz» as a reviewer and pinged «Annika»",
        "over to you @«zelmokav», thanks to @«maribelo»",
        "ask Mgr. «Kavinová», Hr. «Zorbikmüller» or Ing. «Kavinas», not Sr. Engineer or Mag. Editor",
        "see Dr. «Kavinas» and Frau «Zorbik», not Mr. Robot or Dr. Watson",
        "can «Annika» review it, did «Tomasz» agree? Conway's law, Annika's algorithm stay",
        "TODO @«zelmokav» drop it, FIXME @Override",
        "Hello World, hi Claude, dear Customer,",
        "assigned to Sprint Backlog, dear Customer Support",
        "Ask Copilot Chat and according to Google Cloud",
    ] {
        let plainly = text.replace(['«', '»'], "");
        let subject = Subject { field: Field::Prose, ..plain(&plainly) };
        let found = hits(&subject);
        assert_eq!(marked(&plainly, &found, |hit| hit.rule.rule().class == Class::Identity), text);
    }
}

#[test]
fn introductions_count_wherever_they_stand() {
    for text in [
        "User answered: My name is «Zelmo Kavinas» and I own it",
        "Ich heiße «Zelmo Kavinas».",
        "Regards,\n«Zelmo Kavinas»\n",
        "私の名前は«Zelmo Kavinas»です。",
        "名前は«長谷川由紀子»です",
        "the name is Zelmo Kavinas here",
        "host name is Server One",
        "first,\nZelmo Kavinas\n",
    ] {
        let plainly = text.replace(['«', '»'], "");
        let found = hits(&Subject { field: Field::Output, ..plain(&plainly) });
        assert_eq!(marked(&plainly, &found, |hit| hit.rule.rule().class == Class::Identity), text);
    }
}

#[test]
fn single_names_are_for_what_people_say() {
    let found = hits(&Subject { field: Field::Output, ..plain("by Tomasz and Annika Feldkamp") });
    assert_eq!(marked("by Tomasz and Annika Feldkamp", &found, |_| true), "by Tomasz and «Annika Feldkamp»");
}
