//! Words of other languages for a key or a token of an interface: `API-Schlüssel`, `clé d'API`, `ключ API`, `APIキー`, `令牌`.

/// What is in such a word from where it is rare on.
const KEYS: [&str; 13] = [
    "üssel",
    "lé ",
    "eutel",
    "klucz",
    "ahtar",
    "люч",
    "окен",
    "yckel",
    "キー",
    "トークン",
    "密钥",
    "令牌",
    "토큰",
];

/// What ties such a word to the interface that it is for.
const OF: [&str; 16] = [
    " de l'API",
    " d'API",
    " d’API",
    " de API",
    " de la API",
    " da API",
    " do API",
    " del API",
    " dell'API",
    " API",
    " доступа",
    " de acesso",
    " de acceso",
    " di accesso",
    " d'accès",
    " dostępu",
];

/// The word for a key or a token of which a part starts at byte `at`, with what says that it is an interface's.
pub(super) fn key(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let is = |word: &&&str| {
        bytes.get(at..at + word.len()).is_some_and(|b| b.eq_ignore_ascii_case(word.as_bytes()))
    };
    let Some(word) = KEYS.iter().find(is) else { return before(bytes, at) };
    let end = word_end(bytes, at + word.trim_end().len());
    let rest = &bytes[end..];
    Some((at, end + OF.iter().find(|of| rest.starts_with(of.as_bytes())).map_or(0, |of| of.len())))
}

/// Such a word before byte `at`, where a verb or a syllable stands that is rarer: `chave da API é`, `chiave API è`, `API 키`.
fn before(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    const WORDS: [&[u8]; 2] = [b"chave", b"chiave"];
    let near = &bytes[at.saturating_sub(24)..at];
    if bytes[at..].starts_with(" 키".as_bytes()) {
        let api = near.len() >= 3 && near[near.len() - 3..].eq_ignore_ascii_case(b"api");
        return api.then_some((at + 1, at + 4));
    }
    if ![" é ", " è "].iter().any(|verb| bytes[at..].starts_with(verb.as_bytes())) {
        return None;
    }
    let found = WORDS.iter().any(|word| near.windows(word.len()).any(|have| have.eq_ignore_ascii_case(word)));
    (found && near.windows(3).any(|have| have.eq_ignore_ascii_case(b"api"))).then_some((at - 1, at))
}

/// One past the letters, of alphabets that are written with blanks, from byte `at` on: the ending of a word.
pub(super) fn word_end(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..]
        .iter()
        .take(24)
        .take_while(|b| b.is_ascii_alphabetic() || matches!(b, 0x80..=0xd4))
        .count()
}

/// Words for a password in languages with the letters of English.
const PASSWORDS: [&str; 21] = [
    "passwort",
    "kennwort",
    "passe",
    "contraseña",
    "senha",
    "wachtwoord",
    "hasło",
    "haslo",
    "hasła",
    "parola",
    "heslo",
    "jelszó",
    "salasana",
    "lösenord",
    "lösenordet",
    "adgangskode",
    "adgangskoden",
    "kodeord",
    "passord",
    "şifre",
    "geslo",
];

/// What says that what follows is the value: in languages with the letters of English.
const COPULAS: [&str; 16] = [
    ":", "ist", "lautet", "est", "es", "é", "è", "is", "to", "jest", "je", "är", "er", "on", "este", "brzmi",
];

/// Endings of words that describe rather than are a value, in those languages.
const DESCRIBING: [&str; 38] = [
    "lich", "lijk", "ig", "isch", "bar", "los", "ert", "zt", "ell", "nt", "ekt", "haft", "eim", "ach", "ble",
    "ide", "aire", "oire", "eux", "ect", "ado", "ada", "ido", "ida", "ivo", "iva", "al", "oria", "orio",
    "ato", "ata", "uto", "uta", "osa", "oso", "ne", "ny", "en",
];

/// Whether the plain word `text` behind `noun` and `between` is a password rather than said of one: in a sentence with other
/// letters, whose words are not written so, or plainly behind a noun and a verb.
pub(super) fn names_value(noun: &[u8], between: &[u8], text: &[u8]) -> bool {
    if between.is_empty() {
        return false;
    }
    if noun.first().is_some_and(|b| *b >= 0xce) {
        return true;
    }
    let verb = between.trim_ascii();
    is_password(noun)
        && COPULAS.iter().any(|copula| copula.as_bytes() == verb)
        && !DESCRIBING.iter().any(|ending| text.ends_with(ending.as_bytes()))
        && !(is_feminine(noun) && verb != b":" && matches!(text.last(), Some(b'a' | b'e')))
}

/// Whether `noun` is a word for a password in a language with the letters of English.
pub(super) fn is_password(noun: &[u8]) -> bool {
    // `root-Passwort`
    let noun = noun.rsplit(|b| *b == b'-').next().unwrap_or(noun);
    std::str::from_utf8(noun).is_ok_and(|noun| PASSWORDS.contains(&&noun.to_lowercase()[..]))
}

/// Whether what describes a noun ends as it does.
fn is_feminine(noun: &[u8]) -> bool {
    noun.ends_with(b"a")
}
