//! Secrets in sentences, in the usual languages: "the password is …", "use … as the password", "das Passwort lautet …".

mod after;
mod before;
mod foreign;
mod licence;
mod line;
mod noun;
mod onetime;
mod pairs;
mod piece;
mod remark;
mod value;
mod walk;
mod word;

use super::{
    assignment::{Kind, is_of_resource},
    secret::Word,
    subject::{Hits, Subject},
};
use crate::transcript::text::Field;
use after::after;
use before::before;
use noun::Noun;
pub(super) use word::is_no_value;

/// Looks at a word and at the sentence around it.
pub(super) fn find(subject: &Subject<'_>, word: Word, hits: &mut Hits) {
    if is_of_resource(&subject.bytes[..word.start]) {
        return;
    }
    if let Some(at) = noun::said_of_pass(subject.bytes, word).filter(|_| !is_source(subject.field)) {
        let noun = Noun { start: word.start, end: word.end, kind: Kind::Password };
        return value::value(subject.bytes, at, noun, value::Tie::Said, hits);
    }
    if noun::is_pass_of_login(subject.bytes, word) && !is_source(subject.field) {
        let noun = Noun { start: word.start, end: word.end, kind: Kind::Password };
        return value::value(subject.bytes, word.end, noun, value::Tie::Beside, hits);
    }
    if heads_pairs(subject.bytes, word) && !is_source(subject.field) {
        pairs::find(subject.bytes, word.end, true, hits);
    }
    if heads_login(subject.bytes, word) && !is_source(subject.field) {
        value::told_beside(subject.bytes, word.end + 1, hits);
    }
    let Some(noun) = Noun::of(subject.bytes, word).filter(|noun| !noun::is_of_hardware(subject.bytes, *noun))
    else {
        return;
    };
    let source = is_source(subject.field) && !line::is_comment(subject.bytes, noun.start);
    if source && line::is_directive(subject.bytes, noun) {
        return value::value(subject.bytes, noun.end, noun, value::Tie::Beside, hits);
    }
    after(subject.bytes, noun, source, hits);
    remark::find(subject.bytes, noun, hits);
    if !source {
        before(subject.bytes, noun, hits);
        walk::below(subject.bytes, noun, hits);
        walk::entered(subject.bytes, noun, hits);
        walk::abroad(subject.bytes, noun, hits);
    }
}

/// Whether a word heads a list of logins and passwords: `passwords:`, `credentials:`.
fn heads_pairs(bytes: &[u8], word: Word) -> bool {
    let text = &bytes[word.start..word.end];
    bytes.get(word.end) == Some(&b':')
        && ["passwords", "credentials", "creds", "logins"]
            .iter()
            .any(|w| text.eq_ignore_ascii_case(w.as_bytes()))
}

/// Whether a blank alone parts a word for a login and its password from what follows: `ftp credentials bob x`.
fn heads_login(bytes: &[u8], word: Word) -> bool {
    let text = &bytes[word.start..word.end];
    bytes.get(word.end) == Some(&b' ')
        && [&b"credentials"[..], b"creds"].iter().any(|w| text.eq_ignore_ascii_case(w))
}

/// Words for a password in scripts without blanks or of several words.
const SIGNS: &[&str] = &[
    "密码",
    "密碼",
    "口令",
    "パスワード",
    "비밀번호",
    "비번",
    "암호",
    "ật khẩu",
    "รหัสผ่าน",
    "ासवर्ड",
    "كلمة المرور",
    "كلمة السر",
    "סיסמא",
    "סיסמה",
    "ωδικός",
    "رمز عبور",
    "رمز العبور",
    "পাসওয়ার্ড",
];

/// Several words, or parts of one, that tell a code or a login.
const PHRASES: &[(&str, Kind)] = &[
    ("ation code", Kind::Pin),
    ("time code", Kind::Pin),
    ("security code", Kind::Pin),
    ("2fa code", Kind::Pin),
    ("pin code", Kind::Pin),
    ("pin of ", Kind::Pin),
    ("pin for ", Kind::Pin),
    ("sms code", Kind::Pin),
    ("puk ", Kind::Pin),
    ("puk: ", Kind::Pin),
    ("puk is ", Kind::Pin),
    ("basic auth", Kind::Auth),
    ("kata sandi", Kind::Password),
    ("zugangsdaten", Kind::Auth),
    ("ccount: ", Kind::Auth),
    ("ogin: ", Kind::Auth),
    ("fiants", Kind::Auth),
    ("gn in as ", Kind::Auth),
    ("og in as ", Kind::Auth),
    ("gn in using ", Kind::Auth),
    ("og in using ", Kind::Auth),
    ("gn in with ", Kind::Auth),
    ("og in with ", Kind::Auth),
    ("ogin with ", Kind::Auth),
    ("ed in with ", Kind::Auth),
];

/// Looks at a word at byte `at` that is no name in any language: of Chinese, Japanese or Korean, or of several words.
pub(super) fn find_foreign(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    if bytes[at..].starts_with(b"` / `") {
        return value::quoted_pair(bytes, at, hits);
    }
    licence::find(bytes, at, hits);
    if !is_source(subject.field) {
        onetime::find(bytes, at, hits);
    }
    if !is_source(subject.field)
        && (bytes[at..].starts_with(b"to log in") || bytes[at..].starts_with(b"to sign in"))
    {
        pairs::before(bytes, at, hits);
    }
    let first = bytes[at] | 0x20;
    let sign =
        (bytes[at] >= 0x80).then(|| SIGNS.iter().find(|s| bytes[at..].starts_with(s.as_bytes()))).flatten();
    let phrase = || {
        PHRASES
            .iter()
            .filter(|(p, _)| p.as_bytes()[0] == first)
            .find(|(p, _)| bytes.get(at..at + p.len()).is_some_and(|b| b.eq_ignore_ascii_case(p.as_bytes())))
    };
    let key = || foreign::key(bytes, at).map(|(start, end)| Noun { start, end, kind: Kind::Token });
    let noun = match (sign, phrase()) {
        (Some(sign), _) => Noun { start: at, end: at + sign.len(), kind: Kind::Password },
        (None, Some(&("kata sandi", kind))) => {
            Noun { start: at, end: foreign::word_end(bytes, at + 10), kind }
        }
        (None, Some(&(phrase @ "basic auth", _))) => {
            return pairs::find(bytes, at + phrase.len(), false, hits);
        }
        (None, Some(&(phrase, Kind::Auth))) if phrase.ends_with(" as ") => {
            return value::signed_in_as(bytes, at + phrase.len(), hits);
        }
        (None, Some(&(phrase, Kind::Auth))) if phrase.ends_with(" with ") || phrase.ends_with(" using ") => {
            value::signed_in(bytes, at + phrase.len(), hits);
            return pairs::find(bytes, at + phrase.len(), false, hits);
        }
        (None, Some(&(phrase, _))) if phrase.starts_with("puk") && !holds_puk(&bytes[at + 3..]) => return,
        (None, Some(&(phrase, kind))) if phrase.ends_with(": ") => {
            Noun { start: at, end: at + phrase.len() - 2, kind }
        }
        (None, Some(&(phrase, kind))) if phrase.starts_with("puk") => Noun { start: at, end: at + 3, kind },
        (None, Some(&(phrase, kind))) => Noun { start: at, end: at + phrase.len(), kind },
        (None, None) => match key() {
            Some(noun) => noun,
            None => return,
        },
    };
    after(bytes, noun, is_source(subject.field), hits);
    before(bytes, noun, hits);
    if !is_source(subject.field) {
        walk::abroad(bytes, noun, hits);
    }
}

/// Whether the first number that soon follows has the eight digits that every PUK has.
fn holds_puk(rest: &[u8]) -> bool {
    let near = &rest[..rest.len().min(32)];
    let digits = near.iter().skip_while(|b| !b.is_ascii_digit()).take_while(|b| b.is_ascii_digit()).count();
    digits == 8 && !near.starts_with(b" =")
}

/// Whether the text is a program's: there only a plain statement about a value is one.
fn is_source(field: Field) -> bool {
    matches!(field, Field::Code(_) | Field::Patch(_))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn finds_what_a_sentence_calls_a_secret() {
        for text in [
            "the password is «hunter2»",
            "The password is «hunter2!» and the user is bob.",
            "password for bob: «hunter2»",
            "my password (`«hunter2»`) stopped working",
            "please use «hunter2!» as the password",
            "the root password was changed to «Tr0ub4dor»,",
            "the key is «d9G8Q~78Ub5BDoTkHGnt9xSFW2Yp5EqHQ14gyHU5», please rotate it",
            "auth failed for key «d9G8Q78Ub5BDoTkHGnt9xSFW2Yp5EqHQ14gyHU5» (401)",
            "das Passwort lautet «Sommer2024»",
            "le mot de passe est «Soleil2024»",
            "la contraseña es «Verano2024»",
            "a senha é «Verao2024»",
            "la password è «Estate2024»",
            "het wachtwoord is «Zomer2024»",
            "hasło to «Lato2024»",
            "Пароль: «Leto2024»",
            "密码是«x7Kq9z»",
            "密码：«x7Kq9z»",
            "パスワードは«x7Kq9z»です",
            "The password is `«sunshine»`.",
            "credentials: bob/«hunter2»",
            "credentials: bob «Comet1984»",
            "[10:32] Jo: whats the staging password?\n[10:33] Max: «Comet1984»",
            "the admin password is «Copper-Meadow-Garden-41», can you check?",
            "heslo je «meadow.walnut865»",
            "Here is the password:\n\n«x7Kq9zB2»\n",
            "login bob password «hunter2»",
            "log in as bob with password «cotton-anchor-rocket0»",
            "creds: bob / «carbon-dagger-walnut0»",
            "hasło to «canyon6912»",
            "密码:«x7Kq9z»",
            "lösenordet är «Sommar2024»",
            "mật khẩu là «MuaHe2024»",
            "şifre: «Yaz2024!»",
            "your verification code is «482193»",
            "2FA code: «482193»",
            "the PIN is «4821»",
            "SIM PUK: «97216381»",
            "PUK «68170460», card 0417",
            "the PUK is «68170460»",
            "«x7Kq9zB2» is my password",
            "is «Comet1984» the right password?",
            "I typed «Comet1984» for the password",
        ] {
            check(text);
        }
    }

    #[test]
    fn finds_words_and_a_number_that_a_sentence_calls_a_password() {
        for text in [
            "das Passwort für das Postfach ist «Aktenschrank_71».",
            "the portal login is bob, password «Sunflower-Tuesday-3»",
            "the password is «Sunflower-Tuesday-3» and the username is User_1",
            "password Step-2, password field User_12",
        ] {
            check(text);
        }
    }

    #[test]
    fn finds_secrets_in_other_turns_of_speech() {
        for text in [
            "the password is «1VWolyiFSAYU»",
            "the password is «garnet.Otter84»",
            "the password is «Garnet.otter84».",
            "that password, «Comet84x», was in the slides",
            "db is on db1, user bob, pass «Comet84x», port 5432",
            "can you ssh into root@web1 (pass «Comet84x») and look",
            "unlock with «86ixLtQRtVN» (keystore password)",
            "unlock with «Comet84x!» (keystore password)",
            "my password got leaked, it was «Comet84x», rotate it",
            "is «Comet84x» a strong enough password?",
            "try password \"«Comet84x»\", if it fails try \"«Comet85y»\"",
            "why does login fail with password «Comet84x» but not with «Comet85y»?",
            "I set it to «Comet84x» — that's the new admin password.",
            "1. Log in at https://acme.io with `bob` / `«Comet84x»`",
            "// test account: bob / «Comet84x»",
            "Test login: admin@acme.io — «Comet84x»",
            "credentials are admin and «Comet84x»",
            "when prompted for a password, type «Comet84x»",
            "Password for the [elastic] user successfully reset.\nNew value: «rW7k_Qz=4+bT9xLm»\n",
            "Password for the elastic user (reset with `bin/elasticsearch-reset-password -u elastic`):\n  «rW7k_Qz=4+bT9xLm»\n",
            "The client secret you gave me (`«nEoGnMKnmMCeVIBKDpiwmlv9»`) does not match.",
            "admin account (pw «Comet1984»)",
            "the pw is «Comet1984»",
            "changed the password from «Comet1984» to «Comet1985»",
            "use the following password to go on:\n\n«66940e2252732bf7e3304d15e538d874»\n",
            "A temporary password is generated for root@localhost: «x7Kq9zB2»",
            "Credentials are bob/«Comet84x»",
            "my passphrase is \"«garnet pocket raven arrow anchor»\"",
            "passphrase: «garnet pocket raven arrow anchor»\nnext",
            "my api key is «8b0b8dbe2b6d6068914fe920c1c957f1ebdb»",
            "password - «Comet1984»",
            "ssh into it, password «amb961»",
            "usuario bob y contraseña «Verano2024»",
            "le mot de passe est donc «Soleil2024»",
            "parola este «Vara2024»",
            "Zugangsdaten: bob / «Sommer2024»",
            "kata sandi: «Musim2024»",
            "Password is `«otter-thunder-arrow-maple»`",
            "<p>Password: <b>«Comet84x»</b></p>",
            "enter «Größe2019» as the password",
            "the password's «Comet1984», I think",
            "my password is «sunflower»",
            "**Password:** «willowmeadow»",
            "your one-time password is «736184»",
            "password changed: «Comet1984» -> «Comet1985»",
            "replace the old password «Comet1984» with «Comet1985»",
            "password should be «F3PA4mKvYn»",
            "use «Comet1984x» for the password",
            "it's «Comet1984» (the db password)",
            "user/pass is bob / «Comet1984»",
            "密码改成了 «x7Kq9z»",
            "парола: «Vesna2024»",
            "geslo: «Pomlad2024»",
        ] {
            check(text);
        }
    }

    #[test]
    fn finds_secrets_that_are_put_somewhere() {
        for text in [
            "put «x7Kq9zB2» in DB_PASSWORD",
            "please put «Comet84x» into the DB_PASSWORD variable",
            "assign «Comet84x» to ADMIN_PASSWORD",
            "use «Comet84x» for the admin password",
            "«Comet1984» is the value for DB_PASSWORD",
            "enter «Comet84x» when it asks for the password",
            "type «Comet84x» at the password prompt",
            "replace the value of DB_PASSWORD with «Comet84x»",
            "my password used to be «Comet1984», now it is «Comet1985»",
            "What's the password?\n«Comet1984»",
            "The .env file contains DB_PASSWORD («Comet1984») and DB_HOST (db).",
            "log in with bob / «Comet84x»",
            "you can sign in as demo@acme.example with «Comet84x!».",
            "Log in as bob / «Comet84x» and look",
            "Password\n«Comet84x»",
            "- password\n  - «Comet84x»",
            "Master password: «garnet pocket raven arrow»",
            "The following password was created: «Comet84x»",
            "пароль root: «Comet84x»",
            "creds are bob «Comet84x»",
            "reset it to «Comet84x» (root pw)",
            "app --pass '«Comet84x»' >/dev/null",
            "sign in using bob@acme.io and «Comet84x»",
            "user bob pass «Comet84x»",
            "The Wi-Fi here is Attic5 with the key «Comet84x».",
            "User has answered your questions: \"Which password should I use?\"=\"«Comet84x»\".",
            "don't use «Comet1984», that password leaked last year",
            "log in as bob with SAML2 here",
            "log in as admin with your password",
            "the password is \"«HPt.QcoBg@lODd*sk.NEx»\"",
            "put it in DB_PASSWORD",
            "put your token in the GITHUB_TOKEN variable",
            "set DB_PASSWORD to the value from 1Password",
            "enter your password when it asks for the password",
            "type the password at the prompt",
            "replace the password with a reference",
            "log in with Google / GitHub",
            "log in with root:",
            "DB_PASSWORD (required) and DB_HOST",
            "use something else for the admin password",
        ] {
            check(text);
        }
    }

    #[test]
    fn finds_secrets_in_other_languages() {
        for text in [
            "Benutze «Comet84x» als Passwort.",
            "Setz das Passwort auf «Comet84x»",
            "Utilise «sunflower» comme mot de passe",
            "Usa «Comet84x» como contraseña",
            "Use «Comet84x» como senha",
            "Usa «Comet84x» come password",
            "Gebruik «Comet84x» als wachtwoord",
            "Użyj «Comet84x» jako hasła",
            "Используй «Comet84x» как пароль",
            "Şifre olarak «Comet84x» kullan",
            "用 «Comet84x» 作为密码",
            "パスワードに «Comet84x» を使ってください",
            "密码是 «lanternbeacon»",
            "Parola: «bridgewolf»",
            "Mot de passe : «featherriver»",
            "Der API-Schlüssel ist «d54d7e45c70352f8987c09f0b1»",
            "La clé d'API est «d54d7e45c70352f8987c09f0b1»",
            "La clave de API es «d54d7e45c70352f8987c09f0b1»",
            "A chave da API é «d54d7e45c70352f8987c09f0b1»",
            "La chiave API è «d54d7e45c70352f8987c09f0b1»",
            "Klucz API to «d54d7e45c70352f8987c09f0b1»",
            "API anahtarı: «t0aVtaX8xOUogYcWagLtuLyD»",
            "Токен: «t0aVtaX8xOUogYcWagLtuLyD»",
            "Ключ API: «t0aVtaX8xOUogYcWagLtuLyD»",
            "APIキーは «t0aVtaX8xOUogYcWagLtuLyD» です",
            "API密钥是 «t0aVtaX8xOUogYcWagLtuLyD»",
            "令牌：«t0aVtaX8xOUogYcWagLtuLyD»",
            "Das Passwort ist abgelaufen",
            "Passwort: erforderlich",
            "Le mot de passe est incorrect.",
            "La contraseña es incorrecta.",
            "La contraseña es secreta.",
            "Hasło jest wymagane.",
            "Пароль неверный",
            "密码不正确",
            "Utilise une variable comme mot de passe",
            "Der Schlüssel ist unbekannt",
        ] {
            check(text);
        }
    }

    #[test]
    fn leaves_numbers_that_are_no_puk() {
        for text in ["assert puk == (30030, 7)", "the PUK 12345 of the article"] {
            check(text);
        }
    }

    #[test]
    fn finds_what_was_typed_when_it_was_asked_for() {
        for text in [
            "it asked for the password and I typed «Comet84x», no luck",
            "it wants a password, so enter «Comet84x» there",
            "the sudo password? «Comet84x»",
            "the password? «Comet84x».",
            "it asked for the password and I typed something wrong",
            "it asked for the password and I used the default one",
            "check the password and type of the user",
            "what is the password? ask ops",
            "which password? Python3 has getpass.",
            "the vault holds it, it's the db password",
            "don't commit «Comet84x!7», it's the db password",
            "never push «VnOjfYyV8lgzUw57», it's the root password",
            "das root-Passwort wurde auf «Comet84x» gesetzt",
            "ssh pass for the nas is «Comet84x!7»",
            "pass for the exam is 4b2",
            "17,\"sign in as bob («Comet84x!7»)\",true",
            "ftp credentials admin «Comet84x!7»",
            "the creds expire on 2024-11-05",
            "the credentials service Auth2024x is down",
            "sign in as bob («Comet84x!7»)",
            "sign in as bob (Section4b2x of the book)",
            "the key for the vault is «Comet84x!7»",
            "the key for the backup disk is «Comet_2031»",
            "the key for the table is user_id_2024",
            "I changed it from «Comet84x!7» to «Comet85y!8» (the db password)",
            "uses argon2id, it's the password hash",
        ] {
            check(text);
        }
    }

    #[test]
    fn leaves_sentences_about_secrets() {
        for text in [
            "the password is required",
            "the password was changed yesterday",
            "the user types, pass two of three",
            "user story, pass criteria_2 and go on",
            "is argon2 a good password hash?",
            "the password check is slow, it is bcrypt with cost 12",
            "install `react` / `vue3` and sign in",
            "log in with `email` / `password`",
            "test account: see / docs",
            "the credentials are read and cached",
            "use the password or sso",
            "when asked for a password, use the vault",
            "Password for bob reset.\nNew value: none\n",
            "I need the password to continue",
            "la password è obbligatoria",
            "the password is plaintext, which is bad",
            "Password: optional string",
            "make the password optional",
            "use bcrypt for the password",
            "set DB_PASSWORD to the value from Vault",
            "the parole board met",
            "the token is base64 encoded",
            "the password is hashed with SHA-256",
            "Password must be at least 8 characters",
            "the password is stored in `config.password`",
            "password reset for bob: see docs/reset.md",
            "The token is valid for 30 minutes.",
            "the key is the file name",
            "the secret is to stay calm",
            "the password is [REDACTED:secret-prose:7f3a9c]",
            "set the password to `DB_PASSWORD`",
            "if password == confirm_password:\n\nThanks!",
            "the password is wrong!",
            r"db['Unicode key \U0001f40d'],\n",
            "\"AWS::IAM::AccessKey\": \"72c2d9dd90025459\",",
            "log in with password authentication",
            "creds: see / docs",
            "creds: bob/",
            "credentials: bob:x",
            "credentials: see section 12",
            "credentials: section 4b2 of the handbook",
            "Which password?\nNote: none is set.",
            "token: see above",
            "the retry token bucket refills 10 tokens/s",
            "the exit code is 0",
            "Cookie: _ga=GA1.2.123456789.1700000000; theme=light",
            "     3→if password == confirm_password:\n     4→\n     5→x\n",
            "パスワードは8文字以上で入力してください",
            "the password is in 1Password",
            "password - required, at least eight characters",
            "le mot de passe est obligatoire",
            "A temporary password is generated and mailed to the user.",
            "I typed nothing for the password",
            "the passphrase: ask Bob for it",
            "gpg: key 7779D74C45CC4346: public key imported",
            "status code is 2004",
        ] {
            check(text);
        }
    }
}
