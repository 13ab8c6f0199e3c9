//! Values a little further on than the word that ties them: behind a few plain words, or alone on the line below.

use super::{
    super::{
        assignment::{self, Kind},
        reference,
        shape::Shape,
        subject::Hits,
    },
    foreign,
    noun::Noun,
    piece::{LONGEST, Piece, line_end, piece, trimmed},
    value::{Tie, push, value},
    word::{is_hash, is_no_value},
};

/// The most plain words between a verb and a value.
const WORDS: usize = 4;

/// The longest plain word, in bytes.
const WORD: usize = 16;

/// Words that lead to something else than the value: where it lies, how it is kept, what it is not; in order.
const ELSEWHERE: &[&str] = &[
    "a", "an", "as", "at", "auf", "aus", "avec", "bei", "by", "com", "con", "dans", "de", "do", "durch",
    "em", "en", "for", "from", "für", "hashed", "im", "in", "into", "like", "mit", "na", "nach", "nicht",
    "nie", "no", "not", "of", "on", "or", "par", "pas", "per", "por", "pour", "since", "than", "to", "under",
    "unless", "until", "using", "via", "von", "was", "when", "where", "which", "with", "without", "za", "в",
    "для", "на", "не", "по", "с",
];

/// `das Passwort ist momentan noch x`, `the password is, I think, x`: what a few plain words lead to from byte `at` on, behind
/// the verb, if someone made it up.
pub(super) fn on(bytes: &[u8], at: usize, noun: Noun, hits: &mut Hits) {
    if noun.kind == Kind::Password {
        words(bytes, at, WORDS, noun, hits);
    }
}

/// `пароль поменял, теперь x`, `a senha continua x`, `数据库密码还是 x`: the first word that someone made up in what a sentence
/// of another language says of a password, whatever its verb is; in English, if that says that it was changed to the word.
pub(super) fn abroad(bytes: &[u8], noun: Noun, hits: &mut Hits) {
    if noun.kind != Kind::Password {
        return;
    }
    match bytes[noun.start] {
        0xe3..=0xed => glued(bytes, noun, hits),
        _ if !matches!(bytes.get(noun.end), Some(b' ' | b',')) => {}
        _ => words(bytes, noun.end + usize::from(bytes[noun.end] == b','), 2 * WORDS, noun, hits),
    }
}

/// Passes over up to `most` plain words and judges the next one.
fn words(bytes: &[u8], at: usize, most: usize, noun: Noun, hits: &mut Hits) {
    let foreign = foreign_noun(bytes, noun);
    let told = most == WORDS || foreign;
    let (mut at, mut changed, mut last) = (at, false, &b""[..]);
    for _ in 0..=most {
        let Some(word) = piece(bytes, at, bytes.len().min(at + LONGEST)) else { return };
        let text = &bytes[word.start..word.end];
        let bare = text.strip_suffix(b",").unwrap_or(text);
        let plain =
            bare.len() <= WORD && bare.iter().all(|b| b.is_ascii_alphabetic() || *b == b'\'' || *b >= 0x80);
        if word.quoted || !plain {
            let led = !is_elsewhere(last) || changed;
            let fits = if told { led } else { changed && matches!(last, b"to" | b"a") };
            return if fits {
                made_up(bytes, word, noun, hits)
            };
        }
        changed |= is_change(bare) || bare == b"auf" && is_changed(bytes, word.end);
        if is_elsewhere(bare) && !changed && (told || bare == b"not") && !(foreign && is_soft(bare)) {
            return;
        }
        (at, last) = (word.end, bare);
    }
}

/// Whether a word says whose something is, or is a verb of another language that looks like such a word.
fn is_soft(word: &[u8]) -> bool {
    matches!(word, b"a" | b"de" | b"do" | b"von")
}

/// Whether a word says that something was changed, in any language.
fn is_change(word: &[u8]) -> bool {
    const STEMS: [&str; 22] = [
        "chang",
        "geänd",
        "änder",
        "impost",
        "cambi",
        "quedó",
        "virou",
        "mudou",
        "mudei",
        "alter",
        "zmieni",
        "ustawi",
        "помен",
        "смен",
        "измен",
        "установ",
        "wijzig",
        "reset",
        "updat",
        "rotat",
        "ändra",
        "endr",
    ];
    let holds = |stem: &str| memchr::memmem::find(word, stem.as_bytes()).is_some();
    word.len() > 3 && STEMS.iter().any(|stem| holds(stem))
}

/// Takes a word that someone made up.
fn made_up(bytes: &[u8], word: Piece, noun: Noun, hits: &mut Hits) {
    let found = if word.quoted { word } else { trimmed(bytes, word) };
    let text = &bytes[found.start..found.end];
    if !reference::is_strongly_made_up(text) || assignment::is_known(hits, found.start, found.end) {
        return;
    }
    let known = hits.len();
    value(bytes, word.start, noun, Tie::Beside, hits);
    if hits.len() == known
        && !is_no_value(text)
        && !reference::is_explained(text)
        && foreign_noun(bytes, noun)
    {
        push(hits, found.start, found.end, "a value that a sentence calls a secret");
    }
}

/// Whether a noun is no English one.
fn foreign_noun(bytes: &[u8], noun: Noun) -> bool {
    let name = &bytes[noun.start..noun.end];
    name[0] >= 0x80 || foreign::is_password(name)
}

/// Whether the word behind byte `at` is what something was changed to: `auf x geändert`.
fn is_changed(bytes: &[u8], at: usize) -> bool {
    const VERBS: [&str; 7] = ["geänder", "gesetz", "änder", "setz", "gestell", "zurückgesetz", "umgestell"];
    let line = &bytes[at..line_end(bytes, at)];
    let mut words = line.trim_ascii_start().splitn(2, |b| *b == b' ').skip(1);
    words.next().is_some_and(|rest| VERBS.iter().any(|verb| rest.starts_with(verb.as_bytes())))
}

/// The most bytes of Chinese or Japanese between a noun and a value.
const BETWEEN: usize = 30;

/// `数据库密码还是 x`, `パスワードは今もxのまま`: what stands behind a few characters.
fn glued(bytes: &[u8], noun: Noun, hits: &mut Hits) {
    const APART: [&str; 8] = ["，", "。", "、", "？", "在", "用", "保存", "通过"];
    let rest = &bytes[noun.end..bytes.len().min(noun.end + BETWEEN + 1)];
    let len = rest.iter().take_while(|b| **b >= 0x80).count();
    let said = &rest[..len];
    let apart = |sign: &str| memchr::memmem::find(said, sign.as_bytes()).is_some();
    if len == 0 || len > BETWEEN || APART.iter().any(|sign| apart(sign)) {
        return;
    }
    let start = noun.end + len + usize::from(bytes.get(noun.end + len) == Some(&b' '));
    let length = bytes[start..].iter().take(64).take_while(|b| b.is_ascii_graphic()).count();
    let word = trimmed(bytes, Piece { start, end: start + length, quoted: false });
    if length < 64 && word.start < word.end {
        made_up(bytes, word, noun, hits);
    }
}

fn is_elsewhere(word: &[u8]) -> bool {
    std::str::from_utf8(word).is_ok_and(|word| ELSEWHERE.binary_search(&&word.to_lowercase()[..]).is_ok())
}

/// `The enrollment token for Kibana, valid for 30 minutes:` over `x`: a line that names a secret, ends with a colon and leads
/// to one word alone.
pub(super) fn below(bytes: &[u8], noun: Noun, hits: &mut Hits) {
    let end = line_end(bytes, noun.end);
    if bytes.get(end) != Some(&b'\n') {
        return;
    }
    let said = bytes[noun.end..end].trim_ascii_end();
    let alone = said.is_empty() && noun.kind == Kind::Password && heads_line(&bytes[..noun.start]);
    if !alone && (said.len() < 2 || !said.ends_with(b":"))
        || said.contains(&b'=')
        || said.windows(2).any(|w| w == b". ")
    {
        return;
    }
    let blank = bytes[end..].iter().take(16).take_while(|b| b.is_ascii_whitespace()).count();
    let start = end + blank;
    let start = start + if alone && bytes[start..].starts_with(b"- ") { 2 } else { 0 };
    let stop = start + bytes[start..line_end(bytes, start)].trim_ascii_end().len();
    let text = &bytes[start..stop];
    if text.contains(&b' ') || text.is_empty() || assignment::is_known(hits, start, stop) {
        return;
    }
    let shape = Shape::of(text);
    let fits = match noun.kind {
        Kind::Password => reference::is_strongly_made_up(text),
        Kind::Secret | Kind::Token => shape.len >= 20 && shape.looks_random() && !is_hash(text),
        Kind::Pin | Kind::Auth => false,
    };
    if fits && !is_no_value(text) && !reference::is_explained(text) && !reference::is_code(text) {
        push(hits, start, stop, "a word alone below a line that names a secret");
    }
}

/// Whether nothing but the marks of a list or a heading stands on the line before a noun.
fn heads_line(before: &[u8]) -> bool {
    let line = before.rsplit(|b| *b == b'\n').next().unwrap_or_default();
    line.len() < 24 && line.iter().all(|b| matches!(b, b' ' | b'\t' | b'#' | b'-' | b'*' | b'>'))
}

/// `Input Password    id:pass    x`: what a test types, behind the field's name and blanks.
pub(super) fn entered(bytes: &[u8], noun: Noun, hits: &mut Hits) {
    if !bytes[..noun.start].ends_with(b"Input ") || noun.kind != Kind::Password {
        return;
    }
    let line = &bytes[noun.end..line_end(bytes, noun.end)];
    let Some(cell) = memchr::memmem::rfind(line.trim_ascii_end(), b"  ") else { return };
    let field = line[..cell].trim_ascii();
    if line.starts_with(b"  ") && !field.is_empty() && !field.contains(&b' ') {
        value(bytes, noun.end + cell + 2, noun, Tie::Said, hits);
    }
}

#[cfg(test)]
mod tests {
    use super::{super::super::tests::check, ELSEWHERE};

    #[test]
    fn finds_values_further_on() {
        for text in [
            "Passwort vom root ist immer noch «Comet84x», das müssen wir ändern",
            "the password is, I think, «garnet.otter.76»",
            "das dazugehörige Passwort wäre «Comet84x!».",
            "le mdp c'est «garnet.otter.76»",
            "пароль такой: «Comet84x»",
            "password (new): «Comet84x»\npassword (old): «Comet85y»",
            "it's «Comet84x» now (the password I mean)",
            "パスワード「«comet6587»」でログインできません",
            "Enter new password for user \"app\": «Comet84x»\nok",
            "The enrollment token for Kibana instances, valid for the next 30 minutes:\n«eyWvarIY5IaBcxArSCviDA0Dk3Lm9Q»\n",
            "the initial password of your new account:\n\n«Comet84x»\n",
            "Input Password    id:pass    «Comet84x»\n",
            "the secret phrase for the backup is \"«vanilla zipper kernel puffin»\"",
            "## Logins\n\n- Grafana: `admin` / `«Comet84x»`\n- DB: db.internal\n",
            "the encryption key (32 bytes, hex): «5472207444728858d92c79ad695b66a6f47f71fc02628f8c06a4677865017c08»",
            "ich hab das Passwort gestern auf «Comet84x» geändert",
            "o usuário é admin e a senha continua «comet6346»",
            "пароль поменял, теперь «Comet84x»",
            "数据库密码还是 «garnetComet84»",
            "パスワードは今も«garnetComet84»のままです",
            "le mot de passe a changé, maintenant c'est «Comet84x»",
            "la contraseña nueva del wifi quedó cambiada en «Comet84x»",
            "minha senha de teste agora virou «Comet84x»",
            "la password del server è stata impostata a «Comet84x»",
            "hasło zmieniłem na «Comet84x»",
            "the root password got changed again, this time to «Comet2005!».",
            "remember the passphrase, it is «drizzle-ginger-willow-walrus»",
            "session cookie from the browser: «3wr1uorcH5Bm24AebdE3MjcbQC5WvJ3m»",
        ] {
            check(text);
        }
    }

    #[test]
    fn leaves_what_else_is_said() {
        for text in [
            "the password is kept in Keycloak26x",
            "the password is not Comet",
            "the password is hashed with Argon2id19",
            "das Passwort ist seit Version 12 abgelaufen",
            "password requirements:\nat least 12 characters\n",
            "the token is checked here:\nsrc/auth/token.rs\n",
            "Input Password    id:pass\n",
            "the password form was moved again, this time to Server2019x",
            "the password was not changed to Comet84x",
            "the password in Keycloak26x is old",
            "Enter password for user \"app",
            "the password for `app`",
            "cookie policy: see docs",
            "das Passwort liegt auf Server2019x",
            "das Passwort wird in Keycloak26x geprüft",
            "пароль хранится в Keycloak26x",
            "a senha é validada no módulo Auth2024x",
            "密码存储在Keycloak26x中",
            "密码使用SHA256加密",
            "# public key: age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq",
        ] {
            check(text);
        }
    }

    #[test]
    fn words_are_in_order() {
        assert!(ELSEWHERE.is_sorted());
    }
}
